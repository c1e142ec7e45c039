package warc_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sala/importer/savedpage/warc"
)

// sample returns a file of the shared test data.
func sample(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../../../shared/fixtures/saved-pages", name))
	if err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	return b
}

// read returns the types of all records, the bodies of what a server
// answered, and the damages.
func read(t testing.TB, archive []byte) (types, bodies, damages []string, err error) {
	t.Helper()
	r := warc.NewReader(bytes.NewReader(archive))
	for {
		rec, err := r.Next()
		var damage *warc.Damage
		switch {
		case errors.As(err, &damage):
			if damage.Offset < 0 || damage.Offset > int64(len(archive)) {
				t.Fatalf("a damage outside the archive: %v", damage)
			}
			damages = append(damages, damage.Why)
			continue
		case err == io.EOF:
			return types, bodies, damages, nil
		case err != nil:
			return types, bodies, damages, err
		}
		types = append(types, rec.Type)
		if rec.Type == "response" {
			body, cut, err := answer(rec.Body, 1<<20)
			bodies = append(bodies, fmt.Sprintf("%s %s %v", body, cut, err))
		}
	}
}

func answer(block io.Reader, max int64) (body []byte, cut string, err error) {
	a, err := warc.HTTP(block)
	if err != nil {
		return nil, "", err
	}
	return a.Body(max)
}

// TestSamples reads archives that other programs wrote and broke.
func TestSamples(t *testing.T) {
	whole := []string{"warcinfo", "warcinfo", "response", "request", "revisit", "request"}
	for _, c := range []struct {
		file    string
		types   []string
		damages int
		body    string // within the first response
	}{
		{"example.warc", whole, 0, "<title>Example Domain</title>"},
		{"example.warc.gz", whole, 0, "<title>Example Domain</title>"},
		{"example-iana.org-chunked.warc", []string{"warcinfo", "response", "request"}, 0, "</html>"},
		{"example-trunc.warc", whole[:4], 1, "<title>Example Domain</title>"},
		{"example-resource.warc.gz", []string{"warcinfo", "warcinfo", "resource"}, 0, ""},
		{"example-space-in-target-uri.warc.gz", []string{"warcinfo", "resource"}, 0, ""},
		{"example-wrong-chunks.warc.gz", []string{"response", "request"}, 0, "<title>Example Domain</title>"},
		{"example-bad-non-chunked.warc.gz", whole, 0, "<title>Example Domain</title>"},
		{"example-bad.warc.gz.bad", []string{"warcinfo", "response", "request", "revisit", "request", "response"}, 0, "<title>Example Domain</title>"},
	} {
		types, bodies, damages, err := read(t, sample(t, "warc-samples/"+c.file))
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
		}
		if !slices.Equal(types, c.types) {
			t.Errorf("%s: records %v, want %v", c.file, types, c.types)
		}
		if len(damages) != c.damages {
			t.Errorf("%s: damages %q, want %d", c.file, damages, c.damages)
		}
		if c.body != "" && (len(bodies) == 0 || !strings.Contains(bodies[0], c.body)) {
			t.Errorf("%s: no %q in %.200q", c.file, c.body, bodies)
		}
	}
}

func record(kind, uri, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, len(block), block)
}

func pack(parts ...string) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		z.Write([]byte(p))
		z.Close()
	}
	return b.Bytes()
}

