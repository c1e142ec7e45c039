package studio

import (
	"slices"
	"testing"

	"sala"
)

// TestCountryTyped holds that the name of a country is its code, whole: of
// "Cambodia" the first two letters are Canada's.
func TestCountryTyped(t *testing.T) {
	for _, test := range []struct {
		lang        sala.Lang
		typed, want string
	}{
		{"en", "", ""}, {"en", " TH ", "th"}, {"en", "Cambodia", "kh"}, {"en", "myanmar", "mm"}, {"en", "Burma", "mm"}, {"en", "Lao PDR", "la"},
		{"en", "Indonesia", "id"}, {"en", "Viet Nam", "vn"}, {"en", "Vietnam", "vn"}, {"en", "South Korea", "kr"},
		{"th", "กัมพูชา", "kh"}, {"th", "Malaysia", "my"}, {"ja", "タイ", "th"},
		{"en", "Atlantis", "Atlantis"}, {"en", "zz", "zz"}, {"en", "Chiang Mai", "Chiang Mai"},
	} {
		if got := countryTyped(test.lang, test.typed); got != test.want {
			t.Errorf("countryTyped(%s, %q) = %q, want %q", test.lang, test.typed, got, test.want)
		}
	}
	if got, want := countriesTyped("en", "jp, TH;South Korea, mm kh"), []string{"jp", "th", "kr", "mm", "kh"}; !slices.Equal(got, want) {
		t.Errorf("countriesTyped = %q, want %q", got, want)
	}
}
