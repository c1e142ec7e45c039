package studio_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"sala"
	"sala/internal/db/dbtest"
	"sala/studio"
	"sala/studio/editor"
)

// zawgyiText is a line in the old encoding.
const zawgyiText = "ျမန္မာႏိုင္ငံမွ ေရႊ႕ေျပာင္းလုပ္သားမ်ား"

func TestZawgyi(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	h.user(t, "ana@example.org", sala.Contributor)
	b := h.browser(t)
	b.signIn(t, "ana@example.org")
	ask := func(body string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "POST", b.base+"/studio/zawgyi", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Origin", b.base)
		resp, err := b.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }() // it was only read
		var said struct {
			Zawgyi           bool
			Unicode, Message string
		}
		if err := json.NewDecoder(resp.Body).Decode(&said); err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, said.Unicode + said.Message
	}
	asked, err := json.Marshal(map[string]string{"text": zawgyiText})
	if err != nil {
		t.Fatal(err)
	}
	if status, said := ask(string(asked)); status != http.StatusOK || !strings.HasPrefix(said, "မြန်မာနိုင်ငံမှ") {
		t.Errorf("%d %q", status, said)
	}
	if status, said := ask("no JSON"); status != http.StatusUnprocessableEntity || !strings.Contains(said, "could not be checked") {
		t.Errorf("what is no JSON: %d %q", status, said)
	}
}

func TestAssets(t *testing.T) {
	h := open(t, dbtest.SQLite(t))
	b := h.browser(t)
	if a := b.do(t, "GET", editor.Prefix+"editor-0.js", nil); a.status != http.StatusNotFound {
		t.Errorf("a file that is not there: %d", a.status)
	}
	if !editor.Built() {
		t.Skip("the editor's bundle is not built: make build needs Node")
	}
	for _, address := range []string{editor.Script(), editor.Style()} {
		a := b.do(t, "GET", address, nil)
		if a.status != http.StatusOK || !strings.Contains(a.header.Get("Cache-Control"), "immutable") || len(a.body) < 1000 {
			t.Errorf("%s: %d %v", address, a.status, a.header)
		}
	}
}

// TestBrowserWriting writes on a page of the studio, under its policy.
func TestBrowserWriting(t *testing.T) {
	chromium := os.Getenv("SALA_TEST_CHROMIUM")
	if chromium == "" || !editor.Built() {
		t.Skip("SALA_TEST_CHROMIUM names the browser, and the bundle must be built: make test does both")
	}
	h := open(t, dbtest.SQLite(t))
	h.user(t, "ana@example.org", sala.Contributor)
	client := h.browser(t)
	a := client.do(t, "POST", "/studio/signin", map[string][]string{"email": {"ana@example.org"}, "password": {good}})
	session, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	name, value, _ := strings.Cut(session, "=")
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(allocated)
	defer cancel()
	b := tab{t, ctx}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // starts it
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: h.server.URL + "/studio/"}); err != nil {
		t.Fatal(err)
	}
	look(b, h.server.URL+studio.WritingPage, "writing", os.Getenv("SALA_TEST_AXE"))
	b.do("write", chromedp.WaitReady(".sala-prose"), chromedp.Click(".sala-prose"), chromedp.SendKeys(".sala-prose", " here"))
	b.eval(`window.wrongs = ""; document.addEventListener("securitypolicyviolation", e => wrongs += e.violatedDirective + " " + e.blockedURI + " " + e.sample + "\n"); ""`)
	b.eval(`const data = new DataTransfer(); data.setData("text/plain", "` + zawgyiText + `"); document.querySelector(".sala-prose").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); ""`)
	b.do("asked", chromedp.WaitReady(".sala-notice button"))
	b.do("changed", chromedp.Click(".sala-notice button"))
	if body := b.eval(`document.querySelector("[data-sala-json]").value`); !strings.Contains(body, "မြန်မာနိုင်ငံမှ") || !strings.Contains(body, "here") {
		t.Errorf("the form holds %s", body)
	}
	if wrongs := b.eval(`window.wrongs`); wrongs != "" {
		t.Errorf("the policy forbids %s", wrongs)
	}
}
