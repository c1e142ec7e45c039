package extract

// bareVerb returns where the verb stands, in its form without an ending, that
// those do who can be asked and begin at token from: "Countries of origin
// publish …", "Banks in Laos stop …"; -1 if none does.
func (r *reader) bareVerb(s *sentence, from, end int) int {
	first := from + s.article(from)
	for k := first + 1; k < end-1 && k < first+16; k++ {
		if m, ok := s.orgs[k-1]; ok && m.j > k {
			k = m.j
		}
		t := s.tok(k)
		if t.kind == mark && !t.is(",", "-", "’", "&") || t.is("to", "who", "which", "that", "should", "must") {
			return -1
		}
		if !askVerbs[t.low] || t.upper {
			continue
		}
		prev := s.tok(k - 1)
		if prev.kind != word || functionWords[prev.low] || canBeAsked(s.tok(k+1).low) && !functionWords[s.tok(k+1).low] && whom[s.tok(k+2).low] {
			continue
		}
		if whom[t.low] && (s.tok(k+1).is("of", "in", "and", ",") || askVerbs[s.tok(k+1).low]) {
			continue // "police stop", "state and local officials"
		}
		if r.headWhom(s, from, k) {
			return k
		}
	}
	return -1
}

// beforeClause returns where those end who should do something at token i, if a
// clause that says more of them stands between: "Agencies which have overcharged
// must refund"; i if none does.
func (r *reader) beforeClause(s *sentence, from, i int) int {
	for k := from + s.article(from) + 1; k < i-1 && k < from+12; k++ {
		if !s.tok(k).is("which", "who", "that", "whose") {
			continue
		}
		end := k
		if s.tok(k - 1).is(",") {
			end--
		}
		if end > from && !s.tok(k-1).is("and", "said", "so", "such") && r.headWhom(s, from, end) && s.verbBehind(k+1, i) {
			return end
		}
		return i
	}
	return i
}

// verbBehind reports whether a clause that "which" opens has its verb between
// tokens i and j.
func (s *sentence) verbBehind(i, j int) bool {
	if j-i < 1 {
		return false
	}
	t := s.tok(i)
	return t.is("have", "has", "had", "are", "were", "is", "was", "do", "did", "does", "can", "cannot", "will", "still", "already", "never", "once", "not") || t.kind == word && !t.upper && !functionWords[t.low]
}
