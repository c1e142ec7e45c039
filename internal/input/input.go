// Package input says which texts may be stored: what holds in every room for
// whatever comes from a form, a file or another site. How long a text may be,
// and in how many lines, is for each room to say, and in which words it is
// refused.
package input

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsText reports whether s is text and nothing else: UTF-8, no signs that
// control a machine but tabs and the ends of lines, and none that Unicode
// keeps for a program's own use. PostgreSQL takes no NUL, and the readers' door
// marks with such signs what it leaves uncovered, so a text must not hold any.
func IsText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, foreign)
}

// Clean returns s without what is no text. It is for what is read rather than
// typed, and for forms that strangers paste into, where nobody can be asked
// about a sign that cannot be seen.
func Clean(s string) string { return without(strings.ToValidUTF8(s, ""), foreign) }

// Turns reports whether a character turns the direction of what stands beside
// it. Names and words of strangers are shown without such: they could stand
// there as others than they are. Texts of editors may have reason for one.
func Turns(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }

// Straight returns s without the characters that Turns names.
func Straight(s string) string { return without(s, Turns) }

// foreign reports whether a character belongs to no text.
func foreign(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe
}

func without(s string, no func(rune) bool) string {
	if !strings.ContainsFunc(s, no) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if no(r) {
			return -1
		}
		return r
	}, s)
}

// IsWebAddress reports whether s is the address of something on the web.
func IsWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
