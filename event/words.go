package event

import (
	"strconv"

	"sala"
)

// A said is one text of an event, with the field a form calls it by and how
// many bytes it may have in each language.
type said[T any] struct {
	field string
	text  *T
	limit int
}

// Limits in bytes. A line of Burmese takes three bytes a letter.
const (
	lineLimit  = 1000
	proseLimit = 20_000
)

// texts are all texts of e in several languages.
func (e *Event) texts() []said[sala.Text] {
	all := []said[sala.Text]{
		{"title", &e.Title, lineLimit}, {"about", &e.About, proseLimit}, {"venue", &e.Venue, lineLimit}, {"city", &e.City, lineLimit},
	}
	for i := range e.Parties {
		all = append(all, said[sala.Text]{row("parties", i, "name"), &e.Parties[i].Name, lineLimit})
	}
	for i := range e.Present {
		all = append(all, said[sala.Text]{row("present", i, "name"), &e.Present[i].Name, lineLimit})
	}
	for i := range e.Sessions {
		all = append(all, said[sala.Text]{row("sessions", i, "title"), &e.Sessions[i].Title, lineLimit})
	}
	for i := range e.Appearances {
		a := &e.Appearances[i]
		all = append(all, said[sala.Text]{row("appearances", i, "described"), &a.Described, lineLimit},
			said[sala.Text]{row("appearances", i, "position"), &a.Position, lineLimit},
			said[sala.Text]{row("appearances", i, "affiliation"), &a.Affiliation, lineLimit})
	}
	for i := range e.Counts {
		all = append(all, said[sala.Text]{row("counts", i, "words"), &e.Counts[i].Words, lineLimit})
	}
	for i := range e.Materials {
		all = append(all, said[sala.Text]{row("materials", i, "title"), &e.Materials[i].Title, lineLimit})
	}
	return all
}

// strings are all texts of e without a language.
func (e *Event) strings() []said[string] {
	all := []said[string]{{"zone", &e.Zone, lineLimit}}
	for i := range e.Counts {
		all = append(all, said[string]{row("counts", i, "source"), &e.Counts[i].Source.Words, proseLimit},
			said[string]{row("counts", i, "source"), &e.Counts[i].Source.Block, lineLimit})
	}
	for i := range e.Materials {
		m := &e.Materials[i]
		all = append(all, said[string]{row("materials", i, "owner"), &m.Owner, lineLimit},
			said[string]{row("materials", i, "licence"), &m.Licence, lineLimit}, said[string]{row("materials", i, "address"), &m.Address, 2000})
	}
	return all
}

// row names a field of a row: "sessions.2.day". Rows count from 0.
func row(list string, i int, field string) string {
	return list + "." + strconv.Itoa(i) + "." + field
}
