package search

import (
	"math/bits"
	"slices"

	"sala"
)

// Facets say how many works answer a question, and how they are spread. What
// narrows a question does not narrow the counts of its own sort: with one kind
// chosen, Kinds still counts the others, so that a choice can be changed.
type Facets struct {
	Works int
	Kinds map[string]int
	Langs map[sala.Lang]int
	Years map[int]int
	Terms map[sala.ID]int // a term counts for those above it, too: see Question.Above
	// Lifted are Terms once for each of Question.Terms, as if that one did not
	// narrow.
	Lifted []map[sala.ID]int
}

// A members is a set of the entries of a segment.
type members []uint64

func newMembers(entries int) members { return make(members, (entries+63)/64) }

func (m members) add(n uint32)      { m[n/64] |= 1 << (n % 64) }
func (m members) has(n uint32) bool { return m[n/64]&(1<<(n%64)) != 0 }

func (m members) each(f func(n uint32)) {
	for i, word := range m {
		for word != 0 {
			f(uint32(i*64 + bits.TrailingZeros64(word)))
			word &= word - 1
		}
	}
}

// faint is below what part of the best entry's score by words an entry has
// hardly anything to do with the question.
const faint = 0.15

// survey decides which entries answer the question at all, whatever narrows
// it, and counts them.
func (s *asking) survey() {
	most := float32(0)
	for i, seg := range s.segments {
		for n, v := range s.scores[i] {
			if v > most && !seg.dead[uint32(n)] {
				most = v
			}
		}
	}
	s.answers = make([]members, len(s.segments))
	for i, seg := range s.segments {
		m := newMembers(seg.entries)
		for n, v := range s.scores[i] {
			if v > 0 && v >= most*faint && !seg.dead[uint32(n)] {
				m.add(uint32(n))
			}
		}
		s.answers[i] = m
	}
	facets := s.q.count(s.segments, s.answers)
	s.facets = &facets
	n := 0
	for i, m := range s.answers {
		m.each(func(entry uint32) {
			if s.pass[i](entry) {
				n++
			}
		})
	}
	s.capped = n > ranked
}

// recount counts only what was looked at closely and kept: words as they
// stand are known only by reading the texts.
func (s *asking) recount() {
	for i, seg := range s.segments {
		s.answers[i] = newMembers(seg.entries)
	}
	for _, h := range s.hits {
		s.answers[h.segment].add(h.entry)
	}
	facets := s.q.count(s.segments, s.answers)
	s.facets = &facets
}

// A tally counts the works of one segment by the places in its columns.
type tally struct {
	kinds, langs, terms []int
	lifted              [][]int
	years               map[int]int
}

// count counts the works of some entries. The texts of a work follow each
// other in a segment, so that one look at each is enough.
func (q *Question) count(segments []*segment, in []members) Facets {
	f := Facets{Kinds: map[string]int{}, Langs: map[sala.Lang]int{}, Years: map[int]int{}, Terms: map[sala.ID]int{}}
	for range q.Terms {
		f.Lifted = append(f.Lifted, map[sala.ID]int{})
	}
	last := "" // work of the segment before that was counted
	for i, seg := range segments {
		last = q.countSegment(&f, seg, in[i], last)
	}
	return f
}

// What a work fails by, as bits: each term has one of its own from failsTerm.
const (
	failsLang = 1 << iota
	failsKind
	failsYear
	failsTerm
)

