package studio_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/contribution"
	"sala/importer/runs"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/mail"
	"sala/internal/richtext"
	"sala/media"
	rooms "sala/network"
	"sala/site"
	"sala/studio"
)

// noPage are the addresses that answer with something else than a page.
var noPage = map[string]string{
	"GET /studio/find":                           "for the writing surface",
	"GET /studio/media/find":                     "for the writing surface",
	"GET /studio/media/uploads/{id}/state":       "for media.js",
	"GET /studio/media/{id}/picture":             "a picture",
	"GET /studio/media/{id}/file":                "a file",
	"GET /studio/events/pick":                    "for events.js",
	"GET /studio/events/{id}/replies.csv":        "a file",
	"GET /studio/directory/find":                 "for the fields that pick",
	"GET /studio/import/{id}/report.json":        "a file",
	"GET /studio/t/{token}/{file}":               "a file",
	"GET /studio/audit.csv":                      "a file",
	"GET /studio/audit.jsonl":                    "a file",
	"GET /studio/signatures/{id}/list.csv":       "a file",
	"GET /studio/works/{id}/{lang}/preview/page": "the readers' page, which the site's own tests look at",
	"GET " + studio.WritingPage:                  "of a test",
}

// A showroom is a studio with something on every page.
type showroom struct {
	server *httptest.Server
	base   string
	cookie string
	tell   func(sala.Lang)     // sets the language of the pages
	pages  map[string][]string // addresses of each pattern, those that need nobody signed in among them
}

