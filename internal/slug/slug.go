// Package slug makes the last part of an address out of words of any script.
package slug

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sala"
)

// limit bounds a slug in bytes; longer ones are cut between words where that
// leaves something.
const limit = 120

// Of makes the last part of an address from a title or an old slug:
// lower case, letters, marks and digits of every script, single hyphens.
// It returns "" if nothing of s can stand in an address.
func Of(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(strings.ToLower(s)) {
		switch {
		case r == utf8.RuneError:
		case unicode.IsLetter(r) || unicode.IsDigit(r), unicode.IsMark(r) && b.Len() > 0:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'', r == '’', r == '\u200b', r == '\u200c', r == '\u200d', r == '\u00ad': // within a word
		default:
			gap = true
		}
	}
	slug := b.String()
	if len(slug) <= limit {
		return slug
	}
	cut := limit
	for !utf8.RuneStart(slug[cut]) {
		cut--
	}
	for cut > 0 && isMarkAt(slug, cut) { // never between a letter and its vowel signs
		_, size := utf8.DecodeLastRuneInString(slug[:cut])
		cut -= size
	}
	if i := strings.LastIndexByte(slug[:cut], '-'); i > limit/2 {
		cut = i
	}
	return strings.Trim(slug[:cut], "-")
}

func isMarkAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsMark(r)
}

// Free returns the first of slug, slug-2, slug-3 … that is not taken. After a
// few tries it ends the slug with part of id, so that ten thousand things of
// one name do not cost ten thousand tries each.
func Free(slug string, id sala.ID, taken func(string) (bool, error)) (string, error) {
	if slug == "" {
		slug = string(id[len(id)-12:])
	}
	try := slug
	for n := 2; ; n++ {
		is, err := taken(try)
		if err != nil || !is {
			return try, err
		}
		switch {
		case n <= 20:
			try = fmt.Sprintf("%s-%d", slug, n)
		case n == 21:
			try = slug + "-" + string(id[len(id)-12:])
		default:
			return "", fmt.Errorf("slug %q: %w", slug, sala.ErrConflict)
		}
	}
}
