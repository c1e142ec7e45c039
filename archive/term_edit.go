package archive

import (
	"context"
	"fmt"
	"maps"
	"sala/internal/slug"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// OneTerm returns a term as it is stored, and when it was last changed, which
// [Store.ChangeTerm] wants back. Of a term that was merged it returns the one
// that it is now.
func (s *Store) OneTerm(ctx context.Context, id sala.ID) (Term, time.Time, error) {
	return s.oneTerm(ctx, s.db, id)
}

func (s *Store) oneTerm(ctx context.Context, r db.Reader, id sala.ID) (Term, time.Time, error) {
	type row struct {
		termRow
		Changed time.Time `bun:"changed"`
	}
	id, err := s.termNow(ctx, r, id)
	if err != nil {
		return Term{}, time.Time{}, err
	}
	found, err := db.One[row](ctx, r, `SELECT `+termColumns+`, t.changed FROM archive_term t WHERE t.id = ?`, id)
	if err != nil {
		return Term{}, time.Time{}, fmt.Errorf("term %s: %w", id, err)
	}
	t, err := found.term()
	return t, found.Changed.UTC(), err
}

// termNow is the id of the term that a term was merged into, or its own.
func (s *Store) termNow(ctx context.Context, r db.Reader, id sala.ID) (sala.ID, error) {
	now, err := db.One[sala.ID](ctx, r, `SELECT term FROM archive_term_merged WHERE id = ?`, id)
	if merged, err := db.Found(err); err != nil {
		return id, fmt.Errorf("term %s: %w", id, err)
	} else if merged {
		return now, nil
	}
	return id, nil
}

// WorksOf counts the works that bear a term itself, public or not.
func (s *Store) WorksOf(ctx context.Context, by sala.Actor, id sala.ID) (int, error) {
	if err := need(by, sala.Editor, "count the works of term "+string(id)); err != nil {
		return 0, err
	}
	return s.worksOf(ctx, s.db, id)
}

func (s *Store) worksOf(ctx context.Context, r db.Reader, id sala.ID) (int, error) {
	n, err := db.One[int](ctx, r, `SELECT COUNT(*) FROM archive_work_term WHERE term = ?`, id)
	if err != nil {
		return 0, fmt.Errorf("count the works of term %s: %w", id, err)
	}
	return n, nil
}

// NameVocabulary names a vocabulary, which it makes if there is none yet. was
// is the [sala.Mark] of the labels that the writer had before them: if there
// are others now, it returns [sala.ErrConflict].
func (s *Store) NameVocabulary(ctx context.Context, by sala.Actor, name, was string, labels sala.Text) error {
	if err := need(by, sala.Editor, "name vocabulary "+name); err != nil {
		return err
	}
	var bad sala.Invalid
	if name == "" || slug.Of(name) != name {
		bad = append(bad, sala.FieldError{Field: "slug", Key: "studio.terms_slug_bad", Text: fmt.Sprintf("%q cannot stand in an address", name)})
	}
	if labels = labels.Trimmed(); len(labels) == 0 {
		bad = append(bad, labelMissing)
	}
	if bad != nil {
		return bad
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		// Held until the transaction ends: see state.
		stored, err := db.One[string](ctx, tx, `UPDATE archive_vocabulary SET labels = labels WHERE slug = ? RETURNING labels`, name)
		there, err := db.Found(err)
		if err != nil {
			return fmt.Errorf("vocabulary %s: %w", name, err)
		}
		if there {
			had, err := sala.ScanText(stored)
			if err != nil {
				return fmt.Errorf("vocabulary %s: %w", name, err)
			}
			if sala.Mark(had) != was {
				return fmt.Errorf("name vocabulary %s, which was named meanwhile: %w", name, sala.ErrConflict)
			}
		}
		err = tx.ExecOne(ctx, `
			INSERT INTO archive_vocabulary (slug, labels, created) VALUES (?, ?, ?)
			ON CONFLICT (slug) DO UPDATE SET labels = excluded.labels`, name, labels.Stored(), db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("vocabulary %s: %w", name, err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindTerm}, "named a vocabulary", by)
	})
}

var labelMissing = sala.FieldError{Field: "label", Key: "studio.terms_label_missing", Text: "a label in one language is needed"}

