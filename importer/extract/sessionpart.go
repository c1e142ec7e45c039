package extract

import (
	"regexp"
	"strings"
)

// partHead is a heading that is a part of an event's programme.
var partHead = regexp.MustCompile(`(?i)^(?:\d+[.)]?\s+)?(?:the\s+)?(opening|closing|keynote|group work|working groups|group discussions?)(?:\s+(?:session|ceremony|remarks|speech|address|of the \w+))?\s*$`)

// headed notes the part of the event that a heading names: "Opening", "Group
// work", "2. Keynote speech".
func (r *reader) headed(s *sentence) {
	m := partHead.FindStringSubmatch(strings.TrimSpace(s.block.Text))
	if m == nil {
		return
	}
	kind := GroupWork
	switch strings.ToLower(m[1]) {
	case "opening":
		kind = Opening
	case "closing":
		kind = Closing
	case "keynote":
		kind = Keynote
	}
	r.openSession(Session{s.found(0, len(s.toks), 0.85), kind, ""}, 0, true)
}

// groupWork notes that people worked in groups, once for an event.
func (r *reader) groupWork(s *sentence) {
	for i := range s.toks {
		t := s.tok(i)
		found := t.is("group") && s.tok(i+1).is("work", "discussions") || t.is("groupwork") ||
			t.is("divided", "broke", "split", "parted") && s.tok(i+1).is("into", "up") && s.has(i+2, i+7, set("groups"))
		if !found || t.upper && i > 0 {
			continue
		}
		for _, had := range r.facts.Events[r.event].Sessions {
			if had.Kind == GroupWork {
				return
			}
		}
		r.openSession(Session{s.found(i, min(i+2, len(s.toks)), 0.8), GroupWork, ""}, i, false)
		return
	}
}

// titleBefore returns the title with which a sentence opens, where it goes on
// to say of what: "“Before Departure” was the title of the second panel".
func (s *sentence) titleBefore(i int) string {
	c, ok := s.quote[0]
	if !ok || c >= i || i-c > 12 || !s.tok(c+1).is("was", "is") || !s.tok(c+2).is("the") || !s.tok(c+3).is("title", "theme", "topic", "subject", "name") {
		return ""
	}
	return strings.TrimRight(clean(s.words(1, c)), ",.; ")
}

// presentationTitle returns the title of the presentation at token i.
func (s *sentence) presentationTitle(i int) string {
	k := i + 1
	for s.tok(k).is(",", "titled", "entitled", "called", ":", "on", "under", "the", "title") {
		k++
	}
	if c, ok := s.quote[k]; ok && k > i+1 && c-k > 2 {
		return strings.TrimRight(clean(s.words(k+1, c)), ",.; ")
	}
	return s.titleBefore(i)
}
