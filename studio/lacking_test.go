package studio

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/tracker"
)

// TestLacking leads a translator from the first page through what lacks their
// language until nothing is left.
func TestLacking(t *testing.T) {
	o := opened(t, withDirectory)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	org, err := o.Directory.AddOrganisation(ctx, by(sala.Editor), directory.Organisation{Name: sala.Text{"en": "River House"}, Kind: directory.NGO})
	must(err)
	_, err = o.Directory.AddOrganisation(ctx, by(sala.Editor), directory.Organisation{Name: sala.Text{"en": "Canaryhouse"}, Kind: directory.NGO, Unlisted: true})
	must(err)
	measure, err := o.Tracker.SetMeasure(ctx, by(sala.Editor), tracker.Measure{What: sala.Text{"en": "Nets"}, Unit: sala.Text{"en": "metres"}})
	must(err)
	series, err := o.Events.SetSeries(ctx, by(sala.Editor), event.Series{Name: sala.Text{"en": "River Forum"}})
	must(err)
	rec, err := o.Tracker.New(ctx, by(sala.Editor), tracker.Recommendation{
		Title: sala.Text{"en": "No fees"}, Words: sala.Text{"en": "Fees must end."}, Original: "en", Source: tracker.Source{Name: sala.Text{"en": "A paper"}}, Addressed: []tracker.Party{{Said: sala.Text{"en": "The ministry"}}},
	})
	must(err)
	e := o.harbour()
	must(o.Events.Publish(ctx, by(sala.Editor), e.ID, e.Version))
	e = o.stored(e.ID)

	const at = "/studio/lacking?lang=th"
	for _, address := range []string{"/studio/lacking?lang=vi", "/studio/lacking?lang=th&need=all", "/studio/lacking?lang=th&kind=person", "/studio/events?lacks=all+th", "/studio/events?lacks=missing+vi", "/studio/recommendations?lacks=x", "/studio/organisations?lacks=x", "/studio/series/th?need=x"} {
		o.sees(o.get(sala.Translator, address), http.StatusNotFound)
	}
	o.sees(o.get(sala.Contributor, at), http.StatusNotFound)
	if w := o.get(sala.Contributor, "/studio/recommendations"); strings.Contains(w.Body.String(), `name="lacks"`) {
		t.Error("a contributor is offered to narrow a list to what they may not translate")
	}
	o.sees(o.get(sala.Translator, "/studio/"), http.StatusOK, `href="/studio/lacking"`)
	w := o.get(sala.Translator, at)
	o.sees(w, http.StatusOK, "To translate into Thai", "Harbour Workshop", "no words for 7 of 8 texts", "River House", "no words for 1 of 1 texts", "River Forum", "Nets", "no words for 2 of 2 texts", "No fees", "A paper",
		`href="`+eventTranslateAt(e.ID, "th")+`"`, `href="`+recommendationTranslateAt(rec)+`th"`, `href="`+organisationTranslateAt(org)+`th"`, `href="/studio/series/th#series/`+string(series.ID)+`/name"`)
	if body := w.Body.String(); strings.Contains(body, "Canaryhouse") || strings.Index(body, "Harbour Workshop") > strings.Index(body, "River House") {
		t.Error("the newest is not the first, or what is not listed is")
	}
	// What somebody was who is shown by a role is no text to translate: not in a
	// number either.
	if strings.Contains(w.Body.String(), "of 9 texts") {
		t.Error("the position of somebody who may not be named is counted")
	}
	w = o.get(sala.Translator, at+"&kind=series")
	if body := w.Body.String(); !strings.Contains(body, "River Forum") || strings.Contains(body, "Harbour Workshop") {
		t.Errorf("only series: %s", body)
	}
	o.sees(o.get(sala.Translator, at+"&need=behind"), http.StatusOK, "Nothing is left to do here.")

	// The lists themselves, with counts.
	for address, name := range map[string]string{"/studio/events": "Harbour Workshop", "/studio/recommendations": "No fees", "/studio/organisations": "River House"} {
		o.sees(o.get(sala.Translator, address), http.StatusOK, name, `<option value="missing th">Thai: no words yet (1)</option>`)
		o.sees(o.get(sala.Translator, address+"?lacks=missing+th"), http.StatusOK, name, `<option value="missing th" selected>`)
		if w := o.get(sala.Translator, address+"?lacks=behind+th"); w.Code != http.StatusOK || strings.Contains(w.Body.String(), name) {
			t.Errorf("%s lists what is not behind", address)
		}
	}

	// Everything is put into Thai by the forms it leads to.
	for _, form := range []string{eventTranslateAt(e.ID, "th"), recommendationTranslateAt(rec) + "th", organisationTranslateAt(org) + "th", "/studio/series/th", "/studio/measures/th", "/studio/documents/th"} {
		typed := phraseForm(t, o.get(sala.Translator, form))
		for name := range typed {
			if !strings.HasPrefix(name, lookedName) && name != "version" && typed.Get(name) == "" {
				typed.Set(name, "คำแปล")
			}
		}
		if w := o.form(sala.Translator, form, typed); w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", form, w.Code, w.Body)
		}
	}
	o.sees(o.get(sala.Translator, at), http.StatusOK, "Nothing is left to do here.")

	// The sources change.
	e = o.stored(e.ID)
	e.Title = sala.Text{"en": "Workshop at the pier", "th": e.Title["th"]}
	_, err = o.Events.Save(ctx, by(sala.Editor), e)
	must(err)
	_, err = o.Tracker.SetMeasure(ctx, by(sala.Editor), tracker.Measure{ID: measure, What: sala.Text{"en": "All nets", "th": "คำแปล"}, Unit: sala.Text{"en": "metres", "th": "คำแปล"}})
	must(err)
	o.sees(o.get(sala.Translator, at+"&need=behind"), http.StatusOK, "Workshop at the pier", "All nets", "1 older than its source")
	o.sees(o.get(sala.Translator, "/studio/events?lacks=behind+th"), http.StatusOK, "Workshop at the pier", "Thai: source changed since (1)")
	form := eventTranslateAt(e.ID, "th") + "?need=behind"
	page := o.get(sala.Translator, form)
	o.sees(page, http.StatusOK, "Changed since it was translated", `name="right:title"`)
	if strings.Contains(page.Body.String(), `name="about"`) {
		t.Error("what is as it was is shown, too")
	}
	typed := phraseForm(t, page)
	typed.Del("right:title") // an empty box is not sent
	if w := o.form(sala.Translator, form, typed); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	o.sees(o.get(sala.Translator, at), http.StatusOK, "Workshop at the pier")
	typed.Set("right:title", "1")
	if w := o.form(sala.Translator, form, typed); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	what := "measure/" + string(measure) + "/what"
	nets := phraseForm(t, o.get(sala.Translator, "/studio/measures/th?need=behind"))
	nets.Set(what, "อวนทั้งหมด")
	nets.Del("right:" + what)
	if w := o.form(sala.Translator, "/studio/measures/th?need=behind", nets); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	o.sees(o.get(sala.Translator, at), http.StatusOK, "Nothing is left to do here.")
}

