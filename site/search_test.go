package site_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestSearchPage finds works by what their texts say, in the languages of the
// demonstration, marks the words, and sends each reader to the text found.
func TestSearchPage(t *testing.T) {
	w := open(t)
	for _, c := range []struct{ path, want, mark string }{
		{"/en/search?q=recruitment+fees", `href="/en/`, "<mark>"},
		{"/my/search?q=%E1%80%A1%E1%80%9C%E1%80%AF%E1%80%95%E1%80%BA%E1%80%9E%E1%80%99%E1%80%AC%E1%80%B8", "/my/", "အလုပ်သမား</mark>"},
		{"/th/search?q=%E0%B9%81%E0%B8%A3%E0%B8%87%E0%B8%87%E0%B8%B2%E0%B8%99", "/th/", "แรงงาน</mark>"},
	} {
		body := w.get(c.path).Body.String()
		if !strings.Contains(body, c.want) || !strings.Contains(body, c.mark) {
			t.Errorf("%s: no %q or no %q", c.path, c.want, c.mark)
		}
	}
	for path, want := range map[string]string{
		"/en/search?q=" + strings.Repeat("long+", 2000):  "more than can be looked for",
		"/en/search?q=qqqqzzzz":                          "Nothing was found",
		"/en/search?q=%3Cscript%3Ealert(1)%3C/script%3E": "&lt;script&gt;",
		"/en/search?q=%ff%fe":                            "<h1",
		"/en/search?q=recruitment&from=99999":            "<h1",
		"/en/search?q=recruitment&lang=th":               "<h1",
	} {
		got := w.get(path)
		if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), want) || strings.Contains(got.Body.String(), "<script") {
			t.Errorf("%.60s: %d, no %q", path, got.Code, want)
		}
	}
}

