package wordpress_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala/archive"
	"sala/importer"
)

func TestUpstreamSmallExport(t *testing.T) {
	m, r := fixture(t, "wp-importer/small-export.xml")
	if editor := m.terms["user editor"]; editor.Label != "editor" {
		t.Errorf("editor = %+v", editor)
	}
	want := map[string]int{"post/publish": 5, "post/private": 1, "page/publish": 4, "page/draft": 1}
	if diff := cmp.Diff(want, r.Stored); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
	templates := 0
	for _, e := range m.editions {
		if metaOf(e, "_wp_page_template") == "onecolumn-page.php" {
			templates++
		}
	}
	if templates != 1 {
		t.Errorf("%d pages with the template of one column, want 1", templates)
	}
	many := 0
	for _, o := range m.edition(t, "Many Categories").Terms {
		if o.Type == "category" {
			many++
		}
	}
	if many != 27 {
		t.Errorf("%d categories, want 27", many)
	}
}

func TestUpstreamSlashes(t *testing.T) {
	m, _ := fixture(t, "wp-importer/slashes.xml")
	var labels []string
	for _, term := range m.terms {
		labels = append(labels, term.Label)
	}
	for _, want := range []string{`a \"great\" category`, `foo\'bar`} {
		if !slices.Contains(labels, want) {
			t.Errorf("labels %q lack %q", labels, want)
		}
	}
	if e := m.editions[0]; e.Body.Plain() != `Slashes aren\'t \"cool\"` || e.Comments[0].Body.Plain() != `\o/ ¯\_(ツ)_/¯` {
		t.Errorf("text %q, comment %q", e.Body.Plain(), e.Comments[0].Body.Plain())
	}
}

func TestUpstreamSerializedMeta(t *testing.T) {
	m, _ := fixture(t, "wp-importer/test-serialized-postmeta-with-cdata.xml")
	all := ""
	for _, v := range m.editions[0].Meta {
		all += v.Value + "\n"
	}
	if !strings.Contains(all, `¯\_(ツ)_/¯`) {
		t.Errorf("meta = %q", all)
	}
}

func TestUpstreamTermFormats(t *testing.T) {
	m, r := fixture(t, "wp-importer/term-formats.xml")
	want := map[string]int{"category": 2, "post_tag": 3, "custom-taxonomy": 1, "nav_menu": 1}
	if diff := cmp.Diff(want, r.Terms); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
	for _, term := range m.terms {
		if term.Label != strings.TrimSpace(term.Label) || term.Slug != strings.TrimSpace(term.Slug) || term.Label == "" {
			t.Errorf("term %+v", term)
		}
	}
}

func TestUpstreamOldVersions(t *testing.T) {
	m, _ := fixture(t, "wp-importer/valid-wxr-1.0.xml")
	if m.site.BaseURL != "http://localhost" {
		t.Errorf("base address %q", m.site.BaseURL)
	}
	tags := 0
	for _, e := range m.editions {
		for _, o := range e.Terms {
			if o.Type == "tag" {
				t.Errorf("%s bears %v: WXR 1.0 calls a tag so", e.Title, o)
			}
			if o.Type == "post_tag" {
				tags++
			}
		}
	}
	if tags == 0 {
		t.Error("no text bears a tag")
	}
	m, _ = fixture(t, "wp-importer/valid-wxr-1.1.xml")
	if john := m.terms["user john"]; !slices.Contains(john.Old, "/?author=2") {
		t.Errorf("john = %+v", john)
	}
	for _, term := range []string{"category alpha", "post_tag clippable", "post_tax bieup"} {
		if _, ok := m.terms[term]; !ok {
			t.Errorf("no term %q", term)
		}
	}
}

func TestUpstreamPolylang(t *testing.T) {
	m, _ := fixture(t, "others/polylang-test-import.xml")
	test, essai := m.edition(t, "Test"), m.edition(t, "Essai")
	if test.Work != essai.Work || test.Lang != "en" || essai.Lang != "fr" || test.Origin.Key != "398" || essai.Origin.Key != "400" {
		t.Errorf("Test is %s of %v, Essai %s of %v", test.Lang, test.Work, essai.Lang, essai.Work)
	}
	groups := map[string][]string{}
	for _, term := range m.terms {
		if term.Vocabulary == archive.Category && term.Group != "" {
			groups[term.Group] = append(groups[term.Group], term.Label)
		}
	}
	paired := false
	for _, labels := range groups {
		slices.Sort(labels)
		paired = paired || cmp.Equal(labels, []string{"Essai", "Test"})
	}
	if !paired {
		t.Errorf("groups of categories: %v", groups)
	}
}

func TestUpstreamCoAuthors(t *testing.T) {
	m, _ := fixture(t, "others/co-authors-plus.xml")
	several := 0
	for _, e := range m.editions {
		if len(e.Bylines) > 1 {
			several++
		}
		for _, b := range e.Bylines {
			if strings.HasPrefix(b, "cap-") {
				t.Errorf("%s is by %q", e.Title, b)
			}
		}
	}
	if several == 0 {
		t.Error("no text by several authors")
	}
}

// TestUnescapedEndOfCDATA: what follows a "]]>" that nobody escaped is part of
// the text still.
func TestUnescapedEndOfCDATA(t *testing.T) {
	export := things(thing{id: 1, title: "T", body: "before ]]> between ]]> after"})
	m, _ := mustRead(t, export, importer.Options{})
	if got := m.editions[0].Body.Plain(); got != "before ]]> between ]]> after" {
		t.Errorf("text = %q", got)
	}
	m, _ = fixture(t, "hostile/unescaped-cdata-end.xml")
	if got := m.editions[0].Body.Plain(); !strings.Contains(got, "]]>") {
		t.Errorf("text = %q", got)
	}
}
