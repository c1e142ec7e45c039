package extract

import "strings"

// counts notes how many took part, as a sentence states it.
func (r *reader) counts(s *sentence) {
	if r.event < 0 {
		return
	}
	here := s.has(0, len(s.toks), attending) || s.has(0, len(s.toks), present) || s.phraseIn(0, len(s.toks), "were there") >= 0
	counted, total, last := false, 0, -1
	for i := 0; i < len(s.toks); i++ {
		if r.dateHere(s, i) {
			continue
		}
		value, j, ok := s.numberAt(i)
		if !ok {
			continue
		}
		// "3 November", "Convention 189", "no. 4", "15th", "60 of the 259", "2.5 per cent"
		if prev := s.tok(i - 1); value <= 1 || prev.is("convention", "no", "no.", "article", "of", "$", "section", "number") || prev.kind == number && !r.dateHere(s, i-1) ||
			s.tok(j).is("st", "nd", "rd", "th", "%") || s.tok(j).is("of") && s.tok(j+1).is("the") && !counted {
			if !(s.tok(i-1).is("of") && (r.came >= 0 && r.came < i && eventNouns[s.tok(i-2).low] || s.tok(i-2).is("total", "participation", "group", "delegation", "team", "audience", "attendance", "crowd", "turnout") || s.tok(i-2).is("one", "up", "consisted", "composed") || s.isTotal(i) || (counted || here) && s.comesFrom(i))) {
				i = j - 1
				continue
			}
		}
		qualifier, start := s.qualified(i)
		if s.tok(start-1).is("that") && saying[s.tok(start-2).low] {
			i = j - 1
			continue // "reported that 4,003 workers left in 2013"
		}
		if k := start - 1; s.tok(k).is("of") && s.tok(k-1).is("audience", "crowd", "attendance", "turnout") && (j >= len(s.toks) || !peopleNouns[s.tok(j).low] && (s.tok(j).kind == mark || strings.HasSuffix(s.tok(j).low, "ed") || functionWords[s.tok(j).low])) {
			r.addCount(Count{s.found(k-1, j, 0.85), strings.ToLower(qualifier), value, s.tok(k - 1).low})
			counted = true
			i = j - 1
			continue
		}
		noun, bare := r.counted(s, j)
		if noun < 0 {
			noun, bare = s.came(j)
		}
		if who := s.whoNumbered(start); who != "" && noun < 0 {
			r.addCount(Count{s.found(start, j, 0.85), strings.ToLower(qualifier), value, who})
			counted, i = true, j-1
			continue
		}
		if q := start - 1; noun < 0 && (s.tok(q).is("together") || s.tok(q).is("by") && s.tok(q-1).is("attended")) {
			for k := j; k < j+3; k++ { // "brought together 48 bankers"
				if t := s.tok(k); t.kind == word && !t.upper && strings.HasSuffix(t.low, "s") && !functionWords[t.low] {
					noun, bare = k, j
					break
				}
			}
		}
		if noun < 0 && counted && s.comesFrom(start) {
			for k := j; k < j+3; k++ {
				if siteNouns[s.tok(k).low] {
					r.addCount(Count{s.found(start, k+1, 0.85), strings.ToLower(qualifier), value, clean(s.words(j, k+1))})
					break
				}
			}
		}
		if noun < 0 {
			i = j - 1
			continue
		}
		n := s.tok(noun)
		away := s.has(0, len(s.toks), elsewhere)
		body := bodyNouns[n.low]
		strong := present[n.low]
		switch {
		case away && !strong && r.came < noun && !s.tallied(s.beforeNumber(i), noun) && !(n.is("visitors") && r.came >= 0) && !s.has(noun, noun+16, set("visited")), n.is("participants", "participant") && s.has(i, noun, set("survey interview study research")),
			away && s.has(0, len(s.toks), set("interviewed surveyed booth booths respondents")) && !here:
			i = noun
			continue
		case body && !counted && !r.cameFrom(s, start, here) && !s.ofThem(start) && (r.came < 0 || r.came > noun):
			i = noun
			continue
		case body && (!(counted || s.comesFrom(start) || r.came > noun && s.opensClause(i)) || s.tok(start-1).is("the") && !s.tok(start-2).is("from")):
			i = noun
			continue
		case !body && !strong && !(counted && s.tok(start-1).is("and") && start-1 == last+1) && !r.atEvent(s, i, noun, here) && !(counted && (s.inBrackets(i) || s.has(0, i, set(":")))):
			i = noun
			continue
		}
		if total > 0 && value <= total && sexes[n.low] && noun == bare {
			total -= value // "28 leaders, 15 women and 13 men": parts of the number given
			i = noun
			continue
		}
		if s.tok(noun+1).is("have", "has", "had") && s.tok(noun+2).is("joined", "become", "registered", "applied") && !s.tok(noun+3).is("us", ".") && !s.has(noun+3, noun+9, eventNouns) {
			i = noun
			continue // "have joined the union as volunteers"
		}
		if !strong && (s.phraseIn(0, i, "past year") >= 0 || s.phraseIn(0, i, "last year") >= 0 || s.phraseIn(0, len(s.toks), "every year") >= 0 || s.phraseIn(0, len(s.toks), "each year") >= 0 || s.phraseIn(0, len(s.toks), "so far") >= 0) {
			i = noun
			continue // no number of those who were there
		}
		if s.tok(bare).is("new") && n.is("members", "member") {
			i = noun
			continue
		}
		if end := s.tok(noun + 1); end.is("interviewed", "surveyed", "who") && s.tok(noun+2).is("were") && s.tok(noun+3).is("interviewed") || end.is("interviewed", "surveyed", "working", "employed") {
			i = noun
			continue
		}
		if s.tok(noun + 1).is("+") {
			noun++
		}
		noun = s.furtherPeople(noun)
		if s.tok(j).is("+") && qualifier == "" {
			qualifier = "over"
		}
		what := clean(s.words(bare, noun+1))
		sure := Sureness(0.9)
		if !strong {
			sure = 0.8
		}
		r.addCount(Count{s.found(start, noun+1, sure), strings.ToLower(qualifier), value, what})
		counted = true
		last = noun
		if !body && value > total {
			total = value
		}
		i = noun
	}
}

