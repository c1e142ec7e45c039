package event

import (
	"context"
	"fmt"
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
	ids, err := db.All[sala.ID](ctx, s.db, `SELECT id FROM event_event WHERE slug = ?`, slug)
	if err != nil {
		return e, false, fmt.Errorf("event %q: %w", slug, err)
	}
	if len(ids) == 0 {
		ids, err = db.All[sala.ID](ctx, s.db, `SELECT event FROM event_old_slug WHERE slug = ?`, slug)
		if err != nil {
			return e, false, fmt.Errorf("event %q: %w", slug, err)
		}
		moved = true
	}
	if len(ids) == 0 {
		return e, false, fmt.Errorf("event %q: %w", slug, sala.ErrNotFound)
	}
	e, err = s.Event(ctx, ids[0])
	return e, moved, err
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

// load reads one event with its rows.
func load(ctx context.Context, r db.Reader, id sala.ID) (Event, error) {
	row, err := db.One[eventRow](ctx, r, `SELECT `+eventColumns+` FROM event_event e WHERE e.id = ?`, id)
	if err != nil {
		return Event{}, fmt.Errorf("event %s: %w", id, err)
	}
	e, err := row.event()
	if err != nil {
		return e, err
	}
	one := []Event{e}
	err = fill(ctx, r, one)
	return one[0], err
}
