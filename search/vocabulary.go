package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"sala"
	"sala/internal/db"
	"sala/script"
)

// A known is a word that occurs in a segment.
type known struct {
	word  string
	plain string // without its diacritics
	count uint32 // in how many entries, the dead among them
}

// A vocabulary is the words of one segment in memory. A word is kept by its
// parts, of which a slip leaves one as it was, in about its place (Li, Deng and
// Feng, 2011): so the nearest to a misspelt word are among the few that share a
// part with it. Two slips that fall on the seams of all parts escape.
type vocabulary struct {
	words   []known  // by letters, then by plain
	letters []uint64 // of each word: see lettersOf
	from    []int    // where the words of so many letters begin
	parts   []part   // by key
}

// A part stands for a part of a word: the key is a hash of its letters, its
// place and how many letters the word has.
type part struct{ key, word uint32 }

// seams returns where the parts of a word of so many letters begin and end.
func seams(letters int) []int {
	n := 3
	if letters >= 8 {
		n = 4
	}
	at := make([]int, n+1)
	for i := range at {
		at[i] = i * letters / n
	}
	return at
}

func partKey(letters, place int, s []rune) uint32 {
	h := (uint32(fnvSeed) ^ uint32(letters*8+place)) * fnvPrime
	for _, r := range s {
		h = (h ^ uint32(r)) * fnvPrime
	}
	return h
}

// longestGuess is how many letters a word may have to be guessed at or offered.
const longestGuess = 40

// vocabularyWords is how many words are kept in memory, over all segments: in
// a greater index the rarest words of each are not offered. A word costs some
// 120 bytes.
const vocabularyWords = 300_000

func newVocabulary(counts map[string]uint32, limit int) *vocabulary {
	words := make([]known, 0, len(counts))
	for w, n := range counts {
		if l := utf8.RuneCountInString(w); l >= 2 && l <= longestGuess {
			words = append(words, known{w, script.FoldDiacritics(w), n})
		}
	}
	if len(words) > limit {
		slices.SortFunc(words, func(a, b known) int {
			if a.count != b.count {
				return int(b.count) - int(a.count)
			}
			return strings.Compare(a.word, b.word)
		})
		words = slices.Clone(words[:limit])
	}
	slices.SortFunc(words, func(a, b known) int {
		la, lb := utf8.RuneCountInString(a.plain), utf8.RuneCountInString(b.plain)
		if la != lb {
			return la - lb
		}
		if c := strings.Compare(a.plain, b.plain); c != 0 {
			return c
		}
		return strings.Compare(a.word, b.word)
	})
	v := &vocabulary{words: words, letters: make([]uint64, len(words))}
	for i, w := range words {
		runes := []rune(w.plain)
		for len(v.from) <= len(runes) {
			v.from = append(v.from, i)
		}
		v.letters[i] = lettersOf(w.plain)
		if len(runes) < 3 {
			continue
		}
		at := seams(len(runes))
		for n := range len(at) - 1 {
			v.parts = append(v.parts, part{partKey(len(runes), n, runes[at[n]:at[n+1]]), uint32(i)})
		}
	}
	slices.SortFunc(v.parts, func(a, b part) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return cmp.Compare(a.word, b.word)
	})
	return v
}

// lettersOf has a bit for each letter of a word; letters may share one. An
// edit changes two bits at most.
func lettersOf(s string) uint64 {
	set := uint64(0)
	for _, r := range s {
		set |= 1 << (uint32(r) * 2654435761 >> 26)
	}
	return set
}

// of returns the words of so many letters, and where they begin.
func (v *vocabulary) of(letters int) (from, to int) {
	if letters < 0 || letters >= len(v.from) {
		return 0, 0
	}
	if letters+1 < len(v.from) {
		return v.from[letters], v.from[letters+1]
	}
	return v.from[letters], len(v.words)
}

// same calls f for the words that are this one but for their diacritics.
func (v *vocabulary) same(plain string, f func(known)) {
	from, to := v.of(utf8.RuneCountInString(plain))
	words := v.words[from:to]
	i, _ := slices.BinarySearchFunc(words, plain, func(k known, s string) int { return strings.Compare(k.plain, s) })
	for ; i < len(words) && words[i].plain == plain; i++ {
		f(words[i])
	}
}

