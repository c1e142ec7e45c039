package savedpage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sala/importer"
)

// maxPage bounds one page, in bytes: no page that people wrote is longer.
const maxPage = 16 << 20

// A document is one page as it was saved.
type document struct {
	n    int    // its number in the source, the same at each reading
	name string // in the folder, "" in a web archive
	url  *url.URL
	kind string // Content-Type
	body []byte
	cut  string // why it is not whole, "" if it is
	time time.Time
	at   importer.Place
}

// A visitor is told what a source holds, in order.
type visitor struct {
	page   func(document) error
	moved  func(from, to *url.URL, at importer.Place)
	absent func(what, why string, at importer.Place)
	file   func(u *url.URL, read reading, at importer.Place) error
}

// A reading reads something in a source, at most max bytes of it. cut says
// why it is not whole, "" if it is.
type reading func(max int64) (body []byte, cut string, err error)

// A source is saved pages that can be read more than once.
type source interface {
	each(ctx context.Context, v visitor) error
	files() (*importer.Media, error) // that lie beside the pages; the caller closes them
	name() string
}

// A folder is saved pages on a disk.
type folder struct {
	root  string
	pages []string // by their names in root, sorted
	other map[string]int
}

// openFolder finds the pages at a path: those in a folder, or the file it is.
func openFolder(at string) (*folder, error) {
	info, err := os.Stat(at)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return &folder{root: filepath.Dir(at), pages: []string{filepath.Base(at)}}, nil
	}
	f := &folder{root: at, other: map[string]int{}}
	root, err := os.OpenRoot(at)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.Type().IsRegular() {
			return nil
		}
		if isPage(root, name) {
			f.pages = append(f.pages, name)
		} else {
			f.other[strings.ToLower(path.Ext(name))]++
		}
		return nil
	})
	slices.Sort(f.pages)
	return f, err
}

// isPage tells pages by their names and, where mirrors left no ending, by how
// they begin.
func isPage(root *os.Root, name string) bool {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx":
		return true
	case ".css", ".js", ".json", ".xml", ".txt", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".ico", ".pdf", ".woff", ".woff2", ".mp4", ".mp3", ".zip", ".docx", ".doc":
		return false
	}
	r, err := root.Open(name)
	if err != nil {
		return false
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(r, head)
	_ = r.Close() // it was only read
	if err != nil && err != io.ErrUnexpectedEOF {
		return false
	}
	start := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head[:n]), "\ufeff")))
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

func (f *folder) name() string {
	if len(f.pages) == 1 {
		return f.pages[0]
	}
	return filepath.Base(f.root)
}

func (f *folder) files() (*importer.Media, error) { return importer.OpenMedia(f.root) }

func (f *folder) each(ctx context.Context, v visitor) (err error) {
	root, err := os.OpenRoot(f.root)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	for n, name := range f.pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := importer.Place{File: path.Join(filepath.Base(f.root), name)}
		d, err := f.read(root, name)
		if err != nil {
			v.absent(name, err.Error(), at)
			continue
		}
		d.n, d.name, d.at, d.url = n, name, at, addressOfFile(path.Join(filepath.Base(f.root), name))
		if err := v.page(d); err != nil {
			return err
		}
	}
	return nil
}

func (f *folder) read(root *os.Root, name string) (d document, err error) {
	r, err := root.Open(name)
	if err != nil {
		return d, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	info, err := r.Stat()
	if err != nil {
		return d, err
	}
	if info.Size() > maxPage {
		return d, fmt.Errorf("it is longer than %d MB: no page of a site", maxPage>>20)
	}
	d.time = info.ModTime()
	d.body, err = io.ReadAll(io.LimitReader(r, maxPage))
	return d, err
}
