package proposals

import (
	"context"
	"errors"
	"fmt"

	"sala"
	"sala/internal/db"
)

// A Result is what became of proposals that were decided on together.
type Result struct {
	Done   int
	Failed map[sala.ID]error // by proposal: what stands in its way
}

// Accept writes proposals of a work into the record. The event that a fact
// belongs to, and the session somebody spoke in, come with it. What cannot be
// written as it stands is left open, with the reason.
func (s *Store) Accept(ctx context.Context, by sala.Actor, work sala.ID, ids []sala.ID) (Result, error) {
	if err := may(by, "accept proposals"); err != nil {
		return Result{}, err
	}
	some, byID, err := s.some(ctx, work, ids)
	if err != nil {
		return Result{}, err
	}
	return s.accept(ctx, by, work, some, byID)
}

// AcceptSure accepts every open proposal of a work that is sure.
func (s *Store) AcceptSure(ctx context.Context, by sala.Actor, work sala.ID) (Result, error) {
	all, err := s.Of(ctx, by, work)
	if err != nil {
		return Result{}, err
	}
	var ids []sala.ID
	for _, p := range all {
		if p.State == Open && p.IsSure() {
			ids = append(ids, p.ID)
		}
	}
	return s.Accept(ctx, by, work, ids)
}

// Mend accepts a proposal in other words.
func (s *Store) Mend(ctx context.Context, by sala.Actor, work, id sala.ID, v Value) (Result, error) {
	if err := may(by, "mend a proposal"); err != nil {
		return Result{}, err
	}
	some, byID, err := s.some(ctx, work, []sala.ID{id})
	if err != nil {
		return Result{}, err
	}
	p := some[0]
	if p.State != Open {
		return Result{}, fmt.Errorf("mend proposal %s, which is %s: %w", id, p.State, sala.ErrConflict)
	}
	if bad := p.mend(v); len(bad) > 0 {
		return Result{}, bad
	}
	byID[id] = p
	return s.accept(ctx, by, work, []Proposal{p}, byID)
}

// mend puts what an editor typed over what was read.
func (p *Proposal) mend(v Value) sala.Invalid {
	was, now := p.Value, Value{}
	for k, old := range was {
		now[k] = old
	}
	changed := false
	for _, f := range p.Kind.Fields() {
		typed, ok := v[f]
		if ok && typed != was[f] {
			now[f], changed = typed, true
			// Another name is another organisation than the one that was known.
			if (p.Kind == Party && f == "name" || f == "org") && v["short"] == was["short"] {
				now["short"] = ""
			}
			if p.Kind == Party && f == "name" || f == "org" {
				now["org_id"], now["org_kind"], now["org_country"] = "", "", ""
			}
		}
	}
	if changed {
		p.Was, p.Value = was, now
	}
	return p.check()
}

// check asks that the fields of a value are what they must be.
func (p Proposal) check() (bad sala.Invalid) {
	day := func(field string) {
		if _, err := sala.ParseDay(p.Value[field]); err != nil {
			bad = append(bad, sala.FieldError{Field: field, Key: "studio.proposals_day_bad", Text: err.Error()})
		}
	}
	switch p.Kind {
	case Held:
		day("from")
		day("to")
		if p.Value["from"] == "" {
			bad = append(bad, sala.FieldError{Field: "from", Key: "studio.proposals_missing", Text: "a day is needed"})
		}
	case Figure:
		day("asof")
	case Language:
		if _, err := sala.ParseLang(p.Value["lang"]); err != nil {
			bad = append(bad, sala.FieldError{Field: "lang", Key: "studio.import_lang_bad", Text: err.Error()})
		}
	}
	needed := map[Kind]string{Party: "name", Speaker: "name", Group: "who", Material: "title", Ask: "words", Count: "what", Contact: "name", Figure: "number"}[p.Kind]
	if needed != "" && p.Value[needed] == "" {
		bad = append(bad, sala.FieldError{Field: needed, Key: "studio.proposals_missing", Text: "this must not be empty"})
	}
	for f, s := range p.Value {
		if len(s) > 20000 {
			bad = append(bad, sala.FieldError{Field: f, Key: "studio.proposals_long", Text: "longer than 20000 bytes"})
		}
	}
	return bad
}

// accept writes proposals and notes what they became. What was decided before
// stays as it is.
func (s *Store) accept(ctx context.Context, by sala.Actor, work sala.ID, some []Proposal, byID map[sala.ID]Proposal) (Result, error) {
	a := &applier{Store: s, by: by, work: work, byID: byID, failed: map[sala.ID]error{}, made: map[sala.ID]sala.Ref{}}
	err := a.apply(ctx, some)
	// What was written before a failure was written, and is noted.
	if noted := s.note(ctx, by, work, a); noted != nil {
		err = errors.Join(err, noted)
	}
	return Result{Done: len(a.made), Failed: a.failed}, err
}

func (s *Store) note(ctx context.Context, by sala.Actor, work sala.ID, a *applier) error {
	if len(a.made) == 0 {
		return nil
	}
	return s.to.DB.Tx(ctx, func(tx *db.Tx) error {
		for id, made := range a.made {
			p := a.byID[id]
			state, was := Accepted, ""
			if p.Was != nil {
				state, was = Mended, p.Was.json()
			}
			err := tx.ExecOne(ctx, `
				UPDATE importer_proposal SET state = ?, value = ?, was = ?, by_id = ?, by_whom = ?, decided = ?, made_kind = ?, made = ? WHERE id = ?`,
				state, p.Value.json(), was, by.ID, by.Name, db.At(tx.Now), made.Kind, made.ID, id)
			if err != nil {
				return fmt.Errorf("note proposal %s: %w", id, err)
			}
		}
		return tx.Changed(ctx, ref(work), "proposals accepted", by)
	})
}

// Refuse says that proposals are wrong: they are not asked again.
func (s *Store) Refuse(ctx context.Context, by sala.Actor, work sala.ID, ids []sala.ID) (Result, error) {
	return s.set(ctx, by, work, ids, Open, Refused, "proposals refused")
}

// Reopen asks once more about proposals that were refused.
func (s *Store) Reopen(ctx context.Context, by sala.Actor, work sala.ID, ids []sala.ID) (Result, error) {
	return s.set(ctx, by, work, ids, Refused, Open, "proposals opened")
}

func (s *Store) set(ctx context.Context, by sala.Actor, work sala.ID, ids []sala.ID, from, to State, what string) (Result, error) {
	if err := may(by, what); err != nil {
		return Result{}, err
	}
	if _, _, err := s.some(ctx, work, ids); err != nil {
		return Result{}, err
	}
	done := 0
	err := s.to.DB.Tx(ctx, func(tx *db.Tx) error {
		done = 0
		for _, id := range ids {
			at, who, whom := db.At(tx.Now), by.ID, by.Name
			if to == Open {
				at, who, whom = db.Null{}, "", ""
			}
			n, err := tx.Exec(ctx, `UPDATE importer_proposal SET state = ?, by_id = ?, by_whom = ?, decided = ? WHERE id = ? AND state = ?`, to, who, whom, at, id, from)
			if err != nil {
				return fmt.Errorf("decide on proposal %s: %w", id, err)
			}
			done += int(n)
		}
		if done == 0 {
			return nil
		}
		return tx.Changed(ctx, ref(work), what, by)
	})
	return Result{Done: done}, err
}
