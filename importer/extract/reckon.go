package extract

import (
	"time"

	"sala"
)

// A reckoned is a day that a sentence tells from another: that of the text
// ("yesterday", "on Monday") or that of the event told of before ("on the
// following day").
type reckoned struct {
	i, j     int
	from, to time.Time
	sure     Sureness
}

// relative returns the day that a sentence tells of its event from another day.
func (r *reader) relative(s *sentence, t trigger) (When, bool) {
	if w, ok := s.lastMonth(r.text.Published); ok {
		return w, true
	}
	d, ok := r.reckon(s, s.tok(t.verb).is("will") || s.tok(t.verb-1).is("will") || t.asks)
	if !ok && r.beforeDiary(s) {
		return r.diary.held, true
	}
	if !ok {
		return When{}, false
	}
	if n := s.lasted(t); n > 1 && d.from.Equal(d.to) {
		switch verb := s.tok(t.verb); {
		case s.has(t.from-4, t.from, set("end close conclusion")):
			d.from = d.to.AddDate(0, 0, 1-n) // "at the close of a two-day consultation"
		case verb.is("ended", "concluded", "completed", "finished", "closed", "wrapped"):
			d.from = d.to.AddDate(0, 0, 1-n)
		case verb.is("opened", "began", "started", "kicked", "begins", "opens"):
			d.to = d.from.AddDate(0, 0, n-1)
		default:
			return When{}, false
		}
	}
	return When{Found: s.found(d.i, d.j, d.sure), Span: spanOfDays(d.from, d.to), Reckoned: true}, true
}

func spanOfDays(from, to time.Time) sala.Span {
	return sala.Span{From: sala.DayOf(from), To: sala.DayOf(to)}
}

// lastMonth reads "last month".
func (s *sentence) lastMonth(published sala.Day) (When, bool) {
	if published.Day == 0 {
		return When{}, false
	}
	base := published.Time()
	for i := range s.toks {
		if s.tok(i).is("last") && s.tok(i+1).is("month") && !s.tok(i+2).is("of") {
			m := time.Date(base.Year(), base.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -1, 0)
			d := sala.Day{Year: m.Year(), Month: m.Month()}
			return When{Found: s.found(i, i+2, 0.5), Span: sala.Span{From: d, To: d}, Reckoned: true}, true
		}
	}
	return When{}, false
}

// reckon finds the first such day of a sentence, outside of what is quoted.
func (r *reader) reckon(s *sentence, ahead bool) (reckoned, bool) {
	for i := 0; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		if d, ok := r.fromEvent(s, i); ok {
			return d, true
		}
	}
	if r.text.Published.Day == 0 {
		return reckoned{}, false
	}
	base := r.text.Published.Time()
	on := func(i, j, days int) (reckoned, bool) {
		d := base.AddDate(0, 0, days)
		return reckoned{i, j, d, d, 0.6}, true
	}
	for i := range s.toks {
		if j, m, day, ok := s.feast(i); ok && (s.tok(i-1).is("on", "the") || s.tok(i-1).is("of") && s.tok(i-2).is("eve")) {
			best := time.Date(base.Year(), m, day, 0, 0, 0, 0, time.UTC)
			if s.tok(j).is("eve") || s.tok(i-1).is("of") && s.tok(i-2).is("eve") {
				best = best.AddDate(0, 0, -1)
			}
			if gap := base.Sub(best); gap >= -45*24*time.Hour && gap <= 120*24*time.Hour {
				return reckoned{i, j, best, best, 0.6}, true
			}
		}
	}
	for i := 0; i < len(s.toks); i++ {
		if c, ok := s.quote[i]; ok {
			i = c
			continue
		}
		w := s.tok(i)
		switch {
		case w.is("day") && s.tok(i+1).is("before", "after") && s.tok(i+2).is("yesterday", "tomorrow"):
			if s.tok(i + 2).is("yesterday") {
				return on(i, i+3, -2)
			}
			return on(i, i+3, 2)
		case w.is("today", "tonight"), w.is("this") && s.tok(i+1).is("morning", "afternoon", "evening"):
			return on(i, i+1, 0)
		case w.is("yesterday"):
			return on(i, i+1, -1)
		case w.is("last") && s.tok(i+1).is("night", "evening"):
			return on(i, i+2, -1)
		case w.is("tomorrow"):
			return on(i, i+1, 1)
		case w.is("last") && s.tok(i+1).is("weekend"):
			back := (int(base.Weekday()) + 6) % 7 // since Sunday, less one
			sunday := base.AddDate(0, 0, -back-1)
			return reckoned{i, i + 2, sunday.AddDate(0, 0, -1), sunday, 0.5}, true
		case w.is("days") && s.tok(i+1).is("ago"):
			if n, _, ok := s.numberAt(i - 1); ok && n < 31 && !s.tok(i-2).is("about", "some", "over", "around") {
				return on(i-1, i+2, -n)
			}
		}
		if d, ok := r.weekdays(s, i, ahead); ok {
			return d, true
		}
	}
	return reckoned{}, false
}