func (q *Question) countSegment(f *Facets, seg *segment, in members, last string) string {
	c := &seg.columns
	above := q.termsAbove(c)
	t := tally{kinds: make([]int, len(c.Kinds)), langs: make([]int, len(c.Langs)), terms: make([]int, len(above.ids)), years: map[int]int{}}
	for range q.Terms {
		t.lifted = append(t.lifted, make([]int, len(above.ids)))
	}
	pass := q.langsAndKinds(c)
	var langs []uint16 // of the work at hand
	var terms []int
	ref, first := "", uint32(0)
	inLang := false
	flush := func() {
		if ref == "" {
			return
		}
		fails := 0
		if !inLang {
			fails |= failsLang
		}
		kind, year := c.Kind[first], int(c.Year[first])
		if !pass.kinds[kind] {
			fails |= failsKind
		}
		if q.Year != 0 && year != q.Year {
			fails |= failsYear
		}
		terms = terms[:0]
		for _, n := range c.Terms[first] {
			for _, m := range above.chain[n] {
				if !slices.Contains(terms, m) {
					terms = append(terms, m)
				}
			}
		}
		for i, m := range above.asked {
			if !slices.Contains(terms, m) {
				fails |= failsTerm << i
			}
		}
		again := ref == last // the rest of a work that two segments share
		if fails&^failsLang == 0 {
			for _, l := range langs {
				t.langs[l]++
			}
		}
		if !again {
			if fails == 0 {
				f.Works++
				for _, m := range terms {
					t.terms[m]++
				}
			}
			if fails&^failsKind == 0 {
				t.kinds[kind]++
			}
			if fails&^failsYear == 0 {
				t.years[year]++
			}
			for i := range q.Terms {
				if fails&^(failsTerm<<i) == 0 {
					for _, m := range terms {
						t.lifted[i][m]++
					}
				}
			}
		}
		if inLang {
			last = ref
		}
	}
	in.each(func(n uint32) {
		if seg.dead[n] {
			return
		}
		if r := c.Ref[n]; r != ref {
			flush()
			ref, first, langs, inLang = r, n, langs[:0], false
		}
		if l := c.Lang[n]; !slices.Contains(langs, l) {
			langs = append(langs, l)
			inLang = inLang || pass.langs[l]
		}
	})
	flush()
	for i, n := range t.kinds {
		put(f.Kinds, c.Kinds[i], n)
	}
	for i, n := range t.langs {
		put(f.Langs, sala.Lang(c.Langs[i]), n)
	}
	for year, n := range t.years {
		put(f.Years, year, n)
	}
	for m, n := range t.terms {
		put(f.Terms, above.ids[m], n)
	}
	for i := range t.lifted {
		for m, n := range t.lifted[i] {
			put(f.Lifted[i], above.ids[m], n)
		}
	}
	return last
}

func put[K comparable](counts map[K]int, k K, n int) {
	if n > 0 {
		counts[k] += n
	}
}

// A passing says which places in the columns of a segment a question admits.
type passing struct{ langs, kinds []bool }

func (q *Question) langsAndKinds(c *columns) passing {
	var p passing
	for _, l := range c.Langs {
		p.langs = append(p.langs, len(q.Langs) == 0 || slices.Contains(q.Langs, sala.Lang(l)))
	}
	for _, k := range c.Kinds {
		p.kinds = append(p.kinds, len(q.Kinds) == 0 || slices.Contains(q.Kinds, k))
	}
	return p
}

// A hierarchy is the terms of a segment and those above them.
type hierarchy struct {
	ids   []sala.ID
	chain [][]int // for each of the segment's terms: the places in ids of it and all above it
	asked []int   // the places of the terms a question asks for, -1 if none
}

func (q *Question) termsAbove(c *columns) hierarchy {
	var h hierarchy
	places := map[sala.ID]int{}
	place := func(id sala.ID) int {
		n, had := places[id]
		if !had {
			n = len(h.ids)
			places[id] = n
			h.ids = append(h.ids, id)
		}
		return n
	}
	for _, t := range c.AllTerms {
		var chain []int
		for id := sala.ID(t); id != ""; id = q.Above[id] {
			n := place(id)
			if slices.Contains(chain, n) {
				break // a circle in the vocabulary is no reason to hang
			}
			chain = append(chain, n)
		}
		h.chain = append(h.chain, chain)
	}
	for _, id := range q.Terms {
		n, had := places[id]
		if !had {
			n = -1
		}
		h.asked = append(h.asked, n)
	}
	return h
}
