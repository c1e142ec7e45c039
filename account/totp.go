package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
)

// Codes of an authenticator app are those of RFC 6238 as every app makes
// them: SHA-1, six digits, a step of thirty seconds. A code of the step
// before or after is taken too, for clocks that are a little off.
const totpStep = 30

var totpOptions = totp.ValidateOpts{Period: totpStep, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// recoveryCodes is how many one gets: each signs in once where the app is
// lost.
const recoveryCodes = 10

// A Second is what of a second factor a user has.
type Second struct {
	App  time.Time // since when; zero if there is no app
	Left int       // recovery codes not used yet
}

// SecondOf returns by's second factor.
func (s *Store) SecondOf(ctx context.Context, by sala.Actor) (Second, error) {
	at, err := db.All[time.Time](ctx, s.db, `SELECT created FROM account_totp WHERE user_id = ?`, by.ID)
	if err != nil {
		return Second{}, fmt.Errorf("second factor: %w", err)
	}
	left, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM account_recovery WHERE user_id = ? AND used IS NULL`, by.ID)
	if err != nil {
		return Second{}, fmt.Errorf("second factor: %w", err)
	}
	second := Second{Left: left}
	if len(at) == 1 {
		second.App = at[0].UTC()
	}
	return second, nil
}

// An AppOffer is a secret that an authenticator app may take. Nothing is kept
// until a code made with it is told.
type AppOffer struct {
	Form    string // sealed
	Secret  string // as one types it, in groups of four
	Address string // otpauth://…, as the picture holds it
}

// appFormLife is how long one may take to add an app.
const appFormLife = 15 * time.Minute

type appForm struct {
	User   sala.ID `json:"user"`
	Secret string  `json:"secret"`
}

// OfferApp makes a new secret for by. issuer is the network's name.
func (s *Store) OfferApp(by sala.Actor, issuer, email string) (AppOffer, error) {
	secret := make([]byte, 20) // as long as SHA-1 is (RFC 4226, section 4)
	rand.Read(secret)
	return s.offer(by, base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret), issuer, email)
}

// OfferAgain shows the same secret again, after a wrong code.
func (s *Store) OfferAgain(by sala.Actor, form, issuer, email string) (AppOffer, error) {
	kept, err := openForm[appForm](s, "app", form)
	if err != nil || kept.User != by.ID {
		return s.OfferApp(by, issuer, email)
	}
	return s.offer(by, kept.Secret, issuer, email)
}

func (s *Store) offer(by sala.Actor, secret, issuer, email string) (AppOffer, error) {
	form, err := sealForm(s, "app", appFormLife, appForm{by.ID, secret})
	if err != nil {
		return AppOffer{}, err
	}
	var groups []string
	for i := 0; i < len(secret); i += 4 {
		groups = append(groups, secret[i:min(i+4, len(secret))])
	}
	if issuer = strings.ReplaceAll(issuer, ":", " "); issuer == "" {
		issuer = "Sala"
	}
	// The form of address that every app reads; SHA-1, six digits and thirty
	// seconds are what it means where it does not say.
	address := "otpauth://totp/" + url.PathEscape(issuer) + ":" + url.PathEscape(email) + "?secret=" + secret + "&issuer=" + url.PathEscape(issuer)
	return AppOffer{form, strings.Join(groups, " "), address}, nil
}

// AddApp keeps the secret of an offer once a code proves that the app has it,
// and returns recovery codes, which are shown this once. Only one who has a
// password needs a second factor; a passkey is two by itself.
func (s *Store) AddApp(ctx context.Context, by sala.Actor, form, code string, keep sala.ID) (recovery []string, err error) {
	if by.ID == "" || !by.May(sala.EnterStudio) {
		return nil, fmt.Errorf("add an app: %w", sala.ErrForbidden)
	}
	kept, err := openForm[appForm](s, "app", form)
	if err != nil {
		return nil, err
	}
	if kept.User != by.ID {
		return nil, errOldForm
	}
	step, err := s.stepOf(kept.Secret, code)
	if err != nil {
		return nil, err
	}
	if step == 0 {
		return nil, sala.Invalid{{Field: "code", Key: "account.code_wrong", Text: "this is not the code that the app shows now"}}
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.changed(ctx, tx, by, by.ID, "totp_added", ""); err != nil {
			return err
		}
		if err := s.spend(ctx, tx, form, appFormLife); err != nil {
			return err
		}
		err := tx.ExecOne(ctx, `
			INSERT INTO account_totp (user_id, sealed, last_step, created) VALUES (?, ?, ?, ?)
			ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, last_step = excluded.last_step, created = excluded.created`,
			by.ID, s.key.seal("totp", string(by.ID), []byte(kept.Secret)), step, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("add an app: %w", err)
		}
		if recovery, err = s.newRecovery(ctx, tx, by); err != nil {
			return err
		}
		return s.endOthers(ctx, tx, by.ID, keep)
	})
	return recovery, err
}

// RemoveApp removes by's app and recovery codes.
func (s *Store) RemoveApp(ctx context.Context, by sala.Actor, keep sala.ID) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.changed(ctx, tx, by, by.ID, "totp_removed", ""); err != nil {
			return err
		}
		if err := tx.ExecOne(ctx, `DELETE FROM account_totp WHERE user_id = ?`, by.ID); err != nil {
			return fmt.Errorf("remove an app: %w", err)
		}
		if err := dropSecond(ctx, tx, by.ID); err != nil {
			return err
		}
		return s.endOthers(ctx, tx, by.ID, keep)
	})
}

// NewRecovery gives by new recovery codes; the old ones stop working.
func (s *Store) NewRecovery(ctx context.Context, by sala.Actor) (recovery []string, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		has, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM account_totp WHERE user_id = ?`, by.ID)
		if err != nil {
			return fmt.Errorf("recovery codes: %w", err)
		}
		if has == 0 {
			return fmt.Errorf("recovery codes: there is no app: %w", sala.ErrNotFound)
		}
		if err := s.changed(ctx, tx, by, by.ID, "recovery_made", ""); err != nil {
			return err
		}
		recovery, err = s.newRecovery(ctx, tx, by)
		return err
	})
	return recovery, err
}

