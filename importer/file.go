package importer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/media"
)

// File stores a file: its bytes at once, what is said of it with the next
// transaction.
func (s *Store) File(ctx context.Context, f File) error {
	id := f.Origin.ID()
	lang := f.Lang
	if lang == "" {
		lang = s.lang()
	}
	m := media.File{ID: id, Name: f.Name, URL: f.URL, Public: f.Public}
	for _, text := range []struct {
		to   *sala.Text
		said string
	}{{&m.Title, f.Title}, {&m.Alt, f.Alt}, {&m.Caption, f.Caption}, {&m.About, f.About}} {
		if text.said != "" {
			*text.to = sala.Text{lang: text.said}
		}
	}
	if !f.Owner.IsZero() {
		m.Owner = sala.Ref{Kind: sala.KindWork, ID: f.Owner.ID()}
	}
	if len(f.Meta) > 0 {
		b, err := json.Marshal(f.Meta)
		if err != nil {
			return fmt.Errorf("%s: %q: %w", f.At, f.Title, err)
		}
		m.Meta = b
	}
	if f.Open != nil {
		if err := s.ingest(ctx, f, &m); err != nil {
			return err
		}
	}
	hash, size, err := fingerprint(m)
	if err != nil {
		return fmt.Errorf("%s: %q: %w", f.At, f.Title, err)
	}
	return s.hold(ctx, size, func(ctx context.Context, tx *db.Tx) error {
		same, err := s.seen(ctx, tx, id, sala.KindFile, f.Origin, hash)
		if err != nil {
			return err
		}
		if same {
			if f.Counted != "" {
				s.report.Unchanged++
			}
			return nil
		}
		if err := s.to.Media.Import(ctx, tx, s.by, m); err != nil {
			return fmt.Errorf("%s: %w", f.At, err)
		}
		return s.redirect(ctx, tx, f.Old, archive.Target{Ref: sala.Ref{Kind: sala.KindFile, ID: id}})
	})
}

// ingest stores the bytes of a file. What cannot be read is a doubt, not the
// end of the import.
func (s *Store) ingest(ctx context.Context, f File, m *media.File) (err error) {
	r, err := f.Open()
	if err != nil {
		s.report.Doubt(f.At, f.Title, "its file cannot be opened: %v", err)
		return ctx.Err()
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	st, err := s.to.Media.Ingest(ctx, r)
	if err != nil {
		s.report.Doubt(f.At, f.Title, "its file cannot be stored: %v", err)
		return ctx.Err()
	}
	m.Hash, m.Size, m.Type, m.Width, m.Height, m.Doubt = st.Hash, st.Size, st.Type, st.Width, st.Height, st.Doubt
	if st.Doubt != "" {
		s.report.Doubt(f.At, f.Title, "%s", st.Doubt)
	}
	return nil
}
