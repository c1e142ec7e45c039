package archive

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
	"sala/internal/richtext"
)

// Revisions returns every revision of an edition without its text, newest
// first, for those who may write it.
func (s *Store) Revisions(ctx context.Context, by sala.Actor, edition sala.ID) ([]Revision, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return nil, err
	}
	rows, err := db.All[revisionRow](ctx, s.db, `
		SELECT edition, number, title, summary, note, by_whom, at, previous, hash, author
		FROM archive_revision WHERE edition = ? ORDER BY number DESC`, edition)
	if err != nil {
		return nil, fmt.Errorf("revisions of edition %s: %w", edition, err)
	}
	revisions := make([]Revision, len(rows))
	for i, r := range rows {
		revisions[i] = r.plain()
	}
	return revisions, nil
}

// Revision returns one revision with its text, for those who may write it.
func (s *Store) Revision(ctx context.Context, by sala.Actor, edition sala.ID, number int) (Revision, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return Revision{}, err
	}
	return s.revision(ctx, s.db, edition, number)
}

// A Comparison is two revisions and what leads from one to the other.
type Comparison struct {
	Old, New       Revision
	Title, Summary []richtext.Piece
	Body           richtext.Difference
}

// Compare compares two revisions of an edition, for those who may write it.
func (s *Store) Compare(ctx context.Context, by sala.Actor, edition sala.ID, old, new int) (Comparison, error) {
	var c Comparison
	var err error
	if c.Old, err = s.Revision(ctx, by, edition, old); err != nil {
		return c, err
	}
	if c.New, err = s.Revision(ctx, by, edition, new); err != nil {
		return c, err
	}
	c.Title = richtext.CompareWords(c.Old.Title, c.New.Title)
	c.Summary = richtext.CompareWords(c.Old.Summary, c.New.Summary)
	c.Body = richtext.Compare(c.Old.Body, c.New.Body)
	return c, nil
}

// Restore makes an old revision the newest again, as a revision of its own.
// after and note are those of [Store.Revise]. A translation goes back with its
// basis: the old text says what it said then.
func (s *Store) Restore(ctx context.Context, by sala.Actor, edition sala.ID, after, number int, note string) (int, error) {
	var made int
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.mayWrite(ctx, tx, by, edition); err != nil {
			return err
		}
		old, err := s.revision(ctx, tx, edition, number)
		if err != nil {
			return err
		}
		b, err := s.basis(ctx, tx, edition, number)
		if err != nil {
			return err
		}
		text := Text{Title: old.Title, Summary: old.Summary, Body: old.Body, Note: note}
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		if b.Source == st.Source {
			text.SourceRev = b.SourceRev
		}
		made, err = s.reviseChecked(ctx, tx, by, edition, after, text)
		return err
	})
	return made, err
}

// Publications returns every public version of an edition, newest first, also
// of one that is not public now, for those who may write it.
func (s *Store) Publications(ctx context.Context, by sala.Actor, edition sala.ID) ([]Version, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return nil, err
	}
	return s.publications(ctx, edition, `TRUE`)
}
