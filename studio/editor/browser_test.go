package editor_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sala/internal/richtext"
)

var onePixel = func() []byte {
	b, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	if err != nil {
		panic(err)
	}
	return b
}()

func testLog(t *testing.T) *slog.Logger { return slog.New(slog.NewTextHandler(t.Output(), nil)) }

// browser starts Chromium, or skips.
func browser(t *testing.T) context.Context {
	t.Helper()
	chromium := os.Getenv("SALA_TEST_CHROMIUM")
	if chromium == "" {
		t.Skip("SALA_TEST_CHROMIUM names the browser: make test sets it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocated)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // starts it: the tabs share it, and its storage
		t.Fatal(err)
	}
	return ctx
}

// A tab is an open page.
type tab struct {
	t   *testing.T
	ctx context.Context
	d   *desk
}

// visit opens the page of d in a new tab. What the policy forbids or a script
// throws fails the test.
func visit(t *testing.T, browser context.Context, d *desk) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(stop)
	p := &tab{t, ctx, d}
	p.load()
	return p
}

func (p *tab) load() {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(1100, 900), chromedp.Navigate(p.d.server.URL))
	p.until(`!!document.querySelector("form").salaEditor`)
	p.eval(`window.wrongs = [];
		document.addEventListener("securitypolicyviolation", e => wrongs.push("policy: " + e.violatedDirective + " " + e.blockedURI + " " + e.sample));
		addEventListener("error", e => wrongs.push(e.message)); addEventListener("unhandledrejection", e => wrongs.push(String(e.reason)))`)
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) eval(js string) string {
	p.t.Helper()
	s, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`(async () => { `+returning(js)+` })().then(v => typeof v == "string" ? v : JSON.stringify(v) ?? "")`, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", js, err)
	}
	return s
}

func returning(js string) string {
	if strings.Contains(js, ";") {
		return js
	}
	return "return " + js
}

// until waits for a condition to hold.
func (p *tab) until(js string) {
	p.t.Helper()
	for begin := time.Now(); ; time.Sleep(30 * time.Millisecond) {
		if p.eval(js) == "true" {
			return
		}
		if time.Since(begin) > 15*time.Second {
			p.t.Fatalf("never: %s\nstatus: %s\ntext: %s", js, p.eval(`document.querySelector(".sala-status")?.textContent`), p.eval(`document.querySelector(".sala-prose")?.innerHTML`))
		}
	}
}

// typed is given to the page as from an input method.
func (p *tab) typed(text string) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		p.t.Fatal(err)
	}
}

// keys presses keys one by one. After a key that moves the cursor the browser
// tells the page in a task of its own, as it does to a person.
func (p *tab) keys(s string, mods ...chromedp.Modifier) {
	p.t.Helper()
	for s != "" {
		n := strings.IndexFunc(s, special)
		switch {
		case n < 0 || len(mods) > 0:
			n = len(s)
		case n == 0:
			_, n = utf8.DecodeRuneInString(s)
		}
		if s[:n] == kb.Enter && len(mods) == 0 {
			p.enter()
		} else {
			p.do(chromedp.KeyEvent(s[:n], chromedp.KeyModifiers(mods...)))
		}
		time.Sleep(40 * time.Millisecond)
		s = s[n:]
	}
}

// enter presses Enter as a keyboard does: the key and its character are one
// event, so that a page that takes the key gets no character. KeyEvent sends
// two.
func (p *tab) enter() {
	p.t.Helper()
	for _, k := range []input.DispatchKeyEventParams{{Type: input.DispatchKeyEventTypeKeyDown, Text: "\r", UnmodifiedText: "\r"}, {Type: input.DispatchKeyEventTypeKeyUp}} {
		k.Key, k.Code, k.WindowsVirtualKeyCode = "Enter", "Enter", 13
		if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, k); err != nil {
			p.t.Fatal(err)
		}
	}
}

// special reports whether kb means a key by r that writes no letter.
func special(r rune) bool { return r < ' ' || unicode.Is(unicode.Co, r) || r >= 0x300 && r < 0x400 }

// focus puts the cursor at the end of the text. For 200 ms after the focus
// came, ProseMirror takes a cursor that lands at the very beginning of the
// text for the browser's doing and undoes it; nobody presses Home that soon,
// so focus waits until it means what it says.
func (p *tab) focus() {
	p.eval(`document.querySelector("form").salaEditor.focus(); return 1;`)
	time.Sleep(250 * time.Millisecond)
	p.keys(kb.End, chromedp.ModifierCtrl)
}

// doc is the text as it would be stored; it passes Check.
func (p *tab) doc() richtext.Doc {
	p.t.Helper()
	s := p.eval(`JSON.stringify(document.querySelector("form").salaEditor.json())`)
	doc, err := richtext.Parse([]byte(s))
	if err != nil {
		p.t.Fatalf("%v\n%s", err, s)
	}
	return doc
}

// plain is the text without ids, as JSON.
func (p *tab) plain() string { return withoutIDs(p.t, p.doc()) }

func withoutIDs(t *testing.T, d richtext.Doc) string {
	t.Helper()
	d.Walk(func(n *richtext.Node) bool {
		n.Attrs.ID = ""
		return true
	})
	b, err := json.MarshalIndent(d.Blocks, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (p *tab) paste(html, text string) {
	p.t.Helper()
	h, _ := json.Marshal(html)
	x, _ := json.Marshal(text)
	p.eval(fmt.Sprintf(`const d = new DataTransfer(); if (%s) d.setData("text/html", %s); d.setData("text/plain", %s);
		document.querySelector(".sala-prose").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})); return 1;`, h, h, x))
}

// press clicks the button that bears these words.
func (p *tab) press(words string) {
	p.t.Helper()
	q, _ := json.Marshal(words)
	p.until(fmt.Sprintf(`const b = [...document.querySelectorAll("button")].find(b => b.textContent.trim() == %s || b.querySelector("span")?.textContent == %s && b.getAttribute("role")?.startsWith("menuitem")); b?.click(); return !!b;`, q, q))
}

func (p *tab) status(want string) {
	p.t.Helper()
	q, _ := json.Marshal(want)
	p.until(fmt.Sprintf(`document.querySelector(".sala-status").textContent.includes(%s)`, q))
}

// fine fails if the page did anything that it may not.
func (p *tab) fine() {
	p.t.Helper()
	if wrongs := p.eval(`wrongs`); wrongs != "[]" {
		p.t.Errorf("the page: %s", wrongs)
	}
	p.picture(strings.ReplaceAll(p.t.Name(), "/", "-"))
}

// picture takes one if SALA_TEST_SHOTS names a folder for it.
func (p *tab) picture(name string) {
	p.t.Helper()
	dir := os.Getenv("SALA_TEST_SHOTS")
	if dir == "" {
		return
	}
	shot, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), shot, 0o600); err != nil {
		p.t.Fatal(err)
	}
}

const empty = `{"content":[]}`

func withoutScript(ctx context.Context) error {
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return err
}
