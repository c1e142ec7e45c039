package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"sala/script"
)

// Within how many words two stand near each other, in how many of the best
// texts that is looked for, and in how many bytes of each: a book says in its
// beginning what it is about, and need not be cut into words for a question.
const (
	apart     = 8
	nearTexts = 20
	nearBytes = 8 << 10
)

// near adds what it is worth that words of the question stand near each other
// in a text, in any order: there they are about one thing. Of two words the
// rarer both are, the more it is worth.
func (s *asking) near(words int, asked []evidence) error {
	if words < 3 || s.w.near == 0 {
		return nil
	}
	worth := map[uint32]float64{} // the root, so that a pair is worth a product
	number := map[uint32]int{}
	sum, squares := 0.0, 0.0
	for i := range asked {
		e := &asked[i]
		if !e.feature.stands() {
			continue
		}
		if w := s.rare(e); w > 0 {
			number[e.key] = len(number)
			worth[e.key] = math.Sqrt(w)
			sum += worth[e.key]
			squares += w
		}
	}
	every := (sum*sum - squares) / 2 // all pairs there are
	if every <= 0 {
		return nil
	}
	top := s.hits[:min(nearTexts, len(s.hits))]
	texts, err := s.read(top)
	if err != nil {
		return err
	}
	var tok tokenizer
	var places []token
	met := map[[2]int]bool{}
	for i := range top {
		places = places[:0]
		clear(met)
		text := texts[top[i].bare()]
		if len(text) > nearBytes {
			text = strings.ToValidUTF8(text[:nearBytes], "")
		}
		for _, t := range tok.text(script.Normalize(text)) {
			if t.feature.stands() {
				places = append(places, t)
			}
		}
		slices.SortStableFunc(places, func(a, b token) int { return cmp.Compare(a.from, b.from) })
		v := 0.0
		for to := range places {
			b, ok := number[places[to].key]
			if !ok {
				continue
			}
			for from := max(0, to-apart); from < to; from++ {
				a, ok := number[places[from].key]
				if !ok || a == b {
					continue
				}
				pair := [2]int{min(a, b), max(a, b)}
				if !met[pair] {
					met[pair] = true
					v += worth[places[from].key] * worth[places[to].key]
				}
			}
		}
		top[i].score += s.w.near * s.most * v / every
	}
	slices.SortFunc(s.hits, before)
	return nil
}

// stands reports whether a token is a word as it stands in a text; in Chinese
// two characters are.
func (f feature) stands() bool {
	switch f {
	case alphaWord, alphaNumber, sylWord, hanPair, kanaWord:
		return true
	}
	return false
}
