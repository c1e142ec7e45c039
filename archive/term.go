package archive

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"sala"
	"sala/internal/db"
	"sala/internal/slug"
)

type termRow struct {
	ID          sala.ID `bun:"id"`
	Vocabulary  string  `bun:"vocabulary"`
	Parent      *string `bun:"parent"`
	Slug        string  `bun:"slug"`
	Path        string  `bun:"path"`
	Labels      string  `bun:"labels"`
	Description string  `bun:"description"`
}

const termColumns = `t.id, t.vocabulary, t.parent, t.slug, t.path, t.labels, t.description`

func (r termRow) term() (Term, error) {
	t := Term{ID: r.ID, Vocabulary: r.Vocabulary, Slug: r.Slug, Path: r.Path}
	if r.Parent != nil {
		t.Parent = sala.ID(*r.Parent)
	}
	var err error
	if t.Labels, err = sala.ScanText(r.Labels); err != nil {
		return t, fmt.Errorf("labels of term %s: %w", r.ID, err)
	}
	if t.Description, err = sala.ScanText(r.Description); err != nil {
		return t, fmt.Errorf("description of term %s: %w", r.ID, err)
	}
	return t, nil
}

func terms(rows []termRow) ([]Term, error) {
	ts := make([]Term, len(rows))
	for i, row := range rows {
		t, err := row.term()
		if err != nil {
			return nil, err
		}
		ts[i] = t
	}
	return ts, nil
}

// builtin are the vocabularies that every archive has.
var builtin = []string{Author, Category, Country, Project, Theme}

// Vocabularies returns every vocabulary, in the order of their slugs, also
// those of every archive that have no term yet.
func (s *Store) Vocabularies(ctx context.Context) ([]Vocabulary, error) {
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Clone(l.vocabularies), nil
}

// Terms returns every term of a vocabulary, parents before what is below them,
// each with the number of public works that bear it or a term below it.
func (s *Store) Terms(ctx context.Context, vocabulary string) ([]Term, error) {
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := s.counts.Now(ctx)
	if err != nil {
		return nil, err
	}
	ts := l.of(vocabulary)
	for i, t := range ts {
		ts[i].Count = counts[t.ID]
	}
	return ts, nil
}

// countTerms counts the public works that bear each term or one below it, no
// work twice.
func (s *Store) countTerms(ctx context.Context) (map[sala.ID]int, error) {
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return nil, err
	}
	now, err := s.shelf.Now(ctx)
	if err != nil {
		return nil, err
	}
	ids := s.terms.Words()
	above := make([][]sala.ID, len(ids)) // each term with all that it stands below
	for n, id := range ids {
		for at, ok := l.at[id]; ok; at, ok = l.at[l.terms[at].Parent] {
			above[n] = append(above[n], l.terms[at].ID)
		}
	}
	counts := map[sala.ID]int{}
	var counted []sala.ID
	for _, w := range now.Rows {
		counted = counted[:0]
		for _, n := range w.terms {
			for _, id := range above[n] {
				if !slices.Contains(counted, id) {
					counted = append(counted, id)
					counts[id]++
				}
			}
		}
	}
	return counts, nil
}

// AnyBears reports whether any public work bears a term of a vocabulary.
func (s *Store) AnyBears(ctx context.Context, vocabulary string) (bool, error) {
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return false, err
	}
	now, err := s.shelf.Now(ctx)
	if err != nil {
		return false, err
	}
	var ids []sala.ID
	for _, t := range l.of(vocabulary) {
		ids = append(ids, t.ID)
	}
	of := s.terms.Set(ids)
	return slices.ContainsFunc(now.Rows, func(w *shelved) bool { return of.HasOne(w.terms) }), nil
}

// TermsByID returns those of the terms that exist. Their Count is not set. A
// term that was merged is found under its own id as the one that it is now.
func (s *Store) TermsByID(ctx context.Context, ids []sala.ID) (map[sala.ID]Term, error) {
	found := map[sala.ID]Term{}
	if len(ids) == 0 {
		return found, nil
	}
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		at, ok := l.at[id]
		if !ok {
			at, ok = l.at[l.now[id]]
		}
		if ok {
			found[id] = l.terms[at]
		}
	}
	return found, nil
}

// TermByPath returns the term at a path of slugs: "activities/consultations".
func (s *Store) TermByPath(ctx context.Context, vocabulary, path string) (Term, error) {
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return Term{}, err
	}
	at, ok := l.paths[[2]string{vocabulary, path}]
	if !ok {
		return Term{}, fmt.Errorf("term %s of %s: %w", path, vocabulary, sala.ErrNotFound)
	}
	return l.terms[at], nil
}

