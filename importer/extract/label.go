package extract

import "strings"

// labels are what lines like "Venue: …" are called, and what they say.
var labels = map[string]string{
	"date": "date", "dates": "date", "when": "date", "date and time": "date", "day": "date", "date & time": "date", "date/time": "date", "dates and venue": "date", "date and place": "date", "time and place": "date",
	"venue": "venue", "held at": "venue", "held in": "venue", "date & venue": "date", "place": "venue", "where": "venue", "location": "venue", "address": "venue", "date and venue": "date", "venue and date": "date", "place and date": "date",
	"organiser": "organiser", "organisers": "organiser", "organizer": "organiser", "organizers": "organiser", "organised by": "organiser", "hosted and organised by": "organiser", "jointly organized by": "organiser", "convener": "organiser", "conveners": "organiser", "convenor": "organiser", "presented by": "organiser", "organized by": "organiser", "convened by": "organiser", "convenors": "organiser", "jointly organised by": "organiser",
	"co-organiser": "co-organiser", "co-organisers": "co-organiser", "co-organizers": "co-organiser", "co-organised by": "co-organiser", "partners": "co-organiser", "in partnership with": "co-organiser", "in collaboration with": "co-organiser",
	"host": "host", "hosts": "host", "hosted by": "host", "co-hosts": "host", "supported by": "supporter", "supporter": "supporter", "supporters": "supporter", "support": "supporter", "with the support of": "supporter", "with funding from": "funder", "funding": "funder", "financed by": "funder", "funded by": "funder", "funder": "funder", "funders": "funder", "donor": "funder", "donors": "funder", "sponsors": "funder", "with support from": "supporter",
	"moderator": "moderator", "moderators": "moderator", "facilitator": "moderator", "facilitators": "moderator", "chair": "moderator", "moderated by": "moderator", "chaired by": "moderator", "facilitated by": "moderator",
	"who spoke": "speaker", "speaker": "speaker", "speakers": "speaker", "who": "speaker", "guests": "speaker", "guest speakers": "speaker", "guest speaker": "speaker", "spokespersons": "speaker", "spokesperson": "speaker", "spokespeople": "speaker", "responses": "speaker", "response": "speaker", "respondents": "speaker", "respondent": "speaker", "interpreter": "skip", "commentators": "speaker", "trainers": "speaker", "trainer": "speaker", "lecturers": "speaker", "featuring": "speaker", "featured speakers": "speaker", "our speakers": "speaker", "invited speakers": "speaker", "presenter": "speaker", "presenters": "speaker", "resource person": "speaker", "resource persons": "speaker", "with": "speaker", "presentation": "speaker", "presentations": "speaker",
	"panellist": "panellist", "panellists": "panellist", "panelists": "panellist", "panelist": "panellist", "discussant": "panellist", "discussants": "panellist",
	"keynote": "keynote", "keynote speaker": "keynote", "keynote speech": "keynote", "panel": "panellist", "opening remarks": "opening remarks", "welcome remarks": "opening remarks", "welcoming remarks": "opening remarks", "closing address": "closing remarks", "opening address": "opening remarks", "welcome": "opening remarks", "opening": "opening remarks", "closing remarks": "closing remarks", "closing": "closing remarks",
	"participants": "count", "trainees": "count", "attendees": "count", "turnout": "count", "number of trainees": "count", "present": "count", "number of participants": "count", "attendance": "count", "language": "language", "languages": "language", "interpretation": "language", "language of the event": "language", "working language": "language",
	"deadline": "skip", "rsvp": "skip", "closing date": "skip", "application deadline": "skip", "registration deadline": "skip", "published": "skip", "posted": "skip", "source": "skip", "photo": "skip", "credit": "skip", "registration": "skip", "last updated": "skip", "time": "skip",
}

// castBefore returns the label that stands right before the person with whom
// a line begins, and its length in tokens.
func (s *sentence) castBefore() (string, int) {
	if len(s.persons) == 0 || s.persons[0].i == 0 || s.persons[0].i > 3 || s.tok(s.persons[0].i-1).kind != word {
		return "", 0
	}
	n := s.persons[0].i
	if what := labels[strings.ToLower(s.words(0, n))]; casts[what] {
		return what, n
	}
	return "", 0
}

// personFirst reports whether a line begins with somebody.
func (s *sentence) personFirst() bool { return len(s.persons) > 0 && s.persons[0].i <= 2 }

