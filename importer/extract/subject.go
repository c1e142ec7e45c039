package extract

import "strings"

func (s *sentence) hasOrgBefore(i int) bool {
	_, ok := s.orgEnding(i)
	return ok
}

// subject reads the organisations that stand before the verb at v.
func (r *reader) subject(s *sentence, v int) []orgMention {
	k := s.beforeDate(v)
	if s.tok(k-1).is("in", "for") && strings.HasSuffix(s.tok(v).low, "ing") && s.hasOrgBefore(k-1) {
		k-- // "helped the Ministry in organising"
	}
	k = r.beforePlace(s, k)
	for k > 0 && (strings.HasSuffix(s.tok(k-1).low, "ly") && !s.tok(k-1).upper || s.tok(k-1).is("jointly", "also", "have", "has", "had", "will", "would", "successfully", "recently", "cordially", "warmly", "would", "like", "to", "is", "are", "pleased", "delighted", "honoured", "proud", "co", "-", "proudly", "again", "both", "organised", "and", "once", "together", "be", "jointly-", "was", "were", "happy", "glad", ",", "kindly", "pleasure", "today", "yesterday", "now", "then") || s.tok(k-1).is("the") && k < v) {
		if s.tok(k-1).is("and") && !activeVerbs[s.tok(k-2).low] && !s.tok(k-2).is(",") {
			break
		}
		k = s.beforeDate(k - 1)
	}
	var out []orgMention
	listed := false // "and" stands before the last: what commas part belongs to the list
	for n := 0; n < 12 && k > 0; n++ {
		// An insertion: "MMN, in collaboration with FED and HRDF, held".
		if open := s.insertion(k); open > 0 && n == 0 {
			k = open
			continue
		}
		m, ok := s.orgEnding(k)
		if !ok && n == 0 {
			if open := s.assistedInsertion(k); open > 0 {
				k = open
				continue
			}
		}
		if !ok && n == 0 {
			if and := s.plainBefore(k); and > 0 {
				k, listed = and, true // "A, B and the district office arranged"
				continue
			}
		}
		if !ok {
			m, ok = r.branchBefore(s, k)
		}
		if !ok {
			if m, ok = r.unknownBefore(s, k); !ok {
				break
			}
		}
		out = append([]orgMention{m}, out...)
		k = m.i
		for n := 1; n < 4 && k-n > 0 && s.tok(k-n).kind == word && !s.tok(k-n).upper; n++ { // "and its member organisation ALR"
			if s.tok(k-n).is("its", "their", "our") && (orgWords[s.tok(k-1).low] || s.tok(k-1).is("member", "members", "partner", "partners", "affiliate", "affiliates")) {
				k -= n - 1
			}
		}
		for k > 0 && s.tok(k-1).is("the", "its", "our", "(", "their") {
			k--
		}
		switch t := s.tok(k - 1); {
		case k == 0:
			return out
		case t.is("and", "&") || t.is(",") && (listed || s.tok(k-2).is("and")):
			listed = true
			k--
			for k > 0 && s.tok(k-1).is(",", "and", "with", "together", "along") {
				k--
			}
		case t.is("of", "under") && s.hasOrgBefore(k-1):
			out, k = out[1:], k-1 // "the Department of the Ministry": the part did it
		case s.assistEnding(k) > 0 && len(s.upToComma(out)) < len(out):
			return out[len(s.upToComma(out)):] // "hosted by A, B and C organised"
		case s.assistEnding(k) > 0:
			out, k = nil, s.assistEnding(k) // those are noted as what the phrase makes them
			for k > 0 && s.tok(k-1).is(",") {
				k--
			}
		case t.is("with") && s.tok(k-2).is("together", "along", "jointly"):
			k -= 2
			for k > 0 && s.tok(k-1).is(",") {
				k--
			}
		default:
			if t.is("of") && s.tok(k-2).is("members", "representatives", "staff", "delegates", "activists", "volunteers", "leaders", "circle", "wing", "arm", "chapter", "secretariat") {
				return out
			}
			if t.is("under") {
				return nil // "organisations under the UN"
			}
			if t.is("of", "in", "at", "from", "by", "with", "to") && len(out) > 0 {
				out = out[1:]
			}
			return out
		}
	}
	return out
}

// branchBefore returns the organisation of which a country's name ends right
// before token k: "World Vision Lao PDR".
func (r *reader) branchBefore(s *sentence, k int) (orgMention, bool) {
	for i := k - 1; i > 0 && i > k-4; i-- {
		if n, end, ok := find(s, i, r.gaz.places); ok && end == k && !n.city {
			m, ok := s.orgEnding(i)
			return m, ok && m.sure > 0.8
		}
	}
	return orgMention{}, false
}

