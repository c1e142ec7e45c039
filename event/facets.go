package event

import (
	"context"
	"fmt"
	"maps"

	"sala"
)

// A Facets counts the public events that pass a filter, by what they could be
// narrowed by further.
type Facets struct {
	Countries     map[string]int
	Types         map[Type]int
	Years         map[int]int
	Months        map[int]int // of the filter's year; 0 holds those of which no month is stated
	Undated       int         // whose days are not stated
	Langs         map[sala.Lang]int
	Organisations map[sala.ID]int // that had a part
	Series        map[sala.ID]int
	Terms         map[sala.ID]int
}

// Facets counts what passes a filter.
func (s *Store) Facets(ctx context.Context, f Filter) (Facets, error) {
	lines, _, err := s.passing(ctx, f)
	if err != nil {
		return Facets{}, fmt.Errorf("count events: %w", err)
	}
	x := &s.index
	out := Facets{Years: map[int]int{}, Months: map[int]int{}}
	countries, types, langs := x.countries.Tally(), x.types.Tally(), x.langs.Tally()
	organisations, series, terms := x.organisations.Tally(), x.series.Tally(), x.terms.Tally()
	first, last, same := int32(0), int32(0), 0 // those that follow each other are often of one year
	for l := range lines {
		countries[l.country]++
		types[l.kind]++
		series[l.series]++
		langs.Add(l.langs)
		terms.Add(l.terms)
		for _, p := range l.parties {
			organisations[p.organisation]++
		}
		from, to := l.first, l.last
		if f.Year == 0 { // days matter only within the one year that is asked for
			from, to = from/10000*10000, to/10000*10000
		}
		if from != first || to != last {
			out.when(f.Year, int(first), int(last), same)
			first, last, same = from, to, 0
		}
		same++
	}
	out.when(f.Year, int(first), int(last), same)
	out.Countries = maps.Collect(x.countries.Counted(countries))
	out.Types = maps.Collect(x.types.Counted(types))
	out.Langs = maps.Collect(x.langs.Counted(langs))
	out.Organisations = maps.Collect(x.organisations.Counted(organisations))
	out.Series = maps.Collect(x.series.Counted(series))
	out.Terms = maps.Collect(x.terms.Counted(terms))
	return out, nil
}

// when counts n events of the same days under the years, and the months of one
// year, in which they were held.
func (f *Facets) when(year, first, last, n int) {
	switch {
	case n == 0:
		return
	case first == 0:
		f.Undated += n
		return
	}
	for y := first / 10000; y <= last/10000; y++ {
		f.Years[y] += n
	}
	if year == 0 || first/10000 > year || last/10000 < year {
		return
	}
	if first <= year*10000+101 && last >= year*10000+1231 {
		f.Months[0] += n // the whole year: no month is stated
		return
	}
	from, to := 1, 12
	if first/10000 == year {
		from = first / 100 % 100
	}
	if last/10000 == year {
		to = last / 100 % 100
	}
	for m := from; m <= to; m++ {
		f.Months[m] += n
	}
}
