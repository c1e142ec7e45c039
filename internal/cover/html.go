package cover

import (
	"bytes"
	"html"
	"slices"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sala/internal/markup"
)

// HTML covers a page or a piece of one: its text, wherever elements of the
// line part it, the attributes that are read, and JSON-LD. A link by which
// somebody is written to leads nowhere if it holds what is covered.
func HTML(page []byte, lang string, find Finder) []byte {
	w := walk{page: page, find: find, open: []element{{lang: lang}}}
	r := markup.NewReader(page)
	for {
		p, ok := r.Next()
		if !ok {
			w.flush()
			return w.done()
		}
		switch p.Kind {
		case markup.Text:
			w.text(p.From, p.To)
		case markup.Start, markup.SelfClosing:
			w.start(p)
		case markup.End:
			w.end(tagOf(p.Name))
		}
	}
}

// A walk is one page being read.
type walk struct {
	page  []byte
	find  Finder
	open  []element
	line  []byte    // the text of one block, whatever elements it goes through
	segs  []segment // where it came from
	edits []edit
}

// An element that is open.
type element struct {
	tag  tag
	lang string
	data bool // its text is JSON-LD
	mute bool // its text is not read
}

// A tag is the name of an element; other is that of one which HTML has not.
type tag struct {
	atom  atom.Atom
	other string
}

func tagOf(name []byte) tag {
	if a := atom.Lookup(name); a != 0 {
		return tag{atom: a}
	}
	return tag{other: string(name)}
}

// A segment of the line and where it stands in the page. In a plain one byte
// stands for byte; else it is one character written otherwise.
type segment struct {
	at, n    int // in the line
	from, to int // in the page
	lang     string
}

// An edit of the page.
type edit struct {
	from, to int
	text     string
}

// inLine are the elements that stand within a line.
var inLine = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true, atom.Data: true, atom.Del: true,
	atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true, atom.Q: true, atom.Rb: true,
	atom.Ruby: true, atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true,
	atom.U: true, atom.Var: true, atom.Wbr: true,
}

// void are the elements that are never closed.
var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true, atom.Input: true, atom.Link: true,
	atom.Meta: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// mute are the elements whose text nobody reads, or is the reader's own.
var mute = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Textarea: true}

// read are the attributes that people read, or hear.
var read = map[string]bool{
	"title": true, "alt": true, "content": true, "aria-label": true, "aria-description": true, "placeholder": true, "label": true, "summary": true, "download": true,
}

func (w *walk) text(from, to int) {
	top := w.open[len(w.open)-1]
	switch {
	case top.data:
		raw := w.page[from:to]
		// What is no JSON says nothing to a machine either.
		if covered, err := JSON(raw, top.lang, w.find); err == nil && !bytes.Equal(covered, raw) {
			w.edits = append(w.edits, edit{from, to, string(covered)})
		}
	case !top.mute:
		w.add(from, to, top.lang)
	}
}

// add takes the text of the page from one place to another into the line.
func (w *walk) add(from, to int, lang string) {
	for from < to {
		raw := w.page[from:to]
		n, at := len(raw), len(w.line)
		if i := bytes.IndexByte(raw, '&'); i != 0 {
			if i > 0 {
				n = i
			}
			w.line = append(w.line, raw[:n]...)
		} else {
			var text string
			n, text = reference(raw)
			w.line = append(w.line, text...)
		}
		w.segs = append(w.segs, segment{at, len(w.line) - at, from, from + n, lang})
		from += n
	}
}

// reference reads the character reference that raw begins with, or the sign
// with which it would begin.
func reference(raw []byte) (int, string) {
	const longest = 34 // "&CounterClockwiseContourIntegral;"
	if i := bytes.IndexByte(raw[:min(len(raw), longest)], ';'); i > 0 {
		if text := html.UnescapeString(string(raw[:i+1])); !strings.HasPrefix(text, "&") || text == "&" {
			return i + 1, text
		}
	}
	return 1, "&"
}

