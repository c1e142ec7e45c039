package extract

import (
	"strings"
)

// office reports whether what stands behind "of" belongs to the office and is
// no employer: "Minister for Labour", "Member of Parliament for Klang".
func (r *reader) office(s *sentence, i, j int, m orgMention) bool {
	if s.has(i, j, set("chief headman")) && m.sure < 0.8 && !s.has(m.i, m.j, orgWords) {
		return true // "chief of Pak Khlang"
	}
	if s.has(i, j, set("minister ministers governor mayor")) {
		return m.j == 0 || !s.has(m.i, m.j, set("ministry department administration office hall secretariat municipality")) && !(s.has(i, j, set("minister ministers")) && strings.HasPrefix(m.org.Name, "Ministry"))
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
	for k := i; k < i+3; k++ {
		if strings.HasSuffix(s.tok(k).low, "-based") && s.tok(k+1).upper {
			i = k + 1 // "Chiang Mai-based Consulate"
			if m, ok := s.orgs[i]; ok {
				return m, true
			}
		}
	}
	if _, end, ok := find(s, min(i, len(s.toks)-1), r.gaz.places); ok && s.tok(end-1).owns && s.tok(end).upper && i < len(s.toks) {
		i = end // "Malaysia’s Persatuan Sahabat Wanita"
		if m, ok := s.orgs[i]; ok {
			return m, true
		}
	}
	j := i
	for j < len(s.toks) && j-i < 8 {
		t := s.tok(j)
		if t.kind != word || !t.upper {
			if t.is("for", "of", "and", "&") && j > i && s.tok(j+1).upper && s.tok(j+1).kind == word && !s.isPerson(j+1) && !t.is("and") {
				j++
				continue
			}
			break
		}
		if functionWords[t.low] && !(t.is("an") && j > i) || months[t.low] != 0 || s.isPerson(j) {
			break
		}
		j++
		if t.owns {
			break
		}
	}
	if j > i && parishes[s.tok(j).low] && s.tok(j+1).is("of") && s.tok(j+2).upper && s.tok(j+2).kind == word {
		for j += 3; s.tok(j).upper && s.tok(j).kind == word && !s.isPerson(j); j++ { // "the Catholic parish of Kawaguchi"
		}
		m := orgMention{i: i, j: j, name: j, org: Organisation{Name: clean(s.words(i, j))}, sure: 0.7}
		return m, true
	}
	_, town, atTown := find(s, i, r.gaz.places)
	if j == i || strings.HasSuffix(s.tok(j-1).low, "-based") || r.place(s, i, j) && !(atTown && town < j && !nonName[s.tok(town).low]) && j-i <= 2 && !s.tok(i).mixed() && !r.branch(s, i, j) || j-i == 1 && (roleWords[s.tok(i).low] || r.gaz.demonyms[s.tok(i).low] != "" || len(s.tok(i).text) < 3) {
		return orgMention{}, false
	}
	for k := i; k < j; k++ {
		if roleWords[s.tok(k).low] && !s.tok(k).is("workers", "migrant", "migrants", "worker", "women") || k == j-1 && eventNouns[s.tok(k).low] && !s.tok(k).is("exchange", "forum", "assembly", "congress") {
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

// langNext reports whether a language stands at token i.
func (r *reader) langNext(s *sentence, i int) bool {
	_, ok := languages[s.tok(i).text]
	return ok
}

// parishes are bodies in small letters behind a name in capitals.
var parishes = set(`parish diocese church congregation monastery temple mosque convent seminary cooperative school clinic hospital shelter`)

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
		if t.is("and") && head < 0 && j > i && r.fields(s, i, j) {
			j++
			continue
		}
		if t.kind != word || t.is("of", "from", "at", "for", "with", "in", "to", "on", "who", "whose", "whom", "which", "that", "and", "the", "representing", "was", "is", "were", "as", "by", "or", "also", "then") || s.isPerson(j) || saying[t.low] && head >= 0 {
			break
		}
		if (saying[t.low] || head < 0 && speaking[t.low] && !t.is("chairing", "reading", "received")) && !t.upper {
			break
		}
		if isRole(t) {
			head = j
			if j = s.fixedRole(j); j > head {
				head = j
			}
		} else if m, ok := s.orgs[j]; ok && head >= 0 && m.j > j {
			break
		} else if next := s.tok(j + 1); head >= 0 && !t.upper && !next.upper && isRole(next) && !functionWords[t.low] && !t.is("whose", "whom") && (!workerWords[next.low] || workerWords[s.tok(head).low] || s.tok(head).is("women", "former", "youth", "community")) {
			// "chief medical officer"
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

// fields reports whether the "and" at token j stands within a role that opens
// with what it is about: "Research and Advocacy Officer".
func (r *reader) fields(s *sentence, i, j int) bool {
	end := j + 2
	for end < j+4 && s.tok(end).upper && !roleWords[s.tok(end).low] {
		end++
	}
	if !roleWords[s.tok(end).low] || !s.tok(end).upper {
		return false
	}
	for k := i; k <= end; k++ {
		if t := s.tok(k); k != j && (t.kind != word || !t.upper || s.isPerson(k) || s.hasOrg(k)) {
			return false
		}
	}
	return true
}

// fixedRole returns the last token of a role that "of" belongs to, the head of
// which is at token i: "Secretary of State", "Chief of Mission".
func (s *sentence) fixedRole(i int) int {
	if s.tok(i+1).is("of") && s.tok(i+2).is("mission", "party", "state", "office", "staff", "parliament", "delegation", "programmes", "programs", "operations", "section", "unit") && !s.tok(i+3).is("of") {
		return i + 2
	}
	return i
}

// plainRole is a role without the age and the years of who has it: "26-year-old
// returnee from Taiwan", "domestic worker of nineteen years’ standing".
func plainRole(role string) string {
	if before, after, ok := strings.Cut(role, "-year-old "); ok && !strings.Contains(before, " ") {
		role = after
	}
	for _, of := range []string{" of ", " with ", " for "} {
		if before, after, ok := strings.Cut(role, of); ok && len(before) > 0 {
			if years := strings.Fields(after); len(years) > 1 && len(years) < 5 && strings.HasPrefix(years[1], "years") {
				role = before
			}
		}
	}
	return role
}

// trade returns the end of a calling that the vocabulary does not know, behind
// "a" or "an": "a psychiatrist at …".
func (r *reader) trade(s *sentence, i int) int {
	j, start := i, i
	if s.tok(i).kind == number && s.tok(i+1).is("-") && strings.HasPrefix(s.tok(i+2).low, "year") {
		j, start = i+3, i+3 // "a 23-year-old weaver"
	}
	for j < len(s.toks) && j-start < 5 && s.tok(j).kind == word && (!s.tok(j).upper || j == i && r.gaz.demonyms[s.tok(j).low] != "") && !functionWords[s.tok(j).low] && !saying[s.tok(j).low] {
		j++
	}
	if j == start || noTrades[s.tok(j-1).low] || eventNouns[s.tok(j-1).low] {
		return i
	}
	t := s.tok(j)
	if (t.is(",", ".", ";", ")") || j >= len(s.toks) || t.is("who", "whose", "whom")) && j-start < 5 && s.namedBefore(i) {
		return j // "Daw Mi Sandar, a parent, said"
	}
	if t.is("from", "in") && s.namedBefore(i) {
		return j
	}
	if (t.is("at", "from", "with") || t.is("of", "for") && r.orgNext(s, j+1)) && s.tok(j+1).kind == word {
		return j
	}
	return i
}

// namedBefore reports whether "a" or "an" before token i stands behind a name
// and a comma.
func (s *sentence) namedBefore(i int) bool {
	k := i - 1
	if !s.tok(k).is("a", "an") || !s.tok(k-1).is(",", "(") {
		return false
	}
	if t := s.tok(k - 2); t.kind == number {
		k -= 2
		return s.tok(k-1).is(",") && s.tok(k-2).upper
	}
	return s.tok(k-2).upper && s.tok(k-2).kind == word
}

// titleAt returns the end of a calling in capitals that the vocabulary does not
// know, if its employer stands behind it: "Nutritionist at Mahidol University".
func (r *reader) titleAt(s *sentence, i int) int {
	j := i
	for j < len(s.toks) && j-i < 5 && s.tok(j).kind == word && s.tok(j).upper && !s.tok(j).caps() && !functionWords[s.tok(j).low] && !s.isPerson(j) && !orgWords[s.tok(j).low] && r.gaz.demonyms[s.tok(j).low] == "" {
		if _, ok := s.orgs[j]; ok {
			return i
		}
		j++
	}
	if s.tok(i-1).is(",") && s.isPerson(i-2) && j-i == 1 && s.tok(j).is("of") && s.tok(j+1).is("the") && s.tok(j+2).upper && s.tok(j+2).kind == word && !r.place(s, i, j) && !r.place(s, j+2, j+3) {
		if m, ok := r.unknownOrg(s, j+2); ok && s.tok(m.j).is(",") {
			return j // "Superior of the Sisters of Charity,"
		}
	}
	if j == i || r.place(s, i, j) || !s.tok(i-1).is(",", "(") || !s.tok(j).is("at", "with", "of", "for") || !r.orgNext(s, j+1) {
		return i
	}
	return j
}

func plural(s *sentence, i, j int) bool {
	for k := i; k < j; k++ {
		if t := s.tok(k); isRole(t) && strings.HasSuffix(t.low, "s") && (roleWords[strings.TrimSuffix(t.low, "s")] || callings[strings.TrimSuffix(t.low, "s")]) || !t.upper && strings.HasSuffix(t.low, "men") && isCalling(t.low) {
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
			if t.is("and") && s.tok(j+1).is("the") && s.tok(j+2).is("pacific") {
				j += 3
				continue
			}
			break
		}
		if s.isPerson(j) {
			break
		}
		j++
	}
	for j > i && s.tok(j-1).is("the", "a", "an", "and") && !s.tok(j-1).upper {
		j--
	}
	if j <= i+1 {
		return i
	}
	return j
}
