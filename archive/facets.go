package archive

import (
	"context"
	"fmt"
	"slices"

	"sala"
	"sala/internal/db"
)

// A Count says how many works have a value.
type Count struct {
	Value string `bun:"value"`
	N     int    `bun:"n"`
}

// Facets are the counts by which a reader narrows a list. Each is counted as
// if the filter did not narrow by that same thing, so that a choice can be
// changed as well as added.
type Facets struct {
	Kinds []Count // most works first
	Years []Count // newest first
	Langs []Count // most works first
	Terms map[sala.ID]int
}

// Facets counts the works that pass f. Where it begins plays no part.
func (s *Store) Facets(ctx context.Context, f Filter) (Facets, error) {
	f.Before, f.Limit = "", 0
	if f.Among != nil {
		return s.facets(ctx, f)
	}
	return remembered(ctx, &s.memo, f, func(ctx context.Context) (Facets, error) { return s.facets(ctx, f) })
}

func (s *Store) facets(ctx context.Context, f Filter) (facets Facets, err error) {
	kinds, years, langs := f, f, f
	kinds.Kinds = nil
	years.Year, years.Month, years.Day = 0, 0, 0
	langs.Lang = ""
	for _, ask := range []struct {
		to          *[]Count
		f           Filter
		value, from string
		order       string
	}{
		{&facets.Kinds, kinds, `w.kind`, `archive_work w`, `n DESC, value`},
		{&facets.Years, years, `SUBSTR(w.listed, 1, 4)`, `archive_work w`, `value DESC`},
		{&facets.Langs, langs, `e.lang`, `archive_work w JOIN archive_edition e ON e.work = w.id AND e.public`, `n DESC, value`},
	} {
		where, args := ask.f.where()
		*ask.to, err = db.All[Count](ctx, s.db, `
			SELECT `+ask.value+` AS value, COUNT(*) AS n FROM `+ask.from+`
			WHERE `+where+` GROUP BY 1 ORDER BY `+ask.order, args...)
		if err != nil {
			return facets, fmt.Errorf("count works by %s: %w", ask.value, err)
		}
	}
	facets.Terms, err = s.termFacets(ctx, f)
	return facets, err
}

// termFacets counts by term. A vocabulary that f narrows by is counted
// without that condition.
func (s *Store) termFacets(ctx context.Context, f Filter) (map[sala.ID]int, error) {
	counts := map[sala.ID]int{}
	count := func(f Filter, vocabulary string, but []string) error {
		where, args := f.where()
		if vocabulary != "" {
			where += " AND t.vocabulary = ?"
			args = append(args, vocabulary)
		}
		if len(but) > 0 {
			where += " AND t.vocabulary NOT IN (?)"
			args = append(args, db.In(but))
		}
		rows, err := db.All[Count](ctx, s.db, `
			SELECT wt.term AS value, COUNT(*) AS n
			FROM archive_work w JOIN archive_work_term wt ON wt.work = w.id JOIN archive_term t ON t.id = wt.term
			WHERE `+where+` GROUP BY wt.term`, args...)
		if err != nil {
			return fmt.Errorf("count works by term: %w", err)
		}
		for _, row := range rows {
			counts[sala.ID(row.Value)] = row.N
		}
		return nil
	}
	var narrowed []string
	for i, ids := range f.Terms {
		if len(ids) == 0 {
			continue
		}
		vocabulary, err := db.One[string](ctx, s.db, `SELECT vocabulary FROM archive_term WHERE id = ?`, ids[0])
		if ok, err := exists(err); err != nil {
			return nil, fmt.Errorf("vocabulary of term %s: %w", ids[0], err)
		} else if !ok {
			continue
		}
		narrowed = append(narrowed, vocabulary)
		lifted := f
		lifted.Terms = slices.Delete(slices.Clone(f.Terms), i, i+1)
		if err := count(lifted, vocabulary, nil); err != nil {
			return nil, err
		}
	}
	return counts, count(f, "", narrowed)
}
