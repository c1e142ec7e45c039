package glossary_test

import (
	"slices"
	"testing"

	"sala"
	"sala/glossary"
)

// TestFind finds concepts by their terms in any language, longest first, whole
// words only.
func TestFind(t *testing.T) {
	l := glossary.NewLookup(defaults(t).Concepts)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"What recruitment fees do migrant workers pay?", []string{"recruitment-fee", "migrant-worker"}},
		{"Recruitment FEE", []string{"recruitment-fee"}},
		{"feeble employers in Thailand", []string{"employer", "country.TH"}},
		{"workers rights", []string{"labour-rights"}},
		{"labor exploitation and employers", []string{"labour-exploitation", "employer"}},
		{"private recruitment agencies", []string{"recruitment-agency"}},
		{"TITP", []string{"titp"}},
		{"Burma", []string{"country.MM"}},
		{"นายจ้างในประเทศลาวยึดหนังสือ", []string{"employer", "country.LA"}},
		{"สิทธิแรงงานข้ามชาติ", []string{"migrant-worker"}},
		{"ရွှေ့ပြောင်းအလုပ်သမားများ၏ တိုင်ကြားမှုယန္တရား", []string{"migrant-worker", "complaint-mechanism"}},
		{"ေရႊ႕ေျပာင္းအလုပ္သမား", []string{"migrant-worker"}}, // Zawgyi
		{"ពលករចំណាកស្រុក", []string{"migrant-worker"}},
		{"ແຮງງານເຄື່ອນຍ້າຍໃນໄທ", []string{"migrant-worker", "country.TH"}},
		{"người lao động ở Nhật Bản", []string{"worker", "country.JP"}},
		{"外国人労働者の人権", []string{"foreign-worker", "human-rights"}},
		{"このタイプ", nil},
		{"nothing of the kind", nil},
		{"", nil},
	} {
		var got []string
		for _, m := range l.Find(c.text) {
			got = append(got, m.Concept.ID)
			if m.From < 0 || m.To > len(c.text) || m.From >= m.To {
				t.Errorf("%q: at %d to %d", c.text, m.From, m.To)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Find(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// TestHints tells a translator what a text's concepts are called.
func TestHints(t *testing.T) {
	l := glossary.NewLookup(defaults(t).Concepts)
	const text = "Employers in Thailand must close the gap; an employer pays the recruitment fee, help or not."
	var got []string
	for _, h := range l.Hints(text, "en", "th") {
		got = append(got, h.Word+"="+h.Term.Use())
		if text[h.From:h.To] != h.Word {
			t.Errorf("%q stands at %d to %d", h.Word, h.From, h.To)
		}
	}
	if want := []string{"Employers=นายจ้าง", "Thailand=ไทย", "recruitment fee=ค่าธรรมเนียมการจัดหางาน"}; !slices.Equal(got, want) {
		t.Errorf("Hints = %q, want %q", got, want)
	}
	if gaps := l.Gaps([]sala.Lang{"en", "my"}); gaps["en"] != 0 || gaps["my"] == 0 || gaps["my"] >= l.Len() {
		t.Errorf("gaps %v of %d", gaps, l.Len())
	}
}
