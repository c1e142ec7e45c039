package studio

import (
	"slices"
	"strings"

	"sala"
	"sala/internal/i18n"
)

// spokenLangs are the languages that are known by their names: those of the
// region, of the countries people work in, and of who is often a guest there.
var spokenLangs = []sala.Lang{
	"en", "my", "th", "km", "lo", "vi", "ja", "zh", "shn", "mnw", "ksw", "pwo", "blk", "kac", "cnh", "lus",
	"id", "ms", "ko", "tl", "ta", "bn", "ne", "hi", "ar", "fr", "de", "es", "pt", "tet",
}

// langsTyped are languages by their codes or by their names, in the language
// of the page, in English or in themselves. What is neither stays as it is,
// once, for the store to refuse.
func langsTyped(in sala.Lang, typed string) []sala.Lang {
	var langs []sala.Lang
	add := func(l sala.Lang) {
		if !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	for part := range strings.FieldsFuncSeq(typed, func(c rune) bool { return c == ',' || c == ';' || c == '、' || c == '၊' }) {
		part = strings.TrimSpace(part)
		if l := langCalled(in, part); l != "" {
			add(l)
			continue
		}
		for word := range strings.FieldsSeq(part) { // codes, or names of one word
			if l := langCalled(in, word); l != "" {
				word = string(l)
			}
			add(sala.Lang(word))
		}
	}
	return langs
}

func langCalled(in sala.Lang, name string) sala.Lang {
	for _, l := range spokenLangs {
		for _, called := range []string{string(l), i18n.LangName(in, l), i18n.LangName(sala.English, l), i18n.OwnName(l)} {
			if strings.EqualFold(called, name) {
				return l
			}
		}
	}
	return ""
}
