// Package web is the plumbing of a door: a handler takes a request and returns
// a [Reply] or an error and never sees the ResponseWriter, so it cannot send
// half a page. A [Server] turns replies into answers: strict headers, one
// place where errors become pages, and a cache of compressed pages that a
// change of the content empties.
package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"sala"
)

// A Reply is a whole answer.
type Reply struct {
	Status int // 0 means 200
	Type   string
	Body   []byte
	Header http.Header // further headers
	// Keep lets the answer be kept and given to everybody who asks for the
	// same address, until the content changes.
	Keep bool
	// Covered says that whoever made the answer has covered the words in it
	// that not everybody may read: of a form that a door cannot read itself.
	Covered bool
	Lang    sala.Lang // of the words in it, if that is not the one of its address

	stream   io.ReadSeekCloser // instead of Body: a file, sent with ranges
	name     string
	modified time.Time
	pour     *pour // what follows Body
}

// A Handler answers one request.
type Handler func(r *http.Request) (*Reply, error)

// Page renders a component, and says where its lines may end in scripts that
// put no spaces between words. The same address gives the same page to
// everyone, so it may be kept.
func Page(ctx context.Context, c templ.Component) (*Reply, error) {
	var b bytes.Buffer
	if err := c.Render(ctx, &b); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	return &Reply{Type: "text/html; charset=utf-8", Body: withBreaks(b.Bytes()), Keep: true}, nil
}

// Redirect sends the reader to another address of this site.
func Redirect(status int, address string) *Reply {
	return &Reply{Status: status, Type: "text/plain; charset=utf-8", Body: []byte(address + "\n"), Header: http.Header{"Location": {address}}}
}

// JSON answers with v encoded, indented for people.
func JSON(v any) (*Reply, error) {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return &Reply{Type: "application/json; charset=utf-8", Body: append(b, '\n'), Keep: true}, nil
}

// Text answers with bytes of a type.
func Text(contentType string, b []byte) *Reply {
	return &Reply{Type: contentType, Body: b, Keep: true}
}

// File answers with bytes that never change under their address, so that they
// may be kept for ever unless h has a Cache-Control of its own. It closes body.
func File(contentType, name string, body io.ReadSeekCloser, h http.Header) *Reply {
	if h == nil {
		h = http.Header{}
	}
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	return &Reply{Type: contentType, stream: body, name: name, Header: h}
}
