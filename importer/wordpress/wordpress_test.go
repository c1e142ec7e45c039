package wordpress_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala/archive"
	"sala/importer"
	"sala/importer/wordpress"
)

// A memory is a sink that keeps what it is given.
type memory struct {
	importer.Discard
	site     importer.Site
	terms    map[string]importer.Term
	editions []importer.Edition
	files    []importer.File
	menus    []importer.Menu
	bytes    string // of the last file
}

func (m *memory) Site(_ context.Context, s importer.Site) error { m.site = s; return nil }
func (m *memory) Term(_ context.Context, t importer.Term) error {
	if m.terms == nil {
		m.terms = map[string]importer.Term{}
	}
	m.terms[t.Origin.Type+" "+t.Origin.Key] = t
	return nil
}
func (m *memory) Edition(_ context.Context, e importer.Edition) error {
	if err := e.Body.Check(); err != nil {
		return fmt.Errorf("%s: %w", e.Title, err)
	}
	m.editions = append(m.editions, e)
	return nil
}
func (m *memory) File(_ context.Context, f importer.File) error {
	m.files = append(m.files, f)
	if f.Open == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	m.bytes = string(b)
	return err
}

func (m *memory) Menu(_ context.Context, n importer.Menu) error {
	m.menus = append(m.menus, n)
	return nil
}

func (m *memory) edition(t *testing.T, title string) importer.Edition {
	t.Helper()
	for _, e := range m.editions {
		if e.Title == title {
			return e
		}
	}
	t.Fatalf("no edition %q", title)
	return importer.Edition{}
}

// shared returns the folder of test data beside the project.
func shared(t testing.TB, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	full := filepath.Join(filepath.Dir(dir), "shared", path)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	return full
}

func read(t testing.TB, path string, o importer.Options) (*memory, *importer.Report, error) {
	t.Helper()
	m, report := &memory{}, importer.NewReport()
	err := wordpress.Import(t.Context(), path, o, m, report)
	return m, report, err
}

