package db

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"runtime"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

func openPostgres(ctx context.Context, address string) (*DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("database %q: not a PostgreSQL address", redact(address))
	}
	// bun writes the arguments into the statement, so there is nothing to prepare.
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	config.RuntimeParams["timezone"] = "UTC"
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(max(8, 4*runtime.NumCPU()))
	pool.SetMaxIdleConns(max(8, 4*runtime.NumCPU()))
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("database %s: cannot connect: %w", redact(address), err)
	}
	b := bun.NewDB(pool, pgdialect.New(), bun.WithDiscardUnknownColumns())
	return &DB{Engine: Postgres, read: b, write: b}, nil
}

// listen hears of the changes of other copies until ctx ends. After a lost
// connection it reports the newest version, since it may have missed some.
func (d *DB) listen(ctx context.Context) {
	for ctx.Err() == nil {
		if err := d.listenOnce(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("listening for changes broke off; trying again", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}
}

func (d *DB) listenOnce(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, d.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, `LISTEN sala_change`); err != nil {
		return err
	}
	version, err := d.Version(ctx)
	if err != nil {
		return err
	}
	d.tell(version)
	for {
		note, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		version, err := strconv.ParseInt(note.Payload, 10, 64)
		if err != nil {
			return fmt.Errorf("notification %q: %w", note.Payload, err)
		}
		d.tell(version)
	}
}

// redact takes the password out of an address that goes into a message.
func redact(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "(an address that cannot be read)"
	}
	return u.Redacted()
}
