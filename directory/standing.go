package directory

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
	"sala/internal/phrase"
)

// Translated is how far every listed organisation is in each language, the
// newest first, for those who may translate. Nobody may change it.
func (s *Store) Translated(ctx context.Context, by sala.Actor) (*db.Sheet[*phrase.Item], error) {
	if !by.May(sala.Translate) {
		return nil, fmt.Errorf("what of organisations is translated: %w", sala.ErrForbidden)
	}
	return s.items.Now(ctx)
}

// readItems reads how far some organisations are, all if ids is nil.
func (s *Store) readItems(ctx context.Context, ids []sala.ID) (map[sala.ID]*phrase.Item, error) {
	where, args := ` WHERE what = ? AND public AND merged IS NULL`, []any{sala.KindOrganisation}
	if ids != nil {
		where, args = where+` AND id IN (?)`, append(args, db.In(append([]sala.ID{"-"}, ids...)))
	}
	rows, err := db.All[row](ctx, s.db, `SELECT `+rowColumns+` FROM directory_entry`+where, args...)
	if err != nil {
		return nil, fmt.Errorf("what of organisations is translated: %w", err)
	}
	at, err := reworded.Of(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	items := make(map[sala.ID]*phrase.Item, len(rows))
	for _, r := range rows {
		o, err := r.organisation()
		if err != nil {
			return nil, err
		}
		items[r.ID] = phrase.ItemOf(r.ID, at[r.ID].On(o.told()))
	}
	return items, nil
}
