package richtext

import (
	"slices"
	"sort"
)

// Reidentify gives the blocks of after, which were read anew from Markdown or
// HTML, the ids they had in before. A block that is as it was keeps its id,
// also at another place, and so does one that was changed or written anew
// between two that stayed; a list, a table or whatever else holds blocks keeps
// that of the one most of its blocks were in. All others are new: they keep
// the id they have in after, or get another if it is one of before.
//
// Without it, an edit by somebody who has no script would make every
// translation stale, and lead every link to a paragraph astray.
func Reidentify(before, after Doc) Doc {
	ta, tb := flatten(before), flatten(after)
	given := make([]string, len(tb)) // the ids of after; they say nothing about before
	for i := range tb {
		given[i], tb[i].node.Attrs.ID = tb[i].node.Attrs.ID, ""
	}
	a, b := segments(ta), segments(tb)
	partner, _ := match(a, b)
	kept := map[int]int{} // by the index of a token of after, that of before
	atA, atB := segmentPlaces(ta), segmentPlaces(tb)
	for j, i := range partner {
		if i >= 0 {
			kept[atB[j]] = atA[i]
		}
	}
	keepHolders(ta, tb, kept)
	keepReplaced(ta, tb, kept)

	used := map[string]bool{}
	for _, t := range ta {
		used[t.node.Attrs.ID] = true
	}
	for i := range tb {
		if from, ok := kept[i]; ok {
			tb[i].node.Attrs.ID = ta[from].node.Attrs.ID
		} else if !used[given[i]] {
			tb[i].node.Attrs.ID = given[i]
		}
	}
	d := raise(tb)
	d.assignBut(used, "reidentify")
	return d
}

// segmentPlaces returns the index among the tokens of each segment.
func segmentPlaces(tokens []token) []int {
	var at []int
	for i, t := range tokens {
		if t.segment {
			at = append(at, i)
		}
	}
	return at
}

// keepHolders adds to kept those blocks that hold others and have no words of
// their own, each as the one that most of its blocks were in.
func keepHolders(ta, tb []token, kept map[int]int) {
	type pair struct{ b, a int }
	votes := map[pair]int{}
	aboveA, aboveB := holders(ta), holders(tb)
	for j, i := range kept {
		as, bs := aboveA[i], aboveB[j]
		for n, m := len(bs)-1, len(as)-1; n >= 0 && m >= 0; {
			switch {
			case ta[as[m]].node.Type == tb[bs[n]].node.Type:
				votes[pair{bs[n], as[m]}]++
				n, m = n-1, m-1
			case n > m: // put into something, or taken out of it
				n--
			default:
				m--
			}
		}
	}
	pairs := make([]pair, 0, len(votes))
	for p := range votes {
		pairs = append(pairs, p)
	}
	sort.Slice(pairs, func(x, y int) bool {
		p, q := pairs[x], pairs[y]
		switch {
		case votes[p] != votes[q]:
			return votes[p] > votes[q]
		case p.b != q.b:
			return p.b < q.b
		}
		return p.a < q.a
	})
	taken := map[int]bool{}
	for _, p := range pairs {
		if _, ok := kept[p.b]; !ok && !taken[p.a] {
			kept[p.b], taken[p.a] = p.a, true
		}
	}
}

// holders returns, for each token, the indexes of the containers it stands
// in, the outermost first. Those with words of their own are left out: they
// are segments.
func holders(tokens []token) [][]int {
	above := make([][]int, len(tokens))
	var open []int // -1 for one that is left out
	for i, t := range tokens {
		if t.end {
			open = open[:len(open)-1]
			continue
		}
		for _, o := range open {
			if o >= 0 {
				above[i] = append(above[i], o)
			}
		}
		if t.open {
			if t.segment {
				open = append(open, -1)
			} else {
				open = append(open, i)
			}
		}
	}
	return above
}

// keepReplaced adds to kept what nothing was found for yet: between two blocks
// that stayed beside each other in what holds them, if there are as many as
// there were, each of the type of the one whose place it takes.
func keepReplaced(ta, tb []token, kept map[int]int) {
	taken := map[int]bool{}
	for _, i := range kept {
		taken[i] = true
	}
	inA, inB := children(ta), children(tb)
	var within func(a, b int)
	within = func(a, b int) {
		as, bs := inA[a], inB[b]
		at := map[int]int{}
		gone := make([]bool, len(as)) // is somewhere in after
		for n, i := range as {
			at[i], gone[n] = n, taken[i]
		}
		partner := make([]int, len(bs))
		for n, j := range bs {
			partner[n] = -1
			if i, ok := kept[j]; ok {
				if m, ok := at[i]; ok {
					partner[n] = m
				}
			}
		}
		gaps(len(as), partner, outOfOrder(partner), gone, func(free, now []int) {
			now = slices.DeleteFunc(now, func(n int) bool { _, ok := kept[bs[n]]; return ok })
			if len(free) != len(now) {
				return
			}
			for n := range free {
				i, j := as[free[n]], bs[now[n]]
				if ta[i].node.Type == tb[j].node.Type {
					kept[j], taken[i] = i, true
				}
			}
		})
		for _, j := range bs {
			if i, ok := kept[j]; ok {
				within(i, j)
			}
		}
	}
	within(root, root)
}

// root stands for what holds the outermost blocks.
const root = -1

// children returns, for each container and for the root, the indexes of the
// blocks that stand right in it.
func children(tokens []token) map[int][]int {
	in := map[int][]int{}
	open := []int{root}
	for i, t := range tokens {
		if t.end {
			open = open[:len(open)-1]
			continue
		}
		above := open[len(open)-1]
		in[above] = append(in[above], i)
		if t.open {
			open = append(open, i)
		}
	}
	return in
}
