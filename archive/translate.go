package archive

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// A Translation is what a translator has before them: the newest text of an
// edition, its source as it is now and as it was when the edition was last
// said to be up to date.
type Translation struct {
	Edition Edition // without its text
	Source  Edition // without its text; ID "" if it is not known what the edition was translated from
	Was     Revision
	Now     Revision
	Text    Revision // Number 0 if there is none yet
}

// Translation returns what somebody needs to translate an edition, for those
// who may write it.
func (s *Store) Translation(ctx context.Context, by sala.Actor, edition sala.ID) (Translation, error) {
	var t Translation
	err := s.mayWrite(ctx, s.db, by, edition)
	if err != nil {
		return t, err
	}
	if t.Edition, err = s.anyEdition(ctx, s.db, edition); err != nil {
		return t, err
	}
	if t.Text, err = s.revisionOrNone(ctx, s.db, edition, t.Edition.Revision); err != nil || t.Edition.Source == "" {
		return t, err
	}
	if t.Source, err = s.anyEdition(ctx, s.db, t.Edition.Source); err != nil {
		return t, err
	}
	if t.Now, err = s.revisionOrNone(ctx, s.db, t.Source.ID, t.Source.Revision); err != nil {
		return t, err
	}
	t.Was, err = s.revisionOrNone(ctx, s.db, t.Source.ID, t.Edition.SourceRev)
	return t, err
}

// SourceRevision returns one text of what an edition is translated from, for
// those who may write the edition. It returns [sala.ErrNotFound] if there is
// no such revision.
func (s *Store) SourceRevision(ctx context.Context, by sala.Actor, edition sala.ID, number int) (Revision, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return Revision{}, err
	}
	source, err := db.One[sala.ID](ctx, s.db, `SELECT source FROM archive_edition WHERE id = ? AND source <> ''`, edition)
	if err != nil {
		return Revision{}, fmt.Errorf("source of edition %s: %w", edition, err)
	}
	return s.revision(ctx, s.db, source, number)
}

// TranslationsOf returns every edition of a work without its text, public or not,
// the originals first, for those who write in other languages. It returns
// [sala.ErrNotFound] if there is no such work, or none in any language.
func (s *Store) TranslationsOf(ctx context.Context, by sala.Actor, work sala.ID) ([]Edition, error) {
	if err := need(by, sala.Translator, "see every edition of work "+string(work)); err != nil {
		return nil, err
	}
	rows, err := db.All[editionRow](ctx, s.db, `
		SELECT `+editionColumns+` FROM archive_edition e WHERE e.work = ?
		ORDER BY CASE WHEN e.source = '' THEN 0 ELSE 1 END, e.created, e.id`, work)
	if err != nil {
		return nil, fmt.Errorf("editions of work %s: %w", work, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("editions of work %s: %w", work, sala.ErrNotFound)
	}
	return editions(rows)
}

func editions(rows []editionRow) ([]Edition, error) {
	all := make([]Edition, len(rows))
	for i, r := range rows {
		e, err := r.edition()
		if err != nil {
			return nil, err
		}
		all[i] = e
	}
	return all, nil
}
