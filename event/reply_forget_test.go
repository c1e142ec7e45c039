package event_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/event"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
)

// Thirty days after the event what was replied is deleted, whether the program
// ran all the time or not, and only numbers are left.
func TestForget(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05"), Places: 1})
		other := h.forum(span("2026-06-01", ""), event.ReplyRules{Until: day("2026-05-30")})
		key := h.says(e, coming("Canaryname"))
		jp := coming("B")
		jp.Country, jp.Lang = "jp", ""
		h.says(e, jp)
		away := coming("C")
		away.Answer = event.StaysAway
		h.says(e, away)
		kept := h.says(other, coming("D"))
		h.work()
		midnight := time.Date(2026, 5, 10, 17, 0, 0, 0, time.UTC) // of 11 May, in Bangkok
		h.now = midnight.Add(-time.Microsecond)
		h.work()
		h.must(h.ForgetReplies(h.Context(), e.ID))
		if h.count(e) != 3 {
			h.Fatal("it was deleted before its day")
		}
		h.now = midnight
		h.work()
		if h.count(e) != 0 {
			h.Error("it is still there on its day")
		}
		if _, _, err := h.Replied(h.Context(), key); !errors.Is(err, sala.ErrNotFound) {
			h.Errorf("its address still leads to it: %v", err)
		}
		h.replied(kept)
		got, err := h.KeptTally(h.Context(), editor, e.ID)
		want := event.ReplyTally{Answers: map[event.Answer]int{event.Comes: 2, event.StaysAway: 1}, Countries: map[string]int{"th": 1, "jp": 1}, Langs: map[sala.Lang]int{"my": 1}}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			h.Errorf("%v\n%s", err, diff)
		}
		r, err := h.ReplyRules(h.Context(), e.ID)
		if err != nil || !r.Forgotten.Equal(midnight) {
			h.Errorf("forgotten at %v, %v", r.Forgotten, err)
		}
		before := len(h.changes())
		h.work()
		h.must(h.ForgetReplies(h.Context(), e.ID)) // again changes nothing
		if after, err := h.KeptTally(h.Context(), editor, e.ID); err != nil || cmp.Diff(got, after) != "" || len(h.changes()) != before {
			h.Errorf("twice: %+v, %v", after, err)
		}
		if n, err := h.jobs.Waiting(h.Context()); err != nil || n != 1 { // that of the other event
			h.Errorf("%d jobs wait, %v", n, err)
		}
	})
}

// A program that stood still on the day catches up; so does one whose job was
// given up, and one that was restored from a copy of the time before.
func TestForgetCatchesUp(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		h.says(e, coming("A"))
		copied := ""
		if h.db.Engine == db.SQLite {
			copied = filepath.Join(h.TempDir(), "copy.db")
			h.must(h.db.CopyTo(h.Context(), copied))
		}
		h.now = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
		again := event.NewStore(h.db)
		queue := jobs.New(h.db)
		again.UseJobs(queue)
		_, err := queue.RunDue(h.Context())
		h.must(err)
		if n := h.count(e); n != 0 {
			h.Errorf("%d are left after a stop", n)
		}
		if copied != "" {
			d, err := db.Open(h.Context(), copied)
			h.must(err)
			defer d.Close()
			d.Clock = func() time.Time { return h.now }
			restored := event.NewStore(d)
			queue := jobs.New(d)
			restored.UseJobs(queue)
			list, err := restored.Replies(h.Context(), editor, e.ID)
			h.must(err)
			_, err = queue.RunDue(h.Context())
			h.must(err)
			after, err := restored.Replies(h.Context(), editor, e.ID)
			if err != nil || len(list) != 1 || len(after) != 0 {
				h.Errorf("restored: %d before, %d after, %v", len(list), len(after), err)
			}
		}
		h.now = time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)
		lost := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		h.says(lost, coming("A"))
		h.must(h.db.Tx(h.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(h.Context(), `DELETE FROM job`)
			return err
		}))
		h.now = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
		h.must(h.TakeUp(h.Context()))
		h.work()
		if n := h.count(lost); n != 0 {
			h.Errorf("%d are left though their job was given up", n)
		}
	})
}

// When the event moves, so does the day of its replies, to and fro.
func TestForgetMoves(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		h.says(e, coming("A"))
		move := func(from, to string) {
			h.Helper()
			e.Held = span(from, to)
			var err error
			e, err = h.Save(h.Context(), editor, e)
			h.must(err)
		}
		move("2026-10-10", "2026-10-11")
		h.now = time.Date(2026, 5, 11, 0, 0, 0, 0, time.UTC)
		h.work()
		if h.count(e) != 1 {
			h.Fatal("the event moved, and what was replied was deleted on the old day")
		}
		h.now = time.Date(2026, 11, 9, 17, 0, 0, 0, time.UTC).Add(-time.Microsecond)
		h.work()
		if h.count(e) != 1 {
			h.Fatal("deleted before the new day")
		}
		// A wrong year can be mended within a day, and is no reprieve after it.
		move("2025-10-10", "2025-10-11")
		h.now = h.now.Add(23 * time.Hour)
		h.work()
		if h.count(e) != 1 {
			h.Fatal("a wrong year has deleted everything at once")
		}
		move("2026-12-10", "2026-12-11")
		h.now = h.now.Add(48 * time.Hour)
		h.work()
		if h.count(e) != 1 {
			h.Fatal("what was mended was deleted")
		}
		move("2026-01-10", "2026-01-11")
		h.now = h.now.Add(24 * time.Hour)
		h.work()
		if h.count(e) != 0 {
			h.Error("it is kept after an event that is long over")
		}
	})
}

// Where nothing could delete them no replies are taken.
func TestRepliesNeedJobs(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		bare := event.NewStore(h.db)
		for what, err := range map[string]error{
			"SetReplyRules": bare.SetReplyRules(h.Context(), editor, e.ID, event.ReplyRules{Open: true, Until: day("2026-04-05")}),
			"Save":          func() error { _, err := bare.Save(h.Context(), editor, e); return err }(),
			"ForgetReplies": bare.ForgetReplies(h.Context(), e.ID),
		} {
			if err == nil || !strings.Contains(err.Error(), "no jobs") {
				h.Errorf("%s: %v", what, err)
			}
		}
	})
}

// What is deleted is not left in the file.
func TestForgetErases(t *testing.T) {
	d := dbtest.SQLite(t)
	h := &hall{T: t, Store: event.NewStore(d), db: d, jobs: jobs.New(d), now: time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)}
	d.Clock = func() time.Time { return h.now }
	h.UseJobs(h.jobs)
	e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
	for i := range 50 {
		r := coming("Canaryname")
		r.Word = strings.Repeat(fmt.Sprint("Canaryword ", i), 100)
		h.says(e, r)
	}
	path, err := db.All[string](t.Context(), d, `SELECT file FROM pragma_database_list WHERE name = 'main'`)
	h.must(err)
	found := func() (n int) {
		// Into the file with all that is written beside it.
		own, err := sql.Open("sqlite", path[0])
		h.must(err)
		_, err = own.ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`)
		h.must(errors.Join(err, own.Close()))
		b, err := os.ReadFile(path[0])
		h.must(err)
		return bytes.Count(b, []byte("Canary"))
	}
	if n := found(); n < 100 {
		t.Fatalf("the test sees %d of what is there", n)
	}
	h.now = time.Date(2026, 5, 11, 0, 0, 0, 0, time.UTC)
	h.work()
	if n := found(); n != 0 {
		t.Errorf("%d words are left in the file", n)
	}
}
