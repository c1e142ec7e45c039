package extract

import "strings"

// groupNouns are those who come from an organisation to an event, other than
// peopleNouns.
var groupNouns = set(`representative delegation delegations friends colleagues consul consuls team teams officers officer observer delegate official contingent envoys
	comrades sisters brothers staffers attachés secretaries directors heads chiefs counsel`)

// wasThere are what those do of whom a sentence says no more than that they came.
var wasThere = set(`came come coming sat were was there stood joined included include present attended from`)

// groups notes the organisations of whose people a sentence says that they were
// there, whatever they did: "Officials of A and B sat in the front row", "Among
// them were colleagues from C", "The delegates came from D, E and F".
func (r *reader) groups(s *sentence, e *Event) {
	if len(s.dates) > 0 && s.dates[0].span.From != e.Held.Span.From || s.ofAnotherYear(e) || s.has(0, len(s.toks), set("interviewed surveyed arrested detained objectives aimed aims yesterday tomorrow")) {
		return
	}
	for i := 0; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		from := 0
		switch t := s.tok(i); {
		case t.kind != word && !t.is(":") || t.upper && i > 0:
		case (peopleNouns[t.low] || groupNouns[t.low]) && s.tok(i+1).is("of", "from") && r.wereThere(s, i):
			from = i + 2
		case t.is("from", "by") && r.cameWhence(s, i):
			from = i + 1
		case t.is("were", "sat", "was", "stood", "came", ":") && i < 8 && s.tok(0).is("in", "at", "among", "around", "on", "next", "also", "beside") && s.has(1, i, set("audience row rows table tables room hall side those guests listeners participants attendance")) && (r.orgNext(s, i+1) || t.is(":")):
			from = i + 1
		case t.is("did") && s.tok(i-1).is("as", "so"):
			from = i + 1
		case t.is("came") && s.tok(0).is("from") && r.placeEnding(s, i):
			from = i + 1
		}
		if from == 0 {
			continue
		}
		list, end := r.fromWhom(s, from)
		if len(list) == 0 && s.tok(i).is("did") {
			list, end = r.list(s, from) // "as did the foundation Friends of Asia"
		}
		for _, m := range list {
			r.addParty(e, s, m, Represented, min(0.85, m.sure))
		}
		if len(list) > 0 {
			i = end - 1
		}
	}
}

// wereThere reports whether the people at token i are told to have been at the
// event: they are the subject of a clause, or stand behind what says so.
func (r *reader) wereThere(s *sentence, i int) bool {
	k := i // where those begin who came, before what is said of them
	for k > 0 && k > i-5 && (s.describes(k-1) && !s.tok(k-1).is("them", "those", "also", "me", "us") && !wasThere[s.tok(k-1).low] && !saying[s.tok(k-1).low] || s.tok(k-1).is("the", "a", "an", "some", "several", "many", "two", "three", "our") || s.tok(k-1).kind == number) {
		k--
	}
	prev := s.tok(k - 1)
	switch {
	case prev.is("also") && s.tok(k-2).is(","):
		return true
	case k == 0, prev.is("also") && k == 1:
	case wasThere[prev.low] && (s.has(max(0, k-13), k-1, set("among amongst there they these side hosts present")) || prev.is("came", "sat", "stood")):
		return true
	case prev.is("and", ",", ";"):
		before := s.tok(k - 2)
		return before.is("them", "those", "attended", "listened", "came") || s.nounsAgo(k-1) && r.doesAfter(s, i)
	case s.tok(k-2).is("among", "amongst") && prev.is("them", "those"):
		return true
	case prev.is("to") && s.tok(k-2).is("next"), prev.is("see", "welcome", "welcomed", "greeted", "beside"):
		return true
	default:
		return prev.is("including") && r.countedIn(s)
	}
	return r.doesAfter(s, i)
}

// nounsAgo reports whether the clause before token k told that people were there.
func (s *sentence) nounsAgo(k int) bool {
	return s.tok(0).upper && (peopleNouns[s.tok(0).low] || groupNouns[s.tok(0).low]) && len(s.orgsIn(0, k)) > 0 || s.tok(k-1).is("along", "there", "too", "attended", "together", "listened")
}

