package studio_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/search"
	"sala/site"
	"sala/studio"
)

// A room is both doors over one database.
type room struct {
	db      *db.DB
	account *account.Store
	archive *archive.Store
	jobs    *jobs.Queue
	server  *httptest.Server
	index   *search.Index
}

func newRoom(t *testing.T) *room { return roomOver(t, dbtest.SQLite(t)) }

func roomOver(t *testing.T, d *db.DB) *room {
	t.Helper()
	c, q := stores(t, d)
	r := &room{db: d, account: c.Account, archive: c.Archive, jobs: q, index: c.Search}
	readers, err := site.New(site.Config{DB: d, Archive: c.Archive, Events: c.Events, Directory: c.Directory, Media: c.Media, Network: c.Network, Search: c.Search, Glossary: c.Glossary, Log: c.Log})
	if err != nil {
		t.Fatal(err)
	}
	c.Preview = readers.Preview
	s, err := studio.New(c)
	if err != nil {
		t.Fatal(err)
	}
	doors := http.NewServeMux()
	doors.Handle("/studio/", s.Handler())
	doors.Handle("/", readers.Handler())
	r.server = httptest.NewServer(doors)
	t.Cleanup(r.server.Close)
	return r
}

// A person is a browser of somebody who has signed in, or of nobody.
type person struct {
	t    *testing.T
	http *http.Client
	base string
}

func (r *room) nobody(t *testing.T) person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return person{t, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, r.server.URL}
}

func (r *room) person(t *testing.T, name string, role sala.Role) person {
	t.Helper()
	const password = "lantern river seven boats"
	_, code, err := r.account.Invite(t.Context(), sala.Machine("test"), name+"@example.org", name, role, "en")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.account.Accept(t.Context(), code, name, "en", account.WayIn{Password: password}, ""); err != nil {
		t.Fatal(err)
	}
	p := r.nobody(t)
	if status, body := p.post("/studio/signin", url.Values{"email": {name + "@example.org"}, "password": {password}}); status != http.StatusSeeOther {
		t.Fatalf("%s cannot sign in: %d %s", name, status, body)
	}
	return p
}

func (p person) do(method, path, kind, body, origin string) (*http.Response, string) {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if method == "POST" {
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Origin", origin)
	}
	resp, err := p.http.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() {
		if err := resp.Body.Close(); err != nil {
			p.t.Error(err)
		}
	}()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return resp, string(b)
}

func (p person) get(path string) (int, string) {
	p.t.Helper()
	resp, body := p.do("GET", path, "", "", "")
	return resp.StatusCode, body
}

func (p person) post(path string, form url.Values) (int, string) {
	p.t.Helper()
	resp, body := p.do("POST", path, "application/x-www-form-urlencoded", form.Encode(), p.base)
	if to := resp.Header.Get("Location"); to != "" {
		body = to
	}
	return resp.StatusCode, body
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)"`)

// field is what a page gives back with its form.
func field(t *testing.T, body, name string) string {
	t.Helper()
	for _, m := range hidden.FindAllStringSubmatch(body, -1) {
		if m[1] == name {
			return m[2]
		}
	}
	t.Fatalf("there is no hidden field %s in %s", name, body)
	return ""
}

// begin makes a statement and returns the address where it is written.
func (p person) begin(title string) string {
	p.t.Helper()
	status, to := p.post("/studio/works", url.Values{"kind": {"statement"}, "lang": {"en"}, "title": {title}})
	if status != http.StatusSeeOther {
		p.t.Fatalf("begin: %d %s", status, to)
	}
	return to
}

// text is a form with a text, as the page at path gives it now.
func (p person) text(path, title, markdown string) url.Values {
	p.t.Helper()
	_, body := p.get(path)
	return url.Values{"base": {field(p.t, body, "base")}, "title": {title}, "markdown": {markdown}, "do": {"save"}}
}

func (p person) want(status, got int, body string) {
	p.t.Helper()
	if got != status {
		p.t.Fatalf("%d, want %d: %s", got, status, body)
	}
}

