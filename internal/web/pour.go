package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// A pour is what follows the body of an answer that is made piece by piece, so
// that one that holds a whole list takes no more memory than a stretch of it.
type pour struct {
	write  func(ctx context.Context, piece func([]byte) error) error
	passed func(ctx context.Context, piece []byte) ([]byte, error) // what is done to each piece
	list   string                                                  // of JSON: the name of the list whose items the pieces are
}

// Pour answers with bytes of a type and the pieces that write gives. Each piece
// is whole in its form, as rows of a table are: it can be read by itself. write
// may be called several times.
func Pour(contentType string, head []byte, write func(ctx context.Context, piece func([]byte) error) error) *Reply {
	return &Reply{Type: contentType, Body: head, Keep: true, pour: &pour{write: write}}
}

// PourJSON answers as [JSON] does with v, which has an empty list of a name:
// its items are the pieces that write gives, each a JSON value.
func PourJSON(v any, list string, write func(ctx context.Context, item func([]byte) error) error) (*Reply, error) {
	reply, err := JSON(v)
	if err != nil {
		return nil, err
	}
	reply.pour = &pour{write: write, list: list}
	if _, _, ok := reply.pour.cut(reply.Body); !ok {
		return nil, fmt.Errorf("an answer without an empty list %q", list)
	}
	return reply, nil
}

// Through passes every piece that follows the body through f.
func (r *Reply) Through(f func(ctx context.Context, piece []byte) ([]byte, error)) {
	if r.pour != nil {
		r.pour.passed = f
	}
}

// cut parts a JSON text where the items of the list belong. A line that begins
// so is a name of the outermost object: no string holds the end of a line.
func (p *pour) cut(body []byte) (before, after []byte, ok bool) {
	name := []byte("\n  " + strconv.Quote(p.list) + ": [")
	at := bytes.Index(body, append(name, ']'))
	if at < 0 {
		return nil, nil, false
	}
	at += len(name)
	return body[:at], body[at:], true
}

// to writes the whole answer.
func (p *pour) to(ctx context.Context, w io.Writer, body []byte) error {
	put := func(pieces ...[]byte) error {
		_, err := w.Write(bytes.Join(pieces, nil))
		return err
	}
	before, after := body, []byte(nil)
	if p.list != "" {
		var ok bool
		if before, after, ok = p.cut(body); !ok { // whoever changed the body since took it out
			return fmt.Errorf("an answer without an empty list %q", p.list)
		}
	}
	if err := put(before); err != nil {
		return err
	}
	first := true
	err := p.write(ctx, func(piece []byte) (err error) {
		if p.passed != nil {
			if piece, err = p.passed(ctx, piece); err != nil {
				return err
			}
		}
		if p.list == "" {
			return put(piece)
		}
		var b bytes.Buffer
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.WriteString("\n    ")
		if err := json.Indent(&b, piece, "    ", "  "); err != nil {
			return fmt.Errorf("encode: %w", err)
		}
		return put(b.Bytes())
	})
	if err == nil && !first {
		err = put([]byte("\n  "))
	}
	if err == nil && len(after) > 0 {
		err = put(after)
	}
	return err
}

// pourHeld is how much of such an answer is held back: one that has no more is
// a page like any other, and what goes wrong before is told by a page.
const pourHeld = 256 << 10

// pour makes such an answer and sends it. What is kept under key is the same as
// long as the content is, and so is the tag of what is too long to be kept.
func (s *Server) pour(w http.ResponseWriter, r *http.Request, reply *Reply, key string) {
	sum := sha256.Sum256([]byte(s.began + key))
	tag := `W/"` + hex.EncodeToString(sum[:8]) + `"`
	if key == "" {
		tag = ""
	} else if given := r.Header.Get("If-None-Match"); given != "" && matches(given, tag[len("W/"):]) {
		w.Header().Set("Etag", tag)
		w.Header().Add("Vary", "Accept-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	out := &flow{w: w, r: r, reply: reply, tag: tag}
	start := time.Now()
	err := s.guarded(r, func() error { return reply.pour.to(r.Context(), out, reply.Body) })
	if err == nil && out.to != nil {
		err = out.to.Close()
	}
	s.log.Debug("poured", "path", r.URL.Path, "took", time.Since(start), "error", err)
	switch {
	case errors.Is(err, errEnough):
	case err != nil && out.to == nil:
		newPage(s.fail(r, err)).serve(w, r)
	case err != nil:
		if r.Context().Err() == nil {
			s.log.Error("an answer broke off", "path", r.URL.Path, "error", err)
		}
		panic(http.ErrAbortHandler) // so that nobody takes the half for the whole
	case out.to == nil:
		p := newPage(&Reply{Status: reply.Status, Type: reply.Type, Header: reply.Header, Body: out.held.Bytes()})
		if reply.Keep && key != "" {
			s.pages.Set(key, p)
		}
		p.serve(w, r)
	}
}

// errEnough ends an answer to a request that asks only for its head.
var errEnough = errors.New("nobody asks for more")

// A flow is an answer on its way: held back until it has grown, then sent as it
// comes.
type flow struct {
	w     http.ResponseWriter
	r     *http.Request
	reply *Reply
	tag   string
	held  bytes.Buffer
	to    packer // nil as long as it is held back
	since int    // bytes since something was last sent
}

func (f *flow) Write(b []byte) (int, error) {
	if f.to == nil {
		f.held.Write(b)
		if f.held.Len() <= pourHeld {
			return len(b), nil
		}
		if err := f.begin(); err != nil {
			return 0, err
		}
		held := f.held.Bytes()
		f.held = bytes.Buffer{}
		return len(b), f.send(held)
	}
	return len(b), f.send(b)
}

// pourFlushed is after how many bytes what a packer holds goes out: more often
// than packers do by themselves, and seldom enough for them to pack well.
const pourFlushed = 64 << 10

func (f *flow) send(b []byte) error {
	if _, err := f.to.Write(b); err != nil {
		return err
	}
	if f.since += len(b); f.since < pourFlushed {
		return nil
	}
	f.since = 0
	if err := f.to.Flush(); err != nil {
		return err
	}
	if err := http.NewResponseController(f.w).Flush(); !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}

func (f *flow) begin() error {
	h := f.w.Header()
	for k, v := range f.reply.Header {
		h[k] = v
	}
	h.Set("Content-Type", f.reply.Type)
	h.Add("Vary", "Accept-Encoding")
	if f.tag != "" {
		h.Set("Etag", f.tag)
	}
	f.to = plainly{f.w}
	if enc := accepted(f.r.Header.Get("Accept-Encoding")); enc != identity {
		h.Set("Content-Encoding", encodings[enc].name)
		f.to = encodings[enc].to(f.w)
	}
	f.w.WriteHeader(http.StatusOK)
	if f.r.Method == http.MethodHead {
		return errEnough
	}
	return nil
}

// plainly sends what is not packed.
type plainly struct{ io.Writer }

func (plainly) Close() error { return nil }
func (plainly) Flush() error { return nil }
