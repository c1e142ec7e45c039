package event

import (
	"context"
	"fmt"
	"maps"

	"sala"
)

// AppearedWith counts, for people who are given, in how many public events
// each other person appeared with one of them.
func (s *Store) AppearedWith(ctx context.Context, people []sala.ID) (map[sala.ID]int, error) {
	lines, _, err := s.passing(ctx, Filter{Person: orNone(people)})
	if err != nil {
		return nil, fmt.Errorf("who appeared with whom: %w", err)
	}
	with := s.index.people.Tally()
	for l := range lines {
		with.Add(l.people)
	}
	out := maps.Collect(s.index.people.Counted(with))
	for _, id := range people {
		delete(out, id)
	}
	return out, nil
}

// A Tally counts the organisations represented at an event.
type Tally struct {
	Sector  sala.Sector // "" where none is stated
	Named   int         // organisations named one by one
	Several int         // mentions of several together, of which nobody said how many
}

// BySector counts the organisations represented, by sector in the order of
// [sala.Sectors]; those without one come last.
func (e Event) BySector() []Tally {
	at := map[sala.Sector]*Tally{}
	for _, p := range e.Present {
		if at[p.Sector] == nil {
			at[p.Sector] = &Tally{Sector: p.Sector}
		}
		if p.Several {
			at[p.Sector].Several++
		} else {
			at[p.Sector].Named++
		}
	}
	var tallies []Tally
	for _, sector := range append(append([]sala.Sector{}, sala.Sectors...), "") {
		if t := at[sector]; t != nil {
			tallies = append(tallies, *t)
		}
	}
	return tallies
}
