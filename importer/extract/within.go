package extract

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
		if subUnits[s.tok(m.i).low] && k > m.i+2 && s.has(from, m.name, set("university college academy ministry institute bank")) {
			in.org = Organisation{Name: clean(s.words(from, m.name)), Short: m.org.Short}
			return in, k // "the Faculty of Law of Hanoi University"
		}
	}
	return orgMention{}, 0
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
