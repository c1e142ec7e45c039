package event

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
)

// ReplyRules say whether an event takes replies to its invitation, from whom,
// until when, and for how many there is room.
type ReplyRules struct {
	Open    bool
	Invited bool     // only those reply who have the link
	Until   sala.Day // the last day on which replies are taken
	Hour    Clock    // on that day, in the event's zone; "" is to its end
	Places  int      // 0 for any number; who comes when they are taken waits
	// The following are not set but found.
	Linked    time.Time // when the link was made that is good now, zero if there is none
	Forgotten time.Time // when replies were last deleted because their day had come
}

// mostPlaces bounds the places of an event.
const mostPlaces = 100_000

// keptDays is how many days after an event what was replied is deleted.
const keptDays = 30

// place is the zone by which an event counts its days.
func (e Event) place() *time.Location {
	if l, ok := Location(e.Zone); ok {
		return l
	}
	return time.UTC
}

// after is the first moment of the day that comes n days after d, by the
// clocks of the event. Of a month or a year it is counted from its last day.
func (e Event) after(d sala.Day, n int) time.Time {
	last := lastDay(d)
	return time.Date(last.Year(), last.Month(), last.Day()+n, 0, 0, 0, 0, e.place())
}

// Over reports whether an event is over at a moment, by its own clocks: its
// last day has ended, and where only a month or a year is stated, that. One
// whose days are not stated never is.
func (e Event) Over(now time.Time) bool {
	return !e.Held.IsZero() && !now.Before(e.after(e.Held.To, 1))
}

// Closes is when an event takes no more replies: at the hour that was stated,
// and with its own end at the latest.
func (r ReplyRules) Closes(e Event) time.Time {
	closes := e.after(r.Until, 1)
	if r.Hour != "" {
		closes = at(r.Until, r.Hour, e.place())
	}
	if !e.Held.IsZero() {
		if end := e.after(e.Held.To, 1); end.Before(closes) {
			return end
		}
	}
	return closes
}

// Takes reports whether an event takes replies at a moment.
func (r ReplyRules) Takes(e Event, now time.Time) bool {
	return r.Open && e.State == Public && now.Before(r.Closes(e))
}

// Forgets is the day on which the replies are deleted: 30 days after the last
// day of the event, or of the month or year in which it is; where no day is
// stated, after the last day on which it takes replies.
func (r ReplyRules) Forgets(e Event) sala.Day { return sala.DayOf(r.forgets(e)) }

func (r ReplyRules) forgets(e Event) time.Time {
	if e.Held.IsZero() {
		return e.after(r.Until, keptDays)
	}
	return e.after(e.Held.To, keptDays)
}

type rulesRow struct {
	Open      bool    `bun:"open"`
	Invited   bool    `bun:"invited"`
	Until     string  `bun:"until_day"`
	Hour      Clock   `bun:"until_hour"`
	Places    int     `bun:"places"`
	Linked    db.Null `bun:"linked"`
	Forgotten db.Null `bun:"forgotten"`
}

// ReplyRules returns the rules of an event; the zero ones if it never took
// replies.
func (s *Store) ReplyRules(ctx context.Context, id sala.ID) (ReplyRules, error) {
	r, _, err := rules(ctx, s.db, id)
	return r, err
}

// rules also reports whether there are any.
func rules(ctx context.Context, r db.Reader, id sala.ID) (ReplyRules, bool, error) {
	row, err := db.One[rulesRow](ctx, r, `SELECT open, invited, until_day, until_hour, places, linked, forgotten FROM event_reply_rules WHERE event = ?`, id)
	if errors.Is(err, sala.ErrNotFound) {
		return ReplyRules{}, false, nil
	}
	if err != nil {
		return ReplyRules{}, false, fmt.Errorf("rules of replies to event %s: %w", id, err)
	}
	until, err := sala.ParseDay(row.Until)
	if err != nil {
		return ReplyRules{}, false, fmt.Errorf("rules of replies to event %s: %w", id, err)
	}
	return ReplyRules{Open: row.Open, Invited: row.Invited, Until: until, Hour: row.Hour, Places: row.Places, Linked: db.Moment(row.Linked), Forgotten: db.Moment(row.Forgotten)}, true, nil
}