// step posts a step with the newest revision.
func (p person) step(path, do string, more ...string) (int, string) {
	p.t.Helper()
	_, body := p.get(path)
	form := url.Values{"do": {do}, "revision": {"0"}}
	if strings.Contains(body, `name="revision"`) {
		form.Set("revision", field(p.t, body, "revision"))
	}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return p.post(path+"/step", form)
}

func TestPublishPath(t *testing.T) {
	r := newRoom(t)
	writer, editor, reader := r.person(t, "writer", sala.Contributor), r.person(t, "editor", sala.Editor), r.nobody(t)
	status, body := writer.post("/studio/works", url.Values{"kind": {"poem"}, "lang": {"en"}, "title": {" "}})
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "no kind of work") || !strings.Contains(body, "A title is needed") {
		t.Errorf("a bad beginning: %d", status)
	}
	path := writer.begin("Wages <now>")
	status, body = writer.post(path, writer.text(path, "Wages <now>", "# Why\n\nThey were paid late."))
	writer.want(http.StatusSeeOther, status, body)
	if _, body := writer.get(path); !strings.Contains(body, "Saved as revision 1.") || !strings.Contains(body, "They were paid late.") || strings.Contains(body, "Wages <now>") {
		t.Errorf("after saving: %s", body)
	}
	if status, _ := writer.step(path, "publish"); status != http.StatusNotFound {
		t.Errorf("a contributor publishes: %d", status)
	}
	status, body = writer.step(path, "submit", "reason", "please read")
	writer.want(http.StatusSeeOther, status, body)
	if _, body := editor.get("/studio/"); !strings.Contains(body, "Waiting for review") {
		t.Error("the editor is not told")
	}
	if status, body := editor.step(path, "send_back"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Give a reason.") {
		t.Errorf("sent back without a reason: %d", status)
	}
	status, body = editor.step(path, "approve")
	editor.want(http.StatusSeeOther, status, body)
	if _, body := reader.get("/en/archive/"); strings.Contains(body, "Wages") {
		t.Error("it shows before it is published")
	}
	if status, body := editor.get(path + "/preview/page"); status != http.StatusOK || !strings.Contains(body, "They were paid late.") || !strings.Contains(body, `content="noindex"`) {
		t.Errorf("the preview: %d %s", status, body)
	}
	if status, body := editor.get(path + "/preview?width=1280"); status != http.StatusOK || !strings.Contains(body, `class="w1280"`) {
		t.Errorf("its frame: %d", status)
	}
	status, body = editor.step(path, "publish")
	editor.want(http.StatusSeeOther, status, body)
	year := strconv.Itoa(time.Now().UTC().Year())
	public := "/en/" + year + "/wages-now"
	if status, body := reader.get(public); status != http.StatusOK || !strings.Contains(body, "They were paid late.") {
		t.Errorf("for readers: %d", status)
	}
	// A correction needs a note.
	status, body = editor.post(path, editor.text(path, "Wages", "They were paid very late."))
	editor.want(http.StatusSeeOther, status, body)
	if status, body := editor.step(path, "publish"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Say what was corrected") {
		t.Errorf("corrected without a note: %d", status)
	}
	form := editor.text(path, "Wages", "They were paid very late.")
	form.Set("note", "It was very late.")
	status, body = editor.post(path, form)
	editor.want(http.StatusSeeOther, status, body)
	status, body = editor.step(path, "publish")
	editor.want(http.StatusSeeOther, status, body)
	if _, body := reader.get(public); !strings.Contains(body, "It was very late.") {
		t.Error("the correction does not show")
	}
	if _, body := editor.get(path + "/versions?old=1&new=3"); !strings.Contains(body, "<ins>") || !strings.Contains(body, "public as version 2") {
		t.Errorf("versions: %s", body)
	}
	// The address changes, the old one stays.
	id := path[:strings.LastIndex(path, "/")]
	status, body = editor.post(path+"/address", url.Values{"was": {"wages-now"}, "slug": {"late wages"}})
	editor.want(http.StatusSeeOther, status, body)
	if resp, _ := reader.do("GET", public, "", "", ""); resp.StatusCode != http.StatusMovedPermanently || resp.Header.Get("Location") != "/en/"+year+"/late-wages" {
		t.Errorf("the old address: %d %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	_, body = editor.get(id)
	described := url.Values{"was": {field(t, body, "was")}, "kind": {"statement"}, "from": {"March 2019"}, "to": {""}, "place": {"Mae Sot"}, "country": {"th"}}
	status, body = editor.post(id, described)
	editor.want(http.StatusSeeOther, status, body)
	if _, body := reader.get("/en/" + year + "/late-wages"); !strings.Contains(body, "Mae Sot") || !strings.Contains(body, "March 2019") {
		t.Error("place and date do not show")
	}
	if status, _ := editor.post(id, described); status != http.StatusConflict {
		t.Errorf("described from an old form: %d", status)
	}
	described.Set("from", "someday")
	if status, body := editor.post(id, described); status != http.StatusUnprocessableEntity || !strings.Contains(body, `value="someday"`) {
		t.Errorf("a bad day: %d", status)
	}
	status, body = editor.step(path, "withdraw", "reason", "by mistake")
	editor.want(http.StatusSeeOther, status, body)
	if status, _ := reader.get("/en/" + year + "/late-wages"); status != http.StatusGone {
		t.Errorf("withdrawn: %d", status)
	}
}

func TestSchedule(t *testing.T) {
	r := newRoom(t)
	editor, reader := r.person(t, "editor", sala.Editor), r.nobody(t)
	path := editor.begin("Later")
	status, body := editor.post(path, editor.text(path, "Later", "Words."))
	editor.want(http.StatusSeeOther, status, body)
	if status, body := editor.step(path, "schedule", "day", "2001-01-01", "hour", "09:00"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "This moment has passed.") || !strings.Contains(body, `value="2001-01-01"`) {
		t.Errorf("in the past: %d", status)
	}
	due := time.Now().UTC().AddDate(0, 0, 2)
	status, body = editor.step(path, "schedule", "day", due.Format(time.DateOnly), "hour", "09:30")
	editor.want(http.StatusSeeOther, status, body)
	if _, body := editor.get("/studio/works?state=scheduled"); !strings.Contains(body, "09:30 UTC") {
		t.Error("the list does not say when")
	}
	r.db.Clock = func() time.Time { return due.AddDate(0, 0, 1) }
	if _, err := r.jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if status, _ := reader.get("/en/" + strconv.Itoa(due.AddDate(0, 0, 1).Year()) + "/later"); status != http.StatusOK {
		t.Errorf("after it was due: %d", status)
	}
}

// A schedule is made and shown by the network's clocks and kept in UTC.
func TestScheduleByTheNetworksClocks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := roomOver(t, d)
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { return now }
		admin := r.person(t, "admin", sala.Admin)
		_, body := admin.get("/studio/settings")
		if status, body := admin.post("/studio/settings/zone", url.Values{"mark": {sala.Mark("")}, "zone": {"Nowhere/Else"}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "no time zone of that name") || !strings.Contains(body, `value="Nowhere/Else"`) {
			t.Errorf("a bad zone: %d", status)
		}
		if !strings.Contains(body, sala.Mark("")) {
			t.Error("the form bears no mark")
		}
		status, body := admin.post("/studio/settings/zone", url.Values{"mark": {sala.Mark("")}, "zone": {"Europe/London"}})
		admin.want(http.StatusSeeOther, status, body)
		path := admin.begin("Later")
		status, body = admin.post(path, admin.text(path, "Later", "Words."))
		admin.want(http.StatusSeeOther, status, body)
		if status, body := admin.step(path, "schedule", "day", "2026-03-29", "hour", "01:30"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "the clocks go forward over it") || !strings.Contains(body, `value="01:30"`) {
			t.Errorf("a time that there is not: %d", status)
		}
		status, body = admin.step(path, "schedule", "day", "2026-03-30", "hour", "09:30")
		admin.want(http.StatusSeeOther, status, body)
		if _, body := admin.get("/studio/works?state=scheduled"); !strings.Contains(body, "09:30 Europe/London") {
			t.Error("the list does not say when")
		}
		if _, body := admin.get("/studio/"); !regexp.MustCompile(`state=scheduled">Scheduled\s*<span class="n">1<`).MatchString(body) {
			t.Errorf("the side column does not count it: %s", body)
		}
		if _, body := admin.get(path); !strings.Contains(body, "Publish later (Europe/London)") {
			t.Error("the form does not say whose clocks")
		}
		public := "/en/2026/later"
		now = time.Date(2026, 3, 30, 8, 29, 59, 0, time.UTC)
		if _, err := r.jobs.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if status, _ := admin.get(public); status != http.StatusNotFound {
			t.Errorf("before it was due: %d", status)
		}
		now = now.Add(time.Second)
		if _, err := r.jobs.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if status, _ := admin.get(public); status != http.StatusOK {
			t.Errorf("when it was due: %d", status)
		}
	})
}