// weekdays reads "on Monday", "last Friday", "on Wednesday and Thursday of this
// week" at token i.
func (r *reader) weekdays(s *sentence, i int, ahead bool) (reckoned, bool) {
	w := s.tok(i)
	opens := i == s.start && s.tok(i+1).is("was", "saw", "brought") // "Wednesday was World Day of Social Justice"
	wd, ok := weekdays[w.low]
	if !ok || !w.upper || len(w.low) <= 3 || r.dateHere(s, i) || !(s.tok(i-1).is("on", "last", "this", "next", "from", "between") || opens || s.weekdayAlone(i) || w.owns && !s.tok(i-1).is("every", "each", "a", "the")) {
		return reckoned{}, false
	}
	if s.tok(i-1).is("from", "between") && !s.tok(i+1).is("to", "and", "until", "through") {
		return reckoned{}, false
	}
	base := r.text.Published.Time()
	back := (int(base.Weekday()) - int(wd) + 7) % 7
	days := -back
	switch {
	case ahead, s.tok(i - 1).is("next"):
		days = (7 - back) % 7
	case back == 0 && s.tok(i-1).is("last"):
		days = -7
	}
	if last := r.lastDay; s.tok(i-1).is("on") && !ahead && r.lastIn != nil && r.lastIn.block == s.block && base.Sub(last) > 6*24*time.Hour {
		// "On Tuesday, 2 April, …; on Thursday" is two days on.
		base, days = last, (int(wd)-int(last.Weekday())+7)%7
	}
	d := base.AddDate(0, 0, days)
	out := reckoned{max(i-1, 0), i + 1, d, d, 0.5}
	if last, ok := weekdays[s.tok(i+2).low]; ok && s.tok(i+1).is("and", "to", "until", "through", "–", "-") && s.tok(i+2).upper && !r.dateHere(s, i+2) {
		n := (int(last) - int(wd) + 7) % 7
		if n == 0 || s.tok(i+1).is("and") && n != 1 || !ahead && days+n > 0 {
			return reckoned{}, false
		}
		out.j, out.to = i+3, d.AddDate(0, 0, n)
	}
	return out, true
}

// keepDay keeps the last day that a text states, for weekdays told from it.
func (r *reader) keepDay(s *sentence) {
	for _, d := range s.dates {
		if s.tok(d.i-1).is("after", "since", "before", "until", "by") {
			continue // no day of which something is told
		}
		if w, ok := r.when(s, d); ok && w.Span.From.Day > 0 {
			r.lastDay, r.lastIn = w.Span.To.Time(), s
		}
	}
}

// fromEvent reads a day that is told from that of the event told of before, at
// token i: "on the following day", "two days later", "the day before the Forum".
func (r *reader) fromEvent(s *sentence, i int) (reckoned, bool) {
	if len(r.facts.Events) == 0 {
		return reckoned{}, false
	}
	n := r.event
	if n < 0 {
		n = len(r.facts.Events) - 1
	}
	held := r.facts.Events[n].Held
	if held.Span.From.Day == 0 {
		return reckoned{}, false
	}
	from, to := held.Span.From.Time(), held.Span.To.Time()
	one := from.Equal(to)
	at := func(j int, d time.Time) (reckoned, bool) {
		return reckoned{i, j, d, d, min(held.Sure, 0.7)}, true
	}
	w := s.tok(i)
	starts := s.tok(i-1).is("on", "in", "and", ",", "") || i == s.start || s.tok(i-1).kind == word && !s.tok(i-1).is("of", "for", "from", "until", "by")
	switch {
	case w.is("the") && s.tok(i+1).is("following", "next") && s.tok(i+2).is("day", "morning", "afternoon", "evening") && starts && one:
		return at(i+3, to.AddDate(0, 0, 1))
	case w.is("the") && s.tok(i+1).is("following") && s.tok(i+2).upper && one:
		if wd, ok := weekdays[s.tok(i+2).low]; ok {
			return at(i+3, to.AddDate(0, 0, (int(wd)-int(to.Weekday())+6)%7+1))
		}
	case w.is("the") && s.tok(i+1).is("previous", "preceding") && s.tok(i+2).is("day", "evening", "afternoon"):
		return at(i+3, from.AddDate(0, 0, -1))
	case w.is("the", "one", "a") && s.tok(i+1).is("day", "evening") && s.tok(i+2).is("before", "earlier") && (s.tok(i+3).is("the", "this", ",") || i <= s.start+1):
		return at(i+3, from.AddDate(0, 0, -1))
	case w.is("the", "one", "a") && s.tok(i+1).is("day", "morning") && s.tok(i+2).is("after", "later") && (s.tok(i+3).is("the", "this", ",") || i <= s.start+1):
		return at(i+3, to.AddDate(0, 0, 1))
	case w.is("that", "the") && s.tok(i+1).is("same") && s.tok(i+2).is("day", "evening", "afternoon", "morning") && one:
		return at(i+3, from)
	}
	if days, ok := s.later(i); ok && starts {
		if days < 0 {
			return at(i+3, from.AddDate(0, 0, days))
		}
		return at(i+3, to.AddDate(0, 0, days))
	}
	return reckoned{}, false
}

// later reads "two days later", "a week earlier".
func (s *sentence) later(i int) (days int, ok bool) {
	n, j := 1, i+1
	if !s.tok(i).is("a", "one") {
		if n, j, ok = s.numberAt(i); !ok || n > 30 {
			return 0, false
		}
	}
	switch unit := s.tok(j); {
	case unit.is("day", "days"):
	case unit.is("week", "weeks"):
		n *= 7
	case unit.is("fortnight"):
		n *= 14
	default:
		return 0, false
	}
	switch way := s.tok(j + 1); {
	case way.is("later", "afterwards"):
		return n, true
	case way.is("earlier"):
		return -n, true
	}
	return 0, false
}
