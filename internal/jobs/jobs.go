// Package jobs does work after the change that calls for it: rows in the same
// database, written in the same transaction, so that neither can be lost
// without the other. A job may run twice (the machine may stop at its very
// end), so what it does must be safe to repeat.
//
// A worker takes a job by a lease. While the lease lasts nobody else takes the
// job; if the worker dies, the lease runs out and another one begins again. A
// job that fails is tried again after growing pauses, and at last kept, with
// what went wrong, for a person to see.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"sala"
	"sala/internal/db"
)

// A Queue holds jobs and runs them. Register every kind before running it.
type Queue struct {
	// Log is told of failures; it may be set before the queue is used.
	Log *slog.Logger

	db    *db.DB
	kinds map[string]func(ctx context.Context, payload string) error
	wake  chan struct{}
	grace time.Duration
}

// New returns the queue in d.
func New(d *db.DB) *Queue {
	q := &Queue{
		Log: slog.Default(), db: d, kinds: map[string]func(context.Context, string) error{},
		wake: make(chan struct{}, 1), grace: grace,
	}
	d.Watch(func(int64) {
		select {
		case q.wake <- struct{}{}:
		default:
		}
	})
	return q
}

// Register says what does the jobs of a kind. Its context ends with the lease.
func (q *Queue) Register(kind string, do func(ctx context.Context, payload string) error) {
	q.kinds[kind] = do
}

// Enqueue adds a job within the transaction that calls for it. The same job
// waiting already is enough; if it is running it will run once more, since it
// may have begun before this change.
func (q *Queue) Enqueue(ctx context.Context, tx *db.Tx, kind, payload string) error {
	return q.EnqueueAt(ctx, tx, kind, payload, tx.Now)
}

// EnqueueAt is Enqueue for a job that is not to run before a moment. The same
// job waiting already then waits for this moment instead.
func (q *Queue) EnqueueAt(ctx context.Context, tx *db.Tx, kind, payload string, due time.Time) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO job (id, kind, payload, tries, due, failed, error, created) VALUES (?, ?, ?, 0, ?, ?, '', ?)
		ON CONFLICT (kind, payload) DO UPDATE SET tries = 0, due = excluded.due, failed = excluded.failed, error = ''`,
		sala.NewID(), kind, payload, db.At(due), false, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("enqueue %s %s: %w", kind, payload, err)
	}
	return nil
}

// A Trouble is a job that failed so often that it is not tried any more.
type Trouble struct {
	Kind    string    `bun:"kind"`
	Payload string    `bun:"payload"`
	Tries   int       `bun:"tries"`
	Error   string    `bun:"error"`
	Created time.Time `bun:"created"`
}

// Troubles returns the jobs that are not tried any more, oldest first.
func (q *Queue) Troubles(ctx context.Context) ([]Trouble, error) {
	return db.All[Trouble](ctx, q.db, `
		SELECT kind, payload, tries, error, created FROM job WHERE failed ORDER BY created, id`)
}

// Waiting returns how many jobs are still to be done, those that run included.
func (q *Queue) Waiting(ctx context.Context) (int, error) {
	return db.One[int](ctx, q.db, `SELECT COUNT(*) FROM job WHERE NOT failed`)
}
