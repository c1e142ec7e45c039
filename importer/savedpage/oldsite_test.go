package savedpage_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"sala"
	"sala/importer"
	"sala/importer/savedpage"
)

// A wanted page is what the old site itself says of one of its pages.
type wanted struct {
	File      string    `json:"file"`
	URL       string    `json:"url"`
	ID        int       `json:"id"`
	Lang      sala.Lang `json:"lang"`
	Title     string    `json:"title"`
	Date      string    `json:"date"`
	Protected bool      `json:"protected"`
	Text      string    `json:"text"`
}

type reader func(context.Context, string, importer.Options, importer.Sink, *importer.Report) error

// laterPages is where the first page of six of the articles ends. What follows
// was shown on pages of its own, which neither the folder nor the web archive
// holds: no reader can recover it.
const laterPages = " Quote ]]> &"

// TestOldSite recovers a real site from its saved pages, and from a web
// archive of it.
func TestOldSite(t *testing.T) {
	b, err := os.ReadFile(shared(t, "fixtures/saved-pages/old-site.expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want []wanted
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		read reader
	}{
		{"fixtures/saved-pages/old-site", savedpage.ImportPages},
		{"fixtures/saved-pages/old-site.warc.gz", savedpage.ImportWARC},
	} {
		t.Run(filepath.Base(c.path), func(t *testing.T) {
			m, report := &memory{}, importer.NewReport()
			if err := c.read(t.Context(), shared(t, c.path), importer.Options{}, m, report); err != nil {
				t.Fatal(err)
			}
			if len(m.editions) != len(want) {
				t.Errorf("%d articles, want %d; named %v", len(m.editions), len(want), report.Named)
			}
			least, sum, later := 1.0, 0.0, 0
			for _, w := range want {
				saved, whole := w, w.Text
				saved.Text, _, _ = strings.Cut(whole, laterPages)
				score := checkPage(t, m, saved)
				least = min(least, score)
				if saved.Text != whole {
					later++
					score = f1(tokens(w.Lang, saved.Text), tokens(w.Lang, whole))
				}
				sum += score
			}
			t.Logf("text that was saved: F1 at least %.3f; with the later pages of %d articles, which were not saved, %.3f on average; %d terms, %d named, %d doubts",
				least, later, sum/float64(len(want)), len(m.terms), len(report.Named), len(report.Doubts))
			for _, r := range report.Named {
				t.Logf("named %s: %s: %s", r.Where, r.What, r.Why)
			}
		})
	}
}

// checkPage compares one page with what was recovered of it and returns the
// F1 of its text.
func checkPage(t *testing.T, m *memory, w wanted) float64 {
	t.Helper()
	address := importer.Old(fmt.Sprintf("/?p=%d", w.ID))
	for _, e := range m.editions {
		if !slices.Contains(e.Old, address) {
			continue
		}
		if e.Lang != w.Lang {
			t.Errorf("%s: language %s, want %s", address, e.Lang, w.Lang)
		}
		if e.Title != w.Title {
			t.Errorf("%s: title %q, want %q", address, e.Title, w.Title)
		}
		if e.PubDay.String() != w.Date[:10] {
			t.Errorf("%s: day %s, want %s", address, e.PubDay, w.Date)
		}
		score := f1(tokens(w.Lang, e.Body.Plain()), tokens(w.Lang, w.Text))
		if score < 0.95 {
			t.Errorf("%s: F1 of its text is %.3f, want 0.95\ngot  %s\nwant %s", address, score, e.Body.Plain(), w.Text)
		}
		return score
	}
	t.Errorf("%s: no article has this address", address)
	return 0
}

// tokens cuts a text into what is counted: grapheme clusters where words have
// no spaces between them, else words.
func tokens(lang sala.Lang, text string) map[string]int {
	counts := map[string]int{}
	if slices.Contains([]sala.Lang{"my", "th", "km", "lo", "zh", "shn"}, lang) {
		for g := uniseg.NewGraphemes(text); g.Next(); {
			if s := strings.TrimSpace(g.Str()); s != "" {
				counts[s]++
			}
		}
		return counts
	}
	for _, word := range strings.Fields(text) {
		counts[word]++
	}
	return counts
}

func f1(got, want map[string]int) float64 {
	same, all := 0, 0
	for token, n := range got {
		same += min(n, want[token])
		all += n
	}
	for _, n := range want {
		all += n
	}
	if all == 0 {
		return 1
	}
	return 2 * float64(same) / float64(all)
}
