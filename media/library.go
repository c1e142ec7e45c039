package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
)

// Add stores a file that somebody gives: its bytes and its name. It is not
// public until [Store.SetPublic].
func (s *Store) Add(ctx context.Context, by sala.Actor, name string, r io.Reader) (File, error) {
	return s.Give(ctx, by, name, r, Given{})
}

// A Given says more of a file that comes in.
type Given struct {
	Owner sala.Ref  // the work it goes with
	Alt   sala.Text // what can be seen in it
	Most  int64     // bytes, 0 for what the store takes
	// Note is called within the transaction that stores the file.
	Note func(ctx context.Context, tx *db.Tx, f File) error
}

// Give is [Store.Add] of a file of which more is known.
func (s *Store) Give(ctx context.Context, by sala.Actor, name string, r io.Reader, g Given) (File, error) {
	if by.Role < sala.Contributor {
		return File{}, fmt.Errorf("add a file: %w", sala.ErrForbidden)
	}
	if g.Most > 0 {
		r = &limited{r: r, left: g.Most, limit: g.Most}
	}
	st, err := s.Ingest(ctx, r)
	if errors.Is(err, ErrTooBig) {
		return File{}, sala.Invalid{{Field: "file", Key: "studio.media.too_big", Text: err.Error()}}
	}
	if err != nil {
		return File{}, err
	}
	if st.Size == 0 {
		return File{}, sala.Invalid{{Field: "file", Key: "studio.media.empty", Text: "the file is empty"}}
	}
	id := sala.NewID()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `
			INSERT INTO media_file (id, name, hash, type, size, width, height, title, alt, caption, about, url,
				owner_kind, owner, public, doubt, meta, created, changed)
			VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, '', '', '', ?, ?, ?, ?, '', ?, ?)`,
			id, SafeName(name), st.Hash, st.Type, st.Size, st.Width, st.Height, g.Alt.Stored(), g.Owner.Kind, g.Owner.ID, false, st.Doubt, db.At(tx.Now), db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("add a file: %w", err)
		}
		if st.Width > 0 {
			if err := s.jobs.Enqueue(ctx, tx, renditionsJob, st.Hash); err != nil {
				return err
			}
		}
		if g.Note != nil {
			if err := g.Note(ctx, tx, File{ID: id, Name: SafeName(name), Hash: st.Hash, Type: st.Type, Size: st.Size, Owner: g.Owner}); err != nil {
				return err
			}
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindFile, ID: id}, "added", by)
	})
	if err != nil {
		return File{}, err
	}
	return s.File(ctx, id)
}

// A Wording is what is said of a file.
type Wording struct {
	Name    string
	Title   sala.Text
	Alt     sala.Text
	Caption sala.Text
	About   sala.Text
	Owner   sala.Ref // the work it belongs to and goes with, zero if it stands for itself
}

// Wording is what is said of f.
func (f File) Wording() Wording {
	return Wording{Name: f.Name, Title: f.Title, Alt: f.Alt, Caption: f.Caption, About: f.About, Owner: f.Owner}
}

// Describe sets what is said of a file. was is the [sala.Mark] of the
// [File.Wording] that the writer had before them: if it has changed since, it
// returns [sala.ErrConflict]. Translators may: an alternative text is a text.
func (s *Store) Describe(ctx context.Context, by sala.Actor, id sala.ID, was string, w Wording) error {
	if by.Role < sala.Translator {
		return fmt.Errorf("describe file %s: %w", id, sala.ErrForbidden)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		// Held until the transaction ends: where several may write at once, two
		// descriptions must not pass each other.
		if err := tx.ExecOne(ctx, `UPDATE media_file SET changed = changed WHERE id = ?`, id); err != nil {
			return fmt.Errorf("describe file %s: %w", id, err)
		}
		row, err := db.One[fileRow](ctx, tx, `SELECT `+fileColumns+` FROM media_file f WHERE f.id = ?`, id)
		if err != nil {
			return fmt.Errorf("describe file %s: %w", id, err)
		}
		had, err := row.file()
		if err != nil {
			return err
		}
		if sala.Mark(had.Wording()) != was {
			return fmt.Errorf("describe file %s, which was described meanwhile: %w", id, sala.ErrConflict)
		}
		err = tx.ExecOne(ctx, `
			UPDATE media_file SET name = ?, title = ?, alt = ?, caption = ?, about = ?, owner_kind = ?, owner = ?, changed = ? WHERE id = ?`,
			SafeName(w.Name), w.Title.Stored(), w.Alt.Stored(), w.Caption.Stored(), w.About.Stored(), w.Owner.Kind, w.Owner.ID, db.At(tx.Now), id)
		if err != nil {
			return fmt.Errorf("describe file %s: %w", id, err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindFile, ID: id}, "described", by)
	})
}

