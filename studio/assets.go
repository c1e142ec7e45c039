package studio

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"

	"sala"
	"sala/internal/web"
)

//go:embed studio.css
var css []byte

//go:embed studio.js
var pageScript []byte

//go:embed media.js
var mediaScript []byte

//go:embed events.js
var eventScript []byte

// assets are the files that pages load, under an address that changes with
// what is in them.
type assets struct {
	hash  string
	files map[string][]byte
}

func loadAssets() assets {
	a := assets{files: map[string][]byte{"studio.css": css, "studio.js": pageScript, "media.js": mediaScript, "events.js": eventScript}}
	h := sha256.New()
	h.Write(css)
	h.Write(pageScript)
	h.Write(mediaScript)
	h.Write(eventScript)
	a.hash = hex.EncodeToString(h.Sum(nil)[:8])
	return a
}

func (a assets) address(name string) string { return "/studio/assets/" + a.hash + "/" + name }

var assetTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}

// asset serves GET /studio/assets/{hash}/{name}.
func (s *Studio) asset(r *http.Request) (*web.Reply, error) {
	name := r.PathValue("name")
	b, ok := s.assets.files[name]
	if !ok || r.PathValue("hash") != s.assets.hash {
		return nil, sala.ErrNotFound
	}
	reply := web.Text(assetTypes[strings.ToLower(path.Ext(name))], b)
	reply.Header = http.Header{"Cache-Control": {"public, max-age=31536000, immutable"}}
	return reply, nil
}
