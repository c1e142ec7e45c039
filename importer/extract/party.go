package extract

import "strings"

// parties notes who organised, hosted and paid for an event.
func (r *reader) parties(s *sentence, t trigger, e *Event) {
	part := partOf(s.tok(t.verb))
	switch {
	case t.named:
	case t.came && broughtPeople[s.tok(t.verb).low] && !s.someBefore(t.verb) && len(r.subject(s, t.verb)) > 0:
		for _, m := range r.subject(s, t.verb) { // "LSCW invited returnees and officials to the Transit Center"
			r.addParty(e, s, m, Organiser, 0.8)
		}
	case t.came && !t.active:
		for _, m := range r.spread(s, 0) {
			if before := s.tok(m.i - 1 - s.articleBefore(m.i)); before.is("at", "behind", "outside", "near", "in", "of") && (before.is("at", "behind", "outside", "near") || s.tok(m.i-2).is("front") || s.tok(m.i-3).is("front")) {
				continue // where they met
			}
			if s.tok(m.i-1).is("of") && s.tok(m.i-2).is("members") {
				continue // of whom only some were there
			}
			if m.j <= t.verb {
				r.addParty(e, s, m, Represented, 0.8)
			}
		}
	case t.took:
		if s.tok(t.noun+1).is("that", "which") { // "the training that the union gave"
			if m, ok := s.orgs[t.noun+2+s.article(t.noun+2)]; ok && s.tok(m.j).is("gave", "held", "organised", "organized", "ran", "hosted", "offered", "conducted", "arranged") {
				r.addParty(e, s, m, Organiser, 0.9)
			}
		}
		for _, m := range r.subject(s, t.verb) {
			r.addParty(e, s, m, Represented, 0.9)
		}
	case t.active:
		for _, m := range r.subject(s, t.verb) {
			r.addParty(e, s, m, part, 0.95)
		}
		for k := t.noun + 1; k < len(s.toks); k++ { // "organised a forum with its members A and B"
			if s.tok(k).is("with") && s.tok(k+1).is("its", "their") && s.tok(k+2).is("member", "members", "partner", "partners") {
				list, _ := r.list(s, k+3)
				for _, m := range list {
					r.addParty(e, s, m, CoOrganiser, 0.8)
				}
			}
		}
	case t.by >= 0:
		if p := s.tok(t.by - 1).low; p == "hosted" {
			part = Host
		}
		list, end := r.list(s, t.by+1)
		for _, m := range list {
			r.addParty(e, s, m, part, 0.95)
		}
		for _, m := range r.withThem(s, end) {
			r.addParty(e, s, m, CoOrganiser, 0.85)
		}
	}
	r.whoseItWas(s, t, e)
	r.invites(s, t, e)
	r.ownContribution(s, t, e)
	if k := t.noun + 2 + s.article(t.noun+2); !t.active && !t.took && t.by < 0 && s.tok(t.noun+1).is("of") && s.tok(t.noun).is("meeting", "gathering", "assembly", "congress", "retreat") {
		if m, ok := s.orgs[k]; ok && !m.sub {
			r.addParty(e, s, m, Organiser, 0.75) // "the gathering of the Women's Exchange"
		}
	}
	if !t.active && !t.took && t.by < 0 {
		for _, m := range s.orgsIn(max(0, t.from-12), t.noun) { // "MMN's policy dialogue was held"
			if s.tok(m.j-1).owns && s.allKind(m.j, t.noun) && !s.tok(m.i-1).is("at", "in") {
				r.addParty(e, s, m, Organiser, 0.8)
			}
		}
	}
	if !t.active && !t.took {
		for k := 1; k < t.verb; k++ { // "A and B are pleased to announce that … was launched"
			if s.tok(k).is("announce", "announces", "announced", "announcing") && s.has(k-6, k, set("pleased happy proud delighted glad")) {
				for _, m := range r.subject(s, k) {
					r.addParty(e, s, m, Organiser, 0.8)
				}
			}
		}
	}
	if t.by < 0 && !t.active && !t.took && s.opens("at", "during", "in") {
		// "At a press conference held on 3 May, A and B presented …"
		for k := t.verb + 1; k < len(s.toks) && k < t.verb+60; k++ {
			if saying[s.tok(k).low] && !s.tok(k).upper {
				for _, m := range r.subject(s, k) {
					if m.i > t.verb {
						r.addParty(e, s, m, Organiser, 0.75)
					}
				}
				break
			}
		}
	}
	r.assisted(s, e)
}