// sexes are what a number of people is parted into.
var sexes = set("women men girls boys females males")

// came returns a noun in the plural that the vocabulary does not know, where
// what follows says that those were there: "27 welders took part".
func (s *sentence) came(j int) (noun, from int) {
	for k := j; k < j+4 && k < len(s.toks); k++ {
		t := s.tok(k)
		if t.kind != word || functionWords[t.low] {
			return -1, 0
		}
		next := s.tok(k + 1)
		if strings.HasSuffix(t.low, "s") && (next.is("attended", "participated", "gathered", "joined", "marched") || next.is("took") && s.tok(k+2).is("part")) {
			return k, j
		}
	}
	return -1, 0
}

// isPeople reports whether a token says in the plural who people are.
func (t *token) isPeople() bool {
	return peopleNouns[t.low] || t.kind == word && strings.HasSuffix(t.low, "s") && roleWords[strings.TrimSuffix(t.low, "s")] && !t.is("chairs", "leads", "heads", "chiefs", "labs") || t.is("attachés", "attaches", "inspectors")
}

// isTotal reports whether "a total of" stands before token i.
func (s *sentence) isTotal(i int) bool {
	if s.tok(i-1).is("all") && s.tok(i-2).is("in") || s.tok(i-1).is("altogether", "totally") || s.tok(i-1).is("total") && s.tok(i-2).is("in") {
		return true // "in all 31 persons"
	}
	return s.tok(i-1).is(":") && s.tok(i-2).is("total") || s.tok(i-2).is("total") && s.tok(i-1).is("of")
}

