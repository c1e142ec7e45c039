package studio

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// qrMargin is the empty frame that a reader needs, in modules (ISO/IEC 18004).
const qrMargin = 4

// drawing is a picture of squares: a path in a square of Size units.
type drawing struct {
	Size int
	Path string
}

// drawQR draws text as a QR code. It is drawn here and sent within the page,
// so that the secret in it is in no file and no address.
func drawQR(text string) (drawing, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return drawing{}, fmt.Errorf("draw a QR code: %w", err)
	}
	box := code.Bounds()
	var path strings.Builder
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x-box.Min.X+qrMargin, y-box.Min.Y+qrMargin)
			}
		}
	}
	return drawing{box.Dx() + 2*qrMargin, path.String()}, nil
}

func (d drawing) box() string { return fmt.Sprintf("0 0 %d %d", d.Size, d.Size) }
