package richtext

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sala"
)

// start takes a start tag.
func (c *converter) start(t html.Token) {
	if c.skip != "" {
		return
	}
	for _, key := range []string{"id", "name"} {
		if a := attr(t, key); a != "" && len(a) < 200 && (key == "id" || t.DataAtom == atom.A) {
			c.pending = append(c.pending, a)
		}
	}
	if mark, ok := inlineMark(t); ok {
		c.inline(t, mark)
		return
	}
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Head, atom.Title:
		if t.Type == html.SelfClosingTagToken && t.DataAtom != atom.Script && t.DataAtom != atom.Style {
			return
		}
		c.skip = t.Data
		if t.DataAtom == atom.Script {
			c.doubt("script", "<script>", "script is never kept")
		}
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav,
		atom.Address, atom.Center, atom.Form, atom.Fieldset, atom.Hgroup, atom.Body, atom.Html, atom.Dl, atom.Dt, atom.Dd,
		atom.Legend, atom.Dir, atom.Menu:
		c.paragraph(t)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		c.flush()
		level := int(t.Data[1] - '0')
		c.as = Node{Type: Heading, Attrs: Attrs{Level: max(level, 2), Lang: c.lang(t)}}
	case atom.Ul, atom.Ol:
		c.list(t)
	case atom.Li:
		c.item(t)
	case atom.Blockquote:
		c.push(&frame{tag: t.Data, node: Node{Type: Quote, Attrs: Attrs{Lang: c.lang(t)}}})
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		c.flush()
		c.as = Node{Type: Code}
		if hasClass(t, "wp-block-verse") {
			c.as.Type = Verse
		}
		c.pre++
	case atom.Figure:
		c.figure(t)
	case atom.Figcaption:
		c.flush()
		c.caption++
	case atom.Caption:
		c.flush()
	case atom.Img:
		c.image(t)
	case atom.Br:
		c.line = append(c.line, Node{Type: Break})
	case atom.Wbr:
		c.line = append(c.line, Node{Type: Text, Text: "\u200b", Marks: c.openMarks()})
	case atom.Hr:
		c.leaf(Node{Type: Rule})
	case atom.Table:
		c.push(&frame{tag: "table", node: Node{Type: Table}, barrier: true})
	case atom.Thead, atom.Tbody, atom.Tfoot, atom.Colgroup, atom.Col:
		c.flush()
	case atom.Tr, atom.Td, atom.Th:
		c.tablePart(t)
	case atom.Details:
		c.push(&frame{tag: "details", node: Node{Type: Details}})
	case atom.Summary:
		c.flush()
		c.as = Node{Type: summary}
	case atom.Iframe, atom.Embed, atom.Object, atom.Video, atom.Audio:
		c.embed(t)
	default:
		c.other(t)
	}
}

// other takes the elements of the house and those the schema does not know.
func (c *converter) other(t html.Token) {
	switch t.Data {
	case "sala-more":
		c.leaf(Node{Type: More})
	case "sala-page":
		c.leaf(Node{Type: PageBreak})
	case "sala-embed":
		c.embedOf(attr(t, "href"), attr(t, "title"))
	case "sala-gallery":
		c.push(&frame{tag: t.Data, node: Node{Type: Gallery}})
	case "sala-unknown":
		title := cleanText(attr(t, "title"))
		if !c.push(&frame{tag: t.Data, node: Node{Type: Unknown, Attrs: Attrs{Title: title}}}) {
			return
		}
	case "source", "track", "param", "picture", "area", "map", "link", "meta", "base", "tbody", "wbr", "path", "o:p":
		// nothing of their own: what they are part of says it
	case "input", "button", "select", "option", "optgroup", "textarea", "label", "output", "progress", "meter", "datalist":
		c.doubt("form", "<"+t.Data+">", "a form does not work any more: its text is kept")
		if t.DataAtom == atom.Option {
			c.line = append(c.line, Node{Type: Text, Text: " "})
		}
	default:
		if t.DataAtom == 0 || t.Data == "svg" || t.Data == "math" || t.Data == "canvas" || t.Data == "marquee" || t.Data == "frameset" {
			c.doubt("<"+t.Data, "<"+t.Data+">", "not understood: its text is kept")
		}
	}
}

