package main

import (
	"path/filepath"
	"testing"
	"time"

	"sala"
	"sala/event"
	"sala/internal/bearer"
)

// TestRestoredReplies deletes what was replied long ago when a backup of that
// time is served again: nobody need think of it.
func TestRestoredReplies(t *testing.T) {
	folder, other := t.TempDir(), t.TempDir()
	h, shut := openHouse(t, []string{"--data", folder}, alone)
	h.db.Clock = func() time.Time { return time.Date(2020, 3, 1, 9, 0, 0, 0, time.UTC) }
	ctx, by := t.Context(), sala.Machine("test")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	day := sala.Day{Year: 2020, Month: 4, Day: 10}
	e, err := h.events.Create(ctx, by, event.Event{Title: sala.Text{"en": "Forum"}, Type: event.Forum, Held: sala.Span{From: day, To: day}})
	must(err)
	must(h.events.Publish(ctx, by, e.ID, e.Version))
	must(h.events.SetReplyRules(ctx, by, e.ID, event.ReplyRules{Open: true, Until: day}))
	must(h.events.Reply(ctx, e.ID, "", bearer.New(), event.Reply{Answer: event.Comes, Name: "Su"}))
	shut()
	file := filepath.Join(t.TempDir(), "backup.tar.gz")
	if out, code := command(t, "backup", "--data", folder, file); code != 0 {
		t.Fatalf("backup: %d %s", code, out)
	}
	if out, code := command(t, "restore", "--data", other, file); code != 0 {
		t.Fatalf("restore: %d %s", code, out)
	}
	again, _ := openHouse(t, []string{"--data", other}, serves)
	if list, err := again.events.Replies(ctx, by, e.ID); err != nil || len(list) != 1 {
		t.Fatalf("%d replies are in the backup, %v", len(list), err)
	}
	must(again.events.TakeUp(ctx))
	_, err = again.jobs.RunDue(ctx)
	must(err)
	list, err := again.events.Replies(ctx, by, e.ID)
	must(err)
	kept, err := again.events.KeptTally(ctx, by, e.ID)
	if err != nil || len(list) != 0 || kept.Answers[event.Comes] != 1 {
		t.Errorf("%d replies are left, %+v is kept, %v", len(list), kept, err)
	}
}
