package extract

import "strings"

// A venueHeard is the first venue that is named in the stretch of text which
// tells of an event, and whether another is named behind it.
type venueHeard struct {
	w     spot
	near  bool // it stands close behind what told of the event
	other bool
}

// hearVenue keeps the venue that a sentence names where it tells of the event,
// its people or its course, by whatever verb: "It was held at the Wat Don Chai
// monastery school", "… met since Tuesday at the Melia Hotel", "invited returnees
// to the Poipet Transit Center".
func (r *reader) hearVenue(s *sentence) {
	if r.event < 0 || s.block.Heading || s.asksFor() {
		return
	}
	e := &r.facts.Events[r.event]
	if !e.Venue.IsZero() || e.Type.Words == "visit" || r.came < 0 && r.ofOtherDay(s, e) {
		return
	}
	if w, ok := r.venueIn(s, e); ok {
		r.keepVenue(w)
	}
}

// venueIn reads the venue that a sentence names in telling of an event.
func (r *reader) venueIn(s *sentence, e *Event) (spot, bool) {
	for k := max(0, s.dateline); k+1 < len(s.toks); k++ {
		if c, ok := s.quote[k]; ok {
			k = c
			continue
		}
		if m, ok := s.onCampus(k); ok && r.tellsOfPeople(s, k) {
			return spot{venue: s.said(m.i, m.name, 0.7)}, true
		}
		from, gives := s.housedFrom(k), false
		if from < 0 {
			if from, gives = s.houseGiven(k); !gives {
				continue
			}
		}
		if _, ok := s.personAt(from); ok {
			continue
		}
		if r.gaz.demonyms[s.tok(from).low] != "" && offices[s.tok(from+1).low] {
			from++ // "the Thai Ministry of Labour"
		}
		from, to, ok := r.venue(s, from)
		if !ok || to-from < 2 || !s.has(from, to, houses) && !(s.handsOver(k) && s.has(from, to, offices)) || !gives && !s.handsOver(k) && !r.tellsOfPeople(s, k) || gives && !s.gives(to) || r.townElsewhere(s, from, to, e) {
			continue
		}
		from, to = r.largerVenue(s, from, to)
		w := spot{venue: s.venueSaid(from, to), end: to}
		w.venue.Sure = 0.7
		if e.City.IsZero() && e.Country.Code == "" {
			if n, end, ok := find(s, min(to+1, len(s.toks)-1), r.gaz.places); ok && n.city && s.tok(to).is("in", ",") {
				w.city, w.country = s.said(to+1, end, 0.8), Land{s.found(to+1, end, 0.75), n.country}
			}
		}
		return w, true
	}
	return spot{}, false
}

// keepVenue notes a venue of the event that is being told of.
func (r *reader) keepVenue(w spot) {
	if r.heard == nil {
		r.heard = map[int]*venueHeard{}
	}
	had := r.heard[r.event]
	switch {
	case had == nil:
		r.heard[r.event] = &venueHeard{w: w, near: r.sinceTold <= 2}
	case !strings.EqualFold(had.w.venue.Words, w.venue.Words):
		had.other = true
	}
}

// venuesHeard gives the events of which no sentence said outright where they
// were the venue that was named in telling of them, if it is but one, or one is
// named where the event is told of.
func (r *reader) venuesHeard() {
	for i, had := range r.heard {
		if e := &r.facts.Events[i]; e.Venue.IsZero() && (!had.other || had.near) {
			r.setPlace(e, had.w)
		}
	}
}

// houses are words for places at which people come together; not those where
// they work, are sent to or are held.
var houses = set(`hotel hall centre center university resort building club school palace restaurant temple church pagoda monastery complex campus stadium
	café cafe library museum inn guesthouse residence plaza tower pavilion auditorium theatre theater gallery college compound monument garden gardens lodge villa
	arena gymnasium palais cathedral mosque ballroom wat balai gedung aula ymca ywca house headquarters room park square office institute academy`)

// offices are where petitions are handed in.
var offices = set("ministry embassy consulate parliament government assembly secretariat department commission")

// handsOver reports whether token k stands before those to whom people went with
// a petition or the like.
func (s *sentence) handsOver(k int) bool {
	return s.tok(k).is("to", "at") && s.has(k-14, k, set("handed delivered submitted presented")) && s.has(k-12, k, set("petition petitions letter letters signatures memorandum demands"))
}

