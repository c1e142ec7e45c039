package directory

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/internal/i18n"
	"sala/internal/numbering"
)

// An Order is that of a list of names: each name in Lang or the best other
// language, first of all Else, as a dictionary of Dictionary puts them.
type Order struct{ Lang, Else, Dictionary sala.Lang }

// A Question asks for those of one sort who have a page.
type Question struct {
	What   sala.Kind
	Order  Order
	Chosen map[Trait]string // what each must have
	After  sala.ID          // the last of the stretch before, "" for the beginning
	Limit  int              // 0 for no end
}

// A Listed is what a list tells of somebody, or of an organisation.
type Listed struct {
	ID       sala.ID
	Face     Face
	Ties     []Tie
	Posts    []Post // of a person
	Langs    []sala.Lang
	Services []Service
}

// A Listing is the answer to a [Question].
type Listing struct {
	Listed []Listed
	More   bool // behind these
	Total  int  // that have what was chosen, from the beginning
	// Counts are how many have each value of a trait, as if nothing of that
	// same trait were chosen.
	Counts map[Trait]map[string]int
}

// A placed is an entry at its place in an order of names.
type placed struct {
	key string
	*entry
}

// ranked returns the outline of those of a sort who have a page in an order of
// names: so a name is looked at when it changes, not on each page.
func (s *Store) ranked(what sala.Kind, o Order) *db.Outline[placed] {
	type key struct {
		what  sala.Kind
		order Order
	}
	if kept, ok := s.orders.Load(key{what, o}); ok {
		return kept.(*db.Outline[placed])
	}
	read := func(ctx context.Context, ids []sala.ID) (map[sala.ID]placed, error) {
		sh, err := s.sheet(ctx)
		if err != nil {
			return nil, err
		}
		found := map[sala.ID]placed{}
		put := func(e *entry) {
			if e.what == what && e.page {
				name, _ := e.text.text().In(o.Lang, o.Else)
				found[e.id] = placed{i18n.Key(o.Dictionary, name), e}
			}
		}
		if ids == nil {
			for _, e := range sh.Rows {
				put(e)
			}
		}
		for _, id := range ids {
			if i, ok := sh.Place(id); ok {
				put(sh.Rows[i])
			}
		}
		return found, nil
	}
	order := func(a, b placed) int { return cmp.Or(strings.Compare(a.key, b.key), oldest(a.entry, b.entry)) }
	kept, _ := s.orders.LoadOrStore(key{what, o}, db.NewOutline(s.db, read, order, what))
	return kept.(*db.Outline[placed])
}

// List answers a question of a reader. An After that names nobody of the list
// is [sala.ErrNotFound].
func (s *Store) List(ctx context.Context, q Question) (Listing, error) {
	now, err := s.ranked(q.What, q.Order).Now(ctx)
	if err != nil {
		return Listing{}, err
	}
	today := sala.DayOf(s.db.Now())
	type wanted struct {
		of Trait
		n  numbering.Number
	}
	var chosen []wanted
	for _, of := range Traits(q.What) {
		if value := q.Chosen[of]; value != "" {
			chosen = append(chosen, wanted{of, s.traits.Find(valued{of, value})})
		}
	}
	var (
		list   Listing
		shown  []*entry
		book   = s.traits.Words()
		counts = s.traits.Tally()
		begun  = q.After == ""
	)
	for _, one := range now.Rows {
		traits := one.on(today)
		lacks, lacking := 0, Trait("")
		for _, want := range chosen {
			if !slices.Contains(traits, want.n) {
				lacks, lacking = lacks+1, want.of
			}
		}
		if lacks > 1 {
			continue
		}
		for _, n := range traits {
			if lacks == 0 || book[n].of == lacking {
				counts[n]++
			}
		}
		if lacks > 0 {
			continue
		}
		list.Total++
		switch {
		case !begun:
			begun = one.id == q.After
		case q.Limit > 0 && len(shown) == q.Limit:
			list.More = true
		default:
			shown = append(shown, one.entry)
		}
	}
	if !begun {
		return Listing{}, fmt.Errorf("list after %s: %w", q.After, sala.ErrNotFound)
	}
	list.Counts = map[Trait]map[string]int{}
	for _, of := range Traits(q.What) {
		list.Counts[of] = map[string]int{}
	}
	for v, count := range s.traits.Counted(counts) {
		list.Counts[v.of][v.value] = count
	}
	list.Listed, err = s.listed(ctx, q.What, shown)
	return list, err
}

// listed is what is told of those on a stretch.
func (s *Store) listed(ctx context.Context, what sala.Kind, shown []*entry) ([]Listed, error) {
	all := make([]Listed, len(shown))
	ids := make([]sala.ID, len(shown))
	for i, e := range shown {
		face, err := s.told(e)
		if err != nil {
			return nil, err
		}
		all[i] = Listed{ID: e.id, Face: face, Ties: e.ties, Langs: e.langs, Services: e.services}
		ids[i] = e.id
	}
	if what != sala.KindPerson || len(ids) == 0 {
		return all, nil
	}
	posts, err := s.posts(ctx, s.db, ids)
	for i := range all {
		all[i].Posts = posts[all[i].ID]
	}
	return all, err
}
