package extract

import "time"

// apart is how far from the event told of last another of the same text may
// lie.
const apart = 60 * 24 * time.Hour

// otherDay reports whether a sentence gives a day on which none of the events
// told of already was, and which is near enough to be told of with them.
func (r *reader) otherDay(s *sentence, t trigger) bool {
	if len(r.facts.Events) == 0 {
		return false
	}
	n := r.event
	if n < 0 {
		n = len(r.facts.Events) - 1
	}
	held := r.facts.Events[n].Held.Span
	days := r.datesOf(s, t)
	if len(days) == 0 || days[0].Span.From.Day == 0 || held.From.Day == 0 {
		return false
	}
	w := days[0].Span
	for i := range r.facts.Events {
		if within(w, r.facts.Events[i].Held.Span) {
			return false
		}
	}
	gap := w.From.Time().Sub(held.From.Time()).Abs()
	return gap <= apart || r.section && w.From.Year == held.From.Year // a section of its own, in a report of a year
}

// elsewhere reports whether a sentence gives another day and a place to it: what
// it says was done then and there is an event of its own.
func (r *reader) elsewhere(s *sentence, t trigger) bool {
	return !r.letter() && !s.block.Heading && r.otherDay(s, t) && !r.where(s, 0, len(s.toks)).isZero()
}

// nextHappening finds in a text that told of an event what people did on
// another day and at another place, whatever the verb: "Three days later, in
// Battambang, LSCW brought the commune chiefs to one table".
func (r *reader) nextHappening(s *sentence) (trigger, bool) {
	t := trigger{noun: -1, verb: -1, by: -1}
	if len(r.facts.Events) == 0 || !s.toldFirst(r) || !r.elsewhere(s, t) {
		return trigger{}, false
	}
	for _, d := range s.dates {
		if s.has(d.i-8, d.i, incidents) || r.other(s, d, t) {
			return trigger{}, false
		}
	}
	if s.has(0, len(s.toks), set("told said says recalled remembered i will would")) {
		return trigger{}, false // what befell somebody, as they tell it
	}
	found, ok := r.didSomething(s, r.where(s, 0, len(s.toks)))
	if !ok || s.has(0, found.verb, officials) || s.has(found.verb-1, found.verb, set("he she they it")) || rules[s.tok(found.verb).low] {
		return trigger{}, false
	}
	return found, true
}

var (
	// officials do things on a day and at a place that are no events.
	officials = set("government cabinet police court ministry parliament authorities army soldiers employer employers company factory owner immigration king junta")
	// rules are verbs of what is done to rules, to work and to money.
	rules = set("extended changed introduced imposed raised lowered set lifted opened closed started launched began arrived moved received earned borrowed sold bought lost")
)

// toldFirst reports whether a sentence opens with its day, or with another place
// ("In Battambang, … on 8 December").
func (s *sentence) toldFirst(r *reader) bool {
	if s.tok(s.start).is("in") && len(s.dates) > 0 {
		if n, end, ok := find(s, s.start+1, r.gaz.places); ok && n.city && s.tok(end).is(",") {
			return true
		}
	}
	for _, d := range s.dates {
		if d.i <= s.start+4 {
			return true
		}
	}
	for i := s.start; i < s.start+3; i++ {
		if _, ok := r.fromEvent(s, i); ok {
			return true
		}
	}
	return false
}

// holdsAny finds what an organisation held, ran or put on at a stated place and
// day, whatever it is called: "held a mobile legal clinic at Wat Bang Phli Yai".
func (r *reader) holdsAny(s *sentence, i int) (trigger, bool) {
	t := s.tok(i)
	if !t.is("held", "organised", "organized", "hosted", "staged", "ran", "convened", "arranged", "opened") && !(t.is("put") && s.tok(i+1).is("on")) || r.isPassive(s, i) {
		return trigger{}, false
	}
	k := i + 1
	if t.is("put") {
		k++
	}
	if !s.tok(k).is("a", "an", "its", "another", "their") {
		return trigger{}, false
	}
	n := k
	for j := k + 1; j < k+7 && s.tok(j).kind == word && !functionWords[s.tok(j).low]; j++ {
		n = j
	}
	thing := s.tok(n)
	if n == k || thing.upper || s.isPerson(n) || peopleNouns[thing.low] || notThings[thing.low] || notHeldThings[thing.low] || roleWords[thing.low] || orgWords[thing.low] && !thing.is("clinic", "party", "assembly", "session", "congress", "forum", "court") {
		return trigger{}, false
	}
	if w := r.where(s, 0, len(s.toks)); w.venue.IsZero() && w.city.IsZero() || w.online {
		return trigger{}, false
	}
	if len(r.subject(s, i)) == 0 && !s.shortOrgBefore(i) {
		return trigger{}, false
	}
	return trigger{noun: n, from: k + 1, verb: i, active: true, by: -1}, true
}

// notHeldThings are held or run for longer than a day.
var notHeldThings = set(`survey surveys interviews research study shelter programme program project helpline hotline shop account business campaign
	factory licence license permit lead majority share shares stake interest belief case door way branch line risk fund network strike discussion-paper`)

// shortOrgBefore reports whether "the Foundation" or the like stands right
// before token i.
func (s *sentence) shortOrgBefore(i int) bool {
	return s.tok(i-1).upper && orgWords[s.tok(i-1).low] && s.tok(i-2).is("the")
}
