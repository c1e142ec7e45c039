package extract

import (
	"regexp"
	"strings"
)

var (
	askMark = regexp.MustCompile(`^\s*(?:[•▪●◦*·–-]\s*)?(?i:(no\.?\s*|recommendation\s+(?:no\.?\s*)?|(?:demand|request|ask)\s+|r))?\(?(\d{1,2}(?:\.\d{1,2})?|[ivx]{1,5}|[a-h])(?:[.):]+\s*|/\s+)`)
	// askLevelled is a number of two levels, which needs no mark: "5.1 The …".
	askLevelled = regexp.MustCompile(`^\s*()(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[.):]?\s+`)
	// askNumbered is a number that only its word marks: "No. 1 The Ministry …".
	askNumbered = regexp.MustCompile(`^\s*(?i:(no\.\s*|recommendation\s+(?:no\.?\s*)?|demand\s+))(\d{1,2})\s+`)
	// askNamed begins a paragraph that says itself what it is: "Recommendation 1: …".
	askNamed = regexp.MustCompile(`^(?i:recommendation|demand|request|ask)\s+(?:(?i:no)\.?\s*)?\d{1,2}\s*[.:)–-]\s*\S`)
	bullet   = regexp.MustCompile(`^\s*[•▪●◦*·–✓➢-]\s+`)
	askIntro = regexp.MustCompile(`(?i)\b(?:recommendations?|recommends?|recommended|call(?:s|ed|ing)?\s+(?:on|upon|for)|urges?d?|demands?|appeals?|(?:we|they|and|also|participants|workers|migrants|women|organi[sz]ations)\s+(?:\w+\s+)?(?:ask|want|propose|demand)(?:ed)?|(?:is|are|was|were)\s+(?:\w+\s+){0,2}(?:asked|requested|expected|invited|encouraged)|requests?|requested|asks\s+(?:of|for|to)|proposals?|proposes?d?)\b[^.]*:\s*$`)
	// askList is a list that a sentence of its own announces: "… recommendations.
	// They include:"
	askList = regexp.MustCompile(`(?i)\b(?:recommendations|demands)\b[^.]*\.\s+(?:they|these)\s+(?:include|included|are|were)[^.:]*:\s*$`)
	// askWhat heads a section of asks: "What we ask", "What the commissioners recommend".
	askWhat  = regexp.MustCompile(`(?i)^(?:\W|\d)*what\s+(?:.{1,40}\b)?(?:asks?|asked|wants?|wanted|demands?|demanded|recommends?|recommended|calls?\s+for|called\s+for|proposes?|proposed|needs?\s+to\s+(?:change|happen|be\s+done)|must\s+(?:change|happen|be\s+done)|should\s+(?:change|happen|be\s+done)|is\s+to\s+be\s+done)(?:\s+(?:from|of|to)\b.{3,80})?\W*$`)
	askHead  = regexp.MustCompile(`(?i)^(?:\W|\d)*(?:key\s+|our\s+|the\s+|their\s+|main\s+|joint\s+|policy\s+|summary\s+of\s+|conclusions?\s+and\s+|participants[’']\s+|workers[’']\s+)*(?:recommendations?|demands|requests|asks|appeals?|proposals|calls?\s+to\s+action|we\s+(?:call|demand|urge|recommend)\b.*)(?:\s+(?:of|from|to|for)\b.*)?:?\s*$`)
	headTo   = regexp.MustCompile(`(?i)^(?:\W|\d)*(?:recommendations?\s+)?(?:to|for)\s+(?:the\s+)?(.{3,120}?):?\s*$`)
	trailing = regexp.MustCompile(`(?:[;,]\s*(?:and|or)?|\.)\s*$`)
)

// asksFor are words before a colon that say that a list of asks follows.
var asksFor = set(`recommendations recommended recommend recommends demands demanded demand called calls call urged urge urges proposals proposed appealed asks requests following`)

