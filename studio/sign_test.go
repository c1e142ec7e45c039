package studio_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/internal/bearer"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/signature"
	"sala/site"
	"sala/studio"
)

// A signing is an office with a joint statement, and the readers' door.
type signing struct {
	*office
	config        studio.Config
	public        http.Handler
	work, edition sala.ID
	screen        string // of the statement's signatures
}

func eachSigning(t *testing.T, f func(s *signing)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, _ := stores(t, d)
		public, err := site.New(site.Config{
			DB: d, Archive: c.Archive, Media: c.Media, Network: c.Network, Directory: c.Directory, Search: c.Search, Glossary: c.Glossary, Signatures: c.Signatures, Log: c.Log,
		})
		if err != nil {
			t.Fatal(err)
		}
		c.Text = public.Text
		s := &signing{office: newOfficeOf(t, d, c), config: c, public: public.Handler()}
		s.work, s.edition = s.aText("Joint statement", doc("We ask Canaryword that nobody pays. Mya Mya Canaryname said so."))
		s.screen = "/studio/signatures/" + string(s.work)
		s.redirected(s.post(sala.Editor, s.screen, url.Values{"edition": {"en"}, "until": {d.Now().AddDate(0, 0, 5).Format(time.DateOnly)}, "hour": {"18:00"}, "late": {"1"}, "note": {"It goes to the ministry."}}))
		f(s)
	})
}

func (s *signing) redirected(w *httptest.ResponseRecorder) string {
	s.t.Helper()
	if w.Code != http.StatusSeeOther {
		s.t.Fatalf("status %d: %s", w.Code, s.read(w).Text)
	}
	return w.Header().Get("Location")
}