// close takes an end tag.
func (c *converter) close(tag string) {
	if c.skip != "" {
		if c.skip == tag {
			c.skip = ""
		}
		return
	}
	switch tag {
	case "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center", "form",
		"fieldset", "hgroup", "body", "html", "dl", "dt", "dd", "legend", "dir", "menu", "caption", "thead", "tbody", "tfoot",
		"h1", "h2", "h3", "h4", "h5", "h6":
		if tag == "p" && len(c.line) == 0 && c.as.Type == "" {
			return
		}
		c.flush()
	case "pre", "listing", "xmp", "plaintext":
		c.flush()
		c.pre = max(0, c.pre-1)
	case "figcaption":
		c.flush()
		c.caption = max(0, c.caption-1)
	case "summary":
		c.flush()
	case "ul", "ol", "li", "blockquote", "figure", "table", "tr", "td", "th", "details", "sala-gallery", "sala-unknown":
		c.closeFrame(tag)
	default:
		for i := len(c.marks) - 1; i >= c.top().marks; i-- {
			if c.marks[i].tag == tag {
				if tag == "q" {
					c.line = append(c.line, Node{Type: Text, Text: "”", Marks: c.openMarks()})
				}
				c.marks = append(c.marks[:i], c.marks[i+1:]...)
				return
			}
		}
	}
}

// closeFrame closes the innermost block of that tag, and what is in it.
func (c *converter) closeFrame(tag string) {
	for i := len(c.frames) - 1; i > 0; i-- {
		f := c.frames[i]
		if f.tag == tag {
			for len(c.frames) > i {
				c.pop()
			}
			return
		}
		if f.barrier && tag != "table" && tag != "tr" {
			return
		}
	}
}

// inlineMark returns what an inline element says, if it is one.
func inlineMark(t html.Token) (Mark, bool) {
	switch t.DataAtom {
	case atom.Strong, atom.B:
		return Mark{Type: Strong}, true
	case atom.Em, atom.I, atom.Dfn, atom.Var:
		return Mark{Type: Emphasis}, true
	case atom.U:
		return Mark{Type: Underline}, true
	case atom.S, atom.Strike:
		return Mark{Type: Strike}, true
	case atom.Del:
		return Mark{Type: Deleted}, true
	case atom.Ins:
		return Mark{Type: Inserted}, true
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		return Mark{Type: InlineCode}, true
	case atom.Sub:
		return Mark{Type: Sub}, true
	case atom.Sup:
		return Mark{Type: Sup}, true
	case atom.Mark:
		return Mark{Type: Highlight}, true
	case atom.Cite:
		return Mark{Type: Cite}, true
	case atom.Abbr, atom.Acronym:
		return Mark{Type: Abbr, Attrs: Attrs{Title: cleanText(attr(t, "title"))}}, true
	case atom.A, atom.Span, atom.Font, atom.Small, atom.Big, atom.Q, atom.Bdi, atom.Bdo, atom.Time, atom.Nobr, atom.Data,
		atom.Ruby, atom.Rt, atom.Rp, atom.Rb:
		return Mark{}, true
	}
	return Mark{}, false
}

// inline opens an inline element.
func (c *converter) inline(t html.Token, mark Mark) {
	switch t.DataAtom {
	case atom.A:
		for i := len(c.marks) - 1; i >= c.top().marks; i-- { // links do not nest
			if c.marks[i].tag == "a" {
				c.marks = append(c.marks[:i], c.marks[i+1:]...)
				break
			}
		}
		if href := c.href(attr(t, "href")); href != "" {
			mark = Mark{Type: Link, Attrs: Attrs{Href: href}}
			if l, err := sala.ParseLang(attr(t, "hreflang")); err == nil {
				mark.Attrs.HrefLang = l
			}
		}
	case atom.Q:
		c.line = append(c.line, Node{Type: Text, Text: "“", Marks: c.openMarks()})
	}
	if mark.Type == "" {
		if l := c.lang(t); l != "" {
			mark = Mark{Type: Foreign, Attrs: Attrs{Lang: l}}
		}
	}
	if t.Type == html.SelfClosingTagToken && t.DataAtom != atom.A {
		return
	}
	if len(c.marks)-c.top().marks < maxDepth {
		c.marks = append(c.marks, open{t.Data, mark})
	}
}

