package main

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"sala"
	"sala/archive"
	"sala/studio/editor"
)

// A counted task is a row of the table in docs/studio.md.
type countedTask struct{ sala, wordpress int }

var taskRow = regexp.MustCompile(`(?m)^\| (\d+)\. ([^|]+) \| (\d+) \| (\d+) \|`)

// TestBrowserTasks counts what the commonest tasks take in Sala and holds the
// table in docs/studio.md to it: none takes more than in WordPress, and no
// figure drifts.
func TestBrowserTasks(t *testing.T) {
	if !editor.Built() {
		t.Skip("the editor's bundle is not built: make build needs Node")
	}
	page, err := os.ReadFile("../../docs/studio.md")
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]countedTask{}
	for _, m := range taskRow.FindAllStringSubmatch(string(page), -1) {
		ours, _ := strconv.Atoi(m[3])
		theirs, _ := strconv.Atoi(m[4])
		table[m[2]] = countedTask{ours, theirs}
	}
	o := openOffice(t)
	o.speaks(t, "en", "my")
	h := newHand(t, o.site)
	o.signsIn(t, h)
	count := func(name string, task func()) {
		t.Helper()
		row, ok := table[name]
		delete(table, name)
		n := h.counted(task)
		switch {
		case !ok:
			t.Errorf("docs/studio.md does not list %q: %d", name, n)
		case n != row.sala:
			t.Errorf("%s takes %d, and docs/studio.md says %d", name, n, row.sala)
		case n > row.wordpress:
			t.Errorf("%s takes %d, and in WordPress %d: make the screen better", name, n, row.wordpress)
		}
	}

	count("Publish a new text", func() {
		h.turn(`nav.side a[href="/studio/works/new"]`)
		h.until(`document.activeElement.id === "title"`)
		h.text("Statement on river fees")
		h.eval(`window.old = true; ""`)
		h.key(kb.Enter)
		h.turned()
		h.until(`document.querySelector(".sala-prose")`)
		h.press(".sala-prose")
		h.text("Nobody may be asked to pay.")
		h.turn(`button[name=do][value=out]`)
	})
	english := "/en/" + o.db.Now().Format("2006") + "/statement-on-river-fees"
	o.reads(t, english, "Nobody may be asked to pay.")

	h.visit("/studio/")
	count("Begin the translation of a text", func() {
		h.turn(`nav.side a[href="/studio/translations"]`)
		h.turn(`main tbody a`)
		h.turn(`main form button.go`)
		h.until(`document.querySelector(".target textarea")`)
	})
	translate(h, []string{"မြစ်ကူးခ", "", "မည်သူ့ကိုမျှ မတောင်းရ။"})
	h.press("#uptodate")
	h.turn(finishButton)

	h.visit("/studio/")
	count("Correct a public text and say what was corrected", func() {
		h.turn(`nav.side a[href="/studio/works"]`)
		h.turn(`main tbody td:first-child a`)
		h.until(`document.querySelector(".sala-prose")`)
		h.press(".sala-prose")
		h.text(" Ever.")
		h.press("#note")
		h.text("A word was missing.")
		h.turn(`button[name=do][value=out]`)
	})
	o.reads(t, english, "Ever.", "A word was missing.")

	h.visit("/studio/")
	count("Open a translation that is behind at what has changed", func() {
		h.turn(`nav.side a[href="/studio/translations?state=out_of_date"]`)
		h.turn(`main tbody a.old`)
		h.until(`document.querySelector(".source.changed ins")`)
	})

	h.visit("/studio/works")
	h.turn(`main tbody td:first-child a`)
	count("See what changed between two versions", func() {
		h.turn(`a[href$="/versions"]`)
		h.see(".compared ins", "Ever")
	})

	h.visit("/studio/")
	count("Take a public text back and keep it", func() {
		h.turn(`nav.side a[href="/studio/works"]`)
		h.turn(`main tbody td:first-child a`)
		h.press("#reason")
		h.text("It names a person.")
		h.turn(withdrawButton)
	})
	if status, _ := o.reader(t, english); status != 410 {
		t.Errorf("after it was taken back: %d", status)
	}

	h.visit("/studio/")
	count("Add a file to the library", func() {
		h.turn(`nav.side a[href="/studio/media"]`)
		h.take("#file", photo(t))
		h.until(`document.querySelector(".sending a")`)
	})

	// A text that is not out.
	by := sala.Actor{ID: sala.NewID(), Name: "Ana", Role: sala.Editor}
	work, edition := o.begun(t, by, archive.Statement, "en", "To go out later")
	if _, err := o.archive.Revise(t.Context(), by, edition, 0, archive.Text{Title: "To go out later", Body: paragraphs("Later.")}); err != nil {
		t.Fatal(err)
	}
	h.visit("/studio/works/" + string(work) + "/en")
	h.until(`document.querySelector(".sala-prose")`)
	count("Schedule a text that is written", func() {
		due := o.db.Now().Add(48 * time.Hour)
		h.when("#day", due.Format("01022006"))
		h.when("#hour", "0930AM")
		h.turn(scheduleButton)
	})
	h.until(`document.querySelector(".sala-prose")`)
	h.cursor()
	h.key(kb.End)
	count("Put a footnote into a text", func() {
		h.press(h.called(".sala-toolbar > .sala-group > button", "Footnote"))
		h.text("Labour code, section 12.")
	})
	h.until(`[...document.querySelectorAll(".sala-prose")].some(e => e.textContent.includes("section 12"))`)
	h.key(kb.Escape)
	h.key(kb.End)
	count("Put a picture with its description into a text", func() {
		h.press(h.called(".sala-menu-button", "Insert"))
		h.press(h.called(".sala-menu button", "Picture"))
		h.take(`dialog input[type=file]`, photo(t))
		h.until(`!document.querySelector("dialog") && document.activeElement.closest(".sala-alt")`)
		h.text("Boats at the river bank")
	})
	if len(table) > 0 {
		var left []string
		for name := range table {
			left = append(left, name)
		}
		t.Errorf("docs/studio.md lists tasks that nobody counts: %s", strings.Join(left, ", "))
	}
}
