package extract

import "strings"

// itemWhom reads whom an item of a list names itself: "The Ministry should …",
// "Employers have to …", "the Ministry to recognise …", "To the government: …",
// "Police please …", "A blacklist must be kept by both governments".
//
// Where those are known who are asked by the list, a verb may open the item
// ("Tell employers to …"), and only what is no verb for certain names others.
func (r *reader) itemWhom(words string, known bool) []string {
	s := &sentence{block: &Block{Text: words}, toks: tokens(words)}
	if len(s.toks) > longest {
		s.toks = s.toks[:longest]
	}
	s.quote = quotes(s.toks)
	r.annotate(s)
	if s.tok(0).is("to", "for") && s.tok(0).upper {
		for k := 2; k < 16 && k < len(s.toks); k++ {
			if s.tok(k).is(":", "–", "—") {
				return r.addressed(s, 1, k)
			}
		}
	}
	for k := 1; k < 7 && k+1 < len(s.toks); k++ {
		if s.tok(k).is(":") && r.headWhom(s, s.article(0), k) {
			return r.addressed(s, 0, k) // "Employers: pay wages through banks"
		}
	}
	if s.tok(0).is("that") {
		s.toks = s.toks[1:]
		s.orgs, s.persons = nil, nil
		s.quote = quotes(s.toks)
		r.annotate(s)
	}
	from := s.article(0)
	_, org := s.orgs[from]
	noun := from > 0 || org || canBeAsked(s.tok(0).low) || !known
	if s.tok(0).is("all", "both", "each", "every") {
		noun = true
	}
	for k := 1; k < 16 && k+1 < len(s.toks); k++ {
		if m, ok := s.orgs[k]; ok {
			k = m.j - 1
			continue
		}
		if end := s.insertionEnd(k); end > k && r.modal(s, end) > 0 {
			if r.headWhom(s, from, k) {
				return r.addressed(s, from, k) // "Hospitals, for their part, should …"
			}
			return nil
		}
		verb := r.modal(s, k)
		if verb == 0 {
			if s.tok(k).is("to") && k > from && s.tok(k+1).kind == word && !s.tok(k+1).upper && !functionWords[s.tok(k+1).low] && noun && !s.tok(0).is("to") {
				last := k
				if s.tok(k-1).is("requested", "asked", "urged", "called") && s.tok(k-2).is("be") {
					last -= 2
				} else if s.tok(k - 1).is("not") {
					last-- // "Employers not to keep passports"
				}
				if r.headWhom(s, from, last) {
					return r.addressed(s, from, last)
				}
			}
			continue
		}
		if s.tok(verb).is("not") && s.tok(verb+1).is("be") {
			return nil // "Hospitals should not be obliged to report"
		}
		if s.tok(verb).is("be") && !s.tok(verb+1).is("able", "required", "obliged") {
			return r.byWhom(s, verb)
		}
		if who := r.beforeClause(s, from, k); who > from && r.headWhom(s, from, who) && !s.has(from, who, set("that who which")) {
			return r.addressed(s, from, who)
		}
		return nil
	}
	if r.asking.that { // "recommends that: … countries of origin publish …"
		if k := r.bareVerb(s, 0, len(s.toks)); k > 0 {
			return r.addressed(s, from, k)
		}
	}
	for k := 1; noun && k < 8 && k < len(s.toks) && !(from == 0 && !org && s.bidden(0)); k++ { // "ASEAN Member States conclude …"
		if m, ok := s.orgs[k-1]; ok && k == from+1 && m.j > k {
			k = m.j
		}
		if t := s.tok(k); t.kind == word && !t.upper && !functionWords[t.low] && !canBeAsked(t.low) {
			_, org := s.orgEnding(k)
			if k > from && (canBeAsked(s.tok(k-1).low) || org) && (s.tok(0).upper || from > 0 || canBeAsked(s.tok(0).low) || s.tok(0).is("both", "all", "each")) && r.headWhom(s, from, k) && !isVerbs(t.low) {
				return r.addressed(s, from, k)
			}
			break
		}
	}
	return nil
}

