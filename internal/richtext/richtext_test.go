package richtext_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"sala"
	"sala/internal/richtext"
)

// The goldens hold input.html, what it is written as (want.html) and what was
// doubted. UPDATE_GOLDEN=1 writes them anew.
func TestFromHTML(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("goldens: %v, %v", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			source := string(a.Files[0].Data)
			doc, doubts := richtext.FromHTML(source, richtext.HTMLOptions{Lang: "en", Seed: file, Base: "http://old-site.example"})
			if err := doc.Check(); err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			if err := richtext.WriteHTML(&got, doc, richtext.RenderOptions{Lang: "en", Labels: richtext.Labels{Notes: "Notes"}}); err != nil {
				t.Fatal(err)
			}
			var said strings.Builder
			for _, d := range doubts {
				said.WriteString(d.What + ": " + d.Why + "\n")
			}
			if os.Getenv("UPDATE_GOLDEN") != "" {
				a.Files = []txtar.File{a.Files[0], {Name: "want.html", Data: []byte(got.String())}, {Name: "doubts", Data: []byte(said.String())}}
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got.String()); diff != "" {
				t.Errorf("HTML (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(string(a.Files[2].Data), said.String()); diff != "" {
				t.Errorf("doubts (-want +got):\n%s", diff)
			}
			if missing := lostText(source, doc); missing != "" {
				t.Errorf("text lost: %q", missing)
			}
		})
	}
}