// callOn reads the words that make an ask: "urged", "called on". It says
// where the addressee begins, and whether one must follow ("called for" may
// name the thing at once).
func callOn(s *sentence, i int) (j int, thing, ok bool) {
	t := s.tok(i)
	switch {
	case t.kind != word || t.upper && i > 1:
	case t.is("urged", "urges", "urge", "asked", "requested", "asks", "requests") && s.tok(i+1).is("that"):
		return i + 2, false, true
	case t.is("urged", "urges", "urge", "urging"):
		return i + 1, false, true
	case t.is("called", "calls", "call", "calling"):
		n := i + 1 + s.adverbial(i+1)
		if s.tok(n).is("on", "upon") {
			return n + 1, false, true
		}
		if s.tok(n).is("for") {
			return n + 1, true, true
		}
	case t.is("pressed", "petitioned", "implored", "lobbied", "begged", "asking", "requesting") && !s.tok(i-1).is("were", "was", "been", "by"):
		return i + 1, false, true
	case t.is("proposed", "suggested", "insisted", "recommending", "proposing", "demanding") && s.tok(i+1).is("that"):
		return i + 2, false, true
	case t.is("appealed", "appealing", "appeals", "appeal") && s.tok(i+1+s.adverbial(i+1)).is("to"):
		return i + 2 + s.adverbial(i+1), false, true
	case t.is("plea", "request", "advice", "pleas", "requests") && s.tok(i+1).is("to") && s.tok(i-1).is("a", "the", "its", "their", "with", "joint", "urgent", "another", "our"):
		return i + 2, false, true
	case t.is("advised", "advises", "implores", "beseeches", "presses") && !s.tok(i-1).is("were", "was", "been", "by", "is", "are"):
		return i + 1, false, true
	case t.is("requested", "asked", "encouraged", "encourages", "requests", "asks") && !s.tok(i-1).is("were", "was", "are", "is", "be", "been", "being", "when"):
		return i + 1, false, true
	case t.is("raised", "made") && s.tok(i+1).is("for") && s.has(0, i, set("suggestions suggestion recommendations calls")):
		return i + 2, false, true
	case t.is("request", "ask", "implore", "beseech", "beg", "petition", "entreat", "press", "encourage", "advise") && (s.has(max(0, i-4), i, set("we they i to")) || peopleNouns[s.tok(i-1).low]) && !s.tok(i+1).is("that", "for", "ourselves", "themselves", "why", "how", "what", "if", "whether"):
		return i + 1, false, true
	case t.is("propose", "proposes", "suggest", "suggests", "insist", "insists") && s.tok(i+1).is("that"):
		return i + 2, false, true
	case t.is("pleaded", "pleads", "plead", "pleading") && s.tok(i+1).is("with"):
		return i + 2, false, true
	case (t.is("want", "wants", "wanted") && !s.tok(i-1).is("to", "who", "not", "that") || t.is("like") && s.tok(i-1).is("would")) && s.wantsOf(i+1):
		return i + 1, false, true
	case t.is("ask", "asking") && s.tok(i+1).is("that") && !s.tok(i-1).is("to", "not", "who"):
		return i + 2, false, true
	case t.is("recommended", "recommends") && s.tok(i+1).is("a", "an", "better", "stronger", "regular", "free", "joint", "stricter") && !s.tok(i-1).is("the", "was", "were", "been", "are", "is", "highly", "as", "of"):
		return i + 1, true, true
	case t.is("recommended", "recommend", "recommends") && s.tok(i+1).is("the") && !s.tok(i-1).is("the", "was", "were", "been", "are", "is"):
		return i + 1, false, true
	case t.is("recommended", "recommends", "recommend", "demanded", "demands", "demand", "urged", "urges", "urge", "asks", "asked", "requested", "request", "requests") && s.tok(i+1).is("that"):
		return i + 2, false, true
	case t.is("demand") && s.tok(i-1).is("to") && s.has(max(0, i-30), i-1, set("marched rallied gathered assembled walked demonstrated protested took came met")):
		return i + 1, true, true
	case t.is("demanded", "demanding") && s.tok(i+1).is("the") && !s.tok(i-1).is("were", "was", "been"):
		return i + 1, true, true
	case t.is("demanded", "demands") && !s.tok(i-1).is("were", "the", "their", "these", "our", "high") && !(t.is("demands") && (s.tok(i+1).is("of", "for", ",", "on", "and", "to") || s.tok(i-1).owns || s.tok(i-1).kind == word && !s.tok(i-1).upper && !canBeAsked(s.tok(i-1).low))):
		return i + 1, true, true
	}
	return 0, false, false
}

// wantsOf reports whether behind "want" at token i stand those who can be asked,
// and what they shall do: "the Ministry of Interior to give".
func (s *sentence) wantsOf(i int) bool {
	for k := i; k < i+9; k++ {
		if m, ok := s.orgs[k]; ok {
			k = m.j - 1
			if s.tok(m.j).is("to") {
				return true
			}
			continue
		}
		t := s.tok(k)
		if t.is("to") {
			return k > i && s.tok(k+1).kind == word && (canBeAsked(s.tok(k-1).low) || s.behindPhrase(i, k))
		}
		if t.kind == mark || t.is("that", "who", "which") {
			return false
		}
	}
	return false
}

// adverbial is how many tokens words like "once more" or "jointly" take at token
// i.
func (s *sentence) adverbial(i int) int {
	n := 0
	for n < 3 && (strings.HasSuffix(s.tok(i+n).low, "ly") || s.tok(i+n).is("again", "once", "more", "also", "together")) {
		n++
	}
	return n
}

