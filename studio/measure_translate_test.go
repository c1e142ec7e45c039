package studio

import (
	"net/http"
	"strings"
	"testing"

	"sala"
	"sala/tracker"
)

// TestMeasuresTranslated says in a language what figures count.
func TestMeasuresTranslated(t *testing.T) {
	o := opened(t, withDirectory)
	ctx := t.Context()
	if w := o.get(sala.Translator, "/studio/recommendations"); strings.Contains(w.Body.String(), "/studio/measures/") {
		t.Error("nothing is counted, and a page of it is offered")
	}
	o.sees(o.get(sala.Translator, "/studio/measures/th"), http.StatusOK)
	id, err := o.Tracker.SetMeasure(ctx, by(sala.Editor), tracker.Measure{What: sala.Text{"en": "Nets <mended>"}, Unit: sala.Text{"en": "nets"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"/studio/measures/vi", "/studio/measures/TH"} {
		o.sees(o.get(sala.Translator, at), http.StatusNotFound)
	}
	o.sees(o.get(sala.Contributor, "/studio/measures/th"), http.StatusNotFound)
	o.sees(o.post(sala.Contributor, "/studio/measures/th"), http.StatusNotFound)
	o.sees(o.get(sala.Translator, "/studio/recommendations"), http.StatusOK, `href="/studio/measures/th"`)
	o.sees(o.get(sala.Editor, "/studio/figures"), http.StatusOK, `href="/studio/measures/th"`)
	if w := o.get(sala.Contributor, "/studio/recommendations"); strings.Contains(w.Body.String(), "/studio/measures/") {
		t.Error("a contributor is offered what they may not do")
	}
	page := o.get(sala.Translator, "/studio/measures/th")
	o.sees(page, http.StatusOK, "Nets &lt;mended&gt;", "0 of 2 texts")
	what, unit := "measure/"+string(id)+"/what", "measure/"+string(id)+"/unit"
	form, late := phraseForm(t, page), phraseForm(t, page)
	form.Set(what, "อวนที่ปะแล้ว")
	if w := o.form(sala.Translator, "/studio/measures/th", form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	late.Set(what, "อวน")
	late.Set(unit, "ผืน")
	w := o.form(sala.Translator, "/studio/measures/th", late)
	o.sees(w, http.StatusConflict, "Somebody else has changed texts", ">อวน</textarea>", ">ผืน</textarea>")
	if !strings.Contains(plainly(w), ">อวนที่ปะแล้ว</q>") {
		t.Error("what stands there now is not told")
	}
	if w := o.form(sala.Translator, "/studio/measures/th", phraseForm(t, w)); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	all, err := o.Tracker.Measures(ctx, by(sala.Editor), true)
	if err != nil || len(all) != 1 || all[0].What["th"] != "อวน" || all[0].Unit["th"] != "ผืน" || all[0].What["en"] != "Nets <mended>" {
		t.Errorf("%+v, %v", all, err)
	}
	long := phraseForm(t, o.get(sala.Translator, "/studio/measures/th"))
	long.Set(unit, strings.Repeat("ก", 1000))
	o.sees(o.form(sala.Translator, "/studio/measures/th", long), http.StatusUnprocessableEntity, "This is too long.", strings.Repeat("ก", 1000))
}
