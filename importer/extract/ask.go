package extract

import (
	"regexp"
	"strings"
)

// An asking is a list of asks that is being read: what came before it says
// whom they are made to.
type asking struct {
	on         bool
	addressees []string
	by         string
	items      int
	open       bool // the last item ended in a semicolon or "and": another follows
	plain      bool // items bear no mark of their own
}

var (
	askMark  = regexp.MustCompile(`^\s*(?:[•▪●◦*·–-]\s*)?(?i:(no\.?\s*|recommendation\s+(?:no\.?\s*)?|demand\s+|r))?\(?(\d{1,2}(?:\.\d{1,2})?|[ivx]{1,5}|[a-h])[.):]+\s*`)
	bullet   = regexp.MustCompile(`^\s*[•▪●◦*·–✓➢-]\s+`)
	askIntro = regexp.MustCompile(`(?i)\b(?:recommendations?|recommends?|recommended|call(?:s|ed|ing)?\s+(?:on|upon|for)|urges?d?|demands?|appeals?|we\s+ask|requests?)\b[^.]*:\s*$`)
	askHead  = regexp.MustCompile(`(?i)^(?:\W|\d)*(?:key\s+|our\s+|main\s+|joint\s+|policy\s+|summary\s+of\s+)*(?:recommendations?|demands|calls?\s+to\s+action|we\s+(?:call|demand|urge|recommend)\b.*)(?:\s+(?:of|from|to|for)\b.*)?:?\s*$`)
	headTo   = regexp.MustCompile(`(?i)^(?:\W|\d)*(?:recommendations?\s+)?(?:to|for)\s+(?:the\s+)?(.{3,120}?):?\s*$`)
	trailing = regexp.MustCompile(`(?:[;,]\s*(?:and|or)?|\.)\s*$`)
)

// askBlock reads a block of a list of asks, or one that begins or ends such a
// list. It reports whether the block was one of the asks.
func (r *reader) askBlock(b *Block) bool {
	text := strings.TrimSpace(b.Text)
	if len(text) > 4000 {
		r.asking = asking{}
		return false
	}
	if r.asking.on {
		if len(text) < 140 && (b.Heading || strings.HasSuffix(text, ":")) {
			if m := headTo.FindStringSubmatch(text); m != nil {
				r.asking.addressees = addressees(m[1])
				r.asking.open = true
				return true
			}
			if b.Heading && !askHead.MatchString(text) {
				r.asking = asking{}
				return false
			}
		}
		if r.askItem(b, text) {
			return true
		}
		r.asking = asking{}
	}
	if len(text) < 120 && (b.Heading || len(text) < 60) && askHead.MatchString(text) && !(strings.HasSuffix(text, ":") && askIntro.MatchString(text)) {
		r.asking = asking{on: true, open: b.Heading || strings.HasSuffix(text, ":")}
		if m := regexpTo.FindStringSubmatch(text); m != nil {
			r.asking.addressees = addressees(m[1])
		}
		return true
	}
	if strings.HasSuffix(text, ":") {
		tail := text[max(0, len(text)-700):]
		if askIntro.MatchString(tail) && !strings.Contains(strings.ToLower(tail), "aimed to") {
			r.asking = asking{on: true, open: true, by: r.askedBy}
			s := &sentence{block: b, toks: tokens(tail)}
			r.annotate(s)
			for i := range s.toks {
				if j, _, ok := callOn(s, i); ok {
					end := len(s.toks)
					for k := j; k < end; k++ {
						if s.tok(k).is("to", ":", "that") && k > j {
							end = k
						}
					}
					r.asking.addressees = r.addressed(s, j, end)
				}
			}
			if len(r.asking.addressees) == 0 {
				r.asking.addressees = r.askedOfIn(s)
			}
		}
	}
	return false
}

