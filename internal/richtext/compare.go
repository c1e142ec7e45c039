package richtext

import (
	"fmt"
	"slices"
)

// An Op says what became of a segment, or of some of its words.
type Op string

// The ops.
const (
	Same     Op = "same"
	Restyled Op = "restyled" // says the same and leads to the same places, marked up otherwise
	Changed  Op = "changed"
	Added    Op = "added"
	Removed  Op = "removed"
)

// A Change is a segment (a block with words of its own: a paragraph, a
// heading, the text of a list item or of a table's cell, a caption) in two
// states of a text.
type Change struct {
	Op     Op
	Moved  bool    // stands at another place among the others
	Old    Node    // zero if Added; a container's content is left out
	New    Node    // zero if Removed
	Pieces []Piece // of a Changed one: its words
	at     int     // index of Old among the segments of the old text
}

// Worded reports whether the segment has words, before or after.
func (c Change) Worded() bool { return SegmentText(c.Old) != "" || SegmentText(c.New) != "" }

// Alters reports whether somebody who translated the old text has to look at
// the segment: it says something else, or something new, or nothing any more.
func (c Change) Alters() bool {
	return (c.Op == Changed || c.Op == Added || c.Op == Removed) && c.Worded()
}

// A Difference is what leads from one text to another.
type Difference struct {
	Changes []Change // in the order of the new text; what was removed stands where it was

	olds  int     // segments of the old text
	shape []token // of the new text, without its segments
	order []int   // the change that gives each segment of shape
}

// Compare compares two texts segment by segment. Segments of the same id are
// the same; others are found by their content, and in between by likeness and
// order, so that a text imported anew, whose ids follow from its words, is
// compared as well. It takes time in proportion to the length of the texts,
// but for the words of single segments: see [CompareWords].
func Compare(old, new Doc) Difference {
	a, shape := segments(flatten(old)), flatten(new)
	b := segments(shape)
	partner, moved := match(a, b)
	d := Difference{olds: len(a), shape: shape}
	kept := make([]bool, len(a))
	for _, i := range partner {
		if i >= 0 {
			kept[i] = true
		}
	}
	next := 0 // of the old segments, to be looked at for what was removed
	removedBefore := func(end int) {
		for ; next < end; next++ {
			if !kept[next] {
				d.Changes = append(d.Changes, Change{Op: Removed, Old: a[next].node, at: next})
			}
		}
	}
	for j, t := range b {
		i := partner[j]
		if i >= 0 && !moved[j] {
			removedBefore(i)
		}
		d.order = append(d.order, len(d.Changes))
		if i < 0 {
			d.Changes = append(d.Changes, Change{Op: Added, New: t.node, at: -1})
			continue
		}
		d.Changes = append(d.Changes, change(a[i].node, t.node, i, moved[j]))
	}
	removedBefore(len(a))
	return d
}

func change(old, new Node, at int, moved bool) Change {
	c := Change{Op: Same, Moved: moved, Old: old, New: new, at: at}
	switch {
	case contentKey(old) == contentKey(new):
	case saidKey(old) == saidKey(new):
		c.Op = Restyled
	default:
		c.Op = Changed
		c.Pieces = CompareWords(SegmentText(old), SegmentText(new))
	}
	return c
}

// Apply makes the new text out of the old one. It returns an error if old is
// not the text that was compared.
func (d Difference) Apply(old Doc) (Doc, error) {
	a := segments(flatten(old))
	if len(a) != d.olds {
		return Doc{}, fmt.Errorf("rich text: the difference is from a text of %d segments, not %d", d.olds, len(a))
	}
	tokens := slices.Clone(d.shape)
	n := 0
	for i, t := range tokens {
		if !t.segment {
			continue
		}
		c := d.Changes[d.order[n]]
		n++
		tokens[i].node = c.New
		if c.Op == Same {
			kept := a[c.at].node
			if kept.Attrs.ID != c.Old.Attrs.ID {
				return Doc{}, fmt.Errorf("rich text: the difference is from another text: %q stands where %q was", kept.Attrs.ID, c.Old.Attrs.ID)
			}
			kept.Attrs.ID = c.New.Attrs.ID
			tokens[i].node = kept
		}
	}
	return raise(tokens), nil
}