func furnished(t *testing.T) *showroom {
	t.Helper()
	d := dbtest.SQLite(t)
	c, q := stores(t, d)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	readers, err := site.New(site.Config{DB: d, Archive: c.Archive, Events: c.Events, Media: c.Media, Network: c.Network, Search: c.Search, Glossary: c.Glossary, Log: c.Log})
	must(err)
	c.Preview, c.Text = readers.Preview, readers.Text
	s, err := studio.New(c)
	must(err)
	room := &showroom{server: httptest.NewServer(s.Handler())}
	t.Cleanup(room.server.Close)
	room.base = room.server.URL
	_, err = c.Glossary.LoadDefaults(ctx, sala.Machine("test"))
	must(err)
	_, code, err := c.Account.Invite(ctx, sala.Machine("test"), "ana@example.org", "Ana of the river office", sala.Admin, "en")
	must(err)
	ana, err := c.Account.Accept(ctx, code, "Ana of the river office", "en", account.WayIn{Password: good}, "")
	must(err)
	by := ana.Actor()
	_, invitation, err := c.Account.Invite(ctx, by, "bopha.with.a.long.address@translators.example.org", "Bopha", sala.Translator, "th")
	must(err)
	sessions := c.Account.Sessions()
	signed, err := sessions.Load(context.Background(), "")
	must(err)
	must(c.Account.Begin(signed, sessions, ana, "password", "Mozilla/5.0 (X11; Linux x86_64)"))
	room.cookie, _, err = sessions.Commit(signed)
	must(err)
	room.tell = func(l sala.Lang) { must(c.Account.Describe(ctx, by, "Ana of the river office", l)) }

	menu := rooms.Menu{ID: sala.NewID(), Place: "main", Name: "Main"}
	must(d.Tx(ctx, func(tx *db.Tx) error {
		_, err := c.Network.Change(ctx, tx, sala.Machine("test"), func(set *rooms.Settings) {
			set.Name, set.Langs, set.Default = sala.Text{"en": "Network of the River", "th": "เครือข่ายแม่น้ำ"}, []sala.Lang{"en", "th", "my"}, "en"
			menu.Items = []rooms.MenuItem{{Label: sala.Text{"en": "Statements on fees and on everything else"}, URL: "/en/archive/"}, {Label: sala.Text{"th": "ข่าว"}, URL: "/th/"}}
			set.Menus = []rooms.Menu{menu}
		})
		return err
	}))
	must(c.Archive.NameVocabulary(ctx, by, archive.Theme, sala.Mark(sala.Text(nil)), sala.Text{"en": "Theme", "th": "ประเด็น"}))
	term, err := c.Archive.NewTerm(ctx, by, archive.Term{Vocabulary: archive.Theme, Labels: sala.Text{"en": "Recruitment fees", "th": "ค่าธรรมเนียม"}})
	must(err)

	file := func(name string, b []byte) media.File {
		f, err := c.Media.Add(ctx, by, name, bytes.NewReader(b))
		must(err)
		return f
	}
	var b bytes.Buffer
	must(png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 700, 400))))
	picture, list := file("a-very-long-name-of-a-picture-of-the-river-bank.png", b.Bytes()), file("list.txt", []byte("A list."))
	_, err = c.Media.RecordConsent(ctx, by, picture.ID, sala.Consent{Person: "A woman in a red scarf", Given: sala.Day{Year: 2026, Month: 1, Day: 2}, Scope: sala.OnSite, Note: "On paper"})
	must(err)

	// A text that is public, with a newer one, a copy of somebody else's, and a
	// translation that is behind.
	text := func(first string) richtext.Doc {
		doc, _ := richtext.FromHTML(`<h2>Fees</h2><p>`+first+` <a href="https://gone.example/a/very/long/address/that/does/not/end">there</a></p><table><tr><th>Country</th><th>Fee</th></tr><tr><td>Japan</td><td>2,800</td></tr></table><p>It stays.</p>`, richtext.HTMLOptions{Seed: "s"})
		return doc
	}
	work, edition, err := c.Archive.Begin(ctx, by, archive.Statement, "en", "Statement on recruitment fees")
	must(err)
	_, err = c.Archive.Revise(ctx, by, edition, 0, archive.Text{Title: "Statement on recruitment fees", Summary: "Nobody pays for work.", Body: text("Nobody pays.")})
	must(err)
	must(c.Archive.Publish(ctx, by, edition))
	th, err := c.Archive.CreateEdition(ctx, by, work, "th", edition)
	must(err)
	_, err = c.Archive.Revise(ctx, by, th, 0, archive.Text{Title: "แถลงการณ์เรื่องค่าธรรมเนียม", Body: text("ไม่มีใครต้องจ่าย"), SourceRev: 1})
	must(err)
	must(c.Archive.Submit(ctx, by, th, "Please read it by Friday."))
	_, err = c.Archive.Revise(ctx, by, edition, 1, archive.Text{Title: "Statement on recruitment fees", Summary: "Nobody pays for work.", Note: "A word was missing.", Body: text("Nobody ever pays illegal migrants.")})
	must(err)
	_, err = c.Archive.SaveDraft(ctx, by, edition, archive.WorkingCopy{After: 1, Text: archive.Text{Title: "Another title", Body: text("Mine.")}})
	must(err)
	other := sala.Actor{ID: sala.NewID(), Name: "Chai", Role: sala.Editor}
	_, err = c.Archive.SaveDraft(ctx, other, edition, archive.WorkingCopy{After: 2, Text: archive.Text{Title: "Theirs", Body: text("Theirs.")}})
	must(err)
	_, second, err := c.Archive.Begin(ctx, by, archive.News, "en", "A draft without a text")
	must(err)
	_, err = c.Archive.Revise(ctx, by, second, 0, archive.Text{Title: "To go out later", Body: text("Later.")})
	must(err)
	must(c.Archive.Schedule(ctx, by, second, d.Now().Add(48*time.Hour)))
	_, guest, err := c.Archive.Invite(ctx, by, th, "Dao, who translates", d.Now().Add(240*time.Hour))
	must(err)
	must(c.Archive.LeadOld(ctx, by, "/2019/03/statement-on-recruitment-fees-and-the-rest/", archive.Target{}, archive.Target{Ref: sala.Ref{Kind: sala.KindWork, ID: work}, Lang: "en"}))

	run, err := c.Runs.Begin(ctx, by, runs.Input{Name: "page.txt", Content: strings.NewReader("Category Archives: Activities\n\nWorkshop on fees\n\n12 May 2017\n\nIt lasted from the third of May, or so, and illegal migrants came.\n"), As: runs.Auto, Lang: "en"})
	must(err)
	var letter sala.ID
	must(d.Tx(ctx, func(tx *db.Tx) error {
		letter, err = c.Letters.Outbox.Post(ctx, tx, by, mail.Letter{Kind: "invitation", To: "bopha.with.a.long.address@translators.example.org", Lang: "en", Subject: "You are invited", Body: "Come:\nhttps://record.example/studio/link?code=" + mail.Mask, Secret: "secret"})
		return err
	}))
	f := furnisher{t, c, by, q}
	k := f.directory()
	held, aside := f.event(k, work, list)
	toCome := f.replies()
	facts := f.facts()
	rec, document, figure := f.tracker(k, work)
	entry, token, key := f.contributions()
	joint, named, shared, receipt := f.signatures(k)
	_, err = q.RunDue(ctx)
	must(err)
	must(c.Links.Collect(ctx))
	must(c.Search.Follow(ctx))

	at := func(format string, args ...any) string { return fmt.Sprintf(format, args...) }
	room.pages = map[string][]string{
		"GET /studio/setup":                      nil, // TestBrowser sets up and looks at it
		"GET /studio/signin":                     {"/studio/signin"},
		"GET /studio/link":                       {"/studio/link?code=" + invitation, "/studio/link?code=none"},
		"GET /studio/{$}":                        {"/studio/"},
		"GET /studio/help":                       {"/studio/help"},
		"GET /studio/works":                      {"/studio/works", "/studio/works?state=in_review"},
		"GET /studio/works/new":                  {"/studio/works/new"},
		"GET /studio/works/{id}":                 {at("/studio/works/%s", work)},
		"GET /studio/works/{id}/{lang}":          {at("/studio/works/%s/en", work), at("/studio/works/%s/th", work)},
		"GET /studio/works/{id}/{lang}/preview":  {at("/studio/works/%s/en/preview", work)},
		"GET /studio/works/{id}/{lang}/versions": {at("/studio/works/%s/en/versions?old=1&new=2", work)},
		"GET /studio/rules":                      {"/studio/rules"},
		"GET /studio/me":                         {"/studio/me"},
		"GET /studio/me/app":                     {"/studio/me/app"},
		"GET /studio/media":                      {"/studio/media"},
		"GET /studio/media/{id}":                 {at("/studio/media/%s", picture.ID), at("/studio/media/%s", list.ID)},
		"GET /studio/import":                     {"/studio/import"},
		"GET /studio/import/{id}":                {at("/studio/import/%s", run)},
		"GET /studio/links":                      {"/studio/links", "/studio/links?show=failing"},
		"GET /studio/people":                     {"/studio/people"},
		"GET /studio/settings":                   {"/studio/settings"},
		"GET /studio/menus":                      {"/studio/menus"},
		"GET /studio/menus/{id}":                 {at("/studio/menus/%s", menu.ID)},
		"GET /studio/terms":                      {"/studio/terms"},
		"GET /studio/terms/{id}":                 {at("/studio/terms/%s", term)},
		"GET /studio/redirects":                  {"/studio/redirects"},
		"GET /studio/translations":               {"/studio/translations"},
		"GET /studio/documents/{lang}":           {"/studio/documents/th"},
		"GET /studio/lacking":                    {"/studio/lacking?lang=th"},
		"GET /studio/translate/{id}/{lang}":      {at("/studio/translate/%s/th", work), at("/studio/translate/%s/my", work)},
		"GET /studio/t/{token}":                  {"/studio/t/" + guest, "/studio/t/none"},
		"GET /studio/mail":                       {"/studio/mail"},
		"GET /studio/mail/{id}":                  {at("/studio/mail/%s", letter)},
		"GET /studio/audit":                      {"/studio/audit"},
		"GET /studio/works/{id}/picture":         {at("/studio/works/%s/picture", work)},
		"GET /studio/events":                     {"/studio/events"},
		"GET /studio/events/{id}":                {at("/studio/events/%s", held), at("/studio/events/%s?in=th", held), at("/studio/events/%s?aside=%s", held, aside)},
		"GET /studio/events/{id}/replies":        {at("/studio/events/%s/replies", held), at("/studio/events/%s/replies", toCome)},
		"GET /studio/directory/{what}":           {"/studio/directory/people", "/studio/directory/organisations"},
		"GET /studio/directory/{what}/new":       {"/studio/directory/people/new", "/studio/directory/organisations/new"},
		"GET /studio/directory/{what}/{id}":      {at("/studio/directory/people/%s", k.official), at("/studio/directory/people/%s", k.worker), at("/studio/directory/organisations/%s", k.network)},
		"GET /studio/proposals":                  {"/studio/proposals"},
		"GET /studio/proposals/{work}":           {at("/studio/proposals/%s?all", facts)},
		"GET /studio/recommendations":            {"/studio/recommendations", "/studio/recommendations?show=due"},
		"GET /studio/recommendations/new":        {"/studio/recommendations/new"},
		"GET /studio/recommendations/alike":      {"/studio/recommendations/alike"},
		"GET /studio/recommendations/numbers":    {at("/studio/recommendations/numbers?from=%s", document)},
		"GET /studio/recommendations/{id}":       {at("/studio/recommendations/%s", rec)},
		"GET /studio/replies":                    {"/studio/replies"},
		"GET /studio/ratifications":              {"/studio/ratifications"},
		"GET /studio/figures":                    {at("/studio/figures?edit=%s", figure)},
		"GET /studio/contributions":              {"/studio/contributions"},
		"GET /studio/contributions/{id}":         {at("/studio/contributions/%s", entry)},
		"GET /studio/signatures":                 {"/studio/signatures"},
		"GET /studio/signatures/{id}":            {at("/studio/signatures/%s", joint), at("/studio/signatures/%s", work)},
		"GET /studio/s/{token}":                  {"/studio/s/" + named, "/studio/s/" + shared, "/studio/s/none"},
		"GET /studio/s/{token}/{key}":            {"/studio/s/" + shared + "/" + receipt},
		"GET /studio/c/{token}":                  {"/studio/c/" + token, "/studio/c/" + contribution.Open, "/studio/c/none"},
		"GET /studio/c/{token}/{key}":            {"/studio/c/" + token + "/" + key},

		"GET /studio/events/{id}/translate/{lang}":          {at("/studio/events/%s/translate/th", held), at("/studio/events/%s/translate/my?from=th", held)},
		"GET /studio/measures/{lang}":                       {"/studio/measures/th", "/studio/measures/en"},
		"GET /studio/organisations":                         {"/studio/organisations"},
		"GET /studio/organisations/{id}/translate/{lang}":   {at("/studio/organisations/%s/translate/th", k.network), at("/studio/organisations/%s/translate/en?from=th", k.network)},
		"GET /studio/series/{lang}":                         {"/studio/series/th"},
		"GET /studio/recommendations/{id}/translate/{lang}": {at("/studio/recommendations/%s/translate/th", rec), at("/studio/recommendations/%s/translate/en", rec)},
	}
	return room
}

