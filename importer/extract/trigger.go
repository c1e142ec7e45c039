package extract

import (
	"strings"
)

// A trigger is what makes a sentence tell of an event.
type trigger struct {
	noun    int // "workshop"
	from    int // where the noun phrase begins
	verb    int
	active  bool // somebody held it: who stands before the verb
	by      int  // where "by" stands, of a passive; -1
	took    bool // only took part
	nominal bool // no verb at all: a caption, a title
	asks    bool // an invitation
	came    bool // who stands before the verb came, and need not have organised it
	named   bool // the sentence calls it so and gives its day, whatever it says of it
}

// trigger finds the words of a sentence that tell of an event, -1 for none.
func (r *reader) trigger(s *sentence) (trigger, bool) {
	for i := 0; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		t := s.tok(i)
		if t.kind != word {
			continue
		}
		switch {
		case t.upper && i > 0: // "Held" within a name
		case t.is("took", "takes", "take", "taking", "taken") && s.tok(i+1).is("place"):
			if n, ok := r.nounBefore(s, i); ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: -1}, true
			}
			if n, ok := r.nounAfter(s, i+2, 4); ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: -1}, true
			}
		case t.is("speak", "spoke", "spoken", "presented") && s.tok(i+1).is("at") && r.dayStated(s) && (r.subjectOrg(s, i) || s.someBefore(i)):
			if n, ok := r.nounAfter(s, i+2, 9); ok && !r.eventSaid() {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, took: true, by: -1}, true
			}
		case t.is("came", "flocked", "turned") && (s.tok(i+1).is("to") || s.tok(i+1).is("up", "out")) && (r.dayStated(s) || r.lead != nil && !r.eventSaid()) && s.someBefore(i):
			if n, ok := r.nounAfter(s, i+2, 9); ok && !r.eventSaid() {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: r.calledBy(s, n), came: true}, true
			}
		case t.is("requests", "request") && s.tok(i+1).is("the") && s.tok(i+2).is("pleasure", "honour"):
			n, ok := r.nounAfter(s, i+3, 14)
			for k := i + 3; !ok && k < i+12; k++ { // "at the presentation of their findings"
				if s.tok(k).is("presentation", "opening", "unveiling", "dinner", "performance", "presentations") {
					n, ok = k, true
				}
			}
			if ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, asks: true, by: -1}, true
			}
		case t.is("travelled", "traveled", "flew", "journeyed") && s.tok(i+1).is("to") && r.dayStated(s) && (s.someBefore(i) || r.subjectOrg(s, i)) && !s.tok(i-1).is("who", "had", "have"):
			return trigger{noun: i, from: i, verb: i, came: true, by: -1}, true
		case t.is("spent") && !s.tok(i-1).is("who", "had", "have", "he", "she") && !r.eventSaid() && r.dayStated(s) && (s.someBefore(i) || r.subjectOrg(s, i)) && !r.where(s, i, len(s.toks)).isZero():
			return trigger{noun: i, from: i, verb: i, came: true, by: -1}, true // "Eleven members spent last weekend in Bavet"
		case t.is("march", "rally", "meet", "gather", "walk") && (s.tok(i-1).is("we") || s.tok(i-1).is("will") && s.tok(i-2).is("we")) && len(s.dates) > 0 && !r.eventSaid() && !r.where(s, i, len(s.toks)).isZero():
			return trigger{noun: i, from: i, verb: i, came: true, by: -1}, true // "On 1 May we march in Mae Sot"
		case t.is("marked", "celebrated", "commemorated", "observed") && r.isPassive(s, i) && r.dayStated(s) && s.tok(i+1).is("with", "by") && s.tok(i+2).is("a", "an") && (!r.eventSaid() || r.elsewhere(s, trigger{noun: i, verb: i, by: -1})):
			if n, ok := r.nounAfter(s, i+3, 8); ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: -1}, true // "it was marked with a panel"
			} else if s.has(i+3, i+7, set("panel")) {
				return trigger{noun: i, from: i, verb: i, by: -1}, true
			}
		case t.is("guests") && s.tok(i-1).is("were", "are") && s.tok(i+1).is("of") && r.dayStated(s) && s.someBefore(i-1):
			return trigger{noun: i, from: i, verb: i, came: true, by: -1}, true
		case t.is("called", "brought") && r.dayStated(s) && r.subjectOrg(s, i) && s.has(i+1, i+6, set("together")):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true // "called journalists together"
		case t.is("paid", "made") && s.tok(i+1).is("a", "an") && r.dayStated(s) && s.has(i+2, i+6, set("visit")):
			for n := i + 2; n < i+6; n++ {
				if s.tok(n).is("visit") {
					return trigger{noun: n, from: n, verb: i, came: true, by: -1}, true
				}
			}
		case t.is("witnessed") && r.dayStated(s) && !r.eventSaid():
			if n, ok := r.nounAfter(s, i+1, 6); ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, took: true, by: -1}, true
			}
		case t.is("completed", "finished") && !r.isPassive(s, i) && !r.subjectOrg(s, i) && s.someBefore(i):
			if n, ok := r.nounAfter(s, i+1, 9); ok && !r.eventSaid() {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, took: true, by: -1}, true
			}
		case t.is("took", "taking", "take") && s.tok(i+1).is("part") && s.tok(i+2).is("in", "at"), t.is("participated", "participating") && s.tok(i+1).is("in"), t.is("attended", "joined") && !s.tok(i+1).is("by", "together"):
			if n, ok := r.nounAfter(s, i+1, 12); ok && (!r.eventSaid() || s.tok(r.phraseStart(s, n)-1).is("a", "an") && r.elsewhere(s, trigger{noun: n, verb: i, by: -1})) {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, took: true, by: -1}, true
			}
		case t.is("invite", "invites", "invited", "inviting", "welcomes", "welcome") && !(s.tok(i-1).is("was", "were", "been") && !s.tok(i-2).is("you")) && !(t.is("invited") && r.eventSaid() && !s.tok(i-1).is("are")) || t.is("join") && s.tok(i+1).is("us"):
			if n, ok := r.nounAfter(s, i+1, 34); ok && (t.is("join", "invite", "invites", "inviting") || s.tok(i+1).is("to", "you") || s.tok(i+1).is("by") && s.has(0, i, set("you"))) {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, asks: true, by: -1}, true
			}
		case t.is("marched", "rallied", "protested", "demonstrated") && s.at <= 3 && (len(s.dates) > 0 || r.dayStated(s) || len(r.facts.Events) == 0 && s.at <= 1 && s.nth <= 1):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true
		case t.is("followed") && s.tok(i+1).is("by") && s.tok(i+2).is("a", "an") && r.eventSaid():
			if n, ok := r.nounAfter(s, i+3, 6); ok && r.dayAfter(s, n) {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: -1}, true
			}
		case t.is("walked", "paraded") && r.dayStated(s) && s.someBefore(i) && (s.tok(i+1).is("from", "to", "through") && s.has(i+1, len(s.toks), set("to")) || s.tok(i+1).is("down", "along", "across", "around") && !r.where(s, 0, len(s.toks)).isZero()) && !r.eventSaid():
			return trigger{noun: i, from: i, verb: i, came: true, by: -1}, true
		case t.is("trained") && (len(s.dates) > 0 && s.dates[0].span.From.Day > 0 || r.beforeDiary(s)) && r.subjectOrg(s, i) && !r.isPassive(s, i):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true
		case t.is("met", "meets") && s.at <= 0 && s.nth == 0 && r.event < 0 && s.tok(i+1).is("the", "with", "officials", "representatives", "in", "at") && r.subjectOrg(s, i):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true
		case (comeVerbs[t.low] || t.is("came", "joined", "got") && s.tok(i+1).is("together")) && !r.isPassive(s, i) && r.dayStated(s) && (s.someBefore(i) || r.subjectOrg(s, i)) && !s.tok(i-1).is("he", "she", "they", "we", "who") && !s.has(i-8, i, set("how that whether")):
			n := i
			if s.has(i+1, i+20, set("for at in")) {
				if at, ok := r.nounAfter(s, i+1, 20); ok && s.has(i+1, at, set("for at in")) && !r.dateHere(s, at) && !s.owned(r.phraseStart(s, at)) {
					n = at
				}
			}
			if r.eventSaid() && n == i && !s.someBefore(i) {
				continue
			}
			from := i
			if n > i {
				from = r.phraseStart(s, n)
			}
			return trigger{noun: n, from: from, verb: i, by: -1, active: t.is("met") && !s.someBefore(i) || s.gathersPeople(i) || s.togetherTo(i) && !s.someBefore(i), came: true}, true
		case t.is("meeting", "gathering") && s.tok(i-1).is("are", "is") && s.tok(i+1).is("in", "at") && r.dayStated(s) && (s.someBefore(i) || r.subjectOrg(s, i)):
			return trigger{noun: i, from: i, verb: i, by: -1, came: true}, true
		case t.is("visited", "toured") && r.dayStated(s) && (s.someBefore(i) || r.subjectOrg(s, i)) && (r.goesTo(s, i+1) || !r.where(s, i+1, len(s.toks)).isZero()):
			return trigger{noun: i, from: i, verb: i, active: !s.someBefore(i), came: true, by: -1}, true
		case t.is("ended", "began", "opened", "concluded", "closed", "started", "kicked", "begins", "opens") && !s.tok(i+1).is("the", "a", "an", "its", "their", "with", "by") && !r.isPassive(s, i) && r.dayStated(s):
			if n, ok := r.nounBefore(s, i); ok && n < i {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: -1}, true
			}
		case gatherVerbs[t.low] && r.dayStated(s) && !r.isPassive(s, i) && (s.tok(i+1).kind == number || s.tok(i+1).is("together", "from", "on", "in", "at", "some", "over", "more", "around", "about", "nearly", "almost", "participants", "representatives") || numberWords[s.tok(i+1).low] > 0):
			if n, ok := r.nounBefore(s, i); ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: -1}, true
			}
		case t.is("screened", "premiered") && !r.isPassive(s, i) && r.dayStated(s) && r.subjectOrg(s, i):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true
		case t.is("led") && s.tok(i+1).is("by") && s.tok(i-1).is("was", "were") && s.has(max(0, i-8), i, set("march rally protest vigil demonstration parade training trainings")):
			if n, ok := r.nounBefore(s, i); ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: i + 1}, true
			}
		case lightVerbs[t.low] && !r.isPassive(s, i) && r.dayStated(s) && s.tok(i+1).is("a", "an", "its", "their", "our", "two", "three", "another") && r.subjectOrg(s, i):
			if n, ok := r.nounAfter(s, i+1, 9); ok && r.isObject(s, i, n) {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, by: -1}, true
			}
		case t.is("celebrated", "marked", "commemorated", "observed", "celebrate", "mark") && (r.dayStated(s) || !r.where(s, 0, len(s.toks)).isZero()):
			for k := i + 1; k < i+9 && k < len(s.toks); k++ {
				if (s.tok(k).is("day") && s.tok(k).upper || s.tok(k).is("anniversary") && r.dayStated(s)) && (r.subjectOrg(s, i) || t.is("celebrated", "commemorated", "marked")) {
					if n, ok := r.nounAfter(s, k, 14); ok && s.has(k, n, set("with by at")) {
						return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, by: -1}, true
					}
					return trigger{noun: k, from: r.phraseStart(s, k), verb: i, active: true, by: -1}, true
				}
			}
		case passiveVerbs[t.low] && r.isPassive(s, i):
			by := -1
			for k := i + 1; k < len(s.toks) && k < i+40; k++ {
				if prev := s.tok(k - 1); s.tok(k).is("by") && k > i+1 && strings.HasSuffix(prev.low, "ed") && !passiveVerbs[prev.low] {
					break // "held in Bangkok, hosted a panel moderated by …"
				}
				if prev := s.tok(k - 1); s.tok(k).is("by") && prev.kind == word && !prev.upper && s.tok(k-2).is("of") {
					break // "held against the backdrop of plans by the Union"
				}
				if s.tok(k).is("by") && (len(s.orgsIn(k, k+8)) > 0 || s.tok(k+1).is("the") || s.tok(k+1).upper) {
					by = k
					break
				}
			}
			if n, ok := r.nounBefore(s, i); ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: by}, true
			}
			for k := i + 1; i == 0 && k < len(s.toks) && k < 40; k++ { // "Held in Koh Kong on 2 July, the forum …"
				if s.tok(k).is(",") && s.tok(k+1).is("the", "this") {
					if n, ok := r.nounAfter(s, k+2, 6); ok {
						return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: by}, true
					}
				}
			}
		case (activeVerbs[t.low] && !r.isPassive(s, i)) || futureVerbs[t.low] && s.tok(i-1).is("will", "to", "jointly", "co", "and"):
			if t.is("held") && s.tok(i+1).is("that", "accountable", "responsible", "back", "up", "by", "on", "in", "at") || t.is("hold") && s.tok(i+1).is("employers", "accountable", "their", "them") || s.tok(i-1).is("to") && !(s.hasOrgBefore(i-1) && s.has(0, i, set("supported supports helped helps assisted assists enabled"))) && !s.tok(i-2).is("pleased", "delighted", "glad", "going", "planning", "happy", "honoured") {
				continue
			}
			if n, ok := r.quotedNoun(s, i+1); ok {
				return trigger{noun: n, from: n, verb: i, active: true, by: -1}, true
			}
			if n, ok := r.nounAfter(s, i+1, 25); ok && r.isObject(s, i, n) {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, by: -1}, true
			}
		}
	}
	if t, ok := r.told(s); ok {
		return t, true
	}
	if r.eventSaid() {
		if t, ok := r.gathering(s); ok {
			return t, true
		}
		if t, ok := r.opening(s); ok {
			return t, true
		}
		return r.nextHappening(s)
	}
	if t, ok := r.opening(s); ok {
		return t, true
	}
	return r.gathering(s)
}

