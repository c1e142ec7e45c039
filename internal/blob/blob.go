// Package blob keeps bytes by what they are: the name of a blob is the SHA-256
// of its content, so nothing is stored twice and nothing changes under its
// name. Today blobs are files in a folder; an S3 store will stand behind the
// same interface.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
)

// A Store keeps blobs. It is safe for concurrent use. Names are lower-case hex
// SHA-256; anything else is not found.
type Store interface {
	// Put stores what r gives and returns its name and size. What is there
	// already stays as it is.
	Put(ctx context.Context, r io.Reader) (hash string, size int64, err error)
	// Open returns a blob, or sala.ErrNotFound.
	Open(ctx context.Context, hash string) (io.ReadSeekCloser, error)
	// Has reports whether a blob is there.
	Has(ctx context.Context, hash string) (bool, error)
	// Delete removes a blob; removing what is not there is no error.
	Delete(ctx context.Context, hash string) error
	// All walks every blob in no particular order. It ends at the first error.
	All(ctx context.Context) iter.Seq2[Info, error]
}

// Info is a blob's name and size in bytes.
type Info struct {
	Hash string
	Size int64
}

// IsHash reports whether s can be the name of a blob.
func IsHash(s string) bool {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 32 {
		return false
	}
	return hex.EncodeToString(b) == s
}

// ErrDamaged is returned by [Check] for bytes that are not what their name says.
var ErrDamaged = errors.New("the bytes are not those that were stored")

// Check reads a blob to its end and returns [ErrDamaged] if its content is no
// longer what its name says.
func Check(ctx context.Context, s Store, hash string) error {
	r, err := s.Open(ctx, hash)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, reader{ctx, r})
	if err = errors.Join(err, r.Close()); err != nil {
		return fmt.Errorf("check file %s: %w", hash, err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return fmt.Errorf("file %s: %w", hash, ErrDamaged)
	}
	return nil
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
