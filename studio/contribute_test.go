package studio_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sala"
	"sala/contribution"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/media"
	"sala/site"
	"sala/studio"
)

// A sender is a member with a telephone, and the office that hears of them.
type sender struct {
	*office
	config studio.Config
	jobs   *jobs.Queue
}

func eachSender(t *testing.T, f func(s *sender)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, q := stores(t, d)
		f(&sender{newOfficeOf(t, d, c), c, q})
	})
}

// A part is a field of the form, or a file.
type part struct{ name, value, file string }

// send posts a form with files, as a browser does: without a cookie.
func (s *sender) send(path string, parts ...part) *httptest.ResponseRecorder {
	s.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, p := range parts {
		var w io.Writer
		var err error
		if p.file != "" {
			w, err = m.CreateFormFile(p.name, p.file)
		} else {
			w, err = m.CreateFormField(p.name)
		}
		if err == nil {
			_, err = io.WriteString(w, p.value)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		s.t.Fatal(err)
	}
	return s.office.send(sala.Reader, http.MethodPost, path, m.FormDataContentType(), &b)
}

// link makes a link and returns the address of its form.
func (s *sender) link(most string) string {
	s.t.Helper()
	form := url.Values{"name": {"Lantern House"}, "note": {"Until Friday, please."}, "kind": {"report"}, "most": {most}, "until": {s.db.Now().AddDate(0, 0, 5).Format("2006-01-02")}}
	page := s.read(s.post(sala.Editor, "/studio/contributions/links", form))
	found := regexp.MustCompile(`/studio/c/[\w-]+`).FindString(page.Text)
	if page.Status != http.StatusOK || found == "" {
		s.t.Fatalf("make a link: %d %s", page.Status, page.Text)
	}
	return found
}

// form opens the form and returns the key of its receipt.
func (s *sender) form(path string) string {
	s.t.Helper()
	w := s.get(sala.Reader, path)
	found := regexp.MustCompile(`name="key" value="([\w-]+)"`).FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || found == nil {
		s.t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	if c := w.Header().Values("Set-Cookie"); c != nil {
		s.t.Errorf("the form sets a cookie: %v", c)
	}
	return found[1]
}

func aPicture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What a member sends is a draft under the name of the organisation, with its
// files, and nobody outside finds a word of it before an editor publishes it.
func TestContribute(t *testing.T) {
	eachSender(t, func(s *sender) {
		h := s.t
		place := s.link("2")
		key := s.form(place)
		w := s.send(place,
			part{"key", key, ""}, part{"title", "Canarytitle at the pier", ""}, part{"text", "Canaryword came.\r\nThey waited.\r\n\r\n**Nobody** paid.", ""}, part{"in", "en", ""},
			part{"place", "Mae Sot", ""}, part{"day", "2026-11-03", ""}, part{"contact", "call Canarycontact", ""}, part{"who", "The Ministry", ""},
			part{"about-1", "A pier, Canaryalt", ""}, part{"people-1", "agreed", ""}, part{"statement-1", "Su agreed, Canarystatement", ""}, part{"file-1", aPicture(h), "../../Canaryname.png"},
			part{"about-2", "", ""}, part{"file-2", "<script>alert(1)</script>", "page.html"}, part{"file-3", "", "nothing.txt"})
		// One file was empty: the answer says so, and the rest is kept.
		page := s.read(w)
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text, "nothing.txt was not kept: it is empty") || !strings.Contains(page.Text, "2 files") {
			h.Fatalf("send: %d %s", page.Status, page.Text)
		}
		receipt := place + "/" + key
		page = s.read(s.get(sala.Reader, receipt))
		for _, want := range []string{"Canarytitle at the pier", "Canaryword came.", "Lantern House", "Canaryname.png", "3 November 2026", "Mae Sot"} {
			if !strings.Contains(page.Text, want) {
				h.Errorf("the receipt lacks %q: %s", want, page.Text)
			}
		}
		if strings.Contains(page.Text, "The Ministry") {
			h.Error("a sender names themself though the link does")
		}
		// The same form again, as a telephone sends it that got no answer.
		w = s.send(place, part{"key", key, ""}, part{"title", "Canarytitle at the pier", ""}, part{"text", "Canaryword came.", ""}, part{"in", "en", ""}, part{"file-1", aPicture(h), "again.png"})
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), receipt) {
			h.Errorf("sent again: %d %s", w.Code, w.Header().Get("Location"))
		}
		entries, err := s.config.Sent.Entries(h.Context(), anEditor, false, "", 10)
		if err != nil || len(entries) != 1 {
			h.Fatalf("%d entries, %v", len(entries), err)
		}
		e, err := s.config.Sent.Entry(h.Context(), anEditor, entries[0].ID)
		if err != nil || len(e.Files) != 2 {
			h.Fatalf("%d files, %v", len(e.Files), err)
		}

		// An editor sees all of it.
		if home := s.read(s.get(sala.Editor, "/studio/")); !strings.Contains(home.Text, "Contributions to read") {
			h.Errorf("the first page: %s", home.Text)
		}
		page = s.read(s.get(sala.Editor, "/studio/contributions/"+string(e.ID)))
		for _, want := range []string{"Canaryword", "Canarycontact", "Canarystatement", "Yes, and they agreed"} {
			if !strings.Contains(page.Text, want) {
				h.Errorf("the contribution lacks %q: %s", want, page.Text)
			}
		}
		desk := s.get(sala.Editor, "/studio/works/"+string(e.Work)+"/en")
		if desk.Code != http.StatusOK || !strings.Contains(desk.Body.String(), "Canaryword came.") {
			h.Errorf("the draft: %d", desk.Code)
		}
		files, err := s.config.Media.Files(h.Context(), []sala.ID{e.Files[0].ID, e.Files[1].ID})
		if err != nil {
			h.Fatal(err)
		}
		for _, f := range files {
			if f.Public || f.Owner != (sala.Ref{Kind: sala.KindWork, ID: e.Work}) {
				h.Errorf("the file %+v is public or nobody's", f)
			}
		}
		if err := s.config.Media.SetPublic(h.Context(), anEditor, e.Files[0].ID, true); err == nil {
			h.Error("a picture is published before anybody said who is in it")
		}

		// Nobody outside does.
		if _, err := s.jobs.RunDue(h.Context()); err != nil {
			h.Fatal(err)
		}
		s.silent(e, files)
		for role := sala.Reader; role < sala.Editor; role++ {
			for _, path := range []string{"/studio/contributions", "/studio/contributions/" + string(e.ID)} {
				if w := s.get(role, path); strings.Contains(w.Body.String(), "Canary") || role != sala.Reader && w.Code != http.StatusNotFound {
					h.Errorf("%s for a %s: %d", path, role, w.Code)
				}
			}
		}

		// It is published like any work, and the sender finds it.
		if err := s.archive.Publish(h.Context(), anEditor, mustEdition(h, s, e.Work)); err != nil {
			h.Fatal(err)
		}
		if err := s.config.Search.Follow(h.Context()); err != nil {
			h.Fatal(err)
		}
		if r := s.readers()("/en/search?q=Canaryword"); !strings.Contains(r.Body.String(), "Canarytitle at the pier") {
			h.Errorf("readers do not find what was published: %s", r.Body)
		}
		if page = s.read(s.get(sala.Reader, receipt)); !strings.Contains(page.Text, "This is public now.") {
			h.Errorf("the receipt after it was published: %s", page.Text)
		}
		for _, secret := range []string{strings.TrimPrefix(place, "/studio/c/"), key} {
			if strings.Contains(s.log.String(), secret) {
				h.Error("the log tells a secret")
			}
		}
	})
}

