package extract

// within are words for a part of an organisation that bears a name of its own.
var withinWords = set(`committee department division section unit team group wing caucus desk branch chapter office council board bureau directorate faculty commission secretariat programme program project school institute`)

// innerOrg returns the organisation that a mention of one of its parts ends
// with, and where "of" stands before it: "the Women’s Committee of CTUM".
func (r *reader) innerOrg(s *sentence, m orgMention) (orgMention, int) {
	for k := m.i + 1; k+1 < m.name; k++ {
		if !s.tok(k).is("of", "at") || !withinWords[s.tok(k-1).low] || k-m.i < 2 && !subUnits[s.tok(k-1).low] {
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
