package richtext

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"sala"
)

// HTMLOptions say how to read HTML.
type HTMLOptions struct {
	Lang    sala.Lang                                // of the whole text
	Seed    string                                   // for the ids of the blocks: see [Doc.AssignIDs]
	Link    func(href string) string                 // what an address is now; nil keeps it
	Picture func(src string) (file sala.ID, ok bool) // the file of the house that holds a picture; without one its address is kept and never loaded
	Base    string                                   // "http://old-site.example", before which a relative picture address goes
}

// FromHTML converts the HTML of a text. No visible text is lost: elements
// that the schema does not know give their content, and a doubt. Script and
// style are dropped. The HTML may be a fragment or a page, and may be broken
// in any way; it takes one pass over its tokens, so that neither depth nor
// misnesting costs more than its length.
//
// Other readers of the house write a few private elements where they know
// more than HTML can say: <sala-unknown title="sort">source</sala-unknown>,
// <sala-more>, <sala-page>, <sala-embed href title> and <sala-gallery>.
func FromHTML(source string, o HTMLOptions) (Doc, []Doubt) {
	c := &converter{o: o, doubted: map[string]bool{}, anchors: map[string]string{}}
	c.frames = []*frame{{}}
	z := html.NewTokenizer(strings.NewReader(source))
	z.SetMaxBuf(0)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return c.end()
		case html.TextToken:
			c.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			c.start(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			c.close(string(name))
		case html.CommentToken:
			c.comment(string(z.Text()))
		}
	}
}

// A frame is an open block that holds blocks, or the whole text.
type frame struct {
	tag     string
	node    Node
	marks   int    // how many marks were open when it began
	caption []Node // of a figure
	barrier bool   // what is inside cannot close what is outside
}

// A open is an inline element that is open.
type open struct {
	tag  string
	mark Mark // Type "" if the element says nothing here
}

type converter struct {
	o       HTMLOptions
	frames  []*frame
	marks   []open
	line    []Node            // the line of text being gathered
	as      Node              // the block the line will be: Paragraph unless Type is set
	pre     int               // open elements in which white space counts
	skip    string            // the element whose content is dropped
	caption int               // open captions
	pending []string          // anchors that the next block takes
	anchors map[string]string // an anchor, and the temporary id of its block
	doubts  []Doubt
	doubted map[string]bool
}

func (c *converter) top() *frame { return c.frames[len(c.frames)-1] }

func (c *converter) doubt(once, what, why string) {
	if once != "" {
		if c.doubted[once] {
			return
		}
		c.doubted[once] = true
	}
	if r := []rune(what); len(r) > 80 {
		what = string(r[:79]) + "…"
	}
	c.doubts = append(c.doubts, Doubt{what, why})
}

func (c *converter) end() (Doc, []Doubt) {
	c.flush()
	for len(c.frames) > 1 {
		c.pop()
	}
	d := Doc{Blocks: normalise(c.frames[0].node.Content)}
	became := d.assign(c.o.Seed)
	if len(c.anchors) > 0 {
		d.Walk(func(n *Node) bool {
			for i, m := range n.Marks {
				if anchor, ok := strings.CutPrefix(m.Attrs.Href, "#"); ok {
					if id, ok := became[c.anchors[anchor]]; ok {
						n.Marks[i].Attrs.Href = "#p-" + id
					}
				}
			}
			return true
		})
	}
	return d, c.doubts
}

func (c *converter) text(s string) {
	if c.skip != "" {
		return
	}
	s = cleanText(s)
	if s == "" {
		return
	}
	if c.top().node.Type == Unknown {
		c.top().node.Attrs.Source += s
		return
	}
	c.line = append(c.line, Node{Type: Text, Text: s, Marks: c.openMarks()})
}

func (c *converter) openMarks() []Mark {
	var marks []Mark
	for _, o := range c.marks {
		if o.mark.Type == "" {
			continue
		}
		double := false
		for _, m := range marks {
			double = double || m.Type == o.mark.Type && m.Type != Foreign
		}
		if !double {
			marks = append(marks, o.mark)
		}
	}
	return marks
}

