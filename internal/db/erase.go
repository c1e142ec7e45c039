package db

import (
	"context"
	"fmt"
)

// Erase is [Tx.Exec] for a deletion that was promised to somebody. SQLite
// leaves what is deleted in the file until its place is needed; here it writes
// zeros over it. What PostgreSQL deletes goes with its next vacuum.
func (t *Tx) Erase(ctx context.Context, query string, args ...any) (n int64, err error) {
	if t.d.Engine != SQLite {
		return t.Exec(ctx, query, args...)
	}
	if _, err := t.Exec(ctx, `PRAGMA secure_delete = ON`); err != nil {
		return 0, fmt.Errorf("erase: %w", err)
	}
	n, err = t.Exec(ctx, query, args...)
	if _, off := t.Exec(context.WithoutCancel(ctx), `PRAGMA secure_delete = OFF`); err == nil && off != nil {
		err = fmt.Errorf("erase: %w", off)
	}
	return n, err
}
