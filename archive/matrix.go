package archive

import (
	"context"
	"fmt"
	"strings"

	"sala"
	"sala/internal/db"
)

// A Progress says how far a work is in a language.
type Progress string

// The states of progress.
const (
	Missing     Progress = "missing"      // there is no edition
	InWork      Progress = "in_work"      // there is one, not public, and nobody is asked to read it yet
	UnderReview Progress = "under_review" // its newest text waits for an editor, or for its hour
	OutOfDate   Progress = "out_of_date"  // its source has changed since
	Done        Progress = "done"         // public and up to date
)

// Progresses are all states, in the order of the work.
var Progresses = []Progress{Missing, InWork, UnderReview, OutOfDate, Done}

// waiting and the other conditions are on archive_edition e. Each edition is
// in exactly one state: the first of these that holds.
const (
	waiting   = `(e.stage IN ('in_review', 'approved', 'scheduled') AND NOT (e.public AND e.live = e.revision))`
	outOfDate = `((e.stale > 0 OR e.behind > 0) AND NOT ` + waiting + `)`
	done      = `(e.public AND e.stale = 0 AND e.behind = 0 AND NOT ` + waiting + `)`
	inWork    = `(NOT e.public AND e.stale = 0 AND e.behind = 0 AND NOT ` + waiting + `)`
)

var progressWhere = map[Progress]string{InWork: inWork, UnderReview: waiting, OutOfDate: outOfDate, Done: done}

// Progress is how far an edition is.
func (e Edition) Progress() Progress {
	switch {
	case (e.Stage == InReview || e.Stage == Approved || e.Stage == Scheduled) && !(e.Public && e.Live == e.Revision):
		return UnderReview
	case e.Stale > 0 || e.Behind > 0:
		return OutOfDate
	case e.Public:
		return Done
	}
	return InWork
}

// A MatrixFilter narrows the table of works and languages. The zero filter is
// every work.
type MatrixFilter struct {
	Langs    []sala.Lang // of the site; what is missing in others is not asked for
	Lang     sala.Lang   // State is meant of this one; "" for any of Langs
	Progress Progress    // "" for any
	Before   sala.ID     // a work: only what comes after it
	Limit    int         // 0 means 50
}

// A MatrixRow is one work with all its editions, without texts.
type MatrixRow struct {
	Work     sala.ID
	Kind     Kind
	Editions []Edition // originals first
}

// In returns the edition in a language.
func (r MatrixRow) In(lang sala.Lang) (Edition, bool) {
	for _, e := range r.Editions {
		if e.Lang == lang {
			return e, true
		}
	}
	return Edition{}, false
}

// A Matrix is one stretch of the table.
type Matrix struct {
	Rows []MatrixRow
	Next sala.ID // the Before of the next stretch, "" at the end
}

// Matrix returns works and how far they are in each language, newest first,
// for those who write in other languages. It takes two queries.
func (s *Store) Matrix(ctx context.Context, by sala.Actor, f MatrixFilter) (Matrix, error) {
	var m Matrix
	if err := need(by, sala.Translator, "see what is translated"); err != nil {
		return m, err
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 50
	}
	conds, args, err := f.conditions()
	if err != nil || conds == nil {
		return m, err
	}
	if f.Before != "" {
		at, err := s.listedAt(ctx, f.Before)
		if err != nil {
			return m, err
		}
		conds = append(conds, `(w.listed_at, w.id) < (?, ?)`)
		args = append(args, db.At(at), f.Before)
	}
	type row struct {
		ID   sala.ID `bun:"id"`
		Kind Kind    `bun:"kind"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT w.id, w.kind FROM archive_work w WHERE `+strings.Join(conds, " AND ")+listOrder+` LIMIT ?`, append(args, limit+1)...)
	if err != nil {
		return m, fmt.Errorf("what is translated: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		m.Next = rows[limit-1].ID
	}
	if len(rows) == 0 {
		return m, nil
	}
	ids, at := make([]sala.ID, len(rows)), map[sala.ID]int{}
	m.Rows = make([]MatrixRow, len(rows))
	for i, r := range rows {
		ids[i], at[r.ID] = r.ID, i
		m.Rows[i] = MatrixRow{Work: r.ID, Kind: r.Kind}
	}
	found, err := db.All[editionRow](ctx, s.db, `
		SELECT `+editionColumns+` FROM archive_edition e WHERE e.work IN (?)
		ORDER BY CASE WHEN e.source = '' THEN 0 ELSE 1 END, e.created, e.id`, db.In(ids))
	if err != nil {
		return m, fmt.Errorf("what is translated: %w", err)
	}
	all, err := editions(found)
	if err != nil {
		return m, err
	}
	for _, e := range all {
		i := at[e.Work]
		m.Rows[i].Editions = append(m.Rows[i].Editions, e)
	}
	return m, nil
}

// CountMatrix counts the works that pass a filter, wherever it begins.
func (s *Store) CountMatrix(ctx context.Context, by sala.Actor, f MatrixFilter) (int, error) {
	if err := need(by, sala.Translator, "count what is translated"); err != nil {
		return 0, err
	}
	conds, args, err := f.conditions()
	if err != nil || conds == nil {
		return 0, err
	}
	n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM archive_work w WHERE `+strings.Join(conds, " AND "), args...)
	if err != nil {
		return 0, fmt.Errorf("count what is translated: %w", err)
	}
	return n, nil
}

// conditions are those of the works w that pass f, but for where it begins; nil
// if none can.
func (f MatrixFilter) conditions() ([]string, []any, error) {
	conds, args := []string{`EXISTS (SELECT 1 FROM archive_edition e WHERE e.work = w.id)`}, []any{}
	switch where, known := progressWhere[f.Progress]; {
	case known && f.Lang != "":
		conds = append(conds, `w.id IN (SELECT e.work FROM archive_edition e WHERE e.lang = ? AND `+where+`)`)
		args = append(args, f.Lang)
	case known:
		conds = append(conds, `w.id IN (SELECT e.work FROM archive_edition e WHERE `+where+`)`)
	case f.Progress == Missing:
		langs := f.Langs
		if f.Lang != "" {
			langs = []sala.Lang{f.Lang}
		}
		if len(langs) == 0 {
			return nil, nil, nil
		}
		conds = append(conds, `(SELECT COUNT(*) FROM archive_edition e WHERE e.work = w.id AND e.lang IN (?)) < ?`)
		args = append(args, db.In(langs), len(langs))
	case f.Progress != "":
		return nil, nil, sala.Invalid{{Field: "state", Key: "studio.translations_state_unknown", Text: fmt.Sprintf("%q is no state of a translation", f.Progress)}}
	}
	return conds, args, nil
}

// CountOutOfDate counts the translations whose source has changed since and
// that nobody has handed in anew, for those who write in other languages.
func (s *Store) CountOutOfDate(ctx context.Context, by sala.Actor) (int, error) {
	if err := need(by, sala.Translator, "count what is out of date"); err != nil {
		return 0, err
	}
	n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM archive_edition e WHERE `+outOfDate)
	if err != nil {
		return 0, fmt.Errorf("count what is out of date: %w", err)
	}
	return n, nil
}
