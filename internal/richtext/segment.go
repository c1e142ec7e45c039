package richtext

import (
	"fmt"
	"slices"
	"strings"
)

// A Segment is one piece of a text as a translator works on it: the line of a
// block, a note, an alternative text. What is no wording in it (marks, breaks,
// notes) is a numbered code that the translation carries along.
type Segment struct {
	ID        string // the block's id, for what hangs on it with ".alt", ".title" or ".note1" after it
	Fragments []Fragment
	Codes     []Segcode // code n is Codes[n-1]
}

// A Fragment is a stretch of words or one end of a code. Exactly one field is
// set.
type Fragment struct {
	Text  string
	Open  int // code n begins
	Close int // code n ends
	Alone int // code n stands here: a break, a note
}

// A Segcode is what a code stands for: a mark, or a node that stands alone.
type Segcode struct {
	Mark Mark
	Node Node // Break or Footnote, zero for a mark
}

// Name says what a code is, such as "link" or "footnote".
func (c Segcode) Name() Type {
	if c.Node.Type != "" {
		return c.Node.Type
	}
	return c.Mark.Type
}

// Needed reports whether a translation must have the code: a link, a note or
// what says the language of a passage may not get lost; an emphasis may.
func (c Segcode) Needed() bool {
	switch c.Name() {
	case Link, Foreign, Abbr, Footnote:
		return true
	}
	return false
}

// PlainFragments returns the words of fragments alone.
func PlainFragments(pieces []Fragment) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Segments takes a text apart, in its order. Blocks without an id are passed
// over; every stored text has them. Code is for machines and not translated.
func (d Doc) Segments() []Segment {
	var out []Segment
	add := func(id string, nodes []Node) {
		if s := cut(id, nodes); len(s.Fragments) > 0 {
			out = append(out, s)
		}
		notes := 0
		for _, n := range nodes {
			if n.Type == Footnote {
				notes++
				if s := cut(fmt.Sprintf("%s.note%d", id, notes), n.Content); len(s.Fragments) > 0 {
					out = append(out, s)
				}
			}
		}
	}
	d.Walk(func(n *Node) bool {
		id := n.Attrs.ID
		if id == "" || !isBlock(n.Type) {
			return isBlock(n.Type)
		}
		for _, a := range wordingOf(n) {
			if *a.text != "" {
				out = append(out, Segment{ID: id + a.suffix, Fragments: []Fragment{{Text: *a.text}}})
			}
		}
		if hasInline(n.Type) {
			add(id, n.Content)
			return false
		}
		return n.Type != Code
	})
	return out
}

type attrText struct {
	suffix string
	text   *string
}

// wordingOf returns the attributes of a block that are words for a reader.
func wordingOf(n *Node) []attrText {
	switch n.Type {
	case Picture:
		return []attrText{{".alt", &n.Attrs.Alt}}
	case Details, Embed, Attachment:
		return []attrText{{".title", &n.Attrs.Title}}
	}
	return nil
}

// cut makes a segment of a line of text.
func cut(id string, nodes []Node) Segment {
	s := Segment{ID: id}
	var open []int
	closeTo := func(depth int) {
		for len(open) > depth {
			s.Fragments = append(s.Fragments, Fragment{Close: open[len(open)-1]})
			open = open[:len(open)-1]
		}
	}
	for _, n := range nodes {
		if n.Type != Text {
			closeTo(0)
			s.Codes = append(s.Codes, Segcode{Node: n})
			s.Fragments = append(s.Fragments, Fragment{Alone: len(s.Codes)})
			continue
		}
		depth := 0
		for depth < len(open) && depth < len(n.Marks) && s.Codes[open[depth]-1].Mark == n.Marks[depth] {
			depth++
		}
		closeTo(depth)
		for _, m := range n.Marks[depth:] {
			s.Codes = append(s.Codes, Segcode{Mark: m})
			open = append(open, len(s.Codes))
			s.Fragments = append(s.Fragments, Fragment{Open: len(s.Codes)})
		}
		s.Fragments = append(s.Fragments, Fragment{Text: n.Text})
	}
	closeTo(0)
	return s
}

// A Flaw is a segment of a translation that cannot be taken.
type Flaw struct {
	Segment string // its id
	Why     string // in English
	Kind    FlawKind
	Code    int // the code it is about, 0 for none
}

// A FlawKind says why a segment cannot be taken, for those who say it in
// another language.
type FlawKind string

// The kinds of flaw.
const (
	FlawElsewhere FlawKind = "elsewhere" // the text has no such segment
	FlawEmpty     FlawKind = "empty"
	FlawUnknown   FlawKind = "unknown" // a code the source has not
	FlawOrder     FlawKind = "order"   // a code ends where it was not begun
	FlawTwice     FlawKind = "twice"
	FlawMisused   FlawKind = "misused" // a code that stands alone around words, or the reverse
	FlawOpen      FlawKind = "open"    // a code does not end
	FlawLost      FlawKind = "lost"    // a code that may not be missing
)

