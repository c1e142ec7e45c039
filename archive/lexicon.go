package archive

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
)

// A lexicon is every vocabulary and term, in memory: there are few, and every
// page names some. Nobody may change it.
type lexicon struct {
	vocabularies []Vocabulary
	terms        []Term // by vocabulary and path
	at           map[sala.ID]int
	paths        map[[2]string]int // by vocabulary and path
	below        map[sala.ID][]sala.ID
	now          map[sala.ID]sala.ID   // of merged ones, what they are
	was          map[sala.ID][]sala.ID // what was merged into each
}

func (s *Store) readLexicon(ctx context.Context) (*lexicon, error) {
	l := &lexicon{
		at: map[sala.ID]int{}, paths: map[[2]string]int{}, below: map[sala.ID][]sala.ID{}, now: map[sala.ID]sala.ID{}, was: map[sala.ID][]sala.ID{},
	}
	var err error
	if l.vocabularies, err = s.readVocabularies(ctx); err != nil {
		return nil, err
	}
	rows, err := db.All[termRow](ctx, s.db, `SELECT `+termColumns+` FROM archive_term t ORDER BY t.vocabulary, t.path`)
	if err != nil {
		return nil, fmt.Errorf("terms: %w", err)
	}
	if l.terms, err = terms(rows); err != nil {
		return nil, err
	}
	for i, t := range l.terms {
		l.at[t.ID], l.paths[[2]string{t.Vocabulary, t.Path}] = i, i
		if t.Parent != "" {
			l.below[t.Parent] = append(l.below[t.Parent], t.ID)
		}
	}
	type merged struct {
		ID   sala.ID `bun:"id"`
		Term sala.ID `bun:"term"`
	}
	old, err := db.All[merged](ctx, s.db, `SELECT id, term FROM archive_term_merged ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("terms that were merged: %w", err)
	}
	for _, m := range old {
		l.now[m.ID] = m.Term
		l.was[m.Term] = append(l.was[m.Term], m.ID)
	}
	return l, nil
}

func (s *Store) readVocabularies(ctx context.Context) ([]Vocabulary, error) {
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

// of are the terms of a vocabulary, by path.
func (l *lexicon) of(vocabulary string) []Term {
	var ts []Term
	for _, t := range l.terms {
		if t.Vocabulary == vocabulary {
			ts = append(ts, t)
		}
	}
	return ts
}

// under is a term and every one below it.
func (l *lexicon) under(id sala.ID) []sala.ID {
	if _, ok := l.at[id]; !ok {
		return nil
	}
	all := []sala.ID{id}
	for i := 0; i < len(all); i++ { // no term stands below itself, so this ends
		all = append(all, l.below[all[i]]...)
	}
	return all
}
