package extract

import "strings"

// assists are the phrases behind which those stand who did something for an
// event, each with their part.
var assists = []struct {
	words string
	part  Part
}{
	{"together with", CoOrganiser}, {"jointly with", CoOrganiser}, {"along with", CoOrganiser}, {"accompanied by", Represented}, {"joined by", CoOrganiser}, {"alongside", CoOrganiser}, {"co-organised with", CoOrganiser}, {"co-organized with", CoOrganiser}, {"co-convened with", CoOrganiser}, {"co-hosted with", Host}, {"at the invitation of", Host}, {"jointly hosted by", Host}, {"made possible by", Funder}, {"made possible with", Funder}, {"made possible thanks to", Funder}, {"co-funded by", Funder}, {"backed by", Supporter}, {"paid for by", Funder}, {"underwritten by", Funder}, {"under the auspices of", Supporter}, {"arranged by", Organiser}, {"organised jointly by", Organiser}, {"organized jointly by", Organiser}, {"convened jointly by", Organiser}, {"held jointly by", Organiser}, {"run jointly by", Organiser}, {"hosted jointly by", Host}, {"funded jointly by", Funder}, {"put together by", Organiser}, {"put on by", Organiser}, {"set up by", Organiser}, {"mounted by", Organiser}, {"laid on by", Organiser}, {"the work of", Organiser}, {"an initiative of", Organiser}, {"an initiative by", Organiser}, {"prepared by", Organiser}, {"offered by", Organiser}, {"called by", Organiser}, {"staged by", Organiser}, {"conducted by", Organiser}, {"given by", Organiser}, {"with the help of", CoOrganiser}, {"initiated by", Organiser}, {"coordinated by", Organiser}, {"run by", Organiser}, {"jointly organised by", Organiser}, {"jointly organized by", Organiser}, {"co-convened by", Organiser}, {"co-organised by", CoOrganiser},
	{"co-organized by", CoOrganiser}, {"co-hosted by", Host}, {"organised by", Organiser}, {"organized by", Organiser}, {"convened by", Organiser}, {"hosted by", Host},
	{"funded by", Funder}, {"supported by", Supporter}, {"sponsored by", Funder},
	{"collaborative event between", Organiser}, {"joint event of", Organiser}, {"joint event by", Organiser}, {"joint initiative of", Organiser}, {"a collaboration between", Organiser}, {"a collaboration of", Organiser}, {"a partnership between", Organiser},
	{"financed by", Funder},
	{"on the initiative of", Organiser}, {"at the initiative of", Organiser}, {"under the leadership of", Organiser}, {"a joint effort of", Organiser}, {"a joint effort by", Organiser}, {"organised with", CoOrganiser}, {"organized with", CoOrganiser}, {"convened with", CoOrganiser}, {"organised jointly with", CoOrganiser},
	{"financial support was provided by", Funder}, {"support was provided by", Supporter},
}

// assisted notes those whom a phrase like "in collaboration with" brings in.
func (r *reader) assisted(s *sentence, e *Event) {
	for i := range s.toks {
		if s.tok(i).upper && i > 0 || s.tok(i).kind != word {
			continue
		}
		if s.tok(i).is("with") {
			if list, end := r.list(s, i+1); len(list) > 0 && s.tok(end).is("as") && s.has(end+1, end+4, set("host hosts co-host")) {
				for _, m := range list { // "with the Women's Network as local host"
					r.addParty(e, s, m, Host, 0.85)
				}
				continue
			}
		}
		if s.tok(i).is("with") && s.tok(i+1).is("the") && s.tok(i+3).is("as") && s.has(i+4, i+6, set("host hosts co-host")) && venueWords[s.tok(i+2).low] && strings.Contains(strings.ToLower(e.Venue.Words), s.tok(i+2).low) {
			m := orgMention{i: i + 2, j: i + 3, name: i + 3, org: Organisation{Name: e.Venue.Words}, sure: 0.75}
			r.addParty(e, s, m, Host, 0.75) // "with the university as host"
			continue
		}
		if r.thanked(s, i, e) {
			continue
		}
		if s.tok(i).is("for") && s.tok(i+1).is("providing", "funding", "financing") && s.has(i+1, i+4, set("funding financing financial funds")) {
			if m, ok := s.orgEnding(i); ok { // "thank the EU for providing financial support"
				r.addParty(e, s, m, Funder, 0.85)
			}
			continue
		}
		if words, part, j := s.assistAt(i); j > i {
			if strings.HasSuffix(words, " by") && (s.tok(i).is("prepared", "offered", "called", "given", "conducted", "staged", "put")) && !s.madeBy(i) {
				continue
			}
			if part == Supporter && s.tok(i-1).is("financially", "generously") {
				part = Funder
			}
			helps := part == Funder || part == Supporter
			if helps && (s.tok(i-1).is("is", "was", "are") && s.tok(i-2).is("which", "that") && !(s.tok(i-3).is(",") && eventNouns[s.tok(i-4).low]) || s.bracketOfOrg(i)) {
				continue // who pays for something else
			}
			if part == CoOrganiser && strings.HasSuffix(words, "with") && s.has(max(0, i-20), i, set("co-hosted co-host co-hosts co-hosting")) {
				part = Host
			}
			if part == CoOrganiser && strings.HasSuffix(words, " by") && !e.has(Organiser) && !e.has(Host) {
				part = Organiser // nobody stands before them
			}
			if helps {
				j = s.gift(j)
			}
			list, end := r.list(s, j)
			if activeVerbs[s.tok(end).low] && !r.isPassive(s, end) {
				list = s.upToComma(list) // "hosted by A, B and C organised"
			}
			if n := len(list) - 1; n > 0 && (gives[s.tok(end).low] || pays[s.tok(end).low]) && s.tok(list[n].i-1-s.articleBefore(list[n].i)).is("and") && !r.isPassive(s, end) {
				list = list[:n] // "in cooperation with A, and B provided the funding"
			}
			if part == Organiser {
				for _, m := range r.withThem(s, end) {
					r.addParty(e, s, m, CoOrganiser, 0.85)
				}
			}
			if len(list) == 0 {
				list = r.including(s, j)
			}
			if len(list) == 0 && s.has(j, j+8, bodyNouns) {
				r.awaited = part
			}
			for _, m := range list {
				r.addParty(e, s, m, part, 0.9)
			}
		}
	}
}