// askedOfIn reads whom a lead-in names: "the following recommendations to the
// governments of ASEAN:".
func (r *reader) askedOfIn(s *sentence) []string {
	for i := range s.toks {
		if !s.tok(i).is("recommendations", "demands", "requests", "appeal", "appeals", "call", "calls", "proposals", "asks") {
			continue
		}
		for k := i + 1; k < i+4; k++ {
			if !s.tok(k).is("to", "for", "on") {
				continue
			}
			end := k + 1
			for end < len(s.toks) && !s.tok(end).is(":", "to", ";") {
				end++
			}
			return r.addressed(s, k+1, end)
		}
	}
	return nil
}

// asksFor are words before a colon that say that a list of asks follows.
var asksFor = set(`recommendations recommended recommend recommends demands demanded demand called calls call urged urge urges proposals proposed appealed asks requests following`)

// enumerated reads asks that one sentence lists behind a colon: "recommended
// the following: first, that officials accept …; second, that …". It reports
// whether it found any.
func (r *reader) enumerated(s *sentence) bool {
	colon := -1
	for i := range s.toks {
		if s.tok(i).is(":") && i > 2 {
			colon = i
			break
		}
	}
	if colon < 0 || colon+4 > len(s.toks) || !s.has(0, colon, asksFor) || s.has(0, colon, set("objectives aimed aims objective topics questions themes speakers sessions")) || !s.has(0, colon, set("recommendations recommended recommend recommends demands demanded demand called calls call urged urge urges proposals proposed appealed asks requests")) || !s.has(colon, len(s.toks), set(";")) {
		return false
	}
	lead := &sentence{block: s.block, toks: s.toks[:colon+1], orgs: s.orgs, persons: s.persons}
	to := r.askedOfIn(lead)
	for i := 0; i < colon && len(to) == 0; i++ {
		if j, _, ok := callOn(s, i); ok {
			end := j
			for end < colon && !s.tok(end).is("to", "that") {
				end++
			}
			to = r.addressed(s, j, end)
		}
	}
	n := 0
	from := colon + 1
	for k := from; k <= len(s.toks); k++ {
		if k < len(s.toks) && !s.tok(k).is(";") {
			continue
		}
		if r.oneOfList(s, from, k, to) {
			n++
		}
		from = k + 1
	}
	return n > 0
}

// oneOfList notes one ask of such a list, between tokens i and j.
func (r *reader) oneOfList(s *sentence, i, j int, to []string) bool {
	num := ""
	for i < j {
		t := s.tok(i)
		if t.kind == number && s.tok(i+1).is(")", ".") || t.is("i", "ii", "iii", "iv", "v", "a", "b", "c", "d", "e") && s.tok(i+1).is(")") {
			num = t.text
			i += 2
			continue
		}
		if t.kind == mark && !t.is("“", "\"") || t.is("and", "that", "to", "first", "firstly", "second", "secondly", "third", "thirdly", "fourth", "fifth", "finally", "lastly", "also") {
			i++
			continue
		}
		break
	}
	for j > i && s.tok(j-1).kind == mark && !s.tok(j-1).is(")", "”") {
		j--
	}
	if j-i < 3 {
		return false
	}
	from, sure := i, Sureness(0.85)
	for k := i + 1; k < i+9 && k < j-1; k++ {
		t := s.tok(k)
		_, org := s.orgEnding(k)
		if t.is("should", "must", "shall", "to") || t.kind == word && !t.upper && !functionWords[t.low] && !whom[t.low] && (whom[s.tok(k-1).low] || org) && !strings.HasSuffix(t.low, "ing") {
			if who := r.addressed(s, i, k); len(who) > 0 {
				to, from = who, k
				if t.is("should", "must", "shall", "to") {
					from++
				}
			}
			break
		}
	}
	r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(from, j, sure), Words: clean(s.words(from, j)), Number: num, Addressees: to, By: r.asker(s, i), Event: r.event})
	return true
}

var regexpTo = regexp.MustCompile(`(?i)\b(?:to|for)\s+(?:the\s+)?(.+?):?\s*$`)

