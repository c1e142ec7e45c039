package media_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"strings"
	"testing"

	"sala"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/media"
)

func open(t testing.TB, d *db.DB) (*media.Store, *jobs.Queue) {
	t.Helper()
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	q := jobs.New(d)
	return media.NewStore(d, blobs, q), q
}

func add(t *testing.T, d *db.DB, s *media.Store, n int, b []byte, public bool) media.File {
	t.Helper()
	st, err := s.Ingest(t.Context(), bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	f := media.File{
		ID: sala.DerivedID(sala.Day{}.Time(), fmt.Sprint("file", n)), Name: fmt.Sprintf("../a b%d.jpg", n), Hash: st.Hash, Type: st.Type, Size: st.Size,
		Width: st.Width, Height: st.Height, Doubt: st.Doubt, Public: public, Alt: sala.Text{"en": "A bridge"},
	}
	err = d.Tx(t.Context(), func(tx *db.Tx) error { return s.Import(t.Context(), tx, sala.Machine("test"), f) })
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// photo is a JPEG whose left half is red, with EXIF that holds an orientation
// and a place.
func photo(t testing.TB, w, h, orientation int, order binary.AppendByteOrder) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 10, 10, 255}
			if x >= w/2 {
				c = color.RGBA{10, 10, uint8(100 + y%100), 255}
			}
			m.Set(x, y, c)
		}
	}
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, m, nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("II*\x00")
	if order == binary.BigEndian {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, uint16(orientation))
	tiff = order.AppendUint16(tiff, 0)
	tiff = append(tiff, "GPSLatitude 16.8661N 96.1951E taken by somebody"...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := []byte{0xff, 0xd8, 0xff, 0xe1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(segment)+2))
	out = append(out, segment...)
	return append(out, plain.Bytes()[2:]...)
}

func TestNothingOfTheCameraIsPublic(t *testing.T) {
	d := dbtest.SQLite(t)
	s, q := open(t, d)
	n := 0
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for o := 0; o <= 9; o++ { // 0 and 9 are no orientations
			n++
			f := add(t, d, s, n, photo(t, 700+n, 400, o, order), true)
			if _, err := q.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			got, err := s.File(t.Context(), f.ID)
			if err != nil || len(got.Renditions) != 3 && len(got.Renditions) != 2 {
				t.Fatalf("orientation %d: %d renditions, %v", o, len(got.Renditions), err)
			}
			upright := o < 5 || o > 8
			if (got.Width > got.Height) != upright {
				t.Errorf("orientation %d: %d×%d", o, got.Width, got.Height)
			}
			for _, r := range got.Renditions {
				served, err := s.Serve(t.Context(), r.Hash, "x.jpg")
				if err != nil {
					t.Fatal(err)
				}
				b, err := io.ReadAll(served.Body)
				if err != nil {
					t.Fatal(err)
				}
				for _, trace := range []string{"Exif", "GPS", "somebody", "http://ns.adobe.com"} {
					if bytes.Contains(b, []byte(trace)) {
						t.Errorf("orientation %d, width %d: holds %q", o, r.Width, trace)
					}
				}
				m, _, err := image.Decode(bytes.NewReader(b))
				if err != nil || m.Bounds().Dx() != r.Width {
					t.Fatalf("rendition: %v", err)
				}
				red := map[int][2]int{0: {0, 0}, 1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}, 9: {0, 0}}[o]
				cr, _, cb, _ := m.At(red[0]*(r.Width-1), red[1]*(r.Height-1)).RGBA()
				if cr < cb {
					t.Errorf("orientation %d: the corner that should be red is not", o)
				}
			}
			if _, err := s.Serve(t.Context(), f.Hash, "x.jpg"); !errors.Is(err, sala.ErrNotFound) {
				t.Errorf("the picture as it came is public: %v", err)
			}
		}
	}
}

// bomb is a PNG that declares more pixels than any machine should decode.
func bomb() []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
		body := append([]byte(kind), data...)
		b = append(b, body...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(nil, 20000)
	head = binary.BigEndian.AppendUint32(head, 20000)
	chunk("IHDR", append(head, 8, 2, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 3, 0, 0, 0, 0, 1})
	chunk("IEND", nil)
	return b
}

