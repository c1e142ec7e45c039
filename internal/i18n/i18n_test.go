package i18n_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sala"
	"sala/internal/i18n"
)

func load(t *testing.T) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var (
	key = regexp.MustCompile(`"((?:nav|home|archive|kind|work|text|file|search|lost|gone|broken|footer|studio|account)\.[a-z_.]+)"`)
	// studio/failed.go makes these of the kind of failure.
	failure = regexp.MustCompile(`^studio\.[a-z]+_(?:title|text)$`)
	studio  = regexp.MustCompile(`^(?:studio|account)\.`)
	place   = regexp.MustCompile(`\{[a-z]+\}`)
)

// TestKeys holds every key that the doors use against the English catalogue,
// and every catalogue against English.
func TestKeys(t *testing.T) {
	c := load(t)
	english := c.Keys(sala.English)
	used := map[string]bool{}
	stems := []string{"kind.", "archive.by_"} // keys that the code makes of one of these and a word
	for _, dir := range []string{"../../site", "../../studio", "../../account", "../../actor.go"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
				return err
			}
			b, err := os.ReadFile(path)
			for _, m := range key.FindAllStringSubmatch(string(b), -1) {
				switch k := m[1]; {
				case strings.HasSuffix(k, "_") || strings.HasSuffix(k, "."):
					stems = append(stems, k)
				case strings.HasSuffix(k, ".css") || strings.HasSuffix(k, ".js"): // a file
				default:
					used[k] = true
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for k := range used {
		if !slices.Contains(english, k) {
			t.Errorf("%s is used and not in the English catalogue", k)
		}
	}
	for _, k := range english {
		made := slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(k, stem) })
		if !used[k] && !made && !failure.MatchString(k) {
			t.Errorf("%s is in the English catalogue and used nowhere", k)
		}
		// What only the studio says is complete in English and Thai; in other
		// languages it falls back key by key.
		if studio.MatchString(k) && !slices.Contains(c.Keys("th"), k) {
			t.Errorf("%s is not in the Thai catalogue", k)
		}
	}
	for _, lang := range c.Langs() {
		for _, k := range c.Keys(lang) {
			if !slices.Contains(english, k) {
				t.Errorf("%s: %s is not in English", lang, k)
				continue
			}
			want, _ := c.Text(sala.English, k)
			got, _ := c.Text(lang, k)
			a, b := place.FindAllString(want, -1), place.FindAllString(got, -1)
			slices.Sort(a)
			slices.Sort(b)
			if !slices.Equal(a, b) {
				t.Errorf("%s: %s has the places %v, want %v", lang, k, b, a)
			}
		}
	}
}

func TestText(t *testing.T) {
	c := load(t)
	for _, test := range []struct {
		lang sala.Lang
		n    int
		want string
	}{{"en", 1, "1 record"}, {"en", 1200, "1,200 records"}, {"my", 12, "မှတ်တမ်း ၁၂ ခု"}, {"th", 1, "1 รายการ"}, {"shn", 2, "2 records"}} {
		if got, _ := c.Text(test.lang, "archive.count", "n", test.n); got != test.want {
			t.Errorf("Text(%s, %d) = %q, want %q", test.lang, test.n, got, test.want)
		}
	}
	if _, lang := c.Text("shn", "nav.skip"); lang != "en" {
		t.Errorf("a message that Shan lacks is said to be in %s", lang)
	}
}

// The dates are those that Intl.DateTimeFormat of Node 20 writes with
// dateStyle "long".
func TestDates(t *testing.T) {
	day := sala.Day{Year: 2026, Month: 11, Day: 23}
	for lang, want := range map[sala.Lang]string{
		"en": "23 November 2026", "th": "23 พฤศจิกายน 2569", "my": "၂၀၂၆ နိုဝင်ဘာ ၂၃", "km": "23 វិច្ឆិកា 2026", "lo": "23 ພະຈິກ 2026",
		"vi": "23 tháng 11, 2026", "ja": "2026年11月23日", "zh": "2026年11月23日", "zh-Hant": "2026年11月23日", "shn": "23 November 2026",
	} {
		if got := i18n.Date(lang, day); got != want {
			t.Errorf("Date(%s) = %q, want %q", lang, got, want)
		}
	}
	span := sala.Span{From: sala.Day{Year: 2018, Month: 11, Day: 2}, To: sala.Day{Year: 2018, Month: 11, Day: 4}}
	for lang, want := range map[sala.Lang]string{"en": "2–4 November 2018", "my": "၂၀၁၈ နိုဝင်ဘာ ၂–၄", "ja": "2018年11月2–4日"} {
		if got := i18n.Span(lang, span); got != want {
			t.Errorf("Span(%s) = %q, want %q", lang, got, want)
		}
	}
	if got := i18n.Date("en", sala.Day{Year: 2018}); got != "2018" {
		t.Errorf("a year alone = %q", got)
	}
}