// askItem takes a block for one of the asks of a list.
func (r *reader) askItem(b *Block, text string) bool {
	from := strings.Index(b.Text, text)
	num := ""
	m := askMark.FindStringSubmatchIndex(b.Text)
	marked := b.Item
	switch {
	case m != nil:
		num, from, marked = b.Text[m[4]:m[5]], m[1], true
	case bullet.MatchString(b.Text):
		from, marked = bullet.FindStringIndex(b.Text)[1], true
	}
	ends := strings.HasSuffix(text, ";") || strings.HasSuffix(text, "; and") || strings.HasSuffix(text, ", and")
	if !marked && !(r.asking.open && (ends || r.asking.plain) && len(text) > 15 && len(text) < 900) {
		return false
	}
	if !marked {
		r.asking.plain = true
	}
	body := b.Text[from:]
	to := from + len(strings.TrimRight(body, " \t\n"))
	if t := trailing.FindStringIndex(b.Text[from:to]); t != nil {
		to = from + t[0]
	}
	words := clean(b.Text[from:to])
	if len(words) < 12 {
		return false
	}
	r.asking.items++
	r.asking.open = ends || marked && !strings.HasSuffix(text, ".")
	if r.asking.plain && !ends {
		r.asking.open = false
	}
	a := Ask{
		Found: Found{Passage{b.ID, from, to, b.Text[from:to]}, 0.9},
		Words: words, Number: num, Addressees: r.asking.addressees, By: r.asking.by, Event: r.event,
	}
	if !marked {
		a.Sure = 0.7
	}
	if len(a.Addressees) == 0 {
		s := &sentence{block: &Block{Text: words}, toks: tokens(words)}
		r.annotate(s)
		for i := range s.toks {
			if s.tok(i).is("should", "must", "shall") && i > 0 && i < 14 {
				a.Addressees = r.addressed(s, 0, i)
				break
			}
		}
	}
	r.facts.Asks = append(r.facts.Asks, a)
	return true
}

// callOn reads the words that make an ask: "urged", "called on". It says
// where the addressee begins, and whether one must follow ("called for" may
// name the thing at once).
func callOn(s *sentence, i int) (j int, thing, ok bool) {
	t := s.tok(i)
	switch {
	case t.kind != word || t.upper && i > 1:
	case t.is("urged", "asked", "requested") && s.tok(i+1).is("that"):
		return i + 2, false, true
	case t.is("urged", "urges", "urge", "urging"):
		return i + 1, false, true
	case t.is("called", "calls", "call", "calling"):
		if s.tok(i+1).is("on", "upon") {
			return i + 2, false, true
		}
		if s.tok(i + 1).is("for") {
			return i + 2, true, true
		}
	case t.is("pressed", "petitioned", "implored", "lobbied", "begged", "asking", "requesting") && !s.tok(i-1).is("were", "was", "been", "by"):
		return i + 1, false, true
	case t.is("proposed", "suggested", "insisted", "recommending", "proposing", "demanding") && s.tok(i+1).is("that"):
		return i + 2, false, true
	case t.is("appealed", "appealing", "appeals", "appeal") && s.tok(i+1).is("to"):
		return i + 2, false, true
	case t.is("requested", "asked", "encouraged", "encourages", "requests", "asks") && !s.tok(i-1).is("were", "was", "are", "is", "be", "been", "being", "when"):
		return i + 1, false, true
	case t.is("raised", "made") && s.tok(i+1).is("for") && s.has(0, i, set("suggestions suggestion recommendations calls")):
		return i + 2, false, true
	case t.is("recommended", "recommends", "recommend", "demanded", "demands", "demand", "urged", "asks", "asked", "requested") && s.tok(i+1).is("that"):
		return i + 2, false, true
	case t.is("demanded", "demands") && !s.tok(i-1).is("were", "the", "their", "these", "our", "high"):
		return i + 1, true, true
	}
	return 0, false, false
}

