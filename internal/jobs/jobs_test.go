package jobs_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
)

func open(d *db.DB) *jobs.Queue {
	q := jobs.New(d)
	q.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	return q
}

func enqueue(t *testing.T, d *db.DB, q *jobs.Queue, payloads ...string) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, p := range payloads {
			if err := q.Enqueue(t.Context(), tx, "k", p); err != nil {
				return err
			}
		}
		return tx.Changed(t.Context(), sala.Ref{Kind: sala.KindFile, ID: "f"}, "imported", sala.Machine("test"))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// left checks how many jobs wait and how many are in trouble.
func left(t *testing.T, q *jobs.Queue, waiting, troubles int) []jobs.Trouble {
	t.Helper()
	n, err := q.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := q.Troubles(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n != waiting || len(got) != troubles {
		t.Errorf("%d jobs wait and %v are in trouble, want %d and %d", n, got, waiting, troubles)
	}
	return got
}

func runDue(t *testing.T, q *jobs.Queue) int {
	t.Helper()
	n, err := q.RunDue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEachJobRunsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		var ran []string
		var workers sync.WaitGroup
		enqueue(t, d, open(d), "a", "b", "a", "c")
		for range 4 {
			q := open(d)
			q.Register("k", func(_ context.Context, p string) error {
				mu.Lock()
				defer mu.Unlock()
				ran = append(ran, p)
				return nil
			})
			workers.Go(func() {
				if _, err := q.RunDue(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		workers.Wait()
		slices.Sort(ran)
		if !slices.Equal(ran, []string{"a", "b", "c"}) {
			t.Errorf("ran %v", ran)
		}
		left(t, open(d), 0, 0)
	})
}

func TestAJobBelongsToItsTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := open(d)
		broken := errors.New("broken")
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := q.Enqueue(t.Context(), tx, "k", "a"); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		left(t, q, 0, 0)
	})
}

func TestFailuresAreTriedAgainAndThenKept(t *testing.T) {
	for _, test := range []struct {
		name, said string
		do         func(context.Context, string) error
	}{
		{"an error", "no picture", func(context.Context, string) error { return errors.New("no picture") }},
		{"a panic", "panic: index out of range", func(context.Context, string) error { panic("index out of range") }},
		{"an unknown kind", `no jobs of kind "k"`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				q := open(d)
				if test.do != nil {
					q.Register("k", test.do)
				}
				now := time.Now()
				d.Clock = func() time.Time { return now }
				enqueue(t, d, q, "a")
				if n := runDue(t, q); n != 1 {
					t.Errorf("tried %d times without a pause", n)
				}
				tried := 1
				for range 20 {
					left(t, q, 1, 0)
					now = now.Add(18 * time.Hour)
					tried += runDue(t, q)
					if tried == 8 {
						break
					}
				}
				now = now.Add(1000 * time.Hour)
				if n := runDue(t, q); n > 0 || tried != 8 {
					t.Errorf("tried %d times, and %d more when it was in trouble", tried, n)
				}
				for _, trouble := range left(t, q, 0, 1) {
					if !strings.Contains(trouble.Error, test.said) || trouble.Payload != "a" || trouble.Tries != 8 {
						t.Errorf("kept as %+v, want %q", trouble, test.said)
					}
				}
				enqueue(t, d, q, "a") // a new change gives it a new chance
				left(t, q, 1, 0)
			})
		})
	}
}

// TestEnqueuedAgainWhileItRuns: the job may have read what was there before
// the second change.
func TestEnqueuedAgainWhileItRuns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := open(d)
		ran := 0
		q.Register("k", func(context.Context, string) error {
			if ran++; ran == 1 {
				enqueue(t, d, q, "a")
			}
			return nil
		})
		enqueue(t, d, q, "a")
		if n := runDue(t, q); n != 2 || ran != 2 {
			t.Errorf("ran %d times, want 2", ran)
		}
		left(t, q, 0, 0)
	})
}

