package extract

import (
	"strings"
	"time"

	"sala"
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
		case t.is("took", "taking", "take") && s.tok(i+1).is("part") && s.tok(i+2).is("in"), t.is("participated", "participating") && s.tok(i+1).is("in"), t.is("attended", "joined") && !s.tok(i+1).is("by"):
			if n, ok := r.nounAfter(s, i+1, 12); ok && !r.eventSaid() {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, took: true, by: -1}, true
			}
		case t.is("invite", "invites", "invited", "inviting", "welcomes", "welcome") || t.is("join") && s.tok(i+1).is("us"):
			if n, ok := r.nounAfter(s, i+1, 18); ok && (t.is("join", "invite", "invites", "inviting") || s.tok(i+1).is("to", "you")) {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, asks: true, by: -1}, true
			}
		case t.is("marched", "rallied", "protested", "demonstrated") && s.at <= 2 && (len(s.dates) > 0 || s.has(0, len(s.toks), set("today yesterday")) || len(r.facts.Events) == 0 && s.at <= 1 && s.nth <= 1):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true
		case t.is("trained") && len(s.dates) > 0 && s.dates[0].whole() && r.subjectOrg(s, i) && !r.isPassive(s, i):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true
		case t.is("met", "meets") && s.at <= 0 && s.nth == 0 && r.event < 0 && s.tok(i+1).is("the", "with", "officials", "representatives", "in", "at") && r.subjectOrg(s, i):
			return trigger{noun: i, from: i, verb: i, active: true, by: -1}, true
		case comeVerbs[t.low] && !r.isPassive(s, i) && r.dayStated(s) && (s.has(0, i, peopleNouns) || r.subjectOrg(s, i)) && !s.tok(i-1).is("he", "she", "they", "we", "who"):
			n := i
			if s.has(i+1, i+12, set("for at in")) {
				if at, ok := r.nounAfter(s, i+1, 14); ok && s.has(i+1, at, set("for at in")) && !r.dateHere(s, at) {
					n = at
				}
			}
			if r.eventSaid() && n == i && !s.has(0, i, peopleNouns) {
				continue
			}
			return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: -1, active: t.is("met") && !s.has(0, i, peopleNouns), came: true}, true
		case t.is("visited", "toured") && r.dayStated(s) && (s.has(0, i, peopleNouns) || r.subjectOrg(s, i)) && r.goesTo(s, i+1):
			return trigger{noun: i, from: i, verb: i, active: !s.has(0, i, peopleNouns), came: true, by: -1}, true
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
		case t.is("celebrated", "marked", "commemorated", "observed", "celebrate", "mark"):
			for k := i + 1; k < i+9 && k < len(s.toks); k++ {
				if s.tok(k).is("day") && s.tok(k).upper && (r.subjectOrg(s, i) || t.is("celebrated", "commemorated", "marked")) {
					if n, ok := r.nounAfter(s, k, 14); ok && s.has(k, n, set("with by at")) {
						return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, by: -1}, true
					}
					return trigger{noun: k, from: r.phraseStart(s, k), verb: i, active: true, by: -1}, true
				}
			}
		case passiveVerbs[t.low] && r.isPassive(s, i):
			by := -1
			for k := i + 1; k < len(s.toks) && k < i+40; k++ {
				if s.tok(k).is("by") && (len(s.orgsIn(k, k+8)) > 0 || s.tok(k+1).is("the") || s.tok(k+1).upper) {
					by = k
					break
				}
			}
			if n, ok := r.nounBefore(s, i); ok {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: by}, true
			}
		case (activeVerbs[t.low] && !r.isPassive(s, i)) || futureVerbs[t.low] && s.tok(i-1).is("will", "to", "jointly", "co", "and"):
			if t.is("held") && s.tok(i+1).is("that", "accountable", "responsible", "back", "up", "by", "on", "in", "at") || t.is("hold") && s.tok(i+1).is("employers", "accountable", "their", "them") || s.tok(i-1).is("to") && !s.tok(i-2).is("pleased", "delighted", "glad", "going", "planning", "happy", "honoured") {
				continue
			}
			if n, ok := r.nounAfter(s, i+1, 25); ok && r.isObject(s, i, n) {
				return trigger{noun: n, from: r.phraseStart(s, n), verb: i, active: true, by: -1}, true
			}
		}
	}
	return r.opening(s)
}

