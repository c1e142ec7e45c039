package site_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"sala"
	"sala/archive"
	"sala/internal/richtext"
	"sala/script"
)

// unspaced are the languages whose pages bear break points, with the names
// that the shared test data have for them.
var unspaced = map[sala.Lang]string{"th": "tha", "lo": "lao", "km": "khm", "my": "mya"}

// TestBreaks looks where break points are and where they must not be: pages
// have them, and nothing that is read by machines has.
func TestBreaks(t *testing.T) {
	w := open(t)
	for lang := range unspaced {
		work := w.some(t, "en", lang)
		e := in(work, lang)
		w.written(t, e, "แรงงานข้ามชาติ ကြေညာချက်များကို `แรงงานข้ามชาติ` សិទ្ធិរបស់ពលករ\n\n    แรงงานข้ามชาติ\n\n![แรงงานข้ามชาติ](https://example.org/แรงงานข้ามชาติ.png)")
		l := "/" + string(lang)
		var pages []string
		for _, path := range w.kinds(t, lang, e, in(work, "en")) {
			pages = append(pages, path)
		}
		broken := 0
		for _, path := range append(pages, l+"/feed.atom", l+"/feed.rss", l+"/feed.json", address(e)+".bib", address(e)+".ris", "/sitemap.xml", "/wp-json/") {
			rec := w.get(path)
			body := rec.Body.String()
			if strings.ContainsRune(body, 0x200b) {
				t.Errorf("%s holds a zero width space", path)
			}
			n := strings.Count(body, "<wbr>") + strings.Count(body, "&lt;wbr") + strings.Count(body, `\u003cwbr`)
			if !strings.Contains(rec.Header().Get("Content-Type"), "html") {
				if rec.Code != 200 || n > 0 {
					t.Errorf("%s: %d, with %d break points", path, rec.Code, n)
				}
				continue
			}
			if n > 0 {
				broken++
			}
			for _, c := range [][2]string{{"<head>", "</head>"}, {`translate="no">`, "</p>"}, {"<pre>", "</pre>"}, {"<code>", "</code>"}, {`href="`, `"`}, {`alt="`, `"`}} {
				for _, rest := range strings.Split(body, c[0])[1:] {
					if part, _, ok := strings.Cut(rest, c[1]); ok && strings.Contains(part, "<wbr>") {
						t.Errorf("%s: a break point in %s", path, c[0])
					}
				}
			}
		}
		if broken < 5 {
			t.Errorf("only %d pages in %s have break points", broken, lang)
		}
		page := w.get(address(e)).Body.String()
		for _, want := range []string{"แรงงาน<wbr>ข้าม", "<code>แรงงานข้ามชาติ</code>"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s lacks %s", address(e), want)
			}
		}
	}
}

// prose is the first words of the shared test data in a language.
func prose(t testing.TB, name string, words int) string {
	t.Helper()
	f, err := os.Open("../../shared/search-eval/passages." + name + ".jsonl")
	if err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	defer f.Close()
	var b strings.Builder
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var p struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		end := 0
		for _, word := range script.AppendWords(nil, p.Text) {
			if end = word.To; word.Kind == script.Separator {
				continue
			}
			if words--; words == 0 {
				break
			}
		}
		b.WriteString(strings.ReplaceAll(p.Text[:end], "\n", "\n\n") + "\n\n")
		if words == 0 {
			return b.String()
		}
	}
	t.Fatalf("%s has too few words", name)
	return ""
}

// written makes a text the current version of an edition.
func (w *world) written(t testing.TB, e archive.Edition, markdown string) {
	t.Helper()
	body, _ := richtext.FromMarkdown(markdown, richtext.HTMLOptions{Seed: "s"})
	if _, err := w.archive.Revise(t.Context(), editor, e.ID, e.Revision, archive.Text{Title: e.Title, Body: body, Note: "n"}); err != nil {
		t.Fatal(err)
	}
	if err := w.archive.Publish(t.Context(), editor, e.ID); err != nil {
		t.Fatal(err)
	}
}

// TestBreaksSize says what the break points of a page of 1,000 words cost, and
// holds it to one flight of a new connection.
func TestBreaksSize(t *testing.T) {
	w := open(t)
	for lang, name := range unspaced {
		t.Run(string(lang), func(t *testing.T) {
			text := prose(t, name, 1000)
			e := in(w.some(t, lang), lang)
			w.written(t, e, text)
			page := w.get(address(e)).Body.Bytes()
			with, without := brotlied(t, page), brotlied(t, bytes.ReplaceAll(page, []byte("<wbr>"), nil))
			t.Logf("%d break points; %d bytes with brotli, %d of them for the breaks", bytes.Count(page, []byte("<wbr>")), with, with-without)
			if with > 14_000 {
				t.Errorf("%d bytes, want at most 14,000", with)
			}
		})
	}
}

// brotlied is the size of a page as it is sent.
func brotlied(t *testing.T, b []byte) int {
	t.Helper()
	var out bytes.Buffer
	z := brotli.NewWriterLevel(&out, 5) // as internal/web does
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
