package extract

import "strings"

// run parts what is asked in one breath of three or more things, each of which
// begins with its verb: "ratify the convention, extend the law to homes, and
// raise the wage". Two are one ask.
func (s *sentence) run(from, end int) [][2]int {
	if !s.bidden(from) {
		return nil
	}
	var parts [][2]int
	at, commas := from, 0
	for k := from + 2; k+2 < end; k++ {
		next := s.partBehind(k)
		if next == 0 || !s.bidden(next) || s.tok(next).upper || s.tok(next+1).kind == mark || s.tok(next+1).is("and", "or", "of") || !s.tok(k).is(",", ";") && commas == 0 {
			continue
		}
		if s.tok(k).is(",", ";") {
			commas++
		}
		parts = append(parts, [2]int{at, k})
		at, k = next, next
	}
	if len(parts) < 2 {
		return nil
	}
	return append(parts, [2]int{at, end})
}

// partBehind returns where a part of a list begins behind the comma or the "and"
// at token k, 0 if neither stands there.
func (s *sentence) partBehind(k int) int {
	switch {
	case s.tok(k).is(",", ";") && s.tok(k+1).is("and", "or"):
		return k + 2
	case s.tok(k).is(",", ";"), s.tok(k).is("and") && !s.tok(k-1).is(",", ";"):
		return k + 1
	}
	return 0
}

// askNouns are what a list of things that are wanted is called.
var askNouns = set(`things demands points requests steps measures proposals recommendations wishes appeals conditions changes suggestions asks messages priorities matters`)

// counted reads asks of which the words before the colon say how many they are,
// and that commas part: "They want three things: a hotline, a shelter and a
// lawyer."
func (r *reader) countedList(s *sentence, colon int) bool {
	n := 0
	for k := 0; k+1 < colon; k++ {
		if c := numberWords[s.tok(k).low]; c > 1 && c < 8 && s.has(k+1, min(k+4, colon), askNouns) {
			n = c
		}
	}
	wants := s.has(0, colon, asksFor) || s.has(0, colon, set("want wants wanted ask asks asked demand need needs put submitted presented listed handed"))
	if n == 0 || !wants {
		return false
	}
	end := len(s.toks)
	for end > colon && s.tok(end-1).kind == mark && !s.tok(end-1).is(")", "”") {
		end--
	}
	from := colon + 1
	var parts [][2]int
	for k := from + 1; k < end; k++ {
		if c, ok := s.quote[k]; ok {
			k = c
			continue
		}
		if m, ok := s.orgs[k]; ok && m.j > k {
			k = m.j - 1
			continue
		}
		if next := s.partBehind(k); next > 0 && next < end {
			parts = append(parts, [2]int{from, k})
			from, k = next, next
		}
	}
	parts = append(parts, [2]int{from, end})
	if len(parts) != n {
		// "and" within the parts: only those count that a comma parts, and the last.
		parts = s.byForm(colon+1, end)
	}
	if len(parts) != n {
		return false
	}
	to := r.leadsTo(s, colon)
	for _, p := range parts {
		at := p[0]
		for s.tok(at).is("to", "that", "first", "second", "third", "finally") {
			at++
		}
		who := to
		if named := r.itemWhom(s.words(at, p[1]), len(to) > 0); len(named) > 0 {
			who = named
		}
		if p[1]-at == 1 {
			r.facts.Asks = append(r.facts.Asks, Ask{Found: s.found(at, p[1], 0.75), Words: clean(s.words(at, p[1])), Addressees: who, By: r.asker(s, at), Event: r.event})
			continue
		}
		r.ask(s, at, p[1], 0.8, who, r.asker(s, at))
	}
	return true
}