// housedFrom returns where the name of a place begins that token k puts before
// it: "at the", "in its", "on the campus of", "to"; -1 if it puts none.
func (s *sentence) housedFrom(k int) int {
	t := s.tok(k)
	switch {
	case t.upper && k > s.start:
		return -1
	case t.is("at", "in", "inside"):
	case t.is("to", "into") && s.has(k-14, k, set("invited brought called came drew gathered welcomed summoned moved took attracted packed crowded squeezed")):
	case t.is("to") && s.handsOver(k):
	case t.is("of") && (s.venueNext(k) > k || s.tok(k-1).is("guests", "roof", "stage", "corridor", "veranda", "hospitality", "walls")):
	case t.is("to") && s.has(k-3, k, set("way come came road")):
	case t.is("filled", "packed", "filling", "had", "got", "borrowed", "rented", "booked"):
	default:
		return -1
	}
	from := k + 1 + s.article(k+1)
	for s.tok(from).is("its", "their", "our", "own") {
		from++
	}
	if !s.tok(from).upper {
		return -1
	}
	return from
}

// houseGiven returns where the name of a place begins that may be what its
// clause is said of: "The Judson Center gave us its hall".
func (s *sentence) houseGiven(k int) (int, bool) {
	if from := k + s.article(k); (k == s.start || s.tok(k-1).is(",", ";", "and", "day", "days", "evening", "afternoon")) && from > k && s.tok(from).upper {
		return from, true
	}
	return -1, false
}

// gives reports whether what stands before token i let people come together
// there: "… lent us its biggest room", "… was our home for two days".
func (s *sentence) gives(i int) bool {
	for k := i; k < i+7; k++ {
		t := s.tok(k)
		switch {
		case t.kind == mark || t.is("who", "which", "that", "of"):
			return false
		case t.is("gave", "lent", "offered", "let", "opened", "provided", "housed", "welcomed", "hosted", "sheltered", "was", "were", "became", "put"):
			return s.has(k+1, k+7, set("us our home venue space room rooms hall roof doors setting scene disposal participants full packed workshop meeting"))
		}
	}
	return false
}

// tellsOfPeople reports whether the clause in which token k stands tells of the
// event, or of what those did who came to it: not of what somebody is, was or
// said, or of another time.
func (r *reader) tellsOfPeople(s *sentence, k int) bool {
	if !r.inviting && !r.narrates && !r.ahead && r.came < 0 && !s.inPast(k) {
		return false // "Members meet at the Centre"
	}
	people, comma := false, false
	for i := k - 1; i >= s.start; i-- {
		t := s.tok(i)
		switch {
		case t.is(";", ":"):
			return people
		case t.is("which", "who", "that", "where", "whose", "while", "but", "because", "if", "when", "whom", "what", "how", "why", "whether"):
			return people && (comma || s.tok(i).is("which") && s.has(i, k, hostedAs))
		case s.personHere(i), elsewhereDone[t.low] && (!t.upper || i == s.start):
			return false
		case t.upper && t.kind == word && i > s.start:
		case r.came < 0 && len(s.dates) == 0 && r.isEventNoun(s, i) && r.isAnother(s, i):
			return false
		case r.isEventNoun(s, i), t.isPeople(), peopleNouns[t.low], workerWords[t.low], t.is("we", "it", "everybody", "everyone", "sessions", "session", "proceedings", "discussions", "guests", "hosts", "unions", "groups", "organisations", "organizations", "networks", "delegation", "delegations", "all", "chairs", "seats", "benches", "doors", "rain"):
			people = true
		case saying[t.low] && !t.upper && !people && !r.isPassive(s, i):
			return false
		case t.is("is", "are", "has", "have") && !r.inviting && !r.narrates && !s.pastOf(i) && !s.has(i, k, set("was were")):
			return false // "the banner is drying at the office"
		case t.is(","):
			comma = people
			if i+1 == k || pastVerb(s.tok(i+1)) {
				i = s.insertedFrom(i)
			}
		}
	}
	return people || r.came >= 0 && k > r.came
}

// inPast reports whether the clause in which token k stands is told in the past.
func (s *sentence) inPast(k int) bool {
	for i := max(s.start, k-25); i < k+16 && i < len(s.toks); i++ {
		t := s.tok(i)
		if i > k && t.is(";", ".", "which", "who", "where", "because", "while") {
			return false
		}
		if t.kind == word && !t.upper && (t.is("was", "were", "had", "did", "hold") || irregularPast[t.low] || heldAs[t.low] || strings.HasSuffix(t.low, "ed") && len(t.low) > 4) {
			return true
		}
	}
	return false
}

