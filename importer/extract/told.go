package extract

import "strings"

// told reads the clauses that tell of an event whatever their verb: somebody
// did something to what is called one, something was held on a day, something
// was shown to the world at the opening of a text.
func (r *reader) told(s *sentence) (trigger, bool) {
	dayStated := r.dayStated(s)
	for i := range s.toks {
		t := s.tok(i)
		if t.kind != word || t.upper || functionWords[t.low] && !heldAs[t.low] {
			continue
		}
		switch {
		case (gatherVerbs[t.low] || (shownAs[t.low] || heldAs[t.low]) && r.isPassive(s, i)) && dayStated && !r.eventSaid() && r.itMeans(s) >= 0:
			return trigger{noun: 0, from: 0, verb: i, by: r.doer(s, i)}, true // "Our conference is behind us. It brought 140 people …"
		case gatherVerbs[t.low] && dayStated && s.tok(0).is("the") && standsFor(s.tok(1)) && !r.isPassive(s, i):
			return trigger{noun: 1, from: 1, verb: i, by: -1}, true // "The last of the three, on 24 November, drew …"
		case heldAs[t.low] && r.isPassive(s, i) && dayStated && s.quotedBefore(i) && (!r.eventSaid() || r.otherDayWithin(s, i)):
			return trigger{noun: i, from: i, verb: i, by: r.doer(s, i)}, true // "“Sick, Injured, Uninsured” was held on 23 April"
		case heldAs[t.low] && s.tok(i-1).kind == word && r.isPassive(s, i) && dayStated:
			if n := s.heldThing(i); n >= 0 {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: r.doer(s, i)}, true
			}
		case t.is("took") && s.tok(i+1).is("place") && dayStated && s.quotedBefore(i) && (!r.eventSaid() || r.otherDayWithin(s, i)):
			return trigger{noun: i, from: i, verb: i, by: -1}, true // "“Two Rivers, One Struggle” took place on 8 June"
		case t.is("took") && s.tok(i+1).is("place") && dayStated && !r.eventSaid() && s.tok(i-1).is("it", "this") && (r.titled() || r.itMeans(s) >= 0):
			return trigger{noun: i, from: i, verb: i, by: -1}, true // "It was the first of its kind, and it took place on 16 July"
		case t.is("took") && s.tok(i+1).is("place") && dayStated && !r.eventSaid():
			if n := s.tookPlace(i); n >= 0 {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: -1}, true
			}
		case r.eventSaid() && (shownAs[t.low] || t.is("screened", "discussed", "shown")) && r.isPassive(s, i) && s.toldFirst(r) && r.elsewhere(s, trigger{noun: i, verb: i, by: -1}):
			return trigger{noun: i, from: i, verb: i, by: r.doer(s, i), named: r.doer(s, i) < 0}, true // "The following evening it was presented in Vientiane"
		case r.eventSaid() && t.is("launched", "unveiled", "presented", "screened") && !r.isPassive(s, i) && len(r.subject(s, i)) > 0 && s.toldFirst(r) && r.elsewhere(s, trigger{noun: i, verb: i, by: -1}):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true
		case shownAs[t.low] && r.isPassive(s, i) && !r.eventSaid() && (s.at <= 1 || s.at <= 3 && !r.where(s, i, len(s.toks)).venue.IsZero()) && s.nth <= 1 && (dayStated || r.dayBy(s, i)) && !r.where(s, 0, len(s.toks)).isZero():
			return trigger{noun: i, from: i, verb: i, by: r.doer(s, i)}, true
		case t.is("graduated") || t.is("received") && s.has(i+1, i+5, set("certificates certificate diplomas awards medals")):
			if !r.eventSaid() && s.at <= 1 && dayStated && s.someBefore(i) && !r.where(s, i, len(s.toks)).isZero() {
				return trigger{noun: i, from: i, verb: i, by: -1, came: true}, true
			}
		case t.is("launch", "launches", "launched", "unveil", "unveiled") && !r.isPassive(s, i) && !r.eventSaid() && s.at <= 3 && (dayStated || r.dayBy(s, i)) && len(r.subject(s, i)) > 0 && (!r.where(s, 0, len(s.toks)).isZero() || s.tok(0).is("it") && s.tok(2).is("there", "here")):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true
		case t.is("host", "organise", "organize", "hold", "convene") && dayStated && s.hasOrgBefore(i) && s.tok(i+1).is("a", "an", "their", "the"):
			if n, ok := r.didTo(s, i); ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, by: -1}, true
			}
		case pastVerb(t) && (dayStated || s.at <= 1 && !r.eventSaid()) && !r.isPassive(s, i):
			if n, ok := r.didTo(s, i); ok && (len(r.subject(s, i)) > 0 || s.at <= 1 && s.has(0, i, bodyNouns)) {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, by: -1}, true
			}
		}
	}
	for i := range s.toks {
		if t, ok := r.holdsAny(s, i); ok && dayStated && (!r.eventSaid() || r.otherDay(s, t)) {
			return t, true
		}
	}
	return r.theEvent(s)
}