// Below returns a term and every term under it.
func (s *Store) Below(ctx context.Context, id sala.ID) ([]sala.ID, error) {
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return nil, err
	}
	return l.under(id), nil
}

// Reach returns the ids by which others may know a term or one under it: their
// own, and those of the terms that were merged into them.
func (s *Store) Reach(ctx context.Context, id sala.ID) ([]sala.ID, error) {
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return nil, err
	}
	ids := l.under(id)
	for _, one := range slices.Clone(ids) {
		ids = append(ids, l.was[one]...)
	}
	return ids, nil
}

// Above returns the term right above each term that has one.
func (s *Store) Above(ctx context.Context) (map[sala.ID]sala.ID, error) {
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return nil, err
	}
	above := map[sala.ID]sala.ID{}
	for _, t := range l.terms {
		if t.Parent != "" {
			above[t.ID] = t.Parent
		}
	}
	return above, nil
}

// ImportTerm stores a term, or brings it up to date, and makes its vocabulary
// if there is none yet. Labels are added to those it has. Its slug is a wish:
// if another term stands there, a number is added. It reports whether anything
// changed.
func (s *Store) ImportTerm(ctx context.Context, tx *db.Tx, by sala.Actor, t Term) (bool, error) {
	if err := need(by, sala.Admin, "import term "+string(t.ID)); err != nil {
		return false, err
	}
	if now, err := s.termNow(ctx, tx, t.ID); err != nil || now != t.ID {
		return false, err // somebody has merged it here: it stays so
	}
	fresh, err := tx.Exec(ctx, `INSERT INTO archive_vocabulary (slug, created) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING`,
		t.Vocabulary, db.At(tx.Now))
	if err != nil {
		return false, fmt.Errorf("vocabulary %s: %w", t.Vocabulary, err)
	}
	if fresh > 0 {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindTerm}, "made a vocabulary", by); err != nil {
			return false, err
		}
	}
	row, err := db.One[termRow](ctx, tx, `SELECT `+termColumns+` FROM archive_term t WHERE t.id = ?`, t.ID)
	known, err := db.Found(err)
	if err != nil {
		return false, fmt.Errorf("term %s: %w", t.ID, err)
	}
	if known {
		return s.relabel(ctx, tx, by, row, t)
	}
	prefix := ""
	var parent any
	if t.Parent != "" {
		if t.Parent, err = s.termNow(ctx, tx, t.Parent); err != nil {
			return false, err
		}
		above, err := db.One[string](ctx, tx, `SELECT path FROM archive_term WHERE id = ?`, t.Parent)
		if err != nil {
			return false, fmt.Errorf("parent of term %s: %w", t.ID, err)
		}
		prefix, parent = above+"/", t.Parent
	}
	slug, err := slug.Free(slug.Of(t.Slug), t.ID, func(slug string) (bool, error) {
		_, err := db.One[string](ctx, tx, `SELECT id FROM archive_term WHERE vocabulary = ? AND path = ?`, t.Vocabulary, prefix+slug)
		return db.Found(err)
	})
	if err != nil {
		return false, fmt.Errorf("slug of term %s: %w", t.ID, err)
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO archive_term (id, vocabulary, parent, slug, path, labels, description, created, changed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		t.ID, t.Vocabulary, parent, slug, prefix+slug, t.Labels.Stored(), t.Description.Stored(), db.At(tx.Now), db.At(tx.Now))
	if err != nil {
		return false, fmt.Errorf("term %s: %w", t.ID, err)
	}
	return true, tx.Changed(ctx, sala.Ref{Kind: sala.KindTerm, ID: t.ID}, "imported", by)
}

func (s *Store) relabel(ctx context.Context, tx *db.Tx, by sala.Actor, row termRow, t Term) (bool, error) {
	had, err := row.term()
	if err != nil {
		return false, err
	}
	labels, about := maps.Clone(had.Labels), maps.Clone(had.Description)
	maps.Copy(labels, t.Labels)
	maps.Copy(about, t.Description)
	if labels.Stored() == row.Labels && about.Stored() == row.Description {
		return false, nil
	}
	err = tx.ExecOne(ctx, `UPDATE archive_term SET labels = ?, description = ?, changed = ? WHERE id = ?`,
		labels.Stored(), about.Stored(), db.At(tx.Now), t.ID)
	if err != nil {
		return false, fmt.Errorf("term %s: %w", t.ID, err)
	}
	return true, tx.Changed(ctx, sala.Ref{Kind: sala.KindTerm, ID: t.ID}, "imported", by)
}
