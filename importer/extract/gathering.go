package extract

import (
	"strings"
	"time"
)

// longAgo is how far before the event of a text, or its own day, a day lies
// that belongs to history.
const longAgo = 200 * 24 * time.Hour

// gathering finds what a sentence calls an event, whatever it says of it, if it
// gives its day: "The return visit followed from 18 to 20 July 2011". It goes
// by what it leaves out: a day of something else, a gathering that is only
// referred to, a day of long ago, what is called after an event.
func (r *reader) gathering(s *sentence) (trigger, bool) {
	if r.letter() || s.at < 0 || s.block.Heading || !r.eventSaid() && s.at > 3 {
		return trigger{}, false
	}
	for k := 0; k < len(s.toks); k++ {
		if c, ok := s.quote[k]; ok {
			k = c
			continue
		}
		if !r.isEventNoun(s, k) || r.isEventNoun(s, k+1) || s.hasOrgOver(k) || !s.headOfPhrase(k) {
			continue
		}
		t := trigger{noun: k, from: r.phraseStart(s, k), verb: k, by: -1, came: true, named: true}
		if s.referred(t) || !r.dayOf(s, t) {
			continue
		}
		return t, true
	}
	return trigger{}, false
}

// dayOf reports whether a sentence gives a day that can be that of the event
// word of t and is none of the event told of already, nor of long ago.
func (r *reader) dayOf(s *sentence, t trigger) bool {
	for _, w := range r.datesOf(s, t) {
		if w.Span.From.Day == 0 {
			continue
		}
		for i := range r.facts.Events {
			if e := r.facts.Events[i].Held.Span; within(w.Span, e) {
				return false
			}
		}
		if r.history(w) {
			return false
		}
		for _, d := range s.dates {
			if w.At.From >= s.toks[d.i].from && w.At.To <= s.toks[d.j-1].to {
				return !s.parted(d.i, t.noun)
			}
		}
		return true
	}
	return false
}

// history reports whether a day lies long before the event of the text, or
// before the text's own.
func (r *reader) history(w When) bool {
	base := r.text.Published
	if len(r.facts.Events) > 0 && r.facts.Events[0].Held.Span.From.Day > 0 {
		base = r.facts.Events[0].Held.Span.From
	}
	return base.Day > 0 && base.Time().Sub(w.Span.From.Time()) > longAgo
}

// parted reports whether another clause begins between a day and an event
// word.
func (s *sentence) parted(i, j int) bool {
	if i > j {
		i, j = j, i
	}
	return j-i > 40 || s.has(i, j, set("; because although while whereas since if"))
}

// hasOrgOver reports whether token k is within the name of an organisation.
func (s *sentence) hasOrgOver(k int) bool {
	for i := k; i >= 0 && i > k-20; i-- {
		if m, ok := s.orgs[i]; ok {
			return m.j > k
		}
	}
	return false
}

// headOfPhrase reports whether the event word at token k is what the phrase is
// about: in "the workshop report" it is the report.
func (s *sentence) headOfPhrase(k int) bool {
	next := s.tok(k + 1)
	switch {
	case k+1 >= len(s.toks), next.kind != word, functionWords[next.low]:
		return true
	case next.upper:
		return false
	}
	return strings.HasSuffix(next.low, "ed") || strings.HasSuffix(next.low, "ing") || heldAs[next.low] || gatherVerbs[next.low] || saying[next.low] || next.is("began", "took", "today", "yesterday", "led", "last", "took", "drew", "about", "alongside", "among", "together", "where", "when", "whose", "earlier", "later", "next", "jointly", "there")
}

// referred reports whether the event of t is only referred to, as what came
// before or is planned, or whose papers are spoken of.
func (s *sentence) referred(t trigger) bool {
	for k := t.from - 1; k >= 0 && k >= t.from-4; k-- {
		w := s.tok(k)
		if w.kind == mark && !w.is("-") {
			break
		}
		if w.is("following", "after", "since", "before", "prior", "until", "previous", "earlier", "than", "every", "each", "any", "no", "per", "without", "if", "whenever", "by") {
			return true
		}
	}
	if of := t.from - 1 - s.articleBefore(t.from); s.tok(of).is("of", "to") && (s.tok(of-1).isPeople() || ofGathering[s.tok(of-1).low]) {
		return true // "submitted to the organisers of the Forum on 15 October"
	}
	if s.tok(t.from-1).is("the", "this") && s.tok(t.from-2).is("told", "informed", "reminded", "assured") {
		return true // "On 20 November, she told the meeting, …"
	}
	for k := t.from; k < t.noun; k++ {
		if s.tok(k).is("previous", "earlier", "last", "court", "next", "future", "past", "regular", "weekly", "monthly", "annual") && !s.tok(k).upper {
			return true
		}
	}
	if s.tok(t.noun).is("hearing", "session") && s.has(0, len(s.toks), set("case court trial lawsuit verdict appeal")) && !s.tok(t.noun-1).is("public") {
		return true
	}
	return s.tok(t.noun).is("activities", "activity", "talks") || s.tok(t.noun-1).is("court") || s.has(t.noun, t.noun+12, set("postponed cancelled canceled")) || s.phraseIn(t.noun, t.noun+14, "put off") >= 0
}

// ofGathering are papers and offices of a gathering, which is then only
// referred to.
var ofGathering = set("report reports statement outcome outcomes results result minutes proceedings programme agenda secretariat chair chairs host hosts documents recommendations declaration preparation preparations recording recordings photographs photos registration invitation deadline")
