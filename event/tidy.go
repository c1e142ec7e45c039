package event

import (
	"slices"
	"strings"

	"sala"
)

// tidy returns e as it is stored: no spaces around words, no languages that
// say nothing, an id for every row, a zone where the country has one.
func (e Event) tidy() Event {
	for _, t := range e.texts() {
		*t.text = t.text.Trimmed()
	}
	for _, t := range e.strings() {
		*t.text = strings.TrimSpace(*t.text)
	}
	if e.Held.To.IsZero() {
		e.Held.To = e.Held.From
	}
	e.Country = strings.ToLower(e.Country)
	if e.Zone == "" {
		e.Zone = ZoneOf(e.Country)
	}
	if e.Type == "" {
		e.Type = Other
	}
	for i := range e.Parties {
		e.Parties[i].ID = orNew(e.Parties[i].ID)
	}
	for i := range e.Present {
		e.Present[i].ID, e.Present[i].Country = orNew(e.Present[i].ID), strings.ToLower(e.Present[i].Country)
	}
	for i := range e.Sessions {
		e.Sessions[i].ID = orNew(e.Sessions[i].ID)
	}
	for i := range e.Appearances {
		e.Appearances[i].ID = orNew(e.Appearances[i].ID)
	}
	for i := range e.Counts {
		e.Counts[i].ID = orNew(e.Counts[i].ID)
	}
	for i := range e.Materials {
		e.Materials[i].ID = orNew(e.Materials[i].ID)
	}
	return e
}

// copied returns e with lists of its own, so that tidying it does not reach
// into what the caller holds.
func (e Event) copied() Event {
	e.Terms, e.Spoken, e.Interpreted = slices.Clone(e.Terms), slices.Clone(e.Spoken), slices.Clone(e.Interpreted)
	e.Parties, e.Present, e.Sessions = slices.Clone(e.Parties), slices.Clone(e.Present), slices.Clone(e.Sessions)
	e.Appearances, e.Counts, e.Materials = slices.Clone(e.Appearances), slices.Clone(e.Counts), slices.Clone(e.Materials)
	e.Works = slices.Clone(e.Works)
	return e
}

func orNew(id sala.ID) sala.ID {
	if id == "" {
		return sala.NewID()
	}
	return id
}
