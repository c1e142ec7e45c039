package extract

import "strings"

// within are words for a part of an organisation that bears a name of its own.
var withinWords = set(`committee department division section unit team group wing caucus desk branch chapter office council board bureau directorate faculty commission secretariat programme program project school institute`)

// innerOrg returns the organisation that a mention of one of its parts ends
// with, and where "of" stands before it: "the Women’s Committee of CTUM".
func (r *reader) innerOrg(s *sentence, m orgMention) (orgMention, int) {
	for k := m.i + 1; k+1 < m.name; k++ {
		if !s.tok(k).is("of", "at") || !withinWords[s.tok(k-1).low] && !subUnits[s.tok(m.i).low] || k-m.i < 2 && !subUnits[s.tok(k-1).low] {
			continue
		}
		from := k + 1 + s.article(k+1)
		n, end, ok := find(s, from, r.gaz.orgs)
		in := orgMention{i: from, j: m.j, name: m.name, org: n.org, sure: 0.9}
		if !ok && s.tok(from).caps() && r.isDefined(s.tok(from).text) {
			in.org, end, ok = r.defined[s.tok(from).text], from+1, true
		}
		if ok && end == m.name {
			return in, k
		}
		if r.partIn(s, m, k, from) {
			in.org = Organisation{Name: clean(s.words(from, m.name)), Short: m.org.Short}
			return in, k // "the Yangon Office of HRD Korea"
		}
		if subUnits[s.tok(m.i).low] && k > m.i+2 && s.has(from, m.name, set("university college academy ministry institute bank")) {
			in.org = Organisation{Name: clean(s.words(from, m.name)), Short: m.org.Short}
			return in, k // "the Faculty of Law of Hanoi University"
		}
	}
	return orgMention{}, 0
}

// partIn reports whether what stands before "of" at token k is but a part, and
// what stands from token from on another body.
func (r *reader) partIn(s *sentence, m orgMention, k, from int) bool {
	if k-m.i < 2 || !s.tok(k-1).is("office", "branch", "chapter", "section", "division", "unit", "desk", "team", "wing", "directorate", "department") || r.place(s, from, from+1) {
		return false
	}
	return s.tok(from).caps() && s.tok(from).kind == word || s.has(from, m.name, set("university ministry bank federation union network foundation association institute organisation organization agency council"))
}

// ownPart returns where the words for a part of a body begin behind the name of
// the body: "MMN Steering Committee"; 0 if a mention is none.
func (r *reader) ownPart(s *sentence, m orgMention) int {
	if m.name-m.i < 3 || !s.tok(m.i).caps() {
		return 0
	}
	if _, end, ok := find(s, m.i, r.gaz.orgs); !(ok && end == m.i+1) && !r.isDefined(s.tok(m.i).text) {
		return 0
	}
	if !s.allOf(m.i+1, m.name, set("steering executive central committee board of directors secretariat working group advisory council women’s women's youth legal task force coordinating management standing")) {
		return 0
	}
	return m.i + 1
}

// bodyOf reads the body to which a part belongs that is all a role names: "At the
// OTIT, Mr. A, Head of the Counselling Section, …", "Director of the Department of
// Labour at the Ministry". The part then stays in the role.
func (r *reader) bodyOf(s *sentence, p *personMention) {
	if p.role == "" || p.org.IsZero() || p.org.Short != "" || p.org.ID != "" {
		return
	}
	words := strings.Fields(strings.ToLower(p.org.Name))
	if last := words[len(words)-1]; !(withinWords[last] && !set("commission council school institute programme program project committee board")[last]) && !set("department division section unit office bureau")[words[0]] {
		return
	}
	if s.tok(0).is("at", "from", "for") {
		if first, ok := s.orgs[1+s.article(1)]; ok && s.tok(first.j).is(",") && first.j < p.i && p.i-first.j < 4 && !sameOrg(first.org, p.org) {
			p.role, p.org = clean(p.role+" of the "+p.org.Name), first.org
			return
		}
	}
	for k := p.nj; k < p.j && k < len(s.toks); k++ {
		m, ok := s.orgs[k]
		if !ok || !sameOrg(m.org, p.org) {
			continue
		}
		outer := Organisation{}
		end := p.j
		if at := m.j; s.tok(at).is("of", "at", "in", "within", "under") && s.tok(at+1).is("the") && bodies[s.tok(at+2).low] && (s.tok(at+3).kind == mark || !s.tok(at+3).upper) {
			outer, end = r.justNamed(s, at+2, at+3), at+3
		}
		if !outer.IsZero() {
			p.role, p.org, p.j = clean(p.role+" of the "+s.words(m.i, m.name)), outer, max(p.j, end)
		}
		return
	}
}

// listedBody returns the end of a body whose name lists what it is about, token k
// being its first: "the Consumerism, Human Resources and Unity Committee".
func (r *reader) listedBody(s *sentence, k int) int {
	commas := 0
	for j := k; j < k+14 && j < len(s.toks); j++ {
		t := s.tok(j)
		if t.is(",") {
			if j == k || !s.tok(j+1).upper && !s.tok(j+1).is("and") {
				return 0
			}
			commas++
			continue
		}
		if t.is("and", "&", "of", "the", "on", "for") && j > k {
			continue
		}
		if t.kind != word || !t.upper || s.isPerson(j) || roleWords[t.low] && !orgWords[t.low] {
			return 0
		}
		if t.is("committee", "commission", "council", "department", "division", "board", "bureau", "directorate", "office") {
			if commas > 0 && s.tok(j-1).upper && (s.tok(j-2).is("and", "&") || s.tok(j-3).is("and", "&")) {
				return j + 1
			}
			return 0
		}
		if _, ok := s.orgs[j]; ok && commas == 0 {
			return 0
		}
	}
	return 0
}

// homely reports whether token i is what somebody is at work or at home, so that
// "from" behind it names a place rather than an employer.
func (s *sentence) homely(i int) bool {
	t := s.tok(i)
	return !t.upper && (workerWords[t.low] || isCalling(t.low) && !roleWords[t.low] || t.is("mother", "wife", "widow", "villager", "farmer", "student", "students", "mothers", "farmers", "villagers", "driver", "tailor", "seamstress", "maid", "cleaner", "welder", "leader"))
}

// realm returns the end of an ambassador's role that names both countries in
// full, the first of which stands at token k; 0 if it is none.
func (r *reader) realm(s *sentence, start, head, k int) int {
	if !s.has(start, head, set("ambassador ambassadors consul consul-general consuls envoy")) || !s.tok(k).is("kingdom", "republic", "union", "socialist", "federal", "commonwealth", "people’s", "people's", "people", "lao", "state") || !s.tok(k).upper {
		return 0
	}
	end := k
	for end < k+14 && (s.tok(end).upper && s.tok(end).kind == word && !s.isPerson(end) || s.tok(end).is("of", "the", "to", "and") && (s.tok(end+1).upper || s.tok(end+1).is("the"))) {
		end++
	}
	return end
}
