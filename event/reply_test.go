package event_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/event"
	"sala/internal/bearer"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
)

// A hall is a store of events that take replies, with a clock.
type hall struct {
	*testing.T
	*event.Store
	db   *db.DB
	jobs *jobs.Queue
	now  time.Time
}

func eachHall(t *testing.T, f func(h *hall)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := &hall{T: t, Store: event.NewStore(d), db: d, jobs: jobs.New(d), now: time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)}
		d.Clock = func() time.Time { return h.now }
		h.UseJobs(h.jobs)
		f(h)
	})
}

func (h *hall) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// work runs what is due.
func (h *hall) work() {
	h.Helper()
	_, err := h.jobs.RunDue(h.Context())
	h.must(err)
}

// forum makes a public event in Bangkok and opens it for replies.
func (h *hall) forum(held sala.Span, r event.ReplyRules) event.Event {
	h.Helper()
	e, err := h.Create(h.Context(), editor, event.Event{Title: en("Forum " + string(sala.NewID())), Type: event.Forum, Held: held, Country: "th"})
	h.must(err)
	h.must(h.Publish(h.Context(), editor, e.ID, e.Version))
	e, err = h.Event(h.Context(), e.ID)
	h.must(err)
	r.Open = true
	h.must(h.SetReplyRules(h.Context(), editor, e.ID, r))
	return e
}

func coming(name string) event.Reply {
	return event.Reply{Answer: event.Comes, Name: name, Country: "th", Lang: "my", Contact: "call " + name, Needs: "a ramp", Word: "thanks"}
}

// says replies and returns the key.
func (h *hall) says(e event.Event, r event.Reply) string {
	h.Helper()
	key := bearer.New()
	h.must(h.Reply(h.Context(), e.ID, "", key, r))
	return key
}

func (h *hall) replied(key string) event.Reply {
	h.Helper()
	r, _, err := h.Replied(h.Context(), key)
	h.must(err)
	return r
}

func (h *hall) count(e event.Event) int {
	h.Helper()
	all, err := h.Replies(h.Context(), editor, e.ID)
	h.must(err)
	return len(all)
}

// faultOf is the key of the first thing that is wrong, "" if it is nothing of the sort.
func faultOf(err error) string {
	if bad, ok := errors.AsType[sala.Invalid](err); ok {
		return bad[0].Field + " " + bad[0].Key
	}
	return ""
}

func TestReply(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		r := coming("  Su   Su ")
		r.Word = "One.\r\nTwo. "
		key := h.says(e, r)
		got := h.replied(key)
		want := event.Reply{ID: got.ID, Event: e.ID, Answer: event.Comes, Name: "Su Su", Country: "th", Lang: "my", Contact: "call Su Su", Needs: "a ramp", Word: "One.\nTwo.", At: h.now, Changed: h.now}
		got.At, got.Changed = got.At.UTC(), got.Changed.UTC()
		if diff := cmp.Diff(want, got, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".turn" }, cmp.Ignore())); diff != "" {
			h.Error(diff)
		}
		kept, err := db.All[string](h.Context(), h.db, `SELECT key_hash FROM event_reply`)
		if err != nil || len(kept) != 1 || strings.Contains(kept[0], key) {
			h.Errorf("the key is kept: %v, %v", kept, err)
		}
		// The same form again is the same reply; one that says something else changes it.
		h.now = h.now.Add(time.Minute)
		before, err := h.db.Version(h.Context())
		h.must(err)
		h.must(h.Reply(h.Context(), e.ID, "", key, r))
		if after, err := h.db.Version(h.Context()); err != nil || after != before {
			h.Errorf("a form that was sent twice is a change: %v", err)
		}
		r.Answer = event.StaysAway
		h.must(h.Reply(h.Context(), e.ID, "", key, r))
		if got := h.replied(key); h.count(e) != 1 || got.Answer != event.StaysAway || !got.Changed.After(got.At) {
			h.Errorf("sent again: %+v", got)
		}
		r.Name = "Su Su Hlaing"
		h.must(h.ChangeReply(h.Context(), key, r))
		if got := h.replied(key); got.Name != "Su Su Hlaing" {
			h.Errorf("changed: %+v", got)
		}
		h.must(h.WithdrawReply(h.Context(), key))
		for what, err := range map[string]error{
			"Replied": func() error { _, _, err := h.Replied(h.Context(), key); return err }(), "WithdrawReply": h.WithdrawReply(h.Context(), key), "ChangeReply": h.ChangeReply(h.Context(), key, r),
		} {
			if !errors.Is(err, sala.ErrNotFound) {
				h.Errorf("%s after it was withdrawn: %v", what, err)
			}
		}
		// Nothing of who replied is in the change log.
		for _, c := range h.changes() {
			if s := fmt.Sprint(c); strings.Contains(s, "Su") || strings.Contains(s, key) {
				h.Errorf("the change log tells who replied: %s", s)
			}
		}
	})
}

