package richtext

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sala"
)

// A Wording is a segment of a source beside what a translation says there.
type Wording struct {
	ID     string
	Block  string // the id of its block
	Source []Fragment
	Target []Fragment // nil while it is not translated
	// Codes are those of the source, each as the translation has it where it
	// has it, and after them what the translation has of its own.
	Codes []Segcode
	// Needed is how many of Codes are the source's.
	Needed int
}

// Continue is [Renew], and marks each block whose words are still those of the
// source, in language from, as being in that language: so readers and
// [Wordings] know it for what it is.
func Continue(was, now, translation Doc, from sala.Lang) (Doc, []string) {
	next, open := Renew(was, now, translation)
	next.Blocks = clone(next.Blocks)
	source := blocksOf(now)
	next.Walk(func(n *Node) bool {
		s, ok := source[n.Attrs.ID]
		if own := lines(*n); ok && s.Type == n.Type && n.Attrs.Lang == cmp.Or(s.Attrs.Lang, from) && len(own) == 1 && !slices.EqualFunc(own, lines(s), sameLine) {
			// It was not translated and the source has changed since.
			if hasInline(n.Type) {
				n.Content = clone(s.Content)
			}
			for i, a := range wordingOf(n) {
				*a.text = *wordingOf(&s)[i].text
			}
		}
		if ok && slices.Contains(open, n.Attrs.ID) && slices.EqualFunc(lines(*n), lines(s), sameLine) {
			n.Attrs.Lang = cmp.Or(s.Attrs.Lang, from)
		}
		return isBlock(n.Type)
	})
	return next, open
}

// Wordings puts a text beside its translation, which [Continue] has made, by
// the ids of the segments.
func Wordings(source, translation Doc, from sala.Lang) []Wording {
	var out []Wording
	theirs := blocksOf(translation)
	source.Walk(func(n *Node) bool {
		if n.Attrs.ID == "" || !isBlock(n.Type) {
			return isBlock(n.Type)
		}
		t, ok := theirs[n.Attrs.ID]
		if !ok || t.Type != n.Type {
			t = *n
			t.Attrs.Lang = cmp.Or(n.Attrs.Lang, from)
		}
		for _, l := range pairLines(*n, t) {
			if untranslated(*n, t, l, from) {
				l.Target = nil
			}
			out = append(out, l.Wording)
		}
		return !hasInline(n.Type) && n.Type != Code
	})
	return out
}

// Translate returns a translation with the wording of some segments replaced,
// by id, and what cannot be taken: of that nothing is. No words at all leave a
// segment untranslated that was; one that was translated cannot be emptied.
// Words that are there already are never refused. Neither text is changed.
func Translate(source, translation Doc, from sala.Lang, words map[string][]Fragment) (Doc, []Flaw) {
	var flaws []Flaw
	taken := map[string]bool{}
	origin := blocksOf(source)
	out := Doc{Blocks: clone(translation.Blocks)}
	out.Walk(func(n *Node) bool {
		s, ok := origin[n.Attrs.ID]
		if !ok || s.Type != n.Type {
			return isBlock(n.Type)
		}
		before := *n
		missing, touched := false, false
		var all []pairing
		for _, l := range pairLines(s, before) {
			typed, ok := words[l.ID]
			taken[l.ID] = taken[l.ID] || ok
			open := untranslated(s, before, l, from)
			switch {
			case !ok || open && strings.TrimSpace(PlainFragments(typed)) == "" && !holdsCode(typed):
				missing = missing || open
			case !open && slices.Equal(typed, l.Target):
			default:
				seg := Segment{ID: l.ID, Fragments: l.Source, Codes: l.Codes}
				if f := seg.refuse(typed, l.Needed); f.Kind != "" {
					flaws = append(flaws, f)
					missing = missing || open
					break
				}
				l.Target, touched = typed, true
				l.changed = true
			}
			all = append(all, l)
		}
		for _, l := range all {
			if l.changed {
				l.put(n, all)
			}
		}
		switch {
		case missing:
			n.Attrs.Lang = cmp.Or(s.Attrs.Lang, from)
		case touched && n.Attrs.Lang == cmp.Or(s.Attrs.Lang, from):
			n.Attrs.Lang = ""
		}
		return !hasInline(n.Type)
	})
	for id := range words {
		if !taken[id] {
			flaws = append(flaws, elsewhere(id))
		}
	}
	slices.SortFunc(flaws, func(a, b Flaw) int { return strings.Compare(a.Segment, b.Segment) })
	return out, flaws
}

func holdsCode(pieces []Fragment) bool {
	return slices.ContainsFunc(pieces, func(p Fragment) bool { return p.Text == "" })
}