// announcesCast reports whether a sentence that ends in a colon announces those
// who speak: "After the film, Ms. A will moderate a panel with:".
func (s *sentence) announcesCast() bool {
	if n := len(s.toks); n < 3 || !s.tok(n-1).is(":", "with") || s.has(0, n, set("recommend recommends recommended recommendations demand demands demanded urge urged call called calls ask asks asked contact thank thanks signed sign absent apologies write")) {
		return false
	}
	return s.has(0, len(s.toks), set("panel panellists panelists speak speaks spoke speaking speakers speaker hear heard discuss discussion talk talks moderate moderates moderated lecture lectures presentations presenters trainers guests guest stage join joins joined joining facilitate facilitated taught teach experts"))
}

// casts are labels that only an event has.
var casts = map[string]bool{"speaker": true, "panellist": true, "moderator": true, "keynote": true, "opening remarks": true, "closing remarks": true}

// letter reports whether the text is a letter: its day is that of nothing else.
func (r *reader) letter() bool {
	for _, kind := range []string{"letter", "open letter", "statement", "joint statement", "petition", "appeal"} {
		if title := strings.ToLower(r.text.Title); strings.HasPrefix(title, kind) && !strings.Contains(title, "to the press") && !strings.Contains(title, "to friends") && !strings.Contains(title, "to members") {
			return true
		}
	}
	if invites := strings.ToLower(r.text.Title); strings.Contains(invites, "invitation") || strings.Contains(invites, "invited") {
		return false // "Dear friends, we would like you to join us"
	}
	for i := 0; i < len(r.text.Blocks) && i < 6; i++ {
		t := r.text.Blocks[i].Text
		if dear, ok := strings.CutPrefix(t, "Dear "); ok && len(t) < 60 {
			if words := tokens(dear); len(words) > 0 && words[0].is("friends", "all", "members", "colleagues", "comrades", "supporters", "readers", "everybody", "everyone", "sisters", "brothers", "partners") {
				return false // "Dear friends, what a month!"
			}
		}
		if strings.HasPrefix(t, "Dear ") || strings.HasPrefix(t, "To:") {
			return true
		}
	}
	return false
}

// tells reports whether a line that begins with a name goes on to tell what
// they said, and is none of a list.
func (s *sentence) tells() bool {
	for i := range s.toks {
		if t := s.tok(i); saying[t.low] && !t.upper && !t.is("lead", "chair", "open") {
			return true
		}
	}
	return false
}

// labelled reads a line like "Venue: …". It reports whether it was one.
func (r *reader) labelled(b *Block, sents []*sentence) bool {
	r.label = ""
	if len(b.Text) > 700 || len(sents) == 0 {
		return false
	}
	text := b.Text
	m := labelForm.FindStringSubmatchIndex(text)
	if m == nil {
		// "Speakers:" alone: the items of the list below it are meant.
		name := strings.ToLower(strings.TrimRight(strings.TrimSpace(text), ": "))
		if what, ok := labels[name]; ok && b.Heading && lineLabels[what] {
			r.headLabel = what
			return true
		}
		if what, ok := labels[name]; ok && len(text) < 40 {
			r.listSoft = false
			r.listLabel = what
			return true
		}
		if what, n := sents[0].castBefore(); n > 0 {
			return r.labelLine(what, sents, n) // "Opening remarks Mr. …"
		}
		if r.listSoft && !sents[0].personFirst() {
			r.listLabel = ""
		}
		if b.Item && r.listLabel != "" || r.listLabel != "" && len(text) < 200 && !sents[0].tells() && len(sents[0].persons) > 0 && sents[0].persons[0].i <= 1 {
			return r.labelLine(r.listLabel, sents, 0)
		}
		r.listLabel = ""
		done := r.programme(b, sents)
		if done && r.event >= 0 && sents[len(sents)-1].announcesCast() {
			r.listLabel, r.listSoft = "speaker", true // "15.20 Panel discussion with"
		}
		return done
	}
	r.listLabel = ""
	what, ok := labels[strings.ToLower(strings.TrimSpace(text[m[2]:m[3]]))]
	if !ok {
		return false
	}
	start := 0
	for i := range sents[0].toks {
		if sents[0].toks[i].from >= m[4] {
			start = i
			break
		}
	}
	done := r.labelLine(what, sents, start)
	if casts[what] && done && r.event >= 0 {
		r.listSoft = false
		r.listLabel = what // further names may stand on lines of their own
	}
	return done
}

// lineLabels are the kinds of label of which what belongs to them may stand
// below a heading.
var lineLabels = set("date venue organiser co-organiser host funder supporter count language")

