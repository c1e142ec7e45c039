package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // the formats that can be read
	_ "image/jpeg" //
	_ "image/png"  //
	"io"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	_ "golang.org/x/image/webp" // and this one
)

const (
	// MaxBytes is the size above which a file is refused.
	MaxBytes = 200 << 20
	// MaxPixels is the number of pixels above which a picture is not decoded:
	// a few bytes can declare billions.
	MaxPixels = 50_000_000
)

// Stored is what is known of bytes once they are stored.
type Stored struct {
	Hash   string
	Size   int64
	Type   string
	Width  int // 0 if it is no picture that can be shown
	Height int
	Doubt  string
}

// errTooBig is returned for files above MaxBytes.
var errTooBig = fmt.Errorf("larger than %d MB", MaxBytes>>20)

// Ingest stores bytes and says what they are. A picture that cannot be
// decoded safely is kept as it came, with a doubt, and never shown.
func (s *Store) Ingest(ctx context.Context, r io.Reader) (Stored, error) {
	head := make([]byte, 1<<20)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Stored{}, fmt.Errorf("read a file: %w", err)
	}
	head = head[:n]
	limited := &limitReader{r: io.MultiReader(bytes.NewReader(head), r), left: MaxBytes}
	st := Stored{Type: sniff(head)}
	if st.Hash, st.Size, err = s.blobs.Put(ctx, limited); err != nil {
		return st, err
	}
	if !strings.HasPrefix(st.Type, "image/") || st.Type == "image/svg+xml" {
		return st, nil
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(head))
	switch {
	case err != nil:
		st.Doubt = "the picture cannot be read: " + err.Error()
	case config.Width <= 0 || config.Height <= 0:
		st.Doubt = "the picture has no size"
	case int64(config.Width)*int64(config.Height) > MaxPixels:
		st.Doubt = fmt.Sprintf("the picture declares %d×%d pixels, more than %d million: it is not decoded", config.Width, config.Height, MaxPixels/1_000_000)
	default:
		st.Width, st.Height = config.Width, config.Height
		if turned := orientation(head); turned >= 5 {
			st.Width, st.Height = st.Height, st.Width
		}
	}
	return st, nil
}

type limitReader struct {
	r    io.Reader
	left int64
}

func (l *limitReader) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return n, errTooBig
	}
	return n, err
}

// sniff returns the media type of bytes by what they are. Anything a browser
// could run is "application/octet-stream", but for SVG, which is served so
// that it cannot.
func sniff(head []byte) string {
	start := bytes.TrimLeft(head[:min(len(head), 1024)], "\ufeff \t\r\n")
	lower := bytes.ToLower(start)
	if bytes.HasPrefix(lower, []byte("<svg")) || bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(lower, []byte("<svg")) {
		return "image/svg+xml"
	}
	t := http.DetectContentType(head[:min(len(head), 512)])
	t, _, _ = strings.Cut(t, ";")
	switch t {
	case "text/html", "text/xml", "application/xml", "text/plain":
		if t == "text/plain" && !bytes.Contains(lower, []byte("<?php")) && !bytes.Contains(lower, []byte("<script")) && !bytes.HasPrefix(lower, []byte("#!")) && utf8.Valid(trimRune(head)) {
			return "text/plain"
		}
		return "application/octet-stream"
	}
	return t
}

// trimRune drops a letter that the end of a block may have cut.
func trimRune(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// SafeName makes the last part of an address from a file's name.
func SafeName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune("._-", r):
			return r
		case unicode.IsSpace(r):
			return '-'
		}
		return -1
	}, strings.ToValidUTF8(name, ""))
	name = strings.Trim(name, ".-")
	for len(name) > 120 {
		_, size := utf8.DecodeRuneInString(name)
		name = name[size:]
	}
	if name == "" {
		return "file"
	}
	return name
}
