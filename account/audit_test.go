package account_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"

	"sala"
	"sala/account"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// change logs a change as any area does.
func change(t *testing.T, d *db.DB, what string) sala.ID {
	t.Helper()
	id := sala.NewID()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		return tx.Changed(t.Context(), sala.Ref{Kind: sala.KindWork, ID: id}, what, sala.Actor{ID: "u1", Name: "Ana, \"A\"\nwith a line", Role: sala.Editor})
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func exec(t *testing.T, d *db.DB, query string, args ...any) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		n, err := tx.Exec(t.Context(), query, args...)
		if n == 0 {
			t.Fatalf("%s changes nothing", query)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func check(t *testing.T, w *world) []string {
	t.Helper()
	wrong, err := w.CheckAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return wrong
}

func TestAuditFollows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := open(d)
		u := w.user(t, "ana@example.org", sala.Editor)
		for range 3 {
			change(t, d, "published")
		}
		if n, err := w.AuditBehind(t.Context()); err != nil || n < 3 {
			t.Errorf("AuditBehind = %d, %v", n, err)
		}
		// Several copies follow at once, while people are being added.
		var wait sync.WaitGroup
		for i := range 4 {
			wait.Go(func() {
				if err := w.Follow(context.Background()); err != nil {
					t.Error(err)
				}
				if _, _, err := w.Invite(context.Background(), machine, fmt.Sprintf("u%d@example.org", i), "", sala.Editor, ""); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if err := w.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, err := w.AuditBehind(t.Context()); err != nil || n != 0 {
			t.Errorf("after Follow, AuditBehind = %d, %v", n, err)
		}
		if got := mustCount(t, w, "published"); got != 3 {
			t.Errorf("%d changes are in the trail, want 3", got)
		}
		if wrong := check(t, w); wrong != nil {
			t.Errorf("a sound trail: %v", wrong)
		}
		one, err := w.Audit(t.Context(), machine, account.AuditFilter{Kind: sala.KindUser, ID: u.ID, Limit: 1})
		if err != nil || len(one) != 1 {
			t.Errorf("about one user: %+v, %v", one, err)
		}
		if all, err := w.Audit(t.Context(), machine, account.AuditFilter{By: "%"}); err != nil || len(all) != 0 {
			t.Errorf("a name with %% in it finds %d, %v", len(all), err)
		}
	})
}

// TestAuditHash makes the hash from its description alone.
func TestAuditHash(t *testing.T) {
	w := open(dbtest.SQLite(t))
	change(t, w.db, "published")
	if err := w.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := w.Audit(t.Context(), machine, account.AuditFilter{})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	e := list[0]
	var b strings.Builder
	for _, text := range []string{"", "1", "2026-11-24T09:00:00.000000Z", "u1", "Ana, \"A\"\nwith a line", "published", "work", string(e.Ref.ID), "", "1"} {
		fmt.Fprintf(&b, "%d:%s,", len(text), text)
	}
	sum := sha256.Sum256([]byte(b.String()))
	if want := hex.EncodeToString(sum[:]); e.Hash != want {
		t.Errorf("the hash is %s, want %s", e.Hash, want)
	}
}

func TestAuditFindsTampering(t *testing.T) {
	for name, test := range map[string]struct{ do, want string }{
		"an entry changed":       {`UPDATE account_audit SET by_name = 'Somebody else' WHERE number = 3`, "entry 3 was changed"},
		"a moment changed":       {`UPDATE account_audit SET at = '2020-01-01 00:00:00+00:00' WHERE number = 3`, "entry 3 was changed"},
		"an entry taken out":     {`DELETE FROM account_audit WHERE number = 3`, "entry 3 is missing"},
		"the last one cut off":   {`DELETE FROM account_audit WHERE number = (SELECT MAX(number) FROM account_audit)`, "the audit trail ends at"},
		"all taken out":          {`DELETE FROM account_audit`, "the audit trail ends at"},
		"a change altered":       {`UPDATE change_log SET by_whom = 'Somebody else' WHERE what = 'published'`, "was altered after"},
		"a change taken out":     {`DELETE FROM change_log WHERE what = 'published'`, "is gone from the log"},
		"a change slipped under": {`UPDATE change_log SET kind = 'work' WHERE version = 1`, "was put into the log"},
		"the end forged":         {`UPDATE account_audit_end SET hash = 'x'`, "the audit trail ends at"},
		"the end taken out":      {`DELETE FROM account_audit_end`, "the end of the audit trail is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(dbtest.SQLite(t))
			w.user(t, "ana@example.org", sala.Editor)
			change(t, w.db, "published")
			if err := w.Follow(t.Context()); err != nil {
				t.Fatal(err)
			}
			if wrong := check(t, w); wrong != nil {
				t.Fatalf("before: %v", wrong)
			}
			exec(t, w.db, test.do)
			if wrong := strings.Join(check(t, w), "; "); !strings.Contains(wrong, test.want) {
				t.Errorf("CheckAudit says %q, want %q", wrong, test.want)
			}
		})
	}
}
