package i18n_test

import (
	"slices"
	"testing"

	"sala"
	"sala/internal/i18n"
)

// TestCountries offers each country once, by its name, in the order of names.
func TestCountries(t *testing.T) {
	for _, lang := range []sala.Lang{"en", "my", "th", "km", "lo", "vi", "ja"} {
		all := i18n.Countries(lang)
		if len(all) < 245 || len(all) > 260 {
			t.Errorf("%s: %d countries", lang, len(all))
		}
		seen := map[string]bool{}
		for i, c := range all {
			if c.Name == "" || len(c.Code) != 2 || seen[c.Name] {
				t.Errorf("%s: %q is called %q, or that twice", lang, c.Code, c.Name)
			}
			seen[c.Name] = true
			if i > 0 && i18n.Compare(lang, all[i-1].Name, c.Name) > 0 {
				t.Errorf("%s: %s stands after %s", lang, all[i-1].Name, c.Name)
			}
		}
		for _, code := range []string{"mm", "th", "kh", "la", "vn", "cn", "jp", "tw", "xk"} {
			if !slices.ContainsFunc(all, func(c i18n.Named) bool { return c.Code == code }) {
				t.Errorf("%s: %s is not offered", lang, code)
			}
		}
	}
	for _, code := range []string{"", "MM", "mmr", "su", "yu", "an", "dd", "bu", "uk", "eu", "un", "zz", "t\x00"} {
		if i18n.IsCountry(code) {
			t.Errorf("%q is a country", code)
		}
	}
}