// reader is what the readers' door answers.
func (s *signing) reader(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.public.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

var signersLink = regexp.MustCompile(`/studio/s/[\w-]+`)

// link makes a link in the studio: for an organisation, or shared with "".
func (s *signing) link(name string) string {
	s.t.Helper()
	form := url.Values{"do": {"one"}, "name": {name}}
	if name == "" {
		form = url.Values{"do": {"shared"}}
	}
	w := s.post(sala.Editor, s.screen+"/links", form)
	found := signersLink.FindString(w.Body.String())
	if w.Code != http.StatusOK || found == "" {
		s.t.Fatalf("make a link: %d %s", w.Code, s.read(w).Text)
	}
	return found
}

var formValue = regexp.MustCompile(`name="(key|revision)" value="([\w-]+)"`)

// form opens the page behind a link and returns the form, filled in.
func (s *signing) form(path, name string) url.Values {
	s.t.Helper()
	w := s.get(sala.Reader, path)
	form := url.Values{"name": {name}, "country": {"th"}, "person": {"Somchai Canaryperson"}, "role": {"Director"}, "email": {"canarymail@example.org"}}
	for _, m := range formValue.FindAllStringSubmatch(w.Body.String(), -1) {
		form.Set(m[1], m[2])
	}
	if w.Code != http.StatusOK || form.Get("revision") == "" || form.Get("key") == "" {
		s.t.Fatalf("%s: %d %s", path, w.Code, s.read(w).Text)
	}
	return form
}

// A statement is signed from a link before it is public, its text is frozen in
// the studio too, and readers are told who signed once it is out: no word, no
// person who did not choose it, no address.
func TestJointStatement(t *testing.T) {
	eachSigning(t, func(s *signing) {
		h, ctx := s.t, s.t.Context()
		_, err := s.config.Directory.AddPerson(ctx, anEditor, directory.Person{Name: sala.Text{"en": "Mya Mya Canaryname"}, Kind: directory.MigrantWorker})
		if err != nil {
			h.Fatal(err)
		}
		lantern, err := s.config.Directory.AddOrganisation(ctx, anEditor, directory.Organisation{Name: sala.Text{"en": "Lantern House"}, Kind: directory.NGO, Country: "mm", Ties: []directory.Tie{{Relation: directory.Member}}})
		if err != nil {
			h.Fatal(err)
		}
		if _, err = s.config.Directory.AddOrganisation(ctx, anEditor, directory.Organisation{Name: sala.Text{"en": "Forgetful House"}, Kind: directory.NGO, Ties: []directory.Tie{{Relation: directory.Member}}}); err != nil {
			h.Fatal(err)
		}
		own, shared := s.link("lantern house"), s.link("")

		w := s.get(sala.Reader, own)
		page := s.read(w)
		for _, want := range []string{"We ask Canaryword that nobody pays.", "asks Lantern House to sign", "It goes to the ministry.", "Organisation"} {
			if !strings.Contains(page.Text, want) {
				h.Errorf("the page lacks %q: %s", want, page.Text)
			}
		}
		if strings.Contains(page.Text, "Canaryname") {
			h.Error("the page names somebody who is protected")
		}
		if !strings.Contains(w.Body.String(), `<option value="mm" selected`) {
			h.Error("the country of the organisation is not chosen")
		}
		for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Set-Cookie": ""} {
			if got := w.Header().Get(name); got != want {
				h.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		if !strings.Contains(w.Body.String(), `<meta name="robots" content="noindex"`) {
			h.Error("the page may be indexed")
		}
		form := s.form(own, "Lantern House")
		receipt := s.redirected(s.post(sala.Reader, own, form))
		if again := s.redirected(s.post(sala.Reader, own, form)); again != receipt {
			h.Errorf("the form again: %s, want %s", again, receipt)
		}
		if page = s.read(s.get(sala.Reader, receipt)); !strings.Contains(page.Text, "has your signature") || !strings.Contains(page.Text, "Readers are not told this name.") {
			h.Errorf("the receipt: %s", page.Text)
		}
		if at := s.redirected(s.get(sala.Reader, own)); !strings.HasPrefix(at, own+"/own") {
			h.Errorf("the link leads to %s after it was used", at)
		}
		// By the shared one, somebody who wants to be named, and the same organisation.
		shown := with(s.form(shared, "River School, ပညာ"), "shown", "1", "person", "Dao of the River", "role", "Teacher")
		s.redirected(s.post(sala.Reader, shared, shown))
		w = s.post(sala.Reader, shared, s.form(shared, "LANTERN HOUSE."))
		if page = s.read(w); page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text, "has signed already") || !strings.Contains(w.Body.String(), "LANTERN HOUSE.") {
			h.Errorf("signed twice: %d %s", page.Status, page.Text)
		}

		// The studio shows who signed and who did not, and the text is frozen there.
		page = s.read(s.get(sala.Editor, s.screen))
		for _, want := range []string{"1 signature stands.", "1 waits to be confirmed.", "canarymail@example.org", "1 member has not signed", "Forgetful House", "It has been signed and cannot change."} {
			if !strings.Contains(page.Text, want) {
				h.Errorf("the studio lacks %q: %s", want, page.Text)
			}
		}
		desk := s.get(sala.Editor, "/studio/works/"+string(s.work)+"/en")
		if !strings.Contains(desk.Body.String(), "this text cannot change") {
			h.Error("where it is written nobody is told that it cannot change")
		}
		base := regexp.MustCompile(`name="base" value="([^"]+)"`).FindStringSubmatch(desk.Body.String())
		w = s.post(sala.Editor, "/studio/works/"+string(s.work)+"/en", url.Values{"base": {base[1]}, "title": {"Joint statement"}, "markdown": {"Something else."}, "do": {"save"}})
		if page = s.read(w); page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text, "cannot change") || !strings.Contains(w.Body.String(), "Something else.") {
			h.Errorf("a signed text is changed: %d %s", page.Status, page.Text)
		}

		// Nobody outside learns anything before it is public.
		for _, path := range []string{"/en/", "/en/archive/", "/en/search?q=Lantern+House", "/sitemap.xml", "/id/" + string(s.work)} {
			if body := s.reader(path).Body.String(); strings.Contains(body, "Canary") || strings.Contains(body, "River School") {
				h.Errorf("%s tells of a statement that is not public", path)
			}
		}
		if err := s.archive.Publish(ctx, anEditor, s.edition); err != nil {
			h.Fatal(err)
		}
		address := s.reader("/id/" + string(s.work)).Header().Get("Location")
		body := s.reader(address).Body.String()
		page = s.read(s.reader(address))
		// They signed for Thailand, whatever the directory says.
		for _, want := range []string{"1 organisation has signed this text.", "Lantern House", "Thailand"} {
			if !strings.Contains(page.Text, want) {
				h.Errorf("the page lacks %q: %s", want, page.Text)
			}
		}
		if strings.Contains(body, "River School") || strings.Contains(body, "Canaryperson") || strings.Contains(body, "canarymail") {
			h.Error("the page tells of a signature that waits, of a person who did not choose it, or of an address")
		}
		face, err := s.config.Directory.Organisation(ctx, anEditor, lantern)
		if err != nil || !strings.Contains(body, `href="/en/organisations/`+face.Slug+`"`) {
			h.Errorf("the name does not lead to the organisation, %v", err)
		}
		entries, err := s.config.Signatures.Entries(ctx, anEditor, mustCall(s).ID)
		if err != nil {
			h.Fatal(err)
		}
		s.redirected(s.post(sala.Editor, s.screen+"/entries/"+string(entries[1].ID), url.Values{"do": {"confirm"}}))
		if page = s.read(s.reader(address)); !strings.Contains(page.Text, "2 organisations have signed") || !strings.Contains(page.Text, "Dao of the River, Teacher") {
			h.Errorf("after it was confirmed: %s", page.Text)
		}
		// Somebody whose name may not be told is covered here too.
		if _, err := s.config.Directory.AddPerson(ctx, anEditor, directory.Person{Name: sala.Text{"en": "Dao of the River"}, Kind: directory.MigrantWorker}); err != nil {
			h.Fatal(err)
		}
		w = s.reader(address + "/signatures.csv")
		if strings.Contains(w.Body.String(), "Dao of the River") || strings.Contains(s.reader(address).Body.String(), "Dao of the River") {
			h.Error("somebody who is protected is named under a statement")
		}
		rows, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(rows) != 3 || rows[1][1] != "Lantern House" || rows[1][2] != string(lantern) || rows[1][3] != "TH" || rows[1][4] != "" || rows[1][7] != "false" || rows[1][9] != "1" {
			h.Errorf("the table: %q, %v", rows, err)
		}
		if d := s.reader(address + "/signatures.csv-metadata.json"); d.Code != http.StatusOK || !strings.Contains(d.Body.String(), rows[0][6]) || !strings.Contains(w.Header().Get("Link"), "describedby") {
			h.Errorf("its dictionary: %d %s", d.Code, d.Body)
		}
		for _, secret := range []string{strings.TrimPrefix(own, "/studio/s/"), form.Get("key")} {
			if strings.Contains(s.log.String(), secret) {
				h.Error("the log tells a secret")
			}
		}
		// A statement that is taken back takes its signatures with it, and its links.
		if err := s.archive.Withdraw(ctx, anEditor, s.edition, "a test"); err != nil {
			h.Fatal(err)
		}
		for _, path := range []string{address, address + "/signatures.csv"} {
			if w := s.reader(path); w.Code != http.StatusGone || strings.Contains(w.Body.String(), "Lantern House") {
				h.Errorf("%s after it was withdrawn: %d", path, w.Code)
			}
		}
		if w := s.get(sala.Reader, shared); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "Canaryword") {
			h.Errorf("the link after it was withdrawn: %d", w.Code)
		}
	})
}

