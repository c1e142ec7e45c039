package extract

import "strings"

// quotedTo reads a demand in quotation marks whose addressee comes behind:
// "“Give us one day off a week,” she told the employers."
func (r *reader) quotedTo(s *sentence) {
	for i := 0; i+4 < len(s.toks); i++ {
		c, ok := s.quote[i]
		if !ok {
			continue
		}
		if c-i < 4 || !s.bidden(i+1) && !s.tok(i+1).is("please") || !s.tok(c-1).is(",", "!") {
			i = c
			continue
		}
		for k := c + 1; k < c+14 && k+1 < len(s.toks); k++ {
			t := s.tok(k)
			from := 0
			switch {
			case t.is("told", "asked", "urged", "begged", "implored", "advised", "reminded"):
				from = k + 1
			case t.is("message", "demand", "advice", "request", "plea", "appeal", "appealed") && s.tok(k+1).is("to"):
				from = k + 2
			case t.kind == mark && !t.is(","):
				k = len(s.toks)
				continue
			default:
				continue
			}
			end := from
			for end < len(s.toks) && end < from+12 && s.tok(end).kind == word && !s.tok(end).is("who", "which", "when", "as", "while", "after", "before", "during") {
				end++
			}
			if who := r.addressed(s, from, end); len(who) > 0 && r.headWhom(s, from, end) && !s.tok(from).is("them", "him", "her", "us", "me", "everyone") {
				r.ask(s, i+1, c, 0.75, who, r.asker(s, k))
			}
			break
		}
		i = c
	}
}

// needFor reads whom somebody insists something is needed of: "stressed the need
// for embassies to post attachés". What is needed of nobody is an opinion.
func (r *reader) needFor(s *sentence) {
	for i := 1; i+4 < len(s.toks); i++ {
		t := s.tok(i)
		if !strings.HasPrefix(t.low, "stress") && !strings.HasPrefix(t.low, "emphasi") && !strings.HasPrefix(t.low, "underlin") && !t.is("insisted", "underscored", "urged", "reiterated", "highlighted") || !strings.HasSuffix(t.low, "ed") {
			continue
		}
		k := i + 1
		for k < i+4 && s.tok(k).is("on", "the", "urgent", "pressing", "a", "an", "great", "also") {
			k++
		}
		if !s.tok(k).is("need", "necessity", "urgency", "importance") {
			continue
		}
		from := k + 2
		end := s.clauseEnd(from)
		if to := r.toVerb(s, from, end); s.tok(k+1).is("for") && to > 0 && s.tok(to).is("to") && r.headWhom(s, from, to) {
			if who := r.addressed(s, from, to); len(who) > 0 {
				r.ask(s, to+1, end, 0.75, who, r.asker(s, i))
			}
		}
		return
	}
}
