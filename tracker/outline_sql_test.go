package tracker_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/internal/db"
	"sala/tracker"
)

// A ledger asks the database itself, as lists would have to if there were no
// outline.
type ledger struct {
	*testing.T
	db    *db.DB
	today sala.Day
}

func rowsOf[T any](l ledger, query string, args ...any) []T {
	l.Helper()
	rows, err := db.All[T](l.Context(), l.db, query, args...)
	if err != nil {
		l.Fatal(err)
	}
	return rows
}

func (l ledger) silentSince() string { return sala.DayOf(l.today.Time().AddDate(-1, 0, 0)).String() }

const notOpen = `('implemented', 'refused', 'superseded')`

// where writes a filter as a condition on tracker_recommendation r.
func (l ledger) where(f tracker.Filter) (string, []any) {
	conds, args := []string{"r.merged_into IS NULL"}, []any{}
	add := func(cond string, values ...any) {
		conds, args = append(conds, cond), append(args, values...)
	}
	hangs := func(table, cond string, values ...any) {
		add(`r.id IN (SELECT COALESCE(c.merged_into, c.id) FROM tracker_recommendation c JOIN `+table+` x ON x.recommendation = c.id WHERE `+cond+`)`, values...)
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
		hangs("tracker_party", "x.role = 'addressee' AND x.ended IS NULL AND x.organisation IN (?)", db.In(f.Addressee))
	}
	if f.Asker != nil {
		hangs("tracker_party", "x.role = 'asker' AND x.ended IS NULL AND x.organisation IN (?)", db.In(f.Asker))
	}
	if len(f.States) > 0 {
		add("r.state IN (?)", db.In(f.States))
	}
	if f.Silent {
		add("r.state NOT IN "+notOpen+" AND r.heard <= ?", l.silentSince())
	}
	for _, any := range f.Terms {
		hangs("tracker_term", "x.term IN (?)", db.In(append(any, "none")))
	}
	if f.Year != 0 {
		add("SUBSTR(r.asked_at, 1, 4) = ?", fmt.Sprintf("%04d", f.Year))
	}
	switch {
	case f.Framework != "" && f.Code != "":
		hangs("tracker_code", "x.framework = ? AND x.code = ?", f.Framework, f.Code)
	case f.Framework != "":
		hangs("tracker_code", "x.framework = ?", f.Framework)
	}
	if f.Country != "" {
		hangs("tracker_code", "x.country = ?", f.Country)
	}
	for column, id := range map[string]sala.ID{"event": f.Event, "work": f.Work, "ask": f.Ask, "owner": f.Owner, "made_by": f.Mine} {
		if id != "" {
			add("r."+column+" = ?", id)
		}
	}
	if f.Due {
		add("r.next <> '' AND r.next <= ? AND r.state NOT IN "+notOpen, l.today.String())
	}
	if f.Ownerless {
		add("r.owner IS NULL AND r.owner_name = '' AND r.state NOT IN " + notOpen)
	}
	if f.Among != nil {
		add("r.id IN (?)", db.In(append(f.Among, "none")))
	}
	return strings.Join(conds, " AND "), args
}

func (l ledger) list(f tracker.Filter) []sala.ID {
	where, args := l.where(f)
	return rowsOf[sala.ID](l, `SELECT r.id FROM tracker_recommendation r WHERE `+where+` ORDER BY r.asked_at DESC, r.id DESC`, args...)
}

func (l ledger) facets(f tracker.Filter) tracker.Facets {
	where, args := l.where(f)
	type count struct {
		Value string `bun:"value"`
		N     int    `bun:"n"`
	}
	ask := func(query string) []tracker.Count {
		var out []tracker.Count
		for _, c := range rowsOf[count](l, query, args...) {
			out = append(out, tracker.Count(c))
		}
		slices.SortFunc(out, func(a, b tracker.Count) int { return strings.Compare(a.Value, b.Value) })
		return out
	}
	const hangs = ` x JOIN tracker_recommendation c ON c.id = x.recommendation JOIN tracker_recommendation r ON r.id = COALESCE(c.merged_into, c.id) WHERE `
	out := tracker.Facets{States: map[tracker.State]int{}, Terms: map[sala.ID]int{}}
	for _, c := range ask(`SELECT r.state AS value, COUNT(*) AS n FROM tracker_recommendation r WHERE ` + where + ` GROUP BY r.state`) {
		out.States[tracker.State(c.Value)] = c.N
		out.Total += c.N
	}
	out.Years = ask(`SELECT SUBSTR(r.asked_at, 1, 4) AS value, COUNT(*) AS n FROM tracker_recommendation r WHERE ` + where + ` GROUP BY SUBSTR(r.asked_at, 1, 4)`)
	slices.Reverse(out.Years)
	out.Addressees = ask(`SELECT x.organisation AS value, COUNT(DISTINCT r.id) AS n FROM tracker_party` + hangs + where +
		` AND x.role = 'addressee' AND x.ended IS NULL AND x.organisation IS NOT NULL GROUP BY x.organisation`)
	slices.SortStableFunc(out.Addressees, func(a, b tracker.Count) int { return b.N - a.N })
	for _, c := range ask(`SELECT x.term AS value, COUNT(DISTINCT r.id) AS n FROM tracker_term` + hangs + where + ` GROUP BY x.term`) {
		out.Terms[sala.ID(c.Value)] = c.N
	}
	out.Codes = ask(`SELECT x.framework AS value, COUNT(DISTINCT r.id) AS n FROM tracker_code` + hangs + where + ` GROUP BY x.framework`)
	out.Numbers = ask(`SELECT x.framework || ':' || x.code AS value, COUNT(DISTINCT r.id) AS n FROM tracker_code` + hangs + where + ` GROUP BY x.framework, x.code`)
	f.Silent = true
	out.Silent = len(l.list(f))
	return out
}

