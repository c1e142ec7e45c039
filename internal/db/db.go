// Package db opens the database and keeps its promises: the same SQL on
// SQLite and on PostgreSQL, one writer at a time where there can be only one,
// one fixed moment for each transaction, and one row in the change log for
// each change, in the transaction that makes it.
//
// SQL is written out by hand in the common subset of the two engines, with ?
// for every argument and no other ? anywhere. A moment is a UTC time in
// microseconds given by Go, never by the database; an id is text; structured
// text is JSON in a TEXT column that SQL never looks into.
package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"

	"sala"
)

// An Engine is the database underneath.
type Engine string

// The two engines. Only this package, jobs and search may ask which it is.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// A DB is an open database. It is safe for concurrent use.
type DB struct {
	Engine Engine
	// Clock tells the time of a transaction; a test may set it before use.
	Clock func() time.Time
	// Asked, if it is set before use, is told every question as the engine gets
	// it: a test counts them, or asks how each is answered.
	Asked func(query string)

	read, write *bun.DB
	url         string
	newest      atomic.Int64 // change that is committed; -1 while it is not known
	statements  shelf
	recent      recent

	mu       sync.Mutex
	watchers []func(version int64)
	stop     context.CancelFunc
	stopped  sync.WaitGroup
}

// Open opens the database that url names: "postgres://…", or the path of a
// SQLite file, which is made if it is absent. It neither makes nor changes
// tables: see [DB.Migrate].
func Open(ctx context.Context, url string) (*DB, error) {
	var (
		d   *DB
		err error
	)
	scheme, _, isURL := strings.Cut(url, "://")
	switch {
	case scheme == "postgres" || scheme == "postgresql":
		d, err = openPostgres(ctx, url)
	case isURL && scheme != "sqlite" && scheme != "file":
		return nil, fmt.Errorf("database %q: want postgres://user@host/name, or the path of a SQLite file", redact(url))
	default:
		url = strings.TrimPrefix(url, scheme+"://")
		d, err = openSQLite(ctx, url)
	}
	if err != nil {
		return nil, err
	}
	d.url = url
	d.newest.Store(-1)
	d.Clock = time.Now
	return d, nil
}

// Close ends every connection.
func (d *DB) Close() error {
	if d.stop != nil {
		d.stop()
		d.stopped.Wait()
	}
	d.statements.mu.Lock()
	defer d.statements.mu.Unlock()
	err := errors.Join(d.statements.clear(), d.read.Close())
	if d.write != d.read {
		err = errors.Join(err, d.write.Close())
	}
	return err
}

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.read.PingContext(ctx) }

// Now is the present moment as the database keeps it: UTC, microseconds.
func (d *DB) Now() time.Time { return d.Clock().UTC().Truncate(time.Microsecond) }

// A Reader answers questions: a [DB] or, inside a transaction, a [Tx].
type Reader interface {
	// scan asks a question and puts the rows of the answer into a slice.
	scan(ctx context.Context, rows any, query string, args []any) error
}

func (d *DB) scan(ctx context.Context, rows any, query string, args []any) error {
	if d.Asked != nil {
		d.Asked(d.read.NewRaw(query, written(args)...).String())
	}
	if d.Engine == SQLite {
		if words, bound, ok := beside(query, args); ok {
			found, err := d.rows(ctx, words, bound)
			if err != nil {
				return err
			}
			return d.read.ScanRows(ctx, found, rows)
		}
	}
	return d.read.NewRaw(query, written(args)...).Scan(ctx, rows)
}

// All returns the rows of a query, each scanned into a T: a struct whose
// fields bear `bun:"column"` tags, or a plain type for a single column.
func All[T any](ctx context.Context, r Reader, query string, args ...any) ([]T, error) {
	var rows []T
	err := r.scan(ctx, &rows, query, args)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, translate(err)
	}
	return rows, nil
}

// One returns the first row of a query, or [sala.ErrNotFound].
func One[T any](ctx context.Context, r Reader, query string, args ...any) (T, error) {
	rows, err := All[T](ctx, r, query, args...)
	if len(rows) == 0 {
		var none T
		return none, cmp.Or(err, sala.ErrNotFound)
	}
	return rows[0], nil
}

// OrNull makes an argument of an id, NULL if it is none.
func OrNull(id sala.ID) any {
	if id == "" {
		return nil
	}
	return id
}

// A Null is a time that may be absent.
type Null = bun.NullTime

// Moment returns a stored time in UTC, zero if it is absent.
func Moment(t Null) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

// At returns t for storing: NULL if it is zero, else UTC microseconds.
func At(t time.Time) Null {
	if t.IsZero() {
		return Null{}
	}
	return Null{Time: t.UTC().Truncate(time.Microsecond)}
}

// A Tx is one transaction.
type Tx struct {
	Now time.Time // the one moment of everything it writes

	d       *DB
	tx      bun.Tx
	version int64 // of the newest change it logged
}

func (t *Tx) scan(ctx context.Context, rows any, query string, args []any) error {
	return t.tx.NewRaw(query, written(args)...).Scan(ctx, rows)
}

// Tx runs f in one transaction and commits it if f returns nil. Whoever
// watches the change log has caught up when Tx returns.
func (d *DB) Tx(ctx context.Context, f func(tx *Tx) error) error {
	bt, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	t := &Tx{Now: d.Now(), d: d, tx: bt}
	if err := f(t); err != nil {
		if undo := bt.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			return errors.Join(err, fmt.Errorf("roll back: %w", undo))
		}
		return err
	}
	if err := bt.Commit(); err != nil {
		return fmt.Errorf("commit: %w", translate(err))
	}
	if t.version > 0 {
		d.committed(t.version)
		d.tell(t.version)
	}
	return nil
}

// Exec runs one statement and returns how many rows it changed.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.tx.NewRaw(query, written(args)...).Exec(ctx)
	if err != nil {
		return 0, translate(err)
	}
	n, err := res.RowsAffected()
	return n, translate(err)
}

// ExecLarge is [Tx.Exec] for statements with large values: they travel beside
// the statement, not in it.
func (t *Tx) ExecLarge(ctx context.Context, query string, args ...any) (int64, error) {
	if t.d.Engine == Postgres {
		var b strings.Builder
		n := 0
		for part := range strings.SplitSeq(query, "?") {
			if n > 0 {
				fmt.Fprintf(&b, "$%d", n)
			}
			b.WriteString(part)
			n++
		}
		query = b.String()
	}
	res, err := t.tx.Tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, translate(err)
	}
	n, err := res.RowsAffected()
	return n, translate(err)
}

// ExecOne runs a statement that must change exactly one row: if it changes
// none it returns [sala.ErrNotFound].
func (t *Tx) ExecOne(ctx context.Context, query string, args ...any) error {
	n, err := t.Exec(ctx, query, args...)
	switch {
	case err != nil:
		return err
	case n == 0:
		return sala.ErrNotFound
	case n > 1:
		return fmt.Errorf("a statement for one row changed %d", n)
	}
	return nil
}
