package site_test

import (
	"net/http"
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
		"/en/search?q=recruitment&in=th":                 "<h1",
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
