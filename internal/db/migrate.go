package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNewer is returned by [DB.Migrate] and [DB.CheckSchema] for a database
// that a newer Sala has written.
type ErrNewer struct{ Has, Knows int64 }

func (e ErrNewer) Error() string {
	return fmt.Sprintf("the database has schema %d, but this Sala knows only up to %d: run the newer Sala that made it", e.Has, e.Knows)
}

// Migrate brings the tables up to date and returns the numbers before and
// after. It goes forward only.
func (d *DB) Migrate(ctx context.Context) (from, to int64, err error) {
	p, err := d.provider()
	if err != nil {
		return 0, 0, err
	}
	from, err = p.GetDBVersion(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("read the schema's number: %w", err)
	}
	if newest := newest(p); from > newest {
		return from, from, ErrNewer{from, newest}
	}
	if _, err := p.Up(ctx); err != nil {
		return from, from, fmt.Errorf("migrate: %w", err)
	}
	to, err = p.GetDBVersion(ctx)
	return from, to, err
}

// CheckSchema returns an error unless the tables are just those this program
// knows.
func (d *DB) CheckSchema(ctx context.Context) error {
	p, err := d.provider()
	if err != nil {
		return err
	}
	has, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read the schema's number: %w", err)
	}
	switch newest := newest(p); {
	case has > newest:
		return ErrNewer{has, newest}
	case has < newest:
		return fmt.Errorf("the database has schema %d and this Sala needs %d: run sala migrate", has, newest)
	}
	return nil
}

func newest(p *goose.Provider) int64 {
	var n int64
	for _, s := range p.ListSources() {
		n = max(n, s.Version)
	}
	return n
}

func (d *DB) provider() (*goose.Provider, error) {
	files, others, err := d.migrationFiles()
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	if d.Engine == Postgres {
		dialect = goose.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, d.write.DB, files, goose.WithExcludeNames(others))
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}

// migrationFiles returns all of them, and the names of those not meant for
// this engine: 0001_x.sql is for both, 0002_y.sqlite.sql and
// 0002_y.postgres.sql are for one.
func (d *DB) migrationFiles() (files fs.FS, others []string, err error) {
	files, err = fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, nil, err
	}
	other := Postgres
	if d.Engine == Postgres {
		other = SQLite
	}
	others, err = fs.Glob(files, "*."+string(other)+".sql")
	return files, others, err
}
