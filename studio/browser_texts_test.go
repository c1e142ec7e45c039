package studio_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"sala"
	"sala/archive"
	"sala/internal/db/dbtest"
	"sala/studio/editor"
)

// A deskroom is an office that a browser opens, with a line that can be cut.
type deskroom struct {
	*office
	server *httptest.Server
	cut    atomic.Bool
	ctx    context.Context // of the browser
}

func openDeskroom(t *testing.T) *deskroom {
	t.Helper()
	chromium := os.Getenv("SALA_TEST_CHROMIUM")
	if chromium == "" || !editor.Built() {
		t.Skip("SALA_TEST_CHROMIUM names the browser, and the bundle must be built: make test does both")
	}
	d := &deskroom{office: newOffice(t, dbtest.SQLite(t))}
	d.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.cut.Load() && r.Method == http.MethodPost {
			panic(http.ErrAbortHandler)
		}
		d.door.ServeHTTP(w, r)
	}))
	t.Cleanup(d.server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocated)
	t.Cleanup(cancel)
	d.ctx = ctx
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // starts it
		t.Fatal(err)
	}
	return d
}

// as signs the browser in as somebody of a role.
func (d *deskroom) as(role sala.Role) {
	d.t.Helper()
	if _, err := chromedp.Call(d.ctx, network.SetCookie, network.SetCookieParams{Name: "sala_studio", Value: d.cookies[role], URL: d.server.URL + "/studio/"}); err != nil {
		d.t.Fatal(err)
	}
}

// until waits until a script says yes.
func (b tab) until(script string) {
	b.Helper()
	for begin := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if b.eval(`String(`+script+`)`) == "true" {
			return
		}
		if time.Since(begin) > 20*time.Second {
			b.Fatalf("never: %s\n%s", script, b.eval("location.href + '\\n' + document.body.innerText"))
		}
	}
}

const (
	line = `document.querySelector(".sala-status").textContent`
	keep = `Object.keys(localStorage).filter(k => k.startsWith("sala.draft:")).length`
)

// A text is written, saves itself, is told of its words and is then saved as a
// revision by its form: that is no conflict.
func TestBrowserWritesAText(t *testing.T) {
	d := openDeskroom(t)
	work, edition := d.aText("Of words", doc("Nothing is wrong here."))
	d.as(sala.Editor)
	b := tab{t, d.ctx}
	b.do("write", chromedp.Navigate(d.server.URL+"/studio/works/"+string(work)+"/en"), chromedp.WaitReady(".sala-prose"))

	b.do("type", chromedp.Click(".sala-prose p"), chromedp.SendKeys(".sala-prose", " They are runaways."))
	b.until(line + `.startsWith("Saved ")`)
	b.until(`document.querySelector("[data-words-here]").innerText.includes("hides why people leave")`)
	b.do("type on", chromedp.SendKeys(".sala-prose", " And more."))
	b.do("save", chromedp.Click("button[value=save]"), chromedp.WaitReady(".note.ok"))
	r, err := d.archive.NewestRevision(t.Context(), anEditor, edition)
	if err != nil || r.Number != 2 || !strings.Contains(r.Body.Plain(), "runaways.") || !strings.Contains(r.Body.Plain(), "And more.") {
		t.Errorf("revision %d: %q, %v", r.Number, r.Body.Plain(), err)
	}
	if n := b.eval(`String(` + keep + `)`); n != "0" {
		t.Errorf("%s copies are left on the device", n)
	}
}

