package account

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"sala"
	"sala/internal/db"
)

// A Passkey is one that a user may sign in with. It is a second factor by
// itself: the device asks for a finger, a face or a code before it signs.
type Passkey struct {
	ID      sala.ID
	Name    string
	Created time.Time
	Used    time.Time // zero if never
}

// passkeyLife is how long a form with a challenge may lie open.
const passkeyLife = 30 * time.Minute

// A Ceremony is what a form needs to ask the browser for a passkey. It is
// zero where there can be none: passkeys belong to a name, and a site that is
// opened by a number has none.
type Ceremony struct {
	Form    string // sealed: comes back with the answer
	Options string // JSON for navigator.credentials
}

// party returns this site as passkeys know it (WebAuthn Level 3): origin is
// scheme and host as the browser has them.
func party(origin, name string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(origin)
	if err != nil {
		return nil, fmt.Errorf("passkeys for %q: %w", origin, err)
	}
	if name == "" {
		name = "Sala"
	}
	w, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{origin}})
	if err != nil {
		return nil, fmt.Errorf("passkeys for %q: %w", origin, err)
	}
	return w, nil
}

// numbered reports whether an origin is a number and no name.
func numbered(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil {
		return false
	}
	_, err = netip.ParseAddr(u.Hostname())
	return err == nil
}

// holder is a user as the library wants one.
type holder struct {
	user        User
	credentials []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.user.ID) }
func (h holder) WebAuthnName() string                       { return h.user.Email }
func (h holder) WebAuthnDisplayName() string                { return h.user.Called() }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

func (s *Store) holder(ctx context.Context, r db.Reader, u User) (holder, error) {
	h := holder{user: u}
	stored, err := db.All[string](ctx, r, `SELECT credential FROM account_passkey WHERE user_id = ? ORDER BY created`, u.ID)
	if err != nil {
		return h, fmt.Errorf("passkeys of %s: %w", u.ID, err)
	}
	h.credentials = make([]webauthn.Credential, len(stored))
	for i, c := range stored {
		if err := json.Unmarshal([]byte(c), &h.credentials[i]); err != nil {
			return h, fmt.Errorf("passkey of %s: %w", u.ID, err)
		}
	}
	return h, nil
}

// OfferPasskey begins to make a passkey for a user. One who sets up the house
// is nobody yet: a zero User gets an id here, which the answer brings along,
// and the page puts the name in that is typed into it.
func (s *Store) OfferPasskey(ctx context.Context, u User, origin, site string) (Ceremony, error) {
	if numbered(origin) {
		return Ceremony{}, nil
	}
	w, err := party(origin, site)
	if err != nil {
		return Ceremony{}, err
	}
	if u.ID == "" {
		u.ID = sala.NewID()
	}
	h, err := s.holder(ctx, s.db, u)
	if err != nil {
		return Ceremony{}, err
	}
	creation, state, err := w.BeginRegistration(h,
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		}),
		webauthn.WithConveyancePreference(protocol.PreferNoAttestation),
		webauthn.WithExclusions(webauthn.Credentials(h.credentials).CredentialDescriptors()))
	if err != nil {
		return Ceremony{}, fmt.Errorf("offer a passkey: %w", err)
	}
	return ceremony(s, "passkey new", creation.Response, state)
}

// AskPasskey begins a sign-in by passkey. It knows nothing of who asks.
func (s *Store) AskPasskey(origin, site string) (Ceremony, error) {
	if numbered(origin) {
		return Ceremony{}, nil
	}
	w, err := party(origin, site)
	if err != nil {
		return Ceremony{}, err
	}
	assertion, state, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	return ceremony(s, "passkey in", assertion.Response, state)
}

func ceremony(s *Store, purpose string, options any, state *webauthn.SessionData) (Ceremony, error) {
	b, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, fmt.Errorf("begin a passkey: %w", err)
	}
	form, err := sealForm(s, purpose, passkeyLife, *state)
	return Ceremony{form, string(b)}, err
}

// A NewPasskey is one that a browser has made and that has been checked, not
// kept yet.
type NewPasskey struct {
	user       sala.ID
	form       string
	name       string
	credential webauthn.Credential
}

// errPasskey says that a passkey's answer does not hold.
var errPasskey = sala.Invalid{{Field: "passkey", Key: "account.passkey_bad", Text: "the passkey could not be checked; try again"}}

// CheckPasskey checks what a browser answered to [Store.OfferPasskey]. name
// tells it from the user's other passkeys, say the device.
func (s *Store) CheckPasskey(form, answer, name, origin, site string) (*NewPasskey, error) {
	if numbered(origin) {
		return nil, errPasskey
	}
	state, err := openForm[webauthn.SessionData](s, "passkey new", form)
	if err != nil {
		return nil, err
	}
	w, err := party(origin, site)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return nil, errPasskey
	}
	id := sala.ID(state.UserID)
	c, err := w.CreateCredential(holder{user: User{ID: id}}, state, parsed)
	if err != nil {
		return nil, errPasskey
	}
	if name = strings.TrimSpace(name); name == "" || len(name) > longestName {
		name = "Passkey"
	}
	return &NewPasskey{id, form, name, *c}, nil
}

// AddPasskey keeps a passkey of by.
func (s *Store) AddPasskey(ctx context.Context, by sala.Actor, p *NewPasskey) error {
	if by.ID == "" || !by.May(sala.EnterStudio) || p.user != by.ID {
		return fmt.Errorf("add a passkey: %w", sala.ErrForbidden)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return s.putPasskey(ctx, tx, by, *p) })
}

