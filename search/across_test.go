package search_test

import (
	"fmt"
	"slices"
	"testing"

	"sala"
	"sala/glossary"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/search"
)

// TestAcross finds texts in other languages by the glossary's terms.
func TestAcross(t *testing.T) {
	defaults, err := glossary.ReadDefaults()
	if err != nil {
		t.Fatal(err)
	}
	words := glossary.NewLookup(defaults.Concepts)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		library(s)
		th := doc(23, "th", "ค่าบริการ", "ห้ามเรียกเก็บค่าธรรมเนียมการจัดหางานจากคนงาน")
		th.Kind = "report"
		s.put(th)
		s.put(doc(24, "my", "အခကြေးငွေ ၂", "အလုပ်သမားများထံမှ အလုပ်ရှာဖွေရေး အခကြေးငွေ မကောက်ခံရ။"))
		s.put(doc(25, "ja", "型", "このタイプの書類とスタイル。"))
		s.put(doc(26, "ja", "国", "タイの労働者。"))
		x := search.New(d, s)
		follow(t, x)
		for _, c := range []struct {
			q    search.Question
			had  []int
			want []string
		}{
			{search.Question{Text: "recruitment fee"}, nil, []string{"my အလုပ်ရှာဖွေရေး အခကြေးငွေ: အခကြေးငွေ ၂", "th ค่าธรรมเนียมการจัดหางาน: ค่าธรรมเนียม", "th ค่าธรรมเนียมการจัดหางาน: ค่าบริการ", "vi phí tuyển dụng: Phí"}},
			{search.Question{Text: "recruitment fees", Kinds: []string{"report"}}, nil, []string{"th ค่าธรรมเนียมการจัดหางาน: ค่าบริการ"}},
			{search.Question{Text: "Recruitment Fees", Langs: []sala.Lang{"vi", "en"}}, nil, []string{"vi phí tuyển dụng: Phí"}},
			{search.Question{Text: "recruitment fee"}, []int{3, 5, 24}, []string{"th ค่าธรรมเนียมการจัดหางาน: ค่าบริการ"}},
			{search.Question{Text: "แรงงานข้ามชาติ"}, nil, []string{"km ពលករចំណាកស្រុក: ថ្លៃ"}},
			{search.Question{Text: "Thailand"}, nil, []string{"ja タイ: 国"}}, // not within タイプ
			{search.Question{Text: "help"}, nil, nil},                      // a button, no concept
			{search.Question{Text: "weather"}, nil, nil},
			{search.Question{Text: "ban -fees"}, nil, nil},
		} {
			had := map[sala.Ref]bool{}
			for _, n := range c.had {
				had[doc(n, "", "", "").Ref] = true
			}
			found, err := x.Across(t.Context(), c.q, words, had)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range found {
				for _, r := range a.Results {
					if r.Lang != a.Lang {
						t.Errorf("%q: a text in %s for %s", c.q.Text, r.Lang, a.Lang)
					}
					got = append(got, fmt.Sprintf("%s %s: %s", a.Lang, a.Term, r.Title))
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("Across(%+v) = %q, want %q", c.q, got, c.want)
			}
		}
	})
}
