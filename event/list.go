package event

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// A Filter narrows a list of events. The zero one means all.
type Filter struct {
	Country      string
	Type         Type
	Year         int       // it was held in, as far as its days say
	Month        int       // of Year, 0 for all
	Lang         sala.Lang // spoken, or interpreted into
	Organisation []sala.ID // had a part or was represented: one of these
	Person       []sala.ID // appeared: one of these
	Works        []sala.ID // told of it: one of these
	Parts        []Part    // with Organisation: only those who had one of these parts
	Parent       sala.ID   // was part of it
	Series       sala.ID   //
	Term         []sala.ID // bears one of these
	IDs          []sala.ID // is one of these
	Before       sala.ID   // an event: only what comes after it in the list is given
	Limit        int       // 0 means 50
	Oldest       bool      // first, instead of last; Before then means after
	States       []State   // for those on the desk; readers see what is public
	Words        string    // for those on the desk: all stand in a title
}

// conditions writes the filter as conditions on event_event e.
func (f Filter) conditions() (string, []any) {
	conds, args := []string{"TRUE"}, []any{}
	add := func(cond string, values ...any) {
		conds = append(conds, cond)
		args = append(args, values...)
	}
	if f.Country != "" {
		add("e.country = ?", f.Country)
	}
	if f.Type != "" {
		add("e.type = ?", f.Type)
	}
	if f.Year != 0 {
		first, last := f.Year*10000+101, f.Year*10000+1231
		if f.Month != 0 {
			first, last = f.Year*10000+f.Month*100+1, f.Year*10000+f.Month*100+31
		}
		add("e.first_day > 0 AND e.first_day <= ? AND e.last_day >= ?", last, first)
	}
	if f.Lang != "" {
		add("EXISTS (SELECT 1 FROM event_lang l WHERE l.event = e.id AND l.lang = ?)", f.Lang)
	}
	if f.Organisation != nil {
		f.organisation(add)
	}
	if f.Person != nil {
		add("e.id IN (SELECT a.event FROM event_appearance a WHERE a.person IN (?))", db.In(orNone(f.Person)))
	}
	if f.Works != nil {
		add("e.id IN (SELECT w.event FROM event_work w WHERE w.work IN (?))", db.In(orNone(f.Works)))
	}
	if f.Parent != "" {
		add("e.parent = ?", f.Parent)
	}
	if f.Series != "" {
		add("e.series = ?", f.Series)
	}
	if f.Term != nil {
		add("e.id IN (SELECT t.event FROM event_term t WHERE t.term IN (?))", db.In(orNone(f.Term)))
	}
	if f.IDs != nil {
		add("e.id IN (?)", db.In(orNone(f.IDs)))
	}
	return strings.Join(conds, " AND "), args
}

func (f Filter) organisation(add func(string, ...any)) {
	who := db.In(orNone(f.Organisation))
	if f.Parts != nil {
		add("e.id IN (SELECT p.event FROM event_party p WHERE p.organisation IN (?) AND p.part IN (?))", who, db.In(f.Parts))
		return
	}
	// The affiliations of those who appeared are not asked: somebody who may
	// not be shown would be found by theirs.
	add(`e.id IN (
		SELECT p.event FROM event_party p WHERE p.organisation IN (?)
		UNION SELECT r.event FROM event_present r WHERE r.organisation IN (?))`, who, who)
}

// orNone is ids, or one that is nobody's where there are none: neither engine
// takes an empty list.
func orNone(ids []sala.ID) []sala.ID {
	if len(ids) == 0 {
		return []sala.ID{"-"}
	}
	return ids
}

// A List is one page of events.
type List struct {
	Events []Event
	Total  int     // all that pass the filter
	Next   sala.ID // give it as Before for the next page; "" on the last
}

// Events lists public events, the latest first; those whose days are not
// stated come last. All rows are loaded.
func (s *Store) Events(ctx context.Context, f Filter) (List, error) {
	f.States, f.Words = []State{Public}, ""
	return s.list(ctx, f, "")
}

// Desk lists events whatever their state, for those who work on the record:
// editors and translators all, others what they made. Rows are loaded.
func (s *Store) Desk(ctx context.Context, by sala.Actor, f Filter) (List, error) {
	if !by.May(sala.Draft) {
		return List{}, fmt.Errorf("list events: %w", sala.ErrForbidden)
	}
	if by.Role < sala.Translator {
		return s.list(ctx, f, by.ID)
	}
	return s.list(ctx, f, "")
}

