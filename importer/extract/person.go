package extract

import (
	"strings"
)

// A personMention is a person as a sentence names them.
type personMention struct {
	i, j   int // with honorific, and with the role behind the name
	ni, nj int // the name
	name   string
	honor  string
	role   string
	org    Organisation
	title  string // "Associate Professor", before the name
	many   bool   // the role is said of several people
	owns   bool
	sure   Sureness
}

// courtesies come before a name and say nothing of what somebody does.
var courtesies = set(`mr mr. ms ms. mrs mrs. miss mx mx. dr dr. hon hon. honourable honorable h.e h.e. excellency excellencies daw u ko ma khun ajarn ajahn
	kru oknha lok chumteav neak fr. father sister sr. rev. reverend ven. venerable mdm madam madame datuk dato’ atty atty. engr. sayadaw nai`)

// titles come before a name and say what somebody is.
var titles = map[string]string{
	"prof": "Professor", "prof.": "Professor", "professor": "Professor", "ambassador": "Ambassador", "amb.": "Ambassador",
	"senator": "Senator", "sen.": "Senator", "judge": "Judge", "justice": "Justice",
}

// ambiguous courtesies are words or names as well.
var ambiguous = set(`u ko ma sister father nai khun hon senator professor ambassador lok neak miss kru judge justice`)

// findPeople notes the people whom an honorific announces.
func (s *sentence) findPeople() {
	for i := 0; i < len(s.toks); i++ {
		if p, ok := s.honoured(i); ok {
			s.persons = append(s.persons, p)
			i = p.nj - 1
		}
	}
}

// honoured reads a person with an honorific at token i.
func (s *sentence) honoured(i int) (personMention, bool) {
	p := personMention{i: i, sure: 0.95}
	j := i
	var honors []string
	for n := 0; n < 6; n++ {
		t := s.tok(j)
		switch {
		case !t.upper && !(n > 0 && t.is(",")):
		case t.is("her", "his", "their") && s.tok(j+1).is("excellency", "excellencies", "royal"):
			honors = append(honors, t.text+" "+s.tok(j+1).text)
			j += 2
			continue
		case t.is("associate", "assistant", "assoc.", "asst.", "assoc", "asst", "emeritus") && titles[s.tok(j+1).low] != "":
			prefix := map[byte]string{'s': "Associate", 'm': "Emeritus"}[t.low[1]]
			if t.is("assistant", "asst.", "asst") {
				prefix = "Assistant"
			}
			if t.is("associate", "assoc", "assoc.") {
				prefix = "Associate"
			}
			p.title = prefix + " Professor"
			j += 2
			continue
		case titles[t.low] != "":
			if p.title == "" {
				p.title = titles[t.low]
			}
			j++
			continue
		case courtesies[t.low]:
			if len(t.text) <= 2 && t.is("u", "ko", "ma") && s.tok(j+1).kind == mark {
				return p, false
			}
			honors = append(honors, t.text)
			j++
			continue
		case t.is(",") && n > 0 && (courtesies[s.tok(j+1).low] || titles[s.tok(j+1).low] != "") && s.tok(j+1).upper && s.tok(j-1).is("excellency"):
			j++
			continue
		}
		break
	}
	if j == i {
		return p, false
	}
	first := s.tok(j)
	if ambiguous[strings.TrimSuffix(s.tok(j-1).low, ".")] && (nonName[first.low] || orgWords[first.low] || functionWords[first.low] || roleWords[first.low]) {
		return p, false
	}
	p.honor = clean(strings.Join(honors, " "))
	p.ni, p.nj = j, s.nameEnd(j, true)
	if p.nj == p.ni {
		return p, false
	}
	if p.nj-p.ni == 1 && len(honors) > 1 && s.tok(p.ni-1).is("khun", "ma", "ko", "u", "nai", "lok", "kru") {
		p.ni-- // "Mr. Khun Tharo": it is a part of the name
		honors = honors[:len(honors)-1]
		p.honor = clean(strings.Join(honors, " "))
	}
	p.name = clean(s.words(p.ni, p.nj))
	p.owns = s.tok(p.nj - 1).owns
	p.j = p.nj
	return p, true
}

// particles stand within names in small letters.
var particles = set("bin binti bint de da van der den al la von du dos y")