// asks notes what a sentence says that somebody asked of somebody.
func (r *reader) asks(s *sentence) {
	if r.gerunds(s) || r.enumerated(s) {
		return
	}
	r.askedOf(s)
	for i := 0; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok && c-i < 30 {
			i = c
			continue
		}
		j, thing, ok := callOn(s, i)
		if !ok || j >= len(s.toks) {
			continue
		}
		if s.has(max(0, i-4), i, set("should must could who which it when if not law laws vacancy applicants interested candidates")) && !s.tok(i-1).is("also") && !s.tok(i-2).is("and") {
			if s.tok(i-1).is("it") && i == 1 && strings.HasSuffix(s.tok(i).low, "s") {
				// "It asks …"
			} else if s.tok(i-1).is("it", "which", "who", "not", "should", "must", "could") {
				continue
			}
		}
		end := len(s.toks)
		for end > j && s.tok(end-1).kind == mark && !s.tok(end-1).is(")", "”") {
			end--
		}
		if s.tok(j-1).is("that") && r.thatThey(s, i, j, end) {
			i = end - 1
			continue
		}
		to := r.toVerb(s, j, end)
		if m, ok := s.orgs[j+s.article(j)]; ok && to < 0 && s.tok(j-1).is("that") && s.tok(m.j).kind == word && !s.tok(m.j).upper && m.j+2 < end {
			// "recommended that the Ministry end …"
			r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(m.j, end, 0.8), Words: clean(s.words(m.j, end)), Addressees: []string{r.fullName(s, m.i, m.j)}, By: r.asker(s, i), Event: r.event})
			i = end - 1
			continue
		}
		a := Ask{Event: r.event, By: r.asker(s, i)}
		switch {
		case to > 0:
			a.Addressees = r.addressed(s, j, to)
			if len(a.Addressees) == 0 {
				if !thing {
					continue
				}
				to = -1
			}
		case !thing:
			continue
		}
		from := j
		if to > 0 {
			from = to + 1
		}
		if to < 0 && s.tok(i).is("asked", "requested", "encouraged") || end-from < 2 {
			continue
		}
		// Another call in the same sentence is an ask of its own.
		for k := from + 3; k < end; k++ {
			if n, _, again := callOn(s, k); again && n < end && s.tok(k-1).is("and", ",") {
				end = k - 1
				for end > from && s.tok(end-1).is(",", "and") {
					end--
				}
			}
		}
		if at, next := r.alsoAsked(s, from, end, to); at > 0 {
			r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(next+1, end, 0.8), Words: clean(s.words(next+1, end)), Addressees: r.addressed(s, at+1, next), By: a.By, Event: r.event})
			end = at
			for end > from && s.tok(end-1).is(",") {
				end--
			}
		}
		a.Found = s.found(from, end, 0.85)
		if to < 0 {
			a.Sure = 0.75
		}
		a.Words = clean(s.words(from, end))
		r.facts.Asks = append(r.facts.Asks, a)
		i = end - 1
	}
}

// thatThey reads "recommended that banks offer small loans, and that the
// government suspend interest", from token j on. It reports whether it found
// an ask.
func (r *reader) thatThey(s *sentence, i, j, end int) bool {
	found := false
	for n := 0; n < 6 && j < end; n++ {
		to := end
		for k := j + 3; k+1 < end; k++ {
			if s.tok(k).is("and") && s.tok(k+1).is("that") || s.tok(k).is(",") && s.tok(k+1).is("that") {
				to = k
				break
			}
		}
		verb := -1
		for k := j + 1; k < j+12 && k < to-1; k++ {
			t := s.tok(k)
			if t.kind == mark && !t.is(",") || t.is("to", "who", "which") {
				break
			}
			if m, ok := s.orgs[k-1]; ok && m.j > k {
				k = m.j - 1
				continue
			}
			_, org := s.orgEnding(k)
			if t.is("should", "must", "shall") || (whom[s.tok(k-1).low] || org) && t.kind == word && !t.upper && !functionWords[t.low] && !whom[t.low] && !strings.HasSuffix(t.low, "ing") && !strings.HasSuffix(t.low, "ed") {
				verb = k
				break
			}
		}
		if verb < 0 {
			return found
		}
		who := r.addressed(s, j, verb)
		if len(who) == 0 {
			return found
		}
		from, last := verb, to
		if s.tok(verb).is("should", "must", "shall") {
			from++
		}
		for last > from && s.tok(last-1).is(",", "and", ";") {
			last--
		}
		if last-from < 2 {
			return found
		}
		r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(from, last, 0.8), Words: clean(s.words(from, last)), Addressees: who, By: r.asker(s, i), Event: r.event})
		found = true
		for to < end && s.tok(to).is(",", "and", "that") {
			to++
		}
		j = to
	}
	return found
}

