package savedpage_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/importer/savedpage"
	"sala/internal/richtext"
)

const prose = "The network met in Mae Sot with members of eleven organisations to hear what workers had seen since the new fees were announced, and to agree on what to ask of both ministries before the end of the year. "

// single is a page as an old theme of WordPress wrote it.
func single(id int, lang, title, text string, more ...string) string {
	return fmt.Sprintf(`<!DOCTYPE html><html lang="%[2]s"><head><meta charset="utf-8"><title>%[3]s | A Network</title>
<meta property="og:site_name" content="A Network"><link rel="shortlink" href="http://www.net.example/?p=%[1]d">%[5]s</head>
<body class="post-template-default single single-post postid-%[1]d"><nav class="menu"><a href="/about/">About</a></nav>
<main><article id="post-%[1]d" class="hentry"><h1 class="entry-title">%[3]s</h1><time class="entry-date published" datetime="2019-03-08T23:30:00+07:00">8 March</time>
<span class="cat-links"><a href="http://net.example/category/news/" rel="category tag">News</a></span>
<div class="entry-content">%[4]s<div class="sharedaddy">Share this</div></div></article>
<div id="comments"><ol class="comment-list"><li class="comment" id="comment-7"><div class="comment-author"><b class="fn">Reader</b></div><time datetime="2019-03-09T10:00:00+07:00"></time>
<div class="comment-content"><p>Well said.</p></div></li></ol></div></main><aside class="widget-area">Recent posts</aside><footer>Powered</footer></body></html>`,
		id, lang, title, text, strings.Join(more, ""))
}

func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	for name, body := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func pages(t testing.TB, files map[string]string) (*memory, *importer.Report) {
	t.Helper()
	m, report := &memory{}, importer.NewReport()
	if err := savedpage.ImportPages(t.Context(), folder(t, files), importer.Options{}, m, report); err != nil {
		t.Fatal(err)
	}
	return m, report
}

func titles(m *memory) []string {
	var all []string
	for _, e := range m.editions {
		all = append(all, e.Title)
	}
	slices.Sort(all)
	return all
}

func has(remarks []importer.Remark, what, why string) bool {
	return slices.ContainsFunc(remarks, func(r importer.Remark) bool {
		return strings.Contains(r.What, what) && strings.Contains(r.Why, why)
	})
}

// TestPage reads everything a page states, and nothing that stands beside it.
func TestPage(t *testing.T) {
	m, report := pages(t, map[string]string{
		"net.example/2019/03/08/a/index.html": single(5, "en-US", "Fees & bans", "<p>"+prose+`</p><p><a href="../../../../2019/04/01/b/">The next</a></p>`),
		"net.example/2019/04/01/b/index.html": single(6, "en-US", "Another", "<p>"+prose+"Again.</p>"),
	})
	if got := titles(m); !slices.Equal(got, []string{"Another", "Fees & bans"}) {
		t.Fatalf("works %q; named %v", got, report.Named)
	}
	e := m.editions[0]
	if e.PubDay.String() != "2019-03-08" || e.Published.Format("2006-01-02 15:04") != "2019-03-08 16:30" {
		t.Errorf("published %s, %s", e.PubDay, e.Published)
	}
	if want := []importer.Old{"/2019/03/08/a/", "/?p=5"}; !slices.Equal(e.Old, want) {
		t.Errorf("old addresses %q, want %q", e.Old, want)
	}
	plain := e.Body.Plain()
	for _, bad := range []string{"Share this", "Recent posts", "About", "Well said", "Powered"} {
		if strings.Contains(plain, bad) {
			t.Errorf("%q is not part of the text: %s", bad, plain)
		}
	}
	if b := string(e.Body.JSON()); !strings.Contains(b, importer.LinkTo(sala.KindWork, m.editions[1].Work, "")) {
		t.Errorf("the link to the other work was lost: %s", b)
	}
	if len(e.Comments) != 1 || e.Comments[0].Author != "Reader" || e.Comments[0].Body.Plain() != "Well said." {
		t.Errorf("comments %+v", e.Comments)
	}
	if len(m.terms) != 1 || m.terms[0].Vocabulary != archive.Category || m.terms[0].Label != "News" || !slices.Contains(m.terms[0].Old, "/category/news/") {
		t.Errorf("terms %+v", m.terms)
	}
}

