package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sala/internal/db"
)

const page = `Category Archives: Activities

Workshop on fees, Vientiane, Lao PDR

12 May 2017

The alliance organised a workshop on fees in Vientiane, Lao PDR. It lasted from 3-5 May 2017 and forty people came to it.
`

// command runs one and returns what it printed and its exit code.
func command(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	code := run(t.Context(), args, &out, &out)
	return out.String(), code
}

func pageFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.txt")
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImportBackupRestore(t *testing.T) {
	data, in := filepath.Join(t.TempDir(), "data"), pageFile(t)
	report := filepath.Join(t.TempDir(), "report.json")
	for i, want := range []string{"1 items stored, 0 of them unchanged", "1 items stored, 1 of them unchanged"} {
		if out, code := command(t, "import", "--data", data, "--report", report, in); code != 0 || !strings.Contains(out, want) {
			t.Fatalf("import %d: %d %s", i, code, out)
		}
	}
	if b, err := os.ReadFile(report); err != nil || !strings.Contains(string(b), `"report": 1`) {
		t.Errorf("report: %s, %v", b, err)
	}
	backup := filepath.Join(t.TempDir(), "b.tar.gz")
	if out, code := command(t, "backup", "--data", data, backup); code != 0 {
		t.Fatalf("backup: %d %s", code, out)
	}
	other := filepath.Join(t.TempDir(), "other")
	if out, code := command(t, "restore", "--data", other, backup); code != 0 {
		t.Fatalf("restore: %d %s", code, out)
	}
	kept, err := os.ReadFile(filepath.Join(data, "secret.key"))
	if err != nil {
		t.Fatal(err)
	}
	if back, err := os.ReadFile(filepath.Join(other, "secret.key")); err != nil || !bytes.Equal(back, kept) {
		t.Errorf("the key did not come back: %v", err)
	}
	if out, code := command(t, "check", "--data", other); code != 0 || !strings.Contains(out, "All is well.") {
		t.Errorf("check of what was restored: %d %s", code, out)
	}
	if out, code := command(t, "restore", "--data", other, backup); code != 1 || !strings.Contains(out, "is not empty") {
		t.Errorf("restore over something: %d %s", code, out)
	}
	if out, code := command(t, "user", "add", "--data", other, "--role", "editor", "A@example.org"); code != 0 || !strings.Contains(out, "a@example.org as editor") {
		t.Errorf("user add: %d %s", code, out)
	}
	if out, code := command(t, "user", "reset", "--data", other, "--site-url", "https://example.org/", " A@example.org"); code != 0 || !strings.Contains(out, "https://example.org/studio/link?code=") {
		t.Errorf("user reset: %d %s", code, out)
	}
	if out, code := command(t, "user", "reset", "--data", other, "nobody@example.org"); code != 1 || !strings.Contains(out, "no user nobody@example.org") {
		t.Errorf("user reset of nobody: %d %s", code, out)
	}
	if out, code := command(t, "user", "list", "--data", other); code != 0 || !strings.Contains(out, "a@example.org\teditor") || !strings.Contains(out, "invited") {
		t.Errorf("user list: %d %s", code, out)
	}
	if out, code := command(t, "user", "add", "--data", other, "a@example.org"); code != 2 || !strings.Contains(out, "already") {
		t.Errorf("the same user again: %d %s", code, out)
	}
}

