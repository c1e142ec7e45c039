package extract

import "strings"

var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "last": 99, "final": 99, "next": 98, "opening": 97, "closing": 96, "afternoon": 95, "morning": 94,
}

var sessionNouns = map[string]SessionKind{
	"plenary": Plenary, "session": OtherSession, "panel": Panel, "keynote": Keynote, "screening": Screening, "roundtable": Panel, "breakout": GroupWork,
}

// sessions notes the part of the event that a sentence begins. What follows
// belongs to a plenary, a session or a panel until another begins; a keynote,
// a presentation or a screening ends with its sentence.
func (r *reader) sessions(s *sentence) {
	if r.event < 0 {
		return
	}
	if !r.lasting {
		r.session = -1
	}
	if s.block.Heading && partHead.MatchString(strings.TrimSpace(s.block.Text)) {
		return // noted already
	}
	r.groupWork(s)
	for i := 0; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		t := s.tok(i)
		switch {
		case t.is("screening", "screened") && t.kind == word:
			if m, ok := r.shown(s, i); ok {
				r.openSession(Session{s.found(i, m.end, 0.85), Screening, m.title}, i, false)
			}
		case t.is("keynote"):
			if s.tok(i+1).is("speech", "address", "presentation", "remarks", "lecture", "speaker", "talk", "by", "from", "was", "speeches", ",", ":") {
				title := r.titleAfter(s, i+1, 10)
				if title == "" {
					title = s.titleBefore(i)
				}
				r.openSession(Session{s.found(i, min(i+2, len(s.toks)), 0.85), Keynote, title}, i, false)
			}
		case t.is("started", "began", "commenced", "opened", "kicked", "start", "begin") && (s.tok(i+1).is("with", "by") || s.tok(i+2).is("with")):
			for k := i + 1; k < i+9; k++ {
				if s.tok(k).is("presentation") {
					title := r.titleAfter(s, k+1, 6)
					r.openSession(Session{s.found(k, k+1, 0.75), Presentation, title}, k, false)
				}
			}
		case t.is("presentation") && s.presentationTitle(i) != "":
			r.openSession(Session{s.found(i, i+1, 0.8), Presentation, s.presentationTitle(i)}, i, false)
		default:
			r.sessionAt(s, i)
		}
	}
}

// sessionAt reads a plenary, session or panel at token i.
func (r *reader) sessionAt(s *sentence, i int) {
	t := s.tok(i)
	kind, ok := sessionNouns[t.low]
	if !ok || t.is("keynote", "screening") {
		return
	}
	if t.is("session", "discussion") && s.tok(i-1).is("plenary", "panel") || t.is("panel") && s.tok(i+1).is("of") && s.tok(i+2).is("experts") {
		return
	}
	end := i + 1
	for s.tok(end).is("session", "discussion", "presentation", "sessions", "groups", "group", "discussions") {
		end++
	}
	ordinal, from := "", i
	for k := i - 1; k >= 0 && k > i-5; k-- {
		if w := s.tok(k); ordinals[w.low] > 0 {
			ordinal, from = w.low, k
			break
		}
		if s.tok(k).kind == mark && !s.tok(k).is("-") || s.tok(k).is("this", "each", "every", "per", "a") {
			break
		}
	}
	// "Session 2: …", "Panel III – …"
	if n := s.tok(end); from == i && i <= s.start+1 && (n.kind == number || n.is("i", "ii", "iii", "iv", "v", "one", "two", "three", "four")) && (s.tok(end+1).is(":", "–", "-", ".", "—") || s.tok(end+1).is("on", "titled", "entitled")) {
		ordinal = n.low
		end++
		if s.tok(end).is(":", "–", "-", "—", ".") {
			title := s.rest(end + 1)
			r.openSession(Session{s.found(i, len(s.toks), 0.9), kind, title}, i, true)
			return
		}
	}
	if i == s.start && s.tok(end).is(":") { // "Panel: …"
		r.openSession(Session{s.found(i, len(s.toks), 0.85), kind, s.rest(end + 1)}, i, true)
		return
	}
	if ordinal == "opening" && kind == OtherSession {
		kind = Opening
	}
	if ordinal == "closing" && kind == OtherSession {
		kind = Closing
	}
	title := r.titleAfter(s, end, 9)
	if title == "" {
		title = s.titleBefore(from)
	}
	cast := s.tok(end).is("involving", "with", "featuring", "moderated", "comprising", "included", "includes", "was", "facilitated", "chaired", "consisting", "featured", "comprised", "followed") && (len(s.persons) > 0 || s.tok(end).is("followed"))
	if kind == GroupWork {
		r.openSession(Session{s.found(from, end, 0.6), kind, title}, from, true)
		return
	}
	if title == "" && ordinal == "" && !(kind == Panel && cast) {
		return
	}
	if title == "" && ordinal == "" && (s.tok(i-1).is("this", "same") || s.tok(i-1).is("the") && r.session >= 0) {
		return
	}
	if title == "" && (ordinals[ordinal] >= 94 && ordinals[ordinal] <= 98 && kind == OtherSession) {
		return
	}
	if title == "" && (kind == Opening || kind == Closing) && from > s.start+1 && !(s.tok(from-1).is("the") && s.tok(from-2).is("in", "during", "at", "chaired", "opened", "closed", "moderated", "to", "up", "told")) {
		return // only referred to
	}
	if title == "" && ordinal != "" {
		title = r.topicTitle(s, end)
	}
	if ordinal != "" {
		if at, ok := r.byOrdinal[ordinal+" "+t.low]; ok && title == "" {
			r.session, r.lasting, r.sessionFrom = at, true, from
			return
		}
	}
	r.openSession(Session{s.found(from, end, 0.9), kind, title}, from, true)
	if ordinal != "" {
		r.byOrdinal[ordinal+" "+t.low] = r.session
	}
}

