package extract

import "strings"

// someBefore reports whether people are named as such before token i.
func (s *sentence) someBefore(i int) bool {
	for k := i - 1; k >= 0 && k > i-3; k-- {
		if s.tok(k).is("delegation", "group", "groups", "team", "delegations", "teams", "unions", "organisations", "organizations", "networks", "unionists") && !s.hasOrgOver(k) {
			return true
		}
	}
	for k := 0; k < i && k < len(s.toks); k++ {
		if m, ok := s.orgs[k]; ok && m.j <= i {
			k = m.j - 1 // "the Solidarity Network with Migrants"
			continue
		}
		if s.toks[k].isPeople() {
			return true
		}
	}
	return false
}

// goesTo reports whether a place begins at token i.
func (r *reader) goesTo(s *sentence, i int) bool {
	if s.tok(i).is("the") {
		i++
	}
	if i >= len(s.toks) {
		return false
	}
	_, _, ok := find(s, i, r.gaz.places)
	return ok
}

// isPassive reports whether the verb at token i is said of what was held:
// "was held", "the workshop, organised by".
func (r *reader) isPassive(s *sentence, i int) bool {
	if strings.HasSuffix(s.tok(i).low, "ing") {
		return false // "is holding"
	}
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		t := s.tok(k)
		if t.is("was", "were", "is", "are", "be", "been", "being") {
			return true
		}
		if !strings.HasSuffix(t.low, "ly") && !t.is("also", "first", "co", "-", "to", "then", "being") {
			break
		}
	}
	if s.tok(i + 1).is("by") {
		return true
	}
	if comeVerbs[s.tok(i).low] {
		return false
	}
	// "the consultation held in Yangon", "a meeting convened on 5 May"
	prev := s.tok(i - 1)
	if prev.is(",") {
		prev = s.tok(i - 2)
	}
	if s.tok(i-1).is(",") && s.tok(i+1).is("in", "on", "at", "from", "online", "between", "today", "yesterday") && s.has(max(0, i-40), i-1, eventNouns) {
		return true // "a side event at the summit, held on 18 September"
	}
	if s.tok(i+1).is("this") && (eventNouns[s.tok(i+2).low] || eventNouns[s.tok(i+3).low]) {
		return false // "FLC (Future Light Center) hosted this event"
	}
	if prev.is(")") && s.ofRelative(i) {
		return false // "a report that the Centre (LMC) launched on 5 May"
	}
	return s.tok(i+1).is("in", "on", "at", "from", "online", "between", "virtually", "via", "during", "jointly", "this", "today", "yesterday", "earlier", "last") && (eventNouns[prev.low] || prev.is(")", "”", "\"")) ||
		eventNouns[prev.low] && s.tok(i+1).is("jointly") || s.tok(i+1).is("in", "on", "at", "from") && i == 0
}

// ofRelative reports whether the organisation that ends right before the verb at
// token i is the subject of a relative clause.
func (s *sentence) ofRelative(i int) bool {
	m, ok := s.orgEnding(i)
	return ok && s.tok(m.i-1-s.articleBefore(m.i)).is("that", "which", "whom")
}

// nounAfter returns the last of the first event words from token i on.
func (r *reader) nounAfter(s *sentence, i, within int) (int, bool) {
	for k := i; k < i+within && k < len(s.toks); k++ {
		if c, ok := s.quote[k]; ok {
			k = c
			continue
		}
		t := s.tok(k)
		if t.is(";", ".") || passiveVerbs[t.low] && !t.upper {
			return 0, false
		}
		if r.isEventNoun(s, k) {
			for k+1 < len(s.toks) && r.isEventNoun(s, k+1) {
				k++
			}
			return k, true
		}
	}
	return 0, false
}

// quotedNoun returns the event word of a title in quotation marks that is all
// that follows at token i: "convened the “Regional Consultation on …”".
func (r *reader) quotedNoun(s *sentence, i int) (int, bool) {
	if s.tok(i).is("the", "a", "its") {
		i++
	}
	end, ok := s.quote[i]
	for k := i + 1; ok && k < end; k++ {
		if r.isEventNoun(s, k) {
			return k, true
		}
	}
	return 0, false
}

