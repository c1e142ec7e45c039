package i18n

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sala"
)

// Country is what a country is called in a language, as far as that is known,
// else in English. code is ISO 3166-1 alpha-2 in either case; what is none
// comes back as it is. A second name that CLDR gives in brackets, "Myanmar
// (Burma)", is left out.
func Country(lang sala.Lang, code string) string {
	region, err := language.ParseRegion(code)
	if err != nil || !region.IsCountry() {
		return code
	}
	names := display.Regions(language.Make(string(lang)))
	if names == nil {
		names = display.Regions(language.English)
	}
	name := names.Name(region)
	for _, bracket := range []string{" (", "（"} {
		name, _, _ = strings.Cut(name, bracket)
	}
	return name
}