// gathersPeople reports whether somebody gathers others at the verb at token i:
// "MMN gathered 40 officials".
func (s *sentence) gathersPeople(i int) bool {
	_, _, ok := s.numberAt(i + 1)
	return ok && s.tok(i).is("gathered", "assembled") && !s.someBefore(i)
}

// togetherTo reports whether bodies are said to have come together to hold
// something, at the verb at token i: "came together to run a workshop".
func (s *sentence) togetherTo(i int) bool {
	return s.tok(i+1).is("together") && s.tok(i+2).is("to") && (futureVerbs[s.tok(i+3).low] || s.tok(i+3).is("run", "offer", "stage", "launch", "put", "mark", "celebrate"))
}

// owned reports whether what begins at token i belongs to what stands before
// it: "to go over the results of the forum".
func (s *sentence) owned(i int) bool {
	if s.tok(i-1).is("the", "this", "its", "their", "a") {
		i--
	}
	return s.tok(i-1).is("of", "after", "before", "since", "about", "on")
}

// dayAfter reports whether a day of another event than the one being told of
// stands behind token n.
func (r *reader) dayAfter(s *sentence, n int) bool {
	for _, d := range s.dates {
		if d.i > n && d.span.From.Day > 0 && !within(d.span, r.facts.Events[r.event].Held.Span) && !r.other(s, d, trigger{noun: n, verb: n}) {
			return true
		}
	}
	return false
}

