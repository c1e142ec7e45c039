package tracker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sala"
	"sala/script"
)

// nameRunes is how long a name made of words may be.
const nameRunes = 90

// Name is what a recommendation is called in lists: its title, else the
// beginning of its words, in the language or the best other there is.
func (r Recommendation) Name(lang sala.Lang, also ...sala.Lang) (string, sala.Lang) {
	if title, in := r.Title.In(lang, also...); title != "" && (in == lang || r.Words[lang] == "") {
		return title, in
	}
	words, in := r.Words.In(lang, append(also, r.Original)...)
	return beginning(words), in
}

// Said is the exact words in a language, or in the best other: the original
// before any translation.
func (r Recommendation) Said(lang sala.Lang) (string, sala.Lang) {
	return r.Words.In(lang, r.Original)
}

// beginning cuts words at a boundary between words. It begins as a title does:
// an item of a list often opens with a small letter.
func beginning(s string) string {
	s = strings.TrimRight(strings.Join(strings.Fields(s), " "), " ;,.")
	if first, size := utf8.DecodeRuneInString(s); unicode.IsLower(first) {
		s = string(unicode.ToTitle(first)) + s[size:]
	}
	if utf8.RuneCountInString(s) <= nameRunes {
		return s
	}
	cut, runes := 0, 0
	for _, w := range script.AppendWords(nil, s) {
		if runes += utf8.RuneCountInString(s[w.From:w.To]); runes > nameRunes {
			break
		}
		cut = w.To
	}
	if cut == 0 { // one endless word
		for i := range s {
			if runes = utf8.RuneCountInString(s[:i]); runes >= nameRunes {
				cut = i
				break
			}
		}
	}
	return strings.TrimRight(s[:cut], " ;,.") + " …"
}