func (c *converter) comment(s string) {
	switch s = strings.TrimSpace(s); {
	case s == "more" || strings.HasPrefix(s, "more "):
		c.leaf(Node{Type: More})
	case s == "nextpage":
		c.leaf(Node{Type: PageBreak})
	}
}

// leaf ends the line and adds a block that has no text of its own.
func (c *converter) leaf(n Node) {
	c.flush()
	c.add(n)
}

// add puts a block where the text now is.
func (c *converter) add(n Node) {
	if len(c.pending) > 0 {
		n.Attrs.ID = fmt.Sprintf("\x00%d", len(c.anchors))
		for _, a := range c.pending {
			if _, ok := c.anchors[a]; !ok {
				c.anchors[a] = n.Attrs.ID
			}
		}
		c.pending = nil
	}
	c.place(len(c.frames)-1, n)
}

// place puts a block into the i-th open frame, or where it can stand.
func (c *converter) place(i int, n Node) {
	f := c.frames[i]
	switch f.node.Type {
	case BulletList, OrderedList: // a block right in a list is part of the item before it
		if n.Type != ListItem {
			if last := len(f.node.Content) - 1; last >= 0 && (n.Type == BulletList || n.Type == OrderedList) {
				f.node.Content[last].Content = append(f.node.Content[last].Content, n)
				return
			}
			n = Node{Type: ListItem, Content: []Node{n}}
		}
	case Table: // what is astray in a table stands before it
		if n.Type != TableRow {
			c.place(i-1, n)
			return
		}
	case TableRow:
		if n.Type != TableCell {
			c.place(i-1, n)
			return
		}
	case Unknown: // it holds its source and no blocks
		c.place(i-1, n)
		return
	}
	f.node.Content = append(f.node.Content, n)
}

// flush ends the line of text and adds it as the block it is.
func (c *converter) flush() {
	line := c.line
	as := c.as
	c.line, c.as = nil, Node{}
	if as.Type == "" {
		as.Type = Paragraph
	}
	if as.Type == summary {
		c.summarise(line)
		return
	}
	if as.Type == Code {
		var b strings.Builder
		for _, n := range line {
			if n.Type == Break {
				b.WriteByte('\n')
			}
			b.WriteString(n.Text)
		}
		if text := strings.Trim(b.String(), "\n"); strings.TrimSpace(text) != "" {
			as.Content = []Node{{Type: Text, Text: text}}
			c.add(as)
		}
		return
	}
	if as.Type == Verse {
		line = breakLines(line)
	} else {
		line = collapse(line)
	}
	if line = trimLine(line); len(line) == 0 {
		return
	}
	if c.caption > 0 {
		for i := len(c.frames) - 1; i >= 0; i-- {
			if f := c.frames[i]; f.tag == "figure" {
				if len(f.caption) > 0 {
					f.caption = append(f.caption, Node{Type: Text, Text: " "})
				}
				f.caption = append(f.caption, line...)
				return
			}
		}
	}
	as.Content = line
	c.add(as)
}

// collapse makes each run of white space one space, as a browser does.
func collapse(line []Node) []Node {
	space := true // at the beginning, and after a break
	out := line[:0]
	for _, n := range line {
		if n.Type == Break {
			space = true
			out = append(out, n)
			continue
		}
		if n.Type != Text {
			space = false
			out = append(out, n)
			continue
		}
		var b strings.Builder
		b.Grow(len(n.Text))
		for i := 0; i < len(n.Text); i++ {
			switch ch := n.Text[i]; ch {
			case ' ', '\t', '\n', '\r', '\f':
				if !space {
					b.WriteByte(' ')
				}
				space = true
			default:
				b.WriteByte(ch)
				space = false
			}
		}
		if n.Text = b.String(); n.Text != "" {
			out = append(out, n)
		}
	}
	return out
}

// breakLines makes line breaks of newlines where they count.
func breakLines(line []Node) []Node {
	var out []Node
	for _, n := range line {
		if n.Type != Text {
			out = append(out, n)
			continue
		}
		for i, s := range strings.Split(n.Text, "\n") {
			if i > 0 {
				out = append(out, Node{Type: Break})
			}
			if s != "" {
				out = append(out, Node{Type: Text, Text: s, Marks: n.Marks})
			}
		}
	}
	return out
}

