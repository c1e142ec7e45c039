package extract

import "strings"

// askedOf notes an ask whose addressee comes first: "Owners were urged to …".
func (r *reader) askedOf(s *sentence) {
	for i := 1; i+2 < len(s.toks); i++ {
		from, to, ok := r.passiveCall(s, i)
		if !ok {
			continue
		}
		a := Ask{Addressees: r.addressed(s, from, i), Event: r.event}
		end := len(s.toks)
		for k := to + 2; k < end; k++ { // another passive, or a semicolon
			if s.tok(k).is(";") {
				end = k
			} else if s.tok(k).is("and") && s.tok(k-1).is(",") {
				for n := k + 2; n < k+9 && n < end; n++ {
					_, _, again := r.passiveCall(s, n)
					if _, _, calls := callOn(s, n); again || calls {
						end = k
					}
				}
			}
		}
		next := end
		for end > to && s.tok(end-1).kind == mark && !s.tok(end-1).is(")", "”") {
			end--
		}
		if len(a.Addressees) == 0 || end-to < 2 || s.has(from, i, present) || s.tok(from).is("each", "every") { // what all are told to do there is a task
			continue
		}
		if at, also := r.alsoAsked(s, to, end, to); at > 0 {
			r.ask(s, also+1, end, 0.8, r.addressed(s, at+1, also), "")
			for end = at; end > to && s.tok(end-1).is(","); end-- {
			}
		}
		a.Found, a.Words = s.found(to, end, 0.8), clean(s.words(to, end))
		r.facts.Asks = append(r.facts.Asks, a)
		i = next
	}
}

// passiveCall reads "Owners were kindly requested not to …", the verb of being
// at token i: where those begin who were asked, and what they were asked. "to"
// need not be followed by anything.
func (r *reader) passiveCall(s *sentence, i int) (from, what int, ok bool) {
	if !s.tok(i).is("were", "was", "are", "is") || i < 1 {
		return 0, 0, false
	}
	k := i + 1
	for k < i+4 && (strings.HasSuffix(s.tok(k).low, "ly") || s.tok(k).is("also", "therefore", "once", "again", "further")) {
		k++
	}
	switch {
	case s.tok(k).is("urged", "asked", "encouraged", "requested", "petitioned"):
		k++
	case s.tok(k).is("invited") && canBeAsked(s.tok(i-1).low) || s.tok(k).is("invited") && s.hasOrgBefore(i):
		if s.tok(k+1).is("to") && (!askVerbs[s.tok(k+2).low] || s.tok(k+2).is("join", "attend", "speak", "present", "comment", "participate", "take", "give", "share", "send", "respond", "reply", "join", "open", "contribute", "bring", "visit", "answer", "address", "discuss", "read", "host", "nominate", "write", "register", "explain", "listen", "meet", "see", "tell", "name", "put", "describe", "introduce", "draw")) {
			return 0, 0, false // to come
		}
		k++
	case s.tok(k).is("called") && s.tok(k+1).is("upon", "on"):
		k += 2
	default:
		return 0, 0, false
	}
	if s.tok(k).is("not") && s.tok(k+1).is("to") {
		what = k
	} else if s.tok(k).is("to") {
		what = k + 1
	} else if n := s.mark(k); n > 0 && s.tok(k+n).is("to") {
		what = k + n + 1 // "are called upon (a) to end detention"
	} else {
		return 0, 0, false
	}
	if s.tok(what).is("register") && !s.tok(what+1).is("every", "all", "the", "their", "those", "workers", "migrants") || s.tok(what).is("sign") && s.tok(what+1).is("up", "in", "on", "this", "petition", "attendance") || s.tok(what).is("apply", "rsvp", "confirm", "reply", "bring", "arrive", "join", "attend", "book", "share", "form", "write") || s.has(max(0, i-3), i, set("interested journalists readers applicants those")) {
		return 0, 0, false // what those are told to do who come
	}
	from = i
	for from > 0 && from > i-16 && !(s.tok(from-1).is("and") && s.tok(from-2).is(",")) && !s.tok(from-1).is(";", ":", ".", "that", "when", "where", "who", "because") {
		from--
	}
	return s.behindOpening(from, i), what, true
}
