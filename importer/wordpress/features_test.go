package wordpress_test

import (
	"archive/zip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala/archive"
	"sala/importer"
	"sala/internal/richtext"
)

// A thing is an item of an export of our own; more is what else it holds.
type thing struct {
	id                               int
	kind, status, title, slug, extra string
	body                             string
}

func (i thing) String() string {
	kind, status := i.kind, i.status
	if kind == "" {
		kind = "post"
	}
	if status == "" {
		status = "publish"
	}
	return fmt.Sprintf(`<item><title><![CDATA[%s]]></title><link>http://old-site.example/?p=%d</link><content:encoded><![CDATA[%s]]></content:encoded>
	<wp:post_id>%d</wp:post_id><wp:post_name>%s</wp:post_name><wp:status>%s</wp:status><wp:post_type>%s</wp:post_type>%s</item>`,
		i.title, i.id, i.body, i.id, i.slug, status, kind, i.extra)
}

func meta(pairs ...string) string {
	var b strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, "<wp:postmeta><wp:meta_key>%s</wp:meta_key><wp:meta_value><![CDATA[%s]]></wp:meta_value></wp:postmeta>", pairs[i], pairs[i+1])
	}
	return b.String()
}

func things(items ...thing) string {
	var b strings.Builder
	for _, i := range items {
		b.WriteString(i.String())
	}
	return wxr(b.String())
}

func mustRead(t *testing.T, export string, o importer.Options) (*memory, *importer.Report) {
	t.Helper()
	m, report, err := read(t, write(t, export), o)
	if err != nil {
		t.Fatal(err)
	}
	return m, report
}

// doubted reports whether some doubt says so.
func doubted(r *importer.Report, says string) bool {
	return slices.ContainsFunc(r.Doubts, func(d importer.Remark) bool { return strings.Contains(d.What+": "+d.Why, says) })
}

