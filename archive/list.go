package archive

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
)

// A Filter narrows a list of works. The zero Filter means every public work
// but pages.
type Filter struct {
	Lang   sala.Lang   // only works that are public in it; "" for all
	Kinds  []Kind      // any of these; none means every kind but Page
	Terms  [][]sala.ID // a work must bear at least one of each inner list: see [Store.Below]
	Year   int         // of the listed day; 0 for any
	Month  int         // 0 for any
	Day    int         // 0 for any
	Sticky bool        // only those that stay above the rest
	// Among are the only works to list, if it is not nil: what was found by its
	// words, say.
	Among []sala.ID
	// Before is a work: only what comes after it in the list is given. So
	// pages of a list do not shift when works are added at its head.
	Before sala.ID
	Limit  int // 0 means 20
}

// A List is one stretch of a list of works, newest first.
type List struct {
	Works []Work  // with their public editions, without text
	Next  sala.ID // the Before of the next stretch, "" at the end
	Total int     // works that pass the filter, wherever it begins
}

const listOrder = ` ORDER BY w.listed_at DESC, w.id DESC`

// Count returns how many public works pass f, wherever it begins.
func (s *Store) Count(ctx context.Context, f Filter) (int, error) {
	v, err := s.sieve(ctx, f)
	if err != nil {
		return 0, err
	}
	return len(v.passing()), nil
}

// Works returns the works that pass f, newest first.
func (s *Store) Works(ctx context.Context, f Filter) (List, error) {
	v, err := s.sieve(ctx, f)
	if err != nil {
		return List{}, err
	}
	all := v.passing()
	list := List{Total: len(all)}
	if f.Before != "" {
		from, err := s.following(ctx, all, f.Before)
		if err != nil {
			return list, err
		}
		all = all[from:]
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 20
	}
	if len(all) > limit {
		all = all[:limit]
		list.Next = all[limit-1].id
	}
	list.Works, err = s.inOrder(ctx, idsOf(all))
	return list, err
}

// inOrder loads public works with their public editions and terms, in an
// order. One that was withdrawn meanwhile is left out.
func (s *Store) inOrder(ctx context.Context, ids []sala.ID) ([]Work, error) {
	found, err := s.WorksByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var list []Work
	for _, id := range ids {
		if w, ok := found[id]; ok {
			list = append(list, w)
		}
	}
	return list, nil
}

// following returns where in a list begins what comes after a work, which need
// not be in it, nor public any more.
func (s *Store) following(ctx context.Context, list []*shelved, work sala.ID) (int, error) {
	at, err := s.listedAt(ctx, work)
	if err != nil {
		return 0, err
	}
	last := &shelved{id: work, at: at.UTC()}
	from, found := slices.BinarySearchFunc(list, last, newest)
	if found {
		from++
	}
	return from, nil
}

func (s *Store) listedAt(ctx context.Context, work sala.ID) (time.Time, error) {
	at, err := db.One[time.Time](ctx, s.db, `SELECT listed_at FROM archive_work WHERE id = ?`, work)
	if err != nil {
		return at, fmt.Errorf("place of work %s in the list: %w", work, err)
	}
	return at, nil
}

// Bearing returns which of some works are public and bear one of some terms.
// Pages are left out, as in lists.
func (s *Store) Bearing(ctx context.Context, terms, works []sala.ID) ([]sala.ID, error) {
	if len(terms) == 0 || len(works) == 0 {
		return nil, nil
	}
	v, err := s.sieve(ctx, Filter{Terms: [][]sala.ID{terms}, Among: works})
	if err != nil {
		return nil, err
	}
	ids := idsOf(v.passing())
	slices.Sort(ids)
	return ids, nil
}

// Start returns the Before that skips the first works of a list, so that the
// numbered pages of an old site can be found; [sala.ErrNotFound] if there are
// no more works than that.
func (s *Store) Start(ctx context.Context, f Filter, skip int) (sala.ID, error) {
	if skip <= 0 {
		return "", nil
	}
	v, err := s.sieve(ctx, f)
	if err != nil {
		return "", err
	}
	all := v.passing()
	if len(all) <= skip {
		return "", fmt.Errorf("skip %d works: %w", skip, sala.ErrNotFound)
	}
	return all[skip-1].id, nil
}

// Neighbours returns the works listed just after and just before w, "" where
// there is none.
func (s *Store) Neighbours(ctx context.Context, w Work) (newer, older sala.ID, err error) {
	v, err := s.sieve(ctx, Filter{})
	if err != nil {
		return "", "", err
	}
	all := v.passing()
	at, found := slices.BinarySearchFunc(all, &shelved{id: w.ID, at: w.ListedAt}, newest)
	if at > 0 {
		newer = all[at-1].id
	}
	if found {
		at++
	}
	if at < len(all) {
		older = all[at].id
	}
	return newer, older, nil
}
