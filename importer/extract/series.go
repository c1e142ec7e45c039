package extract

import "strings"

// ofSeries gives an event of which nobody is told to have held it those whom
// the sentence names that announced several of its kind: "MMN organised two
// exchange visits. … The return visit followed in July."
func (r *reader) ofSeries(at int) {
	if r.series < 0 || r.series == at || r.seriesIn == nil {
		return
	}
	e, all := &r.facts.Events[at], &r.facts.Events[r.series]
	if e.has(Organiser) || e.Type.Words != all.Type.Words && !strings.Contains(strings.ToLower(r.seriesIn.words(0, len(r.seriesIn.toks))), e.Type.Words+"s") {
		return
	}
	for _, p := range all.Parties {
		if p.Part == Represented || p.Part == Host || p.At.Block != r.seriesIn.block.ID || p.At.From < r.seriesIn.toks[0].from || p.At.To > r.seriesIn.toks[len(r.seriesIn.toks)-1].to {
			continue
		}
		p.Sure = min(p.Sure, 0.75)
		e.Parties = append(e.Parties, p)
	}
}

// headedBack goes back to the event of which a heading names the kind, where
// another was told of since: "In the Forum".
func (r *reader) headedBack(s *sentence) {
	if len(r.facts.Events) < 2 || r.event < 0 || len(s.toks) > 8 || len(s.dates) > 0 {
		return
	}
	named := func(e *Event) bool {
		return e.Type.Words != "" && e.Type.Words != "event" && s.has(0, len(s.toks), map[string]bool{e.Type.Words: true, e.Type.Words + "s": true})
	}
	if named(&r.facts.Events[r.event]) {
		return
	}
	at := -1
	for i := range r.facts.Events {
		if named(&r.facts.Events[i]) {
			if at >= 0 {
				return // of which of the two?
			}
			at = i
		}
	}
	if at >= 0 {
		r.event, r.session, r.lasting = at, -1, false
	}
}

// goesOn gives an event that the sentence before began without a place the
// town to which this one says that people went or where they met.
func (r *reader) goesOn(s *sentence) {
	if r.event < 0 || r.came >= 0 || r.sinceTold != 1 || len(s.persons) > 0 || len(s.dates) > 0 {
		return
	}
	e := &r.facts.Events[r.event]
	if !e.Venue.IsZero() || !e.City.IsZero() || e.Country.Code != "" {
		return
	}
	if !s.has(0, len(s.toks), attending) && !s.has(0, len(s.toks), present) && !s.has(0, len(s.toks), eventNouns) {
		return
	}
	if w := r.where(s, 0, len(s.toks)); !w.city.IsZero() && !w.online {
		w.venue.Sure, w.city.Sure, w.country.Sure = min(w.venue.Sure, 0.75), 0.7, 0.7
		r.setPlace(e, w)
	}
}