// nameEnd returns the token behind the name that begins at i.
func (s *sentence) nameEnd(i int, honoured bool) int {
	j := i
	for j < len(s.toks) && j-i < 6 {
		t := s.tok(j)
		if t.kind != word {
			break
		}
		if particles[t.low] && !t.upper && j > i && s.tok(j+1).upper {
			j++
			continue
		}
		if !t.upper || !latin(t.text) {
			break
		}
		if j > i && (courtesies[t.low] && !t.is("ko", "ma", "u", "nai") || t.caps() && len(t.text) >= 3 && !s.tok(i).caps()) {
			break
		}
		if j > i && (roleStarts[t.low] || orgWords[t.low] || months[t.low] != 0 && !t.is("may", "mar", "jun", "jan")) {
			break
		}
		if roleWords[t.low] && (!honoured || j > i) && !t.is("mp", "judge", "fisher", "leader", "teacher", "student", "worker", "migrant", "partner", "author", "chief", "head", "poet", "singer", "doctor") {
			break
		}
		if !honoured && (nonName[t.low] || functionWords[t.low] || orgWords[t.low] || roleWords[t.low] || eventNouns[t.low] || things[t.low]) {
			return i
		}
		if _, is := weekdays[t.low]; is && j > i && len(t.low) > 3 {
			break
		}
		j++
		if t.owns {
			break
		}
	}
	return j
}

// findBarePeople notes people whom no honorific announces: two to four words
// in capitals that are no other name, with a role or an organisation behind
// or a role before them.
func (r *reader) findBarePeople(s *sentence) {
	var found []personMention
	for i := 0; i < len(s.toks); i++ {
		if p, ok := s.personAt(i); ok {
			i = p.j - 1
			continue
		}
		if m, ok := s.orgs[i]; ok {
			i = m.j - 1
			continue
		}
		t := s.tok(i)
		if t.kind != word || !t.upper || t.caps() || functionWords[t.low] {
			continue
		}
		j := s.nameEnd(i, false)
		if j == i || j-i > 4 {
			i = max(i, j-1)
			continue
		}
		p := personMention{i: i, j: j, ni: i, nj: j, name: clean(s.words(i, j)), owns: s.tok(j - 1).owns}
		_, known := r.gaz.people[strings.ToLower(p.name)]
		if j-i == 1 && !known || r.place(s, i, j) || r.gaz.demonyms[t.low] != "" && !known {
			i = j - 1
			continue
		}
		p.sure = r.bare(s, i, j)
		if known {
			p.sure = 0.9
		}
		if p.sure > 0 {
			found = append(found, p)
		}
		i = j - 1
	}
	if len(found) > 0 {
		s.persons = mergeMentions(s.persons, found)
	}
}

