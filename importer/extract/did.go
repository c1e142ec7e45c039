package extract

import "strings"

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
	for open, c := range s.quote {
		if open < p.i && p.nj <= c && c-open < 9 && p.owns && !s.speech(open, c) {
			return "", false // of a title: “Mrs. Lin’s Apron”
		}
	}
	if s.entitled(p) {
		return "", true
	}
	if i := p.i; s.tok(i-1).is("of") && s.tok(i-2).is("behalf", "absence", "place") {
		return "", false // who was represented
	}
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
		if (saying[t.low] || speaking[t.low] && !s.tok(k-1).is("was", "were", "is", "has", "to", "the")) && !t.upper && !(t.is("involved", "led", "called", "noted", "thanked", "introduced", "welcomed", "greeted", "congratulated", "briefed", "told", "asked", "urged", "mentioned", "cited", "handed", "raised", "encouraged", "reminded") && s.tok(k-1).is("was", "were")) && !(t.is("joined") && s.tok(k+1).is("us", "our")) && !(t.is("took") && s.tok(k+1).is("notes", "part", "photographs", "pictures", "minutes")) {
			return "", true
		}
	}
	for k := from2; k+1 < end; k++ {
		if s.tok(k).is("wanted", "wished", "asked", "liked") && s.tok(k+1).is("to") && s.tok(k+2).is("know", "hear", "learn", "see", "add", "stress", "understand", "remind") {
			return "", true
		}
	}
	if i := s.persons[first].i; s.tok(i-1).is("of") && s.has(i-3, i-1, set("case story death murder trial family children name body portrait photo life fate")) {
		return "", false
	}
	if t := s.tok(after + s.adverbs(after)); (p.role != "" && p.role != p.title || !p.org.IsZero()) && t.kind == word && !t.upper && (strings.HasSuffix(t.low, "ed") || didAs[t.low]) && !notSpeaking[t.low] && !s.tok(after+s.adverbs(after)+1).is("by") && !(t.is("took") && s.tok(after+s.adverbs(after)+1).is("notes", "part", "photographs", "pictures", "place", "seats", "minutes")) {
		r.hinted = true
		return "", true // an official of whom it is told what they did here
	}
	if (p.role != "" && p.role != p.title || !p.org.IsZero()) && r.narrates && s.doesNow(after+s.adverbs(after)) {
		r.hinted = true
		return "", true // "Mr. A of SMJ compares: in Japan there is no limit"
	}
	if s.usesTime(after + s.adverbs(after)) {
		return "", true
	}
	if k := after + s.adverbs(after); s.tok(k).is("was", "is", "were", "seemed", "remained") && (p.role != "" || !p.org.IsZero()) && s.has(k+1, k+4, opined) {
		r.hinted = true
		return "", true // "A (LSCW) was of the opinion that …"
	}
	if r.hintsAt(s, s.persons[first], after, end) {
		r.hinted = true
		return "", true
	}
	if s.has(after, min(end, after+2), speakingAt) || s.persons[last].role != "" && s.weighed(after) {
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
	if i := s.persons[first].i; s.tok(i-1).is("was", "were", "is", "are", "came") && i < 24 && (openers[s.tok(0).low] || s.tok(0).is("also", "among", "first", "last", "next", "on", "then") && s.has(0, i, set("panel speakers speaker stage podium floor speak presenters panellists panelists programme microphone commentators guests"))) {
		return "", true // "Opening the forum was A", "Also on the panel was A"
	}
	if i := s.persons[first].i; s.tok(i-1).is("by") && s.tok(i-2).is("followed") {
		return "", true // "He was followed by lawyer A and by Professor B"
	}
	if k := s.persons[first].i - 1; s.tok(k).is(":") && (k == 1 || k == 2) && casts[labels[strings.ToLower(s.words(0, k))]] {
		return "", true // "Respondent: Ms. A"
	}
	if i := s.persons[first].i; s.tok(i-1).is("came", "followed", "spoke") && s.tok(0).is("then", "next", "after", "last", "lastly", "finally", "first", "from", "afterwards") && !s.has(0, i-1, saying) {
		return "", true // "Then came U Aung Zaw of the Fishery Department"
	}
	if i := s.persons[first].i; s.tok(i-1).is("between", "with") && (eventNouns[s.tok(i-2).low] || s.tok(i-2).is("conversation", "chat", "dialog")) || s.tok(i-2).is("between", "with") && eventNouns[s.tok(i-3).low] {
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
		if s.tok(k).is("had", "made", "did", "has", "makes", "sent", "sends", "held") && s.has(k+1, k+5, speechNouns) || s.tok(k).is("sent", "sends", "brought", "conveyed", "extended", "delivered", "passed") && s.has(k+1, k+5, bringsIn) {
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
	at := s.persons[first].i - 1
	if s.tok(at).is("a", "an", "the") && (after >= len(s.toks) || s.tok(after).kind == mark || s.tok(after).is("and")) {
		at-- // "; a monk, Ven. A; and the author, Ms. B"
	}
	if first > 0 && (s.tok(at).is("and", ",", ";", "visiting") || s.tok(s.persons[first].i-1).is("by") && s.tok(s.persons[first].i-2).is("and", ",")) {
		if did, spoke := r.did(s, first-1); spoke {
			return did, true
		}
	}
	return "", false
}

// entitled reports whether a line of a programme gives a title and, behind a dash,
// who speaks on it: "“A Memorandum Between Mayors” – Dr. A, University of B".
func (s *sentence) entitled(p personMention) bool {
	c, ok := s.quote[0]
	return ok && s.block != nil && s.block.Item && s.nth == 0 && p.i <= c+3 && p.i > c && s.tok(c+1).is("–", "-", "—", ":", ",", "by", "(")
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

// weighed reports whether a verb that means it only right behind a name follows
// the comma that closes what was said of somebody, who ends at token i.
func (s *sentence) weighed(i int) bool {
	for k := i; k < i+4; k++ {
		if s.tok(k).is(",") {
			return speakingAt[s.tok(k+1).low]
		}
	}
	return false
}

// openers begin a sentence that tells what somebody did and names them last.
var openers = set(`opening closing speaking moderating chairing representing presenting leading facilitating concluding welcoming addressing introducing joining hosting`)

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
		if s.tok(k).is("of", "from") && s.tok(k+1).upper {
			for k++; s.tok(k+1).upper && k+1 < b.i; k++ { // "A of Cambodia, B of Thailand"
			}
			continue
		}
		if !s.tok(k).is("and", ",", ";", "&", "as", "well", "her", "his", "their", "colleague", "colleagues", "counterpart", "fellow", "also", "the", "its", "our") {
			return false
		}
	}
	return true
}