func TestTwoPersons(t *testing.T) {
	r := newRoom(t)
	admin, editor := r.person(t, "admin", sala.Admin), r.person(t, "editor", sala.Editor)
	status, body := admin.post("/studio/rules", url.Values{"two-statement": {"1"}})
	admin.want(http.StatusSeeOther, status, body)
	path := editor.begin("Two")
	status, body = editor.post(path, editor.text(path, "Two", "Words."))
	editor.want(http.StatusSeeOther, status, body)
	if status, body := editor.step(path, "publish"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "second person’s approval") {
		t.Errorf("published alone: %d", status)
	}
	status, body = editor.step(path, "submit")
	editor.want(http.StatusSeeOther, status, body)
	if status, body := editor.step(path, "approve"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "somebody else has to") {
		t.Errorf("approved alone: %d", status)
	}
	status, body = admin.step(path, "approve")
	admin.want(http.StatusSeeOther, status, body)
	status, body = editor.step(path, "publish")
	editor.want(http.StatusSeeOther, status, body)
}

// Two people save texts that were begun from the same revision: the second
// sees both and loses neither.
func TestConflict(t *testing.T) {
	r := newRoom(t)
	one, two := r.person(t, "one", sala.Editor), r.person(t, "two", sala.Translator)
	path := one.begin("Both")
	status, body := one.post(path, one.text(path, "Both", "The first words."))
	one.want(http.StatusSeeOther, status, body)
	mine, theirs := two.text(path, "Both", "The second words."), one.text(path, "Both", "The third words.")
	status, body = one.post(path, theirs)
	one.want(http.StatusSeeOther, status, body)
	status, body = two.post(path, mine)
	if status != http.StatusConflict || !strings.Contains(body, "<ins>second</ins>") || !strings.Contains(body, "<del>third</del>") || !strings.Contains(body, "one saved another text") {
		t.Fatalf("%d %s", status, body)
	}
	// Reloaded, it is still both; then a merge is taken.
	if _, body := two.get(path); !strings.Contains(body, "<del>third</del>") {
		t.Error("the working copy is gone")
	}
	status, body = two.post(path, two.text(path, "Both", "The second and third words."))
	two.want(http.StatusSeeOther, status, body)
	if _, body := one.get(path); !strings.Contains(body, "The second and third words.") {
		t.Error("the merge is not there")
	}
	// A step taken with a page that showed an older text is refused.
	if status, _ := one.post(path+"/step", url.Values{"do": {"publish"}, "revision": {"2"}}); status != http.StatusConflict {
		t.Errorf("published unread: %d", status)
	}
}

