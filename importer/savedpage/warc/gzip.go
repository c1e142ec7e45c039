package warc

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
)

// magic begins a gzip member (RFC 1952) packed by deflate.
var magic = []byte{0x1f, 0x8b, 8}

// members unpacks one gzip member after the other. A broken member is told as
// a [Damage], and the next one is looked for.
type members struct {
	r    *Reader
	open bool
}

func (m *members) Read(p []byte) (int, error) {
	for {
		if !m.open {
			if err := m.next(); err != nil {
				return 0, err
			}
		}
		n, err := m.r.zip.Read(p)
		switch {
		case err == nil:
			return n, nil
		case err == io.EOF:
			m.open = false
			if n > 0 {
				return n, nil
			}
		default:
			m.open = false
			return n, m.broken(err)
		}
	}
}

// broken makes a damage of what is wrong with packed data, and leaves an
// error of the file itself as it is.
func (m *members) broken(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Damage{m.r.raw.member, "the archive ends within a packed record"}
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), isFlate(err):
		return &Damage{m.r.raw.member, "packed data is broken: " + err.Error()}
	}
	return err
}

// next opens the member that begins next. Zeros and anything else between
// members are passed over.
func (m *members) next() error {
	raw := m.r.raw
	for {
		window, err := raw.r.Peek(peek)
		if len(window) == 0 {
			return err // io.EOF at the end
		}
		i := bytes.Index(window, magic)
		switch {
		case i > 0:
			if err := raw.skip(i); err != nil {
				return err
			}
			continue
		case i < 0 && len(window) <= len(magic):
			if err := raw.skip(len(window)); err != nil {
				return err
			}
			continue
		case i < 0: // a magic may be cut by the window's end
			if err := raw.skip(len(window) - len(magic) + 1); err != nil {
				return err
			}
			continue
		}
		if !m.begins(window) {
			if err := raw.skip(len(magic)); err != nil {
				return err
			}
			continue
		}
		raw.member = raw.n
		if m.r.zip == nil {
			m.r.zip, err = gzip.NewReader(raw)
		} else {
			err = m.r.zip.Reset(raw)
		}
		if err != nil {
			return m.broken(err)
		}
		m.r.zip.Multistream(false)
		m.open = true
		return nil
	}
}

// peek is how much of a member is looked at to see whether it is one.
const peek = 4 << 10

// begins reports whether a member begins here: three bytes alone may stand
// within packed data by chance. The first member of a file is believed.
func (m *members) begins(window []byte) bool {
	if m.r.zip == nil {
		return true
	}
	z, err := gzip.NewReader(bytes.NewReader(window))
	if err != nil {
		return false
	}
	var first [1]byte
	_, err = io.ReadFull(z, first[:])
	return err == nil || len(window) < peek
}

// isFlate reports whether an error is that of corrupt deflate data.
func isFlate(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}
