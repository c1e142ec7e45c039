package event

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/internal/slug"
)

// Create makes an event, as a draft. An id that is given is kept, so that an
// import names the same event the same way; if there is one of that id it
// returns [sala.ErrConflict]. It returns [sala.Invalid] for what cannot be,
// and [sala.ErrForbidden] to those who may not draft.
func (s *Store) Create(ctx context.Context, by sala.Actor, e Event) (Event, error) {
	if !by.May(sala.Draft) {
		return e, fmt.Errorf("create an event: %w", sala.ErrForbidden)
	}
	e = e.copied()
	e.ID = orNew(e.ID)
	e = e.tidy()
	if err := e.check(); err != nil {
		return e, err
	}
	e.Version, e.State, e.MadeBy = 1, Draft, by.ID
	return e, s.db.Tx(ctx, func(tx *db.Tx) error {
		// Logged first: on PostgreSQL this waits for other writers, so what is
		// read from here on about slugs and parents stays true.
		if err := tx.Changed(ctx, ref(e.ID), "created", by); err != nil {
			return err
		}
		if err := settle(ctx, tx, &e); err != nil {
			return err
		}
		e.Created, e.Changed = tx.Now, tx.Now
		err := tx.ExecOne(ctx, `
			INSERT INTO event_event (id, version, slug, title, about, type, held_from, held_to, first_day, last_day, starts, ends, zone,
				venue, city, country, parent, series, sought, state, made_by, created, changed)
			VALUES (?, ?, ?, '', '', '', '', '', 0, 0, '', '', '', '', '', '', '', '', '', ?, ?, ?, ?)`,
			e.ID, e.Version, e.Slug, e.State, e.MadeBy, db.At(tx.Now), db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("create event %s: %w", e.ID, err)
		}
		if err := step(ctx, tx, by, e.ID, Draft, e.Version, ""); err != nil {
			return err
		}
		return write(ctx, tx, by, e)
	})
}

// Save changes an event. e.Version is the version it was made of; if the event
// has a newer one, nothing of it is changed, what was to be saved is kept as
// an [Aside], and a [Conflict] with both is returned. State, MadeBy and the
// moments of e are not looked at.
func (s *Store) Save(ctx context.Context, by sala.Actor, e Event) (Event, error) {
	var clash *Conflict
	e = e.copied().tidy()
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(e.ID), "changed", by); err != nil { // first: see Create
			return err
		}
		now, err := load(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		public, err := everPublic(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		if err := mayChange(by, now, public); err != nil {
			return err
		}
		if err := e.check(); err != nil {
			return err
		}
		if now.Version != e.Version {
			clash = &Conflict{Mine: e, Theirs: now}
			clash.Aside, err = putAside(ctx, tx, by, e)
			return err
		}
		e.State, e.MadeBy, e.Created, e.Changed = now.State, now.MadeBy, now.Created, tx.Now
		e.Version++
		if e.Slug == "" || e.Slug == now.Slug && !public {
			e.Slug = wish(e, now, public)
		}
		if err := settle(ctx, tx, &e); err != nil {
			return err
		}
		if public && e.Slug != now.Slug {
			if err := leadOn(ctx, tx, now.Slug, e); err != nil {
				return err
			}
		}
		if err := write(ctx, tx, by, e); err != nil {
			return err
		}
		if err := reworded.Note(ctx, tx, e.ID, now.keyed(), e.keyed(), ""); err != nil {
			return err
		}
		return s.planForgetting(ctx, tx, e) // with the days of an event that of its replies moves
	})
	if err != nil {
		return e, err
	}
	if clash != nil {
		return e, clash
	}
	return e, nil
}

// wish is the slug of an event that names none: the one it has. Until it is
// first public it follows the title, unless somebody chose another.
func wish(e, now Event, public bool) string {
	if public || now.Slug != "" && !strings.HasPrefix(now.Slug, slug.Of(titleForSlug(now))) {
		return now.Slug
	}
	if titleForSlug(e) == titleForSlug(now) {
		return now.Slug
	}
	return ""
}

func titleForSlug(e Event) string {
	title, _ := e.Title.In(sala.English)
	return title
}

