package archive

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
)

// A Link lets somebody who is no user work on one edition.
type Link struct {
	ID      sala.ID
	Edition sala.ID
	Name    string // of whom it was made for: revisions bear it
	Until   time.Time
	MadeBy  string
	Made    time.Time
	Revoked time.Time // zero while it is good
}

// longestLink bounds how long a link may be good.
const longestLink = 366 * 24 * time.Hour

// Invite makes a link for an outside translator of an edition, good until a
// moment at most a year away. The token is returned this once; only its hash
// is kept. Whoever comes by it may write working copies and revisions of that
// edition, hand it in and read what it is translated from, nothing else. tell,
// if given, passes the token on within the same transaction.
func (s *Store) Invite(ctx context.Context, by sala.Actor, edition sala.ID, name string, until time.Time, tell ...func(ctx context.Context, tx *db.Tx, l Link, token string) error) (Link, string, error) {
	if err := need(by, sala.Editor, "invite to edition "+string(edition)); err != nil {
		return Link{}, "", err
	}
	var wrong sala.Invalid
	if name = strings.TrimSpace(name); name == "" {
		wrong = append(wrong, sala.FieldError{Field: "name", Key: "studio.link_name_missing", Text: "say who it is for"})
	}
	if now := s.db.Now(); !until.After(now) || until.After(now.Add(longestLink)) {
		wrong = append(wrong, sala.FieldError{Field: "until", Key: "studio.link_until_bad", Text: "want a moment to come, at most a year away"})
	}
	if wrong != nil {
		return Link{}, "", wrong
	}
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		return Link{}, "", err
	}
	token := base64.RawURLEncoding.EncodeToString(secret[:])
	l := Link{ID: sala.NewID(), Edition: edition, Name: name, Until: until.UTC().Truncate(time.Microsecond), MadeBy: by.Name}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		l.Made = tx.Now
		err = tx.ExecOne(ctx, `
			INSERT INTO archive_link (id, edition, name, hash, until, made_by, made_at, revoked_by) VALUES (?, ?, ?, ?, ?, ?, ?, '')`,
			l.ID, edition, name, bearer.Hash(token), db.At(l.Until), by.Name, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("link to edition %s: %w", edition, err)
		}
		for _, f := range tell {
			if err := f(ctx, tx, l, token); err != nil {
				return err
			}
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "invited to", by)
	})
	return l, token, err
}

// Guest returns who comes by a token: an actor that may work on actor.Only
// alone. A token that is unknown, over or revoked is [sala.ErrNotFound], so
// that nobody learns which.
func (s *Store) Guest(ctx context.Context, token string) (sala.Actor, error) {
	type row struct {
		ID      sala.ID `bun:"id"`
		Edition sala.ID `bun:"edition"`
		Name    string  `bun:"name"`
	}
	l, err := db.One[row](ctx, s.db, `
		SELECT id, edition, name FROM archive_link WHERE hash = ? AND revoked IS NULL AND until > ?`, bearer.Hash(token), db.At(s.db.Now()))
	if err != nil {
		return sala.Actor{}, fmt.Errorf("link: %w", err)
	}
	return sala.Actor{ID: l.ID, Name: l.Name, Role: sala.Reader, Only: l.Edition}, nil
}

// Links returns the links to an edition, newest first.
func (s *Store) Links(ctx context.Context, by sala.Actor, edition sala.ID) ([]Link, error) {
	if err := need(by, sala.Editor, "links to edition "+string(edition)); err != nil {
		return nil, err
	}
	type row struct {
		ID      sala.ID   `bun:"id"`
		Name    string    `bun:"name"`
		Until   time.Time `bun:"until"`
		MadeBy  string    `bun:"made_by"`
		Made    time.Time `bun:"made_at"`
		Revoked db.Null   `bun:"revoked"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT id, name, until, made_by, made_at, revoked FROM archive_link WHERE edition = ? ORDER BY made_at DESC, id DESC`, edition)
	if err != nil {
		return nil, fmt.Errorf("links to edition %s: %w", edition, err)
	}
	links := make([]Link, len(rows))
	for i, r := range rows {
		links[i] = Link{ID: r.ID, Edition: edition, Name: r.Name, Until: r.Until.UTC(), MadeBy: r.MadeBy, Made: r.Made.UTC(), Revoked: db.Moment(r.Revoked)}
	}
	return links, nil
}

// Revoke ends a link at once. What was written by it stays, working copies
// included. Revoking twice changes nothing.
func (s *Store) Revoke(ctx context.Context, by sala.Actor, link sala.ID) error {
	if err := need(by, sala.Editor, "revoke link "+string(link)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		edition, err := db.One[sala.ID](ctx, tx, `SELECT edition FROM archive_link WHERE id = ?`, link)
		if err != nil {
			return fmt.Errorf("link %s: %w", link, err)
		}
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `UPDATE archive_link SET revoked = ?, revoked_by = ? WHERE id = ? AND revoked IS NULL`, db.At(tx.Now), by.Name, link)
		if err != nil || n == 0 {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "revoked a link to", by)
	})
}
