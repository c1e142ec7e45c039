package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	keyboard "github.com/chromedp/cdproto/input" // input is what the import command takes
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A hand works at one tab of a browser as a person does: with a mouse, or by
// keys alone. It counts what it presses; the letters of a text are not
// counted.
type hand struct {
	*testing.T
	ctx    context.Context
	site   string
	byKeys bool
	clicks int
	keys   int
}

// newHand starts Chromium and opens its first tab; a second one would have no
// authenticator.
func newHand(t *testing.T, site string) *hand {
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
	h := &hand{T: t, ctx: ctx, site: site}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 1000), chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return h
}

// passkeys gives the tab an authenticator that agrees to everything.
func (h *hand) passkeys() {
	h.Helper()
	_, err := chromedp.Call(h.ctx, webauthn.Enable, webauthn.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(h.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}})
	}
	if err != nil {
		h.Fatal(err)
	}
}

// withoutScript turns script off.
func (h *hand) withoutScript() {
	h.Helper()
	if _, err := chromedp.Call(h.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		h.Fatal(err)
	}
}

func (h *hand) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	h.Helper()
	ctx, stop := context.WithTimeout(h.ctx, time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, actions...); err != nil {
		h.Fatalf("%s: %v\n%s", what, err, h.page())
	}
}

// page is what stands on the page, for a failure.
func (h *hand) page() string {
	text, err := chromedp.Run(h.ctx, chromedp.Evaluate[string]("location.href + '\\n' + (document.activeElement ? document.activeElement.outerHTML.slice(0, 200) : '') + '\\n' + document.body.innerText"))
	if err != nil {
		return err.Error()
	}
	return text
}

func (h *hand) eval(script string) string {
	h.Helper()
	text, err := chromedp.Run(h.ctx, chromedp.Evaluate[string](script))
	if err != nil {
		h.Fatalf("%s: %v", script, err)
	}
	return text
}

