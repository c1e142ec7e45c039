package event

import (
	"maps"
	"slices"

	"sala"
)

// Said returns e with all its words passed through f, which also learns their
// language: "" where none is known. It is how a door covers what may not be
// shown in everything an event says, at one place.
func (e Event) Said(f func(words string, lang sala.Lang) string) Event {
	if !e.changes(f) {
		return e
	}
	e = e.copied()
	for _, t := range e.texts() {
		*t.text = passed(*t.text, f)
	}
	for i := range e.Counts {
		source := &e.Counts[i].Source
		source.Words = f(source.Words, source.Lang)
	}
	for i := range e.Materials {
		e.Materials[i].Owner = f(e.Materials[i].Owner, "")
	}
	return e
}

// changes reports whether f leaves anything in e other than it was: in most
// events it does not, and they need not be copied.
func (e *Event) changes(f func(words string, lang sala.Lang) string) bool {
	for _, t := range e.texts() {
		for l, words := range *t.text {
			if f(words, l) != words {
				return true
			}
		}
	}
	return slices.ContainsFunc(e.Counts, func(c Count) bool { return f(c.Source.Words, c.Source.Lang) != c.Source.Words }) ||
		slices.ContainsFunc(e.Materials, func(m Material) bool { return f(m.Owner, "") != m.Owner })
}

// passed is a text with its words passed through f; itself where f leaves them
// as they are, as it does with most.
func passed(t sala.Text, f func(words string, lang sala.Lang) string) sala.Text {
	out, other := t, false
	for l, words := range t {
		now := f(words, l)
		if now == words {
			continue
		}
		if !other {
			out, other = maps.Clone(t), true
		}
		out[l] = now
	}
	return out
}

// Refs returns the ids of the directory that some events hold, each once.
func Refs(events ...Event) []sala.ID {
	var ids []sala.ID
	for _, e := range events {
		for _, p := range e.Parties {
			ids = append(ids, p.Organisation)
		}
		for _, p := range e.Present {
			ids = append(ids, p.Organisation)
		}
		for _, a := range e.Appearances {
			ids = append(ids, a.Person, a.Organisation)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return slices.DeleteFunc(ids, func(id sala.ID) bool { return id == "" })
}
