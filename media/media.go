// Package media keeps files and pictures. Bytes are stored once, by content;
// a [File] is what the record says of them: name, title, alternative text and
// caption by language, whom it belongs to, whether it is public.
//
// A picture as it came is never public, because cameras and telephones write
// into it where and when it was taken. What readers see are renditions: the
// picture decoded and encoded anew in sensible widths. What a file is follows
// from its bytes, never from its name.
package media

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sala"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/jobs"
)

// A File is a file or picture of the record.
type File struct {
	ID         sala.ID
	Name       string // base name, safe to put into an address
	Hash       string // "" while its bytes are not here
	Type       string // media type, by its bytes
	Size       int64  // bytes
	Width      int    // pixels, 0 if it is no picture
	Height     int
	Title      sala.Text
	Alt        sala.Text
	Caption    sala.Text
	About      sala.Text
	URL        string   // where it was before
	Owner      sala.Ref // what it belongs to, zero if nothing
	Public     bool
	People     People    // whether somebody can be recognised in it
	Hold       sala.Hold // why it is not shown though it is public
	Doubt      string    // why it cannot be shown as it should, "" if it can
	Meta       json.RawMessage
	Created    time.Time
	Changed    time.Time
	Renditions []Rendition // narrowest first
}

// IsPicture reports whether f is a picture that can be shown.
func (f File) IsPicture() bool { return f.Width > 0 }

// A Store keeps files: what is said of them in a database, their bytes in a
// blob store.
type Store struct {
	MaxBytes int64 // the size above which a file is refused; it may be set before use

	db    *db.DB
	blobs blob.Store
	jobs  *jobs.Queue
	turn  chan struct{} // one picture is decoded at a time
}

const renditionsJob = "media.renditions"

// NewStore returns the files in d and blobs. It registers its jobs with q.
func NewStore(d *db.DB, blobs blob.Store, q *jobs.Queue) *Store {
	s := &Store{MaxBytes: MaxBytes, db: d, blobs: blobs, jobs: q, turn: make(chan struct{}, 1)}
	q.Register(renditionsJob, s.MakeRenditions)
	q.Register(consentJob, s.endConsent)
	return s
}

type fileRow struct {
	ID        sala.ID   `bun:"id"`
	Name      string    `bun:"name"`
	Hash      string    `bun:"hash"`
	Type      string    `bun:"type"`
	Size      int64     `bun:"size"`
	Width     int       `bun:"width"`
	Height    int       `bun:"height"`
	Title     string    `bun:"title"`
	Alt       string    `bun:"alt"`
	Caption   string    `bun:"caption"`
	About     string    `bun:"about"`
	URL       string    `bun:"url"`
	OwnerKind sala.Kind `bun:"owner_kind"`
	Owner     sala.ID   `bun:"owner"`
	Public    bool      `bun:"public"`
	Doubt     string    `bun:"doubt"`
	Meta      string    `bun:"meta"`
	Created   time.Time `bun:"created"`
	Changed   time.Time `bun:"changed"`
}

const fileColumns = `f.id, f.name, f.hash, f.type, f.size, f.width, f.height, f.title, f.alt, f.caption, f.about, f.url,
	f.owner_kind, f.owner, f.public, f.doubt, f.meta, f.created, f.changed`

func (r fileRow) file() (File, error) {
	f := File{
		ID: r.ID, Name: r.Name, Hash: r.Hash, Type: r.Type, Size: r.Size, Width: r.Width, Height: r.Height, URL: r.URL,
		Owner: sala.Ref{Kind: r.OwnerKind, ID: r.Owner}, Public: r.Public, Doubt: r.Doubt, Meta: json.RawMessage(r.Meta),
		Created: r.Created.UTC(), Changed: r.Changed.UTC(),
	}
	for _, t := range []struct {
		to     *sala.Text
		stored string
	}{{&f.Title, r.Title}, {&f.Alt, r.Alt}, {&f.Caption, r.Caption}, {&f.About, r.About}} {
		text, err := sala.ScanText(t.stored)
		if err != nil {
			return f, fmt.Errorf("file %s: %w", r.ID, err)
		}
		*t.to = text
	}
	return f, nil
}

// File returns a file, public or not: who may see it is for the caller to
// decide by [File.Shown]. It returns [sala.ErrNotFound] if there is none.
func (s *Store) File(ctx context.Context, id sala.ID) (File, error) {
	files, err := s.Files(ctx, []sala.ID{id})
	if err != nil {
		return File{}, err
	}
	f, ok := files[id]
	if !ok {
		return File{}, fmt.Errorf("file %s: %w", id, sala.ErrNotFound)
	}
	return f, nil
}

// Files returns those of the files that exist.
func (s *Store) Files(ctx context.Context, ids []sala.ID) (map[sala.ID]File, error) {
	found := map[sala.ID]File{}
	if len(ids) == 0 {
		return found, nil
	}
	files, err := s.list(ctx, `SELECT `+fileColumns+` FROM media_file f WHERE f.id IN (?)`, db.In(ids))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		found[f.ID] = f
	}
	return found, nil
}

