package phrase_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/phrase"
)

// TestItem counts what is missing and what is behind, whichever language texts
// are translated from.
func TestItem(t *testing.T) {
	early, late := time.Unix(1, 0), time.Unix(2, 0)
	text := func(langs ...sala.Lang) *sala.Text {
		said := sala.Text{}
		for _, l := range langs {
			said[l] = "x"
		}
		return &said
	}
	item := phrase.ItemOf("a", []phrase.Text{
		{Key: "1", Text: text("en", "th")},
		{Key: "2", Text: text("en", "th")},
		{Key: "3", Text: text("en", "th"), At: map[sala.Lang]time.Time{"en": late, "th": early}},
		{Key: "4", Text: text("en", "th"), At: map[sala.Lang]time.Time{"en": late, "th": late}},
		{Key: "5", Text: text("my", "th"), At: map[sala.Lang]time.Time{"my": late}},
		{Key: "6", Text: text("en"), Person: "p"},
		{Key: "7", Text: text()},
		{Key: "8", Text: text("en", "my", "th"), Kept: []sala.Lang{"my"}, At: map[sala.Lang]time.Time{"en": late, "my": early}},
	})
	nobody := func(s phrase.Share) bool { return s.Person == "" }
	for _, x := range []struct {
		lang, chief sala.Lang
		counts      func(phrase.Share) bool
		want        phrase.Lack
	}{
		{"th", "en", nil, phrase.Lack{Of: 7, Missing: 1, Behind: 3}}, // 6; 3, 5, 8
		{"th", "en", nobody, phrase.Lack{Of: 6, Behind: 3}},
		{"en", "en", nobody, phrase.Lack{Of: 6, Missing: 1}},
		{"en", "th", nobody, phrase.Lack{Of: 6, Missing: 1}}, // late is not before early, nor before itself
		{"my", "en", nobody, phrase.Lack{Of: 6, Missing: 4}}, // what it is kept in is behind nothing
		{"th", "th", nobody, phrase.Lack{Of: 6, Behind: 1}},  // 8 is translated from the language it is kept in
		{"vi", "en", nil, phrase.Lack{Of: 7, Missing: 7}},
	} {
		if diff := cmp.Diff(x.want, item.Lacks(x.lang, x.chief, x.counts)); diff != "" {
			t.Errorf("%s from %s (-want +got):\n%s", x.lang, x.chief, diff)
		}
	}
	if item.Shares[0].N != 2 {
		t.Errorf("texts that stand alike are not counted together: %+v", item.Shares)
	}
	item.Chief = "th"
	if diff := cmp.Diff(phrase.Lack{Of: 6, Behind: 1}, item.Lacks("th", "en", nobody)); diff != "" {
		t.Error(diff)
	}
}