// counted returns the noun of a count whose number ends before token j: at
// most five words between, none of them a connector.
func (r *reader) counted(s *sentence, j int) (noun, from int) {
	if s.tok(j).is("+") {
		j++
	}
	for s.tok(j).is("or") && s.tok(j+1).is("so", "more") {
		j += 2
	}
	for k := j; k < j+7 && k < len(s.toks); k++ {
		t := s.tok(k)
		if t.is("/", "-", "&") || t.is("and") && k > j && s.peopleWithin(k+1, 4) {
			continue
		}
		if t.kind != word || functionWords[t.low] && !peopleNouns[t.low] && !t.is("other", "such") {
			return -1, 0
		}
		if t.upper && k <= j+1 && strings.HasSuffix(t.low, "s") && r.gaz.demonyms[strings.TrimSuffix(t.low, "s")] != "" && !s.tok(k+1).upper && !s.tok(k+1).isPeople() {
			return k, j // "400 Cambodians"
		}
		if t.isPeople() || bodyNouns[t.low] {
			// The last of several: "women migrant workers", "attachés and consular officers".
			for k+1 < len(s.toks) {
				if next := s.tok(k + 1); next.isPeople() || bodyNouns[next.low] {
					k++
				} else if next.is("and", "&") && t.isPeople() && (s.tok(k+2).isPeople() || s.tok(k+2).is("friends", "relatives", "allies")) {
					k += 2
				} else if next.is("and") && t.isPeople() && !peopleNouns[t.low] && s.tok(k+3).isPeople() && !s.tok(k+2).upper && s.tok(k+2).kind == word && !functionWords[s.tok(k+2).low] {
					k += 3
				} else {
					break
				}
			}
			return k, j
		}
	}
	return -1, 0
}

// peopleWithin reports whether a noun for people ends the words in small
// letters from token i on, at most so many.
func (s *sentence) peopleWithin(i, within int) bool {
	for k := i; k < i+within; k++ {
		t := s.tok(k)
		if t.isPeople() {
			return true
		}
		if t.kind != word || functionWords[t.low] || saying[t.low] {
			return false
		}
	}
	return false
}

// comesFrom reports whether "from", "representing" or "in" stands right before
// token i, as in "from 11 countries".
func (s *sentence) comesFrom(i int) bool {
	if s.tok(i-1).is("of") && s.tok(i-2).is("representatives", "delegates", "members", "leaders", "staff") {
		return true
	}
	return s.tok(i-1).is("from", "representing", "across") || s.tok(i-1).is("the") && s.tok(i-2).is("from")
}

func (s *sentence) inBrackets(i int) bool {
	for k := i - 1; k >= 0 && k > i-8; k-- {
		if s.tok(k).is("(") {
			return true
		}
		if s.tok(k).is(")") {
			return false
		}
	}
	return false
}

