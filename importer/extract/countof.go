package extract

// cameFrom reports whether those of whom a sentence says that they came are
// said to be from as many bodies as stand from token start on: "women from
// seven townships gathered", and not "figures from three provinces".
func (r *reader) cameFrom(s *sentence, start int, here bool) bool {
	if !s.comesFrom(start) {
		return false
	}
	k := start - 2
	if s.tok(start - 1).is("the") {
		k--
	}
	t := s.tok(k)
	if who := s.tok(k - 1); t.is("came", "come") && who.isPeople() && !present[who.low] && !who.is("people", "women", "men", "workers", "migrants", "members", "guests") && k-1 > 0 {
		return false // "and returnees came from seven townships": some of them
	}
	return t.kind != word || t.isPeople() && (here || r.came >= 0 && r.came < start) || attending[t.low] || t.is("came", "come", "all", "delegations", "members", "groups")
}

// ofThem reports whether "representatives of" or the like stands before a
// number.
func (s *sentence) ofThem(start int) bool {
	return s.tok(start-1).is("of") && s.tok(start-2).is("representatives", "delegates", "members", "leaders", "staff", "delegations")
}

// opensClause reports whether a number is the first of a subject: nothing but
// its qualifier, a day or a place set off by a comma stands before it.
func (s *sentence) opensClause(i int) bool {
	k := s.beforeNumber(i)
	if s.tok(k).is("of") && s.tok(k-1).is("team", "group", "delegation", "total") {
		k -= 2
		if s.tok(k).is("a", "the") {
			k--
		}
	}
	if s.tok(0).is("with") && k > 0 && k < 8 && !s.has(0, k+1, saying) && s.tok(k).kind == word && !s.tok(k).is("with", "and", "of", "for") {
		return true // "With suitcases on their heads some seventy women paraded"
	}
	if s.tok(k).is("morning", "afternoon", "evening", "night") {
		k--
	}
	if weekdays[s.tok(k).low] != 0 || s.tok(k).is("sunday", "yesterday", "today", "this") {
		return true // "On Saturday night sixty fishers …"
	}
	return k < max(0, s.dateline+1) || s.tok(k).is(",", "–", "—", "-", ":", ";", "”", "?", "!") || k >= 0 && s.dayEnds(k+1)
}

// whoNumbered returns whom a sentence numbers right before token start:
// "Participants numbered 74", "The delegates, who numbered 45".
func (s *sentence) whoNumbered(start int) string {
	k := start - 1
	if !s.tok(k).is("numbered", "totalled", "totaled") || s.has(0, k, set("workers' households")) {
		return ""
	}
	k--
	for s.tok(k).is("who", ",", "present", "together") {
		if s.tok(k).is("present") && s.tok(k-1).is("those") {
			return "present"
		}
		k--
	}
	if t := s.tok(k); present[t.low] || t.is("guests", "observers", "trainees", "attendees", "marchers") {
		return t.low
	}
	return ""
}

// tallied reports whether those counted are said to have been counted, or to
// have sat there: "we counted more than 90 visitors", "80 guests in all",
// "officials sat on one side, 55 members on the other".
func (s *sentence) tallied(q, noun int) bool {
	next := s.tok(noun + 1)
	switch {
	case s.tok(q).is(",") && s.tok(q-1).is("all") && s.tok(q-2).is("in"):
		return true // "In all, 68 persons signed the list"
	case s.tok(q).is("count", "counted", "counting") && !s.tok(q-1).is("a", "the") && !s.tok(q-1).is("were", "was"), s.tok(q).is("had") && s.tok(q-1).is("we"):
		return true
	case next.is("altogether") || next.is("in") && s.tok(noun+2).is("all", "total") || next.is("all") && s.tok(noun+2).is("told") || next.is("were") && s.tok(noun+2).is("counted"):
		return true
	}
	for k := noun + 1; k < noun+10; k++ {
		if s.tok(k).is("on") && s.tok(k+1).is("the") && s.tok(k+2).is("other") && s.tok(k+3).kind != word {
			return s.phraseIn(0, q+1, "on one side") >= 0 || s.phraseIn(0, q+1, "on the one side") >= 0
		}
	}
	return false
}