func (s *Store) putPasskey(ctx context.Context, tx *db.Tx, by sala.Actor, p NewPasskey) error {
	if err := s.changed(ctx, tx, by, by.ID, "passkey_added", p.name); err != nil {
		return err
	}
	if err := s.spend(ctx, tx, p.form, passkeyLife); err != nil {
		return err
	}
	b, err := json.Marshal(p.credential)
	if err != nil {
		return fmt.Errorf("keep a passkey: %w", err)
	}
	err = tx.ExecOne(ctx, `INSERT INTO account_passkey (id, user_id, key_id, name, credential, created) VALUES (?, ?, ?, ?, ?, ?)`,
		sala.NewID(), by.ID, keyID(p.credential.ID), p.name, string(b), db.At(tx.Now))
	if errors.Is(err, sala.ErrConflict) {
		return errPasskey
	}
	if err != nil {
		return fmt.Errorf("keep a passkey: %w", err)
	}
	return nil
}

func keyID(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }

// ByPasskey signs in by what a browser answered to [Store.AskPasskey].
func (s *Store) ByPasskey(ctx context.Context, v Visit, form, answer, origin, site string) (SignIn, error) {
	if numbered(origin) {
		return SignIn{}, errPasskey
	}
	back, err := s.limits.take(limitNetwork, network(v.Address))
	if err != nil {
		return SignIn{}, err
	}
	state, err := openForm[webauthn.SessionData](s, "passkey in", form)
	if err != nil {
		return SignIn{}, err
	}
	w, err := party(origin, site)
	if err != nil {
		return SignIn{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return SignIn{}, s.failed(ctx, User{}, v, "passkey", errPasskey)
	}
	var (
		user   User
		broken error // ours, not the visitor's
	)
	_, credential, err := w.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		u, err := s.one(ctx, s.db, `id = ?`, string(handle))
		if err == nil {
			user = u
			var h holder
			if h, err = s.holder(ctx, s.db, u); err == nil {
				return h, nil
			}
		}
		if !errors.Is(err, sala.ErrNotFound) {
			broken = err
		}
		return nil, err
	}, state, parsed)
	switch {
	case broken != nil:
		return SignIn{}, fmt.Errorf("sign in by passkey: %w", broken)
	case err != nil:
		return SignIn{}, s.failed(ctx, user, v, "passkey", errPasskey)
	case !user.Disabled.IsZero():
		return SignIn{}, s.failed(ctx, user, v, "disabled", errPasskey)
	case credential.Authenticator.CloneWarning:
		return SignIn{}, s.failed(ctx, user, v, "passkey that was copied", errPasskey)
	}
	b, err := json.Marshal(credential)
	if err != nil {
		return SignIn{}, fmt.Errorf("sign in by passkey: %w", err)
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.spend(ctx, tx, form, passkeyLife); err != nil {
			return err
		}
		return tx.ExecOne(ctx, `UPDATE account_passkey SET credential = ?, used = ? WHERE key_id = ? AND user_id = ?`, string(b), db.At(tx.Now), keyID(credential.ID), user.ID)
	})
	if err != nil {
		return SignIn{}, err
	}
	back()
	return SignIn{User: user, Way: "passkey"}, nil
}

// Passkeys returns the passkeys of by, oldest first.
func (s *Store) Passkeys(ctx context.Context, by sala.Actor) ([]Passkey, error) {
	type row struct {
		ID      sala.ID   `bun:"id"`
		Name    string    `bun:"name"`
		Created time.Time `bun:"created"`
		Used    db.Null   `bun:"used"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT id, name, created, used FROM account_passkey WHERE user_id = ? ORDER BY created, id`, by.ID)
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	list := make([]Passkey, len(rows))
	for i, r := range rows {
		list[i] = Passkey{ID: r.ID, Name: r.Name, Created: r.Created.UTC()}
		if !r.Used.IsZero() {
			list[i].Used = r.Used.UTC()
		}
	}
	return list, nil
}

// RemovePasskey removes a passkey of by. The last way in stays.
func (s *Store) RemovePasskey(ctx context.Context, by sala.Actor, id, keep sala.ID) error {
	return s.removeWay(ctx, by, keep, "passkey_removed", `DELETE FROM account_passkey WHERE user_id = ? AND id = ?`, by.ID, id)
}

// RemovePassword removes the password of by, and the second factor that goes
// with it. The last way in stays.
func (s *Store) RemovePassword(ctx context.Context, by sala.Actor, keep sala.ID) error {
	return s.removeWay(ctx, by, keep, "password_removed", `DELETE FROM account_password WHERE user_id = ?`, by.ID)
}

func (s *Store) removeWay(ctx context.Context, by sala.Actor, keep sala.ID, what, query string, args ...any) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.changed(ctx, tx, by, by.ID, what, ""); err != nil {
			return err
		}
		if err := tx.ExecOne(ctx, query, args...); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		u, err := s.one(ctx, tx, `id = ?`, by.ID)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if !u.WayIn {
			return sala.Invalid{{Field: "way", Key: "account.last_way", Text: "this is your last way in: add another first"}}
		}
		if kept, err := s.password(ctx, tx, by.ID); err != nil {
			return err
		} else if kept == "" {
			if err := dropSecond(ctx, tx, by.ID); err != nil {
				return err
			}
		}
		return s.endOthers(ctx, tx, by.ID, keep)
	})
}
