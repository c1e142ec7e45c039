package extract

// usesTime reports whether from token i on somebody does something with the time
// or the people of a session: "used the second day to follow a claim", "filled
// the last hour with cases", "had the group practise a call".
func (s *sentence) usesTime(i int) bool {
	t := s.tok(i)
	if t.upper || !s.tok(i+1).is("the", "her", "his", "their", "much", "most", "half", "all", "an", "a") {
		return false
	}
	switch {
	case t.is("used", "filled", "spent", "took", "opened", "closed", "began", "ended", "devoted", "dedicated"):
		for k := i + 2; k < i+7; k++ {
			if hours[s.tok(k).low] {
				return s.tok(k+1).is("to", "with", "on", "for", "showing", "explaining", "going", "of") || k+1 < len(s.toks) && s.tok(k+1).is("by")
			}
		}
	case t.is("had", "made", "let"):
		return s.tok(i+2).is("group", "participants", "trainees", "audience", "class", "groups", "listeners") && s.tok(i+3).kind == word && !functionWords[s.tok(i+3).low]
	}
	return false
}

// hours are parts of an event that somebody can fill.
var hours = set("day morning afternoon evening hour hours minutes session time slot half talk presentation")
