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

// A Neglect is a recommendation that needs somebody.
type Neglect struct {
	Recommendation sala.ID
	Title          string
	Ownerless      bool
	Due            sala.Day // zero unless it has passed
}

// Neglected lists the open recommendations that nobody follows up or whose
// next day has passed, for whoever checks.
func (s *Store) Neglected(ctx context.Context) ([]Neglect, error) {
	today := s.Today()
	type row struct {
		ID    sala.ID  `bun:"id"`
		Title string   `bun:"title"`
		Words string   `bun:"words"`
		Owner *sala.ID `bun:"owner"`
		Name  string   `bun:"owner_name"`
		Next  string   `bun:"next"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT r.id, r.title, r.words, r.owner, r.owner_name, r.next FROM tracker_recommendation r
		WHERE r.merged_into IS NULL AND NOT r.withdrawn AND r.state NOT IN ('implemented', 'refused', 'superseded')
			AND (r.owner IS NULL AND r.owner_name = '' OR r.next <> '' AND r.next < ?)
		ORDER BY r.next, r.id`, today.String())
	if err != nil {
		return nil, fmt.Errorf("neglected recommendations: %w", err)
	}
	out := make([]Neglect, len(rows))
	for i, row := range rows {
		n := Neglect{Recommendation: row.ID, Ownerless: row.Owner == nil && row.Name == ""}
		title, err := sala.ScanText(row.Title)
		if err != nil {
			return nil, fmt.Errorf("recommendation %s: %w", row.ID, err)
		}
		words, err := sala.ScanText(row.Words)
		if err != nil {
			return nil, fmt.Errorf("recommendation %s: %w", row.ID, err)
		}
		n.Title, _ = Recommendation{Title: title, Words: words}.Name(sala.English)
		if row.Next != "" && row.Next < today.String() {
			if n.Due, err = sala.ParseDay(row.Next); err != nil {
				return nil, fmt.Errorf("recommendation %s: %w", row.ID, err)
			}
		}
		out[i] = n
	}
	return out, nil
}
