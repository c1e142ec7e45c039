package extract

import (
	"slices"
	"strings"
)

// isInvitation reports whether a text invites: its title or its opening says so.
func (r *reader) isInvitation() bool { return r.inviting }

// looksInviting finds out, once for a text.
func (r *reader) looksInviting() bool {
	has := func(text string) bool {
		text = strings.ToLower(text)
		for _, w := range []string{"invit", "join us", "save the date", "you are welcome", "announcing", "upcoming", "coming events"} {
			if strings.Contains(text, w) {
				return true
			}
		}
		return false
	}
	if has(r.text.Title) {
		return true
	}
	for i := 0; i < len(r.text.Blocks) && i < 3; i++ {
		if t := r.text.Blocks[i].Text; len(t) < 4000 && has(t) && (strings.Contains(t, "invites") || strings.Contains(t, "invite you") || strings.Contains(t, "join us") || strings.Contains(t, "you to")) {
			return true
		}
	}
	return false
}

// invitedTo begins one of the events of an invitation where a paragraph or an
// item opens with its day and goes on to its place or what it is: "Friday, 14
// December 2012, 18:00, Bangkok Art and Culture Centre". Who invites organises,
// if it is one.
func (r *reader) invitedTo(s *sentence) bool {
	if s.nth > 0 && !r.itemSoFar(s) || s.block.Heading && s.at < 0 || len(s.dates) == 0 || s.has(0, len(s.toks), set("registration registrations applications papers abstracts closes")) || s.dates[0].i > 1 || !r.isInvitation() || isDeadline(s) || s.at < 1 {
		return false
	}
	d := s.dates[0]
	if d.i == 1 && !s.tok(0).is("on") || d.span.From.Day == 0 || !s.tok(d.j).is(",", ":", "–", "—", "-", "|", "(", ";") && d.j < len(s.toks) && !s.tok(d.j).is("at", "from") {
		return false
	}
	w, ok := r.when(s, d)
	if !ok {
		return false
	}
	for i := range r.facts.Events {
		if e := r.facts.Events[i].Held.Span; within(w.Span, e) && (r.event == i || e == w.Span) {
			return false // told already
		}
	}
	var head *sentence
	if r.last != nil && (r.last.block.Heading && r.last.at == s.at-1 || s.nth > 0) {
		head = r.last
	}
	var place Event
	r.venueOf(s, d.j, &place)
	noun, in := r.kindIn(s), s
	if noun < 0 && head != nil {
		noun, in = r.kindIn(head), head
	}
	if noun < 0 && place.Venue.IsZero() && place.City.IsZero() && !(s.block.Heading && len(s.quote) > 0) {
		return false
	}
	e := Event{Found: s.found(0, d.j, 0.8), Within: -1, Held: w, Venue: place.Venue, City: place.City, Country: place.Country}
	if noun >= 0 {
		e.Type = in.said(noun, noun+1, 0.85)
		e.Type.Words = singular(in.tok(noun).low)
	}
	for _, at := range []*sentence{head, s} {
		if at == nil || !e.Title.IsZero() {
			continue
		}
		for k := range at.toks {
			if c, ok := at.quote[k]; ok && c-k > 2 {
				e.Title = trimSaid(at.said(k+1, c, 0.85))
				break
			}
		}
	}
	if r.event == 0 && len(r.facts.Events) == 1 && r.facts.Events[0].Held.Span.From.Day == 0 && r.facts.Events[0].Venue.IsZero() {
		// What only announced them is none of its own.
		r.announcedBy, r.invitedAt.city, r.invitedAt.country = r.facts.Events[0].Parties, r.facts.Events[0].City, r.facts.Events[0].Country
		r.facts.Events = nil
	}
	r.inviters()
	if e.City.IsZero() && e.Country.Code == "" && !r.invitedAt.city.IsZero() {
		e.City, e.Country = r.invitedAt.city, r.invitedAt.country
	}
	r.event, r.session, r.lasting, r.ahead, r.sinceTold = len(r.facts.Events), -1, false, true, 0
	r.invited = append(r.invited, r.event)
	r.facts.Events = append(r.facts.Events, e)
	return true
}

// invitedPlace takes the place with which the line below a heading opens that
// began an event: "Provincial Hall, 6 pm."
func (r *reader) invitedPlace(s *sentence) {
	if s.block.Heading || len(r.invited) == 0 || r.invited[len(r.invited)-1] != r.event || r.last == nil || !(s.nth == 0 && r.last.block.Heading && r.last.at == s.at-1 || s.nth > 0 && r.last.block == s.block) {
		return
	}
	e := &r.facts.Events[r.event]
	if from, to, ok := r.venue(s, s.article(0)); ok && e.Venue.IsZero() && s.has(from, to, venueWords) && e.At.Block == r.last.block.ID && to-from > 1 {
		w := spot{venue: s.venueSaid(from, to), end: to}
		if n, end, ok := find(s, to+1, r.gaz.places); ok && n.city && s.tok(to).is(",", "in") {
			w.city, w.country = s.said(to+1, end, 0.85), Land{s.found(to+1, end, 0.85), n.country}
			e.City, e.Country = Said{}, Land{}
		} else if e.City.IsZero() {
			r.townOf(s, 0, len(s.toks), &w)
		}
		r.setPlace(e, w)
	}
}

