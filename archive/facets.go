package archive

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"sala"
	"sala/internal/numbering"
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
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return Facets{}, err
	}
	v, err := s.sieve(ctx, f)
	if err != nil {
		return Facets{}, err
	}
	kinds, langs, years := map[string]int{}, map[string]int{}, map[int]int{}
	// Of each list of terms, and last of all of them, what works bear that pass
	// the rest.
	terms := make([]numbering.Tally, len(f.Terms)+1)
	for i := range terms {
		terms[i] = s.terms.Tally()
	}
	for _, w := range v.works {
		lacks := v.lacks(w)
		if lacks == lacksMore {
			continue
		}
		all := lacks == lacksNothing
		if (all || lacks == lacksKind) && w.kind != Page {
			kinds[string(w.kind)]++
		}
		if all || lacks == lacksYear {
			years[w.day.Year]++
		}
		if all || lacks == lacksLang {
			for _, lang := range w.langs {
				langs[string(lang)]++
			}
		}
		for i := range terms {
			if all || lacks == i {
				terms[i].Add(w.terms)
			}
		}
	}
	facets := Facets{Kinds: most(kinds), Langs: most(langs), Terms: map[sala.ID]int{}}
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		facets.Years = append(facets.Years, Count{sala.Day{Year: year}.String(), years[year]}) // "" if it is not stated
	}
	// A vocabulary that f narrows by is counted without that condition.
	narrowed := map[string]bool{}
	put := func(tally numbering.Tally, of func(vocabulary string) bool) {
		for id, count := range s.terms.Counted(tally) {
			if at, ok := l.at[id]; ok && of(l.terms[at].Vocabulary) {
				facets.Terms[id] = count
			}
		}
	}
	for i, ids := range f.Terms {
		if len(ids) == 0 {
			continue
		}
		if at, ok := l.at[ids[0]]; ok {
			own := l.terms[at].Vocabulary
			narrowed[own] = true
			put(terms[i], func(vocabulary string) bool { return vocabulary == own })
		}
	}
	put(terms[len(f.Terms)], func(vocabulary string) bool { return !narrowed[vocabulary] })
	return facets, nil
}

// most lists counts, the greatest first.
func most(counts map[string]int) []Count {
	var list []Count
	for value, n := range counts {
		list = append(list, Count{value, n})
	}
	slices.SortFunc(list, func(a, b Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value)) })
	return list
}
