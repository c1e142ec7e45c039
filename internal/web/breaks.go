package web

import (
	"bytes"

	"golang.org/x/net/html/atom"

	"sala/internal/markup"
	"sala/script"
)

// withBreaks returns a page with <wbr> wherever a line may end in Thai, Lao,
// Khmer and Burmese, which put no spaces between words (script.AppendBreaks).
// It does so to the finished page, so that no view needs to think of it and
// feeds, JSON and plain text never hold any. Only text that is read as prose
// gets them: see untouched. An element of the line is no end of a word, so
// words are found across the ends of links and the like.
//
// The character for it, the zero width space, would do the same but travel
// with what a reader copies or looks for.
func withBreaks(page []byte) []byte {
	var (
		out    = bytes.NewBuffer(make([]byte, 0, len(page)+len(page)/4))
		line   lineOfText
		leave  string // the element that is left as it is, "" if none
		nested int    // elements of that name, within it
	)
	r := markup.NewReader(page)
	for {
		p, ok := r.Next()
		if !ok {
			line.write(out, page, len(page))
			return out.Bytes()
		}
		switch p.Kind {
		case markup.Text:
			if leave == "" {
				line.add(page[p.From:p.To], p.From)
			}
		case markup.Start:
			if leave != "" {
				if leave == string(p.Name) {
					nested++
				}
				break
			}
			switch tag := atom.Lookup(p.Name); {
			case untouched[tag] || keeps(p.Attributes):
				line.write(out, page, p.From)
				leave = string(p.Name)
			case !inLine[tag]:
				line.write(out, page, p.From)
			}
		case markup.End:
			switch {
			case leave == string(p.Name) && nested > 0:
				nested--
			case leave == string(p.Name):
				leave = ""
			case leave == "" && !inLine[atom.Lookup(p.Name)]:
				line.write(out, page, p.From)
			}
		}
	}
}

// untouched are the elements whose text is no prose, or in which only text may
// stand.
var untouched = map[atom.Atom]bool{
	atom.Title: true, atom.Style: true, atom.Script: true, atom.Textarea: true, atom.Option: true, atom.Select: true, atom.Svg: true, atom.Math: true,
	atom.Pre: true, atom.Code: true, atom.Kbd: true, atom.Samp: true, atom.Output: true, atom.Iframe: true, atom.Noscript: true, atom.Template: true,
}

// keeps reports whether an element says that its words are to stay as they
// are: translate="no", as a citation has.
func keeps(attributes []markup.Attribute) bool {
	for _, a := range attributes {
		if string(a.Name) == "translate" && string(a.Value()) == "no" {
			return true
		}
	}
	return false
}

// inLine are the elements that stand within a line.
var inLine = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Data: true, atom.Del: true, atom.Dfn: true,
	atom.Em: true, atom.I: true, atom.Ins: true, atom.Mark: true, atom.Q: true, atom.S: true, atom.Small: true, atom.Span: true, atom.Strong: true,
	atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true, atom.Var: true,
}

// A lineOfText is the text of one block, whatever elements it goes through.
type lineOfText struct {
	text    []byte
	pieces  []piece
	breaks  []int
	written int // of the page
}

// A piece of text stands at one place in the line and at another in the page.
type piece struct{ inLine, inPage int }

func (l *lineOfText) add(raw []byte, from int) {
	l.pieces = append(l.pieces, piece{len(l.text), from})
	l.text = append(l.text, raw...)
}

// write writes the page as far as to, with the breaks of the line, and begins
// a new line.
func (l *lineOfText) write(out *bytes.Buffer, page []byte, to int) {
	if len(l.text) > 0 {
		l.breaks = script.AppendBreaks(l.breaks[:0], string(l.text))
		i := 0
		for _, at := range l.breaks {
			for i+1 < len(l.pieces) && l.pieces[i+1].inLine < at { // a break between two is the end of the first
				i++
			}
			place := l.pieces[i].inPage + at - l.pieces[i].inLine
			out.Write(page[l.written:place])
			out.WriteString("<wbr>")
			l.written = place
		}
	}
	out.Write(page[l.written:to])
	l.written = to
	l.text, l.pieces = l.text[:0], l.pieces[:0]
}
