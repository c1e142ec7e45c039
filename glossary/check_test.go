package glossary_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/glossary"
	"sala/internal/richtext"
)

func defaults(t testing.TB) glossary.Defaults {
	t.Helper()
	d, err := glossary.ReadDefaults()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func checker(t testing.TB) *glossary.Checker {
	t.Helper()
	c, err := glossary.NewChecker(defaults(t).Rules)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A sample is a labelled text.
type sample struct {
	line int
	lang sala.Lang
	doc  richtext.Doc
	want []string
}

func samples(t testing.TB) []sample {
	t.Helper()
	b, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	var text []string
	var at sample
	flush := func() {
		if len(text) == 0 {
			return
		}
		joined := strings.Join(text, "\n\n")
		var want []string
		for i, part := range strings.Split(joined, "[[") {
			if i > 0 {
				word, _, ok := strings.Cut(part, "]]")
				if !ok {
					t.Fatalf("line %d: no ]]", at.line)
				}
				want = append(want, word)
			}
		}
		// The marks stand where Markdown might read a link: they go first.
		plain := strings.NewReplacer("[[", "", "]]", "").Replace(joined)
		doc, _ := richtext.FromMarkdown(plain, richtext.HTMLOptions{})
		at.doc, at.want = doc, want
		all = append(all, at)
		text = nil
	}
	for i, line := range strings.Split(string(b), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if line == "" {
			flush()
			continue
		}
		lang, words, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("line %d: no tab", i+1)
		}
		if len(text) == 0 {
			at = sample{line: i + 1, lang: sala.Lang(lang)}
		}
		text = append(text, words)
	}
	flush()
	return all
}

// TestLabelled measures precision and recall over sentences with true and
// false uses.
func TestLabelled(t *testing.T) {
	c := checker(t)
	type count struct{ right, wrong, missed int }
	counts := map[sala.Lang]*count{}
	all := samples(t)
	if len(all) < 60 {
		t.Fatalf("only %d samples", len(all))
	}
	for _, s := range all {
		n := counts[s.lang]
		if n == nil {
			n = &count{}
			counts[s.lang] = n
		}
		var got []string
		for _, f := range c.Doc(s.doc, s.lang) {
			got = append(got, f.Word())
		}
		want := slices.Clone(s.want)
		for _, w := range got {
			if i := slices.Index(want, w); i >= 0 {
				n.right++
				want = slices.Delete(want, i, i+1)
				continue
			}
			n.wrong++
			t.Logf("line %d: found %q, wanted %q", s.line, w, s.want)
		}
		n.missed += len(want)
		for _, w := range want {
			t.Logf("line %d: missed %q, found %q", s.line, w, got)
		}
	}
	for lang, n := range counts {
		precision := float64(n.right) / float64(max(1, n.right+n.wrong))
		recall := float64(n.right) / float64(max(1, n.right+n.missed))
		t.Logf("%s: %d right, %d wrong, %d missed: precision %.2f, recall %.2f", lang, n.right, n.wrong, n.missed, precision, recall)
		if precision < .9 || recall < .9 {
			t.Errorf("%s: precision %.2f, recall %.2f", lang, precision, recall)
		}
	}
}

// TestPlaces gives block, bytes and characters of what is found, through
// marks, odd spaces and letters in another form.
func TestPlaces(t *testing.T) {
	doc, _ := richtext.FromHTML(`<p>Fine.</p><ul><li>Né <b>ill</b>egal&nbsp; <i>migrants</i> left.</li></ul>`, richtext.HTMLOptions{})
	doc.AssignIDs("test")
	found := checker(t).Doc(doc, "en")
	if len(found) != 1 {
		t.Fatalf("%d findings", len(found))
	}
	f := found[0]
	from, to := f.Runes()
	if f.Word() != "illegal\u00a0 migrants" || from != 3 || to != 20 || f.Block == "" || f.Rule.ID != "illegal-migrant" || f.Text != "Né illegal\u00a0 migrants left." {
		t.Errorf("%q in %q at %d to %d, block %q", f.Word(), f.Text, from, to, f.Block)
	}
}

// TestLanguages checks each passage by the rules of its own language.
func TestLanguages(t *testing.T) {
	doc, _ := richtext.FromHTML(`<p>A text on <span lang="vi">lao động bất hợp pháp</span> and <span lang="vi">maids</span>.</p><p lang="th">แรงงานต่างด้าว</p>`, richtext.HTMLOptions{})
	var got []string
	for _, f := range checker(t).Doc(doc, "en") {
		got = append(got, f.Rule.ID)
	}
	if want := []string{"vi-bathopphap", "th-tangdao"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

// TestZawgyi finds what a rule says in Unicode in a text in Zawgyi.
func TestZawgyi(t *testing.T) {
	const zawgyi = "ယခု ေရႊ႕ေျပာင္းအလုပ္သမား တရားမဝင္ ေနထိုင္သူ ဟု ေျပာသည္"
	c, err := glossary.NewChecker([]glossary.Rule{{ID: "my-test", Lang: "my", Avoid: "x", Match: "ရွှေ့ပြောင်းအလုပ်သမား", Level: glossary.Note, Reason: "a test"}})
	if err != nil {
		t.Fatal(err)
	}
	found := c.Text(zawgyi, "my")
	if len(found) != 1 || found[0].Word() != "ေရႊ႕ေျပာင္းအလုပ္သမား" {
		t.Errorf("found %v", found)
	}
	if len(c.Text("ရွှေ့ပြောင်းအလုပ်သမားများ", "my")) != 1 {
		t.Error("not found in Unicode")
	}
}

// TestPatterns refuses what cannot be looked for.
func TestPatterns(t *testing.T) {
	for pattern, want := range map[string]string{
		"(":         "missing closing",
		"a.*b":      "bound it",
		"":          "match:",
		"a?":        "where there is nothing",
		"(?<x>a":    "match:",
		"\\p{Nope}": "invalid character class",
		"a{0,500}":  "bound it",
		"fo+|[":     "missing closing",
	} {
		_, err := glossary.NewChecker([]glossary.Rule{{ID: "r", Lang: "en", Avoid: "a", Match: pattern, Level: glossary.Avoid, Reason: "a test"}})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "rule r") {
			t.Errorf("pattern %q: %v, want %q", pattern, err, want)
		}
	}
}

// TestLinear takes twice the time for twice the text, however odd.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	c := checker(t)
	for _, piece := range []string{"illegal migrantsx ", "“‘\"'", "แรงงานต่างด้าวต่างด้าว", "Runaway Act of the ", "it's workers’ ‘", "maid", "http://"} {
		took := func(n int) time.Duration {
			text := strings.Repeat(piece, n/len(piece))
			start := time.Now()
			c.Text(text, "en")
			c.Text(text, "th")
			return time.Since(start)
		}
		took(1 << 14)
		small, large := took(1<<16), took(1<<19)
		if large > 40*small+2*time.Second {
			t.Errorf("%q: %v for 64 KB, %v for 512 KB", piece, small, large)
		}
	}
}

// FuzzCheck gives places within the text for whatever it is.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"The “illegal migrants‘ 'ran away from his employer' \xff\xfe maids", "แรงงานต่างด้าว\u200bผิดกฎหมาย ก็า", "《失踪》技能実習生は失踪", "é́ ‹aliens› ေရႊ႕"} {
		f.Add(s, "Next")
	}
	d, err := glossary.ReadDefaults()
	if err != nil {
		f.Fatal(err)
	}
	c, err := glossary.NewChecker(d.Rules)
	if err != nil {
		f.Fatal(err)
	}
	l := glossary.NewLookup(d.Concepts)
	f.Fuzz(func(t *testing.T, s, next string) {
		doc := richtext.Doc{Blocks: []richtext.Node{
			{Type: richtext.Paragraph, Content: []richtext.Node{{Type: richtext.Text, Text: s}, {Type: richtext.Text, Text: next, Marks: []richtext.Mark{{Type: richtext.Emphasis}}}}},
			{Type: richtext.Paragraph, Content: []richtext.Node{{Type: richtext.Text, Text: next}}},
		}}
		for _, lang := range []sala.Lang{"en", "th", "ja", "vi", "km", "lo", "my"} {
			for _, found := range c.Doc(doc, lang) {
				if found.From < 0 || found.To > len(found.Text) || found.From >= found.To {
					t.Fatalf("at %d to %d of %d", found.From, found.To, len(found.Text))
				}
				_ = found.Excerpt()
				found.Runes()
			}
		}
		for _, m := range l.Find(s) {
			if m.From < 0 || m.To > len(s) || m.From >= m.To {
				t.Fatalf("at %d to %d of %d", m.From, m.To, len(s))
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	c := checker(b)
	text := strings.Repeat("Migrants left for Japan with an agency, paid its fees, and wrote home that the work was hard. ", 70)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		c.Text(text, "en")
	}
}
