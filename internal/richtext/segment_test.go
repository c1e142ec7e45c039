package richtext_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sala/internal/richtext"
)

const segmented = `A **bold [link](https://example.org) and** more[^1].

[^1]: The *note*.

![A bridge](https://example.org/bridge.jpg)

- One
- Two
`

func segmentedDoc(t testing.TB) richtext.Doc {
	t.Helper()
	d, _ := richtext.FromMarkdown(segmented, richtext.HTMLOptions{Seed: "s"})
	d.AssignIDs("s")
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d
}

// shape writes pieces as a person reads them.
func shape(pieces []richtext.Fragment) string {
	var b strings.Builder
	for _, p := range pieces {
		switch {
		case p.Open > 0:
			b.WriteString("<" + string(rune('0'+p.Open)) + ">")
		case p.Close > 0:
			b.WriteString("</" + string(rune('0'+p.Close)) + ">")
		case p.Alone > 0:
			b.WriteString("<" + string(rune('0'+p.Alone)) + "/>")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSegments(t *testing.T) {
	var got []string
	for _, s := range segmentedDoc(t).Segments() {
		suffix := ""
		if dot := strings.IndexByte(s.ID, '.'); dot >= 0 {
			suffix = s.ID[dot:] + " "
		}
		got = append(got, suffix+shape(s.Fragments))
	}
	want := []string{
		"A <1>bold </1><2><3>link</3></2><4> and</4> more<5/>.", ".note1 The <1>note</1>.", ".alt A bridge", "One", "Two",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Segments (-want +got):\n%s", diff)
	}
}

func TestWithSegments(t *testing.T) {
	d := segmentedDoc(t)
	s := d.Segments()
	text := func(s string) richtext.Fragment { return richtext.Fragment{Text: s} }
	line := []richtext.Fragment{text("ပိုပြီး"), {Alone: 5}, {Open: 2}, text("လင့်ခ်"), {Close: 2}, {Open: 1}, text("!"), {Close: 1}}
	out, flaws := d.WithSegments(map[string][]richtext.Fragment{s[0].ID: line, s[1].ID: {text("မှတ်ချက်")}, s[2].ID: {text(" တံတား\n")}})
	if len(flaws) > 0 {
		t.Fatalf("flaws: %v", flaws)
	}
	if err := out.Check(); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range out.Segments() {
		got = append(got, shape(s.Fragments))
	}
	want := []string{"ပိုပြီး<1/><2>လင့်ခ်</2><3>!</3>", "မှတ်ချက်", "တံတား", "One", "Two"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("WithSegments (-want +got):\n%s", diff)
	}
	if again := d.Segments(); shape(again[0].Fragments) != shape(s[0].Fragments) {
		t.Error("the source was changed")
	}
}

func TestFlaws(t *testing.T) {
	d := segmentedDoc(t)
	s := d.Segments()
	id := s[0].ID
	text := richtext.Fragment{Text: "x"}
	link := []richtext.Fragment{{Open: 2}, text, {Close: 2}, {Alone: 5}}
	for _, test := range []struct {
		name   string
		id     string
		pieces []richtext.Fragment
		want   string
	}{
		{"good", id, link, ""},
		{"no such segment", "zzzz", []richtext.Fragment{text}, "no such segment"},
		{"empty", id, []richtext.Fragment{{Text: " "}}, "empty"},
		{"note lost", id, []richtext.Fragment{{Open: 2}, text, {Close: 2}}, "code 5 (footnote) is missing"},
		{"link lost", id, []richtext.Fragment{text, {Alone: 5}}, "code 2 (link) is missing"},
		{"unknown code", id, append([]richtext.Fragment{{Alone: 9}}, link...), "code 9, which the source has not"},
		{"twice", id, append([]richtext.Fragment{{Alone: 5}}, link...), "stands twice"},
		{"not ended", id, append([]richtext.Fragment{{Open: 1}}, link...), "does not end"},
		{"crossed", id, []richtext.Fragment{{Open: 2}, {Open: 1}, text, {Close: 2}, {Close: 1}, {Alone: 5}}, "not begun"},
		{"a mark alone", id, []richtext.Fragment{text, {Alone: 2}, {Alone: 5}}, "what it is not"},
	} {
		out, flaws := d.WithSegments(map[string][]richtext.Fragment{test.id: test.pieces})
		got := ""
		if len(flaws) > 0 {
			got = flaws[0].Why
		}
		if test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if test.want != "" && !cmp.Equal(d, out) {
			t.Errorf("%s: refused and yet taken", test.name)
		}
	}
}

// Every text of the goldens comes apart and together again unchanged.
func TestSegmentsRoundTrip(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("goldens: %v, %v", files, err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		roundTrip(t, string(a.Files[0].Data))
	}
	html, err := os.ReadFile("../../../shared/fixtures/saved-pages/old-site/p17103.html")
	if err != nil {
		t.Skip("the shared fixtures are not here:", err)
	}
	roundTrip(t, string(html))
}

func roundTrip(t *testing.T, source string) {
	t.Helper()
	d, _ := richtext.FromHTML(source, richtext.HTMLOptions{Lang: "en", Seed: "r"})
	d.AssignIDs("r")
	words := map[string][]richtext.Fragment{}
	for _, s := range d.Segments() {
		words[s.ID] = s.Fragments
	}
	out, flaws := d.WithSegments(words)
	for _, f := range flaws {
		if f.Why != "it is empty" {
			t.Errorf("flaw: %+v", f)
		}
	}
	if got, want := string(out.JSON()), string(d.JSON()); got != want {
		t.Errorf("a round trip changes the text (-want +got):\n%s", cmp.Diff(want, got))
	}
}

func FuzzSegments(f *testing.F) {
	f.Add("<p>a <b>b <i>c</b> d</i><br><a href=https://example.org>e</a></p><table><tr><td>x</table>")
	f.Add("<figure><img src=https://example.org/a.png alt=b><figcaption>c</figcaption></figure>")
	f.Fuzz(func(t *testing.T, source string) { roundTrip(t, source) })
}
