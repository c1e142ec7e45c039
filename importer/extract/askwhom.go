package extract

import "strings"

// appealThat reports whether "which" at token i is a text that asks: "an appeal
// which calls on …".
func (s *sentence) appealThat(i int) bool {
	if !s.tok(i).is("which", "that") {
		return false
	}
	if s.tok(i - 1).is(",") {
		i--
	}
	return s.tok(i-1).is("appeal", "statement", "letter", "petition", "declaration", "communiqué", "resolution", "manifesto", "call", "message", "paper", "memorandum", "text", "demands", "recommendations")
}

// asked reads whom the verb at token i asks, who stand between tokens j and to.
func (r *reader) asked(s *sentence, i, j, to int) []string {
	if to-j == 1 && s.tok(j).is("them", "it") {
		if who := r.meantBefore(s, i); len(who) > 0 {
			return who // "turned to the companies and urged them to …"
		}
		if s.tok(i).is("asked", "encouraged") {
			return nil
		}
	}
	if who := r.addressed(s, j, to); len(who) > 0 {
		return who
	}
	// Behind a verb that means nothing else, whoever stands there is asked.
	if s.tok(i).is("asked", "encouraged", "encourages", "asks", "encourage") && !s.tok(j).is("those") || to-j > 10 || to <= j {
		return nil
	}
	if s.tok(j).is("those", "everyone", "everybody", "anyone", "whoever") {
		return []string{clean(s.words(j, to))}
	}
	last := to - 1
	for k := j + 1; k < to; k++ {
		if s.tok(k).is("in", "of", "from", "at", "who", "with") {
			last = k - 1
			break
		}
	}
	from := j + s.article(j)
	t := s.tok(last)
	if last < from || t.kind != word || functionWords[t.low] || present[t.low] || t.is("questions", "audience", "groups", "teams", "listeners", "guests", "viewers", "crowd", "speakers", "students") || !s.allWords(from, to) || s.tok(i).is("called", "calls", "call", "calling") && s.tok(i+1).is("for") {
		return nil
	}
	if !s.tok(j).is("the", "all", "both", "every", "each", "other", "their", "its", "our", "local") && !strings.HasSuffix(t.low, "s") && !t.upper {
		return nil
	}
	return []string{clean(s.words(from, to))}
}

// allWords reports whether tokens i to j are words without a mark between.
func (s *sentence) allWords(i, j int) bool {
	for k := i; k < j; k++ {
		if s.tok(k).kind == mark && !s.tok(k).is("’", "-") {
			return false
		}
	}
	return true
}

// meantBefore returns those who can be asked that a sentence names last before
// token i.
func (r *reader) meantBefore(s *sentence, i int) []string {
	for k := i; k > 0 && k > i-14; k-- {
		_, org := s.orgEnding(k)
		if !org && !canBeAsked(s.tok(k-1).low) || s.tok(k-1).is("them") {
			continue
		}
		from := k - 1
		if m, ok := s.orgEnding(k); ok {
			from = m.i
		}
		for from > 0 && s.tok(from-1).kind == word && !functionWords[s.tok(from-1).low] && !saying[s.tok(from-1).low] && k-from < 6 {
			from--
		}
		if who := r.addressed(s, from, k); len(who) > 0 {
			return who
		}
	}
	return nil
}
