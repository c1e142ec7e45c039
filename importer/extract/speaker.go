package extract

import (
	"strings"
)

// speakers notes who a sentence says spoke at the event.
func (r *reader) speakers(s *sentence) {
	if r.event < 0 {
		return
	}
	e := &r.facts.Events[r.event]
	if r.unspoken != nil && s.at <= r.unspoken.at+1 && s.at >= r.unspoken.at && s.heSaid() {
		r.addSpeaker(r.unspoken.in, e, r.unspoken.personMention, "")
		r.unspoken = nil
	}
	if len(s.persons) > 0 {
		r.unspoken = nil
	}
	for n, p := range s.persons {
		who := r.known(e, p)
		if who >= 0 {
			r.more(s, e, who, p)
			continue
		}
		if full := strings.Fields(p.name); len(full) == 1 && p.role == "" && p.org.IsZero() && p.honor == "" {
			continue
		}
		r.hinted = r.replaying
		did, spoke := r.did(s, n)
		if r.hinted {
			p.sure = min(p.sure, 0.75)
		}
		if !spoke {
			if strings.Contains(p.name, " ") && len(r.seen) < 80 {
				r.seen = append(r.seen, p)
			}
			if len(s.persons) == 1 {
				p.at = s.passage(p.i, max(p.j, p.nj))
				r.unspoken = &unspoken{p, s.block, s.at}
			}
			continue
		}
		p.at = s.passage(p.i, max(p.j, p.nj))
		r.addSpeaker(s.block, e, p, did)
	}
	r.unnamed(s, e)
}

// heSaid reports whether a sentence begins by what he or she said: "She also
// urged …", "In his remarks, he said …".
func (s *sentence) heSaid() bool {
	k := 0
	if s.tok(0).is("in", "during") && s.tok(1).is("his", "her") {
		k = 3
		for k < 6 && !s.tok(k).is("he", "she") {
			k++
		}
	}
	for k := 1; k < len(s.toks); k++ { // "“…,” she said."
		if s.tok(k-1).is(",") && !s.tok(k-2).is("”", "\"", "’") && k < len(s.toks)-4 {
			continue
		}
		if s.tok(k).is("he", "she") && (saying[s.tok(k+1).low] || speaking[s.tok(k+1).low]) && s.tok(k-1).is("”", "\"", "’", ",") {
			return true
		}
	}
	return s.tok(k).is("he", "she") && (saying[s.tok(k+1).low] || saying[s.tok(k+2).low] && s.tok(k+1).is("also", "then", "further"))
}

// An unspoken is somebody whom a sentence names without saying that they
// spoke: the next may do so with "He" or "She".
type unspoken struct {
	personMention
	in *Block
	at int
}

// addSpeaker adds somebody who spoke.
func (r *reader) addSpeaker(in *Block, e *Event, p personMention, did string) {
	name := p.name
	if had, ok := r.gaz.people[strings.ToLower(name)]; ok {
		name = had
	}
	if had := r.introduced(p); had != nil {
		if p.role == "" || p.role == p.title {
			if had.role != "" {
				p.role = had.role
			}
		}
		if p.org.IsZero() {
			p.org = had.org
		}
		if !strings.Contains(name, " ") {
			name = had.name
		}
	}
	p.org = e.meant(p.org)
	if had := r.surnamed(e, p); had != nil {
		name, p.role, p.org = had.Name, had.Role, had.Org
	}
	sp := Speaker{Found: Found{p.at, p.sure}, Name: name, Honorific: p.honor, Role: p.role, Org: p.org, Session: -1, Did: did}
	sp.Worker = isWorker(p.role)
	if r.session >= 0 && (in.ID != e.Sessions[r.session].At.Block || p.i >= r.sessionFrom || r.lasting) {
		sp.Session = r.session
	}
	if sp.Did == "" && sp.Session >= 0 {
		switch e.Sessions[sp.Session].Kind {
		case Keynote:
			sp.Did = "keynote"
		case Panel:
			sp.Did = "panellist"
		}
	}
	e.Speakers = append(e.Speakers, sp)
}

