package demo_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/importer/demo"
	"sala/internal/slug"
)

// gathered is a sink that keeps everything but the bytes of files.
type gathered struct {
	Of       importer.Site
	Terms    []importer.Term
	Files    []importer.File
	Editions []importer.Edition
	Menus    []importer.Menu
	flushed  bool
}

func (g *gathered) Menu(_ context.Context, m importer.Menu) error {
	g.Menus = append(g.Menus, m)
	return nil
}
func (g *gathered) Flush(context.Context) error { g.flushed = true; return nil }
func (g *gathered) Site(_ context.Context, s importer.Site) error {
	g.Of = s
	return nil
}

func (g *gathered) Term(_ context.Context, t importer.Term) error {
	g.Terms = append(g.Terms, t)
	return nil
}

func (g *gathered) Edition(_ context.Context, e importer.Edition) error {
	g.Editions = append(g.Editions, e)
	return nil
}

func (g *gathered) File(_ context.Context, f importer.File) error {
	f.Open = nil // a function cannot be compared
	g.Files = append(g.Files, f)
	return nil
}

func imported(t *testing.T) (*gathered, *importer.Report) {
	t.Helper()
	g, report := &gathered{}, importer.NewReport()
	if err := demo.Import(t.Context(), g, report); err != nil {
		t.Fatal(err)
	}
	return g, report
}

func TestImportTwiceIsTheSame(t *testing.T) {
	first, firstReport := imported(t)
	second, secondReport := imported(t)
	if diff := cmp.Diff(first, second, cmp.AllowUnexported(gathered{})); diff != "" {
		t.Errorf("the second import differs (-first +second):\n%s", diff)
	}
	if diff := cmp.Diff(firstReport, secondReport); diff != "" {
		t.Errorf("the second report differs (-first +second):\n%s", diff)
	}
	if !first.flushed {
		t.Error("Import ended without Flush")
	}
}

func TestReport(t *testing.T) {
	g, report := imported(t)
	for _, d := range report.Doubts {
		t.Errorf("doubt: %s: %s: %s", d.Where, d.What, d.Why)
	}
	stored := map[string]int{}
	for _, e := range g.Editions {
		stored[string(e.Kind)]++
	}
	stored["picture"], stored["file"] = 10, 1
	if diff := cmp.Diff(stored, report.Stored); diff != "" {
		t.Errorf("stored (-given +counted):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"category": 8, "theme": 8, "project": 1, "country": 8}, report.Terms); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"comment/1": 3, "comment/0": 1}, report.Comments); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
}

// The pages that show the demonstration rely on there being something of
// every sort.
func TestThereIsEnoughOfEverything(t *testing.T) {
	g, _ := imported(t)
	works, kinds, langs := map[importer.Origin]bool{}, map[archive.Kind]int{}, map[sala.Lang]int{}
	years, stages := map[int]bool{}, map[archive.Stage]bool{}
	sticky, long := 0, 0
	for _, e := range g.Editions {
		if !e.Public {
			stages[e.Stage] = true
			continue
		}
		langs[e.Lang]++
		if e.Kind != archive.Page {
			years[e.PubDay.Year] = true
		}
		if e.Lang != "en" {
			continue
		}
		works[e.Work] = true
		kinds[e.Kind]++
		if e.Sticky {
			sticky++
		}
		if len(strings.Fields(e.Body.Plain())) >= 800 {
			long++
		}
	}
	if len(works) < 20 {
		t.Errorf("%d public works, want 20 or more", len(works))
	}
	for _, k := range archive.Kinds {
		if kinds[k] == 0 {
			t.Errorf("no public work is a %s", k)
		}
	}
	for lang, least := range map[sala.Lang]int{"en": 20, "my": 10, "th": 10, "km": 4, "lo": 4, "vi": 5, "ja": 4} {
		if langs[lang] < least {
			t.Errorf("%d public editions in %s, want %d or more", langs[lang], lang, least)
		}
	}
	if len(years) < 5 {
		t.Errorf("works from %d years, want 5 or more", len(years))
	}
	for _, s := range []archive.Stage{archive.Draft, archive.InReview, archive.Scheduled, archive.Private, archive.Trash} {
		if !stages[s] {
			t.Errorf("no edition is in the stage %s", s)
		}
	}
	if sticky != 1 || long < 2 {
		t.Errorf("%d works are sticky and %d have 800 words, want 1 and at least 2", sticky, long)
	}
}

func TestWhatIsNotPublicSaysSo(t *testing.T) {
	const canary = "CANARYDRAFT"
	g, _ := imported(t)
	for _, e := range g.Editions {
		for name, s := range map[string]string{"title": e.Title, "summary": e.Summary, "text": e.Body.Plain()} {
			if strings.Contains(s, canary) == e.Public {
				t.Errorf("%s: public is %v, and the %s is %q", e.At.File, e.Public, name, s)
			}
		}
		if e.Stage == archive.Scheduled && !e.Due.After(time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: due %s, which may come", e.At.File, e.Due)
		}
		for _, c := range e.Comments {
			if strings.Contains(c.Body.Plain(), canary) == (c.Approved == "1") {
				t.Errorf("comment %s: approved is %s, and its text is %q", c.Origin.Key, c.Approved, c.Body.Plain())
			}
		}
	}
}

func TestEditions(t *testing.T) {
	g, _ := imported(t)
	english := map[importer.Origin]bool{}
	slugs := map[string]string{}
	for _, e := range g.Editions {
		if e.Lang == "en" {
			english[e.Work] = true
		} else if !english[e.Work] {
			t.Errorf("%s: there is no English edition before it", e.At.File)
		}
		if err := e.Body.Check(); err != nil {
			t.Errorf("%s: %v", e.At.File, err)
		}
		// Emphasis beside punctuation fails easily in scripts without spaces.
		for _, mark := range []string{"*", "](", "[^", "![", "##", "| "} {
			if strings.Contains(e.Body.Plain(), mark) {
				t.Errorf("%s: %q is left in the text: Markdown did not see it", e.At.File, mark)
			}
		}
		if e.Summary == "" {
			t.Errorf("%s: no summary", e.At.File)
		}
		if slug.Of(e.Slug) != e.Slug || e.Slug == "" {
			t.Errorf("%s: slug %q would become %q", e.At.File, e.Slug, slug.Of(e.Slug))
		}
		at := string(e.Lang) + "/" + e.Slug
		if other := slugs[at]; other != "" {
			t.Errorf("%s and %s have the same slug", e.At.File, other)
		}
		slugs[at] = e.At.File
		if dated := e.Public && e.Kind != archive.Page; dated == e.PubDay.IsZero() {
			t.Errorf("%s: public and dated is %v, and its day is %q", e.At.File, dated, e.PubDay)
		}
		if !e.Modified.IsZero() && e.Modified.Before(e.Published) {
			t.Errorf("%s: modified before it was published", e.At.File)
		}
		if e.Published.After(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: published %s", e.At.File, e.Published)
		}
	}
}

func BenchmarkImport(b *testing.B) {
	for b.Loop() {
		if err := demo.Import(b.Context(), importer.Discard{}, importer.NewReport()); err != nil {
			b.Fatal(err)
		}
	}
}
