// Package warc reads web archives (WARC 1.0 and 1.1, ISO 28500), plain or in
// gzip, one member a record or all in one. Archives of sites that are gone
// are often damaged: what cannot be read is told with its place, and reading
// goes on with the next record. No input makes it hang or take memory.
package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// A Record is one record of an archive.
type Record struct {
	Type   string // "response", "resource", "revisit", "request", "warcinfo", …
	URI    string // the target's address, "" if none is given
	Date   time.Time
	Offset int64 // where it begins in the file; within the unpacked text where one gzip member holds many
	Length int64 // of the block, in bytes, as the header says

	// Body is the block. It ends where the record ends and is valid until the
	// next call of [Reader.Next].
	Body io.Reader

	header map[string]string
}

// Header returns a field of the record's header, "" if it has none. Names are
// told apart without case.
func (r *Record) Header(name string) string { return r.header[strings.ToLower(name)] }

// A Damage says what is broken in an archive, and where.
type Damage struct {
	Offset int64 // in the file, in bytes
	Why    string
}

func (d *Damage) Error() string { return fmt.Sprintf("byte %d: %s", d.Offset, d.Why) }

// Bounds on what a header may hold.
const (
	maxLine   = 64 << 10
	maxFields = 200
)

// A Reader reads the records of an archive one after the other.
type Reader struct {
	raw  *counter // the file
	zip  *gzip.Reader
	text *bufio.Reader // unpacked
	body *body         // of the record that was returned last
	sure bool          // a record or the beginning of one was seen
	lost bool          // the place is lost: a damage was told, and the next record is to be looked for
	end  bool
}

// NewReader returns a reader of the archive r.
func NewReader(r io.Reader) *Reader {
	return &Reader{raw: &counter{r: bufio.NewReaderSize(r, 64<<10)}}
}

// Next returns the next record, or io.EOF at the end of the archive. A
// *[Damage] means that something there could not be read: Next may be called
// again and goes on after it. Any other error is that of the file itself.
func (r *Reader) Next() (*Record, error) {
	if r.end {
		return nil, io.EOF
	}
	if r.text == nil {
		if err := r.begin(); err != nil {
			return nil, r.stop(err)
		}
	}
	if err := r.finish(); err != nil {
		return nil, r.stop(err)
	}
	if err := r.findRecord(); err != nil {
		return nil, r.stop(err)
	}
	rec, err := r.header()
	if err != nil {
		return nil, r.stop(err)
	}
	return rec, nil
}

// stop keeps in mind what an error means for the next call.
func (r *Reader) stop(err error) error {
	var damage *Damage
	switch {
	case errors.As(err, &damage):
		r.lost = true
	default:
		r.end = true
	}
	return err
}

// begin finds out whether the archive is packed.
func (r *Reader) begin() error {
	head, err := r.raw.r.Peek(2)
	if len(head) == 0 {
		if err == io.EOF {
			return fmt.Errorf("the archive is empty")
		}
		return err
	}
	if bytes.Equal(head, magic[:2]) {
		r.text = bufio.NewReaderSize(&members{r: r}, 64<<10)
	} else {
		r.text = bufio.NewReaderSize(r.raw, 64<<10)
	}
	return nil
}

// offset is where the reader stands: exact in a plain archive, the beginning
// of the member in a packed one.
func (r *Reader) offset() int64 {
	if r.zip != nil {
		return r.raw.member
	}
	return r.raw.n - int64(r.text.Buffered())
}

func (r *Reader) damage(why string, args ...any) *Damage {
	return &Damage{r.offset(), fmt.Sprintf(why, args...)}
}

// finish reads what is left of the record before.
func (r *Reader) finish() error {
	if r.body == nil {
		return nil
	}
	b := r.body
	r.body = nil
	var damage *Damage
	if errors.As(b.err, &damage) { // whoever read the block was told
		r.lost = true
		return nil
	}
	if b.err == nil {
		_, b.err = io.Copy(io.Discard, b)
	}
	if b.err == nil || b.err == io.EOF {
		return nil
	}
	return b.err
}

