package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"sala"
	"sala/internal/db"
)

// Passwords are kept as argon2id with the parameters of RFC 9106, section 4,
// second choice: 64 MiB, three passes, four lanes.
const (
	hashMemory = 64 << 10 // KiB
	hashPasses = 3
	hashLanes  = 4
	hashSalt   = 16
	hashBytes  = 32
)

// hashesAtOnce bounds the memory that signing in may take: 128 MiB. Thirty
// people who sign in at the same moment wait about two seconds.
const hashesAtOnce = 2

// hashPatience is how long somebody waits for their turn.
const hashPatience = 15 * time.Second

// A WaitError says that it is too soon: try again after For.
type WaitError struct{ For time.Duration }

func (e WaitError) Error() string {
	return fmt.Sprintf("too many attempts: try again in %d seconds", int(e.For.Seconds()))
}

// hash returns the argon2id of a password, when its turn has come.
func (s *Store) hash(ctx context.Context, password string, salt []byte, memory, passes uint32, lanes uint8, size uint32) ([]byte, error) {
	patience, cancel := context.WithTimeout(ctx, hashPatience)
	defer cancel()
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-patience.Done():
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return nil, WaitError{hashPatience}
	}
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, passes, memory, lanes, size), nil
}

// newHash hashes a new password, in the usual form of the reference program:
// $argon2id$v=19$m=65536,t=3,p=4$salt$hash.
func (s *Store) newHash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, hashSalt)
	rand.Read(salt)
	h, err := s.hash(ctx, password, salt, hashMemory, hashPasses, hashLanes, hashBytes)
	if err != nil {
		return "", err
	}
	e := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashLanes, e.EncodeToString(salt), e.EncodeToString(h)), nil
}

// verify reports whether password is the one kept. Without a kept one it
// takes as long and says no.
func (s *Store) verify(ctx context.Context, kept, password string) (bool, error) {
	if len(password) > longestPassword {
		password = "" // too long to be anybody's; the time spent stays the same
	}
	if kept == "" {
		kept = nobody()
	}
	var (
		version        int
		memory, passes uint32
		lanes          uint8
	)
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errors.New("a kept password is not argon2id")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &lanes); err != nil || version != argon2.Version {
		return false, fmt.Errorf("a kept password has parameters %s %s", parts[2], parts[3])
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("a kept password has a bad salt: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("a kept password has a bad hash: %w", err)
	}
	got, err := s.hash(ctx, password, salt, memory, passes, lanes, uint32(len(want)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// nobody is the hash of a password that no one has.
var nobody = sync.OnceValue(func() string {
	b := make([]byte, hashSalt+hashBytes)
	rand.Read(b)
	e := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashLanes, e.EncodeToString(b[:hashSalt]), e.EncodeToString(b[hashSalt:]))
})

const (
	shortestPassword = 12  // characters
	longestPassword  = 512 // bytes
	leftOfOwn        = 8   // characters that must remain without one's own name and address
)

//go:embed common.txt
var commonText string

// common are words and rows of keys that many passwords are made of.
var common = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.SplitSeq(commonText, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			words[line] = true
		}
	}
	return words
})

