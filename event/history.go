package event

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

// A Version is an event as it once was.
type Version struct {
	Number int
	Event  Event
	By     string
	At     time.Time
}

// Versions returns every version of an event, newest first, for those who see
// it on the desk.
func (s *Store) Versions(ctx context.Context, by sala.Actor, id sala.ID) ([]Version, error) {
	if _, err := s.DeskEvent(ctx, by, id); err != nil {
		return nil, err
	}
	type row struct {
		Number  int       `bun:"number"`
		Content string    `bun:"content"`
		By      string    `bun:"by_whom"`
		At      time.Time `bun:"at"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT number, content, by_whom, at FROM event_version WHERE event = ? ORDER BY number DESC`, id)
	if err != nil {
		return nil, fmt.Errorf("versions of event %s: %w", id, err)
	}
	versions := make([]Version, len(rows))
	for i, r := range rows {
		versions[i] = Version{Number: r.Number, By: r.By, At: r.At.UTC()}
		if err := json.Unmarshal([]byte(r.Content), &versions[i].Event); err != nil {
			return nil, fmt.Errorf("version %d of event %s: %w", r.Number, id, err)
		}
	}
	return versions, nil
}

// An Aside is what somebody wanted to save when somebody else had already.
type Aside struct {
	ID    sala.ID
	Base  int // the version it was made of
	Event Event
	By    string
	At    time.Time
}

// A Conflict tells that an event has changed since. Both texts are kept: Mine
// is what was to be saved, stored as the aside of that id.
type Conflict struct {
	Mine, Theirs Event
	Aside        sala.ID
}

func (c *Conflict) Error() string {
	return fmt.Sprintf("event %s has version %d, and the change was made of version %d", c.Theirs.ID, c.Theirs.Version, c.Mine.Version)
}

func (c *Conflict) Unwrap() error { return sala.ErrConflict }

func putAside(ctx context.Context, tx *db.Tx, by sala.Actor, e Event) (sala.ID, error) {
	content, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("set event %s aside: %w", e.ID, err)
	}
	id := sala.NewID()
	_, err = tx.ExecLarge(ctx, `INSERT INTO event_aside (id, event, base, content, by_whom, by_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		id, e.ID, e.Version, string(content), by.Name, by.ID, tx.Now)
	if err != nil {
		return "", fmt.Errorf("set event %s aside: %w", e.ID, err)
	}
	return id, nil
}

// Asides returns what was set aside of an event and is not settled, oldest
// first.
func (s *Store) Asides(ctx context.Context, by sala.Actor, id sala.ID) ([]Aside, error) {
	if _, err := s.DeskEvent(ctx, by, id); err != nil {
		return nil, err
	}
	type row struct {
		ID      sala.ID   `bun:"id"`
		Base    int       `bun:"base"`
		Content string    `bun:"content"`
		By      string    `bun:"by_whom"`
		At      time.Time `bun:"at"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT id, base, content, by_whom, at FROM event_aside WHERE event = ? AND settled IS NULL ORDER BY at, id`, id)
	if err != nil {
		return nil, fmt.Errorf("asides of event %s: %w", id, err)
	}
	asides := make([]Aside, len(rows))
	for i, r := range rows {
		asides[i] = Aside{ID: r.ID, Base: r.Base, By: r.By, At: r.At.UTC()}
		if err := json.Unmarshal([]byte(r.Content), &asides[i].Event); err != nil {
			return nil, fmt.Errorf("aside %s of event %s: %w", r.ID, id, err)
		}
	}
	return asides, nil
}

// Settle says that what was set aside has been looked at: it is in the event
// now, or is not wanted. It stays stored and is no longer shown.
func (s *Store) Settle(ctx context.Context, by sala.Actor, id, aside sala.ID) error {
	e, err := s.DeskEvent(ctx, by, id)
	if err != nil {
		return err
	}
	public, err := everPublic(ctx, s.db, id)
	if err != nil {
		return err
	}
	if err := mayChange(by, e, public); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `UPDATE event_aside SET settled = ? WHERE id = ? AND event = ? AND settled IS NULL`, db.At(tx.Now), aside, id)
		if err != nil {
			return fmt.Errorf("settle %s of event %s: %w", aside, id, err)
		}
		return tx.Changed(ctx, ref(id), "settled", by)
	})
}