// itemAsks reports whether an item of a list that nothing announces as one of
// asks is in the form of one: "Agencies need to refund the fee", "It is suggested
// that …".
func (r *reader) itemAsks(words string) bool {
	s := &sentence{block: &Block{Text: words}, toks: tokens(words)}
	if len(s.toks) > longest {
		return false
	}
	r.annotate(s)
	if s.tok(0).is("it") && s.tok(1).is("is", "was") && (needed[s.tok(2).low] || needed[s.tok(3).low]) {
		return s.has(3, 6, set("that"))
	}
	for k := 1; k < 14 && k+2 < len(s.toks); k++ {
		if r.modal(s, k) > 0 && !s.tok(k).is("could", "has", "have", "please") {
			return r.headWhom(s, s.article(0), k) || s.tok(k).is("should", "must", "shall") && s.tok(0).upper
		}
	}
	return false
}

// isVerbs reports whether a word is a participle, so that what stands before it
// is no subject: "Agencies licensed by the Ministry".
func isVerbs(low string) bool {
	return strings.HasSuffix(low, "ing") || strings.HasSuffix(low, "ed") && !strings.HasSuffix(low, "eed")
}

// modal returns the verb behind what says at token k that somebody should do
// something: "should", "has to", "is called upon to"; 0 if nothing does.
func (r *reader) modal(s *sentence, k int) int {
	t := s.tok(k)
	j := k + 1
	switch {
	case t.upper && k > 1 || t.kind != word:
		return 0
	case t.is("should", "must", "shall", "could", "please"):
	case t.is("ought", "needs", "need", "has", "have") && s.tok(k+1).is("to"):
		j++
	case t.is("ought") && s.tok(k+1).is("not") && s.tok(k+2).is("to"):
		j += 2
	case t.is("would") && s.tok(k+1).is("do") && s.tok(k+2).is("well") && s.tok(k+3).is("to"):
		j += 3
	case t.is("is", "are"):
		_, what, ok := r.passiveCall(s, k)
		if !ok {
			return 0
		}
		j = what
	default:
		return 0
	}
	for s.tok(j).is("also", "now", "therefore", "first", "at", "once") || strings.HasSuffix(s.tok(j).low, "ly") && !s.tok(j).is("apply", "supply", "comply", "reply", "rely", "multiply") {
		j++
	}
	if end := s.between(j); end > j {
		j = end // "should, in our opinion, sign"
	}
	return j
}

// insertionEnd returns the token behind what stands between commas from token k
// on: ", for their part,"; k if nothing does.
func (s *sentence) insertionEnd(k int) int {
	if !s.tok(k).is(",") || !s.tok(k+1).is("for", "in", "on", "as", "together", "too", "therefore", "at", "without", "like", "finally", "first", "however", "moreover", "they", "he", "she", "who", "which", "whose") {
		return k
	}
	for j := k + 2; j < k+10; j++ {
		if s.tok(j).is(",") {
			return j + 1
		}
		if s.tok(j).kind == mark {
			break
		}
	}
	return k
}

// byWhom reads those by whom a thing should be done, behind the passive that
// begins at token i: "must be ratified by Thailand without delay".
func (r *reader) byWhom(s *sentence, i int) []string {
	for k := i + 1; k < i+10 && k < len(s.toks); k++ {
		if !s.tok(k).is("by") {
			continue
		}
		end := k + 1
		for end < len(s.toks) && end < k+14 {
			if m, ok := s.orgs[end]; ok {
				end = m.j
				continue
			}
			if _, after, ok := find(s, end, r.gaz.places); ok {
				end = after
				continue
			}
			if t := s.tok(end); t.kind == mark && !(t.is(",") && s.tok(end+1).upper) || functionWords[t.low] && !t.is("the", "all", "both", "of", "and", "their", "its") {
				break
			}
			end++
		}
		if who := r.addressed(s, k+1, end); len(who) > 0 && r.headWhom(s, k+1, end) {
			return who
		}
		return nil
	}
	return nil
}

// doneBy reads by whom a thing is to be done that is demanded between tokens i
// and end: "a fund, to be set up by the Secretariat".
func (r *reader) doneBy(s *sentence, i, end int) []string {
	for k := i + 2; k+3 < end; k++ {
		if s.tok(k).is("to") && s.tok(k+1).is("be") {
			return r.byWhom(s, k+1)
		}
	}
	return nil
}
