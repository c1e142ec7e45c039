package site

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"sala"
	"sala/internal/web"
)

// failedPage is what failedView shows.
type failedPage struct {
	*page
	Heading string // keys
	Words   string
}

// failed makes the page for an error. A reader learns only which of the kinds
// it is; what is forbidden looks like what does not exist.
func (s *Site) failed(r *http.Request, err error) *web.Reply {
	status, heading, words := http.StatusInternalServerError, "broken.title", "broken.text"
	switch {
	case errors.Is(err, sala.ErrNotFound), errors.Is(err, sala.ErrForbidden):
		status, heading, words = http.StatusNotFound, "lost.title", "lost.text"
	case errors.Is(err, sala.ErrGone):
		status, heading, words = http.StatusGone, "gone.title", "gone.text"
	}
	plain := &web.Reply{Status: status, Type: "text/plain; charset=utf-8", Body: []byte(http.StatusText(status) + "\n")}
	set, err := s.Network.Settings(r.Context())
	if err != nil {
		return plain
	}
	lang := set.Default
	if first := sala.Lang(strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")[0]); slices.Contains(set.Langs, first) {
		lang = first
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return plain
	}
	p.Title, p.Heading = p.T(heading), p.Lang
	for _, l := range set.Langs {
		p.Switch = append(p.Switch, alternate{l, "/" + string(l) + "/", l == p.Want})
	}
	reply, err := p.show(r.Context(), failedView(failedPage{p, heading, words}))
	if err != nil {
		s.Log.Error("the error page cannot be made", "error", err)
		return plain
	}
	reply.Status, reply.Keep = status, false
	if reply, err = s.veil(r, fallback(reply)); err != nil {
		s.Log.Error("the error page cannot be made", "error", err)
		return plain
	}
	return reply
}
