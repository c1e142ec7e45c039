// Package blobtest holds what every blob store must do.
package blobtest

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"sala"
	"sala/internal/blob"
)

// Run tests a store that is empty at first.
func Run(t *testing.T, s blob.Store) {
	ctx := t.Context()
	const hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	for range 2 { // the second time nothing is stored twice
		hash, size, err := s.Put(ctx, strings.NewReader("hello"))
		if err != nil || hash != hello || size != 5 {
			t.Fatalf("Put = %s, %d, %v", hash, size, err)
		}
	}
	r, err := s.Open(ctx, hello)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Seek(1, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(r); err != nil || string(b) != "ello" {
		t.Errorf("from the second byte on: %q, %v", b, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	broken := io.MultiReader(strings.NewReader("half"), errReader{})
	if _, _, err := s.Put(ctx, broken); !errors.Is(err, errBroken) {
		t.Errorf("Put of a broken source = %v", err)
	}
	if _, _, err := s.Put(ctx, bytes.NewReader(nil)); err != nil {
		t.Errorf("Put of nothing = %v", err)
	}
	n := 0
	for info, err := range s.All(ctx) {
		if err != nil || info.Hash == hello && info.Size != 5 {
			t.Errorf("All gave %v, %v", info, err)
		}
		n++
	}
	if n != 2 {
		t.Errorf("All gave %d blobs, want 2: a broken one was kept or one is lost", n)
	}
	for _, bad := range []string{"", "../../etc/passwd", strings.ToUpper(hello), strings.Repeat("0", 64)} {
		if _, err := s.Open(ctx, bad); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("Open(%q) = %v, want not found", bad, err)
		}
		if has, err := s.Has(ctx, bad); has || err != nil {
			t.Errorf("Has(%q) = %v, %v", bad, has, err)
		}
	}
	for range 2 {
		if err := s.Delete(ctx, hello); err != nil {
			t.Errorf("Delete = %v", err)
		}
	}
	if has, err := s.Has(ctx, hello); has || err != nil {
		t.Errorf("after Delete: %v, %v", has, err)
	}
}

var errBroken = errors.New("broken")

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errBroken }
