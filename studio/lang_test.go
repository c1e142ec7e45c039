package studio

import (
	"slices"
	"testing"

	"sala"
)

func TestLangsTyped(t *testing.T) {
	for _, test := range []struct {
		in    sala.Lang
		typed string
		want  []sala.Lang
	}{
		{"en", "", nil},
		{"en", "en, my", []sala.Lang{"en", "my"}},
		{"en", "English, burmese; Thai", []sala.Lang{"en", "my", "th"}},
		{"en", "en my th en", []sala.Lang{"en", "my", "th"}},
		{"th", "ไทย, อังกฤษ, ខ្មែរ", []sala.Lang{"th", "en", "km"}},
		{"en", "S’gaw Karen, Mon", []sala.Lang{"ksw", "mnw"}},
		{"en", "Martian, Martian", []sala.Lang{"Martian"}},
		{"en", "zh-Hant", []sala.Lang{"zh-Hant"}},
	} {
		if got := langsTyped(test.in, test.typed); !slices.Equal(got, test.want) {
			t.Errorf("langsTyped(%s, %q) = %q, want %q", test.in, test.typed, got, test.want)
		}
	}
}
