package extract

import "strings"

// invites notes who sends an invitation: "MMN has the pleasure of inviting you",
// "You are invited by …", "On behalf of …, we invite you".
func (r *reader) invites(s *sentence, t trigger, e *Event) {
	if !t.asks || e.has(Organiser) {
		return
	}
	var list []orgMention
	for k := 1; k < t.noun && len(list) == 0; k++ {
		switch w := s.tok(k); {
		case w.is("have", "has", "take", "takes", "request", "requests") && s.has(k+1, k+4, set("pleasure honour honor company")):
			list = r.subject(s, k)
		case w.is("behalf") && s.tok(k-1).is("on") && s.tok(k+1).is("of"):
			list, _ = r.list(s, k+2)
		case w.is("invited") && s.tok(k+1).is("by") && s.has(0, k, set("you journalists press friends members")):
			list, _ = r.list(s, k+2)
		}
	}
	for _, m := range list {
		r.addParty(e, s, m, Organiser, 0.9)
	}
}

// heldBefore notes what the sentence before says of who holds an event that this
// one begins: "… at the seminar “X”, which LMCMR organises. It will be held on …".
func (r *reader) heldBefore(s *sentence, e *Event) {
	if r.last == nil || r.last == s || r.last.block != s.block || e.has(Organiser) || e.Type.Words == "" {
		return
	}
	for k := range r.last.toks {
		if r.last.tok(k).low != e.Type.Words || !r.isEventNoun(r.last, k) || r.last.tok(k-1).is("previous", "last", "earlier") {
			continue
		}
		r.whoseItWas(r.last, trigger{noun: k, from: k, verb: k, by: -1}, e)
		if _, part, _ := r.last.assistAt(k + 1); e.has(Organiser) || part == Organiser { // "completed a training run by FED. It took place …"
			r.assisted(r.last, e)
		}
		return
	}
}

// withThem returns those who follow right behind who organised an event:
// "organised by MMN with MAP Foundation and FED".
func (r *reader) withThem(s *sentence, end int) []orgMention {
	if !s.tok(end).is("with") {
		return nil
	}
	list, after := r.list(s, end+1)
	if s.tok(after).is("support", "funding", "funds", "money", "as", "assistance", "help", "providing", "in") {
		return nil
	}
	return list
}

// ownContribution notes whose an event was that is called so: "MMN’s own
// contribution was a workshop".
func (r *reader) ownContribution(s *sentence, t trigger, e *Event) {
	if t.active || t.took || t.by >= 0 {
		return
	}
	for _, m := range s.orgsIn(max(0, t.from-10), t.from) {
		if s.tok(m.j-1).owns && s.has(m.j, m.j+4, set("contribution event part share workshop own")) && s.has(m.j+1, t.from, set("was is")) && !s.has(m.j, t.from, set("of in on at ,")) {
			r.addParty(e, s, m, Organiser, 0.8)
		}
	}
}

// inFull returns the organisation that is meant by one word of its name ("the
// Foundation"), the last that was named; ok is false if there is none.
func (r *reader) inFull(m orgMention) (orgMention, bool) {
	name := m.org.Name
	if m.org.Short != "" || strings.ContainsAny(name, " ") || !orgWords[strings.ToLower(name)] {
		return m, true
	}
	for i := len(r.orgsNamed) - 1; i >= 0; i-- {
		for _, w := range strings.Fields(r.orgsNamed[i].Name) {
			if strings.EqualFold(w, name) && r.orgsNamed[i].Name != name {
				m.org = r.orgsNamed[i]
				m.sure = min(m.sure, 0.75)
				return m, true
			}
		}
	}
	return m, false
}

// expenses are what has to be paid for at an event.
var expenses = set("travel food accommodation transport trip lunch meals tickets interpretation lodging hotel journey")

// broughtPeople are verbs of those who made people come, or showed them
// something.
var broughtPeople = set("invited brought gathered called welcomed assembled summoned presented showed")

// pastUs skips those who write, and what they call those whom they name: "by us,
// Yaung Chi Oo, and our old friends from MAP Foundation".
func (s *sentence) pastUs(i int) int {
	if s.tok(i).is("us") && s.tok(i+1).is(",") {
		i += 2
	}
	for k := i; k < i+4; k++ {
		if !s.tok(k).upper && s.tok(k).is("friends", "colleagues", "neighbours", "comrades", "sisters", "brothers") && s.tok(k+1).is("from", "at", "of", "in") {
			return k + 2 + s.article(k+2)
		}
		if !s.tok(k).is("our", "old", "dear", "good", "the", "trusted") {
			break
		}
	}
	return i
}
