package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"
)

// A Server runs handlers.
type Server struct {
	log     *slog.Logger
	failed  func(r *http.Request, err error) *Reply
	policy  string
	pages   *otter.Cache[string, *page]
	content atomic.Int64 // grows with each change: part of every page's key
	making  singleflight.Group
	began   string // of this server, and no other, for the tags of what it does not keep
}

// NewServer returns a server. policy is the Content-Security-Policy of every
// page; failed makes the page that stands for an error.
func NewServer(log *slog.Logger, policy string, failed func(r *http.Request, err error) *Reply) *Server {
	return &Server{log: log, failed: failed, policy: policy, began: rand.Text(), pages: otter.Must(&otter.Options[string, *page]{
		MaximumWeight: cacheBytes,
		Weigher:       func(key string, p *page) uint32 { return uint32(len(key) + 3*len(p.plain) + 256) },
	})}
}

// cacheBytes bounds the pages kept, compressed copies included.
const cacheBytes = 64 << 20

// Changed forgets every page. It is called with each change of the content.
// A page that was begun before can never be served after: the key under which
// it is kept holds the count of changes before it was begun.
func (s *Server) Changed(int64) {
	s.content.Add(1)
	s.pages.InvalidateAll()
}

// Handle makes an http.Handler of h.
func (s *Server) Handle(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.headers(w.Header())
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		// The day is part of the key, since what a page may show can end with one.
		key := strconv.FormatInt(s.content.Load(), 36) + time.Now().UTC().Format(" 060102 ") + Origin(r) + r.URL.Path + "?" + r.URL.RawQuery
		if p, ok := s.pages.GetIfPresent(key); ok {
			p.serve(w, r)
			return
		}
		v, err, _ := s.making.Do(key, func() (v any, err error) {
			// Others may be waiting for this page: it is made even if the first
			// to ask has gone.
			reply, err := s.run(h, r.WithContext(context.WithoutCancel(r.Context())))
			if err != nil || reply.stream != nil || reply.pour != nil || !reply.Keep {
				return reply, err
			}
			p := newPage(reply)
			s.pages.Set(key, p)
			return p, nil
		})
		switch {
		case err != nil:
			newPage(s.fail(r, err)).serve(w, r)
		default:
			s.send(w, r, v, h, key)
		}
	})
}

// send sends what making gave. A stream can be read only once, so a request
// that waited for another's runs by itself.
func (s *Server) send(w http.ResponseWriter, r *http.Request, v any, h Handler, key string) {
	if p, ok := v.(*page); ok {
		p.serve(w, r)
		return
	}
	reply := v.(*Reply)
	if reply.pour != nil {
		s.pour(w, r, reply, key)
		return
	}
	if reply.stream == nil {
		newPage(reply).serve(w, r)
		return
	}
	defer func() {
		if err := reply.stream.Close(); err != nil {
			s.log.Error("close a file", "error", err)
		}
	}()
	for k, v := range reply.Header {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Type", reply.Type)
	http.ServeContent(w, r, "", reply.modified, reply.stream)
}

// Stream makes an http.Handler of h for files: nothing is shared between
// requests.
func (s *Server) Stream(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.headers(w.Header())
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		reply, err := s.run(h, r)
		if err != nil {
			newPage(s.fail(r, err)).serve(w, r)
			return
		}
		s.send(w, r, reply, h, "")
	})
}

// run calls a handler.
func (s *Server) run(h Handler, r *http.Request) (reply *Reply, err error) {
	start := time.Now()
	err = s.guarded(r, func() (err error) {
		reply, err = h(r)
		return err
	})
	s.log.Debug("served", "path", r.URL.Path, "took", time.Since(start), "error", err)
	return reply, err
}

// guarded calls f and turns a panic into an error.
func (s *Server) guarded(r *http.Request, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.log.Error("a handler panicked", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	return f()
}

var errPanic = errors.New("a handler panicked")

func (s *Server) fail(r *http.Request, err error) *Reply {
	reply := s.failed(r, err)
	if reply.Status >= 500 && !errors.Is(err, errPanic) && r.Context().Err() == nil {
		s.log.Error("a page could not be made", "path", r.URL.Path, "error", err)
	}
	return reply
}

// headers are on every answer. Nothing is loaded from elsewhere, nothing runs.
func (s *Server) headers(h http.Header) {
	h.Set("Content-Security-Policy", s.policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()")
	h.Set("Cache-Control", "public, max-age=0, must-revalidate")
}

// Origin returns scheme and host of a request, as the reader's browser has
// them.
func Origin(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// A page is an answer in every encoding it has been asked for in.
type page struct {
	status int
	kind   string
	header http.Header
	plain  []byte
	tag    string
	packed [3]atomic.Pointer[[]byte] // by encoding
}

func newPage(r *Reply) *page {
	p := &page{status: r.Status, kind: r.Type, header: r.Header, plain: r.Body}
	if p.status == 0 {
		p.status = http.StatusOK
	}
	sum := sha256.Sum256(p.plain)
	p.tag = hex.EncodeToString(sum[:8])
	return p
}

// serve sends the page in the best encoding that the reader takes.
func (p *page) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for k, v := range p.header {
		h[k] = v
	}
	h.Set("Content-Type", p.kind)
	h.Add("Vary", "Accept-Encoding")
	body, tag := p.plain, p.tag
	if len(p.plain) > 400 {
		if enc := accepted(r.Header.Get("Accept-Encoding")); enc != identity {
			body, tag = p.in(enc), p.tag+"-"+encodings[enc].name
			h.Set("Content-Encoding", encodings[enc].name)
		}
	}
	if p.status == http.StatusOK {
		tag = `"` + tag + `"`
		h.Set("Etag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.status)
	if r.Method != http.MethodHead {
		if _, err := w.Write(body); err != nil {
			return // the reader is gone: there is nobody left to tell
		}
	}
}

// in returns the page in an encoding, made when it is first asked for.
func (p *page) in(enc encoding) []byte {
	if b := p.packed[enc].Load(); b != nil {
		return *b
	}
	b := enc.pack(p.plain)
	p.packed[enc].Store(&b)
	return b
}

func matches(header, tag string) bool {
	for _, t := range strings.Split(header, ",") {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == tag || t == "*" {
			return true
		}
	}
	return false
}
