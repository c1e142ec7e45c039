package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"sala"
	"sala/internal/assets"
	"sala/internal/web"
)

// scripts are the languages for whose writing a font may be served: the script
// as the font's file has it, the family that sala.css names first for the
// language, and the characters that the file draws (those of its publisher,
// without what nobody writes today).
var scripts = map[sala.Lang]struct{ script, family, characters string }{
	"km": {"khmer", "Noto Sans Khmer", "U+1780-17FF,U+200C-200D,U+25CC"},
	"lo": {"lao", "Noto Sans Lao", "U+0E80-0EDF,U+200C-200D,U+25CC"},
	"my": {"myanmar", "Noto Sans Myanmar", "U+1000-109F,U+200C-200D,U+25CC,U+A9E0-A9FE,U+AA60-AA7F"},
	"th": {"thai", "Noto Sans Thai", "U+0E01-0E5B,U+200C-200D,U+25CC"},
}

// A typeface is what is served for one language.
type typeface struct {
	style string // a style sheet that declares it
	sum   string // of the style, for the policy
}

// letterpress prepares the fonts that the program was built with: the style
// of each language, and the files by the rest of their address.
func letterpress() (map[sala.Lang]typeface, map[string]assets.Font, error) {
	fonts, err := assets.Fonts()
	if err != nil {
		return nil, nil, err
	}
	faces, files := map[sala.Lang]typeface{}, map[string]assets.Font{}
	for lang, s := range scripts {
		var style strings.Builder
		for _, f := range fonts {
			if f.Script != s.script {
				continue
			}
			files[f.Hash+"/"+f.Name] = f
			local := s.family
			if f.Weight == 700 {
				local += " Bold"
			}
			// A telephone that has the font uses its own; text shows at once and
			// changes its look when the font is there.
			fmt.Fprintf(&style, `@font-face{font-family:"%s";font-weight:%d;font-display:swap;src:local("%s"),url(/fonts/%s/%s) format("woff2");unicode-range:%s}`,
				s.family, f.Weight, local, f.Hash, f.Name, s.characters)
		}
		if style.Len() > 0 {
			sum := sha256.Sum256([]byte(style.String()))
			faces[lang] = typeface{style.String(), "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}
		}
	}
	return faces, files, nil
}

// fontStyles are the style elements of the fonts a page is to be read in: the
// reader's language's and that of what it shows. The names of other languages in
// the switch are drawn with what the reader has.
func (p *page) fontStyles() string {
	if !p.set.Fonts && !p.site.Fonts {
		return ""
	}
	style := ""
	for _, l := range slices.Compact([]sala.Lang{p.Want, cmp.Or(p.Heading, p.Want)}) {
		if f, ok := p.site.faces[l]; ok {
			style += "<style>" + f.style + "</style>"
		}
	}
	return style
}

// fontPolicy lets pages declare and load the fonts: "" for both if there are
// none.
func fontPolicy(faces map[sala.Lang]typeface) (styles, source string) {
	for _, lang := range slices.Sorted(maps.Keys(faces)) {
		styles += " " + faces[lang].sum
		source = "font-src 'self'; "
	}
	return styles, source
}

// font serves GET /fonts/{hash}/{name} and the licence, /fonts/OFL.txt.
func (s *Site) font(r *http.Request) (*web.Reply, error) {
	rest := strings.TrimPrefix(r.URL.Path, "/fonts/")
	if rest == "OFL.txt" && len(s.fontFiles) > 0 {
		licence, err := assets.FontLicence()
		if err != nil {
			return nil, err
		}
		return web.Text("text/plain; charset=utf-8", licence), nil
	}
	f, ok := s.fontFiles[rest]
	if !ok {
		return nil, sala.ErrNotFound
	}
	return web.File("font/woff2", f.Name, inMemory{bytes.NewReader(f.Bytes)}, nil), nil
}

// inMemory is a file that is nowhere else.
type inMemory struct{ io.ReadSeeker }

func (inMemory) Close() error { return nil }
