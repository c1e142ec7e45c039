package xliff_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sala/internal/docx"
	"sala/internal/xliff"
)

func word(t testing.TB, f xliff.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xliff.WriteWord(&b, f, "Write into the third column."); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWordRoundTrip(t *testing.T) {
	want := file(t)
	b := word(t, want)
	got, err := xliff.ReadWord(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(xliff.Unit{}, "Codes", "Stale", "Note"), cmpopts.IgnoreFields(xliff.File{}, "Title")); diff != "" {
		t.Errorf("what comes back (-want +got):\n%s", diff)
	}
}

// LibreOffice opens the document and writes it anew, and nothing is lost.
func TestWordThroughLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not here")
	}
	want := file(t)
	dir := t.TempDir()
	in := filepath.Join(dir, "in.docx")
	if err := os.WriteFile(in, word(t, want), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", filepath.Join(dir, "out"), in).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "out", "in.docx"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := xliff.ReadWord(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(xliff.Unit{}, "Codes", "Stale", "Note"), cmpopts.IgnoreFields(xliff.File{}, "Title")); diff != "" {
		t.Errorf("what comes back (-want +got):\n%s", diff)
	}
}

// rewrite changes the text of a document as a word processor does.
func rewrite(t testing.TB, b []byte, old, new string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "word/document.xml" {
			if !strings.Contains(string(text), old) {
				t.Fatalf("the document has no %q", old)
			}
			text = []byte(strings.Replace(string(text), old, new, 1))
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWordTrackedChanges(t *testing.T) {
	b := rewrite(t, word(t, file(t)), `<w:t xml:space="preserve">Sala`, `<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del><w:ins><w:r><w:t></w:t></w:r></w:ins><w:t xml:space="preserve">Sala`)
	f, err := xliff.ReadWord(bytes.NewReader(b), int64(len(b)))
	if err != nil || f.Ref != "edition/1@3" {
		t.Errorf("ReadWord = %+v, %v", f, err)
	}
}

func TestWordRefuses(t *testing.T) {
	good := word(t, file(t))
	for name, test := range map[string]struct {
		b    []byte
		want string
	}{
		"no zip":       {[]byte("hello"), docx.ErrNotDOCX.Error()},
		"cut":          {good[:len(good)/2], docx.ErrNotDOCX.Error()},
		"another":      {rewrite(t, good, "Sala translation |", "Notes |"), "the line that names the text is missing"},
		"broken":       {rewrite(t, good, "</w:body>", ""), "the document is broken"},
		"a wrong lang": {rewrite(t, good, " | en → my", " | ? → my"), "language"},
	} {
		_, err := xliff.ReadWord(bytes.NewReader(test.b), int64(len(test.b)))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: ReadWord = %v, want %q", name, err, test.want)
		}
	}
	if _, err := docx.Tables(bytes.NewReader(nil), 0); !errors.Is(err, docx.ErrNotDOCX) {
		t.Errorf("nothing = %v", err)
	}
}

func FuzzReadWord(f *testing.F) {
	f.Add(word(f, file(f)))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := xliff.ReadWord(bytes.NewReader(b), int64(len(b)))
		if err == nil && file.Ref == "" {
			t.Error("a document that names no text was taken")
		}
	})
}
