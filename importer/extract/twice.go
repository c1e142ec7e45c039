package extract

// twice begins a further event where a sentence goes on from the day and the
// place of one to those of another: "in Bangkok on 11 December and, six days
// later, in Phnom Penh".
func (r *reader) twice(s *sentence, t trigger, when When) {
	if r.event < 0 || when.Span.From.Day == 0 || s.block.Heading || t.asks || r.letter() {
		return
	}
	first := r.event
	for i := max(t.verb, t.noun) + 1; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		if !s.tok(i).is("and", "then", ";", "again") || s.toks[i].from < when.At.From {
			continue
		}
		next, end, ok := r.dayFrom(s, i+1)
		if !ok || within(next.Span, r.facts.Events[first].Held.Span) || next.Span.From.Day == 0 {
			continue
		}
		w := r.where(s, i+1, r.clauseEnd(s, end))
		if w.city.IsZero() && w.venue.IsZero() || w.online {
			continue
		}
		e := Event{Found: s.found(i, min(end, len(s.toks)), 0.8), Within: -1, Held: next, Type: r.facts.Events[first].Type, Title: r.facts.Events[first].Title}
		if !w.city.IsZero() && w.city.Words == r.facts.Events[first].City.Words && w.venue.IsZero() {
			continue
		}
		r.setPlace(&e, w)
		for _, p := range r.facts.Events[first].Parties {
			if p.Part != Represented && p.Part != Host {
				p.Sure = min(p.Sure, 0.75)
				e.Parties = append(e.Parties, p)
			}
		}
		if one := &r.facts.Events[first]; one.Venue.At.Block == s.block.ID && one.Venue.At.From >= s.toks[i].from {
			one.Venue, one.City, one.Country = Said{}, Said{}, Land{}
			r.setPlace(one, r.where(s, 0, i)) // the venue is that of the second
		}
		r.facts.Events = append(r.facts.Events, e)
		r.session = -1
		return
	}
}

// dayFrom reads the day that stands right behind "and", at token i: behind a
// comma or a place.
func (r *reader) dayFrom(s *sentence, i int) (When, int, bool) {
	for k := i; k < i+9 && k < len(s.toks); k++ {
		if s.tok(k).is("and", ";", "which", "who") {
			break
		}
		for _, d := range s.dates {
			if d.i == k && d.span.From.Day > 0 {
				w, ok := r.when(s, d)
				return w, d.j, ok
			}
		}
		if d, ok := r.fromEvent(s, k); ok {
			span := spanOfDays(d.from, d.to)
			return When{Found: s.found(d.i, d.j, d.sure), Span: span, Reckoned: true}, d.j, true
		}
		if t := s.tok(k); t.kind == word && !t.upper && !t.is("in", "at", "on", "again", "then", "the", "of", "city", "town", "also", "once", "more", "another", "one", "a", "second", "further") && !venueWords[t.low] && k > i {
			break
		}
	}
	return When{}, 0, false
}

// clauseEnd is where the words about a day that ends at token i end.
func (r *reader) clauseEnd(s *sentence, i int) int {
	for k := i; k < len(s.toks); k++ {
		if s.tok(k).is(";", "and", "which", "where", "with") {
			return k
		}
	}
	return len(s.toks)
}
