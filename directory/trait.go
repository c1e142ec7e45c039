package directory

import (
	"slices"
	"sync"

	"sala"
)

// A Trait is one way of narrowing what readers list of the directory.
type Trait string

// The traits.
const (
	TraitCountry  Trait = "country" // where somebody is from; where an organisation sits or works
	TraitKind     Trait = "kind"    // a [PersonKind] or an [OrganisationKind]
	TraitTie      Trait = "tie"     // what somebody is to the network today, a [Relation]
	TraitLanguage Trait = "language"
	TraitService  Trait = "service"
	TraitSector   Trait = "sector"
)

// Traits lists those of people, or of organisations, in the order in which
// they are offered.
func Traits(what sala.Kind) []Trait {
	if what == sala.KindPerson {
		return []Trait{TraitCountry, TraitKind, TraitTie}
	}
	return []Trait{TraitCountry, TraitLanguage, TraitService, TraitTie, TraitSector, TraitKind}
}

// A trait is a value of a [Trait], by its number in a book of them: so lists
// are counted by numbers.
type trait uint32

// traitBook numbers the values that there are. It only grows: there are few.
type traitBook struct {
	mu  sync.RWMutex
	of  map[valued]trait
	all []valued
}

type valued struct {
	of    Trait
	value string
}

// number returns that of a value, a new one if it has none.
func (b *traitBook) number(of Trait, value string) trait {
	b.mu.Lock()
	defer b.mu.Unlock()
	v := valued{of, value}
	if n, ok := b.of[v]; ok {
		return n
	}
	if b.of == nil {
		b.of = map[valued]trait{}
	}
	n := trait(len(b.all))
	b.of[v] = n
	b.all = append(b.all, v)
	return n
}

// find returns the number of a value that somebody has or had.
func (b *traitBook) find(of Trait, value string) (trait, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	n, ok := b.of[valued{of, value}]
	return n, ok
}

// values returns what the numbers mean.
func (b *traitBook) values() []valued {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.all[:len(b.all):len(b.all)]
}

// sort gives an entry that has a page its traits. countries are those in which
// it works.
func (s *Store) sort(e *entry, countries []string) {
	add := func(of Trait, value string) {
		if value == "" {
			return
		}
		if n := s.traits.number(of, value); !slices.Contains(e.traits, n) {
			e.traits = append(e.traits, n)
		}
	}
	add(TraitCountry, e.country)
	for _, code := range countries {
		add(TraitCountry, code)
	}
	add(TraitKind, e.kind)
	add(TraitSector, string(e.sector))
	for _, l := range e.langs {
		add(TraitLanguage, string(l))
	}
	for _, x := range e.services {
		add(TraitService, string(x))
	}
	for _, t := range e.ties {
		e.tieTraits = append(e.tieTraits, s.traits.number(TraitTie, string(t.Relation)))
	}
}

// on are the traits of an entry on a day.
func (e *entry) on(today sala.Day) []trait {
	all := e.traits[:len(e.traits):len(e.traits)]
	for i, t := range e.ties {
		if t.On(today) && !slices.Contains(all, e.tieTraits[i]) {
			all = append(all, e.tieTraits[i])
		}
	}
	return all
}
