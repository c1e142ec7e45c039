package demo

import (
	"strings"
	"testing"
	"testing/fstest"
)

// The content is ours, so these faults are those of whoever edits it: each is
// told with file, line and key.
func TestFaultsSayWhere(t *testing.T) {
	const terms = "[category/statements]\nen: a\nmy: b\nth: c\nkm: d\nlo: e\nvi: f\nja: g\n"
	const pictures = "[sea]\nen.alt: a\nen.caption: b\n"
	work := func(head, text string) string { return "---\n" + head + "---\n" + text }
	const fine = "kind: news\ntitle: A\nsummary: B\npublished: 2019-01-02\n"
	for _, test := range []struct {
		name string
		file string
		src  string
		want string
	}{
		{"no head", "works/a/en.md", "text", "works/a/en.md:1: want a line of three hyphens before the head"},
		{"head without end", "works/a/en.md", "---\ntitle: A\n", "works/a/en.md:3: want a line of three hyphens after the head"},
		{"no colon", "works/a/en.md", work("title A\n", ""), `works/a/en.md:2: want "key: value", have "title A"`},
		{"empty value", "works/a/en.md", work("kind: news\ntitle:\n", ""), "works/a/en.md:3: title: has no value"},
		{"unknown key", "works/a/en.md", work("colour: red\n", ""), "works/a/en.md:2: colour: there is no such key here"},
		{"key twice", "works/a/en.md", work("title: A\ntitle: B\n", ""), "works/a/en.md:3: title: stands twice"},
		{"unknown kind", "works/a/en.md", work("title: A\nkind: poem\n", ""), `works/a/en.md:3: kind: "poem" is not one of`},
		{"no title", "works/a/en.md", work("kind: news\n", ""), "works/a/en.md:1: title: is missing"},
		{"bad day", "works/a/en.md", work("kind: news\ntitle: A\npublished: 2 May\n", ""), `works/a/en.md:4: published: "2 May" is not a day`},
		{"span ends before it begins", "works/a/en.md", work("kind: news\nheld: 2019-03-02 to 2019-03-01\n", ""), "works/a/en.md:3: held: "},
		{"unknown term", "works/a/en.md", work(fine+"category: cooking\n", ""), `works/a/en.md:6: category: there is no term "cooking"`},
		{"contact in parts", "works/a/en.md", work(fine+"contact: A | B\n", ""), "works/a/en.md:6: contact: want five parts"},
		{"unknown status", "works/a/en.md", work(fine+"status: lost\n", ""), `works/a/en.md:6: status: "lost" is not one of`},
		{"scheduled without a day", "works/a/en.md", work(fine+"status: scheduled\n", ""), "due: stands with status: scheduled"},
		{"unknown parent", "works/a/en.md", work(fine+"parent: b\n", ""), `works/a/en.md:6: parent: there is no work "b"`},
		{"picture of the work not described", "works/a/en.md", work(fine+"picture: sun\n", "text"), `there is no picture "sun" described in en`},
		{"link to no work", "works/a/en.md", work(fine, "[b](work:b)"), `works/a/en.md: there is no work "b" to link to`},
		{"link to no file", "works/a/en.md", work(fine, "[b](file:b.csv)"), `works/a/en.md: there is no file "b.csv" described in en`},
		{"picture from elsewhere", "works/a/en.md", work(fine, "![x](https://demo.example/x.png)"), "is none of our pictures"},
		{"picture not described", "works/a/en.md", work(fine, "![](picture:sun)"), `there is no picture "sun" described in en`},
		{"work's key in a translation", "works/a/my.md", work("title: A\nkind: news\n", ""), "works/a/my.md:3: kind: there is no such key here"},
		{"picture not described in a translation", "works/a/my.md", work("title: A\n", "![](picture:sea)"), `there is no picture "sea" described in my`},
		{"language we do not have", "works/a/de.md", work("title: A\n", ""), "works/a/de.md:1: the file's name is not one of our languages"},
		{"comment at no moment", "works/a/comments.txt", "[1]\nby: A\nat: yesterday\n", `works/a/comments.txt:3: at: "yesterday" is not a moment`},
		{"comment neither way", "works/a/comments.txt", "[1]\nat: 2019-03-10T09:30:00+07:00\napproved: perhaps\n", "works/a/comments.txt:3: approved: want 1 or 0"},
		{"line before a section", "terms.txt", "en: a\n", "terms.txt:1: want a section before"},
		{"section twice", "terms.txt", terms + terms, "terms.txt:9: want a section's name of its own"},
		{"label missing", "terms.txt", "[category/a]\nen: a\n", "terms.txt:1: my: the label is missing"},
		{"term below nothing", "terms.txt", strings.Replace(terms, "statements", "a/b", 1), "terms.txt:1: there is no term a above it"},
		{"caption missing", "pictures.txt", "[sea]\nen.alt: a\n", "pictures.txt:1: en: want each of alt, caption"},
		{"no English description", "pictures.txt", "[sea]\nmy.alt: a\nmy.caption: b\n", "pictures.txt:1: en: want each of alt, caption"},
		{"file that is not there", "pictures.txt", "[a.csv]\nen.title: a\n", "pictures.txt:1: open files/a.csv"},
		{"menu to no term", "menus.txt", "[main/a]\nto: category/b\n", `menus.txt:2: to: there is no term "category/b"`},
		{"menu to no work", "menus.txt", "[main/a]\nto: work:b\n", `menus.txt:2: to: there is no work "b"`},
		{"address without a label", "menus.txt", "[main/a]\nto: /b\n", "menus.txt:1: en: an address has no label of its own"},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := fstest.MapFS{
				"terms.txt": {Data: []byte(terms)}, "pictures.txt": {Data: []byte(pictures)}, "menus.txt": {Data: nil},
				"works/a/en.md": {Data: []byte(work(fine, "text"))},
			}
			if _, err := read(root); err != nil {
				t.Fatalf("before the fault: %v", err)
			}
			root[test.file] = &fstest.MapFile{Data: []byte(test.src)}
			_, err := read(root)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("read = %v, want %q in it", err, test.want)
			}
		})
	}
}
