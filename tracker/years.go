package tracker

import (
	"context"
	"fmt"

	"sala"
)

// A YearOfStates says how many recommendations stood in each state at the end
// of a year, or today for the year that it is.
type YearOfStates struct {
	Year   int
	States map[State]int
	Total  int
}

// StatesOverYears returns, for the public recommendations that pass f, how
// they stood at the end of each year since the first was made.
func (s *Store) StatesOverYears(ctx context.Context, f Filter) ([]YearOfStates, error) {
	if f.studio() {
		return nil, fmt.Errorf("states over the years: %w", sala.ErrForbidden)
	}
	all, err := s.outline.Now(ctx)
	if err != nil {
		return nil, err
	}
	var (
		last = s.Today().Year
		came = map[int][]int{} // by year: how many more are in each state than at the end of the year before
		of   []int             // that of the year asked for last: most rows are of the same as the one before
		when = 0
		sift = s.sieve(f)
		from = last
	)
	add := func(year int, state uint8, n int) {
		if of == nil || year != when {
			if came[year] == nil {
				came[year] = make([]int, len(States))
			}
			of, when = came[year], year
		}
		of[state] += n
	}
	for _, r := range all.Rows {
		begin := r.at.year()
		if begin > last || !sift.passes(r) {
			continue
		}
		from = min(from, begin)
		var stood uint8 // proposed, the first of States
		for _, m := range r.moments {
			if int(m.year) <= begin {
				stood = m.state
			}
		}
		add(begin, stood, 1)
		for _, m := range r.moments {
			if year := int(m.year); year > begin && year <= last {
				add(year, stood, -1)
				add(year, m.state, 1)
				stood = m.state
			}
		}
	}
	var out []YearOfStates
	now := make([]int, len(States))
	for year := from; year <= last; year++ {
		y := YearOfStates{Year: year, States: map[State]int{}}
		for i, n := range came[year] {
			now[i] += n
		}
		for i, n := range now {
			if n > 0 {
				y.States[States[i]] = n
				y.Total += n
			}
		}
		out = append(out, y)
	}
	return out, nil
}
