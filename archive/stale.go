package archive

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
	"sala/internal/richtext"
)

// A Staleness is how a translation stands to its source: what of the source
// has changed since the translation was brought up to date.
type Staleness struct {
	Source   Edition // without its text
	From     int     // revision of the source that the translation is up to date with
	Now      int     // revision it is compared with
	Title    bool    // the title has changed
	Passages []Passage
}

// A Passage is a passage of the source that has changed. It holds no words,
// for what it said before may never have been public.
type Passage struct {
	Op     richtext.Op     // Changed, Added or Removed
	Block  string          // its id in the source: as it is now, or as it was if Removed
	Target string          // id of the translation's block that says it, "" if it has none or it cannot be told
	Ground richtext.Ground // why Target is taken for it
}

// Count is how many passages have changed, the title included.
func (st Staleness) Count() int {
	if st.Title {
		return len(st.Passages) + 1
	}
	return len(st.Passages)
}

// Staleness returns how the public text of an edition stands to what is public
// of its source. It returns [sala.ErrNotFound] where [Store.Basis] does.
func (s *Store) Staleness(ctx context.Context, edition sala.ID) (Staleness, error) {
	b, err := s.Basis(ctx, edition)
	if err != nil {
		return Staleness{}, err
	}
	e, err := s.publicEdition(ctx, edition)
	if err != nil {
		return Staleness{}, err
	}
	st := Staleness{Source: b.Source, From: b.Revision, Now: b.Source.Live}
	_, err = s.sinceThen(ctx, edition, e.Live, &st)
	return st, err
}

// Behind returns how the newest revision of an edition stands to the newest
// revision of its source, for those who write, and the whole difference of
// the source. It returns [sala.ErrNotFound] if the edition is no translation.
func (s *Store) Behind(ctx context.Context, by sala.Actor, edition sala.ID) (Staleness, richtext.Difference, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return Staleness{}, richtext.Difference{}, err
	}
	return s.behind(ctx, edition)
}

func (s *Store) behind(ctx context.Context, edition sala.ID) (Staleness, richtext.Difference, error) {
	e, err := s.anyEdition(ctx, s.db, edition)
	if err != nil {
		return Staleness{}, richtext.Difference{}, err
	}
	if e.Source == "" {
		return Staleness{}, richtext.Difference{}, fmt.Errorf("source of edition %s: %w", edition, sala.ErrNotFound)
	}
	st := Staleness{From: e.SourceRev}
	if st.Source, err = s.anyEdition(ctx, s.db, e.Source); err != nil {
		return st, richtext.Difference{}, err
	}
	st.Now = st.Source.Revision
	d, err := s.sinceThen(ctx, edition, e.Revision, &st)
	return st, d, err
}

// anyEdition returns an edition without its text, public or not.
func (s *Store) anyEdition(ctx context.Context, r db.Reader, id sala.ID) (Edition, error) {
	row, err := db.One[editionRow](ctx, r, `SELECT `+editionColumns+` FROM archive_edition e WHERE e.id = ?`, id)
	if err != nil {
		return Edition{}, fmt.Errorf("edition %s: %w", id, err)
	}
	return row.edition()
}

// sinceThen fills in what has changed between st.From and st.Now, and where a
// revision of the translation says it.
func (s *Store) sinceThen(ctx context.Context, edition sala.ID, revision int, st *Staleness) (richtext.Difference, error) {
	was, err := s.revision(ctx, s.db, st.Source.ID, st.From)
	if err != nil {
		return richtext.Difference{}, err
	}
	now, err := s.revision(ctx, s.db, st.Source.ID, st.Now)
	if err != nil {
		return richtext.Difference{}, err
	}
	translation, err := s.revisionOrNone(ctx, s.db, edition, revision)
	if err != nil {
		return richtext.Difference{}, err
	}
	st.Title = was.Title != now.Title
	targets := map[string]richtext.Pair{}
	for _, p := range richtext.Align(was.Body, translation.Body) {
		targets[p.Source] = p
	}
	d := richtext.Compare(was.Body, now.Body)
	for _, c := range d.Changes {
		if !c.Alters() {
			continue
		}
		p := Passage{Op: c.Op, Block: c.New.Attrs.ID}
		if c.Op == richtext.Removed {
			p.Block = c.Old.Attrs.ID
		}
		if pair, ok := targets[c.Old.Attrs.ID]; ok && c.Op != richtext.Added {
			p.Target, p.Ground = pair.Translation, pair.Ground
		}
		st.Passages = append(st.Passages, p)
	}
	return d, nil
}

