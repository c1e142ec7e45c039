package importer_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sala/glossary"
	"sala/importer"
	"sala/importer/savedpage"
	"sala/internal/richtext"
)

func proofreader(t *testing.T, report *importer.Report) *importer.Proofreader {
	t.Helper()
	d, err := glossary.ReadDefaults()
	if err != nil {
		t.Fatal(err)
	}
	words, err := glossary.NewChecker(d.Rules)
	if err != nil {
		t.Fatal(err)
	}
	return importer.Proofread(importer.Discard{}, words, report)
}

// TestWording names each word once with its places, however many there are.
func TestWording(t *testing.T) {
	report := importer.NewReport()
	p := proofreader(t, report)
	for i := range 200 {
		body, _ := richtext.FromHTML(`<p>Illegal migrants and maids.</p><blockquote>Runaways!</blockquote><p>Maids.</p>`, richtext.HTMLOptions{})
		e := importer.Edition{Lang: "en", Title: fmt.Sprintf("Post %d", i), Body: body, At: importer.Place{File: "a.xml", Line: i + 1}}
		if err := p.Edition(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	p.Close()
	if len(report.Wording) != 2 || len(report.Doubts) != 2 {
		t.Fatalf("%d rules, %d doubts", len(report.Wording), len(report.Doubts))
	}
	maid := report.Wording[0]
	if maid.Rule != "maid" || maid.Count != 400 || len(maid.Places) != 200 || maid.Places[7].Where != "a.xml:8" || maid.Places[7].What != "Post 7" || len(maid.Places[7].Said) != 2 {
		t.Errorf("%s %d times in %d places, %+v", maid.Rule, maid.Count, len(maid.Places), maid.Places[7])
	}
	d := report.Doubts[0]
	if d.Where != "a.xml:1" || d.What != "Post 0, and 199 more" || !strings.Contains(d.Why, "Domestic work is work") || !strings.Contains(d.Why, "say “domestic worker”") {
		t.Errorf("%+v", d)
	}
	var b bytes.Buffer
	if err := report.WriteJSON(&b); err != nil || !strings.Contains(b.String(), `"said": [`) {
		t.Errorf("the report as JSON: %v", err)
	}
}

// TestSeedWording finds nothing in the archive page that Sala grew from: its
// "runaways" is what the network objects to, in quotation marks.
func TestSeedWording(t *testing.T) {
	report := importer.NewReport()
	p := proofreader(t, report)
	path := filepath.Join("..", "..", "shared", "seeds", "mmn-activities.txt")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	if err := savedpage.ImportText(t.Context(), path, importer.Options{}, p, report); err != nil {
		t.Fatal(err)
	}
	for _, w := range report.Wording {
		t.Errorf("%s: %+v", w.Rule, w.Places)
	}
}
