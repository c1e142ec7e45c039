package extract

import (
	"strconv"
	"strings"
	"time"

	"sala"
)

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
	if n := s.lasted(t); n > 1 && len(out) > 0 && out[0].Span.From == out[0].Span.To && out[0].Span.From.Day > 0 {
		switch verb := s.tok(t.verb); {
		case verb.is("ended", "concluded", "closed", "finished", "completed"):
			out[0].Span.From = sala.DayOf(out[0].Span.To.Time().AddDate(0, 0, 1-n))
			out[0].Sure, out[0].Reckoned = min(out[0].Sure, 0.75), true
		case verb.is("began", "opened", "started", "begins", "opens"):
			out[0].Span.To = sala.DayOf(out[0].Span.From.Time().AddDate(0, 0, n-1))
			out[0].Sure, out[0].Reckoned = min(out[0].Sure, 0.75), true
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
	if s.tok(d.i-1).is("of") && dated[s.tok(d.i-2).low] {
		return true // "after the decree of June 23"
	}
	for k := d.i - 1; k >= 0 && k >= d.i-7; k-- {
		w := s.tok(k)
		if w.is(",", ";", "(", "“") && !(w.is(",") && k == d.i-1) {
			return false
		}
		if k == t.verb || k == t.noun {
			return false
		}
		if notHeld[w.low] {
			if w.is("between") && (d.span.From != d.span.To || k < d.i-2) || w.is("after", "following") && k < d.i-2 || w.is("by") && k < d.i-1 || w.is("before", "since", "until") && k < d.i-2 || w.is("registration", "register", "published", "launched") && s.tok(d.i-1).is("on") && k < d.i-4 {
				continue
			}
			return !atEvents[w.low] || !r.atGathering(s, d.j)
		}
	}
	return false
}

// dated are things that are called by their day.
var dated = set(`decree law order regulation ruling statement letter resolution agreement mou memorandum announcement report act bill notification crackdown coup
	earthquake flood floods raid raids arrest arrests fire election elections judgment verdict circular directive decision article issue edition massacre tsunami`)

// atEvents are verbs of what is done at an event, if one is told of.
var atEvents = set("launched released published announced adopted signed issued presented unveiled submitted established founded formed")

// atGathering reports whether "at a ceremony" stands behind a day that ends
// before token j.
func (r *reader) atGathering(s *sentence, j int) bool {
	for k := j; k < j+4; k++ {
		if s.tok(k).is("at", "during") && s.tok(k+1).is("a", "an") {
			n, ok := r.nounAfter(s, k+2, 7)
			return ok && !s.has(k+2, n, set("of on at in for to with , by"))
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
	if y := r.text.Published.Year; y > 0 && s.tok(d.j).is("this") && s.tok(d.j+1).is("year") {
		from, ok1 := dayOf(y, d.span.From.Month, d.span.From.Day)
		to, ok2 := dayOf(y+d.span.To.Year-d.span.From.Year, d.span.To.Month, d.span.To.Day)
		if ok1 && ok2 {
			w.Span, w.Sure, w.Reckoned = sala.Span{From: from, To: to}, 0.75, true
			return w, true
		}
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
		if y := r.titleYear(); y > 0 && d.weekday < 0 {
			if span, ok := in(y); ok {
				w.Span, w.Sure, w.Reckoned = span, 0.7, true
				return w, true
			}
		}
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
	if y := r.titleYear(); y == r.text.Published.Year-1 && (best.IsZero() || gap > 120*24*time.Hour || best.From.Time().After(r.text.Published.Time())) {
		if span, ok := in(y); ok && (d.weekday < 0 || int(span.From.Time().Weekday()) == d.weekday) {
			w.Span, w.Sure, w.Reckoned = span, 0.7, true // "Our year 2017", looked back on in January
			return w, true
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

// titleYear returns the one year that the title states, 0 if it states none or
// several.
func (r *reader) titleYear() int {
	year := 0
	for _, t := range tokens(r.text.Title) {
		if t.kind != number || len(t.text) != 4 {
			continue
		}
		if y, err := strconv.Atoi(t.text); err == nil && era(y) >= 1950 && era(y) <= 2100 {
			if year != 0 && year != era(y) {
				return 0
			}
			year = era(y)
		}
	}
	return year
}

// lasted returns how many days the event of a sentence lasted, as it says:
// "a three-day symposium"; 0 if it does not.
func (s *sentence) lasted(t trigger) int {
	for k := t.from; k <= t.noun; k++ {
		if n, ok := strings.CutSuffix(s.tok(k).low, "-day"); ok {
			if v := numberWords[n]; v > 0 && v < 15 {
				return v
			}
		}
		if s.tok(k).is("-") && s.tok(k+1).is("day") {
			if n, _, ok := s.numberAt(k - 1); ok && n < 15 {
				return n
			}
		}
	}
	return 0
}