// isEventNoun reports whether token k names an event, as "launch" and
// "training" do only where they stand for one.
func (r *reader) isEventNoun(s *sentence, k int) bool {
	t := s.tok(k)
	if t.is("table", "tables") && s.tok(k-1).is("round") {
		return true
	}
	if t.is("day", "evening", "night", "afternoon", "morning", "clinic") && s.tok(k-1).is("the") && s.tok(k+1).is("was", "is") && s.tok(k+2).is("organised", "organized", "hosted", "arranged", "convened", "jointly", "co-organised", "supported") {
		return true // "The day was organised by …"
	}
	if t.is("night", "afternoon", "morning") && s.tok(k-1).is("film", "movie", "cultural", "quiz", "poetry", "music", "solidarity", "information", "discussion") && !t.upper {
		return true
	}
	if t.is("mission") && !t.upper && s.tok(k-1).is("finding", "fact-finding", "joint", "study", "monitoring", "solidarity", "exposure") {
		return true
	}
	if !eventNouns[t.low] || t.kind != word {
		return false
	}
	if s.isPerson(k) {
		return false
	}
	next, prev := s.tok(k+1), s.tok(k-1)
	switch t.low {
	case "training", "trainings":
		return !(next.is("programme", "programmes", "program", "programs") && !t.upper) && !next.is("materials", "manual", "organisation", "organisations", "centre", "centres", "fees", "costs") && !prev.is("vocational", "intern", "internship")
	case "activities", "activity", "outreach":
		if t.low == "outreach" && next.is("activities", "activity") || len(s.dates) == 0 || prev.is("the", "these", "other") || prev.is("of") && !s.tok(k-2).is("series", "number", "set") {
			return false
		}
		for v := k - 1; v >= 0 && v > k-6; v-- {
			if s.tok(v).is("conducted", "held", "organised", "organized", "carried", "implemented") {
				return true
			}
		}
		return false
	case "evening":
		if prev.is("the", "this") && next.is("was", "is", "will") && s.tok(k+2).is("take", "begin", "start") {
			return true
		}
		return prev.is("film", "cultural", "solidarity", "music", "poetry", "information", "discussion")
	case "talks", "talk", "event", "discussion", "exchange", "visit", "session", "course", "party", "tour", "camp", "fair", "reception", "concert", "debate", "meeting", "hearing", "launch", "screening", "gathering", "launched", "exhibition", "visits", "forums":
		if t.is("party", "fair", "exchange", "launch", "visit") {
			if t.is("fair", "launch", "visit", "exchange") && prev.kind == word && !functionWords[prev.low] && (s.tok(k-2).is("a", "an", "the", "its", "their", "our") || s.tok(k-3).is("a", "an") && s.tok(k-2).kind == word && !functionWords[s.tok(k-2).low]) {
				return true // "a health fair"
			}
			return prev.is("a", "an", "the", "our", "this", "report", "book", "film", "study", "learning", "job", "public", "cultural", "official", "press", "farewell", "legal") || prev.upper
		}
		return !next.is("rights", "fee", "fees")
	case "forum", "conference", "assembly", "congress", "summit":
		return !next.is("of") || t.is("conference", "summit", "congress") || !t.upper
	case "march":
		return !t.upper && !s.tok(k-1).is("to", "in", "of") && (prev.is("a", "the", "this", "peaceful", "protest", "day", "our") || prev.upper)
	}
	return true
}

// isObject reports whether the event word at n is what the verb at v is said
// of: nothing between them begins another clause.
func (r *reader) isObject(s *sentence, v, n int) bool {
	for k := v + 1; k < n; k++ {
		t := s.tok(k)
		if t.is("that", "which", "who", "because", "but", "interviews", "research", "survey", "surveys", "study", "elections", "election", "hands", "office", "power", "shares", "accountable", "responsible", "campaign") && !s.tok(k+1).is("visit", "tour") {
			return false
		}
		if t.is("with", "at", "in", "during", "on") && k <= v+2 && !s.tok(v).is("held", "organised", "organized", "convened", "hosted", "co-organised", "co-hosted") {
			return false
		}
	}
	return true
}

func (r *reader) subjectOrg(s *sentence, v int) bool { return len(s.orgsIn(max(0, v-12), v)) > 0 }

// nounBefore returns the event word that is the subject of the verb at v.
func (r *reader) nounBefore(s *sentence, v int) (int, bool) {
	first := -1
	for k := v - 1; k >= 0 && k > v-60; k-- {
		t := s.tok(k)
		if t.is(";") || t.is(".") && t.kind == mark {
			break
		}
		if r.isEventNoun(s, k) {
			first = k
			// The word of the subject, not of what it is about: go on to the left
			// over "on", "of", "for" only.
			prev := s.tok(k - 1)
			if prev.is("the", "a", "an", "this", "our") && !s.tok(k-2).is("of", "on", "for", "during", "in", "at", "before", "after") {
				break
			}
		}
	}
	if first < 0 {
		return 0, false
	}
	for first+1 < v && r.isEventNoun(s, first+1) {
		first++
	}
	return first, true
}

// phraseStart returns where the noun phrase of the event word at n begins.
func (r *reader) phraseStart(s *sentence, n int) int {
	k := n
	for k > 0 && n-k < 14 {
		t := s.tok(k - 1)
		if t.kind == number {
			if r.dateHere(s, k-1) {
				break
			}
			k--
			continue
		}
		if t.is("-", "/", "–", "&", "(", ")") && !(t.is("(") && n-k > 3) {
			k--
			continue
		}
		if t.kind != word || t.is("a", "an", "the", "this", "our", "its", "their", "on", "in", "at", "to", "for", "from", "by", "with", "of", "that", "which", "hold", "host", "organise", "attend", "join", "as", "another", "during", "under") || activeVerbs[t.low] || futureVerbs[t.low] || passiveVerbs[t.low] || saying[t.low] && !t.upper {
			break
		}
		if m, ok := s.orgEnding(k); ok && !s.tok(k).upper {
			k = m.i
			continue
		}
		k--
	}
	return k
}