// One person writes in two windows.
func TestTwoWindows(t *testing.T) {
	r := newRoom(t)
	p := r.person(t, "one", sala.Editor)
	path := p.begin("Tabs")
	first, second := p.text(path, "Tabs", "From the first."), p.text(path, "Tabs", "From the second.")
	first.Set("do", "keep")
	status, body := p.post(path, first)
	p.want(http.StatusSeeOther, status, body)
	status, body = p.post(path, second)
	if status != http.StatusConflict || !strings.Contains(body, "another window") || !strings.Contains(body, "<ins>second</ins>") || !strings.Contains(body, "From the first.") {
		t.Fatalf("%d %s", status, body)
	}
	second.Set("base", field(t, body, "base"))
	status, body = p.post(path, second)
	p.want(http.StatusSeeOther, status, body)
	// The same by the editor's script.
	draft := strings.Replace(path, "/en", "/editions/en/draft", 1)
	send := func(base, words string) (int, map[string]string) {
		t.Helper()
		b, err := json.Marshal(map[string]any{"base": base, "title": "Tabs", "summary": "", "body": json.RawMessage(`{"type":"doc","content":[{"type":"paragraph","attrs":{"id":"aaaaaaaa"},"content":[{"type":"text","text":"` + words + `"}]}]}`)})
		if err != nil {
			t.Fatal(err)
		}
		resp, body := p.do("POST", draft, "application/json", string(b), p.base)
		said := map[string]string{}
		if err := json.NewDecoder(bytes.NewReader([]byte(body))).Decode(&said); err != nil {
			t.Logf("%s", body)
		}
		return resp.StatusCode, said
	}
	status, said := send("1.0", "one")
	if status != http.StatusOK || said["base"] == "1.0" || said["saved"] == "" {
		t.Fatalf("%d %v", status, said)
	}
	if status, again := send("1.0", "two"); status != http.StatusConflict || again["conflict"] != path {
		t.Errorf("%d %v", status, again)
	}
	if status, _ := send(said["base"], "three"); status != http.StatusOK {
		t.Errorf("%d", status)
	}
	if status, _ := send("x", "three"); status != http.StatusBadRequest {
		t.Errorf("a bad base: %d", status)
	}
	if resp, _ := p.do("POST", draft, "application/json", "{}", "https://evil.example"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %d", resp.StatusCode)
	}
	if _, body := p.get(path); !strings.Contains(body, "three") || !strings.Contains(body, "data-sala-editor") {
		t.Error("the working copy is not offered")
	}
}

