package site_test

import (
	"strings"
	"testing"
	"time"

	"sala"
	"sala/event"
)

// TestHome leads to what is to come, the nearest first, and to what was asked
// and how that stands; a text that is pinned above newer ones says so.
func TestHome(t *testing.T) {
	w := open(t)
	before := plain(w.body(t, "/en/"))
	if strings.Contains(before, "?when=coming") || strings.Contains(before, "/en/recommendations/?state") {
		t.Error("a record without events and recommendations offers some")
	}
	on := func(days int) sala.Span {
		d := sala.DayOf(w.db.Now().Add(time.Duration(days) * 24 * time.Hour))
		return sala.Span{From: d, To: d}
	}
	for title, held := range map[string]sala.Span{"Long over": on(-400), "Yesterday": on(-1), "Today": on(0), "Next month": on(30), "Next week": on(7), "Next year": on(360), "Some day": {}} {
		w.publish(t, event.Event{Title: sala.Text{"en": title}, Type: event.Forum, Held: held})
	}
	a := w.asks(t)
	home := plain(w.body(t, "/en/"))
	at := -1
	for _, want := range []string{"?when=coming", "Today", "Next week", "Next month", `href="/en/recommendations/"`, "/en/recommendations/?state=", "/en/recommendations/" + a.first.Slug, "Ministry of Testing"} {
		i := strings.Index(home[at+1:], want)
		if i < 0 {
			t.Fatalf("%q is not on the home page, or not in its place", want)
		}
		at += 1 + i
	}
	for _, not := range []string{"Next year", "Yesterday", "Long over", "Some day"} {
		if strings.Contains(home, not) {
			t.Errorf("the home page tells of %q", not)
		}
	}
	list := plain(w.body(t, "/en/events/?when=coming"))
	if !strings.Contains(list, "4 events") || strings.Index(list, ">Today<") > strings.Index(list, ">Next year<") || strings.Contains(list, "Yesterday") {
		t.Error("the list of what is to come is not that")
	}
	if body := plain(w.body(t, "/en/events/")); !strings.Contains(body, `<a href="/en/events/?when=coming">Coming</a> 4`) {
		t.Error("the list of events does not lead to what is to come")
	}
	if ics := w.body(t, "/en/events.ics?when=coming"); strings.Count(ics, "BEGIN:VEVENT") != 4 {
		t.Error("its calendar is not of the same")
	}
	if rec := w.get("/en/events/?when=past"); rec.Code != 404 {
		t.Errorf("?when=past = %d", rec.Code)
	}
	if n := strings.Count(home, "pinned"); n != 1 || strings.Contains(plain(w.body(t, "/en/archive/")), "pinned") {
		t.Errorf("%d texts are called pinned, want the one", n)
	}
}