func (s *Store) newRecovery(ctx context.Context, tx *db.Tx, by sala.Actor) ([]string, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM account_recovery WHERE user_id = ?`, by.ID); err != nil {
		return nil, fmt.Errorf("forget old recovery codes: %w", err)
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = newCode(10) // 80 bits: a plain hash is enough
		err := tx.ExecOne(ctx, `INSERT INTO account_recovery (user_id, hash, created) VALUES (?, ?, ?)`, by.ID, bearer.Hash(plainCode(codes[i])), db.At(tx.Now))
		if err != nil {
			return nil, fmt.Errorf("keep a recovery code: %w", err)
		}
	}
	return codes, nil
}

// stepOf returns the step whose code was told, 0 if it is none near now.
func (s *Store) stepOf(secret, code string) (int64, error) {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code)
	now := s.db.Now().Unix() / totpStep
	found := int64(0)
	for step := now - 1; step <= now+1; step++ {
		want, err := totp.GenerateCodeCustom(secret, time.Unix(step*totpStep, 0), totpOptions)
		if err != nil {
			return 0, fmt.Errorf("make a code: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found = step
		}
	}
	return found, nil
}

// second checks a code of u's app, or a recovery code, and uses it up. way is
// what the audit trail says of it; "" means that the code is wrong.
func (s *Store) second(ctx context.Context, u User, code string) (way string, err error) {
	sealed, err := db.One[string](ctx, s.db, `SELECT sealed FROM account_totp WHERE user_id = ?`, u.ID)
	if err != nil {
		return "", err
	}
	// The app first; its secret may be sealed with a key that is lost.
	if secret, err := s.key.open("totp", string(u.ID), sealed); err == nil {
		step, err := s.stepOf(string(secret), code)
		if err != nil {
			return "", err
		}
		if step > 0 {
			return "password and app", s.useOnce(ctx, `UPDATE account_totp SET last_step = ? WHERE user_id = ? AND last_step < ?`, step, u.ID, step)
		}
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.ExecOne(ctx, `UPDATE account_recovery SET used = ? WHERE user_id = ? AND hash = ? AND used IS NULL`, db.At(tx.Now), u.ID, bearer.Hash(plainCode(code)))
	})
	if errors.Is(err, sala.ErrNotFound) {
		return "", nil
	}
	return "password and recovery code", err
}

// errCodeUsed says that a code was right and has been used.
var errCodeUsed = sala.Invalid{{Field: "code", Key: "account.code_used", Text: "this code was used already; wait for the next one"}}

func (s *Store) useOnce(ctx context.Context, query string, args ...any) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error { return tx.ExecOne(ctx, query, args...) })
	if errors.Is(err, sala.ErrNotFound) {
		return errCodeUsed
	}
	return err
}
