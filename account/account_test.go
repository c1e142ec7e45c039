package account_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pquerna/otp/totp"

	"sala"
	"sala/account"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

const good = "lantern river seven boats"

var machine = sala.Machine("test")

// A world is one house with a clock that the test moves.
type world struct {
	*account.Store
	db  *db.DB
	now time.Time
}

func open(d *db.DB) *world {
	w := &world{db: d, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	d.Clock = func() time.Time { return w.now }
	w.Store = account.NewStore(d, account.Key{1})
	return w
}

// user adds somebody who signs in by the password good.
func (w *world) user(t *testing.T, email string, role sala.Role) account.User {
	t.Helper()
	_, code, err := w.Invite(t.Context(), machine, email, "", role, "en")
	if err != nil {
		t.Fatal(err)
	}
	u, err := w.Accept(t.Context(), code, "", "en", account.WayIn{Password: good}, "203.0.113.1")
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// key returns the message key of an Invalid, "" for anything else.
func key(err error) string {
	if bad, ok := errors.AsType[sala.Invalid](err); ok && len(bad) > 0 {
		return bad[0].Key
	}
	return ""
}

func TestSignInByPassword(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := open(d)
		u := w.user(t, "Ana@Example.org", sala.Editor)
		off := w.user(t, "off@example.org", sala.Editor)
		if err := w.Disable(t.Context(), machine, off.ID); err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Invite(t.Context(), machine, "new@example.org", "", sala.Editor, ""); err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct{ name, email, password, want string }{
			{"right", " ANA@example.org", good, ""},
			{"wrong password", "ana@example.org", good + "x", "account.signin_wrong"},
			{"no such user", "nobody@example.org", good, "account.signin_wrong"},
			{"disabled", "off@example.org", good, "account.signin_wrong"},
			{"invited, no password yet", "new@example.org", "", "account.signin_wrong"},
			{"endless password", "ana@example.org", strings.Repeat("x", 1<<20), "account.signin_wrong"},
		} {
			in, err := w.ByPassword(t.Context(), account.Visit{Address: "203.0.113.9", Device: "Firefox on Android"}, test.email, test.password)
			if key(err) != test.want || test.want == "" && (err != nil || in.User.ID != u.ID || in.Step != "") {
				t.Errorf("%s: %+v, %v, want %q", test.name, in, err, test.want)
			}
		}
		failed, err := w.Audit(t.Context(), machine, account.AuditFilter{What: "sign_in_failed"})
		if err != nil || len(failed) != 5 {
			t.Errorf("%d failed sign-ins are in the trail, %v", len(failed), err)
		}
		for _, e := range failed {
			if strings.Contains(e.Detail+e.ByName, "nobody@") || strings.Contains(e.Detail, "203.") {
				t.Errorf("the trail keeps what was typed or an address: %+v", e)
			}
		}
	})
}

// An office of thirty signs in behind one address, each after a mistake; and
// who guesses elsewhere does not keep an owner out.
func TestLimits(t *testing.T) {
	w := open(dbtest.SQLite(t))
	w.user(t, "ana@example.org", sala.Editor)
	home, away := account.Visit{Address: "203.0.113.1"}, account.Visit{Address: "198.51.100.7"}
	var slow account.WaitError
	for i := range 6 {
		_, err := w.ByPassword(t.Context(), away, "ana@example.org", "guess")
		if got := errors.As(err, &slow); got != (i == 5) {
			t.Fatalf("guess %d: %v", i, err)
		}
	}
	if slow.For <= 0 || slow.For > 22*time.Second {
		t.Errorf("the wait is %v", slow.For)
	}
	if _, err := w.ByPassword(t.Context(), away, "ana@example.org", good); !errors.As(err, &slow) {
		t.Errorf("the right password during the wait: %v", err)
	}
	if _, err := w.ByPassword(t.Context(), home, "ana@example.org", good); err != nil {
		t.Errorf("the owner elsewhere: %v", err)
	}
	w.now = w.now.Add(slow.For)
	if _, err := w.ByPassword(t.Context(), away, "ana@example.org", good); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	// The same network for IPv6 is a /64.
	for i := range 6 {
		_, err := w.ByPassword(t.Context(), account.Visit{Address: "2001:db8::" + string(rune('1'+i))}, "bob@example.org", "guess")
		if got := errors.As(err, &slow); got != (i == 5) {
			t.Errorf("guess %d at somebody who is not there: %v", i, err)
		}
	}
}

func TestOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("sixty hashes")
	}
	w := open(dbtest.SQLite(t))
	u := w.user(t, "ana@example.org", sala.Editor)
	// Thirty accounts with one password's hash: only signing in is measured.
	office := account.Visit{Address: "203.0.113.1"}
	for i := range 30 {
		email := string(rune('a'+i%26)) + string(rune('a'+i/26)) + "@example.org"
		v, _, err := w.Invite(t.Context(), machine, email, "", sala.Contributor, "")
		if err != nil {
			t.Fatal(err)
		}
		err = w.db.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO account_password (user_id, hash, changed) SELECT ?, hash, changed FROM account_password WHERE user_id = ?`, v.ID, u.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.ByPassword(t.Context(), office, email, "mistyped"); key(err) != "account.signin_wrong" {
			t.Fatalf("mistake %d: %v", i, err)
		}
		if _, err := w.ByPassword(t.Context(), office, email, good); err != nil {
			t.Fatalf("sign-in %d: %v", i, err)
		}
	}
}

func TestSecondFactor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := open(d)
		u := w.user(t, "ana@example.org", sala.Editor)
		by, visit := u.Actor(), account.Visit{Address: "203.0.113.1", Device: "Chrome on Linux"}
		offer, err := w.OfferApp(by, "The: Network", u.Email)
		if err != nil {
			t.Fatal(err)
		}
		secret := strings.ReplaceAll(offer.Secret, " ", "")
		code := func() string {
			c, err := totp.GenerateCode(secret, w.now)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		if _, err := w.AddApp(t.Context(), by, offer.Form, "000000", ""); key(err) != "account.code_wrong" {
			t.Errorf("a wrong code: %v", err)
		}
		recovery, err := w.AddApp(t.Context(), by, offer.Form, code(), "")
		if err != nil || len(recovery) != 10 {
			t.Fatalf("AddApp: %v, %v", recovery, err)
		}
		if _, err := w.AddApp(t.Context(), by, offer.Form, code(), ""); key(err) != "account.form_old" {
			t.Errorf("the same form again: %v", err)
		}
		second := func(code string) (account.SignIn, error) {
			t.Helper()
			in, err := w.ByPassword(t.Context(), visit, u.Email, good)
			if err != nil || in.Step == "" {
				t.Fatalf("the first step: %+v, %v", in, err)
			}
			return w.BySecond(t.Context(), visit, in.Step, code)
		}
		if _, err := second(code()); key(err) != "account.code_used" {
			t.Errorf("the code that added the app: %v", err)
		}
		w.now = w.now.Add(30 * time.Second)
		if in, err := second(code()); err != nil || in.Way != "password and app" {
			t.Errorf("a fresh code: %+v, %v", in, err)
		}
		if _, err := second(code()); key(err) != "account.code_used" {
			t.Errorf("the same code again: %v", err)
		}
		if in, err := second(strings.ToUpper(strings.ReplaceAll(recovery[0], "-", " "))); err != nil || in.Way != "password and recovery code" {
			t.Errorf("a recovery code: %+v, %v", in, err)
		}
		w.now = w.now.Add(10 * time.Minute)
		if _, err := second(recovery[0]); key(err) != "account.code_wrong" {
			t.Errorf("the same recovery code again: %v", err)
		}
		if have, err := w.SecondOf(t.Context(), by); err != nil || have.Left != 9 {
			t.Errorf("SecondOf: %+v, %v", have, err)
		}
		// A step does not outlive its time, nor a new password.
		in, err := w.ByPassword(t.Context(), visit, u.Email, good)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.SetPassword(t.Context(), by, good, "another lantern, other boats", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.BySecond(t.Context(), visit, in.Step, code()); key(err) != "account.form_old" {
			t.Errorf("a step from before the new password: %v", err)
		}
		// Another key: the app cannot be checked, a recovery code still counts.
		other := account.NewStore(d, account.Key{2})
		in, err = other.ByPassword(t.Context(), visit, u.Email, "another lantern, other boats")
		if err != nil {
			t.Fatal(err)
		}
		if in, err = other.BySecond(t.Context(), visit, in.Step, recovery[1]); err != nil {
			t.Errorf("a recovery code under another key: %+v, %v", in, err)
		}
		if err := w.CheckKey(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := other.CheckKey(t.Context()); err == nil || !strings.Contains(err.Error(), "secret.key") {
			t.Errorf("CheckKey with another key: %v", err)
		}
		if n, err := other.AdoptKey(t.Context(), machine); err != nil || n != 1 {
			t.Errorf("AdoptKey = %d, %v", n, err)
		}
		if err := other.CheckKey(t.Context()); err != nil {
			t.Errorf("CheckKey after AdoptKey: %v", err)
		}
	})
}

func TestCheckPassword(t *testing.T) {
	own := []string{"somchai.jaidee@example.org", "Somchai Jaidee", "Mekong Migration Network"}
	for password, want := range map[string]string{
		good: "", "ตลาดเช้าริมแม่น้ำโขง": "", "သင်္ဘောခုနစ်စင်းမြစ်ပေါ်": "", "aB3$xyq!mn0P": "",
		"short": "account.password_short", "eleven char": "account.password_short",
		"aaaaaaaaaaaaaaaa": "account.password_simple", "ababababcdcdcdcd": "account.password_simple", "abcdefghijklmnop": "account.password_simple", "0987654321098": "account.password_simple",
		"Password2026!!": "account.password_common", "qwertyuiopas": "account.password_common", "1q2w3e4r5t6y": "account.password_common",
		"Manchester1999": "account.password_common", "รหัสผ่าน1234567": "account.password_common", "lanternslanterns"[:8] + "lanterns": "",
		"somchaijaidee1": "account.password_own", "Mekong Migration Network": "account.password_own", "somchai.jaidee@example.org": "account.password_own",
		"somchai likes green papaya": "", strings.Repeat("x1y2z", 200): "account.password_long",
	} {
		if got := key(account.CheckPassword(password, own...)); got != want {
			t.Errorf("CheckPassword(%q) = %q, want %q", password, got, want)
		}
	}
}

func TestLastAdmin(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := open(d)
		first := w.user(t, "first@example.org", sala.Admin)
		// One who was invited and has not come is no admin to count on.
		waiting, _, err := w.Invite(t.Context(), machine, "waiting@example.org", "", sala.Admin, "")
		if err != nil {
			t.Fatal(err)
		}
		by := first.Actor()
		if err := w.SetRole(t.Context(), by, first.ID, sala.Admin, sala.Editor); key(err) != "account.last_admin" {
			t.Errorf("the last admin's role: %v", err)
		}
		if err := w.Disable(t.Context(), by, first.ID); key(err) != "account.last_admin" {
			t.Errorf("the last admin disabled: %v", err)
		}
		if err := w.RemovePassword(t.Context(), by, ""); key(err) != "account.last_way" {
			t.Errorf("the last way in: %v", err)
		}
		if err := w.Disable(t.Context(), by, waiting.ID); err != nil {
			t.Errorf("one who has not come: %v", err)
		}
		second := w.user(t, "second@example.org", sala.Admin)
		// Each removes the other at once: one of them must stay.
		var wait sync.WaitGroup
		errs := make([]error, 2)
		wait.Go(func() { errs[0] = w.SetRole(context.Background(), by, second.ID, sala.Admin, sala.Editor) })
		wait.Go(func() {
			errs[1] = w.SetRole(context.Background(), second.Actor(), first.ID, sala.Admin, sala.Editor)
		})
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("two admins removed each other: %v, %v", errs[0], errs[1])
		}
		if err := w.SetRole(t.Context(), machine, waiting.ID, sala.Editor, sala.Translator); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a role that was another: %v", err)
		}
	})
}

func TestLinks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := open(d)
		ctx := t.Context()
		u, code, err := w.Invite(ctx, machine, "ana@example.org", "", sala.Editor, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Invite(ctx, machine, "ANA@example.org", "", sala.Editor, ""); key(err) != "account.email_taken" {
			t.Errorf("the same address again: %v", err)
		}
		if _, err := w.Accept(ctx, code, "Ana", "th", account.WayIn{Password: "short"}, "::1"); key(err) != "account.password_short" {
			t.Errorf("a bad password: %v", err)
		}
		w.now = w.now.Add(8 * 24 * time.Hour)
		if _, err := w.Accept(ctx, code, "Ana", "th", account.WayIn{Password: good}, "::1"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("an old link: %v", err)
		}
		_, code, err = w.Link(ctx, machine, u.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, newer, err := w.Link(ctx, machine, u.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Opened(ctx, code, "::1"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a link that a newer one replaced: %v", err)
		}
		var wait sync.WaitGroup
		errs := make([]error, 3)
		for i := range errs {
			wait.Go(func() {
				_, errs[i] = w.Accept(context.Background(), strings.ToUpper(newer), "Ana", "th", account.WayIn{Password: good}, "::1")
			})
		}
		wait.Wait()
		used := 0
		for _, err := range errs {
			if err == nil {
				used++
			} else if !errors.Is(err, sala.ErrNotFound) {
				t.Errorf("a used link: %v", err)
			}
		}
		if used != 1 {
			t.Errorf("one link was used %d times", used)
		}
		p, code, err := w.Link(ctx, machine, u.ID)
		if err != nil || p != account.Reset {
			t.Fatalf("a link for one who can sign in: %s, %v", p, err)
		}
		if links, err := w.Links(ctx, machine); err != nil || len(links) != 1 {
			t.Errorf("links: %+v, %v", links, err)
		} else if err := w.Revoke(ctx, machine, links[0].ID); err != nil {
			t.Error(err)
		}
		if _, _, err := w.Opened(ctx, code, "::1"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a revoked link: %v", err)
		}
		_, code, err = w.Link(ctx, machine, u.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Accept(ctx, code, "Ana", "th", account.WayIn{Password: "green papaya and seven boats"}, "::1"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.ByPassword(ctx, account.Visit{}, u.Email, good); key(err) != "account.signin_wrong" {
			t.Errorf("the password from before the reset: %v", err)
		}
	})
}

func TestSetUpOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := open(d)
		var codes [2]string
		var prepared [2]account.Prepared
		for i := range codes {
			var err error
			if codes[i], err = w.SetUpCode(t.Context(), machine); err != nil {
				t.Fatal(err)
			}
			if prepared[i], err = w.PrepareSetUp(t.Context(), []string{"a@example.org", "b@example.org"}[i], "A", "en", account.WayIn{Password: good}); err != nil {
				t.Fatal(err)
			}
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := w.SetUp(t.Context(), tx, "guess", prepared[0])
			return err
		})
		if !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a wrong code: %v", err)
		}
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			wait.Go(func() {
				errs[i] = d.Tx(context.Background(), func(tx *db.Tx) error {
					_, err := w.SetUp(context.Background(), tx, codes[i], prepared[i])
					return err
				})
			})
		}
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("two set up the same house: %v, %v", errs[0], errs[1])
		}
		if _, err := w.SetUpCode(t.Context(), machine); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a code for a house that has a user: %v", err)
		}
		users, err := w.Users(t.Context(), machine)
		if err != nil || len(users) != 1 || users[0].Role != sala.Admin || !users[0].WayIn {
			t.Errorf("users: %+v, %v", users, err)
		}
	})
}

// TestPermission holds the methods that manage users against every role.
func TestPermission(t *testing.T) {
	w := open(dbtest.SQLite(t))
	w.user(t, "first@example.org", sala.Admin)
	u := w.user(t, "ana@example.org", sala.Editor)
	ctx := t.Context()
	for role := sala.Reader; role <= sala.Admin; role++ {
		by := sala.Actor{ID: sala.NewID(), Name: "x", Role: role}
		for name, f := range map[string]func() error{
			"Users":       func() error { _, err := w.Users(ctx, by); return err },
			"User":        func() error { _, err := w.User(ctx, by, u.ID); return err },
			"UserByEmail": func() error { _, err := w.UserByEmail(ctx, by, u.Email); return err },
			"Invite": func() error {
				_, _, err := w.Invite(ctx, by, role.String()+"@example.org", "", sala.Editor, "")
				return err
			},
			"Link":       func() error { _, _, err := w.Link(ctx, by, u.ID); return err },
			"Links":      func() error { _, err := w.Links(ctx, by); return err },
			"SetRole":    func() error { return w.SetRole(ctx, by, u.ID, sala.Editor, sala.Editor) },
			"Disable":    func() error { return w.Disable(ctx, by, u.ID) },
			"Enable":     func() error { return w.Enable(ctx, by, u.ID) },
			"Audit":      func() error { _, err := w.Audit(ctx, by, account.AuditFilter{}); return err },
			"AuditWords": func() error { _, err := w.AuditWords(ctx, by); return err },
		} {
			err := f()
			if may := role == sala.Admin; may != !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("%s by %s: %v", name, role, err)
			}
		}
	}
}

// Colleagues are told to those who publish, without those who were shut out
// and without anybody's address.
func TestColleagues(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := open(d)
		ann, off := w.user(t, "ann@example.org", sala.Editor), w.user(t, "off@example.org", sala.Editor)
		w.user(t, "mara@example.org", sala.Translator)
		for _, u := range []account.User{ann, off} {
			if err := w.Describe(t.Context(), u.Actor(), "Ann "+u.Role.String(), "en"); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Disable(t.Context(), machine, off.ID); err != nil {
			t.Fatal(err)
		}
		got, err := w.Colleagues(t.Context(), ann.Actor())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]account.Colleague{{ID: ann.ID, Name: "Ann editor"}}, got); diff != "" {
			t.Errorf("colleagues (-want +got):\n%s", diff)
		}
		if _, err := w.Colleagues(t.Context(), sala.Actor{Role: sala.Translator}); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a translator was told: %v", err)
		}
	})
}
