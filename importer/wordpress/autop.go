package wordpress

import "strings"

// isBlockTag reports whether a newline beside an element says nothing.
func isBlockTag(name string) bool {
	switch name {
	case "table", "thead", "tfoot", "caption", "col", "colgroup", "tbody", "tr", "td", "th", "div", "dl", "dd", "dt", "ul",
		"ol", "li", "pre", "form", "map", "area", "blockquote", "address", "style", "script", "p", "h1", "h2", "h3", "h4", "h5", "h6",
		"hr", "fieldset", "legend", "section", "article", "aside", "hgroup", "header", "footer", "nav", "figure", "figcaption",
		"details", "menu", "summary", "br", "object", "iframe", "video", "audio", "sala-unknown", "sala-more", "sala-page", "sala-embed",
		"sala-gallery":
		return true
	}
	return false
}

// autop makes paragraphs of classic text the way WordPress shows it: an empty
// line parts paragraphs, a single newline breaks the line, and neither means
// anything beside a block element or within <pre>, <script> and <style>.
func autop(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	var b strings.Builder
	b.Grow(len(s) + len(s)/20)
	b.WriteString("<p>")
	tags := tagFinder{}
	beside := true // whether a block element or the beginning stands right before
	for i := 0; i < len(s); {
		if s[i] == '<' {
			end := tags.at(s[i:])
			if end == 0 { // a bare "<"
				b.WriteByte('<')
				beside = false
				i++
				continue
			}
			tag := s[i : i+end]
			name := elementName(tag)
			b.WriteString(tag)
			i += end
			if isBlockTag(name) {
				beside = true
			} else if !strings.HasPrefix(tag, "<!--") {
				beside = false
			}
			if (name == "pre" || name == "script" || name == "style" || name == "sala-unknown") && tag[1] != '/' {
				stop := endTag(s[i:], name)
				b.WriteString(s[i : i+stop])
				i += stop
			}
			continue
		}
		next := strings.IndexByte(s[i:], '<')
		if next < 0 {
			next = len(s) - i
		}
		text := s[i : i+next]
		i += next
		followed := i == len(s) || tags.block(s[i:])
		beside = paragraphs(&b, text, beside, followed)
	}
	return b.String()
}

// endTag returns where the end tag of an element stands, the end of s if
// there is none.
func endTag(s, name string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], "</")
		if i < 0 {
			return len(s)
		}
		from += i
		if after := s[from+2:]; len(after) >= len(name) && strings.EqualFold(after[:len(name)], name) {
			return from
		}
		from += 2
	}
}

// A tagFinder finds where tags end in a text that is gone through from its
// beginning. It remembers what was sought in vain, so that a text of nothing
// but beginnings takes no longer than another.
type tagFinder struct {
	noComment bool // no comment ends any more
	noTag     bool // no tag does
}

// at returns the length of the tag or comment at the start of s, 0 if "<"
// begins neither.
func (f *tagFinder) at(s string) int {
	if strings.HasPrefix(s, "<!--") {
		if f.noComment {
			return 0
		}
		if end := strings.Index(s, "-->"); end >= 0 {
			return end + 3
		}
		f.noComment = true
		return 0
	}
	if f.noTag || len(s) < 2 || !(s[1] == '/' || s[1] == '!' || s[1] >= 'a' && s[1] <= 'z' || s[1] >= 'A' && s[1] <= 'Z') {
		return 0
	}
	end := strings.IndexByte(s, '>')
	if end < 0 {
		f.noTag = true
		return 0
	}
	if quoted := endOfTag(s[:min(len(s), 4096)]); quoted >= 0 {
		end = quoted
	}
	return end + 1
}

// block reports whether s begins with the tag of a block element.
func (f *tagFinder) block(s string) bool {
	end := f.at(s)
	return end > 0 && isBlockTag(elementName(s[:end]))
}

// elementName returns the name in a tag, in lower case.
func elementName(tag string) string {
	return strings.ToLower(tagName([]byte(strings.TrimPrefix(tag[1:len(tag)-1], "/"))))
}

// paragraphs writes a run of text; it reports whether what follows stands
// beside a block still.
func paragraphs(b *strings.Builder, text string, beside, followed bool) bool {
	if strings.TrimSpace(text) == "" && (beside || followed) {
		if !beside && strings.Count(text, "\n") > 1 {
			b.WriteString("\n<p>")
		} else {
			b.WriteByte(' ')
		}
		return beside
	}
	if beside {
		text = strings.TrimLeft(text, " \t\n")
	}
	if followed {
		text = strings.TrimRight(text, " \t\n")
	}
	for {
		i := strings.IndexByte(text, '\n')
		if i < 0 {
			b.WriteString(text)
			return false
		}
		b.WriteString(text[:i])
		rest := strings.TrimLeft(text[i:], " \t\n")
		if strings.Count(text[i:len(text)-len(rest)], "\n") > 1 {
			b.WriteString("\n<p>")
		} else {
			b.WriteString("<br>\n")
		}
		text = rest
	}
}