func mustCall(s *signing) signature.Call {
	s.t.Helper()
	c, err := s.config.Signatures.Of(s.t.Context(), anEditor, s.work)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// A text that changed is read again before it is signed, and what was signed
// before stays with what was said then, on every page.
func TestSignedTextChanges(t *testing.T) {
	eachSigning(t, func(s *signing) {
		h, ctx := s.t, s.t.Context()
		one, two := s.link("Lantern House"), s.link("River School")
		s.redirected(s.post(sala.Reader, one, s.form(one, "Lantern House")))
		if err := s.archive.Publish(ctx, anEditor, s.edition); err != nil {
			h.Fatal(err)
		}
		stale := s.form(two, "River School")
		w := s.post(sala.Editor, s.screen+"/text", url.Values{"do": {"lift"}, "reason": {""}})
		if w.Code != http.StatusUnprocessableEntity {
			h.Errorf("a signed text is taken up without a reason: %d", w.Code)
		}
		s.redirected(s.post(sala.Editor, s.screen+"/text", url.Values{"do": {"lift"}, "reason": {"A figure was wrong."}}))
		if page := s.read(s.get(sala.Reader, two)); !strings.Contains(page.Text, "is being changed just now") || !strings.Contains(page.Text, "A figure was wrong.") || strings.Contains(page.Text, "Canaryword") {
			h.Errorf("while it changes: %s", page.Text)
		}
		text := archive.Text{Title: "Joint statement", Body: doc("We ask that nobody ever pays."), Note: "A figure was wrong."}
		if _, err := s.archive.Revise(ctx, anEditor, s.edition, 1, text); err != nil {
			h.Fatal(err)
		}
		if w := s.post(sala.Editor, s.screen+"/text", url.Values{"do": {"up"}, "revision": {"1"}}); w.Code != http.StatusConflict {
			h.Errorf("another text than the page named is put up: %d", w.Code)
		}
		s.redirected(s.post(sala.Editor, s.screen+"/text", url.Values{"do": {"up"}, "revision": {"2"}}))
		page := s.read(s.post(sala.Reader, two, stale))
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text, "The text changed since you read it.") || !strings.Contains(page.Text, "nobody ever pays") {
			h.Errorf("a form from before: %d %s", page.Status, page.Text)
		}
		s.redirected(s.post(sala.Reader, two, s.form(two, "River School")))
		s.form(one, "Lantern House") // who signed before may sign the new text
		if page := s.read(s.get(sala.Reader, one+"/own")); !strings.Contains(page.Text, "for the text before it changed") || !strings.Contains(page.Text, "Take the signature back") {
			h.Errorf("the receipt of who signed before: %s", page.Text)
		}

		// Until the new text is out, the old one is signed by those who signed it.
		address := s.reader("/id/" + string(s.work)).Header().Get("Location")
		if page := s.read(s.reader(address)); !strings.Contains(page.Text, "Lantern House") || strings.Contains(page.Text, "River School") {
			h.Errorf("the text that is public: %s", page.Text)
		}
		if err := s.archive.Publish(ctx, anEditor, s.edition); err != nil {
			h.Fatal(err)
		}
		page = s.read(s.reader(address))
		before, after, _ := strings.Cut(page.Text, "Signed before the text changed")
		if !strings.Contains(before, "River School") || strings.Contains(before, "Lantern House") || !strings.Contains(after, "Lantern House") || !strings.Contains(after, "A figure was wrong.") {
			h.Errorf("the text that is public now: %s", page.Text)
		}
		if page := s.read(s.reader(address + "?v=1")); !strings.Contains(page.Text, "Lantern House") || strings.Contains(page.Text, "River School") {
			h.Errorf("the old version: %s", page.Text)
		}
		// A translation says what it is.
		th, err := s.archive.CreateEdition(ctx, anEditor, s.work, "th", s.edition)
		if err != nil {
			h.Fatal(err)
		}
		if _, err := s.archive.Revise(ctx, anEditor, th, 0, archive.Text{Title: "แถลงการณ์ร่วม", Body: doc("เราขอ"), SourceRev: 2}); err != nil {
			h.Fatal(err)
		}
		if page := s.read(s.get(sala.Reader, one+"?text=th")); !strings.Contains(page.Text, "What is signed is the text in English.") || !strings.Contains(page.Text, "เราขอ") {
			h.Errorf("the translation by a link: %s", page.Text)
		}
		if err := s.archive.Publish(ctx, anEditor, th); err != nil {
			h.Fatal(err)
		}
		public, err := s.archive.Work(ctx, s.work)
		if err != nil {
			h.Fatal(err)
		}
		for _, e := range public.Editions {
			if e.ID != th {
				continue
			}
			w = s.reader(fmt.Sprintf("/th/%d/%s", e.Year, url.PathEscape(e.Slug)))
			if body := strings.ReplaceAll(w.Body.String(), "<wbr>", ""); w.Code != http.StatusOK || !strings.Contains(body, "ข้อความที่ลงนามคือภาษาอังกฤษ") || !strings.Contains(body, "River School") {
				h.Errorf("the translation: %d %s", w.Code, body)
			}
		}
	})
}

