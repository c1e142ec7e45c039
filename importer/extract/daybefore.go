package extract

// tellsDay keeps a sentence that tells a day and of no event: what was on it
// may be told by the next. "Yesterday was a good day. At the Orchid Hotel …"
func (r *reader) tellsDay(s *sentence) {
	if r.came >= 0 || r.letter() || s.has(0, len(s.toks), otherDays) {
		return
	}
	t := trigger{noun: -1, verb: -1, by: -1}
	days := r.datesOf(s, t)
	for _, d := range s.dates {
		if s.has(d.i-8, d.i, incidents) {
			return // the day of an arrest, of a law
		}
	}
	if len(days) == 1 && days[0].Span.From.Day > 0 {
		r.dayTold, r.dayTeller = s, days[0]
		r.dayTeller.Sure = min(r.dayTeller.Sure, 0.75)
	}
}

// otherDays are verbs of which the day is that of a law, a text or a deadline.
var otherDays = set(`deadline enter entered enters force effect adopted signed expire expires expired announced passed published register apply
	submit submitted issued released amended promulgated established founded formed ratified approved enacted falls fall fell`)

// dayBefore returns the day that one of the two sentences before tells, for an
// event that begins without one.
func (r *reader) dayBefore(s *sentence, t trigger) When {
	if r.dayTold == nil || t.took && (r.event >= 0 || s.nth-r.dayTold.nth > 1) || s.referred(t) || r.dayTold.block != s.block || s.nth-r.dayTold.nth > 2 {
		return When{}
	}
	if r.event >= 0 && !r.facts.Events[r.event].Held.Span.IsZero() {
		return When{}
	}
	return r.dayTeller
}

// placeBefore gives an event whose day the sentence before told the place that
// stands there, too.
func (r *reader) placeBefore(when When, e *Event) {
	if r.dayTold == nil || when.At != r.dayTeller.At || when.Span.IsZero() {
		return
	}
	if e.Venue.IsZero() && e.City.IsZero() {
		e.Country = Land{}
		r.setPlace(e, r.where(r.dayTold, 0, len(r.dayTold.toks)))
	}
	r.dayTold = nil
}
