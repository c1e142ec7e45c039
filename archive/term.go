package archive

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

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
	type row struct {
		Slug   string `bun:"slug"`
		Labels string `bun:"labels"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT slug, labels FROM archive_vocabulary ORDER BY slug`)
	if err != nil {
		return nil, fmt.Errorf("vocabularies: %w", err)
	}
	vs := make([]Vocabulary, 0, len(rows)+len(builtin))
	for _, r := range rows {
		labels, err := sala.ScanText(r.Labels)
		if err != nil {
			return nil, fmt.Errorf("labels of vocabulary %s: %w", r.Slug, err)
		}
		vs = append(vs, Vocabulary{Slug: r.Slug, Labels: labels})
	}
	for _, slug := range builtin {
		if !slices.ContainsFunc(vs, func(v Vocabulary) bool { return v.Slug == slug }) {
			vs = append(vs, Vocabulary{Slug: slug})
		}
	}
	slices.SortFunc(vs, func(a, b Vocabulary) int { return strings.Compare(a.Slug, b.Slug) })
	return vs, nil
}

// Terms returns every term of a vocabulary, parents before what is below them,
// each with the number of public works that bear it or a term below it.
func (s *Store) Terms(ctx context.Context, vocabulary string) ([]Term, error) {
	type question struct{ Terms string }
	return remembered(ctx, &s.memo, question{vocabulary}, func(ctx context.Context) ([]Term, error) {
		return s.countedTerms(ctx, vocabulary)
	})
}

func (s *Store) countedTerms(ctx context.Context, vocabulary string) ([]Term, error) {
	rows, err := db.All[termRow](ctx, s.db, `
		SELECT `+termColumns+` FROM archive_term t WHERE t.vocabulary = ? ORDER BY t.path`, vocabulary)
	if err != nil {
		return nil, fmt.Errorf("terms of %s: %w", vocabulary, err)
	}
	ts, err := terms(rows)
	if err != nil {
		return nil, err
	}
	// A term with none below it is counted with all others at once; the few
	// that have some are counted one by one, so that no work counts twice.
	own, err := db.All[Count](ctx, s.db, `
		SELECT wt.term AS value, COUNT(*) AS n
		FROM archive_work_term wt JOIN archive_term t ON t.id = wt.term JOIN archive_work w ON w.id = wt.work
		WHERE t.vocabulary = ? AND w.public GROUP BY wt.term`, vocabulary)
	if err != nil {
		return nil, fmt.Errorf("count the terms of %s: %w", vocabulary, err)
	}
	counts := map[sala.ID]int{}
	for _, c := range own {
		counts[sala.ID(c.Value)] = c.N
	}
	parents := map[sala.ID]bool{}
	for _, t := range ts {
		parents[t.Parent] = true
	}
	for i, t := range ts {
		ts[i].Count = counts[t.ID]
		if !parents[t.ID] {
			continue
		}
		below, err := s.Below(ctx, t.ID)
		if err != nil {
			return nil, err
		}
		ts[i].Count, err = db.One[int](ctx, s.db, `
			SELECT COUNT(*) FROM archive_work w
			WHERE w.public AND EXISTS (SELECT 1 FROM archive_work_term wt WHERE wt.work = w.id AND wt.term IN (?))`, db.In(below))
		if err != nil {
			return nil, fmt.Errorf("count the works under term %s: %w", t.ID, err)
		}
	}
	return ts, nil
}

// AnyBears reports whether any public work bears a term of a vocabulary.
func (s *Store) AnyBears(ctx context.Context, vocabulary string) (bool, error) {
	found, err := db.All[sala.ID](ctx, s.db, `
		SELECT t.id FROM archive_term t
		WHERE t.vocabulary = ? AND EXISTS (SELECT 1 FROM archive_work_term wt JOIN archive_work w ON w.id = wt.work WHERE wt.term = t.id AND w.public) LIMIT 1`, vocabulary)
	if err != nil {
		return false, fmt.Errorf("whether any work bears a %s: %w", vocabulary, err)
	}
	return len(found) > 0, nil
}

