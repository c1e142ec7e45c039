package extract

import "strings"

// gerunds reads recommendations that are listed in one breath:
// "recommendations include: drafting …, ending …, granting …".
func (r *reader) gerunds(s *sentence) bool {
	at := -1
	var to []string
	for i := range s.toks {
		if s.tok(i).is("recommendations", "demands") && s.tok(i+1).is("to", "for") {
			for k := i + 3; k < i+14; k++ { // "Recommendations to the Government include lowering …"
				if s.tok(k).is("include", "included", "are", "were") && isGerund(s.tok(k+1)) {
					at, to = k+1, r.addressed(s, i+2, k)
				}
			}
		}
		if at >= 0 {
			break
		}
		if s.tok(i).is("recommendations", "demands") && s.tok(i+1).is("were", "are") && s.tok(i-2).is("among", "amongst") {
			at = i + 2 // "Among the recommendations were …"
			break
		}
		if s.tok(i).is("recommendations", "demands", "recommendation") && (s.tok(i+1).is("include", "included", "are", "were", "including") || s.tok(i+1).is(":")) {
			at = i + 2
			break
		}
	}
	if at < 0 && s.tok(0).is("they", "these", "among") && s.proposes(r.prev) {
		for i := 1; i < 5; i++ {
			if s.tok(i).is("include", "included", "are", "were", "was", "is") {
				at = i + 1
			}
		}
	}
	if at < 0 {
		return false
	}
	for s.tok(at).is(":", "the", "following") {
		at++
	}
	if !isGerund(s.tok(at)) {
		end := len(s.toks)
		for end > at && s.tok(end-1).kind == mark && !s.tok(end-1).is(")", "”") {
			end--
		}
		parts := s.shortThings(at, end)
		for _, p := range parts {
			r.ask(s, p[0], p[1], 0.75, to, "") // "demands were higher wages, safe housing and …"
		}
		return len(parts) > 0
	}
	by := ""
	for _, m := range s.orgsIn(0, at) {
		by = m.org.Name
	}
	from, n := at, 0
	take := func(last int) {
		b := last
		for b > from && s.tok(b-1).is(",", ";", "and", ".") {
			b--
		}
		if b-from < 2 {
			return
		}
		r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(from, b, 0.85), Words: clean(s.words(from, b)), Addressees: to, By: by, Event: r.event})
		n++
	}
	for k := at + 1; k < len(s.toks); k++ {
		if !isGerund(s.tok(k)) {
			continue
		}
		prev := s.tok(k - 1)
		if prev.is(",", ";") || prev.is("and") && s.tok(k-2).is(",", ";") {
			take(k)
			from = k
		}
	}
	take(len(s.toks))
	return n > 0
}

func isGerund(t *token) bool {
	return t.kind == word && !t.upper && strings.HasSuffix(t.low, "ing") && len(t.low) > 5 && !t.is("including", "regarding", "concerning", "during", "following", "working", "living")
}