// settle looks at what other events are: it finds a free slug and sees that
// parent and series exist.
func settle(ctx context.Context, tx *db.Tx, e *Event) error {
	chosen := e.Slug != ""
	want := e.Slug
	if !chosen {
		want = slug.Of(titleForSlug(*e))
	}
	taken := func(slug string) (bool, error) {
		n, err := db.One[int](ctx, tx, `
			SELECT (SELECT COUNT(*) FROM event_event WHERE slug = ? AND id <> ?) + (SELECT COUNT(*) FROM event_old_slug WHERE slug = ? AND event <> ?)`,
			slug, e.ID, slug, e.ID)
		return n > 0, err
	}
	if chosen {
		is, err := taken(want)
		if err != nil {
			return fmt.Errorf("slug %q: %w", want, err)
		}
		if is {
			return sala.Invalid{{Field: "slug", Key: "studio.event.slug_taken", Text: fmt.Sprintf("another event has the address %q", want)}}
		}
	} else {
		free, err := slug.Free(want, e.ID, taken)
		if err != nil {
			return err
		}
		e.Slug = free
	}
	if err := noCircle(ctx, tx, *e); err != nil {
		return err
	}
	if e.Series != "" {
		n, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM event_series WHERE id = ?`, e.Series)
		if err != nil {
			return fmt.Errorf("series %s: %w", e.Series, err)
		}
		if n == 0 {
			return sala.Invalid{{Field: "series", Key: "studio.event.series_unknown", Text: "there is no such series"}}
		}
	}
	return nil
}

// noCircle walks up from the parent: who comes back to where they began is
// refused.
func noCircle(ctx context.Context, tx *db.Tx, e Event) error {
	for at := e.Parent; at != ""; {
		if at == e.ID {
			return sala.Invalid{{Field: "parent", Key: "studio.event.parent_circle", Text: "an event cannot be part of itself"}}
		}
		up, err := db.All[sala.ID](ctx, tx, `SELECT parent FROM event_event WHERE id = ?`, at)
		if err != nil {
			return fmt.Errorf("parent %s: %w", at, err)
		}
		if len(up) == 0 {
			return sala.Invalid{{Field: "parent", Key: "studio.event.parent_unknown", Text: "there is no such event"}}
		}
		at = up[0]
	}
	return nil
}

// leadOn keeps an address that was public.
func leadOn(ctx context.Context, tx *db.Tx, old string, e Event) error {
	if _, err := tx.Exec(ctx, `DELETE FROM event_old_slug WHERE slug = ? AND event = ?`, e.Slug, e.ID); err != nil {
		return fmt.Errorf("address of event %s: %w", e.ID, err)
	}
	_, err := tx.Exec(ctx, `INSERT INTO event_old_slug (slug, event) VALUES (?, ?)`, old, e.ID)
	if err != nil {
		return fmt.Errorf("address of event %s: %w", e.ID, err)
	}
	return nil
}

// write stores a checked event over what there is, and its version.
func write(ctx context.Context, tx *db.Tx, by sala.Actor, e Event) error {
	first, last := bounds(e.Held)
	sought := make([]string, 0, len(e.Title))
	for _, l := range e.Title.Langs() {
		sought = append(sought, strings.ToLower(e.Title[l]))
	}
	err := tx.ExecOne(ctx, `
		UPDATE event_event SET
			version = ?, slug = ?, title = ?, about = ?, type = ?, held_from = ?, held_to = ?, first_day = ?, last_day = ?, starts = ?, ends = ?,
			zone = ?, venue = ?, city = ?, country = ?, parent = ?, series = ?, sought = ?, changed = ?
		WHERE id = ?`,
		e.Version, e.Slug, e.Title.Stored(), e.About.Stored(), e.Type, e.Held.From.String(), e.Held.To.String(), first, last, e.Start, e.End,
		e.Zone, e.Venue.Stored(), e.City.Stored(), e.Country, e.Parent, e.Series, strings.Join(sought, "\n"), db.At(tx.Now), e.ID)
	if err != nil {
		return fmt.Errorf("save event %s: %w", e.ID, err)
	}
	if err := writeRows(ctx, tx, e); err != nil {
		return fmt.Errorf("save event %s: %w", e.ID, err)
	}
	content, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("version of event %s: %w", e.ID, err)
	}
	_, err = tx.ExecLarge(ctx, `INSERT INTO event_version (event, number, content, by_whom, by_id, at) VALUES (?, ?, ?, ?, ?, ?)`,
		e.ID, e.Version, string(content), by.Name, by.ID, tx.Now)
	if err != nil {
		return fmt.Errorf("version of event %s: %w", e.ID, err)
	}
	return nil
}