func mergeMentions(a, b []personMention) []personMention {
	out := make([]personMention, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].i < b[0].i {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// place reports whether a place of the gazetteer begins within tokens i to j.
func (r *reader) place(s *sentence, i, j int) bool {
	for k := i; k < j; k++ {
		if _, _, ok := find(s, k, r.gaz.places); ok {
			return true
		}
	}
	return false
}

// bare says how sure it is that tokens i to j, all in capitals, are somebody's
// name.
func (r *reader) bare(s *sentence, i, j int) Sureness {
	next := s.tok(j)
	switch {
	case next.is(","):
		if d := r.describe(s, j+1); d.ok && d.role != "" {
			return 0.85
		} else if d.ok && !d.org.IsZero() && (saying[s.tok(d.end).low] || s.tok(d.end).is(",") && saying[s.tok(d.end+1).low] || s.labelled()) {
			return 0.8
		}
		if s.tok(j + 1).is("who") {
			return 0.6
		}
	case next.is("("):
		if m, ok := s.orgs[j+1]; ok && s.tok(m.j).is(")", ",") {
			return 0.85
		}
		if d := r.describe(s, j+1); d.ok && (d.role != "" || !d.org.IsZero()) && s.tok(d.end).is(")") {
			return 0.85
		}
		if j-i >= 2 && (s.labelled() || s.has(0, i, speechNouns)) {
			if _, _, ok := r.calling(s, j); ok {
				return 0.75
			}
			if _, end, ok := find(s, min(j+1, len(s.toks)-1), r.gaz.places); ok && s.tok(end).is(")") {
				return 0.75
			}
			if m, ok := r.unknownOrg(s, j+1); ok && s.tok(m.j).is(")") {
				return 0.75
			}
		}
	case next.is("from", "of", "at", "representing", "with") && !s.tok(i-1).is("of", "the", "in", "on", "from"):
		if d := r.describe(s, j); d.ok && !d.org.IsZero() && (s.anySaying(d.end, d.end+4) || saying[s.tok(i-1).low] || s.tok(i-1).is("by", "and", ",", ":", "–", "-", "were", "was", "included", "with") || i == 0) {
			return 0.8
		}
	case next.is("–", "-", "—") && s.labelled():
		return 0.7
	}
	if d, _ := r.before(s, i); d.ok && d.role != "" {
		return 0.85
	}
	if _, ok := r.owner(s, i); ok && j-i >= 2 && (saying[next.low] || s.labelled()) {
		return 0.75
	}
	if speaking[next.low] && !next.is("set", "put", "continued", "followed", "hosted", "paid", "updates", "reviews", "reading", "showed") && i == 0 && j-i >= 2 {
		return 0.6
	}
	if saying[next.low] && !s.tok(i-1).is("the", "of", "“") && next.is("said", "told", "noted", "explained", "added", "stated", "shared", "presented", "spoke", "urged", "emphasised", "emphasized", "stressed", "moderated", "facilitated", "opened", "highlighted", "welcomed", "warned", "remarked", "reported", "argued", "outlined", "recalled", "described", "concluded", "discussed", "pointed", "testified") {
		return 0.6
	}
	return 0
}

func (s *sentence) anySaying(i, j int) bool { return s.has(i, j, saying) }

// labelled reports whether a sentence is a line like "Moderator: …".
func (s *sentence) labelled() bool {
	for i := 0; i < 6 && i < len(s.toks); i++ {
		if s.toks[i].is(":") {
			return true
		}
	}
	return s.block != nil && s.block.Item
}

// A description is what stands behind or before a name.
type description struct {
	ok   bool
	role string
	org  Organisation
	end  int
	many bool
}

// describe reads a role and an organisation from token i on: "the Vice
// Chairperson of the MOEAF", "MMN Regional Coordinator", "migrant returnees
// from Japan", "from Kyoto University".
func (r *reader) describe(s *sentence, i int) description {
	d := description{end: i}
	j := i
	if s.tok(j).is("who") && s.tok(j+1).is("is", "was") {
		j += 2
	}
	if s.tok(j).is("the", "a", "an", "our", "its", "also", "currently", "both", "all", "and") && !(s.tok(j).is("and") && i > 0 && !s.tok(i-1).is(",")) {
		j++
	}
	if m, ok := s.orgs[j]; ok {
		d.org = m.org
		j = m.j
		end := r.roleEnd(s, j)
		if end == j {
			// An organisation alone: "Kyoto University".
			d.end, d.ok = j, true
			d.end = r.whereabouts(s, d.end)
			return d
		}
		d.role = s.words(j, end)
		d.end, d.ok, d.many = end, true, plural(s, j, end)
		if s.tok(end).is("for", "of", "in", "on") && !r.orgNext(s, end+1) {
			d.end = r.topic(s, end)
			d.role = s.words(j, d.end)
		}
		d.role = clean(d.role)
		return d
	}
	for s.tok(j).kind == number || numberWords[s.tok(j).low] > 0 && roleWords[s.tok(j+1).low] || s.tok(j).is("two", "three", "four", "five", "several") {
		j++ // "two former factory workers"
	}
	start := j
	end := r.roleEnd(s, j)
	if end == j && s.tok(j-1).is("a", "an") {
		end = r.trade(s, j)
	}
	if end == j && !s.tok(j).is("from", "of", "at", "representing", "with", "for") {
		return d
	}
	d.many = plural(s, start, end)
	j = end
	roleTo := end
loop:
	for n := 0; n < 6; n++ {
		t := s.tok(j)
		switch {
		case t.is("of", "from", "at", "for", "with", "in", "to", "on", "representing", "within", "under"):
			k := j + 1
			for s.tok(k).is("the", "a", "an", "its", "their") {
				k++
			}
			m, ok := s.orgs[k]
			if !ok {
				if m, ok = r.unknownOrg(s, k); !ok || t.is("on", "in", "to", "under") {
					ok = false
				}
			}
			if ok && t.is("on", "to") && roleTo > start {
				ok = false
			}
			if roleTo > start && t.is("of", "for") && r.office(s, start, roleTo, m) {
				end := r.portfolio(s, r.topic(s, j))
				roleTo, j = end, end
				continue
			}
			if _, sure := s.orgs[k]; ok && !sure && (s.tok(k).is("state") || s.tok(m.j-1).is("province", "district", "township", "city", "state", "region", "division", "commune") || s.tok(m.j).is("at", "of", "from", "with", ",", "for") && r.orgNext(s, m.j+1)) {
				ok = false // "Head of International Relations at the …", "Secretary of State of the …"
			}
			if ok {
				next := m.j
				if s.tok(next).is("from", "of", "at", "in", "within", ",", "under") {
					next++
					for s.tok(next).is("the") {
						next++
					}
				}
				if outer, is := s.orgs[next]; is && next > m.j && m.sub && roleTo > start {
					roleTo, j = m.name, m.j
					if s.tok(m.j).is(",") {
						d.org, j = outer.org, outer.j
						break loop
					}
					continue
				}
				d.org, j = m.org, m.j
				if outer, is := s.orgs[next]; is && next > m.j && s.tok(m.j).is(",") && (outer.org.Kind == "government" || strings.Contains(outer.org.Name, "Government")) {
					j = outer.j
				}
				break loop
			}
			if roleTo == start && !t.is("representing") {
				break loop // "from Thailand" is no role
			}
			end := r.topic(s, j)
			if end == j {
				break loop
			}
			roleTo, j = end, end
			continue
		case t.is("("):
			if m, ok := s.orgs[j+1]; ok && s.tok(m.j).is(")") {
				d.org, j = m.org, m.j+1
			} else if roleTo > start {
				break loop
			}
			break loop
		case t.is(",") && roleTo > start:
			k := j + 1
			if s.tok(k).is("the") {
				k++
			}
			if m, ok := s.orgs[k]; ok {
				if after := r.roleEnd(s, m.j); after > m.j { // another person's role or ours
					break loop
				}
				if m.sub {
					if outer, is := s.orgs[m.j+1]; is && s.tok(m.j).is(",") {
						roleTo = m.name
						d.org, j = outer.org, outer.j
						break loop
					}
				}
				d.org, j = m.org, m.j
				break loop
			}
			if end := r.roleEnd(s, k); end > k && s.tok(k).upper && !s.isPerson(k) {
				roleTo, j = end, end
				continue
			}
			if m, ok := r.unknownOrg(s, k); ok && !s.isPerson(k) && (s.tok(m.j).is(",", ".", ";", ")", "and") || saying[s.tok(m.j).low] || m.j >= len(s.toks)) {
				d.org, j = m.org, m.j
			}
			break loop
		}
		break loop
	}
	if roleTo > start {
		d.role = strings.Trim(clean(s.words(start, roleTo)), ", ")
	}
	d.end = j
	d.ok = d.role != "" || !d.org.IsZero()
	if d.ok {
		d.end = r.whereabouts(s, j)
	}
	return d
}

// office reports whether what stands behind "of" belongs to the office and is
// no employer: "Minister for Labour", "Member of Parliament for Klang".
func (r *reader) office(s *sentence, i, j int, m orgMention) bool {
	if s.has(i, j, set("minister ministers governor mayor")) {
		return m.j == 0 || !s.has(m.i, m.j, set("ministry department"))
	}
	return s.has(i, j, set("member members")) && s.has(m.i, m.j, set("parliament house senate assembly"))
}

// portfolio goes on over a list: "Labour, Immigration and Population".
func (r *reader) portfolio(s *sentence, j int) int {
	k := j
	for n := 0; n < 4 && s.tok(k).is(",") && s.tok(k+1).upper && s.tok(k+1).kind == word && !s.isPerson(k+1); n++ {
		k += 2
		for s.tok(k).upper && s.tok(k).kind == word {
			k++
		}
	}
	if k > j && s.tok(k).is("and") && s.tok(k+1).upper {
		k += 2
		for s.tok(k).upper && s.tok(k).kind == word {
			k++
		}
		return k
	}
	for s.tok(j).is("for", "from") && s.tok(j+1).upper && s.tok(j+1).kind == word {
		j = r.topic(s, j)
	}
	return j
}

// whereabouts skips a place behind an organisation: ", Myanmar".
func (r *reader) whereabouts(s *sentence, j int) int {
	for n := 0; n < 2; n++ {
		if s.tok(j).is(",", "in") {
			if _, end, ok := find(s, j+1, r.gaz.places); j+1 < len(s.toks) && ok {
				j = end
				continue
			}
		}
		break
	}
	return j
}

func (s *sentence) isPerson(i int) bool {
	_, ok := s.personAt(i)
	return ok
}

func (r *reader) orgNext(s *sentence, i int) bool {
	for s.tok(i).is("the") {
		i++
	}
	_, ok := s.orgs[i]
	return ok
}

// unknownOrg takes words in capitals for an organisation where one must
// stand: behind a role and "of".
func (r *reader) unknownOrg(s *sentence, i int) (orgMention, bool) {
	if m, ok := s.orgs[i]; ok {
		return m, true
	}
	j := i
	for j < len(s.toks) && j-i < 8 {
		t := s.tok(j)
		if t.kind != word || !t.upper {
			if t.is("for", "of", "and") && j > i && s.tok(j+1).upper && s.tok(j+1).kind == word && !s.isPerson(j+1) && !t.is("and") {
				j++
				continue
			}
			break
		}
		if functionWords[t.low] || months[t.low] != 0 || s.isPerson(j) {
			break
		}
		j++
		if t.owns {
			break
		}
	}
	if j == i || r.place(s, i, j) && j-i <= 2 && !s.tok(i).mixed() && !r.branch(s, i, j) || j-i == 1 && (roleWords[s.tok(i).low] || r.gaz.demonyms[s.tok(i).low] != "" || len(s.tok(i).text) < 3) {
		return orgMention{}, false
	}
	for k := i; k < j; k++ {
		if roleWords[s.tok(k).low] && !s.tok(k).is("workers", "migrant", "migrants", "worker", "women") || eventNouns[s.tok(k).low] && !s.tok(k).is("exchange", "forum", "assembly", "congress") {
			return orgMention{}, false
		}
	}
	if j-i == 1 && !s.tok(i).caps() && r.gaz.demonyms[s.tok(i).low] == "" && nonName[s.tok(i).low] {
		return orgMention{}, false
	}
	m := orgMention{i: i, j: j, name: j, org: Organisation{Name: clean(s.words(i, j))}, sure: 0.7}
	r.bracket(s, &m)
	return m, true
}

// branch reports whether tokens i to j name the part of something in a country:
// "Caritas Cambodia", but not "Northern Thailand".
func (r *reader) branch(s *sentence, i, j int) bool {
	if j-i != 2 || nonName[s.tok(i).low] || s.tok(i).is("upper", "lower", "central", "rural", "mainland") || r.place(s, i, i+1) || r.gaz.demonyms[s.tok(i).low] != "" {
		return false
	}
	n, end, ok := find(s, i+1, r.gaz.places)
	return ok && !n.city && end == j
}

// roleEnd returns the token behind a role that begins at i, i if none does.
func (r *reader) roleEnd(s *sentence, i int) int {
	head, j := -1, i
	for j < len(s.toks) && j-i < 9 {
		t := s.tok(j)
		if t.is("-", "/", "&") && j > i {
			j++
			continue
		}
		if t.is("and") && j > i && head >= 0 && (roleWords[s.tok(j+1).low] || roleWords[s.tok(j+2).low] && !s.tok(j+1).is("the", "a", "mr.", "ms.")) && !s.isPerson(j+1) && s.tok(j+1).upper == s.tok(head).upper {
			j++
			continue
		}
		if t.kind != word || t.is("of", "from", "at", "for", "with", "in", "to", "on", "who", "which", "that", "and", "the", "representing", "was", "is", "were", "as", "by", "or", "also", "then") || s.isPerson(j) || saying[t.low] && head >= 0 {
			break
		}
		if saying[t.low] && !t.upper {
			break
		}
		if roleWords[t.low] {
			head = j
		} else if m, ok := s.orgs[j]; ok && head >= 0 && m.j > j {
			break
		} else if next := s.tok(j + 1); head >= 0 && !t.upper && !next.upper && roleWords[next.low] && !functionWords[t.low] && s.tok(head).is("migrant", "former", "worker", "women", "youth", "community") {
			// "migrant construction worker"
		} else if head >= 0 && !t.upper {
			// Words in small letters behind the head belong to something else.
			break
		}
		j++
		if t.owns {
			return i
		}
	}
	if head < 0 {
		return i
	}
	// In capitals, what follows the head belongs to it ("Secretary General").
	end := head + 1
	for end < j && s.tok(end).is("general", "emeritus", "elect") {
		end++
	}
	return end
}

// trade returns the end of a calling that the vocabulary does not know, behind
// "a" or "an": "a psychiatrist at …".
func (r *reader) trade(s *sentence, i int) int {
	j := i
	for j < len(s.toks) && j-i < 4 && s.tok(j).kind == word && !s.tok(j).upper && !functionWords[s.tok(j).low] && !saying[s.tok(j).low] {
		j++
	}
	if t := s.tok(j); j > i && (t.is("at", "from", "with") || t.is("of", "for") && r.orgNext(s, j+1)) && s.tok(j+1).kind == word {
		return j
	}
	return i
}

func plural(s *sentence, i, j int) bool {
	for k := i; k < j; k++ {
		if t := s.tok(k); roleWords[t.low] && strings.HasSuffix(t.low, "s") && roleWords[strings.TrimSuffix(t.low, "s")] {
			return k == j-1 || !s.tok(k+1).upper
		}
	}
	return false
}

// topic returns the end of a connector and what it governs: "from Japan", "of
// Programmes", "on migration".
func (r *reader) topic(s *sentence, i int) int {
	j := i + 1
	for j < len(s.toks) && j-i < 8 {
		t := s.tok(j)
		if t.kind != word || saying[t.low] && j > i+1 && !t.upper || t.is("of", "from", "at", "for", "with", "in", "who", "which", "that", "and", "was", "were", "is", "then", "also", "by") {
			if t.is("and") && s.tok(j+1).upper && s.tok(j-1).upper && !s.isPerson(j+1) && !r.beginsOrg(s, j+1) {
				j += 2
				continue
			}
			break
		}
		if s.isPerson(j) {
			break
		}
		j++
	}
	if j == i+1 {
		return i
	}
	return j
}

// before reads a role that stands before a name: "the Vice Chairperson of the
// MOEAF, Mr. …", "MMN Regional Coordinator …".
func (r *reader) before(s *sentence, i int) (description, int) {
	end := i
	if s.tok(end - 1).is(",") {
		end--
	}
	for start := end - 1; start >= 0 && start >= end-14; start-- {
		t := s.tok(start)
		if t.kind == mark && !t.is(",", "(", ")", "-", "&", "/") || s.isPerson(start) || saying[t.low] && !t.upper {
			break
		}
		if t.is(",") && start < end-1 && !s.has(start+1, end, roleWords) {
			continue
		}
		if prev := s.tok(start - 1); start > 0 && prev.kind == word && !prev.is("by", "with", "and", "from", "the", "a", "an", "of", "to", "as", "while", "when", "that", "where", "including", "involving", "featuring", "for", "then") && !saying[prev.low] && !s.tok(start-1).is(",") {
			continue
		}
		if !t.upper && !t.is("the", "a", "an", "our", "former") && !roleWords[t.low] {
			continue
		}
		if prev := s.tok(start - 1); prev.is("of", "from", "for", "the") && start > 0 && !(prev.is("the")) {
			continue
		}
		d := r.describe(s, start)
		if d.ok && d.role != "" && d.end == end && s.has(start, end, roleWords) {
			return d, start
		}
	}
	return description{}, i
}

// attribute gives each person of a sentence the role and the organisation
// that the sentence states.
func (r *reader) attribute(s *sentence) {
	for n := range s.persons {
		p := &s.persons[n]
		j := p.nj
		if s.tok(j).is("(") && s.tok(j+1).is("left", "right", "centre", "center", "middle", "standing", "seated", "pictured") {
			for s.tok(j).kind == word || !s.tok(j).is(")") && j < len(s.toks) {
				j++
			}
			j++
		}
		var d description
		switch t := s.tok(j); {
		case t.is("("):
			if _, end, is := find(s, min(j+1, len(s.toks)-1), r.gaz.places); is && s.tok(end).is(")") {
				d = description{} // "(Lao PDR)" is where somebody is from
			} else if m, ok := s.orgs[j+1]; ok && s.tok(m.j).is(")") {
				d = description{ok: true, org: m.org, end: m.j + 1}
			} else if d = r.describe(s, j+1); d.ok && s.tok(d.end).is(")") {
				d.end++
			} else if _, end, is := find(s, min(j+3, len(s.toks)-1), r.gaz.places); is && s.tok(j+1).caps() && s.tok(j+2).is(",") && s.tok(end).is(")") {
				d = description{ok: true, org: Organisation{Name: s.tok(j + 1).text}, end: end + 1} // "(OKUP, Bangladesh)"
			} else if role, end, ok := r.calling(s, j); ok {
				d = description{ok: true, role: role, end: end}
			} else if o, end, ok := s.bracketed(j); ok {
				d = description{ok: true, org: o, end: end}
			} else if m, ok := r.unknownOrg(s, j+1); ok && s.tok(m.j).is(")") && !s.tok(j+1).is("left", "right", "centre", "center", "via") {
				d = description{ok: true, org: m.org, end: m.j + 1}
			} else {
				d = description{}
			}
			if d.ok && d.role == "" && s.tok(d.end).is(",") {
				if more := r.describe(s, d.end+1); more.ok && more.role != "" && more.org.IsZero() {
					d.role, d.end = more.role, more.end
				}
			}
		case t.is(","):
			if !s.isPerson(j + 1) {
				d = r.describe(s, j+1)
				if d.ok && d.role == "" && !s.closes(d.end) {
					d = description{} // one more name of a list
				}
				if m, ok := r.unknownOrg(s, j+1); !d.ok && ok && s.labelled() && m.j-m.i >= 2 && (m.j >= len(s.toks) || s.tok(m.j).is(";", ".")) {
					d = description{ok: true, org: m.org, end: m.j}
				}
				if t := s.tok(j + 1); !d.ok && t.caps() && len(t.text) > 2 && s.tok(j+2).is(",", ".", ";", ")") {
					d = description{ok: true, org: Organisation{Name: t.text}, end: j + 2} // an abbreviation nobody knows
				}
			}
		case t.is("–", "-", "—", ":") && s.labelled():
			d = r.describe(s, j+1)
		case t.is("from", "of", "at", "with", "representing", "for"):
			d = r.describe(s, j)
		case t.is("who") && s.tok(j+1).is("is", "was"):
			d = r.describe(s, j)
		case t.is("as") && s.tok(j+1).is("the", "a"):
		}
		if !d.ok {
			if b, start := r.before(s, p.i); b.ok {
				d, d.end = b, p.nj
				p.i = start
			} else if m, ok := r.owner(s, p.i); ok {
				d = description{ok: true, org: m.org, end: p.nj}
			} else if m, ok := r.speaksFor(s, p.i); ok {
				d = description{ok: true, org: m.org, end: p.nj}
			} else if m, ok := r.worksFor(s, p.nj); ok {
				d = description{ok: true, org: m.org, end: m.j}
			}
		}
		if !d.ok || d.org.IsZero() {
			for k := j; k < j+4 && k < len(s.toks); k++ { // "spoke on behalf of …"
				if after, ok := s.follows(k, "on behalf of"); ok {
					for s.tok(after).is("the") {
						after++
					}
					if m, ok := s.orgs[after]; ok {
						d.ok, d.org, d.end = true, m.org, max(d.end, p.nj)
					}
				}
			}
		}
		if d.ok {
			p.role, p.org, p.many, p.j = d.role, d.org, d.many, max(p.nj, d.end)
		}
	}
	// What is said of several people counts for each.
	for n := len(s.persons) - 2; n >= 0; n-- {
		p, next := &s.persons[n], &s.persons[n+1]
		gap := next.i - p.nj
		joined := gap == 1 && s.tok(p.nj).is("and", ",", "&") || gap == 2 && s.tok(p.nj).is(",") && s.tok(p.nj+1).is("and")
		if joined && p.role == "" && p.org.IsZero() && (next.many || s.tok(next.nj).is("from", "of") && next.role == "" && s.tok(p.nj).is("and")) {
			p.role, p.org, p.many = next.role, next.org, next.many
		}
	}
	for n := 1; n < len(s.persons); n++ {
		p, prev := &s.persons[n], s.persons[n-1]
		if prev.i < prev.ni && prev.many && p.role == "" && p.org.IsZero() && s.joined(n-1) {
			p.role, p.org, p.many = prev.role, prev.org, true
		}
	}
	for n := range s.persons {
		p := &s.persons[n]
		if p.role == "" && p.title != "" {
			p.role = p.title
		}
	}
}

// owner reads "Mekong Migration Network’s Kiatisak Nualsri".
func (r *reader) owner(s *sentence, i int) (orgMention, bool) {
	if !s.tok(i - 1).owns {
		return orgMention{}, false
	}
	return s.orgEnding(i)
}

// calling reads words in small letters that fill brackets behind a name, with
// a place perhaps: "(seamstress, Mae Sot)".
func (r *reader) calling(s *sentence, i int) (role string, end int, ok bool) {
	j := i + 1
	for j < i+5 && s.tok(j).kind == word && !s.tok(j).upper && !functionWords[s.tok(j).low] && !s.tok(j).is("left", "right", "centre", "center", "middle", "standing", "seated", "pictured", "via", "online") {
		j++
	}
	if j == i+1 || !s.tok(i).is("(") {
		return "", 0, false
	}
	role = s.words(i+1, j)
	if s.tok(j).is(",") && j+1 < len(s.toks) {
		if _, after, is := find(s, j+1, r.gaz.places); is {
			j = after
		}
	}
	return role, j + 1, s.tok(j).is(")")
}

// speaksFor reads the organisation before a name: "Representing MMN, Ms. …",
// "On behalf of the union, …".
func (r *reader) speaksFor(s *sentence, i int) (orgMention, bool) {
	if !s.tok(i - 1).is(",") {
		return orgMention{}, false
	}
	m, ok := s.orgEnding(i - 1)
	if !ok {
		return m, false
	}
	k := m.i - 1
	if s.tok(k).is("the") {
		k--
	}
	return m, s.tok(k).is("representing", "from") || s.tok(k).is("of") && s.tok(k-1).is("behalf") || s.tok(k).is("for") && k == 0
}

// worksFor reads the organisation of a relative clause behind a name: ", who
// represents the Vietnamese NGO LIGHT".
func (r *reader) worksFor(s *sentence, j int) (orgMention, bool) {
	if s.tok(j).is(",") {
		j++
	}
	if !s.tok(j).is("who") || !s.tok(j+1).is("represents", "represented", "heads", "leads", "directs", "chairs", "runs", "founded", "coordinates", "works", "worked", "manages", "volunteers") {
		return orgMention{}, false
	}
	for k := j + 2; k < j+9 && k < len(s.toks); k++ {
		if m, ok := s.orgs[k]; ok {
			return m, true
		}
		if t := s.tok(k); t.kind == mark || saying[t.low] || s.isPerson(k) {
			break
		}
	}
	return orgMention{}, false
}

// bracketed takes words in capitals that fill brackets for an organisation.
func (s *sentence) bracketed(i int) (Organisation, int, bool) {
	j, words := i+1, 0
	for ; j < len(s.toks) && j < i+12 && !s.tok(j).is(")"); j++ {
		t := s.tok(j)
		switch {
		case t.kind != word && !t.is("&", "-", "/"), roleWords[t.low] && !orgWords[t.low] && !t.is("workers", "migrant", "migrants", "women"):
			return Organisation{}, 0, false
		case t.upper:
			words++
		case t.kind == word && !t.is("of", "for", "and", "the", "in", "on", "de"):
			return Organisation{}, 0, false
		}
	}
	if !s.tok(j).is(")") || words < 2 || !s.tok(i+1).upper {
		return Organisation{}, 0, false
	}
	return Organisation{Name: clean(s.words(i+1, j))}, j + 1, true
}

// closes reports whether what stands at token i ends an insertion.
func (s *sentence) closes(i int) bool {
	t := s.tok(i)
	return i >= len(s.toks) || t.is(",", ".", ";", ")", ":", "and", "who") || saying[t.low]
}