// CheckPassword returns what is wrong with a new password, as [sala.Invalid].
// Only length counts, not what kinds of characters it has (NIST SP 800-63B,
// section 3.1.1.2); a password of few characters repeated, of a common word
// with digits around it, or of the owner's own words is refused. own are
// those words: the e-mail address, the name, the network's name.
func CheckPassword(password string, own ...string) error {
	bad := func(key, text string) error {
		return sala.Invalid{{Field: "password", Key: key, Text: text}}
	}
	password = norm.NFC.String(password)
	if utf8.RuneCountInString(password) < shortestPassword {
		return bad("account.password_short", fmt.Sprintf("a password needs at least %d characters", shortestPassword))
	}
	if len(password) > longestPassword {
		return bad("account.password_long", fmt.Sprintf("a password may have at most %d bytes", longestPassword))
	}
	lower := strings.ToLower(password)
	if distinct(lower) < 5 || steps(lower) {
		return bad("account.password_simple", "the password repeats too little or counts up")
	}
	core := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	half := lower[:len(lower)/2]
	if common()[lower] || common()[core] || common()[half] && half+half == lower {
		return bad("account.password_common", "the password is one that many people use")
	}
	rest := lower
	for _, text := range own {
		rest = without(rest, strings.ToLower(norm.NFC.String(text)))
	}
	if rest != lower && utf8.RuneCountInString(rest) < leftOfOwn {
		return bad("account.password_own", "the password is made of your own name, address or network")
	}
	return nil
}

// without takes out of password a text and its words, where they are long
// enough to mean something.
func without(password, text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	for _, w := range append([]string{text, strings.Join(words, "")}, words...) {
		if utf8.RuneCountInString(w) >= 4 {
			password = strings.ReplaceAll(password, w, "")
		}
	}
	return password
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// steps reports whether each character is the next one up or down of the one
// before: abcdefghijkl, 210987654321.
func steps(s string) bool {
	runes := []rune(s)
	for _, by := range []rune{1, -1} {
		all := true
		for i := 1; i < len(runes) && all; i++ {
			d := runes[i] - runes[i-1]
			all = d == by || d == -9*by // 9 and then 0
		}
		if all {
			return true
		}
	}
	return false
}

// SetPassword gives by another password. One who has a password must tell it.
// The other sessions of by end: keep is the id of the one that stays.
func (s *Store) SetPassword(ctx context.Context, by sala.Actor, old, password string, keep sala.ID, own ...string) error {
	if by.ID == "" || !by.May(sala.EnterStudio) {
		return fmt.Errorf("set a password: %w", sala.ErrForbidden)
	}
	u, err := s.one(ctx, s.db, `id = ?`, by.ID)
	if err != nil {
		return fmt.Errorf("set a password: %w", err)
	}
	if err := CheckPassword(password, append(own, u.Email, u.Name)...); err != nil {
		return err
	}
	kept, err := s.password(ctx, s.db, by.ID)
	if err != nil {
		return err
	}
	if kept != "" {
		back, err := s.limits.take(limitSecond, string(by.ID))
		if err != nil {
			return err
		}
		ok, err := s.verify(ctx, kept, old)
		if err != nil {
			return fmt.Errorf("set a password: %w", err)
		}
		if !ok {
			return sala.Invalid{{Field: "old", Key: "account.password_old_wrong", Text: "this is not your present password"}}
		}
		back()
	}
	hash, err := s.newHash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.changed(ctx, tx, by, by.ID, "password_set", ""); err != nil {
			return err
		}
		if err := putPassword(ctx, tx, by.ID, hash); err != nil {
			return err
		}
		return s.endOthers(ctx, tx, by.ID, keep)
	})
}

// HasPassword reports whether by has one.
func (s *Store) HasPassword(ctx context.Context, by sala.Actor) (bool, error) {
	hash, err := s.password(ctx, s.db, by.ID)
	return hash != "", err
}

// password returns the kept hash, "" if there is none.
func (s *Store) password(ctx context.Context, r db.Reader, user sala.ID) (string, error) {
	hash, err := db.One[string](ctx, r, `SELECT hash FROM account_password WHERE user_id = ?`, user)
	if errors.Is(err, sala.ErrNotFound) {
		return "", nil
	}
	return hash, err
}

func putPassword(ctx context.Context, tx *db.Tx, user sala.ID, hash string) error {
	err := tx.ExecOne(ctx, `
		INSERT INTO account_password (user_id, hash, changed) VALUES (?, ?, ?)
		ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed = excluded.changed`,
		user, hash, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("keep the password of %s: %w", user, err)
	}
	return nil
}
