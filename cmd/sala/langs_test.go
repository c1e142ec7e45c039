package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// serveOnce serves a folder with further flags, gets one path, and stops.
func serveOnce(t *testing.T, data, path string, flags ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"serve", "--data", data, "--listen", "localhost:0"}, flags...), w, io.Discard)
	}()
	line := make([]byte, 300)
	n, err := r.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	// What it says after that is read too, or it would wait for a reader.
	go func() { _, _ = io.Copy(io.Discard, r) }()
	resp, err := http.Get(regexp.MustCompile(`http://\S+`).FindString(string(line[:n])) + path)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		t.Errorf("%s: %d %v", path, resp.StatusCode, err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
	stop()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Fatal("serve does not stop")
	}
	return string(body)
}

// TestAddALanguage adds one by a catalogue and a setting, with faults in the
// catalogue.
func TestAddALanguage(t *testing.T) {
	data := t.TempDir()
	if out, code := command(t, "import", "--data", data, pageFile(t)); code != 0 {
		t.Fatal(out)
	}
	locales := filepath.Join(data, "locales")
	if err := os.Mkdir(locales, 0o750); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(locales, "shn.json")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"nav.search": "သွၵ်ႈႁႃ", "nav.serch": "x"}`)
	page := serveOnce(t, data, "shn/archive/", "--langs", "en,shn")
	if !strings.Contains(page, `<html lang="shn">`) || !strings.Contains(page, ">သွၵ်ႈႁႃ</a>") || !strings.Contains(page, `<span lang="en">Skip to the text</span>`) {
		t.Error("the archive is not in Shan, with the rest in English")
	}
	out, code := command(t, "check", "--data", data)
	for _, says := range []string{"shn.json: nav.serch: there is no message of this key", "shn lacks ", "which its pages say in English"} {
		if code != 1 || !strings.Contains(out, says) {
			t.Errorf("check: %d %s, want 1 and %q", code, out, says)
		}
	}
	write(`{"nav.search": "သွၵ်ႈႁႃ"}`)
	if out, code := command(t, "check", "--data", data); code != 0 || !strings.Contains(out, "shn lacks ") || strings.Contains(out, "en lacks") {
		t.Errorf("check of what is merely unfinished: %d %s", code, out)
	}
	// The setting is kept, and given again it changes nothing.
	if page := serveOnce(t, data, "en/"); !strings.Contains(page, `href="/shn/"`) {
		t.Error("the languages are not kept")
	}
	for _, bad := range []string{"en,xx yy", "en,en", "en,,my", "und"} {
		if out, code := command(t, "serve", "--data", data, "--langs", bad); code != 2 || !strings.Contains(out, "--langs") {
			t.Errorf("--langs %s: %d %s, want 2", bad, code, out)
		}
	}
}