// atEvent reports whether a sentence says of those counted that they were at
// an event.
func (r *reader) atEvent(s *sentence, i, noun int, here bool) bool {
	if r.cameIn(s, s.beforeNumber(i), noun) {
		return true
	}
	if q := s.beforeNumber(i); s.tok(q).is("with") && s.has(max(0, q-16), q, eventNouns) {
		return true // "a planning meeting in the capital with eleven members"
	}
	if q := s.beforeNumber(i); s.tok(q).is("of") && s.tok(q-1).is("audience", "crowd", "turnout", "attendance") || r.sinceTold <= 3 && (s.tok(q).is("before") || s.tok(q).is("of") && s.tok(q-1).is("front")) && s.tok(i-1).kind == word && s.has(noun, noun+1, set("guests people participants listeners spectators onlookers journalists students visitors reporters viewers residents")) && !s.has(0, q, set("court judge")) {
		return true // "before an audience of over 100 people", "in front of some 80 guests"
	}
	if q := s.beforeNumber(i); s.tallied(q, noun) || s.tok(q).is(":") && s.has(0, q, set("attended attendance turnout crowd audience full")) {
		return true
	}
	if e := &r.facts.Events[r.event]; s.block.Item && e.At.Block == s.block.ID && s.tok(s.beforeNumber(i)).is(",", ":", "(", "–") && (noun+1 >= len(s.toks) || s.tok(noun+1).is(".", ")", ",")) {
		return true // "8 March: march in Mae Sot, 500 women."
	}
	if s.tok(0).is("according") && r.came < 0 {
		return false // "According to a worker, sixty men shared four toilets"
	}
	if q := s.beforeNumber(i); s.tok(q).is("did", "were") && s.tok(q-1).is("as") {
		return true // "attended, as did 45 returned workers"
	}
	if q := s.beforeNumber(i); s.tok(q).is("of") && s.tok(q-1).is("up", "consisted", "composed") && s.has(0, q, set("delegation group team audience mission participants")) {
		return true // "The delegation was made up of 14 representatives"
	}
	if q := s.beforeNumber(i); s.tok(q).is("were", "are") && s.tok(q-1).is("there") && (r.came >= 0 || r.sinceTold > 0 && r.sinceTold <= 4) && !s.tok(noun+1).is("who", "in", "on", "working") {
		return true // "There were 28 officers"
	}
	if s.tok(noun+1).is("followed", "watched", "listened", "joined", "connected", "tuned", "attended") && s.has(noun+2, noun+6, set("online livestream video zoom facebook screen link stream")) {
		return true // "and some 130 viewers followed online"
	}
	if v := noun + 1; s.tok(v).is("were", "sat", "stood") && s.tok(v+1).is("in") && s.tok(v+2).is("the") && s.has(v+3, v+5, set("hall auditorium room garden yard courtyard audience theatre")) {
		return true
	}
	if s.isTotal(i) || s.tok(noun+1).is("were") && s.tok(noun+2).is("in") && s.tok(noun+3).is("the") && s.tok(noun+4).is("room", "hall", "audience") || s.tok(noun+1).is("in") && s.tok(noun+2).is("the") && s.tok(noun+3).is("room", "hall", "audience") {
		return true
	}
	if q := s.beforeNumber(i); s.tok(q).is("met", "joined") {
		return true
	}
	if q := s.beforeNumber(i); s.tok(q).is("brought", "drew", "attracted", "hosted", "received") && r.came >= 0 || s.tok(q).is("by") && s.tok(q-1).is("followed", "watched", "visited", "joined", "attended", "seen") {
		return true // "This question brought 60 persons to the hotel"
	}
	if r.didThere(s, i, noun) {
		return true
	}
	if q := s.beforeNumber(i); s.tok(q).is("are", "were") && s.tok(q-1).is("we") {
		return true // "We are over 30 women"
	}
	if s.tok(i-1).is("for") && eventNouns[s.tok(i-2).low] {
		return true // "a training for 35 workers"
	}
	for k := noun + 1; k < len(s.toks) && k < noun+70; k++ {
		if t := s.tok(k); t.is("visited", "spent", "heard", "learned", "learnt", "listened", "debated", "completed", "exchanged", "practised", "walked", "filled", "packed", "crowded", "watched", "discussed", "logged", "tuned", "connected", "dialled", "elected", "endorsed") && !r.isPassive(s, k) || t.is("came") && s.tok(k+1).is("for", "to") && !s.has(noun+1, k, set("who that which")) {
			return r.event >= 0 && len(r.facts.Events[r.event].Counts) == 0
		} else if t.kind == word && saying[t.low] && !t.upper || t.is(";", ".", "had", "have", "has") {
			break
		}
	}
	if v := r.came; v > noun && !s.has(noun+1, v, saying) && !s.has(noun+1, v, set("that who which ;")) && s.opensClause(i) {
		return true // "Thirty-eight volunteers received their certificates"
	}
	if v := r.came; v >= 0 && v < i {
		if q := s.beforeNumber(i); s.tok(q).is("train", "educate", "inform", "enlighten", "teach", "equip", "prepare") && s.tok(q-1).is("to") {
			return true
		}
		if q := s.beforeNumber(i); s.tok(q).is("for", "with") && !s.tok(v).is("met", "meets", "discussed") || s.tok(q).is("of") && (eventNouns[s.tok(q-1).low] || s.tok(q-1).is("group", "team", "delegation")) {
			return true // "screened a film for 90 women", "with a walk of 250 women"
		}
	}
	if !here {
		return false
	}
	// "attended", "took part" close behind the noun, or "attended by", "brought
	// together", "the participation of" close before the number.
	for k := noun + 1; k < len(s.toks) && k < noun+70; k++ {
		t := s.tok(k)
		if t.is("attended", "participated", "joined", "gathered", "convened", "assembled", "rallied", "marched", "celebrated", "exchanged", "travelled", "met", "sat", "joining", "attending", "participating") || t.is("join", "attend", "participate") && !s.tok(k-1).is("to") || t.is("took") && (s.tok(k+1).is("part") || s.tok(k+1).is("to")) || t.is("came") && s.tok(k+1).is("together") || t.is("were", "was", "are") && (s.tok(k+1).is("present", "trained") || s.tok(k+1).is("there") && s.tok(k+2).kind != word) {
			return true
		}
		if t.kind == word && saying[t.low] && !t.upper && !t.is("joined") || t.is(";") || k == noun+1 && t.is("had", "have") && value(s, i) > 5000 {
			break
		}
	}
	for k := i - 1; k >= 0 && k > i-14; k-- {
		t := s.tok(k)
		if t.is("attended", "joined", "trained", "participated") && s.tok(k+1).is("by") || t.is("together", "participation", "attendance", "bringing", "gathered", "drew", "presence", "comprised", "trained", "hosted", "audience", "convened", "gathering", "welcomed", "attracted", "includes", "included") && !(t.is("included", "includes") && !s.has(0, i, present)) {
			return true
		}
		if t.is("brought") && s.tok(k+1).is("together", "in", "along") {
			return true
		}
		if t.is("for") && k < i && eventNouns[s.tok(k-1).low] {
			return true
		}
		if t.is(";") {
			break
		}
	}
	return false
}

