// Package markup reads a finished page piece by piece.
package markup

import (
	"bytes"

	"golang.org/x/net/html"
)

// A Kind says what a piece of a page is.
type Kind int

// The kinds of piece. What is no text and no tag, such as a comment, is Other.
const (
	Text Kind = iota
	Start
	SelfClosing
	End
	Other
)

// A Piece is a stretch of a page.
type Piece struct {
	Kind       Kind
	From, To   int
	Name       []byte      // of a tag, in small letters
	Attributes []Attribute // of a tag that begins something; they hold until the next piece is read
}

// An Attribute of a tag. Its name is in small letters.
type Attribute struct {
	Name    []byte
	written []byte
	value   []byte // if it is not what is written
}

// Value is what the attribute says.
func (a Attribute) Value() []byte {
	if a.value != nil {
		return a.value
	}
	if bytes.IndexByte(a.written, '&') < 0 && bytes.IndexByte(a.written, '\r') < 0 && bytes.IndexByte(a.written, 0) < 0 {
		return a.written
	}
	quote := []byte{'"'}
	if bytes.IndexByte(a.written, '"') >= 0 {
		quote[0] = '\''
	}
	z := html.NewTokenizer(bytes.NewReader(bytes.Join([][]byte{[]byte("<a a="), a.written, []byte(">")}, quote)))
	z.Next()
	z.TagName()
	_, value, _ := z.TagAttr()
	return value
}

// Begins reports whether what the attribute says begins with something.
func (a Attribute) Begins(with string) bool {
	if a.value == nil && len(a.written) > 0 && a.written[0] != with[0] && a.written[0] != '&' {
		return false // as most addresses: they need not be put into plain words
	}
	return bytes.HasPrefix(a.Value(), []byte(with))
}

// A Reader reads a page from its beginning, and gives what the tokenizer of
// x/net/html would give. The tags that our own views write it reads itself,
// several times as fast; whatever is written in another way it has the
// tokenizer read.
type Reader struct {
	page []byte
	at   int
	raw  string // the element that has just begun and holds nothing but text
	attr []Attribute
}

// NewReader returns a reader of a page.
func NewReader(page []byte) *Reader { return &Reader{page: page} }

// Next returns the next piece, false at the end of the page. What is left of
// the page then is a tag that does not end.
func (r *Reader) Next() (Piece, bool) {
	if r.raw != "" {
		name := r.raw
		r.raw = ""
		if end := r.at + textEnd(r.page[r.at:], name); end > r.at {
			return r.text(end), true
		}
	}
	for at := r.at; ; at++ {
		i := bytes.IndexByte(r.page[at:], '<')
		if i < 0 || at+i+1 == len(r.page) {
			if r.at == len(r.page) {
				return Piece{}, false
			}
			return r.text(len(r.page)), true
		}
		at += i
		switch c := r.page[at+1]; {
		case !letter(c) && c != '/' && c != '!' && c != '?':
			continue
		case at > r.at:
			return r.text(at), true
		}
		if p, ok := r.tag(); ok {
			return p, true
		}
		return r.other()
	}
}

func (r *Reader) text(to int) Piece {
	p := Piece{Kind: Text, From: r.at, To: to}
	r.at = to
	return p
}

