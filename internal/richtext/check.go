package richtext

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sala"
)

// maxDepth bounds how deep blocks nest. FromHTML never goes beyond it.
const maxDepth = 64

var blocks = []Type{
	Paragraph, Heading, BulletList, OrderedList, Quote, Code, Verse, Rule, Picture, Gallery, Table, Details, Embed,
	Attachment, More, PageBreak, Unknown,
}

var inline = []Type{Text, Break, Footnote}

// may says what may stand in what.
func may(parent Type) []Type {
	switch parent {
	case "", ListItem, Quote, TableCell, Details:
		return blocks
	case BulletList, OrderedList:
		return []Type{ListItem}
	case Table:
		return []Type{TableRow}
	case TableRow:
		return []Type{TableCell}
	case Gallery:
		return []Type{Picture}
	case Paragraph, Heading, Verse, Picture:
		return inline
	case Footnote:
		return []Type{Text, Break}
	case Code:
		return []Type{Text}
	}
	return nil
}

var (
	idForm   = regexp.MustCompile(`^[a-z0-9]{4,16}$`)
	salaForm = regexp.MustCompile(`^sala:[a-z]+/[0-9a-f-]{36}(#[^\s"<>]*)?$`)
)

// Check returns an error that names the first place where d is not as the
// schema allows.
func (d Doc) Check() error {
	return checkNodes(d.Blocks, "", "content", 0, map[string]bool{})
}

func checkNodes(nodes []Node, parent Type, path string, depth int, ids map[string]bool) error {
	if depth > maxDepth {
		return fmt.Errorf("rich text: %s: nested more than %d deep", path, maxDepth)
	}
	allowed := may(parent)
	for i, n := range nodes {
		at := fmt.Sprintf("%s[%d]", path, i)
		if !slices.Contains(allowed, n.Type) {
			return fmt.Errorf("rich text: %s: a %q cannot stand in a %q", at, n.Type, parent)
		}
		if parent == Code && len(n.Marks) > 0 {
			return fmt.Errorf("rich text: %s: a text in a %q has no marks", at, parent)
		}
		if err := checkNode(n, ids); err != nil {
			return fmt.Errorf("rich text: %s (%s): %w", at, n.Type, err)
		}
		if err := checkNodes(n.Content, n.Type, at+".content", depth+1, ids); err != nil {
			return err
		}
	}
	return nil
}

func checkNode(n Node, ids map[string]bool) error {
	if n.Type == Text && n.Text == "" {
		return fmt.Errorf("empty text")
	}
	if n.Type != Text && (n.Text != "" || len(n.Marks) > 0) {
		return fmt.Errorf("only a text has text and marks")
	}
	if !utf8.ValidString(n.Text) {
		return fmt.Errorf("not UTF-8")
	}
	if n.Text != "" && cleanText(n.Text) != n.Text {
		return fmt.Errorf("control characters in text")
	}
	if err := checkUse(n.Type, n.Attrs); err != nil {
		return err
	}
	if err := checkAttrs(n.Attrs); err != nil {
		return err
	}
	if id := n.Attrs.ID; id != "" {
		if !isBlock(n.Type) || !idForm.MatchString(id) {
			return fmt.Errorf("id %q", id)
		}
		if ids[id] {
			return fmt.Errorf("id %q stands twice", id)
		}
		ids[id] = true
	}
	if n.Type == Heading && (n.Attrs.Level < 2 || n.Attrs.Level > 6) {
		return fmt.Errorf("level %d is not 2 to 6", n.Attrs.Level)
	}
	if n.Type == Embed && n.Attrs.Href == "" {
		return fmt.Errorf("no address")
	}
	for _, m := range n.Marks {
		if !slices.Contains(markOrder, m.Type) {
			return fmt.Errorf("unknown mark %q", m.Type)
		}
		if m.Type == Link && m.Attrs.Href == "" {
			return fmt.Errorf("a link without an address")
		}
		if err := checkUse(m.Type, m.Attrs); err != nil {
			return err
		}
		if err := checkAttrs(m.Attrs); err != nil {
			return err
		}
	}
	return nil
}

func checkAttrs(a Attrs) error {
	if a.Href != "" && SafeHref(a.Href) != a.Href {
		return fmt.Errorf("address %q", a.Href)
	}
	if a.Src != "" && !isWeb(a.Src) {
		return fmt.Errorf("source %q is not http or https", a.Src)
	}
	if a.ColSpan < 0 || a.ColSpan > maxSpan || a.RowSpan < 0 || a.RowSpan > maxSpan {
		return fmt.Errorf("span %d×%d", a.ColSpan, a.RowSpan)
	}
	if a.Lang != "" {
		if l, err := sala.ParseLang(string(a.Lang)); err != nil || l != a.Lang {
			return fmt.Errorf("language %q", a.Lang)
		}
	}
	if a.File != "" {
		if _, err := sala.ParseID(string(a.File)); err != nil {
			return fmt.Errorf("file %q", a.File)
		}
	}
	for _, s := range []string{a.Alt, a.Title, a.Source} {
		if cleanText(s) != s {
			return fmt.Errorf("control characters in an attribute")
		}
	}
	return nil
}

const maxSpan = 1000

var hrefEscapes = strings.NewReplacer(" ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", "`", "%60")

// SafeHref returns an address in the form in which it may be stored, or "" if
// following it could do anything but open a page, a mail or a call: only http,
// https, mailto, tel, "#…", "/…" and "sala:kind/id" are kept.
func SafeHref(href string) string {
	href = strings.TrimSpace(cleanText(strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' { // browsers drop these inside an address
			return -1
		}
		return r
	}, href)))
	href = hrefEscapes.Replace(href)
	switch {
	case href == "" || len(href) > 8000:
		return ""
	case href[0] == '#':
		return href
	case href[0] == '/':
		if len(href) > 1 && (href[1] == '/' || href[1] == '\\') {
			return ""
		}
		return href
	case salaForm.MatchString(href):
		return href
	}
	scheme, rest, ok := strings.Cut(href, ":")
	if !ok || rest == "" {
		return ""
	}
	switch scheme = strings.ToLower(scheme); scheme {
	case "http", "https":
		if !strings.HasPrefix(rest, "//") || len(rest) < 3 {
			return ""
		}
	case "mailto", "tel":
	default:
		return ""
	}
	return scheme + ":" + rest
}

func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && SafeHref(address) == address
}