// introduced returns who was named before without having spoken, if a mention
// means them: the same name, or a part of it behind an honorific.
func (r *reader) introduced(p personMention) *personMention {
	words := strings.Fields(strings.ToLower(p.name))
	if len(words) == 1 && p.honor == "" && p.title == "" {
		return nil
	}
	for i := len(r.seen) - 1; i >= 0; i-- {
		have := strings.Fields(strings.ToLower(r.seen[i].name))
		all := len(words) <= len(have)
		for _, w := range words {
			found := false
			for _, h := range have {
				found = found || h == w
			}
			all = all && found
		}
		if all {
			return &r.seen[i]
		}
	}
	return nil
}

// surnamed returns who is named in full at the event before, if a mention here
// gives a part of the name only: "Mr. Samydorai and Ms. Harima answered".
func (r *reader) surnamed(e *Event, p personMention) *Speaker {
	if strings.Contains(p.name, " ") || p.role != p.title || !p.org.IsZero() || p.honor == "" && p.title == "" {
		return nil
	}
	for i := max(0, len(r.facts.Events)-3); i < len(r.facts.Events); i++ {
		other := &r.facts.Events[i]
		if other == e {
			return nil
		}
		if who := r.known(other, p); who >= 0 {
			return &other.Speakers[who]
		}
	}
	return nil
}

// meant returns the organisation that "the Institute" or "the Task Force" means:
// the one that is told of already and whose name holds it.
func (e *Event) meant(o Organisation) Organisation {
	if o.IsZero() || o.Short != "" || o.ID != "" || len(strings.Fields(o.Name)) > 2 {
		return o
	}
	for _, w := range strings.Fields(strings.ToLower(o.Name)) {
		if !orgWords[w] && w != "force" && w != "task" {
			return o
		}
	}
	found := Organisation{}
	note := func(had Organisation) bool {
		if len(had.Name) > len(o.Name) && (strings.HasPrefix(had.Name, o.Name+" ") || strings.HasSuffix(had.Name, " "+o.Name)) && !sameOrg(had, found) {
			if !found.IsZero() {
				return false // it may mean either
			}
			found = had
		}
		return true
	}
	for i := range e.Parties {
		if !note(e.Parties[i].Org) {
			return o
		}
	}
	for i := max(0, len(e.Speakers)-20); i < len(e.Speakers); i++ {
		if !note(e.Speakers[i].Org) {
			return o
		}
	}
	if found.IsZero() {
		return o
	}
	return found
}

// isWorker reports whether a role says that somebody works, or worked, abroad,
// and not for the workers.
func isWorker(role string) bool {
	words := strings.Fields(strings.ToLower(role))
	for i, w := range words {
		if w == "of" || w == "for" || w == "on" || w == "from" || w == "in" {
			words = words[:i]
			break
		}
	}
	if len(words) == 0 {
		return false
	}
	return workerWords[words[len(words)-1]]
}

// known returns the speaker of the event whom a mention means, -1 if none: the
// same words of the name in any order, or a part of it.
func (r *reader) known(e *Event, p personMention) int {
	words := strings.Fields(strings.ToLower(p.name))
	for i := len(e.Speakers) - 1; i >= 0 && i >= len(e.Speakers)-60; i-- {
		have := strings.Fields(strings.ToLower(e.Speakers[i].Name))
		all := true
		for _, w := range words {
			found := false
			for _, h := range have {
				found = found || h == w || strings.HasPrefix(h, w+"-")
			}
			all = all && found
		}
		if all && len(words) <= len(have) {
			return i
		}
	}
	return -1
}

// more adds what a second mention says of a speaker.
func (r *reader) more(s *sentence, e *Event, who int, p personMention) {
	sp := &e.Speakers[who]
	if sp.Role == "" && p.role != p.title {
		sp.Role = p.role
		sp.Worker = isWorker(p.role)
	}
	if sp.Org.IsZero() {
		sp.Org = p.org
	}
	if r.session < 0 || !r.lasting {
		return
	}
	if sp.Session < 0 {
		sp.Session = r.session
		return
	}
	if sp.Session == r.session {
		return
	}
	for _, had := range sp.Also {
		if had == r.session {
			return
		}
	}
	if e.Sessions[r.session].Kind != Presentation && e.Sessions[sp.Session].Kind != Panel {
		sp.Also = append(sp.Also, r.session)
	}
}

