package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"
)

// orientation returns how a picture is to be turned, 1 to 8 as the EXIF
// specification (CIPA DC-008, tag 0x0112) has it; 1 if nothing is said.
func orientation(r io.ReadSeeker, format string) (int, error) {
	block, err := exif(r, format)
	if err != nil {
		return 1, err
	}
	return tiffOrientation(bytes.TrimPrefix(block, []byte("Exif\x00\x00"))), nil
}

func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(b[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := order.Uint32(b[4:])
	if int64(at)+2 > int64(len(b)) {
		return 1
	}
	entries := int(order.Uint16(b[at:]))
	for n := range entries {
		from := int64(at) + 2 + int64(n)*12
		if from+12 > int64(len(b)) {
			return 1
		}
		if order.Uint16(b[from:]) == 0x0112 {
			if v := int(order.Uint16(b[from+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
	}
	return 1
}

// turn returns the picture as it is to be seen.
func turn(in *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return in
	}
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	ow, oh := w, h
	if orientation >= 5 {
		ow, oh = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, ow, oh))
	for y := range h {
		for x := range w {
			ox, oy := x, y
			switch orientation {
			case 2:
				ox = w - 1 - x
			case 3:
				ox, oy = w-1-x, h-1-y
			case 4:
				oy = h - 1 - y
			case 5:
				ox, oy = y, x
			case 6:
				ox, oy = h-1-y, x
			case 7:
				ox, oy = h-1-y, w-1-x
			case 8:
				ox, oy = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(ox, oy):][:4], in.Pix[in.PixOffset(x, y):][:4])
		}
	}
	return out
}
