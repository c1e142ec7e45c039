package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// maxEXIF is how much of an EXIF block is looked at; a JPEG's cannot be
// larger.
const maxEXIF = 64 << 10

// skim runs f over a picture from its beginning. A file that ends or breaks
// where f reads on is no error: f keeps what it found.
func skim(r io.ReadSeeker, f func(b *bufio.Reader) error) error {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	w := &watched{r: r}
	err := f(bufio.NewReader(w))
	if w.err != nil {
		return w.err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// exif returns the EXIF block of a picture (CIPA DC-008), nil if it has none.
func exif(r io.ReadSeeker, format string) (block []byte, err error) {
	take := func(b *bufio.Reader, size int64) error {
		found, err := io.ReadAll(io.LimitReader(b, min(size, maxEXIF)))
		if err != nil {
			return err
		}
		block = found
		return io.EOF
	}
	err = skim(r, func(b *bufio.Reader) error {
		switch format {
		case "jpeg":
			return jpegEXIF(b, take)
		case "png":
			return chunksPNG(b, func(kind string, size int64) error {
				if kind != "eXIf" {
					return nil
				}
				return take(b, size)
			})
		case "webp":
			return chunksWebP(b, func(kind string, size int64) error {
				if kind != "EXIF" {
					return nil
				}
				return take(b, size)
			})
		}
		return nil
	})
	return block, err
}

// animated reports whether a file holds more than one picture.
func animated(r io.ReadSeeker, format string) (found bool, err error) {
	err = skim(r, func(b *bufio.Reader) error {
		switch format {
		case "gif":
			n, err := framesGIF(b)
			found = n > 1
			return err
		case "png":
			return chunksPNG(b, func(kind string, _ int64) error {
				found = found || kind == "acTL"
				return nil
			})
		}
		return nil // an animated WebP is not decoded at all
	})
	return found, err
}

// discard skips more than an int may hold.
func discard(b *bufio.Reader, n int64) error {
	_, err := io.CopyN(io.Discard, b, n)
	return err
}

// jpegEXIF gives the segment that holds EXIF to take. Nothing after the start
// of the picture itself counts.
func jpegEXIF(b *bufio.Reader, take func(*bufio.Reader, int64) error) error {
	const start, app1 = 0xda, 0xe1
	if err := discard(b, 2); err != nil {
		return err
	}
	for {
		marker, err := b.ReadByte()
		if err != nil {
			return err
		}
		if marker != 0xff {
			return nil // not where a segment begins: the decoder will say
		}
		for marker == 0xff {
			if marker, err = b.ReadByte(); err != nil {
				return err
			}
		}
		var size [2]byte
		if _, err := io.ReadFull(b, size[:]); err != nil {
			return err
		}
		length := int64(binary.BigEndian.Uint16(size[:])) - 2
		if marker == start || length < 0 {
			return nil
		}
		if marker == app1 && length > 6 {
			if name, err := b.Peek(6); err == nil && string(name) == "Exif\x00\x00" {
				return take(b, length)
			}
		}
		if err := discard(b, length); err != nil {
			return err
		}
	}
}

// chunksPNG calls f at the content of each chunk; f reads nothing of it, or
// ends the walk.
func chunksPNG(b *bufio.Reader, f func(kind string, size int64) error) error {
	if err := discard(b, 8); err != nil {
		return err
	}
	for {
		var head [8]byte
		if _, err := io.ReadFull(b, head[:]); err != nil {
			return err
		}
		size := int64(binary.BigEndian.Uint32(head[:]))
		if err := f(string(head[4:]), size); err != nil {
			return err
		}
		if err := discard(b, size+4); err != nil { // and its checksum
			return err
		}
	}
}

// chunksWebP is [chunksPNG] for the chunks of a WebP.
func chunksWebP(b *bufio.Reader, f func(kind string, size int64) error) error {
	if err := discard(b, 12); err != nil {
		return err
	}
	for {
		var head [8]byte
		if _, err := io.ReadFull(b, head[:]); err != nil {
			return err
		}
		size := int64(binary.LittleEndian.Uint32(head[4:]))
		if err := f(string(head[:4]), size); err != nil {
			return err
		}
		if err := discard(b, size+size%2); err != nil {
			return err
		}
	}
}

// framesGIF counts the pictures of a GIF, at most two.
func framesGIF(b *bufio.Reader) (n int, err error) {
	var head [13]byte
	if _, err := io.ReadFull(b, head[:]); err != nil {
		return 0, err
	}
	if err := discard(b, colours(head[10])); err != nil {
		return 0, err
	}
	for n < 2 {
		kind, err := b.ReadByte()
		if err != nil {
			return n, err
		}
		switch kind {
		case '!': // an extension: its label, then blocks
			if err := discard(b, 1); err != nil {
				return n, err
			}
		case ',': // a picture
			var frame [9]byte
			if _, err := io.ReadFull(b, frame[:]); err != nil {
				return n, err
			}
			if err := discard(b, colours(frame[8])+1); err != nil {
				return n, err
			}
			n++
		default:
			return n, nil
		}
		if err := blocksGIF(b); err != nil {
			return n, err
		}
	}
	return n, nil
}

// colours returns the size of the colour table that flags announce.
func colours(flags byte) int64 {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

func blocksGIF(b *bufio.Reader) error {
	for {
		size, err := b.ReadByte()
		if err != nil || size == 0 {
			return err
		}
		if err := discard(b, int64(size)); err != nil {
			return err
		}
	}
}
