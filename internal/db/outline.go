package db

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"unique"

	"sala"
)

// An Outline keeps a little of every row of some kind in memory, in order, so
// that lists are narrowed and counted without asking the database for all of
// it. It is as current as the change log: whoever takes it gets what was
// committed before, and only the rows that changed since the last time are
// read again. On SQLite that holds for what this program commits.
type Outline[T any] struct {
	db    *DB
	kinds []sala.Kind
	read  func(ctx context.Context, ids []sala.ID) (map[sala.ID]T, error)
	order func(a, b T) int

	turn chan struct{} // holds something while somebody brings it up to date
	mu   sync.Mutex
	last *Sheet[T]
}

// A Sheet is an outline at one moment. Nobody may change it.
type Sheet[T any] struct {
	Rows []T // in the order of the outline

	ids     []sala.ID // of Rows
	version int64
	at      func() map[sala.ID]int
}

// outlineLimit is how many changed rows are read one by one; beyond it all are
// read anew.
const outlineLimit = 200

// NewOutline returns the outline of what changes under some kinds in the
// change log. read returns the rows of ids, or all if ids is nil; an id that it
// leaves out is no longer there, and it may return others that a change of ids
// has touched. order puts rows in order and must tell any two apart.
func NewOutline[T any](d *DB, read func(ctx context.Context, ids []sala.ID) (map[sala.ID]T, error), order func(a, b T) int, kinds ...sala.Kind) *Outline[T] {
	return &Outline[T]{db: d, kinds: kinds, read: read, order: order, turn: make(chan struct{}, 1)}
}

// Now returns the outline as it is now.
func (o *Outline[T]) Now(ctx context.Context) (*Sheet[T], error) {
	newest, err := o.db.newestChange(ctx)
	if err != nil {
		return nil, err
	}
	if last := o.kept(); last != nil && last.version >= newest {
		return last, nil
	}
	select {
	case o.turn <- struct{}{}:
		defer func() { <-o.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	last := o.kept()
	if last != nil && last.version >= newest { // somebody else did it meanwhile
		return last, nil
	}
	next, err := o.next(ctx, last, newest)
	if err != nil {
		return nil, fmt.Errorf("outline of %v: %w", o.kinds, err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last = next
	return next, nil
}

func (o *Outline[T]) kept() *Sheet[T] {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.last
}

// next is the outline at a version that is committed. It may hold more: what
// it read that is newer is read once more the next time.
func (o *Outline[T]) next(ctx context.Context, last *Sheet[T], newest int64) (*Sheet[T], error) {
	if last == nil {
		return o.whole(ctx, newest)
	}
	changed, many, err := o.db.changedSince(ctx, last.version, newest, o.kinds)
	switch {
	case err != nil:
		return nil, err
	case many || slices.Contains(changed, ""): // "" is a change of no one row
		return o.whole(ctx, newest)
	case len(changed) == 0:
		same := *last
		same.version = newest
		return &same, nil
	}
	rows, err := o.read(ctx, changed)
	if err != nil {
		return nil, err
	}
	gone := make(map[sala.ID]bool, len(changed)+len(rows))
	for _, id := range changed {
		gone[id] = true
	}
	for id := range rows {
		gone[id] = true
	}
	return o.merged(last, gone, rows, newest), nil
}

func (o *Outline[T]) whole(ctx context.Context, newest int64) (*Sheet[T], error) {
	rows, err := o.read(ctx, nil)
	if err != nil {
		return nil, err
	}
	return o.merged(&Sheet[T]{}, nil, rows, newest), nil
}

// merged is a sheet without the rows of some ids and with others in their
// places.
func (o *Outline[T]) merged(last *Sheet[T], gone map[sala.ID]bool, added map[sala.ID]T, version int64) *Sheet[T] {
	type pair struct {
		id  sala.ID
		row T
	}
	fresh := make([]pair, 0, len(added))
	for id, row := range added {
		fresh = append(fresh, pair{id, row})
	}
	slices.SortFunc(fresh, func(a, b pair) int { return o.order(a.row, b.row) })
	n := len(last.Rows) + len(fresh)
	s := &Sheet[T]{Rows: make([]T, 0, n), ids: make([]sala.ID, 0, n), version: version}
	put := func(id sala.ID, row T) {
		s.ids, s.Rows = append(s.ids, id), append(s.Rows, row)
	}
	for i, row := range last.Rows {
		if gone[last.ids[i]] {
			continue
		}
		for len(fresh) > 0 && o.order(fresh[0].row, row) < 0 {
			put(fresh[0].id, fresh[0].row)
			fresh = fresh[1:]
		}
		put(last.ids[i], row)
	}
	for _, p := range fresh {
		put(p.id, p.row)
	}
	s.at = sync.OnceValue(func() map[sala.ID]int {
		at := make(map[sala.ID]int, len(s.ids))
		for i, id := range s.ids {
			at[id] = i
		}
		return at
	})
	return s
}

// Place returns where in Rows the row of an id is.
func (s *Sheet[T]) Place(id sala.ID) (int, bool) {
	i, ok := s.at()[id]
	return i, ok
}

// Shared returns a word that many rows of an outline have, held once in memory
// for all of them.
func Shared[T ~string](word T) T { return unique.Make(word).Value() }
