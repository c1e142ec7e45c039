package studio

import (
	"strings"

	"sala"
	"sala/importer/extract"
	"sala/internal/i18n"
)

// countryTyped is the code of a country that somebody typed by its code or by
// its name, in the language of the page, in English, or as texts put it
// ("Lao PDR"). What is neither comes back as it is, for the store to refuse.
func countryTyped(lang sala.Lang, typed string) string {
	typed = strings.TrimSpace(typed)
	if code := strings.ToLower(typed); len(code) <= 2 {
		return code
	}
	if code := extract.Country(typed); code != "" {
		return code
	}
	for _, l := range []sala.Lang{lang, sala.English} {
		for _, c := range i18n.Countries(l) {
			if strings.EqualFold(c.Name, typed) {
				return c.Code
			}
		}
	}
	return typed
}

// countriesTyped are the codes of several countries: names with commas between
// them, codes also with spaces.
func countriesTyped(lang sala.Lang, typed string) []string {
	var codes []string
	for part := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ',' || r == ';' }) {
		words := strings.Fields(part)
		if code := countryTyped(lang, part); len(code) == 2 {
			words = []string{code}
		}
		for _, word := range words {
			codes = append(codes, strings.ToLower(word))
		}
	}
	return codes
}
