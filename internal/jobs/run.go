package jobs

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"sala"
	"sala/internal/db"
)

const (
	// lease is how long a job may take. It is stopped then, for another
	// worker may think that its worker died.
	lease = 10 * time.Minute
	// grace is how long a running job may go on after its worker was told to
	// stop, before it is interrupted.
	grace = 5 * time.Second
	// maxTries is how often a job is tried: with its pauses, over four days.
	maxTries = 8
	// poll is how often the queue is looked at though nothing was changed: for
	// jobs tried again, and for leases that ran out.
	poll = 30 * time.Second
)

// pause is how long a job waits after so many tries: 4 minutes, 16, an hour
// and so on, at most 17 hours.
func pause(tries int) time.Duration { return time.Minute << min(2*tries, 10) }

type job struct {
	ID      sala.ID `bun:"id"`
	Kind    string  `bun:"kind"`
	Payload string  `bun:"payload"`
	Tries   int     `bun:"tries"`

	// until is the end of the lease. While it stands in the row, the job is
	// this worker's; a job enqueued again or taken over has another.
	until time.Time
}

// claim takes the job that has been due longest. Its ID is "" if none is.
func (q *Queue) claim(ctx context.Context) (j job, err error) {
	// Most changes call for no job: ask before taking SQLite's only writer.
	due, err := db.One[int](ctx, q.db, `
		SELECT COUNT(*) FROM (SELECT id FROM job WHERE due <= ? AND NOT failed LIMIT 1) AS next`, db.At(q.db.Now()))
	if err != nil || due == 0 {
		return job{}, err
	}
	lock := "" // SQLite has one writer; on PostgreSQL several may ask at once
	if q.db.Engine == db.Postgres {
		lock = "FOR UPDATE SKIP LOCKED"
	}
	err = q.db.Tx(ctx, func(tx *db.Tx) error {
		// A job that ends the program each time never comes to be noted as failed.
		_, err := tx.Exec(ctx, `
			UPDATE job SET failed = ?, error = ? WHERE due <= ? AND NOT failed AND tries >= ?`,
			true, "it stopped each time before it was done", db.At(tx.Now), maxTries)
		if err != nil {
			return err
		}
		until := tx.Now.Add(lease)
		got, err := db.One[job](ctx, tx, `
			UPDATE job SET tries = tries + 1, due = ?
			WHERE id = (SELECT id FROM job WHERE due <= ? AND NOT failed ORDER BY due, id LIMIT 1 `+lock+`)
			RETURNING id, kind, payload, tries`, db.At(until), db.At(tx.Now))
		if errors.Is(err, sala.ErrNotFound) {
			return nil
		}
		j, j.until = got, until
		return err
	})
	return j, err
}

// RunDue runs jobs until none is due. It returns how many it ran. When ctx
// ends, the running job may take a few seconds more.
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
	last := context.WithoutCancel(ctx) // how it went is noted in any case
	working, interrupt := context.WithTimeout(last, lease)
	defer interrupt()
	unwatch := context.AfterFunc(ctx, func() {
		select {
		case <-time.After(q.grace):
			interrupt()
		case <-working.Done():
		}
	})
	defer unwatch()
	failure := q.do(working, j)
	interrupted := failure != nil && errors.Is(working.Err(), context.Canceled)
	if failure != nil && !interrupted {
		q.Log.Warn("a job failed", "kind", j.Kind, "payload", j.Payload, "tries", j.Tries, "error", failure)
	}
	err := q.db.Tx(last, func(tx *db.Tx) error {
		var err error
		switch {
		case failure == nil:
			_, err = tx.Exec(last, `DELETE FROM job WHERE id = ? AND due = ?`, j.ID, db.At(j.until))
		case interrupted: // not its fault: as if it had never begun
			_, err = tx.Exec(last, `UPDATE job SET due = ?, tries = tries - 1 WHERE id = ? AND due = ?`,
				db.At(tx.Now), j.ID, db.At(j.until))
		default:
			_, err = tx.Exec(last, `UPDATE job SET due = ?, failed = ?, error = ? WHERE id = ? AND due = ?`,
				db.At(tx.Now.Add(pause(j.Tries))), j.Tries >= maxTries, failure.Error(), j.ID, db.At(j.until))
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("note how the job %s %s went: %w", j.Kind, j.Payload, err)
	}
	return ctx.Err()
}

// do calls what does the job. What strangers sent may make a library panic;
// that must not end the program, and again at each try.
func (q *Queue) do(ctx context.Context, j job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			q.Log.Error("a job panicked", "kind", j.Kind, "payload", j.Payload, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	do, ok := q.kinds[j.Kind]
	if !ok {
		return fmt.Errorf("this Sala knows no jobs of kind %q", j.Kind)
	}
	return do(ctx, j.Payload)
}

// Run runs jobs as they become due, until ctx ends and the running job with
// it.
func (q *Queue) Run(ctx context.Context) error {
	ticker := time.NewTicker(poll)
	defer ticker.Stop()
	for {
		if _, err := q.RunDue(ctx); err != nil && ctx.Err() == nil {
			q.Log.Error("running jobs", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-q.wake:
		case <-ticker.C:
		}
	}
}
