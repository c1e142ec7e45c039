package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sala/internal/db"
	"sala/script"
)

// closely looks at the best texts themselves: whether they hold the question
// as it stands, or every word of it, and what the question forbids. The index
// knows which may; only those are read.
func (s *asking) closely(words int, asked []evidence) error {
	if len(s.p.whole)+len(s.p.not) > 0 {
		if err := s.literally(); err != nil {
			return err
		}
	}
	parts := strings.Fields(s.p.words)
	few := len(parts) <= 4
	if len(parts) == 0 || !few && words > longWords {
		return nil
	}
	var tok tokenizer
	var each [][]uint32
	keys := map[uint32]bool{}
	if few {
		for _, part := range parts {
			each = append(each, needed(&tok, part, false))
		}
	}
	together := needed(&tok, s.p.words, true)
	for _, some := range append(each, together) {
		for _, k := range some {
			keys[k] = true
		}
	}
	hold, err := s.mark(asked, keys)
	if err != nil {
		return err
	}
	var candidates []hit
	for i := range s.hits {
		if hold.all(i, together) && len(candidates) < closest {
			candidates = append(candidates, s.hits[i])
		}
		n := 0
		for _, some := range each {
			if len(some) > 0 && hold.all(i, some) {
				n++
			}
		}
		s.hits[i].score += s.w.all * s.most * float64(n) / float64(len(parts))
	}
	texts, err := s.read(candidates)
	if err != nil {
		return err
	}
	for i, h := range s.hits {
		if text, had := texts[h.bare()]; had && holds(script.Normalize(text), s.p.words) {
			s.hits[i].score += s.w.whole * s.most
		}
	}
	slices.SortFunc(s.hits, before)
	return nil
}

// closest is how many texts are read to see whether they hold the question as
// it stands: the index leaves few unless the question is a letter or two.
const closest = 40

// needed returns the tokens that every text has which holds some words. If
// they may be cut, as copied words are, within a syllable, the first and the
// last one are not needed.
func needed(tok *tokenizer, words string, cut bool) (keys []uint32) {
	tokens := tok.text(words)
	pairs := slices.ContainsFunc(tokens, func(t token) bool { return t.feature == sylPair || t.feature == hanPair || t.feature == kanaPair })
	for _, t := range tokens {
		switch t.feature {
		case alphaWord, alphaNumber:
			keys = append(keys, t.key)
		case sylPair, kanaPair:
			if !cut || t.from > 0 && t.to < len(words) {
				keys = append(keys, t.key)
			}
		case hanPair:
			keys = append(keys, t.key)
		case sylUnit, hanUnit, kanaUnit:
			if !pairs {
				keys = append(keys, t.key)
			}
		}
	}
	return keys
}

// held says which of the hits hold a token: a bit for each hit.
type held map[uint32]*[(ranked + 63) / 64]uint64

func (m held) all(hit int, keys []uint32) bool {
	for _, k := range keys {
		if bits := m[k]; bits == nil || bits[hit/64]&(1<<(hit%64)) == 0 {
			return false
		}
	}
	return true
}

// mark looks up which hits hold which tokens of the question.
func (s *asking) mark(asked []evidence, keys map[uint32]bool) (held, error) {
	at := make([][]uint8, len(s.segments)) // which hit an entry is, + 1
	for i, h := range s.hits {
		if at[h.segment] == nil {
			at[h.segment] = make([]uint8, s.segments[h.segment].entries)
		}
		at[h.segment][h.entry] = uint8(i + 1)
	}
	m := held{}
	for _, e := range asked {
		if !keys[e.key] {
			continue
		}
		bits := new([(ranked + 63) / 64]uint64)
		m[e.key] = bits
		for i := range s.segments {
			if at[i] == nil {
				continue
			}
			err := eachPlace(e.lists[i].places, s.segments[i].entries, func(entry, _ uint32) {
				if n := at[i][entry]; n > 0 {
					bits[(n-1)/64] |= 1 << ((n - 1) % 64)
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

// literally keeps to what the question says must or must not stand in a text.
func (s *asking) literally() error {
	texts, err := s.read(s.hits)
	if err != nil {
		return err
	}
	normal := make(map[hit]string, len(texts))
	for h, text := range texts {
		normal[h] = script.Normalize(text)
	}
	s.hits = slices.DeleteFunc(s.hits, func(h hit) bool {
		return slices.ContainsFunc(s.p.not, func(w string) bool { return holds(normal[h.bare()], w) })
	})
	exact := slices.DeleteFunc(slices.Clone(s.hits), func(h hit) bool {
		return slices.ContainsFunc(s.p.whole, func(w string) bool { return !holds(normal[h.bare()], w) })
	})
	switch {
	case len(exact) > 0 && len(s.p.whole) > 0:
		s.total = len(exact)
		s.hits = exact
	case len(s.p.whole) > 0:
		s.nearest = true
	}
	if s.q.Facets && !s.nearest {
		s.recount()
	}
	return nil
}

// bare is a hit without what speaks for it.
func (h hit) bare() hit { return hit{segment: h.segment, entry: h.entry} }

// read returns the texts of some hits, by bare hits.
func (s *asking) read(hits []hit) (map[hit]string, error) {
	if s.texts == nil {
		s.texts = map[hit]string{}
	}
	found := make(map[hit]string, len(hits))
	asked := map[int64]hit{}
	var ids []int64
	for _, h := range hits {
		if text, had := s.texts[h.bare()]; had {
			found[h.bare()] = text
		} else {
			id := s.segments[h.segment].columns.Entry[h.entry]
			asked[id] = h.bare()
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return found, nil
	}
	type row struct {
		ID    int64  `bun:"id"`
		Title string `bun:"title"`
		Text  []byte `bun:"text"`
	}
	rows, err := db.All[row](s.ctx, s.db, `SELECT id, title, text FROM search_entry WHERE id IN (?)`, db.In(ids))
	if err != nil {
		return nil, err
	}
	if len(rows) != len(asked) {
		return nil, fmt.Errorf("%w: %d entries of %d", errMerged, len(rows), len(asked))
	}
	for _, r := range rows {
		text, err := unpackText(r.Text)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errBroken, err)
		}
		h := asked[r.ID]
		found[h] = whole(r.Title, text)
		s.texts[h] = found[h]
	}
	return found, nil
}

// holds reports whether a text holds some words as they stand: in scripts
// with spaces not within other words.
func holds(text, words string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		i += from
		j := i + len(words)
		if !joined(text, i) && !joined(text, j) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		from = i + size
	}
}

// joined reports whether the letters on both sides of a place are of one word.
func joined(text string, i int) bool {
	if i == 0 || i == len(text) {
		return false
	}
	a, _ := utf8.DecodeLastRuneInString(text[:i])
	b, _ := utf8.DecodeRuneInString(text[i:])
	return lettered(a) && lettered(b)
}

func lettered(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !script.Of(r).Unspaced()
}