func (h *hall) changes() []db.Change {
	h.Helper()
	all, err := h.db.Changes(h.Context(), 0, 10_000)
	h.must(err)
	return all
}

// What strangers send is refused with the field it is in, and nothing is kept.
func TestReplyHostile(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		other := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		taken := h.says(other, coming("Other"))
		huge := strings.Repeat("က", 1<<20)
		for name, c := range map[string]struct {
			want string
			key  string
			make func(r *event.Reply)
		}{
			"no answer":         {"answer reply.answer_missing", "", func(r *event.Reply) { r.Answer = "" }},
			"a made-up answer":  {"answer reply.answer_missing", "", func(r *event.Reply) { r.Answer = "'; DROP TABLE event_reply; --" }},
			"no name":           {"name reply.name_missing", "", func(r *event.Reply) { r.Name = " \n " }},
			"3 MB":              {"word reply.too_long", "", func(r *event.Reply) { r.Word = huge }},
			"a long name":       {"name reply.too_long", "", func(r *event.Reply) { r.Name = huge }},
			"NUL":               {"needs reply.not_text", "", func(r *event.Reply) { r.Needs = "a\x00b" }},
			"escape":            {"contact reply.not_text", "", func(r *event.Reply) { r.Contact = "\x1b[2J" }},
			"a private sign":    {"name reply.not_text", "", func(r *event.Reply) { r.Name = "\ufdd0Su\ufdd1" }},
			"no UTF-8":          {"organisation reply.not_text", "", func(r *event.Reply) { r.Organisation = "\xff\xfe" }},
			"country":           {"country reply.country_unknown", "", func(r *event.Reply) { r.Country = "Thailand" }},
			"language":          {"lang reply.lang_unknown", "", func(r *event.Reply) { r.Lang = "<b>" }},
			"short key":         {"form reply.form_bad", "abc", func(*event.Reply) {}},
			"long key":          {"form reply.form_bad", huge, func(*event.Reply) {}},
			"another's key":     {"form reply.form_bad", taken, func(*event.Reply) {}},
			"all at once, name": {"answer reply.answer_missing", "", func(r *event.Reply) { *r = event.Reply{Word: "\x00"} }},
		} {
			r := coming("Su")
			c.make(&r)
			key := c.key
			if key == "" {
				key = bearer.New()
			}
			if got := faultOf(h.Reply(h.Context(), e.ID, "", key, r)); got != c.want {
				h.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		if n := h.count(e); n != 0 {
			h.Errorf("%d replies were kept of what was refused", n)
		}
		for _, id := range []sala.ID{sala.NewID(), "x", ""} {
			if got := faultOf(h.Reply(h.Context(), id, "", bearer.New(), coming("Su"))); got != "form reply.closed" {
				h.Errorf("no event %q: %s", id, got)
			}
		}
		odd := coming("Robert'); DROP TABLE event_reply;--")
		odd.Word = "=HYPERLINK(1)\n<script>\u202e"
		if got := h.replied(h.says(e, odd)); got.Name != odd.Name || got.Word != odd.Word {
			h.Errorf("odd words: %+v", got)
		}
	})
}