// near calls f for the words at most so many edits away, but not for the word
// itself.
func (v *vocabulary) near(p *pattern, most int, f func(k known, edits int)) {
	seen := map[uint32]bool{}
	for letters := max(3, p.letters-most); letters <= p.letters+most; letters++ {
		if from, to := v.of(letters); from == to {
			continue
		}
		at := seams(letters)
		for n := range len(at) - 1 {
			for from := max(0, at[n]-most); from <= at[n]+most; from++ {
				to := from + at[n+1] - at[n]
				if to > p.letters {
					break
				}
				key := partKey(letters, n, p.runes[from:to])
				i, _ := slices.BinarySearchFunc(v.parts, key, func(a part, k uint32) int { return cmp.Compare(a.key, k) })
				for ; i < len(v.parts) && v.parts[i].key == key; i++ {
					word := v.parts[i].word
					if bits.OnesCount64(v.letters[word]^p.set) > 2*most || seen[word] {
						continue
					}
					if edits := p.distance(v.words[word].plain); edits > 0 && edits <= most {
						seen[word] = true
						f(v.words[word], edits)
					}
				}
			}
		}
	}
}

// begins calls f for the words that begin so.
func (v *vocabulary) begins(prefix string, f func(known)) {
	for _, k := range v.words {
		if strings.HasPrefix(k.word, prefix) {
			f(k)
		}
	}
}

// A pattern is a word of up to 64 letters to measure others by.
type pattern struct {
	runes   []rune
	letters int
	set     uint64
	ascii   [128]uint64 // at which places of the word a letter is
	other   map[rune]uint64
}

func newPattern(s string) *pattern {
	p := &pattern{runes: []rune(s), set: lettersOf(s), other: map[rune]uint64{}}
	for _, r := range s {
		if r < utf8.RuneSelf {
			p.ascii[r] |= 1 << p.letters
		} else {
			p.other[r] |= 1 << p.letters
		}
		p.letters++
	}
	return p
}

// distance is how many letters must be put in, left out, changed or swapped
// with their neighbour to make one word of another (optimal string alignment,
// all places of the pattern at once: Hyyrö, 2003).
func (p *pattern) distance(s string) int {
	plus, minus, diagonal, before := ^uint64(0), uint64(0), uint64(0), uint64(0)
	last := uint64(1) << (p.letters - 1)
	edits := p.letters
	for _, r := range s {
		var at uint64
		if r < utf8.RuneSelf {
			at = p.ascii[r]
		} else {
			at = p.other[r]
		}
		swapped := ((^diagonal & at) << 1) & before
		diagonal = (((at & plus) + plus) ^ plus) | at | minus | swapped
		up, down := minus|^(diagonal|plus), diagonal&plus
		if up&last != 0 {
			edits++
		}
		if down&last != 0 {
			edits--
		}
		up, down = up<<1|1, down<<1
		plus, minus = down|^(diagonal|up), up&diagonal
		before = at
	}
	return edits
}

// A lexicon keeps the vocabularies of an index, each read when it is first
// asked for.
type lexicon struct {
	mu   sync.Mutex
	kept map[int64]*vocabulary
}

// of returns the vocabularies of segments and forgets those of others.
func (l *lexicon) of(ctx context.Context, r db.Reader, segments []*segment) ([]*vocabulary, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := 0
	for _, s := range segments {
		all += s.entries
	}
	now := map[int64]*vocabulary{}
	var out []*vocabulary
	for _, s := range segments {
		v := l.kept[s.id]
		if v == nil {
			counts, err := segmentWords(ctx, r, s.id)
			if errors.Is(err, sala.ErrNotFound) {
				err = errMerged
			}
			if err != nil {
				return nil, fmt.Errorf("read the words of the search index: %w", err)
			}
			v = newVocabulary(counts, 1+vocabularyWords*s.entries/max(1, all))
		}
		now[s.id] = v
		out = append(out, v)
	}
	l.kept = now
	return out, nil
}
