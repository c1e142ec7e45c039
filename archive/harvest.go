package archive

import (
	"context"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

// A Harvest asks for the works that changed in a stretch of time, for machines
// that keep a copy of what the archive says of them.
type Harvest struct {
	From  time.Time // when it changed, zero for any
	Until time.Time // before which it changed, zero for any
	Kind  Kind      // "" for all but pages
	Lang  sala.Lang // there now or, of what was withdrawn, before; "" for any
	// After names the last of the stretch before: when it changed, and which.
	After   time.Time
	AfterID sala.ID
	Limit   int
}

// A Harvested is a work that is public or was.
type Harvested struct {
	ID      sala.ID
	Kind    Kind
	Changed time.Time   // when readers last saw anything else of it
	Gone    bool        // it was withdrawn: only what stands here may be told of it
	Langs   []sala.Lang // there now or, if it is gone, before
}

// Harvest returns works that are public, and those that were and are
// withdrawn, in the order in which they changed. No withdrawal is ever
// forgotten.
func (s *Store) Harvest(ctx context.Context, h Harvest) ([]Harvested, error) {
	return s.harvest(ctx, h, "")
}

// HarvestOne returns one of them; [sala.ErrNotFound] for what never was public,
// and for pages.
func (s *Store) HarvestOne(ctx context.Context, id sala.ID) (Harvested, error) {
	found, err := s.harvest(ctx, Harvest{Limit: 1}, id)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("harvest work %s: %w", id, sala.ErrNotFound)
	}
	if err != nil {
		return Harvested{}, err
	}
	return found[0], nil
}

// ofReaders are the editions of a work w that readers see or, if it was
// withdrawn, saw.
const ofReaders = `e.work = w.id AND (e.public OR NOT w.public AND e.withdrawn)`

func (s *Store) harvest(ctx context.Context, h Harvest, id sala.ID) ([]Harvested, error) {
	where, args := `w.kind <> ?`, []any{Page}
	add := func(cond string, values ...any) {
		where += " AND " + cond
		args = append(args, values...)
	}
	if id != "" {
		add(`w.id = ?`, id)
	}
	if h.Kind != "" {
		add(`w.kind = ?`, h.Kind)
	}
	if h.Lang != "" {
		add(`EXISTS (SELECT 1 FROM archive_edition e WHERE `+ofReaders+` AND e.lang = ?)`, h.Lang)
	} else {
		add(`(w.public OR EXISTS (SELECT 1 FROM archive_edition e WHERE ` + ofReaders + `))`)
	}
	if !h.From.IsZero() {
		add(`w.changed >= ?`, db.At(h.From))
	}
	if !h.Until.IsZero() {
		add(`w.changed < ?`, db.At(h.Until))
	}
	if h.AfterID != "" {
		add(`(w.changed, w.id) > (?, ?)`, db.At(h.After), h.AfterID)
	}
	type row struct {
		ID      sala.ID   `bun:"id"`
		Kind    Kind      `bun:"kind"`
		Public  bool      `bun:"public"`
		Changed time.Time `bun:"changed"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT w.id, w.kind, w.public, w.changed FROM archive_work w WHERE `+where+` ORDER BY w.changed, w.id LIMIT ?`, append(args, h.Limit)...)
	if err != nil || len(rows) == 0 {
		return nil, wrapped(err, "harvest works")
	}
	out, at, ids := make([]Harvested, len(rows)), map[sala.ID]int{}, make([]sala.ID, len(rows))
	for i, r := range rows {
		out[i] = Harvested{ID: r.ID, Kind: r.Kind, Changed: r.Changed.UTC(), Gone: !r.Public}
		at[r.ID], ids[i] = i, r.ID
	}
	type lang struct {
		Work sala.ID   `bun:"work"`
		Lang sala.Lang `bun:"lang"`
	}
	langs, err := db.All[lang](ctx, s.db, `
		SELECT e.work, e.lang FROM archive_edition e JOIN archive_work w ON `+ofReaders+` WHERE w.id IN (?) ORDER BY e.work, e.lang`, db.In(ids))
	for _, l := range langs {
		out[at[l.Work]].Langs = append(out[at[l.Work]].Langs, l.Lang)
	}
	return out, wrapped(err, "languages of works that are harvested")
}

// wrapped says what was being done, if there is an error at all.
func wrapped(err error, doing string) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
