package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/uptrace/bun"
)

// A shelf keeps prepared statements by their words: to parse a question costs
// SQLite as much as to answer a short one.
type shelf struct {
	mu   sync.RWMutex // held by whoever begins a question, so that none is closed under them
	kept map[string]*sql.Stmt
}

// shelfLimit bounds how many statements are kept. Strangers choose how lists
// are narrowed, so beyond it all are closed and prepared anew.
const shelfLimit = 500

// longestList is how many values of a list travel beside a statement; one with
// more is written out.
const longestList = 512

// A list is an argument of many values.
type list struct {
	values func() []any
	bun    any
}

// In makes an argument of many values for "IN (?)".
func In[T any](values []T) any {
	return list{func() []any {
		all := make([]any, len(values))
		for i, v := range values {
			all[i] = v
		}
		return all
	}, bun.List(values)}
}

// written are arguments as bun writes them into a statement.
func written(args []any) []any {
	args = slices.Clone(args)
	for i, arg := range args {
		if l, ok := arg.(list); ok {
			args[i] = l.bun
		}
	}
	return args
}

// beside are a statement and its arguments as they travel beside it; false if
// there are too many. The length of a list is rounded up by saying its last
// value again, so that there are few statements.
func beside(query string, args []any) (string, []any, bool) {
	var b strings.Builder
	bound := make([]any, 0, len(args))
	for _, arg := range args {
		before, after, _ := strings.Cut(query, "?")
		b.WriteString(before)
		b.WriteByte('?')
		query = after
		switch arg := arg.(type) {
		case list:
			values := arg.values()
			if len(values) == 0 || len(values) > longestList {
				return "", nil, false
			}
			n := 1
			for n < len(values) {
				n *= 2
			}
			for len(values) < n {
				values = append(values, values[len(values)-1])
			}
			b.WriteString(strings.Repeat(", ?", n-1))
			for _, v := range values {
				bound = append(bound, asStored(v))
			}
		default:
			bound = append(bound, asStored(arg))
		}
	}
	b.WriteString(query)
	return b.String(), bound, true
}

// asStored writes a moment as it stands in a SQLite file.
func asStored(arg any) any {
	switch t := arg.(type) {
	case time.Time:
		return t.UTC().Format("2006-01-02 15:04:05.999999-07:00")
	case Null:
		if t.IsZero() {
			return nil
		}
		return asStored(t.Time)
	}
	return arg
}

// rows asks a question by a statement that is kept.
func (d *DB) rows(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	s := &d.statements
	for {
		s.mu.RLock()
		if stmt, ok := s.kept[query]; ok {
			rows, err := stmt.QueryContext(ctx, args...)
			s.mu.RUnlock()
			return rows, err
		}
		s.mu.RUnlock()
		if err := d.prepare(ctx, query); err != nil {
			return nil, err
		}
	}
}

func (d *DB) prepare(ctx context.Context, query string) error {
	stmt, err := d.read.DB.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	s := &d.statements
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= shelfLimit {
		if err := s.clear(); err != nil {
			return err
		}
	}
	if s.kept == nil {
		s.kept = map[string]*sql.Stmt{}
	}
	if had, ok := s.kept[query]; ok { // somebody else was faster
		if err := had.Close(); err != nil {
			return fmt.Errorf("close a statement: %w", err)
		}
	}
	s.kept[query] = stmt
	return nil
}

// clear closes every statement.
func (s *shelf) clear() error {
	for query, stmt := range s.kept {
		delete(s.kept, query)
		if err := stmt.Close(); err != nil {
			return fmt.Errorf("close a statement: %w", err)
		}
	}
	return nil
}