// asks notes what a sentence says that somebody asked of somebody.
func (r *reader) asks(s *sentence) {
	s = r.withoutInsertion(s)
	if r.gerunds(s) || r.enumerated(s) || r.marked(s) {
		r.askedIn = s.block
		return
	}
	had := len(r.facts.Asks)
	r.askedOf(s)
	r.forms(s)
	defer func() {
		r.should(s, had)
		r.leadsOnly(s, had)
		if len(r.facts.Asks) > had {
			r.askedIn = s.block
		}
	}()
	for i := 0; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok && !s.speech(i, c) {
			i = c
			continue
		}
		j, thing, ok := callOn(s, i)
		if !ok || j >= len(s.toks) || r.askedAt(s.passage(j, j+1), had) {
			continue
		}
		t0 := strings.HasPrefix(s.tok(i).low, "recommend") || strings.HasPrefix(s.tok(i).low, "demand")
		if s.tok(i-1).is("employer", "employers", "broker", "brokers", "agent", "agents", "smuggler", "smugglers", "foreman", "boss", "husband", "captain", "recruiter", "traffickers") && !s.tok(i).is("urged") || thing && s.has(j, j+3, set("strike strikes help ambulance")) {
			continue // what they want of a worker is no ask
		}
		if s.has(max(0, i-4), i, set("should must could who which it when if not law laws vacancy applicants interested candidates")) && !s.tok(i-1).is("also") && !s.tok(i-2).is("and") {
			if s.tok(i-1).is("it") && !s.tok(i-2).is("if", "when", "whether", "as", "that", "which") && (strings.HasSuffix(s.tok(i).low, "ed") || strings.HasSuffix(s.tok(i).low, "s")) {
				// "It asks …", "Among other things, it called on …"
			} else if s.appealThat(i - 1) {
				// "an appeal which calls on …"
			} else if s.tok(i-1).is("it", "which", "who", "not", "should", "must", "could") {
				continue
			}
		}
		end := s.spokenEnd(i)
		if end <= j || s.has(max(0, i-8), i, set("nothing nobody none")) && !s.has(max(0, i-8), i, set(", ;")) {
			continue
		}
		if (s.tok(j-1).is("that") || t0 && s.tok(j).is("the")) && r.thatThey(s, i, j, end) {
			i = s.beforeCall(j, end) - 1
			continue
		}
		if t0 && !thing && s.tok(j).is("the") && j == i+1 {
			continue
		}
		if s.tok(j-1).is("that") && r.thatItBe(s, i, j, end) {
			i = end - 1
			continue
		}
		to := r.toVerb(s, j, end)
		if thing && to > 0 && s.tok(j).is("a", "an", "access", "changes", "amendments", "measures", "steps", "more", "better", "greater") || to > 0 && s.tok(j).is("for") && !thing && !r.headWhom(s, j+1, to) {
			to = -1
		}
		for k := j + 1; k < to; k++ {
			if thing && s.tok(k).is("by") || !thing && s.tok(k).is("for") && s.tok(i).is("asked", "asks", "ask", "requested") && r.headWhom(s, j, k) && !r.headWhom(s, k+1, to) {
				to = -1 // "called for action by the Government to …", "asked the Governor for permission to …"
			}
		}
		for k := j + 2; thing && k < to; k++ {
			if _, _, again := callOn(s, k); again && s.tok(k-1).is("and", ",") || s.tok(k).is("and") && s.tok(k+1).is("for") && s.tok(j-1).is("for") {
				to = -1 // "called for a law and urged the Ministry to …"
			}
		}
		if m, ok := s.orgs[j+s.article(j)]; ok && to < 0 && s.tok(j-1).is("that") && s.tok(m.j).kind == word && !s.tok(m.j).upper && m.j+2 < end {
			// "recommended that the Ministry end …"
			r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(j, end, 0.8), Words: clean(s.words(j, end)), Addressees: []string{r.fullName(s, m.i, m.j)}, By: r.asker(s, i), Event: r.event})
			i = end - 1
			continue
		}
		a := Ask{Event: r.event, By: r.asker(s, i)}
		switch {
		case to > 0:
			who := to
			if s.tok(to - 1).is("not") {
				who--
			}
			a.Addressees = r.asked(s, i, j, who)
			if len(a.Addressees) == 0 {
				if !thing {
					continue
				}
				to = -1
			}
		case s.tok(i).is("appealed", "appeals", "appeal", "pressed", "asked", "petitioned"):
			at := -1
			for k := j + 1; k < j+14 && k+2 < end && at < 0; k++ {
				if s.tok(k).is("for") {
					at = k
				} else if s.tok(k).is(",", "about", "why", "how", "if", "whether") {
					break
				}
			}
			if at < 0 || s.tok(i).is("asked") && s.tok(at+1).is("help", "their", "his", "her") {
				continue
			}
			if a.Addressees = r.addressed(s, j, at); len(a.Addressees) == 0 || !r.headWhom(s, j, at) {
				continue
			}
			r.ask(s, at+1, end, 0.75, a.Addressees, a.By) // "appealed to both governments for the renewal of …"
			i = end - 1
			continue
		case !thing:
			continue
		}
		from := j
		if to > 0 {
			from = to + 1
			if s.tok(to - 1).is("not") {
				from = to - 1 // "asked the police not to arrest anybody"
			}
		}
		if to < 0 && s.tok(i).is("asked", "requested", "encouraged") || end-from < 2 {
			continue
		}
		if to < 0 && len(a.Addressees) == 0 {
			a.Addressees = r.doneBy(s, from, end)
			if thing && len(a.Addressees) == 0 && s.tok(i).is("call", "calls", "called", "calling") {
				a.Addressees = r.byWhom(s, from)
			}
		}
		// Another call in the same sentence is an ask of its own.
		end = s.beforeCall(from, end)
		if s.tok(i).is("call", "calls", "appeal", "appeals") && s.tok(i-1).is("a", "an", "another", "the", "their", "and", "renewed", "repeated", "joint") {
			for k := from + 1; k < end; k++ {
				if s.tok(k).is("was", "were") && s.has(k+1, k+3, set("made repeated heard voiced raised renewed")) {
					end = k // "A call for the abolition of permits was made"
				}
			}
		}
		if s.asksBelow(from, end) {
			continue
		}
		var others []Ask
		at, next := r.alsoAsked(s, from, end, to)
		first := at
		for at > 0 {
			also, then := r.alsoAsked(s, next+1, end, to)
			last := end
			if also > 0 {
				last = also
			}
			for last > next && s.tok(last-1).is(",", "and") {
				last--
			}
			others = append(others, Ask{Found: s.found(next+1, last, 0.8), Words: clean(s.words(next+1, last)), Addressees: r.addressed(s, at+1, next), By: a.By, Event: r.event})
			at, next = also, then
		}
		if first > 0 {
			end = first
			for end > from && s.tok(end-1).is(",") {
				end--
			}
		}
		sure := Sureness(0.85)
		if to < 0 {
			sure = 0.75
		}
		parts := s.further(from, end, to > 0)
		if to > 0 && len(parts) == 1 {
			if run := s.run(from, end); run != nil {
				parts = run
			}
		} else if to < 0 && thing {
			parts = s.thingsIn(from, end)
		}
		for _, part := range parts {
			r.ask(s, part[0], part[1], sure, a.Addressees, a.By)
		}
		for _, o := range others {
			if last := o.At.To; last > 0 {
				r.facts.Asks = append(r.facts.Asks, o)
				for end < len(s.toks) && s.toks[end-1].to < last {
					end++
				}
			}
		}
		i = end - 1
	}
}

