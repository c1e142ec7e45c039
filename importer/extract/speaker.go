package extract

import (
	"strings"
)

// speakers notes who a sentence says spoke at the event.
func (r *reader) speakers(s *sentence) {
	if r.event < 0 {
		return
	}
	e := &r.facts.Events[r.event]
	if r.unspoken != nil && s.at <= r.unspoken.at+1 && s.at >= r.unspoken.at && s.heSaid() {
		r.addSpeaker(r.unspoken.in, e, r.unspoken.personMention, "")
		r.unspoken = nil
	}
	if len(s.persons) > 0 {
		r.unspoken = nil
	}
	for n, p := range s.persons {
		who := r.known(e, p)
		if who >= 0 {
			r.more(s, e, who, p)
			continue
		}
		if full := strings.Fields(p.name); len(full) == 1 && p.role == "" && p.org.IsZero() && p.honor == "" {
			continue
		}
		r.hinted = r.replaying
		did, spoke := r.did(s, n)
		if r.hinted {
			p.sure = min(p.sure, 0.75)
		}
		if !spoke {
			if strings.Contains(p.name, " ") && len(r.seen) < 80 {
				r.seen = append(r.seen, p)
			}
			if len(s.persons) == 1 {
				p.at = s.passage(p.i, max(p.j, p.nj))
				r.unspoken = &unspoken{p, s.block, s.at}
			}
			continue
		}
		p.at = s.passage(p.i, max(p.j, p.nj))
		r.addSpeaker(s.block, e, p, did)
	}
	r.unnamed(s, e)
}

// heSaid reports whether a sentence begins by what he or she said: "She also
// urged …", "In his remarks, he said …".
func (s *sentence) heSaid() bool {
	k := 0
	if s.tok(0).is("in", "during") && s.tok(1).is("his", "her") {
		k = 3
		for k < 6 && !s.tok(k).is("he", "she") {
			k++
		}
	}
	for k := 1; k < len(s.toks); k++ { // "“…,” she said."
		if s.tok(k-1).is(",") && !s.tok(k-2).is("”", "\"", "’") && k < len(s.toks)-4 && !s.saidAside(k) {
			continue
		}
		if s.tok(k).is("he", "she") && (saying[s.tok(k+1).low] || speaking[s.tok(k+1).low]) && s.tok(k-1).is("”", "\"", "’", ",") {
			return true
		}
	}
	return s.tok(k).is("he", "she") && (saying[s.tok(k+1).low] || saying[s.tok(k+2).low] && s.tok(k+1).is("also", "then", "further"))
}

// saidAside reports whether "he said" at token k stands between commas: "The first
// time, he told us, his broker knew."
func (s *sentence) saidAside(k int) bool {
	for n := k + 2; n < k+6; n++ {
		if s.tok(n).is(",", ".") {
			return true
		}
		if s.tok(n).kind != word || s.tok(n).is("that", "to", "of") {
			return false
		}
	}
	return false
}

// An unspoken is somebody whom a sentence names without saying that they
// spoke: the next may do so with "He" or "She".
type unspoken struct {
	personMention
	in *Block
	at int
}

// addSpeaker adds somebody who spoke.
func (r *reader) addSpeaker(in *Block, e *Event, p personMention, did string) {
	name := p.name
	if had, ok := r.gaz.people[strings.ToLower(name)]; ok {
		name = had
	}
	if had := r.introduced(p); had != nil {
		if p.role == "" || p.role == p.title {
			if had.role != "" {
				p.role = had.role
			}
		}
		if p.org.IsZero() {
			p.org = had.org
		}
		if !strings.Contains(name, " ") {
			name = had.name
		}
	}
	p.org = e.meant(p.org)
	if had := r.surnamed(e, p); had != nil {
		name, p.role, p.org = had.Name, had.Role, had.Org
	}
	sp := Speaker{Found: Found{p.at, p.sure}, Name: name, Honorific: p.honor, Role: plainRole(p.role), Org: p.org, Session: -1, Did: did}
	sp.Worker = isWorker(p.role)
	if r.session >= 0 && (in.ID != e.Sessions[r.session].At.Block || p.i >= r.sessionFrom || r.lasting) {
		sp.Session = r.session
	}
	if sp.Did == "" && sp.Session >= 0 {
		switch e.Sessions[sp.Session].Kind {
		case Keynote:
			sp.Did = "keynote"
		case Panel:
			sp.Did = "panellist"
		}
	}
	e.Speakers = append(e.Speakers, sp)
}

// introduced returns who was named before without having spoken, if a mention
// means them: the same name, or a part of it behind an honorific.
func (r *reader) introduced(p personMention) *personMention {
	words := strings.Fields(strings.ToLower(p.name))
	if len(words) == 1 && p.honor == "" && p.title == "" {
		return nil
	}
	for i := len(r.seen) - 1; i >= 0; i-- {
		have := strings.Fields(strings.ToLower(r.seen[i].name))
		all := len(words) <= len(have)
		for _, w := range words {
			found := false
			for _, h := range have {
				found = found || h == w
			}
			all = all && found
		}
		if all {
			return &r.seen[i]
		}
	}
	return nil
}