// Every screen, as every role: what somebody may not do answers as what is not there.
func TestWorksRoles(t *testing.T) {
	r := newRoom(t)
	editor := r.person(t, "editor", sala.Editor)
	path := editor.begin("Secret title")
	status, body := editor.post(path, editor.text(path, "Secret title", "Canary words."))
	editor.want(http.StatusSeeOther, status, body)
	id := path[:strings.LastIndex(path, "/")]
	contributor, translator, admin, nobody := r.person(t, "contributor", sala.Contributor), r.person(t, "translator", sala.Translator), r.person(t, "admin", sala.Admin), r.nobody(t)
	for _, screen := range []string{path, path + "/versions", path + "/preview", path + "/preview/page", id} {
		for name, p := range map[string]person{"translator": translator, "admin": admin} {
			if status, _ := p.get(screen); status != http.StatusOK {
				t.Errorf("%s as %s: %d", screen, name, status)
			}
		}
		if status, body := contributor.get(screen); status != http.StatusNotFound || strings.Contains(body, "Secret title") || strings.Contains(body, "Canary") {
			t.Errorf("%s as a contributor: %d", screen, status)
		}
		if status, _ := nobody.get(screen); status != http.StatusSeeOther {
			t.Errorf("%s as nobody: %d", screen, status)
		}
	}
	if _, body := contributor.get("/studio/works"); strings.Contains(body, "Secret title") {
		t.Error("a contributor lists what others made")
	}
	for _, screen := range []string{"/studio/rules"} {
		for name, p := range map[string]person{"contributor": contributor, "translator": translator, "editor": editor} {
			if status, _ := p.get(screen); status != http.StatusNotFound {
				t.Errorf("%s as %s: %d", screen, name, status)
			}
		}
	}
	for _, post := range []string{path, path + "/step", path + "/discard", path + "/restore", path + "/address", id, id + "/editions"} {
		if status, _ := contributor.post(post, url.Values{"base": {"1.0"}, "do": {"submit"}, "revision": {"1"}, "after": {"1"}, "number": {"1"}, "was": {"0"}}); status != http.StatusNotFound {
			t.Errorf("POST %s as a contributor: %d", post, status)
		}
		if resp, _ := editor.do("POST", post, "application/x-www-form-urlencoded", "do=publish", "https://evil.example"); resp.StatusCode != http.StatusForbidden {
			t.Errorf("POST %s from another site: %d", post, resp.StatusCode)
		}
	}
	for _, do := range []string{"approve", "send_back", "publish", "schedule", "withdraw", "unschedule"} {
		if status, _ := translator.step(path, do, "reason", "x", "day", "2999-01-01", "hour", "09:00"); status != http.StatusNotFound {
			t.Errorf("%s as a translator: %d", do, status)
		}
	}
	if status, _ := editor.get("/studio/works?state=lost"); status != http.StatusNotFound {
		t.Error("a state that there is not")
	}
}

