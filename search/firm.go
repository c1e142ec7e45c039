package search

import (
	"math"

	"sala/script"
)

// By how much a pair counts for more or less: one whose halves meet by chance,
// and how much less one whose halves never part.
const (
	looseCounts = 1.25
	firmness    = 0.5
)

// weighPairs makes a pair count the less, the more firmly its halves go
// together: two words that never part say together what each of them has said
// already, two that seldom meet say something new. It does so for words of an
// alphabet and for Chinese characters; elsewhere it was no gain.
func (s *asking) weighPairs(asked []evidence) {
	texts := 0.0
	having := make(map[uint32]float64, len(asked))
	for i := range asked {
		having[asked[i].key], texts, _ = s.having(&asked[i])
	}
	for i := range asked {
		e := &asked[i]
		switch {
		case e.feature == wordPair && e.class == inAlphabet:
		case e.feature == hanPair && s.hand == uint8(script.Han):
		default:
			continue
		}
		both, one, other := having[e.key], having[e.parts[0]], having[e.parts[1]]
		if both == 0 || one == 0 || other == 0 {
			continue
		}
		// Mutual information over what it would be if they never parted.
		firm := math.Log(both*texts/(one*other)) / math.Log(1+texts/both)
		e.weight *= looseCounts - firmness*max(0, firm)
	}
}
