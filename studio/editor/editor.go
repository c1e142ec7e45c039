// Package editor is the writing surface of the studio: a ProseMirror bundle,
// built from the TypeScript beside this file and embedded, and what a page
// needs to mount it. Its schema is that of internal/richtext. Without the
// bundle, or without script, the same form offers Markdown in a textarea.
//
// What the studio's pages must answer is in docs/studio-editor.md.
package editor

import (
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"

	"sala"
	"sala/internal/i18n"
	"sala/internal/web"
)

//go:generate go run ./gen

//go:embed all:dist
var dist embed.FS

// Prefix is where the studio serves the assets: GET Prefix + "{name}" is
// [Asset].
const Prefix = "/studio/assets/"

// An asset is one embedded file under the name that holds its hash.
type asset struct {
	name, kind string
	body       []byte
}

// code and looks are unpacked when they are first asked for: most commands of
// the program never ask.
var (
	code  = sync.OnceValue(func() asset { return load("editor.js", "text/javascript; charset=utf-8") })
	looks = sync.OnceValue(func() asset { return load("editor.css", "text/css; charset=utf-8") })
)

// load returns an embedded file; one that was not built has no name.
func load(file, kind string) asset {
	packed, err := dist.Open("dist/" + file + ".gz")
	if err != nil {
		return asset{} // absence is what Built reports
	}
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	if err != nil {
		panic(fmt.Sprintf("the program's own %s: %v", file, err))
	}
	body, err := io.ReadAll(r)
	if err != nil {
		panic(fmt.Sprintf("the program's own %s: %v", file, err))
	}
	sum := sha256.Sum256(body)
	ext := path.Ext(file)
	return asset{strings.TrimSuffix(file, ext) + "-" + hex.EncodeToString(sum[:8]) + ext, kind, body}
}

// Built reports whether the program carries the bundle. If not, the page has
// neither script nor style to name, and its textarea is all there is.
func Built() bool { return code().name != "" && looks().name != "" }

// Script and Style are the addresses of the bundle: they change with its
// bytes. They are "" if it was not built.
func Script() string { return code().address() }
func Style() string  { return looks().address() }

func (a asset) address() string {
	if a.name == "" {
		return ""
	}
	return Prefix + a.name
}

// Asset serves GET /studio/assets/{name}.
func Asset(r *http.Request) (*web.Reply, error) {
	for _, a := range []asset{code(), looks()} {
		if a.name != "" && r.URL.Path == a.address() {
			reply := web.Text(a.kind, a.body)
			reply.Header = http.Header{"Cache-Control": {"public, max-age=31536000, immutable"}}
			return reply, nil
		}
	}
	return nil, sala.ErrNotFound
}

// Messages are the words of the editor in a language, by key.
func Messages(c *i18n.Catalogue, lang sala.Lang) map[string]string {
	said := map[string]string{}
	for _, key := range c.Keys(sala.English) {
		if strings.HasPrefix(key, "editor.") {
			said[key], _ = c.Text(lang, key)
		}
	}
	return said
}

// Settings are what the script reads from the page, as JSON in a
// <script type="application/json"> whose id the form's data-sala-editor names.
type Settings struct {
	Messages  map[string]string `json:"messages"`
	Endpoints Endpoints         `json:"endpoints"`
	Lang      sala.Lang         `json:"lang"`      // of the text
	UI        sala.Lang         `json:"ui"`        // of the interface
	Label     string            `json:"label"`     // names the text: "Text in Burmese"
	Languages [][2]string       `json:"languages"` // tag and name, offered for a passage
	SignIn    string            `json:"signIn"`    // where to sign in when the session has ended
	Draft     *DraftState       `json:"draft,omitempty"`
	ReadOnly  bool              `json:"readonly,omitempty"`
}

// DraftState is what autosave starts from; without one nothing is saved by
// itself.
type DraftState struct {
	Base   string  `json:"base"`            // what the text is based on, given back with each save
	Saved  string  `json:"saved,omitempty"` // RFC 3339, when the working copy was saved
	Person sala.ID `json:"person"`          // whose copies on the device are offered
}

// Endpoints are addresses of the studio.
type Endpoints struct {
	Find        string `json:"find"`
	MediaFind   string `json:"mediaFind"`
	MediaUpload string `json:"mediaUpload"`
	Picture     string `json:"picture"` // with {id} in it
	Zawgyi      string `json:"zawgyi"`
	Draft       string `json:"draft,omitempty"`
}

// NewEndpoints returns the addresses that docs/studio-editor.md names. draft
// is that of the edition, "" where nothing is saved by itself.
func NewEndpoints(draft string) Endpoints {
	return Endpoints{
		Find: "/studio/find", MediaFind: "/studio/media/find", MediaUpload: "/studio/media/upload",
		Picture: "/studio/media/{id}/picture", Zawgyi: "/studio/zawgyi", Draft: draft,
	}
}
