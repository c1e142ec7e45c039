package web_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

	"sala/internal/web"
)

func server() *web.Server {
	return web.NewServer(slog.New(slog.DiscardHandler), "default-src 'none'", func(_ *http.Request, err error) *web.Reply {
		return &web.Reply{Status: 500, Type: "text/plain", Body: []byte("broken")}
	})
}

func get(h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestEncodings(t *testing.T) {
	text := strings.Repeat("The fee is capped. ", 100)
	h := server().Handle(func(*http.Request) (*web.Reply, error) { return web.Text("text/plain", []byte(text)), nil })
	for accept, want := range map[string]string{
		"": "", "gzip": "gzip", "gzip, br": "br", "br;q=0, gzip": "gzip", "gzip;q=0.5, zstd;q=0.8": "zstd", "identity": "", "*": "br", "br;q=0": "", "gzip;q=0, *": "br",
	} {
		w := get(h, "/x", "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q: %q, want %q", accept, got, want)
			continue
		}
		var body io.Reader = w.Body
		switch want {
		case "br":
			body = brotli.NewReader(body)
		case "gzip":
			z, err := gzip.NewReader(body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		case "zstd":
			continue
		}
		if b, err := io.ReadAll(body); err != nil || string(b) != text {
			t.Errorf("Accept-Encoding %q: %d bytes, %v", accept, len(b), err)
		}
		tag := w.Header().Get("Etag")
		if again := get(h, "/x", "Accept-Encoding", accept, "If-None-Match", tag); again.Code != 304 || again.Body.Len() > 0 {
			t.Errorf("If-None-Match %s: %d", tag, again.Code)
		}
		if other := get(h, "/x", "Accept-Encoding", accept, "If-None-Match", `"other"`); other.Code != 200 {
			t.Errorf("If-None-Match of another: %d", other.Code)
		}
	}
}

func TestNothingStaleIsServed(t *testing.T) {
	s := server()
	var made atomic.Int64
	h := s.Handle(func(*http.Request) (*web.Reply, error) {
		n := made.Add(1)
		if n == 2 {
			s.Changed(0) // something is withdrawn while this page is being made
		}
		return web.Text("text/plain", []byte{byte('0' + n)}), nil
	})
	for i, want := range []string{"1", "1"} {
		if got := get(h, "/").Body.String(); got != want {
			t.Errorf("request %d: %s, want %s", i, got, want)
		}
	}
	s.Changed(0)
	for i, want := range []string{"2", "3", "3"} {
		if got := get(h, "/").Body.String(); got != want {
			t.Errorf("after the change, request %d: %s, want %s", i, got, want)
		}
	}
}

func TestErrorsAndMethods(t *testing.T) {
	s := server()
	for name, f := range map[string]web.Handler{
		"error": func(*http.Request) (*web.Reply, error) { return nil, errors.New("secret") },
		"panic": func(*http.Request) (*web.Reply, error) { panic("secret") },
	} {
		if w := get(s.Handle(f), "/"); w.Code != 500 || w.Body.String() != "broken" || w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %q", name, w.Code, w.Body)
		}
	}
	w := httptest.NewRecorder()
	s.Handle(func(*http.Request) (*web.Reply, error) { return nil, nil }).ServeHTTP(w, httptest.NewRequest("POST", "/", nil))
	if w.Code != 405 {
		t.Errorf("POST: %d", w.Code)
	}
}

func BenchmarkCachedPage(b *testing.B) {
	text := []byte(strings.Repeat("<p>The ministry was asked to publish the list of licensed agencies.</p>", 400))
	h := server().Handle(func(*http.Request) (*web.Reply, error) { return web.Text("text/html", text), nil })
	r := httptest.NewRequest("GET", "/en/2019/x", nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	for b.Loop() {
		h.ServeHTTP(&sink{header: http.Header{}}, r)
	}
}

type sink struct{ header http.Header }

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) Write(b []byte) (int, error) { return len(b), nil }
func (s *sink) WriteHeader(int)             {}
