package account

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
)

// A Key seals what the database holds and must be able to read again: the
// secrets of authenticator apps. It also seals the state of a sign-in that
// has begun, which the browser carries, so that a stranger who only looks at
// a form leaves nothing in the database. It lies in the data folder, so that
// a copy of the database alone does not open them.
type Key [32]byte

// String keeps a key out of logs.
func (Key) String() string { return "(a key)" }

// GoString keeps it out of %#v.
func (k Key) GoString() string { return k.String() }

// KeyFile is the name of the key's file in the data folder.
const KeyFile = "secret.key"

// LoadKey reads the key in a file (64 hex digits), and makes the file if it is
// absent.
func LoadKey(path string) (Key, error) {
	var k Key
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newKey(path)
	}
	if err != nil {
		return k, fmt.Errorf("read the key: %w", err)
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(raw) != len(k) {
		return k, fmt.Errorf("%s is not a key: it must hold %d hex digits; take it from a backup", path, 2*len(k))
	}
	copy(k[:], raw)
	return k, nil
}

// newKey makes a key file. Of two programs that make it at once, one wins and
// the other reads what the first wrote.
func newKey(path string) (Key, error) {
	var k Key
	rand.Read(k[:]) // never fails
	f, err := os.CreateTemp(dir(path), ".key")
	if err != nil {
		return k, fmt.Errorf("make the key: %w", err)
	}
	_, err = f.WriteString(hex.EncodeToString(k[:]) + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Link(f.Name(), path)
	}
	if undo := os.Remove(f.Name()); undo != nil {
		err = errors.Join(err, undo)
	}
	if errors.Is(err, fs.ErrExist) {
		return LoadKey(path)
	}
	if err != nil {
		return k, fmt.Errorf("make the key: %w", err)
	}
	return k, nil
}

func dir(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i+1]
	}
	return "."
}

// cipher returns the cipher of one purpose: AES-256 in Galois counter mode,
// under a key of its own (HKDF, RFC 5869).
func (k Key) cipher(purpose string) cipher.AEAD {
	sub, err := hkdf.Key(sha256.New, k[:], nil, "sala account "+purpose, 32)
	if err != nil {
		panic(err) // the length is fixed
	}
	block, err := aes.NewCipher(sub)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// seal seals text for a purpose; bound is told again to open it.
func (k Key) seal(purpose, bound string, text []byte) string {
	return base64.RawURLEncoding.EncodeToString(k.cipher(purpose).Seal(nil, nil, text, []byte(bound)))
}

var errSeal = errors.New("sealed with another key, or damaged")

func (k Key) open(purpose, bound, sealed string) ([]byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return nil, errSeal
	}
	text, err := k.cipher(purpose).Open(nil, nil, b, []byte(bound))
	if err != nil {
		return nil, errSeal
	}
	return text, nil
}

// A Box seals for one purpose; what one box has sealed no other opens.
type Box struct {
	key     Key
	purpose string
}

// Box returns the box of a purpose. It is for what lies outside this area and
// must be read again, such as a link in a letter that waits.
func (k Key) Box(purpose string) Box { return Box{k, "box " + purpose} }

// Seal seals text; bound is told again to open it.
func (b Box) Seal(bound, text string) string { return b.key.seal(b.purpose, bound, []byte(text)) }

// Open is the reverse of [Box.Seal].
func (b Box) Open(bound, sealed string) (string, error) {
	text, err := b.key.open(b.purpose, bound, sealed)
	return string(text), err
}

