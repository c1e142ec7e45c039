// Package script holds what Sala knows of writing systems, and nothing of
// Sala: which script a letter is of, one normal form for searching and
// comparing, the orthographic units of scripts that put no spaces between
// words, the words themselves by dictionary, where lines may break, and the
// old Zawgyi encoding of Burmese. It imports only the standard library and
// golang.org/x/text.
//
// All functions take any bytes: what is not UTF-8 comes through as U+FFFD or,
// where offsets are given, as a piece of its own. All take time in proportion
// to the length of the text.
package script

import "unicode"

// A Script is a writing system.
type Script uint8

// The scripts told apart. What is of no script of its own (digits,
// punctuation, spaces) is Common; every other script is Other.
const (
	Common Script = iota
	Latin
	Greek
	Cyrillic
	Thai
	Lao
	Khmer
	Myanmar
	Han
	Kana
	Hangul
	Other
)

var codes = [...]string{"Zyyy", "Latn", "Grek", "Cyrl", "Thai", "Laoo", "Khmr", "Mymr", "Hani", "Kana", "Hang", "Zzzz"}

// String returns the ISO 15924 code; Hiragana and Katakana are both "Kana".
func (s Script) String() string {
	if int(s) < len(codes) {
		return codes[s]
	}
	return "Zzzz"
}

// Unspaced reports whether a script puts no spaces between words.
func (s Script) Unspaced() bool {
	switch s {
	case Thai, Lao, Khmer, Myanmar, Han, Kana:
		return true
	}
	return false
}

// Of returns the script of a letter, mark or sign.
func Of(r rune) Script {
	switch {
	case r < 0x80:
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return Latin
		}
		return Common
	case r < 0x250:
		if r >= 0xc0 && r != 0xd7 && r != 0xf7 || r == 0xaa || r == 0xba {
			return Latin
		}
		return Common
	case 0x0e01 <= r && r <= 0x0e5b && r != 0x0e3f:
		if 0x0e50 <= r && r <= 0x0e59 {
			return Common
		}
		return Thai
	case 0x0e81 <= r && r <= 0x0edf:
		if 0x0ed0 <= r && r <= 0x0ed9 {
			return Common
		}
		return Lao
	case 0x1000 <= r && r <= 0x109f, 0xa9e0 <= r && r <= 0xa9fe, 0xaa60 <= r && r <= 0xaa7f:
		if unicode.IsDigit(r) || r == 0x104a || r == 0x104b {
			return Common
		}
		return Myanmar
	case 0x1780 <= r && r <= 0x17d3, r == 0x17d7, r == 0x17dc, r == 0x17dd:
		return Khmer
	case 0x3041 <= r && r <= 0x3096, 0x309d <= r && r <= 0x309f, 0x30a1 <= r && r <= 0x30fa, 0x30fc <= r && r <= 0x30ff, 0x31f0 <= r && r <= 0x31ff, 0xff66 <= r && r <= 0xff9f:
		return Kana
	case 0x4e00 <= r && r <= 0x9fff, 0x3400 <= r && r <= 0x4dbf, 0x20000 <= r && r <= 0x323af, 0xf900 <= r && r <= 0xfaff, r == 0x3005, r == 0x3007:
		return Han
	case 0xac00 <= r && r <= 0xd7a3, 0x1100 <= r && r <= 0x11ff, 0x3131 <= r && r <= 0x318e:
		return Hangul
	case 0x1e00 <= r && r <= 0x1eff, unicode.Is(unicode.Latin, r):
		return Latin
	case 0x370 <= r && r <= 0x3ff && unicode.IsLetter(r), 0x1f00 <= r && r <= 0x1fff:
		return Greek
	case 0x400 <= r && r <= 0x52f:
		return Cyrillic
	case unicode.IsLetter(r):
		return Other
	}
	return Common
}

// A Run is a stretch of text in one script. What is common to all scripts
// belongs to the run before it, or to the first.
type Run struct {
	Script   Script
	From, To int // in bytes
}

// AppendRuns appends the runs of s to dst. They follow each other without
// gaps.
func AppendRuns(dst []Run, s string) []Run {
	start := len(dst)
	for i, r := range s {
		of := Of(r)
		last := len(dst) - 1
		switch {
		case last < start:
			dst = append(dst, Run{of, 0, 0})
		case of == Common || of == dst[last].Script:
		case dst[last].Script == Common:
			dst[last].Script = of
		default:
			dst[last].To = i
			dst = append(dst, Run{of, i, 0})
		}
	}
	if len(dst) > start {
		dst[len(dst)-1].To = len(s)
	}
	return dst
}