// OwnedBy returns the public files that belong to a thing, by name, those
// held back among them.
func (s *Store) OwnedBy(ctx context.Context, owner sala.Ref) ([]File, error) {
	return s.list(ctx, `
		SELECT `+fileColumns+` FROM media_file f
		WHERE f.owner_kind = ? AND f.owner = ? AND f.public ORDER BY f.name, f.id`, owner.Kind, owner.ID)
}

// Public returns the public files after a file, by id, at most limit, those
// held back among them.
func (s *Store) Public(ctx context.Context, after sala.ID, limit int) ([]File, error) {
	return s.list(ctx, `SELECT `+fileColumns+` FROM media_file f WHERE f.public AND f.id > ? ORDER BY f.id LIMIT ?`, after, limit)
}

func (s *Store) list(ctx context.Context, query string, args ...any) ([]File, error) {
	rows, err := db.All[fileRow](ctx, s.db, query, args...)
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	files := make([]File, len(rows))
	var hashes []string
	for i, r := range rows {
		if files[i], err = r.file(); err != nil {
			return nil, err
		}
		if r.Hash != "" {
			hashes = append(hashes, r.Hash)
		}
	}
	if len(hashes) == 0 {
		return files, nil
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	recognisable, consents, err := s.people(ctx, hashes)
	if err != nil {
		return nil, err
	}
	today := sala.DayOf(s.db.Now())
	for i, f := range files {
		said, known := recognisable[f.Hash]
		switch {
		case known && said:
			files[i].People = Recognisable
		case known:
			files[i].People = NoPeople
		}
		files[i].Hold = sala.HoldOn(today, said, consents[f.Hash])
	}
	type row struct {
		Source string `bun:"source"`
		Width  int    `bun:"width"`
		Height int    `bun:"height"`
		Type   string `bun:"type"`
		Hash   string `bun:"hash"`
		Size   int64  `bun:"size"`
	}
	renditions, err := db.All[row](ctx, s.db, `
		SELECT source, width, height, type, hash, size FROM media_rendition WHERE source IN (?) ORDER BY width`,
		db.In(hashes))
	if err != nil {
		return nil, fmt.Errorf("renditions: %w", err)
	}
	for _, r := range renditions {
		for i := range files {
			if files[i].Hash == r.Source {
				files[i].Renditions = append(files[i].Renditions, Rendition(r))
			}
		}
	}
	return files, nil
}

// Import stores what is said of a file under the importer's id, or brings it
// up to date. Its bytes were given to [Store.Ingest] before; bytes that are
// here stay if it now comes without.
func (s *Store) Import(ctx context.Context, tx *db.Tx, by sala.Actor, f File) error {
	if by.Role < sala.Admin {
		return fmt.Errorf("import file %s: %w", f.ID, sala.ErrForbidden)
	}
	err := tx.ExecOne(ctx, `
		INSERT INTO media_file AS f (id, name, hash, type, size, width, height, title, alt, caption, about, url,
			owner_kind, owner, public, doubt, meta, created, changed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET
			name = excluded.name,
			hash   = CASE WHEN excluded.hash = '' THEN f.hash ELSE excluded.hash END,
			type   = CASE WHEN excluded.hash = '' THEN f.type ELSE excluded.type END,
			size   = CASE WHEN excluded.hash = '' THEN f.size ELSE excluded.size END,
			width  = CASE WHEN excluded.hash = '' THEN f.width ELSE excluded.width END,
			height = CASE WHEN excluded.hash = '' THEN f.height ELSE excluded.height END,
			title = excluded.title, alt = excluded.alt, caption = excluded.caption,
			about = excluded.about, url = excluded.url, owner_kind = excluded.owner_kind, owner = excluded.owner,
			public = excluded.public, doubt = excluded.doubt, meta = excluded.meta, changed = excluded.changed`,
		f.ID, SafeName(f.Name), f.Hash, f.Type, f.Size, f.Width, f.Height, f.Title.Stored(), f.Alt.Stored(), f.Caption.Stored(),
		f.About.Stored(), f.URL, f.Owner.Kind, f.Owner.ID, f.Public, f.Doubt, string(f.Meta), db.At(tx.Now), db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("import file %s: %w", f.ID, err)
	}
	if f.IsPicture() && f.Hash != "" {
		if err := s.jobs.Enqueue(ctx, tx, renditionsJob, f.Hash); err != nil {
			return err
		}
	}
	return tx.Changed(ctx, sala.Ref{Kind: sala.KindFile, ID: f.ID}, "imported", by)
}

// Missing returns the files whose bytes should be here and are not.
func (s *Store) Missing(ctx context.Context) ([]File, error) {
	files, err := s.list(ctx, `SELECT `+fileColumns+` FROM media_file f WHERE f.hash <> '' ORDER BY f.id`)
	if err != nil {
		return nil, err
	}
	var missing []File
	for _, f := range files {
		has, err := s.blobs.Has(ctx, f.Hash)
		if err != nil {
			return nil, err
		}
		if !has {
			missing = append(missing, f)
		}
	}
	return missing, nil
}