func fixture(t *testing.T, name string) (*memory, *importer.Report) {
	t.Helper()
	m, report, err := read(t, shared(t, "fixtures/wordpress/"+name), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m, report
}

// write makes a file of one test.
func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export.xml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wxr puts items into an export.
func wxr(items string) string {
	return `<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
	<channel><title>Old</title><link>http://old-site.example</link><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_blog_url>http://old-site.example</wp:base_blog_url>` + items + `</channel></rss>`
}

func item(id int, title, body string) string {
	return fmt.Sprintf(`<item><title><![CDATA[%s]]></title><link>http://old-site.example/2018/11/03/post-%d/</link>
	<content:encoded><![CDATA[%s]]></content:encoded><wp:post_id>%d</wp:post_id><wp:post_date>2018-11-03 10:00:00</wp:post_date>
	<wp:post_date_gmt>2018-11-03 03:00:00</wp:post_date_gmt><wp:post_name>post-%d</wp:post_name><wp:status>publish</wp:status>
	<wp:post_type>post</wp:post_type></item>`, title, id, body, id, id)
}

// TestReportsAgree holds every report against what was counted by machine:
// nothing vanishes.
func TestReportsAgree(t *testing.T) {
	raw, err := os.ReadFile(shared(t, "fixtures/wordpress/expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected map[string]struct {
		XMLError   string         `json:"xml_error"`
		Version    *string        `json:"wxr_version"`
		Items      int            `json:"items"`
		ByType     map[string]int `json:"by_type_status"`
		Authors    int            `json:"authors"`
		Categories int            `json:"categories"`
		Tags       int            `json:"tags"`
		Terms      map[string]int `json:"terms"`
		Comments   map[string]int `json:"comments"`
	}
	if err := json.Unmarshal(raw, &expected); err != nil {
		t.Fatal(err)
	}
	for name, want := range expected {
		t.Run(name, func(t *testing.T) {
			if strings.HasSuffix(name, "namespace-edge-cases.xml") || want.XMLError != "" || want.Version == nil || strings.HasPrefix(name, "hostile/") {
				return // each has a test of its own
			}
			_, report := fixture(t, name)
			stored := 0
			for key, n := range report.Stored {
				stored += n
				if n > want.ByType[key] {
					t.Errorf("stored %d of %s, want at most %d", n, key, want.ByType[key])
				}
			}
			if got := stored + len(report.Named); got != want.Items {
				t.Errorf("%d stored and %d named, want %d items", stored, len(report.Named), want.Items)
			}
			if report.Authors != want.Authors {
				t.Errorf("%d authors, want %d", report.Authors, want.Authors)
			}
			if diff := cmp.Diff(want.Comments, report.Comments); diff != "" && len(want.Comments)+len(report.Comments) > 0 && !strings.Contains(name, "sub-data") {
				t.Errorf("comments (-want +got):\n%s", diff)
			}
			terms := map[string]int{}
			for k, n := range want.Terms {
				terms[k] = n
			}
			terms["category"] = max(terms["category"], want.Categories)
			terms["post_tag"] = max(terms["post_tag"], want.Tags)
			for k, n := range terms {
				if report.Terms[k] != n {
					t.Errorf("%d terms of %s, want %d", report.Terms[k], k, n)
				}
			}
		})
	}
}

// TestUpstream holds what WordPress's own importer promises of its test data.
func TestUpstream(t *testing.T) {
	for _, test := range []struct {
		file  string
		check func(t *testing.T, m *memory, r *importer.Report)
	}{
		{"small-export.xml", func(t *testing.T, m *memory, r *importer.Report) {
			if len(m.edition(t, "Many Categories").Terms) != 28 { // 27 categories and its author
				t.Errorf("Many Categories has %d terms", len(m.edition(t, "Many Categories").Terms))
			}
			child, parent := m.edition(t, "Child Page"), m.edition(t, "Parent Page")
			if child.Parent != parent.Work || child.Kind != archive.Page {
				t.Errorf("child page = %+v", child.Parent)
			}
			if sub := m.terms["category foo-bar"]; sub.Parent.Key != "bar" {
				t.Errorf("foo-bar is under %q", sub.Parent.Key)
			}
			private := m.edition(t, "Private Post")
			if private.Public || private.Stage != archive.Private {
				t.Errorf("the private post is %v, %s", private.Public, private.Stage)
			}
		}},
		{"slashes.xml", func(t *testing.T, m *memory, r *importer.Report) {
			e := m.editions[0]
			if got := e.Body.Plain(); !strings.Contains(got, `Slashes aren\'t \"cool\"`) {
				t.Errorf("content = %q", got)
			}
			if got := e.Comments[0].Body.Plain(); got != `\o/ ¯\_(ツ)_/¯` {
				t.Errorf("comment = %q", got)
			}
			if _, ok := m.terms[`post_tag `+`foobar`]; !ok && len(m.terms) < 2 {
				t.Errorf("terms = %v", m.terms)
			}
		}},
		{"crazy-cdata-escaped.xml", func(t *testing.T, m *memory, r *importer.Report) {
			if got := m.editions[0].Body.Plain(); got != "Content with nested <![CDATA[ tags ]]> :)" {
				t.Errorf("content = %q", got)
			}
			if got := metaOf(m.editions[0], "Closing CDATA"); got != "]]>" {
				t.Errorf("meta = %q", got)
			}
		}},
		{"cdata-edge.xml", func(t *testing.T, m *memory, r *importer.Report) {
			if got := m.editions[0].Body.Plain(); !strings.HasSuffix(got, "]] >") {
				t.Errorf("content = %q", got)
			}
		}},
		{"multiple-cdata.xml", func(t *testing.T, m *memory, r *importer.Report) {
			if got := m.editions[0].Body.Plain(); !strings.Contains(got, "line oneline twoline three") {
				t.Errorf("content = %q", got)
			}
		}},
		{"test-serialized-postmeta-with-cdata.xml", func(t *testing.T, m *memory, r *importer.Report) {
			if got := metaOf(m.editions[0], "contains-html"); got != "<pre>some html</pre>" {
				t.Errorf("contains-html = %q", got)
			}
			if got := metaOf(m.editions[0], "evil"); got != "<wp:meta_value>evil</wp:meta_value>" {
				t.Errorf("evil = %q", got)
			}
		}},
		{"test-serialized-comment-meta.xml", func(t *testing.T, m *memory, r *importer.Report) {
			if c := m.editions[0].Comments[0]; c.Approved != "1" || len(c.Meta) != 2 {
				t.Errorf("comment = %+v", c)
			}
		}},
		{"wxr-utf-8-challenges.xml", func(t *testing.T, m *memory, r *importer.Report) {
			if len(m.editions) != 1 || len(m.editions[0].Meta) != 5 || r.Authors != 1 {
				t.Errorf("%d posts, %d authors", len(m.editions), r.Authors)
			}
		}},
		{"authors-multiline.xml", func(t *testing.T, m *memory, r *importer.Report) {
			for _, login := range []string{"alice", "bob", "carol"} {
				if _, ok := m.terms["user "+login]; !ok {
					t.Errorf("no author %q in %v", login, m.terms)
				}
			}
		}},
		{"namespace-edge-cases.xml", func(t *testing.T, m *memory, r *importer.Report) {
			if len(m.editions) != 5 || len(r.Named) != 1 || r.Authors != 2 {
				t.Errorf("%d posts, %d named, %d authors, want 5, 1, 2", len(m.editions), len(r.Named), r.Authors)
			}
			if e := m.edition(t, "Mixed Namespaces"); e.Origin.Key != "999" || len(e.Meta) != 1 {
				t.Errorf("mixed namespaces: id %s, meta %v", e.Origin.Key, e.Meta)
			}
		}},
		{"wxr-with-sub-data.xml", func(t *testing.T, m *memory, r *importer.Report) {
			e := m.editions[0]
			if e.Origin.Key != "101" || len(e.Meta) != 1 || len(e.Comments) != 1 || len(e.Comments[0].Meta) != 1 {
				t.Errorf("post = %+v", e)
			}
		}},
		{"wxr-flat-attachment-same-site.xml", func(t *testing.T, m *memory, r *importer.Report) {
			if len(m.files) != 1 || len(m.editions) != 1 {
				t.Fatalf("%d files, %d posts", len(m.files), len(m.editions))
			}
			refs := m.editions[0].Body.Refs()
			if len(refs) != 1 || refs[0].ID != m.files[0].Origin.ID() {
				t.Errorf("the post's picture is %v, want %s", refs, m.files[0].Origin.ID())
			}
		}},
	} {
		t.Run(test.file, func(t *testing.T) {
			m, r := fixture(t, "wp-importer/"+test.file)
			test.check(t, m, r)
		})
	}
}

func metaOf(e importer.Edition, key string) string {
	for _, m := range e.Meta {
		if m.Key == key {
			return m.Value
		}
	}
	return ""
}

// TestHostile holds what the table beside the hostile files asks.
func TestHostile(t *testing.T) {
	for _, test := range []struct {
		file  string
		items int    // stored and named
		err   string // within the error, "" for none
		doubt string // within some doubt
	}{
		{"truncated.xml", 5, "byte", ""},
		{"control-chars.xml", 11, "", "control characters"},
		{"nul-byte.xml", 11, "", "control characters"},
		{"lone-latin1-byte.xml", 11, "", "not UTF-8"},
		{"bom-and-blank-lines.xml", 11, "", ""},
		{"php-notice-before-xml.xml", 11, "", "before the export"},
		{"utf16.xml", 11, "", ""},
		{"windows-1252-label.xml", 11, "", "valid UTF-8"},
		{"bare-ampersand.xml", 11, "", ""},
		{"unescaped-cdata-end.xml", 11, "", ""},
		{"xxe-file.xml", 11, "", "document type"},
		{"xxe-http.xml", 11, "", "document type"},
		{"billion-laughs.xml", 11, "", "document type"},
		{"duplicate-post-id.xml", 12, "", "same id"},
		{"script-in-everything.xml", 11, "", "script"},
		{"cyclic-parents.xml", 11, "", "circle"},
		{"empty.xml", 0, "the file is empty", ""},
		{"not-wxr.html", 0, "this is an HTML page, not a WordPress export", ""},
		{"rss-not-wxr.xml", 0, "wp:wxr_version", ""},
		{"path-traversal-attachment.xml", 2, "", ""},
	} {
		t.Run(test.file, func(t *testing.T) {
			m, report, err := read(t, shared(t, "fixtures/wordpress/hostile/"+test.file), importer.Options{})
			switch {
			case test.err == "" && err != nil:
				t.Fatal(err)
			case test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err) || !strings.Contains(err.Error(), test.file)):
				t.Fatalf("error = %v, want one with %q and the file's name", err, test.err)
			}
			n := len(report.Named)
			for _, stored := range report.Stored {
				n += stored
			}
			if n != test.items {
				t.Errorf("%d items, want %d", n, test.items)
			}
			if test.doubt != "" && !slices.ContainsFunc(report.Doubts, func(d importer.Remark) bool {
				return strings.Contains(d.What+" "+d.Why, test.doubt)
			}) {
				t.Errorf("no doubt about %q in %v", test.doubt, report.Doubts)
			}
			for _, e := range m.editions {
				if s := string(e.Body.JSON()); strings.Contains(s, "root:") || strings.Contains(s, "javascript:") && strings.Contains(s, `"href":"javascript`) {
					t.Errorf("%s holds %s", e.Title, s)
				}
			}
		})
	}
	t.Run("malformed", func(t *testing.T) {
		m, _, err := read(t, shared(t, "fixtures/wordpress/wp-importer/malformed.xml"), importer.Options{})
		if err == nil || !strings.Contains(err.Error(), "there was an error when reading this WXR file") || len(m.editions) != 0 {
			t.Errorf("error = %v with %d editions", err, len(m.editions))
		}
	})
	t.Run("missing version", func(t *testing.T) {
		_, _, err := read(t, shared(t, "fixtures/wordpress/wp-importer/missing-version-tag.xml"), importer.Options{})
		if err == nil || !strings.Contains(err.Error(), "missing or invalid") {
			t.Errorf("error = %v", err)
		}
	})
}