// href returns the stored form of an address in the source.
func (c *converter) href(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if c.o.Link != nil {
		s = c.o.Link(s)
	}
	safe := SafeHref(s)
	if safe == "" {
		if absolute := c.absolute(s); absolute != "" {
			return absolute
		}
		c.doubt("", s, "not an address that may be followed: its text is kept")
	}
	return safe
}

// absolute puts the base before a relative web address.
func (c *converter) absolute(s string) string {
	base, err := url.Parse(c.o.Base)
	if err != nil || base.Host == "" {
		return ""
	}
	ref, err := url.Parse(s)
	if err != nil || ref.Scheme != "" && ref.Scheme != "http" && ref.Scheme != "https" {
		return ""
	}
	return SafeHref(base.ResolveReference(ref).String())
}

// lang returns the language an element says it is in, if that is another.
func (c *converter) lang(t html.Token) sala.Lang {
	s := attr(t, "lang")
	if s == "" {
		s = attr(t, "xml:lang")
	}
	if s == "" {
		return ""
	}
	l, err := sala.ParseLang(s)
	if err != nil || l == c.o.Lang {
		return ""
	}
	return l
}

func (c *converter) paragraph(t html.Token) {
	if c.as.Type == Heading && len(c.line) == 0 { // <h2><div>…: still the heading
		return
	}
	c.flush()
	if l := c.lang(t); l != "" {
		c.as = Node{Type: Paragraph, Attrs: Attrs{Lang: l}}
	}
}

func (c *converter) list(t html.Token) {
	if hasClass(t, "blocks-gallery-grid") || hasClass(t, "wp-block-gallery") {
		c.push(&frame{tag: t.Data, node: Node{Type: Gallery}})
		return
	}
	n := Node{Type: BulletList, Attrs: Attrs{Lang: c.lang(t)}}
	if t.DataAtom == atom.Ol {
		n.Type = OrderedList
		if start, err := strconv.Atoi(attr(t, "start")); err == nil && start != 1 && start > -1e6 && start < 1e6 {
			n.Attrs.Start = start
		}
	}
	c.push(&frame{tag: t.Data, node: n})
}

func (c *converter) item(t html.Token) {
	c.flush()
	for i := len(c.frames) - 1; i > 0; i-- { // an item ends the one before it in the same list
		f := c.frames[i]
		if f.tag == "li" {
			for len(c.frames) > i {
				c.pop()
			}
			break
		}
		if f.node.Type == BulletList || f.node.Type == OrderedList || f.node.Type == Gallery || f.barrier {
			break
		}
	}
	switch c.top().node.Type {
	case BulletList, OrderedList:
	case Gallery:
		return
	default:
		if !c.push(&frame{tag: "ul", node: Node{Type: BulletList}}) {
			return
		}
	}
	c.push(&frame{tag: "li", node: Node{Type: ListItem, Attrs: Attrs{Lang: c.lang(t)}}})
}

func (c *converter) figure(t html.Token) {
	if hasClass(t, "wp-block-gallery") || hasClass(t, "gallery-item") && c.top().node.Type == Gallery {
		if c.push(&frame{tag: "figure", node: Node{Type: Gallery}}) {
			return
		}
	}
	c.push(&frame{tag: "figure", node: Node{Type: "figure"}})
}

func (c *converter) image(t html.Token) {
	src := attr(t, "src")
	for _, lazy := range []string{"data-src", "data-lazy-src", "data-orig-file"} {
		if v := attr(t, lazy); v != "" && (src == "" || strings.HasPrefix(src, "data:")) {
			src = v
		}
	}
	alt := cleanText(attr(t, "alt"))
	if hasClass(t, "wp-smiley") || hasClass(t, "emoji") {
		c.line = append(c.line, Node{Type: Text, Text: alt, Marks: c.openMarks()})
		return
	}
	n := Node{Type: Picture, Attrs: Attrs{Alt: alt, Title: cleanText(attr(t, "title"))}}
	if c.o.Picture != nil {
		if id, ok := c.o.Picture(src); ok {
			n.Attrs.File = id
		}
	}
	if n.Attrs.File == "" {
		n.Attrs.Src = c.pictureSource(src)
		if n.Attrs.Src == "" && alt == "" {
			if src != "" {
				c.doubt("", src, "a picture that cannot be kept")
			}
			return
		}
		if n.Attrs.Src == "" {
			c.doubt("", src, "a picture that cannot be kept: its description is")
		}
	}
	for _, o := range c.marks {
		if o.tag == "a" && !strings.HasPrefix(o.mark.Attrs.Href, "sala:file/") && !isPictureAddress(o.mark.Attrs.Href) {
			n.Attrs.Href = o.mark.Attrs.Href
		}
	}
	if as := c.as; len(c.line) > 0 || as.Type != "" {
		c.flush()
		c.add(n)
		c.as = Node{Type: as.Type, Attrs: as.Attrs}
		return
	}
	c.add(n)
}

