package extract

import "strings"

// parties notes who organised, hosted and paid for an event.
func (r *reader) parties(s *sentence, t trigger, e *Event) {
	part := Organiser
	verb := s.tok(t.verb).low
	if strings.HasSuffix(verb, "hosted") || strings.HasPrefix(verb, "host") || verb == "co-host" {
		part = Host
	}
	switch {
	case t.came && !t.active:
		for _, m := range r.spread(s, 0) {
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
	case t.by >= 0:
		if p := s.tok(t.by - 1).low; p == "hosted" {
			part = Host
		}
		list, _ := r.list(s, t.by+1)
		for _, m := range list {
			r.addParty(e, s, m, part, 0.95)
		}
	}
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

// assists are the phrases behind which those stand who did something for an
// event, each with their part.
var assists = []struct {
	words string
	part  Part
}{
	{"in collaboration with", CoOrganiser}, {"in cooperation with", CoOrganiser}, {"in co-operation with", CoOrganiser}, {"in partnership with", CoOrganiser}, {"in conjunction with", CoOrganiser},
	{"in coordination with", CoOrganiser}, {"together with", CoOrganiser}, {"jointly with", CoOrganiser}, {"along with", CoOrganiser}, {"accompanied by", Represented}, {"joined by", CoOrganiser}, {"alongside", CoOrganiser}, {"in association with", CoOrganiser}, {"at the invitation of", Host}, {"jointly hosted by", Host}, {"made possible by", Funder}, {"made possible with", Funder}, {"made possible thanks to", Funder}, {"with the financial assistance of", Funder}, {"with financial assistance from", Funder}, {"with co-funding from", Funder}, {"co-funded by", Funder}, {"backed by", Funder}, {"paid for by", Funder}, {"underwritten by", Funder}, {"under the auspices of", Supporter}, {"arranged by", Organiser}, {"initiated by", Organiser}, {"coordinated by", Organiser}, {"run by", Organiser}, {"jointly organised by", Organiser}, {"jointly organized by", Organiser}, {"co-convened by", Organiser}, {"co-organised by", CoOrganiser},
	{"co-organized by", CoOrganiser}, {"co-hosted by", Host}, {"organised by", Organiser}, {"organized by", Organiser}, {"convened by", Organiser}, {"hosted by", Host},
	{"funded by", Funder}, {"with technical support from", Supporter}, {"with the technical support of", Supporter}, {"with technical assistance from", Supporter}, {"supported by", Funder}, {"sponsored by", Funder}, {"with support from", Funder}, {"with the support of", Funder}, {"with the financial support of", Funder},
	{"with financial support from", Funder}, {"with funding from", Funder}, {"with generous support from", Funder}, {"with the generous support of", Funder}, {"financial support from", Funder},
	{"through the generous support of", Funder}, {"through a grant from", Funder}, {"through the support of", Funder}, {"through the support from", Funder}, {"through support from", Funder}, {"through funding from", Funder}, {"collaborative event between", Organiser}, {"joint event of", Organiser}, {"joint event by", Organiser}, {"joint initiative of", Organiser}, {"a collaboration between", Organiser}, {"a collaboration of", Organiser}, {"a partnership between", Organiser},
	{"financed by", Funder}, {"with support of", Funder}, {"thanks to a grant of", Funder}, {"thanks to a grant from", Funder}, {"with a grant from", Funder}, {"thanks to funding from", Funder}, {"thanks to the support of", Funder}, {"with funds from", Funder}, {"a grant from", Funder}, {"with the support from", Funder}, {"with assistance from", Funder},
	{"financial support of", Funder}, {"financial support was provided by", Funder}, {"support was provided by", Funder},
}

// assisted notes those whom a phrase like "in collaboration with" brings in.
func (r *reader) assisted(s *sentence, e *Event) {
	for i := range s.toks {
		if s.tok(i).upper && i > 0 || s.tok(i).kind != word {
			continue
		}
		if s.tok(i).is("with") {
			if list, end := r.list(s, i+1); len(list) > 0 && s.tok(end).is("as") && s.has(end+1, end+4, set("host hosts co-host")) {
				for _, m := range list { // "with the Women's Network as local host"
					r.addParty(e, s, m, Host, 0.85)
				}
				continue
			}
		}
		if s.tok(i).is("thanked", "thanks", "thank", "thanking") {
			k := i + 1
			for s.tok(k).is("go", "to", "goes") {
				k++
			}
			if list, end := r.list(s, k); len(list) > 0 && s.tok(end).is("for") && s.tok(end+1).is("its", "their", "the", "financial", "generous") && s.has(end+1, end+4, set("support funding contribution grant")) {
				for _, m := range list {
					r.addParty(e, s, m, Funder, 0.8)
				}
				continue
			}
		}
		if s.tok(i).is("for") && s.tok(i+1).is("providing", "funding", "financing") && s.has(i+1, i+4, set("funding financing financial funds")) {
			if m, ok := s.orgEnding(i); ok { // "thank the EU for providing financial support"
				r.addParty(e, s, m, Funder, 0.85)
			}
			continue
		}
		for _, h := range assists {
			j, ok := s.follows(i, h.words)
			if !ok {
				continue
			}
			part := h.part
			if part == Funder && (s.tok(i-1).is("is", "was", "are") && s.tok(i-2).is("which", "that") || s.bracketOfOrg(i)) {
				break // who pays for something else
			}
			if part == CoOrganiser && strings.HasSuffix(h.words, "with") && s.has(max(0, i-20), i, set("co-hosted co-host co-hosts co-hosting")) {
				part = Host
			}
			if part == CoOrganiser && strings.HasSuffix(h.words, " by") && !e.has(Organiser) {
				part = Organiser // nobody stands before them
			}
			if part == Funder {
				j = s.gift(j)
			}
			list, _ := r.list(s, j)
			if len(list) == 0 {
				list = r.including(s, j)
			}
			if len(list) == 0 && s.has(j, j+8, bodyNouns) {
				r.awaited = part
			}
			for _, m := range list {
				r.addParty(e, s, m, part, 0.9)
			}
			break
		}
	}
}

func (s *sentence) hasOrgBefore(i int) bool {
	_, ok := s.orgEnding(i)
	return ok
}

// bracketOfOrg reports whether token i stands in brackets that open right
// behind an organisation.
func (s *sentence) bracketOfOrg(i int) bool {
	for k := i - 1; k > 0 && k > i-5; k-- {
		if s.tok(k).is("(") {
			_, ok := s.orgEnding(k)
			return ok
		}
	}
	return false
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

// gift skips what was given: "a grant from", "the generous support of".
func (s *sentence) gift(i int) int {
	for k := i; k < i+6; k++ {
		if s.tok(k).is("from", "of") && s.has(i, k, set("grant grants funding support funds contribution contributions assistance donation generosity")) {
			return k + 1
		}
	}
	return i
}

// awaits reads who the partners are of whom the sentence before gave the number
// only: "These included A, B and C."
func (r *reader) awaits(s *sentence) {
	part := r.awaited
	r.awaited = ""
	if part == "" || r.event < 0 || !s.tok(0).is("these", "they", "among", "the") {
		return
	}
	for k := 1; k < 6; k++ {
		if s.tok(k).is("included", "include", "were", "are") {
			list, _ := r.list(s, k+1)
			for _, m := range list {
				r.addParty(&r.facts.Events[r.event], s, m, part, 0.85)
			}
			return
		}
	}
}

// including reads "MMN members and partner organisations, including A, B and
// C".
func (r *reader) including(s *sentence, i int) []orgMention {
	for k := i; k < i+12 && k < len(s.toks); k++ {
		if s.tok(k).is("including", "namely", "such", ":") {
			if s.tok(k).is("such") {
				k++
			}
			list, _ := r.list(s, k+1)
			return list
		}
		if s.tok(k).is(".", ";") {
			break
		}
	}
	return nil
}

// list reads organisations one after the other from token i on, parted by
// commas and "and"; a place may stand behind each.
func (r *reader) list(s *sentence, i int) (out []orgMention, end int) {
	last := false // "and" stands before the last
	for n := 0; n < 30; n++ {
		for s.tok(i).is("the", "its", "our", "both", "partner", "partners", "member", "local", "with") && !s.hasOrg(i) {
			i++
		}
		m, ok := s.orgs[i]
		if !ok {
			if s.isPerson(i) {
				return out, i
			}
			if k := s.described(i); k > i {
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
		out = append(out, m)
		if s.tok(m.j - 1).owns {
			return out, m.j // "the ILO's TRIANGLE programme"
		}
		i = m.j
		for s.tok(i).is("from", "in", ",", "of", "(") && i+1 < len(s.toks) {
			_, after, is := find(s, i+1, r.gaz.places)
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
			if t.is(",") && last && !s.tok(i+1).is("and", "&", "with", "as") {
				return out, i // "by A and B, the agency for C"
			}
			last = last || t.is("and", "&")
			i++
			if s.tok(i).is("and", "&") {
				last = true
				i++
			}
		case t.is("as") && s.tok(i+1).is("well") && s.tok(i+2).is("as"):
			i += 3
		default:
			return out, i
		}
	}
	return out, i
}

// described skips words in small letters that say what an organisation is
// right before its name: "the international non-profit organisation Diakonia".
func (s *sentence) described(i int) int {
	for k := i; k < i+6; k++ {
		t := s.tok(k)
		if t.kind != word || t.upper || functionWords[t.low] {
			return i
		}
		if (orgWords[t.low] || t.is("ngo", "charity", "donor", "organisation", "nonprofit")) && s.tok(k+1).upper && s.tok(k+1).kind == word {
			return k + 1
		}
	}
	return i
}

// subject reads the organisations that stand before the verb at v.
func (r *reader) subject(s *sentence, v int) []orgMention {
	k := s.beforeDate(v)
	if s.tok(k-1).is("in", "for") && strings.HasSuffix(s.tok(v).low, "ing") && s.hasOrgBefore(k-1) {
		k-- // "helped the Ministry in organising"
	}
	k = r.beforePlace(s, k)
	for k > 0 && (strings.HasSuffix(s.tok(k-1).low, "ly") && !s.tok(k-1).upper || s.tok(k-1).is("jointly", "also", "have", "has", "had", "will", "would", "successfully", "recently", "cordially", "warmly", "would", "like", "to", "is", "are", "pleased", "delighted", "honoured", "proud", "co", "-", "proudly", "again", "both", "organised", "and", "once", "together", "be", "jointly-", "was", "were", "happy", "glad", ",", "kindly", "pleasure", "today", "yesterday", "now", "then") || s.tok(k-1).is("the") && k < v) {
		if s.tok(k-1).is("and") && !activeVerbs[s.tok(k-2).low] && !s.tok(k-2).is(",") {
			break
		}
		k = s.beforeDate(k - 1)
	}
	var out []orgMention
	listed := false // "and" stands before the last: what commas part belongs to the list
	for n := 0; n < 12 && k > 0; n++ {
		// An insertion: "MMN, in collaboration with FED and HRDF, held".
		if open := s.insertion(k); open > 0 && n == 0 {
			k = open
			continue
		}
		m, ok := s.orgEnding(k)
		if !ok && n == 0 {
			if open := s.assistedInsertion(k); open > 0 {
				k = open
				continue
			}
		}
		if !ok {
			if m, ok = r.unknownBefore(s, k); !ok {
				break
			}
		}
		out = append([]orgMention{m}, out...)
		k = m.i
		for k > 0 && s.tok(k-1).is("the", "its", "our", "(") {
			k--
		}
		switch t := s.tok(k - 1); {
		case k == 0:
			return out
		case t.is("and", "&") || t.is(",") && (listed || s.tok(k-2).is("and")):
			listed = true
			k--
			for k > 0 && s.tok(k-1).is(",", "and", "with", "together", "along") {
				k--
			}
		case t.is("of", "under") && s.hasOrgBefore(k-1):
			out, k = out[1:], k-1 // "the Department of the Ministry": the part did it
		case s.assistEnding(k) > 0:
			out, k = nil, s.assistEnding(k) // those are noted as what the phrase makes them
			for k > 0 && s.tok(k-1).is(",") {
				k--
			}
		case t.is("with") && s.tok(k-2).is("together", "along", "jointly"):
			k -= 2
			for k > 0 && s.tok(k-1).is(",") {
				k--
			}
		default:
			if t.is("of") && s.tok(k-2).is("members", "representatives", "staff", "delegates", "activists", "volunteers", "leaders") {
				return out
			}
			if t.is("of", "in", "at", "from", "by", "with", "to") && len(out) > 0 {
				out = out[1:]
			}
			return out
		}
	}
	return out
}

// insertion returns where the insertion between commas begins that ends right
// before token k, 0 if there is none.
func (s *sentence) insertion(k int) int {
	if !s.tok(k).is(",") {
		return 0
	}
	for i := k - 1; i > 0 && i > k-40; i-- {
		if !s.tok(i).is(",") {
			continue
		}
		for _, h := range assists {
			if _, ok := s.follows(i+1, h.words); ok {
				return i
			}
		}
		if s.tok(i+1).is("a", "an", "the") && s.has(i+2, min(k, i+9), orgWords) && !s.hasOrg(i+2) {
			return i // "MMN, a network of organisations, held"
		}
	}
	return 0
}

// beforePlace goes back from token k over where an organisation is: "the
// Resource Centre in Koh Kong province has opened".
func (r *reader) beforePlace(s *sentence, k int) int {
	j := k
	for j > 0 && s.tok(j-1).is("has", "have", "had", "province", "city", "district") {
		j--
	}
	for i := j - 1; i > 0 && i > j-5; i-- {
		if _, end, ok := find(s, i, r.gaz.places); ok && end == j && s.tok(i-1).is("in") && s.hasOrgBefore(i-1) {
			return i - 1
		}
	}
	return k
}

// assistEnding returns where the phrase begins that ends right before token k
// and brings in those who helped, 0 if there is none.
func (s *sentence) assistEnding(k int) int {
	if !s.tok(k-1).is("with", "from", "of", "by") {
		return 0
	}
	for n := 2; n <= 6 && k-n > 0; n++ {
		for _, h := range assists {
			if end, ok := s.follows(k-n, h.words); ok && end == k {
				return k - n
			}
		}
	}
	return 0
}

// assistedInsertion returns where such a phrase begins that stands, without
// commas, between an organisation and what it did: "MFA through the support of
// the ILO project organised".
func (s *sentence) assistedInsertion(k int) int {
	for i := k - 2; i > 0 && i > k-16; i-- {
		if !s.hasOrgBefore(i) {
			continue
		}
		for _, h := range assists {
			if _, ok := s.follows(i, h.words); ok {
				return i
			}
		}
	}
	return 0
}

// beforeDate goes back from token k over the day that ends right before it:
// "MMN on Friday (16 October) held".
func (s *sentence) beforeDate(k int) int {
	for n := 0; n < 4; n++ {
		was := k
		for _, d := range s.dates {
			if d.j == k || d.j == k-1 && s.tok(k-1).is(")", ",") {
				k = d.i
			}
		}
		if _, ok := weekdays[s.tok(k-1).low]; ok && s.tok(k-1).upper {
			k--
		}
		if k == was {
			return k
		}
		for k > 0 && s.tok(k-1).is("on", "(", "last") {
			k--
		}
	}
	return k
}

// unknownBefore takes the words in capitals before a verb for an organisation
// that the gazetteer does not know.
func (r *reader) unknownBefore(s *sentence, k int) (orgMention, bool) {
	j := k
	if s.tok(j-1).is(")") && s.tok(j-3).is("(") {
		j -= 3
	}
	i := j
	for i > 0 && j-i < 8 {
		t := s.tok(i - 1)
		if _, day := weekdays[t.low]; t.kind == word && t.upper && !day && !functionWords[t.low] && months[t.low] == 0 && !r.dateHere(s, i-1) && !s.isPerson(i-1) {
			i--
			continue
		}
		if t.is("of", "for", "and", "&") && i < j && s.tok(i-2).upper && !r.dateHere(s, i-2) && s.tok(i-2).kind == word {
			i--
			continue
		}
		break
	}
	if i >= j || r.place(s, i, i+1) && j-i == 1 || j-i == 1 && !s.tok(i).caps() && len(s.tok(i).text) < 4 || eventNouns[s.tok(j-1).low] {
		return orgMention{}, false
	}
	for n := i; n < j; n++ {
		if roleWords[s.tok(n).low] && !s.tok(n).is("workers", "migrant", "migrants", "worker") || eventNouns[s.tok(n).low] && !s.tok(n).is("forum", "assembly") {
			return orgMention{}, false
		}
		if r.gaz.demonyms[s.tok(n).low] != "" && j-i == 1 {
			return orgMention{}, false
		}
	}
	m := orgMention{i: i, j: j, name: j, org: Organisation{Name: clean(s.words(i, j))}, sure: 0.7}
	r.bracket(s, &m)
	return m, true
}

func (r *reader) addParty(e *Event, s *sentence, m orgMention, part Part, sure Sureness) {
	for i := range e.Parties {
		had := &e.Parties[i]
		if !sameOrg(had.Org, m.org) {
			continue
		}
		if had.Part == Represented && part != Represented {
			had.Part = part // who organised was there, too
		}
		if had.Part == CoOrganiser && part == Organiser {
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

// represents are the words behind which those stand who were there.
var represents = []string{"representatives from", "representatives of", "including", "participants from", "members of", "officials from", "delegates from", "representing", "participants included", "attended by", "joined by", "experts from", "staff from", "staff of", "as well as", "participation of", "lawyers from", "advocates from", "leaders from", "activists from", "colleagues from", "included", "present were", "present are"}

// represented notes the organisations that a sentence says were there: of a
// sentence that counts those present, or says that they came.
func (r *reader) represented(s *sentence) {
	if r.event < 0 {
		return
	}
	e := &r.facts.Events[r.event]
	start := -1
	if s.has(0, len(s.toks), set("objectives objective aimed aims goal purpose")) {
		return
	}
	was := s.has(0, len(s.toks), set("participants attended attendees joined participated participation delegates gathered present brought exchanged"))
	if !was {
		// "Representatives of the Ministry of Labour … shared similar concerns"
		if s.tok(0).is("representatives", "officials", "representative") && s.tok(1).is("of", "from") && s.has(2, len(s.toks), saying) {
			for _, m := range r.spread(s, 2) {
				r.addParty(e, s, m, Represented, 0.85)
				e.Groups = append(e.Groups, Group{s.found(0, m.j, 0.8), clean(s.words(0, m.name)), m.org, true})
			}
		}
		return
	}
	if !s.has(0, len(s.toks), present) && !s.has(0, len(s.toks), set("attended participated gathered joined together present")) {
		return
	}
	for i := range s.toks {
		if s.tok(i).is("participants", "urged", "called", "calling") && s.tok(i+1).is("called", "urged", "on", "discussed", "recommended", "raised") {
			return // what they said of others
		}
		if start < 0 {
			if j, ok := s.oneOf(i, represents); ok {
				start = j
			}
		}
	}
	if start < 0 {
		return
	}
	for _, m := range r.spread(s, start) {
		r.addParty(e, s, m, Represented, 0.85)
	}
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
			if !s.tok(m.j - 1).owns {
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
