// Package xliff writes and reads translations as XLIFF 2.1 (OASIS, 2018), the
// format that translators' programs work on, and as a table in a Word document
// for translators who have no such program. It knows segments of rich text and
// nothing of works: a file holds one text in two languages, a unit for each
// segment, and codes in place of what must be carried along.
package xliff

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"sala"
	"sala/internal/richtext"
)

// A File is one text on its way to a translator or back.
type File struct {
	Ref    string // what the text is, such as "edition/018f…@3": comes back as it went out
	Source sala.Lang
	Target sala.Lang
	Title  string // for a person who opens the file, not translated
	Units  []Unit
}

// A Unit is one segment in two languages.
type Unit struct {
	ID     string
	Source []richtext.Fragment
	Target []richtext.Fragment // nil while there is none
	Codes  []richtext.Segcode
	Stale  bool   // the source has changed since Target was written
	Note   string // for the translator
}

const namespace = "urn:oasis:names:tc:xliff:document:2.0"

// Write writes a file.
func Write(w io.Writer, f File) error {
	b := &builder{}
	b.WriteString(xml.Header)
	b.WriteString(`<xliff xmlns="` + namespace + `" version="2.1" srcLang="`)
	b.text(string(f.Source))
	b.WriteString(`" trgLang="`)
	b.text(string(f.Target))
	b.WriteString("\">\n<file id=\"f1\" original=\"")
	b.text(f.Ref)
	b.WriteString("\">\n")
	if f.Title != "" {
		b.WriteString("<notes><note id=\"title\">")
		b.text(f.Title)
		b.WriteString("</note></notes>\n")
	}
	for _, u := range f.Units {
		b.unit(u)
	}
	b.WriteString("</file>\n</xliff>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

type builder struct{ strings.Builder }

// text writes words or an attribute's value. What XML 1.0 cannot hold rich
// text does not hold either.
func (b *builder) text(s string) {
	if err := xml.EscapeText(&b.Builder, []byte(s)); err != nil {
		panic(err) // a strings.Builder takes everything
	}
}

func (b *builder) unit(u Unit) {
	b.WriteString(`<unit id="`)
	b.text(u.ID)
	b.WriteString("\" xml:space=\"preserve\">\n")
	if u.Note != "" || u.Stale {
		b.WriteString("<notes>")
		if u.Stale {
			b.WriteString(`<note category="state">The source has changed since this was translated.</note>`)
		}
		if u.Note != "" {
			b.WriteString("<note>")
			b.text(u.Note)
			b.WriteString("</note>")
		}
		b.WriteString("</notes>\n")
	}
	if len(u.Codes) > 0 {
		b.WriteString("<originalData>")
		for i, c := range u.Codes {
			fmt.Fprintf(b, `<data id="d%d">`, i+1)
			b.text(describe(c))
			b.WriteString("</data>")
		}
		b.WriteString("</originalData>\n")
	}
	state := "initial"
	if u.Target != nil && !u.Stale {
		state = "translated"
	}
	fmt.Fprintf(b, "<segment state=%q>\n<source>", state)
	b.pieces(u.Source, u.Codes)
	b.WriteString("</source>\n")
	if u.Target != nil {
		b.WriteString("<target>")
		b.pieces(u.Target, u.Codes)
		b.WriteString("</target>\n")
	}
	b.WriteString("</segment>\n</unit>\n")
}

// describe says what a code is, for a translator's program to show.
func describe(c richtext.Segcode) string {
	s := string(c.Name())
	for _, more := range []string{c.Mark.Attrs.Href, c.Mark.Attrs.Title, string(c.Mark.Attrs.Lang)} {
		if more != "" {
			s += " " + more
		}
	}
	return s
}

func (b *builder) pieces(pieces []richtext.Fragment, codes []richtext.Segcode) {
	for _, p := range pieces {
		switch {
		case p.Open > 0:
			c := codes[p.Open-1]
			remove := ""
			if c.Needed() {
				remove = ` canDelete="no"`
			}
			fmt.Fprintf(b, `<pc id="%d" dataRefStart="d%d"%s%s>`, p.Open, p.Open, kind(c), remove)
		case p.Close > 0:
			b.WriteString("</pc>")
		case p.Alone > 0:
			fmt.Fprintf(b, `<ph id="%d" dataRef="d%d"%s/>`, p.Alone, p.Alone, kind(codes[p.Alone-1]))
		default:
			b.text(p.Text)
		}
	}
}

// kind is the type and subType attributes of a code (XLIFF 2.1, 4.3.1.36).
func kind(c richtext.Segcode) string {
	switch c.Name() {
	case richtext.Strong:
		return ` type="fmt" subType="xlf:b"`
	case richtext.Emphasis:
		return ` type="fmt" subType="xlf:i"`
	case richtext.Underline:
		return ` type="fmt" subType="xlf:u"`
	case richtext.Break:
		return ` type="fmt" subType="xlf:lb"`
	case richtext.Link:
		return ` type="link"`
	case richtext.Footnote:
		return ` type="other" subType="sala:footnote"`
	}
	return ` type="other" subType="sala:` + string(c.Name()) + `"`
}
