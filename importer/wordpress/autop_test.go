package wordpress

import (
	"strings"
	"testing"
	"unicode"
)

func TestAutop(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"two paragraphs", "One\n\nTwo", "<p>One\n<p>Two"},
		{"a line break", "One\nTwo", "<p>One<br>\nTwo"},
		{"spaces on the empty line", "One\n \t\nTwo", "<p>One\n<p>Two"},
		{"old line ends", "One\r\n\r\nTwo\rThree", "<p>One\n<p>Two<br>\nThree"},
		{"beside a block", "One\n<div>\nTwo\n</div>\nThree", "<p>One<div>Two</div>Three"},
		{"beside an inline element", "One\n<em>Two</em>\nThree", "<p>One<br>\n<em>Two</em><br>\nThree"},
		{"within pre", "<pre>a\n\nb</pre>", "<p><pre>a\n\nb</pre>"},
		{"within PRE", "<PRE>a\n\nb</PRE>\n\nc", "<p><PRE>a\n\nb</PRE>c"},
		{"a quoted bracket", "<img alt=\"a > b\">\nx", "<p><img alt=\"a > b\"><br>\nx"},
		{"bare brackets", "1 < 2\n<3 and <!-- open", "<p>1 < 2<br>\n<3 and <!-- open"},
	} {
		if got := autop(test.in); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func FuzzAutop(f *testing.F) {
	f.Add("One\n\n<pre>a\n</pre>\n<!--more-->[gallery ids=\"1\"]\n")
	f.Fuzz(func(t *testing.T, s string) {
		visible := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) {
					return -1
				}
				return r
			}, strings.NewReplacer("<p>", "", "<br>", "").Replace(s))
		}
		if got, want := visible(autop(s)), visible(s); got != want && !strings.Contains(s, "\x00") {
			t.Errorf("autop lost or added text: %q, want %q", got, want)
		}
	})
}

// TestNothingIsQuadratic goes through texts that would keep a reader busy for
// hours if each piece made it look at the rest again.
func TestNothingIsQuadratic(t *testing.T) {
	const n = 1 << 20
	for _, piece := range []string{"<a", "<!--", "<pre>", "<pre></PRE", "<p>\n", "a\n\n", "[caption]", "[x_y]", "[caption][/captio", "[[", "<a\"", "<br", "<!-- wp:x", "<!-- wp:x {\"a\":1} /"} {
		text := strings.Repeat(piece, n/len(piece))
		autop(text)
		shortcodes(text, func(shortcode) (string, bool) { return "", false }, func(string) {})
		nextBlockMark(text)
		bareLinks(text)
		splitLanguages(text)
	}
	cdata := []byte("<![CDATA[" + strings.Repeat("]]>", n))
	cdataEnd(cdata, "x", true)
	cdataEnd(append(cdata, "<y>"...), "x", false)
}
