package richtext_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala/internal/richtext"
)

func fromHTML(s string) richtext.Doc {
	d, _ := richtext.FromHTML(s, richtext.HTMLOptions{Seed: "compare"})
	return d
}

// told writes a difference as a line for each segment that is not the same.
func told(d richtext.Difference) []string {
	var lines []string
	for _, c := range d.Changes {
		op := string(c.Op)
		if c.Moved {
			op += " moved"
		}
		if op == "same" {
			continue
		}
		n := c.New
		if c.Op == richtext.Removed {
			n = c.Old
		}
		lines = append(lines, op+": "+richtext.SegmentText(n))
	}
	return lines
}

const basic = `<h2>Fees</h2><p>Nobody should pay to work abroad.</p><ul><li>Passports are kept.</li><li>Wages are late.</li></ul>
<table><tr><td>2018</td><td>Forty cases</td></tr></table><p>The ministry was asked to act.</p><blockquote><p>We will look into it.</p></blockquote>`

func TestCompare(t *testing.T) {
	for _, test := range []struct {
		name, old, new string
		want           []string
	}{
		{"nothing", basic, basic, nil},
		{"a sentence", basic, strings.Replace(basic, "to work abroad", "for work abroad", 1), []string{"changed: Nobody should pay for work abroad."}},
		{"an item", basic, strings.Replace(basic, "are late", "are very late", 1), []string{"changed: Wages are very late."}},
		{"a cell", basic, strings.Replace(basic, "Forty cases", "Fifty cases", 1), []string{"changed: Fifty cases"}},
		{"a link", basic, strings.Replace(basic, "The ministry", `The <a href="https://ministry.example/">ministry</a>`, 1), []string{"changed: The ministry was asked to act."}},
		{"only its looks", basic, strings.Replace(basic, "The ministry", `The <em>ministry</em>`, 1), []string{"restyled: The ministry was asked to act."}},
		{"one added", basic, strings.Replace(basic, "<ul>", "<p>A new law came.</p><ul>", 1), []string{"added: A new law came."}},
		{"one removed", basic, strings.Replace(basic, "<li>Passports are kept.</li>", "", 1), []string{"removed: Passports are kept."}},
		{"order", "<p>One is here.</p><p>Two is there.</p><p>Three is away.</p>", "<p>Three is away.</p><p>One is here.</p><p>Two is there.</p>", []string{"same moved: Three is away."}},
		{"replaced", "<p>One is here.</p><p>Two is there.</p>", "<p>One is here.</p><p>Entirely other words now.</p>", []string{"added: Entirely other words now.", "removed: Two is there."}},
		{"Thai", "<p>แรงงานข้ามชาติต้องได้รับค่าจ้างที่เป็นธรรม</p>", "<p>แรงงานข้ามชาติควรได้รับค่าจ้างที่เป็นธรรม</p>", []string{"changed: แรงงานข้ามชาติควรได้รับค่าจ้างที่เป็นธรรม"}},
	} {
		old, new := fromHTML(test.old), fromHTML(test.new)
		d := richtext.Compare(old, new)
		if diff := cmp.Diff(test.want, told(d)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		applies(t, old, new)
	}
}

func applies(t *testing.T, old, new richtext.Doc) {
	t.Helper()
	d := richtext.Compare(old, new)
	got, err := d.Apply(old)
	if err != nil || string(got.JSON()) != string(new.JSON()) {
		t.Fatalf("applied to the old text: %v\n%s\nwant\n%s", err, got.JSON(), new.JSON())
	}
	for _, c := range d.Changes {
		if c.Op == richtext.Changed {
			whole(t, c.Pieces, richtext.SegmentText(c.Old), richtext.SegmentText(c.New))
		}
	}
}

func whole(t *testing.T, pieces []richtext.Piece, old, new string) {
	t.Helper()
	var a, b string
	for _, p := range pieces {
		if p.Op != richtext.Added {
			a += p.Text
		}
		if p.Op != richtext.Removed {
			b += p.Text
		}
	}
	if a != old || b != new {
		t.Fatalf("the pieces %q make %q and %q, want %q and %q", pieces, a, b, old, new)
	}
}

// An id that stays is believed, whatever happened to the words.
func TestCompareByID(t *testing.T) {
	old := fromHTML("<p>One is here.</p><p>Two is there.</p>")
	new := fromHTML("<p>Wholly rewritten sentence.</p><p>Two is there.</p>")
	new.Blocks[0].Attrs.ID = old.Blocks[0].Attrs.ID
	if diff := cmp.Diff([]string{"changed: Wholly rewritten sentence."}, told(richtext.Compare(old, new))); diff != "" {
		t.Error(diff)
	}
	applies(t, old, new)
}

func TestCompareWords(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"English", "The fee is 100 baht, at most.", "The fee is 200 baht, at most.", "The fee is [-100][+200] baht, at most."},
		{"two words at once", "Pay the old fee now.", "Pay a new fee now.", "Pay [-the old][+a new] fee now."},
		{"Thai", "ลูกจ้างต้องจ่ายค่าธรรมเนียม", "นายจ้างต้องจ่ายค่าธรรมเนียม", "[-ลูกจ้าง][+นายจ้าง]ต้องจ่ายค่าธรรมเนียม"},
		{"Khmer", "កម្មករត្រូវបង់ថ្លៃ", "កម្មករមិនត្រូវបង់ថ្លៃ", "កម្មករ[+មិន]ត្រូវបង់ថ្លៃ"},
		{"nothing", "", "New.", "[+New.]"},
	} {
		var b strings.Builder
		pieces := richtext.CompareWords(test.old, test.new)
		for _, p := range pieces {
			switch p.Op {
			case richtext.Removed:
				fmt.Fprintf(&b, "[-%s]", p.Text)
			case richtext.Added:
				fmt.Fprintf(&b, "[+%s]", p.Text)
			default:
				b.WriteString(p.Text)
			}
		}
		if b.String() != test.want {
			t.Errorf("%s: %s, want %s", test.name, b.String(), test.want)
		}
		whole(t, pieces, test.old, test.new)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add(basic, strings.Replace(basic, "late", "later", 1), uint64(1))
	f.Add("<p>a</p><p>a</p>", "<p>a</p>", uint64(2))
	f.Add("<details><summary>x</summary><p>y</p></details>", "<p>y</p><hr>", uint64(3))
	f.Fuzz(func(t *testing.T, x, y string, seed uint64) {
		old, new := fromHTML(x), fromHTML(y)
		applies(t, old, new)
		shuffled := fromHTML(x)
		r := rand.New(rand.NewPCG(seed, 0))
		r.Shuffle(len(shuffled.Blocks), func(i, j int) {
			shuffled.Blocks[i], shuffled.Blocks[j] = shuffled.Blocks[j], shuffled.Blocks[i]
		})
		applies(t, old, shuffled)
		for _, c := range richtext.Compare(old, shuffled).Changes {
			if c.Op != richtext.Same {
				t.Fatalf("only reordered, but %s: %+v", c.Op, c)
			}
		}
		whole(t, richtext.CompareWords(x, y), x, y)
		renewed, _ := richtext.Renew(old, new, shuffled)
		if err := renewed.Check(); err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for _, p := range richtext.Align(old, new) {
			if ids["a"+p.Source] || ids["b"+p.Translation] {
				t.Fatalf("a segment stands in two pairs: %+v", p)
			}
			ids["a"+p.Source], ids["b"+p.Translation] = true, true
		}
	})
}