// upToComma returns those of a list that stand before its first comma.
func (s *sentence) upToComma(list []orgMention) []orgMention {
	for k := 1; k < len(list); k++ {
		if s.tok(list[k-1].j).is(",") {
			return list[:k]
		}
	}
	return list
}

// madeBy reports whether the verb at token i is said of an event: its word is
// the last noun before it that can be.
func (s *sentence) madeBy(i int) bool {
	if s.tok(0).is("it") && i < 6 {
		return true
	}
	for k := i - 1; k >= 0 && k > i-26; k-- {
		t := s.tok(k)
		if eventNouns[t.low] {
			return true
		}
		if t.is("report", "paper", "survey", "study", "statement", "film", "list", "document", "speech", "testimony", "testimonies", "research", "performance", "song", "play", "interviews", "interpretation", "presentation", "presentations", ";") {
			return false
		}
	}
	return false
}

// bracketOfOrg reports whether token i stands in brackets that open right
// behind an organisation.
func (s *sentence) bracketOfOrg(i int) bool {
	for k := i - 1; k > 0 && k > i-5; k-- {
		if s.tok(k).is("(") {
			_, ok := s.orgEnding(k)
			return ok
		}
	}
	return false
}

// gift skips what was given: "a grant from", "the generous support of".
func (s *sentence) gift(i int) int {
	for k := i; k < i+6 && !s.hasOrg(k); k++ {
		if s.tok(k).is("from", "of") && s.has(i, k, set("grant grants funding support funds contribution contributions assistance donation generosity help")) {
			return k + 1
		}
	}
	return i
}

// awaits reads who the partners are of whom the sentence before gave the number
// only: "These included A, B and C."
func (r *reader) awaits(s *sentence) {
	part := r.awaited
	r.awaited = ""
	if part == "" || r.event < 0 || !s.tok(0).is("these", "they", "among", "the") {
		return
	}
	for k := 1; k < 6; k++ {
		if s.tok(k).is("included", "include", "were", "are") {
			list, _ := r.list(s, k+1)
			for _, m := range list {
				r.addParty(&r.facts.Events[r.event], s, m, part, 0.85)
			}
			return
		}
	}
}

// including reads "MMN members and partner organisations, including A, B and
// C".
func (r *reader) including(s *sentence, i int) []orgMention {
	for k := i; k < i+12 && k < len(s.toks); k++ {
		if s.tok(k).is("including", "namely", "such", ":") {
			if s.tok(k).is("such") {
				k++
			}
			list, _ := r.list(s, k+1)
			return list
		}
		if s.tok(k).is(".", ";") {
			break
		}
	}
	return nil
}

// assistEnding returns where the phrase begins that ends right before token k
// and brings in those who helped, 0 if there is none.
func (s *sentence) assistEnding(k int) int {
	if !s.tok(k-1).is("with", "from", "of", "by") {
		return 0
	}
	for n := 2; n <= 6 && k-n > 0; n++ {
		if _, _, end := s.assistAt(k - n); end == k {
			return k - n
		}
	}
	return 0
}

// assistedInsertion returns where such a phrase begins that stands, without
// commas, between an organisation and what it did: "MFA through the support of
// the ILO project organised".
func (s *sentence) assistedInsertion(k int) int {
	for i := k - 2; i > 0 && i > k-16; i-- {
		if !s.hasOrgBefore(i) {
			continue
		}
		if _, _, end := s.assistAt(i); end > i {
			return i
		}
	}
	return 0
}
