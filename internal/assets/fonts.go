// Package assets holds files that others made and that the build puts into the
// program, never the repository. A program that was built without them has
// none to give and works the same.
package assets

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

//go:embed fonts
var fonts embed.FS

// A Font is one file of Noto Sans in WOFF2: one script, one weight.
type Font struct {
	Script string // as its file has it: "khmer", "lao", "myanmar", "thai"
	Weight int    // as in CSS: 400, 700
	Name   string // "khmer-400.woff2"
	Hash   string // of the bytes
	Bytes  []byte
}

// Fonts returns the fonts that the program was built with, none if it was
// built without.
func Fonts() ([]Font, error) {
	entries, err := fonts.ReadDir("fonts")
	if err != nil {
		return nil, err
	}
	var all []Font
	for _, e := range entries {
		base, ok := strings.CutSuffix(e.Name(), ".woff2")
		if !ok {
			continue
		}
		script, text, _ := strings.Cut(base, "-")
		weight, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("the font %s: its name should be a script and a weight", e.Name())
		}
		b, err := fonts.ReadFile("fonts/" + e.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(b)
		all = append(all, Font{Script: script, Weight: weight, Name: e.Name(), Hash: hex.EncodeToString(sum[:8]), Bytes: b})
	}
	if len(all) > 0 {
		if _, err := FontLicence(); err != nil {
			return nil, fmt.Errorf("the fonts stand without their licence, scripts/fonts puts it there: %w", err)
		}
	}
	return all, nil
}

// FontLicence returns the SIL Open Font License of the fonts, with the notices
// of their authors. It goes wherever they go.
func FontLicence() ([]byte, error) { return fonts.ReadFile("fonts/OFL.txt") }