// theEvent finds the event that the title names where the opening goes on to
// speak of it: "The meeting was opened by …".
func (r *reader) theEvent(s *sentence) (trigger, bool) {
	told := r.dayTold != nil && r.dayTold.block == s.block && s.nth == r.dayTold.nth+1 // the sentence before told the day
	if r.eventSaid() || s.at > 1 || !told && (s.nth > 0 || !r.titled()) || !s.tok(0).is("the", "this", "our") {
		return trigger{}, false
	}
	for k := 1; k < 9 && k < len(s.toks); k++ {
		if r.isEventNoun(s, k) && !r.isEventNoun(s, k+1) {
			if s.tok(k+1).kind == word && !s.tok(k+1).upper {
				t := trigger{noun: k, from: r.phraseStart(s, k), verb: k, by: -1}
				return t, !s.referred(t)
			}
			return trigger{}, false
		}
		if s.tok(k).kind != word || s.tok(k).is("of", "in", "on", "was", "is") {
			break
		}
	}
	return trigger{}, false
}

// dayBy reports whether a sentence states the day of what the verb at token v
// says, whatever that verb means elsewhere.
func (r *reader) dayBy(s *sentence, v int) bool {
	for _, d := range s.dates {
		if d.span.From.Day > 0 && d.i > v && !r.other(s, d, trigger{noun: v, verb: v}) {
			return true
		}
	}
	return false
}

var (
	// heldAs are verbs of which any noun is the subject that can be held.
	heldAs = set("held organised organized staged celebrated commemorated performed")
	// shownAs are verbs that make an event of what is shown to the world.
	shownAs = set("launched unveiled inaugurated presented opened")
	// notHolding are verbs of which an event is the object without anybody
	// holding it.
	notHolding = set(`attended joined announced postponed cancelled canceled planned proposed suggested welcomed discussed described reviewed evaluated
		assessed criticised criticized requested demanded supported funded financed sponsored covered reported mentioned recalled expected entered boycotted
		missed published issued followed preceded called needed wanted praised watched disrupted dispersed banned stopped blocked received left visited
		used included addressed told informed urged remembered based related entitled titled named aimed monitored observed condemned documented`)
	// notThings are no events although they are held.
	notThings = set(`election elections referendum vote position positions office talks power document documents passport passports view views people person`)
	irregular = set("brought ran gave led began kept put")
)

// pastVerb reports whether a token can be the past of a verb.
func pastVerb(t *token) bool {
	return (strings.HasSuffix(t.low, "ed") && len(t.low) > 4 || irregular[t.low]) && !notHolding[t.low] && !saying[t.low]
}

// didTo returns the event word that is the object of the verb at token i: "a",
// "its" or "another" follows, and nothing but what describes the event.
func (r *reader) didTo(s *sentence, i int) (int, bool) {
	k := i + 1
	if s.tok(k).is("out", "up", "off", "on", "together") {
		k++
	}
	if !s.tok(k).is("a", "an", "its", "their", "another", "our", "two", "three", "four", "several") {
		return 0, false
	}
	n, ok := r.nounAfter(s, k+1, 12)
	if !ok {
		return 0, false
	}
	for q := k + 1; q < n; q++ {
		if t := s.tok(q); t.is("of") && !s.tok(q-1).is("series", "number", "round", "set", "couple") || t.is("on", "to", "for", "from", "in", "at", "with", "about", "that", "which", "by", "who", ",") {
			return 0, false
		}
	}
	return n, true
}

