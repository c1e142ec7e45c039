package web

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestBreaks(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"prose", `<p>แรงงาน|ข้าม|ชาติ</p>`},
		{"a title", `<h1>ពលករ|ចំណាកស្រុក</h1>`},
		{"a word goes through elements", `<p>แรง<b>งาน|</b>ข้าม|<a href="/x">ชา</a>ติ|มี</p>`},
		{"blocks are apart", `<li>แรง</li><li>งาน</li>`},
		{"a line is cut by hand", `<p>แรงงาน<br>ข้าม|ชาติ<wbr>มี</p>`},
		{"buttons and links", `<button>สิทธิ|ของ|แรงงาน</button>`},
		{"attributes", `<img alt="แรงงานข้ามชาติ" src="/แรงงานข้ามชาติ"><p title='แรงงานข้ามชาติ>'>x</p>`},
		{"what holds only text", `<title>แรงงานข้ามชาติ</title><textarea>แรงงานข้ามชาติ</textarea><option>แรงงานข้ามชาติ</option>`},
		{"data and style", `<script type="application/ld+json">{"a":"แรงงานข้ามชาติ</b>"}</script><style>a{content:"แรงงานข้ามชาติ"}</style>`},
		{"code", `<p>มี|สิทธิ <code>แรงงานข้ามชาติ</code> มี|สิทธิ</p><pre><code>แรงงานข้ามชาติ</code>แรงงานข้ามชาติ</pre>`},
		{"a citation", `<p class="cite" translate="no">แรงงาน<p>ข้ามชาติ</p>แรงงานข้ามชาติ</p><p>แรงงาน|ข้าม|ชาติ</p>`},
		{"entities", `<p>แรงงาน&amp;แรงงาน|ข้าม|ชาติ &lt;แรงงาน&gt;</p>`},
		{"comments", `<!-- แรงงานข้ามชาติ --><p>แรงงาน|ข้าม</p>`},
		{"other scripts", `<p>the workers, 労働者の権利</p>`},
		{"no end", `<p>แรงงาน|ข้าม`},
		{"", ""},
	} {
		page := strings.ReplaceAll(c.want, "|", "")
		if got := string(withBreaks([]byte(page))); got != strings.ReplaceAll(c.want, "|", "<wbr>") {
			t.Errorf("%s: %s, want %s", c.name, strings.ReplaceAll(got, "<wbr>", "|"), c.want)
		}
	}
}

// FuzzBreaks: without the breaks the page is what it was, and its text, as a
// browser reads it, is the same with them.
func FuzzBreaks(f *testing.F) {
	for _, s := range []string{"<p>แรงงานข้ามชาติ", "<a>ពលករ</a>ចំណាកស្រុក<", "<title>က</title", "<p translate=no>ကကက</p>ကက", "<svg>ကကက<svg>", "<b x='>ကက"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, page string) {
		if strings.Contains(page, "wbr") {
			t.Skip()
		}
		broken := withBreaks([]byte(page))
		if got := string(bytes.ReplaceAll(broken, []byte("<wbr>"), nil)); got != page {
			t.Fatalf("%q became %q", page, broken)
		}
		if before, after := textOf(page), textOf(string(broken)); before != after {
			t.Fatalf("%q: the text %q became %q", page, before, after)
		}
	})
}

// textOf is everything in a page but its elements' names.
func textOf(page string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		if t := z.Token(); t.Data != "wbr" {
			if t.Type == html.TextToken {
				b.WriteString(t.Data)
			} else {
				b.WriteString(t.String())
			}
		}
	}
	return b.String()
}
