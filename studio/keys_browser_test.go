package studio

import (
	"context"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sala"
)

// TestBrowserKeys walks a list whose rows have several links, and goes from
// what must be corrected to its field.
func TestBrowserKeys(t *testing.T) {
	chromium := os.Getenv("SALA_TEST_CHROMIUM")
	if chromium == "" {
		t.Skip("SALA_TEST_CHROMIUM names the browser: make test sets it")
	}
	o := opened(t)
	o.begun("Harbour Workshop")
	address, _ := o.begun("Lighthouse Workshop")
	server := httptest.NewServer(o.handler)
	defer server.Close()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(allocated)
	defer cancel()
	do := func(what string, actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, actions...); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	// here waits until a script says so of the page.
	here := func(script, want string) {
		t.Helper()
		got := ""
		for range 100 {
			var err error
			if got, err = chromedp.Run(ctx, chromedp.Evaluate[string](script)); err == nil && got == want {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("%s is %q, want %q", script, got, want)
	}
	do("open", chromedp.Navigate("about:blank"))
	if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: cookie, Value: o.cookies[sala.Editor], URL: server.URL + "/studio/"}); err != nil {
		t.Fatal(err)
	}
	do("the list", chromedp.Navigate(server.URL+"/studio/events"), chromedp.WaitReady("main .grid"))
	here(`String(document.querySelectorAll("main .grid tbody tr:first-child a").length > 1)`, "true")
	const row = `(() => { const rows = [...document.querySelectorAll("main .grid tbody tr")]; const at = document.activeElement; return rows.findIndex((r) => r.querySelector("a") === at) + "" })()`
	for _, step := range []struct{ key, row string }{{"j", "0"}, {"j", "1"}, {"j", "1"}, {"k", "0"}} {
		do(step.key, chromedp.KeyEvent(step.key))
		here(row, step.row)
	}
	do("the event", chromedp.Navigate(server.URL+address), chromedp.WaitReady("form[data-event]"))
	here(`document.activeElement.name || ""`, "from")
	do("a day that is none", chromedp.KeyEvent("31 February"), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	here(`document.activeElement.getAttribute("href") || ""`, "#from")
	do("to the field", chromedp.KeyEvent(kb.Enter))
	here(`(document.activeElement.name || "") + " " + document.activeElement.value`, "from 31 February")
}
