package event

import (
	"strconv"

	"sala"
)

// A said is one text of an event, with how many bytes it may have in each
// language.
type said[T any] struct {
	list  string // "" of the event itself
	at    int    // row of the list
	name  string
	text  *T
	limit int
}

// field is what a form calls the text.
func (s said[T]) field() string {
	if s.list == "" {
		return s.name
	}
	return row(s.list, s.at, s.name)
}

// Limits in bytes. A line of Burmese takes three bytes a letter.
const (
	lineLimit  = 1000
	proseLimit = 20_000
)

// texts are all texts of e in several languages.
func (e *Event) texts() []said[sala.Text] {
	all := []said[sala.Text]{
		{"", 0, "title", &e.Title, lineLimit}, {"", 0, "about", &e.About, proseLimit}, {"", 0, "venue", &e.Venue, lineLimit}, {"", 0, "city", &e.City, lineLimit},
	}
	for i := range e.Parties {
		all = append(all, said[sala.Text]{"parties", i, "name", &e.Parties[i].Name, lineLimit})
	}
	for i := range e.Present {
		all = append(all, said[sala.Text]{"present", i, "name", &e.Present[i].Name, lineLimit})
	}
	for i := range e.Sessions {
		all = append(all, said[sala.Text]{"sessions", i, "title", &e.Sessions[i].Title, lineLimit})
	}
	for i := range e.Appearances {
		a := &e.Appearances[i]
		all = append(all, said[sala.Text]{"appearances", i, "described", &a.Described, lineLimit},
			said[sala.Text]{"appearances", i, "position", &a.Position, lineLimit},
			said[sala.Text]{"appearances", i, "affiliation", &a.Affiliation, lineLimit})
	}
	for i := range e.Counts {
		all = append(all, said[sala.Text]{"counts", i, "words", &e.Counts[i].Words, lineLimit})
	}
	for i := range e.Materials {
		all = append(all, said[sala.Text]{"materials", i, "title", &e.Materials[i].Title, lineLimit})
	}
	return all
}

// strings are all texts of e without a language.
func (e *Event) strings() []said[string] {
	all := []said[string]{{"", 0, "zone", &e.Zone, lineLimit}}
	for i := range e.Counts {
		all = append(all, said[string]{"counts", i, "source", &e.Counts[i].Source.Words, proseLimit},
			said[string]{"counts", i, "source", &e.Counts[i].Source.Block, lineLimit})
	}
	for i := range e.Materials {
		m := &e.Materials[i]
		all = append(all, said[string]{"materials", i, "owner", &m.Owner, lineLimit},
			said[string]{"materials", i, "licence", &m.Licence, lineLimit}, said[string]{"materials", i, "address", &m.Address, 2000})
	}
	return all
}

// row names a field of a row: "sessions.2.day". Rows count from 0.
func row(list string, i int, field string) string {
	return list + "." + strconv.Itoa(i) + "." + field
}
