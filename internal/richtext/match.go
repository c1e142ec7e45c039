package richtext

import (
	"hash/maphash"
	"slices"
	"sort"
	"strings"

	"sala/script"
)

// match returns, for each segment of b, the segment of a it was, or -1, and
// whether it stands at another place among those that are in both.
func match(a, b []token) (partner []int, moved []bool) {
	partner = make([]int, len(b))
	taken := make([]bool, len(a))
	for j := range partner {
		partner[j] = -1
	}
	for _, key := range []func(Node) string{
		func(n Node) string { return n.Attrs.ID },
		contentKey,
		func(n Node) string {
			if SegmentText(n) == "" {
				return ""
			}
			return saidKey(n)
		},
	} {
		pairEqual(a, b, key, partner, taken)
	}
	moved = outOfOrder(partner)
	gaps(len(a), partner, moved, taken, func(as, bs []int) { pairLike(a, b, as, bs, partner) })
	return partner, moved
}

// pairEqual pairs what is free and has the same key, if not "": first what is
// so but once in each text, then what is beside such a pair, then the rest in
// order. So of two headings that say the same, the one goes that stood above
// the section that went (P. Heckel, A technique for isolating differences
// between files, CACM 21, 1978).
func pairEqual(a, b []token, key func(Node) string, partner []int, taken []bool) {
	keysA, keysB := make([]string, len(a)), make([]string, len(b))
	inA, inB := map[string][]int{}, map[string]int{}
	for i, t := range a {
		if !taken[i] {
			if keysA[i] = key(t.node); keysA[i] != "" {
				inA[keysA[i]] = append(inA[keysA[i]], i)
			}
		}
	}
	for j, t := range b {
		if partner[j] < 0 {
			keysB[j] = key(t.node)
			inB[keysB[j]]++
		}
	}
	pair := func(i, j int) { partner[j], taken[i] = i, true }
	beside := func(i, j int) {
		if i >= 0 && i < len(a) && !taken[i] && partner[j] < 0 && keysA[i] != "" && keysA[i] == keysB[j] {
			pair(i, j)
		}
	}
	for j, k := range keysB {
		if partner[j] < 0 && inB[k] == 1 && len(inA[k]) == 1 {
			pair(inA[k][0], j)
		}
	}
	for j := 1; j < len(b); j++ {
		if partner[j-1] >= 0 {
			beside(partner[j-1]+1, j)
		}
	}
	for j := len(b) - 2; j >= 0; j-- {
		if partner[j+1] >= 0 {
			beside(partner[j+1]-1, j)
		}
	}
	for j, k := range keysB {
		if partner[j] >= 0 {
			continue
		}
		for len(inA[k]) > 0 && taken[inA[k][0]] {
			inA[k] = inA[k][1:]
		}
		if len(inA[k]) > 0 {
			pair(inA[k][0], j)
		}
	}
}

// gaps calls f with what is left over between each two segments that stayed
// in order: those of a and those of b that have no partner.
func gaps(lenA int, partner []int, moved, taken []bool, f func(as, bs []int)) {
	lastA, lastB := -1, -1
	for j := 0; j <= len(partner); j++ {
		endA := lenA
		if j < len(partner) {
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
		f(as, bs)
		lastA, lastB = endA, j
	}
}

// outOfOrder marks what is not in the longest run of partners that stand in
// the same order in both texts.
func outOfOrder(partner []int) []bool {
	moved := make([]bool, len(partner))
	var ends []int // index into partner of the end of the best run of each length
	before := make([]int, len(partner))
	for j, i := range partner {
		if i < 0 {
			continue
		}
		n := sort.Search(len(ends), func(n int) bool { return partner[ends[n]] >= i })
		before[j] = -1
		if n > 0 {
			before[j] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, j)
		} else {
			ends[n] = j
		}
		moved[j] = true
	}
	if len(ends) > 0 {
		for j := ends[len(ends)-1]; j >= 0; j = before[j] {
			moved[j] = false
		}
	}
	return moved
}

const (
	// alike is how much of their words two segments must share to be one that
	// was changed, from 0 to 1.
	alike = 0.4
	// table bounds the segments that are compared each with each; beyond it
	// each is compared with the next few.
	table = 4096
	// ahead is how many those are.
	ahead = 32
	// bagWords bounds the words that likeness is judged by.
	bagWords = 400
)

// pairLike pairs segments between two that stayed, in order, so that those
// paired are as alike as can be.
func pairLike(a, b []token, as, bs, partner []int) {
	if len(as) == 0 || len(bs) == 0 {
		return
	}
	bagA, bagB := bags(a, as), bags(b, bs)
	like := func(i, j int) float64 { return likeness(a[as[i]].node, b[bs[j]].node, bagA[i], bagB[j]) }
	if len(as)*len(bs) > table {
		from := 0
		for j := range bs {
			for i := from; i < min(from+ahead, len(as)); i++ {
				if like(i, j) >= alike {
					partner[bs[j]] = as[i]
					from = i + 1
					break
				}
			}
		}
		return
	}
	// best[i][j] is the greatest sum of likeness of as[i:] and bs[j:].
	width := len(bs) + 1
	best := make([]float64, (len(as)+1)*width)
	pays := make([]bool, len(best))
	for i := len(as) - 1; i >= 0; i-- {
		for j := len(bs) - 1; j >= 0; j-- {
			at := i*width + j
			best[at] = max(best[at+width], best[at+1])
			if l := like(i, j); l >= alike && l+best[at+width+1] >= best[at] {
				best[at], pays[at] = l+best[at+width+1], true
			}
		}
	}
	for i, j := 0, 0; i < len(as) && j < len(bs); {
		at := i*width + j
		switch {
		case pays[at]:
			partner[bs[j]] = as[i]
			i, j = i+1, j+1
		case best[at+width] >= best[at+1]:
			i++
		default:
			j++
		}
	}
}

var bagSeed = maphash.MakeSeed()

// bags returns the words of segments, as sorted hashes.
func bags(tokens []token, which []int) [][]uint64 {
	out := make([][]uint64, len(which))
	var words []script.Word
	for n, i := range which {
		text := strings.ToLower(SegmentText(tokens[i].node))
		words = script.AppendWords(words[:0], text)
		for _, w := range words {
			if w.Kind != script.Separator && len(out[n]) < bagWords {
				out[n] = append(out[n], maphash.String(bagSeed, text[w.From:w.To]))
			}
		}
		slices.Sort(out[n])
	}
	return out
}

// likeness is the share of their words that two segments have in common
// (Dice's coefficient), from 0 to 1. Of what has no words it is the type that
// counts.
func likeness(a, b Node, bagA, bagB []uint64) float64 {
	if len(bagA) == 0 && len(bagB) == 0 {
		if a.Type == b.Type {
			return 1
		}
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(bagA) && j < len(bagB); {
		switch {
		case bagA[i] == bagB[j]:
			common, i, j = common+1, i+1, j+1
		case bagA[i] < bagB[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(common) / float64(len(bagA)+len(bagB))
}
