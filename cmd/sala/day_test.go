package main

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sala"
	"sala/account"
	"sala/internal/i18n"
	"sala/studio/editor"
)

// An office is the whole program in one process, with a clock that can be put
// on.
type office struct {
	*house
	server *httptest.Server
	site   string // by a name: passkeys are for names
	ahead  atomic.Int64
}

func openOffice(t *testing.T) *office {
	t.Helper()
	h, _ := openHouse(t, []string{"--data", t.TempDir()}, alone)
	o := &office{house: h}
	h.db.Clock = func() time.Time { return time.Now().Add(time.Duration(o.ahead.Load())) }
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	doors, err := serveCmd{}.doors(t.Context(), h, words, h.letters("", words, nil))
	if err != nil {
		t.Fatal(err)
	}
	o.server = httptest.NewServer(doors)
	t.Cleanup(o.server.Close)
	o.site = strings.Replace(o.server.URL, "127.0.0.1", "localhost", 1)
	return o
}

// later puts the clock on and lets the program do what is due.
func (o *office) later(t *testing.T, by time.Duration) {
	t.Helper()
	o.ahead.Add(int64(by))
	if _, err := o.jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// reader opens an address as a reader does.
func (o *office) reader(t *testing.T, path string) (int, string) {
	t.Helper()
	resp, err := http.Get(o.site + path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, strings.ReplaceAll(string(b), "<wbr>", "")
}

// reads fails unless readers find texts at an address.
func (o *office) reads(t *testing.T, path string, texts ...string) string {
	t.Helper()
	status, body := o.reader(t, path)
	for _, text := range texts {
		if status != http.StatusOK || !strings.Contains(body, text) {
			t.Errorf("%s: %d, and %q is not in it", path, status, text)
		}
	}
	return body
}

// photo makes a picture file.
func photo(t *testing.T) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	for x := range 1200 {
		for y := range 800 {
			m.Set(x, y, color.RGBA{uint8(x / 5), uint8(y / 4), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "river.jpg")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// signsIn makes an editor with a password and lets the hand sign in by it.
func (o *office) signsIn(t *testing.T, h *hand) {
	t.Helper()
	const password = "lantern river seven boats"
	_, code, err := o.account.Invite(t.Context(), sala.Machine("test"), "ana@example.org", "Ana", sala.Admin, "en")
	if err == nil {
		_, err = o.account.Accept(t.Context(), code, "Ana", "en", account.WayIn{Password: password}, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	h.visit("/studio/signin")
	h.fill("#email", "ana@example.org")
	h.fill("#password", password)
	h.turn("form.sheet button.go:not([data-ask])")
}

// The buttons of a text.
const (
	saveButton     = `button[name=do][value=save]`
	publishButton  = `button[name=do][value=publish]`
	withdrawButton = `button[name=do][value=withdraw]`
	scheduleButton = `button[name=do][value=schedule]`
	finishButton   = `button[name=do][value=finish]`
)

// TestBrowserDay does with the whole program what an editor does in a day:
// with a mouse, and by keys alone.
func TestBrowserDay(t *testing.T) {
	if !editor.Built() {
		t.Skip("the editor's bundle is not built: make build needs Node")
	}
	for _, way := range []struct {
		name   string
		byKeys bool
	}{{"by mouse", false}, {"by keys alone", true}} {
		t.Run(way.name, func(t *testing.T) { day(t, way.byKeys) })
	}
}

func day(t *testing.T, byKeys bool) {
	o := openOffice(t)
	code, err := o.account.SetUpCode(t.Context(), sala.Machine("test"))
	if err != nil {
		t.Fatal(err)
	}
	h := newHand(t, o.site)
	h.passkeys()
	h.byKeys = byKeys

	// The first page of a new house.
	h.visit("/studio/setup?code=" + code)
	h.fill("#name-en", "Network of the River")
	h.press("[name=on-my]")
	h.fill("#name", "Ana")
	h.fill("#email", "ana@example.org")
	h.turn("[data-ask]")
	h.until(`document.querySelector(".studio main")`)

	// Out, and in again by the passkey.
	h.turn(".out button")
	h.visit("/studio/signin")
	h.until(`document.querySelector(".studio main")`)

	// A picture from this machine, in parts; nobody can be recognised in it.
	h.turn(`nav.side a[href="/studio/media"]`)
	h.take("#file", photo(t))
	h.turn(".sending a")
	h.fill("#alt-en", "Boats at the river bank")
	h.turn(`form[action^="/studio/media/"].broad button.go`)
	h.press(`[name=people][value=no]`)
	h.turn("#people button")
	h.turn("#public button")
	if _, err := o.jobs.RunDue(t.Context()); err != nil { // sizes for readers
		t.Fatal(err)
	}

	// A statement with that picture and a footnote.
	h.turn(`nav.side a[href="/studio/works"]`)
	h.turn(`a[href="/studio/works/new"]`)
	h.choose("#kind", "Statement")
	h.fill("#title", "Statement on river fees")
	h.turn("main button.go")
	compose(h, "Nobody may be asked to pay for crossing the river.", "Labour code, section 12.")
	h.turn(saveButton)
	work := regexp.MustCompile(`/studio/works/[^/]+`).FindString(h.eval("location.pathname"))

	// It is to go out in half an hour, to the minute.
	due := o.db.Now().Add(30 * time.Minute).Truncate(time.Minute)
	h.when("#day", due.Format("01022006"))
	h.when("#hour", due.Format("0304PM"))
	h.turn(scheduleButton)
	h.see("main", due.Format("15:04"))
	english := "/en/" + due.Format("2006") + "/statement-on-river-fees"
	o.later(t, due.Add(-time.Second).Sub(o.db.Now()))
	if status, _ := o.reader(t, english); status != http.StatusNotFound {
		t.Errorf("before its minute: %d", status)
	}
	o.later(t, time.Second)
	o.reads(t, english, "Nobody may be asked to pay", "Labour code, section 12.", `alt="Boats at the river bank"`, "<figure", "srcset")

	// Into Burmese, and out.
	h.visit("/studio/")
	h.turn(`nav.side a[href="/studio/translations"]`)
	h.turn(`main tbody a`)
	h.turn("main form button.go")
	burmese := []string{"မြစ်ကူးခအပေါ် ထုတ်ပြန်ချက်", "", "မြစ်ကူးရန် မည်သူ့ကိုမျှ အခကြေးငွေ မတောင်းရ။"}
	translate(h, burmese)
	h.press("#uptodate")
	h.turn(finishButton)
	h.visit(work + "/my")
	h.turn(publishButton)
	o.reads(t, english, `hreflang="my"`)

	// The source is corrected, with a note.
	h.visit(work + "/en")
	h.until(`document.querySelector(".sala-prose")`)
	h.cursor()
	h.key(kb.Home, chromedp.ModifierCtrl)
	h.text("Amended: ")
	h.fill("#note", "The first sentence says that it was amended.")
	h.turn(saveButton)
	h.turn(publishButton)
	corrected := o.reads(t, english, "Amended: Nobody", "The first sentence says that it was amended.", "?v=1")
	if body := o.reads(t, english+"?v=1", "Nobody may be asked"); strings.Contains(body, "Amended: Nobody") || corrected == body {
		t.Error("the first version says what the second does")
	}

	// The translation is behind, and the block that changed is marked.
	h.visit("/studio/")
	h.turn(`nav.side a[href="/studio/translations?state=out_of_date"]`)
	h.turn(`main tbody a.old`)
	h.see(".source.changed ins", "Amended")
	h.see(".source:not(.changed) p", "Boats at the river bank")

	// What was said before and after, word by word.
	h.visit(work + "/en")
	h.turn(`a[href$="/versions"]`)
	h.turn("main form button")
	h.see(".compared ins", "Amended")

	// And back.
	h.visit(work + "/en")
	h.fill("#reason", "It names a person.")
	h.turn(withdrawButton)
	for _, path := range []string{english, english + "?v=1"} {
		if status, _ := o.reader(t, path); status != http.StatusGone {
			t.Errorf("%s after it was withdrawn: %d", path, status)
		}
	}
	if byKeys && h.clicks > 0 {
		t.Errorf("%d clicks by keys alone", h.clicks)
	}
	t.Logf("%d clicks, %d keys", h.clicks, h.keys)
}

// cursor puts the cursor into the text.
func (h *hand) cursor() {
	h.Helper()
	if h.byKeys {
		h.reach(".sala-prose")
	} else {
		h.press(".sala-prose")
	}
}

// compose writes a sentence with a footnote and a picture of the house below it.
func compose(h *hand, sentence, note string) {
	h.Helper()
	h.until(`document.querySelector(".sala-prose")`)
	h.cursor()
	h.text(sentence)
	if h.byKeys {
		h.key("f", chromedp.ModifierCtrl, chromedp.ModifierAlt)
	} else {
		h.press(h.called(".sala-toolbar > .sala-group > button", "Footnote"))
	}
	h.text(note)
	h.key(kb.Escape)
	h.key(kb.End, chromedp.ModifierCtrl)
	h.key(kb.Enter)
	insert := h.called(".sala-menu-button", "Insert")
	if h.byKeys {
		h.key(kb.F10, chromedp.ModifierAlt)
		for range 30 {
			if h.eval(`String(document.activeElement.matches(`+"`"+insert+"`"+`))`) == "true" {
				break
			}
			h.key(kb.ArrowRight)
		}
		h.key(kb.ArrowDown) // it opens on its first entry
		h.see(":focus", "Picture")
		h.key(kb.Enter)
		h.until(`document.querySelector(".sala-found button")`)
		h.reach(".sala-finder input")
		h.key(kb.ArrowDown)
		h.key(kb.Enter)
	} else {
		h.press(insert)
		h.press(h.called(".sala-menu button", "Picture"))
		h.press(".sala-found button")
	}
	h.until(`!document.querySelector("dialog") && document.querySelector(".sala-picture img")`)
}

// translate fills the fields of a translation: as many as there are texts; ""
// leaves one as it is, and those after them get the last text.
func translate(h *hand, texts []string) {
	h.Helper()
	h.until(`document.querySelector(".target textarea")`)
	n := strings.Count(h.eval(`[...document.querySelectorAll(".target textarea")].map(() => "x").join("")`), "x")
	for i := range n {
		sel := h.eval(`"[id='" + document.querySelectorAll(".target textarea")[` + strconv.Itoa(i) + `].id + "']"`)
		codes := regexp.MustCompile(`⟦[^⟧]*⟧`).FindAllString(h.eval(`document.querySelector("`+sel+`").closest(".target").previousElementSibling.querySelector("p").textContent`), -1)
		text := texts[len(texts)-1]
		if i < len(texts) && texts[i] != "" {
			text = texts[i]
		}
		h.fill(sel, text+strings.Join(codes, ""))
	}
}

// TestBrowserDayWithoutScript writes, publishes, translates and withdraws in a
// browser that runs no script, where the text is Markdown.
func TestBrowserDayWithoutScript(t *testing.T) {
	o := openOffice(t)
	o.speaks(t, "en", "my")
	h := newHand(t, o.site)
	h.withoutScript()
	o.signsIn(t, h)
	h.turn(`nav.side a[href="/studio/media"]`)
	h.take("#file", photo(t))
	h.turn("form.drop button.go") // to the page of the one file
	picture := strings.TrimPrefix(h.eval("location.pathname"), "/studio/media/")
	h.fill("#alt-en", "Boats at the river bank")
	h.turn(`form[action^="/studio/media/"].broad button.go`)
	h.press(`[name=people][value=no]`)
	h.turn("#people button")
	h.turn("#public button")
	if _, err := o.jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}

	h.turn(`nav.side a[href="/studio/works"]`)
	h.turn(`a[href="/studio/works/new"]`)
	h.choose("#kind", "Statement")
	h.fill("#title", "Statement on river fees")
	h.turn("main button.go")
	if got := h.eval(`String(!!document.querySelector(".sala-prose"))`); got != "false" {
		t.Fatal("script runs")
	}
	h.fill("#markdown", "Nobody may be asked to pay.[^1]\n\n![Boats at the river bank](sala:file/"+picture+")\n\n[^1]: Labour code, section 12.\n")
	h.turn(saveButton)
	work := regexp.MustCompile(`/studio/works/[^/]+`).FindString(h.eval("location.pathname"))
	h.turn(publishButton)
	english := "/en/" + o.db.Now().Format("2006") + "/statement-on-river-fees"
	o.reads(t, english, "Nobody may be asked to pay.", "Labour code, section 12.", `alt="Boats at the river bank"`, "srcset")

	h.turn(`nav.side a[href="/studio/translations"]`)
	h.turn(`main tbody a`)
	h.turn("main form button.go")
	translate(h, []string{"မြစ်ကူးခအပေါ် ထုတ်ပြန်ချက်", "", "မည်သူ့ကိုမျှ အခကြေးငွေ မတောင်းရ။"})
	h.press("#uptodate")
	h.turn(finishButton)
	h.visit(work + "/my")
	h.turn(publishButton)
	o.reads(t, english, `hreflang="my"`)

	h.visit(work + "/en")
	h.fill("#reason", "It names a person.")
	h.turn(withdrawButton)
	if status, _ := o.reader(t, english); status != http.StatusGone {
		t.Errorf("after it was withdrawn: %d", status)
	}
}
