package site

import (
	"net/http"
	"strings"

	"sala/archive"
	"sala/internal/web"
)

// Preview answers with the page of a work as readers would see it, whether it
// is public or not. Whoever asks has made sure that this reader may see it. The
// page may stand in a frame of this house, and says that it is not to be
// indexed.
func (s *Site) Preview(r *http.Request, w archive.Work, e archive.Edition) (*web.Reply, error) {
	p, err := s.page(r, e.Lang, e.Title)
	if err != nil {
		return nil, err
	}
	v := workPage{page: p, Work: w, Edition: e}
	v.head()
	p.Path = ""
	if err := s.body(r, &v); err != nil {
		return nil, err
	}
	if err := s.around(r, &v); err != nil {
		return nil, err
	}
	reply, err := p.show(r.Context(), workView(v))
	if err != nil {
		return nil, err
	}
	policy := s.policy(s.style)
	if own := reply.Header.Get("Content-Security-Policy"); own != "" { // of a network with colours of its own
		policy = own
	}
	if reply, err = s.veil(r, fallback(reply)); err != nil {
		return nil, err
	}
	reply.Keep = false
	reply.Header = http.Header{
		"Content-Security-Policy": {strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors 'self'", 1)},
		"X-Frame-Options":         {"SAMEORIGIN"},
		"X-Robots-Tag":            {"noindex"},
	}
	return reply, nil
}
