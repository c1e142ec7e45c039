package db

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"sala"
)

// Found turns "not found", which is often an answer, into false.
func Found(err error) (bool, error) {
	if errors.Is(err, sala.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// translate turns what a driver says into the kinds of error the house knows.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return sala.ErrNotFound
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "23505" { // unique_violation
		return fmt.Errorf("%w: %w", sala.ErrConflict, err)
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		switch lite.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return fmt.Errorf("%w: %w", sala.ErrConflict, err)
		}
	}
	return err
}
