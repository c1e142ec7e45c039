package event

import (
	"context"
	"fmt"
	"iter"
	"slices"
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
	From         sala.Day  // it is not over before this day
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

// days are the first and the last that the filter asks for, as 20181103.
func (f Filter) days() (first, last int) {
	if f.Month != 0 {
		return f.Year*10000 + f.Month*100 + 1, f.Year*10000 + f.Month*100 + 31
	}
	return f.Year*10000 + 101, f.Year*10000 + 1231
}

// from is the day of From, as 20181103.
func (f Filter) from() int { return f.From.Year*10000 + int(f.From.Month)*100 + f.From.Day }

// A List is one page of events.
type List struct {
	Events []Event
	Total  int     // all that pass the filter
	Next   sala.ID // give it as Before for the next page; "" on the last
}

// limit is how many events one page of the list has.
func (f Filter) limit() int {
	if f.Limit <= 0 {
		return 50
	}
	return f.Limit
}

// Events lists public events, the latest first; those whose days are not
// stated come last. They are as a list shows them: what an event holds in
// lists of its own (sessions, appearances, terms and so on) is not there, see
// [Store.Every].
func (s *Store) Events(ctx context.Context, f Filter) (List, error) {
	list, ids, err := s.page(ctx, f)
	if err != nil {
		return List{}, fmt.Errorf("list events: %w", err)
	}
	list.Events, err = s.listed(ctx, ids)
	return list, err
}

// page is one page of a list of public events: all but the events, whose ids
// it returns in their order.
func (s *Store) page(ctx context.Context, f Filter) (list List, ids []sala.ID, err error) {
	lines, sheet, err := s.passing(ctx, f)
	if err != nil {
		return list, nil, err
	}
	var at *line
	if f.Before != "" {
		if at, err = s.placed(ctx, sheet, f.Before); err != nil {
			return list, nil, err
		}
	}
	limit := f.limit()
	for l := range lines {
		list.Total++
		if f.Before != "" {
			if n := latest(l, at); n == 0 || (n < 0) != f.Oldest {
				continue
			}
		}
		switch {
		case len(ids) < limit:
			ids = append(ids, l.id)
		case list.Next == "":
			list.Next = ids[limit-1]
		}
	}
	return list, ids, nil
}

// placed is where an event stands in lists. It may be one that is no longer
// public: somebody reads on from where it was.
func (s *Store) placed(ctx context.Context, sheet *db.Sheet[*line], id sala.ID) (*line, error) {
	if i, ok := sheet.Place(id); ok {
		return sheet.Rows[i], nil
	}
	day, err := db.One[int32](ctx, s.db, `SELECT first_day FROM event_event WHERE id = ?`, id)
	if err != nil {
		return nil, fmt.Errorf("event %s: %w", id, err)
	}
	return &line{id: id, first: day}, nil
}

// Any reports whether any public event passes a filter.
func (s *Store) Any(ctx context.Context, f Filter) (bool, error) {
	lines, _, err := s.passing(ctx, f)
	if err != nil {
		return false, fmt.Errorf("whether there is any event: %w", err)
	}
	for range lines {
		return true, nil
	}
	return false, nil
}

// Count returns how many public events pass a filter.
func (s *Store) Count(ctx context.Context, f Filter) (int, error) {
	lines, _, err := s.passing(ctx, f)
	if err != nil {
		return 0, fmt.Errorf("count events: %w", err)
	}
	n := 0
	for range lines {
		n++
	}
	return n, nil
}

// IDs returns the ids of all public events that pass a filter, in the order of
// its list.
func (s *Store) IDs(ctx context.Context, f Filter) ([]sala.ID, error) {
	lines, _, err := s.passing(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("which events: %w", err)
	}
	var ids []sala.ID
	for l := range lines {
		ids = append(ids, l.id)
	}
	return ids, nil
}

// Every walks the public events that pass a filter, in the order of its list,
// with all they hold.
func (s *Store) Every(ctx context.Context, f Filter) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for events, err := range s.Stretches(ctx, f) {
			if err != nil {
				yield(Event{}, err)
				return
			}
			for _, e := range events {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// Stretches does the same some hundreds at a time.
func (s *Store) Stretches(ctx context.Context, f Filter) iter.Seq2[[]Event, error] {
	return s.stretches(ctx, f, s.whole)
}

// Hours does it with no more of each event than its days, its hours and its
// time zone.
func (s *Store) Hours(ctx context.Context, f Filter) iter.Seq2[[]Event, error] {
	type row struct {
		ID    sala.ID `bun:"id"`
		From  string  `bun:"held_from"`
		To    string  `bun:"held_to"`
		Start Clock   `bun:"starts"`
		End   Clock   `bun:"ends"`
		Zone  string  `bun:"zone"`
		State State   `bun:"state"`
	}
	return s.stretches(ctx, f, func(ctx context.Context, ids []sala.ID) ([]Event, error) {
		rows, err := db.All[row](ctx, s.db, `SELECT e.id, e.held_from, e.held_to, e.starts, e.ends, e.zone, e.state FROM event_event e WHERE e.id IN (?)`, db.In(ids))
		if err != nil {
			return nil, fmt.Errorf("hours of %d events: %w", len(ids), err)
		}
		events := make([]Event, len(rows))
		for i, r := range rows {
			full := eventRow{ID: r.ID, From: r.From, To: r.To, Start: r.Start, End: r.End, Zone: r.Zone, State: r.State}
			if events[i], err = full.event(); err != nil {
				return nil, err
			}
		}
		return public(events, ids), nil
	})
}

func (s *Store) stretches(ctx context.Context, f Filter, read func(context.Context, []sala.ID) ([]Event, error)) iter.Seq2[[]Event, error] {
	return func(yield func([]Event, error) bool) {
		ids, err := s.IDs(ctx, f)
		if err != nil {
			yield(nil, err)
			return
		}
		for some := range slices.Chunk(ids, stretch) {
			events, err := read(ctx, some)
			if !yield(events, err) || err != nil {
				return
			}
		}
	}
}

// stretch is how many events are read at a time when all are walked.
const stretch = 200

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
