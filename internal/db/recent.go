package db

import (
	"context"
	"slices"
	"sync"

	"sala"
)

// recent is the end of the change log in memory: after each change everything
// that is kept asks the same, what has changed since.
type recent struct {
	mu          sync.Mutex
	from, until int64 // it holds the changes after from, until and with until
	rows        []recentRow
}

type recentRow struct {
	Version int64     `bun:"version"`
	Kind    sala.Kind `bun:"kind"`
	ID      sala.ID   `bun:"id"`
}

// recentLimit bounds how many changes are held. Whoever has missed more reads
// everything anew.
const recentLimit = 1000

// changedSince returns the ids of some kinds that the changes after one version
// name, until and with another; many is true if they are too many to tell. No
// kinds are all.
func (d *DB) changedSince(ctx context.Context, after, until int64, kinds []sala.Kind) (ids []sala.ID, many bool, err error) {
	r := &d.recent
	r.mu.Lock()
	defer r.mu.Unlock()
	if until > r.until {
		if oldest := until - recentLimit; oldest > r.until { // also at the first time
			r.from, r.until, r.rows = oldest, oldest, nil
		}
		rows, err := All[recentRow](ctx, d, `SELECT version, kind, id FROM change_log WHERE version > ? AND version <= ? ORDER BY version`, r.until, until)
		if err != nil {
			return nil, false, err
		}
		r.rows, r.until = append(r.rows, rows...), until
		if more := len(r.rows) - recentLimit; more > 0 {
			r.from = r.rows[more-1].Version
			r.rows = slices.Clone(r.rows[more:])
		}
	}
	if after < r.from {
		return nil, true, nil
	}
	for _, row := range slices.Backward(r.rows) {
		if row.Version <= after {
			break
		}
		if row.Version <= until && (len(kinds) == 0 || slices.Contains(kinds, row.Kind)) && !slices.Contains(ids, row.ID) {
			if ids = append(ids, row.ID); len(ids) > outlineLimit {
				return nil, true, nil
			}
		}
	}
	return ids, false, nil
}