// didThere reports whether those counted are the subject of what happened at
// the event, told in the same sentence or the next, whatever they did: it goes
// by leaving out what befell people elsewhere.
func (r *reader) didThere(s *sentence, i, noun int) bool {
	near := r.came >= 0 || r.sinceTold > 0 && r.sinceTold <= 3 || r.replaying && r.dayStated(s)
	if r.replaying && s.tok(noun+1).is("had") && s.tok(noun+2).is("come", "gathered", "turned") && s.opensClause(i) {
		return true
	}
	if r.came < 0 && s.has(s.start, i, saying) {
		return false // what somebody says of others
	}
	if !near || !s.opensClause(i) || len(r.facts.Events[r.event].Counts) > 1 {
		return false
	}
	if value, _, ok := s.numberAt(i); !ok || value < 8 || value > 5000 {
		return false
	}
	for k := noun + 1; k < len(s.toks) && k < noun+16; k++ {
		t := s.tok(k)
		switch {
		case t.is("had") && s.tok(k+1).is("come", "turned", "gathered", "assembled", "travelled", "filled", "found") && !s.has(noun+1, k, set("who that which")):
			return true
		case t.is("who", "that", "which", "had", "have", "has", "is", "are", "was", "were", "would", "still", ";", "will", "live", "work"):
			return false
		case t.kind != word || t.upper:
		case incidents[t.low]:
			return false
		case t.is("from", "of", "and", "among", "with", "in", "representing", "all", "both", "as", "including"):
		case strings.HasSuffix(t.low, "ed") && len(t.low) > 4, pastForms[t.low], t.is("could") && s.tok(k+1).is("come", "join", "attend"):
			return true
		}
	}
	return false
}

// pastForms are the pasts of what people do together that do not end in -ed.
var pastForms = set("came sat took told spoke met found heard got went made gave stood sang held drew set ran rode wore wept lit wrote ate built")

// dayEnds reports whether a date ends right before token k.
func (s *sentence) dayEnds(k int) bool {
	for _, d := range s.dates {
		if d.j == k {
			return true
		}
	}
	return false
}

// beforeNumber is the token before a number and its qualifier.
func (s *sentence) beforeNumber(i int) int {
	_, start := s.qualified(i)
	return start - 1
}

func (r *reader) addCount(c Count) {
	e := &r.facts.Events[r.event]
	for _, had := range e.Counts {
		if had.Value == c.Value && (had.Qualifier == c.Qualifier || lastWord(had.What) == lastWord(c.What)) {
			return
		}
		// Two totals of one event contradict each other: the first stands.
	}
	e.Counts = append(e.Counts, c)
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// value is the number that stands at token i.
func value(s *sentence, i int) int {
	n, _, _ := s.numberAt(i)
	return n
}