func TestServe(t *testing.T) {
	data := t.TempDir()
	if out, code := command(t, "import", "--data", data, pageFile(t)); code != 0 {
		t.Fatal(out)
	}
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	done := make(chan int, 1)
	go func() { done <- run(ctx, []string{"serve", "--data", data, "--listen", "localhost:0"}, w, io.Discard) }()
	line := make([]byte, 300)
	n, err := r.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	// What it says after that is read too, or it would wait for a reader.
	go func() { _, _ = io.Copy(io.Discard, r) }()
	address := regexp.MustCompile(`http://\S+`).FindString(string(line[:n]))
	resp, err := http.Get(address + "en/2017/workshop-on-fees-vientiane-lao-pdr")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 || !strings.Contains(string(body), "forty people came") || !strings.Contains(string(body), "3–5 May 2017") {
		t.Errorf("the work: %d %v", resp.StatusCode, err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
	for _, args := range [][]string{{"import", "--data", data, pageFile(t)}, {"serve", "--data", data, "--listen", "localhost:0"}, {"migrate", "--data", data}} {
		if out, code := command(t, args...); code != 1 || !strings.Contains(out, "is in use") {
			t.Errorf("%s while serving: %d %s", args[0], code, out)
		}
	}
	if out, code := command(t, "backup", "--data", data, filepath.Join(t.TempDir(), "b.tar.gz")); code != 0 {
		t.Errorf("backup while serving: %d %s", code, out)
	}
	stop()
	select {
	case code := <-done:
		if code != 0 {
			t.Errorf("serve ended with %d", code)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("serve does not stop")
	}
}

// TestWording names loaded words in what is imported and in what is public,
// and is content all the same.
func TestWording(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.txt")
	text := "Statement on fees\n\nOn 3 May 2017, the network spoke of illegal migrants in Vientiane, Lao PDR, and forty people came to listen to it.\n"
	if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	data, report := t.TempDir(), filepath.Join(t.TempDir(), "report.json")
	for _, args := range [][]string{{"import", "--dry-run", "--report", report, page}, {"import", "--data", data, "--report", report, page}} {
		if out, code := command(t, args...); code != 0 {
			t.Fatalf("%v: %d %s", args, code, out)
		}
		b, err := os.ReadFile(report)
		if err != nil || !strings.Contains(string(b), `"rule": "illegal-migrant"`) || !strings.Contains(string(b), "say “undocumented migrant”") {
			t.Errorf("%v: the report: %s (%v)", args, b, err)
		}
	}
	out, code := command(t, "check", "--data", data)
	if code != 0 || !strings.Contains(out, "1 places in 1 of 1 public texts") || !strings.Contains(out, "Say: undocumented migrant") || !strings.Contains(out, "All is well.") {
		t.Errorf("check: %d %s", code, out)
	}
	if out, code := command(t, "check", "--no-wording", "--data", data); code != 0 || strings.Contains(out, "illegal") {
		t.Errorf("check without wording: %d %s", code, out)
	}
}

func TestClearSentences(t *testing.T) {
	newer := t.TempDir()
	d, err := db.Open(t.Context(), filepath.Join(newer, "sala.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	err = d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	file := pageFile(t)
	for _, test := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"serve", "--data", newer}, 1, "run the newer Sala"},
		{[]string{"check", "--data", newer}, 1, "run the newer Sala"},
		{[]string{"serve", "--data", file}, 1, "cannot be"},
		{[]string{"serve", "--data", t.TempDir(), "--listen", "nowhere"}, 2, "--listen"},
		{[]string{"serve", "--data", t.TempDir(), "--site-url", "example.org/x"}, 2, "--site-url"},
		{[]string{"serve", "--data", t.TempDir(), "--smtp", "smtps://u:secretword@mail.example.org", "--mail-from", "a@example.org"}, 2, "--site-url"},
		{[]string{"serve", "--data", t.TempDir(), "--site-url", "https://example.org", "--smtp", "mail.example.org:587", "--mail-from", "a@example.org"}, 2, "--smtp"},
		{[]string{"serve", "--data", t.TempDir(), "--site-url", "https://example.org", "--smtp", "smtps://u:secretword@mail.example.org"}, 2, "--mail-from"},
		{[]string{"serve", "--data", t.TempDir(), "--mail-from", "a@example.org"}, 2, "--smtp"},
		{[]string{"serve", "--data", t.TempDir(), "--database", "mysql://x"}, 1, "postgres://"},
		{[]string{"serve", "--data", t.TempDir(), "--listen", "192.0.2.1:1"}, 1, "cannot listen"},
		{[]string{"import", "--data", t.TempDir(), "nothing.xml"}, 1, "nothing.xml"},
		{[]string{"check", "--data", filepath.Join(t.TempDir(), "none")}, 1, "there is no Sala"},
		{[]string{"restore", "--data", t.TempDir(), file}, 1, "no backup"},
		{[]string{"user", "add", "--data", newer, "--role", "king", "a@example.org"}, 2, "king"},
		{[]string{"frobnicate"}, 2, "--help"},
	} {
		if out, code := command(t, test.args...); code != test.code || !strings.Contains(out, test.says) || strings.Contains(out, "secretword") {
			t.Errorf("%v: %d %q, want %d and %q", test.args, code, out, test.code, test.says)
		}
	}
	if out, code := command(t, "version"); code != 0 || !strings.HasPrefix(out, "sala ") {
		t.Errorf("version: %d %s", code, out)
	}
}
