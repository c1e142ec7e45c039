package extract

import "strings"

// incidents are verbs of what happens to people, or is said or written: what
// they tell of is no event.
var incidents = set(`died killed arrested detained deported crashed drowned sank raided ruled sentenced fled issued published announced claimed
	warned declared adopted approved amended passed enacted entered expired collapsed burned injured wounded rescued charged convicted released
	posted wrote sent submitted filed reported estimated based located situated employed paid worked lived increased decreased rose fell stopped
	named called asked urged demanded condemned expressed registered recruited hired returned crossed caught seized confiscated needed wanted
	hoped planned expected decided agreed intended scheduled appointed elected born found founded heard ordered dismissed denied suspended closed banned`)

// A verse is a sentence of a text by its numbers: of the block, and within it.
type verse struct{ at, nth int }

// happening finds the sentence to begin with in a text of which no rule saw an
// event: its opening says that people did something in public, where and when
// ("signed an agreement in Phnom Penh on Monday"). The text is then read once
// more, with an event from there on; it is never sure.
func (r *reader) happening() bool {
	if len(r.facts.Events) > 0 || r.letter() {
		return false
	}
	for n, s := range r.early {
		if n > 4 || s.at > 3 {
			break
		}
		if _, _, ok := r.happened(s, r.early[:n]); ok {
			r.again = &verse{s.at, s.nth}
			return true
		}
	}
	return false
}

// happened reports what a sentence of the opening tells that people did, and on
// which day; before are the sentences before it.
func (r *reader) happened(s *sentence, before []*sentence) (trigger, When, bool) {
	t, ok := r.didSomething(s, r.placeOpened(s, before))
	if !ok {
		return t, When{}, false
	}
	dates := r.datesOf(s, t)
	if len(dates) == 0 || dates[0].Span.From.Day == 0 || r.history(dates[0]) {
		return t, When{}, false
	}
	return t, dates[0], true
}

// placeOpened is where the opening of a text says that it is, up to a sentence:
// there, in one before it that gives no day, or in the title.
func (r *reader) placeOpened(s *sentence, before []*sentence) spot {
	w := r.where(s, 0, len(s.toks))
	if w.isZero() {
		w, _ = r.venueIn(s, &Event{}) // "invited returnees to the Poipet Transit Center"
		r.townOf(s, 0, len(s.toks), &w)
	}
	for n := len(before) - 1; n >= 0 && w.isZero(); n-- {
		if b := before[n]; !r.dayStated(b) {
			w = r.where(b, 0, len(b.toks)) // "We met in Dawei this time. Over the weekend …"
		}
	}
	if w.isZero() && r.head != nil {
		if w = r.where(r.head, 0, len(r.head.toks)); w.city.IsZero() {
			w = spot{} // "Statement on Thailand"
		}
	}
	return w
}

// happensHere begins the event of a text that tells of it in no other way.
func (r *reader) happensHere(s *sentence) bool {
	if r.happens == nil || *r.happens != (verse{s.at, s.nth}) || len(r.facts.Events) > 0 {
		return false
	}
	t, when, ok := r.happened(s, r.early)
	if !ok {
		return false
	}
	r.event = r.begin(s, t, when)
	r.came = t.verb
	e := &r.facts.Events[r.event]
	e.Sure = 0.6
	r.add(s, t, when, r.event)
	if e.Venue.IsZero() && e.City.IsZero() && e.Country.Code == "" {
		r.setPlace(e, r.placeOpened(s, r.early))
	}
	if !eventNouns[s.tok(t.noun).low] && verbal[singular(s.tok(t.noun).low)] == "" {
		e.Type = Said{}
	}
	if len(e.Held.At.Words) > 0 {
		e.Held.Sure = min(e.Held.Sure, 0.7)
	}
	return true
}

// didSomething finds the verb of such a sentence, of what was done at a place.
func (r *reader) didSomething(s *sentence, w spot) (trigger, bool) {
	if w.online || w.venue.IsZero() && (w.city.IsZero() || w.city.Sure <= 0.6) {
		return trigger{}, false
	}
	for i := max(1, s.dateline); i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		t := s.tok(i)
		if t.kind != word || t.upper || !(strings.HasSuffix(t.low, "ed") && len(t.low) > 4 || irregularPast[t.low] || t.is("was", "were") && s.tok(i+1).is("full", "packed", "crowded", "the", "out", "back", "there")) {
			continue
		}
		if s.tok(i-1).is("who", "which", "that", "whom", "where", "when") {
			continue // what somebody did before
		}
		if t.is("took") && s.tok(i+1).is("office", "effect", "over", "up", "leave", "charge") {
			return trigger{}, false
		}
		if t.is("asked", "discussed", "debated", "heard", "answered", "told", "argued") && r.isPassive(s, i) && !w.venue.IsZero() && !w.city.IsZero() && (r.dayStated(s) || r.dayBy(s, i)) {
			return trigger{noun: i, from: i, verb: i, by: -1, came: true, named: true}, true // "This was asked at the Greenery Hotel in Khao Lak last Tuesday"
		}
		if incidents[t.low] && s.tok(i+1).isPeople() && s.tok(i-1).kind != mark {
			continue // "Fifty dismissed workers stood at the gate"
		}
		if incidents[t.low] && !(t.is("submitted", "filed", "sent") && s.has(i+1, i+7, set("petition petitions letter letters signatures memorandum demands")) && s.has(i+2, len(s.toks), set("to at"))) {
			return trigger{}, false
		}
		if t.is("was", "were") && (!s.tok(i+1).is("the") || s.has(i+2, i+5, set("setting scene venue stage"))) && !w.venue.IsZero() && (r.dayStated(s) || r.dayBy(s, i)) {
			return trigger{noun: i, from: i, verb: i, by: -1, came: true, named: true}, true // "the courtyard was full on 12 May"
		}
		if t.is("were") && s.tok(i+1).is("out", "back", "there") && (s.tok(i-1).is("we") || s.someBefore(i)) && (r.dayStated(s) || r.dayBy(s, i)) {
			return trigger{noun: i, from: i, verb: i, by: -1, came: true, named: true}, true // "On May Day we were out on the streets"
		}
		if t.is("was", "were") || r.isPassive(s, i) || s.tok(i-1).is("to", "the", "a", "an", "by", "of") || functionWords[t.low] && !t.is("held") {
			continue
		}
		if !r.dayStated(s) && !r.dayBy(s, i) {
			continue
		}
		if !s.tok(i-1).is("we") && !s.someBefore(i) && !(s.tok(i-1).is("yesterday", "today") && s.someBefore(i-1)) && !r.subjectOrg(s, i) && !s.personBefore(i) && !r.placeEnding(s, s.beforeDate(i)) {
			continue
		}
		n := i
		if at, ok := r.nounAfter(s, i+1, 8); ok && !s.has(i+1, at, set("of on about for")) {
			n = at
		}
		return trigger{noun: n, from: r.phraseStart(s, n), verb: i, by: -1, came: true}, true
	}
	return trigger{}, false
}

// irregularPast are pasts that do not end in -ed, of what people do together.
var irregularPast = set("met made took gave ran held sat sang spent came went drew shared learnt began spoke stood got put broke found cast brought")

// personBefore reports whether somebody is named before token i.
func (s *sentence) personBefore(i int) bool { return len(s.persons) > 0 && s.persons[0].nj <= i }
