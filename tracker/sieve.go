package tracker

import (
	"slices"

	"sala"
)

// A sieve is a filter as the outline is asked: its words are numbers.
type sieve struct {
	Filter
	today, since date // since: what was last heard then or before is silent

	addressee, asker []uint32
	terms            [][]uint32
	states           uint16 // a bit for each of States
	framework, code  uint32
	country          uint32
	event, work, ask uint32
	owner, mine      uint32
	among            map[sala.ID]bool
	none             bool // it asks for what nothing has
}

func (s *Store) sieve(f Filter) *sieve {
	today := s.Today()
	v := &sieve{Filter: f, today: dateOf(today), since: silentSince(today)}
	one := func(n *numbering, word string) uint32 {
		k := n.known(word)
		v.none = v.none || word != "" && k == 0
		return k
	}
	any := func(ids []sala.ID) []uint32 {
		var of []uint32
		for _, id := range ids {
			of = with(of, s.names.known(string(id)))
		}
		v.none = v.none || ids != nil && len(of) == 0
		return of
	}
	v.addressee, v.asker = any(f.Addressee), any(f.Asker)
	for _, ids := range f.Terms {
		v.terms = append(v.terms, any(ids))
		v.none = v.none || len(ids) == 0
	}
	for _, state := range f.States {
		if i := slices.Index(States, state); i >= 0 {
			v.states |= 1 << i
		}
	}
	v.none = v.none || len(f.States) > 0 && v.states == 0
	v.framework, v.country = one(&s.names, string(f.Framework)), one(&s.names, f.Country)
	if f.Framework != "" && f.Code != "" {
		v.code = one(&s.names, numbered(f.Framework, f.Code))
	}
	v.event, v.work, v.ask = one(&s.names, string(f.Event)), one(&s.names, string(f.Work)), one(&s.asks, string(f.Ask))
	v.owner, v.mine = one(&s.names, string(f.Owner)), one(&s.names, string(f.Mine))
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
	case v.none:
		return false
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
	case v.addressee != nil && !share(r.addressed, v.addressee),
		v.asker != nil && !share(r.askers, v.asker),
		v.states != 0 && v.states>>r.state&1 == 0,
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
		if !share(r.terms, any) {
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

// share reports whether two lists have a number in common.
func share(a, b []uint32) bool {
	return slices.ContainsFunc(a, func(n uint32) bool { return slices.Contains(b, n) })
}
