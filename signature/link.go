package signature

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
)

// A Link lets somebody who is no user sign. One with a Name is for that
// organisation, and what comes by it stands; one without is shared, and what
// comes by it waits for an editor.
type Link struct {
	ID           sala.ID
	Call         sala.ID
	Organisation sala.ID // in the directory, "" if it has no entry
	Name         string  // as it stands unless they write it otherwise
	Country      string
	Used         int
	MadeBy       string
	Made         time.Time
	Revoked      time.Time // zero while it is good
}

// Shared reports whether the link is for whoever has it.
func (l Link) Shared() bool { return l.Name == "" }

type linkRow struct {
	ID           sala.ID   `bun:"id"`
	Call         sala.ID   `bun:"call"`
	Organisation sala.ID   `bun:"organisation"`
	Name         string    `bun:"name"`
	Country      string    `bun:"country"`
	Used         int       `bun:"used"`
	MadeBy       string    `bun:"made_by"`
	Made         time.Time `bun:"made_at"`
	Revoked      db.Null   `bun:"revoked"`
}

const linkColumns = `id, call, organisation, name, country, used, made_by, made_at, revoked`

func (r linkRow) link() Link {
	return Link{r.ID, r.Call, r.Organisation, r.Name, r.Country, r.Used, r.MadeBy, r.Made.UTC(), db.Moment(r.Revoked)}
}

// Make makes a link to a call, of l's Organisation, Name and Country. The
// token is returned this once; only its hash is kept. tell, if given, passes
// the token on within the same transaction.
func (s *Store) Make(ctx context.Context, by sala.Actor, l Link, tell ...func(ctx context.Context, tx *db.Tx, c Call, token string) error) (Link, string, error) {
	if err := may(by, "make a link to sign by"); err != nil {
		return Link{}, "", err
	}
	l.Name = tidy(l.Name)
	bad := check("name", l.Name, nameRunes)
	if l.Country != "" {
		bad = append(bad, checkCountry(l.Country)...)
	}
	if l.Name == "" && l.Organisation != "" {
		bad = append(bad, nameMissing())
	}
	if bad != nil {
		return Link{}, "", bad
	}
	token := bearer.New()
	l.ID, l.MadeBy, l.Used, l.Revoked = sala.NewID(), by.Name, 0, time.Time{}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.held(ctx, tx, `id = ?`, l.Call)
		if err != nil {
			return err
		}
		if !c.Ended.IsZero() {
			return fmt.Errorf("link to the signing of work %s, which is over: %w", c.Work, sala.ErrConflict)
		}
		l.Made = tx.Now
		err = tx.ExecOne(ctx, `
			INSERT INTO signature_link (id, call, organisation, name, country, hash, used, made_by, made_at, revoked_by) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, '')`,
			l.ID, l.Call, l.Organisation, l.Name, l.Country, bearer.Hash(token), by.Name, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("link to sign work %s: %w", c.Work, err)
		}
		for _, f := range tell {
			if err := f(ctx, tx, c, token); err != nil {
				return err
			}
		}
		return changed(ctx, tx, by, c.Work, "invited to sign")
	})
	return l, token, err
}

// Links returns the links to a call, newest first.
func (s *Store) Links(ctx context.Context, by sala.Actor, call sala.ID) ([]Link, error) {
	if err := may(by, "links to sign by"); err != nil {
		return nil, err
	}
	rows, err := db.All[linkRow](ctx, s.db, `SELECT `+linkColumns+` FROM signature_link WHERE call = ? ORDER BY made_at DESC, id DESC`, call)
	if err != nil {
		return nil, fmt.Errorf("links to sign by: %w", err)
	}
	links := make([]Link, len(rows))
	for i, r := range rows {
		links[i] = r.link()
	}
	return links, nil
}

// Revoke ends a link of a call at once. What was signed by it stays.
func (s *Store) Revoke(ctx context.Context, by sala.Actor, call, link sala.ID) error {
	if err := may(by, "revoke a link to sign by"); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.held(ctx, tx, `id = ?`, call)
		if err != nil {
			return err
		}
		err = tx.ExecOne(ctx, `UPDATE signature_link SET revoked = COALESCE(revoked, ?), revoked_by = ? WHERE id = ? AND call = ?`, db.At(tx.Now), by.Name, link, call)
		if err != nil {
			return fmt.Errorf("revoke link %s: %w", link, err)
		}
		return changed(ctx, tx, by, c.Work, "revoked a link to")
	})
}

// A Guest is whoever came by a link that is good.
type Guest struct {
	Link Link
	Call Call
}

// Guest returns who comes by a token. One that is unknown or revoked, or whose
// call was ended or is long over, is [sala.ErrNotFound], so that nobody learns
// which.
func (s *Store) Guest(ctx context.Context, token string) (Guest, error) {
	r, err := db.One[linkRow](ctx, s.db, `SELECT `+linkColumns+` FROM signature_link WHERE hash = ? AND revoked IS NULL`, bearer.Hash(token))
	if err != nil {
		return Guest{}, fmt.Errorf("link to sign by: %w", err)
	}
	c, err := db.One[callRow](ctx, s.db, `SELECT `+callColumns+` FROM signature_call WHERE id = ? AND ended IS NULL`, r.Call)
	if err != nil {
		return Guest{}, fmt.Errorf("link to sign by: %w", err)
	}
	g := Guest{r.link(), c.call()}
	if s.db.Now().After(g.Call.Until.Add(afterwards)) {
		return Guest{}, fmt.Errorf("link to sign by, which is over: %w", sala.ErrNotFound)
	}
	return g, nil
}

// ToldTo returns why and when the signed text changed, oldest first, for a
// guest.
func (s *Store) ToldTo(ctx context.Context, g Guest) ([]Change, error) {
	return s.changes(ctx, g.Call.ID)
}

// actor is a guest as the log and the archive know them: a contributor of no
// account, under the name of who signs.
func (g Guest) actor(who string) sala.Actor {
	return sala.Actor{ID: "signature-" + g.Link.ID, Name: who, Role: sala.Contributor}
}

// hold takes the call of a guest for tx, if it and the link are still good.
func (s *Store) hold(ctx context.Context, tx *db.Tx, g Guest) (Call, error) {
	c, err := s.held(ctx, tx, `id = ?`, g.Call.ID)
	if err != nil {
		return c, err
	}
	_, err = db.One[sala.ID](ctx, tx, `SELECT id FROM signature_link WHERE id = ? AND revoked IS NULL`, g.Link.ID)
	if errors.Is(err, sala.ErrNotFound) || err == nil && !c.Ended.IsZero() {
		return c, fmt.Errorf("link to sign by: %w", sala.ErrNotFound)
	}
	return c, err
}

// take counts one more signature of a link.
func (s *Store) take(ctx context.Context, tx *db.Tx, g Guest) error {
	if err := tx.ExecOne(ctx, `UPDATE signature_link SET used = used + 1 WHERE id = ?`, g.Link.ID); err != nil {
		return fmt.Errorf("count a signature: %w", err)
	}
	lately, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM signature_entry WHERE link = ? AND at > ?`, g.Link.ID, db.At(tx.Now.Add(-time.Hour)))
	if err != nil {
		return fmt.Errorf("count signatures: %w", err)
	}
	if lately >= perHour {
		return sala.Invalid{fault("form", "sign.too_many", "too many signatures came by this link within an hour; try later")}
	}
	return nil
}