// alsoAsked finds another addressee in the ask between tokens from and end:
// "urged governments to ratify the convention and employers to pay". It returns
// where "and" and "to" stand.
func (r *reader) alsoAsked(s *sentence, from, end, first int) (at, to int) {
	if first < 0 {
		return 0, 0
	}
	for k := from + 2; k < end; k++ {
		if !s.tok(k).is("and") {
			continue
		}
		for j := k + 2; j < k+8 && j < end-1; j++ {
			if s.tok(j).is("to") {
				_, org := s.orgEnding(j)
				if s.tok(j+1).kind == word && !s.tok(j+1).upper && !functionWords[s.tok(j+1).low] && (whom[s.tok(j-1).low] || org) && len(r.addressed(s, k+1, j)) > 0 {
					return k, j
				}
				break
			}
			if t := s.tok(j); t.kind == mark || t.is("and", "for", "by", "from", "with") {
				break
			}
		}
	}
	return 0, 0
}

// article is how many tokens an article at token i takes.
func (s *sentence) article(i int) int {
	if s.tok(i).is("the") {
		return 1
	}
	return 0
}

// askedOf notes an ask whose addressee comes first: "Owners were urged to …".
func (r *reader) askedOf(s *sentence) {
	for i := 2; i+2 < len(s.toks); i++ {
		if !s.tok(i).is("urged", "asked", "encouraged", "requested") || !s.tok(i-1).is("were", "was", "are", "is") || !s.tok(i+1).is("to") {
			continue
		}
		from := i - 1
		for from > 0 && from > i-16 && !s.tok(from-1).is(";", ":", ".", "that", "when", "where", "who", "because") {
			from--
		}
		a := Ask{Addressees: r.addressed(s, from, i-1), Event: r.event}
		end := len(s.toks)
		for end > i+2 && s.tok(end-1).kind == mark && !s.tok(end-1).is(")", "”") {
			end--
		}
		if len(a.Addressees) == 0 || end-i < 4 || s.has(from, i, present) {
			continue
		}
		a.Found, a.Words = s.found(i+2, end, 0.8), clean(s.words(i+2, end))
		r.facts.Asks = append(r.facts.Asks, a)
		return
	}
}

// toVerb returns the "to", "should" or "must" that ends an addressee.
func (r *reader) toVerb(s *sentence, i, end int) int {
	for k := i; k < end && k < i+34; k++ {
		t := s.tok(k)
		if m, ok := s.orgs[k]; ok {
			k = m.j - 1
			continue
		}
		if t.is("to") && s.tok(k+1).kind == word && !s.tok(k+1).upper && !s.tok(k+1).is("the", "a", "an", "these", "all", "their", "its") && k > i || t.is("should", "must", "shall") && k > i {
			return k
		}
		if t.is(".", ";", "which", "who", "because") {
			return -1
		}
	}
	return -1
}

