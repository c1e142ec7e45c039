package contribution

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
)

// A Link lets somebody who is no user send texts and files.
type Link struct {
	ID       sala.ID
	Name     string // of the organisation or person it was made for: what they send bears it
	Note     string // to whoever sends, shown above the form
	Kind     string // of the works that are made of it
	Until    time.Time
	Most     int // how many may be sent, 0 for any number
	Received int
	MadeBy   string
	Made     time.Time
	Revoked  time.Time // zero while it is good
}

// Open is the id of the form that is open to everybody, and its token.
const Open = "open"

// IsOpen reports whether l is the form that is open to everybody: it has no
// end, and who sends says who they are.
func (l Link) IsOpen() bool { return l.ID == Open }

// longest is how long a link may be good.
const longest = 366 * 24 * time.Hour

const mostOfLink = 500

type linkRow struct {
	ID       sala.ID   `bun:"id"`
	Name     string    `bun:"name"`
	Note     string    `bun:"note"`
	Kind     string    `bun:"kind"`
	Until    db.Null   `bun:"until"`
	Most     int       `bun:"most"`
	Received int       `bun:"received"`
	MadeBy   string    `bun:"made_by"`
	Made     time.Time `bun:"made_at"`
	Revoked  db.Null   `bun:"revoked"`
}

const linkColumns = `id, name, note, kind, until, most, received, made_by, made_at, revoked`

func (r linkRow) link() Link {
	return Link{r.ID, r.Name, r.Note, r.Kind, db.Moment(r.Until), r.Most, r.Received, r.MadeBy, r.Made.UTC(), db.Moment(r.Revoked)}
}

// Make makes a link of l's Name, Note, Kind, Until and Most. The token is
// returned this once; only its hash is kept.
func (s *Store) Make(ctx context.Context, by sala.Actor, l Link) (Link, string, error) {
	if err := may(by, "make a link for contributions"); err != nil {
		return Link{}, "", err
	}
	l.Name, l.Note = strings.TrimSpace(l.Name), strings.TrimSpace(l.Note)
	var bad sala.Invalid
	if l.Name == "" || utf8.RuneCountInString(l.Name) > 200 {
		bad = append(bad, wrong("name", "studio.contribution.name_missing", "say who it is for, in at most 200 letters")...)
	}
	if utf8.RuneCountInString(l.Note) > 2000 {
		bad = append(bad, wrong("note", "studio.contribution.note_long", "the note has more than 2000 letters")...)
	}
	if now := s.db.Now(); !l.Until.After(now) || l.Until.After(now.Add(longest)) {
		bad = append(bad, wrong("until", "studio.contribution.until_bad", "want a day to come, at most a year away")...)
	}
	if l.Most < 1 || l.Most > mostOfLink {
		bad = append(bad, wrong("most", "studio.contribution.most_bad", "want a number from 1 to 500")...)
	}
	if bad != nil {
		return Link{}, "", bad
	}
	token := bearer.New()
	l.ID, l.MadeBy, l.Received, l.Revoked, l.Until = sala.NewID(), by.Name, 0, time.Time{}, l.Until.UTC().Truncate(time.Microsecond)
	return l, token, s.db.Tx(ctx, func(tx *db.Tx) error {
		l.Made = tx.Now
		err := tx.ExecOne(ctx, `
			INSERT INTO contribution_link (id, name, note, kind, hash, until, most, received, made_by, made_at, revoked_by)
			VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, '')`,
			l.ID, l.Name, l.Note, l.Kind, bearer.Hash(token), db.At(l.Until), l.Most, by.Name, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("link for contributions: %w", err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindSent, ID: l.ID}, "invited to contribute", by)
	})
}

// Links returns the links that were made, newest first, without the open
// form.
func (s *Store) Links(ctx context.Context, by sala.Actor) ([]Link, error) {
	if err := may(by, "links for contributions"); err != nil {
		return nil, err
	}
	rows, err := db.All[linkRow](ctx, s.db, `SELECT `+linkColumns+` FROM contribution_link WHERE id <> ? ORDER BY made_at DESC, id DESC`, Open)
	if err != nil {
		return nil, fmt.Errorf("links for contributions: %w", err)
	}
	links := make([]Link, len(rows))
	for i, r := range rows {
		links[i] = r.link()
	}
	return links, nil
}

