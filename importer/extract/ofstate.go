package extract

import "strings"

// ofState returns the body of a state that is called by a name which it shares
// with those of other states: "the Ministry of Labour", told of in Thailand, is
// the Ministry of Labour of Thailand.
func (g *gazetteer) ofState(o Organisation, country string) (Organisation, bool) {
	words := phrase(o.Name)
	if country == "" || o.Short != "" || o.ID != "" || len(words) < 3 {
		return o, false
	}
	for _, had := range g.orgs[words[0]] {
		n := len(words)
		if had.org.Country == country && len(had.words) > n+1 && had.words[n] == "of" && strings.Join(had.words[:n], " ") == strings.Join(words, " ") {
			return had.org, true
		}
	}
	return o, false
}

// ofStates names the bodies of the state in which an event was held in full,
// and so whom something was asked there.
func (r *reader) ofStates() {
	for i := range r.facts.Events {
		e := &r.facts.Events[i]
		for k := range e.Speakers {
			e.Speakers[k].Org, _ = r.gaz.ofState(e.Speakers[k].Org, e.Country.Code)
		}
		for k := range e.Parties {
			e.Parties[k].Org, _ = r.gaz.ofState(e.Parties[k].Org, e.Country.Code)
		}
		for k := range e.Groups {
			e.Groups[k].Org, _ = r.gaz.ofState(e.Groups[k].Org, e.Country.Code)
		}
	}
	for i := range r.facts.Asks {
		a := &r.facts.Asks[i]
		if a.Event < 0 || a.Event >= len(r.facts.Events) {
			continue
		}
		to := append([]string(nil), a.Addressees...) // the same for all of a list
		for k := range to {
			if o, ok := r.gaz.ofState(Organisation{Name: to[k]}, r.facts.Events[a.Event].Country.Code); ok {
				to[k] = o.Name
			}
		}
		a.Addressees = to
	}
}