// trimLine drops breaks and white space at both ends; a line of nothing else
// is none.
func trimLine(line []Node) []Node {
	const white = " \t\n\u00a0"
	for len(line) > 0 {
		first := &line[0]
		if first.Type == Text {
			if first.Text = strings.TrimLeft(first.Text, white); first.Text != "" {
				break
			}
		} else if first.Type != Break {
			break
		}
		line = line[1:]
	}
	for len(line) > 0 {
		last := &line[len(line)-1]
		if last.Type == Text {
			if last.Text = strings.TrimRight(last.Text, white); last.Text != "" {
				break
			}
		} else if last.Type != Break {
			break
		}
		line = line[:len(line)-1]
	}
	return line
}

// push opens a block that holds blocks, and reports whether there is room.
func (c *converter) push(f *frame) bool {
	c.flush()
	if len(c.frames) >= maxDepth/2 {
		c.doubt("depth", "<"+f.tag+">", fmt.Sprintf("nested more than %d deep: its content is kept, not its place", maxDepth/2))
		return false
	}
	f.marks = len(c.marks)
	if f.node.Type != "" {
		if len(c.pending) > 0 { // the block itself takes the anchors
			f.node.Attrs.ID = fmt.Sprintf("\x00%d", len(c.anchors))
			for _, a := range c.pending {
				if _, ok := c.anchors[a]; !ok {
					c.anchors[a] = f.node.Attrs.ID
				}
			}
			c.pending = nil
		}
	}
	c.frames = append(c.frames, f)
	return true
}

// pop closes the innermost block.
func (c *converter) pop() {
	c.flush()
	f := c.top()
	c.frames = c.frames[:len(c.frames)-1]
	if len(c.marks) > f.marks {
		c.marks = c.marks[:f.marks]
	}
	if f.tag == "figure" && c.caption > 0 {
		c.caption--
	}
	for _, n := range f.finish() {
		c.add(n)
	}
}

// finish returns the blocks that a closed frame comes to.
func (f *frame) finish() []Node {
	switch f.node.Type {
	case "figure":
		return f.figure()
	case Gallery:
		var rest []Node
		var pictures []Node
		for _, n := range f.node.Content {
			switch n.Type {
			case Picture:
				pictures = append(pictures, n)
			case Gallery:
				pictures = append(pictures, n.Content...)
			default:
				rest = append(rest, n)
			}
		}
		f.node.Content = pictures
		if caption := trimLine(f.caption); len(caption) > 0 {
			rest = append(rest, Node{Type: Paragraph, Content: caption})
		}
		if len(pictures) == 0 {
			return rest
		}
		return append([]Node{f.node}, rest...)
	case Unknown:
		f.node.Attrs.Source = strings.TrimSpace(f.node.Attrs.Source)
		if f.node.Attrs.Source == "" {
			return nil
		}
	case ListItem, TableCell: // an empty one keeps its place
	default:
		if len(f.node.Content) == 0 {
			if f.node.Type == Details && f.node.Attrs.Title != "" {
				return []Node{{Type: Paragraph, Content: []Node{{Type: Text, Text: f.node.Attrs.Title}}}}
			}
			return nil
		}
	}
	if f.node.Type == "" {
		return f.node.Content
	}
	return []Node{f.node}
}

// figure gives the only picture of a figure its caption; any other content is
// followed by it.
func (f *frame) figure() []Node {
	content := f.node.Content
	caption := trimLine(f.caption)
	if len(content) == 1 && content[0].Type == Picture && len(content[0].Content) == 0 {
		content[0].Content = caption
		return content
	}
	if len(content) > 1 {
		all := true
		for _, n := range content {
			all = all && n.Type == Picture
		}
		if all {
			content = []Node{{Type: Gallery, Content: content}}
		}
	}
	if len(caption) > 0 {
		content = append(content, Node{Type: Paragraph, Content: caption})
	}
	return content
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasClass(t html.Token, class string) bool {
	for _, c := range strings.Fields(attr(t, "class")) {
		if c == class {
			return true
		}
	}
	return false
}
