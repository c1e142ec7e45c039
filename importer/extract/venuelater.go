package extract

// venueLater gives an event of which only the town is known the venue that the
// same sentence or one close behind it tells: "It was hosted by the union at
// its Training Centre", "MMN organised it at the Press Club", "All sessions
// took place at the Academy", "Yunnan University was the host, and all sessions
// were held on its campus".
func (r *reader) venueLater(s *sentence) {
	if r.event < 0 || r.sinceTold > 2 {
		return
	}
	e := &r.facts.Events[r.event]
	if !e.Venue.IsZero() || e.City.IsZero() {
		return
	}
	from := 0
	if r.came >= 0 {
		from = r.came + 1 // behind what told of the event
	} else if len(s.dates) > 0 {
		return
	}
	for v := from; v < len(s.toks); v++ {
		if c, ok := s.quote[v]; ok {
			v = c
			continue
		}
		if t := s.tok(v); t.upper || !hostedAs[t.low] && !(t.is("took") && s.tok(v+1).is("place")) || !r.ofTheEvent(s, v) {
			continue
		}
		if w, ok := r.venueBehind(s, v+1); ok {
			w.venue.Sure = min(w.venue.Sure, 0.75)
			r.setPlace(e, w)
			return
		}
	}
}

// hostedAs are verbs of what somebody does to an event at a place.
var hostedAs = set("hosted held organised organized convened staged gathered met")

// ofTheEvent reports whether the verb at token v is said of the event that is
// being told of: of "it", of a session, or of the meeting by its kind.
func (r *reader) ofTheEvent(s *sentence, v int) bool {
	if s.tok(v + 1).is("it") {
		return true
	}
	k := v - 1
	for k > 0 && (s.tok(k).is("was", "were", "is", "being", "and", "also", "jointly", "kindly", "both", "all", "be", "will", "are") || s.tok(k).is(",") && s.tok(k+1).is("and")) {
		k--
	}
	t := s.tok(k)
	switch {
	case t.is("it", "they", "we"):
		return k == 0 || s.tok(k-1).is(";", ",", "and", ":")
	case t.is("sessions", "event", "meetings", "proceedings", "discussions", "everything"):
		return k < 5 || s.tok(k-1).is("all", "the", "both", "most")
	case k < v-1 && (s.dayEnds(k+1) || r.came >= 0 && k > r.came):
		return s.tok(k+1).is("and", ",") && r.came >= 0 && s.tok(v-1).is("was", "were") // "… was held in Hanoi on 3 March and was hosted by"
	}
	return (k < v-1 || s.tok(v).is("took", "met")) && r.isEventNoun(s, k) && k < 5 && s.tok(0).is("the", "this", "our")
}

// venueBehind reads the venue that stands behind "at", "in" or "on" from token i
// on, in the same clause.
func (r *reader) venueBehind(s *sentence, i int) (spot, bool) {
	for k := i; k < len(s.toks) && k < i+30; k++ {
		t := s.tok(k)
		switch {
		case t.is(";", "which", "who", "that", "where", "when", "while", "but") || t.kind == word && saying[t.low] && !t.upper && !t.is("organised", "organized", "hosted", "led"):
			return spot{}, false
		case t.is("on", "at") && s.tok(k+1).is("its", "their") && s.ownSite(k+2):
			if m, ok := s.lastOrgBefore(k); ok && s.has(m.i, m.name, set("university academy college institute school hospital")) {
				return spot{venue: s.said(m.i, m.name, 0.75)}, true // "on its main campus"
			}
			return spot{}, false
		case t.is("at", "inside") || t.is("in") && s.venueNext(k) > k:
			from := k + 1 + s.article(k+1)
			if s.tok(from).is("its", "their", "our") {
				from++
			}
			if _, ok := s.personAt(from); ok {
				return spot{}, false
			}
			from, to, ok := r.venue(s, from)
			if !ok || !s.has(from, to, venueWords) || to-from < 2 {
				continue
			}
			from, to = r.largerVenue(s, from, to)
			w := spot{venue: s.venueSaid(from, to), end: to}
			if s.tok(to).is("in", ",") {
				if n, _, ok := find(s, to+1, r.gaz.places); ok && n.city {
					if r.facts.Events[r.event].City.Words != s.words(to+1, to+1+len(tokens(r.facts.Events[r.event].City.Words))) {
						return spot{}, false // another town
					}
				}
			}
			return w, true
		}
	}
	return spot{}, false
}

// ownSite reports whether "main campus" or the like stands at token i.
func (s *sentence) ownSite(i int) bool {
	for k := i; k < i+3; k++ {
		if s.tok(k).is("campus", "premises", "grounds", "site", "headquarters") {
			return true
		}
	}
	return false
}

// lastOrgBefore returns the organisation named last before token i.
func (s *sentence) lastOrgBefore(i int) (orgMention, bool) {
	all := s.orgsIn(0, i)
	if len(all) == 0 {
		return orgMention{}, false
	}
	return all[len(all)-1], true
}