func mustEdition(t *testing.T, s *sender, work sala.ID) sala.ID {
	t.Helper()
	w, err := s.archive.DeskWork(t.Context(), anEditor, work)
	if err != nil || len(w.Editions) != 1 {
		t.Fatalf("the work: %+v, %v", w, err)
	}
	return w.Editions[0].ID
}

// silent asks every public door that could tell of a contribution.
func (s *sender) silent(e contribution.Entry, files map[sala.ID]media.File) {
	s.t.Helper()
	if err := s.config.Search.Follow(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	ask := s.readers()
	w, err := s.archive.DeskWork(s.t.Context(), anEditor, e.Work)
	if err != nil {
		s.t.Fatal(err)
	}
	paths := []string{
		"/en/", "/en/archive/", "/en/search?q=Canaryword", "/en/search?q=Canarytitle", "/en/search?q=Canaryalt", "/en/archive/feed.atom", "/en/feed.json", "/sitemap.xml",
		"/id/" + string(e.Work), "/id/" + string(e.ID), "/en/2026/" + w.Editions[0].Slug, "/studio/c/" + contribution.Open,
	}
	for _, f := range files {
		paths = append(paths, "/files/"+f.Hash+"/"+f.Name, "/id/"+string(f.ID))
		for _, r := range f.Renditions {
			paths = append(paths, "/files/"+r.Hash+"/"+f.Name)
		}
	}
	for _, path := range paths {
		r := ask(path)
		body := r.Body.String()
		if q, ok := strings.CutPrefix(path, "/en/search?q="); ok {
			body = strings.ReplaceAll(body, q, "") // the page says what was asked for
		}
		if strings.Contains(body, "Canary") || strings.HasPrefix(path, "/files/") && r.Code == http.StatusOK {
			s.t.Errorf("%s tells of a contribution: %d %s", path, r.Code, body)
		}
	}
}

// readers is the public door.
func (s *sender) readers() func(path string) *httptest.ResponseRecorder {
	s.t.Helper()
	public, err := site.New(site.Config{
		DB: s.db, Archive: s.archive, Media: s.config.Media, Network: s.config.Network, Search: s.config.Search, Glossary: s.config.Glossary, Log: s.config.Log,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	handler := public.Handler()
	return func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRecorder()
		handler.ServeHTTP(r, httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, path, nil))
		return r
	}
}

// Bad forms are answered with what was typed; nothing is kept, nothing lost.
func TestContributeWrong(t *testing.T) {
	eachSender(t, func(s *sender) {
		h := s.t
		place := s.link("1")
		key := s.form(place)
		page := s.read(s.send(place, part{"key", key, ""}, part{"title", "", ""}, part{"text", "My long text", ""}, part{"in", "my", ""}, part{"day", "yesterday", ""}, part{"file-1", "x", "x.txt"}))
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text, "My long text") || !strings.Contains(page.Text, "2026-11-24") {
			h.Errorf("no title: %d %s", page.Status, page.Text)
		}
		// Half sent: the text has come, the picture has not.
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for _, p := range []part{{"key", key, ""}, {"title", "Half", ""}, {"text", "Whole text", ""}, {"in", "en", ""}} {
			if err := m.WriteField(p.name, p.value); err != nil {
				h.Fatal(err)
			}
		}
		f, err := m.CreateFormFile("file-1", "a.png")
		if err != nil {
			h.Fatal(err)
		}
		if _, err := io.WriteString(f, aPicture(h)[:20]); err != nil {
			h.Fatal(err)
		}
		page = s.read(s.office.send(sala.Reader, http.MethodPost, place, m.FormDataContentType(), &b))
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text, "Whole text") || !strings.Contains(page.Text, "Not all of it arrived") || strings.Contains(page.Text, "a.png") {
			h.Errorf("half sent: %d %s", page.Status, page.Text)
		}
		// The link took one, and no more.
		page = s.read(s.send(place, part{"key", s.form(place), ""}, part{"title", "Second", ""}, part{"text", "Kept here", ""}, part{"in", "en", ""}))
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text, "As many as were agreed") || !strings.Contains(page.Text, "Kept here") {
			h.Errorf("one too many: %d %s", page.Status, page.Text)
		}
		// But the first may be added to.
		receipt := place + "/" + key
		if w := s.send(receipt, part{"text", "One thing more", ""}, part{"about-1", "A list", ""}, part{"file-1", "a,b\n", "list.csv"}); w.Code != http.StatusSeeOther {
			h.Errorf("add: %d %s", w.Code, w.Body)
		}
		if page = s.read(s.get(sala.Reader, receipt)); !strings.Contains(page.Text, "One thing more") || !strings.Contains(page.Text, "list.csv") {
			h.Errorf("the receipt: %s", page.Text)
		}
		// A form without script or files is a plain one.
		if w := s.post(sala.Reader, receipt, url.Values{"text": {"By a plain form"}}); w.Code != http.StatusSeeOther {
			h.Errorf("plain: %d %s", w.Code, w.Body)
		}
	})
}