// outside are the pages of those who have not signed in.
func outside(pattern string) bool {
	return pattern == "GET /studio/signin" || pattern == "GET /studio/link" || strings.HasPrefix(pattern, "GET /studio/t/") || strings.HasPrefix(pattern, "GET /studio/c/") || strings.HasPrefix(pattern, "GET /studio/s/")
}

// TestEveryPageIsLookedAt fails when the table of routes has a page that
// TestBrowserPages does not open, or opens to nothing.
func TestEveryPageIsLookedAt(t *testing.T) {
	room := furnished(t)
	for _, r := range studio.Table() {
		if !strings.HasPrefix(r.Pattern, "GET ") || noPage[r.Pattern] != "" {
			continue
		}
		if _, ok := room.pages[r.Pattern]; !ok {
			t.Errorf("%s is not looked at: put an address of it into furnished, with something on it", r.Pattern)
		}
		for _, address := range room.pages[r.Pattern] {
			q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, room.base+address, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !outside(r.Pattern) {
				q.AddCookie(&http.Cookie{Name: "sala_studio", Value: room.cookie})
			}
			reply, err := room.server.Client().Do(q)
			if err != nil {
				t.Fatal(err)
			}
			reply.Body.Close()
			if lost := strings.HasSuffix(address, "none"); reply.StatusCode != http.StatusOK && !lost {
				t.Errorf("%s: %s", address, reply.Status)
			}
		}
	}
}

