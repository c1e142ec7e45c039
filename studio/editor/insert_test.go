package editor_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const one = `{"content":[{"type":"paragraph","attrs":{"id":"aaaa1"},"content":[{"type":"text","text":"One"}]}]}`

// offered opens the menu of things to insert and chooses one.
func (p *tab) offered(words string) {
	p.t.Helper()
	p.focus()
	p.press("Insert")
	p.press(words)
	p.until(`!!document.querySelector("dialog[open]")`)
}

func TestBrowserInsert(t *testing.T) {
	b := browser(t)

	t.Run("a film", func(t *testing.T) {
		p := visit(t, b, open(t, "en", one))
		p.offered("Link to a film or page")
		p.keys("no address" + kb.Enter)
		p.until(`document.querySelector("dialog .sala-wrong").textContent != ""`)
		p.eval(`document.querySelector("dialog input").value = ""; return 1;`)
		p.keys("films.example/watch?v=1" + kb.Tab + "The river" + kb.Enter)
		p.until(`!document.querySelector("dialog")`)
		if said := p.plain(); !strings.Contains(said, `"href": "https://films.example/watch?v=1"`) || !strings.Contains(said, `"title": "The river"`) {
			t.Errorf("the text is %s", said)
		}
		p.fine()
	})

	t.Run("a file of the house", func(t *testing.T) {
		p := visit(t, b, open(t, "en", one))
		p.offered("File")
		p.until(`!!document.querySelector(".sala-found button")`)
		p.eval(`document.querySelector(".sala-found button").click(); return 1;`)
		p.until(`!document.querySelector("dialog")`)
		if said := p.plain(); types(p.doc()) != "paragraph attachment paragraph" && types(p.doc()) != "paragraph attachment" || !strings.Contains(said, fileID) || !strings.Contains(said, `"title": "river.jpg"`) {
			t.Errorf("the text is %s", said)
		}
		p.fine()
	})

	t.Run("a file of this device", func(t *testing.T) {
		d := open(t, "en", one)
		d.refuse = "This file is infected."
		p := visit(t, b, d)
		path := filepath.Join(t.TempDir(), "report.pdf")
		if err := os.WriteFile(path, []byte("%PDF-1.7"), 0o600); err != nil {
			t.Fatal(err)
		}
		p.offered("File")
		p.do(chromedp.SetUploadFiles(`dialog input[type="file"]`, []string{path}))
		p.until(`document.querySelector("dialog .sala-wrong").textContent == "This file is infected."`)
		d.with(func() { d.refuse = "" })
		p.do(chromedp.SetUploadFiles(`dialog input[type="file"]`, []string{path}))
		p.until(`!document.querySelector("dialog")`)
		if said := p.plain(); !strings.Contains(said, `"title": "report.pdf"`) || d.uploads != 1 {
			t.Errorf("%d were sent, the text is %s", d.uploads, said)
		}
		p.fine()
	})

	t.Run("a picture of the wrong type", func(t *testing.T) {
		d := open(t, "en", one)
		p := visit(t, b, d)
		path := filepath.Join(t.TempDir(), "scan.tiff")
		if err := os.WriteFile(path, []byte("II*"), 0o600); err != nil {
			t.Fatal(err)
		}
		p.offered("Picture")
		p.do(chromedp.SetUploadFiles(`dialog input[type="file"]`, []string{path}))
		p.until(`document.querySelector("dialog .sala-wrong").textContent.includes("scan.tiff")`)
		p.keys(kb.Escape)
		p.until(`!document.querySelector("dialog")`)
		if d.uploads != 0 || types(p.doc()) != "paragraph" {
			t.Errorf("%d were sent, the text is %s", d.uploads, p.plain())
		}
		p.fine()
	})

	t.Run("files dropped", func(t *testing.T) {
		d := open(t, "en", one)
		p := visit(t, b, d)
		p.eval(`const data = new DataTransfer(); data.items.add(new File([new Uint8Array([1])], "river.png", {type: "image/png"})); data.items.add(new File(["x"], "notes.odt", {type: "application/vnd.oasis.opendocument.text"}));
			const r = document.querySelector(".sala-prose p").getBoundingClientRect();
			const e = new DragEvent("drop", {dataTransfer: data, clientX: r.right - 4, clientY: r.bottom - 4, bubbles: true, cancelable: true});
			document.querySelector(".sala-prose").dispatchEvent(e); if (!e.defaultPrevented) wrongs.push("the browser would leave the page"); return 1;`)
		p.until(`!!document.querySelector(".sala-picture img")`)
		p.until(`document.querySelector(".sala-notices").textContent.includes("notes.odt")`)
		if said := p.plain(); !strings.Contains(said, `"file": "`+fileID) || !strings.Contains(said, `"One"`) || d.uploads != 1 {
			t.Errorf("%d were sent, the text is %s", d.uploads, said)
		}
		p.fine()
	})
}

