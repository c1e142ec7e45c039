// Package account keeps who may work on the record, and in which role. How
// they sign in comes with the studio; a user who is only listed here can do
// nothing yet.
package account

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// A User is somebody who may work on the record.
type User struct {
	ID      sala.ID
	Email   string // in lower case
	Role    sala.Role
	Created time.Time
}

// A Store keeps the users.
type Store struct{ db *db.DB }

// NewStore returns the users in d.
func NewStore(d *db.DB) *Store { return &Store{d} }

// Add adds a user. It returns [sala.ErrConflict] if there is one with that
// address, and [sala.Invalid] if the address is none.
func (s *Store) Add(ctx context.Context, by sala.Actor, email string, role sala.Role) (User, error) {
	if by.Role < sala.Admin {
		return User{}, fmt.Errorf("add a user: %w", sala.ErrForbidden)
	}
	address, err := mail.ParseAddress(email)
	if err != nil || address.Address != strings.TrimSpace(email) {
		return User{}, sala.Invalid{{Field: "email", Key: "user.email_bad", Text: fmt.Sprintf("%q is not an e-mail address", email)}}
	}
	if role <= sala.Reader || role > sala.Admin {
		return User{}, sala.Invalid{{Field: "role", Key: "user.role_unknown", Text: fmt.Sprintf("%s is not a role a user can have", role)}}
	}
	u := User{ID: sala.NewID(), Email: strings.ToLower(address.Address), Role: role}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		u.Created = tx.Now
		err := tx.ExecOne(ctx, `INSERT INTO account_user (id, email, role, created, changed) VALUES (?, ?, ?, ?, ?)`,
			u.ID, u.Email, u.Role.String(), db.At(tx.Now), db.At(tx.Now))
		if errors.Is(err, sala.ErrConflict) {
			return fmt.Errorf("there is a user %s already: %w", u.Email, sala.ErrConflict)
		}
		if err != nil {
			return fmt.Errorf("add user %s: %w", u.Email, err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindUser, ID: u.ID}, "added", by)
	})
	return u, err
}

// Users returns every user, by address.
func (s *Store) Users(ctx context.Context) ([]User, error) {
	type row struct {
		ID      sala.ID   `bun:"id"`
		Email   string    `bun:"email"`
		Role    string    `bun:"role"`
		Created time.Time `bun:"created"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT id, email, role, created FROM account_user ORDER BY email`)
	if err != nil {
		return nil, fmt.Errorf("users: %w", err)
	}
	users := make([]User, len(rows))
	for i, r := range rows {
		role, err := sala.ParseRole(r.Role)
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", r.Email, err)
		}
		users[i] = User{r.ID, r.Email, role, r.Created.UTC()}
	}
	return users, nil
}
