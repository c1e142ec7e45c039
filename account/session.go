package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/gob"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"

	"sala"
	"sala/internal/db"
)

// How long a session lasts: whole, and without being used. A telephone that
// is lost or shared is signed out by itself within days.
const (
	SessionLife = 14 * 24 * time.Hour
	SessionIdle = 3 * 24 * time.Hour
	// seenEvery is how fine "last seen" is: a page view writes nothing else.
	seenEvery = 5 * time.Minute
)

// What a session holds.
const (
	keyUser    = "user"
	keyDevice  = "device"
	keyWay     = "way"   // how its user signed in
	keyAt      = "at"    // when
	keyFresh   = "fresh" // only until it is first kept: freshIn or freshToken
	freshIn    = "in"    // somebody signed in
	freshToken = "token" // its token was changed
)

// A Session is one browser signed in.
type Session struct {
	ID      sala.ID
	Device  string    // "Firefox on Android"
	Created time.Time // when its user signed in
	Seen    time.Time // within five minutes
	Ends    time.Time
}

// Sessions returns the manager of sessions. They are rows of the database, so
// that they outlive a restart and several copies of the program share them;
// of the token only the hash is kept.
func (s *Store) Sessions() *scs.SessionManager {
	gob.Register(time.Time{}) // a session holds moments, and its codec wants to know
	m := scs.New()
	m.Lifetime = SessionLife
	m.HashTokenInStore = true
	m.Store = sessions{s}
	return m
}

// Begin makes the session in ctx that of somebody who has just signed in,
// under a new token. way and device are what the audit trail will say.
func (s *Store) Begin(ctx context.Context, m *scs.SessionManager, u User, way, device string) error {
	if err := m.Clear(ctx); err != nil {
		return err
	}
	if err := m.RenewToken(ctx); err != nil {
		return err
	}
	m.Put(ctx, keyUser, string(u.ID))
	m.Put(ctx, keyDevice, device)
	m.Put(ctx, keyWay, way)
	m.Put(ctx, keyAt, s.db.Now().UnixMicro())
	m.Put(ctx, keyFresh, freshIn)
	return nil
}

// Renew gives the session in ctx another token, after its user gained or lost
// a way in.
func Renew(ctx context.Context, m *scs.SessionManager) error {
	m.Put(ctx, keyFresh, freshToken)
	return m.RenewToken(ctx)
}

// Visitor returns whose session is in ctx and which it is. It returns
// [sala.ErrNotFound] if it is nobody's any more. The user is read anew, so
// that a change of what they may do counts at once.
func (s *Store) Visitor(ctx context.Context, m *scs.SessionManager) (User, Session, error) {
	id := sala.ID(m.GetString(ctx, keyUser))
	if id == "" {
		return User{}, Session{}, sala.ErrNotFound
	}
	u, err := s.one(ctx, s.db, `id = ? AND disabled IS NULL`, id)
	if err != nil {
		return User{}, Session{}, err
	}
	row, err := db.One[sessionRow](ctx, s.db, `SELECT id, device, created, seen, ends FROM account_session WHERE hash = ?`, hashInStore(m.Token(ctx)))
	if err != nil {
		return User{}, Session{}, err
	}
	session := row.session()
	if now := s.db.Now(); now.Sub(session.Seen) > seenEvery {
		err = s.db.Tx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE account_session SET seen = ? WHERE id = ?`, db.At(now), session.ID)
			return err
		})
	}
	return u, session, err
}

type sessionRow struct {
	ID      sala.ID   `bun:"id"`
	Device  string    `bun:"device"`
	Created time.Time `bun:"created"`
	Seen    time.Time `bun:"seen"`
	Ends    time.Time `bun:"ends"`
}

func (r sessionRow) session() Session {
	return Session{r.ID, r.Device, r.Created.UTC(), r.Seen.UTC(), r.Ends.UTC()}
}

// SessionsOf returns the sessions of by, last seen first.
func (s *Store) SessionsOf(ctx context.Context, by sala.Actor) ([]Session, error) {
	now := s.db.Now()
	rows, err := db.All[sessionRow](ctx, s.db, `
		SELECT id, device, created, seen, ends FROM account_session
		WHERE user_id = ? AND ends > ? AND seen > ? ORDER BY seen DESC, id`, by.ID, db.At(now), db.At(now.Add(-SessionIdle)))
	if err != nil {
		return nil, fmt.Errorf("sessions: %w", err)
	}
	list := make([]Session, len(rows))
	for i, r := range rows {
		list[i] = r.session()
	}
	return list, nil
}

// EndSession signs one browser of by out.
func (s *Store) EndSession(ctx context.Context, by sala.Actor, id sala.ID, what string) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		device, err := db.One[string](ctx, tx, `SELECT device FROM account_session WHERE id = ? AND user_id = ?`, id, by.ID)
		if err != nil {
			return fmt.Errorf("end a session: %w", err)
		}
		if err := tx.ExecOne(ctx, `DELETE FROM account_session WHERE id = ?`, id); err != nil {
			return fmt.Errorf("end a session: %w", err)
		}
		return s.record(ctx, tx, by, what, userRef(by.ID), device)
	})
}

// EndOthers signs by out everywhere but in the session keep.
func (s *Store) EndOthers(ctx context.Context, by sala.Actor, keep sala.ID) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := s.endOthers(ctx, tx, by.ID, keep); err != nil {
			return err
		}
		return s.record(ctx, tx, by, "sessions_ended", userRef(by.ID), "")
	})
}

func (s *Store) endOthers(ctx context.Context, tx *db.Tx, user, keep sala.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM account_session WHERE user_id = ? AND id <> ?`, user, keep); err != nil {
		return fmt.Errorf("end the sessions of %s: %w", user, err)
	}
	return nil
}