// lostText returns the first word of the visible text of source that is not
// in doc, in order.
func lostText(source string, doc richtext.Doc) string {
	z := html.NewTokenizer(strings.NewReader(source))
	have := strings.Join(strings.Fields(doc.Plain()), " ")
	skip := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken:
			name, _ := z.TagName()
			switch s := string(name); s {
			case "script", "style", "template", "noscript", "head", "title", "iframe":
				if skip == "" {
					skip = s
				}
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
		case html.TextToken:
			if skip != "" {
				continue
			}
			for _, word := range strings.Fields(string(z.Text())) {
				if strings.ContainsFunc(word, func(r rune) bool { return r < ' ' || r == 0xfffd || r >= 0x7f && r < 0xa0 || r == 0xfeff }) {
					continue
				}
				if !strings.Contains(have, word) {
					return word
				}
			}
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	for name, doc := range map[string]string{
		"unknown block":     `{"content":[{"type":"script"}]}`,
		"text at the top":   `{"content":[{"type":"text","text":"a"}]}`,
		"javascript link":   `{"content":[{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"link","attrs":{"href":"javascript:alert(1)"}}]}]}]}`,
		"tab in scheme":     `{"content":[{"type":"embed","attrs":{"href":"java\tscript:alert(1)"}}]}`,
		"other host":        `{"content":[{"type":"embed","attrs":{"href":"//evil.example/x"}}]}`,
		"data picture":      `{"content":[{"type":"picture","attrs":{"src":"data:image/svg+xml,<svg/>"}}]}`,
		"one id twice":      `{"content":[{"type":"horizontal_rule","attrs":{"id":"aaaa"}},{"type":"horizontal_rule","attrs":{"id":"aaaa"}}]}`,
		"heading level":     `{"content":[{"type":"heading","attrs":{"level":1},"content":[{"type":"text","text":"a"}]}]}`,
		"empty text":        `{"content":[{"type":"paragraph","content":[{"type":"text"}]}]}`,
		"control character": `{"content":[{"type":"paragraph","content":[{"type":"text","text":"a\u0001"}]}]}`,
		"unknown mark":      `{"content":[{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"blink"}]}]}]}`,
		"too deep":          `{"content":[` + strings.Repeat(`{"type":"blockquote","content":[`, 70) + strings.Repeat(`]}`, 70) + `]}`,
		"not JSON":          `{`,
	} {
		if _, err := richtext.Parse([]byte(doc)); err == nil {
			t.Errorf("%s: Parse took %s", name, doc)
		}
	}
}

func TestIDsStay(t *testing.T) {
	o := richtext.HTMLOptions{Seed: "work 1"}
	before, _ := richtext.FromHTML("<p>One.</p><p>Two.</p><p>Two.</p>", o)
	after, _ := richtext.FromHTML("<p>New.</p><p>One.</p><p>Two.</p><p>Two.</p>", o)
	for i, n := range before.Blocks {
		if got := after.Blocks[i+1].Attrs.ID; got != n.Attrs.ID || got == "" {
			t.Errorf("block %d: id %q became %q", i, n.Attrs.ID, got)
		}
	}
	if before.Blocks[1].Attrs.ID == before.Blocks[2].Attrs.ID {
		t.Error("two blocks of the same text share an id")
	}
}

func TestAnchorsFollow(t *testing.T) {
	doc, _ := richtext.FromHTML(`<p><a href="#sec">jump</a></p><h2 id="sec">Section</h2>`, richtext.HTMLOptions{Seed: "x"})
	want := "#p-" + doc.Blocks[1].Attrs.ID
	if got := doc.Blocks[0].Content[0].Marks[0].Attrs.Href; got != want {
		t.Errorf("link to an anchor = %q, want %q", got, want)
	}
}

func TestLinksOfTheHouse(t *testing.T) {
	id := string(sala.NewID())
	doc, _ := richtext.FromHTML(`<p>See <a href="/?p=1"><b>this</b> one</a>.</p>`, richtext.HTMLOptions{
		Link: func(string) string { return "sala:work/" + id },
	})
	if refs := doc.Refs(); len(refs) != 1 || string(refs[0].ID) != id {
		t.Errorf("Refs = %v", refs)
	}
	for _, test := range []struct {
		public bool
		want   string
	}{{true, `<p>See <a href="/en/2019/x"><strong>this</strong> one</a>.</p>`}, {false, `<p>See <strong>this</strong> one.</p>`}} {
		var b strings.Builder
		err := richtext.WriteHTML(&b, doc, richtext.RenderOptions{Link: func(string) (string, bool) { return "/en/2019/x", test.public }})
		if err != nil || strings.TrimSpace(b.String()) != test.want {
			t.Errorf("public %v: %q, %v, want %q", test.public, b.String(), err, test.want)
		}
	}
}

func TestMarkdown(t *testing.T) {
	const source = `## Recommendations

We *urge* the **Ministry** to publish [the list](https://example.org/list) of agencies.[^1]

1. Set a fee.
2. Check it:
   - every year
   - in ~~one~~ two languages

> Fair migration, said a speaker.

| Country | Fee |
| --- | --- |
| Japan | 2,800 |

![A river](https://example.org/r.png "The Mekong")

` + "```\ncode *stays*\n```" + `

[^1]: As of 2019.
`
	doc, doubts := richtext.FromMarkdown(source, richtext.HTMLOptions{Seed: "m"})
	if len(doubts) > 0 {
		t.Errorf("doubts: %v", doubts)
	}
	if err := doc.Check(); err != nil {
		t.Fatal(err)
	}
	again, _ := richtext.FromMarkdown(doc.Markdown(), richtext.HTMLOptions{Seed: "m"})
	if diff := cmp.Diff(doc, again); diff != "" {
		t.Errorf("round trip (-first +second):\n%s\n%s", diff, doc.Markdown())
	}
	if !strings.Contains(doc.Plain(), "We urge the Ministry to publish the list of agencies. [As of 2019.]") {
		t.Errorf("Plain = %s", doc.Plain())
	}
}

func TestExcerpt(t *testing.T) {
	doc, _ := richtext.FromHTML("<p>First part.</p><!--more--><p>Second.</p>", richtext.HTMLOptions{})
	if got := doc.Excerpt(100); got != "First part." {
		t.Errorf("Excerpt = %q", got)
	}
	thai, _ := richtext.FromHTML("<p>แรงงานข้ามชาติทุกคนมีสิทธิ</p>", richtext.HTMLOptions{})
	if got := thai.Excerpt(10); strings.HasPrefix(strings.TrimSuffix(got, "…"), "แรงงานข้า") == false && got != "แรงงานข้…" && got != "แรงงานข้า…" {
		t.Errorf("Excerpt = %q", got)
	}
}

func FuzzFromHTML(f *testing.F) {
	for _, s := range []string{
		"<p>a<b>c<p>d</b>", "<table><tr><td>x<ul><li>y</table>z", "<a href=javascript:alert(1)>x</a>", "<figure><img src=x><figcaption>c",
		"<svg><script>alert(1)</script></svg>", "<sala-unknown title='a'>[b]</sala-unknown>", "<!--more--><pre>a\nb</pre>", "<li>a<li>b", "<details><summary>s</summary>t",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		doc, _ := richtext.FromHTML(source, richtext.HTMLOptions{Seed: "f", Base: "http://old-site.example"})
		if err := doc.Check(); err != nil {
			t.Fatalf("FromHTML(%q): %v", source, err)
		}
		var b strings.Builder
		if err := richtext.WriteHTML(&b, doc, richtext.RenderOptions{Anchors: true}); err != nil {
			t.Fatal(err)
		}
		z := html.NewTokenizer(strings.NewReader(b.String()))
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			if tok.Type != html.StartTagToken {
				continue
			}
			if tok.Data == "script" || tok.Data == "iframe" || tok.Data == "style" || tok.Data == "object" {
				t.Fatalf("FromHTML(%q) wrote <%s>", source, tok.Data)
			}
			for _, a := range tok.Attr {
				if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") && a.Key != "alt" && a.Key != "title" && a.Key != "aria-label" {
					t.Fatalf("FromHTML(%q) wrote %s=%q", source, a.Key, a.Val)
				}
			}
		}
		if _, err := richtext.Parse(doc.JSON()); err != nil {
			t.Fatalf("stored form of %q: %v", source, err)
		}
	})
}

