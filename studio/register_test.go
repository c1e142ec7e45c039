package studio_test

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/richtext"
	"sala/media"
	"sala/network"
	"sala/studio"
)

const passphrase = "lantern river seven boats"

var boss = sala.Actor{ID: "boss", Name: "Boss", Role: sala.Admin}

// A registry is one studio being served, with every room that the registers
// of the house need.
type registry struct {
	db      *db.DB
	account *account.Store
	archive *archive.Store
	media   *media.Store
	network *network.Store
	server  *httptest.Server
}

func openRegistry(t testing.TB) *registry {
	t.Helper()
	d := dbtest.SQLite(t)
	c, _ := stores(t, d)
	h := &registry{db: d, account: c.Account, archive: c.Archive, media: c.Media, network: c.Network}
	s, err := studio.New(c)
	if err != nil {
		t.Fatal(err)
	}
	h.server = httptest.NewServer(s.Handler())
	t.Cleanup(h.server.Close)
	h.set(t, func(set *network.Settings) {
		set.Name, set.Langs = sala.Text{"en": "River Network"}, []sala.Lang{"en", "th", "my"}
	})
	return h
}

func (h *registry) set(t testing.TB, f func(*network.Settings)) {
	t.Helper()
	err := h.db.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := h.network.Change(t.Context(), tx, boss, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *registry) settings(t testing.TB) network.Settings {
	t.Helper()
	set, err := h.network.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// work publishes a work in English.
func (h *registry) work(t testing.TB, kind archive.Kind, title string) sala.ID {
	t.Helper()
	id, err := h.archive.CreateWork(t.Context(), boss, archive.Work{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	e, err := h.archive.CreateEdition(t.Context(), boss, id, "en", "")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := richtext.FromMarkdown("Text.", richtext.HTMLOptions{Lang: "en", Seed: title})
	if _, err := h.archive.Revise(t.Context(), boss, e, 0, archive.Text{Title: title, Body: body}); err != nil {
		t.Fatal(err)
	}
	if err := h.archive.Publish(t.Context(), boss, e); err != nil {
		t.Fatal(err)
	}
	return id
}

// A guest is a browser that keeps its cookies and follows no redirect.
type guest struct {
	client *http.Client
	base   string
}

func (h *registry) guest(t testing.TB) guest {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return guest{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, h.server.URL}
}

// as is a browser in which somebody of a role has signed in.
func (h *registry) as(t testing.TB, role sala.Role) guest {
	t.Helper()
	email := strings.ToLower(string(sala.NewID())) + "@example.org"
	_, code, err := h.account.Invite(t.Context(), sala.Machine("test"), email, "", role, "en")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.account.Accept(t.Context(), code, "", "en", account.WayIn{Password: passphrase}, ""); err != nil {
		t.Fatal(err)
	}
	b := h.guest(t)
	if status, _, to := b.post(t, "/studio/signin", "email", email, "password", passphrase); status != http.StatusSeeOther || to != "/studio/" {
		t.Fatalf("sign in as %s: %d %s", role, status, to)
	}
	return b
}

func (b guest) send(t testing.TB, r *http.Request) (status int, body, location string) {
	t.Helper()
	resp, err := b.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
	}()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(page), resp.Header.Get("Location")
}

func (b guest) get(t testing.TB, path string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", b.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	status, body, _ = b.send(t, r)
	return status, body
}

func (b guest) post(t testing.TB, path string, fields ...string) (status int, body, location string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r, err := http.NewRequestWithContext(t.Context(), "POST", b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", b.base)
	return b.send(t, r)
}

// must fails unless a form was obeyed.
func (b guest) must(t testing.TB, path string, fields ...string) string {
	t.Helper()
	status, body, to := b.post(t, path, fields...)
	if status != http.StatusSeeOther {
		t.Fatalf("POST %s: %d %v", path, status, faults(body))
	}
	return to
}

var faultText = regexp.MustCompile(`(?s)<p class="fault"[^>]*>(.*?)</p>`)

// faults are the sentences beside the fields of a page.
func faults(body string) []string {
	var all []string
	for _, m := range faultText.FindAllStringSubmatch(body, -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	return all
}

// refused checks that a form came back with a sentence, what was typed kept.
func refused(t testing.TB, what string, status, want int, body, sentence string, kept ...string) {
	t.Helper()
	body = html.UnescapeString(body)
	if status != want {
		t.Errorf("%s: status %d, want %d", what, status, want)
	}
	if !strings.Contains(body, sentence) {
		t.Errorf("%s: the page does not say %q but %v", what, sentence, faults(body))
	}
	for _, k := range kept {
		if !strings.Contains(strings.ReplaceAll(body, "<wbr>", ""), k) {
			t.Errorf("%s: the page has lost %q", what, k)
		}
	}
}

// TestRegisterRoles asks the pages of the registers as every role: what is not
// for a role answers as if it were not there.
func TestRegisterRoles(t *testing.T) {
	h := openRegistry(t)
	pages := map[string]sala.Action{"/studio/settings": sala.Configure, "/studio/menus": sala.Configure, "/studio/terms": sala.Publish, "/studio/redirects": sala.Publish}
	posts := map[string]sala.Action{
		"/studio/settings/words": sala.Configure, "/studio/settings/langs": sala.Configure, "/studio/settings/contact": sala.Configure,
		"/studio/settings/zone": sala.Configure, "/studio/settings/home": sala.Configure, "/studio/settings/colours": sala.Configure, "/studio/settings/logo": sala.Configure, "/studio/menus": sala.Configure,
		"/studio/terms": sala.Publish, "/studio/vocabularies": sala.Publish, "/studio/redirects": sala.Publish, "/studio/redirects/forget": sala.Publish,
	}
	for role := sala.Contributor; role <= sala.Admin; role++ {
		b := h.as(t, role)
		for path, action := range pages {
			want := http.StatusNotFound
			if role.May(action) {
				want = http.StatusOK
			}
			if status, _ := b.get(t, path); status != want {
				t.Errorf("GET %s as %s: %d, want %d", path, role, status, want)
			}
		}
		for path, action := range posts {
			if status, _, _ := b.post(t, path); (status == http.StatusNotFound) == role.May(action) || status >= 500 {
				t.Errorf("POST %s as %s: %d", path, role, status)
			}
		}
	}
	for path := range pages {
		if status, _ := h.guest(t).get(t, path); status != http.StatusSeeOther {
			t.Errorf("GET %s without signing in: %d", path, status)
		}
	}
}

func TestSettingsWords(t *testing.T) {
	h := openRegistry(t)
	b := h.as(t, sala.Admin)
	mark := sala.Mark(h.settings(t).Words())
	b.must(t, "/studio/settings/words", "mark", mark, "name-en", "Mekong Network", "name-th", "เครือข่าย", "about-en", "One\r\ntwo")
	if set := h.settings(t); set.Name["en"] != "Mekong Network" || set.Name["th"] != "เครือข่าย" || set.About["en"] != "One\ntwo" {
		t.Errorf("stored %v %v", set.Name, set.About)
	}
	if _, body := b.get(t, "/studio/settings"); !strings.Contains(body, "Saved. Readers see it now.") {
		t.Error("the page does not say that it is saved")
	}
	status, body, _ := b.post(t, "/studio/settings/words", "mark", mark, "name-en", "My Network", "tagline-en", "typed here")
	refused(t, "a stale form", status, http.StatusConflict, body, "Somebody else has changed this part", "My Network", "typed here", "Mekong Network")
	if h.settings(t).Name["en"] != "Mekong Network" {
		t.Error("a stale form was obeyed")
	}
	status, body, _ = b.post(t, "/studio/settings/words", "mark", sala.Mark(h.settings(t).Words()), "tagline-en", "typed here")
	refused(t, "no name", status, 422, body, "needs a name", "typed here")
}

func TestSettingsLanguages(t *testing.T) {
	h := openRegistry(t)
	h.work(t, archive.News, "A text")
	b := h.as(t, sala.Admin)
	step := func(do, tag string) (int, string) {
		status, body, _ := b.post(t, "/studio/settings/langs", "mark", sala.Mark(h.settings(t).Languages()), "do", do, "tag", tag)
		return status, body
	}
	for _, s := range []struct{ do, tag, want string }{
		{"add", "shn", "en th my shn"}, {"up", "shn", "en th shn my"}, {"add", "zh-TW", "en th shn my zh-Hant"},
		{"down", "en", "th en shn my zh-Hant"}, {"default", "th", "th en shn my zh-Hant"}, {"remove", "shn", "th en my zh-Hant"},
	} {
		if status, body := step(s.do, s.tag); status != http.StatusSeeOther {
			t.Fatalf("%s %s: %d %v", s.do, s.tag, status, faults(body))
		}
		var got []string
		for _, l := range h.settings(t).Langs {
			got = append(got, string(l))
		}
		if strings.Join(got, " ") != s.want {
			t.Fatalf("after %s %s: %v, want %s", s.do, s.tag, got, s.want)
		}
	}
	if h.settings(t).Default != "th" {
		t.Error("Thai is not first")
	}
	status, body := step("remove", "en")
	refused(t, "a language with public texts", status, 422, body, "Texts are public in this language")
	status, body = step("remove", "th")
	refused(t, "the first language", status, 422, body, "This is the site’s first language")
	status, body = step("add", "not a tag")
	refused(t, "no tag", status, 422, body, "This is not a language tag", `value="not a tag"`)
	status, body = step("add", "en-US")
	refused(t, "one that is there", status, 422, body, "has this language already")
	if _, body := b.get(t, "/studio/settings"); !strings.Contains(body, ">in English<") || !strings.Contains(body, ">translated<") {
		t.Error("the page does not say which languages have a catalogue")
	}
}

func TestSettingsLook(t *testing.T) {
	h := openRegistry(t)
	b := h.as(t, sala.Admin)
	mark := func() string { return sala.Mark(h.settings(t).Colours) }
	status, body, _ := b.post(t, "/studio/settings/colours", "mark", mark(), "roof", "#ffee00", "edge", "#f2b705")
	refused(t, "a pale roof", status, 422, body, "White words cannot be read well", `value="#ffee00"`, "white words on the roof: 1.2 (4.5 or more")
	status, body, _ = b.post(t, "/studio/settings/colours", "mark", mark(), "roof", "red; }", "edge", "#f2b705")
	refused(t, "no colour", status, 422, body, "This is not a colour")
	b.must(t, "/studio/settings/colours", "mark", mark(), "roof", "#4a1030", "edge", "#ffffff")
	if c := h.settings(t).Colours; c != (network.Colours{Roof: "#4a1030", Edge: "#ffffff"}) {
		t.Errorf("stored %+v", c)
	}
	b.must(t, "/studio/settings/colours", "mark", mark(), "roof", "#4a1030", "usual", "1")
	if c := h.settings(t).Colours; c != (network.Colours{}) {
		t.Errorf("the usual colours are stored as %+v", c)
	}
	status, body, _ = b.post(t, "/studio/settings/logo", "mark", sala.Mark(h.settings(t).Logo), "id", string(sala.NewID()))
	refused(t, "a logo that is none", status, 422, body, "This is not a public picture")
}

func TestSettingsHomeAndContact(t *testing.T) {
	h := openRegistry(t)
	page := h.work(t, archive.Page, "About the river")
	b := h.as(t, sala.Admin)
	if _, body := b.get(t, "/studio/settings?page=RIVER"); !strings.Contains(body, string(page)) {
		t.Error("the page is not found by its title")
	}
	b.must(t, "/studio/settings/home", "mark", sala.Mark(h.settings(t).Home), "id", string(page))
	if h.settings(t).Home != page {
		t.Error("the home page is not set")
	}
	status, body, _ := b.post(t, "/studio/settings/home", "mark", sala.Mark(h.settings(t).Home), "id", string(sala.NewID()))
	refused(t, "a page that is none", status, 422, body, "not public, or it is gone")
	status, body, _ = b.post(t, "/studio/settings/contact", "mark", sala.Mark(h.settings(t).Contact()), "email", "nobody", "phone", "+66 2", "security", "ftp://x")
	refused(t, "bad contact", status, 422, body, "not an e-mail address", `value="nobody"`, `value="+66 2"`, "Begin with mailto:")
	b.must(t, "/studio/settings/contact", "mark", sala.Mark(h.settings(t).Contact()), "email", "a@example.org", "security", "mailto:a@example.org")
}

func TestMenus(t *testing.T) {
	h := openRegistry(t)
	page := h.work(t, archive.Page, "About the river")
	ana, ben := h.as(t, sala.Admin), h.as(t, sala.Admin)
	status, body, _ := ana.post(t, "/studio/menus", "name", " ", "place", "roof")
	refused(t, "a menu without a name", status, 422, body, "A menu needs a name")
	at := ana.must(t, "/studio/menus", "name", "Main", "place", "main")
	mark := func() string { return sala.Mark(h.settings(t).Menus[0]) }
	if _, body := ana.get(t, at+"?find=about"); !strings.Contains(body, "work/"+string(page)) {
		t.Error("the page is not found by its title")
	}
	ana.must(t, at+"/items", "mark", mark(), "do", "add", "ref", "work/"+string(page))
	ana.must(t, at+"/items", "mark", mark(), "do", "add", "url", "https://example.org", "label-en", "Friends", "label-th", "เพื่อน")
	ana.must(t, at+"/items", "mark", mark(), "do", "in", "item", "1")
	if items := h.settings(t).Menus[0].Items; len(items) != 1 || len(items[0].Items) != 1 || items[0].Items[0].Label["th"] != "เพื่อน" {
		t.Errorf("stored %+v", items)
	}
	if _, body := ana.get(t, at+"?item=0.0"); !strings.Contains(body, `value="Friends"`) || !strings.Contains(body, "About the river") {
		t.Error("the item is not in its form")
	}
	status, body, _ = ana.post(t, at+"/items", "mark", mark(), "do", "set", "item", "0.0", "url", "javascript:alert(1)", "label-en", "Kept label")
	refused(t, "a bad address", status, 422, body, "This is not an address", "Kept label", "javascript:alert(1)")
	status, body, _ = ana.post(t, at+"/items", "mark", mark(), "do", "add", "ref", "work/"+string(sala.NewID()))
	refused(t, "what is not public", status, 422, body, "This is not public")

	// Two admins at once.
	old := mark()
	ben.must(t, at+"/items", "mark", old, "do", "add", "url", "/en/archive/", "label-en", "By Ben")
	status, body, _ = ana.post(t, at+"/items", "mark", old, "do", "add", "url", "/en/x", "label-en", "By Ana")
	refused(t, "the second of two", status, http.StatusConflict, body, "Somebody else has changed this menu", "By Ben", "By Ana", "/en/x")
	if items := h.settings(t).Menus[0].Items; len(items) != 2 || items[1].Label["en"] != "By Ben" {
		t.Errorf("after two at once: %+v", items)
	}
	ana.must(t, at+"/items", "mark", mark(), "do", "add", "url", "/en/x", "label-en", "By Ana")
	for _, bad := range []string{"9", "x", "-1", ""} {
		if status, _, _ := ana.post(t, at+"/items", "mark", mark(), "do", "remove", "item", bad); status != http.StatusNotFound {
			t.Errorf("remove item %q: %d", bad, status)
		}
	}
	ana.must(t, at+"/remove", "mark", mark())
	if status, _ := ana.get(t, at); status != http.StatusNotFound {
		t.Errorf("a menu that is removed: %d", status)
	}
}

func TestTerms(t *testing.T) {
	h := openRegistry(t)
	b := h.as(t, sala.Editor)
	b.must(t, "/studio/vocabularies", "slug", "theme", "vocabulary-en", "Themes")
	status, body, _ := b.post(t, "/studio/vocabularies", "slug", "theme", "mark", "of another time", "vocabulary-en", "Mine")
	refused(t, "a vocabulary somebody else has named", status, 409, body, "from somebody else", "Mine", "<ins>Themes</ins>")
	status, body, _ = b.post(t, "/studio/vocabularies", "slug", "two words", "vocabulary-en", "Kept name")
	refused(t, "a vocabulary that cannot stand in an address", status, 422, body, "This cannot stand in an address", "two words", "Kept name")
	status, body, _ = b.post(t, "/studio/terms", "in", "theme", "slug", "kept-slug")
	refused(t, "a term without a label", status, 422, body, "A label in at least one language", "kept-slug")
	for _, label := range []string{"Fees", "Charges", "Empty"} {
		b.must(t, "/studio/terms", "in", "theme", "label-en", label)
	}
	id := map[string]sala.ID{}
	list, err := h.archive.Terms(t.Context(), "theme")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		id[x.Slug] = x.ID
	}
	// A work bears the term that goes.
	err = h.db.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := h.archive.Import(t.Context(), tx, sala.Machine("test"), archive.Incoming{
			Work:    archive.Work{ID: sala.NewID(), Kind: archive.News, Terms: []sala.ID{id["charges"]}},
			Edition: archive.Edition{ID: sala.NewID(), Lang: "en", Title: "On fees", Stage: archive.Draft, Public: true, Published: h.db.Now()},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	at := "/studio/terms/" + string(id["charges"])
	status, body, _ = b.post(t, at+"/delete")
	refused(t, "a term with works", status, 422, body, "Works bear this term")
	_, body = b.get(t, at)
	seen := regexp.MustCompile(`name="seen" value="(\d+)"`).FindStringSubmatch(body)[1]
	status, body, _ = b.post(t, at, "seen", seen, "slug", "fees", "label-en", "Kept label")
	refused(t, "a taken slug", status, 422, body, "Another term stands at this address", "Kept label")
	status, body, _ = b.post(t, at, "seen", seen, "slug", "x", "label-en", "x", "parent", string(id["charges"]))
	refused(t, "below itself", status, 422, body, "cannot stand below itself")
	b.must(t, at, "seen", seen, "slug", "costs", "label-en", "Costs", "label-th", "ค่าใช้จ่าย", "parent", string(id["empty"]))
	status, body, _ = b.post(t, at, "seen", seen, "slug", "dues", "label-en", "Typed late")
	refused(t, "the second of two", status, http.StatusConflict, body, "Somebody else has changed this term", "Typed late", "ค่าใช้จ่าย")
	status, body, _ = b.post(t, at+"/merge", "into", string(sala.NewID()))
	refused(t, "merge into nothing", status, 422, body, "Choose a term of the same vocabulary")
	if to := b.must(t, at+"/merge", "into", string(id["fees"])); to != "/studio/terms/"+string(id["fees"]) {
		t.Errorf("after merging: %s", to)
	}
	for _, old := range []string{"charges", "empty/costs"} {
		if x, err := h.archive.MovedTerm(t.Context(), "theme", old); err != nil || x.ID != id["fees"] {
			t.Errorf("the old address %s leads to %s (%v)", old, x.Path, err)
		}
	}
	if _, body := b.get(t, "/studio/terms/"+string(id["fees"])); !strings.Contains(body, "1 work bears it") {
		t.Error("the work has not moved")
	}
	b.must(t, "/studio/terms/"+string(id["empty"])+"/delete")
	if status, _ := b.get(t, "/studio/terms/"+string(id["empty"])); status != http.StatusNotFound {
		t.Errorf("a deleted term: %d", status)
	}
}

func TestRedirects(t *testing.T) {
	h := openRegistry(t)
	one, two := h.work(t, archive.News, "About the river"), h.work(t, archive.News, "About the sea")
	b := h.as(t, sala.Editor)
	if _, body := b.get(t, "/studio/redirects?address=/2015/03/x/&find=river"); !strings.Contains(body, "work/"+string(one)) {
		t.Error("the target is not offered")
	}
	b.must(t, "/studio/redirects", "address", "/2015/03/x/", "ref", "work/"+string(one))
	status, body, _ := b.post(t, "/studio/redirects", "address", "/2015/03/x/", "ref", "work/"+string(two))
	refused(t, "an address that leads somewhere", status, http.StatusConflict, body, "leads somewhere else meanwhile", "/2015/03/x/", "About the river")
	b.must(t, "/studio/redirects", "address", "/2015/03/x/", "was", "work/"+string(one), "ref", "work/"+string(two), "lang", "en")
	if to, err := h.archive.Redirect(t.Context(), "/2015/03/x"); err != nil || to.Ref.ID != two || to.Lang != "en" {
		t.Errorf("leads to %v (%v)", to, err)
	}
	status, body, _ = b.post(t, "/studio/redirects", "address", "/y", "ref", "work/"+string(sala.NewID()))
	refused(t, "a target that is none", status, 422, body, "This is not public", `value="/y"`)
	status, body, _ = b.post(t, "/studio/redirects", "address", "/", "ref", "work/"+string(one))
	refused(t, "the front page", status, 422, body, "This is not the end of an address")
	if _, body := b.get(t, "/studio/redirects?q=2015"); !strings.Contains(body, "About the sea") || strings.Contains(body, "About the river") {
		t.Error("the list does not say where the address leads")
	}
	b.must(t, "/studio/redirects/forget", "address", "/2015/03/x", "was", "work/"+string(two), "was-lang", "en")
}
