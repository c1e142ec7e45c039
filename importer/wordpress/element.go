package wordpress

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"sala/importer"
)

// The namespaces of a WXR, by what they are for. Prefixes are only names: an
// export may use any.
type space int

const (
	noSpace      space = iota
	otherSpace         // somebody else's
	wpSpace            // http://wordpress.org/export/1.x/
	excerptSpace       // …/excerpt/
	contentSpace
	dcSpace
)

func spaceOf(uri string) space {
	uri = strings.Replace(uri, "https://", "http://", 1) // WordPress.com writes either
	switch {
	case uri == "":
		return noSpace
	case strings.HasPrefix(uri, "http://wordpress.org/export/") && strings.HasSuffix(strings.TrimSuffix(uri, "/"), "/excerpt"):
		return excerptSpace
	case strings.HasPrefix(uri, "http://wordpress.org/export/"):
		return wpSpace
	case uri == "http://purl.org/rss/1.0/modules/content/":
		return contentSpace
	case uri == "http://purl.org/dc/elements/1.1/":
		return dcSpace
	}
	return otherSpace
}

// customary is what a prefix means where it is not declared, as in an item
// that was cut out of its export.
var customary = map[string]space{"wp": wpSpace, "content": contentSpace, "excerpt": excerptSpace, "dc": dcSpace}

// An element is one child of the channel, or one within it.
type element struct {
	space    space
	name     string
	attrs    []attribute
	text     string
	children []*element
	place    importer.Place
	passed   string // why it was passed over, for an item that was
}

type attribute struct{ name, value string }

func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// get returns the text of the last child of that name: where one stands
// twice, WordPress believes the later.
func (e *element) get(sp space, name string) string {
	for i := len(e.children) - 1; i >= 0; i-- {
		if c := e.children[i]; c.space == sp && c.name == name {
			return c.text
		}
	}
	return ""
}

// wp returns the trimmed text of a child in WordPress's own namespace.
func (e *element) wp(name string) string { return strings.TrimSpace(e.get(wpSpace, name)) }

