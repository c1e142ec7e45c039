package phrase_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/phrase"
)

func texts(title, about sala.Text) []phrase.Text {
	return []phrase.Text{
		{Key: "title", Text: &title, Limit: 40, Kept: []sala.Lang{"en"}},
		{Key: "about", Text: &about, Limit: 40, Prose: true},
	}
}

func TestReword(t *testing.T) {
	was := func() []phrase.Text {
		return texts(sala.Text{"en": "Fees", "th": "ค่าธรรมเนียม"}, sala.Text{"en": "What a worker pays.", "my": "အခကြေးငွေ"})
	}
	tests := map[string]struct {
		lang  sala.Lang
		now   []phrase.Text // was, if nobody has changed it
		words map[string]string
		want  [2]sala.Text // title and about as they are then
		set   string
		over  string
		wrong string
	}{
		"a language more": {
			lang: "vi", words: map[string]string{"about": " Người lao động trả gì. \n", "title": "Phí"},
			want: [2]sala.Text{{"en": "Fees", "th": "ค่าธรรมเนียม", "vi": "Phí"}, {"en": "What a worker pays.", "my": "အခကြေးငွေ", "vi": "Người lao động trả gì."}}, set: "title about",
		},
		"taken away": {
			lang: "my", words: map[string]string{"about": ""}, want: [2]sala.Text{{"en": "Fees", "th": "ค่าธรรมเนียม"}, {"en": "What a worker pays."}}, set: "about",
		},
		"one line of a title": {
			lang: "th", words: map[string]string{"title": "ค่า\nธรรมเนียม"},
			want: [2]sala.Text{{"en": "Fees", "th": "ค่า ธรรมเนียม"}, {"en": "What a worker pays.", "my": "အခကြေးငွေ"}}, set: "title",
		},
		"the words that were said": {lang: "en", words: map[string]string{"title": "Costs"}, wrong: "title"},
		"a text that is gone":      {lang: "my", words: map[string]string{"venue": "ခန်းမ", "about": "x"}, wrong: "venue"},
		"too long":                 {lang: "my", words: map[string]string{"about": strings.Repeat("က", 20)}, wrong: "about"},
		"no text":                  {lang: "my", words: map[string]string{"about": "a\x00b"}, wrong: "about"},
		"no language":              {lang: "TH-", words: map[string]string{"about": "x"}, wrong: "lang"},
		"the source changed meanwhile": {
			lang: "vi", now: texts(sala.Text{"en": "Fees and costs", "th": "ค่าธรรมเนียม"}, sala.Text{"en": "What a worker pays.", "my": "အခကြေးငွေ"}),
			words: map[string]string{"title": "Phí", "about": "x"}, over: "title",
		},
		"somebody else was faster": {
			lang: "vi", now: texts(sala.Text{"en": "Fees", "th": "ค่าธรรมเนียม", "vi": "Chi phí"}, sala.Text{"en": "What a worker pays.", "my": "အခကြေးငွေ"}),
			words: map[string]string{"title": "Phí"}, over: "title",
		},
		"and said the same": {
			lang: "vi", now: texts(sala.Text{"en": "Fees", "th": "ค่าธรรมเนียม", "vi": "Phí"}, sala.Text{"en": "What a worker pays.", "my": "အခကြေးငွေ"}),
			words: map[string]string{"title": "Phí"}, wrong: "as it was",
		},
		"a language came that takes nothing away": {
			lang: "my", now: texts(sala.Text{"en": "Fees", "th": "ค่าธรรมเนียม"}, sala.Text{"en": "What a worker pays.", "my": "အခကြေးငွေ", "ja": "費用"}),
			words: map[string]string{"about": "စရိတ်"},
			want:  [2]sala.Text{{"en": "Fees", "th": "ค่าธรรมเนียม"}, {"en": "What a worker pays.", "my": "စရိတ်", "ja": "費用"}}, set: "about",
		},
		"sent back as it was": {lang: "th", words: map[string]string{"title": "ค่าธรรมเนียม", "about": ""}, wrong: "as it was"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			now := tt.now
			if now == nil {
				now = was()
			}
			before := make([]sala.Text, len(now))
			for i, x := range now {
				before[i] = *x.Text
			}
			set, err := phrase.Reword(tt.lang, was(), now, tt.words)
			if got := strings.Join(set, " "); got != tt.set {
				t.Errorf("put %q, want %q (%v)", got, tt.set, err)
			}
			switch over, invalid := new(phrase.Overtaken), (sala.Invalid)(nil); {
			case tt.over != "":
				if !errors.As(err, &over) || strings.Join(over.Keys, " ") != tt.over || !errors.Is(err, sala.ErrConflict) {
					t.Errorf("got %v, want overtaken: %s", err, tt.over)
				}
			case tt.wrong == "as it was":
				if !errors.Is(err, phrase.ErrAsItWas) {
					t.Errorf("got %v", err)
				}
			case tt.wrong != "":
				if !errors.As(err, &invalid) || len(invalid) != 1 || invalid[0].Field != tt.wrong {
					t.Errorf("got %v, want something of %s", err, tt.wrong)
				}
			case err != nil:
				t.Error(err)
			default:
				for i := range tt.want {
					if diff := cmp.Diff(tt.want[i], *now[i].Text); diff != "" {
						t.Error(diff)
					}
				}
			}
			if err != nil {
				for i, x := range now {
					if diff := cmp.Diff(before[i], *x.Text); diff != "" {
						t.Errorf("something was put all the same: %s", diff)
					}
				}
			}
		})
	}
}

func TestOf(t *testing.T) {
	title, none := sala.Text{"en": "Fees", "th": "ค่าธรรมเนียม", "ja": "費用"}, sala.Text{}
	got := phrase.Of([]phrase.Text{{Key: "title", Text: &title}, {Key: "about", Text: &none}}, "en", "ja")
	want := []phrase.Wording{{Key: "title", Words: "Fees", Source: "費用", From: "ja", Langs: []sala.Lang{"en", "ja", "th"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestOnlyWords: what a text says in one language alone is no translation.
func TestOnlyWords(t *testing.T) {
	title := sala.Text{"en": "Fees"}
	one := []phrase.Text{{Key: "title", Text: &title, Limit: 40}}
	for _, words := range []string{"Costs", ""} {
		var invalid sala.Invalid
		if _, err := phrase.Reword("en", one, one, map[string]string{"title": words}); !errors.As(err, &invalid) || invalid[0].Field != "title" {
			t.Errorf("%q: %v", words, err)
		}
	}
	if title["en"] != "Fees" {
		t.Errorf("it says %v", title)
	}
}