func (c *converter) pictureSource(src string) string {
	src = strings.TrimSpace(src)
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	if isWeb(SafeHref(src)) {
		return SafeHref(src)
	}
	if absolute := c.absolute(src); absolute != "" && isWeb(absolute) {
		return absolute
	}
	return ""
}

func isPictureAddress(href string) bool {
	path, _, _ := strings.Cut(strings.ToLower(href), "?")
	for _, end := range []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

func (c *converter) tablePart(t html.Token) {
	inTable := false
	for i := len(c.frames) - 1; i > 0; i-- {
		if c.frames[i].tag == "table" {
			inTable = true
			break
		}
	}
	if !inTable {
		c.flush()
		return
	}
	closeTo := func(stop ...Type) {
		for {
			for _, s := range stop {
				if c.top().node.Type == s {
					return
				}
			}
			c.pop()
		}
	}
	if t.DataAtom == atom.Tr {
		closeTo(Table)
		c.push(&frame{tag: "tr", node: Node{Type: TableRow}})
		return
	}
	closeTo(Table, TableRow)
	if c.top().node.Type == Table && !c.push(&frame{tag: "tr", node: Node{Type: TableRow}}) {
		return
	}
	n := Node{Type: TableCell, Attrs: Attrs{Header: t.DataAtom == atom.Th, ColSpan: span(t, "colspan"), RowSpan: span(t, "rowspan"), Lang: c.lang(t)}}
	c.push(&frame{tag: t.Data, node: n, barrier: true})
}

func span(t html.Token, name string) int {
	n, err := strconv.Atoi(attr(t, name))
	if err != nil || n <= 1 {
		return 0
	}
	return min(n, maxSpan)
}

// summary stands for a line that becomes the title of a details block. It is
// never stored.
const summary Type = "summary"

// summarise makes the line gathered the title of the details it stands in.
func (c *converter) summarise(line []Node) {
	line = trimLine(collapse(line))
	text := Doc{Blocks: []Node{{Type: Paragraph, Content: line}}}.Plain()
	for i := len(c.frames) - 1; i > 0; i-- {
		if f := c.frames[i]; f.node.Type == Details && f.node.Attrs.Title == "" {
			f.node.Attrs.Title = text
			return
		}
	}
	if len(line) > 0 {
		c.add(Node{Type: Paragraph, Content: line})
	}
}

func (c *converter) embed(t html.Token) {
	src := attr(t, "src")
	if src == "" {
		src = attr(t, "data")
	}
	if src == "" {
		src = attr(t, "data-src")
	}
	if t.DataAtom == atom.Iframe && t.Type == html.StartTagToken {
		c.skip = "iframe" // what it holds is only for browsers without frames
	}
	if src == "" {
		return
	}
	c.embedOf(src, cleanText(attr(t, "title")))
}

func (c *converter) embedOf(src, title string) {
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	href := c.href(player(src))
	if href == "" {
		return
	}
	c.leaf(Node{Type: Embed, Attrs: Attrs{Href: href, Title: cleanText(title)}})
}

// player returns the page on which the film of a player's address is shown.
func player(src string) string {
	u, err := url.Parse(src)
	if err != nil {
		return src
	}
	host := strings.TrimPrefix(u.Host, "www.")
	switch id, isEmbed := strings.CutPrefix(u.Path, "/embed/"); {
	case isEmbed && id != "" && (host == "youtube.com" || host == "youtube-nocookie.com"):
		return "https://www.youtube.com/watch?v=" + id
	case host == "player.vimeo.com" && strings.HasPrefix(u.Path, "/video/"):
		return "https://vimeo.com/" + strings.TrimPrefix(u.Path, "/video/")
	}
	return src
}
