package extract

import "strings"

// calledAnew reports whether the call at token k begins a clause of its own:
// "…, and we urge …".
func (s *sentence) calledAnew(k int) bool {
	for n := 0; n < 3 && s.tok(k-1).is("we", "they", "he", "she", "it", "also", "further", "likewise", "then"); n++ {
		k--
	}
	if p, ok := s.personAt(k - 1); ok {
		return s.tok(p.i-1).is("and", ";") && s.tok(p.i-2).is(",") // "…, and Dr. Minh recommended"
	}
	return s.tok(k-1).is("and", ",", ";")
}

// asksBelow reports whether what is asked says no more than that it follows:
// "call on the Government to take the following steps:".
func (s *sentence) asksBelow(i, j int) bool {
	return s.tok(len(s.toks)-1).is(":") && s.has(i, j, set("following steps measures actions below these"))
}

// andTo reports whether "and to" stands between tokens i and end.
func (s *sentence) andTo(i, end int) bool {
	for k := i; k+1 < end; k++ {
		if s.tok(k).is("and") && s.tok(k+1).is("to") {
			return true
		}
	}
	return false
}

// further parts what is asked of the same in one breath: "to shorten the period
// …, and to pay out contributions". Where another infinitive stands before it,
// and no comma, "and to" may belong to that one.
func (s *sentence) further(from, end int, verbs bool) [][2]int {
	var parts [][2]int
	if verbs {
		inner := s.tok(from).is("let", "help", "make") // "let workers change jobs and to stay"
		for k := from + 2; k+2 < end; k++ {
			t := s.tok(k)
			if t.is("to") && s.tok(k+1).kind == word && !s.tok(k+1).upper && !functionWords[s.tok(k+1).low] && s.tok(k-1).kind == word && !s.tok(k-1).is("and", "or", "not") {
				inner = true
			}
			to := k + 1
			if s.tok(to).is("not") {
				to++
			}
			comma := t.is(",") && s.tok(to).is("to") && !inner && s.andTo(to, end) // else it says to what end
			if comma || t.is("and") && s.tok(to).is("to") && (!inner || s.tok(k-1).is(",")) {
				if v := s.tok(to + 1); v.kind != word || v.upper || functionWords[v.low] && !v.is("have", "be", "do") {
					continue
				}
				next := to + 1
				if to > k+1 {
					next = k + 1 // "not to deport"
				}
				parts = append(parts, [2]int{from, k})
				from, inner = next, false
				k = to
			}
		}
	}
	return append(parts, [2]int{from, end})
}

// thatThey reads "recommended that banks offer small loans, and that the
// government suspend interest", from token j on. It reports whether it found
// an ask.
func (r *reader) thatThey(s *sentence, i, j, end int) bool {
	found := false
	end = s.beforeCall(j, end)
	for n := 0; n < 6 && j < end; n++ {
		to := end
		for k := j + 3; k+1 < end; k++ {
			if s.tok(k).is("and") && s.tok(k+1).is("that") || s.tok(k).is(",") && s.tok(k+1).is("that") {
				to = k
				break
			}
		}
		verb := -1
		for k := j + 1; k < j+12 && k < to-1; k++ {
			t := s.tok(k)
			if t.kind == mark && !t.is(",") || t.is("to", "who", "which", "be", "is", "are", "was", "were") && r.modal(s, k) == 0 {
				break
			}
			if whom[s.tok(k+1).low] && !t.is("should", "must", "shall") && !askVerbs[t.low] {
				continue // "ASEAN member states"
			}
			if m, ok := s.orgs[k-1]; ok && m.j > k {
				k = m.j - 1
				continue
			}
			_, org := s.orgEnding(k)
			org = org || s.tok(j).is("the") && r.placeEnding(s, k) || r.placeIs(s, j, k) || s.ofWhom(k)
			if modal := r.modal(s, k); t.is("should", "must", "shall") || modal > k && s.tok(modal).kind == word && !t.is("please", "could") || askVerbs[t.low] && !t.upper && s.behindPhrase(j, k) || (canBeAsked(s.tok(k-1).low) || org) && t.kind == word && !t.upper && !functionWords[t.low] && !canBeAsked(t.low) && !t.is("along", "near", "around", "outside", "inside", "like", "against", "towards") && !strings.HasSuffix(t.low, "ing") && !strings.HasSuffix(t.low, "ed") {
				verb = k
				break
			}
		}
		last := to
		for last > j && s.tok(last-1).is(",", "and", ";") {
			last--
		}
		var who []string
		if verb < 0 && s.tok(j).is("he", "she", "it", "they") && askVerbs[s.tok(j+1).low] && !s.tok(j+1).is("be") && last-j > 2 {
			if who = r.meantBefore(s, i); len(who) > 0 { // "a meeting with the Governor and requested that he visit"
				r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(j, last, 0.75), Words: clean(s.words(j, last)), Addressees: who, By: r.asker(s, i), Event: r.event})
				return true
			}
		}
		if verb < 0 || s.tok(verb).is("no") {
			if verb = j; !found || !s.wished(j, last) {
				return found
			}
		} else if who = r.addressed(s, j, verb); len(who) == 0 || !r.headWhom(s, j, verb) {
			if !found || !s.wished(j, last) {
				return found
			}
			who = nil
		}
		if last-verb < 2 {
			return found
		}
		r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(j, last, 0.8), Words: clean(s.words(j, last)), Addressees: who, By: r.asker(s, i), Event: r.event})
		found = true
		for to < end && s.tok(to).is(",", "and", "that") {
			to++
		}
		j = to
	}
	return found
}