// A form that is none of ours costs neither memory nor work.
func TestContributeHostile(t *testing.T) {
	eachSender(t, func(s *sender) {
		place := s.link("3")
		many := []part{{"key", s.form(place), ""}, {"title", "Many", ""}, {"text", "x", ""}, {"in", "en", ""}}
		for i := range 3 * contribution.MostFiles {
			many = append(many, part{"file-1", strconv.Itoa(i), strconv.Itoa(i) + ".txt"})
		}
		page := s.read(s.send(place, many...))
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text, "12 files") || strings.Count(page.Text, "more than one contribution can hold") > 3 {
			s.t.Errorf("many files: %d %s", page.Status, page.Text)
		}
		fields := []part{{"key", s.form(place), ""}}
		for i := range 10 {
			fields = append(fields, part{"field" + strconv.Itoa(i), strings.Repeat("x", contribution.MostText), ""})
		}
		if w := s.send(place, fields...); w.Code != http.StatusBadRequest {
			s.t.Errorf("a megabyte of fields: %d", w.Code)
		}
		if w := s.office.send(sala.Reader, http.MethodPost, place, "multipart/form-data; boundary=x", strings.NewReader("nonsense")); w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusBadRequest {
			s.t.Errorf("nonsense: %d", w.Code)
		}
		script := s.form(place)
		w := s.send(place, part{"key", script, ""}, part{"title", "<script>alert(1)</script>", ""}, part{"text", "<img src=x onerror=alert(1)>", ""}, part{"in", "en", ""})
		if w.Code != http.StatusSeeOther {
			s.t.Fatalf("markup: %d", w.Code)
		}
		if body := s.get(sala.Reader, place+"/"+script).Body.String(); strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
			s.t.Errorf("markup stands in the receipt: %s", body)
		}
	})
}

