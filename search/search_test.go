package search_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/search"
)

// A shelf is a source in memory whose changes are logged as an area's are.
type shelf struct {
	t    testing.TB
	db   *db.DB
	docs []sala.Document
	stop int // after how many documents walking them fails; 0 for never
}

var errStopped = errors.New("stopped")

func (s *shelf) Documents(context.Context) iter.Seq2[sala.Document, error] {
	return func(yield func(sala.Document, error) bool) {
		for i, d := range s.docs {
			if s.stop > 0 && i == s.stop {
				yield(sala.Document{}, errStopped)
				return
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

func (s *shelf) Of(_ context.Context, ref sala.Ref) ([]sala.Document, error) {
	var found []sala.Document
	for _, d := range s.docs {
		if d.Ref == ref {
			found = append(found, d)
		}
	}
	return found, nil
}

// put adds or replaces a document and logs it.
func (s *shelf) put(d sala.Document) {
	s.remove(d.Ref, false)
	s.docs = append(s.docs, d)
	s.log(d.Ref)
}

func (s *shelf) remove(ref sala.Ref, log bool) {
	s.docs = slices.DeleteFunc(s.docs, func(d sala.Document) bool { return d.Ref == ref })
	if log {
		s.log(ref)
	}
}

func (s *shelf) log(ref sala.Ref) {
	s.t.Helper()
	err := s.db.Tx(s.t.Context(), func(tx *db.Tx) error { return tx.Changed(s.t.Context(), ref, "changed", sala.Machine("test")) })
	if err != nil {
		s.t.Fatal(err)
	}
}

func doc(n int, lang sala.Lang, title, text string) sala.Document {
	id := sala.ID(fmt.Sprintf("00000000-0000-7000-8000-%012d", n))
	return sala.Document{Ref: sala.Ref{Kind: sala.KindWork, ID: id}, Edition: id, Kind: "statement", Lang: lang, Title: title, Text: text, Day: sala.Day{Year: 2000 + n%20, Month: 1, Day: 1}}
}

func ask(t testing.TB, x *search.Index, q search.Question) []string {
	t.Helper()
	found, err := x.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, r := range found.Results {
		titles = append(titles, r.Title)
	}
	return titles
}

func follow(t testing.TB, x *search.Index) {
	t.Helper()
	if err := x.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// library is a few texts that say like things in several scripts.
func library(s *shelf) {
	for i, d := range []sala.Document{
		doc(1, "en", "Fees", "Recruitment fees must be paid by employers, and never by workers. The ban on fees holds since 2019."),
		doc(2, "en", "Ban", "The ban on deployment was lifted. Workers may travel again, and recruitment agencies were told so."),
		doc(3, "th", "ค่าธรรมเนียม", "นายจ้างต้องจ่ายค่าธรรมเนียมการจัดหางาน แรงงานข้ามชาติไม่ต้องจ่าย"),
		doc(4, "my", "အခကြေးငွေ", "အလုပ်ရှင်များသည် အလုပ်သမားခေါ်ယူစရိတ်ကို ပေးရမည်။ ၂၀၁၉ ခုနှစ်"),
		doc(5, "vi", "Phí", "Phí tuyển dụng do người sử dụng lao động trả. Điện thoại miễn phí."),
		doc(6, "km", "ថ្លៃ", "និយោជកត្រូវបង់ថ្លៃជ្រើសរើសពលករចំណាកស្រុក"),
		doc(7, "lo", "ຄ່າ", "ນາຍຈ້າງຕ້ອງຈ່າຍຄ່າທຳນຽມ ແຮງງານຄົນຕ່າງດ້າວ"),
		doc(8, "ja", "手数料", "採用手数料は雇用主が支払う。労働者は支払わない。"),
		doc(9, "zh", "费用", "招聘费用由雇主支付，工人不得支付。"),
	} {
		if i == 2 {
			d.Terms = []sala.ID{"fees"}
		}
		s.put(d)
	}
}

// TestSearch asks in every script and form.
func TestSearch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		library(s)
		x := search.New(d, s)
		follow(t, x)
		for _, c := range []struct {
			q    search.Question
			want string // the first
			only bool   // and nothing else
		}{
			{search.Question{Text: "recruitment fees"}, "Fees", false},
			{search.Question{Text: "RECRUITMENT fee"}, "Fees", false},
			{search.Question{Text: "recruitmnet fes"}, "Fees", false},
			{search.Question{Text: `"ban on deployment"`}, "Ban", true},
			{search.Question{Text: `“told so”`}, "Ban", true},
			{search.Question{Text: "ban -deployment"}, "Fees", true},
			{search.Question{Text: "deploym*"}, "Ban", true},
			{search.Question{Text: "ค่าธรรมเนียม"}, "ค่าธรรมเนียม", false},
			{search.Question{Text: "แรงงานข้ามชาติ"}, "ค่าธรรมเนียม", false},
			{search.Question{Text: "အလုပ်ရှင်"}, "အခကြေးငွေ", false},
			{search.Question{Text: "အလုပ္ရွင္မ်ား"}, "အခကြေးငွေ", false}, // Zawgyi
			{search.Question{Text: "phi tuyen dung"}, "Phí", false},
			{search.Question{Text: "dien thoai"}, "Phí", false},
			{search.Question{Text: "ពលករ"}, "ថ្លៃ", false},
			{search.Question{Text: "ແຮງງານ"}, "ຄ່າ", false},
			{search.Question{Text: "手数料"}, "手数料", false},
			{search.Question{Text: "雇主支付"}, "费用", false},
			{search.Question{Text: "2019", Langs: []sala.Lang{"my"}}, "အခကြေးငွေ", true},
			{search.Question{Text: "၂၀၁၉", Langs: []sala.Lang{"en"}}, "Fees", true},
			{search.Question{Text: "ban", Year: 2002}, "Ban", true},
			{search.Question{Text: "แรงงาน", Terms: []sala.ID{"fees"}}, "ค่าธรรมเนียม", true},
			{search.Question{Text: "แรงงาน", Terms: []sala.ID{"other"}}, "", true},
			{search.Question{Text: "ban", Kinds: []string{"report"}}, "", true},
			{search.Question{Text: "zzzzzz qqqqq"}, "", true},
			{search.Question{Text: ""}, "", true},
			{search.Question{Text: `"" - * -`}, "", true},
		} {
			got := ask(t, x, c.q)
			switch {
			case c.want == "" && len(got) > 0:
				t.Errorf("%+v: %q, want nothing", c.q, got)
			case c.want != "" && (len(got) == 0 || got[0] != c.want), c.only && len(got) > 1:
				t.Errorf("%+v: %q, want %q first", c.q, got, c.want)
			}
		}
		if _, err := x.Search(t.Context(), search.Question{Text: strings.Repeat("ก", 1<<20)}); !errors.Is(err, search.ErrTooLong) {
			t.Errorf("a question of a megabyte: %v", err)
		}
		if found, err := x.Search(t.Context(), search.Question{Text: `"fees never were paid"`}); err != nil || !found.Nearest || len(found.Results) == 0 {
			t.Errorf("a phrase that nothing holds: %+v, %v", found, err)
		}
	})
}

// TestFollow changes and removes texts, many times over, so that segments are
// merged, and finds always just what is there.
func TestFollow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		x := search.New(d, s)
		follow(t, x)
		for n := range 40 {
			s.put(doc(n, "en", fmt.Sprint(n), fmt.Sprintf("common words and number%d", n)))
			if n%3 == 0 {
				follow(t, x)
			}
		}
		s.remove(doc(7, "", "", "").Ref, true)
		s.put(doc(8, "en", "8", "something else now"))
		follow(t, x)
		if got := ask(t, x, search.Question{Text: "common words", Count: 100}); len(got) != 38 {
			t.Errorf("%d texts found, want 38: %q", len(got), got)
		}
		for q, want := range map[string]string{"number5": "5", "number39": "39", "something else": "8"} {
			if got := ask(t, x, search.Question{Text: q}); len(got) == 0 || got[0] != want {
				t.Errorf("%s: %q, want %q", q, got, want)
			}
		}
		if got := ask(t, x, search.Question{Text: `"number7"`}); slices.Contains(got, "7") {
			t.Errorf("what was taken away is found: %q", got)
		}
		segments, err := db.One[int](t.Context(), d, `SELECT COUNT(*) FROM search_segment`)
		if err != nil || segments > 15 {
			t.Errorf("%d segments, %v", segments, err)
		}
		if behind, err := x.Behind(t.Context()); behind != 0 || err != nil {
			t.Errorf("%d changes behind, %v", behind, err)
		}
	})
}

