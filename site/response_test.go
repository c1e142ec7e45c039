package site_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"sala"
	"sala/directory"
	"sala/importer/demo"
	"sala/signature"
	"sala/tracker"
)

// record puts the events and recommendations of the demonstration in.
func (w *world) record(t testing.TB) {
	t.Helper()
	rooms := demo.Rooms{DB: w.db, Archive: w.archive, Directory: w.people, Events: w.events, Tracker: w.tracker, Signatures: signature.NewStore(w.db, w.archive)}
	if err := demo.Record(t.Context(), rooms, sala.Machine("demo")); err != nil {
		t.Fatal(err)
	}
}

// TestResponse: one who is asked answers without a cookie or a script; readers
// see it once an editor has confirmed it, and never how to reach the sender.
func TestResponse(t *testing.T) {
	w := open(t)
	w.record(t)
	list, err := w.tracker.Recommendations(t.Context(), tracker.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	rec := list.Recommendations[0]
	at := "/en/recommendations/" + rec.Slug
	if !strings.Contains(w.get(at).Body.String(), `href="`+at+`/reply"`) {
		t.Error("nothing leads to the form")
	}
	form := w.get(at + "/reply")
	if form.Code != http.StatusOK || form.Header().Get("Set-Cookie") != "" || !strings.Contains(form.Body.String(), "noindex") || strings.Contains(form.Body.String(), "<script src") {
		t.Errorf("the form: %d", form.Code)
	}
	bad := w.post(at+"/reply", url.Values{"organisation": {string(rec.Addressed[0].ID)}, "name": {`"><script>alert(1)</script>`}, "words": {"</textarea><script>alert(1)</script>"}, "language": {"en"}})
	body := bad.Body.String()
	if bad.Code != http.StatusUnprocessableEntity || strings.Contains(body, "<script>alert") || !strings.Contains(body, "&lt;/textarea&gt;") || !strings.Contains(body, `id="wrong-office"`) || strings.Contains(body, `id="wrong-name"`) {
		t.Errorf("what is missing: %d, %s", bad.Code, body)
	}
	if got := bad.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("what was typed may be kept: %s", got)
	}
	good := url.Values{"organisation": {string(rec.Addressed[0].ID)}, "name": {"Aye Aye"}, "office": {"Director"}, "contact": {"secret@ministry.example"}, "words": {"It is before <the> cabinet."}, "language": {"en"}}
	sent := w.post(at+"/reply", good)
	if to := sent.Header().Get("Location"); sent.Code != http.StatusSeeOther || to != at+"/reply?sent" {
		t.Fatalf("sent: %d to %q", sent.Code, to)
	}
	if thanks := w.get(at + "/reply?sent").Body.String(); !strings.Contains(thanks, "Your answer has come in.") || strings.Contains(thanks, "<form method") {
		t.Error("nobody says that it came")
	}
	if strings.Contains(w.get(at).Body.String(), "cabinet") {
		t.Error("it is shown before anybody has read it")
	}
	waiting, err := w.tracker.AllReplies(t.Context(), editor, "")
	if err != nil {
		t.Fatal(err)
	}
	id := waiting[len(waiting)-1].ID
	if err := w.tracker.Moderate(t.Context(), editor, id, 1, true, "Called them."); err != nil {
		t.Fatal(err)
	}
	page := w.get(at).Body.String()
	for _, want := range []string{"It is before &lt;the&gt; cabinet.", "Aye Aye, Director"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	// In the reader's language it is a translation, and says so; what was sent
	// stands behind it.
	stored, err := w.tracker.Open(t.Context(), editor, rec.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.tracker.Translate(t.Context(), editor, rec.ID, stored.Version, "th", map[string]string{"reply/" + string(id) + "/words": "อยู่ที่คณะรัฐมนตรี"}); err != nil {
		t.Fatal(err)
	}
	thai := strings.ReplaceAll(w.get(strings.Replace(at, "/en/", "/th/", 1)).Body.String(), "<wbr>", "")
	for _, want := range []string{"<p>อยู่ที่คณะรัฐมนตรี</p>", "แปลจากภาษาอังกฤษ", "<summary>ถ้อยคำต้นฉบับ ภาษาอังกฤษ</summary>", `<p lang="en">It is before &lt;the&gt; cabinet.</p>`} {
		if !strings.Contains(thai, want) {
			t.Errorf("%q is not shown in Thai", want)
		}
	}
	if page := w.get(at).Body.String(); strings.Contains(page, "อยู่ที่คณะรัฐมนตรี") || strings.Contains(page, "Translated from") {
		t.Error("the original is not shown alone in its language")
	}
	// A name that is protected later is covered here, too; what a reader types is
	// theirs.
	if _, err := w.people.AddPerson(t.Context(), editor, directory.Person{Name: sala.Text{"en": "Aye Aye"}, Kind: directory.MigrantWorker}); err != nil {
		t.Fatal(err)
	}
	if page := w.get(at).Body.String(); strings.Contains(page, "Aye Aye") || !strings.Contains(page, "cabinet") {
		t.Error("a protected name is shown")
	}
	good.Del("contact")
	if again := w.post(at+"/reply", good).Body.String(); !strings.Contains(again, `value="Aye Aye"`) {
		t.Error("what was typed is lost")
	}
	w.crawl(t, func(path string, rec *httptest.ResponseRecorder) {
		if strings.Contains(rec.Body.String(), "secret@ministry") {
			t.Errorf("%s tells how to reach the sender", path)
		}
	})
}

// TestResponseElsewhere: only what readers see is answered, only by POST there.
func TestResponseElsewhere(t *testing.T) {
	w := open(t)
	w.record(t)
	for path, want := range map[string]int{
		"/en/recommendations/no-such/reply": http.StatusNotFound, "/xx/recommendations/no-such/reply": http.StatusNotFound, "/en/recommendations/reply": http.StatusMethodNotAllowed,
		"/en/": http.StatusMethodNotAllowed,
	} {
		if got := w.post(path, url.Values{"words": {"x"}}); got.Code != want {
			t.Errorf("%s: %d, want %d", path, got.Code, want)
		}
	}
	list, err := w.tracker.Recommendations(t.Context(), tracker.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	at := "/th/recommendations/" + list.Recommendations[0].Slug + "/reply"
	for _, raw := range []string{"words=%zz&name=\xff\x00", strings.Repeat("words=x&", 100_000), "\x00", `{"words":"x"}`} {
		r := httptest.NewRequest("POST", at, strings.NewReader(raw))
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		if rec.Code != http.StatusUnprocessableEntity {
			t.Errorf("%.20q: %d", raw, rec.Code)
		}
	}
}
