// Package i18n holds what the pages say in each language: one catalogue a
// language in locales, keys of the form "area.thing", whole sentences with
// {named} places. English is complete; a key another catalogue lacks falls
// back to English, key by key, and the caller learns of it so that the page
// can mark the words. An installation may bring catalogues of its own
// ([Catalogue.Add]).
//
// It also knows how each language writes and reads dates, numbers and lists,
// what it calls the others and in which order its dictionaries put words. That
// comes from a table made of Unicode CLDR (table.go); where Sala writes
// otherwise on purpose it stands in one place (differ in locale.go).
package i18n

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"sala"
)

// A Catalogue is what is said in every language.
type Catalogue struct {
	messages map[sala.Lang]map[string]message
}

// A message is a text, or one for each plural category that its language
// tells apart (CLDR: zero, one, two, few, many, other).
type message map[string]string

// Langs returns the languages that have a catalogue.
func (c *Catalogue) Langs() []sala.Lang { return slices.Sorted(maps.Keys(c.messages)) }

// Keys returns the keys that a language has.
func (c *Catalogue) Keys(lang sala.Lang) []string { return slices.Sorted(maps.Keys(c.messages[lang])) }

// Missing returns the keys that English has and a language lacks: what a page
// in that language says in English.
func (c *Catalogue) Missing(lang sala.Lang) []string {
	var out []string
	for _, k := range c.Keys(sala.English) {
		if _, ok := c.messages[lang][k]; !ok {
			out = append(out, k)
		}
	}
	return out
}

// OwnName returns the name of a language in that language: as its catalogue
// has it under "language", else as the table does.
func (c *Catalogue) OwnName(l sala.Lang) string {
	if m := c.messages[l][ownKey]; m != nil {
		return m["other"]
	}
	return OwnName(l)
}

// Text returns a message in lang, or in English if lang lacks it, and the
// language it is in. args are names and values in turn; a value named "n" that
// is an int chooses the plural form. A key that no catalogue has comes back
// as it is.
func (c *Catalogue) Text(lang sala.Lang, key string, args ...any) (string, sala.Lang) {
	found := lang
	m, ok := c.messages[lang][key]
	if !ok {
		found = sala.English
		if m, ok = c.messages[found][key]; !ok {
			return key, found
		}
	}
	text := m["other"]
	if len(args) == 0 {
		return text, found
	}
	places := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		name, value := fmt.Sprint(args[i]), args[i+1]
		if n, isInt := value.(int); isInt {
			if name == "n" {
				if form, ok := m[pluralForm(found, n)]; ok {
					text = form
				}
			}
			value = Number(found, n)
		}
		places = append(places, "{"+name+"}", fmt.Sprint(value))
	}
	return strings.NewReplacer(places...).Replace(text), found
}

var forms = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// pluralForm is the form of n in a language: as x/text has it, but for what
// CLDR has learnt since.
func pluralForm(lang sala.Lang, n int) string {
	n = max(n, -n)
	base, _, _ := strings.Cut(string(lang), "-")
	switch base {
	case "fr", "es", "pt", "it", "ca": // "un million de …"
		if n != 0 && n%1_000_000 == 0 {
			return "many"
		}
	case "ceb", "shn": // by the same rules as these
		base = map[string]string{"ceb": "fil", "shn": "en"}[base]
	}
	return forms[plural.Cardinal.MatchPlural(language.Make(base), n, 0, 0, 0, 0)]
}
