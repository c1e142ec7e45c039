package site_test

import (
	"context"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sala/event"
)

// TestBrowserReply answers an invitation in Chromium on a telephone with keys
// alone, from the page of the event to the reply and its withdrawal: what the
// policy of the page forbids, a browser would not do.
func TestBrowserReply(t *testing.T) {
	chromium := os.Getenv("SALA_TEST_CHROMIUM")
	if chromium == "" {
		t.Skip("SALA_TEST_CHROMIUM names the browser: make test sets it")
	}
	w := open(t)
	c := w.call(t, event.ReplyRules{Places: 3})
	server := httptest.NewServer(w.handler)
	defer server.Close()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(allocated)
	defer cancel()
	do := func(actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	read := func(script string) string {
		t.Helper()
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		return text
	}
	until := func(what string) {
		t.Helper()
		for range 200 {
			if strings.Contains(read(`document.readyState == "complete" ? document.body.innerText : ""`), what) {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("the page does not say %q:\n%s", what, read(`document.body.innerText`))
	}
	// to presses Tab until what has the focus is this.
	to := func(selector string) {
		t.Helper()
		for range 80 {
			do(chromedp.KeyEvent(kb.Tab))
			if read(`String(document.activeElement.matches("`+selector+`"))`) == "true" {
				return
			}
		}
		t.Fatalf("Tab does not lead to %s", selector)
	}
	do(chromedp.EmulateViewport(360, 800), chromedp.Navigate(server.URL+"/en/events/"+c.event.Slug))
	to("a[href='" + c.form("en") + "']")
	do(chromedp.KeyEvent(kb.Enter))
	until("Will you come?")
	to("[name=answer]")
	do(chromedp.KeyEvent(" "))
	to("#name")
	do(chromedp.KeyEvent("  "), chromedp.KeyEvent(kb.Enter)) // a name that only the server refuses
	until("Say what you are called")
	if path := os.Getenv("SALA_TEST_AXE"); path != "" {
		axe, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found, err := chromedp.Run(ctx, chromedp.Evaluate[string](string(axe)+`;axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + " " + v.nodes[0].html).join("\n"))`, chromedp.EvalAwaitPromise))
		if err != nil || found != "" {
			t.Errorf("axe of what must be corrected: %s, %v", found, err)
		}
	}
	if read(`String(document.querySelector("[name=answer]").checked)`) != "true" {
		t.Error("what was chosen is lost")
	}
	to("#name")
	do(chromedp.KeyEvent("Su Su"))
	to("#country")
	do(chromedp.KeyEvent("Myan"))
	to("#word")
	do(chromedp.KeyEvent("One."), chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent("Two."))
	to("form.fill button")
	do(chromedp.KeyEvent(kb.Enter))
	until("Your reply was received")
	at := read(`location.pathname`)
	if !strings.HasPrefix(at, c.form("en")+"/") || read(`document.cookie`) != "" {
		t.Errorf("at %s with the cookie %q", at, read(`document.cookie`))
	}
	list, err := c.events.Replies(t.Context(), editor, c.event.ID)
	if err != nil || len(list) != 1 || list[0].Name != "Su Su" || list[0].Country != "mm" || list[0].Word != "One.\nTwo." {
		t.Fatalf("%+v, %v", list, err)
	}
	to("details:last-of-type summary")
	do(chromedp.KeyEvent(kb.Enter))
	to("[value=withdraw]")
	do(chromedp.KeyEvent(kb.Enter))
	until("Your reply is deleted")
	if list, err := c.events.Replies(t.Context(), editor, c.event.ID); err != nil || len(list) != 0 {
		t.Errorf("after it was withdrawn: %+v, %v", list, err)
	}
}