func TestWhatIsNotShown(t *testing.T) {
	d := dbtest.SQLite(t)
	s, q := open(t, d)
	gif := []byte("GIF89a\x20\x4e\x20\x4e\x00\x00\x00;")
	half := photo(t, 400, 300, 1, binary.LittleEndian)
	for n, test := range []struct {
		name  string
		bytes []byte
		doubt string
	}{
		{"a PNG bomb", bomb(), "not decoded"},
		{"a GIF bomb", gif, "not decoded"},
		{"a picture cut off in its head", half[:40], "cannot be read"},
		{"a picture cut off in its body", half[:len(half)/2], "cannot be read"},
	} {
		f := add(t, d, s, n, test.bytes, true)
		if _, err := q.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, err := s.File(t.Context(), f.ID)
		if err != nil || got.IsPicture() || !strings.Contains(got.Doubt, test.doubt) {
			t.Errorf("%s: picture %v, doubt %q, %v", test.name, got.IsPicture(), got.Doubt, err)
		}
	}
	if troubles, err := q.Troubles(t.Context()); err != nil || len(troubles) > 0 {
		t.Errorf("jobs in trouble: %v, %v", troubles, err)
	}
}

func TestServe(t *testing.T) {
	d := dbtest.SQLite(t)
	s, _ := open(t, d)
	for n, test := range []struct{ name, body, kind, disposition string }{
		{"a PDF", "%PDF-1.4\n", "application/pdf", "inline"},
		{"plain text", "fee, year\n2,800, 2019\n", "text/plain; charset=utf-8", "inline"},
		{"HTML", "<html><script>alert(1)</script>", "application/octet-stream", "attachment; filename=ab.html"},
		{"PHP", "<?php system($_GET['c']); ?>", "application/octet-stream", "attachment; filename=ab.html"},
		{"SVG", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "image/svg+xml", "attachment; filename=ab.html"},
		{"script in text", "hello <script>alert(1)</script>", "application/octet-stream", "attachment; filename=ab.html"},
	} {
		f := add(t, d, s, n, []byte(test.body), true)
		served, err := s.Serve(t.Context(), f.Hash, "ab.html")
		if err != nil || served.Type != test.kind || served.Disposition != test.disposition || !strings.Contains(served.Policy, "sandbox") {
			t.Errorf("%s: %q, %q, %q, %v", test.name, served.Type, served.Disposition, served.Policy, err)
			continue
		}
		if err := served.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	hidden := add(t, d, s, 99, []byte("not for all"), false)
	for _, hash := range []string{hidden.Hash, "..", strings.Repeat("0", 64)} {
		if _, err := s.Serve(t.Context(), hash, "x"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("Serve(%q) = %v, want not found", hash, err)
		}
	}
}

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		"../../etc/passwd": "passwd", "a b.pdf": "a-b.pdf", "\x00\x01": "file", "รายงาน.pdf": "รายงาน.pdf", `c:\x.php`: "x.php", "..": "file", "a\"<b>.png": "ab.png",
	} {
		if got := media.SafeName(in); got != want {
			t.Errorf("SafeName(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzIngest(f *testing.F) {
	f.Add(bomb())
	f.Add(photo(f, 8, 8, 6, binary.BigEndian))
	d := dbtest.SQLite(f)
	s, _ := open(f, d)
	f.Fuzz(func(t *testing.T, b []byte) {
		st, err := s.Ingest(t.Context(), bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if int64(st.Width)*int64(st.Height) > media.MaxPixels {
			t.Fatalf("%d×%d would be decoded", st.Width, st.Height)
		}
	})
}

func BenchmarkRenditions(b *testing.B) {
	d := dbtest.SQLite(b)
	s, _ := open(b, d)
	st, err := s.Ingest(b.Context(), bytes.NewReader(photo(b, 4000, 3000, 1, binary.LittleEndian)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := s.MakeRenditions(b.Context(), st.Hash); err != nil {
			b.Fatal(err)
		}
	}
}

// Two people describe one file at once: the second is told, and nothing is
// written over.
func TestDescribeConflict(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := open(t, d)
		ctx := t.Context()
		f, err := s.Add(ctx, contributor, "a.txt", strings.NewReader("text"))
		if err != nil {
			t.Fatal(err)
		}
		mark := sala.Mark(f.Wording())
		if err := s.Describe(ctx, translator, f.ID, mark, media.Wording{Name: "a.txt", Title: sala.Text{"th": "รายงาน"}}); err != nil {
			t.Fatal(err)
		}
		if err := s.Describe(ctx, editor, f.ID, mark, media.Wording{Name: "b.txt"}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("from an old form: %v", err)
		}
		if f, err = s.File(ctx, f.ID); err != nil || f.Name != "a.txt" || f.Title["th"] != "รายงาน" {
			t.Errorf("%+v, %v", f, err)
		}
		// Making it public is another matter, and no conflict.
		if err := s.SetPublic(ctx, editor, f.ID, true); err != nil {
			t.Fatal(err)
		}
		if err := s.Describe(ctx, editor, f.ID, sala.Mark(f.Wording()), media.Wording{Name: "b.txt"}); err != nil {
			t.Error(err)
		}
		if err := s.Describe(ctx, editor, "no such", mark, media.Wording{Name: "b.txt"}); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("no file: %v", err)
		}
	})
}
