package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sala/internal/blob"
	"sala/internal/blob/blobtest"
)

func open(t testing.TB, path string) *blob.Folder {
	t.Helper()
	s, err := blob.OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFolder(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Store { return open(t, filepath.Join(t.TempDir(), "a", "b")) })
}

func put(t *testing.T, s blob.Store, text string) string {
	t.Helper()
	hash, _, err := s.Put(t.Context(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestCheckFindsDamage(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	hash := put(t, s, "hello")
	file := filepath.Join(dir, hash[:2], hash[2:4], hash)
	if err := os.WriteFile(file, []byte("hellO"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := blob.Check(t.Context(), s, hash); !errors.Is(err, blob.ErrDamaged) {
		t.Errorf("Check of changed bytes = %v, want damaged", err)
	}
	if err := os.WriteFile(file, []byte("hel"), 0o600); err != nil {
		t.Fatal(err)
	}
	if put(t, s, "hello"); blob.Check(t.Context(), s, hash) != nil {
		t.Error("a file cut short is not mended by storing it again")
	}
}

// TestRemainsAreSwept: what a crash left goes, what another program may still
// be writing stays.
func TestRemainsAreSwept(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	old, fresh := filepath.Join(dir, "tmp", "old"), filepath.Join(dir, "tmp", "fresh")
	for _, path := range []string{old, fresh} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(old, before, before); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the remains of a crash stay: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("a file being written is gone: %v", err)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	put(t, s, "hello")
	put(t, s, "hello")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.Put(ctx, strings.NewReader("never")); err == nil {
		t.Error("Put after its context ended succeeded")
	}
	left, err := os.ReadDir(filepath.Join(dir, "tmp"))
	if err != nil || len(left) > 0 {
		t.Errorf("tmp holds %v, %v", left, err)
	}
}

// killed is set for the copy of this test that [TestKill] kills.
const killed = "SALA_TEST_BLOB_FOLDER"

// TestKill stops a writing program again and again at no particular moment:
// every blob that has a name is whole, and what Put returned from is there.
func TestKill(t *testing.T) {
	if dir := os.Getenv(killed); dir != "" {
		s := open(t, dir)
		for i := 0; ; i++ {
			put(t, s, strings.Repeat(fmt.Sprintf("%d %d,", os.Getpid(), i), 5000))
			fmt.Println("put")
		}
	}
	dir := t.TempDir()
	stored := 0
	for n := range 5 {
		var said bytes.Buffer
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(150+37*n)*time.Millisecond)
		cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestKill$")
		cmd.Env = append(os.Environ(), killed+"="+dir)
		cmd.Stdout = &said
		if err := cmd.Run(); ctx.Err() == nil {
			t.Fatalf("the writer ended by itself: %v\n%s", err, said.Bytes())
		}
		cancel()
		stored += bytes.Count(said.Bytes(), []byte("put\n"))
	}
	s := open(t, dir)
	n := 0
	for info, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := blob.Check(t.Context(), s, info.Hash); err != nil {
			t.Error(err)
		}
		n++
	}
	if stored == 0 || n < stored {
		t.Errorf("%d blobs are there, of %d that were stored", n, stored)
	}
}

func BenchmarkPut(b *testing.B) {
	s := open(b, b.TempDir())
	content := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	b.SetBytes(int64(len(content)))
	for i := 0; b.Loop(); i++ {
		if _, _, err := s.Put(b.Context(), bytes.NewReader(fmt.Appendf(content[:len(content)-20], "%020d", i))); err != nil {
			b.Fatal(err)
		}
	}
}