// TestCopies saves one page under several addresses and names.
func TestCopies(t *testing.T) {
	text := "<p>" + prose + prose + "</p>"
	long := single(5, "en", "Once", text)
	m, report := pages(t, map[string]string{
		"http/net.example/?p=5.html":                 long,
		"https/www.net.example/2019/03/08/once.html": long,
		"once (1).html":                              long,
		"cut.html":                                   single(5, "en", "Once", "<p>"+prose+"</p>"),
		"other.example/mirror.html":                  strings.ReplaceAll(strings.ReplaceAll(long, "www.net.example/?p=5", "other.example/copy"), "postid-5", ""),
	})
	if len(m.editions) != 1 {
		t.Fatalf("works %q", titles(m))
	}
	if got := m.editions[0].Body.Plain(); len(got) < len(prose)*2-2 {
		t.Errorf("not the longest copy was kept: %q", got)
	}
	if !has(report.Doubts, "Once", "different texts") {
		t.Errorf("doubts %v", report.Doubts)
	}
}

// TestTranslations makes editions of one work of pages that name each other.
func TestTranslations(t *testing.T) {
	alternates := `<link rel="alternate" hreflang="en" href="https://net.example/?p=5"><link rel="alternate" hreflang="my" href="https://net.example/my/?p=9">`
	burmese := strings.Repeat("အလုပ်သမားများ၏ အခွင့်အရေး ", 20)
	m, report := pages(t, map[string]string{
		"a.html": single(5, "en", "Rights", "<p>"+prose+"</p>", alternates),
		"b.html": single(9, "my", "အခွင့်အရေး", "<p>"+burmese+"</p>", alternates),
		"c.html": single(11, "en-US", "Mislabelled", "<p>"+burmese+burmese+"</p>"),
	})
	byLang := map[sala.Lang]importer.Edition{}
	for _, e := range m.editions {
		if e.Title != "Mislabelled" {
			byLang[e.Lang] = e
		} else if e.Lang != "my" {
			t.Errorf("a Burmese text that calls itself English is stored as %s", e.Lang)
		}
	}
	if byLang["en"].Work != byLang["my"].Work || byLang["en"].Work.IsZero() {
		t.Errorf("two works: %v and %v", byLang["en"].Work, byLang["my"].Work)
	}
	if !has(report.Doubts, "Mislabelled", "calls itself en") {
		t.Errorf("doubts %v", report.Doubts)
	}
}

// TestNotWorks names what is no work.
func TestNotWorks(t *testing.T) {
	list := `<html><body class="archive category"><div class="hentry"><h2 class="entry-title"><a href="/a">A</a></h2><div class="entry-content">` + prose + `</div></div></body></html>`
	m, report := pages(t, map[string]string{
		"work.html":   single(5, "en", "A work", "<p>"+prose+"</p>"),
		"list.html":   list,
		"two.html":    `<html><head><title>Two</title></head><body><div class="hentry"><p>` + prose + `</p></div><div class="hentry"><p>` + prose + `</p></div></body></html>`,
		"lost.html":   `<html><head><title>Lost</title></head><body class="error404"><main>` + prose + `</main></body></html>`,
		"secret.html": single(6, "en", "Protected: Secret", `<form class="post-password-form" action="/wp-login.php?action=postpass"><input type="password"></form>`),
		"empty.html":  "",
		"login.html":  "<title>Login</title><p>Please log in",
		"deep.html":   "<p>" + strings.Repeat("<div>", 5000) + prose,
	})
	if len(m.editions) != 1 {
		t.Errorf("works %q", titles(m))
	}
	for what, why := range map[string]string{
		"list.html": "lists works", "two.html": "lists works", "lost.html": "nothing was found there", "secret.html": "password",
		"empty.html": "is empty", "Login": "no text", "deep.html": "512",
	} {
		if !has(report.Named, what, why) {
			t.Errorf("%s is not named for %q: %v", what, why, report.Named)
		}
	}
}

// TestByLook reads a page that no rule knows.
func TestByLook(t *testing.T) {
	m, report := pages(t, map[string]string{"plain.html": `<html lang="en"><head><title>A letter</title></head><body><div id="top"><a href="/">Home</a> <a href="/x">X</a></div><div id="c"><p>` +
		strings.Repeat(prose, 3) + `</p><p>` + strings.Repeat(prose, 2) + `</p></div><div id="foot">All rights</div></body></html>`})
	if len(m.editions) != 1 || m.editions[0].Title != "A letter" || strings.Contains(m.editions[0].Body.Plain(), "All rights") {
		t.Fatalf("%+v", m.editions)
	}
	if !has(report.Doubts, "A letter", "by its look") {
		t.Errorf("doubts %v", report.Doubts)
	}
}