// TestRebuild is interrupted and goes on.
func TestRebuild(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		library(s)
		x := search.New(d, s)
		s.stop = 5
		if err := x.Rebuild(t.Context(), nil); !errors.Is(err, errStopped) {
			t.Fatalf("error %v, want that it stopped", err)
		}
		s.stop = 0
		if err := x.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		follow(t, x)
		if got := ask(t, x, search.Question{Text: "recruitment"}); !slices.Equal(got, []string{"Fees", "Ban"}) && !slices.Equal(got, []string{"Ban", "Fees"}) {
			t.Errorf("found %q", got)
		}
		entries, err := db.One[int](t.Context(), d, `SELECT COUNT(*) FROM search_entry`)
		if err != nil || entries != len(s.docs) {
			t.Errorf("%d entries of %d texts, %v", entries, len(s.docs), err)
		}
	})
}

func FuzzSearch(f *testing.F) {
	d := dbtest.SQLite(f)
	s := &shelf{t: f, db: d}
	library(s)
	x := search.New(d, s)
	follow(f, x)
	for _, q := range []string{`"a" -b c*`, "ค่า", "\xff\"", "手 数", strings.Repeat("ก", 2000)} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		if _, err := x.Search(t.Context(), search.Question{Text: q, Facets: true}); err != nil && !errors.Is(err, search.ErrTooLong) {
			t.Fatal(err)
		}
		if _, err := x.Saying(t.Context(), search.Question{Text: q}); err != nil && !errors.Is(err, search.ErrTooLong) {
			t.Fatal(err)
		}
	})
}
