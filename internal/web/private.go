package web

import "net/http"

// Private makes an http.Handler of h for a door that knows its visitors: any
// method, one answer for one request, nothing kept by anybody.
func (s *Server) Private(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.headers(w.Header())
		w.Header().Set("Cache-Control", "no-store")
		reply, err := s.run(h, r)
		if err != nil {
			reply = s.fail(r, err)
		}
		s.send(w, r, reply, h, "")
	})
}
