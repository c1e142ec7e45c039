package assets_test

import (
	"bytes"
	"strings"
	"testing"

	"sala/internal/assets"
)

// TestFonts holds what the build puts in: each script within 60 KB, each file
// a font, the licence with them.
func TestFonts(t *testing.T) {
	fonts, err := assets.Fonts()
	if err != nil {
		t.Fatal(err)
	}
	if len(fonts) == 0 {
		t.Skip("built without fonts: scripts/fonts puts them in")
	}
	size, regular := map[string]int{}, map[string]bool{}
	for _, f := range fonts {
		size[f.Script] += len(f.Bytes)
		regular[f.Script] = regular[f.Script] || f.Weight == 400
		if !bytes.HasPrefix(f.Bytes, []byte("wOF2")) {
			t.Errorf("%s is no WOFF2", f.Name)
		}
	}
	for _, script := range []string{"khmer", "lao", "myanmar", "thai"} {
		if !regular[script] || size[script] > 60<<10 {
			t.Errorf("%s: %d bytes, regular %v", script, size[script], regular[script])
		}
	}
	licence, err := assets.FontLicence()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(licence), "SIL OPEN FONT LICENSE Version 1.1"); n != 4 {
		t.Errorf("%d licences, want 4", n)
	}
}
