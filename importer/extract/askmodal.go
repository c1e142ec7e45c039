package extract

import "strings"

// should notes what a sentence says that somebody asked should do: "The
// Ministry should also post an attaché." Only a text that pleads, a sentence
// that says who said so, or one that goes on after another ask states a
// demand by it. What was asked since had stands already.
func (r *reader) should(s *sentence, had int) {
	states := r.pleads() || r.askSection
	pleads := states || r.askedIn == s.block || s.proposes(r.prev)
	own := r.wantsItself(s)
	if !pleads && !own && !s.reported() {
		return
	}
	for i := 0; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok && !s.speech(i, c) {
			i = c
			continue
		}
		verb := r.modal(s, i)
		if verb == 0 || s.tok(i).is("could", "please", "shall") || s.tok(i).is("has", "have") && !states && !s.insists() {
			continue
		}
		if s.tok(verb).is("not") {
			verb++
		}
		subject := s.beforeInsertion(i)
		from := r.whoShould(s, subject)
		if from >= 0 && own && !pleads && (from > 1 || !askVerbs[s.tok(verb).low]) && !s.reported() {
			continue
		}
		passive := from < 0 && s.thingShould(i, verb, pleads)
		if passive {
			from = s.subjectStart(i)
		}
		if from < 0 {
			continue
		}
		end := s.spokenEnd(i)
		for k := verb + 2; k < end; k++ {
			if s.tok(k).is("and") && s.tok(k+1).is("that") && s.has(k+2, k+12, set("should must ought have has need needs")) || s.tok(k).is(",") && (s.tok(k+1).is("and", "while", "whereas") && s.has(k+2, k+14, set("should must urge call demand ask recommended urged called demanded asked recommends urges calls")) || s.tok(k).is(",") && saying[s.tok(k+1).low] || s.tok(k+1).is("it", "he", "she", "they", "the") && s.has(k+2, k+5, saying) || s.saidBy(k)) || s.tok(k).is(";") {
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
		num := r.prev.endingNumber(s)
		if passive && end-verb >= 2 {
			r.ask(s, from, end, 0.7, r.byWhom(s, verb), r.asker(s, from))
			i = end
			continue
		}
		if end-verb < 3 || s.tok(verb).is("be", "have", "know", "understand", "remember") {
			continue
		}
		r.facts.Asks = append(r.facts.Asks, Ask{Number: num, Found: s.found(from, end, 0.75), Words: clean(s.words(from, end)), Addressees: r.addressed(s, from, r.beforeClause(s, from, subject)), By: r.asker(s, from), Event: r.event})
		i = end
	}
}

// wantsItself reports whether a text that has asked for something before goes on,
// in its own voice, to say what somebody should do: "MHLW should also inspect
// the shops." What should happen on a day, it only expects.
func (r *reader) wantsItself(s *sentence) bool {
	return len(r.facts.Asks) > 0 && len(s.dates) == 0 && !s.has(0, len(s.toks), set("soon shortly expected then")) && s.has(0, len(s.toks), set("should must ought"))
}

// endingNumber returns the number with which a sentence ends and that belongs to
// what the next says: "… two of which are: no. 2. States should …".
func (s *sentence) endingNumber(next *sentence) string {
	if s == nil || s.block != next.block || len(s.toks) < 3 {
		return ""
	}
	n := len(s.toks) - 1
	if s.tok(n).is(".") && s.tok(n-1).kind == number && s.tok(n-2).is("no.", "no", ":", ";", "and", "recommendation") {
		return s.tok(n - 1).text
	}
	return ""
}

// proposes reports whether the sentence before says that proposals follow.
func (s *sentence) proposes(prev *sentence) bool {
	return prev != nil && prev.has(0, len(prev.toks), set("recommendations proposals demands requests"))
}

// beforeInsertion returns where those end who should, before what stands between
// commas right before token i: "Hospitals, for their part, should".
func (s *sentence) beforeInsertion(i int) int {
	for _, more := range []string{"for their part", "for its part", "on their part", "on its part", "on their side", "on its side", "in turn", "as well", "too", "themselves", "itself", "likewise", "together", "alike"} {
		if start := i - strings.Count(more, " ") - 1; start > 0 {
			if end, ok := s.follows(start, more); ok && end == i {
				return start // "The companies for their part must"
			}
		}
	}
	if s.tok(i - 1).is(",") {
		for k := i - 3; k > 0 && k > i-11; k-- {
			if s.insertionEnd(k) == i {
				return k
			}
		}
	}
	return i
}

// listStart goes back over a list to its first part: "The governments of Burma,
// Cambodia and Laos".
func (r *reader) listStart(s *sentence, from, i int) int {
	for k := from; k > 0 && i-k < 20; k-- {
		t := s.tok(k - 1)
		if t.is(":", ";", ".", "that", "“", "\"") || k == 1 && t.kind == word {
			if k == 1 && t.kind == word && !t.is("that") {
				k--
			}
			if k < from && r.headWhom(s, k, from-1) && len(r.addressed(s, k, i)) > 0 {
				return k
			}
			break
		}
		if t.kind == word && !t.upper && !canBeAsked(t.low) && !t.is("of", "the", "and", "all", "both", "as", "well") || t.kind == mark && !t.is(",") {
			break
		}
	}
	return from
}

// subjectStart returns where the clause begins whose verb is at token i.
func (s *sentence) subjectStart(i int) int {
	from := i
	for from > 0 {
		if m, ok := s.orgEnding(from); ok && m.i < from {
			from = m.i
			continue
		}
		t := s.tok(from - 1)
		if t.is(",", ":", ";", ".", "that", "“", "\"") || saying[t.low] && !t.upper {
			break
		}
		from--
	}
	for from < i && s.tok(from).is("and", "but", "so", "then") {
		from++
	}
	return from
}

// behindOpening returns where a clause begins behind words that only say when or
// how it is meant: "Last, HRD Korea", "In her view the Commission".
func (s *sentence) behindOpening(from, i int) int {
	if s.tok(from).is("in", "from", "to") && s.tok(from+1).is("her", "his", "their", "our", "my") && s.tok(from+2).is("view", "opinion", "eyes", "words", "mind", "judgement", "judgment", "experience") {
		from += 3
		if s.tok(from).is(",") {
			from++
		}
		return min(from, i)
	}
	if !s.tok(from).is("last", "lastly", "finally", "first", "firstly", "second", "secondly", "third", "thirdly", "moreover", "furthermore", "besides", "also", "likewise", "similarly", "meanwhile", "in", "at", "for", "with", "as", "to", "after", "before", "by", "above", "among", "instead", "therefore", "above", "next", "on") {
		return from
	}
	for k := from + 1; k < from+9 && k < i-1; k++ {
		if s.tok(k).is(",") {
			if s.tok(from).is("for") && k+1 < i && s.tok(k+1).is("and") {
				break
			}
			return k + 1
		}
	}
	return from
}

// reported reports whether a sentence tells what somebody said.
func (s *sentence) reported() bool {
	for i := range s.toks {
		if t := s.tok(i); saying[t.low] && !t.upper && (strings.HasSuffix(t.low, "ed") || t.is("said", "says", "told", "spoke")) {
			return true
		}
		if s.tok(i).is("considers", "considered", "consider", "insists", "insist", "convinced", "mind", "believes", "believe") && s.tok(i+1).is("that") || s.tok(i).is("put") && s.tok(i+1).is("it") && s.has(i, i+6, set(":")) {
			return true
		}
		if s.tok(i).is("held", "wrote", "felt", "thought", "believed", "found", "ruled") && s.tok(i+1).is("that") {
			return true
		}
		if s.tok(i).is("view", "opinion", "judgement") && s.tok(i-1).is("her", "his", "their", "the") || s.tok(i).is("according") && s.tok(i+1).is("to") {
			return true
		}
	}
	return false
}

// insists reports whether a sentence tells that somebody insists on something, so
// that what somebody "has to" do is no mere state of the law.
func (s *sentence) insists() bool {
	if s.tok(0).is("for", "according") && len(s.persons) > 0 && s.persons[0].i < 4 {
		return true // "For Ms. Ngoc, the Ministry has to …"
	}
	for i := range s.toks {
		if s.tok(i).is("insisted", "insists", "considers", "considered", "demanded", "stressed", "urged", "convinced", "mind", "agreed", "concluded", "felt") && s.tok(i+1).is("that") {
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
	for from > 0 && i-from < 20 {
		if m, ok := s.orgEnding(from); ok && m.i < from {
			from = m.i
			continue
		}
		t := s.tok(from - 1)
		if t.is(",", ":", ";", ".", "that", "“", "\"") && !(t.is("that") && canBeAsked(s.tok(from-2).low) && (askVerbs[s.tok(from).low] || s.tok(from).is("have", "has", "are", "do", "still"))) || saying[t.low] && !t.upper {
			break
		}
		from--
	}
	from = r.listStart(s, from, i)
	i = r.beforeClause(s, from, i)
	if s.has(max(0, from-2), i, set("if when whether which who why how what where because unless workers migrants employees participants he she they it we you i this these there")) {
		return -1
	}
	for from < i && s.tok(from).is("and", "but", "so", "then") {
		from++
	}
	from = s.behindOpening(from, i)
	if i-from >= 14 && !s.hasOrg(from+s.article(from)) || s.has(from, i, set("– — -")) || !r.headWhom(s, from, i) {
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
		return org || canBeAsked(s.tok(k-1).low) || r.placeEnding(s, k) || s.isPerson(k-1)
	}
	for k := i + 1; k < j; k++ {
		if s.tok(k).is("“", "\"") {
			break
		}
		if s.tok(k).is("of", "in", "from", "at", "for", "to", "who", "and", "on", "near", "along", "across", "around", "under", "outside", "with") && isHead(k) {
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
	return s.tok(k-2).is("of") && canBeAsked(s.tok(k-3).low) || s.tok(k-2).is("the", "their", "its") && s.tok(k-3).is("of") && canBeAsked(s.tok(k-4).low)
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
