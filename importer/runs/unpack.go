package runs

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// What a ZIP of saved pages may hold at most: what it says of its own sizes is
// not believed.
const (
	maxUnpacked = 4 << 30
	maxFiles    = 200_000
)

// unpack makes a folder of a ZIP file, and returns any other file as it is. A
// browser cannot give a folder, so saved pages come as a ZIP.
func unpack(path, dir string) (string, error) {
	z, err := zip.OpenReader(path)
	if errors.Is(err, zip.ErrFormat) {
		return path, nil
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return dir, errors.Join(unzip(&z.Reader, filepath.Base(path), dir), z.Close())
}

func unzip(z *zip.Reader, name, dir string) (err error) {
	if len(z.File) > maxFiles {
		return fmt.Errorf("%s holds more than %d files", name, maxFiles)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir) // nothing is written outside, whatever a name says
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	left := int64(maxUnpacked)
	for _, f := range z.File {
		clean := strings.TrimSuffix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if !filepath.IsLocal(clean) || !f.Mode().IsRegular() {
			continue // folders are made for what is in them; links and devices are no pages
		}
		if err := root.MkdirAll(filepath.Dir(clean), 0o700); err != nil {
			return fmt.Errorf("%s: %s: %w", name, f.Name, err)
		}
		n, err := extract(root, f, clean, left)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", name, f.Name, err)
		}
		left -= n
	}
	return nil
}

func extract(root *os.Root, f *zip.File, to string, left int64) (n int64, err error) {
	in, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := root.Create(to)
	if err != nil {
		return 0, err
	}
	n, err = io.Copy(out, io.LimitReader(in, left+1))
	if err == nil && n > left {
		err = fmt.Errorf("the file unpacks to more than %d GB", int64(maxUnpacked)>>30)
	}
	return n, errors.Join(err, out.Close())
}
