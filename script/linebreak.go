package script

import (
	"unicode"
	"unicode/utf8"
)

// AppendBreaks appends to dst the places, in bytes from the beginning of s, at
// which a line may end inside the unspaced writing of Thai, Lao, Khmer and
// Burmese. They rise, and none is 0 or len(s). s is the text as it is shown:
// it need not be normalised.
//
// It is the part of Unicode line breaking (UAX #14) that the standard leaves
// to a dictionary: between two letters of class SA, complex context. All the
// rest (spaces, punctuation, quotation marks, digits, Latin, the rules of
// Chinese and Japanese called kinsoku) every browser does itself, and nothing
// is given for it: a number stays with the unit behind it, a mark that closes
// with what it closes, a space or zero width space is a break without us, and
// a no-break space or word joiner is none.
//
// Words are found as [AppendWords] finds them. Beyond that
//   - a line never ends inside a grapheme cluster (UAX #29), a Burmese
//     syllable or a Khmer cluster;
//   - never before a sign that repeats, shortens or ends the word before it
//     (ๆ ฯ ໆ ຯ ៗ ၏ ၍ ၌) nor after one that opens (๏), and ฯลฯ is one piece;
//   - never before a consonant that is silenced, nor between a word and a
//     single consonant that is no word: it is the word's last one, more often
//     than not;
//   - in Burmese a name or foreign word that no dictionary has may end a line
//     after each third syllable, as Burmese is printed (W3C, Myanmar Script
//     Resources), since it would be too long for a telephone;
//   - where the writer has put zero width spaces between words, theirs are
//     used, and ours only in pieces that are too long for a line.
func AppendBreaks(dst []int, s string) []int {
	var b breaker
	for i := 0; i < len(s); {
		i = nextComplex(s, i)
		if i == len(s) {
			break
		}
		j := b.stretch(s, i)
		spaced := bySpace(s, i, j)
		if n := len(b.clusters); n > 1 && (!spaced || n > longPiece) {
			dst = b.breaks(dst, s)
		}
		i = j
	}
	return dst
}

const (
	// longPiece is how many clusters between zero width spaces are too many
	// for the writer to have meant them to stay together: half a line of a
	// telephone.
	longPiece = 12
	// foreignPart is after how many syllables an unknown Burmese word may be
	// broken.
	foreignPart = 3
)

// nextComplex returns where the next letter of Thai, Lao, Khmer or Burmese
// begins, from i on, or len(s). It looks at bytes: those of U+0E00 to U+0EFF,
// U+1000 to U+10BF, U+1780 to U+17FF and U+A9C0 to U+AA7F.
func nextComplex(s string, i int) int {
	for ; i < len(s); i++ {
		switch s[i] {
		case 0xe0, 0xe1, 0xea:
			if r, _ := utf8.DecodeRuneInString(s[i:]); complexContext(r) {
				return i
			}
		}
	}
	return i
}

func complexContext(r rune) bool {
	switch Of(r) {
	case Thai, Lao, Khmer, Myanmar:
		return true
	}
	return false
}

// bySpace reports whether a stretch has a zero width space at either end.
func bySpace(s string, from, to int) bool {
	const zwsp = "\u200b"
	return to+len(zwsp) <= len(s) && s[to:to+len(zwsp)] == zwsp || from >= len(zwsp) && s[from-len(zwsp):from] == zwsp
}

// joins reports whether a character that is not of a script belongs to the
// letter before it: joiners, selectors, the grapheme joiner, marks.
func joins(r rune) bool {
	switch {
	case r == 0x200c, r == 0x200d, r == 0x34f, 0xfe00 <= r && r <= 0xfe0f, 0xe0100 <= r && r <= 0xe01ef:
		return true
	}
	return Of(r) == Common && unicode.Is(unicode.M, r)
}

// A breaker finds breaks stretch by stretch. It holds what can be used again.
type breaker struct {
	clusters []Unit // of the stretch, in bytes of the text
	words    []Word
	plain    []byte // the stretch in normal form,
	units    []Unit // and its clusters in that
}