// NewTerm makes a term. Of t its Vocabulary, Parent, Slug, Labels and
// Description count; without a Slug it has one of its label.
func (s *Store) NewTerm(ctx context.Context, by sala.Actor, t Term) (sala.ID, error) {
	if err := need(by, sala.Editor, "make a term"); err != nil {
		return "", err
	}
	t.ID, t.Labels, t.Description = sala.NewID(), t.Labels.Trimmed(), t.Description.Trimmed()
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		// Logged first: with PostgreSQL that is where two who change the tree of
		// terms at once wait for each other.
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindTerm, ID: t.ID}, "made", by); err != nil {
			return err
		}
		wish := t.Slug == ""
		if wish {
			label, _ := t.Labels.In(sala.English)
			t.Slug = label
		}
		path, err := s.place(ctx, tx, &t, "", wish)
		if err != nil {
			return err
		}
		err = tx.ExecOne(ctx, `
			INSERT INTO archive_term (id, vocabulary, parent, slug, path, labels, description, created, changed)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			t.ID, t.Vocabulary, db.OrNull(t.Parent), t.Slug, path, t.Labels.Stored(), t.Description.Stored(), db.At(tx.Now), db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("make a term: %w", err)
		}
		return nil
	})
	return t.ID, err
}

// place checks where a term is to stand and returns its path. old is its
// present path, "" for a new one. If wish, another term in its place adds a
// number to the slug; else that is an error.
func (s *Store) place(ctx context.Context, tx *db.Tx, t *Term, old string, wish bool) (string, error) {
	var bad sala.Invalid
	if len(t.Labels) == 0 {
		bad = append(bad, labelMissing)
	}
	typed := t.Slug
	if t.Slug = slug.Of(typed); t.Slug == "" && !wish {
		bad = append(bad, sala.FieldError{Field: "slug", Key: "studio.terms_slug_bad", Text: fmt.Sprintf("%q cannot stand in an address", typed)})
	}
	prefix := ""
	if t.Parent != "" {
		above, _, err := s.oneTerm(ctx, tx, t.Parent)
		if known, err := db.Found(err); err != nil {
			return "", err
		} else if !known || above.Vocabulary != t.Vocabulary {
			bad = append(bad, sala.FieldError{Field: "parent", Key: "studio.terms_parent_bad", Text: "there is no such term in this vocabulary"})
		} else if old != "" && (above.Path == old || strings.HasPrefix(above.Path, old+"/")) {
			bad = append(bad, sala.FieldError{Field: "parent", Key: "studio.terms_cycle", Text: "a term cannot stand below itself"})
		}
		t.Parent, prefix = above.ID, above.Path+"/"
	}
	if bad != nil {
		return "", bad
	}
	taken := func(slug string) (bool, error) {
		other, err := db.One[sala.ID](ctx, tx, `SELECT id FROM archive_term WHERE vocabulary = ? AND path = ?`, t.Vocabulary, prefix+slug)
		is, err := db.Found(err)
		return is && other != t.ID, err
	}
	if wish {
		slug, err := slug.Free(t.Slug, t.ID, taken)
		if err != nil {
			return "", err
		}
		t.Slug = slug
	} else if is, err := taken(t.Slug); err != nil {
		return "", err
	} else if is {
		return "", sala.Invalid{{Field: "slug", Key: "studio.terms_slug_taken", Text: fmt.Sprintf("another term stands at %q", prefix+t.Slug)}}
	}
	return prefix + t.Slug, nil
}

// ChangeTerm sets the labels, description, slug and parent of t. seen is when
// it had been changed last as whoever changes it saw it: if somebody else has
// changed it since, it returns [sala.ErrConflict]. The addresses that it and
// the terms below it had lead to where they are now.
func (s *Store) ChangeTerm(ctx context.Context, by sala.Actor, t Term, seen time.Time) error {
	if err := need(by, sala.Editor, "change term "+string(t.ID)); err != nil {
		return err
	}
	t.Labels, t.Description = t.Labels.Trimmed(), t.Description.Trimmed()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindTerm, ID: t.ID}, "changed", by); err != nil {
			return err
		}
		was, changed, err := s.oneTerm(ctx, tx, t.ID)
		if err != nil {
			return err
		}
		if was.ID != t.ID || !changed.Equal(seen) {
			return fmt.Errorf("term %s was changed meanwhile: %w", t.ID, sala.ErrConflict)
		}
		t.Vocabulary = was.Vocabulary
		path, err := s.place(ctx, tx, &t, was.Path, false)
		if err != nil {
			return err
		}
		err = tx.ExecOne(ctx, `UPDATE archive_term SET parent = ?, slug = ?, labels = ?, description = ?, changed = ? WHERE id = ?`,
			db.OrNull(t.Parent), t.Slug, t.Labels.Stored(), t.Description.Stored(), db.At(tx.Now), t.ID)
		if err != nil {
			return fmt.Errorf("change term %s: %w", t.ID, err)
		}
		return s.repath(ctx, tx, was, path)
	})
}

// repath moves a term and those below it to a path, and keeps where they were.
func (s *Store) repath(ctx context.Context, tx *db.Tx, t Term, path string) error {
	if t.Path == path {
		return nil
	}
	type row struct {
		ID   sala.ID `bun:"id"`
		Path string  `bun:"path"`
	}
	rows, err := db.All[row](ctx, tx, `
		SELECT id, path FROM archive_term WHERE vocabulary = ? AND (path = ? OR path LIKE ? ESCAPE '\')`,
		t.Vocabulary, t.Path, likeEscape.Replace(t.Path)+"/%")
	if err != nil {
		return fmt.Errorf("terms below %s: %w", t.ID, err)
	}
	for _, r := range rows {
		if err := s.keepOld(ctx, tx, t.Vocabulary, r.Path, r.ID); err != nil {
			return err
		}
		if err := tx.ExecOne(ctx, `UPDATE archive_term SET path = ? WHERE id = ?`, path+strings.TrimPrefix(r.Path, t.Path), r.ID); err != nil {
			return fmt.Errorf("move term %s: %w", r.ID, err)
		}
	}
	return nil
}

