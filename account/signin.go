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

// A Visit is where a sign-in comes from. The address is used to slow down who
// guesses and is written nowhere.
type Visit struct {
	Address string // of the network, "203.0.113.7"
	Device  string // [Device] of the browser
}

// A SignIn is the outcome of a right password or passkey.
type SignIn struct {
	User User
	Way  string // what the audit trail says: "passkey", "password", "password and app"
	// Step is not empty where a second factor must follow: the state that the
	// next form carries. The user is then not to be let in yet.
	Step string
}

// errWrong is the one answer to a wrong address, a wrong password, a disabled
// user and one who has no password.
var errWrong = sala.Invalid{{Field: "password", Key: "account.signin_wrong", Text: "the address or the password is wrong"}}

// stepLife is how long one may take to find the code.
const stepLife = 10 * time.Minute

type step struct {
	User sala.ID `json:"user"`
	At   string  `json:"at"` // hash of the password's hash: a change of it ends the step
}

// ByPassword signs in by address and password.
func (s *Store) ByPassword(ctx context.Context, v Visit, email, password string) (SignIn, error) {
	email = normal(email)
	place := network(v.Address)
	back, err := s.limits.takeAll(counted{limitNetwork, place}, counted{limitAccount, bearer.Hash(email)}, counted{limitHere, place + " " + bearer.Hash(email)})
	if err != nil {
		return SignIn{}, err
	}
	u, err := s.one(ctx, s.db, `email = ?`, email)
	known := err == nil
	if err != nil && !errors.Is(err, sala.ErrNotFound) {
		return SignIn{}, fmt.Errorf("sign in: %w", err)
	}
	kept, err := s.password(ctx, s.db, u.ID)
	if err != nil {
		return SignIn{}, fmt.Errorf("sign in: %w", err)
	}
	ok, err := s.verify(ctx, kept, password)
	if err != nil {
		return SignIn{}, err
	}
	switch {
	case !known:
		return SignIn{}, s.failed(ctx, User{}, v, "unknown address", errWrong)
	case !ok:
		return SignIn{}, s.failed(ctx, u, v, "password", errWrong)
	case !u.Disabled.IsZero():
		return SignIn{}, s.failed(ctx, u, v, "disabled", errWrong)
	}
	has, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM account_totp WHERE user_id = ?`, u.ID)
	if err != nil {
		return SignIn{}, fmt.Errorf("sign in: %w", err)
	}
	back()
	if has == 0 {
		return SignIn{User: u, Way: "password"}, nil
	}
	sealed, err := sealForm(s, "step", stepLife, step{u.ID, bearer.Hash(kept)})
	return SignIn{User: u, Step: sealed}, err
}

// BySecond goes on after a right password, with a code of the app or a
// recovery code.
func (s *Store) BySecond(ctx context.Context, v Visit, sealed, code string) (SignIn, error) {
	st, err := openForm[step](s, "step", sealed)
	if err != nil {
		return SignIn{}, err
	}
	back, err := s.limits.takeAll(counted{limitNetwork, network(v.Address)}, counted{limitSecond, string(st.User)})
	if err != nil {
		return SignIn{}, err
	}
	u, err := s.one(ctx, s.db, `id = ? AND disabled IS NULL`, st.User)
	if errors.Is(err, sala.ErrNotFound) {
		return SignIn{}, errOldForm
	} else if err != nil {
		return SignIn{}, fmt.Errorf("sign in: %w", err)
	}
	kept, err := s.password(ctx, s.db, u.ID)
	if err != nil {
		return SignIn{}, fmt.Errorf("sign in: %w", err)
	}
	if bearer.Hash(kept) != st.At {
		return SignIn{}, errOldForm
	}
	way, err := s.second(ctx, u, code)
	if errors.Is(err, sala.ErrNotFound) { // the app was removed meanwhile
		return SignIn{}, errOldForm
	} else if err != nil {
		return SignIn{}, err
	}
	if way == "" {
		return SignIn{}, s.failed(ctx, u, v, "code", sala.Invalid{{Field: "code", Key: "account.code_wrong", Text: "this is not the code that the app shows now"}})
	}
	back()
	return SignIn{User: u, Way: way}, nil
}

// failed records a sign-in that failed and returns why.
func (s *Store) failed(ctx context.Context, u User, v Visit, what string, why error) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		ref := sala.Ref{}
		if u.ID != "" {
			ref = userRef(u.ID)
		}
		return s.record(ctx, tx, sala.Actor{}, "sign_in_failed", ref, what+", "+v.Device)
	})
	if err != nil {
		return fmt.Errorf("record a failed sign-in: %w", err)
	}
	return why
}