// leadsOnly takes back what a sentence that leads to a list seemed to ask right
// before its colon, where that is but who is asked.
func (r *reader) leadsOnly(s *sentence, had int) {
	n := len(r.facts.Asks)
	if n == had || !r.asking.on || !s.tok(len(s.toks)-1).is(":") {
		return
	}
	if a := r.facts.Asks[n-1]; a.At.Block == s.block.ID && a.At.To >= s.toks[len(s.toks)-2].to && len(strings.Fields(a.Words)) < 9 {
		r.facts.Asks = r.facts.Asks[:n-1]
	}
}

// article is how many tokens an article at token i takes.
func (s *sentence) article(i int) int {
	if s.tok(i).is("the") {
		return 1
	}
	return 0
}

// toVerb returns the "to", "should" or "must" that ends an addressee.
func (r *reader) toVerb(s *sentence, i, end int) int {
	for k := i; k < end && k < i+34; k++ {
		t := s.tok(k)
		if m, ok := s.orgs[k]; ok {
			k = m.j - 1
			continue
		}
		if t.is("to") && s.tok(k+1).kind == word && !s.tok(k+1).upper && (!functionWords[s.tok(k+1).low] || s.tok(k+1).is("be", "have", "do", "see", "view")) && numberWords[s.tok(k+1).low] == 0 && k > i || t.is("should", "must", "shall") && k > i {
			if s.tok(k-1).is("and", ",", "ought", "has", "have", "had", "needs", "need") {
				return -1 // "to call for a law, and to demand …", "the Ministry ought to …"
			}
			return k
		}
		if t.is(".", ";", "which", "who", "because") {
			return -1
		}
	}
	return -1
}