// stretch reads the clusters of the letters that follow each other from i on
// and returns where they end.
func (b *breaker) stretch(s string, i int) int {
	b.clusters = b.clusters[:0]
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		of := Of(r)
		if !complexContext(r) {
			if len(b.clusters) == 0 || !joins(r) {
				break
			}
			i += size
			b.clusters[len(b.clusters)-1].To = i
			continue
		}
		end, kind, _ := unitAt(s, i)
		if last := len(b.clusters) - 1; last >= 0 && within(s, b.clusters[last].From, i) {
			b.clusters[last].To = end
		} else {
			b.clusters = append(b.clusters, Unit{i, end, kind, of})
		}
		i = end
	}
	return i
}

// within reports whether what stands at i is part of the cluster before it,
// which begins at from.
func within(s string, from, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[from:i])
	switch {
	case before == 0x17d2, before == 0x1039: // what follows stands below
		return true
	case before == 0x200d, before == 0x34f, thaiLeading(before):
		return true
	}
	switch r, _ := utf8.DecodeRuneInString(s[i:]); {
	case unicode.Is(unicode.M, r), myanmarSign(r):
		return true
	case r == 0x0e30, r == 0x0e32, r == 0x0e33, r == 0x0e45, r == 0x0eb0, r == 0x0eb2, r == 0x0eb3, r == 0x0ebd: // vowels behind a consonant
		return true
	}
	return false
}

// held reports whether what stands at i, the beginning of a cluster, must not
// begin a line.
func held(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	r, size := utf8.DecodeRuneInString(s[i:])
	switch r {
	case 0x0e2f, 0x0e46, 0x0e5a, 0x0e5b, 0x0eaf, 0x0ec6, 0x17d7, 0x104c, 0x104d, 0x104f: // ฯ ๆ ๚ ๛ ຯ ໆ ៗ ၌ ၍ ၏
		return true
	case 'ล': // of ฯลฯ, and so on
		if next, _ := utf8.DecodeRuneInString(s[i+size:]); before == 'ฯ' && next == 'ฯ' {
			return true
		}
	}
	return before == '๏' || silenced(s, i+size)
}

// silenced reports whether the consonant before i is written and not spoken,
// or ends the syllable before it.
func silenced(s string, i int) bool {
	for n := 0; i < len(s) && n < 3; n++ {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch r {
		case 0x0e4c, 0x0ecc, 0x17cd, 0x103a, 0x1039: // karan, cancellation, toandakhiat, asat, virama
			return true
		case 0x0e34, 0x0e38, 0x1037: // a vowel may stand between: พันธุ์, สิทธิ์
			i += size
		default:
			return false
		}
	}
	return false
}

// breaks appends the breaks of a stretch that has been read.
func (b *breaker) breaks(dst []int, s string) []int {
	text, units := b.normal(s)
	b.words = b.words[:0]
	for i := 0; i < len(units); {
		j := i + 1
		for j < len(units) && units[j].Script == units[i].Script {
			j++
		}
		b.words = appendPath(b.words, text, units[i:j])
		i = j
	}
	at := 0 // cluster
	for i, w := range b.words {
		first := at
		for at < len(units) && units[at].To <= w.To {
			at++
		}
		if first == at { // of clusters that cannot be seen
			continue
		}
		place := b.clusters[first].From
		if i > 0 && !held(s, place) && !stray(text, w, at-first) && !(i == 1 && stray(text, b.words[0], first)) {
			dst = append(dst, place)
		}
		if !w.Known && w.Script == Myanmar {
			for k := first + foreignPart; k+1 < at; k += foreignPart {
				if place := b.clusters[k].From; !held(s, place) {
					dst = append(dst, place)
				}
			}
		}
	}
	return dst
}

// stray reports whether a word is one consonant that no dictionary has.
func stray(text string, w Word, clusters int) bool {
	if w.Known || clusters != 1 {
		return false
	}
	_, size := utf8.DecodeRuneInString(text[w.From:w.To])
	return size == w.To-w.From
}

// normal returns the stretch in the form in which words are looked up, and its
// clusters there. What is in that form already, as nearly all text is, is used
// as it is.
func (b *breaker) normal(s string) (string, []Unit) {
	stretch := s[b.clusters[0].From:b.clusters[len(b.clusters)-1].To]
	if settled(stretch) || Normalize(stretch) == stretch {
		return s, b.clusters
	}
	b.plain, b.units = b.plain[:0], b.units[:0]
	for _, c := range b.clusters {
		from := len(b.plain)
		b.plain = append(b.plain, Normalize(s[c.From:c.To])...)
		b.units = append(b.units, Unit{from, len(b.plain), c.Kind, c.Script})
	}
	return string(b.plain), b.units
}
