package search

import (
	"slices"
	"strings"

	"sala"
)

// filter returns what decides whether an entry may be shown at all.
func (s *asking) filter(seg *segment) func(n uint32) bool {
	c := &seg.columns
	langs := map[uint16]bool{}
	for i, l := range c.Langs {
		langs[uint16(i)] = slices.Contains(s.q.Langs, sala.Lang(l))
	}
	kinds := map[uint16]bool{}
	for i, k := range c.Kinds {
		kinds[uint16(i)] = slices.Contains(s.q.Kinds, k)
	}
	above := s.q.termsAbove(c)
	return func(n uint32) bool {
		switch {
		case seg.dead[n], s.q.Year != 0 && int(c.Year[n]) != s.q.Year, len(s.q.Langs) > 0 && !langs[c.Lang[n]], len(s.q.Kinds) > 0 && !kinds[c.Kind[n]]:
			return false
		}
		for _, asked := range above.asked {
			if !slices.ContainsFunc(c.Terms[n], func(t uint16) bool { return slices.Contains(above.chain[t], asked) }) {
				return false
			}
		}
		return true
	}
}

// beginnings returns the words of the index that begin as asked.
func (s *asking) beginnings() ([]evidence, error) {
	var all []evidence
	for _, prefix := range s.p.prefix {
		words, err := s.wordsBeginning(prefix)
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			f, c := featureOf(w)
			all = append(all, evidence{token: token{key: key(f, w), feature: f, class: c}, weight: s.w.feature[f], word: true})
		}
	}
	return all, nil
}

// wordsBeginning returns the hundred most common of the words that begin so.
func (s *asking) wordsBeginning(prefix string) ([]string, error) {
	counts := map[string]uint32{}
	vocabularies, err := s.lexicon.of(s.ctx, s.db, s.segments)
	if err != nil {
		return nil, err
	}
	for _, v := range vocabularies {
		v.begins(prefix, func(k known) { counts[k.word] += k.count })
	}
	words := make([]string, 0, len(counts))
	for w := range counts {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int { // the most common forms
		if counts[a] != counts[b] {
			return int(counts[b]) - int(counts[a])
		}
		return strings.Compare(a, b)
	})
	return words[:min(len(words), 100)], nil
}
