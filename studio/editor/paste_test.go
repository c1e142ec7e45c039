package editor_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sala/internal/richtext"
)

// TestBrowserPaste pastes what other programs put on the clipboard. The
// goldens hold that, the blocks it comes to, and the sentences that were said.
// UPDATE_GOLDEN=1 writes them anew.
func TestBrowserPaste(t *testing.T) {
	b := browser(t)
	files, err := filepath.Glob("testdata/paste/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("goldens: %v, %v", files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := visit(t, b, open(t, "en", empty))
			p.focus()
			p.paste(string(a.Files[0].Data), "")
			p.until(`document.querySelector("form").salaEditor.unsent() == 0`)
			got := p.plain() + "\n"
			said := p.eval(`[...document.querySelectorAll(".sala-notice p")].map(p => p.textContent + "\n").join("")`)
			if os.Getenv("UPDATE_GOLDEN") != "" {
				a.Files = []txtar.File{a.Files[0], {Name: "want.json", Data: []byte(got)}, {Name: "said", Data: []byte(said)}}
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) != 3 {
				t.Fatal("no golden: UPDATE_GOLDEN=1 writes it")
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(string(a.Files[2].Data), said); diff != "" {
				t.Errorf("said (-want +got):\n%s", diff)
			}
			// The policy holds for what is parsed too: looks and handlers of
			// the other program are refused, which is what it is for.
			p.eval(`window.wrongs = wrongs.filter(w => !/^policy: (style|script)-src-(attr|elem) inline/.test(w)); return 1;`)
			p.fine()
		})
	}
}

func TestBrowserPasteOther(t *testing.T) {
	b := browser(t)

	t.Run("WordPress blocks as plain text", func(t *testing.T) {
		p := visit(t, b, open(t, "en", empty))
		p.focus()
		p.paste("", "<!-- wp:paragraph -->\n<p>One <b>two</b></p>\n<!-- /wp:paragraph -->")
		if got := p.doc().Markdown(); got != "One **two**\n" {
			t.Errorf("text = %q", got)
		}
		p.fine()
	})

	t.Run("an address over words links them", func(t *testing.T) {
		p := visit(t, b, open(t, "en", empty))
		p.focus()
		p.keys("word")
		p.keys(kb.Home, shift)
		p.paste("", "https://example.org/a")
		if got := p.doc().Markdown(); got != "[word](https://example.org/a)\n" {
			t.Errorf("text = %q", got)
		}
		p.fine()
	})

	t.Run("Zawgyi is offered as Unicode", func(t *testing.T) {
		p := visit(t, b, open(t, "my", empty))
		p.focus()
		const zawgyi = "ေရႊ႕ေျပာင္းအလုပ္သမားမ်ား၏ အခြင့္အေရး"
		p.paste("<p>"+zawgyi+"</p>", zawgyi)
		p.until(`document.querySelector(".sala-notice")?.textContent.includes("Zawgyi")`)
		if got := p.doc().Plain(); got != zawgyi {
			t.Errorf("before it was chosen: %q", got)
		}
		p.press("Change to Unicode")
		if got, want := p.doc().Plain(), "ရွှေ့ပြောင်းအလုပ်သမားများ၏ အခွင့်အရေး"; got != want {
			t.Errorf("changed to %q, want %q", got, want)
		}
		p.keys("z", ctrl)
		if got := p.doc().Plain(); got != zawgyi {
			t.Errorf("undone: %q", got)
		}
		p.fine()
	})

	t.Run("a refused picture says why and can be sent again", func(t *testing.T) {
		d := open(t, "en", empty)
		d.refuse = "The disk is full."
		p := visit(t, b, d)
		p.focus()
		p.paste(`<p>a</p><img alt="dot" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==">`, "")
		p.until(`document.querySelector(".sala-shown [role=alert]")?.textContent == "The disk is full."`)
		p.status("Pictures not sent yet: 1.")
		if got := types(p.doc()); got != "paragraph" {
			t.Errorf("what is saved has %s", got)
		}
		d.with(func() { d.refuse = "" })
		p.press("Try again")
		p.until(`document.querySelector("form").salaEditor.unsent() == 0`)
		doc := p.doc()
		if got := doc.Blocks[1]; got.Type != richtext.Picture || got.Attrs.File != fileID || got.Attrs.Alt != "dot" {
			t.Errorf("picture: %s", p.plain())
		}
		p.fine()
	})
}