// whoseItWas reads who held an event where a clause of its own tells it: "a
// meeting which MMN organised in Bangkok", or a pronoun stands for them:
// "Together they organised a hearing".
func (r *reader) whoseItWas(s *sentence, t trigger, e *Event) {
	if t.active && r.last != nil && len(r.subject(s, t.verb)) == 0 {
		for _, m := range r.standIn(s, t.verb) {
			r.addParty(e, r.last, m, partOf(s.tok(t.verb)), 0.75)
		}
	}
	for i := t.noun + 1; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		if !s.tok(i).is("which", "that", "where") {
			continue
		}
		for v := i + 2; v < i+40 && v < len(s.toks); v++ {
			w := s.tok(v)
			if w.is(";", "which", "that") {
				break
			}
			if !(activeVerbs[w.low] || w.is("runs", "offers", "gives", "prepared", "offered") || w.is("made", "given", "put", "called") && s.tok(v-1).is("has", "had", "have")) || w.upper || w.is("launched") || s.tok(v-1).is("was", "were") {
				continue
			}
			if list := r.subject(s, v); len(list) > 0 && list[0].i >= i && list[0].i <= i+3 {
				for _, m := range list {
					r.addParty(e, s, m, partOf(w), 0.9)
				}
			}
			break
		}
	}
}

// partOf is the part of those who did what a verb says with an event.
func partOf(verb *token) Part {
	if strings.HasSuffix(verb.low, "hosted") || strings.HasPrefix(verb.low, "host") || verb.is("co-host") {
		return Host
	}
	return Organiser
}

// standIn returns the organisations of the sentence before for which a pronoun
// stands before the verb at token v.
func (r *reader) standIn(s *sentence, v int) []orgMention {
	k := v - 1
	for s.tok(k).is("jointly", "have", "has", "had", "also", "then", "therefore", "together", "now", "recently", "co", "-") {
		k--
	}
	pair := s.tok(k).is("organisations", "organizations", "groups", "networks", "unions", "bodies", "ngos") && s.tok(k-1).is("both", "two", "three", "these")
	if !pair && !s.tok(k).is("they", "it") || k > 3 && !s.dayEnds(k) {
		return nil
	}
	m, ok := r.last.orgs[r.last.article(0)]
	if !ok {
		return nil
	}
	list, _ := r.list(r.last, m.i)
	if s.tok(k).is("it") != (len(list) == 1) {
		return nil
	}
	return list
}

// articleBefore is 1 if an article stands right before token i.
func (s *sentence) articleBefore(i int) int {
	if s.tok(i-1).is("the", "a", "an") {
		return 1
	}
	return 0
}

// allKind reports whether tokens i to j are words that can stand between an
// owner and what is owned.
func (s *sentence) allKind(i, j int) bool {
	for k := i; k < j; k++ {
		if t := s.tok(k); t.kind == mark && !t.is("-", "&", "/") || functionWords[t.low] && !t.is("and", "on", "of", "for") {
			return false
		}
	}
	return true
}

// opens reports whether one of the words opens a sentence, behind a dateline
// if there is one.
func (s *sentence) opens(words ...string) bool {
	i := s.dateline
	for i > 0 && i < len(s.toks) && s.tok(i).kind == mark {
		i++
	}
	return s.tok(i).is(words...)
}

// has reports whether an organisation with that part is known.
func (e *Event) has(part Part) bool {
	for i := range e.Parties {
		if e.Parties[i].Part == part {
			return true
		}
	}
	return false
}

