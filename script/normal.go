package script

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Normalize returns the one form under which texts are compared and searched.
// It is not for display. Canonically equal texts are equal (NFC); case,
// full and half width, the digits of the scripts, typographic apostrophes and
// kinds of white space make no difference; what cannot be seen (zero width
// spaces and joiners, soft hyphens, marks of direction, variation selectors)
// is gone; and signs that are typed in several orders or ways in Thai, Lao,
// Khmer and Burmese come in one. Normalize(Normalize(s)) is Normalize(s).
func Normalize(s string) string {
	if lower, ok := ascii(s); ok {
		return lower
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\ufffd"))
	runes := make([]rune, 0, len(s)/2+8)
	var marked bool // some script is there whose signs have an order
	var wide bool
	for _, r := range s {
		if r >= 0xff00 && r <= 0xffef || r == 0x20a9 {
			wide = true
		}
	}
	if wide {
		s = norm.NFC.String(width.Fold.String(s))
	}
	for _, r := range s {
		switch {
		case r < 0x80:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			} else if r == '\t' || r == '\n' || r == '\v' || r == '\f' || r == '\r' {
				r = ' '
			}
		case 0x0e00 <= r && r <= 0x0eff || 0x1000 <= r && r <= 0x109f || 0x1780 <= r && r <= 0x17ff || 0xaa60 <= r && r <= 0xaa7f:
			marked = true
			switch r {
			case 0x0edc:
				runes, r = append(runes, 0x0eab), 0x0e99
			case 0x0edd:
				runes, r = append(runes, 0x0eab), 0x0ea1
			case 0x17b4, 0x17b5: // inherent vowels that are never seen
				continue
			}
		case invisible(r):
			continue
		case r == 0x2019 || r == 0x2018 || r == 0x02bc || r == 0x00b4:
			r = '\''
		case unicode.IsSpace(r):
			r = ' '
		case 0x3400 <= r && r <= 0x9fff || 0xac00 <= r && r <= 0xd7a3:
		default:
			r = unicode.ToLower(r)
		}
		runes = append(runes, r)
	}
	if marked {
		runes = ordered(runes)
	}
	for i, r := range runes {
		if r >= 0x80 && unicode.IsDigit(r) {
			runes[i] = digit(r)
		}
	}
	// Lowering and reordering may bring together what composes.
	return norm.NFC.String(string(runes))
}

func ascii(s string) (string, bool) {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return "", false
		}
		if 'A' <= s[i] && s[i] <= 'Z' || '\t' <= s[i] && s[i] <= '\r' {
			plain = false
		}
	}
	if plain {
		return s, true
	}
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		} else if '\t' <= c && c <= '\r' {
			b[i] = ' '
		}
	}
	return string(b), true
}

// invisible reports whether a character has no look of its own.
func invisible(r rune) bool {
	switch {
	case 0x200b <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2060 <= r && r <= 0x206f, 0xfe00 <= r && r <= 0xfe0f, 0x180b <= r && r <= 0x180f, 0xe0100 <= r && r <= 0xe01ef:
		return true
	}
	return r == 0xfeff || r == 0xad || r == 0x34f || r == 0x61c
}

// digit returns the ASCII digit of the same value.
func digit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// ordered puts the signs of a text into the order of their scripts.
func ordered(runes []rune) []rune {
	out := runes[:0]
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case thaiLeading(r) && len(out) > 0 && out[len(out)-1] == r && (r == 0x0e40 || r == 0x0ec0):
			out[len(out)-1] = r + 1 // two of the short stand for the long one
			i++
		case thaiMark(r):
			from := len(out)
			for i < len(runes) && thaiMark(runes[i]) {
				out = append(out, runes[i])
				i++
			}
			out = thaiOrder(out, from, i < len(runes) && (runes[i] == 0x0e32 || runes[i] == 0x0eb2))
			if last := len(out) - 1; last >= from && (out[last] == 0x0e33 || out[last] == 0x0eb3) {
				i++ // the aa became part of am
			}
		case myanmarMark(r):
			from := len(out)
			for i < len(runes) && myanmarMark(runes[i]) {
				out = append(out, runes[i])
				i++
			}
			out = myanmarOrder(out, from)
		case 0x1040 <= r && r <= 0x1049:
			out = append(out, letterOf(runes, i, len(out) > 0 && unicode.IsDigit(out[len(out)-1])))
			i++
		case r == 0x1025 && i+1 < len(runes) && runes[i+1] == 0x103a:
			out = append(out, 0x1009) // nya, as final: typed as the vowel u
			i++
		case r == 0x17d2 || khmerMark(r):
			from := len(out)
			for i < len(runes) && (khmerMark(runes[i]) || runes[i] == 0x17d2) {
				if runes[i] == 0x17d2 {
					if i+1 < len(runes) && khmerBase(runes[i+1]) {
						out = append(out, runes[i], runes[i+1])
						i += 2
						continue
					}
				}
				out = append(out, runes[i])
				i++
			}
			khmerOrder(out[from:])
		default:
			out = append(out, r)
			i++
		}
	}
	return out
}

func thaiLeading(r rune) bool {
	return 0x0e40 <= r && r <= 0x0e44 || 0x0ec0 <= r && r <= 0x0ec4
}

func thaiMark(r rune) bool {
	switch {
	case r == 0x0e31, 0x0e34 <= r && r <= 0x0e3a, 0x0e47 <= r && r <= 0x0e4e:
		return true
	case r == 0x0eb1, 0x0eb4 <= r && r <= 0x0ebc, 0x0ec8 <= r && r <= 0x0ecd:
		return true
	}
	return false
}

