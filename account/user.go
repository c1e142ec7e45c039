package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"sala"
	"sala/internal/db"
	"sala/internal/mail"
)

// A User is somebody who may work on the record.
type User struct {
	ID       sala.ID
	Email    string // in lower case
	Name     string // as they want to be called; "" until they say
	Role     sala.Role
	Lang     sala.Lang // of the studio's words; "" until they say
	Created  time.Time
	Disabled time.Time // zero if they may sign in
	WayIn    bool      // has a passkey or a password
	// Digest says that they want the weekly letter about translations that are
	// out of date, and Langs of which languages; none is all of the site's.
	Digest  bool
	Langs   []sala.Lang
	KeysOff bool // wants no shortcuts of a single key
}

// Actor is u as stores and the change log know it.
func (u User) Actor() sala.Actor { return sala.Actor{ID: u.ID, Name: u.Called(), Role: u.Role} }

// Called is the name of u, or the address of one who gave none.
func (u User) Called() string {
	if u.Name != "" {
		return u.Name
	}
	return u.Email
}

const userColumns = `id, email, name, role, lang, created, disabled, digest, langs, keys_off,
	EXISTS (SELECT 1 FROM account_passkey k WHERE k.user_id = u.id) OR
	EXISTS (SELECT 1 FROM account_password p WHERE p.user_id = u.id) AS way_in`

type userRow struct {
	ID       sala.ID   `bun:"id"`
	Email    string    `bun:"email"`
	Name     string    `bun:"name"`
	Role     string    `bun:"role"`
	Lang     sala.Lang `bun:"lang"`
	Created  time.Time `bun:"created"`
	Disabled db.Null   `bun:"disabled"`
	WayIn    bool      `bun:"way_in"`
	Digest   bool      `bun:"digest"`
	Langs    string    `bun:"langs"` // with spaces between them
	KeysOff  bool      `bun:"keys_off"`
}

func (r userRow) user() (User, error) {
	role, err := sala.ParseRole(r.Role)
	if err != nil {
		return User{}, fmt.Errorf("user %s: %w", r.ID, err)
	}
	u := User{ID: r.ID, Email: r.Email, Name: r.Name, Role: role, Lang: r.Lang, Created: r.Created.UTC(), WayIn: r.WayIn, Digest: r.Digest, KeysOff: r.KeysOff}
	for l := range strings.FieldsSeq(r.Langs) {
		u.Langs = append(u.Langs, sala.Lang(l))
	}
	if !r.Disabled.IsZero() {
		u.Disabled = r.Disabled.UTC()
	}
	return u, nil
}

func (s *Store) one(ctx context.Context, r db.Reader, where string, args ...any) (User, error) {
	row, err := db.One[userRow](ctx, r, `SELECT `+userColumns+` FROM account_user u WHERE `+where, args...)
	if err != nil {
		return User{}, err
	}
	return row.user()
}

// User returns one user. by may be that user or somebody who manages users.
func (s *Store) User(ctx context.Context, by sala.Actor, id sala.ID) (User, error) {
	if by.ID != id && !by.May(sala.ManageUsers) {
		return User{}, fmt.Errorf("user %s: %w", id, sala.ErrForbidden)
	}
	u, err := s.one(ctx, s.db, `id = ?`, id)
	if err != nil {
		return User{}, fmt.Errorf("user %s: %w", id, err)
	}
	return u, nil
}

// UserByEmail returns the user with an address, however it is written.
func (s *Store) UserByEmail(ctx context.Context, by sala.Actor, email string) (User, error) {
	if !by.May(sala.ManageUsers) {
		return User{}, fmt.Errorf("user by address: %w", sala.ErrForbidden)
	}
	u, err := s.one(ctx, s.db, `email = ?`, normal(email))
	if errors.Is(err, sala.ErrNotFound) {
		return User{}, fmt.Errorf("there is no user %s: %w", normal(email), err)
	}
	return u, err
}

// Users returns every user, by address.
func (s *Store) Users(ctx context.Context, by sala.Actor) ([]User, error) {
	if !by.May(sala.ManageUsers) {
		return nil, fmt.Errorf("users: %w", sala.ErrForbidden)
	}
	rows, err := db.All[userRow](ctx, s.db, `SELECT `+userColumns+` FROM account_user u ORDER BY email`)
	if err != nil {
		return nil, fmt.Errorf("users: %w", err)
	}
	users := make([]User, len(rows))
	for i, r := range rows {
		if users[i], err = r.user(); err != nil {
			return nil, err
		}
	}
	return users, nil
}

