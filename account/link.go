package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
)

// A Purpose says what a link lets somebody do, once.
type Purpose string

// The purposes.
const (
	ToSetUp Purpose = "setup"  // be the first admin of a new house
	Invite  Purpose = "invite" // come for the first time
	Reset   Purpose = "reset"  // begin anew: every way in and session is replaced
)

// lives is how long a link works.
var lives = map[Purpose]time.Duration{ToSetUp: 24 * time.Hour, Invite: 7 * 24 * time.Hour, Reset: 24 * time.Hour}

// A Link is one that has been made and neither used nor revoked.
type Link struct {
	ID      sala.ID
	Purpose Purpose
	User    sala.ID // "" for ToSetUp
	MadeBy  string
	Created time.Time
	Ends    time.Time
}

// A Tell passes the code of a link on within the transaction that makes it: a
// letter is written with the link, or neither is.
type Tell func(ctx context.Context, tx *db.Tx, u User, p Purpose, code string, ends time.Time) error

// makeLink makes a link within tx and returns its code, which is not kept.
func (s *Store) makeLink(ctx context.Context, tx *db.Tx, by sala.Actor, p Purpose, user User, tell ...Tell) (code string, err error) {
	code = newCode(15) // 120 bits
	ends := tx.Now.Add(lives[p])
	var of any
	if user.ID != "" {
		of = user.ID
		if _, err := tx.Exec(ctx, `UPDATE account_link SET revoked = ? WHERE user_id = ? AND used IS NULL AND revoked IS NULL`, db.At(tx.Now), user.ID); err != nil {
			return "", fmt.Errorf("revoke older links: %w", err)
		}
	}
	err = tx.ExecOne(ctx, `INSERT INTO account_link (id, hash, purpose, user_id, made_by, created, ends) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		sala.NewID(), bearer.Hash(plainCode(code)), p, of, by.Name, db.At(tx.Now), db.At(ends))
	if err != nil {
		return "", fmt.Errorf("make a link: %w", err)
	}
	for _, f := range tell {
		if err := f(ctx, tx, user, p, code, ends); err != nil {
			return "", err
		}
	}
	return code, nil
}

// SetUpCode returns a new code that makes one person the first admin. It
// returns [sala.ErrConflict] if the house has a user. Older codes still work
// for a day: another copy of the program may have printed one.
func (s *Store) SetUpCode(ctx context.Context, by sala.Actor) (code string, err error) {
	if !by.May(sala.ManageUsers) {
		return "", fmt.Errorf("make a set-up code: %w", sala.ErrForbidden)
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		empty, err := empty(ctx, tx)
		if err != nil {
			return err
		}
		if !empty {
			return fmt.Errorf("make a set-up code: there is a user already: %w", sala.ErrConflict)
		}
		code, err = s.makeLink(ctx, tx, by, ToSetUp, User{})
		return err
	})
	return code, err
}

func empty(ctx context.Context, r db.Reader) (bool, error) {
	n, err := db.One[int](ctx, r, `SELECT COUNT(*) FROM account_user`)
	if err != nil {
		return false, fmt.Errorf("count the users: %w", err)
	}
	return n == 0, nil
}

// Invite adds a user who has no way in yet and returns the code of the link
// that gives them one.
func (s *Store) Invite(ctx context.Context, by sala.Actor, email, name string, role sala.Role, lang sala.Lang, tell ...Tell) (u User, code string, err error) {
	if !by.May(sala.ManageUsers) {
		return User{}, "", fmt.Errorf("invite: %w", sala.ErrForbidden)
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if u, err = s.add(ctx, tx, by, User{Email: email, Name: name, Role: role, Lang: lang}); err != nil {
			return err
		}
		if code, err = s.makeLink(ctx, tx, by, Invite, u, tell...); err != nil {
			return err
		}
		return s.record(ctx, tx, by, "invited", userRef(u.ID), u.Role.String())
	})
	return u, code, err
}

// Link makes another link for a user: an invitation for one who has not come
// yet, else a reset. Older links of theirs stop working.
func (s *Store) Link(ctx context.Context, by sala.Actor, id sala.ID, tell ...Tell) (p Purpose, code string, err error) {
	if !by.May(sala.ManageUsers) {
		return "", "", fmt.Errorf("make a link for %s: %w", id, sala.ErrForbidden)
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		u, err := s.one(ctx, tx, `id = ?`, id)
		if err != nil {
			return fmt.Errorf("make a link for %s: %w", id, err)
		}
		if !u.Disabled.IsZero() {
			return sala.Invalid{{Field: "user", Key: "account.is_disabled", Text: fmt.Sprintf("%s is disabled: enable them first", u.Email)}}
		}
		p = Invite
		what := "invited"
		if u.WayIn {
			p, what = Reset, "reset_offered"
		}
		if code, err = s.makeLink(ctx, tx, by, p, u, tell...); err != nil {
			return err
		}
		return s.record(ctx, tx, by, what, userRef(id), u.Role.String())
	})
	return p, code, err
}

// Links returns the links that still work, newest first.
func (s *Store) Links(ctx context.Context, by sala.Actor) ([]Link, error) {
	if !by.May(sala.ManageUsers) {
		return nil, fmt.Errorf("links: %w", sala.ErrForbidden)
	}
	type row struct {
		ID      sala.ID   `bun:"id"`
		Purpose Purpose   `bun:"purpose"`
		User    sala.ID   `bun:"user_id"`
		MadeBy  string    `bun:"made_by"`
		Created time.Time `bun:"created"`
		Ends    time.Time `bun:"ends"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT id, purpose, user_id, made_by, created, ends FROM account_link
		WHERE user_id IS NOT NULL AND used IS NULL AND revoked IS NULL AND ends > ? ORDER BY created DESC, id`, db.At(s.db.Now()))
	if err != nil {
		return nil, fmt.Errorf("links: %w", err)
	}
	list := make([]Link, len(rows))
	for i, r := range rows {
		list[i] = Link{r.ID, r.Purpose, r.User, r.MadeBy, r.Created.UTC(), r.Ends.UTC()}
	}
	return list, nil
}

// Revoke makes a link stop working.
func (s *Store) Revoke(ctx context.Context, by sala.Actor, id sala.ID) error {
	if !by.May(sala.ManageUsers) {
		return fmt.Errorf("revoke a link: %w", sala.ErrForbidden)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		user, err := db.One[sala.ID](ctx, tx, `
			UPDATE account_link SET revoked = ? WHERE id = ? AND user_id IS NOT NULL AND used IS NULL AND revoked IS NULL
			RETURNING user_id`, db.At(tx.Now), id)
		if err != nil {
			return fmt.Errorf("revoke a link: %w", err)
		}
		return s.record(ctx, tx, by, "link_revoked", userRef(user), "")
	})
}

// errLink says that a link leads nowhere, and not why.
var errLink = fmt.Errorf("the link was used, revoked or made too long ago: %w", sala.ErrNotFound)

// Opened returns whom a link is for. address is where the request comes from.
func (s *Store) Opened(ctx context.Context, code, address string) (Purpose, User, error) {
	back, err := s.limits.take(limitNetwork, network(address))
	if err != nil {
		return "", User{}, err
	}
	p, id, err := s.linkOf(ctx, s.db, code)
	if err != nil {
		return "", User{}, err
	}
	back()
	if p == ToSetUp {
		return p, User{}, nil
	}
	u, err := s.one(ctx, s.db, `id = ? AND disabled IS NULL`, id)
	if errors.Is(err, sala.ErrNotFound) {
		return "", User{}, errLink
	}
	return p, u, err
}

func (s *Store) linkOf(ctx context.Context, r db.Reader, code string) (Purpose, sala.ID, error) {
	type row struct {
		Purpose Purpose `bun:"purpose"`
		User    sala.ID `bun:"user_id"`
	}
	l, err := db.One[row](ctx, r, `
		SELECT purpose, COALESCE(user_id, '') AS user_id FROM account_link
		WHERE hash = ? AND used IS NULL AND revoked IS NULL AND ends > ?`, bearer.Hash(plainCode(code)), db.At(s.db.Now()))
	if errors.Is(err, sala.ErrNotFound) {
		return "", "", errLink
	}
	return l.Purpose, l.User, err
}

// use uses a link up within tx.
func (s *Store) use(ctx context.Context, tx *db.Tx, code string) error {
	err := tx.ExecOne(ctx, `
		UPDATE account_link SET used = ? WHERE hash = ? AND used IS NULL AND revoked IS NULL AND ends > ?`,
		db.At(tx.Now), bearer.Hash(plainCode(code)), db.At(tx.Now))
	if errors.Is(err, sala.ErrNotFound) {
		return errLink
	}
	return err
}

// A WayIn is what somebody who comes by a link chooses to sign in with: a
// password, or a passkey that their browser has just made.
type WayIn struct {
	Password string
	Passkey  *NewPasskey
}

// ready checks the way in and does what takes long, before a transaction.
func (s *Store) ready(ctx context.Context, w WayIn, u User, own ...string) (hash string, err error) {
	if w.Passkey != nil {
		if w.Passkey.user != u.ID {
			return "", errOldForm
		}
		return "", nil
	}
	if err := CheckPassword(w.Password, append(own, u.Email, u.Name)...); err != nil {
		return "", err
	}
	return s.newHash(ctx, w.Password)
}

func (s *Store) give(ctx context.Context, tx *db.Tx, by sala.Actor, w WayIn, hash string) error {
	if w.Passkey != nil {
		return s.putPasskey(ctx, tx, by, *w.Passkey)
	}
	if err := s.changed(ctx, tx, by, by.ID, "password_set", ""); err != nil {
		return err
	}
	return putPassword(ctx, tx, by.ID, hash)
}

// SetUp makes u the first admin within tx, by a code that the terminal
// printed. prepared is what [Store.PrepareSetUp] returned for the same u.
func (s *Store) SetUp(ctx context.Context, tx *db.Tx, code string, prepared Prepared) (User, error) {
	u, by := prepared.user, prepared.user.Actor()
	// Logged first: of two who set up at once, the second waits here and then
	// finds a user.
	if err := tx.Changed(ctx, userRef(u.ID), "added", by); err != nil {
		return User{}, err
	}
	none, err := empty(ctx, tx)
	if err != nil {
		return User{}, err
	}
	if !none {
		return User{}, errLink
	}
	p, _, err := s.linkOf(ctx, tx, code)
	if err != nil {
		return User{}, err
	}
	if p != ToSetUp {
		return User{}, errLink
	}
	if err := s.use(ctx, tx, code); err != nil {
		return User{}, err
	}
	if u, err = s.add(ctx, tx, by, u); err != nil {
		return User{}, err
	}
	if err := s.give(ctx, tx, by, prepared.way, prepared.hash); err != nil {
		return User{}, err
	}
	return u, s.record(ctx, tx, by, "set_up", userRef(u.ID), "")
}

// Prepared is a first admin, checked, with their password hashed.
type Prepared struct {
	user User
	way  WayIn
	hash string
}

// PrepareSetUp checks the first admin's form and does what takes long, so
// that [Store.SetUp] does not hold a transaction open.
func (s *Store) PrepareSetUp(ctx context.Context, email, name string, lang sala.Lang, way WayIn, own ...string) (Prepared, error) {
	u := User{ID: sala.NewID(), Email: normal(email), Name: name, Role: sala.Admin, Lang: lang}
	if way.Passkey != nil {
		u.ID = way.Passkey.user
	}
	if err := checkUser(u.Email, u.Name, u.Role); err != nil {
		return Prepared{}, err
	}
	hash, err := s.ready(ctx, way, u, own...)
	return Prepared{u, way, hash}, err
}

// Accept uses a link: it gives its user a way in and their name and language.
// For a reset, every older way in and every session goes first.
func (s *Store) Accept(ctx context.Context, code, name string, lang sala.Lang, way WayIn, address string, own ...string) (User, error) {
	p, u, err := s.Opened(ctx, code, address)
	if err != nil {
		return User{}, err
	}
	if p == ToSetUp {
		return User{}, errLink
	}
	u.Name, u.Lang = name, lang
	if err := checkUser(u.Email, u.Name, u.Role); err != nil {
		return User{}, err
	}
	hash, err := s.ready(ctx, way, u, own...)
	if err != nil {
		return User{}, err
	}
	by := u.Actor()
	what := map[Purpose]string{Invite: "accepted", Reset: "reset"}[p]
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.changed(ctx, tx, by, u.ID, what, ""); err != nil {
			return err
		}
		if err := s.use(ctx, tx, code); err != nil {
			return err
		}
		if err := dropWaysIn(ctx, tx, u.ID); err != nil {
			return err
		}
		if err := s.endOthers(ctx, tx, u.ID, ""); err != nil {
			return err
		}
		err := tx.ExecOne(ctx, `UPDATE account_user SET name = ?, lang = ?, changed = ? WHERE id = ? AND disabled IS NULL`, u.Name, u.Lang, db.At(tx.Now), u.ID)
		if err != nil {
			return fmt.Errorf("accept a link: %w", err)
		}
		u.WayIn = true
		return s.give(ctx, tx, by, way, hash)
	})
	return u, err
}

// dropWaysIn removes every way in of a user.
func dropWaysIn(ctx context.Context, tx *db.Tx, user sala.ID) error {
	for _, table := range []string{`account_password`, `account_passkey`} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE user_id = ?`, user); err != nil {
			return fmt.Errorf("remove the ways in of %s: %w", user, err)
		}
	}
	return dropSecond(ctx, tx, user)
}

func dropSecond(ctx context.Context, tx *db.Tx, user sala.ID) error {
	for _, table := range []string{`account_totp`, `account_recovery`} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE user_id = ?`, user); err != nil {
			return fmt.Errorf("remove the second factor of %s: %w", user, err)
		}
	}
	return nil
}
