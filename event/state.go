package event

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// A Step is one change of state.
type Step struct {
	State   State     `bun:"state"`
	Version int       `bun:"version"`
	Note    string    `bun:"note"`
	By      string    `bun:"by_whom"`
	At      time.Time `bun:"at"`
}

// Publish makes an event public, also one that was withdrawn. version is the
// one that was looked at; if there is a newer one it returns
// [sala.ErrConflict]. Only who may publish may.
func (s *Store) Publish(ctx context.Context, by sala.Actor, id sala.ID, version int) error {
	return s.move(ctx, by, id, version, Public, "", "published")
}

// Withdraw takes a public event back: its address answers that it is gone. The
// reason is asked for; it is for those who work on the record.
func (s *Store) Withdraw(ctx context.Context, by sala.Actor, id sala.ID, version int, reason string) error {
	if reason = strings.TrimSpace(reason); reason == "" && by.May(sala.Publish) {
		return sala.Invalid{{Field: "reason", Key: "studio.event.reason_missing", Text: "it must say why"}}
	}
	return s.move(ctx, by, id, version, Withdrawn, reason, "withdrawn")
}

func (s *Store) move(ctx context.Context, by sala.Actor, id sala.ID, version int, to State, note, what string) error {
	if !by.May(sala.Publish) {
		return fmt.Errorf("%s of event %s: %w", to, id, sala.ErrForbidden)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), what, by); err != nil { // first: see Create
			return err
		}
		e, err := load(ctx, tx, id)
		if err != nil {
			return err
		}
		switch {
		case e.Version != version:
			return fmt.Errorf("event %s has version %d, not %d: %w", id, e.Version, version, sala.ErrConflict)
		case e.State == to:
			return sala.Invalid{{Field: "state", Key: "studio.event.state_same", Text: "it is " + string(to) + " already"}}
		case to == Withdrawn && e.State != Public:
			return sala.Invalid{{Field: "state", Key: "studio.event.state_never", Text: "only what is public can be withdrawn"}}
		}
		// A change of state is a version, too: calendars that hold the event
		// learn by it that theirs is old.
		e.Version++
		if err := write(ctx, tx, by, e); err != nil {
			return err
		}
		err = tx.ExecOne(ctx, `UPDATE event_event SET state = ? WHERE id = ?`, to, id)
		if err != nil {
			return fmt.Errorf("%s of event %s: %w", to, id, err)
		}
		return step(ctx, tx, by, id, to, e.Version, note)
	})
}

func step(ctx context.Context, tx *db.Tx, by sala.Actor, id sala.ID, to State, version int, note string) error {
	err := tx.ExecOne(ctx, `INSERT INTO event_step (id, event, state, version, note, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		sala.NewID(), id, to, version, note, by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("step of event %s: %w", id, err)
	}
	return nil
}

// Steps returns every change of state, newest first, for those who see the
// event on the desk.
func (s *Store) Steps(ctx context.Context, by sala.Actor, id sala.ID) ([]Step, error) {
	if _, err := s.DeskEvent(ctx, by, id); err != nil {
		return nil, err
	}
	steps, err := db.All[Step](ctx, s.db, `SELECT state, version, note, by_whom, at FROM event_step WHERE event = ? ORDER BY version DESC`, id)
	if err != nil {
		return nil, fmt.Errorf("steps of event %s: %w", id, err)
	}
	return steps, nil
}
