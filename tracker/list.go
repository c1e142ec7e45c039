package tracker

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// A Filter narrows a list of recommendations. The zero Filter means every
// public one that was not merged into another.
type Filter struct {
	Addressee []sala.ID   // any of these organisations
	Asker     []sala.ID   // any of these organisations
	States    []State     // any of these
	Silent    bool        // nothing has happened for twelve months
	Terms     [][]sala.ID // one of each inner list
	Year      int         // in which it was asked
	Framework Framework
	Code      string // of Framework
	Country   string // of a code
	Event     sala.ID
	Work      sala.ID // in which it or a step of it stands
	Ask       sala.ID
	// Drafts lists those that are not public and not withdrawn as well, Owner
	// those of a user, Due those whose next day has come, Ownerless open ones
	// that nobody follows up, Mine only what a user made: for the studio.
	Drafts    bool
	OnlyDraft bool
	Withdrawn bool // only those
	Owner     sala.ID
	Due       bool
	Ownerless bool
	Mine      sala.ID
	Among     []sala.ID // only these, if it is not nil
	Before    sala.ID   // only what comes after it in the list
	Limit     int       // 0 means 50
}

// A List is one stretch of a list, newest first.
type List struct {
	Recommendations []Recommendation
	Next            sala.ID // the Before of the next stretch, "" at the end
	Total           int     // that pass the filter, wherever it begins
}

const listOrder = ` ORDER BY r.asked_at DESC, r.id DESC`

// within finds the recommendations of whose rows, or of those merged into
// them, a condition holds.
func within(table, cond string) string {
	return `r.id IN (SELECT COALESCE(c.merged_into, c.id) FROM tracker_recommendation c JOIN ` + table + ` x ON x.recommendation = c.id WHERE ` + cond + `)`
}

// where writes the filter as a condition on tracker_recommendation r.
func (f Filter) where(today sala.Day) (string, []any) {
	conds, args := []string{"r.merged_into IS NULL"}, []any{}
	add := func(cond string, values ...any) {
		conds = append(conds, cond)
		args = append(args, values...)
	}
	switch {
	case f.Withdrawn:
		add("r.withdrawn")
	case f.OnlyDraft:
		add("NOT r.public AND NOT r.withdrawn")
	case f.Drafts:
		add("NOT r.withdrawn")
	default:
		add("r.public")
	}
	if f.Addressee != nil {
		add(within("tracker_party", "x.role = 'addressee' AND x.ended IS NULL AND x.organisation IN (?)"), db.In(f.Addressee))
	}
	if f.Asker != nil {
		add(within("tracker_party", "x.role = 'asker' AND x.ended IS NULL AND x.organisation IN (?)"), db.In(f.Asker))
	}
	if len(f.States) > 0 {
		add("r.state IN (?)", db.In(f.States))
	}
	if f.Silent {
		add("r.state NOT IN ('implemented', 'refused', 'superseded') AND r.heard <= ?", silentSince(today))
	}
	for _, any := range f.Terms {
		if len(any) == 0 {
			add("FALSE")
			continue
		}
		add(within("tracker_term", "x.term IN (?)"), db.In(any))
	}
	if f.Year != 0 {
		// "~" sorts after every character of a date.
		add("r.asked_at >= ? AND r.asked_at < ?", fmt.Sprintf("%04d", f.Year), fmt.Sprintf("%04d~", f.Year))
	}
	switch {
	case f.Framework != "" && f.Code != "":
		add(within("tracker_code", "x.framework = ? AND x.code = ?"), f.Framework, f.Code)
	case f.Framework != "":
		add(within("tracker_code", "x.framework = ?"), f.Framework)
	}
	if f.Country != "" {
		add(within("tracker_code", "x.country = ?"), f.Country)
	}
	if f.Event != "" {
		add("r.event = ?", f.Event)
	}
	if f.Work != "" {
		add("r.work = ?", f.Work)
	}
	if f.Ask != "" {
		add("r.ask = ?", f.Ask)
	}
	if f.Owner != "" {
		add("r.owner = ?", f.Owner)
	}
	if f.Due {
		add("r.next <> '' AND r.next <= ? AND r.state NOT IN ('implemented', 'refused', 'superseded')", today.String())
	}
	if f.Ownerless {
		add("r.owner IS NULL AND r.owner_name = '' AND r.state NOT IN ('implemented', 'refused', 'superseded')")
	}
	if f.Mine != "" {
		add("r.made_by = ?", f.Mine)
	}
	switch {
	case f.Among == nil:
	case len(f.Among) == 0:
		add("FALSE")
	default:
		add("r.id IN (?)", db.In(f.Among))
	}
	return strings.Join(conds, " AND "), args
}

