package archive

import (
	"context"
	"fmt"
	"strings"
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

// where writes the filter as a condition on archive_work w.
func (f Filter) where() (string, []any) {
	conds, args := []string{"w.public"}, []any{}
	add := func(cond string, values ...any) {
		conds = append(conds, cond)
		args = append(args, values...)
	}
	if len(f.Kinds) == 0 {
		add("w.kind <> ?", Page)
	} else {
		add("w.kind IN (?)", db.In(f.Kinds))
	}
	if f.Sticky {
		add("w.sticky")
	}
	if f.Lang != "" {
		add("EXISTS (SELECT 1 FROM archive_edition l WHERE l.work = w.id AND l.public AND l.lang = ?)", f.Lang)
	}
	for _, any := range f.Terms {
		if len(any) == 0 {
			add("FALSE")
			continue
		}
		add("w.id IN (SELECT wt.work FROM archive_work_term wt WHERE wt.term IN (?))", db.In(any))
	}
	if f.Year != 0 {
		day := fmt.Sprintf("%04d", f.Year)
		if f.Month != 0 {
			day += fmt.Sprintf("-%02d", f.Month)
			if f.Day != 0 {
				day += fmt.Sprintf("-%02d", f.Day)
			}
		}
		// "~" sorts after every character of a date.
		add("w.listed >= ? AND w.listed < ?", day, day+"~")
	}
	switch {
	case f.Among == nil:
	case len(f.Among) == 0:
		add("FALSE")
	default:
		add("w.id IN (?)", db.In(f.Among))
	}
	return strings.Join(conds, " AND "), args
}

// Count returns how many public works pass f.
func (s *Store) Count(ctx context.Context, f Filter) (int, error) { return s.total(ctx, f) }

// Works returns the works that pass f, newest first.
func (s *Store) Works(ctx context.Context, f Filter) (List, error) {
	var list List
	where, args := f.where()
	total, err := s.total(ctx, f)
	if err != nil {
		return list, err
	}
	list.Total = total
	if f.Before != "" {
		at, err := s.listedAt(ctx, f.Before)
		if err != nil {
			return list, err
		}
		where += " AND (w.listed_at, w.id) < (?, ?)"
		args = append(args, db.At(at), f.Before)
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 20
	}
	rows, err := db.All[workRow](ctx, s.db, `
		SELECT `+workColumns+` FROM archive_work w WHERE `+where+listOrder+` LIMIT ?`, append(args, limit+1)...)
	if err != nil {
		return list, fmt.Errorf("list works: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		list.Next = rows[limit-1].ID
	}
	if list.Works, err = works(rows); err != nil {
		return list, err
	}
	return list, fill(ctx, s.db, list.Works)
}

// Bearing returns which of some works are public and bear one of some terms.
// Pages are left out, as in lists.
func (s *Store) Bearing(ctx context.Context, terms, works []sala.ID) ([]sala.ID, error) {
	if len(terms) == 0 || len(works) == 0 {
		return nil, nil
	}
	ids, err := db.All[sala.ID](ctx, s.db, `
		SELECT DISTINCT w.id FROM archive_work w JOIN archive_work_term wt ON wt.work = w.id
		WHERE w.public AND w.kind <> ? AND w.id IN (?) AND wt.term IN (?) ORDER BY w.id`, Page, db.In(works), db.In(terms))
	if err != nil {
		return nil, fmt.Errorf("which of %d works bear a term: %w", len(works), err)
	}
	return ids, nil
}

func (s *Store) listedAt(ctx context.Context, work sala.ID) (time.Time, error) {
	at, err := db.One[time.Time](ctx, s.db, `SELECT listed_at FROM archive_work WHERE id = ?`, work)
	if err != nil {
		return at, fmt.Errorf("place of work %s in the list: %w", work, err)
	}
	return at, nil
}

// total counts the works that pass f, from wherever the list begins.
func (s *Store) total(ctx context.Context, f Filter) (int, error) {
	f.Before, f.Limit = "", 0
	count := func(ctx context.Context) (int, error) {
		where, args := f.where()
		n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM archive_work w WHERE `+where, args...)
		if err != nil {
			return 0, fmt.Errorf("count works: %w", err)
		}
		return n, nil
	}
	if f.Among != nil { // a list of works is too much to remember an answer by
		return count(ctx)
	}
	type total Filter // a question of its own beside the facets of the same filter
	return remembered(ctx, &s.memo, total(f), count)
}

// Start returns the Before that skips the first works of a list, so that the
// numbered pages of an old site can be found; [sala.ErrNotFound] if there are
// no more works than that.
func (s *Store) Start(ctx context.Context, f Filter, skip int) (sala.ID, error) {
	if skip <= 0 {
		return "", nil
	}
	where, args := f.where()
	ids, err := db.All[sala.ID](ctx, s.db, `SELECT w.id FROM archive_work w WHERE `+where+listOrder+` LIMIT 2 OFFSET ?`,
		append(args, skip-1)...)
	if err != nil {
		return "", fmt.Errorf("skip %d works: %w", skip, err)
	}
	if len(ids) < 2 {
		return "", fmt.Errorf("skip %d works: %w", skip, sala.ErrNotFound)
	}
	return ids[0], nil
}

// Neighbours returns the works listed just after and just before w, "" where
// there is none.
func (s *Store) Neighbours(ctx context.Context, w Work) (newer, older sala.ID, err error) {
	const listed = `SELECT w.id FROM archive_work w WHERE w.public AND w.kind <> ? AND (w.listed_at, w.id) `
	newer, err = db.One[sala.ID](ctx, s.db, listed+`> (?, ?) ORDER BY w.listed_at, w.id LIMIT 1`, Page, db.At(w.ListedAt), w.ID)
	if _, err := exists(err); err != nil {
		return "", "", fmt.Errorf("neighbours of work %s: %w", w.ID, err)
	}
	older, err = db.One[sala.ID](ctx, s.db, listed+`< (?, ?)`+listOrder+` LIMIT 1`, Page, db.At(w.ListedAt), w.ID)
	if _, err := exists(err); err != nil {
		return "", "", fmt.Errorf("neighbours of work %s: %w", w.ID, err)
	}
	return newer, older, nil
}