// TestLackingPages walks the list by key, so what is done meanwhile moves no
// page.
func TestLackingPages(t *testing.T) {
	o := opened(t)
	made := map[string]bool{}
	for i := range lackingRows + 5 {
		title := fmt.Sprintf("Meeting %02d", i)
		made[title] = true
		if _, err := o.Events.Create(t.Context(), by(sala.Editor), event.Event{Title: sala.Text{"en": title}, Type: event.Workshop}); err != nil {
			t.Fatal(err)
		}
	}
	first := o.get(sala.Translator, "/studio/lacking?lang=th")
	_, rest, ok := strings.Cut(first.Body.String(), `rel="next" href="`)
	if !ok {
		t.Fatal("there is no further page")
	}
	next, _, _ := strings.Cut(rest, `"`)
	next = strings.ReplaceAll(next, "&amp;", "&")
	u, err := url.Parse(next)
	if err != nil {
		t.Fatal(err)
	}
	last := sala.ID(u.Query().Get("before"))
	e := o.stored(last)
	if err := o.Events.Translate(t.Context(), by(sala.Translator), last, e.Version, "th", map[string]string{"title": "ประชุม"}); err != nil {
		t.Fatal(err)
	}
	second := o.get(sala.Translator, next)
	for title := range made {
		if in := strings.Count(first.Body.String(), title+"<") + strings.Count(second.Body.String(), title+"<"); in != 1 {
			t.Errorf("%s is listed %d times", title, in)
		}
	}
}
