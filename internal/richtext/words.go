package richtext

import (
	"slices"
	"strings"

	"sala/script"
)

// A Piece is some words of a text that were kept, removed or added.
type Piece struct {
	Op   Op // Same, Removed or Added
	Text string
}

// maxEdits bounds how many words are taken out and put in one by one. A text
// that differs by more was written anew and is shown so.
const maxEdits = 1000

// CompareWords compares two texts word by word, in scripts without spaces,
// too. The pieces that are not Added, put together, are old; those that are
// not Removed are new. It is Myers' algorithm ("An O(ND) difference
// algorithm", 1986) over the words that package script finds: its time grows
// with the length and the number of differences, which are bounded.
func CompareWords(old, new string) []Piece {
	a, b := wordsIn(old), wordsIn(new)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var p pieces
	for _, w := range a[:head] {
		p.add(Same, w)
	}
	midA, midB := a[head:len(a)-tail], b[head:len(b)-tail]
	numA, numB := number(midA, midB)
	if steps, ok := edits(numA, numB, maxEdits); ok {
		i, j := 0, 0
		for _, op := range steps {
			switch op {
			case Same:
				p.add(Same, midA[i])
				i, j = i+1, j+1
			case Removed:
				p.add(Removed, midA[i])
				i++
			case Added:
				p.add(Added, midB[j])
				j++
			}
		}
	} else {
		for _, w := range midA {
			p.add(Removed, w)
		}
		for _, w := range midB {
			p.add(Added, w)
		}
	}
	for _, w := range a[len(a)-tail:] {
		p.add(Same, w)
	}
	return p.joined()
}

func wordsIn(s string) []string {
	found := script.AppendWords(nil, s)
	words := make([]string, len(found))
	for i, w := range found {
		words[i] = s[w.From:w.To]
	}
	return words
}

// number gives equal words equal numbers.
func number(a, b []string) (numA, numB []int32) {
	numbers := map[string]int32{}
	of := func(words []string) []int32 {
		nums := make([]int32, len(words))
		for i, w := range words {
			n, ok := numbers[w]
			if !ok {
				n = int32(len(numbers))
				numbers[w] = n
			}
			nums[i] = n
		}
		return nums
	}
	return of(a), of(b)
}

// edits returns the shortest way from a to b, or false if it has more than
// limit removals and additions.
func edits(a, b []int32, limit int) ([]Op, bool) {
	var trace [][]int32 // for each number of edits, how far each diagonal came
	limit = min(limit, len(a)+len(b))
	far := make([]int32, 2*limit+3)
	mid := limit + 1
	for d := 0; d <= limit; d++ {
		for k := -d; k <= d; k += 2 {
			x := int32(0)
			switch {
			case d == 0:
			case k == -d || k != d && far[mid+k-1] < far[mid+k+1]:
				x = far[mid+k+1]
			default:
				x = far[mid+k-1] + 1
			}
			for int(x) < len(a) && int(x)-k < len(b) && a[x] == b[int(x)-k] {
				x++
			}
			far[mid+k] = x
			if int(x) >= len(a) && int(x)-k >= len(b) {
				return way(trace, len(a), len(b)), true
			}
		}
		trace = append(trace, slices.Clone(far[mid-d:mid+d+1]))
	}
	return nil, false
}

// way follows the trace of edits back from the end.
func way(trace [][]int32, x, y int) []Op {
	var steps []Op
	for d := len(trace); d > 0; d-- {
		at := func(k int) int { return int(trace[d-1][k+d-1]) } // how far diagonal k came with one edit less
		k := x - y
		op, before := Removed, k-1
		if k == -d || k != d && at(k-1) < at(k+1) {
			op, before = Added, k+1
		}
		fromX := at(before)
		fromY := fromX - before
		begin := fromX // of the run of equal words behind this edit
		if op == Removed {
			begin++
		}
		for ; x > begin; x-- {
			steps = append(steps, Same)
		}
		steps = append(steps, op)
		x, y = fromX, fromY
	}
	for ; x > 0; x-- {
		steps = append(steps, Same)
	}
	slices.Reverse(steps)
	return steps
}

// pieces gathers words: within a stretch of change what was removed comes
// before what was added.
type pieces struct {
	out                  []Piece
	same, removed, added strings.Builder
}

func (p *pieces) add(op Op, words string) {
	switch op {
	case Removed:
		p.end(Same, &p.same)
		p.removed.WriteString(words)
	case Added:
		p.end(Same, &p.same)
		p.added.WriteString(words)
	default:
		p.endChange()
		p.same.WriteString(words)
	}
}

func (p *pieces) endChange() {
	p.end(Removed, &p.removed)
	p.end(Added, &p.added)
}

func (p *pieces) end(op Op, b *strings.Builder) {
	if b.Len() > 0 {
		p.out = append(p.out, Piece{op, b.String()})
		b.Reset()
	}
}

// joined returns the pieces. What was kept between two changes and is no word
// (a space, a comma) counts as changed with them: it reads as one change.
func (p *pieces) joined() []Piece {
	p.end(Same, &p.same)
	p.endChange()
	var q pieces
	for i, piece := range p.out {
		if piece.Op == Same && i > 0 && i < len(p.out)-1 && !hasWord(piece.Text) {
			q.add(Removed, piece.Text)
			q.add(Added, piece.Text)
			continue
		}
		q.add(piece.Op, piece.Text)
	}
	q.end(Same, &q.same)
	q.endChange()
	return q.out
}

func hasWord(s string) bool {
	for _, w := range script.AppendWords(nil, s) {
		if w.Kind != script.Separator {
			return true
		}
	}
	return false
}
