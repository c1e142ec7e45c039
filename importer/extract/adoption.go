package extract

import "strings"

// adoption notes that a document took over what was asked: "our recommendations
// were adopted as points 2 to 7 of the Statement", "the group has adopted
// recommendations 1 to 3 in its Statement", "our fifth appears as
// recommendation 13".
func (r *reader) adoption(s *sentence) {
	verb := s.tookOver()
	if verb < 0 {
		verb = r.standsAs(s)
	}
	if verb < 0 {
		return
	}
	a := Adoption{Event: r.event}
	sure := Sureness(0.7)
	for i := 0; i < verb; i++ {
		if s.tok(i).is("submitted", "presented", "sent", "handed") {
			a.To = r.submittedTo(s, i, verb)
		}
		if s.tok(i).is("all") && i > verb-8 {
			a.All = true
		}
	}
	end := verb + 1
	for i := verb; i < len(s.toks) && a.Document == ""; i++ {
		if s.tok(i).is("in", "into", "by", "as", "of") {
			if name, j := s.document(i + 1); name != "" && !isBody(name) && (i == verb+1 || !s.tok(i).is("by", "of") || s.tok(i).is("of") && s.tok(i-1).kind == number) {
				a.Document, end = name, j
			}
		}
		if s.tok(i).is(":", ";") {
			break
		}
	}
	for i := 0; i < len(s.toks) && a.Document == ""; i++ {
		if !s.tok(i).is("in", "into", "of", "the", "our") && i > 0 {
			continue
		}
		from := i + 1
		if i == 0 && s.tok(0).upper && !s.tok(0).is("the", "in", "our", "all") {
			from = 0
		}
		if name, j := s.document(from); isDocument(name) {
			a.Document, end = name, max(end, j)
		}
	}
	if a.To == "" {
		a.To = r.takenBy(s, verb)
	}
	for i := end; i < len(s.toks); i++ {
		if s.tok(i).is("section") {
			for k := i + 1; k < i+5; k++ {
				if c, ok := s.quote[k]; ok {
					j := k + 1
					for j < c && !s.tok(j).is("(") {
						j++
					}
					a.Section, end = clean(s.words(k+1, j)), j
					break
				}
			}
		}
	}
	var spans [][2]string
	for _, at := range s.numbered(verb) {
		from, until, j := s.tok(at).text, s.tok(at).text, at+1
		if _, ok := s.through(at + 1); ok && s.tok(at+2).kind == number {
			until, j = s.tok(at+2).text, at+3
		}
		spans, sure, end = append(spans, [2]string{from, until}), 0.9, max(end, j)
	}
	if a.Document == "" && len(spans) == 0 {
		return
	}
	a.Found = s.found(0, min(end+1, len(s.toks)), sure)
	if len(spans) == 0 {
		spans = [][2]string{{}}
	}
	for _, n := range spans {
		a.From, a.Until = n[0], n[1]
		r.facts.Adoptions = append(r.facts.Adoptions, a)
	}
}

// takenOver is what happens to asks that a document takes over.
var takenOver = set("incorporated endorsed included reflected integrated echoed accepted approved absorbed")

var adoptables = set("recommendations recommendation demands proposals points")

// tookOver returns the verb that says that what was asked was taken over, -1
// if none does.
func (s *sentence) tookOver() int {
	for i := range s.toks {
		t := s.tok(i)
		asked := s.has(max(0, i-60), i, adoptables)
		switch {
		case t.is("adopted") && (asked || s.has(i+1, i+8, adoptables)), takenOver[t.low] && asked && s.tok(i-1).is("were", "was", "been"):
			return i
		case t.is("taken") && s.tok(i+1).is("over", "up") && (asked || s.has(0, i, set("these them those"))) && s.tok(i-1).is("were", "was", "been"), t.is("incorporated") && s.has(i+1, i+8, adoptables):
			return i
		case (t.is("taken", "took") && s.tok(i+1).is("over", "up", "on") || t.is("accepted")) && s.has(i+1, i+6, numberedAs) && (asked || s.has(i+1, i+6, adoptables)):
			return i // "has taken over recommendations 2 and 3"
		}
	}
	return -1
}

// numbered returns where the numbers stand under which a document took over
// what was asked: those behind "as", else those that the sentence gives.
func (s *sentence) numbered(verb int) []int {
	var as, behind, before []int
	for i := 1; i < len(s.toks); i++ {
		if s.tok(i).kind != number || len(s.tok(i).text) > 3 || !s.tok(i-1).is("recommendations", "recommendation", "paragraphs", "paragraph", "points", "point", "numbers", "demands", "proposals", "no", "nos", "no.", "nos.", "items", "articles", "number", "item") && !(s.tok(i-1).is(".") && s.tok(i-2).is("no", "nos")) {
			continue
		}
		if s.has(i+1, i+6, set("not")) {
			continue // "and points 3 and 4 were not"
		}
		switch {
		case s.has(i-4, i-1, set("as under")) || s.tok(i-2).is("now") && s.tok(i-3).is("are", "is") || s.tok(i-2).is("are", "is", "become", "became"):
			as = append(as, i)
		case i > verb:
			behind = append(behind, i)
		default:
			before = append(before, i)
		}
	}
	switch {
	case len(as) > 0:
		return as
	case len(behind) > 0:
		return behind[:1]
	case len(before) > 0:
		return before[:1]
	}
	return nil
}

// document reads the name of a document at token i: "its Statement on Social
// Protection", "the Recommendations of the 8th AFML".
func (s *sentence) document(i int) (string, int) {
	for s.tok(i).is("the", "its", "their", "part", "of", "full") {
		i++
	}
	for k := i; k < i+3; k++ { // "the outcome document of the review"
		if t := s.tok(k); t.kind != word || t.upper || functionWords[t.low] {
			break
		} else if k > i && t.is("document", "statement", "declaration", "communiqué", "summary", "resolution") {
			return clean(s.words(i, k+1)), k + 1
		}
	}
	j := i
	for j < len(s.toks) && (s.tok(j).upper || s.tok(j).kind == number || j > i && s.tok(j).is("st", "nd", "rd", "th") ||
		s.tok(j).is("/", "of", "on", "for", "the", "and", "-") && (s.tok(j+1).upper || s.tok(j+1).kind == number || s.tok(j+1).is("the") && (s.tok(j+2).upper || s.tok(j+2).kind == number))) {
		if s.tok(j).is("of", "on", "for", "the", "and") && j == i {
			break
		}
		j++
	}
	if j == i || s.tok(i).kind == number {
		return "", i
	}
	return clean(s.words(i, j)), j
}

// submittedTo returns to whom something was submitted by the verb at token i.
func (r *reader) submittedTo(s *sentence, i, verb int) string {
	to := ""
	for k := i + 1; k < verb; k++ {
		if !s.tok(k).is("to") {
			continue
		}
		if list, _ := r.list(s, k+1); len(list) > 0 {
			to = list[len(list)-1].org.Name
			if short := list[0].org.Short; short != "" {
				to = strings.TrimSpace(list[0].org.Name + " (" + short + ")")
			}
		}
	}
	return to
}
