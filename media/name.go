package media

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is how many bytes of a file's name are kept: its end, which says
// what it is.
const maxName = 120

// SafeName makes the last part of an address from a file's name.
func SafeName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune("._-", r):
			return r
		case unicode.IsSpace(r):
			return '-'
		}
		return -1
	}, strings.ToValidUTF8(name, ""))
	if len(name) > maxName {
		name = name[len(name)-maxName:]
		for len(name) > 0 { // not within a letter, and not before a mark that stood on one
			r, size := utf8.DecodeRuneInString(name)
			if r != utf8.RuneError && !unicode.IsMark(r) {
				break
			}
			name = name[size:]
		}
	}
	name = strings.Trim(name, ".-")
	if name == "" {
		return "file"
	}
	return name
}
