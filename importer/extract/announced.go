package extract

// dropOverview drops the first event of a text if it gives no day of its own and
// no venue and was only what those that follow have in common, each with its day:
// "Members marked the day in Mae Sot and in Bangkok".
func (r *reader) dropOverview() {
	if len(r.facts.Events) < 3 {
		return
	}
	first := r.facts.Events[0]
	if !first.Held.Span.IsZero() && !first.Held.Reckoned && first.Held.Span.From.Day > 0 || !first.Venue.IsZero() || len(first.Sessions)+len(first.Speakers)+len(first.Counts) > 0 {
		return
	}
	for _, e := range r.facts.Events[1:] {
		if e.Held.Span.From.Day == 0 || e.City.IsZero() && e.Country.Code == "" || e.Within == 0 {
			return
		}
	}
	r.dropFirst()
}

// dropAnnounced drops the first event of a text if it states neither a day nor a
// place and only announced those that follow, of which one has the day of the
// opening: "MAP invites to two meetings".
func (r *reader) dropAnnounced() {
	if len(r.facts.Events) < 2 || r.lead == nil {
		return
	}
	first := r.facts.Events[0]
	if !first.Held.Span.IsZero() || !first.Venue.IsZero() || !first.City.IsZero() || len(first.Sessions)+len(first.Speakers) > 0 {
		return
	}
	same := false
	for _, e := range r.facts.Events[1:] {
		same = same || e.Held.Span == r.leadHeld.Span
	}
	if same {
		r.dropFirst()
	}
}

// dropFirst drops the first event of a text.
func (r *reader) dropFirst() {
	r.facts.Events = r.facts.Events[1:]
	for i := range r.facts.Events {
		if e := &r.facts.Events[i]; e.Within >= 0 {
			e.Within--
		}
	}
	for i := range r.facts.Asks {
		if a := &r.facts.Asks[i]; a.Event > 0 {
			a.Event--
		}
	}
	for i := range r.facts.Adoptions {
		if a := &r.facts.Adoptions[i]; a.Event > 0 {
			a.Event--
		}
	}
}