// untranslated reports whether the translation has nothing but the source's
// own words at a line.
func untranslated(source, translation Node, l pairing, from sala.Lang) bool {
	return translation.Attrs.Lang == cmp.Or(source.Attrs.Lang, from) && slices.Equal(l.Target, l.Source)
}

func blocksOf(d Doc) map[string]Node {
	all := map[string]Node{}
	d.Walk(func(n *Node) bool {
		if isBlock(n.Type) && n.Attrs.ID != "" {
			all[n.Attrs.ID] = *n
		}
		return isBlock(n.Type)
	})
	return all
}

// A pairing is one segment of a block: a text among its attributes, its own
// line, or a note in it.
type pairing struct {
	Wording
	attr    int // index in wordingOf, -1 for none
	note    int // number of the code that the note is, 0 for none
	changed bool
}

// lines are the segments of one block alone.
func lines(n Node) []Segment {
	var out []Segment
	for _, a := range wordingOf(&n) {
		out = append(out, Segment{ID: a.suffix, Fragments: []Fragment{{Text: *a.text}}})
	}
	if hasInline(n.Type) {
		out = append(out, cut("", n.Content))
	}
	return out
}

func sameLine(a, b Segment) bool {
	return slices.Equal(a.Fragments, b.Fragments)
}

// pairLines pairs the segments of a block with those of its translation.
func pairLines(s, t Node) []pairing {
	var out []pairing
	id := s.Attrs.ID
	theirs := wordingOf(&t)
	for i, a := range wordingOf(&s) {
		if *a.text == "" {
			continue
		}
		l := pairing{Wording: Wording{ID: id + a.suffix, Block: id, Source: []Fragment{{Text: *a.text}}}, attr: i}
		if *theirs[i].text != "" {
			l.Target = []Fragment{{Text: *theirs[i].text}}
		}
		out = append(out, l)
	}
	if !hasInline(s.Type) {
		return out
	}
	own, other := cut(id, s.Content), cut(id, t.Content)
	codes, number := join(own.Codes, other.Codes)
	if len(own.Fragments) > 0 {
		out = append(out, pairing{Wording: Wording{
			ID: id, Block: id, Source: own.Fragments, Target: renumber(other.Fragments, number), Codes: codes, Needed: len(own.Codes),
		}, attr: -1})
	}
	notes := 0
	for i, c := range own.Codes {
		if c.Node.Type != Footnote {
			continue
		}
		notes++
		from, to := cut("", c.Node.Content), cut("", codes[i].Node.Content)
		if len(from.Fragments) == 0 {
			continue
		}
		all, number := join(from.Codes, to.Codes)
		out = append(out, pairing{Wording: Wording{
			ID: fmt.Sprintf("%s.note%d", id, notes), Block: id, Source: from.Fragments, Target: renumber(to.Fragments, number),
			Codes: all, Needed: len(from.Codes),
		}, attr: -1, note: i + 1})
	}
	return out
}

// join puts the codes of a translation beside those of its source: the same
// code first, then the same sort in order. It returns the codes as
// [Wording.Codes] has them, and the number there of each of the translation's.
func join(source, translation []Segcode) (codes []Segcode, number []int) {
	codes = slices.Clone(source)
	number = make([]int, len(translation))
	used := make([]bool, len(source))
	for _, same := range []func(a, b Segcode) bool{
		func(a, b Segcode) bool { return a.Node.Type == "" && a.Mark == b.Mark },
		func(a, b Segcode) bool { return a.Name() == b.Name() },
	} {
		for j, t := range translation {
			for i, s := range source {
				if number[j] == 0 && !used[i] && same(s, t) && t.Name() == s.Name() {
					number[j], used[i], codes[i] = i+1, true, t
				}
			}
		}
	}
	for j, t := range translation {
		if number[j] == 0 {
			codes = append(codes, t)
			number[j] = len(codes)
		}
	}
	return codes, number
}

func renumber(pieces []Fragment, number []int) []Fragment {
	out := slices.Clone(pieces)
	for i := range out {
		for _, n := range []*int{&out[i].Open, &out[i].Close, &out[i].Alone} {
			if *n > 0 {
				*n = number[*n-1]
			}
		}
	}
	return out
}

// put writes a line into a block of the translation. all are the lines of the
// block, for the notes in them.
func (l pairing) put(n *Node, all []pairing) {
	if l.attr >= 0 {
		*wordingOf(n)[l.attr].text = cleanText(strings.TrimSpace(PlainFragments(l.Target)))
		return
	}
	// The line itself is written with its notes as they now are; so is a note.
	for _, own := range all {
		if own.attr >= 0 || own.note > 0 {
			continue
		}
		codes := slices.Clone(own.Codes)
		for _, m := range all {
			if m.note > 0 {
				codes[m.note-1].Node.Content = joinFragments(m.Target, m.Codes)
			}
		}
		n.Content = joinFragments(own.Target, codes)
	}
}