// acts are the words by which somebody has a part of their own in a session.
var acts = []struct {
	words []string
	did   string
}{
	{[]string{"co-chaired", "co-moderated", "co-facilitated", "moderated", "facilitated", "chaired", "moderator", "facilitator", "moderating", "facilitating", "presided over", "chair :", "in the chair"}, "moderator"},
	{[]string{"opening remarks", "opening speech", "opening address", "opened the", "welcome remarks", "welcoming remarks", "welcome speech", "welcomed", "officially opened", "cut the ribbon", "opened by", "welcome address", "introductory remarks", "opening statement"}, "opening remarks"},
	{[]string{"closing remarks", "closing speech", "closing address", "closed the"}, "closing remarks"},
	{[]string{"keynote"}, "keynote"},
	{[]string{"panellists", "panelists", "panellist", "panelist", "panel discussion involving", "panel discussion with", "panel featuring", "panel discussion featuring", "panel"}, "panellist"},
}

// did says what the nth person of a sentence did there, and whether the
// sentence says at all that they spoke.
func (r *reader) did(s *sentence, n int) (did string, spoke bool) {
	p := s.persons[n]
	// People named in one breath share what is said before the first and behind
	// the last of them.
	first, last := n, n
	for first > 0 && s.joined(first-1) {
		first--
	}
	for last+1 < len(s.persons) && s.joined(last) {
		last++
	}
	from := 0
	if first > 0 {
		from = s.persons[first-1].nj
	}
	end := len(s.toks)
	if last+1 < len(s.persons) {
		end = s.persons[last+1].i
	}
	after := max(s.persons[last].nj, s.persons[last].j)
	nearest := -1
	for _, a := range acts {
		for _, w := range a.words {
			if at := s.lastPhrase(from, s.persons[first].i, w); at > nearest {
				nearest, did = at, a.did
			}
		}
	}
	for _, a := range acts[:3] {
		for _, w := range a.words {
			if at := s.phraseIn(after, min(end, after+8), w); at >= 0 && !strings.Contains(w, " by") && did != "moderator" {
				if a.did == "moderator" || nearest < 0 {
					did = a.did
				}
			}
		}
	}
	if did != "" {
		return did, true
	}
	if r.label != "" {
		return r.label, true
	}
	from2 := after
	if s.tok(after).is(",") && s.tok(after+1).is("who") && s.tok(after+2).is("led", "leads", "founded", "heads", "headed", "runs", "ran", "chairs", "works", "worked") { // what the clause says of somebody was not said here
		for from2 < end && !(s.tok(from2).is(",") && from2 > after) {
			from2++
		}
	}
	for k := from2; k < end; k++ {
		t := s.tok(k)
		if (saying[t.low] || speaking[t.low] && !s.tok(k-1).is("was", "were", "is", "has", "to", "the")) && !t.upper && !(t.is("involved", "led", "called", "noted", "thanked", "introduced", "welcomed", "greeted", "congratulated", "briefed", "told", "asked", "urged", "mentioned", "cited", "handed", "raised", "encouraged", "reminded") && s.tok(k-1).is("was", "were")) && !(t.is("joined") && s.tok(k+1).is("us", "our")) {
			return "", true
		}
	}
	for k := from2; k+1 < end; k++ {
		if s.tok(k).is("wanted", "wished", "asked", "liked") && s.tok(k+1).is("to") && s.tok(k+2).is("know", "hear", "learn", "see", "add", "stress", "understand", "remind") {
			return "", true
		}
	}
	if t := s.tok(after + s.adverbs(after)); (p.role != "" && p.role != p.title || !p.org.IsZero()) && t.kind == word && !t.upper && (strings.HasSuffix(t.low, "ed") || didAs[t.low]) && !notSpeaking[t.low] && !s.tok(after+s.adverbs(after)+1).is("by") {
		r.hinted = true
		return "", true // an official of whom it is told what they did here
	}
	if k := after + s.adverbs(after); s.tok(k).is("was", "is", "were", "seemed", "remained") && (p.role != "" || !p.org.IsZero()) && s.has(k+1, k+4, opined) {
		r.hinted = true
		return "", true // "A (LSCW) was of the opinion that …"
	}
	if s.has(after, min(end, after+2), speakingAt) {
		return "", true
	}
	if p.owns {
		return "", true // "Ms. Ei Ei Chaw’s presentation"
	}
	for k := from; k < s.persons[first].i; k++ {
		if t := s.tok(k); speaking[t.low] && s.tok(k-1).is("”", "\"") && k >= s.persons[first].i-3 {
			return "", true // "“…,” related A"
		}
		if t := s.tok(k); speechNouns[t.low] || bringsIn[t.low] && !s.has(k, s.persons[first].i, set("government governments")) || saying[t.low] && !(t.is("led") && (s.tok(k-1).is(",") && s.hasOrgBefore(k-1) || s.tok(k+1).is("by") && r.orgNext(s, k+2))) && (k+1 < len(s.toks) && (s.tok(k+1).is("by", "involving") || s.tok(k+1).is("out", "aloud", "up") && s.tok(k+2).is("by") || k >= s.persons[first].i-2) || s.tok(k).is("by")) || t.is("according") || t.is("by") && speechNouns[s.tok(k-1).low] {
			return "", true
		}
	}
	if i := s.persons[first].i; s.tok(i-1).is("by") && ledAs[s.tok(s.ledBefore(i-1)).low] && (s.has(max(0, i-20), i, eventNouns) || s.has(max(0, i-20), i, set("delegation side team group mission agreement document memorandum"))) {
		return "", true // "The discussion was spearheaded by A"
	}
	if i := s.persons[first].i; s.tok(i-1).is("of", "by") && s.tok(i-2).is("assistance", "help", "assisted", "helped") && s.has(0, i, set("facilitated moderated led conducted chaired run")) {
		return "", true // "facilitated by A, with the assistance of B"
	}
	if i := s.persons[first].i; s.tok(i-1).is("between", "with") && eventNouns[s.tok(i-2).low] || s.tok(i-2).is("between", "with") && eventNouns[s.tok(i-3).low] {
		return "", true // "a meeting between A, B and C"
	}
	if i := s.persons[first].i; s.tok(i-1).is("its", "their") && s.tok(i-2).is("by") && s.tok(i-3).is("represented") {
		return "", true
	}
	if s.tok(after+s.adverbs(after)).is("met") || s.tok(s.persons[first].i-1).is("with") && s.tok(s.persons[first].i-2).is("met") || s.tok(s.persons[first].i-1).is("met") {
		return "", true // those who met
	}
	if at := s.phraseIn(after, end, "guest of honour"); at >= 0 || s.lastPhrase(from, s.persons[first].i, "the words of") >= 0 || s.phraseIn(0, len(s.toks), "in conversation with") >= 0 {
		return "", true
	}
	for k := after; k < end && k < after+8; k++ {
		if s.tok(k).is("had", "made", "did", "has", "makes", "sent", "sends", "held") && s.has(k+1, k+5, speechNouns) || s.tok(k).is("sent", "sends") && s.has(k+1, k+5, bringsIn) {
			return "", true // "A had a presentation"
		}
	}
	invited := s.has(0, s.persons[first].i, set("invited invites featured featuring welcomed"))
	for k := after; k < end && k < after+8 || invited && k < len(s.toks); k++ {
		if s.tok(k).is("as") && s.has(k+1, k+7, speechNouns) {
			return "", true // "invited A and B as guest speakers"
		}
	}
	if s.tok(s.persons[first].i-1).is("by") && s.has(max(0, s.persons[first].i-16), s.persons[first].i, givenBy) {
		return "", true // "a review of the past three years by A"
	}
	for k := after; k < end && k < after+8; k++ {
		if s.tok(k).is("were", "was") && s.has(k+1, k+5, speechNouns) {
			return "", true // "A and B were the panellists"
		}
	}
	// One of a list of people, of whom the sentence says it before or behind.
	if first > 0 && (s.tok(s.persons[first].i-1).is("and", ",", ";", "visiting") || s.tok(s.persons[first].i-1).is("by") && s.tok(s.persons[first].i-2).is("and", ",")) {
		if did, spoke := r.did(s, first-1); spoke {
			return did, true
		}
	}
	return "", false
}

