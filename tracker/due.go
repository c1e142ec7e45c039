package tracker

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// A Duty counts what waits for somebody.
type Duty struct {
	Ownerless int // open, and nobody follows it up
	Overdue   int // the day of the next thing to do has passed
	Silent    int // nothing has happened for twelve months
	Replies   int // to be decided on
	Reviews   int // of what seems done
}

// Duty returns what waits. It stands on every page of the studio, so it asks
// the database for nothing until something changes.
func (s *Store) Duty(ctx context.Context) (Duty, error) {
	all, err := s.outline.Now(ctx)
	if err != nil {
		return Duty{}, err
	}
	w, err := s.waiting.Now(ctx)
	if err != nil {
		return Duty{}, err
	}
	d := Duty{Replies: w.Replies, Reviews: w.Reviews}
	today, since := dateOf(s.Today()), silentSince(s.Today())
	for _, r := range all.Rows {
		if r.withdrawn || !r.open() {
			continue
		}
		if r.nobody {
			d.Ownerless++
		}
		if r.next != 0 && r.next < today {
			d.Overdue++
		}
		if r.public && r.silent(since) {
			d.Silent++
		}
	}
	return d, nil
}

// A waiting counts what waits for an editor to decide.
type waiting struct {
	Replies int `bun:"replies"`
	Reviews int `bun:"reviews"`
}

func (s *Store) readWaiting(ctx context.Context) (waiting, error) {
	w, err := db.One[waiting](ctx, s.db, `
		SELECT
			(SELECT COUNT(*) FROM tracker_reply WHERE NOT decided) AS replies,
			(SELECT COUNT(*) FROM tracker_review WHERE settled IS NULL) AS reviews`)
	if err != nil {
		return w, fmt.Errorf("what waits in the tracker: %w", err)
	}
	return w, nil
}

// Neglected lists the open recommendations that nobody follows up or whose
// next day comes before the given one, the most pressing first.
func (s *Store) Neglected(ctx context.Context, before sala.Day) ([]Recommendation, error) {
	rows, err := db.All[recommendationRow](ctx, s.db, `
		SELECT `+columns+` FROM tracker_recommendation r
		WHERE r.merged_into IS NULL AND NOT r.withdrawn AND r.state NOT IN ('implemented', 'refused', 'superseded')
			AND (r.owner IS NULL AND r.owner_name = '' OR r.next <> '' AND r.next < ?)
		ORDER BY CASE WHEN r.next = '' THEN 1 ELSE 0 END, r.next, r.id`, before.String())
	if err != nil {
		return nil, fmt.Errorf("neglected recommendations: %w", err)
	}
	return s.filled(ctx, s.db, rows)
}

// Ownerless reports whether nobody follows it up.
func (r Recommendation) Ownerless() bool { return r.Owner == "" && r.OwnerName == "" }

// Due reports whether its next day comes before the given one.
func (r Recommendation) Due(before sala.Day) bool {
	return !r.Next.IsZero() && r.Next.String() < before.String()
}
