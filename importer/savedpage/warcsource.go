package savedpage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"path/filepath"
	"strings"

	"sala/importer"
	"sala/importer/savedpage/warc"
)

// An archiveFile is a web archive.
type archiveFile struct {
	path     string
	progress func(importer.Status)
}

func (a *archiveFile) name() string { return filepath.Base(a.path) }

func (a *archiveFile) files() (*importer.Media, error) { return importer.OpenMedia("") }

func (a *archiveFile) each(ctx context.Context, v visitor) (err error) {
	f, err := os.Open(a.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	in := &watched{r: f, ctx: ctx, status: importer.Status{Doing: "reading " + a.name(), Of: info.Size(), Unit: "bytes"}, progress: a.progress}
	r := warc.NewReader(in)
	for n := 0; ; n++ {
		rec, err := r.Next()
		var damage *warc.Damage
		switch {
		case errors.As(err, &damage):
			v.absent("a damaged place", damage.Why, importer.Place{File: a.name(), Offset: damage.Offset})
			continue
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", a.name(), err)
		}
		if err := a.record(rec, n, v); err != nil {
			return err
		}
	}
}

// record tells the visitor what a record holds.
func (a *archiveFile) record(rec *warc.Record, n int, v visitor) error {
	at := importer.Place{File: a.name(), Offset: max(rec.Offset, 1)}
	u := address(rec.URI, nil)
	if u == nil {
		return nil // of no site: a picture of the crawler's own, say
	}
	switch rec.Type {
	case "revisit":
		// What was met again, unchanged, under another address.
		if to := address(rec.Header("WARC-Refers-To-Target-URI"), nil); to != nil && key(to) != key(u) {
			v.moved(u, to, at)
		}
		return nil
	case "resource":
		kind := rec.Header("Content-Type")
		read := func(max int64) ([]byte, string, error) { return whole(rec.Body, max) }
		if !isHTML(kind) {
			return v.file(u, read, at)
		}
		return a.page(document{n: n, url: u, kind: kind, time: rec.Date, at: at}, read, v)
	case "response":
	default:
		return nil
	}
	answer, err := warc.HTTP(rec.Body)
	if err != nil {
		v.absent(u.String(), err.Error(), at)
		return nil
	}
	kind := answer.Header.Get("Content-Type")
	switch {
	case answer.Status >= 300 && answer.Status < 400:
		if to := address(answer.Header.Get("Location"), u); to != nil {
			v.moved(u, to, at)
		}
		return nil
	case answer.Status != 200:
		if isHTML(kind) {
			v.absent(u.String(), fmt.Sprintf("the server answered %d: nothing was there", answer.Status), at)
		}
		return nil
	case !isHTML(kind):
		return v.file(u, answer.Body, at)
	}
	return a.page(document{n: n, url: u, kind: kind, time: rec.Date, at: at}, answer.Body, v)
}

func (a *archiveFile) page(d document, read reading, v visitor) (err error) {
	if d.body, d.cut, err = read(maxPage); err != nil {
		v.absent(d.url.String(), err.Error(), d.at)
		return nil
	}
	return v.page(d)
}

// whole reads the block of a record.
func whole(r io.Reader, max int64) ([]byte, string, error) {
	body, err := io.ReadAll(io.LimitReader(r, max+1))
	var damage *warc.Damage
	switch {
	case errors.As(err, &damage):
		return body, damage.Why, nil
	case err != nil:
		return nil, "", err
	case int64(len(body)) > max:
		return nil, "", warc.ErrTooLong
	}
	return body, "", nil
}

func isHTML(kind string) bool {
	t, _, err := mime.ParseMediaType(kind)
	if err != nil {
		t, _, _ = strings.Cut(kind, ";")
	}
	t = strings.ToLower(strings.TrimSpace(t))
	return t == "text/html" || t == "application/xhtml+xml"
}

// A watched reader shows how far it is and stops when it is told to.
type watched struct {
	r        io.Reader
	ctx      context.Context
	status   importer.Status
	progress func(importer.Status)
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.r.Read(p)
	w.status.Done += int64(n)
	if w.progress != nil {
		w.progress(w.status)
	}
	return n, err
}