// keepOld makes a path that a term leaves lead to it.
func (s *Store) keepOld(ctx context.Context, tx *db.Tx, vocabulary, path string, term sala.ID) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO archive_term_old (vocabulary, path, term) VALUES (?, ?, ?)
		ON CONFLICT (vocabulary, path) DO UPDATE SET term = excluded.term`, vocabulary, path, term)
	if err != nil {
		return fmt.Errorf("keep the old address %s of term %s: %w", path, term, err)
	}
	return nil
}

// MovedTerm returns the term that once stood at a path and has another now.
func (s *Store) MovedTerm(ctx context.Context, vocabulary, path string) (Term, error) {
	id, err := db.One[sala.ID](ctx, s.db, `SELECT term FROM archive_term_old WHERE vocabulary = ? AND path = ?`, vocabulary, path)
	if err != nil {
		return Term{}, fmt.Errorf("term that was at %s of %s: %w", path, vocabulary, err)
	}
	t, _, err := s.OneTerm(ctx, id)
	return t, err
}

// MergeTerms makes one term of two of a vocabulary: the works of from, the
// terms below it and its addresses go to into, which takes over the labels it
// lacks. Whatever names from by its id finds into from then on.
func (s *Store) MergeTerms(ctx context.Context, by sala.Actor, from, into sala.ID) error {
	if err := need(by, sala.Editor, "merge term "+string(from)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindTerm, ID: from}, "merged", by); err != nil {
			return err
		}
		a, _, err := s.oneTerm(ctx, tx, from)
		if err != nil {
			return err
		}
		b, _, err := s.oneTerm(ctx, tx, into)
		if known, err := db.Found(err); err != nil {
			return err
		} else if !known || b.Vocabulary != a.Vocabulary || a.ID != from {
			return sala.Invalid{{Field: "into", Key: "studio.terms_into_bad", Text: "choose a term of the same vocabulary"}}
		}
		if b.Path == a.Path || strings.HasPrefix(b.Path, a.Path+"/") {
			return sala.Invalid{{Field: "into", Key: "studio.terms_into_below", Text: "a term cannot be merged into itself or a term below it"}}
		}
		if err := s.handOver(ctx, tx, by, a, b); err != nil {
			return fmt.Errorf("merge term %s into %s: %w", from, into, err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindTerm, ID: b.ID}, "changed", by)
	})
}

// handOver gives what a has to b, and removes a.
func (s *Store) handOver(ctx context.Context, tx *db.Tx, by sala.Actor, a, b Term) error {
	works, err := db.All[sala.ID](ctx, tx, `SELECT work FROM archive_work_term WHERE term = ? ORDER BY work`, a.ID)
	if err != nil {
		return err
	}
	below, err := db.All[termRow](ctx, tx, `SELECT `+termColumns+` FROM archive_term t WHERE t.parent = ? ORDER BY t.path`, a.ID)
	if err != nil {
		return err
	}
	children, err := terms(below)
	if err != nil {
		return err
	}
	for _, c := range children {
		was := c
		c.Parent = b.ID
		path, err := s.place(ctx, tx, &c, was.Path, true)
		if err != nil {
			return err
		}
		if err := tx.ExecOne(ctx, `UPDATE archive_term SET parent = ?, slug = ?, changed = ? WHERE id = ?`, c.Parent, c.Slug, db.At(tx.Now), c.ID); err != nil {
			return err
		}
		if err := s.repath(ctx, tx, was, path); err != nil {
			return err
		}
	}
	labels, about := maps.Clone(a.Labels), maps.Clone(a.Description)
	maps.Copy(labels, b.Labels)
	maps.Copy(about, b.Description)
	for _, q := range []struct {
		query string
		args  []any
	}{
		{`INSERT INTO archive_work_term (work, term) SELECT work, ? FROM archive_work_term WHERE term = ? ON CONFLICT (work, term) DO NOTHING`, []any{b.ID, a.ID}},
		{`DELETE FROM archive_work_term WHERE term = ?`, []any{a.ID}},
		{`UPDATE archive_term SET labels = ?, description = ?, changed = ? WHERE id = ?`, []any{labels.Stored(), about.Stored(), db.At(tx.Now), b.ID}},
		{`UPDATE archive_term_old SET term = ? WHERE term = ?`, []any{b.ID, a.ID}},
		{`UPDATE archive_term_merged SET term = ? WHERE term = ?`, []any{b.ID, a.ID}},
		{`INSERT INTO archive_term_merged (id, term) VALUES (?, ?)`, []any{a.ID, b.ID}},
		{`DELETE FROM archive_term WHERE id = ?`, []any{a.ID}},
	} {
		if _, err := tx.Exec(ctx, q.query, q.args...); err != nil {
			return err
		}
	}
	if err := s.keepOld(ctx, tx, a.Vocabulary, a.Path, b.ID); err != nil {
		return err
	}
	for _, w := range works { // the index knows the terms of each
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: w}, "sorted", by); err != nil {
			return err
		}
	}
	return nil
}

// DeleteTerm removes a term that no work bears and below which there is none.
func (s *Store) DeleteTerm(ctx context.Context, by sala.Actor, id sala.ID) error {
	if err := need(by, sala.Editor, "delete term "+string(id)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindTerm, ID: id}, "deleted", by); err != nil {
			return err
		}
		n, err := s.worksOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if n > 0 {
			return sala.Invalid{{Field: "delete", Key: "studio.terms_used", Text: fmt.Sprintf("%d works bear this term", n)}}
		}
		below, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM archive_term WHERE parent = ?`, id)
		if err != nil {
			return fmt.Errorf("terms below %s: %w", id, err)
		}
		if below > 0 {
			return sala.Invalid{{Field: "delete", Key: "studio.terms_above", Text: fmt.Sprintf("%d terms stand below this one", below)}}
		}
		for _, query := range []string{`DELETE FROM archive_term_old WHERE term = ?`, `DELETE FROM archive_term_merged WHERE term = ?`} {
			if _, err := tx.Exec(ctx, query, id); err != nil {
				return fmt.Errorf("delete term %s: %w", id, err)
			}
		}
		if err := tx.ExecOne(ctx, `DELETE FROM archive_term WHERE id = ?`, id); err != nil {
			return fmt.Errorf("delete term %s: %w", id, err)
		}
		return nil
	})
}