// Whoever has not the right link reads one page, whatever is wrong with it; a
// form of any bytes is answered with a sentence.
func TestSignersLinkEnds(t *testing.T) {
	eachSigning(t, func(s *signing) {
		h := s.t
		path := s.link("Lantern House")
		form := s.form(path, "Lantern House")
		lost := s.get(sala.Reader, "/studio/s/none")
		for _, bad := range []url.Values{
			with(form, "name", strings.Repeat("a", 1<<20)), with(form, "name", "a\x00b"), with(form, "country", "xx"), with(form, "person", ""), with(form, "email", "x"), with(form, "name", ""),
		} {
			if w := s.post(sala.Reader, path, bad); w.Code != http.StatusUnprocessableEntity {
				h.Errorf("status %d: %s", w.Code, s.read(w).Text)
			}
		}
		for _, bad := range []url.Values{{}, with(form, "revision", "x")} {
			if w := s.post(sala.Reader, path, bad); w.Code != http.StatusBadRequest {
				h.Errorf("no form: %d", w.Code)
			}
		}
		if w := s.post(sala.Reader, path+"/"+bearer.New(), url.Values{"do": {"withdraw"}}); w.Code != http.StatusNotFound {
			h.Errorf("somebody else's receipt: %d", w.Code)
		}
		links, err := s.config.Signatures.Links(h.Context(), anEditor, mustCall(s).ID)
		if err != nil {
			h.Fatal(err)
		}
		s.redirected(s.post(sala.Editor, s.screen+"/links/"+string(links[0].ID)+"/revoke", nil))
		for _, w := range []*httptest.ResponseRecorder{s.get(sala.Reader, path), s.post(sala.Reader, path, form), s.get(sala.Reader, path+"/own"), s.get(sala.Reader, path+"/"+bearer.New())} {
			if w.Code != http.StatusNotFound || w.Body.String() != lost.Body.String() {
				h.Errorf("a revoked link tells of itself: %d %s", w.Code, s.read(w).Text)
			}
		}
		// Translators see none of it.
		for _, path := range []string{"/studio/signatures", s.screen, s.screen + "/list.csv"} {
			if w := s.get(sala.Translator, path); w.Code != http.StatusNotFound {
				h.Errorf("%s for a translator: %d", path, w.Code)
			}
		}
	})
}

