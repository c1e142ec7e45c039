package event

import "sala"

// ids asks that every id of the event is one, and that no row stands there
// twice.
func (c *checker) ids(e *Event) {
	seen := map[sala.ID]bool{}
	own := func(field string, id sala.ID) {
		if _, err := sala.ParseID(string(id)); err != nil || seen[id] {
			c.add(field, "id_bad", "%q is no id of its own", id)
		}
		seen[id] = true
	}
	other := func(field string, id sala.ID) {
		if _, err := sala.ParseID(string(id)); id != "" && err != nil {
			c.add(field, "id_bad", "%q is no id", id)
		}
	}
	own("id", e.ID)
	other("parent", e.Parent)
	other("series", e.Series)
	for _, id := range e.Terms {
		other("terms", id)
	}
	for i, p := range e.Parties {
		own(row("parties", i, "id"), p.ID)
		other(row("parties", i, "organisation"), p.Organisation)
	}
	for i, p := range e.Present {
		own(row("present", i, "id"), p.ID)
		other(row("present", i, "organisation"), p.Organisation)
	}
	for i, s := range e.Sessions {
		own(row("sessions", i, "id"), s.ID)
	}
	for i, a := range e.Appearances {
		own(row("appearances", i, "id"), a.ID)
		other(row("appearances", i, "person"), a.Person)
		other(row("appearances", i, "organisation"), a.Organisation)
	}
	for i, n := range e.Counts {
		own(row("counts", i, "id"), n.ID)
		other(row("counts", i, "source"), n.Source.Work)
	}
	for i, m := range e.Materials {
		own(row("materials", i, "id"), m.ID)
		other(row("materials", i, "file"), m.File)
	}
	for i, w := range e.Works {
		other(row("works", i, "work"), w.Work)
	}
}
