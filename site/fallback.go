package site

import (
	"bytes"
	"strings"

	"sala"
	"sala/internal/web"
)

// What a catalogue lacks is said in English. Such words pass through the views
// between two signs that no text holds (Unicode keeps them for a program's own
// use), and become elements marked lang="en" when the page is whole; where
// there can be no element, in attributes, titles and data, the signs go.
const (
	englishBegins = "\ufdd0"
	englishEnds   = "\ufdd1"
)

func asEnglish(text string) string { return englishBegins + text + englishEnds }

// fallback marks what a page says in English for want of a translation.
func fallback(reply *web.Reply) *web.Reply {
	if reply != nil {
		reply.Body = inEnglish(reply.Type, reply.Body)
	}
	return reply
}

// inEnglish does it to an answer of a media type, or to a piece of one.
func inEnglish(mediaType string, body []byte) []byte {
	if !bytes.Contains(body, []byte(englishBegins)) {
		return body
	}
	text := string(body)
	if strings.HasPrefix(mediaType, "text/html") {
		text = markEnglish(text)
	}
	return []byte(strings.NewReplacer(englishBegins, "", englishEnds, "").Replace(text))
}

// markEnglish turns the signs into elements wherever the text of an element
// stands.
func markEnglish(page string) string {
	var out strings.Builder
	out.Grow(len(page) + 1024)
	for page != "" {
		i := strings.IndexAny(page, "<"+englishBegins)
		if i < 0 {
			break
		}
		out.WriteString(page[:i])
		page = page[i:]
		if page[0] == '<' {
			n := tagEnd(page)
			out.WriteString(page[:n])
			page = page[n:]
			continue
		}
		// Only whole words of ours, with nothing but text between the signs.
		end := strings.Index(page, englishEnds)
		if next := strings.IndexByte(page, '<'); end < 0 || next >= 0 && next < end {
			out.WriteString(page[:len(englishBegins)])
			page = page[len(englishBegins):]
			continue
		}
		out.WriteString(`<span lang="` + string(sala.English) + `">` + page[len(englishBegins):end] + "</span>")
		page = page[end+len(englishEnds):]
	}
	out.WriteString(page)
	return out.String()
}

// tagEnd returns how long the tag is that page begins with, with the text of
// the elements that hold no others.
func tagEnd(page string) int {
	for _, name := range []string{"title", "style", "script", "textarea", "option"} {
		if strings.HasPrefix(page, "<"+name+">") || strings.HasPrefix(page, "<"+name+" ") {
			if end := strings.Index(page, "</"+name+">"); end >= 0 {
				return end
			}
			return len(page)
		}
	}
	quote := byte(0)
	for i := 1; i < len(page); i++ {
		switch c := page[i]; {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		case quote == 0 && c == '>':
			return i + 1
		}
	}
	return len(page)
}