// TestBrowserPages opens every page of the studio, with something on it, in
// English and Thai, those of members in Burmese too, on a telephone and a desk.
// Axe finds nothing, whatever can
// be pressed or filled has a name, nothing scrolls sideways, and the policy
// forbids nothing. SALA_TEST_SHOTS names a folder for pictures.
func TestBrowserPages(t *testing.T) {
	chromium, axePath := os.Getenv("SALA_TEST_CHROMIUM"), os.Getenv("SALA_TEST_AXE")
	if chromium == "" || axePath == "" {
		t.Skip("SALA_TEST_CHROMIUM and SALA_TEST_AXE name the browser and axe-core: make test sets them")
	}
	room := furnished(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(allocated)
	defer cancel()
	b := tab{t, ctx}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	name := func(lang sala.Lang, pattern string, n int) string {
		p := strings.NewReplacer("GET /studio/", "", "{", "", "}", "", "$", "home", "/", "-").Replace(pattern)
		return fmt.Sprintf("%s-%d-%s", p, n, lang)
	}
	visit := func(lang sala.Lang, out bool) {
		for pattern, addresses := range room.pages {
			if outside(pattern) != out {
				continue
			}
			for n, address := range addresses {
				if out && lang != "en" {
					address += map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")] + "lang=" + string(lang)
				}
				look(b, room.base+address, name(lang, pattern, n), axePath)
				if nameless := b.eval(unnamed); nameless != "" {
					t.Errorf("%s: nobody can say what this is: %s", address, nameless)
				}
			}
		}
	}
	visit("en", true)
	visit("th", true)
	visit("my", true)
	if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: "sala_studio", Value: room.cookie, URL: room.base + "/studio/"}); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []sala.Lang{"en", "th"} {
		room.tell(lang)
		visit(lang, false)
		if got := b.eval(`document.documentElement.lang`); got != string(lang) {
			t.Errorf("the pages are in %s, not %s", got, lang)
		}
	}
}

// unnamed returns what can be pressed or filled and has no name.
const unnamed = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']")].filter(e => e.checkVisibility()).filter(e =>
	!(e.textContent.trim() || e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.title || e.labels && [...e.labels].some(l => l.textContent.trim()) || e.querySelector("img[alt]:not([alt=''])"))).map(e => e.outerHTML.slice(0, 120)).join("\n")`