// Revoke ends a link at once. What came by it stays.
func (s *Store) Revoke(ctx context.Context, by sala.Actor, id sala.ID) error {
	if err := may(by, "revoke a link for contributions"); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE contribution_link SET revoked = COALESCE(revoked, ?), revoked_by = ? WHERE id = ?`, db.At(tx.Now), by.Name, id)
		if err != nil {
			return fmt.Errorf("revoke link %s: %w", id, err)
		}
		if n == 0 {
			return fmt.Errorf("revoke link %s: %w", id, sala.ErrNotFound)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindSent, ID: id}, "revoked a link of", by)
	})
}

// IsOpen reports whether the form is open to everybody.
func (s *Store) IsOpen(ctx context.Context) (bool, error) {
	n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM contribution_link WHERE id = ? AND revoked IS NULL`, Open)
	if err != nil {
		return false, fmt.Errorf("open form: %w", err)
	}
	return n > 0, nil
}

// SetOpen opens the form to everybody, or closes it. kind is that of the
// works that are made of what is sent.
func (s *Store) SetOpen(ctx context.Context, by sala.Actor, on bool, kind string) error {
	if err := may(by, "open the form for contributions"); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		revoked, what := time.Time{}, "opened the form of"
		if !on {
			revoked, what = tx.Now, "closed the form of"
		}
		err := tx.ExecOne(ctx, `
			INSERT INTO contribution_link (id, name, note, kind, hash, until, most, received, made_by, made_at, revoked, revoked_by)
			VALUES (?, '', '', ?, ?, ?, 0, 0, ?, ?, ?, '')
			ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, revoked = excluded.revoked, revoked_by = ?`,
			Open, kind, bearer.Hash(Open), db.At(time.Time{}), by.Name, db.At(tx.Now), db.At(revoked), by.Name)
		if err != nil {
			return fmt.Errorf("open the form: %w", err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindSent, ID: Open}, what, by)
	})
}

// A Guest is whoever came by a link that is good.
type Guest struct {
	Link Link
}

// Guest returns who comes by a token. One that is unknown, over or revoked is
// [sala.ErrNotFound], so that nobody learns which.
func (s *Store) Guest(ctx context.Context, token string) (Guest, error) {
	r, err := db.One[linkRow](ctx, s.db, `
		SELECT `+linkColumns+` FROM contribution_link WHERE hash = ? AND revoked IS NULL AND (until IS NULL OR until > ?)`,
		bearer.Hash(token), db.At(s.db.Now()))
	if err != nil {
		return Guest{}, fmt.Errorf("link for contributions: %w", err)
	}
	return Guest{r.link()}, nil
}

// actor is a guest as the archive and media know them: a contributor of no
// account, under the organisation's name, or the one they gave.
func (g Guest) actor(who string) sala.Actor {
	return sala.Actor{ID: "contribution-" + g.Link.ID, Name: who, Role: sala.Contributor}
}

// take counts one more contribution of a link within tx, which from here on
// is the only one that does.
func (s *Store) take(ctx context.Context, tx *db.Tx, g Guest) error {
	type row struct {
		Received int `bun:"received"`
		Most     int `bun:"most"`
	}
	l, err := db.One[row](ctx, tx, `
		UPDATE contribution_link SET received = received + 1 WHERE id = ? AND revoked IS NULL AND (until IS NULL OR until > ?)
		RETURNING received, most`, g.Link.ID, db.At(tx.Now))
	if errors.Is(err, sala.ErrNotFound) {
		return fmt.Errorf("link for contributions: %w", err)
	}
	if err != nil {
		return fmt.Errorf("count a contribution: %w", err)
	}
	if l.Most > 0 && l.Received > l.Most {
		return wrong("form", "contribute.full", "as many contributions as were agreed have come by this link")
	}
	lately, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM contribution_entry WHERE link = ? AND at > ?`, g.Link.ID, db.At(tx.Now.Add(-time.Hour)))
	if err != nil {
		return fmt.Errorf("count contributions: %w", err)
	}
	if lately >= perHour {
		return wrong("form", "contribute.too_many", "too many contributions came by this link within an hour; try later")
	}
	return nil
}
