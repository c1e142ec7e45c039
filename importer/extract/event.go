package extract

import (
	"strings"

	"sala"
)

// eventSaid reports whether an event is told of already.
func (r *reader) eventSaid() bool { return r.event >= 0 }

// events begins or adds to an event if a sentence tells of one.
func (r *reader) events(s *sentence) {
	r.came = -1
	if r.diaryDay(s) || r.evening(s) {
		return
	}
	t, ok := r.trigger(s)
	if !ok {
		if !r.happensHere(s) {
			r.caption(s)
		}
		return
	}
	dates := r.datesOf(s, t)
	if r.many(s, t, dates) {
		return
	}
	var when When
	if len(dates) > 0 {
		when = dates[0]
	} else {
		when = r.dayBefore(s, t)
	}
	at, was := r.sameEvent(s, t, when), len(r.facts.Events)
	if at < 0 {
		if !r.begins(s, t, when) {
			return
		}
		if was > 0 && !r.ahead && r.isAhead(s, t, when) {
			return // "The next meeting will be held on 20 January"
		}
		at = r.begin(s, t, when)
		r.ahead = r.ahead || was == 0 && (t.asks || s.will(t))
	}
	if t.active && at < was && s.tok(t.noun).is("session", "sessions") {
		return // a part of it
	}
	r.event, r.came = at, t.verb
	r.add(s, t, when, at)
	if e := &r.facts.Events[at]; at == was {
		r.heldBefore(s, e)
		if e.Within >= 0 && e.Venue.IsZero() && e.City.IsZero() && e.Country.Code == "" {
			outer := r.facts.Events[e.Within] // a part of an event is where the whole is
			e.City, e.Country = outer.City, outer.Country
			e.City.Sure, e.Country.Sure = min(e.City.Sure, 0.75), min(e.Country.Sure, 0.75)
		}
	}
	r.placeBefore(when, &r.facts.Events[at])
	r.ofSeries(at)
	r.twice(s, t, when)
}

// sameEvent returns the event that a sentence speaks of once more, -1 if it
// tells of another.
func (r *reader) sameEvent(s *sentence, t trigger, when When) int {
	if r.event < 0 {
		return -1
	}
	cur := &r.facts.Events[r.event]
	if when.Span.IsZero() {
		if s.ofOtherTime(t) {
			return -1
		}
		if s.tok(t.from-1).is("a", "an") && s.at > 0 && !t.took && !cur.Held.Span.IsZero() {
			return -1
		}
		return r.event
	}
	if cur.At.Block == TitleBlock && cur.Held.Span.From.Month > 0 && cur.Held.Span.From.Day == 0 && cur.Held.Span.From == cur.Held.Span.To && when.Span.From.Day > 0 && when.Span.From.Year == cur.Held.Span.From.Year && when.Span.From.Month == cur.Held.Span.From.Month {
		cur.Held = when // the title names the month only
		return r.event
	}
	captioned := cur.At.Block == TitleBlock && cur.Held.Span == when.Span // the title of the text tells of it, in other words
	if len(r.quoted(s, t).Words) > 0 && !captioned && !cur.Title.IsZero() && r.quoted(s, t).Words != cur.Title.Words && s.tok(t.from-1).is("a", "an") {
		return -1
	}
	for i := range r.facts.Events {
		e := &r.facts.Events[i]
		if e.Held.Span == when.Span && (e.At.Block == TitleBlock || e.Type.Words == singular(s.tok(t.noun).low) || s.tok(t.from-1).is("the", "this") || e.Type.IsZero() || e.Type.Words == "event") {
			return i
		}
	}
	if cur.Held.Span.IsZero() && (s.tok(t.from-1).is("the", "this", "our") || s.at <= 1) && s.nth+s.at < 3 {
		return r.event
	}
	return -1
}

// ofOtherTime reports whether the event word of t is said of another time:
// "Last year’s meeting", "the next workshop".
func (s *sentence) ofOtherTime(t trigger) bool {
	for k := max(t.from-3, 0); k < t.noun; k++ {
		if w := s.tok(k); w.is("previous", "next") && k == t.noun-1 || w.is("last", "next") && s.tok(k+1).is("year", "month", "week") && s.tok(k+1).owns {
			return true
		}
	}
	return false
}

