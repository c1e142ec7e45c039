package search_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"sala"
	"sala/internal/db/dbtest"
	"sala/script"
	"sala/search"
)

// FuzzIndex indexes any text. It must be taken in, answer a question in its
// own words, and be found by each of the first words of an alphabet in it.
func FuzzIndex(f *testing.F) {
	d := dbtest.SQLite(f)
	s := &shelf{t: f, db: d}
	x := search.New(d, s)
	for _, text := range []string{
		"Recruitment fees must be paid", "ค่าธรรมเนียม 123", "အလုပ္ရွင္မ်ား", "手数料をfee払う", "\xff\x00a\xfe", "a\u0301b\u200dc", "និយោជក\x00ត្រូវ",
		strings.Repeat("x", 300) + " y", "ĐIỆN thoại", "ﬁne ½ Ⅷ", "-not \"this\" th*",
	} {
		f.Add("Title", text, "Summary", "Name")
		f.Add(text, "Text", text, text)
	}
	f.Fuzz(func(t *testing.T, title, text, summary, name string) {
		one := doc(1, "en", title, text)
		one.Summary, one.Names, one.Terms = summary, []string{name}, []sala.ID{"fees"}
		s.docs = []sala.Document{one, doc(2, "th", "ค่า", "นายจ้าง")}
		if err := x.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if q := text; len(q) <= search.MaxQuestion {
			if _, err := x.Search(t.Context(), search.Question{Text: q}); err != nil {
				t.Fatal(err)
			}
		}
		converted, _ := script.Unzawgyi(text)
		n := script.Normalize(strings.ReplaceAll(converted, "\x00", " "))
		asked := 0
		for _, w := range script.AppendWords(nil, n) {
			word := n[w.From:w.To]
			if w.Kind != script.Alphabetic || len(word) > 192 || asked == 5 {
				continue
			}
			if again := script.AppendWords(nil, script.Normalize(word)); len(again) != 1 || script.Normalize(word) != word || again[0].Kind != script.Alphabetic {
				continue // by itself it is something else
			}
			asked++
			found, err := x.Search(t.Context(), search.Question{Text: word})
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Results) == 0 || found.Results[0].Edition != one.Edition {
				t.Fatalf("%q is not found in %q: %+v", word, text, found)
			}
		}
	})
}

// made returns n texts of 100 made-up words, common ones and rare ones.
func made(n int) []sala.Document {
	random := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("re cru it ment mi gra tion wor ker sta te em ploy er fee con sul ta por ted ness in ter na al ly ing un")
	docs := make([]sala.Document, n)
	for i := range docs {
		var text strings.Builder
		for range 100 {
			for n := int(100_000 * random.Float64() * random.Float64() * random.Float64()); ; n /= len(syllables) {
				text.WriteString(syllables[n%len(syllables)])
				if n < len(syllables) {
					break
				}
			}
			text.WriteByte(' ')
		}
		docs[i] = doc(i, "en", fmt.Sprint(i), text.String())
	}
	return docs
}

// BenchmarkSearch asks an index of 20,000 texts for two words, and for what a
// whole sentence says.
func BenchmarkSearch(b *testing.B) {
	d := dbtest.SQLite(b)
	s := &shelf{t: b, db: d, docs: made(20_000)}
	x := search.New(d, s)
	if err := x.Rebuild(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	words := make([][]string, 50)
	for i := range words {
		words[i] = strings.Fields(s.docs[i*len(s.docs)/len(words)].Text)
	}
	for _, c := range []struct {
		name  string
		words int
	}{{"keyword", 2}, {"question", 12}, {"sentence", 30}} {
		b.Run(c.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				of := words[i%len(words)]
				if got := ask(b, x, search.Question{Text: strings.Join(of[10:10+c.words], " ")}); len(got) == 0 {
					b.Fatal("nothing is found")
				}
			}
		})
	}
}

// BenchmarkBuild builds an index of 5,000 texts of 100 words.
func BenchmarkBuild(b *testing.B) {
	d := dbtest.SQLite(b)
	s := &shelf{t: b, db: d, docs: made(5000)}
	x := search.New(d, s)
	for b.Loop() {
		if err := x.Rebuild(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(s.docs))/b.Elapsed().Seconds(), "texts/s")
}
