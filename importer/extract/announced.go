package extract

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
	if !same {
		return
	}
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