// begins reports whether a sentence is reason enough for an event of its own.
func (r *reader) begins(s *sentence, t trigger, when When) bool {
	if when.Span.IsZero() {
		// Without a day only the opening of a text tells of its event.
		if r.event < 0 && !t.took && r.lead != nil && (s.tok(t.from-1).is("the", "this") && (t.by >= 0 || t.came && s.tok(t.verb+1).is("to")) || t.came && t.verb == t.noun) {
			return true // "The event was organised by …", of the day that the lead states
		}
		if w := r.where(s, 0, len(s.toks)); r.event < 0 && !t.took && s.at <= 5 && eventNouns[s.tok(t.noun).low] && heldAs[s.tok(t.verb).low] && !w.venue.IsZero() && !w.city.IsZero() {
			return true // "This year's event, held at the Centre in Bangkok"
		}
		return r.event < 0 && s.at <= 2 && !t.took && (r.titled() || t.asks || s.at <= 1 && s.nth <= 1)
	}
	day := when.Span.From.Day > 0
	if r.event < 0 {
		return day || s.at <= 2 && (when.Span.From.Month > 0 || r.titled())
	}
	if t.took {
		return day && r.elsewhere(s, t)
	}
	// In the middle of a text a bare year, or an aside, is history.
	return day && (t.named || !s.aside(t) || s.another(t))
}

// titled reports whether the title of the text names an event.
func (r *reader) titled() bool {
	for _, w := range tokens(r.text.Title) {
		if eventNouns[w.low] || w.is("march", "invitation") {
			return true
		}
	}
	return false
}

// aside reports whether the event is only referred to: "following the meeting
// held on 5 May, …".
func (s *sentence) aside(t trigger) bool {
	if t.came && t.noun == t.verb && !t.named {
		return false // "12 people from five groups met"
	}
	for k := t.from - 1; k >= 0 && k >= t.from-3; k-- {
		if s.tok(k+1).is("day", "morning", "afternoon", "evening", "week") {
			continue // "on the previous day a vigil had been held"
		}
		if s.tok(k).is("following", "after", "since", "before", "prior", "from", "at", "during", "in", "of", "until", "by", "previous", "earlier") && !t.active {
			return true
		}
	}
	return false
}

// another reports whether a sentence that only seems to refer to an event tells
// of a new one: "The launch was followed by a training on 6 August", "At a
// reflection meeting held on 28 September".
func (s *sentence) another(t trigger) bool {
	return s.tok(t.verb).is("followed") || s.tok(0).is("at") && s.tok(1).is("a", "an") && t.from <= 3 && t.verb > t.noun
}

// begin adds an event.
func (r *reader) begin(s *sentence, t trigger, when When) int {
	e := Event{Found: s.found(min(t.from, t.verb), max(t.noun, t.verb)+1, 0.9), Within: -1}
	if t.took {
		e.Sure = 0.8
	}
	at := len(r.facts.Events)
	for i := range r.facts.Events {
		outer := &r.facts.Events[i]
		if !when.Span.IsZero() && within(when.Span, outer.Held.Span) && outer.Held.Span != when.Span && (i == at-1) {
			e.Within = i
		}
	}
	for _, m := range r.paysAll {
		r.addParty(&e, r.paysIn, m, Funder, 0.75)
	}
	r.facts.Events = append(r.facts.Events, e)
	r.session = -1
	return at
}

func within(a, b sala.Span) bool {
	return !a.IsZero() && !b.IsZero() && a.From.Day > 0 && !a.From.Time().Before(b.From.Time()) && !a.To.Time().After(b.To.Time())
}

