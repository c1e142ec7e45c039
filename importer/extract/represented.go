package extract

// represents are the words behind which those stand who were there.
var represents = []string{"representatives from", "representatives of", "including", "participants from", "members of", "officials from", "delegates from", "representing", "participants included", "attended by", "joined by", "experts from", "staff from", "staff of", "officials of", "participants represented", "delegates of", "leaders of", "as well as", "participation of", "lawyers from", "advocates from", "leaders from", "activists from", "colleagues from", "included", "present were", "present are",
	"among them", "among those", "among the participants", "among the guests", "represented were", "delegations from", "delegations of", "observers from"}

// came are verbs of which those are the subject who were there.
var came = set("attended participated sent took were was came joined had watched listened")

// represented notes the organisations that a sentence says were there: of a
// sentence that counts those present, or says that they came.
func (r *reader) represented(s *sentence) {
	if r.event < 0 {
		return
	}
	e := &r.facts.Events[r.event]
	if s.has(0, len(s.toks), set("objectives objective aimed aims goal purpose")) {
		return
	}
	r.tookPart(s, e)
	r.groups(s, e)
	was := s.has(0, len(s.toks), set("participants attended attendees joined participated participation delegates gathered present brought exchanged represented came listened attending"))
	was = was || s.phraseIn(0, len(s.toks), "came together") >= 0 || s.phraseIn(0, len(s.toks), "took part") >= 0
	was = was || s.tok(0).is("they", "these") && s.tok(1).is("included", "came", "represented") && r.last != nil && r.countedIn(r.prev)
	if !was {
		// "Representatives of the Ministry of Labour … shared similar concerns"
		if s.tok(0).is("representatives", "officials", "representative") && s.tok(1).is("of", "from") && s.has(2, len(s.toks), saying) {
			for _, m := range r.spread(s, 2) {
				r.addParty(e, s, m, Represented, 0.85)
				e.Groups = append(e.Groups, Group{s.found(0, m.j, 0.8), clean(s.words(0, m.name)), m.org, true})
			}
		}
		return
	}
	if !s.has(0, len(s.toks), present) && !s.has(0, len(s.toks), set("attended participated gathered joined together present took came represented included attending")) {
		return
	}
	start := -1
	for i := range s.toks {
		if s.tok(i).is("participants", "urged", "called", "calling") && s.tok(i+1).is("called", "urged", "on", "discussed", "recommended", "raised") {
			return // what they said of others
		}
		if start < 0 {
			if j, ok := s.oneOf(i, represents); ok {
				start = j
			}
		}
	}
	if start < 0 {
		return
	}
	for _, m := range r.spread(s, start) {
		r.addParty(e, s, m, Represented, 0.85)
	}
}

// countedIn reports whether a count of the event stands in a sentence.
func (r *reader) countedIn(s *sentence) bool {
	if s == nil {
		return false
	}
	for _, c := range r.facts.Events[r.event].Counts {
		if c.At.Block == s.block.ID && c.At.From >= s.toks[0].from && c.At.To <= s.toks[len(s.toks)-1].to {
			return true
		}
	}
	return false
}

// tookPart notes the organisations of which a sentence says that they were
// there: "A, B and C also sent officials", "MMN and the museum took part".
func (r *reader) tookPart(s *sentence, e *Event) {
	for i := 1; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		t := s.tok(i)
		if !came[t.low] || t.upper || !s.cameAt(i) {
			continue
		}
		k := i
		for s.tok(k-1).is("also", "all", "both", "had", "have", "too", "likewise", "each") {
			k--
		}
		list := r.subject(s, k)
		if len(list) == 0 || list[0].i > 0 && s.tok(list[0].i-1).is("of", "from", "by", "at", "for", "to") || list[0].sure < 0.75 {
			continue
		}
		for _, m := range list {
			r.addParty(e, s, m, Represented, 0.85)
		}
	}
}

// cameAt reports whether the verb at token i says that its subject was there.
func (s *sentence) cameAt(i int) bool {
	switch t := s.tok(i); {
	case t.is("watched", "listened"):
		return !s.tok(i-1).is("was", "were", "closely")
	case t.is("had"):
		return s.tok(i+1).is("a", "two") && s.tok(i+2).is("representative", "representatives", "delegate", "observer", "official")
	case t.is("attended", "participated", "joined"):
		return !s.tok(i-1).is("was", "were") && !s.tok(i+1).is("by", "forces", "hands")
	case t.is("took"):
		return s.tok(i + 1).is("part")
	case t.is("sent"):
		return s.has(i+1, i+6, set("representatives officials delegates delegation delegations observers staff representative speakers members observer delegate official colleague colleagues someone somebody member")) && !s.tok(i-1).is("was", "were")
	case t.is("were", "was"):
		k := i + 1
		for s.tok(k).is("also", "all", "both", "likewise", "each") {
			k++
		}
		return s.tok(k).is("represented") && !s.tok(k+1).is("by") || s.tok(k).is("present") && !s.tok(k+1).is("in", "on", "to") || s.tok(k).is("there") && k+1 >= len(s.toks)-2 || s.tok(k).is("at", "in") && s.has(k+1, k+4, set("table audience room")) || s.tok(k).is("among") && s.has(k+1, k+4, set("participants guests attendees those represented"))
	}
	return false
}
