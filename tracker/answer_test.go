package tracker_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/tracker"
)

// TestReceive: what comes by the public form waits, goes out only when it is
// said how it was confirmed, and how to reach the sender goes with the decision.
func TestReceive(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		id := made(t, s, ask(t, "Stop", "2018"))
		asked, err := s.Public(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		answer := tracker.Answer{
			Recommendation: id, Party: asked.Addressed[0].ID, Name: "  Aye \x00 Aye\u202e ", Office: "Director", Contact: "+95 1 234", Words: "We\r\nlook into it.\x1b[2J", Lang: "en",
		}
		for range 2 { // sent twice is sent once
			if err := s.Receive(ctx, answer); err != nil {
				t.Fatal(err)
			}
		}
		waiting, err := s.AllReplies(ctx, editor, "")
		if err != nil || len(waiting) != 1 {
			t.Fatalf("%d wait, %v", len(waiting), err)
		}
		got := waiting[0]
		want := tracker.Reply{
			ID: got.ID, Recommendation: id, Organisation: asked.Addressed[0].Organisation, Said: sala.Text{"en": "Aye Aye, Director"}, Day: s.Today(),
			Words: sala.Text{"en": "We\nlook into it.[2J"}, Original: "en", Version: 1, By: got.By, At: got.At,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if duty, err := s.Duty(ctx); err != nil || duty.Replies != 1 {
			t.Errorf("duty %+v, %v", duty, err)
		}
		sender := func() tracker.Sender {
			t.Helper()
			found, err := s.Senders(ctx, editor, []sala.ID{got.ID})
			if err != nil {
				t.Fatal(err)
			}
			return found[got.ID]
		}
		if diff := cmp.Diff(tracker.Sender{Name: "Aye Aye", Office: "Director", Contact: "+95 1 234"}, sender()); diff != "" {
			t.Error(diff)
		}
		if _, err := s.Senders(ctx, translator, []sala.ID{got.ID}); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a translator sees who sent it: %v", err)
		}
		refused(t, s.Moderate(ctx, editor, got.ID, 1, true, " "), "why")
		if sender().Contact == "" {
			t.Error("a decision that was refused deleted the contact")
		}
		if err := s.Moderate(ctx, editor, got.ID, 1, true, "Called the number of the ministry."); err != nil {
			t.Fatal(err)
		}
		if now := sender(); now.Contact != "" || now.Confirmed.IsZero() {
			t.Errorf("after the decision: %+v", now)
		}
		kept, err := db.One[int](ctx, d, `SELECT (SELECT COUNT(*) FROM tracker_reply_history WHERE stated LIKE '%234%' OR why LIKE '%234%') + (SELECT COUNT(*) FROM tracker_reply_sender WHERE contact <> '')`)
		if err != nil || kept != 0 {
			t.Errorf("the contact is still in %d places, %v", kept, err)
		}
		if shown, err := s.Replies(ctx, id); err != nil || len(shown) != 1 {
			t.Errorf("%d are shown, %v", len(shown), err)
		}
		// Confirmed once, it may go and come back.
		if err := s.Moderate(ctx, editor, got.ID, 1, false, "They took it back."); err != nil {
			t.Error(err)
		}
		if err := s.Moderate(ctx, editor, got.ID, 1, true, ""); err != nil {
			t.Error(err)
		}
	})
}

// TestForgetContacts: how to reach somebody on whose reply nobody decides goes
// after half a year, and the reply goes on waiting.
func TestForgetContacts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
		s, ctx := open(d), t.Context()
		d.Clock = func() time.Time { return now }
		id := made(t, s, ask(t, "Stop", "2018"))
		asked, err := s.Public(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		send := func(name string) {
			t.Helper()
			if err := s.Receive(ctx, tracker.Answer{Recommendation: id, Party: asked.Addressed[0].ID, Name: name, Office: "Director", Contact: name + "@labour.example", Words: "We look into it.", Lang: "en"}); err != nil {
				t.Fatal(err)
			}
		}
		left := func() (names []string) {
			t.Helper()
			if err := s.ForgetContacts(ctx); err != nil {
				t.Fatal(err)
			}
			waiting, err := s.AllReplies(ctx, editor, "")
			if err != nil || len(waiting) != 2 {
				t.Fatalf("%d wait, %v", len(waiting), err)
			}
			senders, err := s.Senders(ctx, editor, []sala.ID{waiting[0].ID, waiting[1].ID})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range senders {
				if r.Contact != "" {
					names = append(names, r.Name)
				}
			}
			slices.Sort(names)
			return names
		}
		send("Aye")
		now = now.AddDate(0, 0, 100)
		send("Bo")
		for _, tt := range []struct {
			days int
			want []string
		}{{79, []string{"Aye", "Bo"}}, {1, []string{"Bo"}}, {99, []string{"Bo"}}, {1, nil}} {
			now = now.AddDate(0, 0, tt.days)
			if diff := cmp.Diff(tt.want, left()); diff != "" {
				t.Errorf("on %s: %s", now.Format(time.DateOnly), diff)
			}
		}
	})
}

// TestReceiveRefused: what is missing or too much is named, more than can be
// read is not taken, and nothing comes to what readers do not see.
func TestReceiveRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { return now }
		s, ctx := tracker.NewStore(d), t.Context()
		id := made(t, s, ask(t, "Stop", "2018"))
		asked, err := s.Public(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		good := tracker.Answer{Recommendation: id, Party: asked.Addressed[0].ID, Name: "A", Office: "B", Contact: "C", Words: "D", Lang: "my"}
		for field, spoil := range map[string]func(*tracker.Answer){
			"name":         func(a *tracker.Answer) { a.Name = " \x00\u202e" },
			"office":       func(a *tracker.Answer) { a.Office = strings.Repeat("ည", 201) },
			"contact":      func(a *tracker.Answer) { a.Contact = "" },
			"words":        func(a *tracker.Answer) { a.Words = strings.Repeat("ည", tracker.AnswerLetters+1) },
			"language":     func(a *tracker.Answer) { a.Lang = "<script>" },
			"organisation": func(a *tracker.Answer) { a.Party = sala.NewID() },
		} {
			bad := good
			spoil(&bad)
			refused(t, s.Receive(ctx, bad), field)
		}
		long := good
		long.Words = strings.Repeat("ည", tracker.AnswerLetters)
		if err := s.Receive(ctx, long); err != nil {
			t.Errorf("as long as may be: %v", err)
		}
		for i := range 4 {
			more := good
			more.Words = strings.Repeat("x", i+1)
			if err := s.Receive(ctx, more); err != nil {
				t.Fatal(err)
			}
		}
		refused(t, s.Receive(ctx, good), "form")
		now = now.Add(time.Hour + time.Second)
		if err := s.Receive(ctx, good); err != nil {
			t.Errorf("an hour later: %v", err)
		}
		if err := s.Withdraw(ctx, editor, id, "A mistake."); err != nil {
			t.Fatal(err)
		}
		good.Words = "Again"
		if err := s.Receive(ctx, good); !errors.Is(err, sala.ErrGone) {
			t.Errorf("to a withdrawn one: %v", err)
		}
	})
}
