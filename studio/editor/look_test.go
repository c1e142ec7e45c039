package editor_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sala"
	"sala/internal/i18n"
	"sala/studio/editor"
)

// everything holds each kind of block and mark once.
const everything = `{"content":[
{"type":"heading","attrs":{"id":"aaaaaaaa","level":2},"content":[{"type":"text","text":"ค่าจ้างที่เป็นธรรม"}]},
{"type":"paragraph","attrs":{"id":"aaaaaaab"},"content":[{"type":"text","text":"แรงงานข้ามชาติต้องได้รับค่าจ้าง "},{"type":"text","text":"อย่างเป็นธรรม","marks":[{"type":"strong"}]},{"type":"text","text":" "},{"type":"text","text":"Fair wages","marks":[{"type":"lang","attrs":{"lang":"en"}}]},{"type":"text","text":" "},{"type":"text","text":"ILO","marks":[{"type":"abbr","attrs":{"title":"International Labour Organization"}}]},{"type":"footnote","content":[{"type":"text","text":"ดูรายงาน"}]},{"type":"text","text":" "},{"type":"text","text":"ลิงก์","marks":[{"type":"link","attrs":{"href":"https://example.org/"}}]},{"type":"text","text":" "},{"type":"text","text":"เน้น","marks":[{"type":"mark"}]}]},
{"type":"bullet_list","attrs":{"id":"aaaaaaac"},"content":[{"type":"list_item","attrs":{"id":"aaaaaaad"},"content":[{"type":"paragraph","attrs":{"id":"aaaaaaae"},"content":[{"type":"text","text":"นายจ้างยึดหนังสือเดินทาง"}]}]}]},
{"type":"blockquote","attrs":{"id":"aaaaaaaf"},"content":[{"type":"paragraph","attrs":{"id":"aaaaaaag"},"content":[{"type":"text","text":"We will look into it."}]}]},
{"type":"table","attrs":{"id":"aaaaaaah"},"content":[{"type":"table_row","attrs":{"id":"aaaaaaai"},"content":[{"type":"table_cell","attrs":{"id":"aaaaaaaj","header":true},"content":[{"type":"paragraph","attrs":{"id":"aaaaaaak"},"content":[{"type":"text","text":"ปี"}]}]},{"type":"table_cell","attrs":{"id":"aaaaaaam","header":true},"content":[{"type":"paragraph","attrs":{"id":"aaaaaaan"},"content":[{"type":"text","text":"จำนวน"}]}]}]},{"type":"table_row","attrs":{"id":"aaaaaaap"},"content":[{"type":"table_cell","attrs":{"id":"aaaaaaaq"},"content":[{"type":"paragraph","attrs":{"id":"aaaaaaar"},"content":[{"type":"text","text":"2018"}]}]},{"type":"table_cell","attrs":{"id":"aaaaaaas"},"content":[{"type":"paragraph","attrs":{"id":"aaaaaaat"},"content":[{"type":"text","text":"40"}]}]}]}]},
{"type":"picture","attrs":{"id":"aaaaaaau","file":"01890a5d-ac96-774b-bcce-b302099a8057","alt":"แม่น้ำ"},"content":[{"type":"text","text":"แม่น้ำโขง"}]},
{"type":"picture","attrs":{"id":"aaaaaaav","src":"https://elsewhere.example/a-very-long-address-of-a-picture-that-does-not-break.jpg"}},
{"type":"verse","attrs":{"id":"aaaaaaaw"},"content":[{"type":"text","text":"แม่น้ำ"},{"type":"hard_break"},{"type":"text","text":"ไหล"}]},
{"type":"code_block","attrs":{"id":"aaaaaaax"},"content":[{"type":"text","text":"sala serve"}]},
{"type":"details","attrs":{"id":"aaaaaaay","title":"อ่านต่อ"},"content":[{"type":"paragraph","attrs":{"id":"aaaaaaaz"},"content":[{"type":"text","text":"ข้างใน"}]}]},
{"type":"embed","attrs":{"id":"aaaaaab0","href":"https://films.example/watch/1","title":"ภาพยนตร์"}},
{"type":"attachment","attrs":{"id":"aaaaaab1","file":"01890a5d-ac96-774b-bcce-b302099a8057","title":"รายงาน.pdf"}},
{"type":"more","attrs":{"id":"aaaaaab2"}},{"type":"page_break","attrs":{"id":"aaaaaab3"}},{"type":"horizontal_rule","attrs":{"id":"aaaaaab4"}},
{"type":"unknown","attrs":{"id":"aaaaaab5","source":"<marquee>x</marquee>","title":"marquee"}}]}`

