package tracker

import (
	"slices"

	"sala"
	"sala/internal/numbering"
)

// A sieve is a filter as the outline is asked: its words are numbers.
type sieve struct {
	Filter
	today, since date // since: what was last heard then or before is silent

	addressee, asker numbering.Set
	terms            []numbering.Set
	states           uint16 // a bit for each of States
	framework, code  numbering.Number
	country          numbering.Number
	event, work, ask numbering.Number
	owner, mine      numbering.Number
	among            map[sala.ID]bool
}

func (s *Store) sieve(f Filter) *sieve {
	today := s.Today()
	v := &sieve{Filter: f, today: dateOf(today), since: silentSince(today)}
	v.addressee, v.asker = s.ids.Set(f.Addressee), s.ids.Set(f.Asker)
	for _, ids := range f.Terms {
		v.terms = append(v.terms, s.ids.Set(ids))
	}
	for _, state := range f.States {
		if i := slices.Index(States, state); i >= 0 {
			v.states |= 1 << i
		}
	}
	v.framework, v.country = s.words.Find(string(f.Framework)), s.words.Find(f.Country)
	if f.Framework != "" && f.Code != "" {
		v.code = s.words.Find(numbered(f.Framework, f.Code))
	}
	v.event, v.work, v.ask = s.ids.Find(f.Event), s.ids.Find(f.Work), s.asks.Find(f.Ask)
	v.owner, v.mine = s.ids.Find(f.Owner), s.ids.Find(f.Mine)
	if f.Among != nil {
		v.among = make(map[sala.ID]bool, len(f.Among))
		for _, id := range f.Among {
			v.among[id] = true
		}
	}
	return v
}

// silentSince is the last day that lies twelve months back.
func silentSince(today sala.Day) date { return dateOf(sala.DayOf(today.Time().AddDate(-1, 0, 0))) }

// passes reports whether a recommendation passes the filter.
func (v *sieve) passes(r *outlined) bool {
	switch {
	case v.Withdrawn:
		if !r.withdrawn {
			return false
		}
	case v.OnlyDraft:
		if r.public || r.withdrawn {
			return false
		}
	case v.Drafts:
		if r.withdrawn {
			return false
		}
	case !r.public:
		return false
	}
	switch {
	case v.addressee != nil && !v.addressee.HasOne(r.addressed),
		v.asker != nil && !v.asker.HasOne(r.askers),
		len(v.States) > 0 && v.states>>r.state&1 == 0,
		v.Silent && !r.silent(v.since),
		v.Year != 0 && r.at.year() != v.Year,
		v.event != 0 && r.event != v.event,
		v.work != 0 && r.work != v.work,
		v.ask != 0 && r.ask != v.ask,
		v.owner != 0 && r.owner != v.owner,
		v.Due && !(r.open() && r.next != 0 && r.next <= v.today),
		v.Ownerless && !(r.open() && r.nobody),
		v.mine != 0 && r.madeBy != v.mine,
		v.among != nil && !v.among[r.id]:
		return false
	}
	for _, any := range v.terms {
		if !any.HasOne(r.terms) {
			return false
		}
	}
	return v.coded(r)
}

// coded reports whether a recommendation has the code that is asked for, and
// one about the country that is.
func (v *sieve) coded(r *outlined) bool {
	numbered, about := v.framework == 0, v.country == 0
	for _, c := range r.codes {
		if v.framework != 0 && c.framework == v.framework && (v.code == 0 || c.code == v.code) {
			numbered = true
		}
		if v.country != 0 && c.country == v.country {
			about = true
		}
	}
	return numbered && about
}
