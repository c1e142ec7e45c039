package db

import (
	"context"
	"sync"

	"sala"
)

// A Kept is an answer that costs something and holds until something of some
// kinds changes.
type Kept[T any] struct {
	db    *DB
	kinds []sala.Kind
	ask   func(ctx context.Context) (T, error)

	mu      sync.Mutex
	there   bool
	version int64
	answer  T
}

// Keep returns what keeps the answer of ask until a change of one of the kinds
// is committed, or of any kind if none is named.
func Keep[T any](d *DB, ask func(ctx context.Context) (T, error), kinds ...sala.Kind) *Kept[T] {
	return &Kept[T]{db: d, kinds: kinds, ask: ask}
}

// Now returns the answer as it is now.
func (k *Kept[T]) Now(ctx context.Context) (T, error) {
	var zero T
	newest, err := k.db.newestChange(ctx)
	if err != nil {
		return zero, err
	}
	k.mu.Lock()
	there, version, answer := k.there, k.version, k.answer
	k.mu.Unlock()
	if there && version < newest && len(k.kinds) > 0 {
		changed, many, err := k.db.changedSince(ctx, version, newest, k.kinds)
		if err != nil {
			return zero, err
		}
		if len(changed) == 0 && !many {
			k.keep(answer, newest)
			return answer, nil
		}
	}
	if there && version >= newest {
		return answer, nil
	}
	// Whatever is read now is at least as new as the version that was asked for.
	if answer, err = k.ask(ctx); err != nil {
		return zero, err
	}
	k.keep(answer, newest)
	return answer, nil
}

func (k *Kept[T]) keep(answer T, version int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.there || version >= k.version {
		k.there, k.answer, k.version = true, answer, version
	}
}
