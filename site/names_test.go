package site_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestDocumentNames names a document in the reader's language wherever it is
// cited, and in its own where it has no name in that.
func TestDocumentNames(t *testing.T) {
	w := open(t)
	a := w.asks(t)
	all, err := w.tracker.NameWordings(t.Context(), editor, "th", "en")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, name := range all {
		if name.Source == "The statement of the forum" {
			names[name.Key] = "แถลงการณ์ของเวที"
		}
	}
	if err := w.tracker.TranslateNames(t.Context(), editor, "th", nil, names); err != nil || len(names) != 1 {
		t.Fatal(all, err)
	}
	for path, want := range map[string]string{
		"/th/recommendations/" + a.first.Slug: "แถลงการณ์ของเวที", "/th/recommendations.json": "แถลงการณ์ของเวที", "/th/recommendations/documents": "แถลงการณ์ของเวที",
		"/en/recommendations/" + a.first.Slug: "The statement of the forum", "/en/recommendations.json": "The statement of the forum",
	} {
		page := w.get(path)
		body := strings.ReplaceAll(page.Body.String(), "<wbr>", "")
		if page.Code != http.StatusOK || !strings.Contains(body, want) || want[0] != 'T' && strings.Contains(body, "The statement of the forum") {
			t.Errorf("%s: %d, it does not name the document %q alone", path, page.Code, want)
		}
	}
}
