package extract

import (
	"strings"
	"time"
)

// fromTitle gives the events what only the title of the text says.
func (r *reader) fromTitle(head []*sentence) {
	if len(head) == 0 {
		return
	}
	s := head[0]
	if len(r.facts.Events) == 1 {
		e := &r.facts.Events[0]
		if v, c := e.Venue.At, e.City.At; v.Block == c.Block && c.From >= v.From && c.To <= v.To && c.To > c.From {
			// The town is but a part of the venue's name: "Ateneo de Manila University".
			if w := r.where(s, 0, len(s.toks)); !w.city.IsZero() && w.country.Code == e.Country.Code && !strings.EqualFold(w.city.Words, e.City.Words) {
				e.City, e.Country = w.city, w.country
			}
		}
	}
	if len(r.facts.Events) == 0 {
		r.event = -1
		r.caption(s)
		return
	}
	e := &r.facts.Events[0]
	if e.Held.Span.IsZero() {
		for _, d := range s.dates {
			if w, ok := r.when(s, d); ok && !d.noYear && d.span.From.Day > 0 {
				e.Held = w
				break
			}
		}
	}
	if e.Venue.IsZero() && e.City.IsZero() && e.Country.Code == "" && len(r.facts.Events) == 1 {
		r.setPlace(e, r.where(s, 0, len(s.toks)))
		if e.City.IsZero() && e.Country.Code == "" {
			r.tail(s, e)
		}
	} else if e.City.IsZero() && e.Country.Code == "" && e.Venue.Words != "online" && !e.Venue.IsZero() && len(r.facts.Events) == 1 {
		if w := r.where(s, 0, len(s.toks)); !w.city.IsZero() && w.venue.IsZero() {
			w.city.Sure, w.country.Sure = 0.75, 0.75
			r.setPlace(e, w) // the venue is told, and the title names the town
		}
	}
	if e.Title.IsZero() && r.titled() {
		e.Title = Said{Found{Passage{TitleBlock, 0, len(r.text.Title), r.text.Title}, 0.6}, clean(r.text.Title)}
	}
}

// tail takes the place with which a title ends, behind a comma.
func (r *reader) tail(s *sentence, e *Event) {
	for k := len(s.toks) - 1; k > 0 && k > len(s.toks)-6; k-- {
		if !s.tok(k - 1).is(",") {
			continue
		}
		n, end, ok := find(s, k, r.gaz.places)
		if !ok || end != len(s.toks) {
			continue
		}
		e.Country = Land{s.found(k, end, 0.85), n.country}
		if n.city || citystate[n.country] {
			e.City = s.said(k, end, 0.85)
		} else if k >= 3 {
			for c := k - 2; c >= 0 && c > k-6; c-- {
				if town, after, ok := find(s, c, r.gaz.places); ok && after == k-1 && town.city {
					e.City = s.said(c, after, 0.85)
				}
			}
		}
		return
	}
}

// finish fills in what follows from the rest: a part of an event is where the
// whole is.
func (r *reader) finish() {
	r.theyInvited()
	r.venuesHeard()
	r.dropAnnounced()
	if len(r.facts.Events) > 0 && r.lead != nil {
		// The lead tells of the day, a later sentence of what it was.
		if e := &r.facts.Events[0]; e.Held.Span.IsZero() {
			e.Held = r.leadHeld
			if e.Venue.IsZero() && e.City.IsZero() && e.Country.Code == "" {
				r.setPlace(e, r.where(r.lead, 0, len(r.lead.toks)))
			}
		}
	}
	if len(r.facts.Events) > 0 {
		e := &r.facts.Events[0]
		if r.lead != nil && e.Venue.IsZero() && !e.City.IsZero() && e.Held.Span == r.leadHeld.Span && r.lead.has(0, len(r.lead.toks), masses) {
			if w := r.where(r.lead, 0, len(r.lead.toks)); w.adjoins() && w.city.Words == e.City.Words {
				w.venue.Sure = min(w.venue.Sure, 0.7)
				r.setPlace(e, w)
			}
		}
		if e.Held.Span.From == r.writtenOn && r.writtenOn.Day > 0 && e.Venue.IsZero() && e.City.IsZero() && e.Country.Code == "" && !r.writtenIn.city.IsZero() {
			r.writtenIn.city.Sure, r.writtenIn.country.Sure = 0.7, 0.7
			r.setPlace(e, r.writtenIn) // the day of the event, so its place, too
		}
	}
	for i := range r.facts.Events {
		e := &r.facts.Events[i]
		if p, town := r.text.Published, r.datelineIn; !e.Venue.IsZero() && e.Venue.Words != "online" && e.City.IsZero() && e.Country.Code == "" && e.Within < 0 && !town.city.IsZero() && e.Held.Span.To.Day > 0 && p.Day > 0 && p.Time().Sub(e.Held.Span.To.Time()).Abs() <= 3*24*time.Hour {
			town.city.Sure, town.country.Sure = 0.65, 0.65
			e.City, e.Country = town.city, town.country // the venue is told, and the text was written in the town
		}
		if e.Within >= 0 && e.City.IsZero() && e.Country.Code == "" {
			outer := r.facts.Events[e.Within]
			e.City, e.Country = outer.City, outer.Country
			e.City.Sure, e.Country.Sure = min(e.City.Sure, 0.75), min(e.Country.Sure, 0.75)
		}
		if i > 0 && !e.Venue.IsZero() && e.Venue.Words != "online" && e.City.IsZero() && e.Country.Code == "" {
			before := r.facts.Events[i-1]
			if gap := e.Held.Span.From.Time().Sub(before.Held.Span.To.Time()).Abs(); e.Held.Span.From.Day > 0 && before.Held.Span.To.Day > 0 && gap <= 3*24*time.Hour {
				e.City, e.Country = before.City, before.Country // the day after, and no other town is told
				e.City.Sure, e.Country.Sure = min(e.City.Sure, 0.7), min(e.Country.Sure, 0.7)
			}
		}
	}
	r.ofStates()
}
