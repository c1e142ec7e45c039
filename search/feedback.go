package search

import (
	"cmp"
	"math"
	"slices"

	"sala/script"
)

// Of the best texts, how many are believed, and how many of their words are
// asked for as well (relevance feedback; Rocchio 1971, RM3).
const (
	believed = 5
	taken    = 30
)

// wholeWords is by how much more the best texts are believed in an alphabet
// whose words are words: one of them says more than a Vietnamese syllable.
const wholeWords = 1.2

// considered is how many of their words are looked up to know how rare they
// are.
const considered = 400

// feedback asks again with the words that the best texts have in common, and
// adds what that says.
func (s *asking) feedback(weight float64) error {
	top := s.hits[:min(believed, len(s.hits))]
	texts, err := s.read(top)
	if err != nil {
		return err
	}
	words := func(h hit) float64 { return float64(s.scores[h.segment][h.entry]) } // by its words alone, whatever its hand
	most := 0.0
	for _, h := range top {
		most = max(most, words(h))
	}
	terms := map[uint32]*evidence{}
	var tok tokenizer
	for _, h := range top {
		share := math.Pow(words(h)/most, 2)
		here := map[uint32]float64{}
		lengths := s.segments[h.segment].columns.Length
		tokens := tok.text(script.Normalize(texts[h.bare()]))
		for _, t := range tokens {
			switch t.feature {
			case alphaWord, sylWord, hanPair, kanaWord:
				here[t.key]++
			}
		}
		for _, t := range tokens {
			tf := here[t.key]
			if tf == 0 {
				continue
			}
			delete(here, t.key)
			e := terms[t.key]
			if e == nil {
				e = &evidence{token: t}
				terms[t.key] = e
			}
			long := float64(lengths[t.class][h.entry]) / s.usual(t.class)
			e.weight += share * tf * (saturation + 1) / (tf + saturation*(1-s.w.length+s.w.length*long))
		}
	}
	more := make([]evidence, 0, len(terms))
	for _, e := range terms {
		more = append(more, *e)
	}
	heaviest := func(n int) {
		slices.SortFunc(more, func(a, b evidence) int {
			if c := cmp.Compare(b.weight, a.weight); c != 0 {
				return c
			}
			return cmp.Compare(a.key, b.key)
		})
		more = more[:min(n, len(more))]
	}
	heaviest(considered)
	if err := s.fetch(more); err != nil {
		return err
	}
	for i := range more {
		n := uint32(0)
		for _, l := range more[i].lists {
			n += l.count
		}
		if n < 2 { // it leads nowhere else
			more[i].weight = 0
		}
		more[i].weight *= s.rare(&more[i])
	}
	heaviest(taken)
	said := s.board()
	if err := s.score(more, said); err != nil {
		return err
	}
	mostSaid := float32(0)
	for _, said := range said {
		for _, v := range said {
			mostSaid = max(mostSaid, v)
		}
	}
	if mostSaid == 0 {
		return nil
	}
	own := float32(0)
	for _, scores := range s.scores {
		for _, v := range scores {
			own = max(own, v)
		}
	}
	s.join(said, float32(weight)*own/mostSaid)
	s.top(ranked)
	return nil
}