// Empty reports whether there is no user at all: the house waits to be set up.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	return empty(ctx, s.db)
}

// normal is the one form in which an address is kept and looked for. It is in
// lower case from end to end, which [mail.Address] is not: nobody is to have two
// accounts whose addresses only a mail server could tell apart.
func normal(email string) string {
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(email)))
}

// longestName bounds names of people and of their passkeys, in bytes.
const longestName = 200

// checkUser returns what is wrong with the fields of a new user.
func checkUser(email, name string, role sala.Role) error {
	var bad sala.Invalid
	if _, err := mail.Address(email); err != nil {
		bad = append(bad, sala.FieldError{Field: "email", Key: "account.email_bad", Text: fmt.Sprintf("%q is not an e-mail address", email)})
	}
	if len(name) > longestName {
		bad = append(bad, sala.FieldError{Field: "name", Key: "account.name_long", Text: "the name is too long"})
	}
	if role <= sala.Reader || role > sala.Admin {
		bad = append(bad, sala.FieldError{Field: "role", Key: "account.role_unknown", Text: fmt.Sprintf("%s is not a role a user can have", role)})
	}
	if bad != nil {
		return bad
	}
	return nil
}

// add adds a user within tx.
func (s *Store) add(ctx context.Context, tx *db.Tx, by sala.Actor, u User) (User, error) {
	if err := checkUser(u.Email, u.Name, u.Role); err != nil {
		return User{}, err
	}
	if u.ID == "" {
		u.ID = sala.NewID()
	}
	u.Email, u.Name, u.Created = normal(u.Email), strings.TrimSpace(u.Name), tx.Now
	err := tx.ExecOne(ctx, `INSERT INTO account_user (id, email, name, role, lang, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		u.ID, u.Email, u.Name, u.Role.String(), u.Lang, db.At(tx.Now), db.At(tx.Now))
	if errors.Is(err, sala.ErrConflict) {
		return User{}, sala.Invalid{{Field: "email", Key: "account.email_taken", Text: fmt.Sprintf("there is a user %s already", u.Email)}}
	}
	if err != nil {
		return User{}, fmt.Errorf("add user %s: %w", u.Email, err)
	}
	return u, s.changed(ctx, tx, by, u.ID, "added", u.Role.String())
}

// Describe sets what a user says of themself.
func (s *Store) Describe(ctx context.Context, by sala.Actor, name string, lang sala.Lang) error {
	if !by.May(sala.EnterStudio) || by.ID == "" {
		return fmt.Errorf("describe oneself: %w", sala.ErrForbidden)
	}
	name = strings.TrimSpace(name)
	if len(name) > longestName {
		return sala.Invalid{{Field: "name", Key: "account.name_long", Text: "the name is too long"}}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `UPDATE account_user SET name = ?, lang = ?, changed = ? WHERE id = ?`, name, lang, db.At(tx.Now), by.ID)
		if err != nil {
			return fmt.Errorf("describe user %s: %w", by.ID, err)
		}
		return s.changed(ctx, tx, by, by.ID, "described", "")
	})
}

// SetDigest says whether a user wants the weekly letter about translations
// that are out of date, and of which languages; none is all of the site's.
func (s *Store) SetDigest(ctx context.Context, by sala.Actor, on bool, langs []sala.Lang) error {
	if !by.May(sala.EnterStudio) || by.ID == "" {
		return fmt.Errorf("set one's letters: %w", sala.ErrForbidden)
	}
	tags := make([]string, len(langs))
	for i, l := range langs {
		parsed, err := sala.ParseLang(string(l))
		if err != nil {
			return sala.Invalid{{Field: "langs", Key: "account.digest_lang_bad", Text: fmt.Sprintf("%q is no language", l)}}
		}
		tags[i] = string(parsed)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `UPDATE account_user SET digest = ?, langs = ?, changed = ? WHERE id = ?`, on, strings.Join(tags, " "), db.At(tx.Now), by.ID)
		if err != nil {
			return fmt.Errorf("set the letters of user %s: %w", by.ID, err)
		}
		return s.changed(ctx, tx, by, by.ID, "digest_set", "")
	})
}

// SetKeys switches the shortcuts of a single key on or off, for oneself.
func (s *Store) SetKeys(ctx context.Context, by sala.Actor, on bool) error {
	if !by.May(sala.EnterStudio) || by.ID == "" {
		return fmt.Errorf("set one's keys: %w", sala.ErrForbidden)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.ExecOne(ctx, `UPDATE account_user SET keys_off = ?, changed = ? WHERE id = ?`, !on, db.At(tx.Now), by.ID); err != nil {
			return fmt.Errorf("set the keys of %s: %w", by.ID, err)
		}
		return s.changed(ctx, tx, by, by.ID, "described", "")
	})
}

// SetRole gives a user another role. was is the role that by saw: if it has
// changed since, the answer is [sala.ErrConflict]. The user's sessions end.
// The last admin cannot be made less.
func (s *Store) SetRole(ctx context.Context, by sala.Actor, id sala.ID, was, role sala.Role) error {
	if !by.May(sala.ManageUsers) {
		return fmt.Errorf("set the role of %s: %w", id, sala.ErrForbidden)
	}
	if role <= sala.Reader || role > sala.Admin {
		return sala.Invalid{{Field: "role", Key: "account.role_unknown", Text: fmt.Sprintf("%s is not a role a user can have", role)}}
	}
	return s.change(ctx, by, id, "role_set", was.String()+" to "+role.String(), func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `UPDATE account_user SET role = ?, changed = ? WHERE id = ? AND role = ?`, role.String(), db.At(tx.Now), id, was.String())
		if errors.Is(err, sala.ErrNotFound) { // the user is there: change has looked
			return fmt.Errorf("the role is not %s any more: %w", was, sala.ErrConflict)
		}
		return err
	})
}

// Disable keeps a user out from now on; Enable lets them in again.
func (s *Store) Disable(ctx context.Context, by sala.Actor, id sala.ID) error {
	return s.change(ctx, by, id, "disabled", "", func(tx *db.Tx) error {
		return tx.ExecOne(ctx, `UPDATE account_user SET disabled = COALESCE(disabled, ?), changed = ? WHERE id = ?`, db.At(tx.Now), db.At(tx.Now), id)
	})
}

// Enable is the reverse of [Store.Disable].
func (s *Store) Enable(ctx context.Context, by sala.Actor, id sala.ID) error {
	return s.change(ctx, by, id, "enabled", "", func(tx *db.Tx) error {
		return tx.ExecOne(ctx, `UPDATE account_user SET disabled = NULL, changed = ? WHERE id = ?`, db.At(tx.Now), id)
	})
}

// change changes what a user may do: their sessions and open links end, and
// an admin who can sign in must be left.
func (s *Store) change(ctx context.Context, by sala.Actor, id sala.ID, what, detail string, f func(tx *db.Tx) error) error {
	if !by.May(sala.ManageUsers) {
		return fmt.Errorf("%s user %s: %w", what, id, sala.ErrForbidden)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		// Logged first: it makes changes of users wait for each other, so that two
		// admins cannot each remove the other.
		if err := tx.Changed(ctx, userRef(id), what, by); err != nil {
			return err
		}
		before, err := s.one(ctx, tx, `id = ?`, id)
		if err != nil {
			return fmt.Errorf("%s user %s: %w", what, id, err)
		}
		if err := f(tx); err != nil {
			return fmt.Errorf("%s user %s: %w", what, id, err)
		}
		if before.Role == sala.Admin && before.Disabled.IsZero() && before.WayIn {
			if err := adminLeft(ctx, tx); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `DELETE FROM account_session WHERE user_id = ?`, id); err != nil {
			return fmt.Errorf("end the sessions of %s: %w", id, err)
		}
		return s.record(ctx, tx, by, what, userRef(id), detail)
	})
}

// adminLeft returns an error if nobody who can sign in could manage users.
func adminLeft(ctx context.Context, tx *db.Tx) error {
	rows, err := db.All[userRow](ctx, tx, `SELECT `+userColumns+` FROM account_user u WHERE role = 'admin' AND disabled IS NULL`)
	if err != nil {
		return fmt.Errorf("look for an admin: %w", err)
	}
	if slices.ContainsFunc(rows, func(r userRow) bool { return r.WayIn }) {
		return nil
	}
	return sala.Invalid{{Field: "role", Key: "account.last_admin", Text: "there must be at least one admin who can sign in"}}
}

func userRef(id sala.ID) sala.Ref { return sala.Ref{Kind: sala.KindUser, ID: id} }