// TermsByID returns those of the terms that exist. Their Count is not set. A
// term that was merged is found under its own id as the one that it is now.
func (s *Store) TermsByID(ctx context.Context, ids []sala.ID) (map[sala.ID]Term, error) {
	found := map[sala.ID]Term{}
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := db.All[termRow](ctx, s.db, `SELECT `+termColumns+` FROM archive_term t WHERE t.id IN (?)`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("terms by id: %w", err)
	}
	ts, err := terms(rows)
	if err != nil {
		return nil, err
	}
	for _, t := range ts {
		found[t.ID] = t
	}
	var rest []sala.ID
	for _, id := range ids {
		if _, ok := found[id]; !ok {
			rest = append(rest, id)
		}
	}
	if len(rest) == 0 {
		return found, nil
	}
	type merged struct {
		termRow
		Was sala.ID `bun:"was"`
	}
	old, err := db.All[merged](ctx, s.db, `
		SELECT `+termColumns+`, m.id AS was FROM archive_term_merged m JOIN archive_term t ON t.id = m.term WHERE m.id IN (?)`, db.In(rest))
	if err != nil {
		return nil, fmt.Errorf("terms by id: %w", err)
	}
	for _, r := range old {
		if found[r.Was], err = r.term(); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// TermByPath returns the term at a path of slugs: "activities/consultations".
func (s *Store) TermByPath(ctx context.Context, vocabulary, path string) (Term, error) {
	row, err := db.One[termRow](ctx, s.db, `
		SELECT `+termColumns+` FROM archive_term t WHERE t.vocabulary = ? AND t.path = ?`, vocabulary, path)
	if err != nil {
		return Term{}, fmt.Errorf("term %s of %s: %w", path, vocabulary, err)
	}
	return row.term()
}

// Below returns a term and every term under it.
func (s *Store) Below(ctx context.Context, id sala.ID) ([]sala.ID, error) {
	ids, err := db.All[sala.ID](ctx, s.db, `
		WITH RECURSIVE below (id) AS (
			SELECT id FROM archive_term WHERE id = ?
			UNION
			SELECT t.id FROM archive_term t JOIN below b ON t.parent = b.id
		)
		SELECT id FROM below`, id)
	if err != nil {
		return nil, fmt.Errorf("terms below %s: %w", id, err)
	}
	return ids, nil
}

// Reach returns the ids by which others may know a term or one under it: their
// own, and those of the terms that were merged into them.
func (s *Store) Reach(ctx context.Context, id sala.ID) ([]sala.ID, error) {
	type question struct{ Reach sala.ID }
	ids, err := remembered(ctx, &s.memo, question{id}, func(ctx context.Context) ([]sala.ID, error) { return s.reach(ctx, id) })
	return slices.Clone(ids), err
}

func (s *Store) reach(ctx context.Context, id sala.ID) ([]sala.ID, error) {
	ids, err := s.Below(ctx, id)
	if err != nil || len(ids) == 0 {
		return ids, err
	}
	merged, err := db.All[sala.ID](ctx, s.db, `SELECT id FROM archive_term_merged WHERE term IN (?) ORDER BY id`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("terms merged into %s: %w", id, err)
	}
	return append(ids, merged...), nil
}

// Above returns the term right above each term that has one.
func (s *Store) Above(ctx context.Context) (map[sala.ID]sala.ID, error) {
	type question struct{ Above bool }
	return remembered(ctx, &s.memo, question{true}, func(ctx context.Context) (map[sala.ID]sala.ID, error) {
		type row struct {
			ID     sala.ID `bun:"id"`
			Parent sala.ID `bun:"parent"`
		}
		rows, err := db.All[row](ctx, s.db, `SELECT id, parent FROM archive_term WHERE parent IS NOT NULL`)
		if err != nil {
			return nil, fmt.Errorf("terms above others: %w", err)
		}
		above := make(map[sala.ID]sala.ID, len(rows))
		for _, r := range rows {
			above[r.ID] = r.Parent
		}
		return above, nil
	})
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
	_, err := tx.Exec(ctx, `INSERT INTO archive_vocabulary (slug, created) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING`,
		t.Vocabulary, db.At(tx.Now))
	if err != nil {
		return false, fmt.Errorf("vocabulary %s: %w", t.Vocabulary, err)
	}
	row, err := db.One[termRow](ctx, tx, `SELECT `+termColumns+` FROM archive_term t WHERE t.id = ?`, t.ID)
	known, err := exists(err)
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
		return exists(err)
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

// LabelVocabulary names a vocabulary, which it makes if there is none yet.
func (s *Store) LabelVocabulary(ctx context.Context, tx *db.Tx, by sala.Actor, slug string, labels sala.Text) error {
	if err := need(by, sala.Admin, "name vocabulary "+slug); err != nil {
		return err
	}
	return tx.ExecOne(ctx, `
		INSERT INTO archive_vocabulary (slug, labels, created) VALUES (?, ?, ?)
		ON CONFLICT (slug) DO UPDATE SET labels = excluded.labels`, slug, labels.Stored(), db.At(tx.Now))
}
