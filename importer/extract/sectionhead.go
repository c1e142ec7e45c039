package extract

// headings begins an event where a heading states nothing but a day, or a day
// and a place: "Hanoi, 20 June 2019", if the text tells of several ("The
// proceedings of two consultations …").
func (r *reader) dayHeading(s *sentence, d dateMention, when When) {
	if !s.block.Heading || when.Span.From.Day == 0 || !r.parted || len(s.dates) != 1 || r.letter() {
		return
	}
	w := r.where(s, 0, len(s.toks))
	for k := range s.toks {
		t := s.tok(k)
		if t.kind != word || r.dateHere(s, k) || t.is("on", "in", "and", "at") {
			continue
		}
		if !t.upper {
			return
		}
		if w.isZero() {
			if n, _, ok := find(s, k, r.gaz.places); ok {
				w = spot{city: s.said(k, k+1, 0.85), country: Land{s.found(k, k+1, 0.85), n.country}}
				if !n.city {
					w.city = Said{}
				}
			}
		}
	}
	for i := range r.facts.Events {
		if within(when.Span, r.facts.Events[i].Held.Span) && (w.city.IsZero() || w.city.Words == r.facts.Events[i].City.Words) {
			return // a day of what is told of already
		}
	}
	e := Event{Found: s.found(0, len(s.toks), 0.8), Within: -1, Held: when}
	if n := len(r.facts.Events); n == 1 && r.facts.Events[0].Held.Span.From.Day == 0 && r.facts.Events[0].Venue.IsZero() && r.facts.Events[0].City.IsZero() {
		// What only announced them is none of its own.
		e.Type, e.Title, e.Parties = r.facts.Events[0].Type, r.facts.Events[0].Title, r.facts.Events[0].Parties
		e.Type.Words = singular(e.Type.Words)
		r.announced, r.facts.Events = &e, nil
	} else if r.announced != nil {
		e.Type = r.announced.Type
		for _, p := range r.announced.Parties {
			if p.At.Block != s.block.ID {
				e.Parties = append(e.Parties, p)
			}
		}
	}
	if r.announced != nil {
		kept := *r.announced
		kept.Parties = append([]Party(nil), r.announced.Parties...)
		r.announced = &kept
	}
	r.setPlace(&e, w)
	r.event, r.session, r.section = len(r.facts.Events), -1, false
	r.facts.Events = append(r.facts.Events, e)
}

// partedByDays reports whether two headings or more of a text state a day and
// little else.
func partedByDays(body [][]*sentence) bool {
	n := 0
	for _, sents := range body {
		if len(sents) == 1 && sents[0].block.Heading && len(sents[0].dates) == 1 && len(sents[0].toks) <= 12 && sents[0].dates[0].span.From.Day > 0 {
			n++
		}
	}
	return n >= 2
}
