package event

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/internal/numbering"
)

// A line is what lists are narrowed, ordered and counted by, of one public
// event. Lines of all of them are held in memory, so what has an id or a code
// stands there by its number.
type line struct {
	id             sala.ID
	first, last    int32 // the bounds of its days, as 20181103
	country, kind  numbering.Number
	parent, series numbering.Number
	parties        []took
	present        numbering.List // organisations that were represented
	people         numbering.List // who appeared
	works, terms   numbering.List
	langs          numbering.List // spoken, or interpreted into
}

// A took is an organisation and the parts that it had, as bits.
type took struct {
	organisation numbering.Number
	parts        uint8
}

// parts are some parts as bits.
func parts(some ...Part) uint8 {
	var bits uint8
	for _, p := range some {
		if i := slices.Index(Parts, p); i >= 0 {
			bits |= 1 << i
		}
	}
	return bits
}

// latest puts lines in the order of lists: the latest first, and those without
// days last.
func latest(a, b *line) int {
	return cmp.Or(cmp.Compare(b.first, a.first), strings.Compare(string(b.id), string(a.id)))
}

// An index numbers what the lines of an outline name.
type index struct {
	countries             numbering.Of[string]
	types                 numbering.Of[Type]
	langs                 numbering.Of[sala.Lang]
	events, series        numbering.Of[sala.ID]
	organisations, people numbering.Of[sala.ID]
	works, terms          numbering.Of[sala.ID]
}

// lines reads the lines of those of some events that are public, of all if ids
// is nil.
func (s *Store) lines(ctx context.Context, ids []sala.ID) (map[sala.ID]*line, error) {
	// Of some the state is looked at here: SQLite would look through all that
	// are public.
	which, arg := `state = ?`, any(Public)
	if ids != nil {
		which, arg = `id IN (?)`, db.In(orNone(ids))
	}
	type row struct {
		ID      sala.ID `bun:"id"`
		First   int32   `bun:"first_day"`
		Last    int32   `bun:"last_day"`
		Country string  `bun:"country"`
		Type    Type    `bun:"type"`
		Parent  sala.ID `bun:"parent"`
		Series  sala.ID `bun:"series"`
		State   State   `bun:"state"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT id, first_day, last_day, country, type, parent, series, state FROM event_event WHERE `+which, arg)
	if err != nil {
		return nil, fmt.Errorf("outline of events: %w", err)
	}
	rows = slices.DeleteFunc(rows, func(r row) bool { return r.State != Public })
	found := make(map[sala.ID]*line, len(rows))
	if len(rows) == 0 {
		return found, nil
	}
	x := &s.index
	for _, r := range rows {
		found[r.ID] = &line{
			id: r.ID, first: r.First, last: r.Last, country: x.countries.Give(r.Country), kind: x.types.Give(r.Type),
			parent: x.events.Give(r.Parent), series: x.series.Give(r.Series),
		}
	}
	named, err := s.named(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("outline of events: %w", err)
	}
	for _, n := range named {
		if l := found[n.Event]; l != nil { // else it is not public
			outlined[n.List].add(x, l, n)
		}
	}
	return found, nil
}

// A named is something that an event names in one of its lists.
type named struct {
	List  int     `bun:"list"` // place in outlined
	Event sala.ID `bun:"event"`
	As    Part    `bun:"as_what"` // of a party
	Name  string  `bun:"name"`
}

// outlined are the lists of an event by which lists of events are narrowed.
var outlined = []struct {
	table, name, as string
	add             func(x *index, l *line, n named)
}{
	{"event_party", "organisation", "part", func(x *index, l *line, n named) { l.take(x.organisations.Give(sala.ID(n.Name)), parts(n.As)) }},
	{"event_present", "organisation", "''", func(x *index, l *line, n named) { l.present.Add(x.organisations.Give(sala.ID(n.Name))) }},
	{"event_appearance", "person", "''", func(x *index, l *line, n named) { l.people.Add(x.people.Give(sala.ID(n.Name))) }},
	{"event_work", "work", "''", func(x *index, l *line, n named) { l.works.Add(x.works.Give(sala.ID(n.Name))) }},
	{"event_term", "term", "''", func(x *index, l *line, n named) { l.terms.Add(x.terms.Give(sala.ID(n.Name))) }},
	{"event_lang", "lang", "''", func(x *index, l *line, n named) { l.langs.Add(x.langs.Give(sala.Lang(n.Name))) }},
}

