package extract

import "strings"

// tellsNow reports whether a text tells what was said in the present, as a diary
// does: "Mr. A opens the meeting, Ms. B reads a letter".
func tellsNow(body [][]*sentence) bool {
	now, then := 0, 0
	for _, sents := range body {
		for _, s := range sents {
			for i, t := range s.toks {
				if t.kind != word || t.upper || i == 0 {
					continue
				}
				if one, ok := strings.CutSuffix(t.low, "s"); ok && saying[t.low] && !strings.HasSuffix(one, "s") && !t.is("calls", "notes", "points", "questions", "shares", "reports", "comments", "answers", "talks", "presents", "leads") {
					now++
				} else if saying[t.low] && (strings.HasSuffix(t.low, "ed") || t.is("said", "told", "spoke", "gave")) {
					then++
				}
			}
		}
	}
	return now >= 2 && now > 2*then
}

// doesNow reports whether a verb in the present that tells what somebody does
// there, not what they are, stands at token i.
func (s *sentence) doesNow(i int) bool {
	t := s.tok(i)
	if t.kind != word || t.upper || len(t.low) < 4 || !strings.HasSuffix(t.low, "s") || strings.HasSuffix(t.low, "ss") {
		return false
	}
	return !t.is("does", "lives", "works", "earns", "owns", "needs", "wants", "knows", "comes", "runs", "heads", "serves", "teaches", "studies", "belongs", "remains", "seems", "sits", "stays", "sells", "sends", "pays", "owes", "owns", "represents", "this", "thus", "perhaps", "listens", "waits", "smiles", "sleeps")
}
