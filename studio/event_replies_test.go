package studio

import (
	"encoding/csv"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"sala"
	"sala/event"
	"sala/internal/bearer"
)

// toCome makes a public event in two months.
func (o *door) toCome() event.Event {
	o.t.Helper()
	day := sala.DayOf(o.DB.Now().AddDate(0, 2, 0))
	e, err := o.Events.Create(o.t.Context(), by(sala.Editor), event.Event{Title: sala.Text{"en": "Forum on fees"}, Type: event.Forum, Held: sala.Span{From: day, To: day}, Country: "th"})
	if err == nil {
		err = o.Events.Publish(o.t.Context(), by(sala.Editor), e.ID, e.Version)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return e
}

// TestEventReplies opens an event for replies, makes and revokes its link, and
// shows what came to those who may know people, and to nobody else.
func TestEventReplies(t *testing.T) {
	o := opened(t)
	e := o.toCome()
	page := eventRepliesAt(e.ID)
	o.sees(o.get(sala.Editor, page), http.StatusOK, "Takes no replies", "There are no replies", e.Held.From.String())
	if w := o.post(sala.Editor, page, "do", "open", "until", "x", "hour", "25", "places", "many"); w.Code != http.StatusUnprocessableEntity || strings.Count(w.Body.String(), `aria-invalid`) != 3 || !strings.Contains(w.Body.String(), `value="many"`) {
		t.Errorf("bad rules: %d", w.Code)
	}
	o.sees(o.post(sala.Editor, page, "do", "open", "until", "2001-01-01"), http.StatusUnprocessableEntity, "has passed")
	o.sees(o.post(sala.Editor, page, "do", "open", "until", e.Held.From.String(), "who", "invited", "places", "1"), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, page), http.StatusOK, "The event takes replies", "Takes replies", `value="1"`)
	w := o.post(sala.Editor, page+"/link", "do", "make")
	token := regexp.MustCompile(`/en/events/forum-on-fees/invited/([A-Za-z0-9_-]+)<`).FindStringSubmatch(w.Body.String())
	if token == nil || !strings.Contains(w.Body.String(), "http") {
		t.Fatalf("no link is shown: %d", w.Code)
	}
	if w := o.get(sala.Editor, page); strings.Contains(w.Body.String(), token[1]) {
		t.Error("the link is shown twice")
	}
	send := func(name string, answer event.Answer) {
		t.Helper()
		r := event.Reply{Answer: answer, Name: name, Country: "mm", Lang: "my", Contact: "=2+2", Needs: "a ramp", Word: "<script>alert(1)</script>"}
		if err := o.Events.Reply(t.Context(), e.ID, token[1], bearer.New(), r); err != nil {
			t.Fatal(err)
		}
	}
	send("Canary Su", event.Comes)
	send("canary su", event.Comes)
	send("Dao", event.StaysAway)
	w = o.get(sala.Editor, page)
	o.sees(w, http.StatusOK, "Canary Su", "The name is there twice", "Waiting list", "1 of those who come is on the waiting list", "Burmese: 2", "Myanmar: 2", "They are deleted on", "is not deleted by itself", "&lt;script&gt;")
	if strings.Contains(w.Body.String(), "<script>alert") {
		t.Error("a reply is markup")
	}
	w = o.get(sala.Editor, page+".csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 4 || rows[1][1] != "Canary Su" || rows[1][5] != "'=2+2" || rows[2][9] != "1" || rows[1][6] != "Burmese" || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("the table: %v, %q", err, rows)
	}
	for _, role := range []sala.Role{sala.Reader, sala.Contributor, sala.Translator} {
		for _, address := range []string{page, page + ".csv"} {
			if w := o.get(role, address); w.Code == http.StatusOK || strings.Contains(w.Body.String(), "Canary") {
				t.Errorf("GET %s as %s: %d", address, role, w.Code)
			}
		}
		for _, address := range []string{page, page + "/link", page + "/x/delete"} {
			if w := o.post(role, address, "do", "open"); w.Code == http.StatusOK || strings.HasSuffix(w.Header().Get("Location"), "/replies") {
				t.Errorf("POST %s as %s: %d %s", address, role, w.Code, w.Header().Get("Location"))
			}
		}
	}
	list, err := o.Events.Replies(t.Context(), by(sala.Editor), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	o.sees(o.post(sala.Editor, page+"/"+string(list[0].ID)+"/delete"), http.StatusSeeOther)
	o.sees(o.post(sala.Editor, page+"/"+string(list[0].ID)+"/delete"), http.StatusNotFound)
	if list, err = o.Events.Replies(t.Context(), by(sala.Editor), e.ID); err != nil || len(list) != 2 || list[0].Waiting != 0 {
		t.Errorf("after deleting: %+v, %v", list, err)
	}
	o.sees(o.post(sala.Editor, page+"/link", "do", "revoke"), http.StatusSeeOther)
	if err := o.Events.Reply(t.Context(), e.ID, token[1], bearer.New(), event.Reply{Answer: event.Comes, Name: "Late"}); err == nil {
		t.Error("a revoked link still invites")
	}
	o.sees(o.post(sala.Editor, page, "do", "close", "until", e.Held.From.String()), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, page), http.StatusOK, "Takes no replies", "canary su")
	// The audit trail names nobody who replied.
	if err := o.Account.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	if w := o.get(sala.Admin, "/studio/audit.jsonl"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "got a reply") || strings.Contains(strings.ToLower(w.Body.String()), "canary") || strings.Contains(w.Body.String(), token[1]) {
		t.Errorf("the audit trail: %d", w.Code)
	}
}
