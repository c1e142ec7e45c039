package event

import (
	"fmt"
	"slices"

	"sala"
	"sala/internal/input"
	"sala/internal/slug"
)

// rowLimit bounds each list of an event.
const rowLimit = 500

// A checker gathers what must be corrected.
type checker struct{ bad sala.Invalid }

func (c *checker) add(field, key, format string, args ...any) {
	c.bad = append(c.bad, sala.FieldError{Field: field, Key: "studio.event." + key, Text: fmt.Sprintf(format, args...)})
}

func (c *checker) err() error {
	if len(c.bad) == 0 {
		return nil
	}
	return c.bad
}

// oneOf asks that a value is one of those there are.
func oneOf[T ~string](c *checker, field string, value T, all []T) {
	if !slices.Contains(all, value) {
		c.add(field, "unknown", "%q is not one of those there are", value)
	}
}

// check reports the fields of a tidied event that must be corrected.
func (e *Event) check() error {
	c := &checker{}
	c.ids(e)
	c.words(e)
	c.rows(e)
	c.time(e)
	if len(e.Title) == 0 {
		c.add("title", "title_missing", "an event needs a title in at least one language")
	}
	if e.Slug != "" && slug.Of(e.Slug) != e.Slug {
		c.add("slug", "slug_bad", "%q cannot stand in an address: want small letters, digits and hyphens", e.Slug)
	}
	oneOf(c, "type", e.Type, Types)
	c.country("country", e.Country)
	if e.Parent != "" && e.Parent == e.ID {
		c.add("parent", "parent_circle", "an event cannot be part of itself")
	}
	c.langs("spoken", e.Spoken)
	c.langs("interpreted", e.Interpreted)
	c.parties(e)
	c.sessions(e)
	c.appearances(e)
	c.counts(e)
	c.materials(e)
	c.works(e)
	return c.err()
}

func (c *checker) words(e *Event) {
	for _, t := range e.texts() {
		for _, l := range t.text.Langs() {
			if canonical, err := sala.ParseLang(string(l)); err != nil || canonical != l {
				c.add(t.field(), "lang_unknown", "%q is no language", l)
			}
			c.text(t.field(), (*t.text)[l], t.limit)
		}
	}
	for _, t := range e.strings() {
		c.text(t.field(), *t.text, t.limit)
	}
}

func (c *checker) text(field, s string, limit int) {
	switch {
	case len(s) > limit:
		c.add(field, "too_long", "longer than %d bytes", limit)
	case !input.IsText(s):
		c.add(field, "not_text", "holds bytes that are no text")
	}
}

func (c *checker) rows(e *Event) {
	for _, list := range []struct {
		field string
		rows  int
	}{
		{"parties", len(e.Parties)}, {"present", len(e.Present)}, {"sessions", len(e.Sessions)}, {"appearances", len(e.Appearances)},
		{"counts", len(e.Counts)}, {"materials", len(e.Materials)}, {"works", len(e.Works)}, {"terms", len(e.Terms)},
		{"spoken", len(e.Spoken)}, {"interpreted", len(e.Interpreted)},
	} {
		if list.rows > rowLimit {
			c.add(list.field, "too_many", "more than %d of them", rowLimit)
		}
	}
}

func (c *checker) time(e *Event) {
	from, to := e.Held.From, e.Held.To
	switch {
	case !exists(from):
		c.add("from", "day_impossible", "no calendar has the day %s", from)
	case !exists(to):
		c.add("to", "day_impossible", "no calendar has the day %s", to)
	case from.IsZero() && !to.IsZero():
		c.add("from", "from_missing", "it has a last day and no first")
	case !from.IsZero() && lastDay(to).Before(from.Time()):
		c.add("to", "ends_before", "ends on %s, before it begins on %s", to, from)
	}
	c.clocks("start", "end", e.Start, e.End, from == to)
	if (e.Start != "" || e.End != "") && e.Zone == "" {
		c.add("zone", "zone_missing", "a time of day needs a time zone, such as Asia/Bangkok")
	}
	if _, ok := Location(e.Zone); e.Zone != "" && !ok {
		c.add("zone", "zone_unknown", "%q is no time zone: want a name such as Asia/Bangkok", e.Zone)
	}
}

// clocks checks a beginning and an end, which are of one day if same.
func (c *checker) clocks(startField, endField string, start, end Clock, same bool) {
	switch {
	case !start.valid():
		c.add(startField, "time_bad", "%q is no time of day: want 09:30", start)
	case !end.valid():
		c.add(endField, "time_bad", "%q is no time of day: want 09:30", end)
	case same && start != "" && end != "" && end < start:
		c.add(endField, "ends_before_time", "ends at %s, before it begins at %s", end, start)
	}
}

func (c *checker) country(field, code string) {
	if code == "" {
		return
	}
	if len(code) != 2 || code[0] < 'a' || code[0] > 'z' || code[1] < 'a' || code[1] > 'z' {
		c.add(field, "country_unknown", "%q is no country: want a code of two letters, such as th", code)
	}
}

func (c *checker) langs(field string, langs []sala.Lang) {
	for i, l := range langs {
		if canonical, err := sala.ParseLang(string(l)); err != nil || canonical != l {
			c.add(field, "lang_unknown", "%q is no language", l)
		}
		if slices.Contains(langs[:i], l) {
			c.add(field, "twice", "%s stands there twice", l)
		}
	}
}