// belowLabel reads the paragraph below a heading like "Date and venue". Further
// lines with a label may stand within it.
func (r *reader) belowLabel(sents []*sentence) {
	what := r.headLabel
	r.headLabel = ""
	for n, s := range sents {
		start := 0
		if n > 0 {
			what = ""
			for k := 1; k < 5; k++ {
				if also, ok := labels[strings.ToLower(s.words(0, k))]; ok && (s.tok(k).is(":") || strings.HasSuffix(s.words(0, k), " by")) && lineLabels[also] {
					what, start = also, k
				}
			}
			if s.tok(start).is(":") {
				start++
			}
		}
		if what != "" {
			r.labelLine(what, []*sentence{s}, start)
		}
		if r.event >= 0 && what == "count" {
			r.present(s)
		}
	}
}

// present notes those whom a line "Present: …" counts and names.
func (r *reader) present(s *sentence) {
	e := &r.facts.Events[r.event]
	if n, j, ok := s.numberAt(0); ok && len(e.Counts) == 0 {
		if noun, bare := r.counted(s, j); noun >= 0 {
			r.addCount(Count{s.found(0, noun+1, 0.9), "", n, clean(s.words(bare, noun+1))})
		}
	}
	for _, m := range r.spread(s, 0) {
		if !m.sub || m.sure > 0.8 {
			r.addParty(e, s, m, Represented, 0.85)
		}
	}
}

// labelLine takes what stands on a line with a label.
func (r *reader) labelLine(what string, sents []*sentence, start int) bool {
	s := sents[0]
	if what == "skip" {
		return true
	}
	if r.event < 0 {
		if !r.titled() && !(what == "date" && !r.letter()) && !(casts[what] && len(s.persons) > 0 && (s.persons[0].role != "" || !s.persons[0].org.IsZero())) {
			return what == "speaker" || what == "panellist"
		}
		r.begin(s, trigger{}, When{})
		r.event = len(r.facts.Events) - 1
		e := &r.facts.Events[r.event]
		e.Found = s.found(0, len(s.toks), 0.8)
	}
	e := &r.facts.Events[r.event]
	switch what {
	case "date":
		for _, d := range s.dates {
			if d.i < start {
				continue
			}
			if w, ok := r.when(s, d); ok && e.Held.Span.IsZero() {
				e.Held = w
			}
		}
		if w := r.where(s, start, len(s.toks)); !w.city.IsZero() {
			r.setPlace(e, w)
		}
		for _, more := range sents[1:] { // "Date: … Place: …"
			for k := 1; k < 5; k++ {
				if also, ok := labels[strings.ToLower(more.words(0, k))]; ok && more.tok(k).is(":") && also != "date" {
					r.labelLine(also, []*sentence{more}, k+1)
					break
				}
			}
		}
	case "venue":
		r.venueLine(s, start, e)
	case "organiser", "co-organiser", "host", "funder", "supporter":
		list, _ := r.list(s, start)
		if len(list) == 0 {
			list = s.orgsIn(start, len(s.toks))
		}
		for _, m := range list {
			r.addParty(e, s, m, Part(what), 0.95)
		}
		r.assisted(s, e) // "Convened by: MMN, in collaboration with FLC"
	case "count":
		for k := start; k < start+4; k++ { // "about 28 volunteers"
			if _, from := s.qualified(k); from == start && s.tok(k).kind != mark {
				if _, _, ok := s.numberAt(k); ok {
					start = k
					break
				}
			}
		}
		if n, j, ok := s.numberAt(start); ok && (j >= len(s.toks) || s.tok(j).kind == mark) {
			who := "participants"
			if start > 1 && s.tok(start-1).is(":") && (s.tok(start-2).is("trainees", "attendees")) {
				who = s.tok(start - 2).low
			}
			r.addCount(Count{s.found(start, j, 0.9), "", n, who})
		} else if noun, bare := r.counted(s, j); ok && noun >= 0 && !bodyNouns[s.tok(noun).low] {
			qualifier, from := s.qualified(start)
			r.addCount(Count{s.found(from, noun+1, 0.9), strings.ToLower(qualifier), n, clean(s.words(bare, noun+1))})
			for _, m := range s.orgsIn(noun, len(s.toks)) {
				r.addParty(e, s, m, Represented, 0.85)
			}
		} else {
			for _, s := range sents {
				r.counts(s)
				if len(s.dates) == 0 {
					for _, m := range s.orgsIn(start, len(s.toks)) {
						r.addParty(e, s, m, Represented, 0.85)
					}
				}
			}
		}
	case "language":
		r.eventLanguages(s, start, e)
	default:
		if n, j, ok := s.numberAt(start); ok && what == "speaker" && n > 5 && len(s.persons) == 0 { // "Who: 60 workers from …"
			if noun, bare := r.counted(s, j); noun >= 0 && !bodyNouns[s.tok(noun).low] {
				r.addCount(Count{s.found(start, noun+1, 0.8), "", n, clean(s.words(bare, noun+1))})
			}
		}
		r.label = what
		if len(s.persons) == 0 {
			r.whoHolds(s, start, e)
		}
		for _, s := range sents {
			r.speakers(s)
		}
		for i := range e.Speakers {
			if e.Speakers[i].Did == "speaker" {
				e.Speakers[i].Did = ""
			}
		}
		r.label = ""
	}
	return true
}

