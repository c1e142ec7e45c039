package db

import (
	"context"
	"fmt"
	"sync"
	"time"

	"sala"
)

// A Change is one row of the change log.
type Change struct {
	Version int64     `bun:"version"` // 1, 2, 3 … in the order of commits
	Kind    sala.Kind `bun:"kind"`
	ID      sala.ID   `bun:"id"`
	What    string    `bun:"what"` // a verb: "published", "imported"
	By      string    `bun:"by_whom"`
	ByID    sala.ID   `bun:"by_id"` // the user, "" if it was a command
	At      time.Time `bun:"at"`
}

// changeLock is an arbitrary number that all copies of the program agree on.
const changeLock = 7252101

// Changed logs one change. What follows from it (caches, the index, feeds)
// follows from that row, so every write calls it.
func (t *Tx) Changed(ctx context.Context, ref sala.Ref, what string, by sala.Actor) error {
	if t.version == 0 && t.d.Engine == Postgres {
		// Versions must become visible in their own order, or whoever follows
		// the log would skip one that commits late. SQLite has one writer.
		if _, err := t.Exec(ctx, `SELECT pg_advisory_xact_lock(?)`, changeLock); err != nil {
			return fmt.Errorf("lock the change log: %w", err)
		}
	}
	version, err := One[int64](ctx, t, `
		INSERT INTO change_log (version, kind, id, what, by_whom, by_id, at)
		SELECT COALESCE(MAX(version), 0) + 1, ?, ?, ?, ?, ?, ? FROM change_log
		RETURNING version`,
		ref.Kind, ref.ID, what, by.Name, by.ID, t.Now)
	if err != nil {
		return fmt.Errorf("log the change of %s: %w", ref, err)
	}
	if t.d.Engine == Postgres {
		if _, err := t.Exec(ctx, `SELECT pg_notify('sala_change', ?)`, fmt.Sprint(version)); err != nil {
			return fmt.Errorf("tell the other copies: %w", err)
		}
	}
	t.version = version
	return nil
}

// Version returns the number of the newest change, 0 if nothing ever was.
func (d *DB) Version(ctx context.Context) (int64, error) {
	return One[int64](ctx, d, `SELECT COALESCE(MAX(version), 0) FROM change_log`)
}

// newestChange is [DB.Version]. A SQLite file is asked once: the lock on the data
// folder leaves the record to this program. Only "sala user" may write beside
// it, and what it changes is seen with the next change of this program.
func (d *DB) newestChange(ctx context.Context) (int64, error) {
	if d.Engine == SQLite {
		if known := d.newest.Load(); known >= 0 {
			return known, nil
		}
	}
	ask := func() (int64, error) {
		version, err := d.Version(ctx)
		if err == nil {
			d.committed(version)
		}
		return version, err
	}
	v, ok := ctx.Value(viewKey{}).(*view)
	if !ok || v.d != d {
		return ask()
	}
	version, err := v.newest(ask)
	return max(version, d.newest.Load()), err
}

// A view is what is made of the record at one time.
type view struct {
	d       *DB
	mu      sync.Mutex
	known   bool
	version int64
}

type viewKey struct{}

// OneView returns a context in which everything that is kept of the record is
// as new as when it was first asked for, or newer: how new the record is need
// be asked once for a page, not for each of its parts. What this program
// commits meanwhile is seen.
func (d *DB) OneView(ctx context.Context) context.Context {
	return context.WithValue(ctx, viewKey{}, &view{d: d})
}

func (v *view) newest(ask func() (int64, error)) (int64, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.known {
		return v.version, nil
	}
	version, err := ask()
	if err != nil {
		return 0, err
	}
	v.known, v.version = true, version
	return version, nil
}

// committed says that a change is there for all to read.
func (d *DB) committed(version int64) {
	for {
		known := d.newest.Load()
		if known >= version || d.newest.CompareAndSwap(known, version) {
			return
		}
	}
}

// Changes returns the changes after version, oldest first, at most limit.
func (d *DB) Changes(ctx context.Context, after int64, limit int) ([]Change, error) {
	return All[Change](ctx, d, `
		SELECT version, kind, id, what, by_whom, by_id, at FROM change_log
		WHERE version > ? ORDER BY version LIMIT ?`, after, limit)
}

// Watch calls f with the newest version after each commit of this program,
// before the writer's call returns, and on PostgreSQL also soon after each
// commit of another copy. f must be quick.
func (d *DB) Watch(f func(version int64)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.watchers = append(d.watchers, f)
	if d.Engine == Postgres && d.stop == nil {
		ctx, stop := context.WithCancel(context.Background())
		d.stop = stop
		d.stopped.Go(func() { d.listen(ctx) })
	}
}

func (d *DB) tell(version int64) {
	d.mu.Lock()
	watchers := d.watchers
	d.mu.Unlock()
	for _, f := range watchers {
		f(version)
	}
}