var version = []byte("WARC/")

// findRecord goes to the line a record begins with. Between records only
// empty lines may stand; anything else is told once and passed over.
func (r *Reader) findRecord() error {
	told := r.lost
	r.lost = false
	for {
		head, err := r.text.Peek(len(version))
		if bytes.Equal(head, version) {
			r.sure = true
			return nil
		}
		if err != nil && err != io.EOF {
			return err
		}
		if len(head) == 0 {
			if !r.sure {
				return fmt.Errorf("no record was found: this is no web archive")
			}
			return io.EOF
		}
		if blank(head[0]) {
			if _, err := r.text.Discard(1); err != nil {
				return err
			}
			continue
		}
		if !told && r.sure {
			return r.damage("no record begins where one should: looking for the next")
		}
		told = true
		if _, err := r.text.ReadSlice('\n'); err != nil && err != bufio.ErrBufferFull {
			if err == io.EOF && !r.sure {
				return fmt.Errorf("no record was found: this is no web archive")
			}
			return err
		}
	}
}

func blank(c byte) bool { return c == '\r' || c == '\n' || c == ' ' || c == '\t' }

// header reads the header of a record.
func (r *Reader) header() (*Record, error) {
	rec := &Record{Offset: r.offset(), header: map[string]string{}}
	if _, err := r.line(); err != nil {
		return nil, err
	}
	last := ""
	for {
		line, err := r.line()
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		if (line[0] == ' ' || line[0] == '\t') && last != "" { // a folded line
			rec.header[last] += " " + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, r.damage("a line of a record's header is no “name: value”: %q", clip(line))
		}
		last = strings.ToLower(strings.TrimSpace(name))
		if _, has := rec.header[last]; !has {
			rec.header[last] = strings.TrimSpace(value)
		}
		if len(rec.header) > maxFields {
			return nil, r.damage("a record's header has more than %d fields", maxFields)
		}
	}
	rec.Type = strings.ToLower(rec.header["warc-type"])
	rec.URI = strings.Trim(rec.header["warc-target-uri"], "<>")
	if t, err := time.Parse(time.RFC3339, rec.header["warc-date"]); err == nil {
		rec.Date = t
	}
	n, err := strconv.ParseInt(rec.header["content-length"], 10, 64)
	if err != nil || n < 0 {
		return nil, r.damage("a record of type %q does not say how long it is", clip(rec.Type))
	}
	rec.Length = n
	r.body = &body{r: r, left: n, at: rec.Offset}
	rec.Body = r.body
	return rec, nil
}

// line reads one line of a header, without its end.
func (r *Reader) line() (string, error) {
	var long []byte
	for {
		part, err := r.text.ReadSlice('\n')
		if long == nil && err == nil {
			return strings.TrimRight(string(part), "\r\n"), nil
		}
		long = append(long, part...)
		switch {
		case err == nil:
			return strings.TrimRight(string(long), "\r\n"), nil
		case len(long) > maxLine:
			return "", r.damage("a line of a record's header is longer than %d bytes", maxLine)
		case err == io.EOF:
			return "", r.damage("the archive ends within a record's header")
		case err != bufio.ErrBufferFull:
			return "", err
		}
	}
}

func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}

// A body is the block of a record.
type body struct {
	r    *Reader
	left int64
	at   int64
	err  error
}

func (b *body) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if b.left == 0 {
		b.err = io.EOF
		return 0, io.EOF
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.text.Read(p)
	b.left -= int64(n)
	if err == io.EOF {
		err = &Damage{b.at, fmt.Sprintf("the archive ends %d bytes before the record does", b.left)}
	}
	if err != nil {
		b.err = err
	}
	return n, err
}

// A counter counts what is read of the file.
type counter struct {
	r      *bufio.Reader
	n      int64
	member int64 // where the gzip member being read begins
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func (c *counter) skip(n int) error {
	n, err := c.r.Discard(n)
	c.n += int64(n)
	return err
}
