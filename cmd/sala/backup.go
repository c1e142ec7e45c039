package main

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"

	"sala/account"
	"sala/internal/blob"
	"sala/internal/db"
)

type backupCmd struct {
	File string `arg:"positional,required" help:"archive to write (.tar.gz)"`
}

// Run writes database and files into one archive. The database is copied as
// of one moment; files never change, so those it names are all there after.
func (c backupCmd) Run(p *program) (err error) {
	h, err := p.open(looks)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	copied, err := os.MkdirTemp(p.cli.Data, ".backup")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(copied)) }()
	database := filepath.Join(copied, "sala.db")
	if err := h.db.CopyTo(p.ctx, database); err != nil {
		return err
	}
	// Under another name until it is whole, so that no half backup is taken
	// for one.
	unfinished := c.File + ".part"
	n, err := pack(p.ctx, unfinished, database, filepath.Join(p.cli.Data, account.KeyFile), h.blobs)
	if err != nil {
		return errors.Join(err, os.Remove(unfinished))
	}
	if err := os.Rename(unfinished, c.File); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Wrote the database and %d files to %s.\n", n, c.File)
	return nil
}

func pack(ctx context.Context, path, database, key string, blobs *blob.Folder) (n int, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z := gzip.NewWriter(f)
	t := tar.NewWriter(z)
	if err := addFile(t, "sala.db", database); err != nil {
		return 0, err
	}
	if err := addFile(t, account.KeyFile, key); err != nil {
		return 0, err
	}
	for info, err := range blobs.All(ctx) {
		if err != nil {
			return n, err
		}
		r, err := blobs.Open(ctx, info.Hash)
		if err != nil {
			return n, err
		}
		err = add(t, "files/"+info.Hash, info.Size, r)
		if err = errors.Join(err, r.Close()); err != nil {
			return n, err
		}
		n++
	}
	return n, errors.Join(t.Close(), z.Close(), f.Sync())
}

func addFile(t *tar.Writer, name, path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return add(t, name, info.Size(), f)
}

func add(t *tar.Writer, name string, size int64, r io.Reader) error {
	if err := t.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, Typeflag: tar.TypeReg}); err != nil {
		return err
	}
	_, err := io.Copy(t, r)
	return err
}

type restoreCmd struct {
	File string `arg:"positional,required" help:"archive that sala backup wrote"`
}

// Run fills an empty data folder from a backup.
func (c restoreCmd) Run(p *program) (err error) {
	if p.cli.Database != "" {
		return fmt.Errorf("restore the database: %w", db.ErrOtherEngine)
	}
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := p.folder(); err != nil {
		return err
	}
	lock, err := hold(p.cli.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	database := filepath.Join(p.cli.Data, "sala.db")
	if _, err := os.Stat(database); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the data folder %s is not empty: restore into another one", p.cli.Data)
	}
	files := p.cli.Files
	if files == "" {
		files = filepath.Join(p.cli.Data, "files")
	}
	blobs, err := blob.OpenFolder(files)
	if err != nil {
		return err
	}
	n, err := unpack(p.ctx, f, database+".part", blobs)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	// The database comes last: without it the folder counts as empty, so an
	// interrupted restore can be run again.
	if err := os.Rename(database+".part", database); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Restored the database and %d files into %s.\n", n, p.cli.Data)
	return nil
}

func unpack(ctx context.Context, r io.Reader, database string, blobs *blob.Folder) (n int, err error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return 0, fmt.Errorf("this is no backup: %w", err)
	}
	t := tar.NewReader(z)
	found := false
	for {
		head, err := t.Next()
		if err == io.EOF {
			if !found {
				return n, errors.New("this is no backup: it holds no database")
			}
			return n, nil
		}
		if err != nil {
			return n, fmt.Errorf("the backup is damaged: %w", err)
		}
		hash, isFile := strings.CutPrefix(head.Name, "files/")
		switch {
		case head.Name == "sala.db":
			found = true
			if err := write(database, t); err != nil {
				return n, err
			}
		case head.Name == account.KeyFile:
			if err := write(filepath.Join(filepath.Dir(database), account.KeyFile), t); err != nil {
				return n, err
			}
		case isFile && blob.IsHash(hash):
			got, _, err := blobs.Put(ctx, t)
			if err != nil {
				return n, err
			}
			if got != hash {
				return n, fmt.Errorf("the backup is damaged: file %s is not what its name says", hash)
			}
			n++
		default:
			return n, fmt.Errorf("this is no backup of Sala: it holds %q", head.Name)
		}
	}
}

func write(path string, r io.Reader) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := io.Copy(f, r); err != nil {
		return err
	}
	return f.Sync()
}