// add puts what a sentence says into an event; what is there already stands.
func (r *reader) add(s *sentence, t trigger, when When, at int) {
	e := &r.facts.Events[at]
	if e.Held.Span.IsZero() {
		e.Held = when
	}
	if it := r.itMeans(s); it >= 0 && t.noun == 0 && e.Type.IsZero() {
		e.Type = r.last.said(it, it+1, 0.8)
		e.Type.Words = singular(r.last.tok(it).low)
		if e.Venue.IsZero() && e.City.IsZero() && r.where(s, 0, len(s.toks)).isZero() {
			r.setPlace(e, r.where(r.last, 0, len(r.last.toks)))
		}
	}
	if (e.Type.IsZero() || e.Type.Words == "event") && !standsFor(s.tok(t.noun)) && !heldAs[s.tok(t.noun).low] && !s.tok(t.noun).is("took", "marked", "observed") && (t.noun != t.verb || t.nominal || r.isEventNoun(s, t.noun) || verbal[singular(s.tok(t.noun).low)] != "") {
		e.Type = s.said(t.noun, t.noun+1, 0.9)
		e.Type.Words = singular(s.tok(t.noun).low)
		if kind, ok := verbal[e.Type.Words]; ok {
			e.Type.Words = kind
		}
	}
	if e.Title.IsZero() {
		if e.Title = r.quoted(s, t); e.Title.IsZero() {
			e.Title = r.named(s, t)
		}
	}
	if e.Venue.IsZero() && e.City.At.Block == TitleBlock && s.block.ID != TitleBlock {
		// The title names the great city, the text the place itself.
		if w := r.where(s, 0, len(s.toks)); !w.venue.IsZero() && !w.city.IsZero() && w.country.Code == e.Country.Code {
			e.City, e.Country = Said{}, Land{}
		}
	}
	if e.Venue.IsZero() && e.City.IsZero() && e.Country.Code == "" {
		r.setPlace(e, r.where(s, 0, len(s.toks)))
		if e.Venue.IsZero() && e.City.IsZero() && e.Country.Code == "" && at > 0 {
			r.samePlace(s, e, &r.facts.Events[at-1])
		}
	} else if e.Venue.IsZero() {
		if e.Within >= 0 && e.Within != at {
			r.samePlace(s, e, &r.facts.Events[e.Within])
		}
		w := r.where(s, t.noun, len(s.toks))
		if !w.venue.IsZero() && w.city.At.From >= w.venue.At.From && w.city.At.To <= w.venue.At.To && w.country.Code == e.Country.Code {
			w.city = Said{} // "the Champasak Grand Hotel" may stand in Pakse
		}
		if !w.venue.IsZero() && (w.city.IsZero() || e.City.IsZero() || w.city.Words == e.City.Words) {
			r.setPlace(e, w)
		}
	}
	r.parties(s, t, e)
}

// samePlace takes the place of the event before: "at the same hotel", "in the
// same town".
func (r *reader) samePlace(s *sentence, e, before *Event) {
	for i := 0; i+3 < len(s.toks); i++ {
		if s.tok(i).is("at", "during") && s.tok(i+1).is("the", "this") && e.Within >= 0 && s.tok(i+2).low == before.Type.Words {
			e.Venue, e.City, e.Country = before.Venue, before.City, before.Country // "a panel at the conference"
			e.Venue.Sure, e.City.Sure, e.Country.Sure = min(e.Venue.Sure, 0.75), min(e.City.Sure, 0.75), min(e.Country.Sure, 0.75)
			return
		}
		if e.Within >= 0 && s.tok(i).is("of", "at", "in") && s.tok(i+1).is("the") && !s.tok(i+2).upper && venueWords[s.tok(i+2).low] && strings.Contains(strings.ToLower(before.Venue.Words), s.tok(i+2).low) {
			e.Venue, e.City, e.Country = before.Venue, before.City, before.Country // "in a side room of the resort"
			e.Venue.Sure, e.City.Sure, e.Country.Sure = min(e.Venue.Sure, 0.75), min(e.City.Sure, 0.75), min(e.Country.Sure, 0.75)
			return
		}
		if !s.tok(i).is("at", "in") || !s.tok(i+1).is("the") || !s.tok(i+2).is("same") {
			continue
		}
		switch t := s.tok(i + 3); {
		case t.is("town", "city", "village", "province"):
			e.City, e.Country = before.City, before.Country
		case t.is("venue", "place", "location") || venueWords[t.low]:
			e.Venue, e.City, e.Country = before.Venue, before.City, before.Country
		default:
			continue
		}
		e.Venue.Sure, e.City.Sure, e.Country.Sure = min(e.Venue.Sure, 0.75), min(e.City.Sure, 0.75), min(e.Country.Sure, 0.75)
		return
	}
}