// TestFiles takes pictures that lie beside a page, in the size they were made
// in.
func TestFiles(t *testing.T) {
	m, _ := pages(t, map[string]string{
		"net.example/a.html":                                  single(5, "en", "A", `<p>`+prose+`</p><img src="http://net.example/wp-content/uploads/2019/map-300x200.png"><img src="a_files/x.jpg"><img src="gone.jpg">`),
		"net.example/wp-content/uploads/2019/map.png":         "png",
		"net.example/wp-content/uploads/2019/map-300x200.png": "small",
		"net.example/a_files/x.jpg":                           "jpg",
		"net.example/theme/logo.png":                          "logo",
	})
	var names []string
	for _, f := range m.files {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"map.png", "x.jpg"}) {
		t.Errorf("files %q", names)
	}
	shown := 0
	m.editions[0].Body.Walk(func(n *richtext.Node) bool {
		if n.Type == richtext.Picture && n.Attrs.File != "" {
			shown++
		}
		return true
	})
	if shown != 2 {
		t.Errorf("%d pictures shown from the house, want 2", shown)
	}
}

// TestWARC takes the site of an archive and leaves other sites to themselves.
func TestWARC(t *testing.T) {
	var b strings.Builder
	record := func(kind, uri, block string, more ...string) {
		fmt.Fprintf(&b, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, strings.Join(more, ""), len(block), block)
	}
	ok := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
	record("response", "http://net.example/wp-content/uploads/map.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\npng")
	record("response", "http://net.example/logo.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nlogo")
	record("response", "http://net.example/a/", ok+single(5, "en", "A", `<p>`+prose+`</p><img src="/wp-content/uploads/map.png">`))
	record("response", "https://www.net.example/b/", ok+single(6, "en", "B", "<p>"+prose+prose+"</p>"))
	record("revisit", "http://net.example/b-again/", "HTTP/1.1 200 OK\r\n\r\n", "WARC-Refers-To-Target-URI: http://net.example/b/\r\n")
	record("response", "http://net.example/old-b", "HTTP/1.1 301 Moved\r\nLocation: /hop\r\n\r\n")
	record("response", "http://net.example/hop", "HTTP/1.1 301 Moved\r\nLocation: /b/\r\n\r\n")
	record("response", "http://net.example/round", "HTTP/1.1 301 Moved\r\nLocation: /round\r\n\r\n")
	record("response", "http://adverts.example/", ok+strings.ReplaceAll(single(1, "en", "Buy", "<p>"+prose+"Buy.</p>"), "net.example", "adverts.example"))
	m, report := &memory{}, importer.NewReport()
	if err := savedpage.ImportWARC(t.Context(), write(t, "a.warc", b.String()), importer.Options{}, m, report); err != nil {
		t.Fatal(err)
	}
	if got := titles(m); !slices.Equal(got, []string{"A", "B"}) {
		t.Fatalf("works %q", got)
	}
	if len(m.files) != 1 || m.files[0].Name != "map.png" {
		t.Errorf("files %+v", m.files)
	}
	for _, e := range m.editions {
		if e.Title != "B" {
			continue
		}
		for _, want := range []importer.Old{"/b/", "/?p=6", "/b-again/", "/old-b", "/hop"} {
			if !slices.Contains(e.Old, want) {
				t.Errorf("%q does not lead to it: %q", want, e.Old)
			}
		}
	}
	if !has(report.Named, "Buy", "another site") || !has(report.Named, "/round", "not among the works") {
		t.Errorf("named %v", report.Named)
	}
}

// TestNothing says what is wrong with an input that holds no work.
func TestNothing(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"login.html", "<title>Login</title><p>Please log in", "this is an HTML page, not a WordPress export"},
		{"a.warc", "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n", "no work was found"},
		{"b.warc", "", "empty"},
	} {
		read := savedpage.ImportPages
		if strings.HasSuffix(c.name, ".warc") {
			read = savedpage.ImportWARC
		}
		err := read(t.Context(), write(t, c.name, c.body), importer.Options{}, &memory{}, importer.NewReport())
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.name) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := savedpage.ImportPages(ctx, folder(t, map[string]string{"a.html": single(5, "en", "A", prose)}), importer.Options{}, &memory{}, importer.NewReport()); err == nil {
		t.Error("an import that was called off went on")
	}
}

func FuzzPage(f *testing.F) {
	f.Add(single(5, "en", "A", "<p>"+prose+"</p>"))
	f.Add(single(5, "my-Zawg", "A", `<dl class="gallery-item"><dt class=gallery-icon><img data-src=x><plaintext>`, `<link rel=canonical href="/web/2019/http://x/?p=%zz">`))
	f.Add("\xff\xfe<\x00h\x00t\x00m\x00l\x00")
	f.Fuzz(func(t *testing.T, page string) {
		m := &memory{}
		err := savedpage.ImportPages(t.Context(), write(t, "a.html", page), importer.Options{}, m, importer.NewReport())
		if err != nil && len(m.editions) > 0 {
			t.Fatalf("a work was stored and the page refused: %v", err)
		}
		for _, e := range m.editions {
			if !utf8.ValidString(e.Title) || e.Lang == "" {
				t.Fatalf("title %q, language %q", e.Title, e.Lang)
			}
		}
	})
}