// A translation by a link saves itself, survives a cut line and a page that was left,
// and offers Zawgyi as Unicode.
func TestBrowserTranslates(t *testing.T) {
	d := openDeskroom(t)
	_, _, _, edition := d.begun()
	_, token, err := d.archive.Invite(t.Context(), anEditor, edition, "Daw Hla", d.db.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	room := d.server.URL + "/studio/t/" + token
	f := fields(doc(words))
	b := tab{t, d.ctx}
	b.do("open", chromedp.Navigate(room), chromedp.WaitReady(".bench > .sala-status"))
	b.do("type", chromedp.SendKeys(`[name="`+f[1]+`"]`, "one"))
	b.until(line + `.startsWith("Saved ")`)
	b.until(keep + ` == 0`)
	d.cut.Store(true)
	b.do("type", chromedp.SendKeys(`[name="`+f[1]+`"]`, " two"))
	b.until(line + `.includes("no connection. Kept on this device.")`)
	if stored := b.eval(`JSON.stringify(Object.keys(localStorage))`); strings.Contains(stored, token) {
		t.Errorf("the device keeps the token: %s", stored)
	}
	b.do("away", chromedp.Navigate("about:blank"))
	d.cut.Store(false)
	b.do("open again", chromedp.Navigate(room), chromedp.WaitReady(".sala-notice button"))
	if got := b.eval(`document.querySelector('[name="` + f[1] + `"]').value`); got != "one" {
		t.Errorf("before it was chosen: %q", got)
	}
	b.do("choose", chromedp.Click(".sala-notice button"))
	b.until(line + `.startsWith("Saved ")`)
	b.eval(`const field = document.querySelector('[name="t.title"]'), data = new DataTransfer(); field.focus(); document.execCommand("insertText", false, "` + zawgyiText + `");
data.setData("text/plain", "` + zawgyiText + `"); field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true})); ""`)
	b.do("Zawgyi", chromedp.WaitReady(".sala-notice button"), chromedp.Click(".sala-notice button"))
	b.until(`document.querySelector('[name="t.title"]').value.startsWith("မြန်မာနိုင်ငံမှ")`)
	b.do("save at once", chromedp.SendKeys(`[name="`+f[2]+`"]`, "three"), chromedp.Click("button[value=save]"), chromedp.WaitReady(".note.ok"))
	by, err := d.archive.Guest(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	copied, err := d.archive.Draft(t.Context(), by, edition)
	if err != nil || !strings.Contains(copied.Body.Plain(), "one two") || !strings.Contains(copied.Body.Plain(), "three") || !strings.HasPrefix(copied.Title, "မြန်မာနိုင်ငံမှ") {
		t.Errorf("%q %q, %v", copied.Title, copied.Body.Plain(), err)
	}
	if left := b.eval(`String(` + keep + ` + document.querySelectorAll(".sala-notice").length)`); left != "0" {
		t.Errorf("%s copies or questions are left", left)
	}
}

// Signing out never takes a text along that the server has not, unless
// somebody says so; and shortcuts that are switched off do nothing.
func TestBrowserSignsOut(t *testing.T) {
	d := openDeskroom(t)
	work, edition := d.aText("Kept", doc("Begin."))
	d.as(sala.Editor)
	b := tab{t, d.ctx}
	b.do("keys", chromedp.Navigate(d.server.URL+"/studio/me"), chromedp.WaitReady("#keys"))
	b.eval(`document.querySelector("[name=keys]").click(); document.querySelector("form[action='/studio/me/keys']").submit(); ""`)
	b.do("off", chromedp.WaitReady("[data-keys-off] .note.ok"))
	press := `document.querySelector("main").dispatchEvent(new KeyboardEvent("keydown", {key: "?", bubbles: true})); ""`
	b.eval(press)
	b.do("nothing", chromedp.Sleep(300*time.Millisecond))
	if at := b.eval(`location.pathname`); at != "/studio/me" {
		t.Errorf("a key that is switched off led to %s", at)
	}
	b.eval(`document.querySelector("[data-keys-off]").removeAttribute("data-keys-off"); ""`)
	b.eval(press)
	b.until(`location.pathname == "/studio/help"`)
	b.do("write", chromedp.Navigate(d.server.URL+"/studio/works/"+string(work)+"/en"), chromedp.WaitReady(".sala-prose"))
	d.cut.Store(true)
	b.do("type", chromedp.Click(".sala-prose p"), chromedp.SendKeys(".sala-prose", " Precious words."))
	b.until(line + `.includes("Kept on this device.")`)
	b.eval(`window.confirm = text => { window.asked = text; return false }; document.querySelector(".out button").click(); ""`)
	b.until(`window.asked?.includes("has not been saved")`)
	if left := b.eval(`location.pathname + ` + keep); !strings.HasSuffix(left, "/en1") {
		t.Errorf("after staying: %s", left)
	}
	// The line is back: what waits is sent first, and nobody is asked.
	d.cut.Store(false)
	b.eval(`window.confirm = () => { throw new Error("asked") }; document.querySelector(".out button").click(); ""`)
	b.do("out", chromedp.WaitReady("#email"))
	copied, err := d.archive.Draft(t.Context(), d.whoIs(sala.Editor), edition)
	if err != nil || !strings.Contains(copied.Body.Plain(), "Precious words.") {
		t.Errorf("%q, %v", copied.Body.Plain(), err)
	}
	if left := b.eval(`String(` + keep + `)`); left != "0" {
		t.Errorf("%s copies are left", left)
	}
}

// TestBrowserTextScreens opens the screens about texts and files in English and
// Thai, and the writing surface in Burmese, on a telephone and a desk.
func TestBrowserTextScreens(t *testing.T) {
	d := openDeskroom(t)
	base, work, source, _ := d.begun()
	if _, err := d.archive.Revise(t.Context(), anEditor, source, 1, archive.Text{Title: "A statement", Summary: "In short.", Body: doc(words + "\n\nThey are called runaways, and every migrant worker knows who says so.")}); err != nil {
		t.Fatal(err)
	}
	d.as(sala.Admin)
	b := tab{t, d.ctx}
	agreed := sala.Consent{Person: "Ma A, of the dormitory by the river", Given: sala.Day{Year: 2026, Month: 2, Day: 1}, Scope: sala.InPrint, Note: "On paper."}
	if _, err := d.archive.RecordConsent(t.Context(), anEditor, work, agreed); err != nil {
		t.Fatal(err)
	}
	text := "/studio/works/" + string(work)
	for _, lang := range []string{"en", "th"} {
		d.speak(b, lang)
		for name, path := range map[string]string{"write": text + "/en", "preview": text + "/en/preview", "fields": text, "picture": text + "/picture", "translate": base, "settings": "/studio/settings", "me": "/studio/me"} {
			look(b, d.server.URL+path, name+"-"+lang, os.Getenv("SALA_TEST_AXE"))
		}
	}
	d.speak(b, "my")
	look(b, d.server.URL+text+"/en", "write-my", os.Getenv("SALA_TEST_AXE"))
}

// speak sets the language of the one who is signed in.
func (d *deskroom) speak(b tab, lang string) {
	d.t.Helper()
	b.do("a language", chromedp.Navigate(d.server.URL+"/studio/me"))
	b.eval(`document.querySelector("#lang").value = "` + lang + `"; document.querySelector("form[action='/studio/me']").submit(); ""`)
	b.do("the language", chromedp.WaitReady("html[lang="+lang+"] .note.ok"))
}
