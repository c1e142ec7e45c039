package archive

import (
	"context"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/richtext"
)

// A WorkingCopy is what one person is writing of an edition and has not made a
// revision of yet.
type WorkingCopy struct {
	Text
	After  int       // the revision it was begun from, 0 if there was none
	Saved  time.Time // when it was last saved; zero if never
	Author sala.ID
	By     string // the author's name
}

type draftRow struct {
	Author    sala.ID   `bun:"author"`
	Name      string    `bun:"name"`
	After     int       `bun:"after"`
	SourceRev int       `bun:"source_rev"`
	Title     string    `bun:"title"`
	Summary   string    `bun:"summary"`
	Body      string    `bun:"body"`
	Note      string    `bun:"note"`
	Saved     time.Time `bun:"saved"`
}

func (r draftRow) draft() WorkingCopy {
	return WorkingCopy{
		Text:  Text{Title: r.Title, Summary: r.Summary, Note: r.Note, SourceRev: r.SourceRev},
		After: r.After, Saved: r.Saved.UTC(), Author: r.Author, By: r.Name,
	}
}

// SaveDraft keeps by's working copy of an edition and returns when it was
// saved. The copy that d was made from must be the one that is kept (d.Saved;
// zero for the first): if the same person has saved from another window since,
// it returns [sala.ErrConflict] and keeps what it has. A working copy is no
// change of the record, so it is not in the change log and empties no cache.
func (s *Store) SaveDraft(ctx context.Context, by sala.Actor, edition sala.ID, d WorkingCopy) (time.Time, error) {
	if by.ID == "" {
		return time.Time{}, fmt.Errorf("save a working copy of nobody: %w", sala.ErrForbidden)
	}
	d.Text = d.Text.clean()
	if err := d.Body.Check(); err != nil {
		return time.Time{}, fmt.Errorf("working copy of edition %s: %w", edition, err)
	}
	var saved time.Time
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.mayWrite(ctx, tx, by, edition); err != nil {
			return err
		}
		args := []any{d.After, d.SourceRev, d.Title, d.Summary, string(d.Body.JSON()), d.Note, by.Name, db.At(tx.Now)}
		saved = tx.Now
		if d.Saved.IsZero() {
			// A second first copy breaks the key: that is the conflict.
			return tx.ExecOne(ctx, `
				INSERT INTO archive_draft (after, source_rev, title, summary, body, note, name, saved, edition, author)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, append(args, edition, by.ID)...)
		}
		n, err := tx.Exec(ctx, `
			UPDATE archive_draft SET after = ?, source_rev = ?, title = ?, summary = ?, body = ?, note = ?, name = ?, saved = ?
			WHERE edition = ? AND author = ? AND saved = ?`, append(args, edition, by.ID, db.At(d.Saved))...)
		if err == nil && n == 0 {
			return fmt.Errorf("it was saved or discarded elsewhere since %s: %w", d.Saved.Format(time.RFC3339), sala.ErrConflict)
		}
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("save a working copy of edition %s: %w", edition, err)
	}
	return saved, nil
}

// Draft returns by's own working copy of an edition, or [sala.ErrNotFound].
func (s *Store) Draft(ctx context.Context, by sala.Actor, edition sala.ID) (WorkingCopy, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return WorkingCopy{}, err
	}
	return s.draft(ctx, s.db, by, edition)
}

func (s *Store) draft(ctx context.Context, r db.Reader, by sala.Actor, edition sala.ID) (WorkingCopy, error) {
	row, err := db.One[draftRow](ctx, r, `
		SELECT author, name, after, source_rev, title, summary, body, note, saved FROM archive_draft
		WHERE edition = ? AND author = ?`, edition, by.ID)
	if err != nil {
		return WorkingCopy{}, fmt.Errorf("working copy of edition %s: %w", edition, err)
	}
	d := row.draft()
	if d.Body, err = richtext.Parse([]byte(row.Body)); err != nil {
		return d, fmt.Errorf("working copy of edition %s: %w", edition, err)
	}
	return d, nil
}

// Drafts returns who has a working copy of an edition, without the texts, the
// newest first: so that people see that they are not alone.
func (s *Store) Drafts(ctx context.Context, by sala.Actor, edition sala.ID) ([]WorkingCopy, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return nil, err
	}
	rows, err := db.All[draftRow](ctx, s.db, `
		SELECT author, name, after, title, saved FROM archive_draft WHERE edition = ? ORDER BY saved DESC, author`, edition)
	if err != nil {
		return nil, fmt.Errorf("working copies of edition %s: %w", edition, err)
	}
	drafts := make([]WorkingCopy, len(rows))
	for i, r := range rows {
		drafts[i] = r.draft()
	}
	return drafts, nil
}

// DiscardDraft throws by's own working copy away.
func (s *Store) DiscardDraft(ctx context.Context, by sala.Actor, edition sala.ID) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.mayWrite(ctx, tx, by, edition); err != nil {
			return err
		}
		if err := s.dropDraft(ctx, tx, by, edition); err != nil {
			return fmt.Errorf("discard a working copy of edition %s: %w", edition, err)
		}
		return nil
	})
}

func (s *Store) dropDraft(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID) error {
	return tx.ExecOne(ctx, `DELETE FROM archive_draft WHERE edition = ? AND author = ?`, edition, by.ID)
}

// FinishDraft makes a revision of by's working copy and drops the copy. If
// another revision has come since it was begun, it returns a [*Conflict] with
// both texts, and the copy stays.
func (s *Store) FinishDraft(ctx context.Context, by sala.Actor, edition sala.ID) (int, error) {
	var number int
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.mayWrite(ctx, tx, by, edition); err != nil {
			return err
		}
		d, err := s.draft(ctx, tx, by, edition)
		if err != nil {
			return err
		}
		if number, err = s.reviseChecked(ctx, tx, by, edition, d.After, d.Text); err != nil {
			return err
		}
		return s.dropDraft(ctx, tx, by, edition)
	})
	return number, err
}

// A Conflict says that somebody else has made a revision first. It is a
// [sala.ErrConflict] that holds both texts, so that a screen can show them
// and nothing is lost.
type Conflict struct {
	Edition sala.ID
	After   int      // the revision that Mine was begun from
	Mine    Text     // what was to be stored
	Theirs  Revision // the newest revision
}

func (c *Conflict) Error() string {
	return fmt.Sprintf("edition %s has revision %d of %s, not %d: %v", c.Edition, c.Theirs.Number, c.Theirs.By, c.After, sala.ErrConflict)
}

// Unwrap makes a Conflict a [sala.ErrConflict].
func (c *Conflict) Unwrap() error { return sala.ErrConflict }
