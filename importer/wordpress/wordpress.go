// Package wordpress reads WordPress exports (WXR 1.0 to 1.2) and hands what
// it finds to an importer.Sink.
//
// It reads each file twice. The first pass checks that the whole can be read
// and notes every item's id, address, language and translation group, so that
// the second, which hands the items over one at a time, can turn links between
// them into links of the house and find the works that editions belong to.
// What a WordPress plugin or theme alone could have shown is kept visible and
// reported.
package wordpress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"sala"
	"sala/importer"
)

// Sniff reports whether the beginning of a file looks like an export, or
// claims to be one.
func Sniff(head []byte) bool {
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	return bytes.Contains(head, []byte("wordpress.org/export/")) || bytes.Contains(head, []byte("<rss")) ||
		bytes.Contains(head, []byte("WordPress eXtended RSS")) || bytes.Contains(head, []byte("<wp:"))
}

// Import reads the export at path and hands everything in it to sink. If the
// file is cut off, what is complete is handed over and an error tells where
// it ends; if it is no export, or broken, nothing is.
func Import(ctx context.Context, path string, o importer.Options, sink importer.Sink, report *importer.Report) (err error) {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	im := &reader{o: o, sink: sink, report: report, index: newIndex(), size: info.Size()}
	cut := im.first(ctx, path)
	if cut != nil {
		if in, ok := errors.AsType[*errInput](cut); !ok || !in.truncated || im.index.items == 0 {
			return cut
		}
	}
	if !im.index.bare && im.index.version == "" {
		return &errInput{importer.Place{File: im.index.file}, "this does not appear to be a WXR file: its wp:wxr_version is missing or invalid", false}
	}
	im.index.finish(o)
	media, err := importer.OpenMedia(o.Media)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, media.Close()) }()
	im.media = media
	if err := im.second(ctx, path); err != nil {
		return err
	}
	if err := sink.Flush(ctx); err != nil {
		return err
	}
	return cut
}

// A reader reads one export.
type reader struct {
	o      importer.Options
	sink   importer.Sink
	report *importer.Report
	index  *index
	media  *importer.Media
	size   int64
	client *http.Client // made when the first file is to be fetched

	at         int // how many items the second pass has read
	menus      []*menu
	menuBySlug map[string]*menu
	commented  map[string]bool // ids of comments that were handed over
	missing    map[string]bool // terms that were handed over though the export does not describe them
	loose      []*importer.File
	loosely    map[string]*importer.File // by path under the uploads folder
}

// each calls f with every child of the channel.
func (im *reader) each(ctx context.Context, path, doing string, f func(*element) error) (err error) {
	s, err := open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	im.index.file = s.file
	for {
		e, err := s.next()
		if doing == "reading" {
			im.report.Doubts = append(im.report.Doubts, s.doubts...)
		}
		s.doubts = nil
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if im.o.Progress != nil {
			im.o.Progress(importer.Status{Doing: doing + " " + s.file, Done: e.place.Offset, Of: im.size, Unit: "bytes"})
		}
		if err := f(e); err != nil {
			return err
		}
	}
}

// first builds the index.
func (im *reader) first(ctx context.Context, path string) error {
	return im.each(ctx, path, "checking", func(e *element) error {
		im.index.add(e)
		return nil
	})
}

// second hands everything over.
func (im *reader) second(ctx context.Context, path string) error {
	im.menuBySlug = map[string]*menu{}
	im.commented, im.missing, im.loosely = map[string]bool{}, map[string]bool{}, map[string]*importer.File{}
	if err := im.sink.Site(ctx, im.index.site()); err != nil {
		return err
	}
	if err := im.terms(ctx); err != nil {
		return err
	}
	err := im.each(ctx, path, "reading", func(e *element) error {
		if e.name != "item" || im.at == im.index.items {
			return nil
		}
		im.at++
		return im.item(ctx, e, im.index.entries[im.at-1])
	})
	// The first pass has told already that the file is cut off.
	if in, ok := errors.AsType[*errInput](err); ok && in.truncated {
		err = nil
	}
	if err != nil {
		return err
	}
	for _, f := range im.loose {
		if err := im.sink.File(ctx, *f); err != nil {
			return err
		}
	}
	return im.handMenus(ctx)
}

func sprint(v any) string { return fmt.Sprint(v) }

// base returns the host of an address, and the folder that the site has on
// it: "/blog", or "".
func base(address string) (host, folder string) {
	_, rest, ok := strings.Cut(strings.TrimSpace(address), "://")
	if !ok {
		return "", ""
	}
	host, folder, _ = strings.Cut(rest, "/")
	if folder = strings.Trim(folder, "/"); folder != "" {
		folder = "/" + folder
	}
	return strings.TrimPrefix(strings.ToLower(host), "www."), folder
}

// lang is the language of what does not say: as asked for, else the site's.
func (im *reader) lang() sala.Lang { return im.index.defaultLang }