// TestBrowserLook opens the surface with everything in it, in English and
// Thai, on a telephone and a desk, by day and by night, then each menu and
// each dialog: axe finds nothing, nothing scrolls sideways, what is pressed is
// large enough for a thumb. SALA_TEST_SHOTS names a folder for pictures.
func TestBrowserLook(t *testing.T) {
	chromium := browser(t)
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, ui := range []sala.Lang{"en", "th"} {
		d := open(t, "th", everything)
		d.ui = ui
		said := editor.Messages(words, ui)
		for _, width := range []int64{360, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				p := visit(t, chromium, d)
				name := fmt.Sprintf("%s-%d-%s", ui, width, scheme)
				if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
					t.Fatal(err)
				}
				p.do(chromedp.EmulateViewport(width, 900))
				p.look(name)
				if width == 360 != (scheme == "dark") {
					p.fine()
					continue // what opens is looked at by night on the telephone, by day on the desk
				}
				p.focus()
				menus := p.eval(`document.querySelectorAll(".sala-menu-button").length`)
				if menus != "4" {
					t.Fatalf("%s menus, not those of blocks, marks, things to insert and tables", menus)
				}
				for i := range 4 {
					p.eval(fmt.Sprintf(`document.querySelectorAll(".sala-menu-button")[%d].click(); return 1;`, i))
					p.look(fmt.Sprintf("%s-menu%d", name, i))
					p.keys(kb.Escape)
				}
				for i, key := range []string{"editor.picture", "editor.attachment", "editor.embed"} {
					p.eval(`document.querySelectorAll(".sala-menu-button")[2].click(); return 1;`)
					p.press(said[key])
					p.until(`!!document.querySelector("dialog[open]")`)
					if i < 2 {
						p.until(`!!document.querySelector(".sala-found button")`)
					} else {
						p.keys("nowhere" + kb.Enter)
						p.until(`document.querySelector(".sala-wrong").textContent != ""`)
					}
					p.look(fmt.Sprintf("%s-dialog%d", name, i))
					p.keys(kb.Escape)
					p.until(`!document.querySelector("dialog")`)
				}
				p.eval(`document.querySelector(".sala-note > button").click(); return 1;`)
				p.until(`!!document.querySelector(".sala-note-box")`)
				p.look(name + "-note")
				p.fine()
			}
		}
	}
}

// look holds what is seen now to what is promised.
func (p *tab) look(name string) {
	p.t.Helper()
	p.picture(name)
	if p.eval(`document.documentElement.scrollWidth > document.documentElement.clientWidth`) == "true" {
		p.t.Errorf("%s scrolls sideways", name)
	}
	if small := p.eval(`[...document.querySelectorAll(".sala-toolbar button, .sala-dialog button, .sala-dialog input")].filter(b => b.checkVisibility() && b.getBoundingClientRect().height < 44).map(b => b.outerHTML)`); small != "[]" {
		p.t.Errorf("%s: too small for a thumb: %s", name, small)
	}
	path := os.Getenv("SALA_TEST_AXE")
	if path == "" {
		return
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](string(axe)+`; ""`)); err != nil {
		p.t.Fatal(err)
	}
	if found := p.eval(`const r = await axe.run(document, {resultTypes: ["violations"]}); return r.violations.flatMap(v => v.nodes.map(n => v.id + "\n" + n.html + "\n" + n.failureSummary)).join("\n\n");`); found != "" {
		p.t.Errorf("%s: axe\n%s", name, found)
	}
}
