package media

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// widths are those a picture is offered in: a phone, a dense phone, a screen.
var widths = []int{320, 640, 1280}

// fitting returns the widths below that of the picture, and its own if it is
// narrower than the widest.
func fitting(width int) []int {
	var out []int
	for _, w := range widths {
		if w >= width {
			return append(out, width)
		}
		out = append(out, w)
	}
	return out
}

// maxKernel is how many pixels the careful scaling may hold between its two
// passes: it takes 32 bytes for each.
const maxKernel = 4 << 20

// scale returns the picture in another size: halved quickly while it is more
// than twice as large, then carefully.
func scale(src image.Image, width, height int) *image.RGBA {
	for src.Bounds().Dx() >= 2*width && src.Bounds().Dy() >= 2*height {
		b := src.Bounds()
		half := image.NewRGBA(image.Rect(0, 0, b.Dx()/2, b.Dy()/2))
		draw.ApproxBiLinear.Scale(half, half.Bounds(), src, b, draw.Src, nil) // at a half it is the mean of four
		src = half
	}
	b := src.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	switch {
	case b.Dx() == width && b.Dy() == height:
		draw.Draw(out, out.Bounds(), src, b.Min, draw.Src)
	case width*b.Dy() > maxKernel:
		draw.ApproxBiLinear.Scale(out, out.Bounds(), src, b, draw.Src, nil)
	default:
		draw.CatmullRom.Scale(out, out.Bounds(), src, b, draw.Src, nil)
	}
	return out
}

// encode writes a photograph as JPEG and a drawing, or what is see-through,
// as PNG, whichever is smaller where both would do. Nothing but the picture
// is written.
func encode(m *image.RGBA) ([]byte, string, error) {
	opaque := m.Opaque()
	var asPNG, asJPEG bytes.Buffer
	if !opaque || fewColours(m) {
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		if err := encoder.Encode(&asPNG, m); err != nil {
			return nil, "", err
		}
	}
	if !opaque {
		return asPNG.Bytes(), "image/png", nil
	}
	if err := jpeg.Encode(&asJPEG, m, &jpeg.Options{Quality: 82}); err != nil {
		return nil, "", err
	}
	if asPNG.Len() > 0 && asPNG.Len() <= asJPEG.Len() {
		return asPNG.Bytes(), "image/png", nil
	}
	return asJPEG.Bytes(), "image/jpeg", nil
}

// fewColours reports whether a sample of the picture has the few colours of a
// drawing: encoding a photograph as PNG only to see it is larger takes long.
func fewColours(m *image.RGBA) bool {
	b := m.Bounds()
	seen := map[[3]uint8]bool{}
	for y := 0; y < b.Dy(); y += max(1, b.Dy()/64) {
		for x := 0; x < b.Dx(); x += max(1, b.Dx()/64) {
			c := m.RGBAAt(x, y)
			seen[[3]uint8{c.R >> 3, c.G >> 3, c.B >> 3}] = true
		}
	}
	return len(seen) < 200
}