// hashInStore is how the manager hashes a token: SHA-256 in unpadded base64url.
func hashInStore(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// sessions keeps sessions for the manager. The plain methods of its interface
// are never called, since those with a context are there.
type sessions struct{ s *Store }

func (x sessions) FindCtx(ctx context.Context, hash string) ([]byte, bool, error) {
	now := x.s.db.Now()
	type row struct {
		Data []byte `bun:"data"`
	}
	r, err := db.One[row](ctx, x.s.db, `SELECT data FROM account_session WHERE hash = ? AND ends > ? AND seen > ?`, hash, db.At(now), db.At(now.Add(-SessionIdle)))
	if errors.Is(err, sala.ErrNotFound) {
		return nil, false, nil
	}
	return r.Data, err == nil, err
}

// CommitCtx keeps a session. A fresh one is added, and if somebody signed in,
// so is the entry in the audit trail. One that is not fresh and not there has
// been ended by somebody else meanwhile, and stays ended.
func (x sessions) CommitCtx(ctx context.Context, hash string, data []byte, ends time.Time) error {
	deadline, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return fmt.Errorf("keep a session: %w", err)
	}
	text := func(key string) string { t, _ := values[key].(string); return t }
	user, fresh, way, device := sala.ID(text(keyUser)), text(keyFresh), text(keyWay), text(keyDevice)
	at, _ := values[keyAt].(int64)
	if fresh == "" {
		return x.s.db.Tx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE account_session SET data = ? WHERE hash = ?`, data, hash)
			return err
		})
	}
	delete(values, keyFresh)
	if data, err = (scs.GobCodec{}).Encode(deadline, values); err != nil {
		return fmt.Errorf("keep a session: %w", err)
	}
	return x.s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM account_session WHERE ends < ? OR seen < ?`, db.At(tx.Now), db.At(tx.Now.Add(-SessionIdle))); err != nil {
			return fmt.Errorf("forget old sessions: %w", err)
		}
		u, err := x.s.one(ctx, tx, `id = ? AND disabled IS NULL`, user)
		if err != nil {
			return fmt.Errorf("keep a session: %w", err)
		}
		err = tx.ExecOne(ctx, `INSERT INTO account_session (hash, id, user_id, device, data, created, seen, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			hash, sala.NewID(), user, device, data, db.At(time.UnixMicro(at)), db.At(tx.Now), db.At(ends))
		if err != nil {
			return fmt.Errorf("keep a session: %w", err)
		}
		if fresh != freshIn {
			return nil
		}
		return x.s.record(ctx, tx, u.Actor(), "signed_in", userRef(user), way+", "+device)
	})
}

func (x sessions) DeleteCtx(ctx context.Context, hash string) error {
	return x.s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM account_session WHERE hash = ?`, hash)
		return err
	})
}

func (x sessions) Find(hash string) ([]byte, bool, error) {
	return x.FindCtx(context.Background(), hash)
}

func (x sessions) Commit(hash string, data []byte, ends time.Time) error {
	return x.CommitCtx(context.Background(), hash, data, ends)
}

func (x sessions) Delete(hash string) error { return x.DeleteCtx(context.Background(), hash) }