// isAnother reports whether the event word at token i is told of as one that the
// text has not told of: "A similar workshop at the Mandalay Hill Resort is to
// follow".
func (r *reader) isAnother(s *sentence, i int) bool {
	from := r.phraseStart(s, i)
	for k := from - 1; k <= from; k++ {
		if s.tok(k).is("a", "an", "another") {
			return !s.tok(k-1).is("was", "were", "is", "as", "for", "of")
		}
	}
	return false
}

// insertedFrom returns where the clause begins that ends in the comma at token i,
// if it is one put in: "The discussion, which lasted the whole day, filled …".
func (s *sentence) insertedFrom(i int) int {
	for k := i - 1; k > max(s.start, i-20); k-- {
		if s.tok(k).is("which", "who", "where") && s.tok(k-1).is(",") {
			return k - 1
		}
	}
	return i
}

// pastOf reports whether "has" or "is" at token i is of a past, "have met", or
// of a passive, "is held".
func (s *sentence) pastOf(i int) bool {
	t := s.tok(i + 1)
	return strings.HasSuffix(t.low, "ed") || irregularPast[t.low] || t.is("been", "being")
}

// hostedAs are verbs of what somebody does to an event at a place.
var hostedAs = set("hosted held organised organized convened staged gathered met celebrated")

// elsewhereDone are words of clauses that tell of something else than of the
// event: where somebody works, what happened before, what will be.
var elsewhereDone = set(`work works worked working study studied studies studying live lives lived living teach teaches taught employed born died detained arrested
	visited visit toured treated returned based located enrolled graduated interviewed surveyed conducted stayed staying slept lodged accommodated had will shall would
	last next previous earlier former formerly deliver should must hired posted survey research fieldwork interviews professor lecturer student students teacher every usually often always regularly weekly monthly sometimes planned agreed decided promised hoped
	researcher`)

// personHere reports whether somebody is named at token i.
func (s *sentence) personHere(i int) bool {
	for _, p := range s.persons {
		if i >= p.i && i < p.j {
			return true
		}
	}
	return false
}

// ofOtherDay reports whether a sentence states a day on which an event was not.
func (r *reader) ofOtherDay(s *sentence, e *Event) bool {
	for _, d := range s.dates {
		if w, ok := r.when(s, d); ok && !within(w.Span, e.Held.Span) {
			return true
		}
	}
	return false
}

// townElsewhere reports whether the place named between tokens from and to
// stands in another town than the event.
func (r *reader) townElsewhere(s *sentence, from, to int, e *Event) bool {
	for k := range s.toks {
		inside := k >= from && k < to
		if !inside && !s.tok(k-1).is("in", "at") && !(k == to+1 && s.tok(to).is(",")) {
			continue
		}
		n, end, ok := find(s, k, r.gaz.places)
		if !ok || !n.city && (inside || n.country == e.Country.Code) || e.City.IsZero() && (e.Country.Code == "" || n.country == e.Country.Code) {
			continue
		}
		if !n.city && n.country != e.Country.Code || n.city && !strings.EqualFold(s.words(k, end), e.City.Words) && (!inside || n.country != e.Country.Code) {
			return true
		}
	}
	return false
}

// onCampus returns the university or the like on whose grounds token k puts what
// its sentence tells: "was the host, and all sessions were held on its campus".
func (s *sentence) onCampus(k int) (orgMention, bool) {
	if !s.tok(k).is("on", "at") || !s.tok(k+1).is("its", "their") || !s.ownSite(k+2) {
		return orgMention{}, false
	}
	m, ok := s.lastOrgBefore(k)
	return m, ok && s.has(m.i, m.name, set("university academy college institute school hospital"))
}

// ownSite reports whether "main campus" or the like stands at token i.
func (s *sentence) ownSite(i int) bool {
	for k := i; k < i+3; k++ {
		if s.tok(k).is("campus", "premises", "grounds", "site", "headquarters") {
			return true
		}
	}
	return false
}

// lastOrgBefore returns the organisation named last before token i.
func (s *sentence) lastOrgBefore(i int) (orgMention, bool) {
	all := s.orgsIn(0, i)
	if len(all) == 0 {
		return orgMention{}, false
	}
	return all[len(all)-1], true
}
