package search

import (
	"math"
	"slices"
)

// How evidence is weighed. Each token gives BM25 (Robertson and Zaragoza,
// 2009) with the weight of its feature; a short question counts on the words
// as they stand, a long one on everything it has in common with a text and on
// what the best texts have in common with others. Between the two the weights
// change gradually. They were found by coordinate ascent on the development
// half of the evaluation data, all languages at once, and rounded.
type weights struct {
	feature  [features]float64
	length   float64          // BM25's b: how much a long text is held back
	cover    float64          // of saying the rare words of the question, however often
	feedback [classes]float64 // of what the best texts say besides, by what the question is written in
	hand     float64          // of being in the same hand as the question
	near     float64          // of holding its words near each other
	whole    float64          // of holding the question as it stands
	all      float64          // of holding every word of it
}

var short = weights{
	feature: [features]float64{
		alphaWord: 1.4, alphaFold: 2, alphaTri: 0.5, alphaQuad: 0.5, alphaNumber: 1.4,
		sylWord: 0.35, sylUnit: 0.2, sylPair: 2,
		hanUnit: 1, hanPair: 2.5, hanTri: 2, kanaWord: 0.1, kanaUnit: 1, kanaPair: 1.4, wordPair: 1,
	},
	length: 0.5, cover: 1, feedback: [classes]float64{0.15, 0.1, 0.1, 0.1}, hand: 0.2, near: 0.3, whole: 1, all: 1.4,
}

var long = weights{
	feature: [features]float64{
		alphaWord: 1, alphaFold: 1, alphaTri: 1, alphaQuad: 1, alphaNumber: 3,
		sylWord: 0.7, sylUnit: 1.4, sylPair: 0.25,
		hanUnit: 2, hanPair: 2.5, kanaWord: 0.3, kanaUnit: 0.3, kanaPair: 3, wordPair: 1,
	},
	length: 1, feedback: [classes]float64{1.2, 1.8, 2.8, 2.8}, hand: 1, near: 0.3, whole: 1, all: 0.2,
}

// A question of up to shortWords words is short, one of longWords or more is
// long.
const (
	shortWords = 6
	longWords  = 20
)

// between returns the weights for a question of so many words.
func between(words int) weights {
	x := float64(words-shortWords) / (longWords - shortWords)
	x = max(0, min(1, x))
	mix := func(a, b float64) float64 { return a*(1-x) + b*x }
	w := weights{
		length: mix(short.length, long.length), cover: mix(short.cover, long.cover), hand: mix(short.hand, long.hand),
		near: mix(short.near, long.near), whole: mix(short.whole, long.whole), all: mix(short.all, long.all),
	}
	for c := range w.feedback {
		w.feedback[c] = mix(short.feedback[c], long.feedback[c])
	}
	for f := range w.feature {
		w.feature[f] = mix(short.feature[f], long.feature[f])
	}
	return w
}

// BM25's k1, and by how much a rare token outweighs a common one.
const (
	saturation = 1.2
	rarity     = 1.75
)

// rare returns what the rarity of a token is worth that occurs in n of all
// entries.
func rare(n, all float64) float64 {
	return math.Pow(math.Log(1+(all-n+0.5)/(n+0.5)), rarity)
}

// ofKana returns by how much two kana count for more or less: katakana write
// names and borrowed words, hiragana mostly endings and particles.
func ofKana(pair string) float64 {
	for _, r := range pair {
		if r < 'ァ' || r > 'ー' {
			return 0.7
		}
	}
	return 1.5
}

// A hit is an entry and what speaks for it.
type hit struct {
	segment int
	entry   uint32
	score   float64
}

// best returns the n hits of the highest score, best first.
func best(hits []hit, n int) []hit {
	if len(hits) > n*4 { // find the score of the n-th without sorting all
		scores := make([]float64, len(hits))
		for i, h := range hits {
			scores[i] = h.score
		}
		least := nth(scores, n)
		hits = slices.DeleteFunc(hits, func(h hit) bool { return h.score < least })
	}
	slices.SortFunc(hits, before)
	return hits[:min(n, len(hits))]
}

func before(a, b hit) int {
	switch {
	case a.score > b.score:
		return -1
	case a.score < b.score:
		return 1
	case a.segment != b.segment:
		return a.segment - b.segment
	}
	return int(a.entry) - int(b.entry)
}

// nth returns the n-th greatest of some numbers, which it reorders.
func nth(s []float64, n int) float64 {
	lo, hi := 0, len(s)-1
	for lo < hi {
		pivot := s[(lo+hi)/2]
		i, j := lo, hi
		for i <= j {
			for s[i] > pivot {
				i++
			}
			for s[j] < pivot {
				j--
			}
			if i <= j {
				s[i], s[j] = s[j], s[i]
				i++
				j--
			}
		}
		switch {
		case n-1 <= j:
			hi = j
		case n-1 >= i:
			lo = i
		default:
			return s[n-1]
		}
	}
	return s[n-1]
}