// thaiOrder puts vowels before tones and joins nikhahit and aa to am, however
// the tone was typed between them.
func thaiOrder(out []rune, from int, aa bool) []rune {
	marks := out[from:]
	slices.SortStableFunc(marks, func(a, b rune) int { return thaiRank(a) - thaiRank(b) })
	if !aa {
		return out
	}
	for i, r := range marks {
		if r == 0x0e4d || r == 0x0ecd {
			am := rune(0x0e33)
			if r == 0x0ecd {
				am = 0x0eb3
			}
			return append(slices.Delete(out, from+i, from+i+1), am)
		}
	}
	return out
}

func thaiRank(r rune) int {
	switch low := (r - 0x0e00) & 0x7f; {
	case low >= 0x48 && low <= 0x4b: // tones
		return 2
	case low == 0x4c || low == 0x4e: // killers
		return 3
	case low == 0x4d: // nikhahit
		return 1
	}
	return 0
}

func myanmarMark(r rune) bool {
	return 0x102b <= r && r <= 0x1038 || 0x103a <= r && r <= 0x103e
}

// myanmarOrder sorts the signs that follow a consonant: medials, vowels, tones
// (Unicode Technical Note 11). What stands behind a killer begins a new order,
// as in ယောက်ျား.
func myanmarOrder(out []rune, from int) []rune {
	part := out[from:]
	for len(part) > 0 {
		end := len(part)
		for i, r := range part {
			if r == 0x103a && i+1 < len(part) && 0x103b <= part[i+1] && part[i+1] <= 0x103e {
				end = i + 1
				break
			}
		}
		slices.SortStableFunc(part[:end], func(a, b rune) int { return myanmarRank(a) - myanmarRank(b) })
		part = part[end:]
	}
	// The same sign twice looks like once.
	kept := out[:from]
	for i, r := range out[from:] {
		if i > 0 && r == kept[len(kept)-1] && len(kept) > from {
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

func myanmarRank(r rune) int {
	switch r {
	case 0x103b, 0x103c, 0x103d, 0x103e:
		return int(r - 0x103b)
	case 0x1031:
		return 10
	case 0x102d, 0x102e, 0x1032, 0x1033, 0x1034, 0x1035:
		return 11
	case 0x102f, 0x1030:
		return 12
	case 0x102b, 0x102c:
		return 13
	case 0x1036:
		return 14
	case 0x1037: // before the killer, as NFC has it
		return 15
	case 0x103a:
		return 16
	}
	return 17
}

// letterOf returns the letter for which a digit that looks like it was typed:
// wa for nought, ra for seven, and the sign of "the said" for four.
func letterOf(runes []rune, i int, afterDigit bool) rune {
	if i+1 >= len(runes) || afterDigit {
		return runes[i]
	}
	next := runes[i+1]
	switch runes[i] {
	case 0x1040:
		if myanmarMark(next) || 0x1000 <= next && next <= 0x1021 && i+2 < len(runes) && runes[i+2] == 0x103a {
			return 0x101d
		}
	case 0x1047:
		if myanmarMark(next) {
			return 0x101b
		}
	case 0x1044:
		if next == 0x1004 && i+2 < len(runes) && runes[i+2] == 0x103a {
			return 0x104e
		}
	}
	return runes[i]
}

func khmerBase(r rune) bool { return 0x1780 <= r && r <= 0x17b3 }

func khmerMark(r rune) bool { return 0x17b6 <= r && r <= 0x17d1 || r == 0x17d3 || r == 0x17dd }

// khmerOrder sorts the signs of a cluster: subscripts, ro last of them, then
// shifters, vowels and signs (Unicode Standard, Khmer, ordering of syllables).
func khmerOrder(marks []rune) {
	type piece struct {
		rank int
		r    [2]rune
		n    int
	}
	pieces := make([]piece, 0, len(marks))
	for i := 0; i < len(marks); i++ {
		r := marks[i]
		switch {
		case r == 0x17d2 && i+1 < len(marks) && khmerBase(marks[i+1]):
			rank := 0
			if marks[i+1] == 0x179a {
				rank = 1
			}
			pieces = append(pieces, piece{rank, [2]rune{r, marks[i+1]}, 2})
			i++
		case r == 0x17d2: // below which nothing stands; last, it would take the next letter
			pieces = append(pieces, piece{-1, [2]rune{r}, 1})
		default:
			pieces = append(pieces, piece{khmerRank(r), [2]rune{r}, 1})
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return a.rank - b.rank })
	out := marks[:0]
	for _, p := range pieces {
		out = append(out, p.r[:p.n]...)
	}
}

// FoldDiacritics returns s with the marks of Latin, Greek and Cyrillic
// letters taken off and the letters of Vietnamese and its neighbours that are
// made with strokes made plain: "Điện" is "Dien". Marks of other scripts
// carry the vowels and stay.
func FoldDiacritics(s string) string {
	if _, ok := ascii(s); ok {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	base := Common
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
			if base == Latin || base == Greek || base == Cyrillic {
				continue
			}
		case r == 'đ':
			r = 'd'
		case r == 'Đ':
			r = 'D'
		case r == 'ł':
			r = 'l'
		case r == 'ø':
			r = 'o'
		case r == 'ı':
			r = 'i'
		}
		if !unicode.Is(unicode.Mn, r) {
			base = Of(r)
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}
