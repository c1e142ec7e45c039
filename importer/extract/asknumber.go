package extract

import (
	"regexp"
	"strconv"
)

// numbersTo is a clause that says to whom which numbers of a list are addressed:
// "Nos. 1 to 3 are addressed to the governments, nos. 4 and 5 to employers".
var numbersTo = regexp.MustCompile(`(?i)\b(?:nos?\.?|numbers?|points?|items?|recommendations?|demands?|those)\s+(\d{1,2})(?:\s*(?:to|-|–|and|through|until)\s*(\d{1,2}))?,?\s+(?:(?:is|are|were|was|go|goes|went)\s+)?(?:(?:addressed|directed|made|put|meant|intended)\s+)?(?:to|at|for)\s+(?:the\s+)?([^;.:]+?)(?:[;.:]|,?\s+(?:and\s+)?(?:nos?\.?|numbers?|points?|items?|recommendations?|demands?|those)\s+\d)`)

// numberedWhom reads whom the numbers of a list are asked, if a paragraph says so.
func (r *reader) numberedWhom(text string) map[string][]string {
	var by map[string][]string
	for from := 0; from < len(text) && from < 3000; {
		m := numbersTo.FindStringSubmatchIndex(text[from:])
		if m == nil {
			break
		}
		first, _ := strconv.Atoi(text[from+m[2] : from+m[3]])
		last := first
		if m[4] > 0 {
			last, _ = strconv.Atoi(text[from+m[4] : from+m[5]])
		}
		name := text[from+m[6] : from+m[7]]
		s := &sentence{block: &Block{Text: name}, toks: tokens(name)}
		r.annotate(s)
		if to := r.addressed(s, 0, len(s.toks)); len(to) > 0 && last >= first && last-first < 30 {
			if by == nil {
				by = map[string][]string{}
			}
			for n := first; n <= last; n++ {
				by[strconv.Itoa(n)] = to
			}
		}
		from += m[7]
	}
	return by
}