// until waits for something to be so.
func (h *hand) until(condition string) {
	h.Helper()
	for range 1200 {
		said, err := chromedp.Run(h.ctx, chromedp.Evaluate[string]("String(!!("+condition+"))"))
		if err == nil && said == "true" { // an error is a page on its way
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	h.Fatalf("never: %s\n%s", condition, h.page())
}

// visit types an address; that is nobody's task, so it does not count.
func (h *hand) visit(path string) {
	h.Helper()
	h.do(path, chromedp.Navigate(h.site+path))
}

// see fails unless the page says something.
func (h *hand) see(sel, text string) {
	h.Helper()
	h.until(fmt.Sprintf("[...document.querySelectorAll(%s)].some(e => e.textContent.includes(%s))", strconv.Quote(sel), strconv.Quote(text)))
}

// called returns a selector for the one element of a sort that says something.
func (h *hand) called(sel, text string) string {
	h.Helper()
	h.see(sel, text)
	return h.eval(fmt.Sprintf(`(() => {
		const e = [...document.querySelectorAll(%s)].find(e => e.textContent.includes(%s));
		window.handed = (window.handed || 0) + 1;
		e.setAttribute("data-hand", window.handed);
		return '[data-hand="' + window.handed + '"]';
	})()`, strconv.Quote(sel), strconv.Quote(text)))
}

// key presses a key once.
func (h *hand) key(k string, mods ...chromedp.Modifier) {
	h.Helper()
	h.keys++
	if k == kb.Enter { // one event with its character, as a keyboard has it
		for _, e := range []keyboard.DispatchKeyEventParams{{Type: keyboard.DispatchKeyEventTypeKeyDown, Text: "\r", UnmodifiedText: "\r"}, {Type: keyboard.DispatchKeyEventTypeKeyUp}} {
			e.Key, e.Code, e.WindowsVirtualKeyCode = "Enter", "Enter", 13
			for _, m := range mods {
				e.Modifiers |= int64(m)
			}
			if _, err := chromedp.Call(h.ctx, keyboard.DispatchKeyEvent, e); err != nil {
				h.Fatal(err)
			}
		}
	} else {
		h.do("a key", chromedp.KeyEvent(k, chromedp.KeyModifiers(mods...)))
	}
	time.Sleep(30 * time.Millisecond) // the page is told of a moved cursor in a task of its own
}

// text writes where the cursor is.
func (h *hand) text(s string) {
	h.Helper()
	if _, err := chromedp.Call(h.ctx, keyboard.InsertText, keyboard.InsertTextParams{Text: s}); err != nil {
		h.Fatal(err)
	}
	time.Sleep(30 * time.Millisecond)
}

// reach walks to an element with the Tab key. Who comes to a new page leaps
// over the side column first, by the link that is there for it.
func (h *hand) reach(sel string) {
	h.Helper()
	q := strconv.Quote(sel)
	h.until("document.querySelector(" + q + ")")
	where := func() string {
		return h.eval(`(() => {
			const a = document.activeElement, e = document.querySelector(` + q + `);
			if (!e) return "gone";
			if (a === e || e.contains(a) && !a.matches("main") || e.type === "radio" && a && a.type === "radio" && a.name === e.name) return "there";
			const d = e.closest("dialog[open]");
			if (d && !d.contains(a)) return "forth";
			if (!a || a === document.body) return e.closest("main") ? "leap" : "forth";
			return a.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING ? "back" : "forth";
		})()`)
	}
	for range 300 {
		switch where() {
		case "there":
			return
		case "gone":
			h.Fatalf("%s went away\n%s", sel, h.page())
		case "leap":
			h.key(kb.Tab)
			if h.eval(`String(document.activeElement.matches(".skip"))`) == "true" {
				h.key(kb.Enter)
			}
		case "back":
			h.key(kb.Tab, chromedp.ModifierShift)
		default:
			h.key(kb.Tab)
		}
	}
	h.Fatalf("the Tab key does not reach %s\n%s", sel, h.page())
}

// press presses a button, a link or a box.
func (h *hand) press(sel string) {
	h.Helper()
	if !h.byKeys {
		h.clicks++
		h.do("press "+sel, chromedp.Click(sel))
		return
	}
	h.reach(sel)
	// The space bar is what a box and a summary take; of radio buttons the one
	// that Tab finds may be another.
	switch h.eval(`document.activeElement.type || document.activeElement.localName`) {
	case "checkbox", "radio", "summary":
		for range 10 {
			if h.eval(`String(document.activeElement.matches(`+strconv.Quote(sel)+`))`) == "true" {
				break
			}
			h.key(kb.ArrowDown)
		}
		h.key(" ")
	default:
		h.key(kb.Enter)
	}
}

// turn presses what leads to another page and waits for it.
func (h *hand) turn(sel string) {
	h.Helper()
	h.until("document.querySelector(" + strconv.Quote(sel) + ")")
	h.eval(`window.old = true; ""`)
	h.press(sel)
	h.turned()
}

func (h *hand) turned() {
	h.Helper()
	h.until(`!window.old && document.readyState === "complete" && document.querySelector("main")`)
}

// fill writes a text into a field, in place of what is there.
func (h *hand) fill(sel, text string) {
	h.Helper()
	if h.byKeys {
		h.reach(sel)
	} else {
		h.press(sel)
	}
	if h.eval(`document.activeElement.value || ""`) != "" {
		h.key("a", chromedp.ModifierCtrl)
	}
	h.text(text)
}

// choose takes an entry of a list by its first letters.
func (h *hand) choose(sel, entry string) {
	h.Helper()
	if h.byKeys {
		h.reach(sel)
	} else {
		h.clicks += 2 // the list, and the entry
		h.do("choose "+sel, chromedp.Focus(sel))
	}
	had := h.keys
	for _, letter := range strings.ToLower(entry) {
		h.key(string(letter))
	}
	if !h.byKeys {
		h.keys = had
	}
	if got := h.eval(`document.activeElement.selectedOptions[0].textContent.trim()`); !strings.HasPrefix(got, entry) {
		h.Fatalf("%s is at %q, not %q", sel, got, entry)
	}
}

// when writes a day or a time into a field that has parts. The keys of such a
// field are its text.
func (h *hand) when(sel, keys string) {
	h.Helper()
	if h.byKeys {
		h.reach(sel)
	} else {
		h.clicks++
		h.do("focus "+sel, chromedp.Focus(sel))
	}
	h.do("write "+sel, chromedp.KeyEvent(keys))
}

// take gives a file to a field. The window in which one finds the file is the
// system's own; finding it is counted as nothing here and elsewhere.
func (h *hand) take(sel, path string) {
	h.Helper()
	if h.byKeys {
		h.reach(sel) // it can be reached; the window that Enter opens is not a page
		h.keys++
	} else {
		h.clicks++
	}
	h.do("take a file", chromedp.SetUploadFiles(sel, []string{path}))
}

// counted returns how many presses a task took.
func (h *hand) counted(task func()) int {
	h.Helper()
	before := h.clicks + h.keys
	task()
	return h.clicks + h.keys - before
}
