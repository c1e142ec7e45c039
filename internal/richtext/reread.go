package richtext

// FromMarkdownOver reads Markdown that somebody made from the Markdown of old.
// A block that they left as it was stays exactly as it is in old, with its ids
// and with what Markdown cannot say; of the others, those that were somewhere
// in old keep their id. See [FromMarkdown] for the rest.
func FromMarkdownOver(old Doc, source string, o HTMLOptions) (Doc, []Doubt) {
	read, doubts := FromMarkdown(source, o)
	untouched := map[string][]int{}
	for i, n := range old.Blocks {
		again, _ := FromMarkdown(Doc{Blocks: []Node{n}}.Markdown(), o)
		if len(again.Blocks) == 1 {
			key := again.Markdown()
			untouched[key] = append(untouched[key], i)
		}
	}
	next := Doc{Blocks: make([]Node, len(read.Blocks))}
	for i, n := range read.Blocks {
		one := Doc{Blocks: []Node{n}}
		key := one.Markdown()
		if which := untouched[key]; len(which) > 0 {
			next.Blocks[i] = old.Blocks[which[0]]
			untouched[key] = which[1:]
			continue
		}
		one.Walk(func(n *Node) bool {
			n.Attrs.ID = ""
			return isBlock(n.Type)
		})
		next.Blocks[i] = one.Blocks[0]
	}
	a, tokens := segments(flatten(old)), flatten(next)
	b := segments(tokens)
	partner, _ := match(a, b)
	n := 0
	for i := range tokens {
		if !tokens[i].segment {
			continue
		}
		if p := partner[n]; p >= 0 && tokens[i].node.Attrs.ID == "" {
			tokens[i].node.Attrs.ID = a[p].node.Attrs.ID
		}
		n++
	}
	next = raise(tokens)
	next.AssignIDs(o.Seed)
	return next, doubts
}
