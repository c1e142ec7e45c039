package search_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sala/script"
	"sala/search"
)

// marked returns what is marked, and the whole.
func marked(pieces []search.Piece) (string, string) {
	var marks []string
	whole := ""
	for _, p := range pieces {
		whole += p.Text
		if p.Marked {
			marks = append(marks, p.Text)
		}
	}
	return strings.Join(marks, "|"), whole
}

func TestSnippet(t *testing.T) {
	text := strings.Repeat("Something else was said at length. ", 20) + "Recruitment fees must be paid by employers, and never by workers. " + strings.Repeat("And so on. ", 30)
	book := strings.Repeat("Something else was said at length. ", 30000)
	book = book[:600_000] + " Recruitment fees must be paid by employers. " + book[600_000:]
	for _, c := range []struct{ text, question, marked string }{
		{text, "recruitment fee workers", "Recruitment fees|workers"},
		{text, "recruitment fees", "Recruitment fees"},
		{text, `"fees must be paid"`, "fees must be paid"},
		{text, `"fees must be paid" workers`, "fees must be paid|workers"},
		{text, `"fees be paid"`, "fees|be paid"}, // it stands nowhere: its words
		{text, "emplo*", "employers"},
		{text, "-workers", ""},
		{book, "recruitment fees", "Recruitment fees"},
		{"Điện thoại miễn phí", "dien thoai", "Điện thoại"},
		{"Điện thoại miễn phí", "điên thoại", "thoại"},
		{"In the year 2019 it was so", "၂၀၁၉", "2019"},
		{"၂၀၁၉ ခုနှစ်", "2019", "၂၀၁၉"},
		{"แรงงานข้ามชาติไม่ต้องจ่ายค่าธรรมเนียม", "ข้ามชาติ", "ข้ามชาติ"},
		{"ນາຍຈ້າງຕ້ອງຈ່າຍຄ່າທຳນຽມ", "ຕ້ອງ", "ຕ້ອງ"},
		{"និយោជកត្រូវបង់ថ្លៃជ្រើសរើសពលករ", "ពលករ", "ពលករ"},
		{"အလုပ်သမားများ၏ အခွင့်အရေး", "အခွင့်အရေး", "အခွင့်အရေး"},
		{"အလုပ်ရှင်များ ပေးရမည်။", "အလုပ္ရွင္မ်ား", "အလုပ်ရှင်များ"}, // Zawgyi
		{"採用手数料は雇用主が支払う", "手数料", "手数料"},
		{text, "nothing of", ""},
		{"", "fees", ""},
		{"fees", strings.Repeat("fees ", 2000), ""},
	} {
		got, whole := marked(search.Snippet(c.text, c.question))
		if got != c.marked {
			t.Errorf("%.40q: marked %q in %q, want %q", c.question, got, whole, c.marked)
		}
		if utf8.RuneCountInString(whole) > 240 {
			t.Errorf("%.40q: a snippet of %d letters", c.question, utf8.RuneCountInString(whole))
		}
	}
	got, whole := marked(search.NewMarker("fees ค่า").Title("Who pays the fees? ค่าใช้จ่าย"))
	if got != "fees|ค่า" && got != "fees|ค่าใช้จ่าย" || whole != "Who pays the fees? ค่าใช้จ่าย" {
		t.Errorf("title: %q in %q", got, whole)
	}
}

// TestSnippetOfMuch takes little time over what is much: long texts of every
// kind, long words, long questions.
func TestSnippetOfMuch(t *testing.T) {
	question := strings.Repeat("fees ", 200) + strings.Repeat("手数料支払", 150)
	for name, text := range map[string]string{
		"words": strings.Repeat("fees and workers ", 60_000), "word": strings.Repeat("fees", 250_000), "thai": strings.Repeat("ค่าธรรมเนียม", 30_000),
		"han": strings.Repeat("手数料支払", 70_000), "marks": "a" + strings.Repeat("\u0301", 500_000), "bytes": strings.Repeat("\xff", 1<<20),
		"spaces": strings.Repeat(" ", 1<<20) + "fees",
	} {
		start := time.Now()
		_, whole := marked(search.Snippet(text, question))
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if limit := map[bool]int{true: 5000, false: 240}[name == "marks"]; utf8.RuneCountInString(whole) > limit { // a letter is not parted from its marks
			t.Errorf("%s: a snippet of %d letters", name, utf8.RuneCountInString(whole))
		}
	}
}

func FuzzSnippet(f *testing.F) {
	long := strings.Repeat("Something else was said. ", 500)
	for _, c := range [][2]string{
		{long + "Recruitment fees" + long, "recruitment fee"}, {"แรงงานข้ามชาติไม่ต้องจ่ายค่าธรรมเนียม", "ข้าม"}, {"အလုပ်သမားများ၏", "သမား"}, {"\xff a\u0301 b", "b"},
		{strings.Repeat("x", 9000) + "é", "x*"}, {strings.Repeat("និយោជក", 1500), "ត្រូវ"}, {"a\u00a0\u0301b \u0301c", "c"}, {"採用手数料は", `"手数料"`},
	} {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, text, question string) {
		pieces := search.Snippet(text, question)
		if len(pieces) > 0 && pieces[0] == (search.Piece{Text: "… "}) {
			pieces = pieces[1:]
		}
		if n := len(pieces); n > 0 && pieces[n-1] == (search.Piece{Text: " …"}) {
			pieces = pieces[:n-1]
		}
		whole := strings.Join(strings.Fields(text), " ")
		_, got := marked(pieces)
		ends := map[int]bool{0: true, len(whole): true}
		for _, u := range script.AppendUnits(nil, whole) {
			ends[u.From], ends[u.To] = true, true
			if u.To-u.From > 60 { // an endless word may be cut between letters
				for i := u.From; i < u.To; i++ {
					ends[i] = utf8.RuneStart(whole[i])
				}
			}
		}
		for from := 0; ; from++ {
			i := strings.Index(whole[from:], got)
			if i < 0 {
				t.Fatalf("%q is no stretch of the text, or is cut within a unit: %q", got, text)
			}
			from += i
			at, good := from, ends[from]
			for _, p := range pieces {
				at += len(p.Text)
				good = good && ends[at]
			}
			if good {
				return
			}
			if from == len(whole) {
				t.Fatalf("%q is cut within a unit of %q", got, text)
			}
		}
	})
}
