package extract

import "strings"

// needed are words by which a thing is called for: "it is vital that …".
var needed = set(`imperative essential vital crucial urgent important necessary indispensable time best desirable advisable suggested recommended proposed requested
	demanded critical paramount overdue better right urged asked`)

// forms notes asks that a sentence states in a form of its own, without a verb
// of asking that has its addressee behind it.
func (r *reader) forms(s *sentence) {
	r.impersonal(s)
	r.fronted(s)
	r.advised(s)
	r.whatIsNeeded(s)
	r.letThem(s)
	r.demandWas(s)
	r.quotedTo(s)
	r.needFor(s)
	r.madeTo(s)
}

// demandWas reads "The main demand was that …" and "One recommendation is to …".
func (r *reader) demandWas(s *sentence) {
	for i := 1; i+4 < len(s.toks); i++ {
		if !s.tok(i).is("demand", "recommendation", "request", "proposal", "appeal", "wish", "plea") {
			continue
		}
		k := i + 1
		var who []string
		if s.tok(k).is("to", "of") {
			for k < i+12 && !s.tok(k).is("is", "was") {
				k++
			}
			who = r.addressed(s, i+2, k)
		}
		if s.tok(k).is(",") {
			continue
		}
		if s.tok(i).is("wish", "request", "demand", "appeal", "plea") && s.tok(0).is("it", "to") {
			for that := i + 1; that < i+7; that++ {
				if s.tok(that).is("that") && (r.thatThey(s, i, that+1, s.clauseEnd(that+1)) || r.thatItBe(s, i, that+1, s.clauseEnd(that+1))) {
					return // "It was the wish of the meeting that embassies …"
				}
			}
		}
		if !s.tok(k).is("is", "was") || !s.tok(k+1).is("that", "to", "for") {
			continue
		}
		from := k + 2
		end := s.clauseEnd(from)
		if s.tok(k + 1).is("for") {
			to := r.toVerb(s, from, end)
			if to < 0 || len(r.addressed(s, from, to)) == 0 {
				continue
			}
			who, from = r.addressed(s, from, to), to+1
		}
		if s.tok(k+1).is("that") && (r.thatThey(s, i, from, end) || r.thatItBe(s, i, from, end)) {
			return
		}
		if s.tok(k + 1).is("that") {
			continue
		}
		r.ask(s, from, end, 0.75, who, r.asker(s, i))
		return
	}
}

// madeTo reads "A request was made to the SSO to accept forms in Burmese".
func (r *reader) madeTo(s *sentence) {
	for i := 0; i+6 < len(s.toks); i++ {
		if !s.tok(i).is("request", "appeal", "call", "plea", "demand", "requests", "appeals") || !s.tok(i+1).is("was", "were") || !s.tok(i+2).is("made", "addressed", "put", "sent", "directed", "issued") || !s.tok(i+3).is("to") {
			continue
		}
		end := s.clauseEnd(i + 4)
		to := r.toVerb(s, i+4, end)
		if to < 0 || !s.tok(to).is("to") || !r.headWhom(s, i+4, to) {
			return
		}
		if who := r.addressed(s, i+4, to); len(who) > 0 {
			r.ask(s, to+1, end, 0.8, who, "")
		}
		return
	}
}

// ask notes one ask of tokens i to j, unless what was asked since then stands
// there already.
func (r *reader) ask(s *sentence, i, j int, sure Sureness, to []string, by string) {
	for j > i && s.tok(j-1).kind == mark && !s.tok(j-1).is(")", "”") {
		j--
	}
	for j > i && s.tok(j-1).is("and") {
		j--
	}
	for i < j && s.tok(i).is(":", ",", ";", "–", "—") {
		i++
	}
	if j-i < 2 || r.askedHere(s.passage(i, j)) {
		return
	}
	r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(i, j, sure), Words: clean(s.words(i, j)), Addressees: to, By: by, Event: r.event})
}

// askedHere reports whether one of the last asks stands in a passage.
func (r *reader) askedHere(p Passage) bool { return r.askedAt(p, max(0, len(r.facts.Asks)-12)) }

// saidBy reports whether a comma stands at token k, and behind it who said what
// stands before it: ", Dr. Nok said."
func (s *sentence) saidBy(k int) bool {
	if !s.tok(k).is(",") {
		return false
	}
	p, ok := s.personAt(k + 1)
	return ok && saying[s.tok(p.nj).low]
}

