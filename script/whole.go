package script

import (
	"unicode/utf8"
)

// around is how many runes on each side of a stretch decide whether it is
// whole.
const around = 48

// Whole reports whether the stretch of s from byte from up to byte to is made
// of whole words, so that a word looked for is not found inside another.
// s should be normalised.
//
// Where there are spaces, both ends must stand between letters of different
// words; an apostrophe ends a word ("maid's"). In Thai, Lao, Khmer and Burmese
// both ends must stand between units, and cutting there must cost no more
// dictionary words than reading the text without that cut, the stretch itself
// counted as one word. Katakana is one word as far as it goes; between
// hiragana and between Chinese characters every place is an end, because what
// is a word there no list at hand can tell.
func Whole(s string, from, to int) bool {
	if from < 0 || to > len(s) || from >= to {
		return false
	}
	lo, hi := from, to
	for n := 0; n < around && lo > 0 && s[lo-1] != ' '; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:lo])
		lo -= size
	}
	for n := 0; n < around && hi < len(s) && s[hi] != ' '; n++ {
		_, size := utf8.DecodeRuneInString(s[hi:])
		hi += size
	}
	s, from, to = s[lo:hi], from-lo, to-lo
	var buffer [64]Unit
	units := AppendUnits(buffer[:0], s)
	first, last := -1, -1 // the units that begin and end the stretch
	for i, u := range units {
		if u.From == from || u.Kind == Alphabetic && u.From < from && from < u.To && s[from-1] == '\'' {
			first = i
		}
		if u.To == to || u.Kind == Alphabetic && u.From < to && to < u.To && s[to] == '\'' {
			last = i
		}
	}
	if first < 0 || last < first {
		return false
	}
	return edge(s, units, first, first, last) && edge(s, units, last+1, first, last)
}

// edge reports whether words may part before units[i]; the stretch goes from
// units[first] to units[last].
func edge(s string, units []Unit, i, first, last int) bool {
	if i == 0 || i == len(units) {
		return true
	}
	a, b := units[i-1], units[i]
	switch {
	case a.Kind == KanaKind && b.Kind == KanaKind:
		return isHiragana(s[a.From:]) || isHiragana(s[b.From:])
	case a.Kind != Syllabic || b.Kind != Syllabic || a.Script != b.Script:
		return true
	}
	start, end := i-1, i
	for start > 0 && units[start-1].Kind == Syllabic && units[start-1].Script == a.Script {
		start--
	}
	for end+1 < len(units) && units[end+1].Kind == Syllabic && units[end+1].Script == a.Script {
		end++
	}
	from, to := max(first, start), min(last, end) // of the stretch in this run
	cut := min(costOf(s, units[from:to+1]), costWord)
	cut += costOf(s, units[start:from]) + costOf(s, units[to+1:end+1])
	return cut <= costOf(s, units[start:end+1])
}

// costOf is what the best way through some units costs.
func costOf(s string, units []Unit) int {
	if len(units) == 0 {
		return 0
	}
	var buffer [32]Word
	cost := 0
	for _, w := range appendPath(buffer[:0], s, units) {
		if w.Known {
			cost += costWord
			continue
		}
		cost += costBegin
		for _, u := range units {
			if u.From >= w.From && u.To <= w.To {
				cost += costUnknown
			}
		}
	}
	return cost
}
