package studio

import (
	"net/http"
	"strings"
	"testing"

	"sala"
	"sala/tracker"
)

// TestRecommendationTranslated puts a recommendation and a step of it into a
// language, as a translator.
func TestRecommendationTranslated(t *testing.T) {
	o := opened(t, withDirectory)
	ctx := t.Context()
	id, err := o.Tracker.New(ctx, by(sala.Editor), tracker.Recommendation{
		Title: sala.Text{"en": "The harbour ban"}, Words: sala.Text{"en": "Stop the ban <at once>", "th": "ยุติการห้าม"}, Original: "en", Source: tracker.Source{Name: sala.Text{"en": "A letter"}},
		Addressed: []tracker.Party{{Said: sala.Text{"en": "Them"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	step, err := o.Tracker.AddStep(ctx, by(sala.Editor), id, tracker.Step{State: tracker.Adopted, Day: sala.Day{Year: 2018}, Evidence: sala.Text{"en": "It was read out"}})
	if err != nil {
		t.Fatal(err)
	}
	base := recommendationTranslateAt(id)
	at := base + "th"
	o.sees(o.get(sala.Contributor, at), http.StatusNotFound)
	o.sees(o.post(sala.Contributor, at, "version", "1", "title", "ก"), http.StatusNotFound)
	for _, lang := range []string{"vi", "TH", "other"} {
		o.sees(o.get(sala.Translator, base+lang), http.StatusNotFound)
		o.sees(o.post(sala.Translator, base+lang, "version", "1", "title", "ก"), http.StatusNotFound)
	}
	o.sees(o.get(sala.Translator, recommendationTranslateAt(sala.NewID())+"th"), http.StatusNotFound)

	// The lists that lead there, with what each lacks.
	o.sees(o.get(sala.Translator, "/studio/recommendations"), http.StatusOK, `href="`+at+`"`, "th 1/3", "en 3/3")
	o.sees(o.get(sala.Translator, recommendationPath(id)), http.StatusOK, `href="`+base)
	if w := o.get(sala.Contributor, "/studio/recommendations"); strings.Contains(w.Body.String(), "/translate/") {
		t.Error("a contributor is offered what they may not do")
	}

	page := o.get(sala.Translator, at)
	o.sees(page, http.StatusOK, "The harbour ban", "Stop the ban &lt;at once&gt;", "It was read out", "Adopted", "2018", ">ยุติการห้าม</textarea>")
	form, late := phraseForm(t, page), phraseForm(t, page)
	evidence := "step/" + string(step) + "/evidence"
	form.Set("title", "การห้ามที่ท่าเรือ")
	form.Set(evidence, "มีการอ่านในที่ประชุม")
	if w := o.form(sala.Translator, at, form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != at {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	stored := func() (tracker.Recommendation, tracker.Step) {
		t.Helper()
		r, err := o.Tracker.Open(ctx, by(sala.Editor), id)
		if err != nil {
			t.Fatal(err)
		}
		steps, err := o.Tracker.Steps(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return r, steps[1]
	}
	if r, st := stored(); r.Title["th"] != "การห้ามที่ท่าเรือ" || r.Words["th"] != "ยุติการห้าม" || r.Version != 2 || st.Evidence["th"] != "มีการอ่านในที่ประชุม" || st.Evidence["en"] != "It was read out" {
		t.Errorf("%+v, %+v", r, st)
	}
	o.sees(o.get(sala.Translator, at), http.StatusOK, "The words in Thai are saved.")

	// Of what was said there is no field in its language, and what is sent all
	// the same stays on the page.
	w := o.get(sala.Translator, base+"en")
	o.sees(w, http.StatusOK, "This is the original.")
	english := phraseForm(t, w)
	if english.Has("words") || english.Has(evidence) || !english.Has("title") {
		t.Errorf("the form of the original's language has %v", english)
	}
	english.Set("words", "Stop it")
	o.sees(o.form(sala.Translator, base+"en", english), http.StatusUnprocessableEntity, "These are the original words", ">Stop it</textarea>")

	// A form that somebody else was faster than.
	late.Set("title", "ข้อห้าม")
	late.Set("words", "ยุติการห้ามทันที")
	w = o.form(sala.Translator, at, late)
	o.sees(w, http.StatusConflict, "Somebody else has changed texts", ">ข้อห้าม</textarea>", ">ยุติการห้ามทันที</textarea>", ">มีการอ่านในที่ประชุม</textarea>")
	if r, _ := stored(); r.Version != 2 {
		t.Fatalf("something was stored: %+v", r)
	}
	if w := o.form(sala.Translator, at, phraseForm(t, w)); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if r, st := stored(); r.Title["th"] != "ข้อห้าม" || r.Words["th"] != "ยุติการห้ามทันที" || r.Words["en"] != "Stop the ban <at once>" || st.Evidence["th"] == "" {
		t.Errorf("%+v, %+v", r, st)
	}
	// From the original, or from another language that was chosen.
	if w := plainly(o.get(sala.Translator, base+"en?from=th")); !strings.Contains(w, `<p lang="th">ยุติการห้ามทันที</p>`) {
		t.Error("it is not translated from Thai")
	}
	long := phraseForm(t, o.get(sala.Translator, at))
	long.Set("title", strings.Repeat("ก", 300))
	o.sees(o.form(sala.Translator, at, long), http.StatusUnprocessableEntity, "This is too long.", strings.Repeat("ก", 300))
	o.sees(o.post(sala.Translator, at, "title", "ก"), http.StatusBadRequest)
}
