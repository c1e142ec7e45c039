package directory

import (
	"slices"

	"sala"
	"sala/internal/numbering"
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

// A valued is a trait with what it is of somebody. Lists are narrowed and
// counted by its number.
type valued struct {
	of    Trait
	value string
}

// sort gives an entry that has a page its traits. countries are those in which
// it works.
func (s *Store) sort(e *entry, countries []string) {
	add := func(of Trait, value string) {
		if value != "" {
			e.traits.Add(s.traits.Give(valued{of, value}))
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
		e.tieTraits = append(e.tieTraits, s.traits.Give(valued{TraitTie, string(t.Relation)}))
	}
}

// on are the traits of an entry on a day.
func (e *entry) on(today sala.Day) numbering.List {
	all := slices.Clip(e.traits)
	for i, t := range e.ties {
		if t.On(today) {
			all.Add(e.tieTraits[i])
		}
	}
	return all
}
