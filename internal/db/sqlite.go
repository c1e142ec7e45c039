package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// sqliteDSN puts the pragmas where every connection of the pool gets them.
// busy_timeout comes first: setting journal_mode may itself have to wait.
// synchronous is FULL, because an acknowledged write must survive a power cut.
func sqliteDSN(path string, extra url.Values) string {
	q := url.Values{"_pragma": {
		"busy_timeout(15000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)",
		"cache_size(-16000)", "temp_store(MEMORY)", "mmap_size(268435456)",
	}}
	for k, v := range extra {
		q[k] = append(q[k], v...)
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

// openSQLite opens one connection that writes, which takes the write lock as
// a transaction begins so that it never has to give up half way, and a pool
// that only reads: WAL lets readers go on while it writes.
func openSQLite(ctx context.Context, path string) (*DB, error) {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("database %s: there is no folder %s", path, filepath.Dir(path))
	}
	write, err := sql.Open("sqlite", sqliteDSN(path, url.Values{"_txlock": {"immediate"}}))
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	write.SetConnMaxLifetime(0)
	var mode string
	if err := write.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		write.Close()
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	if mode != "wal" {
		write.Close()
		return nil, fmt.Errorf("database %s: the disk does not allow write-ahead logging (mode is %q); is it a network share?", path, mode)
	}
	read, err := sql.Open("sqlite", sqliteDSN(path, url.Values{"_pragma": {"query_only(ON)"}}))
	if err != nil {
		write.Close()
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	conns := max(4, 2*runtime.NumCPU())
	read.SetMaxOpenConns(conns)
	read.SetMaxIdleConns(conns)
	return &DB{
		Engine: SQLite,
		write:  bun.NewDB(write, sqlitedialect.New(), bun.WithDiscardUnknownColumns()),
		read:   bun.NewDB(read, sqlitedialect.New(), bun.WithDiscardUnknownColumns()),
	}, nil
}
