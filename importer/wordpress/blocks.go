package wordpress

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
)

// patternRoom bounds how many bytes of patterns one text takes in, so that
// patterns made of patterns cannot grow without end.
const patternRoom = 4 << 20

// A blockMark is one delimiter of the block editor: a comment such as
// <!-- wp:cover {"url":"…"} -->.
type blockMark struct {
	source string
	name   string // without "core/"
	attrs  blockAttrs
	closes bool // <!-- /wp:cover -->
	alone  bool // <!-- wp:latest-posts /-->
}

// blockAttrs are the attributes in which a block keeps what its HTML lacks.
type blockAttrs struct {
	Ref      json.Number `json:"ref"`      // of a pattern
	URL      string      `json:"url"`      // of the picture behind a cover, of what is embedded
	MediaURL string      `json:"mediaUrl"` // of the picture beside a text
}

var blockForm = regexp.MustCompile(`(?s)^<!--\s+(/)?wp:([a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+(\{.*\}\s+)?(/)?-->$`)

// nextBlockMark returns the text before the next delimiter, the delimiter and
// the text after it. A comment ends at its first "-->" always: the editor
// writes a "--" within it otherwise.
func nextBlockMark(s string) (before string, mark blockMark, after string, ok bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], "<!--")
		if i < 0 {
			return s, blockMark{}, "", false
		}
		i += from
		n := strings.Index(s[i:], "-->")
		if n < 0 {
			return s, blockMark{}, "", false
		}
		end := i + n + len("-->")
		if m := blockForm.FindStringSubmatch(s[i:end]); m != nil {
			mark := blockMark{source: s[i:end], name: strings.TrimPrefix(m[2], "core/"), closes: m[1] != "", alone: m[4] != ""}
			// Attributes that are not JSON say nothing; the delimiter itself is
			// kept wherever they would have been needed.
			if err := json.Unmarshal([]byte(m[3]), &mark.attrs); err != nil {
				mark.attrs = blockAttrs{}
			}
			return s[:i], mark, s[end:], true
		}
		from = end
	}
}

// isStatic reports whether a block shows just what stands between its
// delimiters, so that an empty one shows nothing.
func isStatic(name string) bool {
	switch name {
	case "paragraph", "heading", "list", "list-item", "quote", "pullquote", "verse", "preformatted", "code", "table", "details",
		"group", "columns", "column", "buttons", "button", "text-columns", "subhead", "freeform", "html", "shortcode", "image",
		"gallery", "cover", "media-text", "file", "audio", "video", "spacer", "separator", "more", "nextpage", "missing":
		return true
	}
	return false
}

// blocks takes the delimiters of the block editor away. What a block keeps in
// them alone, a picture behind a text or a pattern, is put in; a block that
// holds nothing of its own, because the server filled it at each view, is kept
// as it is written.
func (c content) blocks(source string, depth int) string {
	var b strings.Builder
	for {
		before, mark, after, ok := nextBlockMark(source)
		b.WriteString(galleryCaption.ReplaceAllString(before, "</figure><p>$1</p>"))
		if !ok {
			return b.String()
		}
		source = after
		switch {
		case mark.closes:
			b.WriteByte('\n')
		case mark.name == "block":
			b.WriteString(c.pattern(mark, depth))
		case strings.HasPrefix(mark.name, "core-embed/") || mark.name == "embed":
			if mark.alone && strings.HasPrefix(mark.attrs.URL, "http") {
				b.WriteString("\n" + mark.attrs.URL + "\n")
			}
			b.WriteByte('\n')
		case isStatic(mark.name):
			b.WriteByte('\n')
			b.WriteString(picture(mark, after))
		case mark.alone:
			b.WriteString(c.filled(mark.name, mark.source))
		default:
			b.WriteByte('\n')
			if within, end, rest, ok := nextBlockMark(after); ok && end.closes && end.name == mark.name && strings.TrimSpace(within) == "" {
				b.WriteString(c.filled(mark.name, mark.source+end.source))
				source = rest
			}
		}
	}
}

// galleryCaption is the caption of a gallery as a whole. It is moved behind
// the gallery, which itself holds pictures and nothing else.
var galleryCaption = regexp.MustCompile(`(?s)<figcaption class="blocks-gallery-caption[^"]*">(.*?)</figcaption>\s*</figure>`)

// picture returns the picture of a block that has it in its delimiter and in
// its style only.
func picture(mark blockMark, after string) string {
	address := mark.attrs.URL
	switch mark.name {
	case "cover":
	case "media-text":
		address = mark.attrs.MediaURL
	default:
		return ""
	}
	within, _, _, _ := nextBlockMark(after)
	if !strings.HasPrefix(address, "http") || strings.Contains(within, "<img") || strings.Contains(within, "<video") {
		return ""
	}
	return `<img src="` + html.EscapeString(address) + `" alt="">` + "\n"
}

// filled keeps a block that the old site filled at each view.
func (c content) filled(name, source string) string {
	c.im.report.Doubt(c.at, c.title, "a block that the old site filled at each view, kept as it is written: %s", name)
	// Neither a shortcode nor an address in it is one.
	kept := strings.NewReplacer("[", "&#91;", "http", "&#104;ttp").Replace(html.EscapeString(strings.TrimSpace(source)))
	return "\n<sala-unknown title=\"block\">" + kept + "</sala-unknown>\n"
}

// pattern returns the text of a pattern in the place of the block that refers
// to it, as the old site showed it.
func (c content) pattern(mark blockMark, depth int) string {
	en := c.im.index.byID[mark.attrs.Ref.String()]
	why := ""
	switch {
	case en == nil || en.content == nil:
		why = "it is not in this export"
	case depth > 8:
		why = "it stands within itself, or too deep in others"
	case len(*en.content) > *c.room:
		why = fmt.Sprintf("with it the text would take in more than %d MB of patterns", patternRoom>>20)
	}
	if why != "" {
		c.im.report.Doubt(c.at, c.title, "pattern %s is kept as a reference: %s", mark.attrs.Ref, why)
		return "\n<sala-unknown title=\"block\">" + html.EscapeString(mark.source) + "</sala-unknown>\n"
	}
	*c.room -= len(*en.content) + 1
	return "\n" + c.blocks(*en.content, depth+1) + "\n"
}
