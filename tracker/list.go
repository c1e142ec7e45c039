package tracker

import (
	"context"
	"fmt"
	"slices"

	"sala"
	"sala/internal/db"
)

// A Filter narrows a list of recommendations. The zero Filter means every
// public one that was not merged into another.
type Filter struct {
	Addressee []sala.ID   // any of these organisations
	Asker     []sala.ID   // any of these organisations
	States    []State     // any of these
	Silent    bool        // nothing has happened for twelve months
	Terms     [][]sala.ID // one of each inner list
	Year      int         // in which it was asked
	Framework Framework
	Code      string // of Framework
	Country   string // of a code
	Event     sala.ID
	Work      sala.ID // in which it or a step of it stands
	Ask       sala.ID
	// Drafts lists those that are not public and not withdrawn as well, Owner
	// those of a user, Due those whose next day has come, Ownerless open ones
	// that nobody follows up, Mine only what a user made: for the studio.
	Drafts    bool
	OnlyDraft bool
	Withdrawn bool // only those
	Owner     sala.ID
	Due       bool
	Ownerless bool
	Mine      sala.ID
	Among     []sala.ID // only these, if it is not nil
	Before    sala.ID   // only what comes after it in the list
	Limit     int       // 0 means 50
}

// A List is one stretch of a list, newest first.
type List struct {
	Recommendations []Recommendation
	Next            sala.ID // the Before of the next stretch, "" at the end
	Total           int     // that pass the filter, wherever it begins
}

const listOrder = ` ORDER BY r.asked_at DESC, r.id DESC`

// studio reports whether a filter asks for what readers do not see.
func (f Filter) studio() bool {
	return f.Drafts || f.OnlyDraft || f.Withdrawn || f.Owner != "" || f.Due || f.Ownerless || f.Mine != ""
}

// Recommendations returns the public ones that pass f, newest first.
func (s *Store) Recommendations(ctx context.Context, f Filter) (List, error) {
	if f.studio() {
		return List{}, fmt.Errorf("list recommendations: %w", sala.ErrForbidden)
	}
	return s.list(ctx, f)
}

// Any reports whether any public recommendation passes f.
func (s *Store) Any(ctx context.Context, f Filter) (bool, error) {
	if f.studio() {
		return false, fmt.Errorf("whether there is any recommendation: %w", sala.ErrForbidden)
	}
	all, err := s.outline.Now(ctx)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(all.Rows, s.sieve(f).passes), nil
}

// Ledger returns what somebody who works on the record may see: a contributor
// what is public and what they made.
func (s *Store) Ledger(ctx context.Context, by sala.Actor, f Filter) (List, error) {
	if err := may(by, sala.Draft, "list recommendations"); err != nil {
		return List{}, err
	}
	if !by.May(sala.Translate) && f.studio() {
		f.Mine = by.ID
		if f.Mine == "" {
			return List{}, fmt.Errorf("list recommendations: %w", sala.ErrForbidden)
		}
	}
	return s.list(ctx, f)
}

func (s *Store) list(ctx context.Context, f Filter) (List, error) {
	all, err := s.outline.Now(ctx)
	if err != nil {
		return List{}, err
	}
	rows, next, total, err := s.stretch(ctx, all, f)
	if err != nil {
		return List{}, err
	}
	list := List{Next: next, Total: total}
	list.Recommendations, err = s.told(ctx, all, idsOf(rows))
	return list, err
}

// stretch returns the rows of a list from where a filter begins, the Before of
// the next stretch, and how many pass the filter in all.
func (s *Store) stretch(ctx context.Context, all *sheet, f Filter) (rows []*outlined, next sala.ID, total int, err error) {
	begin := 0
	if f.Before != "" {
		at, err := s.placeOf(ctx, f.Before)
		if err != nil {
			return nil, "", 0, err
		}
		there := false
		if begin, there = slices.BinarySearchFunc(all.Rows, f.Before, func(r *outlined, id sala.ID) int { return r.compare(at, id) }); there {
			begin++
		}
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 50
	}
	sift := s.sieve(f)
	for i, r := range all.Rows {
		if !sift.passes(r) {
			continue
		}
		total++
		switch {
		case i < begin:
		case len(rows) < limit:
			rows = append(rows, r)
		case next == "":
			next = rows[limit-1].id
		}
	}
	return rows, next, total, nil
}

func idsOf(rows []*outlined) []sala.ID {
	ids := make([]sala.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	return ids
}

// placeOf returns where lists have a recommendation.
func (s *Store) placeOf(ctx context.Context, id sala.ID) (date, error) {
	at, err := db.One[string](ctx, s.db, `SELECT asked_at FROM tracker_recommendation WHERE id = ?`, id)
	if err != nil {
		return 0, fmt.Errorf("place of recommendation %s in the list: %w", id, err)
	}
	return parseDate(at)
}

// told reads recommendations in the order of their ids.
func (s *Store) told(ctx context.Context, all *sheet, ids []sala.ID) ([]Recommendation, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.All[recommendationRow](ctx, s.db, `SELECT `+columns+` FROM tracker_recommendation r WHERE r.id IN (?)`, db.In(ids))
	if err != nil {
		return nil, fmt.Errorf("list recommendations: %w", err)
	}
	place := make(map[sala.ID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(rows, func(a, b recommendationRow) int { return place[a.ID] - place[b.ID] })
	return s.shown(ctx, all, rows)
}

// Count returns how many public recommendations pass f.
func (s *Store) Count(ctx context.Context, f Filter) (int, error) {
	if f.studio() {
		return 0, fmt.Errorf("count recommendations: %w", sala.ErrForbidden)
	}
	all, err := s.outline.Now(ctx)
	if err != nil {
		return 0, err
	}
	n, sift := 0, s.sieve(f)
	for _, r := range all.Rows {
		if sift.passes(r) {
			n++
		}
	}
	return n, nil
}
