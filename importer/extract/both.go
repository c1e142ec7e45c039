package extract

// bothHeld gives the last events told of those who a sentence says held them
// all: "Both are organised by JACBA", "All three were hosted by MAP".
func (r *reader) bothHeld(s *sentence) {
	n := 2
	switch {
	case s.tok(0).is("both"):
	case s.tok(0).is("all"):
		if n = numberWords[s.tok(1).low]; n < 2 || n > 6 {
			return
		}
	default:
		return
	}
	if len(r.facts.Events) < n || len(s.dates) > 0 {
		return
	}
	for v := 1; v < len(s.toks) && v < 9; v++ {
		if !passiveVerbs[s.tok(v).low] || !r.isPassive(s, v) {
			continue
		}
		by := v + 1
		for by < v+4 && !s.tok(by).is("by") {
			by++
		}
		if !s.tok(by).is("by") {
			return
		}
		list, _ := r.list(s, by+1)
		for i := len(r.facts.Events) - n; i < len(r.facts.Events); i++ {
			for _, m := range list {
				r.addParty(&r.facts.Events[i], s, m, partOf(s.tok(v)), 0.75)
			}
		}
		return
	}
}
