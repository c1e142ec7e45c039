package cover_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"sala/internal/cover"
)

// tun finds "Tun Lin" through one space or two, and says in which language.
func tun(text, lang string) []cover.Patch {
	var all []cover.Patch
	for _, name := range []string{"Tun Lin", "Tun  Lin", "Tun-Lin"} {
		for at := 0; ; {
			i := strings.Index(text[at:], name)
			if i < 0 {
				break
			}
			all = append(all, cover.Patch{From: at + i, To: at + i + len(name), Text: "[<" + lang + ">]"})
			at += i + len(name)
		}
	}
	slices.SortFunc(all, func(a, b cover.Patch) int { return a.From - b.From })
	return all
}

func TestAnswer(t *testing.T) {
	for _, test := range []struct{ name, kind, in, want string }{
		{"text", "text/html; charset=utf-8", `<p>Mr. Tun Lin spoke.</p>`, `<p>Mr. [&lt;en&gt;] spoke.</p>`},
		{"across elements", "text/html", `<p><b>Tun</b> <mark>Lin</mark>’s boat</p>`, `<p><b>[&lt;en&gt;]</b><mark></mark>’s boat</p>`},
		{"across a break", "text/html", "<p>Tun<wbr> Lin, Tun<br>Lin</p>", "<p>[&lt;en&gt;]<wbr>, [&lt;en&gt;]<br></p>"},
		{"not across blocks", "text/html", "<p>Tun</p><p>Lin</p><td>Tun</td> <td>Lin</td>", "<p>Tun</p><p>Lin</p><td>Tun</td> <td>Lin</td>"},
		{"references", "text/html", "<p>&quot;T&#117;n Lin&quot; &amp; &bogus; & co</p>", "<p>&quot;[&lt;en&gt;]&quot; &amp; &bogus; & co</p>"},
		{"languages", "text/html", `<div lang="th"><p>Tun Lin <span lang="my">Tun Lin</span></p></div>Tun Lin`, `<div lang="th"><p>[&lt;th&gt;] <span lang="my">[&lt;my&gt;]</span></p></div>[&lt;en&gt;]`},
		{"head", "text/html", `<title>Tun Lin</title><meta name="description" content="Tun Lin &amp; Co"><meta property="og:url" content="https://x/Tun-Lin">`,
			`<title>[&lt;en&gt;]</title><meta name="description" content="[&lt;en&gt;] &amp; Co"><meta property="og:url" content="https://x/Tun-Lin">`},
		{"attributes", "text/html", `<img src="/Tun-Lin.jpg" alt="Tun Lin"><a href="/en/Tun-Lin" title='Tun Lin'>x</a>`,
			`<img src="/Tun-Lin.jpg" alt="[&lt;en&gt;]"><a href="/en/Tun-Lin" title="[&lt;en&gt;]">x</a>`},
		{"mail", "text/html", `<a href="mailto:Tun-Lin@x.org">write</a>`, `<a>write</a>`},
		{"what is typed", "text/html", `<input value="Tun Lin"><textarea>Tun Lin</textarea><style>/*Tun Lin*/</style>`, `<input value="Tun Lin"><textarea>Tun Lin</textarea><style>/*Tun Lin*/</style>`},
		{"what the reader said", "text/html", "<p>Nothing says “" + cover.Said("Tun Lin") + "” but Tun Lin</p>", "<p>Nothing says “Tun Lin” but [&lt;en&gt;]</p>"},
		{"JSON-LD", "text/html", `<script type="application/ld+json">{"name":"Tun Lin","inLanguage":"km"}</script>`,
			`<script type="application/ld+json">{"name":"[\u003ckm\u003e]","inLanguage":"km"}</script>`},
		{"an address that is shown", "text/html", "<p>Cite: https://x.org/en/2018/Tun-Lin-speaks, by Tun Lin</p>", "<p>Cite: https://x.org/en/2018/Tun-Lin-speaks, by [&lt;en&gt;]</p>"},
		{"open elements", "text/html", "<p>Tun Lin<b>x</i></p", "<p>[&lt;en&gt;]<b>x</i></p"},
		{"Atom", "application/atom+xml; charset=utf-8",
			`<feed xml:lang="en"><entry xml:lang="th"><title>Tun Lin</title><category term="Tun Lin"/><content type="html">&lt;p&gt;Tun &lt;b&gt;Lin&lt;/b&gt;&lt;/p&gt;</content></entry></feed>`,
			`<feed xml:lang="en"><entry xml:lang="th"><title>[&lt;th&gt;]</title><category term="[&lt;th&gt;]"/><content type="html">&lt;p&gt;[&amp;lt;th&amp;gt;]&lt;b&gt;&lt;/b&gt;&lt;/p&gt;</content></entry></feed>`},
		{"RSS", "application/rss+xml", `<rss><channel><language>vi</language><item><title>Tun Lin</title><link>https://x/Tun-Lin</link></item></channel></rss>`,
			`<rss><channel><language>vi</language><item><title>[&lt;vi&gt;]</title><link>https://x/Tun-Lin</link></item></channel></rss>`},
		{"JSON", "application/feed+json", `{"language": "en", "items": [{"language": "th", "title": "T\u0075n Lin", "url": "https://x/Tun-Lin", "content_html": "<p>Tun <i>Lin</i></p>"}, {"Tun Lin": 1, "n": 1.50}]}`,
			`{"language": "en", "items": [{"language": "th", "title": "[\u003cth\u003e]", "url": "https://x/Tun-Lin", "content_html": "\u003cp\u003e[\u0026lt;th\u0026gt;]\u003ci\u003e\u003c/i\u003e\u003c/p\u003e"}, {"Tun Lin": 1, "n": 1.50}]}`},
		{"table", "text/csv; charset=utf-8", "\ufeffname,said\r\nTun Lin,\"a, \"\"b\"\"\"\r\n", "\ufeffname,said\r\n[<en>],\"a, \"\"b\"\"\"\r\n"},
		{"BibTeX", "application/x-bibtex; charset=utf-8", "  author = {Tun Lin},\n  url = {https://x/Tun-Lin},\n", "  author = {[<en>]},\n  url = {https://x/Tun-Lin},\n"},
		{"plain", "text/plain", "Tun Lin\n", "[<en>]\n"},
		{"calendar", "text/calendar; charset=utf-8", "SUMMARY:With Tu\r\n n Lin\\, and\\nothers\r\nURL:https://x/Tun-Lin\r\nDESCRIPTION:a long line that is \r\n folded as it was\r\nATTENDEE;CN=\"Tun Lin\":mailto:x@x\r\n",
			"SUMMARY:With [<en>]\\, and\\nothers\r\nURL:https://x/Tun-Lin\r\nDESCRIPTION:a long line that is \r\n folded as it was\r\nATTENDEE;CN=\"[<en>]\":mailto:x@x\r\n"},
	} {
		got, err := cover.Answer(test.kind, []byte(test.in), "en", tun)
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %v\n got %s\nwant %s", test.name, err, got, test.want)
		}
	}
}

