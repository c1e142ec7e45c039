package archive

import (
	"context"
	"fmt"
	"sala/internal/slug"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/internal/input"
)

func (k Kind) known() bool { return slices.Contains(Kinds, k) }

// CreateWork makes a work that has no edition yet. Of w its Kind, Held, Place
// and Country count. Contributors may.
func (s *Store) CreateWork(ctx context.Context, by sala.Actor, w Work) (sala.ID, error) {
	if err := need(by, sala.Contributor, "make a work"); err != nil {
		return "", err
	}
	if !w.Kind.known() {
		return "", sala.Invalid{{Field: "kind", Key: "work.kind_unknown", Text: fmt.Sprintf("%q is no kind of work", w.Kind)}}
	}
	w.ID, w.Terms, w.Contacts = sala.NewID(), nil, nil
	return w.ID, s.db.Tx(ctx, func(tx *db.Tx) error { return s.createWork(ctx, tx, by, w) })
}

func (s *Store) createWork(ctx context.Context, tx *db.Tx, by sala.Actor, w Work) error {
	if err := s.importWork(ctx, tx, w); err != nil {
		return err
	}
	if err := s.relist(ctx, tx, w.ID); err != nil {
		return err
	}
	return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: w.ID}, "made", by)
}

// Begin makes a work and its first edition, which has a title and no text yet.
// Contributors may.
func (s *Store) Begin(ctx context.Context, by sala.Actor, kind Kind, lang sala.Lang, title string) (work, edition sala.ID, err error) {
	if err := need(by, sala.Contributor, "make a work"); err != nil {
		return "", "", err
	}
	title = strings.TrimSpace(input.Clean(title))
	var bad sala.Invalid
	if !kind.known() {
		bad = append(bad, sala.FieldError{Field: "kind", Key: "work.kind_unknown", Text: fmt.Sprintf("%q is no kind of work", kind)})
	}
	if title == "" {
		bad = append(bad, sala.FieldError{Field: "title", Key: "work.title_missing", Text: "a title is needed"})
	}
	if err := checkLang(lang); err != nil {
		bad = append(bad, err...)
	}
	if bad != nil {
		return "", "", bad
	}
	work, edition = sala.NewID(), sala.NewID()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.createWork(ctx, tx, by, Work{ID: work, Kind: kind}); err != nil {
			return err
		}
		if err := s.createEdition(ctx, tx, by, edition, work, lang, ""); err != nil {
			return err
		}
		return tx.ExecOne(ctx, `UPDATE archive_edition SET title = ? WHERE id = ?`, title, edition)
	})
	return work, edition, err
}

func checkLang(lang sala.Lang) sala.Invalid {
	if l, err := sala.ParseLang(string(lang)); err != nil || l != lang {
		return sala.Invalid{{Field: "lang", Key: "work.lang_unknown", Text: fmt.Sprintf("%q is no language", lang)}}
	}
	return nil
}

// CreateEdition begins an edition of a work in a language, without a text. If
// source is an edition of the work, it is a translation of that one's newest
// revision. It returns [sala.ErrConflict] if the work has one in the language.
// A contributor may only add to a work that has no edition yet.
func (s *Store) CreateEdition(ctx context.Context, by sala.Actor, work sala.ID, lang sala.Lang, source sala.ID) (sala.ID, error) {
	if err := need(by, sala.Contributor, "begin an edition"); err != nil {
		return "", err
	}
	if bad := checkLang(lang); bad != nil {
		return "", bad
	}
	id := sala.NewID()
	return id, s.db.Tx(ctx, func(tx *db.Tx) error { return s.createEdition(ctx, tx, by, id, work, lang, source) })
}

func (s *Store) createEdition(ctx context.Context, tx *db.Tx, by sala.Actor, id, work sala.ID, lang sala.Lang, source sala.ID) error {
	kind, err := db.One[Kind](ctx, tx, `UPDATE archive_work SET changed = changed WHERE id = ? RETURNING kind`, work)
	if err != nil {
		return fmt.Errorf("work %s: %w", work, err)
	}
	if by.Role < sala.Translator {
		others, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM archive_edition WHERE work = ?`, work)
		if err != nil {
			return err
		}
		if others > 0 {
			return fmt.Errorf("add to work %s: %w", work, sala.ErrForbidden)
		}
	}
	year := tx.Now.Year()
	if kind == Page {
		year = 0
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO archive_edition (id, work, lang, year, slug, title, summary, stage, public, withdrawn, revision, live,
			version, pub_day, source, source_rev, bylines, meta, correction, created, changed, made_by, provisional)
		VALUES (?, ?, ?, ?, ?, '', '', ?, ?, ?, 0, 0, 0, '', '', 0, '', '', '', ?, ?, ?, ?)`,
		id, work, lang, year, string(id), Draft, false, false, db.At(tx.Now), db.At(tx.Now), by.ID, true)
	if err != nil {
		return fmt.Errorf("edition of work %s in %s: %w", work, lang, err)
	}
	if source != "" {
		newest, err := db.One[int](ctx, tx, `SELECT revision FROM archive_edition WHERE id = ?`, source)
		if err != nil {
			return fmt.Errorf("source %s: %w", source, err)
		}
		if err := s.setBasis(ctx, tx, by, id, editionState{Work: work}, basisRow{source, newest}); err != nil {
			return err
		}
	}
	return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: work}, "began a translation of", by)
}

// settleAddress gives an edition that goes out for the first time the address
// it keeps, from its title and the year.
func (s *Store) settleAddress(ctx context.Context, tx *db.Tx, edition sala.ID, st editionState, year int) error {
	if !st.Provisional || st.Version > 0 {
		return nil
	}
	if st.Kind == Page {
		year = 0
	}
	title, err := db.One[string](ctx, tx, `SELECT title FROM archive_edition WHERE id = ?`, edition)
	if err != nil {
		return err
	}
	slug, err := slug.Free(slug.Of(strings.TrimSpace(title)), edition, func(slug string) (bool, error) {
		return s.taken(ctx, tx, edition, st.Work, st.Lang, year, slug)
	})
	if err != nil {
		return fmt.Errorf("address of edition %s: %w", edition, err)
	}
	return tx.ExecOne(ctx, `UPDATE archive_edition SET year = ?, slug = ?, provisional = ? WHERE id = ?`, year, slug, false, edition)
}
