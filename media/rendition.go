package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"

	"sala"
	"sala/internal/db"
)

// A Rendition is a picture re-encoded at one width.
type Rendition struct {
	Source string // hash of the picture as it came
	Width  int    // pixels
	Height int
	Type   string
	Hash   string
	Size   int64 // bytes
}

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
	unshown := errors.Is(err, ErrUnreadable) || errors.Is(err, ErrBomb) // trying again would not help
	if err != nil && !unshown {
		return fmt.Errorf("renditions of %s: %w", hash, err)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if unshown {
			_, err := tx.Exec(ctx, `UPDATE media_file SET width = 0, height = 0, doubt = ?, changed = ? WHERE hash = ?`,
				err.Error(), db.At(tx.Now), hash)
			if err != nil {
				return fmt.Errorf("doubt picture %s: %w", hash, err)
			}
		}
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
	ids, err := db.All[sala.ID](ctx, tx, `SELECT id FROM media_file WHERE hash = ? ORDER BY id`, hash)
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

func (s *Store) render(ctx context.Context, hash string) ([]Rendition, error) {
	found, picture, err := s.picture(ctx, hash)
	if err != nil {
		return nil, err
	}
	// A GIF's first picture may be smaller than what the file declares.
	width, height := picture.Bounds().Dx(), picture.Bounds().Dy()
	lying := found.orientation >= 5
	if lying {
		width, height = height, width
	}
	var made []Rendition
	sizes := fitting(width)
	for i := len(sizes) - 1; i >= 0; i-- { // each from the next larger, so that only the first is much work
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		w, h := sizes[i], max(1, (height*sizes[i]+width/2)/width)
		var small *image.RGBA
		if lying {
			small = scale(picture, h, w)
		} else {
			small = scale(picture, w, h)
		}
		picture = small
		b, kind, err := encode(turn(small, found.orientation)) // turned when small: it takes memory twice
		if err != nil {
			return nil, fmt.Errorf("encode: %w", err)
		}
		r := Rendition{Source: hash, Width: w, Height: h, Type: kind}
		if r.Hash, r.Size, err = s.blobs.Put(ctx, bytes.NewReader(b)); err != nil {
			return nil, err
		}
		made = append(made, r)
	}
	return made, nil
}

// picture decodes what is stored under hash.
func (s *Store) picture(ctx context.Context, hash string) (found shape, m image.Image, err error) {
	f, err := s.blobs.Open(ctx, hash)
	if err != nil {
		return shape{}, nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if found, err = inspect(f); err != nil {
		return shape{}, nil, err
	}
	m, err = decode(f)
	return found, m, err
}
