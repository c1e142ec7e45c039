package wordpress

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// encoding returns the encoding to read by, nil for UTF-8.
func (s *scanner) encoding(head []byte, f io.Reader) (encoding.Encoding, error) {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{'<', 0, '?', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), bytes.HasPrefix(head, []byte{0, '<', 0, '?'}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nil
	}
	i := bytes.Index(head, []byte("<?xml"))
	if i < 0 {
		return nil, nil
	}
	declaration, _, ok := bytes.Cut(head[i:], []byte("?>"))
	if !ok {
		return nil, nil
	}
	_, after, ok := bytes.Cut(declaration, []byte("encoding="))
	if !ok || len(after) < 2 {
		return nil, nil
	}
	label, _, _ := bytes.Cut(after[1:], after[:1])
	enc, name := charset.Lookup(string(label))
	if enc == nil || name == "utf-8" || strings.HasPrefix(name, "utf-16") {
		return nil, nil
	}
	valid, err := allUTF8(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.file, err)
	}
	if valid {
		s.doubt(1, "the XML declaration", fmt.Sprintf("it says %s, but the file is valid UTF-8: read as UTF-8", label))
		return nil, nil
	}
	return enc, nil
}

// allUTF8 reports whether all of r is valid UTF-8.
func allUTF8(r io.Reader) (bool, error) {
	buf := make([]byte, 256<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		n += kept
		kept = 0
		if err == nil { // a rune may be cut at the end of the block
			for kept < utf8.UTFMax && kept < n && !utf8.Valid(buf[n-kept-1:n]) {
				kept++
			}
			if kept == utf8.UTFMax {
				return false, nil
			}
		}
		if !utf8.Valid(buf[:n-kept]) {
			return false, nil
		}
		copy(buf, buf[n-kept:n])
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}
