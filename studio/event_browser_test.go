package studio

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sala"
	"sala/directory"
)

// workshopKeys is how many keys a workshop of six sessions and nine speakers
// takes, every letter counted: docs/studio.md says so.
const workshopKeys = 284

// TestBrowserEvent enters a workshop of six sessions and nine speakers in
// Chromium with nothing but keys; script only reads what is there. SALA_TEST_SHOTS names a folder for pictures.
func TestBrowserEvent(t *testing.T) {
	chromium := os.Getenv("SALA_TEST_CHROMIUM")
	if chromium == "" {
		t.Skip("SALA_TEST_CHROMIUM names the browser: make test sets it")
	}
	o := opened(t)
	for _, name := range []string{"Alma Tern", "Bela Gull", "Celi Heron"} {
		if _, err := o.Directory.AddPerson(t.Context(), by(sala.Editor), directory.Person{Name: sala.Text{"en": name}, Kind: directory.Official}); err != nil {
			t.Fatal(err)
		}
	}
	address, id := o.begun("Harbour Workshop")
	server := httptest.NewServer(o.handler)
	defer server.Close()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 1000))
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
	eval := func(script string) string {
		t.Helper()
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		return text
	}
	do("open", chromedp.Navigate("about:blank"))
	if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: cookie, Value: o.cookies[sala.Editor], URL: server.URL + "/studio/"}); err != nil {
		t.Fatal(err)
	}
	do("open", chromedp.Navigate(server.URL+address), chromedp.WaitReady("form[data-event]"))
	strokes := 0
	press := func(keys ...string) {
		t.Helper()
		for _, k := range keys {
			strokes += len([]rune(k))
			do("press "+k, chromedp.KeyEvent(k))
		}
	}
	// here waits until the field that has the focus is called so.
	here := func(name string) {
		t.Helper()
		for range 100 {
			if eval(`document.activeElement.name || document.activeElement.tagName`) == name {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("the focus is on %s, want %s", eval(`document.activeElement.name || document.activeElement.tagName`), name)
	}
	// pick types a name and waits until the list of what it names is there.
	pick := func(typed string) {
		t.Helper()
		press(typed)
		for range 100 {
			if eval(`String(!document.getElementById("picker").hidden && document.activeElement.getAttribute("aria-expanded") === "true" && document.getElementById("picker").dataset.q === document.activeElement.value.trim())`) == "true" {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatal("nothing is offered")
	}
	here("from") // where an event goes on that has only just a title
	press("15 October 2018", kb.Tab, kb.Tab, "9:00", kb.Tab, "16:30", kb.Tab, "Lighthouse Hall", kb.Tab, "Yangon", kb.Tab, "mm")
	until := func(name string) {
		t.Helper()
		for range 20 {
			if press(kb.Tab); eval(`document.activeElement.name || ""`) == name {
				return
			}
		}
		t.Fatalf("Tab does not lead to %s", name)
	}
	until("sessions.title")
	type speaker struct {
		typed string
		down  int // in the list of what is offered; 0 is the first
		more  []string
	}
	for i, session := range []struct {
		title  string
		people []speaker
	}{
		{"Opening words", []speaker{{"alm", 0, []string{"Harbour Master", "Ministry of Harbours"}}}},
		{"Policies and trends", []speaker{{"bela", 0, nil}, {"Somebody New", 1, []string{"Director", "A bureau"}}}},
		{"At sea", []speaker{{"celi", 0, nil}, {"sailors who came home", 0, nil}}},
		{"Ashore", []speaker{{"alma", 0, nil}, {"bela", 0, nil}}},
		{"What to ask", []speaker{{"celi", 0, nil}}},
		{"Closing words", []speaker{{"alma", 0, nil}}},
	} {
		here("sessions.title")
		press(session.title)
		until("appearances.name") // over the button that moves the session, where there is one
		for k, person := range session.people {
			here("appearances.name")
			pick(person.typed)
			for range person.down {
				press(kb.ArrowDown)
			}
			press(kb.Enter)
			press(kb.Tab)
			for _, words := range person.more {
				press(kb.Tab, words)
			}
			if k+1 < len(session.people) {
				press(kb.Enter) // from wherever one is in the row
			}
		}
		if i < 5 {
			press(kb.Enter) // to another name
			here("appearances.name")
			press(kb.Enter) // and, for there is none, to the next session
		}
	}
	if shots := os.Getenv("SALA_TEST_SHOTS"); shots != "" {
		b, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(shots, "event-screen.jpg"), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	strokes++
	do("Ctrl+Enter", chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	for range 200 {
		if o.stored(id).Version > 1 || strings.Contains(eval(`document.querySelector(".note.bad") ? document.querySelector(".note.bad").innerText : ""`), "correct") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	e := o.stored(id)
	var people, words int
	for _, a := range e.Appearances {
		if a.Person != "" {
			people++
		} else {
			words++
		}
	}
	if len(e.Sessions) != 6 || people != 8 || words != 1 || e.Start != "09:00" || e.Zone != "Asia/Yangon" {
		t.Fatalf("%d sessions, %d people, %d described: %+v\n%s", len(e.Sessions), people, words, e, eval(`document.querySelector(".note.bad") ? document.querySelector(".note.bad").innerText : ""`))
	}
	for i, n := range []int{1, 2, 2, 2, 1, 1} {
		if got := len(e.In(e.Sessions[i].ID)); got != n {
			t.Errorf("session %d has %d people, want %d", i, got, n)
		}
	}
	if strokes != workshopKeys {
		t.Errorf("%d keys were pressed, and docs/studio.md says %d", strokes, workshopKeys)
	}
	t.Logf("%d keys were pressed", strokes)
}
