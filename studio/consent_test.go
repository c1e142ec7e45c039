package studio_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// A testimony goes out only with a consent, goes at once when that is taken
// back, and the name of who gave it is read by nobody outside.
func TestTestimony(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := roomOver(t, d)
		editor, writer, reader := r.person(t, "editor", sala.Editor), r.person(t, "writer", sala.Contributor), r.nobody(t)
		path := writer.begin("Testimonyword")
		work := path[:strings.LastIndex(path, "/")]
		status, body := writer.post(path, writer.text(path, "Testimonyword", "Storyword of mine."))
		writer.want(http.StatusSeeOther, status, body)
		_, body = writer.get(work)
		status, body = writer.post(work, url.Values{"was": {field(t, body, "was")}, "kind": {"statement"}, "testimony": {"1"}})
		writer.want(http.StatusSeeOther, status, body)
		if _, body := writer.get(work); !strings.Contains(body, "nobody’s consent is recorded") || strings.Contains(body, "/consents") {
			t.Errorf("the writer's fields: %s", body)
		}
		for _, do := range []string{"publish", "schedule"} {
			status, body := editor.step(path, do, "day", "2999-01-01", "hour", "09:00")
			if status != http.StatusUnprocessableEntity || !strings.Contains(body, "nobody’s consent is recorded") {
				t.Errorf("%s without a consent: %d %s", do, status, body)
			}
		}
		consent := url.Values{"person": {"Secretname"}, "given": {"2026-02-01"}, "scope": {"site"}, "note": {"Secretnote"}}
		if status, _ := writer.post(work+"/consents", consent); status != http.StatusNotFound {
			t.Errorf("a contributor records a consent: %d", status)
		}
		if status, body := editor.post(work+"/consents", url.Values{"given": {"soon"}, "scope": {"site"}, "person": {"Typed"}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, `value="Typed"`) {
			t.Errorf("a bad consent: %d %s", status, body)
		}
		status, body = editor.post(work+"/consents", consent)
		editor.want(http.StatusSeeOther, status, body)
		status, body = editor.step(path, "publish")
		editor.want(http.StatusSeeOther, status, body)
		if err := r.index.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		public := "/en/" + strconv.Itoa(d.Now().Year()) + "/testimonyword"
		more := []string{public, public + "?v=1", "/en/search?q=storyword", "/?s=storyword", "/id/" + strings.TrimPrefix(work, "/studio/works/"), "/wp-json/wp/v2/posts"}
		found := 0
		walked := r.walk(reader, more, func(address, body string) {
			if strings.Contains(body, "Storyword of mine") {
				found++
			}
			if strings.Contains(body, "Secretn") {
				t.Errorf("%s names who agreed", address)
			}
		})
		if found < 3 {
			t.Errorf("the text was found %d times at %d addresses", found, walked)
		}
		if _, body := writer.get(work); strings.Contains(body, "Secretn") {
			t.Error("a contributor reads who agreed")
		}
		_, body = editor.get(work)
		id := regexp.MustCompile(`/consents/([0-9a-f-]{36})/withdraw`).FindStringSubmatch(body)
		if id == nil || !strings.Contains(body, "Secretname") || !strings.Contains(body, "Secretnote") {
			t.Fatalf("the editor's fields: %s", body)
		}
		withdraw := work + "/consents/" + id[1] + "/withdraw"
		if status, body := editor.post(withdraw, url.Values{"reason": {"x"}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Tick that you are sure.") {
			t.Errorf("without being sure: %d", status)
		}
		if status, _ := writer.post(withdraw, url.Values{"sure": {"yes"}}); status != http.StatusNotFound {
			t.Errorf("a contributor takes it back: %d", status)
		}
		status, body = editor.post(withdraw, url.Values{"sure": {"yes"}, "reason": {"Secretname asked"}})
		editor.want(http.StatusSeeOther, status, body)
		if err := r.index.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		if status, _ := reader.get(public); status != http.StatusGone {
			t.Errorf("after it was taken back: %d", status)
		}
		r.walk(reader, more, func(address, body string) {
			text := strings.ReplaceAll(strings.ToLower(body), "q=storyword", "")
			if strings.Contains(text, "storyword of") || strings.Contains(text, "secretn") {
				t.Errorf("%s still tells: %s", address, body)
			}
		})
		if status, body := editor.step(path, "publish"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "taken their consent back") || strings.Contains(body, "Secretn") {
			t.Errorf("published again: %d %s", status, body)
		}
	})
}
