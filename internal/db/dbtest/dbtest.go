// Package dbtest gives tests a fresh database on each engine.
package dbtest

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"

	"sala"
	"sala/internal/db"
)

// Each runs test on a new migrated database: on SQLite always, and on
// PostgreSQL in a schema of its own where SALA_TEST_POSTGRES holds an address.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	if os.Getenv("SALA_TEST_POSTGRES") != "" {
		t.Run("postgres", func(t *testing.T) { test(t, open(t, Postgres(t))) })
	}
}

// SQLite returns a new migrated SQLite database that goes with the test.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "sala.db"))
}

func open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	if _, _, err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// Postgres makes an empty schema that goes with the test, on the server that
// SALA_TEST_POSTGRES names, and returns its address; "" where that names none.
func Postgres(t testing.TB) string {
	t.Helper()
	address := os.Getenv("SALA_TEST_POSTGRES")
	if address == "" {
		return ""
	}
	admin, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	id := strings.ReplaceAll(string(sala.NewID()), "-", "")
	schema := "t" + id[len(id)-16:] // hex from NewID: needs no quoting
	if _, err := admin.ExecContext(t.Context(), `CREATE SCHEMA `+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.ExecContext(context.Background(), `DROP SCHEMA `+schema+` CASCADE`); err != nil {
			t.Errorf("drop the test's schema: %v", err)
		}
		if err := admin.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}
