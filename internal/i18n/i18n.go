// Package i18n holds what the pages say in each language: one catalogue a
// language in locales, keys of the form "area.thing", whole sentences with
// {named} places. English is complete; a key another catalogue lacks falls
// back to English, key by key, and the caller learns of it so that the page
// can mark the words. It also writes dates and numbers as each language does.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"sala"
)

//go:embed locales/*.json
var carried embed.FS

// A Catalogue is what is said in every language.
type Catalogue struct {
	messages map[sala.Lang]map[string]message
}

// A message is a text, or one for each plural category that its language
// tells apart (CLDR: zero, one, two, few, many, other).
type message map[string]string

func (m *message) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err == nil {
		*m = message{"other": text}
		return nil
	}
	var forms map[string]string
	if err := json.Unmarshal(b, &forms); err != nil {
		return err
	}
	if forms["other"] == "" {
		return fmt.Errorf(`a message with plural forms needs "other"`)
	}
	*m = forms
	return nil
}

// Load reads the catalogues that the program carries.
func Load() (*Catalogue, error) {
	c := &Catalogue{messages: map[sala.Lang]map[string]message{}}
	names, err := fs.Glob(carried, "locales/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		b, err := fs.ReadFile(carried, name)
		if err != nil {
			return nil, err
		}
		lang, err := sala.ParseLang(strings.TrimSuffix(strings.TrimPrefix(name, "locales/"), ".json"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		messages := map[string]message{}
		if err := json.Unmarshal(b, &messages); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c.messages[lang] = messages
	}
	if c.messages[sala.English] == nil {
		return nil, fmt.Errorf("no English catalogue")
	}
	return c, nil
}

// Langs returns the languages that have a catalogue.
func (c *Catalogue) Langs() []sala.Lang { return slices.Sorted(maps.Keys(c.messages)) }

// Keys returns the keys that a language has.
func (c *Catalogue) Keys(lang sala.Lang) []string { return slices.Sorted(maps.Keys(c.messages[lang])) }

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

func pluralForm(lang sala.Lang, n int) string {
	return forms[plural.Cardinal.MatchPlural(language.Make(string(lang)), n, 0, 0, 0, 0)]
}