// clauseEnd returns where the clause ends that begins at token i: at the end of
// the sentence, a semicolon, who said it, or another clause that asks.
func (s *sentence) clauseEnd(i int) int {
	for k := i; k < len(s.toks); k++ {
		t := s.tok(k)
		switch {
		case t.is(";"), t.is("”", "\"") && k > i+2 && k+1 < len(s.toks) && !s.tok(k+1).is("and", "or", ","):
			return k
		case t.is(",") && (saying[s.tok(k+1).low] && !s.tok(k+1).upper && strings.HasSuffix(s.tok(k+1).low, "d") && s.tok(k+2).upper || s.tok(k+1).is("he", "she", "they") && saying[s.tok(k+2).low]):
			return k
		case s.saidBy(k):
			return k
		case t.is(",") && s.tok(k+1).is("and") && s.tok(k+2).is("we", "they", "he", "she"):
			return k
		}
	}
	end := len(s.toks)
	for end > i && s.tok(end-1).kind == mark && !s.tok(end-1).is(")", "”") {
		end--
	}
	return end
}

// impersonal reads "It is high time that the police look into …" and "it would
// be best for the Ministry to open …".
func (r *reader) impersonal(s *sentence) {
	for i := 0; i+4 < len(s.toks); i++ {
		if !s.tok(i).is("it") {
			continue
		}
		k := i + 1
		if s.tok(k).is("would", "will", "should") && s.tok(k+1).is("be") {
			k++
		}
		if !s.tok(k).is("is", "be", "was", "remains", "seems") {
			continue
		}
		k++
		if s.tok(k).is("up") && s.tok(k+1).is("to") {
			end := s.clauseEnd(k + 2)
			if to := r.toVerb(s, k+2, end); to > 0 && s.bidden(to+1) {
				last := to
				for last > k+3 && s.tok(last-1).is("now", "alone", "then", "also") {
					last--
				}
				if who := r.addressed(s, k+2, last); len(who) > 0 && r.headWhom(s, k+2, last) {
					for n := to + 2; n < end; n++ {
						if s.tok(n).is(",") && (saying[s.tok(n+2).low] || saying[s.tok(n+3).low] || saying[s.tok(n+4).low]) {
							end = n
						}
					}
					r.ask(s, to+1, end, 0.75, who, r.asker(s, i)) // "It is up to the brands to repay …"
					return
				}
			}
		}
		for n := 0; n < 4 && !needed[s.tok(k).low] && s.tok(k).kind == word && (strings.HasSuffix(s.tok(k).low, "ly") || s.tok(k).is("also", "high", "most", "more", "now", "a", "matter", "of", "the", "just", "as", "thus", "only")); n++ {
			k++
		}
		if !needed[s.tok(k).low] {
			continue
		}
		adj := s.tok(k)
		k++
		if end := s.between(k); end > k {
			k = end // "it is essential, they write, that …"
		}
		switch {
		case s.tok(k).is("to") && s.bidden(k+1) && adj.is("suggested", "recommended", "proposed"):
			end := s.clauseEnd(k + 1)
			r.ask(s, k+1, end, 0.75, nil, r.asker(s, i))
			i = end
		case s.tok(k).is("that"):
			from := k + 1
			end := s.clauseEnd(from)
			had := len(r.facts.Asks)
			if r.thatThey(s, i, from, end) || r.thatItBe(s, i, from, end) {
				i = end
			} else if adj.is("suggested", "recommended", "proposed", "requested", "demanded", "urged", "asked") {
				r.ask(s, from, end, 0.75, nil, r.asker(s, i))
			}
			if len(r.facts.Asks) > had {
				i = end
			}
		case s.tok(k).is("for"):
			end := s.clauseEnd(k)
			to := r.toVerb(s, k+1, end)
			if to > 0 && s.tok(to).is("to") && r.headWhom(s, k+1, to) {
				if who := r.addressed(s, k+1, to); len(who) > 0 {
					r.ask(s, to+1, end, 0.75, who, r.asker(s, i))
					i = end
				}
			}
		}
	}
}

// between returns the token behind a short insertion between commas that begins
// at token k, k if there is none.
func (s *sentence) between(k int) int {
	if s.tok(k).is(",") {
		for j := k + 2; j < k+8; j++ {
			if s.tok(j).is(",") {
				return j + 1
			}
		}
	}
	return k
}