// TestBrowserBlockwise translates in locked blocks: words change, blocks and
// their ids do not, whatever is pressed or pasted.
func TestBrowserBlockwise(t *testing.T) {
	p := visit(t, browser(t), open(t, "th", empty))
	doc := `{"content":[{"type":"heading","attrs":{"id":"aaaa1","level":2},"content":[{"type":"text","text":"หัวข้อ"}]},{"type":"paragraph","attrs":{"id":"bbbb1"},"content":[{"type":"text","text":"ข้อความ"}]}]}`
	p.eval(fmt.Sprintf(`const box = document.createElement("div"); box.id = "block"; document.querySelector("main").append(box);
		const settings = JSON.parse(document.getElementById("settings").textContent);
		window.changes = 0; window.blocks = salaEditor.mountEditor(box, {doc: %s, lang: "th", messages: settings.messages, endpoints: settings.endpoints, languages: settings.languages, label: "Block", blockwise: true, onChange: () => changes++}); blocks.focus(); return 1;`, doc))
	stands := func(after string) {
		t.Helper()
		if got := p.eval(`blocks.json().content.map(n => n.type + " " + n.attrs.id).join(", ")`); got != "heading aaaa1, paragraph bbbb1" {
			t.Errorf("after %s the blocks are %s", after, got)
		}
	}
	p.keys(kb.End, chromedp.ModifierCtrl)
	p.typed("ใหม่")
	p.keys(kb.Enter)
	p.typed("บรรทัด")
	stands("Enter")
	if got := p.eval(`blocks.json().content[1].content.map(n => n.text ?? n.type).join("|")`); got != "ข้อความใหม่|hard_break|บรรทัด" {
		t.Errorf("the block is %s", got)
	}
	p.eval(`const data = new DataTransfer(); data.setData("text/html", "<h2>A</h2><ul><li>B</li></ul>"); data.setData("text/plain", "A\nB"); document.querySelector("#block .sala-prose").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); return 1;`)
	p.until(`document.querySelector("#block .sala-prose").textContent.includes("B")`)
	stands("pasting")
	for _, combination := range []string{"2", "0"} {
		p.keys(combination, chromedp.ModifierCtrl, chromedp.ModifierAlt)
		stands("a key of another type")
	}
	p.typed("# ")
	stands("what elsewhere makes a heading")
	p.keys("a", chromedp.ModifierCtrl)
	p.keys(kb.Delete)
	stands("deleting all")
	p.keys("z", chromedp.ModifierCtrl)
	stands("undoing")
	if menus := p.eval(`document.querySelectorAll("#block .sala-menu-button").length`); menus != "1" {
		t.Errorf("%s menus, not that of marks alone", menus)
	}
	if p.eval(`changes > 0`) != "true" {
		t.Error("nobody was told of the changes")
	}
	p.do(chromedp.EmulateViewport(360, 900))
	p.look("blockwise-360")
	p.fine()
}
