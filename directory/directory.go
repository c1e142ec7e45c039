// Package directory keeps the people and organisations that the record names,
// and decides how each person may be shown.
//
// A [Person] has a name as they write it, in as many languages as are known,
// a given name as they use it (nothing is ever split off), other names and
// spellings, [Post] by post what they were where and when, and a [Showing]:
// in full, by first name, by role only, or not at all. A migrant worker is
// shown by role only unless an editor says otherwise. An [Organisation] has a
// kind, a sector, a country, a parent, [Tie] by tie its relation to the
// network over time, and what readers look for: languages, services, and how
// it may be reached safely.
//
// Whoever may not know names gets a [Face]: what may be said of somebody, and
// nothing else. A [Veil] finds the names of protected people in any text, and
// says what stands in their place.
//
// Two entries found to be one are merged: the id and the address of the one
// lead to the other from then on, and splitting them undoes it.
package directory

import (
	"context"
	"fmt"
	"sync"

	"sala"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/internal/numbering"
	"sala/internal/phrase"
)

// A Store keeps the directory. It is safe for concurrent use.
type Store struct {
	db      *db.DB
	outline *db.Outline[*entry]
	items   *db.Outline[*phrase.Item]
	sheets  sheets
	orders  sync.Map // of names
	traits  numbering.Of[valued]

	mu    sync.Mutex // guards what follows
	words *i18n.Catalogue
	roles map[string]sala.Text // as the catalogue names them
	guard *guard               // who is protected, said by the catalogue
}

// NewStore returns the directory in d.
func NewStore(d *db.DB) *Store {
	s := &Store{db: d}
	s.outline = db.NewOutline(d, s.readOutline, oldest, sala.KindPerson, sala.KindOrganisation)
	s.items = db.NewOutline(d, s.readItems, phrase.NewestItem, sala.KindOrganisation)
	s.UseWords(nil)
	return s
}

// UseWords gives the store the catalogue by which a role is named; without it
// the program's own is used.
func (s *Store) UseWords(c *i18n.Catalogue) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.words, s.roles = c, map[string]sala.Text{}
	s.guard = s.newGuard()
}

// catalogue is what names roles.
func (s *Store) catalogue() (*i18n.Catalogue, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.words == nil {
		words, err := i18n.Load()
		if err != nil {
			return nil, err
		}
		s.words = words
	}
	return s.words, nil
}

// said is what a key says in every language of the catalogue that has it.
func said(c *i18n.Catalogue, key string) sala.Text {
	t := sala.Text{}
	for _, lang := range c.Langs() {
		if text, found := c.Text(lang, key); found == lang {
			t[lang] = text
		}
	}
	return t
}

// mayKnow returns [sala.ErrForbidden] for whoever may not know names.
func mayKnow(by sala.Actor, doing string) error {
	if !by.May(sala.Know) {
		return fmt.Errorf("%s: %w", doing, sala.ErrForbidden)
	}
	return nil
}

// survivors returns what some entries are now: those that they were merged
// into, or themselves. An id that is no entry's is left out.
func (s *Store) survivors(ctx context.Context, r db.Reader, ids []sala.ID) (map[sala.ID]sala.ID, error) {
	type row struct {
		ID     sala.ID  `bun:"id"`
		Merged *sala.ID `bun:"merged"`
	}
	now := map[sala.ID]sala.ID{}
	for _, id := range ids {
		now[id] = id
	}
	known := map[sala.ID]*sala.ID{}
	for ask := ids; len(ask) > 0; {
		rows, err := db.All[row](ctx, r, `SELECT id, merged FROM directory_entry WHERE id IN (?)`, db.In(ask))
		if err != nil {
			return nil, fmt.Errorf("what entries were merged into: %w", err)
		}
		ask = nil
		for _, found := range rows {
			known[found.ID] = found.Merged
		}
		for _, found := range rows {
			if found.Merged == nil {
				continue
			}
			if _, asked := known[*found.Merged]; !asked {
				ask = append(ask, *found.Merged)
			}
		}
	}
	for id := range now {
		at := id
		// No merge makes a circle, so this ends.
		for into, ok := known[at]; ok && into != nil; into, ok = known[at] {
			at = *into
		}
		if _, ok := known[at]; !ok {
			delete(now, id)
			continue
		}
		now[id] = at
	}
	return now, nil
}

// survivor is the same for one; [sala.ErrNotFound] if there is no such entry.
func (s *Store) survivor(ctx context.Context, r db.Reader, id sala.ID) (sala.ID, error) {
	now, err := s.survivors(ctx, r, []sala.ID{id})
	if err != nil {
		return "", err
	}
	at, ok := now[id]
	if !ok {
		return "", fmt.Errorf("entry %s of the directory: %w", id, sala.ErrNotFound)
	}
	return at, nil
}

// Family returns every id that leads to the entry that id is now, that one
// first: whoever counts what somebody did counts over all of them.
func (s *Store) Family(ctx context.Context, id sala.ID) ([]sala.ID, error) {
	sh, err := s.sheet(ctx)
	if err != nil {
		return nil, err
	}
	e, ok := sh.at(id)
	if !ok {
		return nil, fmt.Errorf("entry %s of the directory: %w", id, sala.ErrNotFound)
	}
	return sh.family(e.id), nil
}
