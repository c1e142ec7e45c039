package wordpress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sala/importer"
)

// A WXR is read by a scanner of our own, because what WordPress writes is not
// always XML: plugins print before it, comment addresses hold bare
// ampersands, texts hold control characters and bytes of another encoding,
// and "]]>" inside a text may not be escaped. It never reads a DTD, so there
// are no entities but those of XML and no other file is ever opened. It holds
// one child of the channel at a time.

// maxItem and maxElements bound one item: no text is as long as a library. A
// larger one is passed over and named in the report.
const (
	maxItem     = 16 << 20 // overSize says it in words
	maxElements = 200_000
)

// maxSpaces bounds the namespaces in force at one place.
const maxSpaces = 100

// A scanner gives the children of the channel one after the other.
type scanner struct {
	ctx    context.Context
	file   string
	r      io.Reader
	close  func() error
	buf    []byte
	pos    int   // of the next byte in buf
	offset int64 // of buf[0] in the (decoded) input
	line   int   // of buf[pos], from 1
	eof    bool

	outer  []string          // open elements around the children: rss, channel
	spaces map[string]string // namespaces they declare, by prefix
	doubts []importer.Remark
	said   map[string]bool // doubts about the child that is being read
}

// An errInput is about the input as a whole; its text is for the person who
// imports.
type errInput struct {
	place     importer.Place
	text      string
	truncated bool // what came before is complete
}

func (e *errInput) Error() string { return e.place.String() + ": " + e.text }

// open begins to read a file: it finds the encoding and skips what stands
// before the XML.
func open(ctx context.Context, path string) (*scanner, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s := &scanner{ctx: ctx, file: filepath.Base(path), close: f.Close, line: 1, spaces: map[string]string{}}
	if err := s.begin(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return s, nil
}

func (s *scanner) begin(f *os.File) error {
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return fmt.Errorf("%s: %w", s.file, err)
	}
	head = head[:n]
	if len(bytes.TrimSpace(head)) == 0 {
		return &errInput{importer.Place{File: s.file}, "the file is empty", false}
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("%s: %w", s.file, err)
	}
	enc, err := s.encoding(head, f)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("%s: %w", s.file, err)
	}
	s.r = f
	if enc != nil {
		s.r = enc.NewDecoder().Reader(f)
	}
	if err := s.fill(); err != nil {
		return err
	}
	return s.skipJunk()
}

// fill reads more, dropping what lies before pos.
func (s *scanner) fill() error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if s.pos > 0 && s.pos >= len(s.buf)/2 {
		s.offset += int64(s.pos)
		s.buf = append(s.buf[:0], s.buf[s.pos:]...)
		s.pos = 0
	}
	if cap(s.buf) > 4<<20 && len(s.buf)-s.pos < 1<<20 { // one large item is behind us
		s.offset += int64(s.pos)
		s.buf = append(make([]byte, 0, 2<<20), s.buf[s.pos:]...)
		s.pos = 0
	}
	if cap(s.buf)-len(s.buf) < 64<<10 {
		grown := make([]byte, len(s.buf), 2*cap(s.buf)+128<<10)
		copy(grown, s.buf)
		s.buf = grown
	}
	// As much again as there is, so that what is sought anew in a growing
	// element is sought only a few times, however little a decoder gives.
	room := s.buf[len(s.buf):cap(s.buf)]
	n, err := io.ReadAtLeast(s.r, room, min(len(room), max(64<<10, len(s.buf)-s.pos)))
	s.buf = s.buf[:len(s.buf)+n]
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		s.eof = true
		err = nil
	}
	if err != nil {
		return fmt.Errorf("%s byte %d: %w", s.file, s.offset+int64(len(s.buf)), err)
	}
	return nil
}

func (s *scanner) place() importer.Place {
	return importer.Place{File: s.file, Line: s.line, Offset: s.offset + int64(s.pos)}
}

// atByte is a place that is told by its byte, for what is cut off.
func (s *scanner) atByte() importer.Place {
	return importer.Place{File: s.file, Offset: s.offset + int64(len(s.buf))}
}

func (s *scanner) doubt(line int, what, why string) {
	s.doubts = append(s.doubts, importer.Remark{Where: importer.Place{File: s.file, Line: line}.String(), What: what, Why: why})
}