// list reads organisations one after the other from token i on, parted by
// commas and "and"; a place may stand behind each.
func (r *reader) list(s *sentence, i int) (out []orgMention, end int) {
	last := false // "and" stands before the last
	for n := 0; n < 30; n++ {
		for s.tok(i).is("the", "its", "our", "both", "partner", "partners", "member", "local", "with") && !s.hasOrg(i) {
			i++
		}
		i = s.pastUs(i)
		m, ok := s.orgs[i]
		if !ok {
			if s.isPerson(i) {
				return out, i
			}
			if k := r.described(s, i); k > i {
				i = k
				n--
				continue
			}
			if m, ok = r.unknownOrg(s, i); !ok || r.dateHere(s, i) || len(m.org.Name) < 4 && !s.tok(i).caps() {
				return out, i
			}
			if _, after, is := find(s, i, r.gaz.places); is && after >= m.j {
				return out, i
			}
		}
		if s.tok(m.j).is("members", "member", "partners") || s.tok(m.j-1).owns && !s.tok(m.j).upper {
			return out, i // "MMN members"
		}
		if len(out) > 0 && s.tok(m.i-1).is(",") && s.has(m.i, m.name, set("university college")) && s.has(out[len(out)-1].i, out[len(out)-1].name, set("institute center centre faculty department school programme program")) {
			i = m.j // "the Institute for Population Research, Mahidol University": of which it is a part
			if !s.tok(i).is(",", "and", "&", ";") {
				return out, i
			}
		} else {
			out = append(out, m)
		}
		if s.tok(m.j - 1).owns {
			return out, m.j // "the ILO's TRIANGLE programme"
		}
		i = m.j
		for s.tok(i).is("from", "in", ",", "of", "(") && i+1 < len(s.toks) {
			_, after, is := find(s, i+1+s.article(i+1), r.gaz.places)
			if !is || s.hasOrg(i+1) || s.tok(i).is(",") && (s.tok(after).is("in") || s.tok(after).upper && s.tok(after).kind == word) {
				break
			}
			if s.tok(after).is(")") {
				after++
			}
			i = after
		}
		if s.tok(i).is("through", "under", "via") { // "the ILO through its programme, UNHCR and …"
			for k := i + 1; k < i+14 && k < len(s.toks); k++ {
				if s.tok(k).is(",") && r.orgNext(s, k+1) {
					i = k
					break
				}
			}
		}
		switch t := s.tok(i); {
		case t.is(",", "&", "and", ";"):
			if t.is(";") && r.clauseOf(s, i+1) {
				return out, i // "with A and B; the ILO supported it"
			}
			if t.is(",") && last && !s.tok(i+1).is("and", "&", "with", "as") {
				return out, i // "by A and B, the agency for C"
			}
			last = last || t.is("and", "&")
			i++
			if s.tok(i).is("and", "&") {
				last = true
				i++
			}
			if s.tok(i).is("to", "of", "from", "by") && s.hasOrg(i+1+s.article(i+1)) {
				i++ // "thanks to A and to B"
			}
		case t.is("as") && s.tok(i+1).is("well") && s.tok(i+2).is("as"):
			i += 3
		default:
			return out, i
		}
	}
	return out, i
}

// clauseOf reports whether an organisation at token i is the subject of a
// clause of its own.
func (r *reader) clauseOf(s *sentence, i int) bool {
	m, ok := s.orgs[i+s.article(i)]
	if !ok {
		return false
	}
	t := s.tok(m.j)
	return t.kind == word && !t.upper && !t.is("and", "of", "in", "from", "with", "as", "for", "at", "under", "who", "which")
}

// described skips words in small letters that say what an organisation is
// right before its name: "the international non-profit organisation Diakonia".
func (r *reader) described(s *sentence, i int) int {
	for k := i; k < i+6; k++ {
		t := s.tok(k)
		if t.kind != word || t.upper && r.gaz.demonyms[t.low] == "" || functionWords[t.low] {
			return i
		}
		if (orgWords[t.low] || t.is("member", "partner", "affiliate", "ngo", "charity", "donor", "organisation", "nonprofit")) && s.tok(k+1).upper && s.tok(k+1).kind == word {
			return k + 1
		}
	}
	return i
}

func (r *reader) addParty(e *Event, s *sentence, m orgMention, part Part, sure Sureness) {
	if strings.HasSuffix(m.org.Name, " Day") && m.org.Short == "" {
		return // "To mark International Migrants Day, MMN organised …"
	}
	m, ok := r.inFull(m)
	if !ok {
		return
	}
	for i := range e.Parties {
		had := &e.Parties[i]
		if !sameOrg(had.Org, m.org) {
			continue
		}
		if had.Part == Represented && part != Represented {
			had.Part = part // who organised was there, too
		}
		if had.Part == CoOrganiser && part == Organiser || had.Part == Supporter && part == Funder {
			had.Part = part
		}
		return
	}
	e.Parties = append(e.Parties, Party{s.found(m.i, m.j, min(sure, m.sure)), part, m.org})
}

func sameOrg(a, b Organisation) bool {
	if a.Short != "" && a.Short == b.Short {
		return true
	}
	return strings.EqualFold(straight(a.Name), straight(b.Name))
}

// spread reads every organisation of a loose list from token i on: other
// people may stand between.
func (r *reader) spread(s *sentence, i int) []orgMention {
	var out []orgMention
	for k := i; k < len(s.toks); k++ {
		t := s.tok(k)
		if t.is(";", ".") && t.kind == mark && !t.is(";") || saying[t.low] && !t.upper && !t.is("led", "leads", "calls", "reports", "states", "notes", "shares", "involved", "joined", "spoken") || t.is("who", "which", "discussed", "where", "to") && len(out) > 0 && !s.tok(k-1).is("attaché") {
			break
		}
		if m, ok := s.orgs[k]; ok {
			k = m.j - 1
			if !s.tok(m.j-1).owns && !(s.tok(m.j).is("countries", "states", "nationals") || s.tok(m.j).is("member") && s.tok(m.j+1).is("states", "countries")) {
				out = append(out, m)
			}
		}
	}
	return out
}

func (s *sentence) hasOrg(i int) bool {
	_, ok := s.orgs[i]
	return ok
}
