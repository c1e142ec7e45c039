package tracker

import (
	"strings"

	"golang.org/x/text/language"
)

// isCountry reports whether s is a country of ISO 3166-1 in two lower-case
// letters.
func isCountry(s string) bool {
	if len(s) != 2 || lower(s) != s {
		return false
	}
	r, err := language.ParseRegion(s)
	return err == nil && r.IsCountry() && strings.EqualFold(r.String(), s)
}

func lower(s string) string { return strings.ToLower(s) }
