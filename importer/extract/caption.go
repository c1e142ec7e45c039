package extract

import "strings"

// caption reads an event out of words without a verb: a title, the caption of
// a picture, a line of a list: "Workshop on fees, Mae Sot, 12 March 2018".
func (r *reader) caption(s *sentence) {
	if len(s.dates) == 0 || len(s.toks) > 60 || !(s.at <= 0 || s.block.Item || s.block.Heading || len(s.block.Text) < 220) || s.nth > 0 {
		return
	}
	if s.at >= 0 && (r.letter() || s.has(0, len(s.toks), set("we our"))) {
		return
	}
	for i := range s.toks {
		if t := s.tok(i); saying[t.low] && !t.upper || t.is("was", "were", "is", "are", "will", "has", "have", "deadline", "closing", "applications", "published", "posted", "updated", "last", "adopted", "signed", "apply", "rsvp", "by") && !t.upper && !r.dateHere(s, i+1) {
			return
		}
	}
	if s.has(0, len(s.toks), set("deadline posted published apply rsvp updated")) {
		return
	}
	n := -1
	for i := range s.toks {
		if r.isEventNoun(s, i) && !r.dateHere(s, i) {
			n = i
			break
		}
	}
	d := s.dates[0]
	when, ok := r.when(s, d)
	if !ok {
		return
	}
	if n < 0 {
		if r.series < 0 || r.parted && s.block.Heading {
			r.dayHeading(s, d, when)
		} else {
			r.leg(s, d, when)
		}
		return
	}
	if s.at > 0 && r.event >= 0 && (r.facts.Events[r.event].Held.Span == when.Span || within(when.Span, r.facts.Events[r.event].Held.Span)) {
		return
	}
	if when.Span.From.Day == 0 && s.at >= 0 {
		return
	}
	t := trigger{noun: n, from: r.phraseStart(s, n), verb: n, by: -1, nominal: true}
	for i := range r.facts.Events {
		if r.facts.Events[i].Held.Span == when.Span {
			r.event = i
			r.add(s, t, when, i)
			return
		}
	}
	at := r.begin(s, t, when)
	r.facts.Events[at].Sure = 0.8
	r.event = at
	r.add(s, t, when, at)
}

// leg reads one of several meetings in a list: "Mae Sot, Thailand: 5–6 May
// 2017". It takes type and organisers from the sentence that announces them.
func (r *reader) leg(s *sentence, d dateMention, when When) {
	if r.event < 0 || r.series < 0 || when.Span.From.Day == 0 {
		return
	}
	w := r.where(s, 0, len(s.toks))
	if w.city.IsZero() {
		return
	}
	outer := r.facts.Events[r.series]
	e := Event{Found: s.found(0, len(s.toks), 0.8), Within: -1, Held: when, Type: outer.Type, Title: outer.Title}
	if within(when.Span, outer.Held.Span) {
		e.Within = r.series
	}
	e.Title.Sure = 0.6
	r.setPlace(&e, w)
	if e.Venue.IsZero() && s.tok(d.j).is(",", ":", "–") {
		var place Event
		if r.venueOf(s, d.j, &place); !place.Venue.IsZero() {
			e.Venue = place.Venue // "Mae Sot: Friday, 14 December, 9 am, Centara Hotel"
		}
	}
	for _, p := range outer.Parties {
		if p.Part != Represented {
			p.Sure = 0.8
			e.Parties = append(e.Parties, p)
		}
	}
	r.event = len(r.facts.Events)
	r.session = -1
	r.facts.Events = append(r.facts.Events, e)
}

// many reads a sentence that tells of several events of one kind, each with
// its town and its day: "workshops in Mae Sot on 5 May and in Ranong on …".
func (r *reader) many(s *sentence, t trigger, dates []When) bool {
	noun := s.tok(t.noun).low
	plural := strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss")
	if !plural && !s.has(t.verb, t.verb+4, set("twice thrice")) {
		return false
	}
	r.plural = plural
	if len(dates) < 2 {
		return false
	}
	type pair struct {
		when When
		at   spot
	}
	var pairs []pair
	var days []dateMention
	for _, d := range s.dates {
		if d.span.From.Day > 0 {
			days = append(days, d)
		}
	}
	behind := false // the places stand behind their days
	for n, d := range days {
		w, ok := r.when(s, d)
		if !ok {
			return false
		}
		from, to := 0, len(s.toks)
		if n > 0 {
			from = days[n-1].j
		}
		var at spot
		if !behind {
			at = r.where(s, from, d.i)
		}
		if at.city.IsZero() && s.tok(d.i-1).is("(") {
			for k := max(0, d.i-5); k < d.i-1; k++ { // "Battambang (5 May)"
				if town, end, ok := find(s, k, r.gaz.places); ok && end == d.i-1 && town.city {
					at.city, at.country = s.said(k, end, 0.85), Land{s.found(k, end, 0.85), town.country}
				}
			}
		}
		if at.city.IsZero() { // "on 5 May in Mae Sot"
			behind = behind || n == 0
			if n+1 < len(days) {
				to = days[n+1].i
			}
			at = r.where(s, d.j, to)
		}
		if at.city.IsZero() {
			return false
		}
		pairs = append(pairs, pair{w, at})
	}
	if len(pairs) < 2 {
		return false
	}
	for _, p := range pairs {
		at := r.begin(s, t, p.when)
		e := &r.facts.Events[at]
		e.Within = -1
		e.Held = p.when
		e.Type = s.said(t.noun, t.noun+1, 0.9)
		e.Type.Words = singular(e.Type.Words)
		e.Title = r.quoted(s, t)
		r.setPlace(e, p.at)
		r.parties(s, t, e)
		r.event = at
	}
	return true
}
