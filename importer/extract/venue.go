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

// pastRoom skips a room by its number, and the comma, before the house in which
// it is: "Room 105, Student Christian Center".
func (s *sentence) pastRoom(i int) int {
	k, numbered := i, false
	for k < i+5 && (s.tok(k).upper || s.tok(k).kind == number || s.tok(k).is("floor", "room", "st", "nd", "rd", "th")) {
		numbered = numbered || s.tok(k).kind == number
		k++
	}
	if numbered && s.has(i, k, set("room floor")) && s.tok(k).is(",") && s.tok(k+1+s.article(k+1)).upper {
		return k + 1 + s.article(k+1)
	}
	return i
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

// venueNamed returns where the name of the venue begins if a sentence says which
// it is: "The venue of the workshop was the Lotus Hotel", "As venue we had chosen
// …", "The Lotus Hotel was the venue"; -1 if it does not.
func (s *sentence) venueNamed() int {
	head := -1
	for k := s.start; k < s.start+3; k++ {
		if s.tok(k).is("venue", "place", "location") && (k == s.start || s.tok(k-1).is("the", "our", "as", "its")) {
			head = k
		}
	}
	for k := head + 1; head >= 0 && k < head+8; k++ {
		if t := s.tok(k); t.is("was", "is", "chose", "chosen", "picked", "used") && (s.tok(k+1).upper || s.tok(k+1).is("the") && s.tok(k+2).upper) {
			return k + 1
		}
	}
	for k := 2; k < len(s.toks) && k < 14; k++ {
		if s.tok(k).is("was", "were", "served", "offered") && (s.tok(k+1).is("the", "our", "as") && (s.tok(k+2).is("venue") || s.tok(k+2).is("the", "our") && s.tok(k+3).is("venue"))) {
			return s.start + s.article(s.start)
		}
	}
	return -1
}

// wentOn gives an event without a venue the one to which it led or where it
// began: "The march ended in a rally at Tha Phae Gate".
func (r *reader) wentOn(s *sentence) {
	if r.event < 0 || r.came >= 0 {
		return
	}
	e := &r.facts.Events[r.event]
	r.heldThen(s, e)
	if at := s.venueNamed(); at >= 0 && r.sinceTold <= 9 && e.Venue.IsZero() {
		if from, to, ok := r.venue(s, at); ok {
			w := spot{venue: s.venueSaid(from, to)}
			w.venue.Sure = min(w.venue.Sure, 0.75)
			r.setPlace(e, w)
		}
		return
	}
	if r.sinceTold <= 2 && e.Venue.IsZero() && !e.City.IsZero() && len(s.dates) == 0 {
		from := -1
		switch {
		case r.sinceTold == 1 && s.tok(0).is("in", "at", "inside"):
			if s0, to, ok := r.venue(s, 1); ok && s.has(s0, to, venueWords) && s.tok(to).is(",") && (!s.hasOrg(s0) || s.has(s0, to, indoors)) {
				w := spot{venue: s.venueSaid(s0, to)} // "We went to Tokyo. In the Members’ Building, …"
				w.venue.Sure = min(w.venue.Sure, 0.7)
				r.setPlace(e, w)
				return
			}
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

// heldThen gives an event of which only is told that people came somewhere those
// who the next sentence says held something there: "On 23 May we went to Tokyo.
// In the Members’ Building, SMJ held its yearly negotiation".
func (r *reader) heldThen(s *sentence, e *Event) {
	for v := 1; v < 20 && r.sinceTold <= 6 && !e.has(Organiser); v++ {
		if s.tok(v).is("put") && s.allOf(v+1, v+2, set("it the everything all")) && (s.tok(v+2).is("together") || s.tok(v+2).is("all", "whole", "thing", "day", "evening", "event") && s.has(v+3, v+5, set("together"))) {
			for _, m := range r.subject(s, v) {
				r.addParty(e, s, m, Organiser, 0.75) // "YCOWA and MAP put the whole thing together"
			}
			return
		}
	}
	if r.sinceTold != 1 || e.has(Organiser) || len(s.dates) > 0 || s.block.ID != e.At.Block || !e.Type.IsZero() && verbal[e.Type.Words] == "" && !set("visit gathering meeting")[e.Type.Words] {
		return
	}
	for v := 1; v < len(s.toks); v++ {
		if c, ok := s.quote[v]; ok {
			v = c
			continue
		}
		t := s.tok(v)
		if !t.is("held", "hosted", "organised", "organized", "convened") || t.upper || r.isPassive(s, v) || !s.tok(v+1).is("a", "an", "its", "their", "the") {
			continue
		}
		for _, m := range r.subject(s, v) {
			r.addParty(e, s, m, Organiser, 0.75)
		}
		return
	}
}
