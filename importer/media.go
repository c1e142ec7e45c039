package importer

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Media is the folder or ZIP that holds the files of the old site. A
// file is found by its path under the uploads folder, wherever in the source
// that folder stands, whatever its case and however its letters are composed;
// nothing outside is ever opened.
type Media struct {
	files map[string]string // its path, as [UploadKey] writes it, and as it is
	fsys  fs.FS
	close func() error
}

// OpenMedia opens a folder or ZIP, "" for none. The caller closes it.
func OpenMedia(source string) (*Media, error) {
	m := &Media{files: map[string]string{}, close: func() error { return nil }}
	if source == "" {
		return m, nil
	}
	info, err := os.Stat(source)
	if err != nil {
		return nil, fmt.Errorf("media %s: %w", source, err)
	}
	if info.IsDir() {
		root, err := os.OpenRoot(source) // no link leads out of it
		if err != nil {
			return nil, fmt.Errorf("media %s: %w", source, err)
		}
		m.fsys, m.close = root.FS(), root.Close
	} else {
		z, err := zip.OpenReader(source)
		if err != nil {
			return nil, fmt.Errorf("media %s: neither a folder nor a ZIP file: %w", source, err)
		}
		m.fsys, m.close = z, z.Close
	}
	err = fs.WalkDir(m.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Type().IsRegular() {
			m.add(name)
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("media %s: %w", source, err), m.close())
	}
	return m, nil
}

// add notes a file under its path in the source, and under that in each
// uploads folder it stands in; the first to claim a path keeps it.
func (m *Media) add(name string) {
	key := UploadKey(strings.ReplaceAll(name, "%", "%25")) // a name on a disk is not encoded
	for {
		if _, taken := m.files[key]; !taken {
			m.files[key] = name
		}
		_, after, ok := strings.Cut("/"+key, "/uploads/")
		if !ok {
			return
		}
		key = after
	}
}

// Find returns what opens a file, nil if the source does not have it.
func (m *Media) Find(file string) func() (io.ReadCloser, error) {
	name, ok := m.Name(file)
	if !ok {
		return nil
	}
	return func() (io.ReadCloser, error) { return m.fsys.Open(name) }
}

// Name returns the name of a file as the source has it.
func (m *Media) Name(file string) (string, bool) {
	if file == "" {
		return "", false
	}
	name, ok := m.files[path.Clean("/" + UploadKey(file))[1:]]
	return name, ok
}

// Close closes the folder or ZIP.
func (m *Media) Close() error { return m.close() }

// UploadKey returns the one form by which a path under the uploads folder is
// known, however it was encoded and on whatever disk it lay.
func UploadKey(path string) string {
	if decoded, err := url.PathUnescape(path); err == nil {
		path = decoded
	}
	return strings.ToLower(norm.NFC.String(path))
}
