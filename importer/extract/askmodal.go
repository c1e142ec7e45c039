package extract

import "strings"

// should notes what a sentence says that somebody asked should do: "The
// Ministry should also post an attaché." Only a text that pleads, a sentence
// that says who said so, or one that goes on after another ask states a
// demand by it. What was asked since had stands already.
func (r *reader) should(s *sentence, had int) {
	if !r.pleads() && r.askedIn != s.block && !s.reported() {
		return
	}
	for i := 1; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok && c-i < 30 {
			i = c
			continue
		}
		verb := i + 1
		switch {
		case s.tok(i).is("should", "must"):
		case s.tok(i).is("needs", "need", "ought") && s.tok(i+1).is("to"):
			verb++
		default:
			continue
		}
		for s.tok(verb).is("also", "now", "urgently", "immediately", "therefore", "first", "not") && !s.tok(verb).is("not") {
			verb++
		}
		from := r.whoShould(s, i)
		if from < 0 {
			continue
		}
		end := len(s.toks)
		for k := verb + 2; k < end; k++ {
			if s.tok(k).is(",") && (s.tok(k+1).is("and") && s.has(k+2, k+12, set("should must urge call demand ask")) || s.tok(k).is(",") && saying[s.tok(k+1).low] || s.tok(k+1).is("it", "he", "she", "they", "the") && s.has(k+2, k+5, saying)) || s.tok(k).is(";") {
				end = k
				break
			}
		}
		for end > verb && s.tok(end-1).kind == mark && !s.tok(end-1).is(")", "”") {
			end--
		}
		if at := s.found(from, end, 0).At; r.askedAt(at, had) {
			continue
		}
		if end-verb < 3 || s.tok(verb).is("be", "have", "know", "understand", "remember") {
			continue
		}
		r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(from, end, 0.75), Words: clean(s.words(from, end)), Addressees: r.addressed(s, from, i), By: r.asker(s, from), Event: r.event})
		i = end
	}
}

// reported reports whether a sentence tells what somebody said.
func (s *sentence) reported() bool {
	for i := range s.toks {
		if t := s.tok(i); saying[t.low] && !t.upper && (strings.HasSuffix(t.low, "ed") || t.is("said", "says", "told", "spoke")) {
			return true
		}
	}
	return false
}

// askedAt reports whether one of the asks noted since then stands in a passage.
func (r *reader) askedAt(p Passage, since int) bool {
	for _, a := range r.facts.Asks[since:] {
		if a.At.Block == p.Block && a.At.From < p.To && p.From < a.At.To {
			return true
		}
	}
	return false
}

// whoShould returns where those begin who are the subject of the "should" at
// token i, -1 if it is nobody who can be asked, or a condition.
func (r *reader) whoShould(s *sentence, i int) int {
	from := i
	for from > 0 && i-from < 14 {
		t := s.tok(from - 1)
		if t.is(",", ":", ";", ".", "that", "“", "\"") || saying[t.low] && !t.upper {
			break
		}
		from--
	}
	if s.has(max(0, from-2), i, set("if when whether which who why how what where because unless workers migrants employees participants he she they it we you i this these there")) {
		return -1
	}
	for from < i && s.tok(from).is("and", "but", "so", "then") {
		from++
	}
	if i-from >= 14 || s.has(from, i, set("– — -")) || !r.headWhom(s, from, i) {
		return -1
	}
	if len(r.addressed(s, from, i)) == 0 {
		return -1
	}
	return from
}

// headWhom reports whether the noun that tokens i to j are about is one of
// those who can be asked: the last, or the last before "of" or "in".
func (r *reader) headWhom(s *sentence, i, j int) bool {
	isHead := func(k int) bool {
		_, org := s.orgEnding(k)
		return org || whom[s.tok(k-1).low] || r.placeEnding(s, k) || s.isPerson(k-1)
	}
	for k := i + 1; k < j; k++ {
		if s.tok(k).is("“", "\"") {
			break
		}
		if s.tok(k).is("of", "in", "from", "at", "for", "to", "who", "and") && isHead(k) {
			return true
		}
	}
	return isHead(j)
}

// placeEnding reports whether a place ends right before token i.
func (r *reader) placeEnding(s *sentence, i int) bool {
	for k := i - 1; k >= 0 && k > i-5; k-- {
		if _, end, ok := find(s, k, r.gaz.places); ok && end == i {
			return true
		}
	}
	return false
}

// ofWhom reports whether those who can be asked end right before token k with
// what they are of: "countries of origin", "the owners of the factory".
func (s *sentence) ofWhom(k int) bool {
	if s.tok(k-1).is("the", "their", "its", "all", "of") {
		return false
	}
	return s.tok(k-2).is("of") && whom[s.tok(k-3).low] || s.tok(k-2).is("the", "their", "its") && s.tok(k-3).is("of") && whom[s.tok(k-4).low]
}

// placeIs reports whether tokens i to j are the name of a place.
func (r *reader) placeIs(s *sentence, i, j int) bool {
	_, end, ok := find(s, i, r.gaz.places)
	return ok && end == j
}

// pleads reports whether the text is one that asks: a statement, a letter.
func (r *reader) pleads() bool {
	t := strings.ToLower(r.text.Title)
	for _, w := range []string{"statement", "letter", "appeal", "petition", "demand", "recommendation", "call on", "calls on", "call for", "declaration", "position paper", "submission"} {
		if strings.Contains(t, w) {
			return true
		}
	}
	for i := 0; i < len(r.text.Blocks) && i < 3; i++ {
		if b := r.text.Blocks[i].Text; strings.HasPrefix(b, "We ") || strings.HasPrefix(b, "We, ") {
			return true // written in the name of those who sign it
		}
	}
	return false
}

// thatItBe reads an ask that names nobody: "we ask that the fee be capped".
func (r *reader) thatItBe(s *sentence, i, j, end int) bool {
	// "that the law define fees, that agencies be liable, and that …": one clause
	// says of all in which mood they are.
	var clauses [][2]int
	wished := false
	for from := j; from < end; {
		to := from
		for to < end && !(s.tok(to).is("that") && s.tok(to-1).is(",", "and")) {
			to++
		}
		last := to
		for last > from && s.tok(last-1).is(",", "and", ";") {
			last--
		}
		if last-from > 2 {
			clauses = append(clauses, [2]int{from, last})
			wished = wished || s.wished(from, last)
		}
		from = to + 1
	}
	if !wished {
		return false
	}
	for _, c := range clauses {
		r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(c[0], c[1], 0.75), Words: clean(s.words(c[0], c[1])), By: r.asker(s, i), Event: r.event})
	}
	return true
}

// wished reports whether a clause says what should be: "complaints be settled".
func (s *sentence) wished(from, end int) bool {
	for k := from + 1; k < from+10 && k < end-1; k++ {
		t := s.tok(k)
		if t.kind != word || t.is("is", "are", "was", "were", "will", "that") {
			return false
		}
		if t.is("be") && !s.tok(k-1).is("to") {
			return true
		}
	}
	return false
}