// years walks the chain of each recommendation for each year.
func (l ledger) years(s *tracker.Store, f tracker.Filter) []tracker.YearOfStates {
	where, args := l.where(f)
	type asked struct {
		ID sala.ID `bun:"id"`
		At string  `bun:"asked_at"`
	}
	recs := rowsOf[asked](l, `SELECT r.id, r.asked_at FROM tracker_recommendation r WHERE `+where, args...)
	first, chains := l.today.Year, map[sala.ID][]tracker.Step{}
	for _, r := range recs {
		first = min(first, day(l, r.At).Year)
		chain, err := s.Steps(l.Context(), r.ID)
		if err != nil {
			l.Fatal(err)
		}
		chains[r.ID] = chain
	}
	var out []tracker.YearOfStates
	for year := first; year <= l.today.Year; year++ {
		y := tracker.YearOfStates{Year: year, States: map[tracker.State]int{}}
		for _, r := range recs {
			if day(l, r.At).Year > year {
				continue
			}
			state := tracker.Proposed
			for _, st := range chains[r.ID] {
				if cmp.Or(st.Day.Year, st.At.Year()) <= year && st.Stands() {
					state = st.State
				}
			}
			y.States[state]++
			y.Total++
		}
		out = append(out, y)
	}
	return out
}

func (l ledger) times(ask sala.ID) tracker.Times {
	type row struct {
		N     int    `bun:"n"`
		First string `bun:"first"`
	}
	found := rowsOf[row](l, `
		SELECT COUNT(*) AS n, COALESCE(MIN(r.asked_at), '') AS first FROM tracker_recommendation h JOIN tracker_recommendation r ON r.id = h.id OR r.merged_into = h.id
		WHERE h.ask = ? AND h.public AND h.merged_into IS NULL`, ask)[0]
	return tracker.Times{N: found.N, Since: day(l, found.First).Year}
}

func (l ledger) again(ask sala.ID) []sala.ID {
	return rowsOf[sala.ID](l, `SELECT r.id FROM tracker_recommendation r WHERE r.ask = ? AND r.public AND r.merged_into IS NULL ORDER BY r.asked_at, r.id`, ask)
}

func (l ledger) in(work sala.ID) []sala.ID {
	type row struct {
		ID     sala.ID `bun:"id"`
		Number string  `bun:"number"`
	}
	rows := rowsOf[row](l, `
		SELECT r.id, r.number FROM tracker_recommendation r WHERE r.public AND r.merged_into IS NULL
			AND (r.work = ? OR r.id IN (SELECT c.merged_into FROM tracker_recommendation c WHERE c.work = ? AND c.merged_into IS NOT NULL))
		ORDER BY r.asked_at, r.id`, work, work)
	slices.SortStableFunc(rows, func(a, b row) int { return tracker.CompareNumbers(a.Number, b.Number) })
	var ids []sala.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}

func (l ledger) documents() []sala.ID {
	return rowsOf[sala.ID](l, `
		SELECT d.id FROM tracker_document d WHERE EXISTS (
			SELECT 1 FROM tracker_number n JOIN tracker_recommendation c ON c.id = n.recommendation JOIN tracker_recommendation r ON r.id = COALESCE(c.merged_into, c.id)
			WHERE n.document = d.id AND c.public AND r.public)
		ORDER BY d.day DESC, d.id DESC`)
}

func (l ledger) duty() tracker.Duty {
	count := func(query string, args ...any) int { return rowsOf[int](l, `SELECT COUNT(*) FROM `+query, args...)[0] }
	const open = `tracker_recommendation WHERE merged_into IS NULL AND NOT withdrawn AND state NOT IN ` + notOpen + ` AND `
	return tracker.Duty{
		Ownerless: count(open + `owner IS NULL AND owner_name = ''`),
		Overdue:   count(open+`next <> '' AND next < ?`, l.today.String()),
		Silent:    count(open+`public AND heard <= ?`, l.silentSince()),
		Replies:   count(`tracker_reply WHERE NOT decided`),
		Reviews:   count(`tracker_review WHERE settled IS NULL`),
	}
}

// at is a clock.
func at(d *db.DB, day sala.Day) { d.Clock = func() time.Time { return day.Time().Add(3 * time.Hour) } }
