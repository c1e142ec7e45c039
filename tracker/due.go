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

// Duty returns what waits. A copy of it that is shown on each page costs
// nothing: it is counted once for each version of the content.
func (s *Store) Duty(ctx context.Context) (Duty, error) {
	today := s.Today()
	return remembered(ctx, &s.memo, question{Today: today.String(), Sort: "duty"}, func(ctx context.Context) (Duty, error) {
		const open = ` FROM tracker_recommendation r WHERE r.merged_into IS NULL AND NOT r.withdrawn AND r.state NOT IN ('implemented', 'refused', 'superseded')`
		type row struct {
			Ownerless int `bun:"ownerless"`
			Overdue   int `bun:"overdue"`
			Silent    int `bun:"silent"`
			Replies   int `bun:"replies"`
			Reviews   int `bun:"reviews"`
		}
		found, err := db.One[row](ctx, s.db, `
			SELECT
				(SELECT COUNT(*)`+open+` AND r.owner IS NULL AND r.owner_name = '') AS ownerless,
				(SELECT COUNT(*)`+open+` AND r.next <> '' AND r.next < ?) AS overdue,
				(SELECT COUNT(*)`+open+` AND r.public AND r.heard <= ?) AS silent,
				(SELECT COUNT(*) FROM tracker_reply WHERE NOT decided) AS replies,
				(SELECT COUNT(*) FROM tracker_review WHERE settled IS NULL) AS reviews`, today.String(), silentSince(today))
		if err != nil {
			return Duty{}, fmt.Errorf("what waits in the tracker: %w", err)
		}
		return Duty(found), nil
	})
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
