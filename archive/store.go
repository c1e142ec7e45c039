package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"sala"
	"sala/internal/db"
	"sala/internal/jobs"
	"sala/internal/numbering"
)

// A Store keeps the archive in a database. It decides who may change what;
// what it gives without an actor is public.
type Store struct {
	db   *db.DB
	memo memo
	jobs *jobs.Queue // nil where nothing is published later

	lexicon *db.Kept[*lexicon]
	shelf   *db.Outline[*shelved]
	terms   numbering.Of[sala.ID]
	counts  *db.Kept[map[sala.ID]int] // of the public works under each term

	withheld Withheld // nil where nothing is
}

// NewStore returns the archive in d.
func NewStore(d *db.DB) *Store {
	s := &Store{db: d}
	d.Watch(s.memo.forget)
	s.lexicon = db.Keep(d, s.readLexicon, sala.KindTerm)
	s.shelf = db.NewOutline(d, s.readShelf, newest, sala.KindWork)
	s.counts = db.Keep(d, s.countTerms, sala.KindTerm, sala.KindWork)
	return s
}

// need returns [sala.ErrForbidden] unless by has at least the role.
func need(by sala.Actor, role sala.Role, doing string) error {
	if by.Role < role {
		return fmt.Errorf("%s: %w", doing, sala.ErrForbidden)
	}
	return nil
}

// A memo keeps answers that cost a walk over the whole archive, such as
// counts, until the next change of anything.
type memo struct {
	mu      sync.Mutex
	version int64 // grows with each forgetting
	kept    map[string]any
}

// memoLimit bounds how many answers are kept. Strangers choose the filters,
// so beyond it everything is forgotten and counted anew.
const memoLimit = 2000

func (m *memo) forget(int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.version++
	m.kept = nil
}

// remembered returns what is kept under the question, or asks for it and keeps
// the answer, unless something changed while it was being found.
func remembered[T any](ctx context.Context, m *memo, question any, ask func(context.Context) (T, error)) (T, error) {
	b, err := json.Marshal(question)
	if err != nil {
		var zero T
		return zero, fmt.Errorf("key of a count: %w", err)
	}
	key := fmt.Sprintf("%T %s", question, b)
	m.mu.Lock()
	answer, ok := m.kept[key].(T)
	version := m.version
	m.mu.Unlock()
	if ok {
		return answer, nil
	}
	answer, err = ask(ctx)
	if err != nil {
		return answer, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.version == version {
		if m.kept == nil || len(m.kept) >= memoLimit {
			m.kept = map[string]any{}
		}
		m.kept[key] = answer
	}
	return answer, nil
}

// exists turns "not found" into false.
func exists(err error) (bool, error) {
	if errors.Is(err, sala.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// column encodes a value for a JSON column; nothing becomes "".
func column[T any](values []T) (string, error) {
	if len(values) == 0 {
		return "", nil
	}
	b, err := json.Marshal(values)
	return string(b), err
}

// uncolumn is the reverse of column.
func uncolumn[T any](stored string) ([]T, error) {
	if stored == "" {
		return nil, nil
	}
	var values []T
	err := json.Unmarshal([]byte(stored), &values)
	return values, err
}
