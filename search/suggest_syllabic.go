package search

import (
	"strings"
	"unicode/utf8"

	"sala/script"
)

// around is how many words on each side of a wrong place may belong to it: a
// slip makes the dictionary cut elsewhere.
const around = 2

// syllabic puts right the run of Thai, Lao, Khmer or Burmese words that begins
// at i. It works on the normalised run: only that has the words of the index.
func (g *guessing) syllabic(text string, typed []script.Word, i int) (next int, found *patch, err error) {
	next = i + 1
	for next < len(typed) && typed[next].Kind == script.Syllabic {
		next++
	}
	from, to := typed[i].From, typed[next-1].To
	run := script.Normalize(text[from:to])
	words := script.AppendWords(nil, run)
	bad, err := g.torn(run, words)
	if err != nil {
		return next, nil, err
	}
	var out strings.Builder
	changed := false
	at := 0
	for n := 0; n < len(words); n++ {
		if !bad[n] || g.left == 0 {
			continue
		}
		end := n + 1
		for end < len(words) && bad[end] {
			end++
		}
		g.left--
		best, a, b, err := g.mended(run, words, at, n, end)
		if err != nil {
			return next, nil, err
		}
		if best != "" {
			out.WriteString(run[at:words[a].From] + best)
			at, changed = words[b-1].To, true
			end = max(end, b)
		}
		n = end - 1
	}
	if !changed {
		return next, nil, nil
	}
	out.WriteString(run[at:])
	return next, &patch{from, to, out.String()}, nil
}

// torn tells which words of a run may be pieces of misspelt ones: those that
// no living text says, and single syllables beside a neighbour that nobody
// writes beside them.
func (g *guessing) torn(run string, words []script.Word) ([]bool, error) {
	units := script.AppendUnits(nil, run)
	var keys []uint32
	pairAt := map[int]uint32{} // by where the second unit begins
	for i, u := range units {
		if i > 0 {
			k := key(sylPair, run[units[i-1].From:u.To])
			pairAt[u.From] = k
			keys = append(keys, k)
		}
	}
	for _, w := range words {
		keys = append(keys, key(sylWord, run[w.From:w.To]))
	}
	if err := g.look(keys); err != nil {
		return nil, err
	}
	strange := func(at int) bool {
		k, is := pairAt[at]
		return is && g.seen[k] == 0
	}
	bad := make([]bool, len(words))
	for i, w := range words {
		inside := false // a pair within it that nobody writes
		n := 0
		for _, u := range units {
			if u.From >= w.From && u.From < w.To {
				n++
				inside = inside || u.From > w.From && strange(u.From)
			}
		}
		switch {
		case g.seen[key(sylWord, run[w.From:w.To])] == 0:
			// What the dictionary cut in another way in the texts is said all
			// the same if its syllables are.
			bad[i] = n == 1 || inside
		case n == 1:
			bad[i] = strange(w.From) || strange(w.To)
		}
	}
	return bad, nil
}

// mended returns the word that was meant by a stretch around the words from n
// to end, none of it before the byte least, and the words it stands for.
func (g *guessing) mended(run string, words []script.Word, least, n, end int) (best string, a, b int, err error) {
	if err := g.open(); err != nil {
		return "", 0, 0, err
	}
	score := 0.0
	for from := max(0, n-around); from <= n; from++ {
		for to := end; to <= min(len(words), end+around); to++ {
			if words[from].From < least {
				continue
			}
			s := run[words[from].From:words[to-1].To]
			if utf8.RuneCountInString(s) > longestGuess {
				continue
			}
			c, err := g.nearest(s, 0)
			if err != nil {
				return "", 0, 0, err
			}
			if c.words != "" && (best == "" || c.score > score) {
				best, score, a, b = c.words, c.score, from, to
			}
		}
	}
	return best, a, b, nil
}