// silentSince is the last day that lies twelve months back.
func silentSince(today sala.Day) string {
	return sala.DayOf(today.Time().AddDate(-1, 0, 0)).String()
}

// studio reports whether a filter asks for what readers do not see.
func (f Filter) studio() bool {
	return f.Drafts || f.OnlyDraft || f.Withdrawn || f.Owner != "" || f.Due || f.Ownerless || f.Mine != ""
}

// Recommendations returns the public ones that pass f, newest first.
func (s *Store) Recommendations(ctx context.Context, f Filter) (List, error) {
	if f.studio() {
		return List{}, fmt.Errorf("list recommendations: %w", sala.ErrForbidden)
	}
	return s.list(ctx, f)
}

// Any reports whether any public recommendation passes f.
func (s *Store) Any(ctx context.Context, f Filter) (bool, error) {
	if f.studio() {
		return false, fmt.Errorf("whether there is any recommendation: %w", sala.ErrForbidden)
	}
	where, args := f.where(s.Today())
	found, err := db.All[sala.ID](ctx, s.db, `SELECT r.id FROM tracker_recommendation r WHERE `+where+` LIMIT 1`, args...)
	if err != nil {
		return false, fmt.Errorf("whether there is any recommendation: %w", err)
	}
	return len(found) > 0, nil
}

// Ledger returns what somebody who works on the record may see: a contributor
// what is public and what they made.
func (s *Store) Ledger(ctx context.Context, by sala.Actor, f Filter) (List, error) {
	if err := may(by, sala.Draft, "list recommendations"); err != nil {
		return List{}, err
	}
	if !by.May(sala.Translate) && f.studio() {
		f.Mine = by.ID
		if f.Mine == "" {
			return List{}, fmt.Errorf("list recommendations: %w", sala.ErrForbidden)
		}
	}
	return s.list(ctx, f)
}