// fronted reads asks whose addressee comes first: "To the leaders of ASEAN, who
// …, we appeal to …", "To the Secretary-General goes the advice to …".
func (r *reader) fronted(s *sentence) {
	i := 0
	for s.tok(i).is("and", "finally", ",", "lastly", "but") {
		i++
	}
	if !s.tok(i).is("to", "of", "from") {
		return
	}
	i++
	for k := i + 1; k+3 < len(s.toks) && k < i+40; k++ {
		t := s.tok(k)
		verb := k + 1
		switch {
		case t.is("we", "they", "she", "he", "participants", "i"):
			for s.tok(verb).is("also", "therefore", "further", "would", "like") {
				verb++
			}
			if !s.tok(verb).is("appeal", "appealed", "appeals", "say", "request", "ask", "asked", "demand", "demanded", "require", "expect", "expected", "direct", "addressed", "address") {
				continue
			}
			for n := 0; n < 5 && !s.tok(verb+1).is("to", "that", ":"); n++ {
				verb++
			}
		case t.is("goes", "went", "go") && s.tok(k+1).is("the", "a", "our", "another", "their"):
			for n := 0; n < 5 && !s.tok(verb+1).is("to", "that"); n++ {
				verb++
			}
		default:
			continue
		}
		if !s.tok(verb+1).is("to", "that", ":") {
			return
		}
		end := i
		for end < k && !s.tok(end).is(",", "who", "which") {
			end++
		}
		if who := r.addressed(s, i, end); len(who) > 0 {
			r.ask(s, verb+2, s.clauseEnd(verb+2), 0.8, who, "")
		}
		return
	}
}

// advised reads "recommend to the Cabinet opening a registration" and
// "suggested to employers that …".
func (r *reader) advised(s *sentence) {
	for i := 1; i+4 < len(s.toks); i++ {
		if s.tok(i).is("ask", "asks", "asked", "demand", "demanded", "demands", "expect") && s.tok(i+1).is("of", "from") {
			for k := i + 3; k < i+18 && k+3 < len(s.toks); k++ {
				if t := s.tok(k); t.is("that", "to") && k+3 < len(s.toks) {
					last := k
					if s.tok(k-1).is("is", "was") {
						last-- // "What we ask of the government is that it …"
					}
					if who := r.addressed(s, i+2, last); len(who) > 0 {
						if s.tok(k+1).is("they", "it") {
							k++
						}
						r.ask(s, k+1, s.clauseEnd(k+1), 0.75, who, r.asker(s, i)) // "ask of all that they …"
						return
					}
				}
			}
		}
		if !s.tok(i).is("recommend", "recommends", "recommended", "suggest", "suggests", "suggested", "propose", "proposes", "proposed", "advise", "advised") {
			continue
		}
		if s.tok(i+1).is("to") && s.tok(i+2).kind == word && !s.tok(i+2).upper && !functionWords[s.tok(i+2).low] && strings.HasPrefix(s.tok(i).low, "recommend") && s.askerBefore(i) {
			end := s.clauseEnd(i + 2)
			for k := i + 5; k < end; k++ {
				if _, _, again := callOn(s, k); again && s.calledAnew(k) {
					for end = k; end > i+2 && s.tok(end-1).is(",", "and", "we", "they", "he", "she", "also", "further", "it"); end-- {
					}
				}
			}
			r.ask(s, i+2, end, 0.75, nil, r.asker(s, i)) // "recommended to establish a list"
			return
		}
		if s.tok(i+1).is("to") && !s.tok(i-1).is("was", "were", "been", "is", "are") {
			for k := i + 3; k < i+20 && k+2 < len(s.toks); k++ {
				if m, ok := s.orgs[k-1]; ok && m.j > k {
					k = m.j
				}
				t := s.tok(k)
				if isGerund(t) || t.is("that") || t.is("to") && s.bidden(k+1) && r.headWhom(s, i+2, k) {
					if who := r.addressed(s, i+2, k); len(who) > 0 {
						if t.is("that", "to") {
							k++
						}
						r.ask(s, k, s.clauseEnd(k), 0.8, who, r.asker(s, i))
						return
					}
				}
				if t.kind == mark || t.is("to", "who", "which") {
					break
				}
			}
			continue
		}
		if t := s.tok(i + 1); isGerund(t) && !s.tok(i-1).is("was", "were", "been", "is", "are", "the", "of") && s.askerBefore(i) {
			end := s.beforeCall(i+1, s.clauseEnd(i+1))
			for k := i + 4; k+4 < end; k++ {
				if s.tok(k).is("and") && s.tok(k+1).is("that") && r.thatThey(s, i, k+2, end) {
					end = k // "recommended paying in full, and that employers provide shade"
					break
				}
			}
			for k := i + 4; k < end; k++ {
				if s.tok(k).is(",") && s.tok(k+1).is("since", "because", "as", "for", "given", "so") || s.tok(k).is("and") && s.tok(k+1).is("recommended", "suggested", "proposed") {
					break
				}
			}
			r.ask(s, i+1, end, 0.75, nil, r.asker(s, i)) // "recommended abolishing the fee"
			return
		}
	}
}

