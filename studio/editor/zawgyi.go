package editor

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"sala"
	"sala/internal/web"
	"sala/script"
)

// maxZawgyi bounds a request, in bytes.
const maxZawgyi = 1 << 20

// Zawgyi serves POST /studio/zawgyi: {"text": …} is answered by {"zawgyi":
// bool, "unicode": …}, which has as many lines as the text. Nothing is kept.
func Zawgyi(r *http.Request) (*web.Reply, error) {
	b, err := io.ReadAll(io.LimitReader(r.Body, maxZawgyi+1))
	if err != nil {
		return nil, fmt.Errorf("read a text: %w", err)
	}
	var asked struct{ Text string }
	if len(b) > maxZawgyi || json.Unmarshal(b, &asked) != nil {
		return nil, sala.Invalid{{Field: "text", Key: "editor.zawgyi_unknown", Text: "not JSON with a text of at most a megabyte"}}
	}
	text, converted := script.Unzawgyi(asked.Text)
	reply, err := web.JSON(struct {
		Zawgyi  bool   `json:"zawgyi"`
		Unicode string `json:"unicode"`
	}{converted, text})
	if reply != nil {
		reply.Keep = false
	}
	return reply, err
}
