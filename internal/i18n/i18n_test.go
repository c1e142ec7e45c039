package i18n_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

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
	// studio/failed.go makes these of the kind of failure.
	failure = regexp.MustCompile(`^studio\.[a-z]+_(?:title|text)$`)
	studio  = regexp.MustCompile(`^(?:studio|account|editor)\.`)
)

// complete are the languages in which a page says nothing in English.
var complete = []sala.Lang{"en", "ja", "km", "lo", "my", "th", "vi"}

// TestKeys holds every key that the doors use against the English catalogue.
func TestKeys(t *testing.T) {
	c := load(t)
	english := c.Keys(sala.English)
	var areas []string
	for _, k := range english {
		area, _, _ := strings.Cut(k, ".")
		areas = append(areas, area)
	}
	key := regexp.MustCompile(`"((?:` + strings.Join(slices.Compact(areas), "|") + `)\.[a-z_.]+)"`)
	used := map[string]bool{}
	stems := []string{"kind.", "archive.by_"} // keys that the code makes of one of these and a word
	for _, dir := range []string{
		"../../site", "../../studio", "../../account", "../../network", "../../media", "../../importer/runs",
		"../../directory", "../../letters", "../../internal/mail", "../../contribution", "../../signature", "../../event", "../../tracker", "../phrase",
		"../../archive/term_edit.go", "../../archive/redirect_edit.go", "../../archive/link.go", "../../actor.go", "../../consent.go",
	} {
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
	// The editor's script makes some of its keys of the names of its commands.
	for _, k := range english {
		used[k] = used[k] || strings.HasPrefix(k, "editor.")
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
}

// TestComplete wants every message in each of the seven languages. What the
// messages hold is checked where they are read, so loading them is the test of
// it; words that are the English ones are held to be forgotten.
func TestComplete(t *testing.T) {
	c := load(t)
	if got := c.Langs(); !slices.Equal(got, complete) {
		t.Errorf("there are catalogues in %v, want %v", got, complete)
	}
	letter := regexp.MustCompile(`\pL`)
	places := regexp.MustCompile(`\{[a-z_]+\}`)
	for _, lang := range complete[1:] {
		for _, k := range c.Missing(lang) {
			if studio.MatchString(k) {
				continue
			}
			t.Errorf("%s: %s is not there", lang, k)
		}
		for _, k := range c.Keys(lang) {
			got, _ := c.Text(lang, k)
			want, _ := c.Text(sala.English, k)
			if got == want && letter.MatchString(places.ReplaceAllString(got, "")) {
				t.Errorf("%s: %s is %q, as in English", lang, k, got)
			}
			if strings.TrimSpace(got) != got || strings.Contains(got, "  ") {
				t.Errorf("%s: %s has stray spaces: %q", lang, k, got)
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
	}{
		{"en", 1, "1 record"}, {"en", 1200, "1,200 records"}, {"my", 12, "မှတ်တမ်း ၁၂ ခု"}, {"th", 1, "1 รายการ"}, {"km", 1200, "ឯកសារ 1,200"}, {"lo", 1200, "1.200 ລາຍການ"},
		{"vi", 1200, "1.200 tài liệu"}, {"ja", 1200, "1,200件"}, {"shn", 2, "2 records"},
	} {
		if got, _ := c.Text(test.lang, "archive.count", "n", test.n); got != test.want {
			t.Errorf("Text(%s, %d) = %q, want %q", test.lang, test.n, got, test.want)
		}
	}
	if _, lang := c.Text("shn", "nav.skip"); lang != "en" {
		t.Errorf("a message that Shan lacks is said to be in %s", lang)
	}
}

// TestAdd brings a catalogue of one language in and changes a word of another.
func TestAdd(t *testing.T) {
	c := load(t)
	faults := c.Add(fstest.MapFS{
		"shn.json": {Data: []byte(`{"language": "လိၵ်ႈတႆး", "nav.search": "သွၵ်ႈႁႃ", "archive.count": {"other": "{n} ၶေႃႈ"}}`)},
		"th.json":  {Data: []byte(`{"nav.archive": "หอจดหมายเหตุ"}`)},
		"notes.md": {Data: []byte("no catalogue")},
	})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, test := range []struct {
		lang      sala.Lang
		key, want string
		found     sala.Lang
	}{
		{"shn", "nav.search", "သွၵ်ႈႁႃ", "shn"}, {"shn", "nav.archive", "Archive", "en"}, {"th", "nav.archive", "หอจดหมายเหตุ", "th"}, {"th", "nav.search", "ค้นหา", "th"},
	} {
		if got, found := c.Text(test.lang, test.key); got != test.want || found != test.found {
			t.Errorf("Text(%s, %s) = %q in %s, want %q in %s", test.lang, test.key, got, found, test.want, test.found)
		}
	}
	if got, want := len(c.Missing("shn")), len(c.Keys("en"))-2; got != want {
		t.Errorf("Shan lacks %d messages, want %d", got, want)
	}
	if c.OwnName("shn") != "လိၵ်ႈတႆး" || c.OwnName("th") != "ไทย" {
		t.Errorf("own names: %s, %s", c.OwnName("shn"), c.OwnName("th"))
	}
}

// TestAddFaults wants each fault named, and everything beside it used.
func TestAddFaults(t *testing.T) {
	for name, test := range map[string]struct{ file, data, says string }{
		"no JSON":            {"shn.json", "{\n\"nav.search\": \"ok\",\n\"nav.main\" }", "shn.json: line 3"},
		"cut short":          {"shn.json", `{"nav.search": "ok"`, "shn.json: line 1"},
		"a list":             {"shn.json", `["nav.search"]`, "want an object"},
		"unknown key":        {"shn.json", `{"nav.search": "ok", "nav.serch": "x"}`, "shn.json: nav.serch: there is no message of this key"},
		"twice":              {"shn.json", `{"nav.search": "ok", "nav.search": "x"}`, "nav.search: stands twice"},
		"a number":           {"shn.json", `{"nav.search": "ok", "nav.main": 7}`, "nav.main: want a text"},
		"empty":              {"shn.json", `{"nav.search": "ok", "nav.main": " "}`, "nav.main: says nothing"},
		"place lost":         {"shn.json", `{"nav.search": "ok", "archive.page": "x"}`, "archive.page: has the places [], want [{n}]"},
		"place misspelt":     {"shn.json", `{"nav.search": "ok", "archive.page": "{m} x"}`, "archive.page: has the places [{m}], want [{n}]"},
		"form without other": {"shn.json", `{"nav.search": "ok", "archive.count": {"one": "{n} x"}}`, `archive.count: plural forms need "other"`},
		"no such form":       {"shn.json", `{"nav.search": "ok", "archive.count": {"other": "{n}", "dual": "x"}}`, `"dual" is no plural form`},
		"no language":        {"not a tag.json", `{"nav.search": "ok"}`, "not a tag.json: the name of a catalogue is that of its language"},
	} {
		t.Run(name, func(t *testing.T) {
			c := load(t)
			faults := c.Add(fstest.MapFS{test.file: {Data: []byte(test.data)}})
			if len(faults) != 1 || !strings.Contains(faults[0].Error(), test.says) {
				t.Fatalf("faults %v, want one that says %q", faults, test.says)
			}
			if got, _ := c.Text("shn", "nav.search"); strings.Contains(test.data, `{"nav.search": "ok", `) && got != "ok" {
				t.Errorf("the message beside the fault is not used: %q", got)
			}
		})
	}
}

// TestWithoutTable writes the dates and numbers of a language that CLDR does
// not have in figures, which no reader takes for another language.
func TestWithoutTable(t *testing.T) {
	d := sala.Day{Year: 2026, Month: 11, Day: 23}
	if got := i18n.Date("mnw", d); got != "2026-11-23" {
		t.Errorf("Date = %q", got)
	}
	if got := i18n.Span("mnw", sala.Span{From: d, To: sala.Day{Year: 2026, Month: 11, Day: 25}}); got != "2026-11-23 – 2026-11-25" {
		t.Errorf("Span = %q", got)
	}
	if got := i18n.Number("mnw", 12345); got != "12345" {
		t.Errorf("Number = %q", got)
	}
	if got := i18n.Date("en", sala.Day{}); got != "" {
		t.Errorf("a date that is not stated = %q", got)
	}
	if got := i18n.LangName("th", "mnw"); got != "มอญ" {
		t.Errorf("Mon in Thai = %q", got)
	}
	if got := i18n.OwnName("mnw"); got != "ဘာသာမန်" {
		t.Errorf("Mon = %q", got)
	}
}

func TestGuess(t *testing.T) {
	for _, test := range []struct {
		text string
		lang sala.Lang
		want sala.Lang
	}{
		{"ဘားအံမှ စာဖတ်သူ", "en", "my"}, {"ဘားအံမှ စာဖတ်သူ", "shn", "shn"}, {"John Smith", "th", "th"}, {"", "th", "th"}, {"2019", "lo", "lo"}, {"タイの労働者", "en", "ja"},
		{"労働", "ja", "ja"}, {"移住労働者の権利", "en", "ja"}, {"แรงงาน MOU", "en", "th"}, {"The word แรงงาน in Thai", "en", "en"},
	} {
		if got := i18n.Guess(test.text, test.lang); got != test.want {
			t.Errorf("Guess(%q, %s) = %s, want %s", test.text, test.lang, got, test.want)
		}
	}
}

// Thai names in Latin letters have spaces of their own.
func TestListOfNames(t *testing.T) {
	for _, c := range []struct {
		lang  sala.Lang
		items []string
		want  string
	}{
		{"th", []string{"ก", "ข", "ค"}, "ก ข และค"},
		{"th", []string{"Ei Ei Chaw", "Win Htun", "Mom"}, "Ei Ei Chaw, Win Htun และ Mom"},
		{"th", []string{"Ei Ei Chaw", "Win Htun"}, "Ei Ei Chaw และ Win Htun"},
		{"en", []string{"Ei Ei Chaw", "Win Htun", "Mom"}, "Ei Ei Chaw, Win Htun and Mom"},
	} {
		if got := i18n.List(c.lang, c.items); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
	if i18n.Comma("th") != ", " || i18n.Comma("ja") != "、" {
		t.Errorf("commas %q, %q", i18n.Comma("th"), i18n.Comma("ja"))
	}
}