// whom are the heads of those who can be asked for something.
var whom = set(`owners owner agents agent committee committees commission council councils consul managers captains buyer bank judges lawyers government governments state states agencies agency employers employer stakeholders stakeholder ministry ministries authorities authority
	embassy embassies countries country parties leaders brokers companies company unions union donors organisations organizations society
	governments’ officials parliament parliaments parliamentarians businesses sector police courts consulates recruiters factories
	asean un ngos csos members department departments office community communities media public researchers network networks bodies
	association associations them delegates organisers buyers brands retailers banks officers inspectors attachés hospitals schools
	municipalities municipality politicians lawmakers ministers minister everyone partners institutions actors vendors landlords
	developers contractors builders traders exporters importers suppliers producers plantations farmers operators firms corporations manufacturers shipowners
	prosecutors lenders insurers platforms airlines universities clinics secretariat taskforce congress assembly senate ombudsman chambers households
	families federations foundations inspectorate inspectorates funders investors teachers doctors monks journalists consumers customers`)

// addressed reads those who are asked, between tokens i and j.
func (r *reader) addressed(s *sentence, i, j int) []string {
	for i < j && s.tok(i).is("the", "all", "both", "relevant", "its", "their", "upon", "on", "for", "our") && !(s.tok(i).is("all") && !s.tok(i+1).is("the")) {
		i++
	}
	if i >= j || j-i > 34 {
		return nil
	}
	var out []string
	from := i
	take := func(to int) {
		a, b := from, to
		for a < b && s.tok(a).is("the", "and", ",", "as", "well", "&") {
			a++
		}
		for b > a && s.tok(b-1).is(",", "and", "also") {
			b--
		}
		if a < b && r.isWhom(s, a, b) {
			out = append(out, r.fullName(s, a, b))
		}
	}
	for k := i; k < j; k++ {
		if m, ok := s.orgs[k]; ok && m.j <= j {
			k = m.j - 1
			continue
		}
		t := s.tok(k)
		parted := t.is("and", ",", "&", ";") || t.is("as") && s.tok(k+1).is("well")
		if t.is(",") && s.tok(k+1).is("including", "especially", "particularly") {
			take(k)
			from = j
			break
		}
		if t.is("including") {
			take(k)
			from = j
			break
		}
		if parted && r.isWhom(s, from, k) && (r.isWhom(s, k+1, j)) {
			take(k)
			from = k + 1
		}
	}
	if from < j {
		take(j)
	}
	return out
}

// fullName gives the whole name of an organisation that is all there is.
func (r *reader) fullName(s *sentence, i, j int) string {
	if m, ok := s.orgs[i]; ok && m.j == j {
		if _, ok := r.defined[m.org.Short]; ok {
			return m.org.Name
		}
	}
	return clean(s.words(i, j))
}

// isWhom reports whether tokens i to j name somebody who can be asked.
func (r *reader) isWhom(s *sentence, i, j int) bool {
	for k := i; k < j; k++ {
		if _, ok := s.orgs[k]; ok {
			return true
		}
		t := s.tok(k)
		if whom[t.low] {
			return true
		}
		if s.isPerson(k) {
			return true
		}
		if _, end, ok := find(s, k, r.gaz.places); ok && end >= j {
			return true
		}
		if t.is("to", "of", "in", "for") && k > i+8 {
			return false
		}
	}
	return false
}

// asker returns who asks, as the sentence has it: the person or the group
// before the verb.
func (r *reader) asker(s *sentence, i int) string {
	for n := len(s.persons) - 1; n >= 0; n-- {
		if p := s.persons[n]; p.nj <= i {
			return p.name
		}
	}
	for k := i - 1; k >= 0 && k > i-10; k-- {
		if s.tok(k).is("participants", "members", "migrants", "workers", "women", "organisations", "activists", "advocates", "delegates") {
			return s.tok(k).text
		}
		if m, ok := s.orgEnding(k + 1); ok {
			return m.org.Name
		}
	}
	return ""
}