// restale writes how far behind its source each translation of a work is. It
// is the only place that does. It is called when anything it follows from has
// changed: a text, a publication, a withdrawal, a basis.
func (s *Store) restale(ctx context.Context, tx *db.Tx, work sala.ID) error {
	type row struct {
		ID       sala.ID `bun:"id"`
		Public   bool    `bun:"public"`
		Revision int     `bun:"revision"`
		Live     int     `bun:"live"`
		Stale    int     `bun:"stale"`
		Behind   int     `bun:"behind"`
	}
	editions, err := db.All[row](ctx, tx, `
		SELECT id, public, revision, live, stale, behind FROM archive_edition WHERE work = ?
		AND EXISTS (SELECT 1 FROM archive_edition t WHERE t.work = archive_edition.work AND t.source <> '')`, work)
	if err != nil {
		return fmt.Errorf("translations of work %s: %w", work, err)
	}
	at := map[sala.ID]row{}
	for _, e := range editions {
		at[e.ID] = e
	}
	for _, e := range editions {
		stale, behind := 0, 0
		newest, err := s.basis(ctx, tx, e.ID, e.Revision)
		if err != nil {
			return err
		}
		if source, ok := at[newest.Source]; ok {
			if behind, err = s.altered(ctx, tx, source.ID, newest.SourceRev, source.Revision); err != nil {
				return err
			}
		}
		live, err := s.basis(ctx, tx, e.ID, e.Live)
		if err != nil {
			return err
		}
		if source, ok := at[live.Source]; ok && e.Public && source.Public {
			if stale, err = s.altered(ctx, tx, source.ID, live.SourceRev, source.Live); err != nil {
				return err
			}
		}
		if stale == e.Stale && behind == e.Behind {
			continue
		}
		if err := tx.ExecOne(ctx, `UPDATE archive_edition SET stale = ?, behind = ? WHERE id = ?`, stale, behind, e.ID); err != nil {
			return fmt.Errorf("staleness of edition %s: %w", e.ID, err)
		}
	}
	return nil
}

// altered counts the passages that changed between two revisions.
func (s *Store) altered(ctx context.Context, r db.Reader, edition sala.ID, from, to int) (int, error) {
	if from == to {
		return 0, nil
	}
	was, err := s.revision(ctx, r, edition, from)
	if err != nil {
		return 0, err
	}
	now, err := s.revision(ctx, r, edition, to)
	if err != nil {
		return 0, err
	}
	n := 0
	if was.Title != now.Title {
		n++
	}
	for _, c := range richtext.Compare(was.Body, now.Body).Changes {
		if c.Alters() {
			n++
		}
	}
	return n, nil
}

// A StaleEdition is a public translation whose source has changed since.
type StaleEdition struct {
	ID       sala.ID   `bun:"id"`
	Work     sala.ID   `bun:"work"`
	Lang     sala.Lang `bun:"lang"`
	Title    string    `bun:"title"`
	From     sala.Lang `bun:"from_lang"` // of the source
	Passages int       `bun:"stale"`
}

// Stale returns every public translation whose source has changed since, the
// furthest behind first.
func (s *Store) Stale(ctx context.Context) ([]StaleEdition, error) {
	all, err := db.All[StaleEdition](ctx, s.db, `
		SELECT e.id, e.work, e.lang, e.title, s.lang AS from_lang, e.stale
		FROM archive_edition e JOIN archive_edition s ON s.id = e.source
		WHERE e.stale > 0 AND e.public ORDER BY e.stale DESC, e.id`)
	if err != nil {
		return nil, fmt.Errorf("stale translations: %w", err)
	}
	return all, nil
}
