package drawing_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"sala/importer/demo/drawing"
)

func TestPNG(t *testing.T) {
	for _, name := range drawing.Names() {
		t.Run(name, func(t *testing.T) {
			b, err := drawing.PNG(name)
			if err != nil {
				t.Fatal(err)
			}
			again, err := drawing.PNG(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b, again) {
				t.Error("drawn twice, the bytes differ")
			}
			if len(b) > 200_000 {
				t.Errorf("%d bytes, want no more than 200,000", len(b))
			}
			img, err := png.Decode(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if got := img.Bounds(); got != image.Rect(0, 0, 1600, 1000) {
				t.Errorf("bounds = %v, want 1600 by 1000", got)
			}
			seen := map[color.Color]bool{}
			for y := 0; y < 1000; y += 10 {
				for x := 0; x < 1600; x += 10 {
					seen[img.At(x, y)] = true
				}
			}
			if len(seen) < 3 {
				t.Errorf("it has %d colours: nothing seems to be drawn", len(seen))
			}
		})
	}
}

func TestPNGOfUnknownName(t *testing.T) {
	if _, err := drawing.PNG("photograph"); err == nil {
		t.Error("PNG of a name that is not there gave no error")
	}
}

func BenchmarkPNG(b *testing.B) {
	for b.Loop() {
		if _, err := drawing.PNG("mekong-map"); err != nil {
			b.Fatal(err)
		}
	}
}
