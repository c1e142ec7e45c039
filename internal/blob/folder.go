package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"sala"
)

// A Folder keeps blobs as files: ab/cd/abcd….
type Folder struct{ path string }

// OpenFolder returns the store in a folder, which it makes if it is absent.
func OpenFolder(path string) (*Folder, error) {
	if err := os.MkdirAll(filepath.Join(path, "tmp"), 0o750); err != nil {
		return nil, fmt.Errorf("files %s: %w", path, err)
	}
	return &Folder{path}, nil
}

func (f *Folder) file(hash string) string { return filepath.Join(f.path, hash[:2], hash[2:4], hash) }

// Put implements [Store]. The file gets its name only when all of it is on
// disk, so a crash leaves at most a file in tmp.
func (f *Folder) Put(ctx context.Context, r io.Reader) (hash string, size int64, err error) {
	tmp, err := os.CreateTemp(filepath.Join(f.path, "tmp"), "")
	if err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tmp.Close(), os.Remove(tmp.Name()))
		}
	}()
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(tmp, sum), reader{ctx, r})
	if err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	hash = hex.EncodeToString(sum.Sum(nil))
	to := f.file(hash)
	if info, err := os.Stat(to); err == nil && info.Size() == size {
		return hash, size, errors.Join(tmp.Close(), os.Remove(tmp.Name()))
	}
	if err := tmp.Sync(); err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	if err := os.Rename(tmp.Name(), to); err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	if err := tmp.Close(); err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	return hash, size, syncDir(filepath.Dir(to))
}

// reader stops when its context does.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(b)
}

// syncDir makes a new name in a folder survive a power cut.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Open implements [Store].
func (f *Folder) Open(_ context.Context, hash string) (io.ReadSeekCloser, error) {
	if !IsHash(hash) {
		return nil, fmt.Errorf("file %q: %w", hash, sala.ErrNotFound)
	}
	file, err := os.Open(f.file(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("file %s: %w", hash, sala.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("file %s: %w", hash, err)
	}
	return file, nil
}

// Has implements [Store].
func (f *Folder) Has(_ context.Context, hash string) (bool, error) {
	if !IsHash(hash) {
		return false, nil
	}
	_, err := os.Stat(f.file(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Delete implements [Store].
func (f *Folder) Delete(_ context.Context, hash string) error {
	if !IsHash(hash) {
		return nil
	}
	if err := os.Remove(f.file(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete file %s: %w", hash, err)
	}
	return nil
}

// All implements [Store].
func (f *Folder) All(ctx context.Context) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		err := filepath.WalkDir(f.path, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if d.IsDir() || !IsHash(d.Name()) {
				return nil
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if !yield(Info{d.Name(), info.Size()}, nil) {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield(Info{}, fmt.Errorf("files %s: %w", f.path, err))
		}
	}
}