// plainList reads asks behind a colon that nothing counts: "Our message to employers
// is simple: pay on time, give back passports and let workers rest", "To the media:
// do not print faces."
func (r *reader) plainList(s *sentence, colon int) bool {
	end := len(s.toks)
	for end > colon && s.tok(end-1).kind == mark && !s.tok(end-1).is(")", "”") {
		end--
	}
	if end-colon < 3 || r.asking.on {
		return false
	}
	if s.tok(0).is("to") && s.tok(0).upper && colon < 12 && s.bidden(colon+1) && r.headWhom(s, 1, colon) {
		if to := r.addressed(s, 1, colon); len(to) > 0 {
			parts := s.run(colon+1, end)
			if parts == nil {
				parts = [][2]int{{colon + 1, end}}
			}
			for _, p := range parts {
				r.ask(s, p[0], p[1], 0.8, to, "")
			}
			return true
		}
	}
	if !s.has(max(0, colon-9), colon, asksFor) && !s.has(max(0, colon-9), colon, set("message messages demand plea appeal")) || s.has(0, colon, set("objectives aimed aims objective topics questions themes speakers sessions discussed")) {
		return false
	}
	parts := s.run(colon+1, end)
	if parts == nil && s.has(max(0, colon-9), colon, set("recommended recommends demanded demands demand recommendations")) {
		parts = s.shortThings(colon+1, end)
	}
	to := r.leadsTo(s, colon)
	for k := 0; k+2 < colon && len(to) == 0; k++ {
		if s.tok(k).is("message", "messages", "plea", "appeal", "appeals") && s.tok(k+1).is("to", "for") || s.tok(k).is("out") && s.tok(k+1).is("to") {
			last := k + 2
			for last < colon && !s.tok(last).is("is", "was", "are", "were") {
				last++
			}
			to = r.addressed(s, k+2, last)
		}
	}
	if parts == nil && len(to) > 0 && (s.bidden(colon+1) || s.tok(colon+1).is("let")) {
		parts = [][2]int{{colon + 1, end}}
	}
	for _, p := range parts {
		r.ask(s, p[0], p[1], 0.75, to, r.asker(s, colon))
	}
	return len(parts) > 0
}

// byForm parts a list between tokens i and end at each comma or "and" behind
// which a part begins as the first does: with a verb, a gerund, an article.
func (s *sentence) byForm(i, end int) [][2]int {
	form := func(k int) int {
		t := s.tok(k)
		switch {
		case t.is("to", "that", "for"):
			return 1
		case isGerund(t):
			return 2
		case t.is("a", "an", "the", "no", "more", "better", "free", "equal"):
			return 3
		case s.bidden(k):
			return 4
		}
		return 0
	}
	first := form(i)
	if first == 0 {
		return nil
	}
	var parts [][2]int
	for k := i + 1; k+1 < end; k++ {
		if next := s.partBehind(k); next > 0 && form(next) == first {
			parts = append(parts, [2]int{i, k})
			i, k = next, next
		}
	}
	return append(parts, [2]int{i, end})
}

// leadsTo reads whom the words of a sentence before token end ask.
func (r *reader) leadsTo(s *sentence, end int) []string {
	if end < 1 {
		return nil
	}
	b := s.block.Text[s.toks[0].from:s.toks[end-1].to] + ":"
	lead := &sentence{block: &Block{Text: b}, toks: tokens(b)}
	lead.quote = quotes(lead.toks)
	return r.sentenceWhom(lead)
}

// thingsIn parts what is demanded, between tokens from and end, into the things
// that it names: "a higher wage, an end to short contracts and paid leave".
func (s *sentence) thingsIn(from, end int) [][2]int {
	opens := func(k int) bool {
		t := s.tok(k)
		return t.is("a", "an", "the", "no", "more", "better", "free", "equal", "full", "safe", "paid", "stronger", "higher", "lower", "shorter", "longer", "greater", "access", "protection", "compensation", "for", "respect", "recognition", "freedom", "justice")
	}
	of := func(k int) bool {
		return s.has(k+1, k+4, set("of for to in from on with against at"))
	}
	var parts [][2]int
	at, commas := from, 0
	for k := from + 2; k+2 < end; k++ {
		if m, ok := s.orgs[k]; ok && m.j > k+1 {
			k = m.j - 1
			continue
		}
		next := s.partBehind(k)
		if next == 0 || next+1 >= end {
			continue
		}
		comma := s.tok(k).is(",", ";")
		switch {
		case s.tok(next).is("for") && s.tok(from-1).is("for") && !s.tok(next+1).is("example", "instance", "that", "which", "their"):
			next++ // "called for insurance, and for contracts in Lao"
		case s.tok(next).is("for"):
			continue
		case comma && opens(next) && !s.tok(next+1).is("latter", "former", "same", "fact") && (s.tok(from).is("the", "a", "an", "no") || commas > 0 || opens(from)) && of(next):
		case !comma && commas > 0 && (opens(next) || of(next)) && of(next):
		default:
			continue
		}
		if comma {
			commas++
		}
		parts = append(parts, [2]int{at, k})
		at, k = next, next
	}
	if short := s.shortThings(from, end); len(short) > len(parts)+1 {
		return short
	}
	if len(parts) == 1 && commas == 0 && !s.tok(parts[0][1]+1).is("for") {
		return [][2]int{{from, end}}
	}
	return append(parts, [2]int{at, end})
}

