package main

import (
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"sala"
	"sala/internal/i18n"
)

// TestProgram starts the program as it is handed out, which is built otherwise
// than tests are (see the Makefile), and reads the demonstration in each
// language.
func TestProgram(t *testing.T) {
	program := os.Getenv("SALA_TEST_PROGRAM")
	if program == "" {
		t.Skip(`SALA_TEST_PROGRAM does not say where the built program is; "make size" does`)
	}
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := serving(t, program, []string{"--demo", "--data", t.TempDir()})
	read := func(path string) string {
		t.Helper()
		resp, err := http.Get(p.address + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d, %v", path, resp.StatusCode, err)
		}
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
		return strings.ReplaceAll(string(body), "<wbr>", "")
	}
	for _, lang := range []sala.Lang{"en", "my", "th", "km", "lo", "vi", "ja"} {
		heading, in := words.Text(lang, "event.title")
		if in != lang {
			t.Fatalf("no words in %s", lang)
		}
		for _, path := range []string{"/", "/archive/", "/events/", "/recommendations/", "/search?q=sala"} {
			if page := read("/" + string(lang) + path); path == "/events/" && !strings.Contains(page, heading) {
				t.Errorf("/%s%s does not say %q", lang, path, heading)
			}
		}
	}
	for path, want := range map[string]string{"/studio/": "<form", "/en/events.csv": "id,", "/sitemap.xml": "<urlset"} {
		if page := read(path); !strings.Contains(page, want) {
			t.Errorf("%s does not hold %q", path, want)
		}
	}
}