// beforeCall cuts what is asked between tokens j and end off before another call
// in the same sentence: "…, and called on communes to …".
func (s *sentence) beforeCall(j, end int) int {
	for k := j + 3; k+1 < end; k++ {
		if t := s.tok(k + 1); s.tok(k).is("and") && s.tok(k-1).is(",") && saying[t.low] && !t.upper && (strings.HasSuffix(t.low, "ed") || t.is("said", "told", "spoke")) {
			end = k - 1
			break
		}
		if s.tok(k).is("and") && s.tok(k-1).is(",") && s.tok(k+3).is("that") && s.tok(k+2).is("said", "argued", "added", "insisted", "stressed", "felt") {
			end = k - 1 // ", and several said that …"
			break
		}
		if n, _, again := callOn(s, k); again && n < end && s.calledAnew(k) {
			for end = k; end > j && s.tok(end-1).is(",", "and", "we", "they", "he", "she", "also", "further", "it", "likewise"); end-- {
			}
		}
	}
	return end
}

// behindPhrase reports whether token k stands right behind those who can be
// asked and a phrase that says where or of what they are: "police on both sides".
func (s *sentence) behindPhrase(j, k int) bool {
	if p := s.tok(k - 1); p.kind != word || functionWords[p.low] {
		return false
	}
	for h := j; h+2 < k; h++ {
		if canBeAsked(s.tok(h).low) && s.tok(h+1).is("of", "in", "on", "at", "from", "along", "near", "with", "across", "around", "for", "under", "by", "outside", "without") {
			return true
		}
	}
	return false
}

// alsoAsked finds another addressee in the ask between tokens from and end:
// "urged governments to ratify the convention and employers to pay". It returns
// where "and" and "to" stand.
func (r *reader) alsoAsked(s *sentence, from, end, first int) (at, to int) {
	if first < 0 {
		return 0, 0
	}
	for k := from + 2; k < end; k++ {
		if !s.tok(k).is("and", ",", ";") {
			continue
		}
		for j := k + 2; j < k+8 && j < end-1; j++ {
			if s.tok(j).is("to") {
				_, org := s.orgEnding(j)
				if s.tok(j+1).kind == word && !s.tok(j+1).upper && !functionWords[s.tok(j+1).low] && (canBeAsked(s.tok(j-1).low) || org || r.placeIs(s, k+1, j)) && len(r.addressed(s, k+1, j)) > 0 {
					return k, j
				}
				break
			}
			if t := s.tok(j); t.kind == mark || t.is("and", "for", "by", "from", "with") {
				break
			}
		}
	}
	return 0, 0
}
