package site_test

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sala"
	"sala/archive"
	"sala/internal/i18n"
	"sala/script"
)

var demoLangs = []sala.Lang{"en", "my", "th", "km", "lo", "vi", "ja"}

// scripts are those in which a language is written. Latin is read by all:
// addresses, short names, names of people.
var scripts = map[sala.Lang][]script.Script{
	"th": {script.Thai}, "lo": {script.Lao}, "km": {script.Khmer}, "my": {script.Myanmar}, "ja": {script.Han, script.Kana}, "en": nil, "vi": nil,
}

// A reading looks at the pages as a screen reader would: which language each
// text says it is in.
type reading struct {
	t     *testing.T
	words *i18n.Catalogue
	// english are the messages that a page in another language must not say.
	english []*regexp.Regexp
	seen    map[string]bool
}

func newReading(t *testing.T) *reading {
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := &reading{t: t, words: words, seen: map[string]bool{}}
	place := regexp.MustCompile(`\\\{[a-z_]+\\\}`)
	letter := regexp.MustCompile(`\pL`)
	for _, key := range words.Keys("en") {
		if strings.HasPrefix(key, "studio.") || strings.HasPrefix(key, "account.") || strings.HasPrefix(key, "editor.") {
			continue // no reader's page says it
		}
		for _, args := range [][]any{{}, {"n", 1}} {
			text, _ := words.Text("en", key, args...)
			bare := place.ReplaceAllString(regexp.QuoteMeta(text), "")
			if letter.MatchString(bare) {
				r.english = append(r.english, regexp.MustCompile(`^`+place.ReplaceAllString(regexp.QuoteMeta(text), `.+`)+`$`))
			}
		}
	}
	return r
}

func (r *reading) fault(path, format string, args ...any) {
	r.t.Helper()
	r.t.Errorf("%s: %s", path, fmt.Sprintf(format, args...))
}

// page reads one page whole.
func (r *reading) page(path string, rec *httptest.ResponseRecorder) {
	r.t.Helper()
	doc, err := html.Parse(strings.NewReader(rec.Body.String()))
	if err != nil {
		r.fault(path, "%v", err)
		return
	}
	r.node(path, doc, "", "")
}

// node reads an element; page is the language of the page, in that of the
// nearest element that says one.
func (r *reading) node(path string, n *html.Node, page, in sala.Lang) {
	switch n.Type {
	case html.ElementNode:
		if n.Data == "style" || n.Data == "script" {
			return
		}
		for _, a := range n.Attr {
			if a.Key == "lang" {
				in = sala.Lang(a.Val)
			}
		}
		if n.Data == "html" {
			page = in
			u, err := url.Parse(path)
			if err != nil {
				r.fault(path, "%v", err)
				return
			}
			want := sala.Lang(strings.Split(u.Path, "/")[1])
			if hl := u.Query().Get("hl"); hl != "" {
				want = sala.Lang(hl)
			}
			if slices.Contains(demoLangs, want) && page != want {
				r.fault(path, "the page is in %q, want %q", page, want)
			}
		}
		for _, a := range n.Attr {
			if a.Key == "aria-label" || a.Key == "title" || a.Key == "placeholder" || a.Key == "alt" {
				r.text(path, a.Key, a.Val, page, in)
			}
		}
	case html.TextNode:
		r.text(path, n.Parent.Data, strings.TrimSpace(n.Data), page, in)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(path, c, page, in)
	}
}

func (r *reading) text(path, where, text string, page, in sala.Lang) {
	r.t.Helper()
	if text == "" || r.seen[string(page+in)+text] {
		return
	}
	r.seen[string(page+in)+text] = true
	if want, known := scripts[in]; known && where != "title" { // a title may hold the name of the network in another language
		for _, run := range script.AppendRuns(nil, text) {
			if run.Script != script.Latin && run.Script != script.Common && !slices.Contains(want, run.Script) {
				r.fault(path, "%s of lang=%s holds %s: %.60q", where, in, run.Script, text)
				break
			}
		}
	}
	if page == "en" || page == "" || in == "en" && where != "span" {
		return
	}
	for _, said := range r.english {
		if said.MatchString(text) {
			r.fault(path, "%s of lang=%s says %.60q in English (%s)", where, in, text, said)
			break
		}
	}
}

// TestEveryKindInEveryLanguage renders each kind of page in every language
// with the longest text there is.
func TestEveryKindInEveryLanguage(t *testing.T) {
	w := open(t)
	r := newReading(t)
	list, err := w.archive.Works(t.Context(), archive.Filter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	long := map[sala.Lang]archive.Edition{}
	size := map[sala.Lang]int{}
	for _, work := range list.Works {
		for _, e := range work.Editions {
			_, edition, err := w.archive.WorkByAddress(t.Context(), e.Lang, e.PubDay.Year, e.Slug)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(edition.Body.Plain()); n > size[e.Lang] {
				long[e.Lang], size[e.Lang] = edition, n
			}
		}
	}
	w.correct(t, long["en"])
	gone := list.Works[slices.IndexFunc(list.Works, func(work archive.Work) bool {
		return !slices.ContainsFunc(work.Editions, func(e archive.Edition) bool { return e.ID == long[e.Lang].ID })
	})]
	for _, e := range gone.Editions {
		if err := w.archive.Withdraw(t.Context(), editor, e.ID, "names a child"); err != nil {
			t.Fatal(err)
		}
	}
	files, err := w.media.Public(t.Context(), "", 2)
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no files")
	}
	for _, lang := range demoLangs {
		l := string(lang)
		visit := map[string]int{
			"/" + l + "/": 200, "/" + l + "/archive/": 200, "/" + l + "/archive/?year=2019": 200, "/" + l + "/archive/?kind=statement&lang=my": 200,
			"/" + l + "/archive/?q=x": 200, "/" + l + "/archive/activities/": 200, "/" + l + "/search": 200, "/" + l + "/search?q=" + url.QueryEscape(long[lang].Title): 200,
			"/" + l + "/search?q=qqqqzz": 200, "/" + l + "/search?q=" + strings.Repeat("word+", 2000): 200, "/" + l + "/nothing": 404,
			"/" + l + "/files/" + string(files[0].ID): 200, "/" + l + "/files/" + string(files[1].ID): 200,
			address(long["en"]) + "?v=1&hl=" + l: 200, address(gone.Editions[0]) + "?hl=" + l: 410,
		}
		for _, e := range long {
			visit[address(e)+"?hl="+l] = 200
		}
		for path, want := range visit {
			rec := w.get(path)
			if rec.Code != want {
				t.Errorf("%.80s: %d, want %d", path, rec.Code, want)
				continue
			}
			r.page(path, rec)
		}
	}
}
