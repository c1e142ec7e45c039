package site_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/internal/richtext"
	"sala/script"
)

// names is how one migrant returnee is written in each language of the site.
var names = sala.Text{
	"en": "Kyawt Kyawt Aung", "my": "ကျော့ကျော့အောင်", "th": "จ่อจ่ออ่อง", "km": "ចូចូអោង", "lo": "ຈໍຈໍອອງ", "vi": "Kiều Ánh Nguyệt", "ja": "チョーチョーアウン",
}

// told are the words in which a text tells of somebody.
var told = map[sala.Lang]string{
	"en": "Ms. NAME, a returnee, spoke. *NA*ME’s words: “NAME”.", "my": "ဒေါ်NAMEက ပြောသည်။", "th": "นางสาวNAMEกล่าวว่า", "km": "កញ្ញា NAME បាននិយាយ", "lo": "ນາງNAMEກ່າວ",
	"vi": "Bà NAME nói.", "ja": "NAMEさんは話した。",
}

var anyTag = regexp.MustCompile(`<[^>]*>`)

// naming returns the names that an answer says, however it writes them.
func naming(body string) []string {
	var found []string
	bare := script.Normalize(strings.ReplaceAll(html.UnescapeString(html.UnescapeString(anyTag.ReplaceAllString(html.UnescapeString(body), ""))), "<wbr>", ""))
	raw := script.Normalize(body)
	for lang, name := range names {
		escaped, _ := json.Marshal(name)
		for _, form := range []string{script.Normalize(name), script.Normalize(string(escaped)), url.QueryEscape(name), url.PathEscape(name)} {
			if form = strings.Trim(form, `"`); strings.Contains(bare, form) || strings.Contains(raw, form) || strings.Contains(body, form) {
				found = append(found, string(lang)+" "+name)
				break
			}
		}
	}
	slices.Sort(found)
	return found
}

