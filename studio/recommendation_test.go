package studio

import (
	"net/url"
	"strings"
	"testing"

	"sala"
	"sala/directory"
	"sala/tracker"
)

// TestMergeFollowsAsks: what was asked of an organisation that is merged into
// another is asked of that one.
func TestMergeFollowsAsks(t *testing.T) {
	o := opened(t, withDirectory)
	var ids []sala.ID
	for _, name := range []string{"Labour Ministry", "Ministry of Labour", "Ministry of Work"} {
		id, err := o.Directory.AddOrganisation(t.Context(), by(sala.Editor), directory.Organisation{Name: sala.Text{"en": name}, Kind: directory.Ministry})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	w := o.post(sala.Editor, "/studio/recommendations", "original", "en", "words-en", "Permits must run on", "addressee", "Labour Ministry", "source", "A statement <https://example.org/statement>", "asked", "2018")
	o.sees(w, 303)
	id := entryAt(t, w.Header().Get("Location"))
	addressed := func() tracker.Party {
		t.Helper()
		r, err := o.Tracker.Open(t.Context(), by(sala.Editor), id)
		if err != nil || len(r.Addressed) != 1 {
			t.Fatalf("asked of %+v, %v", r.Addressed, err)
		}
		return r.Addressed[0]
	}
	at := func(i int) string { return "/studio/directory/organisations/" + string(ids[i]) + "/merge" }
	o.sees(o.post(sala.Editor, at(0), "into", string(ids[0])), 422, "cannot be merged into itself")
	if p := addressed(); p.Organisation != ids[0] {
		t.Errorf("a merge that was refused left %+v", p)
	}
	o.sees(o.post(sala.Editor, at(0), "into", string(ids[1])), 303)
	if p := addressed(); p.Organisation != ids[1] || p.Said["en"] != "Labour Ministry" {
		t.Errorf("merged, it is asked of %+v", p)
	}
	o.sees(o.post(sala.Editor, at(1), "into", string(ids[2])), 303)
	if p := addressed(); p.Organisation != ids[2] {
		t.Errorf("merged again, it is asked of %+v", p)
	}
}

// TestRecommendation does what an editor does with one: enter it from a
// document on paper, add a step with evidence, publish, correct, take back.
func TestRecommendation(t *testing.T) {
	o := opened(t, withDirectory)
	ministry, err := o.Directory.AddOrganisation(t.Context(), by(sala.Editor), directory.Organisation{Name: sala.Text{"en": "Ministry of Labour"}, Short: sala.Text{"en": "MOL"}, Kind: directory.Ministry})
	if err != nil {
		t.Fatal(err)
	}
	form := []string{"original", "en", "words-en", "Bans must be assessed before they are imposed", "addressee", "MOL\nASEAN member states", "source", "Statement of a workshop <https://example.org/statement>",
		"asked", "2018-11-03", "number", "4", "codes", "gcm 5, C189 th"}
	// What is wrong is said by its field, and nothing that was typed is lost.
	wrong := append([]string{}, form...)
	wrong[9], wrong[13] = "31 February", "sdg 99"
	w := o.post(sala.Editor, "/studio/recommendations", wrong...)
	o.sees(w, 422, "31 February", "sdg 99", "Bans must be assessed", `id="asked-fault"`, `id="codes-fault"`)
	w = o.post(sala.Editor, "/studio/recommendations", form...)
	o.sees(w, 303)
	at := w.Header().Get("Location")
	id := entryAt(t, at)
	r, err := o.Tracker.Open(t.Context(), by(sala.Editor), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Addressed) != 2 || r.Addressed[0].Organisation != ministry || r.Addressed[1].Said["en"] != "ASEAN member states" || r.Source.Address != "https://example.org/statement" || len(r.Codes) != 2 {
		t.Errorf("stored %+v", r)
	}
	o.sees(o.get(sala.Editor, at), 200, "Ministry of Labour", "Statement of a workshop &lt;https://example.org/statement&gt;", "GCM 5")

	o.sees(o.post(sala.Editor, at+"/steps", "state", "adopted", "day", "2018-11-04"), 422, "needs a source")
	o.sees(o.post(sala.Editor, at+"/steps", "state", "adopted", "day", "2018-11-04", "evidence", "It stands in the statement", "step-number", "2–7", "adopted", "Bans have to be assessed"), 303)
	o.sees(o.post(sala.Editor, at+"/publish"), 303)
	if r, err = o.Tracker.Public(t.Context(), id); err != nil || r.State != tracker.Adopted {
		t.Errorf("state %s, %v", r.State, err)
	}
	o.sees(o.get(sala.Editor, at), 200, "It stands in the statement", "editor")

	// A stale form keeps both texts.
	changed := append([]string{"version", "1"}, form...)
	changed[4] = "words-en"
	changed[5] = "Bans must be weighed"
	o.sees(o.post(sala.Editor, at, changed...), 303)
	changed[5] = "Bans must be measured"
	o.sees(o.post(sala.Editor, at, changed...), 409, "Bans must be weighed", "Bans must be measured")

	o.sees(o.post(sala.Editor, at+"/owner", "me", "1", "next", "2026-01-31"), 303)
	o.sees(o.get(sala.Editor, "/studio/recommendations?show=due"), 200, "Bans must be weighed")
	if w := o.get(sala.Editor, "/studio/recommendations?show=ownerless"); strings.Contains(w.Body.String(), "Bans must be weighed") {
		t.Error("one with an owner is ownerless")
	}
	// A colleague's name is that colleague, also when only the day is changed.
	for _, day := range []string{"2026-02-28", "2026-03-31"} {
		o.sees(o.post(sala.Editor, at+"/owner", "owner", "Admin", "next", day), 303)
		o.sees(o.get(sala.Admin, "/studio/recommendations?show=mine"), 200, "Bans must be weighed")
	}
	o.sees(o.get(sala.Editor, at), 200, `<option value="admin">`)
	o.sees(o.post(sala.Editor, at+"/owner", "owner", "Somebody at the office", "next", ""), 303)
	if w := o.get(sala.Admin, "/studio/recommendations?show=mine"); strings.Contains(w.Body.String(), "Bans must be weighed") {
		t.Error("one that was handed over is still the admin's")
	}
	o.sees(o.post(sala.Editor, at+"/withdraw", "why", ""), 422)
	o.sees(o.post(sala.Editor, at+"/withdraw", "why", "Entered twice"), 303)
	o.sees(o.get(sala.Editor, "/studio/recommendations?show=withdrawn"), 200, "Bans must be weighed")
}

// TestRecommendationRoles refuses each role what it may not, as if it were not
// there.
func TestRecommendationRoles(t *testing.T) {
	o := opened(t, withDirectory)
	id, err := o.Tracker.New(t.Context(), by(sala.Editor), tracker.Recommendation{
		Words: sala.Text{"en": "Stop"}, Original: "en", Source: tracker.Source{Name: sala.Text{"en": "A letter"}}, Addressed: []tracker.Party{{Said: sala.Text{"en": "Them"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	at := recommendationPath(id)
	for _, address := range []string{at + "/steps", at + "/owner", at + "/publish", at + "/withdraw", at + "/part", "/studio/recommendations/alike", "/studio/recommendations/numbers", "/studio/ratifications", "/studio/figures"} {
		for _, role := range []sala.Role{sala.Contributor, sala.Translator} {
			o.sees(o.post(role, address, "state", "adopted", "evidence", "x", "why", "x"), 404)
		}
	}
	o.sees(o.get(sala.Contributor, at), 404)
	o.sees(o.get(sala.Contributor, "/studio/replies"), 404)
	if w := o.get(sala.Contributor, "/studio/recommendations"); w.Code != 200 || strings.Contains(w.Body.String(), at) {
		t.Errorf("a contributor lists another's draft: %d", w.Code)
	}
}

// TestTrackerScreens decides on pairs, gives numbers, moderates a reply,
// settles a review and enters a figure.
func TestTrackerScreens(t *testing.T) {
	o := opened(t, withDirectory)
	ctx := t.Context()
	var ids []sala.ID
	for _, words := range []string{"Thailand should ratify Convention 188 on fishing without delay", "Thailand should ratify Convention 188 on fishing at last"} {
		id, err := o.Tracker.New(ctx, by(sala.Editor), tracker.Recommendation{
			Words: sala.Text{"en": words}, Original: "en", Number: "7", Source: tracker.Source{Name: sala.Text{"en": "Letter: " + words}}, Addressed: []tracker.Party{{Said: sala.Text{"en": "Thailand"}}},
			Codes: []tracker.Code{{Framework: tracker.ILO, Code: "C188", Country: "th"}},
		})
		if err == nil {
			err = o.Tracker.Publish(ctx, by(sala.Editor), id)
		}
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	o.sees(o.get(sala.Editor, "/studio/recommendations/alike"), 200, string(ids[0]), string(ids[1]), "Asked of: Thailand")
	o.sees(o.post(sala.Editor, "/studio/recommendations/alike", "a", string(ids[0]), "b", string(ids[1]), "verdict", "again"), 303)

	docs, err := o.Tracker.AllDocuments(ctx, by(sala.Editor))
	if err != nil || len(docs) != 2 {
		t.Fatal(docs, err)
	}
	from := string(docs[0].ID)
	w := o.get(sala.Editor, "/studio/recommendations/numbers?"+url.Values{"from": {from}}.Encode())
	of := ids[0]
	if strings.Contains(w.Body.String(), string(ids[1])) {
		of = ids[1]
	}
	o.sees(o.post(sala.Editor, "/studio/recommendations/numbers", "from", from, "recommendation", string(of), "number-"+string(of), "9"), 422, `value="9"`)
	o.sees(o.post(sala.Editor, "/studio/recommendations/numbers", "from", from, "document", "The final statement", "recommendation", string(of), "number-"+string(of), "9"), 303)
	if numbers, _, err := o.Tracker.NumbersOf(ctx, []sala.ID{of}); err != nil || len(numbers) != 2 {
		t.Errorf("numbers %v, %v", numbers, err)
	}

	o.sees(o.post(sala.Contributor, recommendationPath(ids[0])+"/replies", "by", "Ministry", "reply-day", "2020-05-01", "reply", "We look into it", "reply-lang", "en"), 303)
	w = o.get(sala.Editor, "/studio/replies")
	o.sees(w, 200, "We look into it")
	waiting, err := o.Tracker.AllReplies(ctx, by(sala.Editor), "")
	if err != nil || len(waiting) != 1 {
		t.Fatal(waiting, err)
	}
	reply := "/studio/replies/" + string(waiting[0].ID)
	o.sees(o.post(sala.Translator, reply, "version", "1", "do", "show"), 404)
	// What was answered is put into other languages beside what was asked.
	words := "reply/" + string(waiting[0].ID) + "/words"
	at := recommendationTranslateAt(ids[0]) + "th"
	if page := o.get(sala.Translator, "/studio/replies"); strings.Contains(page.Body.String(), `value="show"`) || !strings.Contains(page.Body.String(), `#`+words+`"`) {
		t.Error("a translator is offered to decide, or not to translate")
	}
	form := phraseForm(t, o.get(sala.Translator, at))
	form.Set(words, "กำลังพิจารณา")
	if w := o.form(sala.Translator, at, form); w.Code != 303 {
		t.Fatal(w.Code, w.Body)
	}
	if page := o.get(sala.Editor, "/studio/replies"); !strings.Contains(plainly(page), "กำลังพิจารณา") {
		t.Error("an editor does not see what was put beside it")
	}
	o.sees(o.post(sala.Editor, reply, "version", "1", "do", "show"), 422) // of what was there before
	o.sees(o.post(sala.Editor, reply, "version", "2", "do", "show"), 303)
	if shown, err := o.Tracker.Replies(ctx, ids[0]); err != nil || len(shown) != 1 || shown[0].Words["th"] == "" {
		t.Errorf("shown %v, %v", shown, err)
	}

	o.sees(o.post(sala.Editor, "/studio/ratifications", "country", "TH", "convention", "c188", "status", "ratified", "source", "https://normlex.ilo.org/"), 422, `id="day-fault"`, "https://normlex.ilo.org/")
	o.sees(o.post(sala.Editor, "/studio/ratifications", "country", "Thailand", "convention", "c188", "status", "ratified", "day", "2019-01-30", "source", "https://normlex.ilo.org/"), 303)
	o.sees(o.get(sala.Editor, "/studio/ratifications"), 200, `<a href="https://normlex.ilo.org/">https://normlex.ilo.org/</a>`, ">Thailand</td>")
	reviews, err := o.Tracker.Reviews(ctx, by(sala.Editor))
	if err != nil || len(reviews) != 2 {
		t.Fatal(reviews, err)
	}
	o.sees(o.get(sala.Editor, "/studio/"), 200, "/studio/replies")
	o.sees(o.post(sala.Editor, "/studio/reviews/"+string(reviews[0].ID), "do", "done"), 303)
	if r, err := o.Tracker.Public(ctx, reviews[0].Recommendation.ID); err != nil || r.State != tracker.Implemented {
		t.Errorf("state %s, %v", r.State, err)
	}

	o.sees(o.post(sala.Editor, "/studio/figures", "what", "Migrants in Japan", "value", "many", "source", "A report"), 422, `id="value-fault"`)
	measures, err := o.Tracker.Measures(ctx, by(sala.Editor), true)
	if err != nil || len(measures) != 1 {
		t.Fatal(measures, err)
	}
	o.sees(o.post(sala.Editor, "/studio/figures", "measure", string(measures[0].ID), "value", "9,000", "qualifier", "about", "as_of", "2019-02", "source", "A report"), 303)
	o.sees(o.get(sala.Editor, "/studio/figures"), 200, ">about 9,000</a>", "Migrants in Japan")
	// What is counted is one, however often it is typed anew.
	o.sees(o.post(sala.Editor, "/studio/figures", "what", "migrants  in Japan", "value", "၁၂၀၀၀", "source", "Another report"), 303)
	if measures, err = o.Tracker.Measures(ctx, by(sala.Editor), true); err != nil || len(measures) != 1 {
		t.Errorf("%d measures, %v", len(measures), err)
	}
	o.sees(o.get(sala.Editor, "/studio/figures"), 200, ">12,000</a>")
}

// TestAskOfNobodyKnown says which of those who are asked stand in no entry of
// the directory, and whether readers see it.
func TestAskOfNobodyKnown(t *testing.T) {
	o := opened(t, withDirectory)
	ministry, err := o.Directory.AddOrganisation(t.Context(), by(sala.Editor), directory.Organisation{Name: sala.Text{"en": "Ministry of Harbours"}, Kind: directory.Ministry})
	if err != nil {
		t.Fatal(err)
	}
	form := []string{"original", "en", "words-en", "Light the harbour.", "addressee", "Ministry of Harbours\nMinistry of Habours", "source", "A letter", "asked", "5 August 2018"}
	w := o.post(sala.Editor, "/studio/recommendations", form...)
	o.sees(w, 303)
	o.sees(o.get(sala.Editor, w.Header().Get("Location")), 200, `<span class="tick old">Draft</span>`, "Not in the directory, kept as words: Ministry of Habours<")
	o.sees(o.get(sala.Editor, "/studio/directory/organisations/"+string(ministry)), 200, `href="/studio/recommendations?of=Ministry`+"+of+Harbours\"", `href="/en/recommendations/pack?addressee=`+string(ministry)+`"`)
	// Who follows it up stays typed beside a day that is none.
	o.sees(o.post(sala.Editor, w.Header().Get("Location")+"/owner", "owner", "Auntie Gull", "next", "31 February 2027"), 422, `value="Auntie Gull"`, `value="31 February 2027"`, `id="next-fault"`)
	o.sees(o.get(sala.Editor, "/studio/recommendations?of=Ministry+of+Habours"), 200, "No organisation in the directory has this name")
	// What is wrong elsewhere opens no languages in which nothing was said.
	w = o.post(sala.Editor, "/studio/recommendations", append(form, "asked", "5 August 2018", "words-th", "", "title-th", "")[2:]...)
	if strings.Contains(w.Body.String(), "<details open") {
		t.Error("other languages are open, and nothing is said in them")
	}
}