// Any reports whether any public event passes a filter.
func (s *Store) Any(ctx context.Context, f Filter) (bool, error) {
	where, args := f.conditions()
	found, err := db.All[sala.ID](ctx, s.db, `SELECT e.id FROM event_event e WHERE `+where+` AND e.state = ? LIMIT 1`, append(args, Public)...)
	if err != nil {
		return false, fmt.Errorf("whether there is any event: %w", err)
	}
	return len(found) > 0, nil
}

// Count returns how many public events pass a filter.
func (s *Store) Count(ctx context.Context, f Filter) (int, error) {
	where, args := f.conditions()
	n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM event_event e WHERE `+where+` AND e.state = ?`, append(args, Public)...)
	if err != nil {
		return 0, fmt.Errorf("count events: %w", err)
	}
	return n, nil
}

func (s *Store) list(ctx context.Context, f Filter, madeBy sala.ID) (List, error) {
	var list List
	where, args := f.conditions()
	if f.States != nil {
		where, args = where+" AND e.state IN (?)", append(args, db.In(f.States))
	}
	if madeBy != "" {
		where, args = where+" AND e.made_by = ?", append(args, madeBy)
	}
	for _, word := range strings.Fields(strings.ToLower(f.Words)) {
		where, args = where+` AND e.sought LIKE ? ESCAPE '\'`, append(args, "%"+likeEscape.Replace(word)+"%")
	}
	var err error
	list.Total, err = db.One[int](ctx, s.db, `SELECT COUNT(*) FROM event_event e WHERE `+where, args...)
	if err != nil {
		return list, fmt.Errorf("count events: %w", err)
	}
	beyond, order := "(e.first_day, e.id) < (?, ?)", " ORDER BY e.first_day DESC, e.id DESC"
	if f.Oldest {
		beyond, order = "(e.first_day, e.id) > (?, ?)", " ORDER BY e.first_day, e.id"
	}
	if f.Before != "" {
		day, err := db.One[int](ctx, s.db, `SELECT first_day FROM event_event WHERE id = ?`, f.Before)
		if err != nil {
			return list, fmt.Errorf("event %s: %w", f.Before, err)
		}
		where, args = where+" AND "+beyond, append(args, day, f.Before)
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 50
	}
	rows, err := db.All[eventRow](ctx, s.db, `SELECT `+eventColumns+` FROM event_event e WHERE `+where+order+` LIMIT ?`, append(args, limit+1)...)
	if err != nil {
		return list, fmt.Errorf("list events: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		list.Next = rows[limit-1].ID
	}
	list.Events = make([]Event, len(rows))
	for i, r := range rows {
		if list.Events[i], err = r.event(); err != nil {
			return list, err
		}
	}
	return list, fill(ctx, s.db, list.Events)
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// stretch is how many events are read at a time when all are walked.
const stretch = 200

// Every walks the public events that pass a filter, the latest first.
func (s *Store) Every(ctx context.Context, f Filter) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		f.Limit = stretch
		for {
			list, err := s.Events(ctx, f)
			if err != nil {
				yield(Event{}, err)
				return
			}
			for _, e := range list.Events {
				if !yield(e, nil) {
					return
				}
			}
			if list.Next == "" {
				return
			}
			f.Before = list.Next
		}
	}
}

// Addresses returns every public event with what its addresses are made of,
// slug, title and when it changed, the latest first.
func (s *Store) Addresses(ctx context.Context) ([]Event, error) {
	type row struct {
		ID      sala.ID   `bun:"id"`
		Slug    string    `bun:"slug"`
		Title   string    `bun:"title"`
		Changed time.Time `bun:"changed"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT e.id, e.slug, e.title, e.changed FROM event_event e WHERE e.state = ? ORDER BY e.first_day DESC, e.id DESC`, Public)
	if err != nil {
		return nil, fmt.Errorf("addresses of events: %w", err)
	}
	all := make([]Event, len(rows))
	for i, r := range rows {
		all[i] = Event{ID: r.ID, Slug: r.Slug, Changed: r.Changed.UTC()}
		if all[i].Title, err = sala.ScanText(r.Title); err != nil {
			return nil, fmt.Errorf("event %s: %w", r.ID, err)
		}
	}
	return all, nil
}

// Children returns the public events that were part of an event, in the order
// in which they were held.
func (s *Store) Children(ctx context.Context, id sala.ID) ([]Event, error) {
	list, err := s.Events(ctx, Filter{Parent: id, Oldest: true, Limit: rowLimit})
	return list.Events, err
}

// OfWork returns the public events that a work tells of, oldest first.
func (s *Store) OfWork(ctx context.Context, work sala.ID) ([]Event, error) {
	list, err := s.Events(ctx, Filter{Works: []sala.ID{work}, Oldest: true, Limit: rowLimit})
	return list.Events, err
}