// A long text that was wholly rewritten is compared in about a second, too.
func TestCompareIsNotSlow(t *testing.T) {
	var x, y strings.Builder
	for n := range 4000 {
		fmt.Fprintf(&x, "<p>Paragraph %d tells of case %d in district %d.</p>", n, n*7, n%77)
		fmt.Fprintf(&y, "<p>Section %d reports on matter %d from province %d.</p>", n, n*5, n%66)
	}
	old, new := fromHTML(x.String()), fromHTML(y.String())
	began := time.Now()
	applies(t, old, new)
	richtext.CompareWords(x.String(), y.String())
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %v", took)
	} else {
		t.Logf("8000 paragraphs of which none stayed: %v", took)
	}
}

func TestAlign(t *testing.T) {
	source := fromHTML("<h2>Fees</h2><p>One.</p><p>Two.</p><h2>Wages</h2><p>Three.</p><ul><li>Four.</li></ul>")
	grounds := func(d richtext.Doc) string {
		var all []string
		for _, p := range richtext.Align(source, d) {
			all = append(all, string(p.Ground))
		}
		return strings.Join(all, " ")
	}
	for _, test := range []struct{ name, html, want string }{
		{"built the same", "<h2>ค่า</h2><p>หนึ่ง</p><p>สอง</p><h2>ค่าจ้าง</h2><p>สาม</p><ul><li>สี่</li></ul>", "order order order order order order"},
		{"one paragraph less in one section", "<h2>ค่า</h2><p>หนึ่งสอง</p><h2>ค่าจ้าง</h2><p>สาม</p><ul><li>สี่</li></ul>", "order guess order order order"},
		{"no headings", "<p>หนึ่ง</p><p>สอง</p><p>สาม</p>", "guess guess guess"},
		{"nothing alike", "<pre>x</pre>", ""},
	} {
		if got := grounds(fromHTML(test.html)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	kept := fromHTML("<h2>ค่า</h2><p>สอง</p><p>หนึ่ง</p>")
	kept.Blocks[1].Attrs.ID, kept.Blocks[2].Attrs.ID = source.Blocks[2].Attrs.ID, source.Blocks[1].Attrs.ID
	pairs := richtext.Align(source, kept)
	if i := slices.IndexFunc(pairs, func(p richtext.Pair) bool { return p.Source == source.Blocks[1].Attrs.ID }); i < 0 || pairs[i].Ground != richtext.ByID || pairs[i].Translation != source.Blocks[1].Attrs.ID {
		t.Errorf("the same ids in another order: %+v", pairs)
	}
}

func TestRenew(t *testing.T) {
	was := fromHTML("<p>One stays.</p><p>Two is old now.</p><ul><li>Three stays.</li></ul>")
	now := fromHTML("<p>One stays.</p><p>Two is new now.</p><p>Quite another thing.</p><ul><li>Three stays.</li></ul>")
	renewed, open := richtext.Renew(was, now, fromHTML("<p>หนึ่ง</p><p>สอง</p><ul><li>สาม</li></ul>"))
	if diff := cmp.Diff("หนึ่ง\nสอง\nQuite another thing.\nสาม", renewed.Plain()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{now.Blocks[1].Attrs.ID, now.Blocks[2].Attrs.ID}, open); diff != "" {
		t.Error(diff)
	}
	for _, p := range richtext.Align(now, renewed) {
		if p.Ground != richtext.ByID {
			t.Errorf("after it was renewed: %+v", p)
		}
	}
}

// Every anchor that Anchors names is one that the page has.
func TestAnchors(t *testing.T) {
	d := fromHTML(basic + `<details><summary>More</summary><p>Inside.</p></details><ul><li>a<ul><li>b</li></ul></li></ul>`)
	var b strings.Builder
	if err := richtext.WriteHTML(&b, d, richtext.RenderOptions{Anchors: true}); err != nil {
		t.Fatal(err)
	}
	anchors := d.Anchors()
	segments := 0
	for _, c := range richtext.Compare(d, d).Changes {
		segments++
		to := anchors[c.New.Attrs.ID]
		if to == "" || !strings.Contains(b.String(), `id="p-`+to+`"`) {
			t.Errorf("%s %q: its anchor %q is not on the page", c.New.Type, richtext.SegmentText(c.New), to)
		}
	}
	if segments < 11 {
		t.Errorf("%d segments", segments)
	}
}

func BenchmarkCompare(b *testing.B) {
	var x strings.Builder
	for n := range 200 {
		fmt.Fprintf(&x, "<p>Paragraph %d tells of case %d in district %d, and what came of it at the labour court.</p>", n, n*7, n%77)
	}
	old := fromHTML(x.String())
	new := fromHTML(strings.Replace(x.String(), "case 700 ", "case seven hundred ", 1))
	for b.Loop() {
		richtext.Compare(old, new)
	}
}