// askerBefore reports whether somebody who asks stands right before the verb at
// token i.
func (s *sentence) askerBefore(i int) bool {
	k := i
	for k > 0 && (s.tok(k-1).is("also", "further", "jointly", "then", "therefore") || strings.HasSuffix(s.tok(k-1).low, "ly")) {
		k--
	}
	for _, p := range s.persons {
		if p.nj < k && p.j >= k-1 && s.tok(k-1).is(",") && p.j > p.nj {
			return true // "Mr. A, Officer of BWI, recommended"
		}
	}
	t := s.tok(k - 1)
	_, org := s.orgEnding(k)
	return org || s.isPerson(k-1) || peopleNouns[t.low] || canBeAsked(t.low) || t.is("he", "she", "they", "we", "it", "group", "report", "study", "groups", "meeting", "and", "workshop", "forum", "authors", "commissioners")
}

// whatIsNeeded reads "What is needed, she said, is a law that …" and "What we
// ask of employers is to …".
func (r *reader) whatIsNeeded(s *sentence) {
	i := 0
	for i < 6 && i < len(s.toks) && !s.tok(i).is("what") {
		i++
	}
	if !s.tok(i).is("what") {
		return
	}
	cue, who := false, []string(nil)
	for k := i + 1; k < i+24 && k+2 < len(s.toks); k++ {
		t := s.tok(k)
		if t.is("needed", "needs", "need", "want", "wants", "wanted", "demand", "demanded", "ask", "asked", "require", "required", "missing", "recommend", "recommended", "called") && !t.upper && !s.tok(k+1).is("to") {
			cue = true
			if s.tok(k+1).is("of", "from") {
				end := k + 2
				for end < k+14 && !s.tok(end).is("is", "was", ",") {
					end++
				}
				who = r.addressed(s, k+2, end)
			}
		}
		if cue && t.is("is", "was") && !s.tok(k+1).is("needed", "wanted", "required", "missing", "called", "not", "asked", "demanded") {
			from := k + 1
			if s.has(from, len(s.toks), set("below following")) || s.tok(len(s.toks)-1).is(":") {
				return // it stands below
			}
			if s.tok(from).is("that", "for") {
				if s.tok(from).is("for") {
					if to := r.toVerb(s, from+1, len(s.toks)); to > 0 {
						if named := r.addressed(s, from+1, to); len(named) > 0 {
							who, from = named, to
						}
					}
				}
				from++
			} else if s.tok(from).is("to") {
				from++
			}
			r.ask(s, from, s.clauseEnd(from), 0.75, who, r.asker(s, i))
			return
		}
	}
}

// letThem reads a wish in quotation marks: "“Let the inspectors come at night,”
// he said."
func (r *reader) letThem(s *sentence) {
	for i := 0; i+3 < len(s.toks); i++ {
		if !s.tok(i).is("let") || i > 0 && !s.tok(i-1).is("“", "\"", ",", "please") {
			continue
		}
		for k := i + 2; k < i+9 && k+2 < len(s.toks); k++ {
			t := s.tok(k)
			if _, ok := s.orgEnding(k); t.kind == word && !t.upper && (ok || canBeAsked(s.tok(k-1).low)) && !canBeAsked(t.low) && !functionWords[t.low] && r.headWhom(s, i+1, k) {
				if who := r.addressed(s, i+1, k); len(who) > 0 {
					r.ask(s, k, s.clauseEnd(k), 0.7, who, r.asker(s, i))
				}
				return
			}
		}
	}
}
