package wordpress

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path"
	"strings"
	"syscall"
	"time"
)

// A mediaSource is the folder or ZIP that holds the files of the old site. A
// file is found by its path under the uploads folder, wherever in the source
// that folder stands, whatever its case; nothing outside is ever opened.
type mediaSource struct {
	files map[string]string // path in lower case, and as it is
	fsys  fs.FS
	close func() error
}

func openMedia(source string) (*mediaSource, error) {
	m := &mediaSource{files: map[string]string{}, close: func() error { return nil }}
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
			m.files[strings.ToLower(name)] = name
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("media %s: %w", source, err), m.close())
	}
	return m, nil
}

// find returns what opens a file, nil if the source does not have it.
func (m *mediaSource) find(file string) func() (io.ReadCloser, error) {
	file = strings.ToLower(path.Clean("/" + file))[1:]
	if file == "" || m.fsys == nil {
		return nil
	}
	for _, prefix := range []string{"", "uploads/", "wp-content/uploads/", "public_html/wp-content/uploads/"} {
		if name, ok := m.files[prefix+file]; ok {
			return func() (io.ReadCloser, error) { return m.fsys.Open(name) }
		}
	}
	return nil
}

// errPrivate refuses an address that is not on the public internet, so that
// an export cannot make the importer ask the machines around it.
var errPrivate = errors.New("not a public address")

// fetch returns what fetches a file from where it was.
func fetch(ctx context.Context, address string) func() (io.ReadCloser, error) {
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return nil
	}
	return func() (io.ReadCloser, error) {
		dialer := &net.Dialer{Timeout: 20 * time.Second, Control: func(_, host string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(host)
			if err != nil {
				return err
			}
			if ip := at.Addr().Unmap(); !ip.IsGlobalUnicast() || ip.IsPrivate() {
				return errPrivate
			}
			return nil
		}}
		client := &http.Client{
			Timeout:   10 * time.Minute,
			Transport: &http.Transport{DialContext: dialer.DialContext, ResponseHeaderTimeout: 30 * time.Second, DisableKeepAlives: true},
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, err
		}
		resp, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusOK {
			return nil, errors.Join(fmt.Errorf("fetch %s: %s", address, resp.Status), resp.Body.Close())
		}
		return resp.Body, nil
	}
}