// TestDamage breaks archives in every way known and reads on after each.
func TestDamage(t *testing.T) {
	one := record("response", "http://a.example/1", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>one</p>")
	two := record("response", "http://a.example/2", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>two</p>")
	broken := pack(one)
	broken[len(broken)-6] ^= 0xff // its checksum
	lying := strings.Replace(one, "Content-Length: ", "Content-Length: x", 1)
	for _, c := range []struct {
		name    string
		archive []byte
		records int
		damages int
		fails   string
	}{
		{"a broken member is passed over", slices.Concat(broken, pack(two)), 2, 1, ""},
		{"all in one member", pack(one + two), 2, 0, ""},
		{"zeros between members", slices.Concat(pack(one), make([]byte, 700), pack(two), make([]byte, 9000)), 2, 0, ""},
		{"noise between members", slices.Concat(pack(one), []byte("noise\x1f\x8b\x08noise"), pack(two)), 2, 0, ""},
		{"noise between records", []byte(one + "noise\nand more\n" + two), 2, 1, ""},
		{"a record of no length", []byte(lying + two), 1, 1, ""},
		{"a record longer than the file", []byte(one + strings.Replace(two, "Content-Length: ", "Content-Length: 9", 1)), 2, 0, ""},
		{"a header that goes on for ever", []byte(one + "WARC/1.0\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n" + two), 2, 1, ""},
		{"cut within a header", []byte(one + "WARC/1.0\r\nWARC-Type: resp"), 1, 1, ""},
		{"empty", nil, 0, 0, "empty"},
		{"something else", []byte("<!DOCTYPE html><p>no</p>"), 0, 0, "no web archive"},
		{"something else, packed", pack("<!DOCTYPE html><p>no</p>"), 0, 0, "no web archive"},
	} {
		types, bodies, damages, err := read(t, c.archive)
		if c.fails != "" {
			if err == nil || !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%s: error %v, want %q", c.name, err, c.fails)
			}
			continue
		}
		if err != nil || len(types) != c.records || len(damages) != c.damages {
			t.Errorf("%s: %d records, damages %q, error %v; want %d and %d; %q", c.name, len(types), damages, err, c.records, c.damages, bodies)
		}
	}
}

// TestHTTP reads answers as archives hold them.
func TestHTTP(t *testing.T) {
	packed := string(pack("<p>text</p>"))
	for _, c := range []struct{ name, block, body, cut, fails string }{
		{"plain", "HTTP/1.1 200 OK\r\nA: b\r\n\r\n<p>text</p>", "<p>text</p>", "", ""},
		{"line ends of one byte", "HTTP/1.0 200 OK\nA: b\n\n<p>text</p>", "<p>text</p>", "", ""},
		{"no header", "HTTP/1.1 200 OK\r\n\r\n<p>text</p>", "<p>text</p>", "", ""},
		{"HTTP/2", "HTTP/2 200\r\n\r\n<p>text</p>", "<p>text</p>", "", ""},
		{"gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed, "<p>text</p>", "", ""},
		{"gzip that was unpacked", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<p>text</p>", "<p>text</p>", "", ""},
		{"gzip that was cut", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed[:len(packed)-5], "<p>text</p>", "broken", ""},
		{"chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n8;x=y\r\ntext</p>\r\n0\r\n\r\n", "<p>text</p>", "", ""},
		{"chunks that were joined", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>text</p>", "<p>text</p>", "", ""},
		{"chunks that were cut", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n<p>te", "<p>te", "cut", ""},
		{"too long", "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x", 2000), "", "", "too long"},
		{"a bomb", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + string(pack(strings.Repeat("x", 1<<20))), "", "", "too long"},
		{"no answer", "GET / HTTP/1.1\r\n\r\n", "", "", "answer of a web server"},
		{"nothing", "", "", "", "answer of a web server"},
	} {
		body, cut, err := answer(strings.NewReader(c.block), 1000)
		if c.fails != "" {
			if err == nil || !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%s: error %v, want %q", c.name, err, c.fails)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if string(body) != c.body || c.cut == "" != (cut == "") || !strings.Contains(cut, c.cut) {
			t.Errorf("%s: %q, cut %q; want %q, %q", c.name, body, cut, c.body, c.cut)
		}
	}
}

func FuzzReader(f *testing.F) {
	one := record("response", "http://a.example/1", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
	f.Add([]byte(one + record("revisit", "http://a.example/2", "HTTP/1.1 200 OK\r\n\r\n")))
	f.Add(pack(one, one))
	f.Add(pack(one + one)[:60])
	f.Fuzz(func(t *testing.T, archive []byte) {
		read(t, archive)
	})
}
