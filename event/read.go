package event

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
)

type eventRow struct {
	ID      sala.ID   `bun:"id"`
	Version int       `bun:"version"`
	Slug    string    `bun:"slug"`
	Title   string    `bun:"title"`
	About   string    `bun:"about"`
	Type    Type      `bun:"type"`
	From    string    `bun:"held_from"`
	To      string    `bun:"held_to"`
	Start   Clock     `bun:"starts"`
	End     Clock     `bun:"ends"`
	Zone    string    `bun:"zone"`
	Venue   string    `bun:"venue"`
	City    string    `bun:"city"`
	Country string    `bun:"country"`
	Parent  sala.ID   `bun:"parent"`
	Series  sala.ID   `bun:"series"`
	State   State     `bun:"state"`
	MadeBy  sala.ID   `bun:"made_by"`
	Created time.Time `bun:"created"`
	Changed time.Time `bun:"changed"`
}

const eventColumns = `e.id, e.version, e.slug, e.title, e.about, e.type, e.held_from, e.held_to, e.starts, e.ends, e.zone, e.venue, e.city,
	e.country, e.parent, e.series, e.state, e.made_by, e.created, e.changed`

func (r eventRow) event() (Event, error) {
	e := Event{
		ID: r.ID, Version: r.Version, Slug: r.Slug, Type: r.Type, Start: r.Start, End: r.End, Zone: r.Zone, Country: r.Country,
		Parent: r.Parent, Series: r.Series, State: r.State, MadeBy: r.MadeBy, Created: r.Created.UTC(), Changed: r.Changed.UTC(),
	}
	var err error
	for _, t := range []struct {
		into   *sala.Text
		stored string
	}{{&e.Title, r.Title}, {&e.About, r.About}, {&e.Venue, r.Venue}, {&e.City, r.City}} {
		if *t.into, err = sala.ScanText(t.stored); err != nil {
			return e, fmt.Errorf("event %s: %w", r.ID, err)
		}
	}
	if e.Held.From, err = sala.ParseDay(r.From); err != nil {
		return e, fmt.Errorf("event %s: %w", r.ID, err)
	}
	if e.Held.To, err = sala.ParseDay(r.To); err != nil {
		return e, fmt.Errorf("event %s: %w", r.ID, err)
	}
	return e, nil
}

// Event returns a public event with all its rows. It returns [sala.ErrGone]
// for one that was withdrawn.
func (s *Store) Event(ctx context.Context, id sala.ID) (Event, error) {
	e, err := load(ctx, s.db, id)
	if err != nil {
		return Event{}, err
	}
	return e, shown(e)
}

// shown returns an error unless an event is public.
func shown(e Event) error {
	switch e.State {
	case Public:
		return nil
	case Withdrawn:
		return fmt.Errorf("event %s: %w", e.ID, sala.ErrGone)
	}
	return fmt.Errorf("event %s: %w", e.ID, sala.ErrNotFound)
}

// BySlug returns the public event of that address. moved tells that the
// address is an old one, which leads to the event's own.
func (s *Store) BySlug(ctx context.Context, slug string) (e Event, moved bool, err error) {
	for _, where := range []string{`e.slug = ?`, `e.id IN (SELECT event FROM event_old_slug WHERE slug = ?)`} {
		events, err := read(ctx, s.db, where, slug)
		if err != nil {
			return e, false, fmt.Errorf("event %q: %w", slug, err)
		}
		if len(events) > 0 {
			return events[0], moved, shown(events[0])
		}
		moved = true
	}
	return e, false, fmt.Errorf("event %q: %w", slug, sala.ErrNotFound)
}

// DeskEvent returns an event whatever its state, for those who work on the
// record: editors and translators any, others what they made.
func (s *Store) DeskEvent(ctx context.Context, by sala.Actor, id sala.ID) (Event, error) {
	if !by.May(sala.Draft) {
		return Event{}, fmt.Errorf("see event %s: %w", id, sala.ErrForbidden)
	}
	e, err := load(ctx, s.db, id)
	if err != nil {
		return Event{}, err
	}
	if by.Role < sala.Translator && e.MadeBy != by.ID {
		return Event{}, fmt.Errorf("see event %s: %w", id, sala.ErrForbidden)
	}
	return e, nil
}

// listed returns those of some events that are public, in their order, without
// what they hold in lists.
func (s *Store) listed(ctx context.Context, ids []sala.ID) ([]Event, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.All[eventRow](ctx, s.db, `SELECT `+eventColumns+` FROM event_event e WHERE e.id IN (?)`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("list events: %w", err)
	}
	events := make([]Event, len(rows))
	for i, r := range rows {
		if events[i], err = r.event(); err != nil {
			return nil, err
		}
	}
	return public(events, ids), nil
}

// whole is the same with all that they hold.
func (s *Store) whole(ctx context.Context, ids []sala.ID) ([]Event, error) {
	events, err := read(ctx, s.db, `e.id IN (?)`, db.In(orNone(ids)))
	return public(events, ids), err
}

// public are those events that are, in the order of ids. The state is looked
// at here and not asked for: SQLite would look through all that are public.
func public(events []Event, ids []sala.ID) []Event {
	events = slices.DeleteFunc(events, func(e Event) bool { return e.State != Public })
	inOrder(events, ids)
	return events
}

// inOrder puts events in the order of ids.
func inOrder(events []Event, ids []sala.ID) {
	at := make(map[sala.ID]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	slices.SortFunc(events, func(a, b Event) int { return at[a.ID] - at[b.ID] })
}

// load reads one event with all it holds.
func load(ctx context.Context, r db.Reader, id sala.ID) (Event, error) {
	events, err := read(ctx, r, `e.id = ?`, id)
	if err == nil && len(events) == 0 {
		err = sala.ErrNotFound
	}
	if err != nil {
		return Event{}, fmt.Errorf("event %s: %w", id, err)
	}
	return events[0], nil
}

// read reads events whole: out of their newest version, which is one row where
// the tables of their lists are nine.
func read(ctx context.Context, r db.Reader, where string, args ...any) ([]Event, error) {
	type row struct {
		ID      sala.ID   `bun:"id"`
		State   State     `bun:"state"`
		MadeBy  sala.ID   `bun:"made_by"`
		Created time.Time `bun:"created"`
		Changed time.Time `bun:"changed"`
		Content string    `bun:"content"`
	}
	rows, err := db.All[row](ctx, r, `
		SELECT e.id, e.state, e.made_by, e.created, e.changed, v.content
		FROM event_event e JOIN event_version v ON v.event = e.id AND v.number = e.version WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	events := make([]Event, len(rows))
	for i, r := range rows {
		e := &events[i]
		if err := json.Unmarshal([]byte(r.Content), e); err != nil {
			return nil, fmt.Errorf("read event %s: %w", r.ID, err)
		}
		e.State, e.MadeBy, e.Created, e.Changed = r.State, r.MadeBy, r.Created.UTC(), r.Changed.UTC()
	}
	return events, nil
}
