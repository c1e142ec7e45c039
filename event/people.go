package event

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// AppearedWith counts, for people who are given, in how many public events
// each other person appeared with one of them.
func (s *Store) AppearedWith(ctx context.Context, people []sala.ID) (map[sala.ID]int, error) {
	type row struct {
		Person sala.ID `bun:"person"`
		N      int     `bun:"n"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT o.person, COUNT(DISTINCT o.event) AS n
		FROM event_appearance o JOIN event_event e ON e.id = o.event AND e.state = ?
		WHERE o.person <> '' AND o.person NOT IN (?) AND o.event IN (SELECT a.event FROM event_appearance a WHERE a.person IN (?))
		GROUP BY o.person`, Public, db.In(orNone(people)), db.In(orNone(people)))
	if err != nil {
		return nil, fmt.Errorf("who appeared with whom: %w", err)
	}
	with := map[sala.ID]int{}
	for _, r := range rows {
		with[r.Person] = r.N
	}
	return with, nil
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
