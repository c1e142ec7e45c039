package richtext

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// A token is one step through a text: a block that holds no other, or the
// beginning or the end of one that does.
type token struct {
	node    Node   // of a container without its content
	open    bool   // begins a container
	end     bool   // ends one
	segment bool   // has words of its own, or could have
	shape   string // its type and those of all blocks it stands in
}

// container reports whether the content of a t is blocks.
func container(t Type) bool {
	switch t {
	case BulletList, OrderedList, ListItem, Quote, Gallery, Table, TableRow, TableCell, Details:
		return true
	}
	return false
}

// flatten writes a text as its tokens, from which [raise] makes it again.
func flatten(d Doc) []token { return appendTokens(nil, d.Blocks, "") }

func appendTokens(dst []token, nodes []Node, shape string) []token {
	for _, n := range nodes {
		own := shape + "/" + string(n.Type)
		if n.Type == Heading {
			own += strconv.Itoa(n.Attrs.Level)
		}
		if !container(n.Type) {
			dst = append(dst, token{node: n, segment: true, shape: own})
			continue
		}
		content := n.Content
		n.Content = nil
		dst = append(dst, token{node: n, open: true, segment: n.Type == Details, shape: own})
		dst = appendTokens(dst, content, own)
		dst = append(dst, token{end: true})
	}
	return dst
}

// raise is the reverse of flatten.
func raise(tokens []token) Doc {
	stack := []Node{{}}
	for _, t := range tokens {
		if t.open {
			stack = append(stack, t.node)
			continue
		}
		n := t.node
		if t.end {
			n = stack[len(stack)-1]
			stack = stack[:len(stack)-1]
		}
		top := &stack[len(stack)-1]
		top.Content = append(top.Content, n)
	}
	return Doc{Blocks: stack[0].Content}
}

// segments returns those of the tokens that are compared and translated.
func segments(tokens []token) []token {
	return slices.DeleteFunc(slices.Clone(tokens), func(t token) bool { return !t.segment })
}

// SegmentText returns the words of a segment: its text; of a picture its
// description and its caption; of what only has a title, that.
func SegmentText(n Node) string {
	switch n.Type {
	case Picture:
		return strings.TrimSpace(n.Attrs.Alt + "\n" + plainOf(n))
	case Details, Attachment:
		return n.Attrs.Title
	}
	return plainOf(n)
}

// contentKey is the same for two blocks that differ at most in their id.
func contentKey(n Node) string {
	n.Attrs.ID = ""
	b, err := json.Marshal(n)
	if err != nil {
		panic(err) // plain structs of strings and numbers always encode
	}
	return string(b)
}

// saidKey is the same for two blocks that say the same and lead to the same
// places, however they are marked up.
func saidKey(n Node) string {
	var b strings.Builder
	b.WriteString(SegmentText(n))
	walk([]Node{n}, func(n *Node) bool {
		for _, s := range []string{n.Attrs.Href, n.Attrs.Src, string(n.Attrs.File)} {
			if s != "" {
				b.WriteString("\x00" + s)
			}
		}
		last := ""
		for _, m := range n.Marks {
			if m.Type == Link {
				last = m.Attrs.Href
			}
		}
		if last != "" {
			b.WriteString("\x00" + last)
		}
		return true
	})
	return b.String()
}

// Anchors returns, by the id of each block, the id of the block whose anchor
// leads a reader to it: its own where WriteHTML gives it one, else that of
// the list item or table it stands in.
func (d Doc) Anchors() map[string]string {
	to := map[string]string{}
	anchors(to, d.Blocks, true, "")
	return to
}

func anchors(to map[string]string, nodes []Node, own bool, above string) {
	for _, n := range nodes {
		at, inner := above, own
		switch n.Type {
		case BulletList, OrderedList, Quote, Gallery, Rule, PageBreak, More:
		case ListItem:
			if own {
				at = n.Attrs.ID
			}
			inner = false
		case Table:
			at, inner = n.Attrs.ID, false
		case TableRow, TableCell:
		default:
			if own && n.Attrs.ID != "" {
				at = n.Attrs.ID
			}
		}
		if n.Attrs.ID != "" && at != "" {
			to[n.Attrs.ID] = at
		}
		if container(n.Type) {
			anchors(to, n.Content, inner, at)
		}
	}
}