// surnamed returns who is named at the event before with a role or an employer,
// if a mention here gives the name only, or a part of it: "Mr. Samydorai and Ms.
// Harima answered".
func (r *reader) surnamed(e *Event, p personMention) *Speaker {
	full := strings.Contains(p.name, " ")
	if p.role != p.title || !p.org.IsZero() || !full && p.honor == "" && p.title == "" {
		return nil
	}
	for i := max(0, len(r.facts.Events)-3); i < len(r.facts.Events); i++ {
		other := &r.facts.Events[i]
		if other == e {
			return nil
		}
		if who := r.known(other, p); who >= 0 && (!full || strings.EqualFold(other.Speakers[who].Name, p.name)) {
			return &other.Speakers[who]
		}
	}
	return nil
}

// meant returns the organisation that "the Institute" or "the Task Force" means:
// the one that is told of already and whose name holds it.
func (e *Event) meant(o Organisation) Organisation {
	if o.IsZero() || o.Short != "" || o.ID != "" || len(strings.Fields(o.Name)) > 2 {
		return o
	}
	for _, w := range strings.Fields(strings.ToLower(o.Name)) {
		if !orgWords[w] && w != "force" && w != "task" {
			return o
		}
	}
	found := Organisation{}
	note := func(had Organisation) bool {
		if len(had.Name) > len(o.Name) && (strings.HasPrefix(had.Name, o.Name+" ") || strings.HasSuffix(had.Name, " "+o.Name)) && !sameOrg(had, found) {
			if !found.IsZero() {
				return false // it may mean either
			}
			found = had
		}
		return true
	}
	for i := range e.Parties {
		if !note(e.Parties[i].Org) {
			return o
		}
	}
	for i := max(0, len(e.Speakers)-20); i < len(e.Speakers); i++ {
		if !note(e.Speakers[i].Org) {
			return o
		}
	}
	if found.IsZero() {
		return o
	}
	return found
}

// isWorker reports whether a role says that somebody works, or worked, abroad,
// and not for the workers.
func isWorker(role string) bool {
	words := strings.Fields(strings.ToLower(role))
	for i, w := range words {
		if w == "of" || w == "for" || w == "on" || w == "from" || w == "in" {
			words = words[:i]
			break
		}
	}
	if len(words) == 0 {
		return false
	}
	return workerWords[words[len(words)-1]]
}

// known returns the speaker of the event whom a mention means, -1 if none: the
// same words of the name in any order, or a part of it.
func (r *reader) known(e *Event, p personMention) int {
	words := strings.Fields(strings.ToLower(p.name))
	for i := len(e.Speakers) - 1; i >= 0 && i >= len(e.Speakers)-60; i-- {
		have := strings.Fields(strings.ToLower(e.Speakers[i].Name))
		all := true
		for _, w := range words {
			found := false
			for _, h := range have {
				found = found || h == w || strings.HasPrefix(h, w+"-")
			}
			all = all && found
		}
		if all && len(words) <= len(have) {
			return i
		}
	}
	return -1
}

// more adds what a second mention says of a speaker.
func (r *reader) more(s *sentence, e *Event, who int, p personMention) {
	sp := &e.Speakers[who]
	if sp.Role == "" && p.role != p.title {
		sp.Role = p.role
		sp.Worker = isWorker(p.role)
	}
	if sp.Org.IsZero() {
		sp.Org = p.org
	}
	if r.session < 0 || !r.lasting {
		return
	}
	if sp.Session < 0 {
		sp.Session = r.session
		return
	}
	if sp.Session == r.session {
		return
	}
	for _, had := range sp.Also {
		if had == r.session {
			return
		}
	}
	if e.Sessions[r.session].Kind != Presentation && e.Sessions[sp.Session].Kind != Panel {
		sp.Also = append(sp.Also, r.session)
	}
}

func (s *sentence) phraseIn(i, j int, phrase string) int {
	for k := max(i, 0); k < j && k < len(s.toks); k++ {
		if _, ok := s.follows(k, phrase); ok {
			return k
		}
	}
	return -1
}

func (s *sentence) lastPhrase(i, j int, phrase string) int {
	for k := min(j, len(s.toks)) - 1; k >= max(i, 0); k-- {
		if _, ok := s.follows(k, phrase); ok {
			return k
		}
	}
	return -1
}

// unnamed notes people who spoke without being named: "Migrant returnees from
// Japan shared the problems they faced".
func (r *reader) unnamed(s *sentence, e *Event) {
	if s.isPerson(0) || len(s.toks) < 4 {
		return
	}
	i := 0
	if s.tok(0).is("several", "some", "two", "three", "a", "the") {
		i++
	}
	for k := i; k < i+5 && k < len(s.toks); k++ {
		t := s.tok(k)
		if !workerWords[t.low] || t.is("workers") && s.tok(k-1).is("domestic") && k < 1 {
			continue
		}
		end := k + 1
		if s.tok(end).is("from") && s.tok(end+1).upper {
			end += 2
		}
		if s.tok(end).is("shared", "spoke", "testified", "recounted", "described", "told", "presented") {
			e.Groups = append(e.Groups, Group{s.found(i, end, 0.7), clean(s.words(i, end)), Organisation{}, true})
		}
		return
	}
}
