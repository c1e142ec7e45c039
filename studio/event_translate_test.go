package studio

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sala"
	"sala/directory"
	"sala/event"
)

// phraseForm reads the form of a screen for translating as a browser would send it.
func phraseForm(t *testing.T, w *httptest.ResponseRecorder) url.Values {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{}
	var walk func(n *html.Node, inside bool)
	walk = func(n *html.Node, inside bool) {
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
		}
		inside = inside || attr["class"] == "bench"
		if inside && n.Data == "input" {
			form.Add(attr["name"], attr["value"])
		}
		if inside && n.Data == "textarea" {
			text := ""
			if n.FirstChild != nil {
				text = n.FirstChild.Data
			}
			form.Add(attr["name"], text)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inside)
		}
	}
	walk(doc, false)
	return form
}

// plainly is a page without what tells a browser where it may break lines.
func plainly(w *httptest.ResponseRecorder) string {
	return strings.ReplaceAll(w.Body.String(), "<wbr>", "")
}

// harbour is a workshop at which somebody spoke who is shown, and somebody who
// is not.
func (o *door) harbour() event.Event {
	o.t.Helper()
	ctx := o.t.Context()
	person := func(name string, kind directory.PersonKind) sala.ID {
		id, err := o.Directory.AddPerson(ctx, by(sala.Editor), directory.Person{Name: sala.Text{"en": name}, Kind: kind})
		if err != nil {
			o.t.Fatal(err)
		}
		return id
	}
	talk := sala.NewID()
	e, err := o.Events.Create(ctx, by(sala.Editor), event.Event{
		Title: sala.Text{"en": "Harbour Workshop"}, About: sala.Text{"en": "What it was for."}, Type: event.Workshop, Venue: sala.Text{"en": "The pier"}, City: sala.Text{"th": "ระนอง"},
		Sessions: []event.Session{{ID: talk, Title: sala.Text{"en": "Fees"}, Kind: event.Panel}},
		Appearances: []event.Appearance{
			{Session: talk, Person: person("Alma Tern", directory.Official), Role: event.Speaker, Position: sala.Text{"en": "Harbour Master"}},
			{Session: talk, Person: person("Mya Mya", directory.MigrantWorker), Role: event.Speaker, Position: sala.Text{"en": "Cook of the only ship"}},
			{Described: sala.Text{"en": "fishers of the bay"}, Role: event.Participant},
		},
		Counts: []event.Count{{Value: 40, Qualifier: event.Over, Of: event.People, Words: sala.Text{"en": "who mend nets"}}},
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return e
}

// TestEventTranslated puts an event into a language, as a translator who may
// not open the event itself.
func TestEventTranslated(t *testing.T) {
	o := opened(t)
	e := o.harbour()
	at := eventTranslateAt(e.ID, "th")
	for _, role := range []sala.Role{sala.Contributor} {
		o.sees(o.get(role, at), http.StatusNotFound)
		o.sees(o.get(role, "/studio/events"), http.StatusNotFound)
		o.sees(o.post(role, at, "version", "1", "title", "ท่าเรือ"), http.StatusNotFound)
	}
	o.sees(o.get(sala.Translator, eventAt(e.ID)), http.StatusNotFound)
	o.sees(o.get(sala.Translator, eventTranslateAt(e.ID, "vi")), http.StatusNotFound)
	o.sees(o.get(sala.Translator, eventTranslateAt(e.ID, "TH")), http.StatusNotFound)

	list := o.get(sala.Translator, "/studio/events")
	o.sees(list, http.StatusOK, `href="`+at+`"`, "th 1/8", "en 7/8")
	if body := list.Body.String(); strings.Contains(body, `action="/studio/events" class="filters">`) || strings.Contains(body, `href="`+eventAt(e.ID)+`"`) {
		t.Error("a translator is offered what they may not do")
	}
	o.sees(o.get(sala.Editor, "/studio/events"), http.StatusOK, `name="title"`, `href="`+eventAt(e.ID)+`"`, `href="`+at+`"`)
	o.sees(o.get(sala.Editor, eventAt(e.ID)), http.StatusOK, `href="`+eventTranslateAt(e.ID, "en")+`"`)

	page := o.get(sala.Translator, at)
	o.sees(page, http.StatusOK, "Harbour Workshop", "Harbour Master", "Alma Tern", "fishers of the bay", "who mend nets", "over · 40 · people", "of 8 texts")
	for _, secret := range []string{"Mya", "Cook of the only ship", string(e.Appearances[1].ID), string(e.Appearances[1].Person)} {
		if strings.Contains(page.Body.String(), secret) || strings.Contains(list.Body.String(), secret) {
			t.Errorf("a translator is told %q", secret)
		}
	}
	form := phraseForm(t, page)
	if form.Has("city") {
		t.Error("the only words of the city can be changed")
	}
	described := "appearance/" + string(e.Appearances[2].ID) + "/described"
	form.Set("title", "การประชุมท่าเรือ")
	form.Set(described, "ชาวประมง")
	if w := o.form(sala.Translator, at, form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != at {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	got := o.stored(e.ID)
	if got.Title["th"] != "การประชุมท่าเรือ" || got.Title["en"] != "Harbour Workshop" || got.Appearances[2].Described["th"] != "ชาวประมง" || got.Version != 2 || got.Slug != e.Slug {
		t.Errorf("%+v", got)
	}
	o.sees(o.get(sala.Translator, at), http.StatusOK, "The words in Thai are saved.", ">การประชุมท่าเรือ</textarea>")
	// From another language where there is one.
	w := o.get(sala.Translator, eventTranslateAt(e.ID, "en")+"?from=th")
	if w.Code != http.StatusOK || !strings.Contains(plainly(w), `<p lang="th">การประชุมท่าเรือ</p>`) || !strings.Contains(plainly(w), `<p lang="th">ระนอง</p>`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestEventTranslationFaults shows everything that was typed once more.
func TestEventTranslationFaults(t *testing.T) {
	o := opened(t)
	e := o.harbour()
	at := eventTranslateAt(e.ID, "th")
	session := "session/" + string(e.Sessions[0].ID) + "/title"
	first := phraseForm(t, o.get(sala.Translator, at))
	typed := func(pairs ...string) url.Values {
		form := url.Values{}
		for name, values := range first {
			form[name] = []string{values[0]}
		}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		return form
	}
	w := o.form(sala.Translator, at, typed("title", strings.Repeat("ก", 400), "venue", "ท่าเรือ <b>"))
	o.sees(w, http.StatusUnprocessableEntity, "This is too long.", `aria-invalid="true"`, "ท่าเรือ &lt;b&gt;</textarea>", strings.Repeat("ก", 400))

	// Words for what nobody may know any more, for the only words of a text,
	// and for what never was.
	cook := "appearance/" + string(e.Appearances[1].ID) + "/position"
	for _, test := range []struct{ key, say string }{{cook, "is no longer there"}, {"city", "These are the only words"}, {"slug", "is no longer there"}} {
		w := o.form(sala.Translator, at, typed(test.key, "ผู้ดูแล", "venue", "ท่าเรือ"))
		o.sees(w, http.StatusUnprocessableEntity, test.say, ">ผู้ดูแล</textarea>", ">ท่าเรือ</textarea>")
	}
	for name, form := range map[string]url.Values{"no version": typed("version", "new"), "a field twice": {"version": {"1"}, "title": {"a", "b"}}} {
		if w := o.form(sala.Translator, at, form); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	if got := o.stored(e.ID); got.Version != 1 {
		t.Fatalf("something was stored: %+v", got)
	}

	// An editor says one text otherwise, takes the session out and names the
	// venue in Thai, while the form is open.
	now := o.stored(e.ID)
	now.Title, now.Venue, now.Sessions = sala.Text{"en": "Workshop at the pier"}, sala.Text{"en": "The pier", "th": "สะพานปลา"}, nil
	for i := range now.Appearances {
		now.Appearances[i].Session = ""
	}
	if _, err := o.Events.Save(t.Context(), by(sala.Editor), now); err != nil {
		t.Fatal(err)
	}
	w = o.form(sala.Translator, at, typed("title", "การประชุมท่าเรือ", "about", "เพื่ออะไร", session, "ค่าธรรมเนียม"))
	o.sees(w, http.StatusConflict, "Somebody else has changed texts", "Workshop at the pier", ">การประชุมท่าเรือ</textarea>", ">เพื่ออะไร</textarea>", ">สะพานปลา</textarea>", "is no longer there", ">ค่าธรรมเนียม</textarea>")
	if got := o.stored(e.ID); got.Version != 2 {
		t.Fatalf("something was stored: %+v", got)
	}
	// Whoever has seen it saves, and the venue stays as the editor has it.
	if w := o.form(sala.Translator, at, phraseForm(t, w)); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	got := o.stored(e.ID)
	if got.Title["th"] != "การประชุมท่าเรือ" || got.Title["en"] != "Workshop at the pier" || got.About["th"] != "เพื่ออะไร" || got.Venue["th"] != "สะพานปลา" || len(got.Sessions) != 0 {
		t.Errorf("%+v", got)
	}
}

var looked = regexp.MustCompile(`name="looked:th:(series/[0-9a-f-]{36}/name)" value="([^"]*)"`)

// TestSeriesTranslated names a series in a language, and writes over nobody.
func TestSeriesTranslated(t *testing.T) {
	o := opened(t)
	if w := o.get(sala.Translator, "/studio/events"); strings.Contains(w.Body.String(), "/studio/series/") {
		t.Error("there are no series, and a page of their names is offered")
	}
	o.sees(o.get(sala.Translator, "/studio/series/th"), http.StatusOK)
	x, err := o.Events.SetSeries(t.Context(), by(sala.Editor), event.Series{Name: sala.Text{"en": "Forum of the river"}})
	if err != nil {
		t.Fatal(err)
	}
	o.sees(o.get(sala.Translator, "/studio/events"), http.StatusOK, `href="/studio/series/th"`)
	o.sees(o.get(sala.Contributor, "/studio/series/th"), http.StatusNotFound)
	page := o.get(sala.Translator, "/studio/series/th")
	o.sees(page, http.StatusOK, "Forum of the river")
	m := looked.FindStringSubmatch(page.Body.String())
	if m == nil || m[1] != "series/"+string(x.ID)+"/name" || m[2] != "" {
		t.Fatalf("%q", m)
	}
	form, late := phraseForm(t, page), phraseForm(t, page)
	form.Set(m[1], "เวทีแม่น้ำ")
	if w := o.form(sala.Translator, "/studio/series/th", form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	late.Set(m[1], "ฟอรัมแม่น้ำ")
	w := o.form(sala.Translator, "/studio/series/th", late)
	o.sees(w, http.StatusConflict, ">ฟอรัมแม่น้ำ</textarea>")
	if !regexp.MustCompile(`<q [^>]*lang="th"[^>]*>เวทีแม่น้ำ</q>`).MatchString(plainly(w)) {
		t.Errorf("what stands there now is not told: %s", w.Body)
	}
	if w := o.form(sala.Translator, "/studio/series/th", phraseForm(t, w)); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	// The name that was translated is another when the form comes back.
	late = phraseForm(t, o.get(sala.Translator, "/studio/series/th"))
	if _, err := o.Events.SetSeries(t.Context(), by(sala.Editor), event.Series{ID: x.ID, Name: sala.Text{"en": "Forum of two rivers", "th": "ฟอรัมแม่น้ำ"}}); err != nil {
		t.Fatal(err)
	}
	late.Set(m[1], "เวทีของแม่น้ำ")
	w = o.form(sala.Translator, "/studio/series/th", late)
	o.sees(w, http.StatusConflict, "Forum of two rivers", ">เวทีของแม่น้ำ</textarea>")
	if w := o.form(sala.Translator, "/studio/series/th", phraseForm(t, w)); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	all, err := o.Events.AllSeries(t.Context())
	if err != nil || len(all) != 1 || all[0].Name["th"] != "เวทีของแม่น้ำ" || all[0].Name["en"] != "Forum of two rivers" {
		t.Errorf("%+v (%v)", all, err)
	}
}
