package studio

import (
	"errors"
	"net/http"

	"sala"
	"sala/internal/web"
)

// forScript makes a handler answer a script: every failure is a status and a
// sentence in the visitor's language.
func forScript(h func(*Studio, *visit) (any, error)) func(*Studio, *visit) (*web.Reply, error) {
	return func(s *Studio, v *visit) (*web.Reply, error) {
		out, err := h(s, v)
		status := 0
		if err != nil {
			status, out = s.sentence(v, err)
		}
		reply, err := web.JSON(out)
		if err != nil {
			return nil, err
		}
		reply.Keep, reply.Status = false, status
		return reply, nil
	}
}

// sentence is what a script is told of a failure.
func (s *Studio) sentence(v *visit, err error) (int, any) {
	p := &page{visit: v}
	status, text := http.StatusInternalServerError, p.T("studio.broken_text")
	bad, invalid := errors.AsType[sala.Invalid](err)
	switch {
	case invalid && len(bad) > 0:
		status, text = http.StatusUnprocessableEntity, p.fault(bad[0])
	case errors.Is(err, sala.ErrNotFound), errors.Is(err, sala.ErrForbidden):
		status, text = http.StatusNotFound, p.T("studio.lost_text")
	case errors.Is(err, sala.ErrConflict):
		status, text = http.StatusConflict, p.T("studio.media_gap")
	case halfSent(err):
		status, text = http.StatusBadRequest, p.T("studio.media_half")
	case errors.Is(err, errBadForm):
		status, text = http.StatusBadRequest, p.T("studio.badform_text")
	case v.ctx().Err() == nil:
		s.Log.Error("a script could not be answered", "page", v.Pattern, "error", err)
	}
	return status, map[string]string{"message": text}
}