// An editor enters what came on paper, makes links for all members at once,
// and takes the list out.
func TestSignaturesDesk(t *testing.T) {
	eachSigning(t, func(s *signing) {
		h := s.t
		for _, name := range []string{"Lantern House", "River School", "Harbour Union"} {
			if _, err := s.config.Directory.AddOrganisation(h.Context(), anEditor, directory.Organisation{Name: sala.Text{"en": name}, Kind: directory.NGO, Ties: []directory.Tie{{Relation: directory.Member}}}); err != nil {
				h.Fatal(err)
			}
		}
		paper := url.Values{"way": {"paper"}, "signed": {s.db.Now().AddDate(0, 0, -1).Format(time.DateOnly)}, "name": {"River School"}, "country": {"kh"}, "person": {"=Dao"}}
		if w := s.post(sala.Editor, s.screen+"/enter", with(paper, "signed", "yesterday")); w.Code != http.StatusUnprocessableEntity {
			h.Errorf("no day: %d", w.Code)
		}
		s.redirected(s.post(sala.Editor, s.screen+"/enter", paper))
		w := s.post(sala.Editor, s.screen+"/links", url.Values{"do": {"members"}})
		page := s.read(w)
		if n := len(signersLink.FindAllString(w.Body.String(), -1)); n != 2 || strings.Contains(page.Text[:strings.Index(page.Text, "signature stands")], "River School") {
			h.Errorf("%d links for members: %s", n, page.Text)
		}
		if page = s.read(s.post(sala.Editor, s.screen+"/links", url.Values{"do": {"members"}})); strings.Contains(page.Text, "/studio/s/") {
			h.Error("a member that has a link gets another")
		}
		if w := s.post(sala.Editor, s.screen+"/links", url.Values{"do": {"one"}, "name": {" "}}); w.Code != http.StatusUnprocessableEntity {
			h.Errorf("a link for nobody: %d", w.Code)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.get(sala.Editor, s.screen+"/list.csv").Body.String(), "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 2 || rows[1][1] != "River School" || rows[1][2] == "" || rows[1][4] != "'=Dao" || rows[1][11] != "paper" || rows[1][12] != "stands" {
			h.Errorf("the list: %q, %v", rows, err)
		}
		if page := s.read(s.get(sala.Editor, "/studio/signatures")); !strings.Contains(page.Text, "Joint statement") {
			h.Errorf("the statements: %s", page.Text)
		}
		s.redirected(s.post(sala.Editor, s.screen, url.Values{"do": {"end"}}))
		if page := s.read(s.get(sala.Editor, s.screen)); !strings.Contains(page.Text, "Open it again") {
			h.Errorf("after the end: %s", page.Text)
		}
		// What is no statement is not signed.
		work, _, err := s.archive.Begin(h.Context(), anEditor, archive.News, "en", "News")
		if err != nil {
			h.Fatal(err)
		}
		if w := s.get(sala.Editor, "/studio/signatures/"+string(work)); w.Code != http.StatusNotFound {
			h.Errorf("news are signed: %d", w.Code)
		}
	})
}