// Until when replies are taken is a matter of the event's own clocks.
func TestReplyCloses(t *testing.T) {
	eachHall(t, func(h *hall) {
		for _, test := range []struct {
			name   string
			held   sala.Span
			rules  event.ReplyRules
			closes string
			forget string
		}{
			{"to the end of a day", span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")}, "2026-04-05T17:00:00Z", "2026-05-11"},
			{"to an hour", span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05"), Hour: "12:30"}, "2026-04-05T05:30:00Z", "2026-05-11"},
			{"to its end", span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-11")}, "2026-04-11T17:00:00Z", "2026-05-11"},
			{"a month", span("2026-04", ""), event.ReplyRules{Until: day("2026-04-30")}, "2026-04-30T17:00:00Z", "2026-05-30"},
			{"a leap year's month", span("2028-02", ""), event.ReplyRules{Until: day("2026-04-05")}, "2026-04-05T17:00:00Z", "2028-03-30"},
			{"a year", span("2026", ""), event.ReplyRules{Until: day("2026-04-05")}, "2026-04-05T17:00:00Z", "2027-01-30"},
			{"no day", sala.Span{}, event.ReplyRules{Until: day("2026-04-05")}, "2026-04-05T17:00:00Z", "2026-05-05"},
		} {
			h.now = time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)
			e := h.forum(test.held, test.rules)
			r, err := h.ReplyRules(h.Context(), e.ID)
			h.must(err)
			if got := r.Closes(e).UTC().Format(time.RFC3339); got != test.closes {
				h.Errorf("%s: closes %s, want %s", test.name, got, test.closes)
			}
			if got := r.Forgets(e).String(); got != test.forget {
				h.Errorf("%s: forgets on %s, want %s", test.name, got, test.forget)
			}
			h.now = r.Closes(e).Add(-time.Microsecond)
			key := h.says(e, coming("Su"))
			h.now = r.Closes(e)
			if got := faultOf(h.Reply(h.Context(), e.ID, "", bearer.New(), coming("Late"))); got != "form reply.closed" {
				h.Errorf("%s: after it closed: %q", test.name, got)
			}
			if got := faultOf(h.ChangeReply(h.Context(), key, coming("Other"))); got != "form reply.closed" {
				h.Errorf("%s: changed after it closed: %q", test.name, got)
			}
			h.must(h.WithdrawReply(h.Context(), key)) // that one may always
		}
	})
}

func TestReplyRules(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05"), Places: 2})
		h.says(e, coming("A"))
		h.says(e, coming("B"))
		h.says(e, coming("C"))
		undated, err := h.Create(h.Context(), editor, event.Event{Title: en("Some day"), Type: event.Forum})
		h.must(err)
		for name, c := range map[string]struct {
			id    sala.ID
			rules event.ReplyRules
			want  string
		}{
			"no closing":       {e.ID, event.ReplyRules{Open: true}, "until studio.event.reply_until_missing"},
			"a month":          {e.ID, event.ReplyRules{Until: day("2026-04")}, "until studio.event.reply_until_missing"},
			"after the event":  {e.ID, event.ReplyRules{Until: day("2026-04-12")}, "until studio.event.reply_until_late"},
			"past":             {e.ID, event.ReplyRules{Open: true, Until: day("2026-02-05")}, "until studio.event.reply_until_past"},
			"no day":           {e.ID, event.ReplyRules{Until: sala.Day{Year: 2026, Month: 2, Day: 30}}, "until studio.event.day_impossible"},
			"no hour":          {e.ID, event.ReplyRules{Until: day("2026-04-05"), Hour: "25:00"}, "hour studio.event.time_bad"},
			"no zone":          {undated.ID, event.ReplyRules{Until: day("2026-04-05"), Hour: "12:00"}, "hour studio.event.zone_missing"},
			"fewer than there": {e.ID, event.ReplyRules{Until: day("2026-04-05"), Places: 1}, "places studio.event.reply_places_few"},
			"less than none":   {e.ID, event.ReplyRules{Until: day("2026-04-05"), Places: -1}, "places studio.event.reply_places_bad"},
			"very many":        {e.ID, event.ReplyRules{Until: day("2026-04-05"), Places: 1 << 40}, "places studio.event.reply_places_bad"},
		} {
			if got := faultOf(h.SetReplyRules(h.Context(), editor, c.id, c.rules)); got != c.want {
				h.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		if r, err := h.ReplyRules(h.Context(), e.ID); err != nil || r.Places != 2 || !r.Open {
			h.Errorf("what was refused is kept: %+v, %v", r, err)
		}
		// Closing is possible at any time, a past closing or not.
		h.must(h.SetReplyRules(h.Context(), editor, e.ID, event.ReplyRules{Until: day("2026-02-05"), Places: 2}))
		if got := faultOf(h.Reply(h.Context(), e.ID, "", bearer.New(), coming("D"))); got != "form reply.closed" {
			h.Errorf("closed by an editor: %q", got)
		}
		// Nobody replies to what is no longer public.
		h.must(h.SetReplyRules(h.Context(), editor, e.ID, event.ReplyRules{Open: true, Until: day("2026-04-05")}))
		h.must(h.Withdraw(h.Context(), editor, e.ID, e.Version, "a mistake"))
		if got := faultOf(h.Reply(h.Context(), e.ID, "", bearer.New(), coming("D"))); got != "form reply.closed" {
			h.Errorf("withdrawn: %q", got)
		}
	})
}

// Who comes by the link gets in, who guesses or has an old one does not.
func TestReplyLink(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05"), Invited: true})
		by := func(token string) string {
			return faultOf(h.Reply(h.Context(), e.ID, token, bearer.New(), coming("Su")))
		}
		gone := "form reply.link_gone"
		if got := by("anything"); got != gone {
			h.Errorf("without any link: %q", got)
		}
		first, err := h.MakeReplyLink(h.Context(), editor, e.ID)
		h.must(err)
		if kept, err := db.All[string](h.Context(), h.db, `SELECT hash FROM event_reply_rules WHERE hash IS NOT NULL`); err != nil || len(kept) != 1 || strings.Contains(kept[0], first) {
			h.Errorf("kept: %v, %v", kept, err)
		}
		if at, err := h.Invited(h.Context(), first); err != nil || at.ID != e.ID {
			h.Errorf("Invited = %v, %v", at.ID, err)
		}
		key := bearer.New()
		h.must(h.Reply(h.Context(), e.ID, first, key, coming("Su")))
		second, err := h.MakeReplyLink(h.Context(), editor, e.ID)
		h.must(err)
		for what, token := range map[string]string{"the link before": first, "none": "", "a guess": "-"} {
			if what != "a guess" && by(token) != gone {
				h.Errorf("%s: %q", what, by(token))
			}
			if _, err := h.Invited(h.Context(), token); !errors.Is(err, sala.ErrNotFound) {
				h.Errorf("Invited by %s: %v", what, err)
			}
		}
		if got := by(second); got != "" {
			h.Errorf("by the new link: %q", got)
		}
		h.must(h.RevokeReplyLink(h.Context(), editor, e.ID))
		if got := by(second); got != gone {
			h.Errorf("by a revoked link: %q", got)
		}
		// Who has replied keeps their own address.
		h.must(h.ChangeReply(h.Context(), key, coming("Su Su")))
		h.must(h.WithdrawReply(h.Context(), key))
		if err := h.RevokeReplyLink(h.Context(), editor, sala.NewID()); !errors.Is(err, sala.ErrNotFound) {
			h.Errorf("revoke what is none: %v", err)
		}
	})
}