func elsewhere(id string) Flaw {
	return Flaw{id, "the text has no such segment", FlawElsewhere, 0}
}

// WithSegments returns d with the wording of some segments replaced, by id.
// d is not changed. A segment that is not of this text or whose codes are not
// those of its own comes back as a flaw, and nothing of it is taken.
func (d Doc) WithSegments(words map[string][]Fragment) (Doc, []Flaw) {
	var flaws []Flaw
	mine := map[string]Segment{}
	for _, s := range d.Segments() {
		mine[s.ID] = s
	}
	for id, pieces := range words {
		s, ok := mine[id]
		if !ok {
			flaws = append(flaws, elsewhere(id))
			continue
		}
		if f := s.refuse(pieces, len(s.Codes)); f.Kind != "" {
			flaws = append(flaws, f)
			delete(mine, id)
		}
	}
	slices.SortFunc(flaws, func(a, b Flaw) int { return strings.Compare(a.Segment, b.Segment) })
	out := Doc{Blocks: clone(d.Blocks)}
	out.Walk(func(n *Node) bool {
		id := n.Attrs.ID
		take := func(id string) ([]Fragment, bool) {
			if _, ok := mine[id]; !ok {
				return nil, false
			}
			p, ok := words[id]
			return p, ok
		}
		for _, a := range wordingOf(n) {
			if p, ok := take(id + a.suffix); ok {
				*a.text = cleanText(strings.TrimSpace(PlainFragments(p)))
			}
		}
		if !hasInline(n.Type) {
			return isBlock(n.Type)
		}
		notes := 0
		for i := range n.Content {
			if n.Content[i].Type != Footnote {
				continue
			}
			notes++
			note := fmt.Sprintf("%s.note%d", id, notes)
			if p, ok := take(note); ok {
				n.Content[i].Content = joinFragments(p, mine[note].Codes)
			}
		}
		if p, ok := take(id); ok {
			// The codes of a line stand for its own notes, as they are now.
			codes := cut(id, n.Content).Codes
			n.Content = joinFragments(p, codes)
		}
		return false
	})
	return out, flaws
}

// refuse says why pieces cannot be the wording of s; the zero Flaw if they can.
// Of its codes the first so many may be needed.
func (s Segment) refuse(pieces []Fragment, needed int) Flaw {
	flaw := func(kind FlawKind, code int, why string, args ...any) Flaw {
		return Flaw{s.ID, fmt.Sprintf(why, args...), kind, code}
	}
	if strings.TrimSpace(PlainFragments(pieces)) == "" && strings.TrimSpace(PlainFragments(s.Fragments)) != "" {
		return flaw(FlawEmpty, 0, "it is empty")
	}
	seen := map[int]bool{}
	var open []int
	for _, p := range pieces {
		n := p.Open + p.Close + p.Alone
		switch {
		case n == 0:
			continue
		case n < 1 || n > len(s.Codes):
			return flaw(FlawUnknown, n, "it has a code %d, which the source has not", n)
		case p.Close > 0:
			if len(open) == 0 || open[len(open)-1] != p.Close {
				return flaw(FlawOrder, p.Close, "code %d ends where it was not begun", p.Close)
			}
			open = open[:len(open)-1]
			continue
		case seen[n]:
			return flaw(FlawTwice, n, "code %d stands twice", n)
		}
		alone := s.Codes[n-1].Node.Type != ""
		if alone != (p.Alone > 0) {
			return flaw(FlawMisused, n, "code %d (%s) is used as what it is not", n, s.Codes[n-1].Name())
		}
		seen[n] = true
		if p.Open > 0 {
			open = append(open, n)
		}
	}
	if len(open) > 0 {
		return flaw(FlawOpen, open[len(open)-1], "code %d is begun and does not end", open[len(open)-1])
	}
	for i, c := range s.Codes[:needed] {
		if c.Needed() && !seen[i+1] {
			return flaw(FlawLost, i+1, "code %d (%s) is missing", i+1, c.Name())
		}
	}
	return Flaw{}
}

// joinFragments makes a line of text of pieces, whose codes are good.
func joinFragments(pieces []Fragment, codes []Segcode) []Node {
	var nodes []Node
	var marks []Mark
	for _, p := range pieces {
		switch {
		case p.Open > 0:
			marks = append(marks, codes[p.Open-1].Mark)
		case p.Close > 0:
			marks = marks[:len(marks)-1]
		case p.Alone > 0:
			nodes = append(nodes, codes[p.Alone-1].Node)
		default:
			if text := cleanText(p.Text); text != "" {
				nodes = append(nodes, Node{Type: Text, Text: text, Marks: slices.Clone(marks)})
			}
		}
	}
	return normalise(nodes)
}

func clone(nodes []Node) []Node {
	out := slices.Clone(nodes)
	for i := range out {
		out[i].Content = clone(out[i].Content)
		out[i].Marks = slices.Clone(out[i].Marks)
	}
	return out
}
