package richtext_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala/internal/richtext"
)

func markdown(t *testing.T, s string) richtext.Doc {
	t.Helper()
	d, _ := richtext.FromMarkdown(s, richtext.HTMLOptions{Seed: "x"})
	d.AssignIDs("x")
	return d
}

// A translation from its first word to a change of its source.
func TestTranslate(t *testing.T) {
	source := markdown(t, "First [link](https://example.org/en)[^1].\n\nSecond.\n\nThird.\n\n[^1]: Note.")
	text, open := richtext.Continue(richtext.Doc{}, source, richtext.Doc{}, "en")
	if len(open) != 3 {
		t.Errorf("open = %q, want all", open)
	}
	all := richtext.Wordings(source, text, "en")
	for _, w := range all {
		if w.Target != nil {
			t.Errorf("%s is translated before anybody began: %v", w.ID, w.Target)
		}
	}
	first, note, second := all[0].ID, all[1].ID, all[2].ID
	good := []richtext.Fragment{{Text: "แรก "}, {Open: 1}, {Text: "ลิงก์"}, {Close: 1}, {Alone: 2}}
	text, flaws := richtext.Translate(source, text, "en", map[string][]richtext.Fragment{
		first: good, note: {{Text: "หมายเหตุ"}}, second: {{Open: 1}, {Text: "x"}, {Close: 1}}, all[3].ID: nil, "nowhere": {{Text: "x"}},
	})
	if diff := cmp.Diff([]richtext.Flaw{
		{Segment: "nowhere", Why: "the text has no such segment", Kind: richtext.FlawElsewhere},
		{Segment: second, Why: "it has a code 1, which the source has not", Kind: richtext.FlawUnknown, Code: 1},
	}, flaws); diff != "" {
		t.Errorf("flaws (-want +got):\n%s", diff)
	}
	all = richtext.Wordings(source, text, "en")
	if diff := cmp.Diff([][]richtext.Fragment{good, {{Text: "หมายเหตุ"}}, nil, nil}, [][]richtext.Fragment{all[0].Target, all[1].Target, all[2].Target, all[3].Target}); diff != "" {
		t.Errorf("taken (-want +got):\n%s", diff)
	}
	if text.Blocks[0].Attrs.Lang != "" || text.Blocks[1].Attrs.Lang != "en" {
		t.Errorf("languages %q and %q", text.Blocks[0].Attrs.Lang, text.Blocks[1].Attrs.Lang)
	}
	// What may not get lost, and what may not be emptied.
	_, flaws = richtext.Translate(source, text, "en", map[string][]richtext.Fragment{first: {{Text: "ไม่มีลิงก์"}}, note: nil})
	if len(flaws) != 2 || flaws[0].Why != "code 1 (link) is missing" || flaws[1].Why != "it is empty" {
		t.Errorf("flaws = %v", flaws)
	}
	// The same words as the source's are a translation once somebody says them.
	said, _ := richtext.Translate(source, text, "en", map[string][]richtext.Fragment{second: {{Text: "Second."}}})
	if w := richtext.Wordings(source, said, "en")[2]; w.Target == nil {
		t.Error("words that stay as they are count as missing")
	}
	// The source changes: one passage is put in and one gets a link.
	now := markdown(t, "First [link](https://example.org/en)[^1].\n\nNew.\n\nSecond.\n\nThird [more](https://example.org/more).\n\n[^1]: Note.")
	now.Blocks[3].Attrs.ID = source.Blocks[2].Attrs.ID
	said, _ = richtext.Translate(source, said, "en", map[string][]richtext.Fragment{all[3].ID: {{Text: "สาม"}}})
	next, open := richtext.Continue(source, now, said, "en")
	if want := []string{now.Blocks[1].Attrs.ID, now.Blocks[3].Attrs.ID}; !slices.Equal(open, want) {
		t.Errorf("open = %q, want %q", open, want)
	}
	all = richtext.Wordings(now, next, "en")
	if !slices.Equal(all[0].Target, good) || all[2].Target != nil || len(all[4].Codes) != 1 || all[4].Target[0].Text != "สาม" {
		t.Errorf("continued: %+v", all)
	}
	same, flaws := richtext.Translate(now, next, "en", map[string][]richtext.Fragment{all[4].ID: {{Text: "สาม"}}})
	if diff := cmp.Diff(next, same); diff != "" || len(flaws) > 0 {
		t.Errorf("words that were there: %v %s", flaws, diff)
	}
	if _, flaws = richtext.Translate(now, next, "en", map[string][]richtext.Fragment{all[4].ID: {{Text: "สามใหม่"}}}); len(flaws) != 1 {
		t.Errorf("a new link was lost: %v", flaws)
	}
	next, flaws = richtext.Translate(now, next, "en", map[string][]richtext.Fragment{
		all[2].ID: {{Text: "ใหม่"}}, all[4].ID: {{Text: "สาม "}, {Open: 1}, {Text: "อีก"}, {Close: 1}},
	})
	if err := next.Check(); err != nil || len(flaws) > 0 {
		t.Fatalf("%v, %v", flaws, err)
	}
	if m := next.Blocks[3].Content[1].Marks; len(m) != 1 || m[0].Attrs.Href != "https://example.org/more" {
		t.Errorf("marks = %+v", m)
	}
	// What was translated of the new passage stays while nobody has said that
	// the translation is up to date.
	again, open := richtext.Continue(source, now, next, "en")
	if diff := cmp.Diff(next, again); diff != "" || !slices.Equal(open, []string{now.Blocks[3].Attrs.ID}) {
		t.Errorf("continued again: open %q\n%s", open, diff)
	}
}

// A translation keeps its own address behind a link.
func TestTranslateKeepsItsOwnCodes(t *testing.T) {
	source := markdown(t, "See **this** [page](https://example.org/en).")
	text := markdown(t, "ดู [หน้า](https://example.org/th) *นี้*")
	text.Blocks[0].Attrs.ID = source.Blocks[0].Attrs.ID
	w := richtext.Wordings(source, text, "en")[0]
	if want := []richtext.Fragment{{Text: "ดู "}, {Open: 2}, {Text: "หน้า"}, {Close: 2}, {Text: " "}, {Open: 3}, {Text: "นี้"}, {Close: 3}}; !slices.Equal(w.Target, want) || w.Needed != 2 {
		t.Errorf("target = %v, needed %d", w.Target, w.Needed)
	}
	got, flaws := richtext.Translate(source, text, "en", map[string][]richtext.Fragment{w.ID: {{Open: 2}, {Text: "หน้า"}, {Close: 2}}})
	if c := got.Blocks[0].Content; len(flaws) > 0 || len(c) != 1 || c[0].Marks[0].Attrs.Href != "https://example.org/th" {
		t.Errorf("%v, %+v", flaws, c)
	}
}

// What was not translated follows its source.
func TestContinueFollowsWhatIsNotTranslated(t *testing.T) {
	was, now := markdown(t, "Old words."), markdown(t, "New words.")
	now.Blocks[0].Attrs.ID = was.Blocks[0].Attrs.ID
	text, _ := richtext.Continue(richtext.Doc{}, was, richtext.Doc{}, "en")
	text, _ = richtext.Continue(was, now, text, "en")
	if w := richtext.Wordings(now, text, "en"); w[0].Target != nil || text.Plain() != "New words." {
		t.Errorf("%+v, %q", w, text.Plain())
	}
}