// rest returns what stands from token i to the end, as a title.
func (s *sentence) rest(i int) string {
	if c, ok := s.quote[i]; ok {
		return clean(s.words(i+1, c))
	}
	return strings.Trim(clean(s.words(i, len(s.toks))), " .“”\"")
}

// titleAfter returns a title in quotation marks at most so many tokens on.
func (r *reader) titleAfter(s *sentence, i, within int) string {
	for k := i; k < i+within && k < len(s.toks); k++ {
		if c, ok := s.quote[k]; ok && c-k > 1 {
			return strings.TrimRight(clean(s.words(k+1, c)), ",.; ")
		}
		if t := s.tok(k); t.is(";", "which", "who", "and") && t.kind == word || saying[t.low] && !t.upper && !t.is("called", "focused") || s.isPerson(k) {
			break
		}
	}
	return ""
}

// topicTitle takes "on Xxx" behind "the second session" for its title, where
// it goes up to a comma.
func (r *reader) topicTitle(s *sentence, i int) string {
	if !s.tok(i).is("on", "about") {
		return ""
	}
	for k := i + 1; k < i+16 && k < len(s.toks); k++ {
		if s.tok(k).is(",") {
			return clean(s.words(i+1, k))
		}
		if s.isPerson(k) || saying[s.tok(k).low] {
			break
		}
	}
	return ""
}

// openSession begins a session, or goes back to the one of that title.
func (r *reader) openSession(n Session, from int, lasting bool) {
	e := &r.facts.Events[r.event]
	r.lasting, r.sessionFrom = lasting, from
	for i, had := range e.Sessions {
		if n.Kind == GroupWork && had.Kind == GroupWork && n.Title == "" && had.Title == "" || n.Title != "" && had.Title == n.Title || n.Title == "" && had.Kind == n.Kind && had.At.Block == n.At.Block && had.At.From == n.At.From {
			r.session = i
			return
		}
		if n.Kind == Keynote && had.Kind == Keynote && n.Title == "" {
			r.session = i
			return
		}
	}
	e.Sessions = append(e.Sessions, n)
	r.session = len(e.Sessions) - 1
}

// A showing is a film or a presentation that a sentence names.
type showing struct {
	kind  string
	title string
	owner Organisation
	end   int
}

var filmWords = set("documentary film video movie documentaries films animation short")

// shown reads what was screened: "the screening of a recent Human Rights
// Watch’s documentary entitled, “…”".
func (r *reader) shown(s *sentence, i int) (showing, bool) {
	if s.tok(i).is("screening") && s.tok(i+1).is("process", "test", "tests", "procedure", "mechanism") {
		return showing{}, false
	}
	for k := i; k < i+20 && k < len(s.toks); k++ {
		if filmWords[s.tok(k).low] {
			m := showing{kind: singular(s.tok(k).low), end: k + 1}
			if m.title = r.titleAfter(s, k+1, 10); m.title == "" {
				m.title = r.titleAfter(s, i, k-i+1)
			}
			for c := k; c < len(s.toks) && c < k+12; c++ {
				if q, ok := s.quote[c]; ok {
					m.end = q + 1
					break
				}
			}
			for _, o := range s.orgsIn(i, k) {
				m.owner = o.org
			}
			return m, true
		}
	}
	if t := r.titleAfter(s, i, 6); t != "" && s.tok(i+1).is("of") {
		return showing{kind: "film", title: t, end: i + 2}, true
	}
	return showing{}, false
}

// materials notes what was shown or handed out.
func (r *reader) materials(s *sentence) {
	if r.event < 0 {
		return
	}
	e := &r.facts.Events[r.event]
	for i := range s.toks {
		t := s.tok(i)
		switch {
		case t.is("screening", "screened"):
			if m, ok := r.shown(s, i); ok {
				r.addMaterial(e, Material{s.found(i, m.end, 0.85), m.kind, m.title, m.owner, true})
			}
		case (filmWords[t.low] || t.is("presentation", "booklet", "leaflet", "report", "exhibition")) && s.tok(i+1).is("titled", "entitled", "called", ","):
			if title := r.titleAfter(s, i+1, 5); title != "" && !t.is("report") {
				owner := Organisation{}
				for _, o := range s.orgsIn(max(0, i-6), i) {
					owner = o.org
				}
				r.addMaterial(e, Material{s.found(i, i+2, 0.7), singular(t.low), title, owner, false})
			}
		}
	}
}

func (r *reader) addMaterial(e *Event, m Material) {
	for i, had := range e.Materials {
		if had.Title == m.Title && (m.Title != "" || had.Kind == m.Kind) {
			e.Materials[i].Shown = had.Shown || m.Shown
			return
		}
	}
	e.Materials = append(e.Materials, m)
}
