package archive

import (
	"context"
	"sala/internal/slug"

	"sala"
)

// Preview returns a work and an edition of it as readers would find them if a
// revision of the edition went out now; 0 means the newest. It is for those
// who may write the edition. It returns [sala.ErrNotFound] where there is no
// text yet.
func (s *Store) Preview(ctx context.Context, by sala.Actor, edition sala.ID, revision int) (Work, Edition, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return Work{}, Edition{}, err
	}
	e, err := s.anyEdition(ctx, s.db, edition)
	if err != nil {
		return Work{}, e, err
	}
	if revision == 0 {
		revision = e.Revision
	}
	rev, err := s.revision(ctx, s.db, edition, revision)
	if err != nil {
		return Work{}, e, err
	}
	if err := s.forReaders(ctx, &rev.Body); err != nil {
		return Work{}, e, err
	}
	w, err := s.DeskWork(ctx, by, e.Work)
	if err != nil {
		return w, e, err
	}
	now := s.db.Now()
	if e.Version == 0 {
		e.Published, e.PubDay = now, sala.DayOf(now)
		if e.Slug == string(e.ID) {
			e.Slug = slug.Of(rev.Title)
		}
	} else if rev.Number != e.Live {
		e.Correction, e.Changed = rev.Note, now
	}
	if !w.Public && e.Version == 0 {
		w.Listed, w.ListedAt, w.Dating = e.PubDay, now, ByPublication
	}
	e.Title, e.Summary, e.Body, e.Live, e.Public, e.Withdrawn = rev.Title, rev.Summary, rev.Body, rev.Number, true, false
	shown := w.Editions[:0:0]
	for _, other := range w.Editions {
		switch {
		case other.ID == e.ID:
			shown = append(shown, e)
		case other.Public:
			shown = append(shown, other)
		}
	}
	w.Editions, w.Public = shown, true
	return w, e, nil
}
