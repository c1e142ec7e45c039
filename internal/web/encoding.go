package web

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// An encoding is a way to make an answer smaller (RFC 9110, section 8.4.1).
type encoding int

const (
	identity encoding = iota - 1
	br
	zst
	gz
)

// A packer makes what is written to it smaller.
type packer interface {
	io.WriteCloser
	Flush() error
}

var encodings = [3]struct {
	name string
	to   func(io.Writer) packer
}{
	br: {"br", func(w io.Writer) packer { return brotli.NewWriterLevel(w, 5) }},
	zst: {"zstd", func(w io.Writer) packer {
		z, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
		if err != nil {
			panic(err) // its options are fixed
		}
		return z
	}},
	gz: {"gzip", func(w io.Writer) packer {
		z, err := gzip.NewWriterLevel(w, 6)
		if err != nil {
			panic(err) // its level is fixed
		}
		return z
	}},
}

// pack packs what is there as a whole.
func (enc encoding) pack(b []byte) []byte {
	var out bytes.Buffer
	w := encodings[enc].to(&out)
	if _, err := w.Write(b); err != nil {
		panic(err) // a buffer takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// accepted returns the best encoding that an Accept-Encoding header takes.
func accepted(header string) encoding {
	best, weight := identity, 0.0
	other := -1.0 // of "*"
	named := [3]bool{}
	for _, part := range strings.Split(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		q := 1.0
		if v, ok := strings.CutPrefix(strings.ReplaceAll(strings.TrimSpace(params), " ", ""), "q="); ok {
			if f, err := strconv.ParseFloat(v, 64); err == nil {
				q = f
			}
		}
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "*" {
			other = q
			continue
		}
		for enc := range encodings {
			if name != encodings[enc].name {
				continue
			}
			named[enc] = true
			if q > weight || q == weight && q > 0 && encoding(enc) < best {
				best, weight = encoding(enc), q
			}
		}
	}
	if best == identity && other > 0 {
		for enc := range encodings {
			if !named[enc] {
				return encoding(enc)
			}
		}
	}
	return best
}