// Where letters go out, the links of members go to the addresses that the
// directory has, and are shown to nobody; without an address one is shown.
func TestSignersByMail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, q := stores(t, d)
		c.Letters = writer(t, c, q, refusing{})
		c.Text = func(*http.Request, archive.Work, archive.Edition) (string, error) { return "<p>Text</p>", nil }
		o := newOfficeOf(t, d, c)
		work, _ := o.aText("Joint statement", doc("Nobody pays."))
		screen := "/studio/signatures/" + string(work)
		for name, address := range map[string]string{"Lantern House": "office@lantern.example", "Harbour Union": ""} {
			if _, err := c.Directory.AddOrganisation(t.Context(), anEditor, directory.Organisation{Name: sala.Text{"en": name}, Kind: directory.NGO, Contact: directory.Contact{Email: address}, Ties: []directory.Tie{{Relation: directory.Member}}}); err != nil {
				t.Fatal(err)
			}
		}
		o.post(sala.Editor, screen, url.Values{"edition": {"en"}, "until": {d.Now().AddDate(0, 0, 5).Format(time.DateOnly)}, "hour": {"18:00"}})
		w := o.post(sala.Editor, screen+"/links", url.Values{"do": {"members"}, "mail": {"1"}})
		page := o.read(w)
		if shown := signersLink.FindAllString(w.Body.String(), -1); w.Code != http.StatusOK || len(shown) != 1 || !strings.Contains(page.Text, "1 link goes out by mail.") {
			t.Errorf("%d: %v %s", w.Code, shown, page.Text)
		}
		if list := o.read(o.get(sala.Admin, "/studio/mail")); !strings.Contains(list.Text, "office@lantern.example") || !strings.Contains(list.Text, "Link to sign by") {
			t.Errorf("letters: %s", list.Text)
		}
	})
}
