package tracker

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sala"
	"sala/internal/numbering"
)

// A Count is a value and how many recommendations have it.
type Count struct {
	Value string
	N     int
}

// Facets say how the recommendations that pass a filter are spread.
type Facets struct {
	Total      int
	States     map[State]int
	Silent     int
	Years      []Count // newest first
	Addressees []Count // organisation ids, most first
	Terms      map[sala.ID]int
	Codes      []Count // "sdg", "ilo": the frameworks
	Numbers    []Count // "ilo:C188": the codes
}

func byValue(a, b Count) int { return strings.Compare(a.Value, b.Value) }

// Facets counts the public recommendations that pass f.
func (s *Store) Facets(ctx context.Context, f Filter) (Facets, error) {
	if f.studio() {
		return Facets{}, fmt.Errorf("count recommendations: %w", sala.ErrForbidden)
	}
	all, err := s.outline.Now(ctx)
	if err != nil {
		return Facets{}, err
	}
	var (
		out                      = Facets{States: map[State]int{}}
		addressees, terms, codes = s.ids.Tally(), s.ids.Tally(), s.words.Tally()
		sift                     = s.sieve(f)
		own                      numbering.List // codes of one, which may be about several countries
		states                   [256]int       // by number
		year                     int
	)
	for _, r := range all.Rows {
		if !sift.passes(r) {
			continue
		}
		out.Total++
		states[r.state]++
		if r.silent(sift.since) {
			out.Silent++
		}
		if n := len(out.Years); n > 0 && year == r.at.year() { // they come newest first
			out.Years[n-1].N++
		} else {
			year = r.at.year()
			out.Years = append(out.Years, Count{fmt.Sprintf("%04d", year), 1})
		}
		addressees.Add(r.addressed)
		terms.Add(r.terms)
		own = own[:0]
		for _, c := range r.codes {
			own.Add(c.framework)
			own.Add(c.code)
		}
		codes.Add(own)
	}
	for id, n := range s.ids.Counted(addressees) {
		out.Addressees = append(out.Addressees, Count{string(id), n})
	}
	for i, n := range states {
		if n > 0 {
			out.States[States[i]] = n
		}
	}
	slices.SortFunc(out.Addressees, func(a, b Count) int { return cmp.Or(b.N-a.N, byValue(a, b)) })
	out.Terms = maps.Collect(s.ids.Counted(terms))
	for code, n := range s.words.Counted(codes) {
		if strings.Contains(code, ":") {
			out.Numbers = append(out.Numbers, Count{code, n})
		} else {
			out.Codes = append(out.Codes, Count{code, n})
		}
	}
	slices.SortFunc(out.Codes, byValue)
	slices.SortFunc(out.Numbers, byValue)
	return out, nil
}
