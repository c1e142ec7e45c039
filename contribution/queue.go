package contribution

import (
	"context"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

func (s *Store) whole(ctx context.Context, r entryRow) (Entry, error) { return s.wholeIn(ctx, s.db, r) }

// wholeIn returns an entry with its notes and files, as a reader sees them.
func (s *Store) wholeIn(ctx context.Context, in db.Reader, r entryRow) (Entry, error) {
	e, err := r.entry()
	if err != nil {
		return e, err
	}
	type note struct {
		Body string    `bun:"body"`
		At   time.Time `bun:"at"`
	}
	notes, err := db.All[note](ctx, in, `SELECT body, at FROM contribution_note WHERE entry = ? ORDER BY at, id`, r.ID)
	if err != nil {
		return e, fmt.Errorf("additions to contribution %s: %w", r.ID, err)
	}
	for _, n := range notes {
		e.Notes = append(e.Notes, Note{n.Body, n.At.UTC()})
	}
	type file struct {
		ID        sala.ID   `bun:"id"`
		About     string    `bun:"about"`
		People    People    `bun:"people"`
		Statement string    `bun:"statement"`
		Size      int64     `bun:"size"`
		At        time.Time `bun:"at"`
		Hash      string    `bun:"hash"`
	}
	files, err := db.All[file](ctx, in, `SELECT id, about, people, statement, size, at, hash FROM contribution_file WHERE entry = ? ORDER BY at, id`, r.ID)
	if err != nil {
		return e, fmt.Errorf("files of contribution %s: %w", r.ID, err)
	}
	for _, f := range files {
		e.Files = append(e.Files, File{f.ID, f.About, f.People, f.Statement, f.Size, f.At.UTC(), f.Hash})
	}
	return e, nil
}

// Entries returns what was received, without notes and files: what waits for
// an editor, oldest first, or what is settled, newest first, after the entry
// before, at most limit.
func (s *Store) Entries(ctx context.Context, by sala.Actor, settled bool, before sala.ID, limit int) ([]Entry, error) {
	if err := may(by, "contributions"); err != nil {
		return nil, err
	}
	query, args := `SELECT `+entryColumns+` FROM contribution_entry WHERE settled IS NULL`, []any{}
	order, after := ` ORDER BY at, id LIMIT ?`, ` AND (at, id) > (SELECT at, id FROM contribution_entry WHERE id = ?)`
	if settled {
		query = `SELECT ` + entryColumns + ` FROM contribution_entry WHERE settled IS NOT NULL`
		order, after = ` ORDER BY at DESC, id DESC LIMIT ?`, ` AND (at, id) < (SELECT at, id FROM contribution_entry WHERE id = ?)`
	}
	if before != "" {
		query, args = query+after, append(args, before)
	}
	rows, err := db.All[entryRow](ctx, s.db, query+order, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("contributions: %w", err)
	}
	entries := make([]Entry, len(rows))
	for i, r := range rows {
		if entries[i], err = r.entry(); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// Entry returns one with all that came.
func (s *Store) Entry(ctx context.Context, by sala.Actor, id sala.ID) (Entry, error) {
	if err := may(by, "contribution "+string(id)); err != nil {
		return Entry{}, err
	}
	r, err := db.One[entryRow](ctx, s.db, `SELECT `+entryColumns+` FROM contribution_entry WHERE id = ?`, id)
	if err != nil {
		return Entry{}, fmt.Errorf("contribution %s: %w", id, err)
	}
	return s.whole(ctx, r)
}

// Waiting counts what waits for an editor.
func (s *Store) Waiting(ctx context.Context, by sala.Actor) (int, error) {
	if err := may(by, "count contributions"); err != nil {
		return 0, err
	}
	n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM contribution_entry WHERE settled IS NULL`)
	if err != nil {
		return 0, fmt.Errorf("count contributions: %w", err)
	}
	return n, nil
}

// Came returns when each contribution last came or was added to that waits for
// an editor, of those after a moment, oldest first.
func (s *Store) Came(ctx context.Context, by sala.Actor, after time.Time) ([]time.Time, error) {
	if err := may(by, "contributions"); err != nil {
		return nil, err
	}
	came, err := db.All[time.Time](ctx, s.db, `SELECT added FROM contribution_entry WHERE settled IS NULL AND added > ? ORDER BY added`, db.At(after))
	if err != nil {
		return nil, fmt.Errorf("contributions that came: %w", err)
	}
	return came, nil
}

// Settle says that an editor is done with an entry, or that it waits again.
// seen is when something last came, as they saw it: if more has come since,
// the answer is [sala.ErrConflict].
func (s *Store) Settle(ctx context.Context, by sala.Actor, id sala.ID, seen time.Time, done bool) error {
	if err := may(by, "settle contribution "+string(id)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.One[sala.ID](ctx, tx, `SELECT id FROM contribution_entry WHERE id = ?`, id); err != nil {
			return fmt.Errorf("contribution %s: %w", id, err)
		}
		at, who, what := tx.Now, by.Name, "settled"
		if !done {
			at, who, what = time.Time{}, "", "took up again"
		}
		n, err := tx.Exec(ctx, `UPDATE contribution_entry SET settled = ?, settled_by = ? WHERE id = ? AND added = ?`, db.At(at), who, id, db.At(seen))
		if err != nil {
			return fmt.Errorf("settle contribution %s: %w", id, err)
		}
		if n == 0 {
			return fmt.Errorf("settle contribution %s, to which more has come: %w", id, sala.ErrConflict)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindSent, ID: id}, what, by)
	})
}

// ForgetContact removes how whoever sent an entry can be reached.
func (s *Store) ForgetContact(ctx context.Context, by sala.Actor, id sala.ID) error {
	if err := may(by, "forget the contact of contribution "+string(id)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := tx.Erase(ctx, `UPDATE contribution_entry SET contact = '' WHERE id = ?`, id)
		if err == nil && n == 0 {
			err = sala.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("forget the contact of contribution %s: %w", id, err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindSent, ID: id}, "forgot the contact of", by)
	})
}
