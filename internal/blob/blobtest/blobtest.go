// Package blobtest holds what every blob store must do.
package blobtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"sala"
	"sala/internal/blob"
)

// hello is the SHA-256 of "hello".
const hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

// Run tests the stores that open makes, each empty at first.
func Run(t *testing.T, open func(t *testing.T) blob.Store) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, s blob.Store)
	}{
		{"the same bytes are stored once", testOnce},
		{"bytes are read from anywhere", testSeek},
		{"nothing and much can be stored", testSizes},
		{"a source that breaks leaves nothing", testBroken},
		{"what is no name is not found", testNames},
		{"deleting", testDelete},
		{"many at once", testMany},
		{"a walk can be ended", testWalk},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

func put(t *testing.T, s blob.Store, text string) string {
	t.Helper()
	hash, size, err := s.Put(t.Context(), strings.NewReader(text))
	if err != nil || size != int64(len(text)) {
		t.Fatalf("Put of %d bytes = %s, %d, %v", len(text), hash, size, err)
	}
	return hash
}

// all returns what is stored, and checks each.
func all(t *testing.T, s blob.Store) map[string]int64 {
	t.Helper()
	found := map[string]int64{}
	for info, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := found[info.Hash]; twice {
			t.Errorf("All gave %s twice", info.Hash)
		}
		found[info.Hash] = info.Size
		if err := blob.Check(t.Context(), s, info.Hash); err != nil {
			t.Error(err)
		}
	}
	return found
}

func testOnce(t *testing.T, s blob.Store) {
	for range 2 {
		if hash := put(t, s, "hello"); hash != hello {
			t.Errorf("Put = %s, want %s", hash, hello)
		}
	}
	if got := all(t, s); len(got) != 1 || got[hello] != 5 {
		t.Errorf("All = %v, want one blob of 5 bytes", got)
	}
	if has, err := s.Has(t.Context(), hello); !has || err != nil {
		t.Errorf("Has = %v, %v", has, err)
	}
}

func testSeek(t *testing.T, s blob.Store) {
	r, err := s.Open(t.Context(), put(t, s, "hello"))
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []int64{1, 0, 4} {
		if _, err := r.Seek(from, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(r); err != nil || string(b) != "hello"[from:] {
			t.Errorf("from byte %d on: %q, %v", from, b, err)
		}
	}
	if n, err := r.Seek(0, io.SeekEnd); n != 5 || err != nil {
		t.Errorf("the end is at %d, %v", n, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func testSizes(t *testing.T, s blob.Store) {
	want := map[string]int64{}
	for _, size := range []int{0, 1, 32 << 10, 3<<20 + 7} {
		want[put(t, s, strings.Repeat("x", size))] = int64(size)
	}
	for hash, size := range all(t, s) {
		if want[hash] != size {
			t.Errorf("%s has %d bytes, want %d", hash, size, want[hash])
		}
		delete(want, hash)
	}
	if len(want) > 0 {
		t.Errorf("lost: %v", want)
	}
}

var errBroken = errors.New("broken")

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errBroken }

func testBroken(t *testing.T, s blob.Store) {
	if hash, _, err := s.Put(t.Context(), io.MultiReader(strings.NewReader("half"), errReader{})); !errors.Is(err, errBroken) || hash != "" {
		t.Errorf("Put of a broken source = %q, %v", hash, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if hash, _, err := s.Put(ctx, strings.NewReader("late")); !errors.Is(err, context.Canceled) || hash != "" {
		t.Errorf("Put after its context ended = %q, %v", hash, err)
	}
	if got := all(t, s); len(got) > 0 {
		t.Errorf("All = %v, want nothing", got)
	}
}

func testNames(t *testing.T, s blob.Store) {
	put(t, s, "hello")
	for _, bad := range []string{"", ".", "../../etc/passwd", hello[:63], hello + "0", strings.ToUpper(hello), strings.Repeat("0", 64)} {
		if _, err := s.Open(t.Context(), bad); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("Open(%q) = %v, want not found", bad, err)
		}
		if err := blob.Check(t.Context(), s, bad); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("Check(%q) = %v, want not found", bad, err)
		}
		if has, err := s.Has(t.Context(), bad); has || err != nil {
			t.Errorf("Has(%q) = %v, %v", bad, has, err)
		}
		if err := s.Delete(t.Context(), bad); err != nil {
			t.Errorf("Delete(%q) = %v", bad, err)
		}
	}
	if got := all(t, s); len(got) != 1 {
		t.Errorf("All = %v, want what was put", got)
	}
}

func testDelete(t *testing.T, s blob.Store) {
	put(t, s, "hello")
	other := put(t, s, "other")
	for range 2 {
		if err := s.Delete(t.Context(), hello); err != nil {
			t.Errorf("Delete = %v", err)
		}
	}
	if has, err := s.Has(t.Context(), hello); has || err != nil {
		t.Errorf("after Delete: %v, %v", has, err)
	}
	if got := all(t, s); len(got) != 1 || got[other] != 5 {
		t.Errorf("All = %v, want the other", got)
	}
	put(t, s, "hello")
	if got := all(t, s); len(got) != 2 {
		t.Errorf("All = %v, want it back", got)
	}
}

func testMany(t *testing.T, s blob.Store) {
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			for i := range 20 {
				text := fmt.Sprint("blob ", i)
				hash, _, err := s.Put(t.Context(), strings.NewReader(text))
				if err != nil {
					t.Error(err)
					continue
				}
				r, err := s.Open(t.Context(), hash)
				if err != nil {
					t.Error(err)
					continue
				}
				if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, []byte(text)) {
					t.Errorf("%q reads back as %q, %v", text, b, err)
				}
				if err := r.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	if got := all(t, s); len(got) != 20 {
		t.Errorf("All gave %d blobs, want 20", len(got))
	}
}

func testWalk(t *testing.T, s blob.Store) {
	hashes := []string{put(t, s, "a"), put(t, s, "b"), put(t, s, "c")}
	n := 0
	for info, err := range s.All(t.Context()) {
		if err != nil || !slices.Contains(hashes, info.Hash) {
			t.Errorf("All gave %v, %v", info, err)
		}
		n++
		break
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var last error
	for _, err := range s.All(ctx) {
		last = err
	}
	if n != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d before the end, then %v after the context ended", n, last)
	}
}
