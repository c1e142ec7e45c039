package script

import (
	"unicode"
	"unicode/utf8"
)

// A Kind says what a unit or a word is.
type Kind uint8

// The kinds of units and words.
const (
	Separator  Kind = iota // spaces, punctuation, signs, bytes that are not UTF-8
	Number                 // digits, with the points and commas between them
	Alphabetic             // a word of a script that puts spaces between words
	Syllabic               // of Thai, Lao, Khmer or Burmese
	Ideograph              // of Chinese or Japanese: one character
	KanaKind               // of Hiragana or Katakana: one with its small ones
)

// A Unit is the smallest piece of writing that a reader would call one: a
// Burmese syllable, a Khmer cluster, a Thai or Lao consonant with its vowels
// and marks, a Chinese character, a kana, a whole word of an alphabet.
type Unit struct {
	From, To int // in bytes
	Kind     Kind
	Script   Script
}

// AppendUnits appends the units of s to dst. They follow each other without
// gaps, whatever s holds. s should be normalised.
func AppendUnits(dst []Unit, s string) []Unit {
	for i := 0; i < len(s); {
		end, kind, of := unitAt(s, i)
		dst = append(dst, Unit{i, end, kind, of})
		i = end
	}
	return dst
}

// unitAt returns the unit that begins at byte i.
func unitAt(s string, i int) (end int, kind Kind, of Script) {
	c := s[i]
	if c < utf8.RuneSelf {
		switch {
		case '0' <= c && c <= '9':
			return number(s, i), Number, Common
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			return alphabetic(s, i), Alphabetic, Latin
		}
		return i + 1, Separator, Common
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError && size == 1 {
		return i + 1, Separator, Common
	}
	switch of = Of(r); of {
	case Thai, Lao:
		return thaiUnit(s, i), Syllabic, of
	case Khmer:
		return khmerUnit(s, i), Syllabic, of
	case Myanmar:
		return myanmarUnit(s, i), Syllabic, of
	case Han:
		return marks(s, i+size), Ideograph, of
	case Kana:
		return kanaUnit(s, i+size), KanaKind, of
	case Common:
		switch {
		case unicode.IsDigit(r):
			return number(s, i), Number, of
		case unicode.IsLetter(r):
			return alphabetic(s, i), Alphabetic, Other
		}
		return marks(s, i+size), Separator, of
	}
	return max(alphabetic(s, i), i+size), Alphabetic, of // a sign of a script may be no letter
}

// marks goes over the combining marks at i.
func marks(s string, i int) int {
	for i < len(s) && s[i] >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.Is(unicode.Mn, r) || Of(r) != Common {
			break
		}
		i += size
	}
	return i
}

// number goes over digits and the points and commas between them.
func number(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsDigit(r) {
			i += size
			continue
		}
		if (r == '.' || r == ',') && i+1 < len(s) {
			if next, _ := utf8.DecodeRuneInString(s[i+1:]); unicode.IsDigit(next) {
				i++
				continue
			}
		}
		break
	}
	return i
}

// alphabetic goes over letters, their marks, digits, and apostrophes within.
func alphabetic(s string, i int) int {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' {
				i++
				continue
			}
			if c == '\'' && i+1 < len(s) && 'a' <= s[i+1]|0x20 && s[i+1]|0x20 <= 'z' {
				i++
				continue
			}
			return i
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || Of(r).Unspaced() || !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !unicode.IsDigit(r) {
			return i
		}
		i += size
	}
	return i
}

// kanaUnit goes over what belongs to the kana before i.
func kanaUnit(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch r {
		case 'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'ゃ', 'ゅ', 'ょ', 'ゎ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ヮ', 'ー', 0x3099, 0x309a:
			i += size
			continue
		}
		break
	}
	return i
}

// thaiUnit returns the end of the Thai or Lao unit at i: leading vowels, one
// consonant, its marks, and the vowels written behind it.
func thaiUnit(s string, i int) int {
	start := i
	for i < len(s) { // leading vowels
		r, size := utf8.DecodeRuneInString(s[i:])
		if !thaiLeading(r) {
			break
		}
		i += size
	}
	if i < len(s) { // a consonant, or whatever stands in its place
		r, size := utf8.DecodeRuneInString(s[i:])
		if of := Of(r); (of == Thai || of == Lao) && (!thaiMark(r) || i == start) || i == start {
			i += size
		}
	}
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		low := (r - 0x0e00) & 0x7f
		if thaiMark(r) || (0x0e00 <= r && r <= 0x0eff) && (low == 0x30 || low == 0x32 || low == 0x33 || low == 0x45 || r == 0x0ebd) {
			i += size
			continue
		}
		break
	}
	return i
}

// khmerUnit returns the end of the Khmer cluster at i: a base, the consonants
// below it, and its signs.
func khmerUnit(s string, i int) int {
	_, size := utf8.DecodeRuneInString(s[i:])
	i += size
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == 0x17d2 {
			i += size
			if i < len(s) {
				if under, n := utf8.DecodeRuneInString(s[i:]); khmerBase(under) {
					i += n
				}
			}
			continue
		}
		if !khmerMark(r) {
			break
		}
		i += size
	}
	return i
}

// myanmarUnit returns the end of the Burmese syllable at i: a consonant with
// what is stacked below it and its signs, and the consonants behind it that
// are killed.
func myanmarUnit(s string, i int) int {
	_, size := utf8.DecodeRuneInString(s[i:])
	i += size
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case myanmarSign(r):
			i += size
		case r == 0x1039: // what follows stands below
			i += size
			if i < len(s) {
				if under, n := utf8.DecodeRuneInString(s[i:]); Of(under) == Myanmar && !myanmarSign(under) {
					i += n
				}
			}
		case Of(r) == Myanmar && killed(s, i+size):
			i += size
		default:
			return i
		}
	}
	return i
}

// killed reports whether the consonant before i has no vowel: a killer
// follows, perhaps behind a tone, or something is stacked below it.
func killed(s string, i int) bool {
	for n := 0; i < len(s) && n < 2; n++ {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch r {
		case 0x103a, 0x1039:
			return true
		case 0x1037:
			i += size
		default:
			return false
		}
	}
	return false
}

func myanmarSign(r rune) bool {
	return myanmarMark(r) || 0x1056 <= r && r <= 0x1059 || 0x105e <= r && r <= 0x1060 || 0x1062 <= r && r <= 0x1064 || 0x1067 <= r && r <= 0x106d ||
		0x1071 <= r && r <= 0x1074 || 0x1082 <= r && r <= 0x108d || r == 0x108f || 0x109a <= r && r <= 0x109d || 0xaa7b <= r && r <= 0xaa7d
}
