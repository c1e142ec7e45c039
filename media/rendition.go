package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"

	"sala"
	"sala/internal/db"
)

// widths are those a picture is offered in: a phone, a dense phone, a screen.
var widths = []int{320, 640, 1280}

// MakeRenditions makes the renditions of the picture stored under hash. It is
// a job, and safe to repeat.
func (s *Store) MakeRenditions(ctx context.Context, hash string) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	made, err := s.render(ctx, hash)
	var unreadable errUnreadable
	switch {
	case errors.As(err, &unreadable): // trying again would not help
		return s.db.Tx(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `UPDATE media_file SET width = 0, height = 0, doubt = ? WHERE hash = ?`, unreadable.Error(), hash); err != nil {
				return err
			}
			return s.changed(ctx, tx, hash)
		})
	case err != nil:
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, r := range made {
			_, err := tx.Exec(ctx, `
				INSERT INTO media_rendition (source, width, height, type, hash, size) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT (source, width) DO UPDATE SET height = excluded.height, type = excluded.type, hash = excluded.hash, size = excluded.size`,
				r.Source, r.Width, r.Height, r.Type, r.Hash, r.Size)
			if err != nil {
				return fmt.Errorf("rendition of %s: %w", hash, err)
			}
		}
		return s.changed(ctx, tx, hash)
	})
}

// changed logs that the files of these bytes look different now.
func (s *Store) changed(ctx context.Context, tx *db.Tx, hash string) error {
	ids, err := db.All[sala.ID](ctx, tx, `SELECT id FROM media_file WHERE hash = ?`, hash)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindFile, ID: id}, "rendered", sala.Machine("jobs")); err != nil {
			return err
		}
	}
	return nil
}

// errUnreadable is a picture that cannot be decoded.
type errUnreadable struct{ error }

func (s *Store) render(ctx context.Context, hash string) ([]Rendition, error) {
	f, err := s.blobs.Open(ctx, hash)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	source, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read picture %s: %w", hash, err)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(source))
	if err != nil {
		return nil, errUnreadable{fmt.Errorf("the picture cannot be read: %w", err)}
	}
	if int64(config.Width)*int64(config.Height) > MaxPixels {
		return nil, errUnreadable{fmt.Errorf("the picture declares %d×%d pixels", config.Width, config.Height)}
	}
	picture, _, err := image.Decode(bytes.NewReader(source))
	if err != nil {
		return nil, errUnreadable{fmt.Errorf("the picture cannot be read: %w", err)}
	}
	picture = turn(picture, orientation(source))
	var made []Rendition
	at := picture // each width is made from the next larger: the sum of work is that of the first
	sizes := fitting(picture.Bounds().Dx())
	for i := len(sizes) - 1; i >= 0; i-- {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		at = scale(at, sizes[i])
		b, kind, err := encode(at)
		if err != nil {
			return nil, fmt.Errorf("encode picture %s: %w", hash, err)
		}
		r := Rendition{Source: hash, Width: at.Bounds().Dx(), Height: at.Bounds().Dy(), Type: kind}
		if r.Hash, r.Size, err = s.blobs.Put(ctx, bytes.NewReader(b)); err != nil {
			return nil, err
		}
		made = append(made, r)
	}
	return made, nil
}

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

func scale(src image.Image, width int) image.Image {
	b := src.Bounds()
	height := max(1, (b.Dy()*width+b.Dx()/2)/b.Dx())
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	if b.Dx() == width {
		draw.Draw(out, out.Bounds(), src, b.Min, draw.Src)
		return out
	}
	draw.CatmullRom.Scale(out, out.Bounds(), src, b, draw.Src, nil)
	return out
}

// encode writes a photograph as JPEG and a drawing, or what is see-through,
// as PNG, whichever is smaller where both would do.
func encode(m image.Image) ([]byte, string, error) {
	var asPNG, asJPEG bytes.Buffer
	opaque := true
	if o, ok := m.(interface{ Opaque() bool }); ok {
		opaque = o.Opaque()
	}
	if err := jpeg.Encode(&asJPEG, m, &jpeg.Options{Quality: 82}); err != nil {
		return nil, "", err
	}
	if !opaque || fewColours(m) {
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		if err := encoder.Encode(&asPNG, m); err != nil {
			return nil, "", err
		}
		if !opaque || asPNG.Len() <= asJPEG.Len() {
			return asPNG.Bytes(), "image/png", nil
		}
	}
	return asJPEG.Bytes(), "image/jpeg", nil
}

// fewColours reports whether a sample of the picture has the few colours of a
// drawing: encoding a photograph as PNG only to see it is larger takes long.
func fewColours(m image.Image) bool {
	b := m.Bounds()
	seen := map[[3]uint32]bool{}
	for y := b.Min.Y; y < b.Max.Y; y += max(1, b.Dy()/64) {
		for x := b.Min.X; x < b.Max.X; x += max(1, b.Dx()/64) {
			r, g, bl, _ := m.At(x, y).RGBA()
			seen[[3]uint32{r >> 11, g >> 11, bl >> 11}] = true
		}
	}
	return len(seen) < 200
}
