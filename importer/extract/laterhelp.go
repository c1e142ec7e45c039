package extract

// online notes that a webinar was held online, where a later sentence says so.
func (r *reader) online(s *sentence) {
	e := &r.facts.Events[r.event]
	if e.Type.Words != "webinar" || !e.Venue.IsZero() || !e.City.IsZero() || e.Country.Code != "" {
		return
	}
	if w := r.where(s, 0, len(s.toks)); w.online {
		e.Venue = w.venue
	}
}

// laterHelp notes funders and partners that a later sentence names: "The
// training was supported by …".
func (r *reader) laterHelp(s *sentence) {
	e := &r.facts.Events[r.event]
	if p := r.prev; p != nil && s.tok(0).is("it") && p.tok(0).is("the", "this") && p.tok(1).is("project", "study", "report", "centre", "center", "research", "book", "handbook", "booklet") {
		return // "It" is the project
	}
	for i := 1; i+2 < len(s.toks); i++ {
		if s.tok(i).is("was", "were") && s.tok(i+1).is("the", "our") && s.tok(i+2).is("host", "hosts", "organiser", "organisers") {
			k := i
			for _, m := range s.orgsIn(0, i) { // "The Department of Labour of the Philippines was the host."
				part := Host
				if s.tok(i+2).is("organiser", "organisers") {
					part = Organiser
				}
				r.addParty(e, s, m, part, 0.85)
				k = m.i
			}
			if k < i {
				break
			}
		}
		if s.tok(i).is("organised", "organized", "arranged", "convened", "hosted", "prepared", "ran", "runs", "called", "planned", "initiated") && (s.tok(i+1).is("the", "this") && s.tok(i+2).is("day", "programme", "program", "weekend", "evening", "morning") || s.tok(i+1).is("it", "them")) && !r.isPassive(s, i) {
			for _, m := range r.subject(s, i) { // "The union and the hospital arranged the day"
				part := Organiser
				if s.tok(i).is("hosted") {
					part = Host
				}
				r.addParty(e, s, m, part, 0.8)
			}
			r.assisted(s, e)
			break
		}
	}
	if s.tok(0).is("it", "this", "they", "these") && s.tok(1).is("was", "were", "is", "has", "had", "have", "are", "took") {
		r.assisted(s, e)
		return
	}
	if s.tok(0).is("organised", "organized", "hosted", "convened", "funded", "supported", "sponsored", "financed", "co-organised", "co-hosted", "jointly") && (s.tok(1).is("by") || s.tok(2).is("by")) {
		r.assisted(s, e) // "Hosted by the university, it drew 300 scholars"
		return
	}
	if s.has(0, len(s.toks), set("thanked thanks thank thankful grateful gratitude indebted appreciation")) && (s.has(0, len(s.toks), helps) || s.has(0, len(s.toks), money)) {
		r.assisted(s, e)
		return
	}
	if s.tok(0).is("the", "this", "our", "both") && (s.phraseIn(1, 8, "made possible") > 0 || s.has(1, 6, eventNouns)) {
		r.assisted(s, e)
		return
	}
	if r.wasOrganised(s) {
		r.assisted(s, e)
		return
	}
	if (s.has(0, len(s.toks), eventNouns) || s.tok(0).is("the", "this") && s.tok(1).is("initiative", "activity", "programme", "program", "action")) && s.has(0, len(s.toks), set("organised organized co-organised co-organized arranged financed possible grant co-hosted co-convened supported funded hosted sponsored collaboration partnership cooperation support convened")) && s.has(0, len(s.toks), set("the this our")) {
		r.assisted(s, e)
	}
}

// wasOrganised reports whether a sentence says who organised or hosted what it
// calls by a name of its own: "This year’s Film Night was organised by …".
func (r *reader) wasOrganised(s *sentence) bool {
	if !s.tok(0).is("the", "this", "our") || len(s.dates) > 0 || r.sinceTold > 4 {
		return false
	}
	for v := 2; v < len(s.toks) && v < 12; v++ {
		if t := s.tok(v); t.kind == mark || t.isPeople() || workerWords[t.low] || bodyNouns[t.low] || t.is("who", "which", "last") {
			return false
		}
		if s.tok(v).is("organised", "organized", "hosted", "convened", "arranged") && r.isPassive(s, v) {
			return s.has(v+1, v+3, set("by"))
		}
	}
	return false
}
