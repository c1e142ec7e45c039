package extract

import "strings"

// largerVenue returns the house in which a room stands that was named between
// tokens i and j: "in the Orchid Room on the second floor of the Charoen Thani
// Hotel".
func (r *reader) largerVenue(s *sentence, i, j int) (from, to int) {
	if !s.tok(j-1).is("room", "ballroom", "hall", "auditorium") {
		return i, j
	}
	for k := j; k < j+8; k++ {
		t := s.tok(k)
		if t.is("of", "at", "in") && s.tok(k+1).is("the") && s.tok(k+2).upper {
			if from, to, ok := r.venue(s, k+1); ok && s.has(from, to, set("hotel building resort university centre center house college library museum guesthouse tower palace club")) {
				return from, to
			}
		}
		if t.kind == mark && !t.is(",") || t.upper {
			break
		}
	}
	return i, j
}

// venueInFull gives a venue of which only the kind is said ("at the
// University") the name that the sentence gave before.
func (r *reader) venueInFull(s *sentence, w *spot) {
	word := strings.ToLower(w.venue.Words)
	if !venueWords[word] {
		return
	}
	for _, m := range s.orgsIn(0, len(s.toks)) {
		if m.name-m.i > 1 && s.toks[m.i].from < w.venue.At.From && s.has(m.i, m.name, map[string]bool{word: true}) {
			w.venue = s.said(m.i, m.name, 0.75)
			if w.city.IsZero() || s.toks[m.i].from > w.city.At.To {
				w.city = Said{}
			}
			return
		}
	}
}

// wentOn gives an event without a venue the one to which it led or where it
// began: "The march ended in a rally at Tha Phae Gate".
func (r *reader) wentOn(s *sentence) {
	if r.event < 0 || r.came >= 0 {
		return
	}
	e := &r.facts.Events[r.event]
	if r.sinceTold <= 2 && e.Venue.IsZero() && !e.City.IsZero() && len(s.dates) == 0 {
		from := -1
		switch {
		case s.tok(0).is("the", "our") && s.tok(1).is("venue", "place") && s.tok(2).is("was", "is"):
			s0, to, ok := r.venue(s, 3)
			if ok {
				w := spot{venue: s.venueSaid(s0, to)}
				w.venue.Sure = min(w.venue.Sure, 0.75)
				r.setPlace(e, w)
			}
			return
		case s.tok(0).is("we", "they", "participants", "delegates") && s.tok(1).is("met", "gathered", "sat", "assembled", "convened"):
			from = 1
		case s.tok(0).is("the") && s.tok(1).is("participants", "group", "delegates", "members", "women", "workers") && s.tok(2).is("met", "gathered", "sat", "assembled", "convened"):
			from = 2
		}
		if from > 0 {
			if w := r.where(s, from, len(s.toks)); !w.venue.IsZero() && (w.city.IsZero() || w.city.Words == e.City.Words || w.city.At.From >= w.venue.At.From && w.city.At.To <= w.venue.At.To) {
				w.city, w.country = Said{}, Land{}
				w.venue.Sure = min(w.venue.Sure, 0.75)
				r.setPlace(e, w)
			}
			return
		}
	}
	if !s.tok(0).is("the", "our") {
		return
	}
	if !e.Venue.IsZero() || e.Type.Words == "" || s.tok(1).low != e.Type.Words && !s.tok(1).is("march", "rally", "procession", "marchers") {
		return
	}
	if !s.tok(2).is("ended", "began", "started", "finished", "led", "set", "went", "gathered", "assembled") {
		return
	}
	w := r.where(s, 2, len(s.toks))
	if w.venue.IsZero() || !w.city.IsZero() && !e.City.IsZero() && w.city.Words != e.City.Words {
		return
	}
	w.venue.Sure = min(w.venue.Sure, 0.75)
	r.setPlace(e, w)
}
