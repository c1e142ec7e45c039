package site

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"sala"
	"sala/event"
	"sala/feed"
	"sala/internal/web"
)

const icsType = "text/calendar; charset=utf-8"

// eventsCalendar serves GET /{lang}/events.ics: the events of a list whose
// days are exact. The others are not in it, for a calendar would make up the
// day; the page says so.
func (s *Site) eventsCalendar(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	ctx := r.Context()
	ch, err := s.eventChoice(r.URL.Query())
	if err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	ch.filter.Before = ""
	var zones feed.Zones
	n, only := 0, sala.ID("")
	for events, err := range s.Events.Hours(ctx, ch.filter) {
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if e.Exact() {
				zones.Add(feed.Occasion{First: e.Held.From, Last: e.Held.To, Start: string(e.Start), End: string(e.End), Zone: e.Zone})
				n, only = n+1, e.ID
			}
		}
	}
	name, _ := p.Name()
	c := feed.Calendar{Name: p.T("event.title") + " – " + name, Lang: p.Want, Home: p.Base + ch.with("/"+string(lang)+"/events/", "", "")}
	if n == 1 { // it is called as the calendar of that event is
		e, err := s.Events.Event(ctx, only)
		if err != nil {
			return nil, err
		}
		return s.calendar(r, p, c, []event.Event{e})
	}
	head, err := c.Begin(zones)
	if err != nil {
		return nil, err
	}
	return web.Pour(icsType, head, func(ctx context.Context, piece func([]byte) error) error {
		for events, err := range s.Events.Stretches(ctx, ch.filter) {
			if err != nil {
				return err
			}
			seen, err := s.hear(ctx, slices.DeleteFunc(events, func(e event.Event) bool { return !e.Exact() })...)
			if err != nil {
				return err
			}
			occasions := make([]feed.Occasion, len(seen.Events))
			for i, e := range seen.Events {
				occasions[i] = p.occasion(e)
			}
			some, err := feed.Some(occasions)
			if err != nil {
				return err
			}
			if err := piece(some); err != nil {
				return err
			}
		}
		return piece([]byte(feed.CalendarEnd))
	}), nil
}

// eventCalendar serves GET /{lang}/events/{slug}.ics. An event that was
// withdrawn is gone here as everywhere: a calendar that says "cancelled" would
// still tell of it.
func (s *Site) eventCalendar(r *http.Request, lang sala.Lang, slug string) (*web.Reply, error) {
	e, moved, err := s.Events.BySlug(r.Context(), slug)
	if err != nil {
		return nil, err
	}
	if moved {
		return web.Redirect(http.StatusMovedPermanently, eventPath(lang, e)+".ics"), nil
	}
	if !e.Exact() {
		return nil, sala.ErrNotFound
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	title, _ := e.Title.In(p.Want, p.set.Default)
	return s.calendar(r, p, feed.Calendar{Name: title, Lang: p.Want, Home: p.Base + eventPath(lang, e)}, []event.Event{e})
}

func (s *Site) calendar(r *http.Request, p *page, c feed.Calendar, events []event.Event) (*web.Reply, error) {
	seen, err := s.hear(r.Context(), events...)
	if err != nil {
		return nil, err
	}
	if len(events) == 1 { // its name may hold what is covered
		c.Name, _ = seen.Events[0].Title.In(p.Want, p.set.Default)
	}
	for _, e := range seen.Events {
		c.Occasions = append(c.Occasions, p.occasion(e))
	}
	b, err := c.ICS()
	if err != nil {
		return nil, err
	}
	return web.Text(icsType, b), nil
}

// occasion is an event as calendars take it.
func (p *page) occasion(e event.Event) feed.Occasion {
	title, in := e.Title.In(p.Want, p.set.Default)
	link := p.Base + towardsEvent(e, p.Want, p.set)
	about, _ := e.About.In(p.Want, p.set.Default)
	lines := []string{about}
	if len(e.Spoken) > 0 {
		lines = append(lines, p.label("event.spoken", p.langNames(e.Spoken)))
	}
	if len(e.Interpreted) > 0 {
		lines = append(lines, p.label("event.interpreted", p.langNames(e.Interpreted)))
	}
	lines = append(lines, link)
	return feed.Occasion{
		UID: "urn:uuid:" + string(e.ID), Sequence: e.Version, Changed: e.Changed, Title: title, Lang: in, Place: p.place(e), Link: link,
		About: strings.TrimSpace(strings.Join(lines, "\n")), Categories: []string{p.T("event.type_" + string(e.Type))},
		First: e.Held.From, Last: e.Held.To, Start: string(e.Start), End: string(e.End), Zone: e.Zone,
	}
}

// label is a name and what belongs to it, on one line.
func (p *page) label(key, value string) string { return p.T(key) + ": " + value }