// doubtOnce is doubt, once for a child of the channel.
func (s *scanner) doubtOnce(at int, what, why string) {
	if s.said[what] {
		return
	}
	if s.said == nil {
		s.said = map[string]bool{}
	}
	s.said[what] = true
	s.doubt(s.line+bytes.Count(s.buf[s.pos:min(at, len(s.buf))], []byte("\n")), what, why+", here and wherever else this item has them")
}

// skipJunk moves to the first tag that an export can begin with.
func (s *scanner) skipJunk() error {
	lower := []byte(asciiLower(string(s.buf[:min(len(s.buf), 64<<10)])))
	first := -1
	for _, start := range []string{"<?xml", "<rss", "<item", "<!doctype"} {
		if i := bytes.Index(lower, []byte(start)); i >= 0 && (first < 0 || i < first) {
			first = i
		}
	}
	isHTML := bytes.Contains(lower, []byte("<html")) || bytes.Contains(lower, []byte("<!doctype html"))
	if isHTML && !bytes.Contains(lower, []byte("<rss")) {
		return &errInput{importer.Place{File: s.file, Line: 1}, "this is an HTML page, not a WordPress export", false}
	}
	if first < 0 {
		return &errInput{importer.Place{File: s.file, Line: 1}, "this is not a WordPress export: it holds no RSS", false}
	}
	if junk := bytes.Trim(s.buf[:first], "\ufeff \t\r\n"); len(junk) > 0 {
		s.doubt(1, firstLine(string(junk)), "text before the export: skipped")
	}
	s.advance(first)
	return nil
}

// asciiLower is strings.ToLower for ASCII alone: it changes no length, so that
// what is found in it stands at the same place in s.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s); len(r) > 80 {
		s = string(r[:79]) + "…"
	}
	return s
}

// advance moves to buf[to], counting lines.
func (s *scanner) advance(to int) {
	s.line += bytes.Count(s.buf[s.pos:to], []byte("\n"))
	s.pos = to
}

// need makes at least n bytes readable from pos, if the input has them.
func (s *scanner) need(n int) error {
	for len(s.buf)-s.pos < n && !s.eof {
		if err := s.fill(); err != nil {
			return err
		}
	}
	return nil
}

// next returns the next child of the channel. It returns io.EOF at a proper
// end, and an *errInput if the input is cut off or is no XML.
func (s *scanner) next() (*element, error) {
	for {
		if err := s.need(1); err != nil {
			return nil, err
		}
		i := bytes.IndexByte(s.buf[s.pos:], '<')
		if i < 0 {
			if !s.eof {
				s.advance(len(s.buf))
				continue
			}
			if len(s.outer) > 0 {
				return nil, &errInput{s.atByte(), fmt.Sprintf("the file is cut off: <%s> does not end", s.outer[len(s.outer)-1]), true}
			}
			return nil, io.EOF
		}
		s.advance(s.pos + i)
		child, err := s.markup()
		if child != nil || err != nil {
			return child, err
		}
	}
}

// markup takes what begins with "<" at pos; it returns an element if that is
// a child of the channel.
func (s *scanner) markup() (*element, error) {
	if err := s.need(9); err != nil {
		return nil, err
	}
	rest := s.buf[s.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return nil, s.skipTo("-->", "a comment")
	case bytes.HasPrefix(rest, []byte("<?")):
		return nil, s.skipTo("?>", "an instruction")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return nil, s.skipTo("]]>", "a CDATA section")
	case bytes.HasPrefix(rest, []byte("<!")):
		return nil, s.doctype()
	case bytes.HasPrefix(rest, []byte("</")):
		end, err := s.tagEnd(s.pos)
		if err != nil {
			return nil, err
		}
		name := tagName(s.buf[s.pos+2 : end])
		if len(s.outer) == 0 || s.outer[len(s.outer)-1] != name {
			return nil, s.malformed(name)
		}
		s.outer = s.outer[:len(s.outer)-1]
		s.advance(end + 1)
		if len(s.outer) == 0 {
			return nil, io.EOF // what may follow the root element says nothing
		}
		return nil, nil
	}
	end, err := s.tagEnd(s.pos)
	if err != nil {
		return nil, err
	}
	name := tagName(s.buf[s.pos+1 : end])
	if len(s.outer) < 2 && name != "item" {
		for _, a := range parseAttrs(s.buf[s.pos+1+len(name) : end]) {
			if prefix, ok := strings.CutPrefix(a.name, "xmlns:"); ok {
				s.spaces[prefix] = a.value
			}
		}
		if len(s.outer) == 0 && name != "rss" {
			return nil, &errInput{s.place(), fmt.Sprintf("this is not a WordPress export: it begins with <%s>", firstLine(name)), false}
		}
		s.advance(end + 1)
		s.outer = append(s.outer, name)
		return nil, nil
	}
	s.said = nil
	child, why, err := s.child()
	if why != "" && name == "item" {
		return s.passOver(why)
	}
	if why != "" {
		return nil, &errInput{s.place(), fmt.Sprintf("there was an error when reading this WXR file: <%s> has %s", firstLine(name), why), false}
	}
	return child, err
}

