package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"sala"
	"sala/internal/db"
)

// An Upload is a file on its way in. It comes in parts, so that a line that
// breaks costs one part: whoever sends asks how far it came and goes on there,
// also from another copy of the program.
type Upload struct {
	ID       sala.ID
	Name     string
	Size     int64 // bytes of the whole
	Received int64 // bytes from the beginning that are here
}

// MaxPart is how many bytes a part may have.
const MaxPart = 8 << 20

// uploadsKept is how long an upload waits for its next part.
const uploadsKept = 7 * 24 * time.Hour

// BeginUpload announces a file of size bytes.
func (s *Store) BeginUpload(ctx context.Context, by sala.Actor, name string, size int64) (Upload, error) {
	if by.Role < sala.Contributor {
		return Upload{}, fmt.Errorf("upload: %w", sala.ErrForbidden)
	}
	switch {
	case size <= 0:
		return Upload{}, sala.Invalid{{Field: "size", Key: "studio.media.empty", Text: "the file is empty"}}
	case size > s.MaxBytes:
		return Upload{}, sala.Invalid{{Field: "size", Key: "studio.media.too_big", Text: fmt.Sprintf("the file has more than %d MB", s.MaxBytes>>20)}}
	}
	u := Upload{ID: sala.NewID(), Name: SafeName(name), Size: size}
	return u, s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.ExecOne(ctx, `INSERT INTO media_upload (id, name, size, by_id, by_whom, begun) VALUES (?, ?, ?, ?, ?, ?)`,
			u.ID, u.Name, u.Size, by.ID, by.Name, db.At(tx.Now))
	})
}

// Upload returns how far an upload came. It is only for whoever began it.
func (s *Store) Upload(ctx context.Context, by sala.Actor, id sala.ID) (Upload, error) {
	type row struct {
		Name string `bun:"name"`
		Size int64  `bun:"size"`
	}
	r, err := db.One[row](ctx, s.db, `SELECT name, size FROM media_upload WHERE id = ? AND by_id = ?`, id, by.ID)
	if err != nil {
		return Upload{}, fmt.Errorf("upload %s: %w", id, err)
	}
	parts, err := s.parts(ctx, s.db, id)
	if err != nil {
		return Upload{}, err
	}
	u := Upload{ID: id, Name: r.Name, Size: r.Size}
	for _, p := range parts {
		if p.Start != u.Received {
			break
		}
		u.Received += p.Size
	}
	return u, nil
}

type part struct {
	Start int64  `bun:"start"`
	Size  int64  `bun:"size"`
	Hash  string `bun:"hash"`
}

func (s *Store) parts(ctx context.Context, r db.Reader, upload sala.ID) ([]part, error) {
	parts, err := db.All[part](ctx, r, `SELECT start, size, hash FROM media_upload_part WHERE upload = ? ORDER BY start`, upload)
	if err != nil {
		return nil, fmt.Errorf("upload %s: %w", upload, err)
	}
	return parts, nil
}

// AddPart takes the part of an upload that begins at byte start. A part that
// is here already is taken again without harm; one that leaves a gap or goes
// beyond the end is [sala.ErrConflict], and the sender asks how far it came.
func (s *Store) AddPart(ctx context.Context, by sala.Actor, id sala.ID, start int64, r io.Reader) (Upload, error) {
	u, err := s.Upload(ctx, by, id)
	if err != nil {
		return u, err
	}
	if start > u.Received || start < 0 {
		return u, fmt.Errorf("upload %s has %d bytes, the part begins at %d: %w", id, u.Received, start, sala.ErrConflict)
	}
	hash, size, err := s.blobs.Put(ctx, &limited{r: r, left: MaxPart, limit: MaxPart})
	switch {
	case errors.Is(err, ErrTooBig):
		return u, sala.Invalid{{Field: "part", Key: "studio.media.part_too_big", Text: err.Error()}}
	case err != nil:
		return u, err
	case size == 0 || start+size > u.Size:
		return u, fmt.Errorf("upload %s has %d bytes in all, the part ends at %d: %w", id, u.Size, start+size, sala.ErrConflict)
	case start < u.Received: // sent again, because the answer was lost
		return u, nil
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO media_upload_part (upload, start, size, hash) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, id, start, size, hash)
		return err
	})
	if err != nil {
		return u, fmt.Errorf("upload %s: %w", id, err)
	}
	// The same bytes may have been dropped with another upload just now.
	if has, err := s.blobs.Has(ctx, hash); err != nil || !has {
		undo := s.db.Tx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM media_upload_part WHERE upload = ? AND start = ?`, id, start)
			return err
		})
		return u, errors.Join(fmt.Errorf("upload %s: the part was not kept, send it again", id), err, undo)
	}
	return s.Upload(ctx, by, id)
}

// FinishUpload makes a file of an upload that is whole.
func (s *Store) FinishUpload(ctx context.Context, by sala.Actor, id sala.ID) (File, error) {
	u, err := s.Upload(ctx, by, id)
	if err != nil {
		return File{}, err
	}
	if u.Received != u.Size {
		return File{}, fmt.Errorf("upload %s has %d of %d bytes: %w", id, u.Received, u.Size, sala.ErrConflict)
	}
	parts, err := s.parts(ctx, s.db, id)
	if err != nil {
		return File{}, err
	}
	f, err := s.Add(ctx, by, u.Name, &joined{ctx: ctx, s: s, parts: parts})
	if err != nil {
		return File{}, err
	}
	return f, s.forget(ctx, id, f.Hash)
}

// forget drops an upload and those of its parts that nothing else needs. The
// blobs are removed last: if the program stops before, ForgetUploads finds no
// row and the blobs are only waste.
func (s *Store) forget(ctx context.Context, id sala.ID, keep string) error {
	parts, err := s.parts(ctx, s.db, id)
	if err != nil {
		return err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM media_upload_part WHERE upload = ?`, id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM media_upload WHERE id = ?`, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget upload %s: %w", id, err)
	}
	for _, p := range parts {
		used, err := s.Holding(ctx, p.Hash)
		if err != nil {
			return err
		}
		if used == 0 && p.Hash != keep {
			if err := s.blobs.Delete(ctx, p.Hash); err != nil {
				return err
			}
		}
	}
	return nil
}

// ForgetUploads drops the uploads that nobody went on with.
func (s *Store) ForgetUploads(ctx context.Context) error {
	old, err := db.All[sala.ID](ctx, s.db, `SELECT id FROM media_upload WHERE begun < ?`, db.At(s.db.Now().Add(-uploadsKept)))
	if err != nil {
		return fmt.Errorf("uploads: %w", err)
	}
	for _, id := range old {
		if err := s.forget(ctx, id, ""); err != nil {
			return err
		}
	}
	return nil
}

// joined reads parts one after the other.
type joined struct {
	ctx   context.Context
	s     *Store
	parts []part
	open  io.ReadCloser
}

func (j *joined) Read(b []byte) (int, error) {
	for {
		if j.open == nil {
			if len(j.parts) == 0 {
				return 0, io.EOF
			}
			f, err := j.s.blobs.Open(j.ctx, j.parts[0].Hash)
			if err != nil {
				return 0, err
			}
			j.open, j.parts = f, j.parts[1:]
		}
		n, err := j.open.Read(b)
		if errors.Is(err, io.EOF) {
			err = j.open.Close()
			j.open = nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}
