package extract

import (
	"regexp"
	"strings"
)

// countries are ISO 3166-1 alpha-2 codes by the English names in which texts
// of the region state them.
var countries = map[string]string{
	"Thailand": "th", "Myanmar": "mm", "Burma": "mm", "Cambodia": "kh", "Lao PDR": "la", "Laos": "la", "Vietnam": "vn", "Viet Nam": "vn",
	"China": "cn", "Hong Kong": "hk", "Macau": "mo", "Taiwan": "tw", "Japan": "jp", "South Korea": "kr", "Republic of Korea": "kr", "Korea": "kr",
	"Malaysia": "my", "Singapore": "sg", "Indonesia": "id", "Philippines": "ph", "the Philippines": "ph", "Brunei": "bn", "Brunei Darussalam": "bn",
	"Timor Leste": "tl", "Timor-Leste": "tl", "India": "in", "Nepal": "np", "Bangladesh": "bd", "Sri Lanka": "lk", "Pakistan": "pk",
	"Qatar": "qa", "Kuwait": "kw", "Bahrain": "bh", "Saudi Arabia": "sa", "United Arab Emirates": "ae", "Jordan": "jo", "Lebanon": "lb",
	"Switzerland": "ch", "Germany": "de", "France": "fr", "United Kingdom": "gb", "Morocco": "ma", "Mexico": "mx", "Australia": "au", "New Zealand": "nz",
}

// Country returns the ISO 3166-1 code of a country by its English name, in
// lower case, "" if it is not known.
func Country(name string) string { return countries[strings.TrimSpace(name)] }

const properName = `\p{Lu}[\p{L}\p{M}’'.-]*(?:\s+(?:of\s+|de\s+|and\s+)?\p{Lu}[\p{L}\p{M}’'.-]*)*`

var (
	inTown    = regexp.MustCompile(`(?:\bat\s+(?:the\s+)?(` + properName + `)(?:,\s+|\s+))?\bin\s+(` + properName + `),\s+(` + properName + `)`)
	inCountry = regexp.MustCompile(`\bin\s+(?:the\s+)?(` + properName + `)\s+(?:from|on|between|during|this|last)\b`)
)

// Place returns where a sentence says that something took place, as it states
// it, and the country's code: "at the Sedona Hotel in Yangon, Myanmar".
func Place(sentence string) (place, country string) {
	for _, m := range inTown.FindAllStringSubmatch(sentence, -1) {
		name := strings.TrimRight(m[3], ".")
		for name != "" { // a name may run on into the next capital
			if code := Country(name); code != "" {
				place = strings.TrimSpace(m[2]) + ", " + name
				if m[1] != "" {
					place = strings.TrimSpace(m[1]) + ", " + place
				}
				return place, code
			}
			i := strings.LastIndexByte(name, ' ')
			if i < 0 {
				break
			}
			name = strings.TrimRight(name[:i], ". ")
		}
	}
	for _, m := range inCountry.FindAllStringSubmatch(sentence, -1) {
		if code := Country(m[1]); code != "" {
			return m[1], code
		}
	}
	return "", ""
}

// PlaceOfTitle returns the country with which a title ends, set off by a
// comma: "…, 2-4 November 2018, Singapore", or a town before it.
func PlaceOfTitle(title string) (place, country string) {
	parts := strings.Split(title, ",")
	if len(parts) < 2 {
		return "", ""
	}
	last := strings.TrimSpace(parts[len(parts)-1])
	code := Country(last)
	if code == "" {
		return "", ""
	}
	before := strings.TrimSpace(parts[len(parts)-2])
	if len(parts) > 2 && !strings.ContainsAny(before, "0123456789") && len(strings.Fields(before)) <= 3 {
		return before + ", " + last, code
	}
	return last, code
}