// TestPolylang holds the traps of the site with eight languages.
func TestPolylang(t *testing.T) {
	m, report := fixture(t, "polylang-udhr-plain.xml")
	langs := map[string]int{}
	works := map[importer.Origin]map[string]bool{}
	for _, e := range m.editions {
		langs[string(e.Lang)]++
		if works[e.Work] == nil {
			works[e.Work] = map[string]bool{}
		}
		if works[e.Work][string(e.Lang)] {
			t.Errorf("%s: two editions in %s of one work", e.Title, e.Lang)
		}
		works[e.Work][string(e.Lang)] = true
		if e.Public && (e.Stage == archive.Protected || e.Stage == archive.Private) {
			t.Errorf("%s is public", e.Title)
		}
	}
	if len(langs) != 8 {
		t.Errorf("languages = %v, want eight", langs)
	}
	grouped := 0
	for _, w := range works {
		if len(w) > 1 {
			grouped++
		}
	}
	if grouped != 29 {
		t.Errorf("%d works in several languages, want 29", grouped)
	}
	if report.Stored["post/trash"] != 1 || report.Stored["resource/future"] != 1 {
		t.Errorf("stored = %v", report.Stored)
	}
	if len(m.site.Langs) != 8 || m.site.Name != "UDHR Network" {
		t.Errorf("site = %+v", m.site)
	}
	if len(m.menus) != 2 {
		t.Errorf("%d menus", len(m.menus))
	}
	groups := map[string]int{}
	for _, term := range m.terms {
		if term.Group != "" {
			groups[term.Group]++
		}
	}
	// The export has 88 groups; those that a term left when it was joined to
	// others are empty.
	if len(groups) != 39 {
		t.Errorf("%d groups of terms, want 39", len(groups))
	}
	for _, e := range m.editions {
		if strings.Contains(e.Body.Plain(), "<![CDATA[") || strings.Contains(e.Body.Plain(), "wp:paragraph") {
			t.Errorf("%s: markup in the text", e.Title)
		}
	}
}

