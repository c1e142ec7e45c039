package editor_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sala/internal/richtext"
)

func types(d richtext.Doc) string {
	var out []string
	for _, n := range d.Blocks {
		out = append(out, string(n.Type))
	}
	return strings.Join(out, " ")
}

const (
	ctrl  = chromedp.ModifierCtrl
	alt   = chromedp.ModifierAlt
	shift = chromedp.ModifierShift
)

func TestBrowserWriting(t *testing.T) {
	b := browser(t)

	t.Run("marks, headings and lists by keys", func(t *testing.T) {
		p := visit(t, b, open(t, "en", empty))
		p.focus()
		p.keys("One")
		p.keys("2", ctrl, alt)
		p.keys(kb.Enter)
		p.keys("a ")
		p.keys("b", ctrl)
		p.keys("bold")
		p.keys("b", ctrl)
		p.keys(" c")
		p.keys(kb.Enter)
		p.keys("## Two" + kb.Enter)
		p.keys("- x" + kb.Enter + "y" + kb.Enter)
		p.keys(kb.Tab)
		p.keys("z" + kb.Enter + kb.Enter + kb.Enter)
		p.keys("**strong** *em* `code` ~~gone~~ end")
		doc := p.doc()
		if got, want := types(doc), "heading paragraph heading bullet_list paragraph"; got != want {
			t.Errorf("blocks = %s, want %s\n%s", got, want, p.plain())
		}
		if md, want := doc.Markdown(), "## One\n\na **bold** c\n\n## Two\n\n- x\n- y\n\n  - z\n\n**strong** *em* `code` ~~gone~~ end\n"; md != want {
			t.Errorf("text = %q, want %q", md, want)
		}
		p.fine()
	})

	t.Run("ids stay", func(t *testing.T) {
		p := visit(t, b, open(t, "en", `{"content":[{"type":"paragraph","attrs":{"id":"aaaa1"},"content":[{"type":"text","text":"One two"}]},{"type":"paragraph","attrs":{"id":"bbbb1"},"content":[{"type":"text","text":"Three"}]}]}`))
		ids := func() (out []string) {
			for _, n := range p.doc().Blocks {
				out = append(out, n.Attrs.ID)
			}
			return out
		}
		p.eval(`document.querySelector("form").salaEditor.reveal("bbbb1")`)
		p.keys("2", ctrl, alt) // another type
		if got := ids(); !slices.Equal(got, []string{"aaaa1", "bbbb1"}) {
			t.Errorf("after changing the type: %v", got)
		}
		p.eval(`document.querySelector("form").salaEditor.reveal("aaaa1")`)
		p.keys(kb.ArrowRight + kb.ArrowRight + kb.ArrowRight + kb.Enter) // a split within
		if got := ids(); len(got) != 3 || got[0] != "aaaa1" || got[2] != "bbbb1" || got[1] == "" {
			t.Errorf("after a split: %v", got)
		}
		p.keys(kb.ArrowUp + kb.Home + kb.Enter) // at the beginning: the id goes with the words
		p.keys("new")
		doc := p.doc()
		i := slices.IndexFunc(doc.Blocks, func(n richtext.Node) bool { return n.Attrs.ID == "aaaa1" })
		if i < 0 || len(doc.Blocks[i].Content) == 0 || strings.Contains(doc.Blocks[i].Content[0].Text, "two") {
			t.Errorf("the id did not stay with its words: %s", doc.JSON())
		}
		before := len(doc.Blocks)
		p.keys("a", ctrl)
		p.eval(`const d = new DataTransfer(); const v = document.querySelector("form").salaEditor.view; const e = new ClipboardEvent("copy", {clipboardData: d, bubbles: true, cancelable: true}); v.dom.dispatchEvent(e); window.copied = d.getData("text/html"); return 1;`)
		p.focus()
		p.eval(`const d = new DataTransfer(); d.setData("text/html", copied); document.querySelector(".sala-prose").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})); return 1;`)
		doc = p.doc() // Check refuses an id that stands twice
		if len(doc.Blocks) < 2*before-1 || doc.Blocks[0].Attrs.ID == "" {
			t.Errorf("pasted %d blocks after %d: %s", len(doc.Blocks)-before, before, doc.JSON())
		}
		p.fine()
	})

	t.Run("a link by address and out of the archive", func(t *testing.T) {
		p := visit(t, b, open(t, "en", empty))
		p.focus()
		p.keys("see ")
		p.keys("k", ctrl)
		p.until(`!!document.querySelector("dialog[open]")`)
		p.keys("not an address" + kb.Enter)
		p.until(`document.querySelector("dialog .sala-wrong").textContent != ""`)
		p.keys("a", ctrl)
		p.keys("example.org/list" + kb.Enter)
		p.until(`!document.querySelector("dialog")`)
		p.keys(" and ")
		p.keys("k", ctrl)
		p.until(`!!document.querySelector("dialog[open]")`)
		p.keys(kb.Tab + kb.Tab + kb.Tab + "joint")
		p.until(`document.querySelectorAll(".sala-found button").length == 1`)
		p.keys(kb.ArrowDown + kb.Enter)
		p.until(`!document.querySelector("dialog")`)
		p.keys(".")
		if got, want := p.doc().Markdown(), "see [example.org/list](https://example.org/list) and [Joint statement](sala:work/"+fileID+").\n"; got != want {
			t.Errorf("text = %q, want %q", got, want)
		}
		p.fine()
	})

	t.Run("a table", func(t *testing.T) {
		p := visit(t, b, open(t, "en", empty))
		p.focus()
		p.press("Insert")
		p.press("Table")
		p.until(`!!document.querySelector(".sala-prose table")`)
		for i := range 9 {
			p.keys(fmt.Sprint("c", i))
			p.keys(kb.Tab)
		}
		p.keys("last")
		p.eval(`[...document.querySelectorAll("[role=toolbar] [aria-haspopup]")].at(-1).click(); return 1;`)
		p.press("Column after")
		doc := p.doc()
		table := doc.Blocks[0]
		if table.Type != richtext.Table || len(table.Content) != 4 || len(table.Content[3].Content) != 4 {
			t.Fatalf("table: %s", p.plain())
		}
		for _, cell := range table.Content[0].Content {
			if !cell.Attrs.Header {
				t.Errorf("a cell of the first row is no header: %s", p.plain())
			}
		}
		if got := doc.Plain(); !strings.Contains(got, "c8\nlast") {
			t.Errorf("text = %q", got)
		}
		// Two cells chosen by keys become one, and are parted again.
		p.eval(`const v = document.querySelector("form").salaEditor.view; v.focus(); return 1;`)
		p.keys(kb.ArrowRight, shift)
		p.eval(`[...document.querySelectorAll("[role=toolbar] [aria-haspopup]")].at(-1).click(); return 1;`)
		p.press("Join cells")
		if !strings.Contains(p.plain(), `"colspan": 2`) {
			t.Errorf("cells were not joined: %s", p.plain())
		}
		p.keys(kb.Escape)
		p.keys(kb.Tab)
		if p.eval(`document.activeElement.closest(".sala-prose") == null`) != "true" {
			t.Error("Tab after Escape does not leave the table")
		}
		p.fine()
	})

	t.Run("a footnote", func(t *testing.T) {
		p := visit(t, b, open(t, "en", empty))
		p.focus()
		p.keys("A claim")
		p.keys("f", ctrl, alt)
		p.until(`!!document.activeElement.closest(".sala-note-text")`)
		p.keys("As of ")
		p.keys("b", ctrl)
		p.keys("2019")
		p.keys(kb.Enter)
		p.until(`!!document.activeElement.closest(".sala-prose") && !document.querySelector(".sala-note-box")`)
		p.keys(" goes on")
		if got, want := p.doc().Markdown(), "A claim[^1] goes on\n\n[^1]: As of **2019**\n"; got != want {
			t.Errorf("text = %q, want %q", got, want)
		}
		for range 12 {
			p.keys("z", ctrl)
		}
		if got := p.doc().Plain(); strings.Contains(got, "2019") {
			t.Errorf("not undone: %q", got)
		}
		p.fine()
	})

	t.Run("a picture of the house", func(t *testing.T) {
		p := visit(t, b, open(t, "en", empty))
		p.focus()
		p.keys("before")
		p.press("Insert")
		p.press("Picture")
		p.until(`document.querySelectorAll(".sala-found button").length == 1`)
		p.eval(`document.querySelector(".sala-found button").click(); return 1;`)
		p.until(`document.querySelector(".sala-picture img")?.naturalWidth == 1`)
		doc := p.doc()
		if n := doc.Blocks[1]; n.Type != richtext.Picture || n.Attrs.File != fileID || n.Attrs.Alt != "A river" {
			t.Errorf("picture: %s", p.plain())
		}
		p.eval(`const i = document.querySelector(".sala-alt input"); i.focus(); i.select(); return 1;`)
		p.keys("A wide river" + kb.Enter)
		if got := p.doc().Blocks[1].Attrs.Alt; got != "A wide river" {
			t.Errorf("alt = %q", got)
		}
		p.fine()
	})

	t.Run("the toolbar by keys", func(t *testing.T) {
		p := visit(t, b, open(t, "en", empty))
		p.focus()
		p.keys("word")
		p.keys("a", ctrl)
		p.keys(kb.F10, alt)
		p.until(`document.activeElement.closest("[role=toolbar]") != null`)
		p.keys(kb.ArrowRight)
		if got := p.eval(`document.activeElement.textContent`); got != "Bold" {
			t.Errorf("the second tool is %q", got)
		}
		p.keys(kb.Enter)
		p.until(`document.activeElement.classList.contains("sala-prose")`)
		if got := p.doc().Markdown(); got != "**word**\n" {
			t.Errorf("text = %q", got)
		}
		if got := p.eval(`document.querySelectorAll("[role=toolbar] > * > button[tabindex='0'], [role=toolbar] > * > * > button[tabindex='0']").length`); got != "1" {
			t.Errorf("%s tools can be reached by Tab, want 1", got)
		}
		p.fine()
	})

	for lang, text := range map[string]string{"th": "แรงงานข้ามชาติทุกคนมีสิทธิ", "my": "ရွှေ့ပြောင်းအလုပ်သမားများ"} {
		t.Run("typing in "+lang, func(t *testing.T) {
			p := visit(t, b, open(t, "en", strings.Replace(empty, "[]", `[{"type":"paragraph","attrs":{"id":"aaaa1"}}]`, 1)))
			p.focus()
			p.typed(text)
			p.typed(text)
			p.keys("a", ctrl)
			p.keys("i", ctrl)
			p.keys(kb.Home)
			p.until(`document.querySelector("form").salaEditor.view.state.selection.to == 1`)
			p.keys(kb.ArrowRight, shift) // one cluster, never half of one
			p.until(`document.querySelector("form").salaEditor.view.state.selection.to > 1`)
			p.keys("b", ctrl)
			doc := p.doc()
			var got strings.Builder
			for _, n := range doc.Blocks[0].Content {
				got.WriteString(n.Text)
			}
			if got.String() != text+text {
				t.Errorf("text = %q, want %q", got.String(), text+text)
			}
			if len(doc.Blocks[0].Content) != 2 {
				t.Errorf("content = %s, want a bold cluster and the rest", p.plain())
			}
			p.fine()
		})
	}

	t.Run("what cannot be edited is kept", func(t *testing.T) {
		const stored = `{"content":[{"type":"unknown","attrs":{"id":"aaaa1","title":"shortcode","source":"[map id=3]"}},{"type":"page_break","attrs":{"id":"bbbb1"}},{"type":"bullet_list","attrs":{"id":"cccc1"},"content":[{"type":"list_item","attrs":{"id":"dddd1"}}]},{"type":"table","attrs":{"id":"tttt1"},"content":[{"type":"table_row","attrs":{"id":"rrrr1"},"content":[{"type":"table_cell","attrs":{"id":"eeee1","colspan":2}}]}]},{"type":"paragraph","attrs":{"id":"ffff1","lang":"th"},"content":[{"type":"text","text":"a"},{"type":"hard_break"},{"type":"text","text":"b","marks":[{"type":"link","attrs":{"href":"#p-aaaa1"}},{"type":"lang","attrs":{"lang":"my"}},{"type":"abbr","attrs":{"title":"long"}}]}]}]}`
		p := visit(t, b, open(t, "en", stored))
		if got := string(p.doc().JSON()); got != stored {
			t.Errorf("loaded and stored again:\n%s\nwant\n%s", got, stored)
		}
		p.fine()
	})
}
