package site_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"sala"
	"sala/archive"
	"sala/event"
)

// A finding is what axe says about a page.
type finding struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// A look is what a browser found on one page.
type look struct {
	Violations []finding `json:"violations"`
	Wide       bool      `json:"wide"`   // it scrolls sideways
	Hosts      []string  `json:"hosts"`  // asked for anything
	Cookie     string    `json:"cookie"` // set by it
}

// TestBrowser opens every kind of page in Chromium: on a telephone and on a
// desk, in English and in Burmese, light and dark. Axe finds nothing, nothing
// scrolls sideways, no other host is asked, no cookie is set. SALA_TEST_SHOTS
// names a folder for pictures of them all.
func TestBrowser(t *testing.T) {
	chromium, axePath := os.Getenv("SALA_TEST_CHROMIUM"), os.Getenv("SALA_TEST_AXE")
	if chromium == "" || axePath == "" {
		t.Skip("SALA_TEST_CHROMIUM and SALA_TEST_AXE name the browser and axe-core: make test sets them")
	}
	axe, err := os.ReadFile(axePath)
	if err != nil {
		t.Fatal(err)
	}
	w := open(t)
	work := w.some(t, "en", "my")
	w.correct(t, in(work, "en"))
	w.sign(t, in(work, "en"))
	gone := w.some(t, "en", "th")
	if gone.ID == work.ID {
		t.Fatal("one work cannot be both corrected and withdrawn: choose another")
	}
	for _, e := range gone.Editions {
		if err := w.archive.Withdraw(t.Context(), editor, e.ID, "test"); err != nil {
			t.Fatal(err)
		}
	}
	w.record(t)
	toCome := w.call(t, event.ReplyRules{Places: 1})
	replied := toCome.own(t, toCome.form("en"), toCome.fill(t, toCome.form("en")))
	waits := toCome.own(t, toCome.form("en"), toCome.fill(t, toCome.form("en")))
	server := httptest.NewServer(w.handler)
	defer server.Close()

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	tab, cancel := chromedp.NewContext(allocated)
	defer cancel()

	// Axe must find something where there is something to find.
	bad := `data:text/html,<title>x</title><img src="data:,"><p style="color:%23ccc">faint</p>`
	if l := visit(t, tab, bad, "bad", 360, "light", string(axe)); len(l.Violations) < 2 {
		t.Fatalf("axe found %d faults on a page that is full of them", len(l.Violations))
	}
	for _, lang := range []sala.Lang{"en", "my"} {
		kinds := w.kinds(t, lang, in(work, lang), in(gone, "en"))
		kinds["invitation"], kinds["reply"] = "/en/events/"+toCome.event.Slug+"?hl="+string(lang), toCome.form(string(lang))
		kinds["replied"], kinds["waits"] = "/"+string(lang)+strings.TrimPrefix(replied, "/en"), "/"+string(lang)+strings.TrimPrefix(waits, "/en")
		kinds["no-reply"] = toCome.form(string(lang)) + "/none"
		for name, path := range kinds {
			for _, width := range []int64{360, 1280} {
				// By night only colours differ, which one language and one width show.
				schemes := []string{"light"}
				if lang == sala.English && width == 1280 {
					schemes = append(schemes, "dark")
				}
				for _, scheme := range schemes {
					what := fmt.Sprintf("%s-%s-%d-%s", name, lang, width, scheme)
					t.Run(what, func(t *testing.T) { inspect(t, tab, server.URL+path, what, width, scheme, string(axe)) })
				}
			}
		}
	}
}

// kinds gives an address of every kind of page.
func (w *world) kinds(t *testing.T, lang sala.Lang, work, gone archive.Edition) map[string]string {
	t.Helper()
	l := "/" + string(lang)
	kinds := map[string]string{
		"home": l + "/", "archive": l + "/archive/", "filtered": l + "/archive/?kind=news&year=2019", "none": l + "/archive/?kind=vacancy&year=2017",
		"search": l + "/search?q=a", "empty-search": l + "/search", "work": address(work), "old-version": address(work) + "?v=1",
		"missing": address(work) + "?hl=km", "lost": l + "/nothing", "glossary": l + "/glossary/", "across": l + "/search?q=recruitment+fee", "gone": address(gone),
		"events": l + "/events/", "event": l + "/events/myanmar-japan-2018", "programme": l + "/events/myanmar-japan-2018?print=programme",
		"asks": l + "/recommendations/", "ask": l + "/recommendations/welfare-that-moves", "ratifications": l + "/recommendations/ratifications",
		"figures": l + "/recommendations/figures", "organisations": l + "/organisations/", "organisation": l + "/organisations/mol-thailand",
		"asked": l + "/organisations/mol-thailand/asks", "response": l + "/recommendations/welfare-that-moves/reply", "responded": l + "/recommendations/welfare-that-moves/reply?sent", "numberings": l + "/recommendations/documents", "people": l + "/people/", "person": l + "/people/wako-asato",
	}
	terms, err := w.archive.Terms(t.Context(), "category")
	if err != nil {
		t.Fatal(err)
	}
	kinds["category"] = l + "/archive/" + terms[0].Path + "/"
	themes, err := w.archive.Terms(t.Context(), archive.Theme)
	if err != nil {
		t.Fatal(err)
	}
	most := slices.MaxFunc(themes, func(a, b archive.Term) int { return cmp.Compare(a.Count, b.Count) })
	kinds["themes"], kinds["theme"] = l+"/themes/", l+"/themes/"+most.Path
	pages, err := w.archive.Pages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e := in(pages[0], lang)
	if e.ID == "" {
		e = pages[0].Editions[0]
	}
	kinds["page"] = "/" + string(e.Lang) + "/pages/" + e.Slug
	files, err := w.media.Public(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		kinds[map[bool]string{true: "picture", false: "file"}[f.IsPicture()]] = l + "/files/" + string(f.ID)
	}
	return kinds
}

// inspect holds a page to all that is promised.
func inspect(t *testing.T, tab context.Context, url, what string, width int64, scheme, axe string) {
	l := visit(t, tab, url, what, width, scheme, axe)
	for _, v := range l.Violations {
		for _, n := range v.Nodes {
			t.Errorf("axe %s: %s\n%s\n%s", v.ID, v.Help, n.HTML, n.Summary)
		}
	}
	if l.Wide {
		t.Error("it scrolls sideways")
	}
	for _, host := range l.Hosts {
		if !strings.HasPrefix(url, host) && host != "null" {
			t.Errorf("it asks %s", host)
		}
	}
	if l.Cookie != "" {
		t.Errorf("it sets the cookie %s", l.Cookie)
	}
}

// visit opens a page and returns what the browser found.
func visit(t *testing.T, tab context.Context, url, what string, width int64, scheme, axe string) look {
	t.Helper()
	ctx, cancel := chromedp.NewContext(tab)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("SALA_TEST_SHOTS"); dir != "" {
		shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(80))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, what+".jpg"), shot, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said, err := chromedp.Run(ctx, chromedp.Evaluate[string](axe+`;
		axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify({
			violations: r.violations,
			wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
			hosts: performance.getEntriesByType("resource").map(e => new URL(e.name).origin),
			cookie: location.protocol == "data:" ? "" : document.cookie,
		}))`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	var l look
	if err := json.Unmarshal([]byte(said), &l); err != nil {
		t.Fatal(err)
	}
	return l
}