func TestQTranslate(t *testing.T) {
	m, report := fixture(t, "others/nikola-qtranslate-item.xml")
	if len(m.editions) != 2 || m.editions[0].Lang != "fr" || m.editions[1].Title != "Under heaven" || m.editions[0].Work != m.editions[1].Work {
		t.Errorf("editions = %d, %v: %+v", len(m.editions), report.Stored, m.editions)
	}
}

func TestText(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"paragraphs and lines", "One\ntwo\n\nThree", "One\ntwo\nThree"},
		{"no break beside a block", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nAfter", "a\nb\nAfter"},
		{"pre keeps its lines", "<pre>a\n\nb</pre>", "a\n\nb"},
		{"an escaped shortcode", "See [[gallery]] here", "See [gallery] here"},
		{"an unknown one", "See [my_form id=\"3\"] here", "See [my_form id=\"3\"] here"},
		{"a bracket in prose", "transfer[ring] skills", "transfer[ring] skills"},
		{"a caption", `[caption id="x" width="3"]<img src="http://elsewhere.example/a.jpg" alt="A" /> The bridge[/caption]`, "The bridge"},
		{"blocks", "<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->\n<!-- wp:latest-posts {\"a\":1} /-->", "One\n<!-- wp:latest-posts {\"a\":1} /-->"},
		{"a film on its own line", "Watch:\n\nhttps://www.youtube.com/watch?v=abc\n\nDone", "Watch:\nhttps://www.youtube.com/watch?v=abc\nDone"},
		{"qTranslate in brackets", "[:en]Hello[:]", "Hello"},
		{"a smaller-than sign", "5 < 6 and 7 > 6", "5 < 6 and 7 > 6"},
	} {
		m, _, err := read(t, write(t, wxr(item(1, "T", test.body))), importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := m.editions[0].Body.Plain(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestLinks(t *testing.T) {
	m, report, err := read(t, write(t, wxr(item(1, "A", `<a href="http://www.old-site.example/?p=2">b</a> <a href="/2018/11/03/post-2/#x">c</a>
		<a href="https://old-site.example/nothing/">d</a> <a href="https://example.org/">e</a>`)+item(2, "B", "b"))), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	refs := m.editions[0].Body.Refs()
	if len(refs) != 1 || refs[0].ID != m.editions[1].Work.ID() {
		t.Errorf("refs = %v, want the second post", refs)
	}
	if len(report.Doubts) != 1 || !strings.Contains(report.Doubts[0].Why, "/nothing/") {
		t.Errorf("doubts = %v", report.Doubts)
	}
	old := m.editions[0].Old
	for _, want := range []importer.Old{"/2018/11/03/post-1/", "/?p=1"} {
		if !slices.Contains(old, want) {
			t.Errorf("old addresses %v lack %s", old, want)
		}
	}
	if day := m.editions[0].PubDay.String(); day != "2018-11-03" {
		t.Errorf("day = %s", day)
	}
}

func TestMediaStaysInside(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "media/2018"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"secret.txt": "secret", "media/2018/Picture.JPG": "picture"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	attachment := func(id int, file string) string {
		return fmt.Sprintf(`<item><title>F</title><wp:post_id>%d</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
		<wp:postmeta><wp:meta_key>_wp_attached_file</wp:meta_key><wp:meta_value>%s</wp:meta_value></wp:postmeta></item>`, id, file)
	}
	path := write(t, wxr(attachment(1, "2018/picture.jpg")+attachment(2, "../secret.txt")))
	m, report, err := read(t, path, importer.Options{Media: filepath.Join(dir, "media")})
	if err != nil {
		t.Fatal(err)
	}
	if m.files[0].Open == nil || m.files[1].Open != nil {
		t.Fatalf("found: %v, %v, want only the first", m.files[0].Open != nil, m.files[1].Open != nil)
	}
	if m.bytes != "picture" {
		t.Errorf("file = %q", m.bytes)
	}
	if len(report.Doubts) != 1 {
		t.Errorf("doubts = %v, want one for the file outside", report.Doubts)
	}
}

func TestTruncatedIsTold(t *testing.T) {
	text := wxr(item(1, "A", "a") + item(2, "B", "b"))
	for cut := 1; cut < len(text)-1; cut += 7 {
		m, _, err := read(t, write(t, text[:cut]), importer.Options{})
		if err == nil && cut < strings.Index(text, "</channel>") {
			t.Errorf("cut at %d: no error, %d editions", cut, len(m.editions))
		}
		if first := strings.Index(text, "</item>") + len("</item>"); cut >= first && len(m.editions) == 0 && !errors.Is(err, io.EOF) && cut < len(text)-20 {
			t.Errorf("cut at %d: the complete item is lost: %v", cut, err)
		}
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(wxr(item(1, "A", "a [caption]x[/caption] <!-- wp:more --> ]]]]><![CDATA[>"))))
	f.Add([]byte("<rss><channel><item><wp:post_id>1</wp:post_id><title>a & b</title>"))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "f.xml")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		m, report := &memory{}, importer.NewReport()
		if err := wordpress.Import(t.Context(), path, importer.Options{}, m, report); err != nil && !strings.Contains(err.Error(), "f.xml") {
			t.Errorf("an error without the file's name: %v", err)
		}
	})
}