// adverbs is how many tokens a comma and adverbs take at token i.
func (s *sentence) adverbs(i int) int {
	n := 0
	for n < 3 && (s.tok(i+n).is(",", "also", "then", "highly") || strings.HasSuffix(s.tok(i+n).low, "ly") && !s.tok(i+n).upper) {
		n++
	}
	return n
}

// ledBefore returns the token of the participle that "by" at token i belongs to,
// a day or another small phrase between: "was opened on the same day by".
func (s *sentence) ledBefore(i int) int {
	for k := i - 1; k > 0 && k > i-8; k-- {
		t := s.tok(k)
		if ledAs[t.low] && (k == i-1 || s.tok(k-1).is("was", "were")) {
			return k
		}
		if t.kind == mark || s.isPerson(k) || saying[t.low] {
			break
		}
	}
	return i - 1
}

// opined are words behind "was" by which somebody has said what they think.
var opined = set(`opinion convinced certain frank sceptical skeptical optimistic pessimistic critical adamant doubtful blunt concerned confident hopeful view firm outspoken`)

// didAs are verbs whose past does not end in -ed and that tell what an official
// did at an event.
var didAs = set(`brought set drew took gave made went ran threw found held began kept put dealt read wrote sought fought laid lent cast cut sent swore stood bore bound broke sang taught spelt dwelt foresaw withdrew undertook`)

