package tracker

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sala"
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

// A tally counts by number.
type tally struct {
	words []string
	n     []int32
}

func newTally(words []string) *tally { return &tally{words, make([]int32, len(words))} }

func (t *tally) add(numbers []uint32) {
	for _, k := range numbers {
		t.n[k]++
	}
}

// counts are those that occur.
func (t *tally) counts() []Count {
	var out []Count
	for k, n := range t.n {
		if n > 0 {
			out = append(out, Count{t.words[k], int(n)})
		}
	}
	return out
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
		out                      = Facets{States: map[State]int{}, Terms: map[sala.ID]int{}}
		words                    = s.names.all() // after the outline: they hold all that it numbers
		addressees, terms, codes = newTally(words), newTally(words), newTally(words)
		sift                     = s.sieve(f)
		once                     []uint32
		year                     int
	)
	for _, r := range all.Rows {
		if !sift.passes(r) {
			continue
		}
		out.Total++
		out.States[States[r.state]]++
		if r.silent(sift.since) {
			out.Silent++
		}
		if n := len(out.Years); n > 0 && year == r.at.year() { // they come newest first
			out.Years[n-1].N++
		} else {
			year = r.at.year()
			out.Years = append(out.Years, Count{fmt.Sprintf("%04d", year), 1})
		}
		addressees.add(r.addressed)
		terms.add(r.terms)
		once = once[:0]
		for _, c := range r.codes { // one may be about several countries
			once = with(with(once, c.framework), c.code)
		}
		codes.add(once)
	}
	out.Addressees = addressees.counts()
	slices.SortFunc(out.Addressees, func(a, b Count) int { return cmp.Or(b.N-a.N, byValue(a, b)) })
	for _, c := range terms.counts() {
		out.Terms[sala.ID(c.Value)] = c.N
	}
	for _, c := range codes.counts() {
		if strings.Contains(c.Value, ":") {
			out.Numbers = append(out.Numbers, c)
		} else {
			out.Codes = append(out.Codes, c)
		}
	}
	slices.SortFunc(out.Codes, byValue)
	slices.SortFunc(out.Numbers, byValue)
	return out, nil
}
