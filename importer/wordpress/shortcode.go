package wordpress

import (
	"html"
	"regexp"
	"strings"
)

// shortcodeForm is a shortcode's opening: [name attr="x"], [name /], and the
// escaped [[name]].
var shortcodeForm = regexp.MustCompile(`\[(\[?)(/?)([A-Za-z][A-Za-z0-9_-]*)((?:\s+[^\[\]]*)?)\](\]?)`)

// A shortcode is one that was found.
type shortcode struct {
	name  string
	attrs map[string]string
	plain []string // attributes without a name
	inner string
}

// shortcodes replaces the shortcodes that WordPress itself knows by what
// expand returns. Every other stays as it is written, and is reported once
// by unknown if it is surely one: "[sic]" is not.
func shortcodes(s string, expand func(shortcode) (string, bool), unknown func(source string)) string {
	if !strings.Contains(s, "[") {
		return s
	}
	var b strings.Builder
	whole := s
	ends := map[string]int{} // where in the whole a name is closed next, its length if nowhere
	closed := func(name, rest string) int {
		from := len(whole) - len(rest)
		at, looked := ends[name]
		if !looked || at < from {
			at = len(whole)
			if i := strings.Index(rest, "[/"+name+"]"); i >= 0 {
				at = from + i
			}
			ends[name] = at
		}
		if at == len(whole) {
			return -1
		}
		return at - from
	}
	for {
		m := shortcodeForm.FindStringSubmatchIndex(s)
		if m == nil {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:m[0]])
		if m[3] > m[2] && m[11] > m[10] { // [[escaped]] shows [escaped]
			b.WriteString(s[m[0]+1 : m[1]-1])
			s = s[m[1]:]
			continue
		}
		if m[3] > m[2] { // the first bracket is text
			b.WriteByte('[')
			s = s[m[0]+1:]
			continue
		}
		end := m[9] + 1 // past the closing bracket
		name := s[m[6]:m[7]]
		args := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s[m[8]:m[9]]), "/"))
		closing := m[5] > m[4]
		code := shortcode{name: strings.ToLower(name)}
		rest := s[end:]
		hasEnd := false
		if !closing && isWrapping(code.name) {
			if i := closed(name, rest); i >= 0 {
				code.inner = rest[:i]
				rest = rest[i+len(name)+3:]
				hasEnd = true
			}
		}
		if !closing {
			code.attrs, code.plain = shortcodeAttrs(args)
			if out, ok := expand(code); ok {
				b.WriteString(out)
				s = rest
				continue
			}
		}
		if !closing && !hasEnd && (len(code.attrs) > 0 || strings.ContainsAny(name, "_-") || closed(name, rest) >= 0) {
			unknown(s[m[0]:end])
		}
		b.WriteString(s[m[0]:end])
		s = s[end:]
	}
}

func isWrapping(name string) bool {
	switch name {
	case "caption", "wp_caption", "embed", "audio", "video", "playlist":
		return true
	}
	return false
}

var shortcodeAttr = regexp.MustCompile(`([A-Za-z0-9_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))|"([^"]*)"|([^\s"]+)`)

// straightQuotes undoes what an editor made of the quotes of a shortcode.
var straightQuotes = strings.NewReplacer("“", `"`, "”", `"`, "″", `"`, "&quot;", `"`, "&#8221;", `"`, "&#8243;", `"`)

func shortcodeAttrs(s string) (map[string]string, []string) {
	attrs := map[string]string{}
	var plain []string
	s = straightQuotes.Replace(s)
	for _, m := range shortcodeAttr.FindAllStringSubmatch(s, -1) {
		if m[1] != "" {
			attrs[strings.ToLower(m[1])] = html.UnescapeString(m[2] + m[3] + m[4])
			continue
		}
		plain = append(plain, m[5]+m[6])
	}
	return attrs, plain
}