// CheckKey returns an error if the database was sealed with another key. The
// first to ask leaves its mark.
func (s *Store) CheckKey(ctx context.Context) error {
	mark, err := hkdf.Key(sha256.New, s.key[:], nil, "sala account mark", 8)
	if err != nil {
		panic(err)
	}
	mine, kept := hex.EncodeToString(mark), ""
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO account_fact (name, value) VALUES ('key', ?) ON CONFLICT (name) DO NOTHING`, mine); err != nil {
			return err
		}
		var err error
		kept, err = db.One[string](ctx, tx, `SELECT value FROM account_fact WHERE name = 'key'`)
		return err
	})
	if err != nil {
		return fmt.Errorf("compare the key: %w", err)
	}
	if kept != mine {
		return fmt.Errorf("%s in the data folder is not the key that this database was sealed with: "+
			"copy that file from the other copy's data folder or from a backup; if it is lost, run sala user new-key", KeyFile)
	}
	return nil
}

// AdoptKey takes the present key for a database that was sealed with one now
// lost. Authenticator apps, which only that one opens, are removed: their
// users sign in by passkey, or by password alone, and add them again.
func (s *Store) AdoptKey(ctx context.Context, by sala.Actor) (removed int64, err error) {
	if !by.May(sala.ManageUsers) {
		return 0, fmt.Errorf("adopt a key: %w", sala.ErrForbidden)
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		type row struct {
			User   sala.ID `bun:"user_id"`
			Sealed string  `bun:"sealed"`
		}
		rows, err := db.All[row](ctx, tx, `SELECT user_id, sealed FROM account_totp`)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if _, err := s.key.open("totp", string(r.User), r.Sealed); err == nil {
				continue
			}
			if err := s.changed(ctx, tx, by, r.User, "totp_removed", "key lost"); err != nil {
				return err
			}
			if err := dropSecond(ctx, tx, r.User); err != nil {
				return err
			}
			removed++
		}
		_, err = tx.Exec(ctx, `DELETE FROM account_fact WHERE name = 'key'`)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("adopt a key: %w", err)
	}
	return removed, s.CheckKey(ctx)
}

// errOldForm says that a form was open too long, or has been sent before.
var errOldForm = sala.Invalid{{Field: "form", Key: "account.form_old", Text: "the form was open too long or was sent already; fill it in again"}}

// A ticket is the state of something begun, as a form carries it.
type ticket[T any] struct {
	Ends  time.Time `json:"ends"`
	State T         `json:"state"`
}

func sealForm[T any](s *Store, purpose string, life time.Duration, state T) (string, error) {
	b, err := json.Marshal(ticket[T]{s.db.Now().Add(life), state})
	if err != nil {
		return "", fmt.Errorf("seal a form: %w", err)
	}
	return s.key.seal("form", purpose, b), nil
}

func openForm[T any](s *Store, purpose, sealed string) (T, error) {
	var t ticket[T]
	b, err := s.key.open("form", purpose, sealed)
	if err != nil {
		return t.State, errOldForm
	}
	if err := json.Unmarshal(b, &t); err != nil {
		return t.State, fmt.Errorf("open a form: %w", err)
	}
	if s.db.Now().After(t.Ends) {
		return t.State, errOldForm
	}
	return t.State, nil
}

// spend lets a sealed form count once.
func (s *Store) spend(ctx context.Context, tx *db.Tx, sealed string, life time.Duration) error {
	if _, err := tx.Exec(ctx, `DELETE FROM account_spent WHERE ends < ?`, db.At(tx.Now)); err != nil {
		return fmt.Errorf("forget old forms: %w", err)
	}
	err := tx.ExecOne(ctx, `INSERT INTO account_spent (hash, ends) VALUES (?, ?)`, bearer.Hash(sealed), db.At(tx.Now.Add(life)))
	if errors.Is(err, sala.ErrConflict) {
		return errOldForm
	}
	return err
}

// newCode returns n random bytes as groups of four letters and digits that
// are read aloud without mistakes (RFC 4648 base32, lower case).
func newCode(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	text := strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
	var groups []string
	for len(text) > 4 {
		groups, text = append(groups, text[:4]), text[4:]
	}
	return strings.Join(append(groups, text), "-")
}

// plainCode undoes what people do to a code as they type it.
func plainCode(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	return strings.NewReplacer("-", "", " ", "", "0", "o", "1", "l").Replace(s)
}
