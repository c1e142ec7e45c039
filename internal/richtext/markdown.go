package richtext

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sala"
)

// FromMarkdown converts CommonMark with tables, strikethrough and footnotes.
// HTML within it stays visible as text, with a doubt.
func FromMarkdown(source string, o HTMLOptions) (Doc, []Doubt) {
	src := []byte(cleanText(source))
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote))
	m := &marked{src: src, notes: map[int][]Node{}}
	m.c.o = o
	m.c.doubted = map[string]bool{}
	root := md.Parser().Parse(text.NewReader(src))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if list, ok := n.(*east.FootnoteList); ok {
			m.footnotes(list)
		}
	}
	d := Doc{Blocks: normalise(m.blocks(root, 0))}
	d.assign(o.Seed)
	return d, m.c.doubts
}

type marked struct {
	c     converter // for addresses and doubts, as HTML has them
	src   []byte
	notes map[int][]Node
}

func (m *marked) footnotes(list *east.FootnoteList) {
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		note, ok := n.(*east.Footnote)
		if !ok {
			continue
		}
		var line []Node
		for p := note.FirstChild(); p != nil; p = p.NextSibling() {
			if len(line) > 0 {
				line = append(line, Node{Type: Break})
			}
			line = append(line, m.line(p)...)
		}
		m.notes[note.Index] = line
	}
}

func (m *marked) blocks(parent ast.Node, depth int) []Node {
	var out []Node
	if depth > maxDepth/2 {
		m.c.doubt("depth", "a list or quotation", fmt.Sprintf("nested more than %d deep: its content is kept as one paragraph", maxDepth/2))
		if s := strings.TrimSpace(plainMarkdown(parent, m.src)); s != "" {
			return []Node{{Type: Paragraph, Content: []Node{{Type: Text, Text: s}}}}
		}
		return nil
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, m.block(n, depth)...)
	}
	return out
}

func (m *marked) block(n ast.Node, depth int) []Node {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return m.paragraph(n)
	case *ast.Heading:
		if line := trimLine(m.line(n)); len(line) > 0 {
			return []Node{{Type: Heading, Attrs: Attrs{Level: min(max(n.Level, 2), 6)}, Content: line}}
		}
		return nil
	case *ast.List:
		list := Node{Type: BulletList}
		if n.IsOrdered() {
			list.Type = OrderedList
			if n.Start != 1 {
				list.Attrs.Start = n.Start
			}
		}
		for it := n.FirstChild(); it != nil; it = it.NextSibling() {
			list.Content = append(list.Content, Node{Type: ListItem, Content: m.blocks(it, depth+2)})
		}
		return []Node{list}
	case *ast.Blockquote:
		if content := m.blocks(n, depth+1); len(content) > 0 {
			return []Node{{Type: Quote, Content: content}}
		}
		return nil
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		if f, ok := n.(*ast.FencedCodeBlock); ok && string(f.Language(m.src)) == "sala" {
			if kept, ok := unfence(strings.TrimSpace(m.lines(n))); ok {
				return []Node{kept}
			}
			m.c.doubt("", "```sala", "not a block as it is stored: shown as code")
		}
		if s := strings.Trim(m.lines(n), "\n"); s != "" {
			return []Node{{Type: Code, Content: []Node{{Type: Text, Text: s}}}}
		}
		return nil
	case *ast.HTMLBlock:
		s := m.lines(n)
		if n.HasClosure() {
			s += string(n.ClosureLine.Value(m.src))
		}
		if s = strings.TrimSpace(s); s == "" {
			return nil
		}
		if s == "<!--more-->" {
			return []Node{{Type: More}}
		}
		m.c.doubt("html", s, "HTML within Markdown: shown as it is written")
		return []Node{{Type: Unknown, Attrs: Attrs{Title: "html", Source: s}}}
	case *ast.ThematicBreak:
		return []Node{{Type: Rule}}
	case *east.Table:
		return []Node{m.table(n)}
	case *east.FootnoteList:
		return nil
	}
	m.c.doubt(n.Kind().String(), n.Kind().String(), "not understood: its text is kept")
	return m.blocks(n, depth+1)
}

func (m *marked) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(m.src))
	}
	return b.String()
}

// paragraph gives a picture that stands alone a block of its own, with the
// title of the Markdown image as its caption.
func (m *marked) paragraph(n ast.Node) []Node {
	line := m.inline(n, nil, 0)
	var out []Node
	var rest []Node
	flush := func() {
		if rest = trimLine(rest); len(rest) > 0 {
			out = append(out, Node{Type: Paragraph, Content: rest})
		}
		rest = nil
	}
	for _, piece := range line {
		if piece.Type == Picture {
			flush()
			out = append(out, piece)
			continue
		}
		rest = append(rest, piece)
	}
	flush()
	return out
}