// insertion returns where the insertion between commas begins that ends right
// before token k, 0 if there is none.
func (s *sentence) insertion(k int) int {
	if !s.tok(k).is(",") {
		return 0
	}
	for i := k - 1; i > 0 && i > k-40; i-- {
		if !s.tok(i).is(",") {
			continue
		}
		if _, _, end := s.assistAt(i + 1); end > i {
			return i
		}
		if s.tok(i+1).is("a", "an", "the") && (s.has(i+2, min(k, i+9), orgWords) || s.tok(i+2).is("member", "partner")) && !s.hasOrg(i+2) {
			return i // "MMN, a network of organisations, held"
		}
	}
	return 0
}

// beforePlace goes back from token k over where an organisation is: "the
// Resource Centre in Koh Kong province has opened".
func (r *reader) beforePlace(s *sentence, k int) int {
	j := k
	for j > 0 && s.tok(j-1).is("has", "have", "had", "province", "city", "district") {
		j--
	}
	for i := j - 1; i > 0 && i > j-5; i-- {
		if _, end, ok := find(s, i, r.gaz.places); ok && end == j && s.tok(i-1).is("in") && s.hasOrgBefore(i-1) {
			return i - 1
		}
	}
	return k
}

// plainBefore returns where "and" stands before a few words in small letters
// that end right before token k, if an organisation ends before it; 0 if not.
func (s *sentence) plainBefore(k int) int {
	for i := k - 1; i > 0 && i > k-6; i-- {
		t := s.tok(i)
		if t.is("and") {
			if i < k-1 && s.hasOrgBefore(i) {
				return i
			}
			return 0
		}
		if t.kind != word || t.upper {
			return 0
		}
	}
	return 0
}

// beforeDate goes back from token k over the day that ends right before it:
// "MMN on Friday (16 October) held".
func (s *sentence) beforeDate(k int) int {
	for n := 0; n < 4; n++ {
		was := k
		for _, d := range s.dates {
			if d.j == k || d.j == k-1 && s.tok(k-1).is(")", ",") {
				k = d.i
			}
		}
		if _, ok := weekdays[s.tok(k-1).low]; ok && s.tok(k-1).upper {
			k--
		}
		if k == was {
			return k
		}
		for k > 0 && s.tok(k-1).is("on", "(", "last") {
			k--
		}
	}
	return k
}

// unknownBefore takes the words in capitals before a verb for an organisation
// that the gazetteer does not know.
func (r *reader) unknownBefore(s *sentence, k int) (orgMention, bool) {
	j := k
	if s.tok(j-1).is(")") && s.tok(j-3).is("(") {
		j -= 3
	}
	i := j
	for i > 0 && j-i < 8 {
		t := s.tok(i - 1)
		if _, day := weekdays[t.low]; t.kind == word && t.upper && !day && !functionWords[t.low] && months[t.low] == 0 && !r.dateHere(s, i-1) && !s.isPerson(i-1) {
			i--
			continue
		}
		if t.is("of", "for", "and", "&") && i < j && s.tok(i-2).upper && !r.dateHere(s, i-2) && s.tok(i-2).kind == word {
			i--
			continue
		}
		break
	}
	if r.placeEnding(s, j) && !s.has(i, j, orgWords) && r.place(s, i, i+1) {
		return orgMention{}, false // "Cambodia and Myanmar"
	}
	if j-i == 1 && s.tok(i).isPeople() {
		return orgMention{}, false // "Participants concluded the meeting with …"
	}
	if i >= j || r.place(s, i, i+1) && j-i == 1 || j-i == 1 && !s.tok(i).caps() && len(s.tok(i).text) < 4 || eventNouns[s.tok(j-1).low] {
		return orgMention{}, false
	}
	for n := i; n < j; n++ {
		lawyersFor := strings.HasSuffix(s.tok(n).low, "s") && s.tok(n+1).is("for", "without") && n+2 < j
		if roleWords[s.tok(n).low] && !s.tok(n).is("workers", "migrant", "migrants", "worker") && !lawyersFor || eventNouns[s.tok(n).low] && !s.tok(n).is("forum", "assembly") {
			return orgMention{}, false
		}
		if r.gaz.demonyms[s.tok(n).low] != "" && j-i == 1 {
			return orgMention{}, false
		}
	}
	m := orgMention{i: i, j: j, name: j, org: Organisation{Name: clean(s.words(i, j))}, sure: 0.7}
	r.bracket(s, &m)
	return m, true
}

func (s *sentence) orgsIn(i, j int) []orgMention {
	var out []orgMention
	for k := i; k < j && k < len(s.toks); k++ {
		if m, ok := s.orgs[k]; ok {
			out = append(out, m)
			k = m.j - 1
		}
	}
	return out
}

func (s *sentence) orgEnding(k int) (orgMention, bool) {
	for i := k - 1; i >= 0 && i > k-20; i-- {
		if m, ok := s.orgs[i]; ok {
			return m, m.j == k
		}
	}
	return orgMention{}, false
}
