package extract

import (
	"strings"
	"time"

	"sala"
)

// A diary is a text of which headings, or the lines that open its paragraphs,
// state the days of one event, one after the other: "Tuesday, 11 June".
type diary struct {
	held  When
	first int // the block of its first day
}

// dayLine reports whether a sentence states a day and nothing else: "Monday, 12
// March", "Day 2 (13 March)".
func (s *sentence) dayLine() bool {
	if len(s.dates) != 1 || s.dates[0].span.From.Day == 0 || s.dates[0].span.From != s.dates[0].span.To || s.nth > 0 {
		return false
	}
	for k, t := range s.toks {
		if in := k >= s.dates[0].i && k < s.dates[0].j; in || t.kind != word || t.is("day", "the", "on", "morning", "afternoon", "evening") || ordinals[t.low] > 0 || numberWords[t.low] > 0 || weekdays[t.low] != 0 || t.is("sunday") {
			continue
		}
		return false
	}
	return true
}

// findDiary sees whether a text is one: its days follow each other closely, and
// its opening does not tell of several events.
func (r *reader) findDiary(body [][]*sentence) {
	var first, last When
	at := -1
	for n, sents := range body {
		if len(sents) == 0 {
			continue
		}
		s := sents[0]
		if s.block.Heading && len(s.dates) > 0 && !s.dayLine() {
			return // another town, another meeting
		}
		if !s.dayLine() || !s.block.Heading && (len(sents) < 2 || n == 0) {
			continue
		}
		w, ok := r.when(s, s.dates[0])
		if !ok {
			return
		}
		if at < 0 {
			first, at = w, n
		} else if gap := w.Span.From.Time().Sub(last.Span.From.Time()); gap <= 0 || gap > 3*24*time.Hour {
			return
		}
		last = w
	}
	if at < 0 || first.Span == last.Span || r.letter() || r.inviting {
		return
	}
	for n := 0; n < at; n++ {
		for _, s := range body[n] {
			for k, t := range s.toks {
				if eventNouns[singular(t.low)] && singular(t.low) != t.low && (numberWords[s.tok(k-1).low] > 1 || s.tok(k-1).kind == number || s.tok(k-1).is("both", "several", "some")) {
					return // "held two trainings"
				}
			}
		}
	}
	first.Span.To, first.Reckoned, first.Sure = last.Span.To, true, min(first.Sure, last.Sure, 0.75)
	r.diary = &diary{first, at}
}

// beforeDiary reports whether a sentence stands before the days of a diary, and
// no event was told of, or right behind the first of them: what it tells was on
// those days.
func (r *reader) beforeDiary(s *sentence) bool {
	if r.diary == nil || s.at < 0 {
		return false
	}
	return !r.eventSaid() && s.at < r.diary.first || r.event == 0 && s.at <= r.diary.first+1 && r.facts.Events[0].Type.IsZero()
}

// diaryDay notes the day that opens a part of a diary, and begins the event if
// no rule did.
func (r *reader) diaryDay(s *sentence) bool {
	if r.diary == nil || !s.dayLine() {
		return false
	}
	w, ok := r.when(s, s.dates[0])
	if !ok || !within(w.Span, r.diary.held.Span) {
		return false
	}
	if len(r.facts.Events) == 0 {
		e := Event{Found: s.found(0, len(s.toks), 0.7), Within: -1, Held: r.diary.held}
		r.setPlace(&e, r.placeOpened(s, r.early))
		r.facts.Events = append(r.facts.Events, e)
	} else if e := &r.facts.Events[0]; e.Held.Span.IsZero() || e.Held.Span.From.Day == 0 || e.Held.Span.From == r.diary.held.Span.From && e.Held.Reckoned {
		e.Held = r.diary.held
	}
	r.event, r.session, r.section = 0, -1, false
	r.today, r.sinceTold = w.Span.From, -1
	return true
}

// dayOfEvent notes which day of the event a sentence opens with: "On the second
// day".
func (r *reader) dayOfEvent(s *sentence) {
	if r.event < 0 || len(s.dates) > 0 {
		return
	}
	k := s.start
	if !s.tok(k).is("on", "in", "the") {
		return
	}
	if s.tok(k + 1).is("the") {
		k++
	}
	if s.tok(k + 2).is("day") {
		r.onDay(s.tok(k + 1).low)
	}
}

// onDay takes the first, second, last day of the event for the one that is being
// told of.
func (r *reader) onDay(nth string) {
	held := r.facts.Events[r.event].Held.Span
	if d := r.nthDay(held, nth); held.From.Day > 0 && d.Day > 0 {
		r.today = d
	}
}

// publicly are what people hold outside of the meeting that they came for.
var publicly = set(`vigil march rally screening concert protest parade picket demonstration procession exhibition launch premiere performance festival party walk
	forum talk hearing reading conference ceremony commemoration`)

