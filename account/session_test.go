package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"sala"
	"sala/account"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// come signs a user in and returns the token of the session.
func (w *world) come(t *testing.T, m *scs.SessionManager, u account.User, device string) string {
	t.Helper()
	ctx, err := m.Load(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Begin(ctx, m, u, "password", device); err != nil {
		t.Fatal(err)
	}
	token, _, err := m.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// visit returns who a token belongs to.
func (w *world) visit(t *testing.T, m *scs.SessionManager, token string) (context.Context, account.User, account.Session, error) {
	t.Helper()
	ctx, err := m.Load(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	u, s, err := w.Visitor(ctx, m)
	return ctx, u, s, err
}

func TestSessions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := open(d)
		w.user(t, "admin@example.org", sala.Admin)
		u := w.user(t, "ana@example.org", sala.Editor)
		m := w.Sessions()
		phone, desk := w.come(t, m, u, "Firefox on Android"), w.come(t, m, u, "Chrome on Linux")
		if phone == desk {
			t.Fatal("two sessions have one token")
		}
		// Another copy of the program, or this one after a restart.
		other := account.NewStore(d, account.Key{1})
		om := other.Sessions()
		octx, err := om.Load(t.Context(), phone)
		if err != nil {
			t.Fatal(err)
		}
		if got, _, err := other.Visitor(octx, om); err != nil || got.ID != u.ID {
			t.Errorf("in another copy the session is of %+v, %v", got, err)
		}
		held, err := db.All[string](t.Context(), d, `SELECT hash FROM account_session`)
		if err != nil || len(held) != 2 || held[0] == phone || held[1] == phone {
			t.Errorf("the database keeps %v, %v", held, err)
		}
		if got := mustCount(t, w, "signed_in"); got != 2 {
			t.Errorf("%d sign-ins are in the trail", got)
		}
		list, err := w.SessionsOf(t.Context(), u.Actor())
		if err != nil || len(list) != 2 {
			t.Fatalf("SessionsOf: %+v, %v", list, err)
		}

		// A session that was ended while a request ran stays ended.
		ctx, _, s, err := w.visit(t, m, phone)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.EndSession(t.Context(), u.Actor(), s.ID, "session_ended"); err != nil {
			t.Fatal(err)
		}
		m.Put(ctx, "said", "something")
		if _, _, err := m.Commit(ctx); err != nil {
			t.Error(err)
		}
		if _, _, _, err := w.visit(t, m, phone); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a session that was ended: %v", err)
		}
		if err := w.EndSession(t.Context(), sala.Actor{ID: sala.NewID()}, list[0].ID, "session_ended"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("somebody else's session: %v", err)
		}

		// Another token after a change of one's ways in; the sign-in stays as old.
		ctx, _, before, err := w.visit(t, m, desk)
		if err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(time.Hour)
		if err := account.Renew(ctx, m); err != nil {
			t.Fatal(err)
		}
		newer, _, err := m.Commit(ctx)
		if err != nil || newer == desk {
			t.Fatalf("Renew: the token stays, %v", err)
		}
		if _, _, _, err := w.visit(t, m, desk); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("the old token: %v", err)
		}
		_, _, after, err := w.visit(t, m, newer)
		if err != nil || !after.Created.Equal(before.Created) {
			t.Errorf("the renewed session: %+v, %v", after, err)
		}
		if got := mustCount(t, w, "signed_in"); got != 2 {
			t.Errorf("a new token counts as a sign-in: %d", got)
		}

		// A role counts at once, and ends what was begun in another.
		if err := w.SetRole(t.Context(), machine, u.ID, sala.Editor, sala.Translator); err != nil {
			t.Fatal(err)
		}
		if _, _, _, err := w.visit(t, m, newer); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("after a change of role: %v", err)
		}
		token := w.come(t, m, u, "Chrome on Linux")
		if _, got, _, err := w.visit(t, m, token); err != nil || got.Role != sala.Translator {
			t.Errorf("after coming back: %+v, %v", got, err)
		}
		if err := w.Disable(t.Context(), machine, u.ID); err != nil {
			t.Fatal(err)
		}
		if _, _, _, err := w.visit(t, m, token); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a disabled user: %v", err)
		}
	})
}

func TestSessionEnds(t *testing.T) {
	w := open(dbtest.SQLite(t))
	w.now = time.Now() // the manager's own clock is the machine's
	u := w.user(t, "ana@example.org", sala.Editor)
	m := w.Sessions()
	token := w.come(t, m, u, "x")
	start := w.now
	// Seen every two days it lives, but not for ever.
	for day := 2; day <= 16; day += 2 {
		w.now = start.Add(time.Duration(day) * 24 * time.Hour)
		_, _, _, err := w.visit(t, m, token)
		if alive := err == nil; alive != (day <= 14) {
			t.Errorf("day %d: %v", day, err)
		}
	}
	token = w.come(t, m, u, "x")
	w.now = w.now.Add(account.SessionIdle + time.Minute)
	if _, _, _, err := w.visit(t, m, token); !errors.Is(err, sala.ErrNotFound) {
		t.Errorf("not used for %v: %v", account.SessionIdle, err)
	}
}

func mustCount(t *testing.T, w *world, what string) int {
	t.Helper()
	list, err := w.Audit(t.Context(), machine, account.AuditFilter{What: what})
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}
