package event

import (
	"context"
	"fmt"
	"strings"

	"sala"
	"sala/internal/db"
)

// Desk lists events whatever their state, for those who work on the record:
// editors and translators all, others what they made. They are given with all
// they hold.
func (s *Store) Desk(ctx context.Context, by sala.Actor, f Filter) (List, error) {
	if !by.May(sala.Draft) {
		return List{}, fmt.Errorf("list events: %w", sala.ErrForbidden)
	}
	if by.Role < sala.Translator {
		return s.deskList(ctx, f, by.ID)
	}
	return s.deskList(ctx, f, "")
}

func (s *Store) deskList(ctx context.Context, f Filter, madeBy sala.ID) (List, error) {
	var list List
	where, args := f.conditions()
	if f.States != nil {
		where, args = where+" AND e.state IN (?)", append(args, db.In(f.States))
	}
	if madeBy != "" {
		where, args = where+" AND e.made_by = ?", append(args, madeBy)
	}
	for _, word := range strings.Fields(strings.ToLower(f.Words)) {
		where, args = where+` AND e.sought LIKE ? ESCAPE '\'`, append(args, "%"+likeEscape.Replace(word)+"%")
	}
	var err error
	list.Total, err = db.One[int](ctx, s.db, `SELECT COUNT(*) FROM event_event e WHERE `+where, args...)
	if err != nil {
		return list, fmt.Errorf("count events: %w", err)
	}
	beyond, order := "(e.first_day, e.id) < (?, ?)", " ORDER BY e.first_day DESC, e.id DESC"
	if f.Oldest {
		beyond, order = "(e.first_day, e.id) > (?, ?)", " ORDER BY e.first_day, e.id"
	}
	if f.Before != "" {
		day, err := db.One[int](ctx, s.db, `SELECT first_day FROM event_event WHERE id = ?`, f.Before)
		if err != nil {
			return list, fmt.Errorf("event %s: %w", f.Before, err)
		}
		where, args = where+" AND "+beyond, append(args, day, f.Before)
	}
	limit := f.limit()
	ids, err := db.All[sala.ID](ctx, s.db, `SELECT e.id FROM event_event e WHERE `+where+order+` LIMIT ?`, append(args, limit+1)...)
	if err != nil {
		return list, fmt.Errorf("list events: %w", err)
	}
	if len(ids) > limit {
		ids = ids[:limit]
		list.Next = ids[limit-1]
	}
	list.Events, err = read(ctx, s.db, `e.id IN (?)`, db.In(orNone(ids)))
	inOrder(list.Events, ids)
	return list, err
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// conditions writes the filter as conditions on event_event e, for the desk.
func (f Filter) conditions() (string, []any) {
	conds, args := []string{"TRUE"}, []any{}
	add := func(cond string, values ...any) {
		conds = append(conds, cond)
		args = append(args, values...)
	}
	if f.Country != "" {
		add("e.country = ?", f.Country)
	}
	if f.Type != "" {
		add("e.type = ?", f.Type)
	}
	if f.Year != 0 {
		first, last := f.days()
		add("e.first_day > 0 AND e.first_day <= ? AND e.last_day >= ?", last, first)
	}
	if !f.From.IsZero() {
		add("e.last_day >= ?", f.from())
	}
	if f.Lang != "" {
		add("EXISTS (SELECT 1 FROM event_lang l WHERE l.event = e.id AND l.lang = ?)", f.Lang)
	}
	if f.Organisation != nil {
		f.organisation(add)
	}
	if f.Person != nil {
		add("e.id IN (SELECT a.event FROM event_appearance a WHERE a.person IN (?))", db.In(orNone(f.Person)))
	}
	if f.Works != nil {
		add("e.id IN (SELECT w.event FROM event_work w WHERE w.work IN (?))", db.In(orNone(f.Works)))
	}
	if f.Parent != "" {
		add("e.parent = ?", f.Parent)
	}
	if f.Series != "" {
		add("e.series = ?", f.Series)
	}
	if f.Term != nil {
		add("e.id IN (SELECT t.event FROM event_term t WHERE t.term IN (?))", db.In(orNone(f.Term)))
	}
	if f.IDs != nil {
		add("e.id IN (?)", db.In(orNone(f.IDs)))
	}
	return strings.Join(conds, " AND "), args
}

func (f Filter) organisation(add func(string, ...any)) {
	who := db.In(orNone(f.Organisation))
	if f.Parts != nil {
		add("e.id IN (SELECT p.event FROM event_party p WHERE p.organisation IN (?) AND p.part IN (?))", who, db.In(f.Parts))
		return
	}
	// The affiliations of those who appeared are not asked: somebody who may
	// not be shown would be found by theirs.
	add(`e.id IN (
		SELECT p.event FROM event_party p WHERE p.organisation IN (?)
		UNION SELECT r.event FROM event_present r WHERE r.organisation IN (?))`, who, who)
}

// orNone is ids, or one that is nobody's where there are none: neither engine
// takes an empty list.
func orNone(ids []sala.ID) []sala.ID {
	if len(ids) == 0 {
		return []sala.ID{"-"}
	}
	return ids
}
