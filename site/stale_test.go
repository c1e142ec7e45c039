package site_test

import (
	"strings"
	"testing"

	"sala"
	"sala/archive"
)

// stale finds the demonstration's translation whose source was corrected in a
// text built as the translation is.
func (w *world) stale(t testing.TB) (translation, source archive.Edition) {
	t.Helper()
	all, err := w.archive.Stale(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		st, err := w.archive.Staleness(t.Context(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(st.Passages) == 2 {
			work, err := w.archive.Work(t.Context(), e.Work)
			if err != nil {
				t.Fatal(err)
			}
			return in(work, e.Lang), in(work, st.Source.Lang)
		}
	}
	t.Fatalf("the demonstration has no translation with two stale passages: %+v", all)
	return
}

func TestStaleTranslation(t *testing.T) {
	w := open(t)
	translation, source := w.stale(t)
	body := w.get(address(translation)).Body.String()
	if n := strings.Count(body, `data-marked=""`); n != 2 {
		t.Errorf("%d passages are marked, want 2", n)
	}
	if n := strings.Count(body, `class="since"`); n != 2 {
		t.Errorf("%d marks, want 2", n)
	}
	if !strings.Contains(body, `class="passages"`) {
		t.Error("no links to what has changed")
	}
	original := w.get(address(source)).Body.String()
	for _, part := range strings.Split(body, `#p-`)[1:] {
		anchor, _, _ := strings.Cut(part, `"`)
		if !strings.Contains(body, `id="p-`+anchor+`"`) && !strings.Contains(original, `id="p-`+anchor+`"`) {
			t.Errorf("#p-%s leads nowhere", anchor)
		}
	}
	if english := w.get(address(translation) + "?hl=en").Body.String(); !strings.Contains(english, "2 paragraphs of the English text have changed since this translation") ||
		!strings.Contains(english, "English, version 1") {
		t.Error("the notice, or what it was translated from, is not said")
	}
	if strings.Contains(original, `data-marked=""`) || strings.Contains(original, "class=\"passages\"") {
		t.Error("the original bears the notice")
	}
	if old := w.get(address(source) + "?v=1").Body.String(); strings.Contains(old, `data-marked=""`) {
		t.Error("an old version bears marks")
	}

	if err := w.archive.UpToDate(t.Context(), sala.Actor{Name: "T", Role: sala.Translator}, translation.ID, source.ID, source.Revision); err != nil {
		t.Fatal(err)
	}
	body = w.get(address(translation) + "?hl=en").Body.String()
	if strings.Contains(body, `data-marked=""`) || strings.Contains(body, "since this translation") || !strings.Contains(body, "English, version 2") {
		t.Error("brought up to date, and the notice stays, or the version is the old one")
	}
	if err := w.archive.Withdraw(t.Context(), editor, source.ID, "test"); err != nil {
		t.Fatal(err)
	}
	if body = w.get(address(translation) + "?hl=en").Body.String(); strings.Contains(body, "Translated from") {
		t.Error("a withdrawn source is named")
	}
}