// Links that are unknown, revoked or over, and receipts of other links, are
// one page.
func TestContributeEnded(t *testing.T) {
	eachSender(t, func(s *sender) {
		h := s.t
		place, other := s.link("3"), s.link("3")
		key := s.form(place)
		if w := s.send(place, part{"key", key, ""}, part{"title", "x", ""}, part{"text", "x", ""}, part{"in", "en", ""}); w.Code != http.StatusSeeOther {
			h.Fatalf("send: %d", w.Code)
		}
		links, err := s.config.Sent.Links(h.Context(), anEditor)
		if err != nil {
			h.Fatal(err)
		}
		want := s.get(sala.Reader, "/studio/c/unknown?lang=vi")
		if want.Code != http.StatusNotFound || !strings.Contains(want.Body.String(), "Liên kết này không dùng được") {
			h.Errorf("unknown: %d %s", want.Code, want.Body)
		}
		for _, l := range links {
			if w := s.post(sala.Editor, "/studio/contributions/links/"+string(l.ID)+"/revoke", nil); w.Code != http.StatusSeeOther {
				h.Errorf("revoke: %d", w.Code)
			}
		}
		for _, path := range []string{place, place + "/" + key, other + "/" + key, "/studio/c/open", "/studio/c/open/" + key, "/studio/c/%2e%2e", "/studio/c/x/y"} {
			got := s.get(sala.Reader, path+"?lang=vi")
			if got.Code != want.Code || got.Body.String() != want.Body.String() {
				h.Errorf("%s answers otherwise: %d %s", path, got.Code, got.Body)
			}
		}
		for _, path := range []string{place, place + "/" + key} {
			if w := s.send(path, part{"key", key, ""}, part{"title", "x", ""}, part{"text", "late", ""}, part{"in", "en", ""}); w.Code != http.StatusNotFound {
				h.Errorf("post to %s: %d", path, w.Code)
			}
		}
	})
}