// itemSoFar reports whether what stands before a sentence of an item is short and
// only says what it is: "1. Exhibition opening. Friday, 14 December, 18:00."
func (r *reader) itemSoFar(s *sentence) bool {
	return s.nth <= 2 && r.last != nil && r.last.block == s.block && len(r.last.toks) <= 9 && len(r.last.dates) == 0
}

// kindIn returns the first event word of a sentence, -1 if there is none.
func (r *reader) kindIn(s *sentence) int {
	for k := range s.toks {
		if r.isEventNoun(s, k) && !r.dateHere(s, k) || s.tok(k).is("exhibition", "opening", "evening", "film", "concert", "discussion") {
			return k
		}
	}
	return -1
}

// venueOf reads the place that a line states behind its day and hour.
func (r *reader) venueOf(s *sentence, i int, e *Event) {
	w := r.where(s, i, len(s.toks))
	if !w.venue.IsZero() {
		r.setPlace(e, w)
		return
	}
	for k := i; k < len(s.toks); k++ {
		if !s.tok(k).is(",", ":", "–", "—", "-", "|", "at", "(") {
			continue
		}
		from := k + 1 + s.article(k+1)
		if from, to, ok := r.venue(s, from); ok && s.has(from, to, venueWords) && s.tok(from).upper && to-from > 1 {
			spot := spot{venue: s.venueSaid(from, to), city: w.city, country: w.country, end: to}
			if spot.city.IsZero() {
				for q := to; q < len(s.toks); q++ {
					if n, end, ok := find(s, q, r.gaz.places); ok && s.tok(q-1).is(",", "in") && n.city {
						spot.city, spot.country = s.said(q, end, 0.85), Land{s.found(q, end, 0.85), n.country}
						break
					}
				}
			}
			if spot.city.IsZero() {
				r.townOf(s, 0, len(s.toks), &spot)
			}
			r.setPlace(e, spot)
			return
		}
	}
	r.setPlace(e, w)
}

// inviters notes who invites, and to which town, as a sentence read already
// says.
func (r *reader) inviters(also ...*sentence) {
	for _, s := range append(r.early[:len(r.early):len(r.early)], also...) {
		for v := range s.toks {
			if t := s.tok(v); !t.is("invites", "invite", "inviting", "welcomes") || t.upper || len(r.invitedBy) > 0 {
				continue
			}
			r.invitedBy, r.invitedIn = r.subject(s, v), s
			if w := r.where(s, v, len(s.toks)); r.invitedAt.isZero() {
				r.invitedAt = w
			}
		}
	}
}

// theyInvited gives the events of an invitation of which nobody is told to hold
// them those who invite.
func (r *reader) theyInvited() {
	for i := range r.facts.Events {
		if p, e := r.text.Published, r.facts.Events[i].Held.Span.From; r.invitedIn != nil && p.Day > 0 && e.Day > 0 && e.Time().After(p.Time()) && !slices.Contains(r.invited, i) && r.isInvitation() {
			r.invited = append(r.invited, i)
		}
	}
	for _, i := range r.invited {
		if i >= len(r.facts.Events) || r.facts.Events[i].has(Organiser) {
			continue
		}
		for _, p := range r.announcedBy {
			if p.Part != Represented && p.Part != Host {
				p.Sure = min(p.Sure, 0.75)
				r.facts.Events[i].Parties = append(r.facts.Events[i].Parties, p)
			}
		}
		for _, m := range r.invitedBy {
			r.addParty(&r.facts.Events[i], r.invitedIn, m, Organiser, 0.75)
		}
	}
}

// will reports whether what a sentence tells of lies ahead.
func (s *sentence) will(t trigger) bool {
	for k := max(0, t.verb-5); k <= t.verb+1; k++ {
		if s.tok(k).is("will", "scheduled", "planned", "upcoming", "plans", "plan", "shall", "going") || s.tok(k).is("to") && (s.tok(k+1).is("be") || s.tok(k-1).is("due", "set", "is", "are")) {
			return true
		}
	}
	return false
}

// isAhead reports whether a sentence only announces what comes next.
func (r *reader) isAhead(s *sentence, t trigger, when When) bool {
	if r.isInvitation() {
		return false
	}
	if p, first := r.text.Published, r.facts.Events[0].Held.Span.To; p.Day > 0 && first.Day > 0 && when.Span.From.Day > 0 {
		return !first.Time().After(p.Time()) && when.Span.From.Time().After(p.Time())
	}
	if !s.will(t) || when.Span.From.Day == 0 && when.Span.From.Month == 0 {
		return false
	}
	if p := r.text.Published; p.Day > 0 && when.Span.From.Day > 0 {
		return !when.Span.From.Time().Before(p.Time())
	}
	return true
}
