package demo

import (
	"fmt"
	"strconv"
	"strings"

	"sala"
	"sala/event"
)

// The keys of a section of events.txt.
var (
	eventKeys  = []string{"about", "type", "held", "start", "end", "venue", "city", "country", "parent", "series"}
	eventLists = []string{
		"theme", "project", "spoken", "interpreted", "organiser", "co_organiser", "host", "funder", "supporter", "present", "count", "session", "speak", "material", "work",
	}
)

// events stores events.txt and makes the events public. A section
// "series/name" is a series; it stands before the events that belong to it, as
// an event does before its parts.
func (r record) events() error {
	return r.each("events.txt", func(h *head) error {
		if name, ok := strings.CutPrefix(h.name, "series/"); ok {
			return r.series(h, name)
		}
		if err := h.check(append(tags(langs), eventKeys...), eventLists); err != nil {
			return err
		}
		at := id(sala.KindEvent, h.name)
		e, err := r.to.Events.DeskEvent(r.ctx, r.by, at)
		is, err := missing(err)
		if err != nil {
			return err
		}
		if is {
			if e, err = r.event(h, at); err != nil {
				return err
			}
			if e, err = r.to.Events.Create(r.ctx, r.by, e); err != nil {
				return err
			}
		}
		if e.State != event.Draft {
			return nil
		}
		return r.to.Events.Publish(r.ctx, r.by, e.ID, e.Version)
	})
}

func (r record) series(h *head, name string) error {
	if err := h.check(tags(langs), nil); err != nil {
		return err
	}
	_, err := r.to.Events.SetSeries(r.ctx, r.by, event.Series{ID: id(sala.KindSeries, name), Slug: name, Name: h.text("")})
	return err
}

// event reads one section.
func (r record) event(h *head, at sala.ID) (event.Event, error) {
	e := event.Event{
		ID: at, Slug: h.name, Title: h.text(""), About: english(h.value("about")), Type: event.Type(h.value("type")),
		Start: event.Clock(h.value("start")), End: event.Clock(h.value("end")),
		Venue: english(h.value("venue")), City: english(h.value("city")), Country: h.value("country"),
	}
	var err error
	from, to, _ := strings.Cut(h.value("held"), " to ")
	if e.Held.From, err = sala.ParseDay(from); err != nil {
		return e, err
	}
	if e.Held.To, err = sala.ParseDay(to); to != "" && err != nil {
		return e, err
	}
	if p := h.value("parent"); p != "" {
		e.Parent = id(sala.KindEvent, p)
	}
	if s := h.value("series"); s != "" {
		e.Series = id(sala.KindSeries, s)
	}
	if e.Terms, err = r.terms(h); err != nil {
		return e, err
	}
	for _, l := range h.values("spoken") {
		e.Spoken = append(e.Spoken, sala.Lang(l))
	}
	for _, l := range h.values("interpreted") {
		e.Interpreted = append(e.Interpreted, sala.Lang(l))
	}
	for _, part := range event.Parts {
		for _, o := range h.values(string(part)) {
			e.Parties = append(e.Parties, event.Party{Part: part, Organisation: id(sala.KindOrganisation, o)})
		}
	}
	for _, line := range h.values("present") {
		if said, ok := strings.CutPrefix(line, "= "); ok { // several that nobody named
			at := parts(said, 3)
			e.Present = append(e.Present, event.Present{Name: english(at[0]), Several: true, Sector: sala.Sector(at[1]), Country: at[2]})
			continue
		}
		o, err := r.to.Directory.Organisation(r.ctx, r.by, id(sala.KindOrganisation, line))
		if err != nil {
			return e, err
		}
		e.Present = append(e.Present, event.Present{Organisation: o.ID, Sector: o.InSector(), Country: o.Country})
	}
	var works []string
	for _, line := range h.values("work") {
		at := parts(line, 2)
		w, err := r.work(at[0])
		if err != nil {
			return e, err
		}
		works = append(works, at[0])
		e.Works = append(e.Works, event.Telling{Work: w.Work.ID(), Stage: event.Stage(at[1])})
	}
	r.programme(h, &e)
	return e, r.counts(h, &e, works)
}

// programme reads sessions, those who spoke, and what was shown.
func (r record) programme(h *head, e *event.Event) {
	session := func(name string) sala.ID {
		if name == "" {
			return ""
		}
		return id("session", h.name+" "+name)
	}
	for _, line := range h.values("session") {
		at := parts(line, 4)
		e.Sessions = append(e.Sessions, event.Session{
			ID: session(at[0]), Kind: event.SessionKind(at[1]), Title: english(at[2]), Start: event.Clock(at[3]),
		})
	}
	for _, line := range h.values("speak") {
		at := parts(line, 5)
		a := event.Appearance{Session: session(at[0]), Role: event.Role(at[2]), Position: english(at[3])}
		if said, ok := strings.CutPrefix(at[1], "= "); ok {
			a.Described = english(said)
		} else {
			a.Person = id(sala.KindPerson, at[1])
		}
		if at[4] != "" {
			a.Organisation = id(sala.KindOrganisation, at[4])
		}
		e.Appearances = append(e.Appearances, a)
	}
	for _, line := range h.values("material") {
		at := parts(line, 4)
		e.Materials = append(e.Materials, event.Material{
			Kind: event.MaterialKind(at[0]), Title: english(at[1]), Owner: at[2], Session: session(at[3]),
		})
	}
}

// counts reads the numbers, each with the passage that states it.
func (r record) counts(h *head, e *event.Event, works []string) error {
	for _, line := range h.values("count") {
		at := parts(line, 4)
		n, err := strconv.Atoi(at[1])
		if err != nil {
			return fmt.Errorf("count %q: %w", line, err)
		}
		c := event.Count{Qualifier: event.Qualifier(at[0]), Value: n, Of: event.Counted(at[2])}
		c.Source = event.Passage{Lang: sala.English, Words: at[3]}
		if c.Source.Work, c.Source.Block, err = r.passage(works[0], at[3]); err != nil {
			return err
		}
		e.Counts = append(e.Counts, c)
	}
	return nil
}
