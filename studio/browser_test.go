package studio_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"sala"
	"sala/account"
	"sala/internal/db/dbtest"
)

// A tab is one page of the browser.
type tab struct {
	*testing.T
	ctx context.Context
}

// do runs actions one after the other, or fails with what the page says.
func (b tab) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 30*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.Fatalf("%s: %v\n%s", what, err, b.eval("location.href + '\\n' + document.body.innerText"))
	}
}

func (b tab) eval(script string) string {
	b.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](script))
	if err != nil {
		b.Fatalf("%s: %v", script, err)
	}
	return text
}

const inside = ".studio main"

// TestBrowser sets a house up in Chromium by a passkey of a virtual
// authenticator, signs out and in by it, adds a password and an app, signs in
// by those, and opens every page in English and Thai on a telephone and a
// desk: axe finds nothing, nothing scrolls sideways. SALA_TEST_SHOTS names a
// folder for pictures of them.
func TestBrowser(t *testing.T) {
	chromium, axePath := os.Getenv("SALA_TEST_CHROMIUM"), os.Getenv("SALA_TEST_AXE")
	if chromium == "" {
		t.Skip("SALA_TEST_CHROMIUM and SALA_TEST_AXE name the browser and axe-core: make test sets them")
	}
	h := open(t, dbtest.SQLite(t))
	base := strings.Replace(h.server.URL, "127.0.0.1", "localhost", 1) // passkeys are for names
	code, err := h.account.SetUpCode(t.Context(), sala.Machine("test"))
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel := chromedp.NewContext(allocated)
	defer cancel()
	b := tab{t, ctx}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	made, err := chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	if err != nil {
		t.Fatal(err)
	}
	// await waits until the audit trail holds n entries of a kind.
	await := func(what string, n int) {
		t.Helper()
		for range 100 {
			list, err := h.account.Audit(t.Context(), sala.Machine("test"), account.AuditFilter{What: what})
			if err != nil {
				t.Fatal(err)
			}
			if len(list) >= n {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatalf("the trail does not hold %d times %s", n, what)
	}
	signOut := func() {
		b.do("sign out", chromedp.Navigate(base+"/studio/"), chromedp.WaitReady(inside))
		b.eval(`document.querySelector(".out").submit(); ""`)
	}
	see := func(name, path string) { look(b, base+path, name, axePath) }

	see("setup", "/studio/setup?code="+code)
	b.do("set up", chromedp.SendKeys("#name-en", "Network of the River"), chromedp.SendKeys("#name", "Ana"), chromedp.SendKeys("#email", "ana@example.org"),
		chromedp.Click("[data-ask]"), chromedp.WaitReady(inside))
	await("signed_in", 1)
	signOut()
	// The sign-in page asks at once, and this authenticator agrees by itself.
	await("signed_out", 1)
	await("signed_in", 2)
	b.do("signed in by passkey", chromedp.WaitReady(inside))

	b.do("a password", chromedp.Navigate(base+"/studio/me"), chromedp.SendKeys("#password", good), chromedp.Submit("#password"), chromedp.WaitReady(".note.ok"))
	b.do("an app", chromedp.Navigate(base+"/studio/me/app"), chromedp.WaitReady(".qr"))
	secret := strings.ReplaceAll(b.eval(`document.querySelector(".copy").textContent`), " ", "")
	told, err := totp.GenerateCode(secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	b.do("the app's code", chromedp.SendKeys("#code", told), chromedp.Submit("#code"), chromedp.WaitReady(".codes"))
	recovery := b.eval(`document.querySelector(".codes li").textContent`)
	b.do("an invitation", chromedp.Navigate(base+"/studio/people"), chromedp.SendKeys("#email", "su@example.org"), chromedp.Submit("#email"), chromedp.WaitReady("#made"))
	b.do("its letter", chromedp.Navigate(base+"/studio/mail"), chromedp.WaitReady(inside))
	written := strings.TrimPrefix(b.eval(`document.querySelector("main td a").href`), base)
	b.do("a link for a member", chromedp.Navigate(base+"/studio/contributions"), chromedp.SendKeys("#name", "Lantern House"), chromedp.Submit("#name"), chromedp.WaitReady("#made"))
	member := strings.TrimPrefix(b.eval(`document.querySelector("#made").textContent`), base)
	for _, lang := range []string{"en", "my", "th"} {
		see("member-"+lang, member+"?lang="+lang)
	}
	b.do("a contribution", chromedp.SendKeys("#title", "Fees at the pier"), chromedp.SendKeys("#text", "They came in the morning.\nNobody had paid."),
		chromedp.Submit("#text"), chromedp.WaitReady(".letter"))
	receipt := b.eval(`location.pathname`)
	see("receipt-km", receipt+"?lang=km")
	b.do("what came", chromedp.Navigate(base+"/studio/contributions"), chromedp.WaitReady(inside))
	came := strings.TrimPrefix(b.eval(`document.querySelector("main td a").href`), base)
	for _, lang := range []string{"en", "th"} {
		b.do("a language", chromedp.Navigate(base+"/studio/me"))
		b.eval(`document.querySelector("#lang").value = "` + lang + `"; document.querySelector("form[action='/studio/me']").submit(); ""`)
		b.do("the language", chromedp.WaitReady("html[lang="+lang+"] .note.ok"))
		for name, path := range map[string]string{
			"letter": written, "contribution": came, "lost": "/studio/nothing", // the others: TestBrowserPages
		} {
			see(name+"-"+lang, path)
		}
	}
	if _, err := chromedp.Call(ctx, webauthn.RemoveVirtualAuthenticator, webauthn.RemoveVirtualAuthenticatorParams(made)); err != nil {
		t.Fatal(err)
	}
	signOut()
	await("signed_out", 2)
	see("signin", "/studio/signin")
	b.do("sign in by password", chromedp.Navigate(base+"/studio/signin"))
	b.eval(`document.querySelector("#email").value = "ana@example.org"; document.querySelector("#password").value = "` + good + `"; document.querySelector("form").submit(); ""`)
	b.do("the second step", chromedp.WaitReady("#code"), chromedp.SendKeys("#code", recovery), chromedp.Submit("#code"), chromedp.WaitReady(inside))
}

// look opens a page on a telephone and a desk and holds it to what is
// promised.
func look(b tab, address, name, axePath string) {
	for i, width := range []int64{360, 1280} {
		if i == 0 {
			b.do(name, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
		} else {
			b.do(name, chromedp.EmulateViewport(width, 900))
		}
		if dir := os.Getenv("SALA_TEST_SHOTS"); dir != "" {
			shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(80))
			if err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.jpg", name, width)), shot, 0o600); err != nil {
				b.Fatal(err)
			}
		}
		if b.eval(`String(document.documentElement.scrollWidth > document.documentElement.clientWidth)`) == "true" {
			b.Errorf("%s scrolls sideways at %d", name, width)
		}
		if axePath == "" {
			continue
		}
		if i == 0 {
			axe, err := os.ReadFile(axePath)
			if err != nil {
				b.Fatal(err)
			}
			b.eval(string(axe) + `; ""`)
		}
		said, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`, chromedp.EvalAwaitPromise))
		if err != nil {
			b.Fatal(err)
		}
		var found []struct {
			ID    string `json:"id"`
			Nodes []struct {
				HTML    string `json:"html"`
				Summary string `json:"failureSummary"`
			} `json:"nodes"`
		}
		if err := json.Unmarshal([]byte(said), &found); err != nil {
			b.Fatal(err)
		}
		for _, v := range found {
			for _, n := range v.Nodes {
				b.Errorf("%s at %d: axe %s\n%s\n%s", name, width, v.ID, n.HTML, n.Summary)
			}
		}
	}
}