// evening begins an event that was held beside the one told of, on one of its
// days and at another place: "In the evening we went down to the Esplanade and
// held a vigil".
func (r *reader) evening(s *sentence) bool {
	if r.event < 0 || s.block.Heading || r.letter() || len(s.dates) > 0 {
		return false
	}
	outer := r.facts.Events[r.event]
	at, day := r.partOfDay(s, outer)
	if at < 0 || day.Day == 0 {
		return false
	}
	n := -1
	for k := s.start; k < len(s.toks); k++ {
		if c, ok := s.quote[k]; ok {
			k = c
			continue
		}
		if t := s.tok(k); publicly[t.low] && !t.upper && (!t.is("forum", "talk", "hearing", "conference", "reading") || s.tok(k-1).is("public", "press")) && !s.hasOrgOver(k) && s.tok(r.phraseStart(s, k)-1).is("a", "an", "another", "its", "their", "our") {
			n = k
			break
		}
		if saying[s.tok(k).low] && !s.tok(k).upper {
			return false
		}
	}
	if n < 0 || s.has(s.start, n, set("about after before planned plan planning will would postponed cancelled from")) && !s.tok(s.start).is("after") {
		return false
	}
	w := r.where(s, s.start, len(s.toks))
	if w.venue.IsZero() && w.city.IsZero() {
		w = s.wentTo()
	}
	if w.isZero() || w.online || strings.EqualFold(w.venue.Words, outer.Venue.Words) || w.venue.IsZero() && strings.EqualFold(w.city.Words, outer.City.Words) {
		return false
	}
	if w.city.IsZero() {
		w.city, w.country = outer.City, outer.Country
		w.city.Sure, w.country.Sure = min(w.city.Sure, 0.7), min(w.country.Sure, 0.7)
	}
	t := trigger{noun: n, from: r.phraseStart(s, n), verb: n, by: r.doer(s, n)}
	held := When{Found: s.found(at, at+1, 0.7), Span: sala.Span{From: day, To: day}, Reckoned: true}
	r.event = r.begin(s, t, held)
	r.came = n
	e := &r.facts.Events[r.event]
	e.Sure, e.Within = 0.75, -1
	r.setPlace(e, w)
	r.add(s, t, held, r.event)
	return true
}

// wentTo reads the place that people are said to have gone to: "we go down to
// the Esplanade".
func (s *sentence) wentTo() spot {
	for k := s.start; k+2 < len(s.toks); k++ {
		if !s.tok(k).is("go", "went", "goes", "walk", "walked", "move", "moved", "march", "marched", "head", "headed", "cross", "crossed", "proceed", "proceeded") {
			continue
		}
		j := k + 1
		for j < k+4 && s.tok(j).is("down", "over", "on", "up", "out", "together", "all", "across", "back") {
			j++
		}
		if !s.tok(j).is("to") {
			continue
		}
		j += 1 + s.article(j+1)
		end := j
		for s.tok(end).kind == word && s.tok(end).upper && end < j+6 {
			end++
		}
		if end > j && !s.hasOrg(j) && !s.isPerson(j) {
			return spot{venue: s.said(j, end, 0.7), end: end}
		}
	}
	return spot{}
}

// partOfDay returns where a sentence names a part of the day on which it tells of
// something, and that day, if it is one of the event.
func (r *reader) partOfDay(s *sentence, outer Event) (int, sala.Day) {
	held := outer.Held.Span
	if held.From.Day == 0 {
		return -1, sala.Day{}
	}
	day := r.today
	if held.From == held.To {
		day = held.From
	} else if day.Day > 0 && !within(sala.Span{From: day, To: day}, held) {
		day = sala.Day{}
	}
	part := func(k int) bool { return s.tok(k).is("evening", "night", "afternoon", "noon", "dusk") }
	for k := s.start; k < len(s.toks) && k < s.start+30; k++ {
		t := s.tok(k)
		switch {
		case t.is("in", "on", "during") && s.tok(k+1).is("the") && part(k+2) && !s.tok(k+3).is("of", "before", "session", "sessions"), t.is("that") && (part(k+1) || s.tok(k+1).is("same") && part(k+2)), t.is("at") && s.tok(k+1).is("night", "noon", "dusk"), t.is("the") && s.tok(k+1).is("same") && part(k+2):
			return k, day
		case k == s.start && t.is("after") && (s.tok(k+1).is("dinner", "dark", "work", "sunset", "lunch") || s.tok(k+1).is("the") && s.tok(k+2).low == outer.Type.Words):
			return k, day
		case t.is("the") && part(k+1) && s.tok(k+2).is("of") && s.tok(k+3).is("the") && s.tok(k+5).is("day"):
			return k, r.nthDay(held, s.tok(k+4).low)
		case t.is("the") && part(k+2) && ordinals[s.tok(k+1).low] > 0:
			return k, r.nthDay(held, s.tok(k+1).low)
		}
	}
	return -1, sala.Day{}
}

// nthDay is the first, second, last day of a span of days.
func (r *reader) nthDay(held sala.Span, nth string) sala.Day {
	switch n := ordinals[nth]; {
	case nth == "last" || nth == "final" || nth == "closing":
		return held.To
	case n > 0 && n < 90:
		if d := held.From.Time().AddDate(0, 0, n-1); !d.After(held.To.Time()) {
			return sala.DayOf(d)
		}
	}
	return sala.Day{}
}
