package archive

import (
	"context"
	"fmt"
	"strings"

	"sala"
	"sala/internal/db"
)

// A State is how an edition stands, as those who work on it list it.
type State string

// The states. Those before Published are of the newest text, as long as that
// is not public; an edition may be in several.
const (
	IsDraft     State = "draft" // also what an import kept back
	IsInReview  State = "in_review"
	IsApproved  State = "approved"
	IsScheduled State = "scheduled"
	IsPublished State = "published"
	IsWithdrawn State = "withdrawn"
	IsBehind    State = "behind" // its source has a newer text than it was translated from
	IsStale     State = "stale"  // the same, of what readers see
)

// States lists every state in the order in which they are offered.
var States = []State{IsDraft, IsInReview, IsApproved, IsScheduled, IsPublished, IsWithdrawn, IsBehind, IsStale}

// pending is the condition on an edition e that its newest text is not public.
const pending = `NOT (e.public AND e.live = e.revision)`

// condition writes the state as a condition on archive_edition e.
func (st State) condition() (string, []any, error) {
	switch st {
	case "":
		return "TRUE", nil, nil
	case IsDraft:
		return pending + ` AND NOT e.withdrawn AND e.stage NOT IN (?, ?, ?)`, []any{InReview, Approved, Scheduled}, nil
	case IsInReview, IsApproved, IsScheduled:
		return pending + ` AND e.stage = ?`, []any{Stage(st)}, nil
	case IsPublished:
		return "e.public", nil, nil
	case IsWithdrawn:
		return "e.withdrawn", nil, nil
	case IsBehind:
		return "e.behind > 0", nil, nil
	case IsStale:
		return "e.public AND e.stale > 0", nil, nil
	}
	return "", nil, fmt.Errorf("state %q: %w", st, sala.ErrNotFound)
}

// Is reports whether the edition is in a state.
func (e Edition) Is(st State) bool {
	pending := !e.Public || e.Live != e.Revision
	switch st {
	case IsDraft:
		return pending && !e.Withdrawn && e.Stage != InReview && e.Stage != Approved && e.Stage != Scheduled
	case IsInReview, IsApproved, IsScheduled:
		return pending && e.Stage == Stage(st)
	case IsPublished:
		return e.Public
	case IsWithdrawn:
		return e.Withdrawn
	case IsBehind:
		return e.Behind > 0
	case IsStale:
		return e.Public && e.Stale > 0
	}
	return false
}

// A DeskFilter narrows the list of all works, public or not. The zero one
// means all that the asker may see, pages included.
type DeskFilter struct {
	Kind   Kind      // "" for all
	Lang   sala.Lang // only works that have an edition in it; State is then of that edition
	State  State     // of an edition; "" for any
	Title  string    // words that the title of an edition has, in any order
	Mine   bool      // only what the asker has made or written on
	Before sala.ID   // a work: only what comes after it in the list is given
	Limit  int       // 0 means 50
}

func (f DeskFilter) where(by sala.Actor) (string, []any, error) {
	conds, args := []string{"TRUE"}, []any{}
	add := func(cond string, values ...any) {
		conds = append(conds, cond)
		args = append(args, values...)
	}
	if by.Role < sala.Translator {
		add("EXISTS (SELECT 1 FROM archive_edition o WHERE o.work = w.id AND o.made_by = ?)", by.ID)
	}
	if f.Kind != "" {
		add("w.kind = ?", f.Kind)
	}
	if f.Lang != "" || f.State != "" {
		cond, values, err := f.State.condition()
		if err != nil {
			return "", nil, err
		}
		if f.Lang != "" {
			cond, values = cond+" AND e.lang = ?", append(values, f.Lang)
		}
		add("w.id IN (SELECT e.work FROM archive_edition e WHERE "+cond+")", values...)
	}
	if f.Mine {
		add(`w.id IN (
			SELECT m.work FROM archive_edition m WHERE m.made_by = ?
			UNION SELECT m.work FROM archive_edition m JOIN archive_revision r ON r.edition = m.id WHERE r.author = ?
			UNION SELECT m.work FROM archive_edition m JOIN archive_draft d ON d.edition = m.id WHERE d.author = ?)`, by.ID, by.ID, by.ID)
	}
	if words := strings.Fields(f.Title); len(words) > 0 {
		var has []string
		var values []any
		for _, word := range words {
			// SQLite folds the case of ASCII only, so the word is also looked for as it is.
			has = append(has, `(LOWER(t.title) LIKE ? ESCAPE '\' OR t.title LIKE ? ESCAPE '\')`)
			values = append(values, "%"+likeEscape.Replace(strings.ToLower(word))+"%", "%"+likeEscape.Replace(word)+"%")
		}
		add("w.id IN (SELECT t.work FROM archive_edition t WHERE "+strings.Join(has, " AND ")+")", values...)
	}
	return strings.Join(conds, " AND "), args, nil
}

