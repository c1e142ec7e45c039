package extract

import "strings"

// standsAs finds, whatever the verb, that a document has what was asked under
// numbers of its own: "They are found in the Statement as recommendations 14 to
// 17", "The Statement took up three of them, as points 4 to 6". It returns the
// token before which what was asked stands, -1 if there is none.
func (r *reader) standsAs(s *sentence) int {
	asked := s.has(0, len(s.toks), adoptables) || s.has(0, len(s.toks), set("these them those they all both three four two five six")) && len(r.facts.Asks) > 0 || s.has(0, len(s.toks), set("number numbers")) && s.has(0, len(s.toks), set("our list"))
	if !asked || s.has(0, len(s.toks), set("not nor rejected refused left dropped")) {
		return -1
	}
	under := false
	for i := 2; i < len(s.toks); i++ {
		if s.tok(i).kind != number || len(s.tok(i).text) > 3 || !numberedAs[s.tok(i-1).low] && !(s.tok(i-1).is(".") && s.tok(i-2).is("no", "nos")) {
			continue
		}
		under = under || s.has(i-4, i-1, set("as under")) || s.tok(i-2).is("now") && s.tok(i-3).is("are", "is") || s.tok(i-2).is("are", "is", "became", "become")
	}
	if !under {
		return -1
	}
	for i := 0; i < len(s.toks); i++ {
		if i > 0 && !s.tok(i).is("in", "into", "of", "the", "our") {
			continue
		}
		from := i + 1
		if i == 0 && s.tok(0).upper && !s.tok(0).is("the", "in", "our", "all") {
			from = 0
		}
		if name, _ := s.document(from); isDocument(name) {
			for k := range s.toks {
				if s.tok(k).is("as", "under", "where", "which") {
					return k
				}
			}
		}
	}
	return -1
}

// numberedAs are words before the numbers of what a document took over.
var numberedAs = set("recommendations recommendation paragraphs paragraph points point numbers number demands proposals no nos no. nos. items item articles")

// isDocument reports whether the name of something in capitals is that of a
// text which takes up what was asked.
func isDocument(name string) bool {
	for _, w := range strings.Fields(name) {
		switch strings.ToLower(strings.Trim(w, ",.;")) {
		case "statement", "declaration", "communiqué", "communique", "resolution", "plan", "agenda", "charter", "outcome", "recommendations", "report", "compact", "consensus", "platform", "summary", "document", "law", "circular", "decree", "guidelines", "roadmap":
			return true
		}
	}
	return false
}

// isBody reports whether a name is that of those who adopt, not of what they do.
func isBody(name string) bool {
	f := strings.Fields(name)
	if len(f) == 0 {
		return false
	}
	switch strings.ToLower(f[len(f)-1]) {
	case "committee", "secretariat", "team", "group", "ministers", "assembly", "plenary", "council", "meeting", "conference", "parliament", "government", "cabinet", "summit", "congress", "ministry":
		return true
	}
	return false
}

// takenBy returns who took over what was asked, as the sentence says behind "by"
// or before the verb, or the one before to whom it was handed.
func (r *reader) takenBy(s *sentence, verb int) string {
	for k := 1; k < len(s.toks); k++ {
		body := s.tok(k).is("committee", "secretariat", "team", "assembly", "plenary")
		if !body {
			continue
		}
		from := k
		for from > 0 && s.tok(from-1).kind == word && !functionWords[s.tok(from-1).low] {
			from--
		}
		if from < k && (s.tok(from-1).is("by") || s.tok(from-1).is("the")) {
			return clean(s.words(from, k+1))
		}
	}
	if p := r.prev; p != nil {
		for i := range p.toks {
			if p.tok(i).is("submitted", "presented", "sent", "handed") {
				return r.submittedTo(p, i, len(p.toks))
			}
		}
	}
	return ""
}