func (c *checker) parties(e *Event) {
	for i, p := range e.Parties {
		oneOf(c, row("parties", i, "part"), p.Part, Parts)
		if p.Organisation == "" && len(p.Name) == 0 {
			c.add(row("parties", i, "organisation"), "who_missing", "no organisation is named")
		}
		for _, q := range e.Parties[:i] {
			if p.Organisation != "" && p.Organisation == q.Organisation && p.Part == q.Part {
				c.add(row("parties", i, "organisation"), "twice", "it stands there twice")
			}
		}
	}
	for i, p := range e.Present {
		if p.Organisation == "" && len(p.Name) == 0 {
			c.add(row("present", i, "organisation"), "who_missing", "no organisation is named")
		}
		if p.Several && p.Organisation != "" {
			c.add(row("present", i, "organisation"), "several_one", "one organisation of the directory is not several")
		}
		if p.Sector != "" {
			oneOf(c, row("present", i, "sector"), p.Sector, sala.Sectors)
		}
		c.country(row("present", i, "country"), p.Country)
		for _, q := range e.Present[:i] {
			if p.Organisation != "" && p.Organisation == q.Organisation {
				c.add(row("present", i, "organisation"), "twice", "it stands there twice")
			}
		}
	}
}

func (c *checker) sessions(e *Event) {
	first, last := bounds(e.Held)
	for i, s := range e.Sessions {
		if len(s.Title) == 0 && s.Kind == OtherSession {
			c.add(row("sessions", i, "title"), "session_title_missing", "it needs a title, or a kind that says what it was")
		}
		oneOf(c, row("sessions", i, "kind"), s.Kind, SessionKinds)
		c.clocks(row("sessions", i, "start"), row("sessions", i, "end"), s.Start, s.End, true)
		if !exists(s.Day) {
			c.add(row("sessions", i, "day"), "day_impossible", "no calendar has the day %s", s.Day)
			continue
		}
		if s.Day.IsZero() || first == 0 || !exists(e.Held.From) || !exists(e.Held.To) {
			continue
		}
		if dayNumber(s.Day.Time()) < first || dayNumber(lastDay(s.Day)) > last {
			c.add(row("sessions", i, "day"), "session_outside", "%s is not among the days of the event", s.Day)
		}
	}
}

func (c *checker) appearances(e *Event) {
	for i, a := range e.Appearances {
		oneOf(c, row("appearances", i, "role"), a.Role, Roles)
		switch {
		case a.Person == "" && len(a.Described) == 0:
			c.add(row("appearances", i, "person"), "who_missing", "nobody is named or described")
		case a.Person != "" && len(a.Described) > 0:
			c.add(row("appearances", i, "person"), "named_and_described", "it names a person and describes one: want either")
		}
		if a.Session != "" {
			c.session(e, row("appearances", i, "session"), a.Session)
		}
	}
}

// session asks that a session is one of this event.
func (c *checker) session(e *Event, field string, id sala.ID) {
	if _, ok := e.Session(id); !ok {
		c.add(field, "session_foreign", "the session is none of this event")
	}
}

func (c *checker) counts(e *Event) {
	for i, n := range e.Counts {
		oneOf(c, row("counts", i, "qualifier"), n.Qualifier, Qualifiers)
		oneOf(c, row("counts", i, "of"), n.Of, AllCounted)
		switch {
		case n.Value < 0 || n.High < 0:
			c.add(row("counts", i, "value"), "number_bad", "a count is no less than 0")
		case n.Qualifier == Between && n.High <= n.Value:
			c.add(row("counts", i, "high"), "high_bad", "the greater number comes second")
		case n.Qualifier != Between && n.High != 0:
			c.add(row("counts", i, "high"), "high_alone", "a second number belongs to \"between\" only")
		}
		if n.Of == SomethingElse && len(n.Words) == 0 {
			c.add(row("counts", i, "words"), "counted_missing", "it must say what was counted")
		}
		if l := n.Source.Lang; l != "" {
			c.langs(row("counts", i, "source"), []sala.Lang{l})
		}
	}
}

func (c *checker) materials(e *Event) {
	for i, m := range e.Materials {
		oneOf(c, row("materials", i, "kind"), m.Kind, MaterialKinds)
		if len(m.Title) == 0 {
			c.add(row("materials", i, "title"), "title_missing", "it needs a title")
		}
		if m.Lang != "" {
			c.langs(row("materials", i, "lang"), []sala.Lang{m.Lang})
		}
		if m.Size < 0 {
			c.add(row("materials", i, "size"), "number_bad", "a size is no less than 0")
		}
		if m.Session != "" {
			c.session(e, row("materials", i, "session"), m.Session)
		}
		if m.File != "" && m.Address != "" {
			c.add(row("materials", i, "address"), "file_and_address", "it is a file here and an address elsewhere: want either")
		}
		if m.Address != "" && !input.IsWebAddress(m.Address) {
			c.add(row("materials", i, "address"), "address_bad", "%q is no web address", m.Address)
		}
	}
}

func (c *checker) works(e *Event) {
	for i, w := range e.Works {
		oneOf(c, row("works", i, "stage"), w.Stage, Stages)
		if w.Work == "" {
			c.add(row("works", i, "work"), "who_missing", "no work is named")
		}
		for _, q := range e.Works[:i] {
			if q.Work == w.Work {
				c.add(row("works", i, "work"), "twice", "it stands there twice")
			}
		}
	}
	for i, t := range e.Terms {
		if t == "" || slices.Contains(e.Terms[:i], t) {
			c.add("terms", "twice", "a term stands there twice, or is none")
		}
	}
}
