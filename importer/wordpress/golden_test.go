package wordpress_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"sala/importer"
	"sala/internal/richtext"
)

// An answer is what a WordPress said of one of its items over its own
// reading API.
type answer struct {
	ID      int `json:"id"`
	Content struct {
		Rendered  string
		Protected bool
	}
}

// answers reads every item that a recorded site gave, by id.
func answers(t *testing.T, site string) map[string]answer {
	t.Helper()
	found := map[string]answer{}
	each(t, "fixtures/wordpress/golden/"+site+"/rest.jsonl.gz", func(line []byte) {
		var record struct {
			Status int
			Body   json.RawMessage
		}
		if err := json.Unmarshal(line, &record); err != nil {
			t.Fatal(err)
		}
		var one answer
		if record.Status == 200 && json.Unmarshal(record.Body, &one) == nil && one.ID != 0 && one.Content.Rendered != "" {
			found[strconv.Itoa(one.ID)] = one
		}
	})
	return found
}

// each calls f with every line of a packed file of the shared test data.
func each(t *testing.T, name string, f func(line []byte)) {
	t.Helper()
	file, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		f(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// words returns the letters and digits of a text in their order: what is left
// when typography, white space and punctuation are taken away.
func words(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '×' { // WordPress's typography for the x of 150x150
			return 'x'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, text)
}

var played = regexp.MustCompile(`\.(mp3|mp4|mov)$`)

// told returns the words of a text. A sound or a film in a file is left out:
// the site showed a player there, which has no words of its own.
func told(d richtext.Doc) string {
	var plain func(nodes []richtext.Node) []richtext.Node
	plain = func(nodes []richtext.Node) []richtext.Node {
		var kept []richtext.Node
		for _, n := range nodes {
			if n.Type == richtext.Attachment || n.Type == richtext.Embed && played.MatchString(n.Attrs.Href) {
				continue
			}
			n.Content = plain(n.Content)
			kept = append(kept, n)
		}
		return kept
	}
	return words(richtext.Doc{Blocks: plain(d.Blocks)}.Plain())
}

// seen returns the text of rendered HTML as a reader sees it, found without
// the converter under test.
func seen(rendered string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(rendered))
	hidden := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return words(b.String())
		case html.TextToken:
			if hidden == "" {
				b.WriteString(z.Token().Data)
			}
		case html.StartTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "script", "style", "iframe", "audio", "video":
				hidden = string(name)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == hidden {
				hidden = ""
			}
		}
	}
}

// TestTextIsWhatTheSiteShowed holds the text of every item against what the
// very site showed of it.
func TestTextIsWhatTheSiteShowed(t *testing.T) {
	// The one text that must differ shows lists which the old site filled at
	// each view.
	filled := map[string]bool{"Block category: Widgets": true}
	for _, test := range []struct{ site, export string }{
		{"pll", "polylang-udhr-plain.xml"},
		{"tut", "theme-unit-2020-reexport.xml"},
	} {
		t.Run(test.site, func(t *testing.T) {
			m, _ := fixture(t, test.export)
			byID := map[string]importer.Edition{}
			for _, e := range m.editions {
				byID[e.Origin.Key] = e
			}
			all := 0
			for id, a := range answers(t, test.site) {
				e, ok := byID[id]
				if !ok || a.Content.Protected || filled[e.Title] {
					continue
				}
				all++
				if got, want := told(e.Body), seen(a.Content.Rendered); got != want {
					at := firstDifference(got, want)
					t.Errorf("%s %q: got %q, want %q", id, e.Title, around(got, at), around(want, at))
				}
			}
			if all < 40 {
				t.Errorf("%d texts compared, want all that were recorded", all)
			}
		})
	}
}

func firstDifference(a, b string) int {
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return len(a)
}

func around(s string, at int) string {
	return strings.ToValidUTF8(s[max(0, min(at, len(s))-30):min(len(s), at+60)], "")
}
