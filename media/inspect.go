package media

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // the formats that can be read
	_ "image/jpeg" //
	_ "image/png"  //
	"io"

	_ "golang.org/x/image/webp" // and this one
)

const (
	// MaxPixels is the number of pixels above which a picture is not decoded:
	// a few bytes can declare billions.
	MaxPixels = 50_000_000
	// maxSide keeps one side in bounds: a picture of one pixel by millions
	// would be larger than any format that browsers show.
	maxSide = 30_000
	// maxScans is how often a progressive JPEG may go over itself. Ten is
	// usual; thousands fit into a small file and take hours.
	maxScans = 100
)

// ErrBomb is a picture that is not decoded, because it would take more memory
// or time than any picture should.
var ErrBomb = errors.New("it is not decoded")

// ErrUnreadable is a picture whose bytes make no picture.
var ErrUnreadable = errors.New("the picture cannot be read")

// shape is what is known of a picture before it is decoded.
type shape struct {
	width, height int // upright
	orientation   int
	animated      bool
}

// inspect reads the head of a picture. It returns [ErrBomb] or
// [ErrUnreadable] for one that must not or cannot be decoded; any other error
// is that of the reader.
func inspect(r io.ReadSeeker) (shape, error) {
	w := &watched{r: r}
	config, format, err := image.DecodeConfig(bufio.NewReader(w))
	switch {
	case w.err != nil:
		return shape{}, w.err
	case err != nil:
		return shape{}, fmt.Errorf("%w: %w", ErrUnreadable, err)
	case config.Width <= 0 || config.Height <= 0:
		return shape{}, fmt.Errorf("%w: it has no size", ErrUnreadable)
	case int64(config.Width)*int64(config.Height) > MaxPixels:
		return shape{}, fmt.Errorf("the picture declares %d×%d pixels, more than %d million: %w", config.Width, config.Height, MaxPixels/1_000_000, ErrBomb)
	case config.Width > maxSide || config.Height > maxSide:
		return shape{}, fmt.Errorf("the picture declares %d×%d pixels, more than %d on one side: %w", config.Width, config.Height, maxSide, ErrBomb)
	}
	if format == "jpeg" {
		switch n, err := scans(r); {
		case err != nil:
			return shape{}, err
		case n > maxScans:
			return shape{}, fmt.Errorf("the picture is drawn in %d layers, more than %d: %w", n, maxScans, ErrBomb)
		}
	}
	s := shape{width: config.Width, height: config.Height}
	if s.orientation, err = orientation(r, format); err != nil {
		return shape{}, err
	}
	if s.orientation >= 5 {
		s.width, s.height = s.height, s.width
	}
	s.animated, err = animated(r, format)
	return s, err
}

// decode returns the first picture of a file that [inspect] found harmless.
func decode(r io.ReadSeeker) (image.Image, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	w := &watched{r: r}
	m, _, err := image.Decode(bufio.NewReader(w))
	switch {
	case w.err != nil:
		return nil, w.err
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	case m.Bounds().Empty():
		return nil, fmt.Errorf("%w: it has no size", ErrUnreadable)
	}
	return m, nil
}

// watched remembers that reading itself failed, which says nothing about the
// picture.
type watched struct {
	r   io.Reader
	err error
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// scans counts the scans of a JPEG. Within a scan its marker cannot occur; in
// other data it may by chance, for which maxScans leaves room.
func scans(r io.ReadSeeker) (int, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	n := 0
	block := make([]byte, 64<<10)
	last := byte(0)
	for {
		size, err := r.Read(block)
		if size > 0 {
			n += bytes.Count(block[:size], []byte{0xff, 0xda})
			if last == 0xff && block[0] == 0xda {
				n++
			}
			last = block[size-1]
		}
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}
