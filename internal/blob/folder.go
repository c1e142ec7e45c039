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
	"time"

	"sala"
)

// A Folder keeps blobs as files: ab/cd/abcd…. It may be shared by several
// programs. What a crash leaves half written lies in tmp, under no blob's
// name, and is removed a day later.
type Folder struct{ path string }

// abandoned is how long nothing may have been written to a file in tmp before
// it is taken for the remains of a crash: another program may be at it.
const abandoned = 24 * time.Hour

// OpenFolder returns the store in a folder, which it makes if it is absent.
func OpenFolder(path string) (*Folder, error) {
	f := &Folder{path}
	if err := os.MkdirAll(f.tmp(), 0o750); err != nil {
		return nil, fmt.Errorf("files %s: %w", path, err)
	}
	if err := f.sweep(); err != nil {
		return nil, fmt.Errorf("files %s: %w", path, err)
	}
	return f, nil
}

func (f *Folder) tmp() string { return filepath.Join(f.path, "tmp") }

func (f *Folder) file(hash string) string { return filepath.Join(f.path, hash[:2], hash[2:4], hash) }

// sweep removes what crashes have left.
func (f *Folder) sweep() error {
	left, err := os.ReadDir(f.tmp())
	if err != nil {
		return err
	}
	for _, entry := range left {
		info, err := entry.Info()
		if err == nil && time.Since(info.ModTime()) > abandoned {
			err = os.Remove(filepath.Join(f.tmp(), entry.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // another program sweeps too
			return err
		}
	}
	return nil
}

// Put implements [Store]. The file gets its name only when all of it is on
// disk, and Put returns only when the name is too.
func (f *Folder) Put(ctx context.Context, r io.Reader) (hash string, size int64, err error) {
	hash, size, err = f.put(ctx, r)
	if err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	return hash, size, nil
}

func (f *Folder) put(ctx context.Context, r io.Reader) (hash string, size int64, err error) {
	tmp, err := os.CreateTemp(f.tmp(), "")
	if err != nil {
		return "", 0, err
	}
	named := false
	defer func() {
		if !named {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(tmp, sum), reader{ctx, r})
	if err != nil {
		return "", 0, errors.Join(err, tmp.Close())
	}
	hash = hex.EncodeToString(sum.Sum(nil))
	to := f.file(hash)
	if info, err := os.Stat(to); err == nil && info.Size() == size {
		// Whoever put it first may have died before the name was on disk.
		return hash, size, errors.Join(tmp.Close(), f.syncNames(hash))
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return "", 0, err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return "", 0, err
	}
	if err := os.Rename(tmp.Name(), to); err != nil {
		return "", 0, err
	}
	named = true
	return hash, size, f.syncNames(hash)
}

// syncNames makes the name of a blob, and those of the folders it lies in,
// survive a power cut.
func (f *Folder) syncNames(hash string) error {
	for _, path := range []string{filepath.Dir(f.file(hash)), filepath.Join(f.path, hash[:2]), f.path} {
		d, err := os.Open(path)
		if err != nil {
			return err
		}
		if err := errors.Join(d.Sync(), d.Close()); err != nil {
			return err
		}
	}
	return nil
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
			if !d.Type().IsRegular() || !IsHash(d.Name()) || path != f.file(d.Name()) {
				return nil
			}
			info, err := d.Info()
			if errors.Is(err, fs.ErrNotExist) {
				return nil // deleted meanwhile
			}
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