// start takes in a tag that begins an element.
func (w *walk) start(p markup.Piece) {
	top, t := w.open[len(w.open)-1], tagOf(p.Name)
	e := element{tag: t, lang: top.lang, mute: top.mute || mute[t.atom]}
	switch {
	case t.atom == atom.Br, t.atom == atom.Img: // it parts words
		w.line = append(w.line, ' ')
	case !inLine[t.atom]:
		w.flush()
	}
	for _, a := range p.Attributes { // the language stands anywhere among them
		switch string(a.Name) {
		case "lang":
			if value := a.Value(); len(value) > 0 {
				e.lang = string(value)
			}
		case "type":
			if t.atom == atom.Script && string(a.Value()) == "application/ld+json" {
				e.data = true
			}
		}
	}
	for _, a := range p.Attributes {
		if text, ok := said(a); ok && len(w.find(text, e.lang)) > 0 {
			w.attributes(e.lang, p.From, p.To)
			break
		}
	}
	if !void[t.atom] && p.Kind == markup.Start {
		w.open = append(w.open, e)
	}
}

// said is what people read, or hear, of an attribute.
func said(a markup.Attribute) (string, bool) {
	if read[string(a.Name)] {
		return string(a.Value()), true
	}
	if string(a.Name) == "href" && a.Begins("mailto:") {
		return string(a.Value()[len("mailto:"):]), true
	}
	return "", false
}

// attributes covers those of one tag, of which one needs it.
func (w *walk) attributes(lang string, from, to int) {
	z := xhtml.NewTokenizer(bytes.NewReader(w.page[from:to]))
	z.Next()
	t := z.Token()
	for i := 0; i < len(t.Attr); i++ {
		a := &t.Attr[i]
		switch {
		case read[a.Key]:
			a.Val = over(a.Val, w.find(a.Val, lang))
		case a.Key == "href" && strings.HasPrefix(a.Val, "mailto:"):
			if len(w.find(strings.TrimPrefix(a.Val, "mailto:"), lang)) > 0 {
				t.Attr = slices.Delete(t.Attr, i, i+1)
				i--
			}
		}
	}
	w.edits = append(w.edits, edit{from, to, t.String()})
}

func (w *walk) end(t tag) {
	if !inLine[t.atom] {
		w.flush()
	}
	for i := len(w.open) - 1; i > 0; i-- {
		if w.open[i].tag == t {
			w.open = w.open[:i]
			return
		}
	}
}

// flush covers the line that ends here.
func (w *walk) flush() {
	text, segs := string(w.line), w.segs
	w.line, w.segs = w.line[:0], w.segs[:0]
	if len(segs) == 0 {
		return
	}
	lang := segs[0].lang
	for _, p := range w.find(text, lang) {
		first := true
		for _, s := range segs {
			a, b := max(p.From, s.at), min(p.To, s.at+s.n)
			if a >= b {
				continue
			}
			from, to := s.from, s.to
			if s.n == s.to-s.from { // byte for byte
				from, to = s.from+a-s.at, s.from+b-s.at
			}
			e := edit{from, to, ""}
			if first {
				e.text = html.EscapeString(w.said(text, p, lang, s.lang))
				first = false
			}
			w.edits = append(w.edits, e)
		}
	}
}

// said is what a patch says in the language of the place where it stands,
// which may be another than that of the line.
func (w *walk) said(text string, p Patch, line, place string) string {
	if place == line {
		return p.Text
	}
	for _, other := range w.find(text, place) {
		if other.From == p.From {
			return other.Text
		}
	}
	return p.Text
}

// done is the page with its edits.
func (w *walk) done() []byte {
	if len(w.edits) == 0 {
		return w.page
	}
	slices.SortStableFunc(w.edits, func(a, b edit) int { return a.from - b.from })
	out := make([]byte, 0, len(w.page)+256)
	at := 0
	for _, e := range w.edits {
		if e.from < at { // within what is covered already: half of a reference
			e.from = at
		}
		out = append(out, w.page[at:e.from]...)
		out = append(out, e.text...)
		at = max(at, e.to)
	}
	return append(out, w.page[at:]...)
}
