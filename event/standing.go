package event

import (
	"context"
	"encoding/json"
	"fmt"

	"sala"
	"sala/internal/db"
	"sala/internal/phrase"
)

// Translated is how far every event is in each language, the newest first, for
// those who may translate. Whether what somebody was at one may be told is for
// a door to ask. Nobody may change it.
func (s *Store) Translated(ctx context.Context, by sala.Actor) (*db.Sheet[*phrase.Item], error) {
	if !by.May(sala.Translate) {
		return nil, fmt.Errorf("what of events is translated: %w", sala.ErrForbidden)
	}
	return s.translated.Now(ctx)
}

// items reads how far some events are, all if ids is nil.
func (s *Store) items(ctx context.Context, ids []sala.ID) (map[sala.ID]*phrase.Item, error) {
	where, args := "", []any{}
	if ids != nil {
		where, args = ` WHERE e.id IN (?)`, []any{db.In(orNone(ids))}
	}
	type row struct {
		ID      sala.ID `bun:"id"`
		State   State   `bun:"state"`
		Content string  `bun:"content"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT e.id, e.state, v.content FROM event_event e JOIN event_version v ON v.event = e.id AND v.number = e.version`+where, args...)
	if err != nil {
		return nil, fmt.Errorf("what of events is translated: %w", err)
	}
	at, err := reworded.Of(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	items := make(map[sala.ID]*phrase.Item, len(rows))
	for _, r := range rows {
		var e Event
		if err := json.Unmarshal([]byte(r.Content), &e); err != nil {
			return nil, fmt.Errorf("event %s: %w", r.ID, err)
		}
		item := phrase.ItemOf(r.ID, at[r.ID].On(e.keyed()))
		item.Off = r.State == Withdrawn
		items[r.ID] = item
	}
	return items, nil
}