// doesAfter reports whether behind the organisations that the people at token i
// are of a verb says that they did something, and nothing was done to them.
func (r *reader) doesAfter(s *sentence, i int) bool {
	list, end := r.fromWhom(s, i+2)
	if len(list) == 0 {
		return false
	}
	v := end
	for s.tok(v).is("also", "both", "all", "too", "then", ",") {
		v++
	}
	t := s.tok(v)
	switch {
	case t.kind != word || t.upper || t.is("who", "which", "that", "to", "whose", "is", "are", "will", "should", "must", "can", "may", "in", "on", "at", "for", "with", "by"):
		return false
	case t.is("were", "was"):
		n := s.tok(v + 1)
		return n.is("also", "there", "present", "among", "represented", "in", "on", "with", "able", "all", "both", "welcomed", "seated")
	case t.is("said", "told", "estimate", "estimated", "believe", "found", "find", "say", "report", "urged", "called", "want", "have", "need", "know") && !(t.is("have") && s.tok(v+1).is("confirmed", "attended", "come", "joined")):
		return false
	}
	return !s.has(v, v+4, set("arrest arrested raided"))
}

// cameWhence reports whether "from" or "by" at token i says whence those came who
// were counted: "They came from", "The delegates were from", "sent by".
func (r *reader) cameWhence(s *sentence, i int) bool {
	k := i - 1
	switch {
	case s.tok(k).is("sent") && s.tok(i).is("by") && s.tok(k-1).is("been", "were"):
		k--
	case s.tok(i).is("by"):
		return false
	case s.tok(k).is("coming", "came", "come", "drawn", "were", "attended") || s.tok(k).is(",") && s.tok(k-1).is("attended", "came", "joined"):
	default:
		return false
	}
	if k < 8 && (s.tok(0).is("they", "these", "those", "all", "most") && len(r.facts.Events[r.event].Counts) > 0 && s.nth > 0 || present[s.tok(k-1).low] && k < 6 || s.has(0, k, present) || s.has(0, k, set("delegates visitors participants guests travellers trainees"))) {
		return true
	}
	return s.has(max(0, i-6), i, set("participants attendees delegates visitors trainees")) || r.countedIn(s) && s.tok(k-1).is(",", "who") && i < 16
}

// fromWhom reads the organisations of a list from token i on, in which others
// stand that are none: "A, recruitment agencies and the University B". The list
// ends at the verb.
func (r *reader) fromWhom(s *sentence, i int) (out []orgMention, end int) {
	k, parted := i, true
	for k < len(s.toks) && k < i+90 {
		t := s.tok(k)
		if m, ok := s.orgs[k]; ok {
			if !s.tok(m.j-1).owns && !s.tok(m.j-1).is("state", "states", "region", "regions", "province", "provinces", "township", "district") && !s.tok(m.j).is("member", "members", "countries", "states") {
				out = append(out, m)
			}
			k, parted = m.j, false
			continue
		}
		if t.kind == word && t.upper && parted && len(out) > 0 && !s.isPerson(k) {
			if m, ok := r.unknownOrg(s, k); ok && m.j > k+1 && !r.dateHere(s, k) && !r.placeIs(s, k, m.j) {
				out = append(out, m)
				k, parted = m.j, false
				continue
			}
		}
		if _, after, ok := find(s, k, r.gaz.places); ok {
			k, parted = after, false
			continue
		}
		switch {
		case t.is(",", "and", "&", "of", "from", "the", "as", "well", "also", "its", "both", "including", "along", "(", ")"):
			parted = true
		case t.is("in") && k+1 < len(s.toks) && r.placeNext(s, k+1):
		case t.kind == mark || functionWords[t.low] || wasThere[t.low] || !parted && s.hasOrgBefore(k) || t.kind == word && !t.upper && !parted && (strings.HasSuffix(t.low, "ed") || saying[t.low]):
			return out, s.backOver(k)
		case t.kind == word && t.upper:
			parted = false
		default:
			parted = parted && !t.upper && !strings.HasSuffix(t.low, "s")
		}
		k++
	}
	return out, k
}

// placeNext reports whether a place begins at token i.
func (r *reader) placeNext(s *sentence, i int) bool {
	_, _, ok := find(s, i+s.article(i), r.gaz.places)
	return ok
}

// backOver goes back from token k over a comma or "and" that stands before it.
func (s *sentence) backOver(k int) int {
	for k > 0 && s.tok(k-1).is(",", "and") {
		k--
	}
	return k
}

// ofAnotherYear reports whether a sentence names a year in which the event was
// not held.
func (s *sentence) ofAnotherYear(e *Event) bool {
	for i := range s.toks {
		if y, _, ok := s.year(i); ok && e.Held.Span.From.Year > 0 && y != e.Held.Span.From.Year && s.tok(i-1).is("in", "since", "until", "of", "by") {
			return true
		}
	}
	return false
}