// shortThings parts a list of three or more things, each told in two to six words:
// "higher wages, safe housing and an end to deductions".
func (s *sentence) shortThings(from, end int) [][2]int {
	var parts [][2]int
	at, last := from, false
	for k := from + 1; k < end; k++ {
		if s.tok(k).kind == mark && !s.tok(k).is(",", "-", "’") || s.tok(k).is("that", "which", "who", "to") && !(s.tok(k).is("to") && s.tok(k-1).is("end", "access", "right")) {
			return nil
		}
		next := s.partBehind(k)
		if next == 0 {
			continue
		}
		if last = !s.tok(next - 1).is(","); last && len(parts) == 0 {
			return nil
		}
		parts = append(parts, [2]int{at, k})
		at, k = next, next
	}
	parts = append(parts, [2]int{at, end})
	if len(parts) < 3 || !last && !s.tok(from-1).is(":") {
		return nil
	}
	for _, p := range parts {
		if n := p[1] - p[0]; n < 2 || n > 6 || s.tok(p[0]).upper || s.tok(p[0]).is("of", "in", "by", "with", "from", "including", "especially", "at", "on") {
			return nil
		}
	}
	return parts
}

// headedTo begins a list of asks under a heading, or a line that ends in a colon,
// that is nothing but those whom what follows is asked: "Employers", "To the
// Government of Myanmar". What follows must be bidden.
func (r *reader) headedTo(b *Block, text string) bool {
	if len(text) > 140 || !b.Heading && !strings.HasSuffix(text, ":") || b.Item {
		return false
	}
	next := r.below(b)
	if next == nil {
		return false
	}
	words := strings.TrimSpace(next.Text)
	if m := askMark.FindString(next.Text); m != "" {
		words = next.Text[len(m):]
	} else if m := bullet.FindString(next.Text); m != "" {
		words = next.Text[len(m):]
	} else if !next.Item {
		return false
	}
	n := &sentence{block: next, toks: tokens(words[:min(len(words), 200)])}
	n.toks = n.toks[:min(len(n.toks), 40)]
	if len(n.toks) < 3 || !n.bidden(0) {
		return false
	}
	name := strings.TrimRight(text, ": ")
	if m := headTo.FindStringSubmatch(text); m != nil {
		name = m[1]
	} else if strings.ContainsAny(name, ".?!“\"") || len(strings.Fields(name)) > 9 || askIntro.MatchString(text) {
		return false
	}
	s := &sentence{block: &Block{Text: name}, toks: tokens(name)}
	r.annotate(s)
	for k, t := range s.toks {
		if _, _, calls := callOn(s, k); calls || t.is("we", "they", "i", "he", "she", "it", "that", "should", "must", "will", "is", "are", "was", "were", "to") {
			return false
		}
	}
	head := len(s.toks) // before what says where or of what they are
	for k := s.article(0) + 1; k < len(s.toks); k++ {
		if s.tok(k).is("of", "in", "for", "with", "on", "at", "from") && !s.hasOrgBefore(k) {
			head = k
			break
		}
	}
	if len(s.toks) == 0 || !r.headWhom(s, s.article(0), head) {
		return false
	}
	to := r.addressed(s, 0, len(s.toks))
	if len(to) == 0 {
		return false
	}
	r.asking = asking{on: true, open: true, addressees: to}
	return true
}

// below returns the block that follows one.
func (r *reader) below(b *Block) *Block {
	if n := r.blockAt + 1; n < len(r.text.Blocks) && &r.text.Blocks[n-1] == b {
		return &r.text.Blocks[n]
	}
	return nil
}