func (m *marked) table(n *east.Table) Node {
	table := Node{Type: Table}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		_, head := row.(*east.TableHeader)
		r := Node{Type: TableRow}
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			td := Node{Type: TableCell, Attrs: Attrs{Header: head}}
			if line := trimLine(m.line(cell)); len(line) > 0 {
				td.Content = []Node{{Type: Paragraph, Content: line}}
			}
			r.Content = append(r.Content, td)
		}
		table.Content = append(table.Content, r)
	}
	return table
}

// line is inline content where no picture can stand: its description does.
func (m *marked) line(n ast.Node) []Node {
	line := m.inline(n, nil, 0)
	for i, piece := range line {
		if piece.Type == Picture {
			m.c.doubt("picture in line", piece.Attrs.Alt, "a picture within a heading, a cell or a note: its description is kept")
			line[i] = Node{Type: Text, Text: piece.Attrs.Alt}
		}
	}
	return normalise(line)
}

func (m *marked) inline(parent ast.Node, marks []Mark, depth int) []Node {
	var out []Node
	if depth > maxDepth {
		return []Node{{Type: Text, Text: plainMarkdown(parent, m.src), Marks: marks}}
	}
	say := func(s string) {
		if s != "" {
			out = append(out, Node{Type: Text, Text: s, Marks: marks})
		}
	}
	with := func(mark Mark) []Mark {
		for _, had := range marks {
			if had.Type == mark.Type {
				return marks
			}
		}
		return append(append([]Mark{}, marks...), mark)
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			if parent.Kind() == ast.KindCodeSpan {
				say(string(n.Segment.Value(m.src)))
			} else {
				say(unescapeMarkdown(n.Segment.Value(m.src)))
			}
			switch {
			case n.HardLineBreak():
				out = append(out, Node{Type: Break})
			case n.SoftLineBreak():
				say(" ")
			}
		case *ast.String:
			say(string(n.Value))
		case *ast.Emphasis:
			kind := Emphasis
			if n.Level == 2 {
				kind = Strong
			}
			out = append(out, m.inline(n, with(Mark{Type: kind}), depth+1)...)
		case *east.Strikethrough:
			out = append(out, m.inline(n, with(Mark{Type: Strike}), depth+1)...)
		case *ast.CodeSpan:
			out = append(out, m.inline(n, with(Mark{Type: InlineCode}), depth+1)...)
		case *ast.Link:
			inner := marks
			if href := m.c.href(string(n.Destination)); href != "" {
				inner = with(Mark{Type: Link, Attrs: Attrs{Href: href}})
			}
			out = append(out, m.inline(n, inner, depth+1)...)
		case *ast.AutoLink:
			label := string(n.Label(m.src))
			inner := marks
			if href := m.c.href(string(n.URL(m.src))); href != "" {
				inner = with(Mark{Type: Link, Attrs: Attrs{Href: href}})
			}
			out = append(out, Node{Type: Text, Text: label, Marks: inner})
		case *ast.Image:
			out = append(out, m.picture(n))
		case *ast.RawHTML:
			var b strings.Builder
			for i := range n.Segments.Len() {
				seg := n.Segments.At(i)
				b.Write(seg.Value(m.src))
			}
			if s := b.String(); s == "<br>" || s == "<br/>" || s == "<br />" {
				out = append(out, Node{Type: Break})
			} else {
				m.c.doubt("html", s, "HTML within Markdown: shown as it is written")
				say(s)
			}
		case *east.FootnoteLink:
			if note := m.notes[n.Index]; len(note) > 0 {
				out = append(out, Node{Type: Footnote, Content: note})
			}
		case *east.FootnoteBacklink:
		default:
			out = append(out, m.inline(n, marks, depth+1)...)
		}
	}
	return out
}

func (m *marked) picture(n *ast.Image) Node {
	p := Node{Type: Picture, Attrs: Attrs{Alt: cleanText(plainMarkdown(n, m.src))}}
	src := string(n.Destination)
	if id, err := sala.ParseID(strings.TrimPrefix(src, "sala:file/")); err == nil && strings.HasPrefix(src, "sala:file/") {
		p.Attrs.File = id
	} else if m.c.o.Picture != nil {
		if id, ok := m.c.o.Picture(src); ok {
			p.Attrs.File = id
		}
	}
	if p.Attrs.File == "" {
		p.Attrs.Src = m.c.pictureSource(src)
		if p.Attrs.Src == "" {
			m.c.doubt("", src, "a picture that cannot be kept: its description is")
		}
	}
	if len(n.Title) > 0 {
		p.Content = []Node{{Type: Text, Text: cleanText(string(n.Title))}}
	}
	return p
}

// unescapeMarkdown resolves what a text writes by backslash or entity.
func unescapeMarkdown(b []byte) string {
	return cleanText(string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b)))))
}

func plainMarkdown(n ast.Node, src []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(src))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
			continue
		}
		b.WriteString(plainMarkdown(c, src))
	}
	return b.String()
}
