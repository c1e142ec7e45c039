package search_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/search"
)

func suggest(t testing.TB, x *search.Index, q search.Question) string {
	t.Helper()
	s, err := x.Suggest(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSuggest puts misspelt questions right in several scripts, and leaves
// alone what is right.
func TestSuggest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		library(s)
		s.put(doc(20, "th", "แรงงาน", "แรงงานข้ามชาติในประเทศไทยต้องการความคุ้มครอง"))
		s.put(doc(21, "my", "အလုပ်သမား", "ရွှေ့ပြောင်းအလုပ်သမားများ၏ အခွင့်အရေး"))
		x := search.New(d, s)
		follow(t, x)
		for _, c := range []struct{ asked, want string }{
			{"recruitmnet fees", "recruitment fees"},
			{"Recruitment feees", "Recruitment fees"},
			{`"ban on deploymnet" -fees`, `"ban on deployment" -fees`},
			{"recruitmentfees", "recruitment fees"},
			{"recruit mentfees", "recruitment fees"},
			{"recruit ment", "recruitment"},
			{"emplyers must", "employers must"},
			{"tuyen dunf", "tuyen dụng"},
			{"điên thoia", "điên thoại"},
			{"dien thoai", ""},
			{"แรงงาณข้ามชาติ", "แรงงานข้ามชาติ"},
			{"แรงานข้ามชาติ", "แรงงานข้ามชาติ"},
			{"ค่าธรรมเนียน", "ค่าธรรมเนียม"},
			{"แรงงานข้ามชาติ", ""},
			{"အလုပ်သမာ", "အလုပ်သမား"},
			{"အလုပ္သမာ", "အလုပ်သမား"}, // Zawgyi
			{"အလုပ်သမား", ""},
			{"ពលករចំណាកស្រុក", ""},
			{"ពលកចំណាកស្រុក", "ពលករចំណាកស្រុក"},
			{"ແຮງງານ", ""},
			{"ແຮງງາມ", "ແຮງງານ"},
			{"recruitment fee", ""},
			{"recruit*", ""},
			{"fees -recruitmnet", ""},
			{"手数料", ""},
			{"2019", ""},
			{"", ""},
			{"zzzzzzzz", ""},
			{"xq", ""},
		} {
			if got := suggest(t, x, search.Question{Text: c.asked}); got != c.want {
				t.Errorf("%q: %q, want %q", c.asked, got, c.want)
			}
		}
		// Only what a text says now that passes the filters is offered.
		if got := suggest(t, x, search.Question{Text: "recruitmnet", Langs: []sala.Lang{"th"}}); got != "" {
			t.Errorf("%q is offered where no text says it", got)
		}
		s.remove(doc(2, "", "", "").Ref, true)
		follow(t, x)
		if got := suggest(t, x, search.Question{Text: "deploymnet"}); got != "" {
			t.Errorf("a word of a withdrawn text is offered: %q", got)
		}
		if got := suggest(t, x, search.Question{Text: "recruitmnet"}); got != "recruitment" {
			t.Errorf("recruitmnet: %q", got)
		}
		if _, err := x.Suggest(t.Context(), search.Question{Text: strings.Repeat("ก", 1<<20)}); !errors.Is(err, search.ErrTooLong) {
			t.Errorf("a question of a megabyte: %v", err)
		}
	})
}

func FuzzSuggest(f *testing.F) {
	d := dbtest.SQLite(f)
	s := &shelf{t: f, db: d}
	library(s)
	x := search.New(d, s)
	follow(f, x)
	for _, q := range []string{"recruitmnet fees", "recruitmentfees", "แรงาน ข้าม", "အလုပ်သမာ", "\xffa b", "tuyển dunf", "pl ករ", strings.Repeat("ab ", 90)} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		got, err := x.Suggest(t.Context(), search.Question{Text: q})
		if errors.Is(err, search.ErrTooLong) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(got) {
			t.Fatalf("%q: %q is no text", q, got)
		}
		if got == "" {
			return
		}
		found, err := x.Search(t.Context(), search.Question{Text: got})
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Results) == 0 && !strings.ContainsAny(got, `-"*`) {
			t.Fatalf("%q: %q leads to nothing", q, got)
		}
	})
}

// BenchmarkSuggest puts questions right over 100,000 texts of made-up words,
// some 200,000 of them different.
func BenchmarkSuggest(b *testing.B) {
	d := dbtest.SQLite(b)
	s := &shelf{t: b, db: d}
	random := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("re cru it ment mi gra tion wor ker sta te em ploy er fee con sul ta por ted ness in ter na al ly ing un")
	word := func() string {
		n := int(200_000 * random.Float64() * random.Float64() * random.Float64())
		w := ""
		for range 2 + n%4 {
			w += syllables[n%len(syllables)]
			n = n/len(syllables) + n%7
		}
		return w + fmt.Sprintf("%c%c", 'a'+n%26, 'a'+n/26%26)
	}
	for n := range 100_000 {
		var text strings.Builder
		for range 40 {
			text.WriteString(word() + " ")
		}
		s.docs = append(s.docs, doc(n, "en", word(), text.String()+"recruitment"))
	}
	s.log(s.docs[0].Ref)
	x := search.New(d, s)
	follow(b, x)
	suggest(b, x, search.Question{Text: "recruitmnet"})
	for b.Loop() {
		if got := suggest(b, x, search.Question{Text: "recruitmnet migrationn"}); !strings.HasPrefix(got, "recruitment") {
			b.Fatal(got)
		}
	}
}
