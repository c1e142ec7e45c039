package search

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestDistance compares the distance of all places at once with that of the
// book, on many random words.
func TestDistance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		w := make([]rune, 1+random.IntN(8))
		for i := range w {
			w[i] = []rune("abcกဏ")[random.IntN(5)]
		}
		return string(w)
	}
	for range 20_000 {
		a, b := word(), word()
		if got, want := newPattern(a).distance(b), alignment([]rune(a), []rune(b)); got != want {
			t.Fatalf("%q to %q: %d edits, want %d", a, b, got, want)
		}
	}
}

// alignment is the distance of [pattern.distance] by the table.
func alignment(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range b {
		d[0][j+1] = j + 1
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+same)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// BenchmarkNear looks for the nearest of 300,000 made-up words.
func BenchmarkNear(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("re cru it ment mi gra tion wor ker sta te em ploy er fee con sul ta por ted ness in ter na al ly ing un ba do ful ge hi ju ka lo mu no pa qui ro se ti vu we xa yo zu")
	counts := map[string]uint32{}
	for len(counts) < 300_000 {
		w := ""
		for range 2 + random.IntN(4) {
			w += syllables[random.IntN(len(syllables))]
		}
		counts[w]++
	}
	v := newVocabulary(counts, 1<<30)
	for b.Loop() {
		v.near(newPattern("recruitmnet"), 2, func(known, int) {})
	}
}