// TestSearchFollows finds what was published as soon as it is, and nothing of
// what was withdrawn.
func TestSearchFollows(t *testing.T) {
	w := open(t)
	e := in(w.some(t, "en"), "en")
	ask := "/en/search?q=" + strings.ReplaceAll(e.Title, " ", "+")
	if !strings.Contains(w.get(ask).Body.String(), e.Slug) {
		t.Fatalf("%s does not find %s", ask, e.Slug)
	}
	if err := w.archive.Withdraw(t.Context(), editor, e.ID, "a test"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(w.get(ask).Body.String(), e.Slug) {
		t.Error("what was withdrawn is still found")
	}
}

// searched asks and returns the status and the page without its style, which
// a test would find anything in.
func (w *world) searched(path string) (int, string) {
	got := w.get(path)
	body := got.Body.String()
	if i := strings.Index(body, "<main"); i >= 0 {
		return got.Code, body[i:]
	}
	return got.Code, body
}

var countIn = regexp.MustCompile(`([0-9,]+) records?`)

// count is how many works a page says answer.
func count(t *testing.T, body string) int {
	t.Helper()
	m := countIn.FindStringSubmatch(body)
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var choiceIn = regexp.MustCompile(`<li><a href="([^"]+)"[^>]*>[^<]*</a> <span class="n">([0-9]+)</span>`)

// TestSearchFilters follows every filter that a page offers: it leads to as
// many works as it said, with the question kept, and lists them all.
func TestSearchFilters(t *testing.T) {
	w := open(t)
	for _, start := range []string{"/en/search?q=workers", "/en/search?kind=report&q=workers", "/en/archive/?q=workers", "/en/archive/?kind=news&q=workers"} {
		_, body := w.searched(start)
		if count(t, body) < 2 {
			t.Fatalf("%s: %d works", start, count(t, body))
		}
		choices := choiceIn.FindAllStringSubmatch(body, -1)
		if len(choices) < 10 {
			t.Fatalf("%s: %d choices", start, len(choices))
		}
		for _, c := range choices {
			path := html.UnescapeString(c[1])
			code, narrowed := w.searched(path)
			if code != http.StatusOK || strconv.Itoa(count(t, narrowed)) != c[2] {
				t.Errorf("%s said %s works, it is %d with %d", path, c[2], code, count(t, narrowed))
			}
			answers, _, _ := strings.Cut(narrowed, `class="across"`) // what the glossary adds is counted by nobody
			if n := strings.Count(answers, `<li class="row">`); strconv.Itoa(n) != c[2] && n != 20 {
				t.Errorf("%s lists %d works of %s", path, n, c[2])
			}
			if !strings.Contains(path, "q=workers") || !strings.Contains(narrowed, `value="workers"`) {
				t.Errorf("%s loses the question", path)
			}
		}
	}
	// What narrows is kept by the language switch and can be taken away.
	body := w.get("/en/search?q=workers&year=2018&kind=report").Body.String()
	for _, want := range []string{
		`href="/th/search?kind=report&amp;q=workers&amp;year=2018"`, `href="/en/search?q=workers&amp;year=2018"`, `href="/en/search?kind=report&amp;q=workers"`,
		`<input type="hidden" name="year" value="2018">`, `<meta name="robots" content="noindex">`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(body, `rel="canonical"`) {
		t.Error("a page that is not to be kept names an address to keep")
	}
	if body := w.get("/th/search?q=%E0%B9%81%E0%B8%A3%E0%B8%87%E0%B8%87%E0%B8%B2%E0%B8%99&year=2018").Body.String(); !strings.Contains(body, "<span>พ.ศ. 2561</span>") {
		t.Error("a Thai reader's year is not of their era")
	}
	for _, path := range []string{"/en/search?q=a&kind=nonsense", "/en/search?q=a&theme=nonsense", "/en/search?q=a&year=x", "/en/search?q=a&lang=%00"} {
		if code, _ := w.searched(path); code != http.StatusNotFound {
			t.Errorf("%s: %d", path, code)
		}
	}
}

// TestSearchMeant offers a misspelt question put right, and answers it where
// nothing else is found.
func TestSearchMeant(t *testing.T) {
	w := open(t)
	for path, want := range map[string]string{
		"/en/search?q=recruitmnet+fees":                 `<a href="/en/search?q=recruitment+fees">Did you mean “recruitment fees”?</a>`,
		"/en/search?q=recruitmnet+fees&kind=report":     "These are the answers for “recruitment fees”.",
		"/en/search?q=migrantworkers":                   "migrant workers”?",
		"/th/search?q=" + url.QueryEscape("แรงงาณ"):     "แรงงาน”",
		"/vi/search?q=" + url.QueryEscape("tuyen dunf"): "tuyen dụng”",
	} {
		if _, body := w.searched(path); !strings.Contains(body, want) {
			t.Errorf("%s: no %s", path, want)
		}
	}
	if _, body := w.searched("/en/search?q=recruitment+fees"); strings.Contains(body, "Did you mean") {
		t.Error("a question without a fault is put right")
	}
	// Nothing is found where another sign is all that is asked for.
	code, body := w.searched("/en/search?q=qqqqzzzz&kind=news")
	if code != http.StatusOK || !strings.Contains(body, `href="/en/archive/?kind=news"`) || strings.Contains(body, `class="row"`) {
		t.Errorf("nothing found: %d, no way into the archive", code)
	}
}

// TestArchiveWords narrows the list by every word of the texts, in the order
// of dates, and by nothing less.
func TestArchiveWords(t *testing.T) {
	w := open(t)
	_, body := w.searched("/en/archive/?q=recruitment+workers")
	if n := count(t, body); n == 0 || n != strings.Count(body, `<li class="row">`) {
		t.Errorf("%d works", n)
	}
	last := "9999"
	for _, m := range regexp.MustCompile(`<time datetime="([^"]+)">`).FindAllStringSubmatch(body, -1) {
		if m[1] > last {
			t.Errorf("%s stands below %s", m[1], last)
		}
		last = m[1]
	}
	for path, want := range map[string]string{
		"/en/archive/?q=recruitment+qqqqzzzz":             "Nothing here matches",
		"/en/archive/?q=" + strings.Repeat("long+", 2000): "more than can be looked for",
		"/en/archive/?q=workers&year=2018&month=10":       "1 record",
		"/en/archive/?q=%ff":                              "<h1",
		"/en/archive/?q=workers":                          `href="/en/search?q=workers"`,
	} {
		if code, body := w.searched(path); code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%.50s: %d, no %s", path, code, want)
		}
	}
	if feed := w.get("/en/archive/feed.json?q=recruitment+workers"); feed.Code != http.StatusOK || strings.Count(feed.Body.String(), `"date_published"`) != count(t, body) {
		t.Errorf("the feed of the list: %d with %d works of %d", feed.Code, strings.Count(feed.Body.String(), `"date_published"`), count(t, body))
	}
}

// TestSearchAnything answers whatever is asked: a page, and nothing of the
// question in the log.
func TestSearchAnything(t *testing.T) {
	w := open(t)
	var log bytes.Buffer
	w.serve(t, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	for name, q := range map[string]string{
		"bytes": "\xff\xfe\x00secretword\x80", "quotes": `"""""secretword"`, "signs": `-- ** -* "-" (|&!:*)secretword`, "controls": "secretword\x00\x01\x1b[31m\r\nX-Injected: 1",
		"one long word": strings.Repeat("secretword", 1000), "a megabyte": strings.Repeat("secretword ", 1<<20/11), "marks": "secretword" + strings.Repeat("\u0301", 4000),
		"thai": "secretword" + strings.Repeat("ก", 1300), "right to left": "\u202esecretword", "a tag": "<img src=x onerror=secretword>", "sql": `secretword' OR 1=1; DROP TABLE search_entry; --`,
		"only a star": "*", "only a minus": "-secretword", "white": " \t\n\u00a0\u3000 ",
	} {
		for _, page := range []string{"/en/search?q=", "/my/search?q=", "/en/archive/?q=", "/en/archive/feed.atom?q=", "/?s="} {
			path := page + url.QueryEscape(q)
			got := w.get(path)
			if got.Code >= 500 || got.Body.Len() == 0 && got.Code == http.StatusOK {
				t.Errorf("%s at %s: %d, %d bytes", name, page, got.Code, got.Body.Len())
			}
			if strings.Contains(page, "search") && (got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `role="search"`) || strings.Contains(got.Body.String(), "<img src=x")) {
				t.Errorf("%s at %s: %d, no form or too much", name, page, got.Code)
			}
			if got.Body.Len() > 200_000 {
				t.Errorf("%s at %s: %d bytes", name, page, got.Body.Len())
			}
		}
	}
	if _, body := w.searched("/en/search?q=" + strings.Repeat("secretword+", 2000)); !strings.Contains(body, `value="secretword secretword`) || !strings.Contains(body, "more than can be looked for") {
		t.Error("the beginning of a question that is too long is not kept")
	}
	if strings.Contains(log.String(), "secretword") {
		t.Errorf("the log holds what was asked: %.500s", log.String())
	}
	if n := count(t, w.get("/en/search?q=workers").Body.String()); n == 0 {
		t.Error("nothing is found any more")
	}
}

// TestSearchWays leads to the search from old addresses and from browsers.
func TestSearchWays(t *testing.T) {
	w := open(t)
	if got := w.get("/?s=recruitment+fees"); got.Code != http.StatusMovedPermanently || got.Header().Get("Location") != "/en/search?q=recruitment+fees" {
		t.Errorf("/?s=: %d to %s", got.Code, got.Header().Get("Location"))
	}
	got := w.get("/th/opensearch.xml")
	var d struct {
		ShortName string
		URL       struct {
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	if err := xml.Unmarshal(got.Body.Bytes(), &d); err != nil || d.ShortName == "" || !strings.HasSuffix(d.URL.Template, "/th/search?q={searchTerms}") {
		t.Errorf("%+v, %v", d, err)
	}
	if !strings.Contains(w.get("/th/").Body.String(), `href="/th/opensearch.xml"`) {
		t.Error("no page tells of the description of the search")
	}
}

// BenchmarkSearchPage makes a page of answers that is not kept.
func BenchmarkSearchPage(b *testing.B) {
	w := open(b)
	for name, q := range map[string]string{"english": "recruitment fees", "thai": "แรงงานข้ามชาติ", "misspelt": "recruitmnet fees", "narrowed": "workers&kind=report&year=2018", "nothing": "qqqqzzzz"} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++
				if got := w.get(fmt.Sprintf("/en/search?q=%s&n=%d", strings.ReplaceAll(q, " ", "+"), n)); got.Code != http.StatusOK {
					b.Fatal(got.Code)
				}
			}
		})
	}
}