// Places go to those who said first that they come; when one is free, the
// next has it.
func TestReplyPlaces(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05"), Places: 2})
		unsure := coming("Unsure")
		unsure.Answer = event.NotSure
		u := h.says(e, unsure)
		a, b, c, d := h.says(e, coming("A")), h.says(e, coming("B")), h.says(e, coming("C")), h.says(e, coming("D"))
		waits := func(want ...int) {
			h.Helper()
			var got []int
			for _, key := range []string{a, b, c, d} {
				got = append(got, h.replied(key).Waiting)
			}
			if !slices.Equal(got, want) {
				h.Errorf("A to D wait as %v, want %v", got, want)
			}
		}
		waits(0, 0, 1, 2)
		r, err := h.ReplyRules(h.Context(), e.ID)
		h.must(err)
		if full, err := h.Full(h.Context(), e.ID, r); err != nil || !full {
			h.Errorf("Full = %v, %v", full, err)
		}
		changed := coming("B")
		changed.Needs = "a chair"
		h.must(h.ChangeReply(h.Context(), b, changed)) // what they need costs nobody their place
		waits(0, 0, 1, 2)
		sure := coming("Unsure")
		h.must(h.ChangeReply(h.Context(), u, sure))
		if got := h.replied(u).Waiting; got != 3 {
			h.Errorf("who was not sure waits as %d, want 3", got)
		}
		away := coming("A")
		away.Answer = event.StaysAway
		h.must(h.ChangeReply(h.Context(), a, away))
		waits(0, 0, 0, 1)
		h.must(h.ChangeReply(h.Context(), a, coming("A"))) // and comes after all: at the end
		waits(3, 0, 0, 1)
		h.must(h.WithdrawReply(h.Context(), u))
		waits(2, 0, 0, 1)
		list, err := h.Replies(h.Context(), editor, e.ID)
		h.must(err)
		names := ""
		for _, r := range list {
			names += fmt.Sprint(r.Name, r.Waiting, " ")
		}
		if names != "B0 C0 D1 A2 " {
			h.Errorf("the list is %s", names)
		}
		h.must(h.SetReplyRules(h.Context(), editor, e.ID, event.ReplyRules{Open: true, Until: day("2026-04-05")}))
		waits(0, 0, 0, 0)
	})
}

