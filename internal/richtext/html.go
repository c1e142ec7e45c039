package richtext

import (
	"fmt"
	"html"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sala"
)

// RenderOptions say how a text is written as HTML.
type RenderOptions struct {
	Lang sala.Lang
	// Link gives the address of a "sala:" href; if not ok, the words stay and
	// lead nowhere.
	Link func(href string) (address string, ok bool)
	// Picture gives what shows a picture; without one its description stands
	// as a link to where it was.
	Picture func(a Attrs) (PictureView, bool)
	File    func(id sala.ID) (FileView, bool)
	// Archived gives the address of a copy of what is gone from another site,
	// "" for what still stands; nil for none.
	Archived func(href string) string

	// Marks are blocks to be marked in the margin, by the id of their anchor,
	// and where the mark leads. It needs Anchors and Labels.Marked.
	Marks map[string]string

	Anchors      bool   // ids on blocks, and a mark after each paragraph that links to it
	Base         string // "https://site": makes addresses absolute, for feeds
	HeadingShift int    // added to the level of headings
	Labels       Labels
}

// Labels are the words a page adds to a text, in the page's language.
type Labels struct {
	Paragraph string // "Link to this paragraph"
	Notes     string // "Notes"
	Back      string // "Back to the text"
	Unread    string // "Kept as it stood on the old site"
	Table     string // "Table"
	Picture   string // "Picture"
	Elsewhere string // "On another site"
	Marked    string // "This paragraph has changed in English since"
	Archived  string // "archived copy"
}

// A PictureView is what an <img> needs.
type PictureView struct {
	Src, SrcSet, Sizes string
	Width, Height      int // pixels of Src
	Alt                string
	Link               string // where the whole picture is, "" for nowhere
}

// A FileView is what a link to a download needs.
type FileView struct {
	Href string
	Name string
	Type string // as a reader knows it: "PDF"
	Size string // as a reader reads it: "1.2 MB"
}

// WriteHTML writes the text as HTML that cannot run script or load anything
// that Picture did not name.
func WriteHTML(w io.Writer, d Doc, o RenderOptions) error {
	r := &renderer{o: o}
	r.blocks(d.Blocks, true)
	r.notesSection()
	_, err := io.WriteString(w, r.b.String())
	return err
}

type renderer struct {
	b        strings.Builder
	o        RenderOptions
	notes    []Node
	pictures int
}

func (r *renderer) raw(s ...string) {
	for _, s := range s {
		r.b.WriteString(s)
	}
}

func (r *renderer) text(s string) { r.b.WriteString(html.EscapeString(s)) }

// attr writes one attribute, if it has a value.
func (r *renderer) attr(name, value string) {
	if value != "" {
		r.raw(" ", name, `="`, html.EscapeString(value), `"`)
	}
}

// open writes a start tag with what every block may have.
func (r *renderer) open(tag string, n Node, anchor bool) {
	r.raw("<", tag)
	if anchor && r.o.Anchors && n.Attrs.ID != "" {
		r.raw(` id="p-`, n.Attrs.ID, `"`)
		if r.o.Marks[n.Attrs.ID] != "" {
			r.raw(` data-marked=""`)
		}
	}
	r.lang(n.Attrs.Lang)
}

func (r *renderer) lang(l sala.Lang) {
	if l == "" || l == r.o.Lang {
		return
	}
	r.attr("lang", string(l))
	if RightToLeft(l) {
		r.raw(` dir="rtl"`)
	}
}