func TestMenusKeepTheirOrder(t *testing.T) {
	entry := func(id, order int, title, parent, menu string) thing {
		category := ""
		if menu != "" {
			category = `<category domain="nav_menu" nicename="` + menu + `">M</category>`
		}
		return thing{id: id, kind: "nav_menu_item", title: title, extra: fmt.Sprintf("<wp:menu_order>%d</wp:menu_order>", order) + category +
			meta("_menu_item_type", "custom", "_menu_item_menu_item_parent", parent, "_menu_item_url", "https://example.org/?a=1&b=2", "_menu_item_classes", "a", "_menu_item_classes", "b")}
	}
	m, report := mustRead(t, things(
		entry(1, 3, "Contact", "0", "main"), entry(2, 2, "Staff", "3", "main"), entry(3, 1, "About", "0", "main"),
		entry(4, 1, "Left", "5", "round"), entry(5, 2, "Right", "4", "round"), entry(6, 1, "Astray", "0", ""),
	), importer.Options{})
	got := map[string][]string{}
	for _, menu := range m.menus {
		for _, i := range menu.Items {
			under := ""
			for _, j := range menu.Items {
				if j.Origin == i.Parent {
					under = " under " + j.Label
				}
			}
			got[menu.Name] = append(got[menu.Name], i.Label+under)
			if len(i.Meta) != 5 {
				t.Errorf("%s keeps %d values, want all 5", i.Label, len(i.Meta))
			}
		}
	}
	want := map[string][]string{
		"main": {"About", "Staff under About", "Contact"}, "round": {"Left", "Right under Left"}, "": {"Astray"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("menus (-want +got):\n%s", diff)
	}
	if report.Stored["nav_menu_item/publish"] != 6 || !doubted(report, "stands under itself") || !doubted(report, "says of no menu") {
		t.Errorf("report = %+v", report)
	}
}

func TestWPML(t *testing.T) {
	lang := func(code string) string {
		return meta("_wpml_import_language_code", code, "_wpml_import_translation_group", "77")
	}
	m, report := mustRead(t, things(
		thing{id: 1, title: "One", slug: "same", extra: lang("en")}, thing{id: 2, title: "หนึ่ง", slug: "same", extra: lang("th")},
		thing{id: 3, title: "Uno", slug: "uno", extra: lang("en")},
	), importer.Options{})
	if m.editions[0].Work != m.editions[1].Work || m.editions[0].Work == m.editions[2].Work {
		t.Errorf("works = %v, %v, %v, want the first two the same", m.editions[0].Work, m.editions[1].Work, m.editions[2].Work)
	}
	if m.editions[1].Lang != "th" || !doubted(report, "another text in en, item 1") {
		t.Errorf("language %s, doubts %v", m.editions[1].Lang, report.Doubts)
	}
}

func TestLanguageFromTheLink(t *testing.T) {
	at := func(id int, link string) string {
		return strings.Replace(thing{id: id, title: fmt.Sprint(id)}.String(), fmt.Sprintf("http://old-site.example/?p=%d", id), link, 1)
	}
	m, _ := mustRead(t, wxr(at(1, "http://old-site.example/th/one/")+at(2, "http://old-site.example/?p=2&amp;lang=my")+
		at(3, "http://old-site.example/it/department/")+at(4, "http://old-site.example/plain/")), importer.Options{})
	var got []string
	for _, e := range m.editions {
		got = append(got, string(e.Lang))
	}
	if diff := cmp.Diff([]string{"th", "my", "en", "en"}, got); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
}

func TestTermsInSeveralLanguages(t *testing.T) {
	m, _ := mustRead(t, wxr(`<wp:category><wp:term_id>5</wp:term_id><wp:category_nicename>news</wp:category_nicename><wp:cat_name><![CDATA[[:en]News[:th]ข่าว[:]]]></wp:cat_name></wp:category>
	<wp:term><wp:term_id>6</wp:term_id><wp:term_taxonomy>country</wp:term_taxonomy><wp:term_slug>laos</wp:term_slug><wp:term_name>Laos</wp:term_name></wp:term>
	<wp:term><wp:term_id>7</wp:term_id><wp:term_taxonomy>country</wp:term_taxonomy><wp:term_slug>laos</wp:term_slug><wp:term_name>ລາວ</wp:term_name></wp:term>
	<wp:term><wp:term_id>8</wp:term_id><wp:term_taxonomy>term_translations</wp:term_taxonomy><wp:term_slug>g</wp:term_slug><wp:term_name>g</wp:term_name><wp:term_description>a:2:{s:2:"en";i:6;s:2:"lo";i:7;}</wp:term_description></wp:term>`+
		thing{id: 1, title: "ສະບາຍດີ", extra: `<category domain="language" nicename="lo">Lao</category><category domain="country" nicename="laos">x</category>`}.String()), importer.Options{})
	got := map[string]string{}
	for _, term := range m.terms {
		got[term.Vocabulary+" "+string(term.Lang)+" "+term.Label] = term.Group
	}
	want := map[string]string{
		"category en News": "marks category news", "category th ข่าว": "marks category news",
		"country en Laos": "polylang g", "country lo ລາວ": "polylang g",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
	if o := m.editions[0].Terms; len(o) != 1 || o[0].Key != "laos#7" {
		t.Errorf("the Lao text bears %v, want the Lao term", o)
	}
}

// TestNotContentIsNamed: what people sent in confidence never becomes a page.
func TestNotContentIsNamed(t *testing.T) {
	m, report := mustRead(t, things(
		thing{id: 1, kind: "flamingo_inbound", title: "Help me"}, thing{id: 2, kind: "wpcf7_contact_form", title: "Form"},
		thing{id: 3, kind: "wp_template", title: "Home"}, thing{id: 4, kind: "resource", title: "Guide"}, thing{id: 5, status: "auto-draft"},
	), importer.Options{})
	if len(m.editions) != 1 || m.editions[0].Title != "Guide" || len(report.Named) != 4 {
		t.Errorf("%d editions, named %v", len(m.editions), report.Named)
	}
}

func TestStages(t *testing.T) {
	const when = `<wp:post_date>2030-01-02 06:00:00</wp:post_date><wp:post_date_gmt>2030-01-01 23:00:00</wp:post_date_gmt>`
	m, _ := mustRead(t, things(
		thing{id: 1, extra: when}, thing{id: 2, status: "future", extra: when}, thing{id: 3, status: "draft", extra: when}, thing{id: 4, status: "pending"},
		thing{id: 5, status: "private", extra: when}, thing{id: 6, status: "trash"}, thing{id: 7, extra: "<wp:post_password>x</wp:post_password>"},
		thing{id: 8, extra: `<wp:post_date>0000-00-00 00:00:00</wp:post_date><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>`},
		thing{id: 9, status: "archived"},
	), importer.Options{})
	var got []string
	for _, e := range m.editions {
		got = append(got, fmt.Sprintln(e.Public, e.Stage, e.PubDay, !e.Published.IsZero(), !e.Due.IsZero()))
	}
	want := []string{
		"true draft 2030-01-02 true false\n", "false scheduled  false true\n", "false draft  false false\n", "false in_review  false false\n",
		"false private 2030-01-02 true false\n", "false trash  false false\n", "false protected  false false\n", "true draft  false false\n",
		"false draft  false false\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stages (-want +got):\n%s", diff)
	}
}

func TestPatternsStandWhereTheyAreUsed(t *testing.T) {
	const one = `<!-- wp:paragraph --><p>Shared words</p><!-- /wp:paragraph -->`
	m, report := mustRead(t, things(
		thing{id: 1, title: "Page", body: `<!-- wp:block {"ref":9} /--><!-- wp:block {"ref":99} /--><!-- wp:block {"ref":8} /-->`},
		thing{id: 8, kind: "wp_block", title: "Round", body: `<!-- wp:block {"ref":8} /--><!-- wp:block {"ref":8} /-->`},
		thing{id: 9, kind: "wp_block", title: "Pattern", body: one},
	), importer.Options{})
	if got := m.edition(t, "Page").Body.Plain(); strings.Count(got, "Shared words") != 1 || !strings.Contains(got, `{"ref":99}`) {
		t.Errorf("text = %.200q", got)
	}
	if len(report.Named) != 2 || !doubted(report, "not in this export") || !doubted(report, "within itself") {
		t.Errorf("named %v, doubts %.5v", report.Named, report.Doubts)
	}
}

func TestBlocks(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"an empty static block", "<!-- wp:spacer --><div></div><!-- /wp:spacer --><!-- wp:paragraph /--><p>x</p>", "x"},
		{"an empty block of a plugin", `<!-- wp:acme/form {"id":3} --> <!-- /wp:acme/form --><p>x</p>`, "<!-- wp:acme/form {\"id\":3} --><!-- /wp:acme/form -->\nx"},
		{"a block of a plugin with a text", `<!-- wp:acme/box {"a":"{}"} --><p>in</p><!-- /wp:acme/box -->`, "in"},
		{"attributes over several lines", "<!-- wp:heading {\n\"level\":3\n} --><h3>H</h3><!-- /wp:heading -->", "H"},
		{"attributes that are not JSON", "<!-- wp:paragraph {oops} --><p>x</p><!-- /wp:paragraph -->", "x"},
		{"an embed", "<!-- wp:embed {\"url\":\"https://vimeo.com/1\"} -->\n<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://vimeo.com/1\n</div></figure>\n<!-- /wp:embed -->", "https://vimeo.com/1"},
		{"an embed without a figure", `<!-- wp:embed {"url":"https://vimeo.com/1"} /-->`, "https://vimeo.com/1"},
		{"a shortcode in the attributes", `<!-- wp:acme/x {"t":"[gallery]","u":"https://vimeo.com/2"} /-->`, `<!-- wp:acme/x {"t":"[gallery]","u":"https://vimeo.com/2"} /-->`},
		{"a comment that is not closed", "<p>a</p><!-- wp:paragraph", "a"},
		{"an address in a paragraph of its own", "<!-- wp:paragraph -->\n<p>https://example.org/a?b=1&amp;c=2</p>\n<!-- /wp:paragraph -->", "https://example.org/a?b=1&c=2"},
		{"the caption of a gallery", `<!-- wp:gallery --><figure class="wp-block-gallery"><figure><img src="http://x.example/1.jpg" alt=""></figure><figcaption class="blocks-gallery-caption wp-element-caption">All of it</figcaption></figure><!-- /wp:gallery -->`, "All of it"},
		{"a sound of old", "[audio http://x.example/a.mp3]", "http://x.example/a.mp3"},
		{"an empty gallery", "[gallery]", "[gallery]"},
		{"an address in pre", "<pre>\nhttps://example.org/\n</pre>", "https://example.org/"},
	} {
		m, _ := mustRead(t, things(thing{id: 1, title: "T", body: test.body}), importer.Options{})
		if got := m.editions[0].Body.Plain(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestCoverKeepsItsPicture(t *testing.T) {
	m, _ := mustRead(t, things(thing{id: 1, title: "T",
		body: `<!-- wp:cover {"url":"http://x.example/a.jpg"} --><div style="background-image:url(http://x.example/a.jpg)"><p>Over it</p></div><!-- /wp:cover -->`}), importer.Options{})
	if b := m.editions[0].Body.Blocks; len(b) != 2 || b[0].Type != richtext.Picture || b[0].Attrs.Src != "http://x.example/a.jpg" {
		t.Errorf("blocks = %+v", b)
	}
}

func TestLinksFindTheirThing(t *testing.T) {
	export := func(href string) string {
		return wxr(thing{id: 1, title: "From", body: `<a href="` + href + `">x</a>`}.String() +
			strings.Replace(thing{id: 2, title: "To", slug: "to"}.String(), "http://old-site.example/?p=2", "http://old-site.example/2019/to/", 1) +
			`<wp:author><wp:author_id>4</wp:author_id><wp:author_login>may</wp:author_login></wp:author>`)
	}
	for _, test := range []struct {
		href string
		want int // refs
	}{
		{"http://old-site.example/?p=2", 1}, {"https://www.old-site.example/index.php?p=2", 1}, {"/index.php?page_id=2&amp;lang=my", 1},
		{"//old-site.example/2019/to", 1}, {"/2019/to/2/", 1}, {"/2019/TO/#part", 1}, {"http://old-site.example/author/may/", 1}, {"/?author=4", 1},
		{"http://old-site.example/", 0}, {"#part", 0}, {"https://elsewhere.example/?p=2", 0}, {"/2019/nothing/", 0},
	} {
		m, report := mustRead(t, export(test.href), importer.Options{})
		if refs := m.edition(t, "From").Body.Refs(); len(refs) != test.want {
			t.Errorf("%s: refs %v, want %d", test.href, refs, test.want)
		}
		if lost := doubted(report, "leads to nothing"); lost != strings.Contains(test.href, "nothing") {
			t.Errorf("%s: doubts %v", test.href, report.Doubts)
		}
	}
}

func TestFilesThatTheExportDoesNotList(t *testing.T) {
	path := filepath.Join(t.TempDir(), "media.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, name := range []string{"backup/old/wp-content/uploads/2018/11/Report Thai.PDF", "backup/old/wp-content/uploads/2018/11/boat.jpg", "backup/old/wp-content/uploads/2018/11/vie\u0323\u0302t.jpg"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	body := `<a href="http://old-site.example/wp-content/uploads/2018/11/Report%20Thai.pdf">r</a>
	<img src="https://i0.wp.com/www.old-site.example/wp-content/uploads/2018/11/boat-300x200.jpg?w=3"> <img src="/wp-content/uploads/2018/11/việt.jpg">
	<img src="https://elsewhere.example/wp-content/uploads/2018/11/boat.jpg">`
	m, report := mustRead(t, things(
		thing{id: 1, status: "private", title: "Hidden", body: `<a href="/wp-content/uploads/2018/11/boat.jpg">b</a>`},
		thing{id: 2, title: "Open", body: body},
	), importer.Options{Media: path})
	var got []string
	for _, f := range m.files {
		got = append(got, fmt.Sprint(f.Name, " ", f.Public, " ", f.Open != nil))
	}
	if diff := cmp.Diff([]string{"boat.jpg true true", "Report Thai.PDF true true", "vie\u0323\u0302t.jpg true true"}, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if refs := m.edition(t, "Open").Body.Refs(); len(refs) != 3 {
		t.Errorf("refs = %v, want the three files", refs)
	}
	if doubted(report, "leads to nothing") {
		t.Errorf("doubts = %v", report.Doubts)
	}
}

func TestFetchingAsksNoMachineNearby(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	export := things(thing{id: 1, kind: "attachment", status: "inherit", title: "F", extra: "<wp:attachment_url>" + server.URL + "/a.jpg</wp:attachment_url>"})
	_, _, err := read(t, write(t, export), importer.Options{FetchMedia: true})
	if err == nil || !strings.Contains(err.Error(), "not a public address") || asked {
		t.Errorf("asked: %v, error: %v", asked, err)
	}
	if m, _ := mustRead(t, export, importer.Options{}); m.files[0].Open != nil {
		t.Error("a file would be fetched that nobody asked for")
	}
}

func TestAPlayedFileIsOfferedAsAFile(t *testing.T) {
	m, _ := mustRead(t, things(
		thing{id: 1, title: "T", body: `<figure><audio controls src="http://old-site.example/wp-content/uploads/a.mp3"></audio></figure>`},
		thing{id: 2, kind: "attachment", status: "inherit", title: "A song", extra: meta("_wp_attached_file", "a.mp3")},
	), importer.Options{})
	b := m.edition(t, "T").Body.Blocks
	if len(b) != 1 || b[0].Type != richtext.Attachment || b[0].Attrs.File != m.files[0].Origin.ID() || b[0].Attrs.Title != "A song" {
		t.Errorf("blocks = %+v", b)
	}
}

func TestFilesOfHiddenTextsAreHidden(t *testing.T) {
	file := func(id int, parent, extra string) thing {
		return thing{id: id, kind: "attachment", status: "inherit", title: fmt.Sprint(id), extra: "<wp:post_parent>" + parent + "</wp:post_parent>" + extra}
	}
	m, _ := mustRead(t, things(
		thing{id: 1, title: "Open"}, thing{id: 2, title: "Hidden", status: "private"},
		file(11, "1", ""), file(12, "2", ""), file(13, "0", ""), file(14, "0", "<wp:post_password>x</wp:post_password>"),
	), importer.Options{})
	var public []string
	for _, f := range m.files {
		if f.Public {
			public = append(public, f.Title)
		}
	}
	if diff := cmp.Diff([]string{"11", "13"}, public); diff != "" {
		t.Errorf("public files (-want +got):\n%s", diff)
	}
}

func TestItemsOfOneID(t *testing.T) {
	comment := `<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_approved>1</wp:comment_approved><wp:comment_content>c</wp:comment_content></wp:comment>`
	m, report := mustRead(t, things(thing{id: 1, title: "A", extra: comment}, thing{id: 1, title: "B", extra: comment}), importer.Options{})
	a, b := m.edition(t, "A"), m.edition(t, "B")
	if a.Origin == b.Origin || a.Comments[0].Origin == b.Comments[0].Origin || report.Comments["comment/1"] != 2 {
		t.Errorf("origins %v and %v, comments %v and %v", a.Origin, b.Origin, a.Comments[0].Origin, b.Comments[0].Origin)
	}
}

func TestCommentsAreNotDoubledByLanguages(t *testing.T) {
	comment := `<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_approved>1</wp:comment_approved></wp:comment>`
	m, report := mustRead(t, things(thing{id: 1, title: "[:en]A[:th]ก[:]", extra: comment}), importer.Options{})
	if len(m.editions) != 2 || len(m.editions[0].Comments)+len(m.editions[1].Comments) != 1 || report.Comments["comment/1"] != 1 || report.Stored["post/publish"] != 1 {
		t.Errorf("%d editions, comments %v, stored %v", len(m.editions), report.Comments, report.Stored)
	}
}

func TestPostFormatIsKept(t *testing.T) {
	m, _ := fixture(t, "wp-importer/small-export.xml")
	if got := metaOf(m.edition(t, "Non-standard post format"), "post_format"); got != "aside" {
		t.Errorf("format = %q, want aside", got)
	}
}

func TestAnItemTooLargeIsNamed(t *testing.T) {
	huge := strings.Replace(thing{id: 1, title: "Huge"}.String(), "</item>", "<wp:x>"+strings.Repeat("x", 17<<20)+"</wp:x></item>", 1)
	many := strings.Replace(thing{id: 2, title: "Many"}.String(), "</item>", strings.Repeat("<a/>", 450_000)+"</item>", 1)
	m, report := mustRead(t, wxr(huge+many+thing{id: 3, title: "Small"}.String()), importer.Options{})
	if len(m.editions) != 1 || m.editions[0].Title != "Small" || len(report.Named) != 2 || !strings.Contains(report.Named[0].Where, ":") {
		t.Errorf("%d editions, named %v", len(m.editions), report.Named)
	}
}

func TestKindsOfPagesAndPosts(t *testing.T) {
	m, _ := mustRead(t, things(
		thing{id: 1, kind: "page", title: "Statement of purpose"}, thing{id: 2, title: "Statement on wages"}, thing{id: 3, kind: "resource", title: "Handbook for fishers"},
	), importer.Options{})
	got := []archive.Kind{m.editions[0].Kind, m.editions[1].Kind, m.editions[2].Kind}
	if diff := cmp.Diff([]archive.Kind{archive.Page, archive.Statement, archive.Publication}, got); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

// FuzzText converts whatever may stand in a text; the sink checks that what
// comes of it is a valid document.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"One\n\n[caption]<img src=\"/a.jpg\"> c[/caption]\n<!--more-->\n[gallery ids=\"1,2\"]",
		"<!-- wp:cover {\"url\":\"http://a.example/b.jpg\"} --><div><p>x</p></div><!-- /wp:cover --><!-- wp:block {\"ref\":1} /-->",
		"[:en]A <ul><li>b[:th]<table><tr>ก[:]\nhttps://youtu.be/x\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if strings.Contains(body, "]]>") {
			return
		}
		if _, _, err := read(t, write(t, things(thing{id: 1, title: "T", body: body})), importer.Options{}); err != nil {
			t.Errorf("%q: %v", body, err)
		}
	})
}