// Of many who reply at once exactly as many have a place as there are.
func TestRepliesAtOnce(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05"), Places: 5})
		var rest sync.WaitGroup
		keys := make([]string, 20)
		errs := make([]error, len(keys))
		for i := range keys {
			keys[i] = bearer.New()
			rest.Go(func() {
				errs[i] = h.Reply(h.Context(), e.ID, "", keys[i], coming(fmt.Sprint(i)))
			})
			if i%5 == 0 {
				rest.Go(func() {
					if err := h.SetReplyRules(h.Context(), editor, e.ID, event.ReplyRules{Open: true, Until: day("2026-04-05"), Places: 5}); err != nil {
						h.Error(err)
					}
				})
			}
		}
		rest.Wait()
		h.must(errors.Join(errs...))
		seen := map[int]int{}
		for _, key := range keys {
			seen[h.replied(key).Waiting]++
		}
		if seen[0] != 5 || len(seen) != 16 {
			h.Errorf("%v", seen)
		}
	})
}

// A rate is of an event; another is not slowed down, and it passes.
func TestReplyRate(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		other := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		n := 0
		var err error
		for ; n < 1000 && err == nil; n++ {
			// What is withdrawn counts, or it would be a way around.
			key := bearer.New()
			if err = h.Reply(h.Context(), e.ID, "", key, coming("Su")); err == nil && n%2 == 0 {
				h.must(h.WithdrawReply(h.Context(), key))
			}
		}
		if faultOf(err) != "form reply.too_many" || n != 121 {
			h.Errorf("after %d: %v", n, err)
		}
		h.says(other, coming("Su"))
		h.now = h.now.Add(time.Hour)
		h.says(e, coming("Su"))
	})
}

// Only those who may know people see who replied.
func TestReplyMay(t *testing.T) {
	eachHall(t, func(h *hall) {
		e := h.forum(span("2026-04-10", "2026-04-11"), event.ReplyRules{Until: day("2026-04-05")})
		r := h.replied(h.says(e, coming("Su")))
		for _, by := range []sala.Actor{reader, contributor, translator} {
			_, list := h.Replies(h.Context(), by, e.ID)
			_, link := h.MakeReplyLink(h.Context(), by, e.ID)
			for what, err := range map[string]error{
				"Replies": list, "MakeReplyLink": link, "RevokeReplyLink": h.RevokeReplyLink(h.Context(), by, e.ID),
				"SetReplyRules": h.SetReplyRules(h.Context(), by, e.ID, event.ReplyRules{Until: day("2026-04-05")}), "DeleteReply": h.DeleteReply(h.Context(), by, e.ID, r.ID),
			} {
				if !errors.Is(err, sala.ErrForbidden) {
					h.Errorf("%s for a %s: %v", what, by.Role, err)
				}
			}
		}
		if _, err := h.KeptTally(h.Context(), reader, e.ID); !errors.Is(err, sala.ErrForbidden) {
			h.Errorf("KeptTally for a reader: %v", err)
		}
		if err := h.DeleteReply(h.Context(), editor, sala.NewID(), r.ID); !errors.Is(err, sala.ErrNotFound) {
			h.Errorf("delete it of another event: %v", err)
		}
		h.must(h.DeleteReply(h.Context(), editor, e.ID, r.ID))
		if h.count(e) != 0 {
			h.Error("it is still there")
		}
	})
}