var href = regexp.MustCompile(`(?:href|src|content)="(/[^"]*|https?://127[^"]*)"`)

// What is not published is found nowhere by walking every public address.
func TestCanary(t *testing.T) {
	r := newRoom(t)
	editor, reader := r.person(t, "editor", sala.Editor), r.nobody(t)
	for _, title := range []string{"Open matter", "Canaryword title"} {
		path := editor.begin(title)
		status, body := editor.post(path, editor.text(path, title, title+" text."))
		editor.want(http.StatusSeeOther, status, body)
		if title == "Open matter" {
			status, body = editor.step(path, "publish")
			editor.want(http.StatusSeeOther, status, body)
			form := editor.text(path, title, "Canaryword in a correction that is not out.")
			status, body = editor.post(path, form)
			editor.want(http.StatusSeeOther, status, body)
			form = editor.text(path, title, "Canaryword in a working copy.")
			form.Set("do", "keep")
			status, body = editor.post(path, form)
			editor.want(http.StatusSeeOther, status, body)
		}
	}
	if err := r.index.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	found := false
	seen := r.walk(reader, []string{"/en/search?q=canaryword", "/?s=canaryword"}, func(address, body string) {
		found = found || strings.Contains(body, "Open matter text")
		text := strings.ReplaceAll(strings.ToLower(body), "q=canaryword", "")
		if strings.Contains(text, "canaryword title") || strings.Contains(text, "canaryword in a") {
			t.Errorf("%s says what is not out", address)
		}
	})
	if !found || seen < 10 {
		t.Errorf("walked %d addresses; the public text was found: %t", seen, found)
	}
}

// walk opens every public address that can be reached from where strangers
// begin and from more, and returns how many there were.
func (r *room) walk(reader person, more []string, read func(address, body string)) int {
	todo := append([]string{"/", "/en/", "/robots.txt", "/sitemap.xml", "/en/feed.atom", "/en/feed.rss", "/en/feed.json", "/en/archive/", "/wp-json/"}, more...)
	seen := map[string]bool{}
	for len(todo) > 0 && len(seen) < 2000 {
		address := todo[0]
		todo = todo[1:]
		if seen[address] || strings.HasPrefix(address, "/studio") {
			continue
		}
		seen[address] = true
		resp, body := reader.do("GET", address, "", "", "")
		read(address, body)
		for _, m := range href.FindAllStringSubmatch(body, -1) {
			todo = append(todo, strings.ReplaceAll(strings.TrimPrefix(m[1], r.server.URL), "&amp;", "&"))
		}
		if to := resp.Header.Get("Location"); to != "" {
			todo = append(todo, strings.TrimPrefix(to, r.server.URL))
		}
	}
	return len(seen)
}