// passOver skips an item that is too large to be read.
func (s *scanner) passOver(why string) (*element, error) {
	e := &element{name: "item", place: s.place(), passed: why}
	return e, s.skipTo("</item>", "an item")
}

func (s *scanner) malformed(name string) error {
	open := "nothing"
	if len(s.outer) > 0 {
		open = "<" + s.outer[len(s.outer)-1] + ">"
	}
	return &errInput{s.place(), fmt.Sprintf("there was an error when reading this WXR file: </%s> where %s is open", firstLine(name), open), false}
}

func (s *scanner) skipTo(end, what string) error {
	from := s.pos
	for {
		if i := bytes.Index(s.buf[from:], []byte(end)); i >= 0 {
			s.advance(from + i + len(end))
			return nil
		}
		if s.eof {
			return &errInput{s.atByte(), fmt.Sprintf("the file is cut off within %s that begins in line %d", what, s.line), true}
		}
		keep := max(s.pos, len(s.buf)-len(end))
		s.advance(keep) // nothing of it is kept
		if err := s.fill(); err != nil {
			return err
		}
		from = s.pos
	}
}

// doctype skips a document type. Nothing in it is read: no entity is defined,
// no file opened, nothing fetched.
func (s *scanner) doctype() error {
	s.doubt(s.line, "<!DOCTYPE", "a document type is never read: its entities stay empty")
	depth, quote := 0, byte(0)
	for i := s.pos; ; i++ {
		for i >= len(s.buf) {
			if s.eof {
				return &errInput{s.atByte(), "the file is cut off within its document type", true}
			}
			s.advance(min(i, len(s.buf)))
			if err := s.fill(); err != nil {
				return err
			}
			i = s.pos
		}
		switch ch := s.buf[i]; {
		case quote != 0:
			if ch == quote {
				quote = 0
			}
		case ch == '"' || ch == '\'':
			quote = ch
		case ch == '<':
			depth++
		case ch == '>':
			if depth--; depth == 0 {
				s.advance(i + 1)
				return nil
			}
		}
	}
}

// tagEnd returns the index of the ">" that ends the tag at from.
func (s *scanner) tagEnd(from int) (int, error) {
	rel := from - s.pos
	for i := from; ; {
		i = s.pos + rel
		if end := endOfTag(s.buf[i:]); end >= 0 {
			return i + end, nil
		}
		if s.eof || len(s.buf)-i > 1<<20 {
			return 0, &errInput{s.atByte(), fmt.Sprintf("the file is cut off within a tag that begins in line %d", s.line), true}
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// endOfTag returns the index of the first ">" outside quotes, -1 if none.
func endOfTag[T string | []byte](b T) int {
	quote := byte(0)
	for i := range len(b) {
		switch ch := b[i]; {
		case quote != 0:
			if ch == quote {
				quote = 0
			}
		case ch == '"' || ch == '\'':
			quote = ch
		case ch == '>':
			return i
		}
	}
	return -1
}

func tagName(b []byte) string {
	if i := bytes.IndexAny(b, " \t\r\n/>"); i >= 0 {
		b = b[:i]
	}
	return string(b)
}