// check reports what must be corrected in the rules of an event. has is how
// many have a place already.
func (r ReplyRules) check(e Event, now time.Time, has int) error {
	c := &checker{}
	switch {
	case r.Until.Day == 0:
		c.add("until", "reply_until_missing", "it must say the last day on which replies are taken")
	case !exists(r.Until):
		c.add("until", "day_impossible", "no calendar has the day %s", r.Until)
	case !e.Held.IsZero() && r.Until.Time().After(lastDay(e.Held.To)):
		c.add("until", "reply_until_late", "%s is after the event", r.Until)
	case !r.Hour.valid():
		c.add("hour", "time_bad", "%q is no time of day: want 09:30", r.Hour)
	case r.Hour != "" && e.Zone == "":
		c.add("hour", "zone_missing", "a time of day needs a time zone, such as Asia/Bangkok")
	case r.Open && !r.Closes(e).After(now):
		c.add("until", "reply_until_past", "that moment has passed")
	}
	switch {
	case r.Places < 0 || r.Places > mostPlaces:
		c.add("places", "reply_places_bad", "want a number from 1 to %d, or nothing", mostPlaces)
	case r.Places > 0 && r.Places < has:
		c.add("places", "reply_places_few", "%d have a place already", has)
	}
	return c.err()
}

// SetReplyRules opens an event for replies, closes it, or changes what holds
// for them. Only who may publish may.
func (s *Store) SetReplyRules(ctx context.Context, by sala.Actor, id sala.ID, r ReplyRules) error {
	if !by.May(sala.Publish) {
		return fmt.Errorf("set the rules of replies to event %s: %w", id, sala.ErrForbidden)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), "set the replies to", by); err != nil { // first: see Create
			return err
		}
		e, err := load(ctx, tx, id)
		if err != nil {
			return err
		}
		was, _, err := rules(ctx, tx, id)
		if err != nil {
			return err
		}
		come, err := coming(ctx, tx, id)
		if err != nil {
			return err
		}
		if was.Places > 0 {
			come = min(come, was.Places)
		}
		if err := r.check(e, tx.Now, come); err != nil {
			return err
		}
		err = tx.ExecOne(ctx, `
			INSERT INTO event_reply_rules (event, open, invited, until_day, until_hour, places, turns, hour, in_hour, forget)
			VALUES (?, ?, ?, ?, ?, ?, 0, ?, 0, ?)
			ON CONFLICT (event) DO UPDATE SET open = excluded.open, invited = excluded.invited, until_day = excluded.until_day,
				until_hour = excluded.until_hour, places = excluded.places`,
			id, r.Open, r.Invited, r.Until.String(), r.Hour, r.Places, db.At(tx.Now), db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("set the rules of replies to event %s: %w", id, err)
		}
		return s.planForgetting(ctx, tx, e)
	})
}

// MakeReplyLink makes the link by which those reply who were invited, in place
// of the one there was. The token is returned this once; only its hash is
// kept.
func (s *Store) MakeReplyLink(ctx context.Context, by sala.Actor, id sala.ID) (string, error) {
	token := bearer.New()
	return token, s.setLink(ctx, by, id, token, "made the link to reply to")
}

// RevokeReplyLink ends the link at once. Those who replied by it keep their
// reply, and its own address.
func (s *Store) RevokeReplyLink(ctx context.Context, by sala.Actor, id sala.ID) error {
	return s.setLink(ctx, by, id, "", "revoked the link to reply to")
}

func (s *Store) setLink(ctx context.Context, by sala.Actor, id sala.ID, token, what string) error {
	if !by.May(sala.Publish) {
		return fmt.Errorf("link to reply to event %s: %w", id, sala.ErrForbidden)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), what, by); err != nil {
			return err
		}
		var hash any
		linked := db.Null{}
		if token != "" {
			hash, linked = bearer.Hash(token), db.At(tx.Now)
		}
		if err := tx.ExecOne(ctx, `UPDATE event_reply_rules SET hash = ?, linked = ? WHERE event = ?`, hash, linked, id); err != nil {
			return fmt.Errorf("link to reply to event %s: %w", id, err)
		}
		return nil
	})
}

// Invited returns the event to which a link invites, if it is public. A token
// that is unknown or revoked is [sala.ErrNotFound].
func (s *Store) Invited(ctx context.Context, token string) (Event, error) {
	id, err := db.One[sala.ID](ctx, s.db, `SELECT event FROM event_reply_rules WHERE hash = ?`, bearer.Hash(token))
	if err != nil {
		return Event{}, fmt.Errorf("link to reply: %w", err)
	}
	return s.Event(ctx, id)
}