func (s *Store) list(ctx context.Context, f Filter) (List, error) {
	var list List
	today := s.Today()
	where, args := f.where(today)
	total, err := s.total(ctx, f)
	if err != nil {
		return list, err
	}
	list.Total = total
	if f.Before != "" {
		at, err := db.One[string](ctx, s.db, `SELECT asked_at FROM tracker_recommendation WHERE id = ?`, f.Before)
		if err != nil {
			return list, fmt.Errorf("place of recommendation %s in the list: %w", f.Before, err)
		}
		where += " AND (r.asked_at, r.id) < (?, ?)"
		args = append(args, at, f.Before)
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 50
	}
	rows, err := db.All[recommendationRow](ctx, s.db, `
		SELECT `+columns+` FROM tracker_recommendation r WHERE `+where+listOrder+` LIMIT ?`, append(args, limit+1)...)
	if err != nil {
		return list, fmt.Errorf("list recommendations: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		list.Next = rows[limit-1].ID
	}
	list.Recommendations, err = s.filled(ctx, s.db, rows)
	return list, err
}

// Count returns how many public recommendations pass f.
func (s *Store) Count(ctx context.Context, f Filter) (int, error) {
	if f.studio() {
		return 0, fmt.Errorf("count recommendations: %w", sala.ErrForbidden)
	}
	return s.total(ctx, f)
}

// A question is a filter with the day it is asked on.
type question struct {
	Filter Filter
	Today  string
	Sort   string
}

func (s *Store) total(ctx context.Context, f Filter) (int, error) {
	f.Before, f.Limit = "", 0
	today := s.Today()
	return remembered(ctx, &s.memo, question{f, today.String(), "total"}, func(ctx context.Context) (int, error) {
		where, args := f.where(today)
		n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM tracker_recommendation r WHERE `+where, args...)
		if err != nil {
			return 0, fmt.Errorf("count recommendations: %w", err)
		}
		return n, nil
	})
}

// A Count is a value and how many recommendations have it.
type Count struct {
	Value string `bun:"value"`
	N     int    `bun:"n"`
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

// Facets counts the public recommendations that pass f.
func (s *Store) Facets(ctx context.Context, f Filter) (Facets, error) {
	if f.studio() {
		return Facets{}, fmt.Errorf("count recommendations: %w", sala.ErrForbidden)
	}
	f.Before, f.Limit = "", 0
	today := s.Today()
	return remembered(ctx, &s.memo, question{f, today.String(), "facets"}, func(ctx context.Context) (Facets, error) {
		return s.facets(ctx, f, today)
	})
}

func (s *Store) facets(ctx context.Context, f Filter, today sala.Day) (Facets, error) {
	where, args := f.where(today)
	out := Facets{States: map[State]int{}, Terms: map[sala.ID]int{}}
	var errs []error
	ask := func(query string) []Count {
		rows, err := db.All[Count](ctx, s.db, query, args...)
		errs = append(errs, err)
		return rows
	}
	for _, c := range ask(`SELECT r.state AS value, COUNT(*) AS n FROM tracker_recommendation r WHERE ` + where + ` GROUP BY r.state`) {
		out.States[State(c.Value)] = c.N
		out.Total += c.N
	}
	out.Years = ask(`SELECT SUBSTR(r.asked_at, 1, 4) AS value, COUNT(*) AS n FROM tracker_recommendation r WHERE ` + where + ` GROUP BY SUBSTR(r.asked_at, 1, 4) ORDER BY value DESC`)
	const hangs = ` x JOIN tracker_recommendation c ON c.id = x.recommendation JOIN tracker_recommendation r ON r.id = COALESCE(c.merged_into, c.id) WHERE `
	out.Addressees = ask(`SELECT x.organisation AS value, COUNT(DISTINCT r.id) AS n FROM tracker_party` + hangs + where +
		` AND x.role = 'addressee' AND x.ended IS NULL AND x.organisation IS NOT NULL GROUP BY x.organisation ORDER BY n DESC, value`)
	for _, c := range ask(`SELECT x.term AS value, COUNT(DISTINCT r.id) AS n FROM tracker_term` + hangs + where + ` GROUP BY x.term`) {
		out.Terms[sala.ID(c.Value)] = c.N
	}
	out.Codes = ask(`SELECT x.framework AS value, COUNT(DISTINCT r.id) AS n FROM tracker_code` + hangs + where + ` GROUP BY x.framework`)
	out.Numbers = ask(`SELECT x.framework || ':' || x.code AS value, COUNT(DISTINCT r.id) AS n FROM tracker_code` + hangs + where +
		` GROUP BY x.framework, x.code ORDER BY x.framework, x.code`)
	f.Silent = true
	silent, err := s.total(ctx, f)
	out.Silent = silent
	if err := errors.Join(append(errs, err)...); err != nil {
		return out, fmt.Errorf("count recommendations: %w", err)
	}
	return out, nil
}

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
	f.Before, f.Limit = "", 0
	today := s.Today()
	return remembered(ctx, &s.memo, question{f, today.String(), "years"}, func(ctx context.Context) ([]YearOfStates, error) {
		return s.statesOverYears(ctx, f, today)
	})
}

func (s *Store) statesOverYears(ctx context.Context, f Filter, today sala.Day) ([]YearOfStates, error) {
	where, args := f.where(today)
	type asked struct {
		ID    sala.ID `bun:"id"`
		Asked string  `bun:"asked_at"`
	}
	recs, err := db.All[asked](ctx, s.db, `SELECT r.id, r.asked_at FROM tracker_recommendation r WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("states over the years: %w", err)
	}
	begins, first := map[sala.ID]int{}, today.Year
	for _, r := range recs {
		d, err := sala.ParseDay(r.Asked)
		if err != nil {
			return nil, fmt.Errorf("recommendation %s: %w", r.ID, err)
		}
		begins[r.ID] = d.Year
		first = min(first, d.Year)
	}
	type row struct {
		ID    sala.ID   `bun:"id"`
		State State     `bun:"state"`
		Day   string    `bun:"day"`
		At    time.Time `bun:"at"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT r.id, x.state, x.day, x.at
		FROM tracker_step x JOIN tracker_recommendation c ON c.id = x.recommendation JOIN tracker_recommendation r ON r.id = COALESCE(c.merged_into, c.id)
		WHERE `+where+` AND x.state <> 'retracted' AND NOT EXISTS (SELECT 1 FROM tracker_step y WHERE y.corrects = x.id)
		ORDER BY r.id, x.at, x.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("states over the years: %w", err)
	}
	type at struct {
		year  int
		sorts string
		state State
	}
	chains := map[sala.ID][]at{}
	for _, row := range rows {
		d, err := sala.ParseDay(row.Day)
		if err != nil {
			return nil, fmt.Errorf("step of recommendation %s: %w", row.ID, err)
		}
		sorts := ordered(row.State, d, row.At.UTC())
		if d.IsZero() {
			d = sala.DayOf(row.At.UTC())
		}
		chains[row.ID] = append(chains[row.ID], at{d.Year, sorts, row.State})
	}
	var out []YearOfStates
	for year := first; year <= today.Year; year++ {
		y := YearOfStates{Year: year, States: map[State]int{}}
		for id, begin := range begins {
			if begin > year {
				continue
			}
			state, last := Proposed, ""
			for _, st := range chains[id] {
				if st.year <= year && st.sorts >= last {
					state, last = st.state, st.sorts
				}
			}
			y.States[state]++
			y.Total++
		}
		out = append(out, y)
	}
	return out, nil
}