// whoHolds reads a line "Who: A and B are organising the meeting".
func (r *reader) whoHolds(s *sentence, start int, e *Event) {
	for v := start + 1; v < len(s.toks); v++ {
		if w := s.tok(v); activeVerbs[w.low] && !w.upper && !r.isPassive(s, v) {
			for _, m := range r.subject(s, v) {
				r.addParty(e, s, m, partOf(w), 0.9)
			}
			break
		}
	}
	r.assisted(s, e)
}

// venueLine reads all of a line "Venue: Sunrise Hotel, Mae Sot, Thailand".
func (r *reader) venueLine(s *sentence, start int, e *Event) {
	end := len(s.toks)
	for k := start; k < len(s.toks); k++ {
		if s.tok(k).is(".", ";") && s.tok(k).kind == mark {
			end = k
			break
		}
	}
	if !e.Venue.IsZero() || !e.City.IsZero() && e.City.At.Block != TitleBlock {
		return
	}
	e.City, e.Country = Said{}, Land{}
	venueEnd := end
	for k := start; k < end; k++ {
		n, after, ok := find(s, k, r.gaz.places)
		if ok && k == start && s.tok(after).kind == word && (s.tok(after).upper || s.tok(after).is("and")) && s.has(k, end, venueWords) {
			continue // "Bangkok Art and Culture Centre"
		}
		if !ok || k > start && !s.tok(k-1).is(",", "in", "(", "–", "-") {
			continue
		}
		if venueEnd == end {
			venueEnd = k
		}
		if n.city && e.City.IsZero() {
			e.City = s.said(k, after, 0.95)
			if e.Country.Code == "" {
				e.Country = Land{s.found(k, after, 0.9), n.country}
			}
		} else if !n.city {
			e.Country = Land{s.found(k, after, 0.95), n.country}
			if citystate[n.country] && e.City.IsZero() {
				e.City = s.said(k, after, 0.9)
			}
		}
		k = after - 1
	}
	for venueEnd > start && s.tok(venueEnd-1).is(",", "in", "(", "–", "-") {
		venueEnd--
	}
	start, venueEnd = s.roomLess(start, venueEnd)
	if from := start; venueEnd > from {
		if s.tok(from).is("the") {
			from++
		}
		e.Venue = s.said(from, venueEnd, 0.9)
	}
}

// roomLess leaves out of a venue between tokens i and j the room or the floor,
// set off by a comma.
func (s *sentence) roomLess(i, j int) (from, to int) {
	rooms := set("room rooms floor level ballroom penthouse basement rooftop lobby annex annexe wing mezzanine")
	for k := i; k < j; k++ {
		if !s.tok(k).is(",") {
			continue
		}
		if !s.has(i, k, rooms) {
			break
		}
		i = k + 1 // "3rd floor, Star Building"
	}
	streets := set("road street soi lane avenue boulevard rd st")
	for k := j - 1; k > i; k-- {
		if s.tok(k).is(",") && (s.has(k, j, rooms) || s.has(k, j, streets) && s.has(i, k, venueWords)) {
			j = k
		}
	}
	return i, j
}

// programme reads a line of a programme: "09:30 – 10:00 Opening remarks by …".
func (r *reader) programme(b *Block, sents []*sentence) bool {
	if !programmeRow.MatchString(b.Text) || r.event < 0 {
		return false
	}
	end := len(programmeRow.FindString(b.Text))
	for n, s := range sents {
		for n == 0 && s.start < len(s.toks) && s.toks[s.start].from < end {
			s.start++
		}
		r.sessions(s)
		r.label = "speaker"
		r.speakers(s)
		r.label = ""
	}
	e := &r.facts.Events[r.event]
	for i := range e.Speakers {
		if e.Speakers[i].Did == "speaker" {
			e.Speakers[i].Did = ""
		}
	}
	return true
}
