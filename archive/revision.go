package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/richtext"
)

// Sum returns the hash of a revision: the SHA-256, in lower-case hex, of its
// fields in the order edition, number, title, summary, body (the JSON of
// [richtext.Doc.JSON]), note, by, at (RFC 3339, UTC, microseconds) and
// previous, each as its length in bytes, a colon, itself and a newline.
// Because previous is the hash of the revision before, whoever kept one hash
// can tell that nothing up to it was altered silently.
func (r Revision) Sum() string {
	return r.sum(string(r.Body.JSON()))
}

func (r Revision) sum(body string) string {
	h := sha256.New()
	for _, field := range []string{
		string(r.Edition), fmt.Sprint(r.Number), r.Title, r.Summary, body, r.Note, r.By,
		r.At.UTC().Format("2006-01-02T15:04:05.000000Z"), r.Previous,
	} {
		fmt.Fprintf(h, "%d:", len(field))
		io.WriteString(h, field)
		io.WriteString(h, "\n")
	}
	return hex.EncodeToString(h.Sum(nil))
}

type revisionRow struct {
	Edition  sala.ID   `bun:"edition"`
	Number   int       `bun:"number"`
	Title    string    `bun:"title"`
	Summary  string    `bun:"summary"`
	Body     string    `bun:"body"`
	Note     string    `bun:"note"`
	By       string    `bun:"by_whom"`
	At       time.Time `bun:"at"`
	Previous string    `bun:"previous"`
	Hash     string    `bun:"hash"`
	Author   sala.ID   `bun:"author"`
}

// plain is the revision without its text.
func (r revisionRow) plain() Revision {
	return Revision{
		Edition: r.Edition, Number: r.Number, Title: r.Title, Summary: r.Summary, Note: r.Note,
		By: r.By, Author: r.Author, At: r.At.UTC(), Previous: r.Previous, Hash: r.Hash,
	}
}

func (s *Store) revision(ctx context.Context, r db.Reader, edition sala.ID, number int) (Revision, error) {
	row, err := db.One[revisionRow](ctx, r, `
		SELECT edition, number, title, summary, body, note, by_whom, at, previous, hash, author
		FROM archive_revision WHERE edition = ? AND number = ?`, edition, number)
	if err != nil {
		return Revision{}, fmt.Errorf("revision %d of edition %s: %w", number, edition, err)
	}
	rev := row.plain()
	rev.Body, err = richtext.Parse([]byte(row.Body))
	if err != nil {
		return rev, fmt.Errorf("revision %d of edition %s: %w", number, edition, err)
	}
	return rev, nil
}

// NewestRevision returns the newest text of an edition, public or not, for
// those who may write it. Of one that has none yet the Number is 0.
func (s *Store) NewestRevision(ctx context.Context, by sala.Actor, edition sala.ID) (Revision, error) {
	if err := s.mayWrite(ctx, s.db, by, edition); err != nil {
		return Revision{}, err
	}
	number, err := db.One[int](ctx, s.db, `SELECT revision FROM archive_edition WHERE id = ?`, edition)
	if err != nil {
		return Revision{}, fmt.Errorf("newest text of edition %s: %w", edition, err)
	}
	return s.revisionOrNone(ctx, s.db, edition, number)
}

// revisionOrNone is revision, but of number 0 it is an empty one.
func (s *Store) revisionOrNone(ctx context.Context, r db.Reader, edition sala.ID, number int) (Revision, error) {
	if number == 0 {
		return Revision{Edition: edition}, nil
	}
	return s.revision(ctx, r, edition, number)
}

// addRevision writes r as the next revision of its edition and returns it with
// its number and hashes.
func (s *Store) addRevision(ctx context.Context, tx *db.Tx, r Revision) (Revision, error) {
	type last struct {
		Number int    `bun:"number"`
		Hash   string `bun:"hash"`
	}
	before, err := db.One[last](ctx, tx, `
		SELECT number, hash FROM archive_revision WHERE edition = ? ORDER BY number DESC LIMIT 1`, r.Edition)
	if _, err := db.Found(err); err != nil {
		return r, fmt.Errorf("last revision of edition %s: %w", r.Edition, err)
	}
	r.Number, r.Previous, r.At = before.Number+1, before.Hash, tx.Now
	body := string(r.Body.JSON())
	r.Hash = r.sum(body)
	err = tx.ExecOne(ctx, `
		INSERT INTO archive_revision (edition, number, title, summary, body, note, by_whom, at, previous, hash, author)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.Edition, r.Number, r.Title, r.Summary, body, r.Note, r.By, db.At(r.At), r.Previous, r.Hash, r.Author)
	if err != nil {
		return r, fmt.Errorf("revision %d of edition %s: %w", r.Number, r.Edition, err)
	}
	return r, nil
}

// A Break is a place where the record does not hold together.
type Break struct {
	Edition  sala.ID
	Revision int
	What     string
}

// CheckChains computes every hash anew and returns the revisions whose hash or
// whose link to the one before is wrong.
func (s *Store) CheckChains(ctx context.Context) ([]Break, error) {
	var breaks []Break
	var edition sala.ID
	var number int
	var hash string
	for {
		rows, err := db.All[revisionRow](ctx, s.db, `
			SELECT edition, number, title, summary, body, note, by_whom, at, previous, hash, author FROM archive_revision
			WHERE (edition, number) > (?, ?) ORDER BY edition, number LIMIT 200`, edition, number)
		if err != nil {
			return nil, fmt.Errorf("check the revisions: %w", err)
		}
		if len(rows) == 0 {
			return breaks, nil
		}
		for _, row := range rows {
			if row.Edition != edition {
				hash, number = "", 0
			}
			rev := row.plain()
			switch {
			case rev.Number != number+1:
				breaks = append(breaks, Break{rev.Edition, rev.Number, "a revision before it is missing"})
			case rev.Previous != hash:
				breaks = append(breaks, Break{rev.Edition, rev.Number, "it does not follow from the revision before it"})
			case rev.sum(row.Body) != rev.Hash:
				breaks = append(breaks, Break{rev.Edition, rev.Number, "its text was altered after it was stored"})
			}
			edition, number, hash = rev.Edition, rev.Number, rev.Hash
		}
	}
}
