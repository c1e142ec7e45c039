package extract

// speech reports whether what stands between the quotation marks at tokens i and
// c is something said, which may ask, and no title or word.
func (s *sentence) speech(i, c int) bool {
	if c-i > 4 && (saying[s.tok(c+1).low] || s.saidBy(c+1) || s.tok(c+1).is("he", "she", "they") && saying[s.tok(c+2).low]) && s.tok(c-1).is(",", "?", "!", ".") {
		return true
	}
	if c-i < 7 || s.tok(i-1).is("entitled", "titled", "called", "named", "theme", "banner", "slogan", "on", "report", "book", "film", "panel", "session", "workshop") || s.tok(i-1).is(",") && s.tok(c+1).is(",") {
		return false
	}
	upper, words := 0, 0
	for k := i + 1; k < c; k++ {
		if t := s.tok(k); t.kind == word {
			words++
			if t.upper {
				upper++
			}
		}
	}
	return upper*2 < words
}

// spokenEnd returns where what is asked at token i ends at the latest: at the
// end of the sentence, or of the quotation that it stands in.
func (s *sentence) spokenEnd(i int) int {
	end := len(s.toks)
	for open, c := range s.quote {
		if open < i && i < c {
			end = c
		}
	}
	if end == len(s.toks) { // a quotation that began before the sentence
		for k := i; k < end; k++ {
			if c, ok := s.quote[k]; ok {
				k = c
			} else if s.tok(k).is("”") {
				end = k
			}
		}
	}
	for end > i && s.tok(end-1).kind == mark && !s.tok(end-1).is(")", "”") {
		end--
	}
	return end
}
