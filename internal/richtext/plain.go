package richtext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sala"
)

// Plain returns the text alone, a line for each block.
func (d Doc) Plain() string {
	var b strings.Builder
	plain(&b, d.Blocks)
	return strings.TrimRight(b.String(), "\n")
}

func plainOf(n Node) string { return Doc{Blocks: []Node{n}}.Plain() }

func plain(b *strings.Builder, nodes []Node) {
	for _, n := range nodes {
		switch n.Type {
		case Text:
			b.WriteString(n.Text)
		case Break:
			b.WriteByte('\n')
		case Footnote:
			b.WriteString(" [")
			plain(b, n.Content)
			b.WriteString("]")
		case Unknown:
			line(b, n.Attrs.Source)
		case Details:
			line(b, n.Attrs.Title)
			plain(b, n.Content)
		case Embed, Attachment:
			title := n.Attrs.Title
			if title == "" {
				title = n.Attrs.Href
			}
			line(b, title)
		default:
			plain(b, n.Content)
			if hasInline(n.Type) || n.Type == Code {
				line(b, "")
			}
		}
	}
}

// line ends a line with s, unless that would leave an empty one.
func line(b *strings.Builder, s string) {
	b.WriteString(s)
	if text := b.String(); text != "" && !strings.HasSuffix(text, "\n") {
		b.WriteByte('\n')
	}
}

// Excerpt returns the beginning of the text, at most about runes characters:
// up to a More mark if that comes first, else cut at a space, or, in scripts
// that have none, where no mark is parted from its letter.
func (d Doc) Excerpt(runes int) string {
	var lead []Node
	for _, n := range d.Blocks {
		if n.Type == More {
			break
		}
		if n.Type == Heading || n.Type == Code || n.Type == Unknown || n.Type == Embed || n.Type == Table || n.Type == Picture || n.Type == Gallery {
			continue
		}
		lead = append(lead, n)
	}
	text := strings.Join(strings.Fields(Doc{Blocks: lead}.Plain()), " ")
	if utf8.RuneCountInString(text) <= runes {
		return text
	}
	cut, n, space := 0, 0, 0
	for i, r := range text {
		if n == runes {
			cut = i
			break
		}
		if r == ' ' {
			space = i
		}
		n++
	}
	if space > cut/2 {
		cut = space
	} else {
		for cut > 0 {
			r, _ := utf8.DecodeRuneInString(text[cut:])
			if !unicode.IsMark(r) && r != '\u200d' && r != '\u200c' {
				break
			}
			_, size := utf8.DecodeLastRuneInString(text[:cut])
			cut -= size
		}
	}
	return strings.TrimRight(text[:cut], " ,;:–—-") + "…"
}

// Refs returns every thing of the house that the text points at, once each,
// in the order of the text.
func (d Doc) Refs() []sala.Ref {
	var refs []sala.Ref
	seen := map[sala.Ref]bool{}
	add := func(r sala.Ref) {
		if r.ID != "" && !seen[r] {
			seen[r] = true
			refs = append(refs, r)
		}
	}
	href := func(h string) {
		rest, ok := strings.CutPrefix(h, "sala:")
		if !ok {
			return
		}
		rest, _, _ = strings.Cut(rest, "#")
		kind, id, _ := strings.Cut(rest, "/")
		add(sala.Ref{Kind: sala.Kind(kind), ID: sala.ID(id)})
	}
	d.Walk(func(n *Node) bool {
		add(sala.Ref{Kind: sala.KindFile, ID: n.Attrs.File})
		href(n.Attrs.Href)
		for _, m := range n.Marks {
			href(m.Attrs.Href)
		}
		return true
	})
	return refs
}

// WithoutFiles returns the text without the pictures and attachments whose
// file is one of some, and without what held nothing else.
func (d Doc) WithoutFiles(files map[sala.ID]bool) Doc {
	return Doc{Blocks: withoutFiles(d.Blocks, files)}
}

func withoutFiles(nodes []Node, files map[sala.ID]bool) []Node {
	kept := make([]Node, 0, len(nodes))
	for _, n := range nodes {
		if n.Attrs.File != "" && files[n.Attrs.File] {
			continue
		}
		if had := len(n.Content); had > 0 {
			n.Content = withoutFiles(n.Content, files)
			if len(n.Content) == 0 && n.Type != TableCell {
				continue
			}
		}
		kept = append(kept, n)
	}
	return kept
}

// Links returns the web addresses on other sites that the text leads to, once
// each, in the order of the text.
func (d Doc) Links() []string {
	var links []string
	seen := map[string]bool{}
	add := func(href string) {
		if (strings.HasPrefix(href, "http://") || strings.HasPrefix(href, "https://")) && !seen[href] {
			seen[href] = true
			links = append(links, href)
		}
	}
	d.Walk(func(n *Node) bool {
		add(n.Attrs.Href)
		for _, m := range n.Marks {
			add(m.Attrs.Href)
		}
		return true
	})
	return links
}
