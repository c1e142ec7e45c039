package i18n

import (
	"slices"
	"sync"

	"golang.org/x/text/language"

	"sala"
)

// A Named is a code with what it is called in a language.
type Named struct{ Code, Name string }

// Countries returns every country, in the order of its names in a language.
// Codes are ISO 3166-1 alpha-2 in lower case.
func Countries(lang sala.Lang) []Named {
	codes := countryCodes()
	out := make([]Named, len(codes))
	for i, code := range codes {
		out[i] = Named{code, Country(lang, code)}
	}
	slices.SortStableFunc(out, func(a, b Named) int { return Compare(lang, a.Name, b.Name) })
	return out
}

// IsCountry reports whether a code is that of a country which is offered.
func IsCountry(code string) bool { return slices.Contains(countryCodes(), code) }

// notCountries are codes that ISO 3166-1 only keeps for others' use.
var notCountries = []string{"ac", "cp", "dg", "ea", "ez", "ic", "ta", "un"}

var countryCodes = sync.OnceValue(func() []string {
	var codes []string
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			code := string(a) + string(b)
			region, err := language.ParseRegion(code)
			if err != nil || !region.IsCountry() || region.IsGroup() || region.Canonicalize() != region || slices.Contains(notCountries, code) {
				continue
			}
			if Country(sala.English, code) != "" { // else it is what a code once meant
				codes = append(codes, code)
			}
		}
	}
	return codes
})
