package event

import (
	"context"
	"encoding/json"
	"fmt"

	"sala"
	"sala/internal/db"
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

// facetLimit bounds how many answers are kept. Strangers choose the filters,
// so beyond it everything is forgotten and counted anew.
const facetLimit = 500

// Facets counts what passes a filter. An answer is kept until an event or a
// series changes.
func (s *Store) Facets(ctx context.Context, f Filter) (Facets, error) {
	f.Before, f.Limit, f.Oldest, f.States, f.Words = "", 0, false, nil, ""
	b, err := json.Marshal(f)
	if err != nil {
		return Facets{}, fmt.Errorf("count events: %w", err)
	}
	version, err := s.db.VersionOf(ctx, sala.KindEvent, sala.KindSeries)
	if err != nil {
		return Facets{}, fmt.Errorf("count events: %w", err)
	}
	s.mu.Lock()
	found, ok := s.facets[string(b)]
	ok = ok && s.version == version
	s.mu.Unlock()
	if ok {
		return found, nil
	}
	if found, err = s.count(ctx, f); err != nil {
		return found, fmt.Errorf("count events: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.facets == nil || s.version != version || len(s.facets) >= facetLimit {
		s.facets, s.version = map[string]Facets{}, version
	}
	s.facets[string(b)] = found
	return found, nil
}

func (s *Store) count(ctx context.Context, f Filter) (Facets, error) {
	out := Facets{
		Countries: map[string]int{}, Types: map[Type]int{}, Years: map[int]int{}, Months: map[int]int{}, Langs: map[sala.Lang]int{},
		Organisations: map[sala.ID]int{}, Series: map[sala.ID]int{},
		Terms: map[sala.ID]int{},
	}
	where, args := f.conditions()
	where += " AND e.state = ?"
	args = append(args, Public)
	type row struct {
		Country string  `bun:"country"`
		Type    Type    `bun:"type"`
		Series  sala.ID `bun:"series"`
		N       int     `bun:"n"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT e.country, e.type, e.series, COUNT(*) AS n FROM event_event e WHERE `+where+` GROUP BY e.country, e.type, e.series`, args...)
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		if r.Country != "" {
			out.Countries[r.Country] += r.N
		}
		if r.Series != "" {
			out.Series[r.Series] += r.N
		}
		out.Types[r.Type] += r.N
	}
	// Days matter only within the one year that is asked for.
	first, last := `e.first_day / 10000 * 10000`, `e.last_day / 10000 * 10000`
	if f.Year != 0 {
		first, last = `e.first_day`, `e.last_day`
	}
	type when struct {
		First int `bun:"first"`
		Last  int `bun:"last"`
		N     int `bun:"n"`
	}
	days, err := db.All[when](ctx, s.db, `
		SELECT `+first+` AS first, `+last+` AS last, COUNT(*) AS n FROM event_event e WHERE `+where+` GROUP BY 1, 2`, args...)
	if err != nil {
		return out, err
	}
	for _, d := range days {
		out.when(f.Year, d.First, d.Last, d.N)
	}
	type tally[T any] struct {
		Of T   `bun:"of_what"`
		N  int `bun:"n"`
	}
	langs, err := db.All[tally[sala.Lang]](ctx, s.db, `
		SELECT l.lang AS of_what, COUNT(DISTINCT e.id) AS n FROM event_event e JOIN event_lang l ON l.event = e.id
		WHERE `+where+` GROUP BY l.lang`, args...)
	if err != nil {
		return out, err
	}
	for _, t := range langs {
		out.Langs[t.Of] = t.N
	}
	parties, err := db.All[tally[sala.ID]](ctx, s.db, `
		SELECT p.organisation AS of_what, COUNT(DISTINCT e.id) AS n FROM event_event e JOIN event_party p ON p.event = e.id AND p.organisation <> ''
		WHERE `+where+` GROUP BY p.organisation`, args...)
	if err != nil {
		return out, err
	}
	for _, t := range parties {
		out.Organisations[t.Of] = t.N
	}
	terms, err := db.All[tally[sala.ID]](ctx, s.db, `
		SELECT t.term AS of_what, COUNT(DISTINCT e.id) AS n FROM event_event e JOIN event_term t ON t.event = e.id
		WHERE `+where+` GROUP BY t.term`, args...)
	if err != nil {
		return out, err
	}
	for _, t := range terms {
		out.Terms[t.Of] = t.N
	}
	return out, nil
}

// when counts n events of the same days under the years, and the months of one
// year, in which they were held.
func (f *Facets) when(year, first, last, n int) {
	if first == 0 {
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
