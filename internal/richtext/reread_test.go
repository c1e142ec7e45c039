package richtext_test

import (
	"strings"
	"testing"

	"sala/internal/richtext"
)

func TestFromMarkdownOver(t *testing.T) {
	old, _ := richtext.FromHTML(`<h2>Wages</h2><p>They were paid late in March of this year.</p><ul><li>one</li><li>two</li></ul><p lang="th">ค่าจ้าง</p><p>The end.</p>`, richtext.HTMLOptions{Lang: "en", Seed: "x"})
	same, _ := richtext.FromMarkdownOver(old, old.Markdown(), richtext.HTMLOptions{Lang: "en", Seed: "y"})
	if string(same.JSON()) != string(old.JSON()) {
		t.Errorf("untouched, it became\n%s\nfrom\n%s", same.JSON(), old.JSON())
	}
	text := strings.Replace(old.Markdown(), "March", "April", 1)
	text = "First of all.\n\n" + text
	changed, _ := richtext.FromMarkdownOver(old, text, richtext.HTMLOptions{Lang: "en", Seed: "y"})
	d := richtext.Compare(old, changed)
	got := map[richtext.Op]int{}
	for _, c := range d.Changes {
		got[c.Op]++
	}
	if got[richtext.Added] != 1 || got[richtext.Changed] != 1 || got[richtext.Removed] != 0 {
		t.Errorf("%v", got)
	}
	for _, c := range d.Changes {
		if c.Op == richtext.Changed && c.Old.Attrs.ID != c.New.Attrs.ID {
			t.Errorf("%s became %s", c.Old.Attrs.ID, c.New.Attrs.ID)
		}
	}
	if err := changed.Check(); err != nil {
		t.Error(err)
	}
}