func (r *reader) setPlace(e *Event, w spot) {
	if e.Venue.IsZero() {
		e.Venue = w.venue
	}
	if e.City.IsZero() {
		e.City = w.city
	}
	if e.Country.Code == "" {
		e.Country = w.country
	}
}

// verbal are verbs that tell of an event by themselves.
var verbal = map[string]string{"marched": "march", "walked": "march", "paraded": "parade", "rallied": "rally", "protested": "protest", "demonstrated": "demonstration", "trained": "training", "met": "meeting", "meet": "meeting", "gathered": "gathering", "assembled": "assembly", "congregated": "gathering", "convened": "meeting", "visited": "visit", "toured": "visit", "screened": "screening", "premiered": "screening", "came": "gathering", "travelled": "visit", "traveled": "visit", "flew": "visit", "journeyed": "visit", "guest": "visit", "spent": "visit", "walk": "march", "called": "gathering", "brought": "gathering", "joined": "gathering", "got": "gathering", "launched": "launch", "launch": "launch", "launche": "launch", "unveil": "launch", "unveiled": "launch", "presented": "presentation", "opened": "opening", "inaugurated": "inauguration", "graduated": "graduation", "received": "graduation"}

func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies"):
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// quoted returns the title in quotation marks behind the event word.
func (r *reader) quoted(s *sentence, t trigger) Said {
	for k := t.noun + 1; k < t.noun+14 && k < len(s.toks); k++ {
		if c, ok := s.quote[k]; ok && (c-k > 2 || s.tok(k-1).is("titled", "entitled", "called", ":")) {
			for q := t.noun + 1; q < k; q++ {
				if s.tok(q).is("under", "theme", "with") && s.tok(k-1).is("theme", "of") {
					return Said{}
				}
			}
			return trimSaid(s.said(k+1, c, 0.95))
		}
		if s.tok(k).is(".", ";", "which", "who", "where") {
			break
		}
	}
	return Said{}
}

func trimSaid(s Said) Said {
	s.Words = strings.TrimRight(clean(s.Words), ",.;: ")
	return s
}

// named returns the noun phrase of the event word as a title: "Consultation on
// Labour Migration from Myanmar to Japan".
func (r *reader) named(s *sentence, t trigger) Said {
	if verbal[singular(s.tok(t.noun).low)] != "" {
		return Said{}
	}
	j := t.noun + 1
	for j < len(s.toks) && j-t.noun < 30 {
		tok := s.tok(j)
		if r.dateHere(s, j) || r.dateHere(s, j+1) && tok.is("on", "from", "between", "in", "of", ",") {
			break
		}
		if tok.kind == mark && !tok.is("-", "–", "/", "&", "’") || tok.is("at", "which", "where", "with", "who", "was", "were", "will", "took", "is", "has", "had", "that", "held", "organised", "organized", "convened", "hosted", "jointly", "as", "during", "under", "aimed", "brought", "attended") && !tok.upper {
			break
		}
		if tok.is("in") && j+1 < len(s.toks) {
			if n, _, ok := find(s, j+1, r.gaz.places); ok && (n.city || !r.inTopic(s, t.noun, j)) {
				break
			}
		}
		if tok.is("by", "together", "today", "yesterday") {
			break
		}
		j++
	}
	said := trimSaid(s.said(t.from, j, 0.7))
	if j-t.from < 2 || len(said.Words) < 8 {
		return Said{}
	}
	if s.tok(t.noun).upper {
		said.Sure = 0.85
	}
	return said
}

// inTopic reports whether "on" stands between, so that a country behind "in"
// belongs to what was spoken of.
func (r *reader) inTopic(s *sentence, i, j int) bool {
	return s.has(i, j, set("on about regarding concerning for"))
}

// notHeld are words before a date that is not the day of an event.
var notHeld = set(`deadline by before until till since enter entered enters force effect adopted signed expire expires expired announced passed published
	rsvp registration register latest due apply application submit submitted issued released dated born amended promulgated launched
	established founded formed ratified after following between approved enacted effective ending arrested falls fall fell falling`)
