package jobs_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
)

func enqueue(t *testing.T, d *db.DB, q *jobs.Queue, payloads ...string) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, p := range payloads {
			if err := q.Enqueue(t.Context(), tx, "k", p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRunDue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := jobs.New(d)
		var mu sync.Mutex
		var ran []string
		q.Register("k", func(_ context.Context, p string) error {
			mu.Lock()
			defer mu.Unlock()
			ran = append(ran, p)
			return nil
		})
		enqueue(t, d, q, "a", "b", "a")
		var wg sync.WaitGroup
		for range 4 { // several workers take no job twice
			wg.Go(func() {
				if _, err := q.RunDue(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		slices.Sort(ran)
		if !slices.Equal(ran, []string{"a", "b"}) {
			t.Errorf("ran %v", ran)
		}
		if n, err := q.Waiting(t.Context()); n != 0 || err != nil {
			t.Errorf("%d waiting, %v", n, err)
		}
	})
}

func TestFailuresAreTriedAgainAndThenKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := jobs.New(d)
		q.Register("k", func(context.Context, string) error { return errors.New("no picture") })
		enqueue(t, d, q, "a")
		now := time.Now()
		d.Clock = func() time.Time { return now }
		tried := 0
		for range 20 {
			n, err := q.RunDue(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			tried += n
			now = now.Add(48 * time.Hour)
		}
		troubles, err := q.Troubles(t.Context())
		if tried != 8 || err != nil || len(troubles) != 1 || troubles[0].Error != "no picture" {
			t.Errorf("tried %d times, then %v, %v", tried, troubles, err)
		}
	})
}
