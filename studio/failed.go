package studio

import (
	"errors"
	"net/http"
	"strconv"

	"sala"
	"sala/account"
	"sala/internal/web"
)

// failedPage is what failedView shows.
type failedPage struct {
	*page
	Text  string
	Again string // where to go on after signing in once more, "" if that does not help
}

// failed makes the page for an error. What is forbidden looks like what does
// not exist.
func (s *Studio) failed(v *visit, err error) *web.Reply {
	status, key := http.StatusInternalServerError, "broken"
	header := http.Header{}
	var args []any
	wait, slow := errors.AsType[account.WaitError](err)
	bad, invalid := errors.AsType[sala.Invalid](err)
	switch {
	case errors.Is(err, errEnded):
		status, key = http.StatusNotFound, "ended"
	case errors.Is(err, sala.ErrNotFound), errors.Is(err, sala.ErrForbidden):
		status, key = http.StatusNotFound, "lost"
	case errors.Is(err, sala.ErrConflict):
		status, key = http.StatusConflict, "conflict"
	case errors.Is(err, sala.ErrGone):
		status, key = http.StatusGone, "gone"
	case errors.Is(err, errBadForm):
		status, key = http.StatusBadRequest, "badform"
	case errors.Is(err, errForged):
		status, key = http.StatusForbidden, "forged"
	case errors.Is(err, errNotRecent):
		status, key = http.StatusForbidden, "again"
	case invalid:
		status, key = http.StatusUnprocessableEntity, "invalid"
	case slow:
		status, key = http.StatusTooManyRequests, "slow"
		n := max(1, int(wait.For.Seconds()))
		header.Set("Retry-After", strconv.Itoa(n))
		args = []any{"n", n}
	default:
		if v.ctx().Err() == nil {
			s.Log.Error("a studio page could not be made", "page", v.Pattern, "error", err)
		}
	}
	plain := &web.Reply{Status: status, Type: "text/plain; charset=utf-8", Body: []byte(http.StatusText(status) + "\n"), Header: header}
	if v.lang == "" {
		v.lang = sala.English
	}
	p, err := v.page("")
	if err != nil {
		return plain
	}
	f := failedPage{page: p, Text: p.T("studio."+key+"_text", args...)}
	p.Title = p.T("studio." + key + "_title")
	if invalid && len(bad) > 0 {
		f.Text = p.fault(bad[0])
	}
	if key == "again" {
		f.Again = "/studio/me"
	}
	reply, err := p.show(failedView(f))
	if err != nil {
		s.Log.Error("the error page cannot be made", "error", err)
		return plain
	}
	reply.Status, reply.Header = status, header
	return reply
}

// errForged: another site made the browser send this.
var errForged = errors.New("sent by another site")

// forged answers a form that another site sent.
func (s *Studio) forged(*visit) (*web.Reply, error) { return nil, errForged }

// panicked answers where not even a visit could be made of a request, and for
// files that are not there.
func (s *Studio) panicked(_ *http.Request, err error) *web.Reply {
	status, text := http.StatusInternalServerError, "Something broke. The fault is ours and has been noted.\n"
	if errors.Is(err, sala.ErrNotFound) {
		status, text = http.StatusNotFound, "There is no such file.\n"
	}
	return &web.Reply{Status: status, Type: "text/plain; charset=utf-8", Body: []byte(text)}
}
