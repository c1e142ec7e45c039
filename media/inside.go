package media

import (
	"context"
	"fmt"
	"io"

	"sala"
)

// Picture returns a rendition of a picture, public or not, about as wide as
// asked, for those who work on the record. One that has no rendition yet gets
// its renditions first. A picture that a person's consent hides is shown to
// editors alone, who must be able to tell which it is.
func (s *Store) Picture(ctx context.Context, by sala.Actor, id sala.ID, width int) (io.ReadSeekCloser, Rendition, error) {
	if by.Role < sala.Contributor {
		return nil, Rendition{}, fmt.Errorf("picture %s: %w", id, sala.ErrForbidden)
	}
	f, err := s.File(ctx, id)
	if err != nil {
		return nil, Rendition{}, err
	}
	if f.Hold != sala.NotHeld && by.Role < sala.Editor {
		return nil, Rendition{}, fmt.Errorf("picture %s: %w", id, sala.ErrForbidden)
	}
	if f.IsPicture() && f.Hash != "" && len(f.Renditions) == 0 {
		if err := s.MakeRenditions(ctx, f.Hash); err != nil {
			return nil, Rendition{}, err
		}
		if f, err = s.File(ctx, id); err != nil {
			return nil, Rendition{}, err
		}
	}
	r, ok := f.Rendition(width)
	if !ok {
		return nil, Rendition{}, fmt.Errorf("picture %s has no rendition: %w", id, sala.ErrNotFound)
	}
	body, err := s.blobs.Open(ctx, r.Hash)
	return body, r, err
}

// Plain returns a file that is no picture, public or not, as a download for
// those who work on the record. A picture as it came is given to nobody.
func (s *Store) Plain(ctx context.Context, by sala.Actor, id sala.ID) (Served, error) {
	if by.Role < sala.Contributor {
		return Served{}, fmt.Errorf("file %s: %w", id, sala.ErrForbidden)
	}
	f, err := s.File(ctx, id)
	if err != nil {
		return Served{}, err
	}
	if f.IsPicture() || f.Hash == "" {
		return Served{}, fmt.Errorf("file %s has no bytes to give: %w", id, sala.ErrNotFound)
	}
	body, err := s.blobs.Open(ctx, f.Hash)
	if err != nil {
		return Served{}, err
	}
	kind, _ := delivery(f.Type)
	return Served{Body: body, Hash: f.Hash, Type: kind, Disposition: attachment(f.Name), Policy: sandboxed}, nil
}