func FuzzFromMarkdown(f *testing.F) {
	f.Add("# a\n\n- b\n  - c\n\n[x](javascript:y) ![p](q) <b>z</b>")
	f.Fuzz(func(t *testing.T, source string) {
		doc, _ := richtext.FromMarkdown(source, richtext.HTMLOptions{Seed: "f"})
		if err := doc.Check(); err != nil {
			t.Fatalf("FromMarkdown(%q): %v", source, err)
		}
	})
}

func BenchmarkFromHTML(b *testing.B) {
	source := strings.Repeat("<p>The <strong>ministry</strong> was asked to publish <a href=\"https://example.org/a\">the list</a> of licensed agencies in every language that workers read.</p>\n", 50)
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		richtext.FromHTML(source, richtext.HTMLOptions{Seed: "b"})
	}
}

func BenchmarkWriteHTML(b *testing.B) {
	source := strings.Repeat("<p>The <strong>ministry</strong> was asked to publish <a href=\"https://example.org/a\">the list</a> of licensed agencies in every language that workers read.</p>\n", 50)
	doc, _ := richtext.FromHTML(source, richtext.HTMLOptions{Seed: "b"})
	for b.Loop() {
		var w strings.Builder
		if err := richtext.WriteHTML(&w, doc, richtext.RenderOptions{Anchors: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestMarkdownKeeps writes every type of block and mark as Markdown and reads
// it back: nothing but the ids may change.
// A picture of the house is put into a text by its id; what only looks like
// one is kept as an address elsewhere would be, or not at all.
func TestMarkdownPictures(t *testing.T) {
	file := sala.NewID()
	for src, want := range map[string]richtext.Attrs{
		"sala:file/" + string(file): {Alt: "A river", File: file},
		"sala:file/nothing":         {Alt: "A river"},
		string(file):                {Alt: "A river"},
		"https://example.org/r.png": {Alt: "A river", Src: "https://example.org/r.png"},
	} {
		doc, _ := richtext.FromMarkdown("![A river]("+src+")\n", richtext.HTMLOptions{Seed: "m"})
		if err := doc.Check(); err != nil {
			t.Errorf("%s: %v", src, err)
		}
		got := richtext.Attrs{}
		for _, n := range doc.Blocks {
			if n.Type == richtext.Picture {
				got = n.Attrs
				got.ID = ""
			}
		}
		if got.File != want.File || want.File != "" && got != want || got.Src != want.Src && want.Src != "" {
			t.Errorf("%s: %+v, want %+v", src, got, want)
		}
	}
}

func TestMarkdownKeeps(t *testing.T) {
	say := func(marks ...richtext.Mark) []richtext.Node {
		if len(marks) == 0 {
			return []richtext.Node{{Type: richtext.Text, Text: "some *words* _1_. <b> & [x](y) | #"}}
		}
		return []richtext.Node{{Type: richtext.Text, Text: "some *words* _1_. <b> & [x](y) | #"}, {Type: richtext.Text, Text: "said", Marks: marks}}
	}
	file := sala.NewID()
	attrs := map[richtext.Type]richtext.Attrs{
		richtext.Heading: {Level: 3}, richtext.OrderedList: {Start: 4}, richtext.Picture: {File: file, Alt: "a \"b\"", Title: "t", Href: "https://example.org/"},
		richtext.TableCell: {Header: true, ColSpan: 2}, richtext.Details: {Title: "More"}, richtext.Embed: {Href: "https://example.org/x", Title: "x"},
		richtext.Attachment: {File: file, Title: "y"}, richtext.Unknown: {Title: "z", Source: "[z]\n```"}, richtext.Abbr: {Title: "long"},
		richtext.Foreign: {Lang: "my"}, richtext.Link: {Href: "https://example.org/a_(b)", HrefLang: "th"},
	}
	schema := richtext.TheSchema()
	content := map[richtext.Type][]richtext.Type{}
	for _, n := range schema.Nodes {
		content[n.Type] = n.Content
	}
	var build func(of richtext.Type) richtext.Node
	build = func(of richtext.Type) richtext.Node {
		n := richtext.Node{Type: of, Attrs: attrs[of]}
		switch c := content[of]; {
		case of == richtext.Code:
			n.Content = []richtext.Node{{Type: richtext.Text, Text: "a\n  b ```"}}
		case len(c) == 0 || of == richtext.Text || of == richtext.Break:
		case c[0] == richtext.Text:
			n.Content = say()
		default:
			n.Content = []richtext.Node{build(c[0]), build(c[0])}
		}
		return n
	}
	d := richtext.Doc{}
	for _, of := range content["doc"] {
		d.Blocks = append(d.Blocks, build(of), build(of))
		foreign := build(of)
		foreign.Attrs.Lang = "th"
		d.Blocks = append(d.Blocks, foreign)
	}
	for _, m := range schema.Marks {
		d.Blocks = append(d.Blocks, richtext.Node{Type: richtext.Paragraph, Content: say(richtext.Mark{Type: m.Type, Attrs: attrs[m.Type]})})
	}
	d.Blocks = append(d.Blocks, richtext.Node{Type: richtext.Paragraph, Content: []richtext.Node{{Type: richtext.Text, Text: "a"}, {Type: richtext.Footnote, Content: []richtext.Node{{Type: richtext.Text, Text: "note"}}}, {Type: richtext.Break}, {Type: richtext.Text, Text: "b"}}})
	d.AssignIDs("k")
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	again, doubts := richtext.FromMarkdown(d.Markdown(), richtext.HTMLOptions{Seed: "k"})
	if len(doubts) > 0 {
		t.Errorf("doubts: %v", doubts)
	}
	for _, x := range []richtext.Doc{d, again} {
		x.Walk(func(n *richtext.Node) bool { n.Attrs.ID = ""; return true })
	}
	if diff := cmp.Diff(d, again); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}