// named reads what some events name; what all do if ids is nil.
func (s *Store) named(ctx context.Context, ids []sala.ID) ([]named, error) {
	var each []string
	var args []any
	for i, list := range outlined {
		one := fmt.Sprintf(`SELECT %d AS list, event, %s AS as_what, %s AS name FROM %s WHERE %s <> ''`, i, list.as, list.name, list.table, list.name)
		if ids != nil {
			one, args = one+` AND event IN (?)`, append(args, db.In(orNone(ids)))
		}
		each = append(each, one)
	}
	return db.All[named](ctx, s.db, strings.Join(each, ` UNION ALL `), args...)
}

func (l *line) take(organisation numbering.Number, part uint8) {
	for i, p := range l.parties {
		if p.organisation == organisation {
			l.parties[i].parts |= part
			return
		}
	}
	l.parties = append(l.parties, took{organisation, part})
}

// sieve makes a filter a question to a line. What only the desk asks for is
// not among it.
func (x *index) sieve(f Filter) func(*line) bool {
	var tests []func(*line) bool
	add := func(test func(*line) bool) { tests = append(tests, test) }
	if f.Country != "" {
		n := x.countries.Find(f.Country)
		add(func(l *line) bool { return l.country == n })
	}
	if f.Type != "" {
		n := x.types.Find(f.Type)
		add(func(l *line) bool { return l.kind == n })
	}
	if f.Year != 0 {
		first, last := f.days()
		add(func(l *line) bool { return int(l.first) <= last && int(l.last) >= first })
	}
	if !f.From.IsZero() {
		from := f.from()
		add(func(l *line) bool { return int(l.last) >= from })
	}
	if f.Lang != "" {
		n := x.langs.Find(f.Lang)
		add(func(l *line) bool { return slices.Contains(l.langs, n) })
	}
	if f.Organisation != nil {
		who, bits := x.organisations.Set(f.Organisation), parts(f.Parts...)
		add(func(l *line) bool {
			for _, p := range l.parties {
				if who.Has(p.organisation) && (f.Parts == nil || p.parts&bits != 0) {
					return true
				}
			}
			// The affiliations of those who appeared are not asked: somebody who may
			// not be shown would be found by theirs.
			return f.Parts == nil && who.HasOne(l.present)
		})
	}
	if f.Person != nil {
		who := x.people.Set(f.Person)
		add(func(l *line) bool { return who.HasOne(l.people) })
	}
	if f.Works != nil {
		of := x.works.Set(f.Works)
		add(func(l *line) bool { return of.HasOne(l.works) })
	}
	if f.Parent != "" {
		n := x.events.Find(f.Parent)
		add(func(l *line) bool { return l.parent == n })
	}
	if f.Series != "" {
		n := x.series.Find(f.Series)
		add(func(l *line) bool { return l.series == n })
	}
	if f.Term != nil {
		of := x.terms.Set(f.Term)
		add(func(l *line) bool { return of.HasOne(l.terms) })
	}
	return func(l *line) bool {
		for _, test := range tests {
			if !test(l) {
				return false
			}
		}
		return true
	}
}

// passing walks the lines of public events that pass a filter, in the order of
// the list that it asks for. It also returns the outline that they stand in.
func (s *Store) passing(ctx context.Context, f Filter) (iter.Seq[*line], *db.Sheet[*line], error) {
	sheet, err := s.outline.Now(ctx)
	if err != nil {
		return nil, nil, err
	}
	pass := s.index.sieve(f)
	places := f.places(sheet)
	return func(yield func(*line) bool) {
		for i := range places {
			if l := sheet.Rows[i]; pass(l) && !yield(l) {
				return
			}
		}
	}, sheet, nil
}

// places walks where in an outline those are that a filter may let through.
func (f Filter) places(sheet *db.Sheet[*line]) iter.Seq[int] {
	if f.IDs == nil {
		return func(yield func(int) bool) {
			n := len(sheet.Rows)
			for i := range n {
				if f.Oldest {
					i = n - 1 - i
				}
				if !yield(i) {
					return
				}
			}
		}
	}
	var places []int
	for _, id := range f.IDs {
		if at, ok := sheet.Place(id); ok {
			places = append(places, at)
		}
	}
	slices.Sort(places)
	places = slices.Compact(places)
	if f.Oldest {
		slices.Reverse(places)
	}
	return slices.Values(places)
}