// Desk lists works with every edition of theirs, public or not, newest first:
// for translators and those above them all, for a contributor what they made.
func (s *Store) Desk(ctx context.Context, by sala.Actor, f DeskFilter) (List, error) {
	var list List
	if err := need(by, sala.Contributor, "list works"); err != nil {
		return list, err
	}
	where, args, err := f.where(by)
	if err != nil {
		return list, err
	}
	list.Total, err = db.One[int](ctx, s.db, `SELECT COUNT(*) FROM archive_work w WHERE `+where, args...)
	if err != nil {
		return list, fmt.Errorf("count the works on the desk: %w", err)
	}
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
		limit = 50
	}
	rows, err := db.All[workRow](ctx, s.db, `
		SELECT `+workColumns+` FROM archive_work w WHERE `+where+listOrder+` LIMIT ?`, append(args, limit+1)...)
	if err != nil {
		return list, fmt.Errorf("list the works on the desk: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		list.Next = rows[limit-1].ID
	}
	if list.Works, err = works(rows); err != nil {
		return list, err
	}
	return list, fillAll(ctx, s.db, list.Works)
}

// DeskWork returns a work with every edition, public or not, without texts. A
// contributor may see what they made.
func (s *Store) DeskWork(ctx context.Context, by sala.Actor, id sala.ID) (Work, error) {
	if err := need(by, sala.Contributor, "see work "+string(id)); err != nil {
		return Work{}, err
	}
	where, args, err := DeskFilter{}.where(by)
	if err != nil {
		return Work{}, err
	}
	row, err := db.One[workRow](ctx, s.db, `SELECT `+workColumns+` FROM archive_work w WHERE w.id = ? AND `+where, append([]any{id}, args...)...)
	if err != nil {
		return Work{}, fmt.Errorf("work %s: %w", id, err)
	}
	w, err := row.work()
	if err != nil {
		return w, err
	}
	one := []Work{w}
	err = fillAll(ctx, s.db, one)
	return one[0], err
}

// A Waiting is how many editions wait for somebody.
type Waiting struct {
	Works     int `bun:"works"` // that the asker may see
	Review    int `bun:"review"`
	Approved  int `bun:"approved"`
	Scheduled int `bun:"scheduled"`
	Behind    int `bun:"behind"`
}

// A toDo is what waits for those who see every work, and of how many works
// everybody else has made an edition: they see those.
type toDo struct {
	all  Waiting
	made map[sala.ID]int
}

// Waiting counts what there is to do, for those who see every work. It is
// counted once after each change of a work.
func (s *Store) Waiting(ctx context.Context, by sala.Actor) (Waiting, error) {
	if err := need(by, sala.Contributor, "count works"); err != nil {
		return Waiting{}, err
	}
	now, err := s.waiting.Now(ctx)
	if err != nil || by.Role >= sala.Translator {
		return now.all, err
	}
	return Waiting{Works: now.made[by.ID]}, nil
}

func (s *Store) countWaiting(ctx context.Context) (toDo, error) {
	var now toDo
	var err error
	now.all, err = db.One[Waiting](ctx, s.db, `
		SELECT (SELECT COUNT(*) FROM archive_work) AS works,
			COUNT(CASE WHEN `+pending+` AND e.stage = ? THEN 1 END) AS review,
			COUNT(CASE WHEN `+pending+` AND e.stage = ? THEN 1 END) AS approved,
			COUNT(CASE WHEN `+pending+` AND e.stage = ? THEN 1 END) AS scheduled,
			COUNT(CASE WHEN e.behind > 0 THEN 1 END) AS behind
		FROM archive_edition e WHERE e.stage <> ? OR e.behind > 0`, InReview, Approved, Scheduled, Draft)
	if err != nil {
		return now, fmt.Errorf("count what waits: %w", err)
	}
	type maker struct {
		ID    sala.ID `bun:"made_by"`
		Works int     `bun:"works"`
	}
	makers, err := db.All[maker](ctx, s.db, `SELECT made_by, COUNT(DISTINCT work) AS works FROM archive_edition GROUP BY made_by`)
	if err != nil {
		return now, fmt.Errorf("count the works of each: %w", err)
	}
	now.made = make(map[sala.ID]int, len(makers))
	for _, m := range makers {
		now.made[m.ID] = m.Works
	}
	return now, nil
}