// tag reads a tag that is written as our views write it; false for any other.
func (r *Reader) tag() (Piece, bool) {
	page, at := r.page, r.at+1
	p := Piece{Kind: Start, From: r.at}
	if page[at] == '/' {
		p.Kind = End
		at++
	}
	begin := at
	for at < len(page) && (small(page[at]) || at > begin && figure(page[at])) {
		at++
	}
	if p.Name = page[begin:at]; len(p.Name) == 0 {
		return p, false
	}
	r.attr = r.attr[:0]
	for at < len(page) {
		switch c := page[at]; {
		case space(c):
			at++
			continue
		case c == '/' && p.Kind == Start && at+1 < len(page) && page[at+1] == '>':
			p.Kind = SelfClosing
			at++
			fallthrough
		case c == '>':
			p.To, p.Attributes = at+1, r.attr
			r.at = p.To
			if p.Kind != End {
				r.raw = onlyText(p.Name)
			}
			return p, true
		case p.Kind == End || !letter(c) || !space(page[at-1]):
			return p, false
		}
		begin = at
		capital := false
		for at < len(page) && (letter(page[at]) || figure(page[at]) || page[at] == '-' || page[at] == ':') {
			capital = capital || page[at] < 'a' && page[at] >= 'A'
			at++
		}
		a := Attribute{Name: page[begin:at]}
		if capital { // as "viewBox"
			a.Name = bytes.ToLower(a.Name)
		}
		for _, had := range r.attr {
			if bytes.Equal(had.Name, a.Name) {
				return p, false
			}
		}
		switch {
		case at+1 < len(page) && page[at] == '=' && (page[at+1] == '"' || page[at+1] == '\''):
			begin = at + 2
			n := bytes.IndexByte(page[begin:], page[at+1])
			if n < 0 {
				return p, false
			}
			a.written = page[begin : begin+n]
			at = begin + n + 1
		case at == len(page) || !space(page[at]) && page[at] != '>' && page[at] != '/':
			return p, false
		}
		r.attr = append(r.attr, a)
	}
	return p, false
}

// other has the tokenizer read one piece.
func (r *Reader) other() (Piece, bool) {
	z := html.NewTokenizer(bytes.NewReader(r.page[r.at:]))
	p := Piece{From: r.at}
	switch z.Next() {
	case html.ErrorToken:
		return p, false
	case html.TextToken:
		p.Kind = Text
	case html.StartTagToken:
		p.Kind = Start
	case html.SelfClosingTagToken:
		p.Kind = SelfClosing
	case html.EndTagToken:
		p.Kind = End
	default:
		p.Kind = Other
	}
	p.To = r.at + len(z.Raw())
	if p.Kind != Text && p.Kind != Other {
		name, more := z.TagName()
		p.Name = bytes.Clone(name)
		for more {
			var a Attribute
			if a.Name, a.value, more = z.TagAttr(); a.Name != nil {
				p.Attributes = append(p.Attributes, a)
			}
		}
	}
	if p.Kind == Start || p.Kind == SelfClosing {
		r.raw = onlyText(p.Name)
	}
	r.at = p.To
	return p, true
}

// onlyText returns the name of an element that holds nothing but text, "" for
// any other.
func onlyText(name []byte) string {
	switch string(name) {
	case "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp":
		return string(name)
	}
	return ""
}

// textEnd returns where the text of such an element ends that begins a piece
// of a page: at its end tag, or at the end of the piece if there is none.
func textEnd(page []byte, name string) int {
	if name == "plaintext" {
		return len(page)
	}
	hidden := len(page)
	if i := bytes.Index(page, []byte("<!--")); i >= 0 && name == "script" {
		hidden = i
	}
	for at := 0; ; {
		i := bytes.Index(page[at:], []byte("</"))
		switch {
		case i < 0 && hidden == len(page):
			return len(page)
		case i < 0 || at+i > hidden: // from there on a script has rules of its own
			return scriptEnd(page)
		}
		at += i
		rest := page[at+len("</"):]
		if len(rest) > len(name) && bytes.EqualFold(rest[:len(name)], []byte(name)) && (space(rest[len(name)]) || rest[len(name)] == '/' || rest[len(name)] == '>') {
			return at
		}
		at += len("</")
	}
}

func scriptEnd(page []byte) int {
	z := html.NewTokenizer(bytes.NewReader(append([]byte("<script>"), page...)))
	z.Next()
	if z.Next() != html.TextToken {
		return 0
	}
	return len(z.Raw())
}

func letter(c byte) bool { return small(c) || 'A' <= c && c <= 'Z' }
func small(c byte) bool  { return 'a' <= c && c <= 'z' }
func figure(c byte) bool { return '0' <= c && c <= '9' }
func space(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f'
}