// tell makes two public versions of an edition that name somebody.
func (w *world) tell(t testing.TB, e archive.Edition) {
	t.Helper()
	name := names[e.Lang]
	half := strings.SplitAfterN(name, " ", 2)
	text := strings.ReplaceAll(told[e.Lang], "*NA*ME", "*"+half[0]+"*"+strings.Join(half[1:], ""))
	text = strings.ReplaceAll(text, "NAME", name)
	revision := e.Revision
	for _, more := range []string{"", "\n\n> " + text} {
		body, _ := richtext.FromMarkdown(text+more, richtext.HTMLOptions{Seed: "n"})
		next, err := w.archive.Revise(t.Context(), editor, e.ID, revision, archive.Text{
			Title: name, Summary: text, Body: body, Note: "n",
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.archive.Publish(t.Context(), editor, e.ID); err != nil {
			t.Fatal(err)
		}
		revision = next
	}
}

// TestCanary shows nobody who may not be shown: with every cache warm, a crawl
// of pages, old versions, feeds, citations, searches and site maps meets the
// name of a protected person in no script, from the very next answer on.
func TestCanary(t *testing.T) {
	w := open(t)
	var more []string
	seen := map[sala.Lang]bool{}
	for _, work := range []archive.Work{w.some(t, "en", "my", "th"), w.some(t, "en", "km"), w.some(t, "en", "vi"), w.some(t, "en", "ja"), w.some(t, "en", "lo")} {
		for _, e := range work.Editions {
			if seen[e.Lang] || names[e.Lang] == "" {
				continue
			}
			seen[e.Lang] = true
			w.tell(t, e)
			for _, end := range []string{"", "?v=1", "?v=2", "?v=3", ".bib", ".ris", "?hl=en"} {
				more = append(more, address(e)+end)
			}
			l := "/" + string(e.Lang)
			more = append(more, l+"/feed.atom", l+"/feed.rss", l+"/feed.json", l+"/archive/feed.json", l+"/search?q="+url.QueryEscape(`"`), l+"/archive/?q="+url.QueryEscape("spoke"))
		}
	}
	if len(seen) != len(names) {
		t.Fatalf("the demonstration has works in %d languages of %d", len(seen), len(names))
	}
	asked := map[string]bool{}
	for _, l := range []string{"en", "th", "my"} {
		for _, name := range names {
			for _, q := range []string{name, name + "x", strings.Fields(name)[0]} {
				path := "/" + l + "/search?q=" + url.QueryEscape(q)
				asked[path] = true
				more = append(more, path)
			}
		}
	}
	visit := func(all bool, f func(path, body string)) {
		one := func(path string, rec *httptest.ResponseRecorder) {
			if rec.Code >= 500 {
				t.Errorf("%s: %d", path, rec.Code)
			}
			// What a reader typed stands in the form, and says nothing.
			f(path, strings.ReplaceAll(rec.Body.String(), "\u200b", ""))
		}
		for _, path := range more {
			one(path, w.get(path))
		}
		if all {
			w.crawl(t, one)
		}
	}
	hits := map[string]bool{}
	visit(true, func(path, body string) {
		if !asked[path] && len(naming(body)) > 0 {
			hits[path] = true
		}
	})
	if len(hits) < 30 {
		t.Fatalf("only %d answers name her while she may be named", len(hits))
	}
	for path := range hits {
		more = append(more, path)
	}
	// The list of works that say every word: a search gives what comes near, too.
	found := func(q string) bool {
		return strings.Contains(w.get("/en/archive/?q="+url.QueryEscape(q)).Body.String(), `class="row"`)
	}
	if !found(names["en"]) {
		t.Error("she is not found while she may be named")
	}
	id, err := w.people.AddPerson(t.Context(), editor, directory.Person{Name: names, First: sala.Text{"en": "Kyawt"}, Kind: directory.MigrantWorker})
	if err != nil {
		t.Fatal(err)
	}
	silent := func(when string, all bool) {
		t.Helper()
		visit(all, func(path, body string) {
			if asked[path] {
				body = echo.ReplaceAllString(body, "")
			}
			if said := naming(body); len(said) > 0 {
				t.Errorf("%s: %s names %q", when, path, said)
			}
		})
		for _, name := range names {
			if found(name) {
				t.Errorf("%s: %q is found", when, name)
			}
		}
	}
	silent("by role", true)
	page := w.get(more[0]).Body.String()
	if !strings.Contains(page, "[a migrant worker]") && !strings.Contains(page, "[ရွှေ့ပြောင်း") && !strings.Contains(page, "[แรงงาน") {
		t.Errorf("%s does not say what stands for her", more[0])
	}
	if err := w.people.Show(t.Context(), editor, id, directory.Hidden); err != nil {
		t.Fatal(err)
	}
	silent("hidden", false)
	if err := w.people.Show(t.Context(), editor, id, directory.FirstName); err != nil {
		t.Fatal(err)
	}
	silent("by first name", false)
	if err := w.people.Show(t.Context(), editor, id, directory.InFull); err != nil {
		t.Fatal(err)
	}
	for path := range hits {
		if len(naming(w.get(path).Body.String())) == 0 {
			t.Errorf("%s does not name her again", path)
		}
	}
	if !found(names["en"]) {
		t.Error("she is not found again")
	}
}

// echo is what a page of answers repeats of the question: in the form, in the
// links that keep it, and in the sentence that says what was found.
var echo = regexp.MustCompile(`(?s)value="[^"]*"|href="[^"]*"|<p role="status">.*?</p>`)

// TestVeiledForms are well formed with somebody covered in them.
func TestVeiledForms(t *testing.T) {
	w := open(t)
	w.tell(t, in(w.some(t, "en", "my"), "en"))
	if _, err := w.people.AddPerson(t.Context(), editor, directory.Person{
		Name: names, Kind: directory.MigrantWorker, Role: sala.Text{"en": `a <nurse> & "cook", {returned}`},
	}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/en/feed.atom", "/en/feed.rss"} {
		d := xml.NewDecoder(strings.NewReader(w.get(path).Body.String()))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
		}
	}
	body := w.get("/en/feed.json").Body.Bytes()
	if !json.Valid(body) || !strings.Contains(string(body), "nurse") {
		t.Error("the JSON feed is broken, or does not hold the role")
	}
	if page := w.get(address(in(w.some(t, "en", "my"), "en"))).Body.String(); strings.Contains(page, "<nurse>") || !strings.Contains(page, "[a &lt;nurse&gt; &amp;") {
		t.Error("a role became an element")
	}
}

// BenchmarkVeiled is the page of a work with nobody and with two hundred
// protected, made anew each time.
func BenchmarkVeiled(b *testing.B) {
	w := open(b)
	path := address(in(w.some(b, "en", "my"), "en"))
	made := func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			if rec := w.get(path + "?once=" + strconv.Itoa(n)); rec.Code != 200 {
				b.Fatal(rec.Code)
			}
		}
	}
	b.Run("nobody", made)
	for i := range 200 {
		if _, err := w.people.AddPerson(b.Context(), editor, directory.Person{Name: sala.Text{"en": "Somebody " + strings.Repeat("x", i+1)}, Kind: directory.MigrantWorker}); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("two hundred", made)
}
