// Package jobs does work after the change that calls for it: rows in the same
// database, written in the same transaction, so that neither can be lost
// without the other. A job may run twice (the machine may stop at its very
// end), so what it does must be safe to repeat.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"sala"
	"sala/internal/db"
)

// A Queue holds jobs and runs them. Register every kind before running it.
type Queue struct {
	db    *db.DB
	kinds map[string]func(ctx context.Context, payload string) error
	wake  chan struct{}
}

// New returns the queue in d.
func New(d *db.DB) *Queue {
	q := &Queue{db: d, kinds: map[string]func(context.Context, string) error{}, wake: make(chan struct{}, 1)}
	d.Watch(func(int64) {
		select {
		case q.wake <- struct{}{}:
		default:
		}
	})
	return q
}

// Register says what does the jobs of a kind.
func (q *Queue) Register(kind string, do func(ctx context.Context, payload string) error) {
	q.kinds[kind] = do
}

// Enqueue adds a job within the transaction that calls for it. The same job
// waiting already is enough.
func (q *Queue) Enqueue(ctx context.Context, tx *db.Tx, kind, payload string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO job (id, kind, payload, tries, due, failed, error, created) VALUES (?, ?, ?, 0, ?, ?, '', ?)
		ON CONFLICT (kind, payload) DO UPDATE SET tries = 0, due = excluded.due, failed = excluded.failed, error = ''`,
		sala.NewID(), kind, payload, db.At(tx.Now), false, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("enqueue %s %s: %w", kind, payload, err)
	}
	return nil
}

const (
	// lease is how long a job may take before another worker may think that
	// its worker died.
	lease = 10 * time.Minute
	// tries is how often a job is tried, with growing pauses: over a day.
	tries = 8
	poll  = 30 * time.Second
)

type job struct {
	ID      sala.ID `bun:"id"`
	Kind    string  `bun:"kind"`
	Payload string  `bun:"payload"`
	Tries   int     `bun:"tries"`
}

// claim takes the job that has been due longest, "" if there is none.
func (q *Queue) claim(ctx context.Context) (j job, err error) {
	query := `
		UPDATE job SET tries = tries + 1, due = ?
		WHERE id = (SELECT id FROM job WHERE due <= ? AND NOT failed ORDER BY due, id LIMIT 1)
		RETURNING id, kind, payload, tries`
	if q.db.Engine == db.Postgres { // SQLite has one writer; here several may ask at once
		query = `
		UPDATE job SET tries = tries + 1, due = ?
		WHERE id = (SELECT id FROM job WHERE due <= ? AND NOT failed ORDER BY due, id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING id, kind, payload, tries`
	}
	err = q.db.Tx(ctx, func(tx *db.Tx) error {
		got, err := db.One[job](ctx, tx, query, db.At(tx.Now.Add(lease)), db.At(tx.Now))
		if errors.Is(err, sala.ErrNotFound) {
			return nil
		}
		j = got
		return err
	})
	return j, err
}

// RunDue runs jobs until none is due. It returns how many it ran.
func (q *Queue) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		j, err := q.claim(ctx)
		if err != nil || j.ID == "" {
			return n, err
		}
		if err := q.run(ctx, j); err != nil {
			return n, err
		}
	}
}

// run does one job and notes how it went.
func (q *Queue) run(ctx context.Context, j job) error {
	do, ok := q.kinds[j.Kind]
	var failure error
	if ok {
		failure = do(ctx, j.Payload)
	} else {
		failure = fmt.Errorf("this Sala knows no jobs of kind %q", j.Kind)
	}
	if ctx.Err() != nil {
		return ctx.Err() // interrupted, not failed: its lease runs out
	}
	return q.db.Tx(ctx, func(tx *db.Tx) error {
		if failure == nil {
			_, err := tx.Exec(ctx, `DELETE FROM job WHERE id = ?`, j.ID)
			return err
		}
		slog.Warn("a job failed", "kind", j.Kind, "payload", j.Payload, "tries", j.Tries, "error", failure)
		pause := time.Minute << min(2*j.Tries, 10)
		_, err := tx.Exec(ctx, `UPDATE job SET due = ?, failed = ?, error = ? WHERE id = ?`,
			db.At(tx.Now.Add(pause)), j.Tries >= tries, failure.Error(), j.ID)
		return err
	})
}

// Run runs jobs as they become due, until ctx ends.
func (q *Queue) Run(ctx context.Context) error {
	ticker := time.NewTicker(poll)
	defer ticker.Stop()
	for {
		if _, err := q.RunDue(ctx); err != nil && ctx.Err() == nil {
			slog.Error("running jobs", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-q.wake:
		case <-ticker.C:
		}
	}
}

// A Trouble is a job that failed so often that it is not tried any more.
type Trouble struct {
	Kind    string `bun:"kind"`
	Payload string `bun:"payload"`
	Error   string `bun:"error"`
}

// Troubles returns the jobs that are not tried any more.
func (q *Queue) Troubles(ctx context.Context) ([]Trouble, error) {
	return db.All[Trouble](ctx, q.db, `SELECT kind, payload, error FROM job WHERE failed ORDER BY created, id`)
}

// Waiting returns how many jobs are still to be done.
func (q *Queue) Waiting(ctx context.Context) (int, error) {
	return db.One[int](ctx, q.db, `SELECT COUNT(*) FROM job WHERE NOT failed`)
}
