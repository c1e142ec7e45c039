package directory

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/numbering"
)

// An entry is what is kept in memory of a row: where it leads, and what
// anybody may be told of it. No name is in it that may not be said.
type entry struct {
	id      sala.ID
	what    sala.Kind
	created time.Time
	merged  sala.ID // what it was merged into, "" if into nothing; then nothing more is told of it
	parent  sala.ID
	page    bool // it has one, and stands in lists

	told        bool // anything may be
	kind        string
	text, short words // a name, a given name, or the role as it was written for them
	named       bool
	country     string
	sector      sala.Sector
	slug        string

	// Of those who have a page.
	ties      []Tie
	tieTraits []numbering.Number // of each of ties
	langs     []sala.Lang
	services  []Service
	traits    numbering.List // but those that hold only from a day to a day
}

// words are a text in several languages in little room.
type words []struct {
	lang sala.Lang
	text string
}

func wordsOf(t sala.Text) words {
	var w words
	for _, lang := range t.Langs() {
		w = append(w, struct {
			lang sala.Lang
			text string
		}{db.Shared(lang), t[lang]})
	}
	return w
}

func (w words) text() sala.Text {
	t := make(sala.Text, len(w))
	for _, one := range w {
		t[one.lang] = one.text
	}
	return t
}

// outlined is what is kept of a row.
func (s *Store) outlined(r row) (*entry, error) {
	e := &entry{id: r.ID, what: db.Shared(r.What), created: r.Created.UTC()}
	if r.Parent != nil {
		e.parent = *r.Parent
	}
	if r.Merged != nil {
		e.merged = *r.Merged
		return e, nil
	}
	e.kind = db.Shared(r.Kind)
	if r.What == sala.KindOrganisation {
		o, err := r.organisation()
		if err != nil {
			return nil, err
		}
		e.told, e.page, e.named = true, r.Public, true
		e.text, e.short, e.country, e.sector = wordsOf(o.Name), wordsOf(o.Short), db.Shared(o.Country), db.Shared(o.InSector())
		if e.page {
			e.slug, e.ties, e.langs, e.services = r.Slug, o.Ties, o.Langs, o.Services
			s.sort(e, o.Countries)
		}
		return e, nil
	}
	p, err := r.person()
	if err != nil {
		return nil, err
	}
	switch p.Shown() {
	case InFull:
		e.told, e.page, e.named = true, true, true
		e.text, e.country, e.slug, e.ties = wordsOf(p.Name), db.Shared(p.Country), p.Slug, p.Ties
		s.sort(e, nil)
	case FirstName:
		e.told, e.named, e.text = true, true, wordsOf(p.First)
	case RoleOnly:
		e.told, e.text = true, wordsOf(p.Role)
	}
	return e, nil
}

// outline reads what is kept of some entries, or of all if ids is nil.
func (s *Store) readOutline(ctx context.Context, ids []sala.ID) (map[sala.ID]*entry, error) {
	where, args := "", []any{}
	if ids != nil {
		where, args = ` WHERE id IN (?)`, []any{db.In(ids)}
	}
	rows, err := db.All[row](ctx, s.db, `SELECT `+rowColumns+` FROM directory_entry`+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read the directory: %w", err)
	}
	all := make(map[sala.ID]*entry, len(rows))
	for _, r := range rows {
		if all[r.ID], err = s.outlined(r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// oldest is the order of the outline.
func oldest(a, b *entry) int {
	return cmp.Or(a.created.Compare(b.created), strings.Compare(string(a.id), string(b.id)))
}

// A sheet is the outline at one moment, with what follows from it.
type sheet struct {
	*db.Sheet[*entry]
	into  map[sala.ID][]sala.ID // what was merged into an entry itself
	below map[sala.ID][]*entry  // what belongs to one, oldest first
	pages map[sala.Kind]int     // how many have one
}

// sheets keeps the newest sheet.
type sheets struct {
	mu   sync.Mutex
	last *sheet
}

// sheet returns the outline as it is now.
func (s *Store) sheet(ctx context.Context) (*sheet, error) {
	now, err := s.outline.Now(ctx)
	if err != nil {
		return nil, err
	}
	s.sheets.mu.Lock()
	last := s.sheets.last
	s.sheets.mu.Unlock()
	if last != nil && sameRows(last.Rows, now.Rows) {
		return last, nil
	}
	sh := &sheet{Sheet: now, into: map[sala.ID][]sala.ID{}, below: map[sala.ID][]*entry{}, pages: map[sala.Kind]int{}}
	for _, e := range now.Rows {
		switch {
		case e.merged != "":
			sh.into[e.merged] = append(sh.into[e.merged], e.id)
			continue
		case e.page:
			sh.pages[e.what]++
		}
		if e.parent != "" {
			sh.below[e.parent] = append(sh.below[e.parent], e)
		}
	}
	s.sheets.mu.Lock()
	defer s.sheets.mu.Unlock()
	s.sheets.last = sh
	return sh, nil
}

// sameRows reports whether two sheets hold the same rows: one that is made anew
// has new room for them.
func sameRows[T any](a, b []*T) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// at returns what an id is now: what it was merged into, or itself.
func (sh *sheet) at(id sala.ID) (*entry, bool) {
	for {
		i, ok := sh.Place(id)
		if !ok {
			return nil, false
		}
		e := sh.Rows[i]
		if e.merged == "" {
			return e, true
		}
		id = e.merged // no merge makes a circle, so this ends
	}
}

// family returns every id that leads to an entry, that one first.
func (sh *sheet) family(id sala.ID) []sala.ID {
	all := []sala.ID{id}
	for ask := all; len(ask) > 0; {
		var next []sala.ID
		for _, one := range ask {
			next = append(next, sh.into[one]...)
		}
		slices.Sort(next)
		all, ask = append(all, next...), next
	}
	return all
}
