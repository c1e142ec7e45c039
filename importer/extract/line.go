package extract

// sectioned leaves the event that was told of where a new heading tells of
// another day, and of nothing that was held then.
func (r *reader) sectioned(s *sentence) {
	if !r.section || s.block.Heading {
		return
	}
	if r.came >= 0 {
		r.section = false
		return
	}
	for _, d := range s.dates {
		if w, ok := r.when(s, d); ok && w.Span.From.Day > 0 {
			r.section = false
			if r.event >= 0 && !within(w.Span, r.facts.Events[r.event].Held.Span) && !r.facts.Events[r.event].Held.Span.IsZero() && !r.other(s, d, trigger{noun: -1, verb: -1}) && s.nth == 0 {
				r.event, r.session = -1, -1
			}
			return
		}
	}
}

// inBrackets takes the place and the day that stand in brackets behind the name
// of an event: "the Women's Health Conference (Hanoi, 3–5 October 2011)".
func (r *reader) inBrackets(s *sentence) {
	if r.event < 0 || !r.facts.Events[r.event].Held.Span.IsZero() {
		return
	}
	e := &r.facts.Events[r.event]
	for _, d := range s.dates {
		open := d.i - 1
		for open > 0 && open > d.i-7 && !s.tok(open).is("(") {
			open--
		}
		if !s.tok(open).is("(") || !s.tok(d.j).is(")") || !r.isEventNoun(s, open-1) {
			continue
		}
		if w, ok := r.when(s, d); ok && w.Span.From.Day > 0 {
			e.Held = w
			if e.Venue.IsZero() && e.City.IsZero() {
				r.setPlace(e, r.where(s, open, d.i))
			}
			return
		}
	}
}

// townBefore gives an event that begins here without a town the one that the
// sentence before is about: "Thirty women spent three days in Siem Reap. The
// meeting, at the Angkor Hotel, …". It is only a hint where no venue is told.
func (r *reader) townBefore(s *sentence) {
	if r.came >= 0 && r.event >= 0 && r.last != nil {
		e := &r.facts.Events[r.event]
		if e.City.IsZero() && e.Country.Code == "" && e.Venue.Words != "online" && (!e.Venue.IsZero() || s.tok(0).is("the", "this") || s.tok(0).is("it") && s.tok(2).is("there", "here")) {
			if w := r.where(r.last, 0, len(r.last.toks)); !w.city.IsZero() && len(r.last.dates) == 0 {
				if s.tok(0).is("it") && e.Venue.IsZero() {
					w.venue.Sure = min(w.venue.Sure, 0.7) // "It was there that MMN launched the book"
				} else if !s.tok(0).is("the") || r.last.nth > 0 || r.last.block != s.block || !w.adjoins() || !r.last.has(0, len(r.last.toks), masses) {
					w.venue = Said{}
				}
				w.city.Sure, w.country.Sure = 0.7, 0.7
				r.setPlace(e, w)
			}
		}
	}
	r.prev, r.last = r.last, s
}

// masses are verbs of what many people do together at a place: "gathered at Tha
// Phae Gate in Chiang Mai. The rally was organised by MAP."
var masses = set("gathered filled marched assembled danced stood rallied packed crowded walked met sat came lit sang")

// adjoins reports whether the town stands right behind the venue.
func (w spot) adjoins() bool {
	return !w.venue.IsZero() && w.city.At.From > w.venue.At.From && w.city.At.From-w.venue.At.To < 6
}

// itWas reads where and when the event was that the sentence before began: "It
// was held in Khon Kaen on 11 July 2011."
func (r *reader) itWas(s *sentence) {
	if r.event < 0 || r.came >= 0 || !s.tok(0).is("it", "this", "these", "they") || !(s.has(1, 5, heldAs) || s.has(1, 3, set("took")) && s.has(2, 4, set("place"))) {
		return
	}
	e := &r.facts.Events[r.event]
	t := trigger{noun: 0, verb: 1, by: -1}
	if dates := r.datesOf(s, t); len(dates) > 0 && e.Held.Span.IsZero() {
		e.Held = dates[0]
	}
	if w := r.where(s, 0, len(s.toks)); e.Venue.IsZero() && (e.City.IsZero() || w.city.IsZero() || e.City.Words == w.city.Words) {
		r.setPlace(e, w)
	}
}

// titleDay begins the event that the title names where the text opens with its
// day: "15 December 2020, 10:30-13:00".
func (r *reader) titleDay(s *sentence) {
	if r.event >= 0 || s.at > 1 || s.nth > 0 || len(s.toks) > 24 || !r.titled() || r.letter() || s.dateline > 0 || len(s.dates) == 0 || s.dates[0].i > 0 || !s.dates[0].whole() {
		return
	}
	for k := s.dates[0].j; k < len(s.toks); k++ {
		if saying[s.tok(k).low] || s.tok(k).is("was", "were", "held", "has", "have") {
			return
		}
	}
	w, ok := r.when(s, s.dates[0])
	if !ok {
		return
	}
	r.event = r.begin(s, trigger{noun: s.dates[0].i, verb: s.dates[0].i, by: -1}, w)
	r.facts.Events[r.event].Sure = 0.75
	r.facts.Events[r.event].Held = w
	r.setPlace(&r.facts.Events[r.event], r.where(s, 0, len(s.toks)))
}

// placeAlone takes one of the first lines, if it states a place and nothing
// else, for that of an event whose place is not told.
func (r *reader) placeAlone(s *sentence) {
	if r.event != 0 || s.at > 3 || s.nth > 0 || len(s.toks) > 14 || len(s.dates) > 0 || len(s.persons) > 0 {
		return
	}
	e := &r.facts.Events[r.event]
	if e.Held.Span.IsZero() || !e.Venue.IsZero() || !e.City.IsZero() {
		return
	}
	for k := range s.toks {
		if t := s.tok(k); t.kind == word && !t.upper && !t.is("of", "and", "the", "in", "at") || t.is(":", ".") {
			return
		}
	}
	if _, end, ok := find(s, 0, r.gaz.places); s.has(0, len(s.toks), venueWords) || ok && (end == len(s.toks) || s.tok(end).is(",")) {
		r.venueLine(s, 0, e)
	}
}

// dayAlone takes a line that states a day and nothing else for that of an event
// whose day is not told.
func (r *reader) dayAlone(s *sentence) {
	if r.event < 0 || len(s.dates) != 1 || s.nth > 2 || s.dates[0].i > 0 || s.dates[0].noYear {
		return
	}
	for k := s.dates[0].j; k < len(s.toks); k++ {
		if s.tok(k).kind == word && !s.tok(k).upper && !s.tok(k).is("at", "from", "to", "am", "pm", "hrs", "hours", "in", "of", "and", "the", "via", "on", "online", "noon", "time", "local") {
			return
		}
	}
	e := &r.facts.Events[r.event]
	if w, ok := r.when(s, s.dates[0]); ok && e.Held.Span.IsZero() && w.Span.From.Day > 0 {
		e.Held = w
		if s.tok(s.dates[0].j).is(",") && s.has(s.dates[0].j, len(s.toks), venueWords) {
			e.Venue, e.City = Said{}, Said{}
			r.venueLine(s, s.dates[0].j+1, e)
		}
	}
}

// isDeadline reports whether a sentence only says until when something is to
// be sent.
func isDeadline(s *sentence) bool {
	return len(s.toks) < 60 && s.has(0, len(s.toks), set("deadline rsvp")) && !s.has(0, len(s.toks), set("held organised organized took met gathered launched convened handed marched rallied protested delivered yesterday"))
}
