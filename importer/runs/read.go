// Package runs reads inputs of every format, for the command line and for the
// browser. [Sort] says what a file is and [Read] hands it to its reader; a
// [Store] runs imports that were begun in the browser as jobs, shows how far
// they came and keeps what they reported until somebody has settled it.
package runs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"sala/importer"
	"sala/importer/savedpage"
	"sala/importer/wordpress"
)

// A Reader is the name of what reads a format.
type Reader string

// The readers. Auto is none: it is found out.
const (
	Auto      Reader = "auto"
	WordPress Reader = "wordpress"
	SavedPage Reader = "savedpage"
	WARC      Reader = "warc"
	Text      Reader = "text"
)

// UnmarshalText accepts the name of a reader, as it is given to a command.
func (r *Reader) UnmarshalText(name []byte) error {
	switch as := Reader(name); as {
	case Auto, WordPress, SavedPage, WARC, Text:
		*r = as
		return nil
	}
	return fmt.Errorf("no reader is called %q: auto, wordpress, savedpage, warc or text", name)
}

// Read reads one file or folder.
func Read(ctx context.Context, as Reader, path string, o importer.Options, sink importer.Sink, report *importer.Report) error {
	switch as {
	case WordPress:
		return wordpress.Import(ctx, path, o, sink, report)
	case SavedPage:
		return savedpage.ImportPages(ctx, path, o, sink, report)
	case WARC:
		return savedpage.ImportWARC(ctx, path, o, sink, report)
	case Text:
		return savedpage.ImportText(ctx, path, o, sink, report)
	}
	return fmt.Errorf("%s: no reader is called %q", path, as)
}

// Sort says what a file or folder is, by its first bytes, and by its name
// where they leave it open.
func Sort(path string) (Reader, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, errors.Unwrap(err))
	}
	if info.IsDir() {
		return SavedPage, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(f, head)
	if err := errors.Join(f.Close(), noEnd(err)); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return sniff(path, head[:n])
}

// noEnd takes the error of a short file away.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

func sniff(path string, head []byte) (Reader, error) {
	ext := strings.ToLower(filepath.Ext(path))
	switch {
	case wordpress.Sniff(head), ext == ".xml":
		return WordPress, nil
	case bytes.HasPrefix(head, []byte("WARC/")), ext == ".warc", strings.HasSuffix(strings.ToLower(path), ".warc.gz"):
		return WARC, nil
	case ext == ".html", ext == ".htm", beginsAsPage(head):
		return SavedPage, nil
	case utf8.Valid(head[:max(0, len(head)-utf8.UTFMax)]) && !bytes.ContainsRune(head, 0):
		return Text, nil
	}
	return "", fmt.Errorf("%s: what it is cannot be told from its first bytes", filepath.Base(path))
}

// beginsAsPage reports whether a file without a telling name is a web page.
func beginsAsPage(head []byte) bool {
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}
