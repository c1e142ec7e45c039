package script

import "unicode/utf8"

// settled reports whether a text of Thai, Lao, Khmer and Burmese letters is
// surely in normal form: each sign stands once and where [Normalize] puts it.
// It is wrong only in one direction, and far quicker than to normalise: nearly
// all text is.
func settled(s string) bool {
	last := -1 // rank of the sign before, -1 if none
	var before rune
	var nikhahit bool // among the signs before
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		rank := -1
		if r>>7 != before>>7 && moves(before) && moves(r) { // of two scripts: NFC knows no clusters
			return false
		}
		switch {
		case thaiMark(r):
			if thaiMark(before) && r>>7 != before>>7 { // of Thai and of Lao
				return false
			}
			if rank = thaiRank(r); rank == 0 && last == 0 && r != 0x0e3a && r != 0x0eba {
				last = -1 // two vowels stay as they were typed
			}
			nikhahit = nikhahit || r == 0x0e4d || r == 0x0ecd
		case khmerMark(r):
			if rank = khmerRank(r); rank == last && rank == 3 || rank == 4 && last == 4 {
				last = -1 // two vowels or signs stay as they were typed
			}
		case r == 0x17d2:
			under, n := utf8.DecodeRuneInString(s[i:])
			if !khmerBase(under) || last > 0 {
				return false
			}
			i += n
			if r, rank = under, 0; under == 0x179a {
				rank = 1
			}
			if last == 0 {
				last = -1
			}
		case myanmarMark(r):
			if before == 0x1025 || before == 0x1039 { // nya, or a longer u; a stack of nothing
				return false
			}
			rank = myanmarRank(r)
		case nikhahit && (r == 0x0e32 || r == 0x0eb2): // they make am
			return false
		case !complexContext(r), r == before && thaiLeading(r), r == 0x0edc, r == 0x0edd, r == 0x17b4, r == 0x17b5:
			return false
		}
		if rank >= 0 && rank <= last {
			return false
		}
		last, before = rank, r
		nikhahit = nikhahit && rank >= 0
	}
	return true
}

// moves reports whether NFC may move a sign past others of its kind: its
// canonical combining class is not 0.
func moves(r rune) bool {
	switch {
	case r < 0x0e38:
		return false
	case r <= 0x0e3a, 0x0e48 <= r && r <= 0x0e4b, 0x0eb8 <= r && r <= 0x0eba, 0x0ec8 <= r && r <= 0x0ecb:
		return true
	case r == 0x1037, r == 0x1039, r == 0x103a, r == 0x108d, r == 0x17d2, r == 0x17dd:
		return true
	}
	return false
}

// khmerRank is the place of a sign in a cluster, as khmerOrder has it.
func khmerRank(r rune) int {
	switch {
	case r == 0x17c9 || r == 0x17ca:
		return 2
	case 0x17b6 <= r && r <= 0x17c5:
		return 3
	}
	return 4
}
