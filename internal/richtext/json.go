package richtext

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sala/internal/input"
)

// Parse reads a stored or submitted document and checks it.
func Parse(b []byte) (Doc, error) {
	var d Doc
	if err := json.Unmarshal(b, &d); err != nil {
		return d, fmt.Errorf("rich text: %w", err)
	}
	return d, d.Check()
}

// JSON returns the form in which d is stored.
func (d Doc) JSON() []byte {
	if d.Blocks == nil {
		d.Blocks = []Node{}
	}
	b, err := json.Marshal(d)
	if err != nil {
		panic(err) // plain structs of strings and numbers always encode
	}
	return b
}

// Walk calls f with each node, depth first, parents before their children; f
// may change it. If f returns false the node's children are passed over.
func (d Doc) Walk(f func(*Node) bool) { walk(d.Blocks, f) }

func walk(nodes []Node, f func(*Node) bool) {
	for i := range nodes {
		if f(&nodes[i]) {
			walk(nodes[i].Content, f)
		}
	}
}

// normalise puts the marks of each text in their fixed order, joins texts
// that bear the same marks, and drops empty ones.
func normalise(nodes []Node) []Node {
	out := nodes[:0]
	for _, n := range nodes {
		n.Content = normalise(n.Content)
		if n.Type == Text {
			if n.Text == "" {
				continue
			}
			slices.SortStableFunc(n.Marks, func(a, b Mark) int { return slices.Index(markOrder, a.Type) - slices.Index(markOrder, b.Type) })
			if last := len(out) - 1; last >= 0 && out[last].Type == Text && slices.Equal(out[last].Marks, n.Marks) {
				out[last].Text += n.Text
				continue
			}
		}
		out = append(out, n)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// markOrder is how marks nest, the outermost first, so that a link with an
// emphasised word in it stays one link.
var markOrder = []Type{
	Link, Foreign, Abbr, Cite, Highlight, Inserted, Deleted, Strong, Emphasis, Underline, Strike, Sub, Sup, InlineCode,
}

// isBlock reports whether t stands on its own rather than in a line of text.
func isBlock(t Type) bool { return t != Text && t != Break && t != Footnote }

// hasInline reports whether the content of a t is a line of text.
func hasInline(t Type) bool {
	return t == Paragraph || t == Heading || t == Verse || t == Picture || t == Footnote
}

// cleanText drops what no text may hold, ends of lines other than newlines, and
// marks of byte order. Bytes that are not UTF-8 become U+FFFD: in a long text
// somebody is to see where something was lost.
func cleanText(s string) string {
	return unmarked.Replace(input.Clean(strings.ToValidUTF8(s, "\ufffd")))
}

var unmarked = strings.NewReplacer("\r", "", "\ufeff", "")