// TestUnchanged leaves every byte where nothing is covered.
func TestUnchanged(t *testing.T) {
	none := func(string, string) []cover.Patch { return nil }
	for kind, in := range map[string]string{
		"text/html":            "<!doctype html>\n<P CLASS=x>a &amp b<br/><!-- c --></p>\x00\xff",
		"application/atom+xml": "<?xml version=\"1.0\"?>\n<feed><![CDATA[x<]]></feed>\n",
		"application/json":     "{\n  \"a\" : [ 1e5, null, \"\\u00e9\" ]\n}\n",
		"text/csv":             "\"a\",b\n",
		"text/calendar":        "A:b\n c\n",
	} {
		if got, err := cover.Answer(kind, []byte(in), "en", none); err != nil || string(got) != in {
			t.Errorf("%s: %q, %v", kind, got, err)
		}
	}
}

// TestForms refuses what it cannot read.
func TestForms(t *testing.T) {
	for _, kind := range []string{"application/zip", "image/png", "", "text/html; ="} {
		if _, err := cover.Answer(kind, []byte("Tun Lin"), "en", tun); !errors.Is(err, cover.ErrForm) {
			t.Errorf("%q: %v", kind, err)
		}
	}
	for kind, in := range map[string]string{"application/json": `{"a": `, "application/xml": "<a", "text/csv": "\"a"} {
		if got, err := cover.Answer(kind, []byte(in), "en", tun); err == nil {
			t.Errorf("%s %q became %q", kind, in, got)
		}
	}
}

// TestFolds folds no letter and no line of more than 75 bytes.
func TestFolds(t *testing.T) {
	in := "SUMMARY:" + strings.Repeat("แรงงาน ", 40) + "Tun Lin " + strings.Repeat("က", 60) + "\r\n"
	got := string(cover.Calendar([]byte(in), "th", tun))
	for line := range strings.SplitSeq(strings.TrimSuffix(got, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ToValidUTF8(line, "") != line {
			t.Errorf("line of %d bytes: %q", len(line), line)
		}
	}
	if whole := strings.ReplaceAll(got, "\r\n ", ""); whole != strings.Replace(in, "Tun Lin", "[<th>]", 1) {
		t.Errorf("unfolded: %q", whole)
	}
}

// FuzzAnswer keeps a form a form, whatever it holds.
func FuzzAnswer(f *testing.F) {
	f.Add("<p>Tun <b>Lin</b> &amp; Tun&nbsp;Lin<script type=application/ld+json>{\"a\":\"Tun Lin\"}</script>")
	f.Add("a,\"Tun Lin\"\r\n")
	f.Add("{\"a\":[\"Tun Lin\"]}")
	f.Add("<a b=\"Tun Lin\">Tun Lin</a>")
	f.Fuzz(func(t *testing.T, in string) {
		html := string(cover.HTML([]byte(in), "en", tun))
		if !strings.Contains(in, "<") && strings.Contains(html, "<") {
			t.Fatalf("%q became a tag: %q", in, html)
		}
		if got, err := cover.Answer("application/json", []byte(in), "en", tun); err == nil && json.Valid([]byte(in)) && !json.Valid(got) {
			t.Fatalf("%q became %q", in, got)
		}
		if got, err := cover.Answer("text/csv", []byte(in), "en", tun); err == nil {
			if _, err := csv.NewReader(strings.NewReader(string(got))).ReadAll(); err != nil && !errors.Is(err, csv.ErrFieldCount) {
				t.Fatalf("%q became %q: %v", in, got, err)
			}
		}
		if got, err := cover.Answer("text/xml", []byte(in), "en", tun); err == nil {
			d := xml.NewDecoder(strings.NewReader(string(got)))
			for {
				if _, err := d.RawToken(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%q became %q: %v", in, got, err)
				}
			}
		}
		cover.Calendar([]byte(in), "en", tun)
	})
}