// gerunds reads recommendations that are listed in one breath:
// "recommendations include: drafting …, ending …, granting …".
func (r *reader) gerunds(s *sentence) bool {
	at := -1
	for i := range s.toks {
		if s.tok(i).is("recommendations", "demands", "recommendation") && (s.tok(i+1).is("include", "included", "are", "were", "including") || s.tok(i+1).is(":")) {
			at = i + 2
			break
		}
	}
	if at < 0 {
		return false
	}
	for s.tok(at).is(":", "the", "following") {
		at++
	}
	if !isGerund(s.tok(at)) {
		return false
	}
	by := ""
	for _, m := range s.orgsIn(0, at) {
		by = m.org.Name
	}
	from, n := at, 0
	take := func(to int) {
		b := to
		for b > from && s.tok(b-1).is(",", ";", "and", ".") {
			b--
		}
		if b-from < 3 {
			return
		}
		r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(from, b, 0.85), Words: clean(s.words(from, b)), By: by, Event: r.event})
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

// addressees parts words like "the Government of Thailand and employers".
func addressees(text string) []string {
	r := &reader{gaz: builtIn(), defined: map[string]Organisation{}, definedName: map[string]Organisation{}}
	s := &sentence{block: &Block{Text: text}, toks: tokens(text)}
	r.annotate(s)
	if out := r.addressed(s, 0, len(s.toks)); len(out) > 0 {
		return out
	}
	return nil
}

// adoption notes that what was asked was taken over: "submitted the
// recommendations … to the Committee, all of which were adopted in the
// Statement (recommendations 2 to 7)".
func (r *reader) adoption(s *sentence) {
	verb := -1
	for i := range s.toks {
		if s.tok(i).is("adopted", "incorporated", "endorsed", "included") && s.has(max(0, i-60), i, set("recommendations recommendation demands proposals")) && (s.tok(i).is("adopted") || s.tok(i-1).is("were", "was", "been")) {
			verb = i
			break
		}
	}
	if verb < 0 {
		return
	}
	a := Adoption{Event: r.event}
	sure := Sureness(0.7)
	for i := 0; i < verb; i++ {
		if s.tok(i).is("submitted", "presented", "sent", "handed") {
			for k := i + 1; k < verb; k++ {
				if s.tok(k).is("to") {
					if list, _ := r.list(s, k+1); len(list) > 0 {
						a.To = list[len(list)-1].org.Name
						if list[0].org.Short != "" {
							a.To = list[0].org.Name + " (" + list[0].org.Short + ")"
						}
					}
				}
			}
		}
		if s.tok(i).is("all") && i > verb-8 {
			a.All = true
		}
	}
	end := verb + 1
	if s.tok(end).is("in", "into", "by", "as") {
		k := end + 1
		for s.tok(k).is("the", "its", "part", "of") {
			k++
		}
		j := k
		for j < len(s.toks) && (s.tok(j).upper || s.tok(j).kind == number || s.tok(j).is("/", "of", "on", "for", "the", "and", "-") && (s.tok(j+1).upper || s.tok(j+1).kind == number)) {
			j++
		}
		a.Document, end = clean(s.words(k, j)), max(j, end)
	}
	for i := end; i < len(s.toks); i++ {
		if s.tok(i).is("section") {
			for k := i + 1; k < i+5; k++ {
				if s.tok(k).is("“", "\"") {
					j := k + 1
					for j < len(s.toks) && !s.tok(j).is("”", "\"", "(") {
						j++
					}
					a.Section, end = clean(s.words(k+1, j)), j
					break
				}
			}
		}
		if s.tok(i).is("recommendations", "recommendation", "paragraphs", "points", "numbers") && s.tok(i+1).kind == number {
			a.From, a.Until, end = s.tok(i+1).text, s.tok(i+1).text, i+2
			if _, ok := s.through(i + 2); ok && s.tok(i+3).kind == number {
				a.Until, end = s.tok(i+3).text, i+4
			}
			sure = 0.9
		}
	}
	if a.Document == "" && a.From == "" {
		return
	}
	a.Found = s.found(0, min(end+1, len(s.toks)), sure)
	r.facts.Adoptions = append(r.facts.Adoptions, a)
}
