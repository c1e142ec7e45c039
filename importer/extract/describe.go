package extract

import (
	"strings"
)

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
	if m, ok := s.orgs[j]; ok && !(m.sure < 0.9 && s.tok(m.name-1).is("project", "programme", "program") && roleWords[s.tok(m.j).low]) {
		d.org = m.org
		j = m.j
		if next, ok := s.orgs[j]; ok && s.tok(next.j-1).owns {
			j = next.j // "USAID ASEAN's Deputy Director"
		}
		if _, after, is := find(s, j, r.gaz.places); is && roleWords[s.tok(after).low] {
			j = after // "IOM Cambodia Chief of Mission"
		} else if is && s.tok(after).is("office") && roleWords[s.tok(after+2).low] {
			j = after + 1 // "ILO Yangon office liaison officer"
		}
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
	for s.tok(j).kind == number && !s.tok(j+1).is("-") || numberWords[s.tok(j).low] > 0 && roleWords[s.tok(j+1).low] || s.tok(j).is("two", "three", "four", "five", "several") {
		j++ // "two former factory workers"
	}
	if s.tok(i).is("her", "his", "their") && kin[s.tok(i+1).low] && s.tok(i+2).is(",") && s.tok(i+3).is("a", "an", "the") {
		if d := r.describe(s, i+3); d.ok && d.role != "" {
			return d // "her husband, a mason"
		}
		if end := r.trade(s, i+4); end > i+4 || s.tok(i+5).is(",") && s.tok(i+4).kind == word && !s.tok(i+4).upper {
			end = max(end, i+5)
			return description{ok: true, role: clean(s.words(i+4, end)), end: end}
		}
	}
	if body := s.tok(j); body.owns && (bodies[body.low] || ownBodies[body.low]) {
		if d := r.describe(s, j+1); d.ok && d.role != "" && d.org.IsZero() {
			d.org = r.bodyCalled(s, j)
			return d // "the network’s coordinator"
		}
	}
	start := j
	end := r.roleEnd(s, j)
	if end == j && s.tok(j-1).is("a", "an") {
		end = r.trade(s, j)
	}
	if end == j {
		end = r.titleAt(s, j)
	}
	if org := r.nameBeforeRole(s, j, end); org > j {
		d.org = Organisation{Name: clean(s.words(j, org))}
		if s.tok(end).is("for", "of", "in", "on") && !r.orgNext(s, end+1) {
			end = r.topic(s, end)
		}
		d.role, d.end, d.ok, d.many = clean(s.words(org, end)), end, true, plural(s, org, end)
		return d
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
		if t.is("for") && (s.tok(j+1).kind == number || numberWords[s.tok(j+1).low] > 0 || s.tok(j+1).is("more", "over", "nearly", "many", "several", "almost", "some", "about")) {
			break // "a nanny for eleven years"
		}
		switch {
		case t.is("of", "from", "at", "for", "with", "in", "to", "on", "representing", "within", "under"):
			k := j + 1
			for s.tok(k).is("the", "a", "an", "its", "their") {
				k++
			}
			if t.is("from", "of", "at", "for") {
				k = r.described(s, k) // "from network member LSCW"
			}
			m, ok := s.orgs[k]
			if ok && s.tok(m.j).is("member", "partner") && s.tok(m.j+1).is("organisation", "organization", "ngo", "group") {
				next := m.j + 2 // "from MMN member organisation, MAP Foundation"
				if s.tok(next).is(",") {
					next++
				}
				if member, is := s.orgs[next]; is {
					m = member
				}
			}
			if !ok {
				if m, ok = r.unknownOrg(s, k); !ok || t.is("on", "in", "to", "under") {
					ok = false
				}
			}
			if end := r.realm(s, start, roleTo, k); end > 0 && t.is("of", "to", "from") {
				roleTo, j = end, end // "Ambassador of the Kingdom of Cambodia to Viet Nam"
				break loop
			}
			if _, sure := s.orgs[k]; ok && !sure && t.is("from") && roleTo > start && s.homely(roleTo-1) && m.j-m.i <= 2 && !s.has(m.i, m.j, orgWords) && !s.tok(m.i).caps() && !s.tok(m.i).mixed() && m.org.Short == "" {
				roleTo, j = m.j, m.j // "a returnee from Kawkareik"
				for s.tok(j).is("factory", "plant", "village", "camp", "area", "estate", "zone", "complex", "island", "pier", "port", "harbour", "suburb", "quarter", "slum", "park", "commune", "canton", "province", "district", "township", "market", "mill", "mine", "plantation", "construction", "site", "garment") {
					roleTo, j = j+1, j+1
				}
				continue
			}
			if rest := r.ownPart(s, m); ok && rest > 0 && roleTo > start {
				d.role = clean(s.words(start, roleTo) + " of the " + s.words(rest, m.name)) // "Chair of the MMN Steering Committee"
				d.org, d.end, d.ok = s.orgs[m.i].org, r.whereabouts(s, m.j), true
				if n, _, known := find(s, m.i, r.gaz.orgs); known {
					d.org = n.org
				} else if had, known := r.defined[s.tok(m.i).text]; known {
					d.org = had
				}
				return d
			}
			if inner, of := r.innerOrg(s, m); ok && of > 0 && roleTo > start {
				roleTo, d.org, j = of, inner.org, inner.j // "Secretary of the Women’s Committee of CTUM"
				break loop
			}
			if body := r.listedBody(s, k); body > 0 && roleTo > start {
				d.org, j = Organisation{Name: clean(s.words(k, body))}, body
				break loop
			}
			if ok && (t.is("on") || t.is("to") && !(m.sure >= 0.8 && s.tok(roleTo-1).is("adviser", "advisor", "advisers", "advisors", "assistant", "consultant", "counsel", "aide", "liaison", "assistants", "consultants"))) && roleTo > start {
				ok = false
			}
			if roleTo > start && t.is("of", "for") && ok && m.sure < 0.8 && s.allOf(m.i, m.j, nonName) {
				roleTo, j = m.j, m.j // "Director General of Social Welfare"
				continue
			}
			if roleTo > start && t.is("of", "for") && r.office(s, start, roleTo, m) {
				end := r.portfolio(s, r.topic(s, j))
				roleTo, j = end, end
				continue
			}
			if ok && m.sure < 0.9 && s.tok(m.name-1).is("programme", "program", "project", "campaign") && s.tok(m.j).is(",") && r.orgNext(s, m.j+1) {
				roleTo, j = m.j, m.j // "Officer for the Migration Programme, UN Women"
				continue
			}
			if _, sure := s.orgs[k]; ok && !sure && (s.tok(k).is("state") || s.tok(m.j-1).is("province", "district", "township", "city", "state", "region", "division", "commune") || s.tok(m.j).is("at", "of", "from", "with", ",", "for") && r.orgNext(s, m.j+1) || s.tok(m.j).is("and") && s.tok(m.j+1).upper && r.orgBehind(s, m.j+2)) {
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
			if roleTo == start && !t.is("representing") || t.is("with") {
				break loop // "from Thailand" is no role, nor "with long experience"
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
			} else if m, ok := r.branchIn(s, j+1); ok {
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

// kin are those whom a text names by whose they are.
var kin = set(`husband wife brother sister son daughter mother father uncle aunt cousin friend neighbour partner fiancé`)

// ownBodies are bodies that a text calls by what they are, as bodies are.
var ownBodies = set(`network union foundation organisation organization association federation centre center alliance agency university institute coalition group company factory`)

// bodyCalled returns the body that a word like "the network" at token i means:
// the last that was named and is called so.
func (r *reader) bodyCalled(s *sentence, i int) Organisation {
	for n := len(r.orgsAt) - 1; n >= 0 && n > len(r.orgsAt)-40; n-- {
		o := r.orgsAt[n]
		if o.block == s.block && o.from >= s.toks[i].from {
			continue
		}
		for _, w := range strings.Fields(strings.ToLower(o.org.Name)) {
			if w == s.tok(i).low {
				return o.org
			}
		}
	}
	return Organisation{}
}

// adjectives goes back from token k over words in small letters up to the
// article before them; it returns k if there is none.
func (s *sentence) adjectives(k int) int {
	for i := k - 1; i > 0 && i >= k-3; i-- {
		t := s.tok(i)
		if t.kind != word || t.upper || functionWords[t.low] || saying[t.low] || t.owns || roleWords[t.low] {
			return k
		}
		if s.tok(i-1).is("the", "a", "an", "our") {
			return i
		}
	}
	return k
}

// nameBeforeRole returns the end of an organisation in capitals with which a
// role in small letters begins: "Rights Corridor managing director".
func (r *reader) nameBeforeRole(s *sentence, i, end int) int {
	j := i
	for j < end && s.tok(j).upper && s.tok(j).kind == word && !roleWords[s.tok(j).low] && !roleStarts[s.tok(j).low] && r.gaz.demonyms[s.tok(j).low] == "" {
		j++
	}
	if j-i == 1 && j < end && s.tok(i).caps() && !r.placeIs(s, i, j) && (roleWords[s.tok(j).low] || roleStarts[s.tok(j).low]) && !s.tok(i).is("hiv", "it", "hr", "pr", "ngo", "cso", "ceo", "cfo", "tv") {
		return j // "ACE Adviser on Migration"
	}
	if j == i || j >= end || s.tok(j).upper || s.tok(j).kind != word || r.place(s, i, j) || s.allOf(i, j, nonName) || j-i == 1 && !s.tok(i).caps() && !s.tok(i).mixed() {
		return i
	}
	return j
}

// hasRole reports whether the head of a role stands between tokens i and j.
func (s *sentence) hasRole(i, j int) bool {
	for k := i; k < j; k++ {
		if isRole(s.tok(k)) {
			return true
		}
	}
	return false
}

// orgBehind reports whether an organisation stands behind the next comma.
func (r *reader) orgBehind(s *sentence, i int) bool {
	for k := i; k < i+6; k++ {
		if s.tok(k).is(",", "at", "of") {
			return r.orgNext(s, k+1)
		}
		if !s.tok(k).upper {
			return false
		}
	}
	return false
}

// before reads a role that stands before a name: "the Vice Chairperson of the
// MOEAF, Mr. …", "MMN Regional Coordinator …".
func (r *reader) before(s *sentence, i int) (description, int) {
	end := i
	if s.tok(end - 1).is(",") {
		end--
	}
	if s.tok(end-1).is("was", "is", "were", "are") {
		end-- // "Lead trainer was Mr. …"
		for k := 0; k < end; k++ {
			if s.tok(k).kind != word || saying[s.tok(k).low] || s.tok(k).is("chair") && s.tok(k-1).is("the") && s.tok(k-2).is("in") {
				return description{}, i
			}
		}
	}
	upTo := *s
	upTo.toks = s.toks[:max(end, 0)]
	for start := end - 1; start >= 0 && start >= end-14; start-- {
		t := s.tok(start)
		if t.kind == mark && !t.is(",", "(", ")", "-", "&", "/") || s.isPerson(start) || saying[t.low] && !t.upper {
			break
		}
		if t.is(",") && start < end-1 && !s.hasRole(start+1, end) {
			continue
		}
		if prev := s.tok(start - 1); start > 0 && !t.is("our", "its", "their") && prev.kind == word && !prev.owns && !(orgWords[prev.low] && !prev.upper) && !prev.is("by", "with", "and", "from", "the", "a", "an", "of", "to", "as", "while", "when", "that", "where", "including", "involving", "featuring", "for", "then") && !saying[prev.low] && !s.tok(start-1).is(",") {
			continue
		}
		if !t.upper && !t.is("the", "a", "an", "our", "former", "its", "their") && !isRole(t) && !(s.tok(start-1).owns && start > 0) && !(numberWords[t.low] > 1 && s.tok(start-1).is(",")) {
			continue
		}
		if prev := s.tok(start - 1); prev.is("of", "from", "for", "the") && start > 0 && !(prev.is("the")) {
			continue
		}
		if end < i && s.tok(start-1).is(",") && s.isPerson(start-2) && !s.isPerson(i) {
			continue // the role of who is named before it
		}
		d := r.describe(&upTo, start)
		if d.ok && d.role != "" && d.end == end && s.hasRole(start, end) {
			if first := s.adjectives(start); first < start && !s.tok(start).upper && s.has(start, end, set("chief headman leader officer worker owner manager engineer")) {
				d.role, start = clean(s.words(first, start))+" "+d.role, first // "the commune chief"
			}
			for k := start; k > 0 && d.org.IsZero() && (k == start || s.tok(k).upper && nonName[s.tok(k).low]); k-- {
				if m, ok := s.orgEnding(k); ok { // "IOM Asia-Pacific regional director"
					d.org, d.role, start = m.org, clean(s.words(k, start))+" "+d.role, m.i
					d.role = strings.TrimSpace(d.role)
					break
				}
			}
			if o := s.tok(start - 1); d.org.IsZero() && start > 0 && o.owns && (bodies[o.low] || ownBodies[o.low]) {
				d.org = r.bodyCalled(s, start-1) // "the union’s chairman"
			} else if d.org.IsZero() && start > 0 && o.owns && (o.caps() || o.mixed()) && r.gaz.demonyms[o.low] == "" && !r.place(s, start-1, start) {
				d.org, start = Organisation{Name: o.text}, start-1 // "IndustriALL’s regional secretary"
			}
			return d, start
		}
	}
	return description{}, i
}