// TestAWorkerThatDies holds its job only as long as its lease, and cannot
// disturb the one after it if it was only slow.
func TestAWorkerThatDies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dying, next := open(d), open(d)
		var mu sync.Mutex
		now := time.Now()
		d.Clock = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
		began, release := make(chan struct{}), make(chan error, 1)
		dying.Register("k", func(context.Context, string) error { close(began); return <-release })
		var ended sync.WaitGroup
		enqueue(t, d, next, "a")
		ended.Go(func() {
			if n, err := dying.RunDue(t.Context()); n != 1 || err != nil {
				t.Errorf("the slow worker ran %d jobs, %v", n, err)
			}
		})
		select {
		case <-began:
		case <-time.After(20 * time.Second):
			t.Fatal("the job does not begin")
		}
		next.Register("k", func(context.Context, string) error {
			release <- errors.New("too late") // while the next one runs
			ended.Wait()
			left(t, next, 1, 0)
			return nil
		})
		if n := runDue(t, next); n != 0 {
			t.Error("a job was taken while its lease lasts")
		}
		mu.Lock()
		now = now.Add(11 * time.Minute)
		mu.Unlock()
		if n := runDue(t, next); n != 1 {
			t.Errorf("ran %d jobs after the lease, want 1", n)
		}
		left(t, next, 0, 0)
	})
}

// TestAJobThatEndsTheProgram each time is not tried for ever.
func TestAJobThatEndsTheProgram(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := open(d)
		q.Register("k", func(context.Context, string) error { t.Error("tried once more"); return nil })
		enqueue(t, d, q, "a")
		err := d.Tx(t.Context(), func(tx *db.Tx) error { return tx.ExecOne(t.Context(), `UPDATE job SET tries = 8`) })
		if err != nil {
			t.Fatal(err)
		}
		runDue(t, q)
		left(t, q, 0, 1)
	})
}

func TestStopping(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, test := range []struct {
			name    string
			grace   time.Duration
			waiting int
		}{
			{"lets the running job end", time.Minute, 1},
			{"interrupts one that goes on", time.Millisecond, 2},
		} {
			t.Run(test.name, func(t *testing.T) {
				q := open(d)
				q.SetGrace(test.grace)
				ctx, stop := context.WithCancel(t.Context())
				ran := 0
				q.Register("k", func(working context.Context, _ string) error {
					ran++
					stop()
					if test.waiting == 1 {
						return working.Err()
					}
					<-working.Done()
					return working.Err()
				})
				enqueue(t, d, q, "a", "b")
				if err := q.Run(ctx); err != nil {
					t.Error(err)
				}
				if ran != 1 {
					t.Errorf("%d jobs ran", ran)
				}
				left(t, q, test.waiting, 0)
				q.Register("k", func(context.Context, string) error { return nil })
				if n := runDue(t, q); n != test.waiting { // at once: no lease and no pause is in the way
					t.Errorf("%d jobs ran afterwards, want %d", n, test.waiting)
				}
			})
		}
	})
}

func TestACommitWakesTheWorker(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := open(d)
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second) // less than the slow poll
		defer stop()
		done := make(chan string)
		q.Register("k", func(_ context.Context, p string) error { done <- p; return nil })
		var worker sync.WaitGroup
		worker.Go(func() {
			if err := q.Run(ctx); err != nil {
				t.Error(err)
			}
		})
		for _, p := range []string{"a", "b"} {
			enqueue(t, d, q, p)
			select {
			case got := <-done:
				if got != p {
					t.Errorf("ran %q, want %q", got, p)
				}
			case <-ctx.Done():
				t.Fatal("the worker sleeps")
			}
		}
		stop()
		worker.Wait()
	})
}

func BenchmarkQueue(b *testing.B) {
	d := dbtest.SQLite(b)
	q := open(d)
	q.Register("k", func(context.Context, string) error { return nil })
	for b.Loop() {
		err := d.Tx(b.Context(), func(tx *db.Tx) error { return q.Enqueue(b.Context(), tx, "k", "a") })
		if err != nil {
			b.Fatal(err)
		}
		if n, err := q.RunDue(b.Context()); n != 1 || err != nil {
			b.Fatal(n, err)
		}
	}
}
