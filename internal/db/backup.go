package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrOtherEngine is returned where only SQLite can do what was asked.
var ErrOtherEngine = errors.New("on PostgreSQL use its own tools (pg_dump, pg_restore)")

// CopyTo writes the whole database as of one moment into a new SQLite file,
// while others go on reading and writing.
func (d *DB) CopyTo(ctx context.Context, path string) error {
	if d.Engine != SQLite {
		return fmt.Errorf("copy the database: %w", ErrOtherEngine)
	}
	// A connection of its own: the writer must not wait, and readers may not write.
	own, err := sql.Open("sqlite", sqliteDSN(d.url, nil))
	if err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	defer own.Close()
	if _, err := own.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return fmt.Errorf("copy the database to %s: %w", path, err)
	}
	return nil
}

// Integrity asks the engine whether the file is sound. It returns what is
// wrong, nothing if all is well.
func (d *DB) Integrity(ctx context.Context) ([]string, error) {
	if d.Engine != SQLite {
		return nil, nil // PostgreSQL keeps checksums of its own
	}
	said, err := All[string](ctx, d, `PRAGMA integrity_check(20)`)
	if err != nil {
		return nil, fmt.Errorf("check the database file: %w", err)
	}
	if len(said) == 1 && said[0] == "ok" {
		said = nil
	}
	broken, err := d.read.DB.QueryContext(ctx, `PRAGMA foreign_key_check`)
	if err != nil {
		return nil, fmt.Errorf("check the references: %w", err)
	}
	defer broken.Close()
	for broken.Next() {
		var table, parent string
		var row, key any
		if err := broken.Scan(&table, &row, &parent, &key); err != nil {
			return nil, fmt.Errorf("check the references: %w", err)
		}
		said = append(said, fmt.Sprintf("row %v of %s points at a row of %s that is not there", row, table, parent))
	}
	return said, broken.Err()
}
