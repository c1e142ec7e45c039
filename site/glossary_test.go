package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sala"
	"sala/glossary"
)

// TestGlossaryPage shows every concept in each language of the site, in the
// order of that language, with the words to avoid.
func TestGlossaryPage(t *testing.T) {
	w := open(t)
	set, err := w.network.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	concepts, err := w.words.Concepts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range set.Langs {
		rec := w.get("/" + string(lang) + "/glossary/")
		body := rec.Body.String()
		if rec.Code != http.StatusOK || strings.Contains(body, "glossary.") {
			t.Fatalf("%s: %d, or a key without words", lang, rec.Code)
		}
		for _, c := range concepts {
			if !strings.Contains(body, `id="c-`+c.ID+`"`) || !strings.Contains(body, c.Terms[lang].Use()) {
				t.Errorf("%s: no %s", lang, c.ID)
			}
		}
		rules, err := w.words.Rules(t.Context(), lang)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(body, `id="w-`); n != len(rules) {
			t.Errorf("%s: %d rules, want %d", lang, n, len(rules))
		}
		for _, other := range set.Langs {
			if !strings.Contains(body, `href="/`+string(other)+`/glossary/"`) {
				t.Errorf("%s: no way to %s", lang, other)
			}
		}
		small := w.get("/"+string(lang)+"/glossary/", "Accept-Encoding", "br")
		if n := small.Body.Len(); small.Header().Get("Content-Encoding") != "br" || n > 25<<10 {
			t.Errorf("%s: %d bytes in %q", lang, n, small.Header().Get("Content-Encoding"))
		} else {
			t.Logf("%s: %d bytes, %d compressed", lang, len(body), n)
		}
	}
	// Cambodia, Indonesia in English; กัมพูชา (ก) before จีน, ไทย (ท) before ลาว in Thai.
	for lang, words := range map[string][]string{
		"en": {"c-country.KH", "c-country.ID", "c-country.VN"},
		"th": {"c-country.KH", "c-country.CN", "c-country.TH", "c-country.LA"},
	} {
		body, last := w.get("/"+lang+"/glossary/").Body.String(), -1
		for _, id := range words {
			i := strings.Index(body, `id="`+id+`"`)
			if i < last {
				t.Errorf("%s: %s stands too early", lang, id)
			}
			last = i
		}
	}
	if rec := w.get("/en/glossary"); rec.Code != http.StatusMovedPermanently || rec.Header().Get("Location") != "/en/glossary/" {
		t.Errorf("without the slash: %d", rec.Code)
	}
	if !strings.Contains(w.get("/sitemap.xml").Body.String(), "/my/glossary/") {
		t.Error("not in the site map")
	}
	// What an editor changes shows, and cannot run.
	c := glossary.Concept{ID: "bad", Group: "work", Terms: map[sala.Lang]glossary.Term{"en": {Terms: []string{"</script><script>x"}, Definition: "<b>"}}}
	if err := w.words.SetConcept(t.Context(), editor, c); err != nil {
		t.Fatal(err)
	}
	if body := w.get("/en/glossary/").Body.String(); !strings.Contains(body, "c-bad") || strings.Contains(body, "<script>x") {
		t.Error("the change does not show, or it shows as markup")
	}
}

// TestSearchAcross offers works that use the glossary's word in another
// language, and not those that are found already.
func TestSearchAcross(t *testing.T) {
	w := open(t)
	found := func(path string) (before, across string) {
		before, across, _ = strings.Cut(w.get(path).Body.String(), `class="across"`)
		return before, across
	}
	if _, across := found("/en/search?q=weather"); across != "" {
		t.Error("something is offered where no concept is named")
	}
	// A concept of our own, whose word in Burmese is what a work is called.
	work := w.some(t, "en", "my")
	err := w.words.SetConcept(t.Context(), editor, glossary.Concept{ID: "own", Group: "work", Terms: map[sala.Lang]glossary.Term{
		"en": {Terms: []string{"zebra crossing"}}, "my": {Terms: []string{in(work, "my").Title}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	_, across := found("/en/search?q=zebra+crossings")
	if !strings.Contains(across, url.PathEscape(in(work, "my").Slug)) {
		t.Errorf("%s is not offered: %.200s", in(work, "my").Slug, across)
	}
	if !strings.Contains(across, "/en/glossary/#c-own") || !strings.Contains(across, `lang="my"`) {
		t.Error("the term is not named, or not marked")
	}
	// What the question finds by itself is not offered again.
	before, across := found("/en/search?q=" + url.QueryEscape("zebra crossing "+in(work, "en").Title))
	if !strings.Contains(before, address(in(work, "en"))) || strings.Contains(across, url.PathEscape(in(work, "my").Slug)) {
		t.Error("it is offered twice, or not found at all")
	}
}