// opening finds the event that a sentence opens with, without saying that it
// was held: "At a press conference in Bangkok on 3 May 2018, …".
func (r *reader) opening(s *sentence) (trigger, bool) {
	if r.eventSaid() && s.nth == 0 && len(s.dates) > 0 {
		if e := &r.facts.Events[r.event]; !e.Held.Span.IsZero() {
			if w, ok := r.when(s, s.dates[len(s.dates)-1]); ok && w.Span.From.Day > 0 && !within(w.Span, e.Held.Span) {
				return r.during(s) // another gathering in a digest of news
			}
		}
	}
	if r.eventSaid() || s.at > 2 {
		return trigger{}, false
	}
	if !s.opens("at", "during") || !r.dayStated(s) {
		return r.during(s)
	}
	n, ok := r.nounAfter(s, 1, 14)
	if !ok {
		return trigger{}, false
	}
	for _, d := range s.dates {
		if d.i > n && d.i < n+14 && !r.other(s, d, trigger{noun: n, verb: n}) {
			return trigger{noun: n, from: r.phraseStart(s, n), verb: n, by: -1, came: true}, true
		}
	}
	return trigger{}, false
}

// during finds the event at which the opening of a text says that something was
// done, if the day is told: "The pledge was made during a meeting between …".
func (r *reader) during(s *sentence) (trigger, bool) {
	if !r.dayStated(s) && r.lead == nil {
		return trigger{}, false
	}
	for i := 1; i < len(s.toks); i++ {
		if !(s.tok(i).is("at", "during", "addressing", "attending") || s.tok(i).is("of") && s.tok(i-1).is("end", "close", "conclusion", "occasion", "course", "margins")) || !s.tok(i+1).is("a", "an") {
			continue
		}
		if n, ok := r.nounAfter(s, i+2, 6); ok && !s.has(i+2, n, set("of on at in for to with ,")) {
			return trigger{noun: n, from: r.phraseStart(s, n), verb: n, by: -1, came: true}, true
		}
	}
	return trigger{}, false
}

// dayStated reports whether a sentence states a day that can be that of an
// event, or tells one from that of the text.
func (r *reader) dayStated(s *sentence) bool {
	for _, d := range s.dates {
		if d.span.From.Day > 0 && !r.other(s, d, trigger{noun: -1, verb: -1}) {
			return true
		}
	}
	_, ok := r.reckon(s, false)
	return ok || r.beforeDiary(s)
}

// weekdayAlone reports whether the weekday at token i tells when, without "on",
// as news agencies write: "met in Yangon Wednesday.", "the minister Friday said".
func (s *sentence) weekdayAlone(i int) bool {
	next := s.tok(i + 1)
	if s.tok(i-1).kind != word || s.tok(i-1).is("every", "each", "and", "to", "a", "the", "by", "until", "before", "after", "since", "next", "from") || i == 0 {
		return false
	}
	return next.kind == mark && next.is(".", ",", "") || i+1 >= len(s.toks) || next.kind == word && !next.upper && strings.HasSuffix(next.low, "ed")
}
