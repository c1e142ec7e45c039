package site_test

import (
	"regexp"
	"strings"
	"testing"

	"sala"
	"sala/internal/assets"
	"sala/internal/db"
	"sala/network"
)

var fontAddress = regexp.MustCompile(`/fonts/[0-9a-f]{16}/[a-z]+-[0-9]+\.woff2`)

// TestFonts: a page names a font only if the settings ask for it, and only
// that of what it is read in.
func TestFonts(t *testing.T) {
	fonts, err := assets.Fonts()
	if err != nil {
		t.Fatal(err)
	}
	if len(fonts) == 0 {
		t.Skip("built without fonts: scripts/fonts puts them in")
	}
	w := open(t)
	names := func(path string) map[string]bool {
		rec := w.get(path)
		found := map[string]bool{}
		for _, a := range fontAddress.FindAllString(rec.Body.String(), -1) {
			script, _, _ := strings.Cut(a[strings.LastIndexByte(a, '/')+1:], "-")
			found[script] = true
			font := w.get(a)
			if font.Code != 200 || font.Header().Get("Content-Type") != "font/woff2" || !strings.Contains(font.Header().Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %d %v", a, font.Code, font.Header())
			}
		}
		if policy := rec.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "font-src 'self'") {
			t.Errorf("%s: policy %s", path, policy)
		}
		return found
	}
	for _, path := range []string{"/km/", "/my/archive/", "/th/"} {
		if n := names(path); len(n) > 0 {
			t.Errorf("%s names fonts of %v while they are off", path, n)
		}
	}
	err = w.db.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := w.network.Change(t.Context(), tx, sala.Machine("test"), func(set *network.Settings) { set.Fonts = true })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	work := w.some(t, "en", "my")
	for path, want := range map[string]string{
		"/my/": "myanmar", "/km/": "khmer", "/lo/": "lao", "/th/archive/": "thai", address(in(work, "my")): "myanmar", address(in(work, "my")) + "?hl=en": "myanmar", "/en/": "", "/ja/": "", "/vi/archive/": "",
	} {
		n := names(path)
		if want == "" && len(n) > 0 || want != "" && (len(n) != 1 || !n[want]) {
			t.Errorf("%s names fonts of %v, want %q", path, n, want)
		}
	}
	if licence := w.get("/fonts/OFL.txt"); licence.Code != 200 || !strings.Contains(licence.Body.String(), "SIL OPEN FONT LICENSE") {
		t.Errorf("the licence: %d", licence.Code)
	}
	for _, path := range []string{"/fonts/", "/fonts/0000000000000000/khmer-400.woff2", "/fonts/README.md"} {
		if rec := w.get(path); rec.Code != 404 {
			t.Errorf("%s: %d, want 404", path, rec.Code)
		}
	}
}
