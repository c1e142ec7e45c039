package glossary

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"sala"
	"sala/internal/db"
)

// A Store keeps concepts and rules. It is safe for concurrent use.
type Store struct {
	db *db.DB

	mu      sync.Mutex // guards what follows: made of the tables at a version
	version int64
	lookup  *Lookup
	checker *Checker
}

// NewStore returns the glossary in d.
func NewStore(d *db.DB) *Store { return &Store{db: d} }

type conceptRow struct {
	ID       string    `bun:"id"`
	Category string    `bun:"category"`
	Note     string    `bun:"note"`
	Terms    string    `bun:"terms"`
	Retired  bool      `bun:"retired"`
	Loaded   string    `bun:"loaded"`
	Edited   bool      `bun:"edited"`
	By       string    `bun:"by_whom"`
	Changed  time.Time `bun:"changed"`
}

const conceptColumns = `id, category, note, terms, retired, loaded, edited, by_whom, changed`

func (r conceptRow) concept() (Concept, error) {
	c := Concept{ID: r.ID, Group: r.Category, Note: r.Note, Retired: r.Retired, Edited: r.Edited, By: r.By, Changed: r.Changed}
	if err := json.Unmarshal([]byte(r.Terms), &c.Terms); err != nil {
		return c, fmt.Errorf("terms of concept %s: %w", r.ID, err)
	}
	return c, nil
}

// Concepts returns every concept that is not retired, by group in the order
// of [Groups], then by id.
func (s *Store) Concepts(ctx context.Context) ([]Concept, error) {
	rows, err := db.All[conceptRow](ctx, s.db, `SELECT `+conceptColumns+` FROM glossary_concept WHERE NOT retired`)
	if err != nil {
		return nil, fmt.Errorf("concepts: %w", err)
	}
	all := make([]Concept, len(rows))
	for i, r := range rows {
		if all[i], err = r.concept(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b Concept) int {
		if n := slices.Index(Groups, a.Group) - slices.Index(Groups, b.Group); n != 0 {
			return n
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all, nil
}

// Concept returns one concept, also if it is retired.
func (s *Store) Concept(ctx context.Context, id string) (Concept, error) {
	r, err := db.One[conceptRow](ctx, s.db, `SELECT `+conceptColumns+` FROM glossary_concept WHERE id = ?`, id)
	if err != nil {
		return Concept{}, fmt.Errorf("concept %q: %w", id, err)
	}
	return r.concept()
}

// SetConcept adds or replaces a concept; one that was retired is back. It
// returns [sala.ErrForbidden] unless by is an editor, and [sala.Invalid] for
// what cannot be.
func (s *Store) SetConcept(ctx context.Context, by sala.Actor, c Concept) error {
	c.Retired = false
	return s.writeConcept(ctx, by, c, "set")
}

// RetireConcept takes a concept out of use. Its history stays, and
// [Store.SetConcept] brings it back.
func (s *Store) RetireConcept(ctx context.Context, by sala.Actor, id string) error {
	c, err := s.Concept(ctx, id)
	if err != nil {
		return err
	}
	c.Retired = true
	return s.writeConcept(ctx, by, c, "retired")
}

func (s *Store) writeConcept(ctx context.Context, by sala.Actor, c Concept, what string) error {
	if by.Role < sala.Editor {
		return fmt.Errorf("set concept %q: %w", c.ID, sala.ErrForbidden)
	}
	if err := c.check(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c.By, c.Edited = by.Name, true
		if err := putConcept(ctx, tx, c, ""); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindConcept, ID: sala.ID(c.ID)}, what, by)
	})
}

// putConcept writes a concept and its history. An empty hash keeps the one
// that is there.
func putConcept(ctx context.Context, tx *db.Tx, c Concept, hash string) error {
	terms, err := json.Marshal(c.Terms)
	if err != nil {
		return fmt.Errorf("concept %s: %w", c.ID, err)
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO glossary_concept (`+conceptColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET
			category = excluded.category, note = excluded.note, terms = excluded.terms, retired = excluded.retired,
			loaded = CASE WHEN excluded.loaded = '' THEN glossary_concept.loaded ELSE excluded.loaded END,
			edited = excluded.edited, by_whom = excluded.by_whom, changed = excluded.changed`,
		c.ID, c.Group, c.Note, string(terms), c.Retired, hash, c.Edited, c.By, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("concept %s: %w", c.ID, err)
	}
	return remember(ctx, tx, "concept", c.ID, c.By, c)
}

// A State is one state that a concept or a rule was in.
type State struct {
	JSON string    `bun:"state"`
	By   string    `bun:"by_whom"`
	At   time.Time `bun:"at"`
}

// ConceptHistory returns every state of a concept, newest first.
func (s *Store) ConceptHistory(ctx context.Context, id string) ([]State, error) {
	return s.history(ctx, "concept", id)
}

func (s *Store) history(ctx context.Context, kind, id string) ([]State, error) {
	states, err := db.All[State](ctx, s.db, `
		SELECT state, by_whom, at FROM glossary_history WHERE kind = ? AND item = ? ORDER BY at DESC, id DESC`, kind, id)
	if err != nil {
		return nil, fmt.Errorf("history of %s %q: %w", kind, id, err)
	}
	return states, nil
}

func remember(ctx context.Context, tx *db.Tx, kind, item, by string, state any) error {
	b, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("history of %s %s: %w", kind, item, err)
	}
	err = tx.ExecOne(ctx, `INSERT INTO glossary_history (id, kind, item, state, by_whom, at) VALUES (?, ?, ?, ?, ?, ?)`,
		sala.NewID(), kind, item, string(b), by, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("history of %s %s: %w", kind, item, err)
	}
	return nil
}