// opening finds the event that a sentence opens with, without saying that it
// was held: "At a press conference in Bangkok on 3 May 2018, …".
func (r *reader) opening(s *sentence) (trigger, bool) {
	if r.eventSaid() || s.at > 2 || !s.opens("at", "during") || !r.dayStated(s) {
		return trigger{}, false
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

// dayStated reports whether a sentence states a day that can be that of an
// event, or tells one from that of the text.
func (r *reader) dayStated(s *sentence) bool {
	for _, d := range s.dates {
		if d.span.From.Day > 0 && !r.other(s, d, trigger{noun: -1, verb: -1}) {
			return true
		}
	}
	if r.text.Published.Day == 0 || s.at > 1 {
		return false
	}
	for i := range s.toks {
		if _, _, _, ok := s.feast(i); ok && s.tok(i-1).is("on") {
			return true
		}
	}
	return s.has(0, len(s.toks), set("today yesterday"))
}

// goesTo reports whether a place begins at token i.
func (r *reader) goesTo(s *sentence, i int) bool {
	if s.tok(i).is("the") {
		i++
	}
	if i >= len(s.toks) {
		return false
	}
	_, _, ok := find(s, i, r.gaz.places)
	return ok
}

// isPassive reports whether the verb at token i is said of what was held:
// "was held", "the workshop, organised by".
func (r *reader) isPassive(s *sentence, i int) bool {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		t := s.tok(k)
		if t.is("was", "were", "is", "are", "be", "been", "being") {
			return true
		}
		if !strings.HasSuffix(t.low, "ly") && !t.is("also", "first", "co", "-", "to", "then", "being") {
			break
		}
	}
	if s.tok(i + 1).is("by") {
		return true
	}
	// "the consultation held in Yangon", "a meeting convened on 5 May"
	prev := s.tok(i - 1)
	if prev.is(",") {
		prev = s.tok(i - 2)
	}
	if s.tok(i-1).is(",") && s.tok(i+1).is("in", "on", "at", "from", "online", "between", "today", "yesterday") && s.has(max(0, i-40), i-1, eventNouns) {
		return true // "a side event at the summit, held on 18 September"
	}
	return s.tok(i+1).is("in", "on", "at", "from", "online", "between", "virtually", "via", "during", "jointly", "this", "today", "yesterday", "earlier", "last") && (eventNouns[prev.low] || prev.is(")", "”", "\"")) ||
		eventNouns[prev.low] && s.tok(i+1).is("jointly") || s.tok(i+1).is("in", "on", "at", "from") && i == 0
}

// nounAfter returns the last of the first event words from token i on.
func (r *reader) nounAfter(s *sentence, i, within int) (int, bool) {
	for k := i; k < i+within && k < len(s.toks); k++ {
		if c, ok := s.quote[k]; ok {
			k = c
			continue
		}
		t := s.tok(k)
		if t.is(";", ".") || passiveVerbs[t.low] && !t.upper {
			return 0, false
		}
		if r.isEventNoun(s, k) {
			for k+1 < len(s.toks) && r.isEventNoun(s, k+1) {
				k++
			}
			return k, true
		}
	}
	return 0, false
}

// isEventNoun reports whether token k names an event, as "launch" and
// "training" do only where they stand for one.
func (r *reader) isEventNoun(s *sentence, k int) bool {
	t := s.tok(k)
	if !eventNouns[t.low] || t.kind != word {
		return false
	}
	if s.isPerson(k) {
		return false
	}
	next, prev := s.tok(k+1), s.tok(k-1)
	switch t.low {
	case "training", "trainings":
		return !next.is("programme", "programmes", "program", "programs", "materials", "manual", "organisation", "organisations", "centre", "centres", "fees", "costs", "program.") && !prev.is("vocational", "intern", "internship")
	case "evening":
		return prev.is("film", "cultural", "solidarity", "music", "poetry", "information", "discussion")
	case "talks", "talk", "event", "discussion", "exchange", "visit", "session", "course", "party", "tour", "camp", "fair", "reception", "concert", "debate", "meeting", "hearing", "launch", "screening", "gathering", "launched", "exhibition", "visits", "forums":
		if t.is("party", "fair", "exchange", "launch", "visit") {
			if t.is("fair", "launch", "visit", "exchange") && prev.kind == word && !functionWords[prev.low] && s.tok(k-2).is("a", "an", "the", "its", "their", "our") {
				return true // "a health fair"
			}
			return prev.is("a", "an", "the", "our", "this", "report", "book", "film", "study", "learning", "job", "public", "cultural", "official", "press", "farewell", "legal") || prev.upper
		}
		return !next.is("rights", "fee", "fees")
	case "forum", "conference", "assembly", "congress", "summit":
		return !next.is("of") || t.is("conference", "summit", "congress")
	case "march":
		return !t.upper && !s.tok(k-1).is("to", "in", "of") && (prev.is("a", "the", "this", "peaceful", "protest", "day", "our") || prev.upper)
	}
	return true
}

// isObject reports whether the event word at n is what the verb at v is said
// of: nothing between them begins another clause.
func (r *reader) isObject(s *sentence, v, n int) bool {
	for k := v + 1; k < n; k++ {
		t := s.tok(k)
		if t.is("that", "which", "who", "because", "but", "interviews", "research", "survey", "surveys", "study", "elections", "election", "hands", "office", "power", "shares", "accountable", "responsible", "campaign") && !s.tok(k+1).is("visit", "tour") {
			return false
		}
		if t.is("with", "at", "in", "during", "on") && k <= v+2 && !s.tok(v).is("held", "organised", "organized", "convened", "hosted", "co-organised", "co-hosted") {
			return false
		}
	}
	return true
}

func (r *reader) subjectOrg(s *sentence, v int) bool { return len(s.orgsIn(max(0, v-12), v)) > 0 }

func (s *sentence) orgsIn(i, j int) []orgMention {
	var out []orgMention
	for k := i; k < j && k < len(s.toks); k++ {
		if m, ok := s.orgs[k]; ok {
			out = append(out, m)
			k = m.j - 1
		}
	}
	return out
}

// nounBefore returns the event word that is the subject of the verb at v.
func (r *reader) nounBefore(s *sentence, v int) (int, bool) {
	first := -1
	for k := v - 1; k >= 0 && k > v-60; k-- {
		t := s.tok(k)
		if t.is(";") || t.is(".") && t.kind == mark {
			break
		}
		if r.isEventNoun(s, k) {
			first = k
			// The word of the subject, not of what it is about: go on to the left
			// over "on", "of", "for" only.
			prev := s.tok(k - 1)
			if prev.is("the", "a", "an", "this", "our") && !s.tok(k-2).is("of", "on", "for", "during", "in", "at", "before", "after") {
				break
			}
		}
	}
	if first < 0 {
		return 0, false
	}
	for first+1 < v && r.isEventNoun(s, first+1) {
		first++
	}
	return first, true
}

// phraseStart returns where the noun phrase of the event word at n begins.
func (r *reader) phraseStart(s *sentence, n int) int {
	k := n
	for k > 0 && n-k < 14 {
		t := s.tok(k - 1)
		if t.kind == number {
			if r.dateHere(s, k-1) {
				break
			}
			k--
			continue
		}
		if t.is("-", "/", "–", "&", "(", ")") && !(t.is("(") && n-k > 3) {
			k--
			continue
		}
		if t.kind != word || t.is("a", "an", "the", "this", "our", "its", "their", "on", "in", "at", "to", "for", "from", "by", "with", "of", "that", "which", "hold", "host", "organise", "attend", "join", "as", "another", "during", "under") || activeVerbs[t.low] || futureVerbs[t.low] || passiveVerbs[t.low] || saying[t.low] && !t.upper {
			break
		}
		if m, ok := s.orgEnding(k); ok && !s.tok(k).upper {
			k = m.i
			continue
		}
		k--
	}
	return k
}

func (s *sentence) orgEnding(k int) (orgMention, bool) {
	for i := k - 1; i >= 0 && i > k-20; i-- {
		if m, ok := s.orgs[i]; ok {
			return m, m.j == k
		}
	}
	return orgMention{}, false
}

// eventSaid reports whether an event is told of already.
func (r *reader) eventSaid() bool { return r.event >= 0 }

// events begins or adds to an event if a sentence tells of one.
func (r *reader) events(s *sentence) {
	t, ok := r.trigger(s)
	if !ok {
		r.caption(s)
		return
	}
	dates := r.datesOf(s, t)
	if r.many(s, t, dates) {
		return
	}
	var when When
	if len(dates) > 0 {
		when = dates[0]
	}
	at := r.sameEvent(s, t, when)
	if at < 0 {
		if !r.begins(s, t, when) {
			return
		}
		at = r.begin(s, t, when)
	}
	r.event = at
	r.add(s, t, when, at)
}

// sameEvent returns the event that a sentence speaks of once more, -1 if it
// tells of another.
func (r *reader) sameEvent(s *sentence, t trigger, when When) int {
	if r.event < 0 {
		return -1
	}
	cur := &r.facts.Events[r.event]
	if when.Span.IsZero() {
		if s.tok(t.from-1).is("a", "an") && s.at > 0 && !t.took && !cur.Held.Span.IsZero() {
			return -1
		}
		return r.event
	}
	if len(r.quoted(s, t).Words) > 0 && !cur.Title.IsZero() && r.quoted(s, t).Words != cur.Title.Words && s.tok(t.from-1).is("a", "an") {
		return -1
	}
	for i := range r.facts.Events {
		e := &r.facts.Events[i]
		if e.Held.Span == when.Span && (e.At.Block == TitleBlock || e.Type.Words == singular(s.tok(t.noun).low) || s.tok(t.from-1).is("the", "this") || e.Type.IsZero()) {
			return i
		}
	}
	if cur.Held.Span.IsZero() && (s.tok(t.from-1).is("the", "this", "our") || s.at <= 1) && s.nth+s.at < 3 {
		return r.event
	}
	return -1
}

// begins reports whether a sentence is reason enough for an event of its own.
func (r *reader) begins(s *sentence, t trigger, when When) bool {
	if when.Span.IsZero() {
		// Without a day only the opening of a text tells of its event.
		return r.event < 0 && s.at <= 2 && !t.took && (r.titled() || t.asks || s.at <= 1 && s.nth <= 1)
	}
	day := when.Span.From.Day > 0
	if r.event < 0 {
		return day || s.at <= 2 && (when.Span.From.Month > 0 || r.titled())
	}
	if t.took {
		return false
	}
	// In the middle of a text a bare year, or an aside, is history.
	return day && !s.aside(t)
}

// titled reports whether the title of the text names an event.
func (r *reader) titled() bool {
	for _, w := range tokens(r.text.Title) {
		if eventNouns[w.low] || w.is("march", "invitation") {
			return true
		}
	}
	return false
}

// aside reports whether the event is only referred to: "following the meeting
// held on 5 May, …".
func (s *sentence) aside(t trigger) bool {
	for k := t.from - 1; k >= 0 && k >= t.from-3; k-- {
		if s.tok(k).is("following", "after", "since", "before", "prior", "from", "at", "during", "in", "of", "until", "by", "previous", "earlier") && !t.active {
			return true
		}
	}
	return false
}

// begin adds an event.
func (r *reader) begin(s *sentence, t trigger, when When) int {
	e := Event{Found: s.found(min(t.from, t.verb), max(t.noun, t.verb)+1, 0.9), Within: -1}
	if t.took {
		e.Sure = 0.8
	}
	at := len(r.facts.Events)
	for i := range r.facts.Events {
		outer := &r.facts.Events[i]
		if !when.Span.IsZero() && within(when.Span, outer.Held.Span) && outer.Held.Span != when.Span && (i == at-1) {
			e.Within = i
		}
	}
	r.facts.Events = append(r.facts.Events, e)
	r.session = -1
	return at
}

func within(a, b sala.Span) bool {
	return !a.IsZero() && !b.IsZero() && a.From.Day > 0 && !a.From.Time().Before(b.From.Time()) && !a.To.Time().After(b.To.Time())
}

// add puts what a sentence says into an event; what is there already stands.
func (r *reader) add(s *sentence, t trigger, when When, at int) {
	e := &r.facts.Events[at]
	if e.Held.Span.IsZero() {
		e.Held = when
	}
	if e.Type.IsZero() {
		e.Type = s.said(t.noun, t.noun+1, 0.9)
		e.Type.Words = singular(s.tok(t.noun).low)
		if kind, ok := verbal[e.Type.Words]; ok {
			e.Type.Words = kind
		}
	}
	if e.Title.IsZero() {
		if e.Title = r.quoted(s, t); e.Title.IsZero() {
			e.Title = r.named(s, t)
		}
	}
	if e.Venue.IsZero() && e.City.IsZero() && e.Country.Code == "" {
		r.setPlace(e, r.where(s, 0, len(s.toks)))
	} else if e.Venue.IsZero() {
		if w := r.where(s, t.noun, len(s.toks)); !w.venue.IsZero() && (w.city.IsZero() || e.City.IsZero() || w.city.Words == e.City.Words) {
			r.setPlace(e, w)
		}
	}
	r.parties(s, t, e)
}

func (r *reader) setPlace(e *Event, w spot) {
	if e.Venue.IsZero() {
		e.Venue = w.venue
	}
	if e.City.IsZero() {
		e.City = w.city
	}
	if e.Country.Code == "" {
		e.Country = w.country
	}
}

// verbal are verbs that tell of an event by themselves.
var verbal = map[string]string{"marched": "march", "rallied": "rally", "protested": "protest", "demonstrated": "demonstration", "trained": "training", "met": "meeting", "meet": "meeting", "gathered": "gathering", "assembled": "assembly", "congregated": "gathering", "convened": "meeting", "visited": "visit", "toured": "visit", "screened": "screening", "premiered": "screening"}

func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies"):
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// quoted returns the title in quotation marks behind the event word.
func (r *reader) quoted(s *sentence, t trigger) Said {
	for k := t.noun + 1; k < t.noun+14 && k < len(s.toks); k++ {
		if c, ok := s.quote[k]; ok && (c-k > 2 || s.tok(k-1).is("titled", "entitled", "called", ":")) {
			for q := t.noun + 1; q < k; q++ {
				if s.tok(q).is("under", "theme", "with") && s.tok(k-1).is("theme", "of") {
					return Said{}
				}
			}
			return trimSaid(s.said(k+1, c, 0.95))
		}
		if s.tok(k).is(".", ";", "which", "who", "where") {
			break
		}
	}
	return Said{}
}

func trimSaid(s Said) Said {
	s.Words = strings.TrimRight(clean(s.Words), ",.;: ")
	return s
}

// named returns the noun phrase of the event word as a title: "Consultation on
// Labour Migration from Myanmar to Japan".
func (r *reader) named(s *sentence, t trigger) Said {
	if verbal[singular(s.tok(t.noun).low)] != "" {
		return Said{}
	}
	j := t.noun + 1
	for j < len(s.toks) && j-t.noun < 30 {
		tok := s.tok(j)
		if r.dateHere(s, j) || r.dateHere(s, j+1) && tok.is("on", "from", "between", "in", "of", ",") {
			break
		}
		if tok.kind == mark && !tok.is("-", "–", "/", "&", "’") || tok.is("at", "which", "where", "with", "who", "was", "were", "will", "took", "is", "has", "had", "that", "held", "organised", "organized", "convened", "hosted", "jointly", "as", "during", "under", "aimed", "brought", "attended") && !tok.upper {
			break
		}
		if tok.is("in") && j+1 < len(s.toks) {
			if n, _, ok := find(s, j+1, r.gaz.places); ok && (n.city || !r.inTopic(s, t.noun, j)) {
				break
			}
		}
		if tok.is("by", "together", "today", "yesterday") {
			break
		}
		j++
	}
	said := trimSaid(s.said(t.from, j, 0.7))
	if j-t.from < 2 || len(said.Words) < 8 {
		return Said{}
	}
	if s.tok(t.noun).upper {
		said.Sure = 0.85
	}
	return said
}

// inTopic reports whether "on" stands between, so that a country behind "in"
// belongs to what was spoken of.
func (r *reader) inTopic(s *sentence, i, j int) bool {
	return s.has(i, j, set("on about regarding concerning for"))
}

// notHeld are words before a date that is not the day of an event.
var notHeld = set(`deadline by before until till since enter entered enters force effect adopted signed expire expires expired announced passed published
	rsvp registration register latest due apply application submit submitted issued released dated born amended promulgated launched
	established founded formed ratified after following between approved enacted effective ending arrested`)

// datesOf returns the days that a sentence gives for its event, the likeliest
// first.
func (r *reader) datesOf(s *sentence, t trigger) []When {
	var out []When
	for _, d := range s.dates {
		if r.other(s, d, t) {
			continue
		}
		if w, ok := r.when(s, d); ok {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		if w, ok := r.relative(s, t); ok {
			out = append(out, w)
		}
	}
	// A day in full goes before a month, a month before a year.
	for i := 1; i < len(out); i++ {
		if precision(out[i].Span.From) > precision(out[0].Span.From) {
			out[0], out[i] = out[i], out[0]
		}
	}
	return out
}

func precision(d sala.Day) int {
	switch {
	case d.Day > 0:
		return 2
	case d.Month > 0:
		return 1
	}
	return 0
}

// other reports whether a date of a sentence is that of something else.
func (r *reader) other(s *sentence, d dateMention, t trigger) bool {
	for k := d.i - 1; k >= 0 && k >= d.i-7; k-- {
		w := s.tok(k)
		if w.is(",", ";", "(", "“") && !(w.is(",") && k == d.i-1) {
			return false
		}
		if k == t.verb || k == t.noun {
			return false
		}
		if notHeld[w.low] {
			if w.is("between") && d.span.From != d.span.To || w.is("after", "following") && k < d.i-2 || w.is("by") && k < d.i-1 || w.is("before", "since", "until") && k < d.i-2 || w.is("registration", "register", "published", "launched") && s.tok(d.i-1).is("on") && k < d.i-4 {
				continue
			}
			return true
		}
	}
	return false
}

// when makes the day of an event of a date as it stands.
func (r *reader) when(s *sentence, d dateMention) (When, bool) {
	w := When{Found: s.found(d.i, d.j, 0.95), Span: d.span}
	if d.vague || !d.noYear && d.span.From.Day == 0 {
		w.Sure = 0.8
	}
	if !d.noYear {
		if d.weekday >= 0 && d.span.From.Day > 0 && int(d.span.From.Time().Weekday()) != d.weekday && d.span.From == d.span.To {
			w.Sure = 0.6 // the weekday contradicts the date
		}
		return w, true
	}
	return r.yearOf(w, d)
}

// yearOf finds the year of a day that is stated without one: that of an event
// whose days hold it, else that of the text's own day. Otherwise the date
// stays open.
func (r *reader) yearOf(w When, d dateMention) (When, bool) {
	over := d.span.To.Year - d.span.From.Year
	in := func(y int) (sala.Span, bool) {
		from, ok1 := dayOf(y, d.span.From.Month, d.span.From.Day)
		to, ok2 := dayOf(y+over, d.span.To.Month, d.span.To.Day)
		return sala.Span{From: from, To: to}, ok1 && ok2
	}
	for i := range r.facts.Events {
		e := r.facts.Events[i].Held.Span
		if e.IsZero() {
			continue
		}
		if span, ok := in(e.From.Year); ok && within(span, e) {
			w.Span, w.Sure = span, 0.9
			return w, true
		}
	}
	if r.titleSpan.From.Year > 0 {
		if span, ok := in(r.titleSpan.From.Year); ok && (within(span, r.titleSpan) || r.titleSpan.From.Month == 0 || r.titleSpan.From.Day == 0 && r.titleSpan.From.Month == span.From.Month) {
			w.Span, w.Sure, w.Reckoned = span, 0.8, true
			return w, true
		}
	}
	if r.text.Published.Day == 0 {
		return When{}, false
	}
	best, gap := sala.Span{}, 200*24*time.Hour
	for y := r.text.Published.Year - 1; y <= r.text.Published.Year+1; y++ {
		span, ok := in(y)
		if !ok || d.weekday >= 0 && int(span.From.Time().Weekday()) != d.weekday {
			continue
		}
		if g := span.From.Time().Sub(r.text.Published.Time()).Abs(); g < gap {
			best, gap = span, g
		}
	}
	if best.IsZero() || gap > 120*24*time.Hour {
		return When{}, false
	}
	w.Span, w.Sure, w.Reckoned = best, 0.6, true
	if d.weekday >= 0 {
		w.Sure = 0.75
	}
	return w, true
}

// relative counts a day that is only told from the text's own: "today",
// "yesterday", "on Monday". It is never sure.
func (r *reader) relative(s *sentence, t trigger) (When, bool) {
	if r.text.Published.Day == 0 {
		return When{}, false
	}
	base := r.text.Published.Time()
	day := func(i, j int, at time.Time, sure Sureness) (When, bool) {
		d := sala.DayOf(at)
		return When{Found: s.found(i, j, sure), Span: sala.Span{From: d, To: d}, Reckoned: true}, true
	}
	for i := range s.toks {
		if j, m, d, ok := s.feast(i); ok && s.tok(i-1).is("on", "the") {
			best := time.Date(base.Year(), m, d, 0, 0, 0, 0, time.UTC)
			if gap := base.Sub(best); gap >= -45*24*time.Hour && gap <= 120*24*time.Hour {
				return day(i, j, best, 0.6)
			}
		}
	}
	for i := range s.toks {
		w := s.tok(i)
		switch {
		case w.is("today"), w.is("this") && s.tok(i+1).is("morning", "afternoon", "evening"):
			return day(i, i+1, base, 0.6)
		case w.is("yesterday"):
			return day(i, i+1, base.AddDate(0, 0, -1), 0.6)
		case w.is("tomorrow"):
			return day(i, i+1, base.AddDate(0, 0, 1), 0.6)
		case w.is("last") && s.tok(i+1).is("month") && !s.tok(i+2).is("of"):
			m := time.Date(base.Year(), base.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -1, 0)
			d := sala.Day{Year: m.Year(), Month: m.Month()}
			return When{Found: s.found(i, i+2, 0.5), Span: sala.Span{From: d, To: d}, Reckoned: true}, true
		}
		if wd, ok := weekdays[w.low]; ok && w.upper && len(w.low) > 3 && s.tok(i-1).is("on", "last", "this", "next") && !r.dateHere(s, i) {
			back := (int(base.Weekday()) - int(wd) + 7) % 7
			if s.tok(t.verb).is("will") || s.tok(t.verb-1).is("will") || t.asks || s.tok(i-1).is("next") {
				return day(i-1, i+1, base.AddDate(0, 0, (7-back)%7), 0.5)
			}
			if back == 0 && s.tok(i-1).is("last") {
				back = 7
			}
			return day(i-1, i+1, base.AddDate(0, 0, -back), 0.5)
		}
	}
	return When{}, false
}

// feasts are days that bear a name.
var feasts = []struct {
	words string
	month time.Month
	day   int
}{
	{"international workers day", time.May, 1}, {"may day", time.May, 1}, {"labour day", time.May, 1}, {"international labour day", time.May, 1},
	{"international women day", time.March, 8}, {"women day", time.March, 8}, {"international migrants day", time.December, 18},
	{"human rights day", time.December, 10}, {"international human rights day", time.December, 10}, {"world refugee day", time.June, 20},
	{"international domestic workers day", time.June, 16}, {"world day against child labour", time.June, 12},
}

// feast reads a day that bears a name at token i.
func (s *sentence) feast(i int) (j int, m time.Month, day int, ok bool) {
	for _, f := range feasts {
		j = i
		same := true
		for _, w := range strings.Fields(f.words) {
			if t := s.tok(j); !t.upper && t.low != "against" || strings.TrimRight(t.low, "'’") != w {
				same = false
				break
			}
			j++
		}
		if same {
			return j, f.month, f.day, true
		}
	}
	return i, 0, 0, false
}

// caption reads an event out of words without a verb: a title, the caption of
// a picture, a line of a list: "Workshop on fees, Mae Sot, 12 March 2018".
func (r *reader) caption(s *sentence) {
	if len(s.dates) == 0 || len(s.toks) > 60 || !(s.at <= 0 || s.block.Item || s.block.Heading || len(s.block.Text) < 220) || s.nth > 0 {
		return
	}
	for i := range s.toks {
		if t := s.tok(i); saying[t.low] && !t.upper || t.is("was", "were", "is", "are", "will", "has", "have", "deadline", "closing", "applications", "published", "posted", "updated", "last", "adopted", "signed", "apply", "rsvp", "by") && !t.upper && !r.dateHere(s, i+1) {
			return
		}
	}
	if s.has(0, len(s.toks), set("deadline posted published apply rsvp updated")) {
		return
	}
	n := -1
	for i := range s.toks {
		if r.isEventNoun(s, i) && !r.dateHere(s, i) {
			n = i
			break
		}
	}
	d := s.dates[0]
	when, ok := r.when(s, d)
	if !ok {
		return
	}
	if n < 0 {
		r.leg(s, d, when)
		return
	}
	if s.at > 0 && r.event >= 0 && (r.facts.Events[r.event].Held.Span == when.Span || within(when.Span, r.facts.Events[r.event].Held.Span)) {
		return
	}
	if when.Span.From.Day == 0 && s.at >= 0 {
		return
	}
	t := trigger{noun: n, from: r.phraseStart(s, n), verb: n, by: -1, nominal: true}
	for i := range r.facts.Events {
		if r.facts.Events[i].Held.Span == when.Span {
			r.event = i
			r.add(s, t, when, i)
			return
		}
	}
	at := r.begin(s, t, when)
	r.facts.Events[at].Sure = 0.8
	r.event = at
	r.add(s, t, when, at)
}

// leg reads one of several meetings in a list: "Mae Sot, Thailand: 5–6 May
// 2017". It takes type and organisers from the sentence that announces them.
func (r *reader) leg(s *sentence, d dateMention, when When) {
	if r.event < 0 || r.series < 0 || when.Span.From.Day == 0 {
		return
	}
	w := r.where(s, 0, len(s.toks))
	if w.city.IsZero() {
		return
	}
	outer := r.facts.Events[r.series]
	e := Event{Found: s.found(0, len(s.toks), 0.8), Within: -1, Held: when, Type: outer.Type, Title: outer.Title}
	if within(when.Span, outer.Held.Span) {
		e.Within = r.series
	}
	e.Title.Sure = 0.6
	r.setPlace(&e, w)
	for _, p := range outer.Parties {
		if p.Part != Represented {
			p.Sure = 0.8
			e.Parties = append(e.Parties, p)
		}
	}
	r.event = len(r.facts.Events)
	r.session = -1
	r.facts.Events = append(r.facts.Events, e)
}

// many reads a sentence that tells of several events of one kind, each with
// its town and its day: "workshops in Mae Sot on 5 May and in Ranong on …".
func (r *reader) many(s *sentence, t trigger, dates []When) bool {
	noun := s.tok(t.noun).low
	if !strings.HasSuffix(noun, "s") || strings.HasSuffix(noun, "ss") {
		return false
	}
	r.plural = true
	if len(dates) < 2 {
		return false
	}
	type pair struct {
		when When
		at   spot
	}
	var pairs []pair
	var days []dateMention
	for _, d := range s.dates {
		if d.span.From.Day > 0 {
			days = append(days, d)
		}
	}
	for n, d := range days {
		w, ok := r.when(s, d)
		if !ok {
			return false
		}
		from, to := 0, len(s.toks)
		if n > 0 {
			from = days[n-1].j
		}
		at := r.where(s, from, d.i)
		if at.city.IsZero() { // "on 5 May in Mae Sot"
			if n+1 < len(days) {
				to = days[n+1].i
			}
			at = r.where(s, d.j, to)
		}
		if at.city.IsZero() {
			return false
		}
		pairs = append(pairs, pair{w, at})
	}
	if len(pairs) < 2 {
		return false
	}
	for _, p := range pairs {
		at := r.begin(s, t, p.when)
		e := &r.facts.Events[at]
		e.Within = -1
		e.Held = p.when
		e.Type = s.said(t.noun, t.noun+1, 0.9)
		e.Type.Words = singular(e.Type.Words)
		e.Title = r.quoted(s, t)
		r.setPlace(e, p.at)
		r.parties(s, t, e)
		r.event = at
	}
	return true
}
