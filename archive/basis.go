package archive

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// A Basis is what a translation was made from.
type Basis struct {
	Source   Edition // without its text
	Revision int     // of the source, that the translation is up to date with
	Version  int     // the public version that was, or the last before it; 0 if none was public by then
}

type basisRow struct {
	Source    sala.ID `bun:"source"`
	SourceRev int     `bun:"source_rev"`
}

// basis returns what a revision of an edition was made from. Source is "" if
// that is not known, or if it is an original.
func (s *Store) basis(ctx context.Context, r db.Reader, edition sala.ID, revision int) (basisRow, error) {
	row, err := db.One[basisRow](ctx, r, `
		SELECT source, source_rev FROM archive_basis WHERE edition = ? AND revision <= ?
		ORDER BY revision DESC, at DESC, id DESC LIMIT 1`, edition, revision)
	if _, err := db.Found(err); err != nil {
		return row, fmt.Errorf("source of edition %s: %w", edition, err)
	}
	return row, nil
}

// Basis returns what the public text of an edition was translated from. It
// returns [sala.ErrNotFound] if the edition or its source is not public, or if
// it is no translation.
func (s *Store) Basis(ctx context.Context, edition sala.ID) (Basis, error) {
	e, err := s.publicEdition(ctx, edition)
	if err != nil {
		return Basis{}, err
	}
	row, err := s.basis(ctx, s.db, edition, e.Live)
	if err != nil {
		return Basis{}, err
	}
	if row.Source == "" {
		return Basis{}, fmt.Errorf("source of edition %s: %w", edition, sala.ErrNotFound)
	}
	b := Basis{Revision: row.SourceRev}
	if b.Source, err = s.publicEdition(ctx, row.Source); err != nil {
		return b, err
	}
	b.Version, err = db.One[int](ctx, s.db, `
		SELECT COALESCE(MAX(version), 0) FROM archive_publication WHERE edition = ? AND revision <= ?`, row.Source, row.SourceRev)
	if err != nil {
		return b, fmt.Errorf("version of edition %s: %w", row.Source, err)
	}
	return b, nil
}

// publicEdition returns a public edition without its text.
func (s *Store) publicEdition(ctx context.Context, id sala.ID) (Edition, error) {
	row, err := db.One[editionRow](ctx, s.db, `SELECT `+editionColumns+` FROM archive_edition e WHERE e.id = ? AND e.public`, id)
	if err != nil {
		return Edition{}, fmt.Errorf("edition %s: %w", id, err)
	}
	return row.edition()
}

// UpToDate says that the newest revision of an edition says what a revision of
// source says. It is how an edition becomes a translation, and how somebody
// who has looked at what changed in the source says so without a new text. The
// source is another edition of the same work.
func (s *Store) UpToDate(ctx context.Context, by sala.Actor, edition, source sala.ID, sourceRev int) error {
	if err := need(by, sala.Translator, "say that edition "+string(edition)+" is up to date"); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		if err := s.setBasis(ctx, tx, by, edition, st, basisRow{source, sourceRev}); err != nil {
			return err
		}
		if err := s.restale(ctx, tx, st.Work); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "brought up to date", by)
	})
}

// setBasis writes what the newest revision of an edition was made from.
func (s *Store) setBasis(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, st editionState, b basisRow) error {
	type source struct {
		Work     sala.ID `bun:"work"`
		Source   sala.ID `bun:"source"`
		Revision int     `bun:"revision"`
	}
	from, err := db.One[source](ctx, tx, `SELECT work, source, revision FROM archive_edition WHERE id = ?`, b.Source)
	if err != nil {
		return fmt.Errorf("source of edition %s: %w", edition, err)
	}
	switch {
	case b.Source == edition || from.Source == edition:
		return sala.Invalid{{Field: "source", Key: "work.source_circle", Text: "a text cannot be translated from its own translation"}}
	case from.Work != st.Work:
		return sala.Invalid{{Field: "source", Key: "work.source_elsewhere", Text: "the source is an edition of another work"}}
	case b.SourceRev < 1 || b.SourceRev > from.Revision:
		return sala.Invalid{{Field: "source_rev", Key: "work.source_rev", Text: fmt.Sprintf("the source has no revision %d; its newest is %d", b.SourceRev, from.Revision)}}
	}
	return s.writeBasis(ctx, tx, by, edition, st.Revision, b)
}

func (s *Store) writeBasis(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, revision int, b basisRow) error {
	err := tx.ExecOne(ctx, `INSERT INTO archive_basis (id, edition, revision, source, source_rev, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		sala.NewID(), edition, revision, b.Source, b.SourceRev, by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("source of edition %s: %w", edition, err)
	}
	return tx.ExecOne(ctx, `UPDATE archive_edition SET source = ?, source_rev = ? WHERE id = ?`, b.Source, b.SourceRev, edition)
}

// Source returns the newest text of what an edition is translated from, public
// or not, for those who may write the edition.
func (s *Store) Source(ctx context.Context, by sala.Actor, edition sala.ID) (Revision, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return Revision{}, err
	}
	type row struct {
		ID       sala.ID `bun:"id"`
		Revision int     `bun:"revision"`
	}
	source, err := db.One[row](ctx, s.db, `
		SELECT s.id, s.revision FROM archive_edition e JOIN archive_edition s ON s.id = e.source WHERE e.id = ?`, edition)
	if err != nil {
		return Revision{}, fmt.Errorf("source of edition %s: %w", edition, err)
	}
	return s.revisionOrNone(ctx, s.db, source.ID, source.Revision)
}
