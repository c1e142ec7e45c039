package extract

// enumerated reads asks that one sentence lists behind a colon: "recommended
// the following: first, that officials accept …; second, that …". It reports
// whether it found any.
func (r *reader) enumerated(s *sentence) bool {
	colon := -1
	for i := range s.toks {
		if s.tok(i).is(":") && i > 1 {
			colon = i
			break
		}
	}
	these := colon > 0 && s.tok(0).is("these", "they") && s.has(1, colon, set("include included are were")) && r.prev != nil && r.prev.has(0, len(r.prev.toks), set("recommendations demands"))
	if these {
		return r.listOf(s, colon)
	}
	if colon > 0 && !s.has(colon, len(s.toks), set(";")) && r.countedList(s, colon) {
		return true
	}
	if colon > 0 && !s.has(colon, len(s.toks), set(";")) && r.plainList(s, colon) {
		return true
	}
	if colon < 0 || colon+4 > len(s.toks) || !s.has(0, colon, asksFor) || s.has(0, colon, set("objectives aimed aims objective topics questions themes speakers sessions")) || !s.has(0, colon, set("recommendations recommended recommend recommends demands demanded demand called calls call urged urge urges proposals proposed appealed asks requests")) || !s.has(colon, len(s.toks), set(";")) {
		return false
	}
	return r.listOf(s, colon)
}

// marked reads asks that one sentence numbers without a colon: "recommends that
// the government (i) create a fund, (ii) permit …, and (iii) hold …". A lone
// number goes on with those of the sentence before.
func (r *reader) marked(s *sentence) bool {
	var at []int // the tokens of the marks
	for i := 1; i+3 < len(s.toks); i++ {
		if n := s.mark(i); n > 0 {
			at = append(at, i)
			i += n - 1
		}
	}
	if len(at) == 0 || len(at) == 1 && r.askedIn != s.block || len(at) > 1 && !s.firstMark(at[0]) {
		return false
	}
	lead := at[0]
	to, calls := []string(nil), false
	for i := 0; i < lead; i++ {
		j, _, ok := callOn(s, i)
		if from, _, passive := r.passiveCall(s, i); passive && len(to) == 0 {
			to, calls = r.addressed(s, from, i), true
			continue
		}
		if !ok || j > lead {
			if s.tok(i).is("should", "must") && len(to) == 0 {
				to, calls = r.addressed(s, s.subjectStart(i), i), true
			}
			continue
		}
		end := j
		for end < lead && !s.tok(end).is("to", "should", "must", ":") {
			end++
		}
		for j < end && s.tok(j).is("that", "to") {
			j++
		}
		if calls = true; j < end || len(to) == 0 {
			to = r.addressed(s, j, end)
		}
	}
	if !calls && !s.has(0, lead, asksFor) || s.has(0, lead, set("objectives aimed aims objective topics questions themes speakers sessions discussed asked")) && !calls {
		return false
	}
	n := 0
	for k, i := range at {
		end := len(s.toks)
		if k+1 < len(at) {
			end = at[k+1]
		}
		for end > i && s.tok(end-1).is(",", ";", "and", "or", "to") {
			end--
		}
		if r.oneOfList(s, i, end, to) {
			n++
		}
	}
	return n > 0
}

// asksFor reports whether a sentence says that somebody asked somebody else to
// do something.
func (s *sentence) asksFor() bool {
	for i := range s.toks {
		if j, thing, ok := callOn(s, i); ok && !thing && i > 0 && s.has(j, len(s.toks), set("to should")) && s.has(j, len(s.toks), whom) && !s.tok(i-1).is("please", "kindly", "be", "are", "is") && !s.tok(i).is("request", "ask", "encourage", "encouraged", "invite") {
			return true
		}
	}
	return false
}

// mark returns how many tokens a number takes that marks a part of a sentence:
// "(ii)", "2)", "no. 2."; 0 if none stands at token i.
func (s *sentence) mark(i int) int {
	t := s.tok(i)
	numeral := func(t *token) bool {
		return t.kind == number && len(t.text) < 3 || t.is("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "a", "b", "c", "d", "e", "f", "g", "h") && !t.upper
	}
	switch {
	case t.is("(") && numeral(s.tok(i+1)) && s.tok(i+2).is(")"):
		return 3
	case numeral(t) && s.tok(i+1).is(")") && !s.tok(i-1).is("("):
		return 2
	case t.is("no.", "no") && s.tok(i+1).kind == number && s.tok(i+2).is(".", ":", ")"):
		return 3
	}
	return 0
}

// firstMark reports whether the number at token i begins a list.
func (s *sentence) firstMark(i int) bool {
	for k := i; k < i+3; k++ {
		if s.tok(k).is("1", "i", "a") {
			return true
		}
	}
	return s.tok(i).is("no.", "no")
}

// listOf notes the asks that a sentence lists behind its colon.
func (r *reader) listOf(s *sentence, colon int) bool {
	lead := &sentence{block: s.block, toks: s.toks[:colon+1], orgs: s.orgs, persons: s.persons}
	to := r.askedOfIn(lead)
	for i := 0; i < colon && len(to) == 0; i++ {
		if j, _, ok := callOn(s, i); ok {
			end := j
			for end < colon && !s.tok(end).is("to", "that") {
				end++
			}
			to = r.addressed(s, j, end)
		}
	}
	n := 0
	from := colon + 1
	for k := from; k <= len(s.toks); k++ {
		if k < len(s.toks) && !s.tok(k).is(";") {
			continue
		}
		if r.oneOfList(s, from, k, to) {
			n++
		}
		from = k + 1
	}
	return n > 0
}

// oneOfList notes one ask of such a list, between tokens i and j.
func (r *reader) oneOfList(s *sentence, i, j int, to []string) bool {
	num := ""
	for i < j {
		t := s.tok(i)
		if s.mark(i) == 3 && t.is("(") {
			num = s.tok(i + 1).text
			i += 3
			continue
		}
		if t.kind == number && s.tok(i+1).is(")", ".") || t.is("i", "ii", "iii", "iv", "v", "a", "b", "c", "d", "e") && s.tok(i+1).is(")") {
			num = t.text
			i += 2
			continue
		}
		if t.kind == mark && !t.is("“", "\"") || t.is("and", "that", "to", "first", "firstly", "second", "secondly", "third", "thirdly", "fourth", "fifth", "finally", "lastly", "also") {
			i++
			continue
		}
		break
	}
	for j > i && s.tok(j-1).kind == mark && !s.tok(j-1).is(")", "”") {
		j--
	}
	if j-i < 2 || num == "" && j-i < 3 && !s.tok(j).is(";", ".") {
		return false
	}
	if s.tok(i-1).is("to") && r.headWhom(s, i, i+1) || s.tok(i-1).is("to") && s.tok(i).is("the", "all", "both") {
		for k := i + 1; k < i+9 && k+2 < j; k++ {
			if s.tok(k).is(",", ":") && r.headWhom(s, i, k) {
				to = r.addressed(s, i, k) // "three requests: to the police, to stop …; to the hospital, to hire …"
				for i = k + 1; s.tok(i).is("to", "that"); i++ {
				}
				break
			}
		}
	}
	if who := r.itemWhom(s.words(i, j), len(to) > 0); len(who) > 0 && !isGerund(s.tok(i)) { // "allowing organisations to visit" names nobody
		to = who
	}
	r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(i, j, 0.85), Words: clean(s.words(i, j)), Number: num, Addressees: to, By: r.asker(s, i), Event: r.event})
	return true
}