// RightToLeft reports whether a language is written from right to left.
func RightToLeft(l sala.Lang) bool {
	base, script, _ := strings.Cut(string(l), "-")
	if script != "" {
		return slices.Contains([]string{"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Rohg", "Adlm"}, script)
	}
	return slices.Contains([]string{"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "rhg"}, base)
}

func (r *renderer) blocks(nodes []Node, anchors bool) {
	for _, n := range nodes {
		r.block(n, anchors)
	}
}

func (r *renderer) block(n Node, anchors bool) {
	switch n.Type {
	case Paragraph, Verse:
		r.open("p", n, anchors)
		if n.Type == Verse {
			r.raw(` class="verse"`)
		}
		r.raw(">")
		r.inline(n.Content)
		if anchors {
			r.mark(n)
		}
		r.raw("</p>\n")
	case Heading:
		tag := "h" + strconv.Itoa(min(max(n.Attrs.Level+r.o.HeadingShift, 2), 6))
		r.open(tag, n, anchors)
		r.raw(">")
		r.inline(n.Content)
		if anchors {
			r.mark(n)
		}
		r.raw("</", tag, ">\n")
	case BulletList:
		r.open("ul", n, false)
		r.raw(">\n")
		r.items(n.Content, anchors)
		r.raw("</ul>\n")
	case OrderedList:
		r.open("ol", n, false)
		if n.Attrs.Start != 0 {
			r.attr("start", strconv.Itoa(n.Attrs.Start))
		}
		r.raw(">\n")
		r.items(n.Content, anchors)
		r.raw("</ol>\n")
	case Quote:
		r.open("blockquote", n, false)
		r.raw(">\n")
		r.blocks(n.Content, anchors)
		r.raw("</blockquote>\n")
	case Code:
		r.open("pre", n, anchors)
		r.raw("><code>")
		for _, t := range n.Content {
			r.text(t.Text)
		}
		r.raw("</code></pre>\n")
		r.below(n, anchors)
	case Rule:
		r.raw("<hr>\n")
	case PageBreak:
		r.raw("<hr class=\"page\">\n")
	case Picture:
		r.picture(n, anchors)
		r.below(n, anchors)
	case Gallery:
		r.raw(`<div class="gallery">` + "\n")
		for _, p := range n.Content {
			r.picture(p, anchors)
			r.below(p, anchors)
		}
		r.raw("</div>\n")
	case Table:
		r.table(n)
		r.below(n, r.o.Anchors)
	case Details:
		r.open("details", n, anchors)
		r.raw("><summary>")
		r.text(n.Attrs.Title)
		r.raw("</summary>\n")
		r.blocks(n.Content, anchors)
		r.raw("</details>\n")
		r.below(n, anchors)
	case Embed:
		r.embed(n, anchors)
		r.below(n, anchors)
	case Attachment:
		r.attachment(n, anchors)
		r.below(n, anchors)
	case Unknown:
		r.open("div", n, anchors)
		r.raw(` class="unknown"><p class="why">`)
		r.text(r.o.Labels.Unread)
		r.raw("</p><pre>")
		r.text(n.Attrs.Source)
		r.raw("</pre></div>\n")
		r.below(n, anchors)
	}
}

// items writes list items. The only paragraph of one is written without its
// own element.
func (r *renderer) items(items []Node, anchors bool) {
	for _, it := range items {
		r.open("li", it, anchors)
		r.raw(">")
		content := it.Content
		if len(content) > 0 && content[0].Type == Paragraph && content[0].Attrs.Lang == "" {
			r.inline(content[0].Content)
			if content = content[1:]; len(content) > 0 {
				r.raw("\n")
			}
		}
		if anchors {
			r.since(it)
		}
		r.blocks(content, false)
		r.raw("</li>\n")
	}
}

// since writes the mark of a block, within it.
func (r *renderer) since(n Node) {
	if to := r.o.Marks[n.Attrs.ID]; to != "" && n.Attrs.ID != "" {
		r.raw(` <a class="since"`)
		r.attr("href", to)
		r.attr("aria-label", r.o.Labels.Marked)
		r.attr("title", r.o.Labels.Marked)
		r.raw(`>≠</a>`)
	}
}

// below writes the mark of a block that cannot hold it, below it.
func (r *renderer) below(n Node, anchors bool) {
	if anchors && n.Attrs.ID != "" && r.o.Marks[n.Attrs.ID] != "" {
		r.raw(`<p class="since">`)
		r.since(n)
		r.raw("</p>\n")
	}
}

func (r *renderer) mark(n Node) {
	r.since(n)
	if r.o.Anchors && n.Attrs.ID != "" && r.o.Labels.Paragraph != "" {
		r.raw(` <a class="pl" href="#p-`, n.Attrs.ID, `"`)
		r.attr("aria-label", r.o.Labels.Paragraph)
		r.raw(`>¶</a>`)
	}
}

func (r *renderer) table(n Node) {
	r.raw(`<div class="table" role="region" tabindex="0"`)
	r.attr("aria-label", r.o.Labels.Table)
	r.raw(">")
	r.open("table", n, r.o.Anchors)
	r.raw(">\n")
	for i, row := range n.Content {
		r.raw("<tr>")
		for _, cell := range row.Content {
			tag := "td"
			if cell.Attrs.Header {
				tag = "th"
			}
			r.open(tag, cell, false)
			if cell.Attrs.Header {
				if i == 0 {
					r.raw(` scope="col"`)
				} else {
					r.raw(` scope="row"`)
				}
			}
			if cell.Attrs.ColSpan > 1 {
				r.attr("colspan", strconv.Itoa(cell.Attrs.ColSpan))
			}
			if cell.Attrs.RowSpan > 1 {
				r.attr("rowspan", strconv.Itoa(cell.Attrs.RowSpan))
			}
			r.raw(">")
			if len(cell.Content) == 1 && cell.Content[0].Type == Paragraph {
				r.inline(cell.Content[0].Content)
			} else {
				r.blocks(cell.Content, false)
			}
			r.raw("</", tag, ">")
		}
		r.raw("</tr>\n")
	}
	r.raw("</table></div>\n")
}

func (r *renderer) picture(n Node, anchors bool) {
	var view PictureView
	ok := false
	if r.o.Picture != nil {
		view, ok = r.o.Picture(n.Attrs)
	}
	r.open("figure", n, anchors)
	r.raw(">")
	if !ok {
		r.pictureElsewhere(n)
	} else {
		link := view.Link
		if to := r.href(n.Attrs.Href); to != "" {
			link = to
		}
		if link != "" {
			r.raw("<a")
			r.attr("href", r.absolute(link))
			if view.Alt == "" {
				r.attr("aria-label", r.o.Labels.Picture)
			}
			r.raw(">")
		}
		r.raw("<img")
		r.attr("src", r.absolute(view.Src))
		if r.o.Base == "" {
			r.attr("srcset", view.SrcSet)
			r.attr("sizes", view.Sizes)
		}
		if view.Width > 0 {
			r.raw(fmt.Sprintf(` width="%d" height="%d"`, view.Width, view.Height))
		}
		r.raw(` alt="`, html.EscapeString(view.Alt), `"`)
		if r.pictures > 0 {
			r.raw(` loading="lazy"`)
		}
		r.pictures++
		r.raw(">")
		if link != "" {
			r.raw("</a>")
		}
	}
	if len(n.Content) > 0 {
		r.raw("<figcaption>")
		r.inline(n.Content)
		r.raw("</figcaption>")
	}
	r.raw("</figure>\n")
}

// pictureElsewhere stands for a picture whose bytes the house does not have.
func (r *renderer) pictureElsewhere(n Node) {
	words := n.Attrs.Alt
	if words == "" {
		words = strings.TrimSpace(r.o.Labels.Picture + " " + baseName(n.Attrs.Src))
	}
	r.raw(`<p class="lost">`)
	if n.Attrs.Src != "" {
		r.raw("<a")
		r.attr("href", n.Attrs.Src)
		r.raw(` rel="noopener external">`)
		r.text(words)
		r.raw("</a>")
	} else {
		r.text(words)
	}
	r.raw("</p>")
}

func baseName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path[strings.LastIndexByte(u.Path, '/')+1:]
}

func (r *renderer) embed(n Node, anchors bool) {
	href := r.href(n.Attrs.Href)
	r.open("p", n, anchors)
	r.raw(` class="embed">`)
	words := n.Attrs.Title
	if words == "" {
		words = n.Attrs.Href
	}
	if href == "" {
		r.text(words)
	} else {
		r.raw("<a")
		r.attr("href", r.absolute(href))
		r.raw(` rel="noopener external">`)
		r.text(words)
		r.raw("</a>")
		if u, err := url.Parse(href); err == nil && u.Host != "" && n.Attrs.Title != "" {
			r.raw(" <small>")
			r.text(u.Host)
			r.raw("</small>")
		}
		r.archived(n.Attrs.Href)
	}
	r.raw("</p>\n")
}

func (r *renderer) attachment(n Node, anchors bool) {
	r.open("p", n, anchors)
	r.raw(` class="file">`)
	var view FileView
	ok := false
	if r.o.File != nil {
		view, ok = r.o.File(n.Attrs.File)
	}
	words := n.Attrs.Title
	if words == "" {
		words = view.Name
	}
	if ok {
		r.raw("<a")
		r.attr("href", r.absolute(view.Href))
		r.raw(">")
		r.text(words)
		r.raw("</a> <small>")
		r.text(strings.TrimSpace(view.Type + " " + view.Size))
		r.raw("</small>")
	} else {
		r.text(words)
	}
	r.raw("</p>\n")
}

// href returns the address a stored href stands for, "" if it leads nowhere.
func (r *renderer) href(stored string) string {
	if !strings.HasPrefix(stored, "sala:") {
		return SafeHref(stored)
	}
	if r.o.Link == nil {
		return ""
	}
	address, ok := r.o.Link(stored)
	if !ok {
		return ""
	}
	return address
}

func (r *renderer) absolute(href string) string {
	if r.o.Base != "" && strings.HasPrefix(href, "/") {
		return r.o.Base + href
	}
	return href
}

// inline writes a line of text, opening and closing marks as they change.
func (r *renderer) inline(nodes []Node) {
	var open []Mark
	closeTo := func(n int) {
		for len(open) > n {
			r.endMark(open[len(open)-1])
			open = open[:len(open)-1]
		}
	}
	for _, n := range nodes {
		same := 0
		for same < len(open) && same < len(n.Marks) && open[same] == n.Marks[same] {
			same++
		}
		if n.Type == Break && len(open) > 0 {
			same = len(open) // a break ends no mark
		}
		closeTo(same)
		if n.Type == Text {
			for _, m := range n.Marks[same:] {
				if !r.startMark(m) {
					m = Mark{Type: "none"}
				}
				open = append(open, m)
			}
			r.text(n.Text)
			continue
		}
		if n.Type == Break {
			r.raw("<br>")
			continue
		}
		if n.Type == Footnote {
			r.notes = append(r.notes, n)
			k := strconv.Itoa(len(r.notes))
			r.raw(`<sup><a id="r-`, k, `" href="#n-`, k, `">`, k, `</a></sup>`)
		}
	}
	closeTo(0)
}

// tags are the elements of the marks that need no attributes.
var tags = map[Type]string{
	Strong: "strong", Emphasis: "em", Underline: "u", Strike: "s", Inserted: "ins", Deleted: "del", InlineCode: "code",
	Sub: "sub", Sup: "sup", Highlight: "mark", Cite: "cite", Abbr: "abbr", Foreign: "span", Link: "a",
}

// startMark writes the start of a mark; it reports false if nothing was
// written, as for a link that leads nowhere.
func (r *renderer) startMark(m Mark) bool {
	href := ""
	if m.Type == Link {
		if href = r.href(m.Attrs.Href); href == "" {
			return false
		}
	}
	r.raw("<", tags[m.Type])
	switch m.Type {
	case Link:
		r.attr("href", r.absolute(href))
		r.attr("hreflang", string(m.Attrs.HrefLang))
		if strings.HasPrefix(href, "http") {
			r.raw(` rel="noopener external"`)
		}
	case Foreign:
		r.lang(m.Attrs.Lang)
	case Abbr:
		r.attr("title", m.Attrs.Title)
	}
	r.raw(">")
	return true
}

func (r *renderer) endMark(m Mark) {
	if m.Type != "none" {
		r.raw("</", tags[m.Type], ">")
	}
	if m.Type == Link {
		r.archived(m.Attrs.Href)
	}
}

// archived writes a link to a copy beside one that leads to nothing any more.
func (r *renderer) archived(href string) {
	if r.o.Archived == nil {
		return
	}
	to := SafeHref(r.o.Archived(href))
	if to == "" {
		return
	}
	r.raw(" <small>(<a")
	r.attr("href", to)
	r.raw(` rel="noopener external">`)
	r.text(r.o.Labels.Archived)
	r.raw("</a>)</small>")
}

func (r *renderer) notesSection() {
	if len(r.notes) == 0 {
		return
	}
	r.raw(`<section class="notes"><h2>`)
	r.text(r.o.Labels.Notes)
	r.raw("</h2>\n<ol>\n")
	notes := r.notes
	for i, n := range notes {
		k := strconv.Itoa(i + 1)
		r.raw(`<li id="n-`, k, `">`)
		r.inline(n.Content)
		r.raw(` <a href="#r-`, k, `"`)
		r.attr("aria-label", r.o.Labels.Back)
		r.raw(">↩</a></li>\n")
	}
	r.raw("</ol></section>\n")
}