// SetPublic makes a file public or takes it back. A picture becomes public
// only when it was said whether people can be recognised in it, and, if so,
// while their consent stands.
func (s *Store) SetPublic(ctx context.Context, by sala.Actor, id sala.ID, public bool) error {
	if by.Role < sala.Editor {
		return fmt.Errorf("publish file %s: %w", id, sala.ErrForbidden)
	}
	f, err := s.File(ctx, id)
	if err != nil {
		return err
	}
	if public && !f.Public {
		switch {
		case f.Hash == "":
			return sala.Invalid{{Field: "public", Key: "studio.media.no_bytes", Text: "the file itself is not here"}}
		case isPicture(f.Type) && f.People == PeopleUnknown:
			return sala.Invalid{{Field: "people", Key: "studio.media.people_missing", Text: "say whether people can be recognised in the picture"}}
		case f.Hold != sala.NotHeld:
			return sala.Invalid{{Field: "consent", Key: "studio.media.consent_" + string(f.Hold), Text: "the consent of a person in the picture is " + string(f.Hold)}}
		}
	}
	what := "published"
	if !public {
		what = "withdrawn"
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.ExecOne(ctx, `UPDATE media_file SET public = ?, changed = ? WHERE id = ?`, public, db.At(tx.Now), id); err != nil {
			return fmt.Errorf("publish file %s: %w", id, err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindFile, ID: id}, what, by)
	})
}

// A Filter narrows the library.
type Filter struct {
	Words    string   // in the name or in what is said of it
	Pictures bool     // only pictures
	Plain    bool     // only what is no picture
	NoAlt    bool     // only pictures without an alternative text in any language
	Held     bool     // only what is public and held back
	Owner    sala.Ref // only what belongs to this
	Before   sala.ID  // only what came before this file: the key of the next page
	Limit    int
}

// noAlt is the condition that a picture says nothing to those who cannot see.
const noAlt = `f.width > 0 AND f.alt = ''`

// WithoutAlt returns how many pictures have no alternative text.
func (s *Store) WithoutAlt(ctx context.Context) (int, error) {
	n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM media_file f WHERE `+noAlt)
	if err != nil {
		return 0, fmt.Errorf("pictures without an alternative text: %w", err)
	}
	return n, nil
}

// Library returns files, newest first. Only those who work on the record may
// read it.
func (s *Store) Library(ctx context.Context, by sala.Actor, f Filter) ([]File, error) {
	if by.Role < sala.Contributor {
		return nil, fmt.Errorf("library: %w", sala.ErrForbidden)
	}
	where, args := []string{"1 = 1"}, []any{}
	if words := strings.Fields(strings.ToLower(f.Words)); len(words) > 0 {
		for _, w := range words {
			where = append(where, `LOWER(f.name || ' ' || f.title || ' ' || f.alt || ' ' || f.caption) LIKE ? ESCAPE '\'`)
			args = append(args, "%"+strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(w)+"%")
		}
	}
	if f.Pictures {
		where = append(where, `f.width > 0`)
	}
	if f.Plain {
		where = append(where, `f.width = 0`)
	}
	if f.NoAlt {
		where = append(where, noAlt)
	}
	if f.Held {
		where = append(where, `f.public AND f.hash IN (SELECT p.hash FROM media_people p)`)
	}
	if !f.Owner.IsZero() {
		where = append(where, `f.owner_kind = ? AND f.owner = ?`)
		args = append(args, f.Owner.Kind, f.Owner.ID)
	}
	if f.Before != "" {
		where = append(where, `(f.created, f.id) < (SELECT b.created, b.id FROM media_file b WHERE b.id = ?)`)
		args = append(args, f.Before)
	}
	query := `SELECT ` + fileColumns + ` FROM media_file f WHERE ` + strings.Join(where, " AND ") + ` ORDER BY f.created DESC, f.id DESC`
	if !f.Held {
		return s.list(ctx, query+` LIMIT ?`, append(args, f.Limit)...)
	}
	// What is held follows from days that SQL does not weigh; the pictures of
	// whose people something was said are few.
	files, err := s.list(ctx, query, args...)
	files = slices.DeleteFunc(files, func(file File) bool { return file.Hold == sala.NotHeld })
	return files[:min(f.Limit, len(files))], err
}

// Holding returns how many files, renditions and parts have the bytes of a
// hash: as long as any does, the blob is needed.
func (s *Store) Holding(ctx context.Context, hash string) (int, error) {
	n, err := db.One[int](ctx, s.db, `
		SELECT (SELECT COUNT(*) FROM media_file WHERE hash = ?) + (SELECT COUNT(*) FROM media_rendition WHERE hash = ?)
			+ (SELECT COUNT(*) FROM media_upload_part WHERE hash = ?)`, hash, hash, hash)
	if err != nil {
		return 0, fmt.Errorf("files of %s: %w", hash, err)
	}
	return n, nil
}
