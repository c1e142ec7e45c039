package glossary

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"sala"
	"sala/internal/richtext"
)

// A span is a stretch of a text, in bytes.
type span struct{ from, to int }

// A run is a stretch of a passage that bears certain marks.
type run struct {
	span
	lang   sala.Lang
	marked richtext.Type // what exempts it, "" if nothing does
	link   bool
}

// A passage is the text of one block: what is read in one go.
type passage struct {
	block string
	text  string
	lang  sala.Lang
	quote bool // it stands in a block of quotation
	runs  []run
}

// passages takes a document apart into the texts of its blocks, each as
// [richtext.Doc.Plain] would write it.
func passages(d richtext.Doc, lang sala.Lang) []passage {
	var out []passage
	var walk func(nodes []richtext.Node, lang sala.Lang, block string, quote bool)
	walk = func(nodes []richtext.Node, lang sala.Lang, block string, quote bool) {
		for _, n := range nodes {
			in, id := lang, block
			if n.Attrs.Lang != "" {
				in = n.Attrs.Lang
			}
			if n.Attrs.ID != "" {
				id = n.Attrs.ID
			}
			switch n.Type {
			case richtext.Code, richtext.Unknown, richtext.Embed, richtext.Attachment:
				continue // nobody's wording, or the title of a publication
			case richtext.Paragraph, richtext.Heading, richtext.Verse, richtext.Picture:
				p := passage{block: id, lang: in, quote: quote}
				var b strings.Builder
				p.inline(&b, n.Content, in)
				if p.text = b.String(); strings.TrimSpace(p.text) != "" {
					out = append(out, p)
				}
			case richtext.Details:
				if n.Attrs.Title != "" {
					out = append(out, passage{block: id, text: n.Attrs.Title, lang: in, quote: quote, runs: []run{{span: span{0, len(n.Attrs.Title)}, lang: in}}})
				}
				walk(n.Content, in, id, quote)
			default:
				walk(n.Content, in, id, quote || n.Type == richtext.Quote)
			}
		}
	}
	walk(d.Blocks, lang, "", false)
	return out
}

// inline adds inline nodes to a passage.
func (p *passage) inline(b *strings.Builder, nodes []richtext.Node, lang sala.Lang) {
	for _, n := range nodes {
		switch n.Type {
		case richtext.Break:
			b.WriteByte('\n')
		case richtext.Footnote:
			b.WriteString(" [")
			p.inline(b, n.Content, lang)
			b.WriteString("]")
		case richtext.Text:
			r := run{span: span{b.Len(), b.Len() + len(n.Text)}, lang: lang}
			for _, m := range n.Marks {
				switch m.Type {
				case richtext.Foreign:
					r.lang = m.Attrs.Lang
				case richtext.Cite, richtext.InlineCode, richtext.Strike, richtext.Deleted:
					r.marked = m.Type
				case richtext.Emphasis:
					if r.marked == "" {
						r.marked = m.Type
					}
				case richtext.Link:
					r.link = true
				}
			}
			b.WriteString(n.Text)
			p.runs = append(p.runs, r)
		}
	}
}

// langs are the languages a passage is in.
func (p *passage) langs() []sala.Lang {
	langs := []sala.Lang{p.lang}
	for _, r := range p.runs {
		known := false
		for _, l := range langs {
			known = known || l == r.lang
		}
		if !known {
			langs = append(langs, r.lang)
		}
	}
	return langs
}

// in is the language of a place.
func (p *passage) in(at int) sala.Lang {
	i := sort.Search(len(p.runs), func(i int) bool { return p.runs[i].to > at })
	if i < len(p.runs) && p.runs[i].from <= at {
		return p.runs[i].lang
	}
	return p.lang
}

var address = regexp.MustCompile(`(?i)(?:https?://|www\.)[!-~]+|[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}|[@#][A-Za-z0-9_]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:org|com|net|info|gov|html?|pdf|docx?)\b[!-~]*`)

// exempt returns the stretches in which somebody else speaks or a name
// stands, whatever the words are: quotations, marked citations and titles,
// addresses, code. next is the passage after it (see
// quotations).
func (p *passage) exempt(next string) []span {
	if p.quote {
		return []span{{0, len(p.text)}}
	}
	out := quotations(p.text, next)
	for _, m := range address.FindAllStringIndex(p.text, -1) {
		out = append(out, span{m[0], m[1]})
	}
	for i := 0; i < len(p.runs); i++ {
		r := p.runs[i]
		switch r.marked {
		case richtext.Cite, richtext.InlineCode, richtext.Strike, richtext.Deleted:
			out = append(out, r.span)
			continue
		}
		// Emphasis and links may hold further marks: neighbours are one.
		for _, title := range []bool{r.marked == richtext.Emphasis, r.link} {
			if !title {
				continue
			}
			s := r.span
			for j := i + 1; j < len(p.runs) && p.runs[j].from == s.to && (r.link && p.runs[j].link || !r.link && p.runs[j].marked == r.marked); j++ {
				s.to = p.runs[j].to
			}
			if titled(p.text[s.from:s.to]) {
				out = append(out, s)
			}
		}
	}
	return out
}

// titled reports whether what is set in italics or linked reads like a title:
// several words, and a capital first where there are capitals.
func titled(s string) bool {
	s = strings.TrimSpace(s)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	if unicode.IsUpper(first) || unicode.IsDigit(first) {
		return len(strings.Fields(s)) >= 3
	}
	return !unicode.IsLower(first) && utf8.RuneCountInString(s) >= 20
}