// heldThing returns what was held, the word before "was" of the verb at token
// v, if it is no person and nothing else that is held.
func (s *sentence) heldThing(v int) int {
	k := v - 1
	for k > 0 && !s.tok(k).is("was", "were", "is", "are", "be", "been", "being") {
		k--
	}
	for k > 0 && s.tok(k).is("was", "were", "is", "are", "be", "been", "being", "will", "has", "have", "to", "also", "both") {
		k--
	}
	for k > 0 && (s.tok(k).kind == number || s.tok(k).is(")", "(") || s.tok(k+1).is(")") && s.tok(k).caps()) {
		k-- // "Migrants Day (IMD) 2016 was celebrated"
	}
	t := s.tok(k)
	if t.kind != word || functionWords[t.low] || peopleNouns[t.low] || workerWords[t.low] || roleWords[t.low] || notThings[t.low] || s.isPerson(k) {
		return -1
	}
	if m, ok := s.orgEnding(k + 1); ok {
		of := m.i - 1
		if s.tok(of).is("the") {
			of--
		}
		if s.tok(of).is("of") && s.tok(of-1).is("assembly", "congress", "meeting", "retreat", "convention") {
			return of - 1 // "the General Assembly of MMN was held"
		}
		return -1
	}
	return k
}

// tookPlace returns the head of what took place at the verb at token v, if it
// is called by a name: "The first Regional Review of … took place online".
func (s *sentence) tookPlace(v int) int {
	n := v - 1
	for k := 1; k < v; k++ {
		if s.tok(k).is("of", "on", "for") {
			n = k - 1
			break
		}
	}
	t := s.tok(n)
	if !s.tok(0).is("the", "a", "our", "this") || !t.upper || t.kind != word || s.isPerson(n) || peopleNouns[t.low] || notThings[t.low] {
		return -1
	}
	return n
}

// doer returns where "by" stands behind the passive verb at token i, if
// organisations follow it; -1 if not.
func (r *reader) doer(s *sentence, i int) int {
	for k := i + 1; k < len(s.toks) && k < i+40; k++ {
		if s.tok(k).is("by") && len(s.orgsIn(k, k+8)) > 0 {
			return k
		}
	}
	return -1
}

// itMeans returns the event word of the sentence before for which "it" stands,
// -1 if there is none.
func (r *reader) itMeans(s *sentence) int {
	if !s.tok(0).is("it", "this") || r.last == nil || r.last.block != s.block {
		return -1
	}
	for k := 0; k < 15; k++ {
		if r.isEventNoun(r.last, k) && !r.isEventNoun(r.last, k+1) {
			return k
		}
	}
	return -1
}

// standsFor reports whether a word stands for an event that the sentence before named: "The largest
// was held in …".
func standsFor(t *token) bool {
	return ordinals[t.low] > 0 || strings.HasSuffix(t.low, "est") && len(t.low) > 5 || t.is("latter", "other", "one")
}

// quotedBefore reports whether a title in quotation marks is what "was" and the
// verb at token v are said of.
func (s *sentence) quotedBefore(v int) bool {
	k := v - 1
	for k > 0 && s.tok(k).is("was", "were", "also", "jointly", "is", "will", "be") {
		k--
	}
	if s.tok(k).is(",") {
		k--
	}
	for _, c := range s.quote {
		if c == k {
			return true
		}
	}
	return false
}

// otherDayWithin reports whether a sentence gives a day that is none of the
// events told of, though it may lie within one.
func (r *reader) otherDayWithin(s *sentence, v int) bool {
	days := r.datesOf(s, trigger{noun: v, verb: v, by: -1})
	for i := range r.facts.Events {
		if len(days) > 0 && r.facts.Events[i].Held.Span == days[0].Span {
			return false
		}
	}
	return len(days) > 0 && days[0].Span.From.Day > 0
}

// calledBy returns where "by" stands in a clause that tells who called what the
// event word at token n names: "the press conference, which was called by MMN".
func (r *reader) calledBy(s *sentence, n int) int {
	for k := n + 1; k < len(s.toks); k++ {
		if s.tok(k).is("which", "that") && s.tok(k+1).is("was", "were", "had") {
			return r.doer(s, k+1)
		}
	}
	return -1
}