// The open form is closed until an editor opens it; what comes by it says so.
func TestContributeOpen(t *testing.T) {
	eachSender(t, func(s *sender) {
		h := s.t
		if w := s.post(sala.Translator, "/studio/contributions/open", url.Values{"do": {"open"}, "kind": {"news"}}); w.Code != http.StatusNotFound {
			h.Errorf("a translator opens the form: %d", w.Code)
		}
		if w := s.post(sala.Editor, "/studio/contributions/open", url.Values{"do": {"open"}, "kind": {"page"}}); w.Code != http.StatusUnprocessableEntity {
			h.Errorf("a form for pages: %d", w.Code)
		}
		if w := s.post(sala.Editor, "/studio/contributions/open", url.Values{"do": {"open"}, "kind": {"news"}}); w.Code != http.StatusSeeOther {
			h.Errorf("open: %d", w.Code)
		}
		place := "/studio/c/open"
		// Zawgyi comes out as Unicode, with a word about it.
		zawgyi := "ျမန္မာႏိုင္ငံမွ ေရႊ႕ေျပာင္းအလုပ္သမားမ်ား"
		key := s.form(place + "?lang=my")
		w := s.send(place+"?lang=my", part{"key", key, ""}, part{"who", "River Women", ""}, part{"title", "Fees", ""}, part{"text", zawgyi, ""}, part{"in", "my", ""})
		if w.Code != http.StatusSeeOther {
			h.Fatalf("send: %d %s", w.Code, w.Body)
		}
		page := s.read(s.get(sala.Reader, w.Header().Get("Location")))
		if !strings.Contains(page.Text, "မြန်မာနိုင်ငံမှ ရွှေ့ပြောင်းအလုပ်သမားများ") || !strings.Contains(page.Text, "ယူနီကုဒ်") {
			h.Errorf("the receipt: %s", page.Text)
		}
		entries, err := s.config.Sent.Entries(h.Context(), anEditor, false, "", 5)
		if err != nil || len(entries) != 1 || entries[0].Original != zawgyi {
			h.Fatalf("entries: %+v, %v", entries, err)
		}
		e := entries[0]
		if page = s.read(s.get(sala.Editor, "/studio/contributions/"+string(e.ID))); !strings.Contains(page.Text, "River Women") || !strings.Contains(page.Text, "not checked") {
			h.Errorf("the contribution: %s", page.Text)
		}
		newest, err := s.archive.NewestRevision(h.Context(), anEditor, mustEdition(h, s, e.Work))
		if err != nil || newest.By != "River Women" || newest.Author == "" {
			h.Errorf("the revision is by %q (%s), %v", newest.By, newest.Author, err)
		}
		if w := s.send(place, part{"key", s.form(place), ""}, part{"title", "Fees", ""}, part{"text", "x", ""}, part{"in", "my", ""}); w.Code != http.StatusUnprocessableEntity {
			h.Errorf("nobody sends: %d", w.Code)
		}
		added := url.Values{"do": {"settle"}, "added": {micro(e)}}
		if w := s.post(sala.Editor, "/studio/contributions/"+string(e.ID), added); w.Code != http.StatusSeeOther {
			h.Errorf("settle: %d %s", w.Code, w.Body)
		}
		if page = s.read(s.get(sala.Editor, "/studio/contributions?show=settled")); !strings.Contains(page.Text, "River Women") {
			h.Errorf("settled: %s", page.Text)
		}
	})
}

// micro is when something last came, as the form carries it.
func micro(e contribution.Entry) string { return strconv.FormatInt(e.Added.UnixMicro(), 10) }

// The form speaks seven languages and takes no session.
func TestContributeLanguages(t *testing.T) {
	eachSender(t, func(s *sender) {
		place := s.link("1")
		for lang, word := range map[string]string{"en": "Send something", "th": "ส่งเรื่อง", "my": "စာပေးပို့ရန်", "km": "ផ្ញើអត្ថបទ", "lo": "ສົ່ງເລື່ອງ", "vi": "Gửi bài", "ja": "投稿する"} {
			w := s.get(sala.Admin, place+"?lang="+lang) // somebody signed in is nobody here
			if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, word) || !strings.Contains(body, `<html lang="`+lang+`"`) || strings.Contains(body, "A admin") {
				s.t.Errorf("%s: %d %s", lang, w.Code, body)
			}
		}
	})
}
