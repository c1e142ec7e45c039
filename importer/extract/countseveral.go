package extract

import "strings"

// furtherPeople returns the last of several nouns that a number is of, the first
// of which stands at token noun: "24 officials and members of parliament", "118
// fishers, peelers, packers and their families". What bears a number of its own,
// and what is only one of those counted, is left out.
func (s *sentence) furtherPeople(noun int) int {
	noun = s.ofParliament(noun)
	last, k := noun, noun+1
	for k < noun+14 {
		and := s.tok(k).is("and", "&")
		if !and && !(s.tok(k).is(",") && !s.tok(noun).is("people", "persons", "participants", "delegates")) {
			return noun
		}
		k++
		if !and && s.tok(k).is("and") {
			and = true
			k++
		}
		if s.tok(k).is("their") {
			k++
		}
		for q := k + 2; k < q && s.tok(k).kind == word && !functionWords[s.tok(k).low] && !s.tok(k).isPeople() && s.tok(k+1).isPeople(); k++ {
		}
		t := s.tok(k)
		if t.kind != word || t.upper || t.owns || functionWords[t.low] || bodyNouns[t.low] || !(t.isPeople() || peopleNouns[t.low] || workerWords[t.low] || t.is("families", "relatives", "friends", "supporters", "peelers", "packers", "recruiters", "neighbours", "children") || !and && strings.HasSuffix(t.low, "ers")) {
			return noun
		}
		if last = s.ofParliament(k); and {
			return last
		}
		k = last + 1
	}
	return noun
}

// ofParliament is the end of "members of parliament", or token i.
func (s *sentence) ofParliament(i int) int {
	if s.tok(i).is("members") && s.tok(i+1).is("of") && s.tok(i+2).is("parliament", "congress") {
		return i + 2
	}
	return i
}

// cameIn reports whether those counted, the number of whom stands behind token q,
// are said to have taken part or come in by words that say it of nothing else:
// "Taking part were 24 officials", "to which over 130 women came", "Nearly 60
// persons registered".
func (r *reader) cameIn(s *sentence, q, noun int) bool {
	if r.came < 0 && r.sinceTold > 3 {
		return false
	}
	next := s.tok(noun + 1)
	switch {
	case s.tok(q).is("were") && s.tok(q-1).is("part") && s.tok(q-2).is("taking"):
		return true
	case s.tok(q).is("which") && s.tok(q-1).is("to"):
		return next.is("came", "turned", "flocked")
	case q >= s.start:
		return false
	case next.is("registered"):
		return s.tok(noun+2).kind == mark
	case next.is("squeezed", "crammed", "crowded"):
		return true
	}
	return next.is(",") && s.tok(noun+2).is("including") && s.has(noun+3, len(s.toks), set("squeezed crammed crowded filled came attended packed"))
}