// all returns the children of that name.
func (e *element) all(sp space, name string) []*element {
	var found []*element
	for _, c := range e.children {
		if c.space == sp && c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// A scope is the namespaces in force at one depth.
type scope struct {
	raw  string // name as written, with its prefix
	elem *element
	text []byte
	ns   map[string]string
}

// add adds to the text of the innermost element. What stands between the
// children of one is white space, and not kept.
func (sc *scope) add(text string) {
	if len(sc.elem.children) == 0 {
		sc.text = append(sc.text, text...)
	}
}

// child reads the child of the channel that begins at pos, whole; or it says
// why that is too large.
func (s *scanner) child() (e *element, tooLarge string, err error) {
	start := s.place()
	var stack []scope
	ns := s.spaces
	i := s.pos
	elements := 0
	// more makes bytes readable beyond index i, and keeps i right.
	more := func() error {
		if s.eof {
			return &errInput{s.atByte(), fmt.Sprintf("the file is cut off within the element that begins in line %d", start.Line), true}
		}
		rel := i - s.pos
		if err := s.fill(); err != nil {
			return err
		}
		i = s.pos + rel
		return nil
	}
	for {
		if i-s.pos > maxItem {
			return nil, overSize, nil
		}
		at := bytes.IndexByte(s.buf[i:], '<')
		if at < 0 || len(s.buf)-(i+at) < 12 && !s.eof {
			if at < 0 && len(s.buf)-s.pos > maxItem {
				return nil, overSize, nil
			}
			if err := more(); err != nil {
				return nil, "", err
			}
			continue
		}
		if at > 0 && len(stack) > 0 {
			stack[len(stack)-1].add(s.clean(html.UnescapeString(string(s.buf[i:i+at])), i))
		}
		i += at
		rest := s.buf[i:]
		var end int
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			end = bytes.Index(rest, []byte("-->"))
			if end >= 0 {
				end += 3
				// Outside CDATA, the language marks of qTranslate look like comments.
				if mark := rest[:end]; len(stack) > 0 && len(mark) < 20 && qMark.Match(mark) {
					stack[len(stack)-1].add(string(mark))
				}
			}
		case bytes.HasPrefix(rest, []byte("<?")):
			end = bytes.Index(rest, []byte("?>"))
			if end >= 0 {
				end += 2
			}
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			name := ""
			if len(stack) > 0 {
				name = stack[len(stack)-1].raw
			}
			end = cdataEnd(rest, name, s.eof)
			if end >= 0 {
				if len(stack) > 0 {
					stack[len(stack)-1].add(s.clean(string(rest[len("<![CDATA["):end]), i))
				}
				end += 3
			}
		default:
			end = endOfTag(rest)
			if bytes.HasPrefix(rest, []byte("</")) {
				end = bytes.IndexByte(rest, '>')
			}
			if end >= 0 {
				done, err := s.tag(rest[:end], i, &stack, &ns)
				if err != nil {
					return nil, "", err
				}
				if elements++; elements > 2*maxElements { // each has two tags
					return nil, fmt.Sprintf("more than %d elements", maxElements), nil
				}
				end++
				if done != nil {
					done.place = start
					s.advance(i + end)
					return done, "", nil
				}
			}
		}
		if end < 0 {
			if len(s.buf)-s.pos > maxItem {
				return nil, overSize, nil
			}
			if err := more(); err != nil {
				return nil, "", err
			}
			continue
		}
		i += end
	}
}

const overSize = "more than 16 MB"

// tag takes one tag within a child; it returns the child when that is whole.
func (s *scanner) tag(b []byte, at int, stack *[]scope, ns *map[string]string) (*element, error) {
	line := func() importer.Place {
		return importer.Place{File: s.file, Line: s.line + bytes.Count(s.buf[s.pos:at], []byte("\n")), Offset: s.offset + int64(at)}
	}
	if bytes.HasPrefix(b, []byte("</")) {
		name := tagName(b[2:])
		if len(*stack) == 0 || (*stack)[len(*stack)-1].raw != name {
			return nil, &errInput{line(), fmt.Sprintf("there was an error when reading this WXR file: </%s> closes nothing that is open", firstLine(name)), false}
		}
		return s.pop(stack, ns), nil
	}
	if len(*stack) > 40 {
		return nil, &errInput{line(), "there was an error when reading this WXR file: elements nested more than 40 deep", false}
	}
	raw := tagName(b[1:])
	attrs := parseAttrs(bytes.TrimSuffix(b[1+len(raw):], []byte("/")))
	*stack = append(*stack, scope{raw: raw, ns: *ns})
	inner := *ns
	own := false
	for _, a := range attrs {
		if a.name != "xmlns" && !strings.HasPrefix(a.name, "xmlns:") {
			continue
		}
		if !own {
			inner, own = map[string]string{}, true
			for k, v := range *ns {
				inner[k] = v
			}
		}
		inner[strings.TrimPrefix(strings.TrimPrefix(a.name, "xmlns"), ":")] = a.value
	}
	if len(inner) > maxSpaces {
		return nil, &errInput{line(), fmt.Sprintf("there was an error when reading this WXR file: more than %d namespaces at once", maxSpaces), false}
	}
	*ns = inner
	e := &element{attrs: attrs, name: raw}
	prefix, local, ok := strings.Cut(raw, ":")
	switch {
	case !ok:
		e.space = spaceOf(inner[""])
	default:
		e.name = local
		if uri, bound := inner[prefix]; bound {
			e.space = spaceOf(uri)
		} else if e.space = customary[prefix]; e.space == noSpace {
			e.space = otherSpace
		}
	}
	(*stack)[len(*stack)-1].elem = e
	if bytes.HasSuffix(b, []byte("/")) {
		return s.pop(stack, ns), nil
	}
	return nil, nil
}

// pop closes the innermost element and returns it if it was the child itself.
func (s *scanner) pop(stack *[]scope, ns *map[string]string) *element {
	top := (*stack)[len(*stack)-1]
	*stack = (*stack)[:len(*stack)-1]
	*ns = top.ns
	top.elem.text = string(top.text)
	if len(*stack) == 0 {
		return top.elem
	}
	parent := (*stack)[len(*stack)-1].elem
	parent.children = append(parent.children, top.elem)
	return nil
}

// cdataEnd returns the index of the "]]>" that ends the CDATA section at the
// start of b, -1 if it is not yet readable. A "]]>" that is followed by
// anything but text and then the end of the element or another section was
// not escaped, and is part of the text.
func cdataEnd(b []byte, element string, eof bool) int {
	next := -1 // where the next "<" stands that is behind the last "]]>" looked at
	for from := len("<![CDATA["); ; {
		i := bytes.Index(b[from:], []byte("]]>"))
		if i < 0 {
			return -1
		}
		i += from
		from = i + 3
		if next < from {
			lt := bytes.IndexByte(b[from:], '<')
			if lt < 0 && eof {
				return i
			}
			if lt < 0 {
				return -1
			}
			next = from + lt
		}
		if len(b)-next < len(element)+3 && !eof {
			return -1
		}
		if after := b[next:]; bytes.HasPrefix(after, []byte("<![CDATA[")) || bytes.HasPrefix(after, []byte("</"+element)) {
			// The last "]]>" before it is the one that ends the section.
			return from - 3 + max(bytes.LastIndex(b[from-3:next], []byte("]]>")), 0)
		}
	}
}

// clean makes text of what the file holds: bytes that are not UTF-8 are taken
// for Windows-1252, control characters are dropped, each with a doubt.
func (s *scanner) clean(text string, at int) string {
	if !utf8.ValidString(text) {
		var b strings.Builder
		for len(text) > 0 {
			r, size := utf8.DecodeRuneInString(text)
			if r == utf8.RuneError && size == 1 {
				r = charmap.Windows1252.DecodeByte(text[0])
			}
			b.WriteRune(r)
			text = text[size:]
		}
		text = b.String()
		s.doubtOnce(at, "bytes that are not UTF-8", "taken for Windows-1252")
	}
	control := func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f }
	if strings.ContainsFunc(text, control) {
		text = strings.Map(func(r rune) rune {
			if control(r) {
				return -1
			}
			return r
		}, text)
		s.doubtOnce(at, "control characters", "dropped")
	}
	return text
}

// parseAttrs reads the attributes of a tag, however they are quoted.
func parseAttrs(b []byte) []attribute {
	var attrs []attribute
	for {
		b = bytes.TrimLeft(b, " \t\r\n")
		eq := bytes.IndexByte(b, '=')
		if eq <= 0 {
			return attrs
		}
		name := string(bytes.TrimSpace(b[:eq]))
		b = bytes.TrimLeft(b[eq+1:], " \t\r\n")
		if len(b) == 0 {
			return attrs
		}
		var value []byte
		if q := b[0]; q == '"' || q == '\'' {
			end := bytes.IndexByte(b[1:], q)
			if end < 0 {
				return attrs
			}
			value, b = b[1:1+end], b[end+2:]
		} else {
			end := bytes.IndexAny(b, " \t\r\n")
			if end < 0 {
				end = len(b)
			}
			value, b = b[:end], b[end:]
		}
		attrs = append(attrs, attribute{name, html.UnescapeString(string(value))})
	}
}
