package editor_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"sala/internal/richtext"
)

// stored waits until the desk has a text that holds want.
func (d *desk) stored(t *testing.T, want string) {
	t.Helper()
	for begin := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		var body string
		d.with(func() { body = string(d.body) })
		if strings.Contains(body, want) {
			return
		}
		if time.Since(begin) > 20*time.Second {
			t.Fatalf("%q never arrived: %s", want, body)
		}
	}
}

func (p *tab) kept() string {
	return p.eval(`Object.keys(localStorage).filter(k => k.startsWith("sala.draft:")).length`)
}

func TestBrowserAutosave(t *testing.T) {
	b := browser(t)

	t.Run("the connection is cut and comes back", func(t *testing.T) {
		d := open(t, "en", empty)
		p := visit(t, b, d)
		p.focus()
		p.keys("first")
		p.status("Saved ")
		d.stored(t, "first")
		if n := p.kept(); n != "0" {
			t.Errorf("%s copies are kept after the text was acknowledged", n)
		}
		d.with(func() { d.down = true })
		p.keys(" second")
		p.status("Not saved yet: no connection. Kept on this device.")
		p.keys(" third")
		if n := p.kept(); n != "1" {
			t.Errorf("%s copies are kept, want 1", n)
		}
		d.with(func() { d.down = false })
		p.eval(`dispatchEvent(new Event("online")); return 1;`)
		d.stored(t, "first second third")
		p.status("Saved ")
		p.until(`Object.keys(localStorage).filter(k => k.startsWith("sala.draft:")).length == 0`)
		p.fine()
	})

	for _, choice := range []struct{ press, want string }{{"Use the text of this device", "lost words"}, {"Use the saved text", "server words"}} {
		t.Run("a closed tab: "+choice.press, func(t *testing.T) {
			d := open(t, "en", `{"content":[{"type":"paragraph","attrs":{"id":"aaaa1"},"content":[{"type":"text","text":"server words"}]}]}`)
			p := visit(t, b, d)
			d.with(func() { d.down = true })
			p.focus()
			p.keys("a", ctrl)
			p.keys("lost words")
			p.until(`Object.keys(localStorage).some(k => k.startsWith("sala.draft:"))`)
			if err := chromedp.Cancel(p.ctx); err != nil {
				t.Fatal(err)
			}
			d.with(func() { d.down = false })
			p = visit(t, b, d)
			p.until(`document.querySelector(".sala-notice")?.textContent.includes("was not saved")`)
			if got := p.doc().Plain(); got != "server words" {
				t.Errorf("before it was chosen: %q", got)
			}
			p.focus()
			p.keys("x") // nothing is typed until one is chosen
			if got := p.doc().Plain(); got != "server words" {
				t.Errorf("typed before it was chosen: %q", got)
			}
			p.press(choice.press)
			p.until(`document.querySelector(".sala-prose").textContent == "` + choice.want + `"`)
			d.stored(t, choice.want)
			p.until(`Object.keys(localStorage).filter(k => k.startsWith("sala.draft:")).length == 0`)
			p.fine()
		})
	}

	t.Run("signed out while typing", func(t *testing.T) {
		d := open(t, "en", empty)
		p := visit(t, b, d)
		d.with(func() { d.status = http.StatusUnauthorized })
		p.focus()
		p.keys("words")
		p.status("Not saved yet: you are signed out. Kept on this device.")
		d.with(func() { d.status = 0 }) // signed in, in another tab
		p.eval(`dispatchEvent(new Event("focus")); return 1;`)
		d.stored(t, "words")
		p.fine()
	})

	t.Run("somebody else was first", func(t *testing.T) {
		d := open(t, "en", empty)
		p := visit(t, b, d)
		d.with(func() { d.base = 7 })
		p.focus()
		p.keys("mine")
		p.status("Not saved: Ma Ma has changed this text meanwhile. Kept on this device.")
		p.keys(" too")
		time.Sleep(3 * time.Second)
		if d.with(func() {}); d.saves != 0 {
			t.Error("it was saved over the other's")
		}
		if got := p.eval(`document.querySelector(".sala-status a").getAttribute("href")`); got != "/studio/conflict" {
			t.Errorf("the two texts are compared at %q", got)
		}
		if got := p.doc().Plain(); got != "mine too" || p.kept() != "1" {
			t.Errorf("text = %q, kept %s", got, p.kept())
		}
		p.fine()
	})

	t.Run("a block is refused", func(t *testing.T) {
		d := open(t, "en", empty)
		p := visit(t, b, d)
		d.with(func() { d.status = http.StatusUnprocessableEntity })
		p.focus()
		p.keys("wrong")
		p.status("the server did not accept the text")
		p.press("This block is wrong.")
		p.until(`document.activeElement.classList.contains("sala-prose")`)
		p.fine()
	})
}

// TestBrowserForm sends the form, with script and without.
func TestBrowserForm(t *testing.T) {
	b := browser(t)

	t.Run("with script the blocks are sent", func(t *testing.T) {
		d := open(t, "en", empty)
		p := visit(t, b, d)
		p.focus()
		p.keys("words")
		p.press("Save")
		p.until(`document.title == "stored"`)
		doc, err := richtext.Parse(d.body)
		if err != nil || d.form != "body" || doc.Plain() != "words" {
			t.Errorf("sent %s %s, %v", d.form, d.body, err)
		}
	})

	t.Run("without script Markdown is sent", func(t *testing.T) {
		d := open(t, "en", `{"content":[{"type":"verse","attrs":{"id":"aaaa1"},"content":[{"type":"text","text":"old"}]}]}`)
		ctx, cancel := chromedp.NewContext(b)
		defer cancel()
		ctx, stop := context.WithTimeout(ctx, time.Minute)
		defer stop()
		if err := withoutScript(ctx); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(d.server.URL), chromedp.WaitVisible("#markdown"), chromedp.SendKeys("#markdown", "A **new** line.\n\n"), chromedp.Click("button[type=submit]"), chromedp.Sleep(time.Second)); err != nil {
			t.Fatal(err)
		}
		doc, err := richtext.Parse(d.body)
		if err != nil || d.form != "markdown" || doc.Markdown() == "" || !strings.Contains(doc.Markdown(), "A **new** line.") || types(doc) != "paragraph verse" {
			t.Errorf("sent %s %s, %v", d.form, d.body, err)
		}
	})
}
