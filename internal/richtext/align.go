package richtext

import (
	"slices"
	"strings"
)

// A Ground says why a segment of a translation is taken to be that of a
// segment of its source.
type Ground string

// The grounds, from sure to unsure.
const (
	ByID    Ground = "id"    // it bears the same id: it was written beside it
	ByOrder Ground = "order" // everything around it agrees in number, order and type
	ByGuess Ground = "guess" // the texts are built differently here: likely, not certain
)

// A Pair is a segment of a source and that of its translation, by id.
type Pair struct {
	Source, Translation string
	Ground              Ground
}

// Align finds which segment of a translation says what a segment of its source
// says, in the order of the source. Those of the same id belong together; what
// lies between is compared by type and order, section by section where the
// headings agree. A segment that has no id, or no counterpart, is in no pair.
func Align(source, translation Doc) []Pair {
	a, b := segments(flatten(source)), segments(flatten(translation))
	pairs := align(a, b)
	slices.SortFunc(pairs, func(p, q indexPair) int { return p.a - q.a })
	var out []Pair
	for _, p := range pairs {
		from, to := a[p.a].node.Attrs.ID, b[p.b].node.Attrs.ID
		if from != "" && to != "" {
			out = append(out, Pair{from, to, p.ground})
		}
	}
	return out
}

type indexPair struct {
	a, b   int
	ground Ground
}

func align(a, b []token) []indexPair {
	byID := map[string]int{}
	for i, t := range a {
		if t.node.Attrs.ID != "" {
			byID[t.node.Attrs.ID] = i
		}
	}
	partner := make([]int, len(b))
	taken := make([]bool, len(a))
	var pairs []indexPair
	for j, t := range b {
		partner[j] = -1
		if i, ok := byID[t.node.Attrs.ID]; ok && t.node.Attrs.ID != "" {
			partner[j], taken[i] = i, true
			pairs = append(pairs, indexPair{i, j, ByID})
		}
	}
	moved := outOfOrder(partner)
	lastA, lastB := -1, -1
	for j := 0; j <= len(b); j++ {
		endA := len(a)
		if j < len(b) {
			if partner[j] < 0 || moved[j] {
				continue
			}
			endA = partner[j]
		}
		var as, bs []int
		for i := lastA + 1; i < endA; i++ {
			if !taken[i] {
				as = append(as, i)
			}
		}
		for k := lastB + 1; k < j; k++ {
			if partner[k] < 0 {
				bs = append(bs, k)
			}
		}
		pairs = append(pairs, alignBetween(a, b, as, bs)...)
		lastA, lastB = endA, j
	}
	return pairs
}

// alignBetween aligns segments of which none bears an id of the other text.
func alignBetween(a, b []token, as, bs []int) []indexPair {
	if len(as) == 0 || len(bs) == 0 {
		return nil
	}
	if sameShapes(a, b, as, bs) {
		pairs := make([]indexPair, len(as))
		for n := range as {
			pairs[n] = indexPair{as[n], bs[n], ByOrder}
		}
		return pairs
	}
	headsA, headsB := headings(a, as), headings(b, bs)
	if len(headsA) > 0 && sameShapes(a, b, pick(as, headsA), pick(bs, headsB)) {
		var pairs []indexPair
		fromA, fromB := 0, 0
		for n := range headsA {
			pairs = append(pairs, guess(a, b, as[fromA:headsA[n]], bs[fromB:headsB[n]])...)
			pairs = append(pairs, indexPair{as[headsA[n]], bs[headsB[n]], ByOrder})
			fromA, fromB = headsA[n]+1, headsB[n]+1
		}
		return append(pairs, guess(a, b, as[fromA:], bs[fromB:])...)
	}
	return guess(a, b, as, bs)
}

// guess aligns one section: by order if it is built the same in both, else
// along the longest run of segments of the same type.
func guess(a, b []token, as, bs []int) []indexPair {
	var pairs []indexPair
	if sameShapes(a, b, as, bs) {
		for n := range as {
			pairs = append(pairs, indexPair{as[n], bs[n], ByOrder})
		}
		return pairs
	}
	shapes := func(tokens []token, which []int) []string {
		out := make([]string, len(which))
		for n, i := range which {
			out[n] = tokens[i].shape
		}
		return out
	}
	numA, numB := number(shapes(a, as), shapes(b, bs))
	steps, ok := edits(numA, numB, maxEdits)
	if !ok { // built too differently to say anything
		return nil
	}
	i, j := 0, 0
	for _, op := range steps {
		switch op {
		case Same:
			pairs = append(pairs, indexPair{as[i], bs[j], ByGuess})
			i, j = i+1, j+1
		case Removed:
			i++
		case Added:
			j++
		}
	}
	return pairs
}

func sameShapes(a, b []token, as, bs []int) bool {
	return slices.EqualFunc(as, bs, func(i, j int) bool { return a[i].shape == b[j].shape })
}

// headings returns which of the segments are headings of the text itself.
func headings(tokens []token, which []int) []int {
	var found []int
	for n, i := range which {
		if strings.HasPrefix(tokens[i].shape, "/"+string(Heading)) {
			found = append(found, n)
		}
	}
	return found
}

func pick(from, which []int) []int {
	out := make([]int, len(which))
	for n, i := range which {
		out[n] = from[i]
	}
	return out
}

// Renew begins the next state of a translation: the source as it is now, with
// what the translation says wherever that still stands. Blocks take the ids of
// the source, so that from then on they belong together. was is the source
// that the translation was made from. It returns the text and the ids of the
// segments that somebody has to look at: of a changed one the translation of
// what it said before stands there, of a new one the source's own words.
func Renew(was, now, translation Doc) (Doc, []string) {
	a, t := segments(flatten(was)), segments(flatten(translation))
	translated := map[int]indexPair{}
	for _, p := range align(a, t) {
		translated[p.a] = p
	}
	// A block that was put into the source and translated before the translation
	// was said to be up to date bears its id.
	byID := map[string]Node{}
	for _, t := range t {
		byID[t.node.Attrs.ID] = t.node
	}
	d := Compare(was, now)
	tokens := slices.Clone(d.shape)
	var open []string
	n := 0
	for i := range tokens {
		if !tokens[i].segment {
			continue
		}
		c := d.Changes[d.order[n]]
		n++
		p, ok := translated[c.at]
		if !ok || c.Op == Added {
			if said, ok := byID[c.New.Attrs.ID]; ok && c.New.Attrs.ID != "" && said.Type == c.New.Type {
				tokens[i].node = saying(c.New, said)
				continue
			}
			if c.Worded() {
				open = append(open, c.New.Attrs.ID)
			}
			continue
		}
		if c.Op == Changed || p.ground == ByGuess {
			open = append(open, c.New.Attrs.ID)
		}
		tokens[i].node = saying(c.New, t[p.b].node)
	}
	return raise(tokens), open
}

// saying returns block with the words of said.
func saying(block, said Node) Node {
	if block.Type != said.Type {
		return block
	}
	block.Content = said.Content
	block.Attrs.Title, block.Attrs.Alt, block.Attrs.Lang = said.Attrs.Title, said.Attrs.Alt, said.Attrs.Lang
	if block.Type == Unknown {
		block.Attrs.Source = said.Attrs.Source
	}
	return block
}
