package site_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/glossary"
	"sala/importer"
	"sala/importer/demo"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/jobs"
	"sala/internal/richtext"
	"sala/links"
	"sala/media"
	"sala/network"
	"sala/search"
	"sala/site"
	"sala/tracker"
)

// A world is a site with the demonstration in it.
type world struct {
	db      *db.DB
	archive *archive.Store
	events  *event.Store
	people  *directory.Store
	tracker *tracker.Store
	media   *media.Store
	network *network.Store
	index   *search.Index
	words   *glossary.Store
	links   *links.Checker
	handler http.Handler
}

var editor = sala.Actor{ID: "e", Name: "Editor", Role: sala.Editor}

// filled makes the demonstration once; each test has a copy of the database.
var filled = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "sala-site-test")
	if err != nil {
		return "", err
	}
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(dir, "filled.db"))
	if err != nil {
		return dir, err
	}
	if _, _, err := d.Migrate(ctx); err != nil {
		return dir, err
	}
	w, q, err := rooms(d, dir)
	if err != nil {
		return dir, err
	}
	if _, err := w.words.LoadDefaults(ctx, sala.Machine("defaults")); err != nil {
		return dir, err
	}
	areas := importer.Areas{DB: d, Archive: w.archive, Media: w.media, Network: w.network}
	if err := demo.Import(ctx, importer.NewStore(areas, sala.Machine("demo"), importer.NewReport()), importer.NewReport()); err != nil {
		return dir, err
	}
	err = d.Tx(ctx, func(tx *db.Tx) error {
		_, err := w.network.Change(ctx, tx, sala.Machine("test"), func(set *network.Settings) { set.Demo, set.Email = true, "desk@example.org" })
		return err
	})
	if err != nil {
		return dir, err
	}
	if _, err := q.RunDue(ctx); err != nil {
		return dir, err
	}
	return dir, errors.Join(d.CopyTo(ctx, filepath.Join(dir, "copy.db")), d.Close())
})

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, _ := filled(); dir != "" {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

// rooms opens the stores over a database, with files in dir.
func rooms(d *db.DB, dir string) (*world, *jobs.Queue, error) {
	blobs, err := blob.OpenFolder(filepath.Join(dir, "files"))
	if err != nil {
		return nil, nil, err
	}
	q := jobs.New(d)
	return &world{db: d, archive: archive.NewStore(d), events: event.NewStore(d), people: directory.NewStore(d), media: media.NewStore(d, blobs, q), network: network.NewStore(d), words: glossary.NewStore(d), tracker: tracker.NewStore(d)}, q, nil
}

func open(t testing.TB) *world {
	t.Helper()
	dir, err := filled()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "copy.db"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sala.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	w, _, err := rooms(d, dir)
	if err != nil {
		t.Fatal(err)
	}
	index := search.New(d, search.Record(w.archive, w.events, w.tracker, w.people))
	index.Cover(w.people)
	if err := index.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.Watch(func(int64) {
		if err := index.Follow(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	w.index = index
	w.serve(t, slog.New(slog.DiscardHandler))
	return w
}

// serve opens the site of a world with a log.
func (w *world) serve(t testing.TB, log *slog.Logger) {
	t.Helper()
	s, err := site.New(site.Config{
		Glossary: w.words, DB: w.db, Archive: w.archive, Media: w.media, Network: w.network, Directory: w.people, Events: w.events, Tracker: w.tracker, Search: w.index, Links: w.links, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.handler = s.Handler()
}

func (w *world) get(path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

// some returns a public work in each of the languages asked for.
func (w *world) some(t testing.TB, langs ...sala.Lang) archive.Work {
	t.Helper()
	list, err := w.archive.Works(t.Context(), archive.Filter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, work := range list.Works {
		n := 0
		for _, e := range work.Editions {
			for _, l := range langs {
				if e.Lang == l {
					n++
				}
			}
		}
		if n == len(langs) {
			return work
		}
	}
	t.Fatalf("no work in %v", langs)
	return archive.Work{}
}

func in(w archive.Work, lang sala.Lang) archive.Edition {
	for _, e := range w.Editions {
		if e.Lang == lang {
			return e
		}
	}
	return archive.Edition{}
}

func address(e archive.Edition) string {
	return "/" + string(e.Lang) + "/" + e.PubDay.String()[:4] + "/" + e.Slug
}

// correct makes a second version of an edition public.
func (w *world) correct(t testing.TB, e archive.Edition) {
	t.Helper()
	body, _ := richtext.FromMarkdown("The corrected text.", richtext.HTMLOptions{Seed: "c"})
	if _, err := w.archive.Revise(t.Context(), editor, e.ID, e.Revision, archive.Text{Title: e.Title, Body: body, Note: "A date was wrong."}); err != nil {
		t.Fatal(err)
	}
	if err := w.archive.Publish(t.Context(), editor, e.ID); err != nil {
		t.Fatal(err)
	}
}

// crawl follows every link of the site from its front pages.
func (w *world) crawl(t testing.TB, visit func(path string, rec *httptest.ResponseRecorder)) int {
	t.Helper()
	seen := map[string]bool{}
	next := []string{"/", "/en/", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/wp-json/", "/oai?verb=ListRecords&metadataPrefix=oai_dc"}
	for len(next) > 0 && len(seen) < 4000 {
		path := next[0]
		next = next[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		rec := w.get(path)
		visit(path, rec)
		for _, link := range hrefs(rec.Body.String()) {
			// Lists narrowed by several things at once are endless.
			if strings.HasPrefix(link, "/") && strings.Count(link, "=") < 2 && !seen[link] {
				next = append(next, link)
			}
		}
		if to := rec.Header().Get("Location"); strings.HasPrefix(to, "/") {
			next = append(next, to)
		}
	}
	return len(seen)
}

func hrefs(page string) []string {
	var out []string
	for _, mark := range []string{`href="`, `src="`, "<loc>http://example.com"} {
		for _, part := range strings.Split(page, mark)[1:] {
			end := strings.IndexAny(part, `"<#`)
			if end > 0 {
				out = append(out, strings.ReplaceAll(part[:end], "&amp;", "&"))
			}
		}
	}
	return out
}

// TestEveryPage visits everything a reader can reach: no link is dead, nothing
// hidden shows, nothing sets a cookie, every answer bears the headers.
func TestEveryPage(t *testing.T) {
	w := open(t)
	work := w.some(t, "en", "my")
	w.correct(t, in(work, "en"))
	read := newReading(t)
	n := w.crawl(t, func(path string, rec *httptest.ResponseRecorder) {
		switch rec.Code {
		case 200, 301, 302, 303:
		default:
			t.Errorf("%s: %d", path, rec.Code)
		}
		for _, h := range []string{"Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Cross-Origin-Opener-Policy"} {
			if rec.Header().Get(h) == "" {
				t.Errorf("%s: no %s", path, h)
			}
		}
		if rec.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
		policy := rec.Header().Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "script-src") {
			t.Errorf("%s: policy %s", path, policy)
		}
		if strings.Contains(rec.Header().Get("Content-Type"), "html") {
			read.page(path, rec)
		}
		body := rec.Body.String()
		if strings.Contains(body, "CANARYDRAFT") {
			t.Errorf("%s shows what is not public", path)
		}
		if !strings.Contains(rec.Header().Get("Content-Type"), "html") {
			return
		}
		if strings.Contains(body, "style=") || strings.Contains(body, "<script>") || strings.Contains(body, "javascript:") {
			t.Errorf("%s holds inline style or script", path)
		}
		if c := strings.Count(body, "<h1"); rec.Code == 200 && c != 1 {
			t.Errorf("%s has %d h1", path, c)
		}
		for _, key := range []string{"nav.", "archive.by_", "work.", "kind."} {
			if strings.Contains(body, ">"+key) {
				t.Errorf("%s shows a message's key %s", path, key)
			}
		}
	})
	if n < 300 {
		t.Errorf("only %d addresses were reached", n)
	}
}

func TestLanguages(t *testing.T) {
	w := open(t)
	for accept, want := range map[string]string{"": "/en/", "my": "/my/", "th-TH,th;q=0.9,en;q=0.8": "/th/", "xx, fr, km;q=0.3": "/km/", "fr": "/en/"} {
		rec := w.get("/", "Accept-Language", accept)
		if rec.Code != 302 || rec.Header().Get("Location") != want {
			t.Errorf("Accept-Language %q: %d %s, want %s", accept, rec.Code, rec.Header().Get("Location"), want)
		}
	}
	work := w.some(t, "en", "my")
	if in(work, "km").ID != "" {
		t.Fatal("the first work is in Khmer too: choose another")
	}
	en := in(work, "en")
	missing := "/km/" + address(en)[4:]
	rec := w.get(missing)
	if want := address(en) + "?hl=km"; rec.Code != 302 || rec.Header().Get("Location") != want {
		t.Fatalf("%s: %d %s, want %s", missing, rec.Code, rec.Header().Get("Location"), want)
	}
	page := w.get(address(en) + "?hl=km").Body.String()
	if !strings.Contains(page, `role="note"`) || !strings.Contains(page, `rel="canonical" href="http://example.com`+address(en)+`"`) {
		t.Error("the notice of a missing edition or its canonical address is not there")
	}
	if rec := w.get("/xx/"); rec.Code != 404 {
		t.Errorf("a language the site lacks: %d", rec.Code)
	}
}

func TestWithdrawnIsGoneEverywhere(t *testing.T) {
	w := open(t)
	work := w.some(t, "en", "my")
	en := in(work, "en")
	lists := []string{"/en/", "/en/archive/", "/en/feed.atom", "/en/feed.json", "/sitemap.xml", "/en/search?q=" + strings.Fields(en.Title)[0]}
	for _, path := range append(lists, address(en)) { // so that each is kept
		if rec := w.get(path); rec.Code != 200 {
			t.Fatalf("%s: %d", path, rec.Code)
		}
	}
	for _, e := range work.Editions {
		if err := w.archive.Withdraw(t.Context(), editor, e.ID, "names a child"); err != nil {
			t.Fatal(err)
		}
	}
	if rec := w.get(address(en)); rec.Code != 410 || strings.Contains(rec.Body.String(), en.Title) {
		t.Errorf("the work itself: %d", rec.Code)
	}
	if rec := w.get("/id/" + string(work.ID)); rec.Code == 303 {
		t.Error("/id still leads to it")
	}
	for _, path := range lists {
		if strings.Contains(w.get(path).Body.String(), en.Slug) {
			t.Errorf("%s still names it", path)
		}
	}
}

// TestFilesGoWithTheirWork withdraws a work: its picture and its download are
// gone with it, at every address they had.
func TestFilesGoWithTheirWork(t *testing.T) {
	w := open(t)
	work := w.some(t, "en", "my")
	all, err := w.media.Public(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	var addresses []string
	err = w.db.Tx(t.Context(), func(tx *db.Tx) error {
		for _, f := range all {
			f.Owner = sala.Ref{Kind: sala.KindWork, ID: work.ID}
			if err := w.media.Import(t.Context(), tx, sala.Machine("test"), f); err != nil {
				return err
			}
			addresses = append(addresses, "/en/files/"+string(f.ID))
			for _, r := range f.Renditions {
				addresses = append(addresses, f.RenditionAddress(r))
			}
			if !f.IsPicture() {
				addresses = append(addresses, media.Address(f.Hash, f.Name))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(addresses) < 20 {
		t.Fatalf("only %d addresses of files", len(addresses))
	}
	for _, a := range addresses {
		if rec := w.get(a); rec.Code != 200 {
			t.Errorf("%s: %d while the work is public", a, rec.Code)
		}
	}
	for _, e := range work.Editions {
		if err := w.archive.Withdraw(t.Context(), editor, e.ID, "names a child"); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range addresses {
		if rec := w.get(a); rec.Code != 404 {
			t.Errorf("%s: %d after the withdrawal, want 404", a, rec.Code)
		}
	}
}

func TestVersionsAndCitations(t *testing.T) {
	w := open(t)
	work := w.some(t, "en", "my")
	en := in(work, "en")
	old := w.get(address(en)).Body.String()
	w.correct(t, en)
	now := w.get(address(en)).Body.String()
	if !strings.Contains(now, "The corrected text.") || !strings.Contains(now, "A date was wrong.") || now == old {
		t.Error("the correction does not show")
	}
	before := w.get(address(en) + "?v=1")
	if before.Code != 200 || strings.Contains(before.Body.String(), "The corrected text.") || !strings.Contains(before.Body.String(), "noindex") {
		t.Errorf("version 1: %d", before.Code)
	}
	for _, bad := range []string{"?v=9", "?v=x", "?v=0"} {
		if rec := w.get(address(en) + bad); rec.Code != 404 {
			t.Errorf("%s: %d", bad, rec.Code)
		}
	}
	for at, page := range map[string]string{fmt.Sprintf("?v=%d", en.Version+1): now, "?v=1": before.Body.String()} { // each leads to the words that were read
		n := at[len("?v="):]
		if bib := w.get(address(en) + ".bib" + at).Body.String(); !strings.Contains(bib, "title = {") || !strings.HasSuffix(bib, "}\n") || !strings.Contains(bib, "  version = {"+n+"},\n") || !strings.Contains(bib, address(en)+at+"},") {
			t.Errorf("BibTeX: %s", bib)
		}
		if ris := w.get(address(en) + ".ris" + at).Body.String(); !strings.HasPrefix(ris, "TY  - ") || !strings.HasSuffix(ris, "ER  - \r\n") || !strings.Contains(ris, "ET  - "+n+"\r\n") || !strings.Contains(ris, address(en)+at+"\r\n") {
			t.Errorf("RIS: %s", ris)
		}
		if !strings.Contains(page, address(en)+at+"</p>") || !strings.Contains(page, `href="`+address(en)+".bib"+at) || !strings.Contains(page, "/id/"+string(en.Work)) {
			t.Errorf("the page does not say how version %s is cited", n)
		}
	}
	if rec := w.get(address(en) + ".bib?v=9"); rec.Code != 404 {
		t.Errorf("a version that is not: %d", rec.Code)
	}
}

func TestNotFound(t *testing.T) {
	w := open(t)
	for _, path := range []string{
		"/nothing", "/en/nothing", "/en/2019/", "/en/2019/nothing", "/en/archive/nothing/", "/en/archive/?kind=nothing", "/en/archive/?year=x", "/?p=99999",
		"/en/archive/?before=x", "/files/x/y", "/files/" + strings.Repeat("0", 64) + "/x", "/id/x", "/en/files/x", "/en/pages/nothing", "/1919/03/08/",
		"/en/2019/..%2f..%2fetc", "/en/archive/?before=" + string(sala.NewID()), "/en/archive/?country=zz", "/wp-admin/",
	} {
		if rec := w.get(path); rec.Code != 404 {
			t.Errorf("%s: %d, want 404", path, rec.Code)
		}
	}
}

// TestSize holds the promise of one flight of a new connection.
func TestSize(t *testing.T) {
	w := open(t)
	work := w.some(t, "en", "my")
	e := in(work, "en")
	// Real prose, since words made up of a few compress far better.
	var text strings.Builder
	n := 0
	for d, err := range w.archive.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(d.Text, "\n") {
			if words := strings.Fields(line); d.Lang == "en" && n < 1000 {
				words = words[:min(len(words), 1000-n)]
				n += len(words)
				text.WriteString(strings.Join(words, " ") + "\n\n")
			}
		}
	}
	if n != 1000 {
		t.Fatalf("only %d words", n)
	}
	body, _ := richtext.FromMarkdown(text.String(), richtext.HTMLOptions{Seed: "s"})
	if _, err := w.archive.Revise(t.Context(), editor, e.ID, e.Revision, archive.Text{Title: e.Title, Body: body, Note: "n"}); err != nil {
		t.Fatal(err)
	}
	if err := w.archive.Publish(t.Context(), editor, e.ID); err != nil {
		t.Fatal(err)
	}
	for _, encoding := range []string{"br", "gzip", "zstd"} {
		rec := w.get(address(e), "Accept-Encoding", encoding)
		b, err := io.ReadAll(rec.Body)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("a page of 1,000 words is %d bytes with %s", len(b), encoding)
		if len(b) > 14_000 {
			t.Errorf("%d bytes with %s, want at most 14,000", len(b), encoding)
		}
	}
}
