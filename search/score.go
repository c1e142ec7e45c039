package search

import (
	"encoding/binary"
	"slices"
	"sync"

	"sala/script"
)

// boards are numbers for every entry, used again from question to question.
var boards = sync.Pool{New: func() any { return new([]float32) }}

// board returns a zero for every entry of every segment, until release.
func (s *asking) board() [][]float32 {
	all := 0
	for _, seg := range s.segments {
		all += seg.entries
	}
	b := boards.Get().(*[]float32)
	if cap(*b) < all {
		*b = make([]float32, all)
	}
	*b = (*b)[:all]
	clear(*b)
	s.boards = append(s.boards, b)
	rest := *b
	out := make([][]float32, len(s.segments))
	for i, seg := range s.segments {
		out[i], rest = rest[:seg.entries:seg.entries], rest[seg.entries:]
	}
	return out
}

func (s *asking) release() {
	for _, b := range s.boards {
		boards.Put(b)
	}
	s.boards, s.scores = nil, nil
}

// fetch finds the lists of some tokens.
func (s *asking) fetch(asked []evidence) error {
	keys := make([]uint32, 0, len(asked))
	for _, e := range asked {
		keys = append(keys, e.key)
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	all := make([]list, len(asked)*len(s.segments))
	for i := range asked {
		asked[i].lists, all = all[:len(s.segments)], all[len(s.segments):]
	}
	for i, seg := range s.segments {
		found, err := seg.find(s.ctx, s.db, keys)
		if err != nil {
			return err
		}
		for j := range asked {
			n, _ := slices.BinarySearch(keys, asked[j].key)
			asked[j].lists[i] = found[n]
		}
	}
	return nil
}

// fewInHand is how many texts in a hand say enough about it. Where there are
// fewer, all texts are counted.
const fewInHand = 20

// usual returns how much there is of a class in a text of the question's hand.
func (s *asking) usual(c class) float64 {
	if s.own.entries > fewInHand && s.own.having[c] > 0 {
		return s.own.length[c] / s.own.having[c]
	}
	return max(1, s.sums.length[c]/max(1, s.sums.having[c]))
}

// having returns in how many texts a token is and of how many: those in the
// hand of the question, so that a question is answered as if they were alone.
// any says whether a text of whatever hand has it.
func (s *asking) having(e *evidence) (n, of float64, any bool) {
	all := 0.0
	for _, l := range e.lists {
		all += float64(l.count)
		n += l.in(s.hand)
	}
	if s.own.entries > fewInHand {
		return n, s.own.entries, all > 0
	}
	return all, s.sums.entries, all > 0
}

// rare returns what the rarity of a token is worth, 0 for one that no text
// holds.
func (s *asking) rare(e *evidence) float64 {
	n, of, any := s.having(e)
	if !any {
		return 0
	}
	return rare(n, of)
}

// saturation returns BM25's k1 for a feature. In Chinese two characters are a
// word or an accident: that a text has them says nearly all, how often little.
func (s *asking) saturation(f feature) float64 {
	if (f == hanPair || f == hanTri) && s.hand == uint8(script.Han) {
		return 0.3
	}
	return saturation
}

// score adds what the tokens say for each entry.
func (s *asking) score(asked []evidence, scores [][]float32) error {
	for i := range asked {
		e := &asked[i]
		if e.weight == 0 {
			continue
		}
		b, k := s.w.length, s.saturation(e.feature)
		g := gain{most: float32(e.weight * (k + 1)), flat: float32(k * (1 - b)), slope: float32(k * b / s.usual(e.class))}
		for i, seg := range s.segments {
			rest := e.lists[i].places
			for more := len(rest) > 0; more; {
				var some group
				var err error
				if some, rest, more, err = nextGroup(rest); err != nil {
					return err
				}
				if err := g.add(some.places, scores[i], seg.columns.Length[e.class]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// A gain is BM25 of one token.
type gain struct{ most, flat, slope float32 }

// add gives every place its gain. This is where search spends its time: what
// [group.each] does is written out.
func (g gain) add(b []byte, into []float32, lengths []uint16) error {
	entry := uint32(0)
	for i := 0; i < len(b); {
		v := uint32(b[i])
		i++
		if v >= 0x80 {
			if i < len(b) && b[i] < 0x80 {
				v = v&0x7f | uint32(b[i])<<7
				i++
			} else {
				long, n := binary.Uvarint(b[i-1:])
				if n <= 0 {
					return errBroken
				}
				v = uint32(long)
				i += n - 1
			}
		}
		entry += v >> 2
		times := v & 3
		if times == 0 {
			t, n := binary.Uvarint(b[i:])
			if n <= 0 {
				return errBroken
			}
			times = uint32(t)
			i += n
		}
		if int(entry) >= len(into) || int(entry) >= len(lengths) {
			return errBroken
		}
		t := float32(times)
		into[entry] += g.most * t / (t + g.flat + g.slope*float32(lengths[entry]))
	}
	return nil
}

// cover adds what it is worth that an entry says the words of the question at
// all: the rarer the words, the more.
func (s *asking) cover(asked []evidence) error {
	said := s.board()
	most, whole := float32(0), 0.0
	for _, scores := range s.scores {
		for _, v := range scores {
			most = max(most, v)
		}
	}
	for i := range asked {
		e := &asked[i]
		if !e.word {
			continue
		}
		w := s.rare(e)
		if w == 0 {
			continue
		}
		whole += w
		for i := range s.segments {
			if err := eachPlace(e.lists[i].places, s.segments[i].entries, func(entry, _ uint32) { said[i][entry] += float32(w) }); err != nil {
				return err
			}
		}
	}
	if whole > 0 {
		s.join(said, float32(s.w.cover)*most/float32(whole))
	}
	return nil
}

// join adds other scores to the scores.
func (s *asking) join(others [][]float32, scale float32) {
	for i, scores := range s.scores {
		for n, v := range others[i] {
			scores[n] += scale * v
		}
	}
}

// top finds the best hits, those in the hand of the question preferred, and
// returns how many there are of all.
func (s *asking) top(n int) (all int) {
	most := float32(0)
	for _, scores := range s.scores {
		for _, v := range scores {
			most = max(most, v)
		}
	}
	s.most = float64(most)
	prefer := s.w.hand * s.most
	s.hits = s.hits[:0]
	least := 0.0
	for i, seg := range s.segments {
		hand := seg.columns.Hand
		free := len(s.q.Langs)+len(s.q.Kinds)+len(s.q.Terms)+s.q.Year+len(seg.dead) == 0
		pass := s.pass[i]
		for e, v := range s.scores[i] {
			if v <= 0 || !free && !pass(uint32(e)) {
				continue
			}
			all++
			score := float64(v)
			if hand[e] == s.hand {
				score += prefer
			}
			if score <= least {
				continue
			}
			s.hits = append(s.hits, hit{i, uint32(e), score})
			if len(s.hits) >= 8*n { // what is not among the best so far never will be
				s.hits = best(s.hits, n)
				least = s.hits[n-1].score
			}
		}
	}
	s.hits = best(s.hits, n)
	return all
}
