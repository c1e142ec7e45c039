package archive

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/numbering"
)

// A shelved is what is kept in memory of a public work: what lists are
// narrowed, ordered and counted by.
type shelved struct {
	id     sala.ID
	at     time.Time // listed_at
	day    sala.Day  // that it is listed under
	kind   Kind
	sticky bool
	langs  []sala.Lang // that it is public in
	terms  numbering.List

	parent   sala.ID // of a page
	position int
}

// shelf reads what is kept of some works, or of all if ids is nil. A work that
// is not public is not there.
func (s *Store) readShelf(ctx context.Context, ids []sala.ID) (map[sala.ID]*shelved, error) {
	type work struct {
		ID     sala.ID   `bun:"id"`
		Kind   Kind      `bun:"kind"`
		Sticky bool      `bun:"sticky"`
		Listed string    `bun:"listed"`
		At     time.Time `bun:"listed_at"`
		// Of a page.
		Parent   sala.ID `bun:"parent"`
		Position int     `bun:"position"`
	}
	type pair struct {
		Work  sala.ID `bun:"work"`
		Value string  `bun:"value"`
	}
	where, args := "w.public", []any{}
	if ids != nil {
		where, args = where+" AND w.id IN (?)", []any{db.In(ids)}
	}
	works, err := db.All[work](ctx, s.db, `SELECT w.id, w.kind, w.sticky, w.listed, w.listed_at, w.parent, w.position FROM archive_work w WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read the archive: %w", err)
	}
	all := make(map[sala.ID]*shelved, len(works))
	for _, w := range works {
		day, err := sala.ParseDay(w.Listed)
		if err != nil {
			return nil, fmt.Errorf("work %s: %w", w.ID, err)
		}
		all[w.ID] = &shelved{id: w.ID, at: w.At.UTC(), day: day, kind: db.Shared(w.Kind), sticky: w.Sticky}
		if w.Kind == Page {
			all[w.ID].parent, all[w.ID].position = w.Parent, w.Position
		}
	}
	langs, err := db.All[pair](ctx, s.db, `
		SELECT e.work, e.lang AS value FROM archive_edition e JOIN archive_work w ON w.id = e.work WHERE e.public AND `+where+` ORDER BY e.lang`, args...)
	if err != nil {
		return nil, fmt.Errorf("languages of the archive: %w", err)
	}
	for _, p := range langs {
		if w := all[p.Work]; w != nil { // else it became public just now: it is read once more
			w.langs = append(w.langs, sala.Lang(db.Shared(p.Value)))
		}
	}
	terms, err := db.All[pair](ctx, s.db, `
		SELECT wt.work, wt.term AS value FROM archive_work_term wt JOIN archive_work w ON w.id = wt.work WHERE `+where+` ORDER BY wt.term`, args...)
	if err != nil {
		return nil, fmt.Errorf("terms of the archive: %w", err)
	}
	for _, p := range terms {
		if w := all[p.Work]; w != nil {
			w.terms.Add(s.terms.Give(sala.ID(p.Value)))
		}
	}
	return all, nil
}

// newest is the order of lists.
func newest(a, b *shelved) int {
	return cmp.Or(b.at.Compare(a.at), strings.Compare(string(b.id), string(a.id)))
}

// A sieve is a filter as works are held against it.
type sieve struct {
	Filter
	works []*shelved
	among map[sala.ID]bool
	terms []numbering.Set
}

// sieve returns a filter with the works there are now, in their order.
func (s *Store) sieve(ctx context.Context, f Filter) (*sieve, error) {
	now, err := s.shelf.Now(ctx)
	if err != nil {
		return nil, err
	}
	v := &sieve{Filter: f, works: now.Rows}
	if f.Among != nil {
		v.among = make(map[sala.ID]bool, len(f.Among))
		for _, id := range f.Among {
			v.among[id] = true
		}
	}
	for _, ids := range f.Terms {
		v.terms = append(v.terms, s.terms.Set(ids))
	}
	return v, nil
}

// What a work may lack of a filter; below them are its lists of terms, by
// number.
const (
	lacksNothing = -1 - iota
	lacksKind
	lacksYear
	lacksLang
	lacksMore // more than one thing, or one that is never lifted
)

// lacks says what one thing of the filter a work does not pass.
func (v *sieve) lacks(w *shelved) int {
	if v.Sticky && !w.sticky || v.among != nil && !v.among[w.id] || len(v.Kinds) == 0 && w.kind == Page {
		return lacksMore
	}
	lack := lacksNothing
	miss := func(what int) {
		if lack != lacksNothing {
			what = lacksMore
		}
		lack = what
	}
	if len(v.Kinds) > 0 && !slices.Contains(v.Kinds, w.kind) {
		miss(lacksKind)
	}
	if v.Year != 0 && (w.day.Year != v.Year || v.Month != 0 && (int(w.day.Month) != v.Month || v.Day != 0 && w.day.Day != v.Day)) {
		miss(lacksYear)
	}
	if v.Lang != "" && !slices.Contains(w.langs, v.Lang) {
		miss(lacksLang)
	}
	for i, any := range v.terms {
		if lack == lacksMore {
			break
		}
		if !any.HasOne(w.terms) {
			miss(i)
		}
	}
	return lack
}

// passing returns the works that pass a filter, wherever it begins, in order.
func (v *sieve) passing() []*shelved {
	var all []*shelved
	for _, w := range v.works {
		if v.lacks(w) == lacksNothing {
			all = append(all, w)
		}
	}
	return all
}

func idsOf(works []*shelved) []sala.ID {
	ids := make([]sala.ID, len(works))
	for i, w := range works {
		ids[i] = w.id
	}
	return ids
}
