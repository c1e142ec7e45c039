package sala

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// A Lang is a language, as a canonical BCP 47 tag: "en", "my", "zh-Hant".
type Lang string

// English is the language of last resort: the interface is complete in it.
const English Lang = "en"

// ParseLang returns the canonical form of a BCP 47 tag. Region is dropped
// where it says nothing about the writing ("en-US" is "en", "zh-TW" is
// "zh-Hant"), because a record is written in a language, not in a country. A tag that
// stands for another has that one's form: "tl" is "fil", "cmn" is "zh".
func ParseLang(s string) (Lang, error) {
	tag, err := language.All.Parse(s)
	if err != nil {
		return "", fmt.Errorf("language %q: not a BCP 47 tag", s)
	}
	base, script, region := tag.Raw()
	if tag == language.Und || base.String() == "und" {
		return "", fmt.Errorf("language %q: not a BCP 47 tag", s)
	}
	if script.String() == "Zzzz" && base.String() == "zh" && region.String() != "ZZ" {
		script, _ = tag.Script()
	}
	short := base.String()
	plain, _ := language.Make(short).Script()
	if s := script.String(); s != "Zzzz" && s != plain.String() {
		short += "-" + s
	}
	return Lang(short), nil
}

// A Text is a short text in several languages, such as the label of a term.
type Text map[Lang]string

// In returns the text in lang, or in the best other language there is, and
// the language it found, so that a page can mark it: first lang, then each of
// also in order, then English, then the first tag in alphabetical order.
func (t Text) In(lang Lang, also ...Lang) (string, Lang) {
	if s := t[lang]; s != "" {
		return s, lang
	}
	for _, l := range also {
		if s := t[l]; s != "" {
			return s, l
		}
	}
	if s := t[English]; s != "" {
		return s, English
	}
	if langs := t.Langs(); len(langs) > 0 {
		return t[langs[0]], langs[0]
	}
	return "", lang
}

// Langs returns the languages in which t says something, in order.
func (t Text) Langs() []Lang {
	var langs []Lang
	for _, l := range slices.Sorted(maps.Keys(t)) {
		if t[l] != "" {
			langs = append(langs, l)
		}
	}
	return langs
}

// Trimmed returns t as it is stored: without space around the words, without
// languages that say nothing, and with each line ended by a newline alone,
// whichever way a form sent it.
func (t Text) Trimmed() Text {
	kept := Text{}
	for l, s := range t {
		if s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")); s != "" {
			kept[l] = s
		}
	}
	return kept
}

// ScanText reads a text as it is stored: a JSON object, or nothing.
func ScanText(stored string) (Text, error) {
	t := Text{}
	if stored == "" || t.plain(stored) {
		return t, nil
	}
	if err := json.Unmarshal([]byte(stored), &t); err != nil {
		return nil, fmt.Errorf("stored text: %w", err)
	}
	return t, nil
}

// UnmarshalJSON reads a text within something else that is stored.
func (t *Text) UnmarshalJSON(b []byte) error {
	if *t == nil && string(b) != "null" {
		*t = Text{}
	}
	if t.plain(string(b)) {
		return nil
	}
	return json.Unmarshal(b, (*map[Lang]string)(t))
}

// plain reads a text as [Text.Stored] writes most: strings without an escape
// and nothing between them. It reports false for any other, of which it may
// have read some. Lists are made of such texts, and to find out by reflection
// what they are takes longer than all else that is done to them.
func (t Text) plain(stored string) bool {
	rest, ok := strings.CutPrefix(stored, "{")
	for ok {
		var lang, words string
		if lang, rest, ok = plainString(rest); !ok {
			return false
		}
		if rest, ok = strings.CutPrefix(rest, ":"); !ok {
			return false
		}
		if words, rest, ok = plainString(rest); !ok {
			return false
		}
		t[Lang(lang)] = words
		if rest == "}" {
			return true
		}
		rest, ok = strings.CutPrefix(rest, ",")
	}
	return false
}

// plainString cuts a JSON string that stands for itself off the beginning.
func plainString(s string) (said, rest string, ok bool) {
	if s, ok = strings.CutPrefix(s, `"`); !ok {
		return "", "", false
	}
	end := strings.IndexByte(s, '"')
	if end < 0 {
		return "", "", false
	}
	said = s[:end]
	for i := range len(said) {
		if said[i] == '\\' || said[i] < ' ' {
			return "", "", false
		}
	}
	return said, s[end+1:], utf8.ValidString(said)
}

// Stored returns t as it is kept in a column: JSON with sorted keys, and ""
// if t says nothing.
func (t Text) Stored() string {
	kept := Text{}
	for l, s := range t {
		if s != "" {
			kept[l] = s
		}
	}
	if len(kept) == 0 {
		return ""
	}
	b, err := json.Marshal(kept)
	if err != nil {
		panic(err) // a map of strings always encodes
	}
	return string(b)
}
