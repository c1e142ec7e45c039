package archive

import (
	"encoding/json"
	"fmt"

	"sala"
	"sala/internal/db"
	"sala/internal/jobs"
	"sala/internal/numbering"
)

// A Store keeps the archive in a database. It decides who may change what;
// what it gives without an actor is public.
type Store struct {
	db   *db.DB
	jobs *jobs.Queue // nil where nothing is published later

	lexicon *db.Kept[*lexicon]
	shelf   *db.Outline[*shelved]
	terms   numbering.Of[sala.ID]
	counts  *db.Kept[map[sala.ID]int] // of the public works under each term
	waiting *db.Kept[toDo]

	withheld Withheld // nil where nothing is
}

// NewStore returns the archive in d.
func NewStore(d *db.DB) *Store {
	s := &Store{db: d}
	s.lexicon = db.Keep(d, s.readLexicon, sala.KindTerm)
	s.shelf = db.NewOutline(d, s.readShelf, newest, sala.KindWork)
	s.counts = db.Keep(d, s.countTerms, sala.KindTerm, sala.KindWork)
	s.waiting = db.Keep(d, s.countWaiting, sala.KindWork)
	return s
}

// need returns [sala.ErrForbidden] unless by has at least the role.
func need(by sala.Actor, role sala.Role, doing string) error {
	if by.Role < role {
		return fmt.Errorf("%s: %w", doing, sala.ErrForbidden)
	}
	return nil
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