// ledAs are participles behind which "by" names who led.
var ledAs = set(`signed led headed spearheaded guided taught conducted hosted run steered directed opened closed inaugurated overseen presided emceed anchored`)

// joined reports whether nothing but "and" or a comma stands between the nth
// person of a sentence and the next.
func (s *sentence) joined(n int) bool {
	a, b := s.persons[n], s.persons[n+1]
	for k := max(a.nj, a.j); k < b.i; k++ {
		if !s.tok(k).is("and", ",", "&", "as", "well", "her", "his", "their", "colleague", "colleagues", "counterpart", "fellow", "also") {
			return false
		}
	}
	return true
}

func (s *sentence) phraseIn(i, j int, phrase string) int {
	for k := max(i, 0); k < j && k < len(s.toks); k++ {
		if _, ok := s.follows(k, phrase); ok {
			return k
		}
	}
	return -1
}

func (s *sentence) lastPhrase(i, j int, phrase string) int {
	for k := min(j, len(s.toks)) - 1; k >= max(i, 0); k-- {
		if _, ok := s.follows(k, phrase); ok {
			return k
		}
	}
	return -1
}

// unnamed notes people who spoke without being named: "Migrant returnees from
// Japan shared the problems they faced".
func (r *reader) unnamed(s *sentence, e *Event) {
	if s.isPerson(0) || len(s.toks) < 4 {
		return
	}
	i := 0
	if s.tok(0).is("several", "some", "two", "three", "a", "the") {
		i++
	}
	for k := i; k < i+5 && k < len(s.toks); k++ {
		t := s.tok(k)
		if !workerWords[t.low] || t.is("workers") && s.tok(k-1).is("domestic") && k < 1 {
			continue
		}
		end := k + 1
		if s.tok(end).is("from") && s.tok(end+1).upper {
			end += 2
		}
		if s.tok(end).is("shared", "spoke", "testified", "recounted", "described", "told", "presented") {
			e.Groups = append(e.Groups, Group{s.found(i, end, 0.7), clean(s.words(i, end)), Organisation{}, true})
		}
		return
	}
}
