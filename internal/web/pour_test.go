package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sala/internal/web"
)

// rows gives n pieces of a kilobyte each, and then err.
func rows(n int, err error) func(context.Context, func([]byte) error) error {
	return func(_ context.Context, piece func([]byte) error) error {
		for i := range n {
			if err := piece(fmt.Appendf(nil, "%s %d\n", strings.Repeat("x", 1024), i)); err != nil {
				return err
			}
		}
		return err
	}
}

// TestPour: a short answer is a page like any other; a long one is sent as it
// is made.
func TestPour(t *testing.T) {
	for _, n := range []int{0, 3, 1000} {
		s, made := server(), 0
		h := s.Handle(func(*http.Request) (*web.Reply, error) {
			made++
			return web.Pour("text/csv", []byte("head\n"), rows(n, nil)), nil
		})
		want := "head\n"
		for i := range n {
			want += fmt.Sprintf("%s %d\n", strings.Repeat("x", 1024), i)
		}
		first := get(h, "/x")
		if first.Body.String() != want {
			t.Fatalf("%d rows: %d bytes, want %d", n, first.Body.Len(), len(want))
		}
		tag := first.Header().Get("Etag")
		if w := get(h, "/x", "If-None-Match", tag); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("%d rows: asked again with %s: %d and %d bytes", n, tag, w.Code, w.Body.Len())
		}
		if long := n == 1000; long != (first.Header().Get("Content-Length") == "") || long != strings.HasPrefix(tag, "W/") || long == (made == 1) {
			t.Errorf("%d rows: made %d times, %v", n, made, first.Header())
		}
		s.Changed(1)
		if w := get(h, "/x", "If-None-Match", tag); n == 1000 && w.Code != http.StatusOK {
			t.Errorf("after a change: %d", w.Code)
		}
		r := httptest.NewRequest("HEAD", "/x", nil)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK || w.Body.Len() > 0 || w.Header().Get("Content-Type") != "text/csv" {
			t.Errorf("HEAD of %d rows: %d, %d bytes, %v", n, w.Code, w.Body.Len(), w.Header())
		}
		for _, encoding := range []string{"br", "zstd", "gzip"} {
			if w := get(h, "/x", "Accept-Encoding", encoding); n > 0 && (w.Header().Get("Content-Encoding") != encoding || w.Body.Len() == 0 || w.Body.Len() > len(want)/3) {
				t.Errorf("%d rows in %s: %d bytes of %d, %v", n, encoding, w.Body.Len(), len(want), w.Header())
			}
		}
	}
}

// TestPourFlows: what is made first is on its way before the rest is made.
func TestPourFlows(t *testing.T) {
	read := make(chan bool)
	h := server().Handle(func(*http.Request) (*web.Reply, error) {
		return web.Pour("text/csv", []byte("head\n"), func(ctx context.Context, piece func([]byte) error) error {
			if err := rows(600, nil)(ctx, piece); err != nil {
				return err
			}
			select {
			case <-read:
			case <-ctx.Done():
			}
			return piece([]byte("end\n"))
		}), nil
	})
	server := httptest.NewServer(h)
	defer server.Close()
	resp, err := http.Get(server.URL) // packed by gzip, which the client takes out again
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	_, err = io.ReadFull(resp.Body, make([]byte, 500<<10))
	close(read)
	if err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(resp.Body)
	if err != nil || !bytes.HasSuffix(rest, []byte("end\n")) {
		t.Errorf("%d bytes more, %v", len(rest), err)
	}
}

// TestPourFails: what goes wrong early is told by a page; later nobody takes
// the half for the whole.
func TestPourFails(t *testing.T) {
	wrong := errors.New("wrong")
	for _, write := range []func(context.Context, func([]byte) error) error{rows(3, wrong), func(context.Context, func([]byte) error) error { panic("wrong") }} {
		h := server().Handle(func(*http.Request) (*web.Reply, error) { return web.Pour("text/csv", []byte("head\n"), write), nil })
		if w := get(h, "/x"); w.Code != 500 || w.Body.String() != "broken" {
			t.Errorf("%d %q", w.Code, w.Body)
		}
	}
	server := httptest.NewServer(server().Handle(func(*http.Request) (*web.Reply, error) {
		return web.Pour("text/csv", []byte("head\n"), rows(1000, wrong)), nil
	}))
	defer server.Close()
	for _, encoding := range []string{"identity", "gzip"} {
		req, err := http.NewRequest("GET", server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", encoding)
		resp, err := http.DefaultClient.Do(req)
		if err == nil {
			_, err = io.ReadAll(resp.Body)
			resp.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: half of it looks whole", encoding)
		}
	}
}

// TestPourJSON: an answer whose list is poured in is the same as one that was
// made at once, and its pieces are passed through what is asked.
func TestPourJSON(t *testing.T) {
	type item struct {
		Name string   `json:"name"`
		Of   []string `json:"of"`
	}
	for n := range 3 {
		items := []item{}
		for i := range n {
			items = append(items, item{fmt.Sprint("<\"a\">\n  \"items\": []", i), []string{}})
		}
		doc := func(items []item) any {
			return map[string]any{"a": "\n  \"items\": []", "items": items, "z": map[string]any{"items": []int{}}}
		}
		want, err := web.JSON(doc(items))
		if err != nil {
			t.Fatal(err)
		}
		h := server().Handle(func(*http.Request) (*web.Reply, error) {
			reply, err := web.PourJSON(doc([]item{}), "items", func(_ context.Context, piece func([]byte) error) error {
				for _, it := range items {
					it.Name = strings.ToUpper(it.Name)
					b, err := json.Marshal(it)
					if err != nil {
						return err
					}
					if err := piece(b); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
			reply.Through(func(_ context.Context, piece []byte) ([]byte, error) {
				return bytes.ReplaceAll(bytes.ReplaceAll(piece, []byte("ITEMS"), []byte("items")), []byte(`"A`), []byte(`"a`)), nil
			})
			return reply, nil
		})
		got := get(h, "/x").Body.String()
		if got != string(want.Body) {
			t.Errorf("%d items:\n got %s\nwant %s", n, got, want.Body)
		}
	}
	if _, err := web.PourJSON(map[string]any{"items": []int{1}}, "items", rows(0, nil)); err == nil {
		t.Error("items are poured where there are some")
	}
}
