package extract

import "strings"

// An orgMention is an organisation as it stands in a sentence, with the
// abbreviation in brackets behind it.
type orgMention struct {
	i, j   int
	name   int // the token behind its name: j without the brackets
	org    Organisation
	listed bool // it stands in the list, under this name
	sub    bool // a part of another: a department, a faculty
	sure   Sureness
}

// findOrgs notes every organisation of a sentence. What the text itself
// defines ("… Federation (MOEAF)") is kept for the rest of it.
func (r *reader) findOrgs(s *sentence, defining bool) {
	s.orgs = map[int]orgMention{}
	for i := 0; i < len(s.toks); i++ {
		if p, ok := s.personAt(i); ok {
			i = p.j - 1
			continue
		}
		m, ok := r.orgAt(s, i)
		if !ok {
			continue
		}
		if defining && m.org.Short != "" {
			if _, had := r.defined[m.org.Short]; !had {
				r.defined[m.org.Short] = m.org
				r.definedName[strings.ToLower(straight(m.org.Name))] = m.org
			}
		}
		if d, ok := r.definedName[strings.ToLower(straight(m.org.Name))]; ok && m.org.Short == "" {
			m.org = d
		}
		if defining {
			r.learnName(m.org)
		}
		if o, ok := r.shorter[strings.ToLower(straight(m.org.Name))]; ok && m.org.Short == "" && m.org.ID == "" && !o.IsZero() {
			m.org, m.listed = o, true
		}
		s.orgs[i] = m
		i = m.j - 1
	}
}

// personAt returns the person whose mention covers token i.
func (s *sentence) personAt(i int) (personMention, bool) {
	for _, p := range s.persons {
		if i >= p.i && i < p.nj {
			p.j = p.nj
			return p, true
		}
	}
	return personMention{}, false
}

// orgAt reads the organisation that begins at token i.
func (r *reader) orgAt(s *sentence, i int) (orgMention, bool) {
	t := s.tok(i)
	if t.kind == mark || t.kind == word && !t.upper && latin(t.text) {
		return orgMention{}, false
	}
	if n, end, ok := find(s, i, r.gaz.orgs); ok {
		// A longer name in capitals may begin with a known one.
		if longer, ok := r.capitalised(s, i); ok && !(s.tok(longer.name-1).is("programme", "program", "project") && roleWords[s.tok(longer.name).low]) && !s.tok(end).is("regional", "country", "office", "liaison", "headquarters", "secretariat") && longer.name > end && !s.has(end, longer.name, set("chief head director officer coordinator")) && !s.tok(end).is("and") && (s.has(end, longer.name, orgWords) || longer.org.Short != "" && spells(s, i, longer.name, longer.org.Short)) {
			return longer, true
		}
		m := orgMention{i: i, j: end, name: end, org: n.org, sure: 0.95, sub: subUnits[straight(t.low)] && len(n.words) < 5}
		if n.org.Country != "" && s.tok(end).is("of") {
			if land, after, ok := find(s, end+1, r.gaz.places); ok && !land.city && land.country != n.org.Country {
				m.j, m.name, m.sure = after, after, 0.9 // "the Ministry of Manpower of Indonesia"
				m.org = Organisation{Name: clean(s.words(i, after)), Kind: n.org.Kind, Country: land.country}
			}
		}
		if end == i+1 && t.caps() {
			if d, ok := r.defined[t.text]; ok {
				m.org = known(d, n.org)
			}
		}
		r.bracket(s, &m)
		if s.tok(m.j).is("mission", "office", "delegation", "secretariat") && s.tok(m.j).upper && s.tok(m.j+1).is("in") {
			if _, after, ok := find(s, m.j+2, r.gaz.places); ok {
				m.j = after // "IOM Mission in Vietnam"
			}
		}
		return m, true
	}
	if m, ok := r.ofCountry(s, i); ok {
		m.listed = true
		return m, true
	}
	if t.caps() {
		if d, ok := r.defined[t.text]; ok {
			m := orgMention{i: i, j: i + 1, name: i + 1, org: d, sure: 0.9}
			if _, longer := r.capitalised(s, i); !longer || s.tok(i+1).upper && roleWords[s.tok(i+1).low] {
				return m, true
			}
		}
	}
	if m, ok := r.government(s, i); ok {
		return m, true
	}
	return r.capitalised(s, i)
}

// known keeps what the gazetteer or the directory says of an organisation
// that the text defines in its own words.
func known(said, had Organisation) Organisation {
	if strings.EqualFold(straight(said.Name), straight(had.Name)) || had.ID != "" {
		return had
	}
	return said
}

// government reads "the Cambodian government", "the Government of Myanmar",
// "the Myanmar Embassy".
func (r *reader) government(s *sentence, i int) (orgMention, bool) {
	t := s.tok(i)
	body := func(t *token) bool {
		return t.is("government", "embassy", "consulate", "consulate-general", "parliament", "authorities")
	}
	country := r.gaz.demonyms[t.low]
	end := i + 1
	if country == "" {
		if n, j, ok := find(s, i, r.gaz.places); ok && !n.city {
			country, end = n.country, j
		}
	}
	if t.is("royal", "union") && t.upper && r.gaz.demonyms[s.tok(i+1).low] != "" && s.tok(i+2).is("government") {
		return orgMention{i: i, j: i + 3, name: i + 3, org: Organisation{Name: s.words(i, i+3), Kind: "government", Country: r.gaz.demonyms[s.tok(i+1).low]}, sure: 0.9}, true
	}
	if t.is("royal") && s.tok(i+1).is("government") || t.is("government") {
		k := i + 1
		if t.is("royal") {
			k++
		}
		if s.tok(k).is("of") {
			k++
			if s.tok(k).is("the") {
				k++
			}
			if k < len(s.toks) {
				if n, j, ok := find(s, k, r.gaz.places); ok && !n.city {
					return orgMention{i: i, j: j, name: j, org: Organisation{Name: clean(s.words(i, j)), Kind: "government", Country: n.country}, sure: 0.9}, true
				}
			}
		}
	}
	if country != "" {
		if b := s.tok(end); country != "" && body(b) && (!s.tok(end+1).upper || b.is("consulate") && s.tok(end+1).is("general")) {
			end++
			if b.is("consulate") && s.tok(end).is("general") {
				end++
			}
			if b.is("embassy", "consulate", "consulate-general") && s.tok(end).is("in") && end+1 < len(s.toks) {
				if _, after, ok := find(s, end+1, r.gaz.places); ok {
					end = after // "the Thai Embassy in Cambodia"
				}
			}
			return orgMention{i: i, j: end, name: end, org: Organisation{Name: s.words(i, end), Kind: "government", Country: country}, sure: 0.85}, true
		}
	}
	return orgMention{}, false
}

// capitalised reads a name in capitals that holds a word for an organisation,
// or that its abbreviation in brackets spells.
func (r *reader) capitalised(s *sentence, i int) (orgMention, bool) {
	t := s.tok(i)
	if t.kind != word || !t.upper || roleStarts[t.low] && !orgWords[s.tok(i+1).low] || functionWords[t.low] && !s.tok(i+1).upper || functionWords[t.low] {
		return orgMention{}, false
	}
	if roleWords[t.low] && s.tok(i+1).is("of", "for", "at") && !orgWords[t.low] || rank[t.low] && s.tok(i+1).is("general") || s.tok(i-1).is("of") && s.tok(i-2).is("chief", "head") && s.tok(i-2).upper && t.is("mission", "office", "party") {
		return orgMention{}, false
	}
	if strings.HasSuffix(t.low, "-based") || strings.HasSuffix(s.tok(i+1).low, "-based") || months[t.low] != 0 || t.is("state") && s.tok(i-1).is("of") {
		return orgMention{}, false
	}
	if _, is := weekdays[t.low]; is {
		return orgMention{}, false
	}
	if i == 0 && s.tok(1).is("of", "from") && t.is("representatives", "delegates", "officials", "officers", "staff", "members", "leaders", "observers", "colleagues", "delegations", "employees", "activists") {
		return orgMention{}, false // "Delegates of the Confederation"
	}
	end, keyword, open := i, false, false
	head := ""
	for j := i; j < len(s.toks) && j-i < 16; {
		t := s.tok(j)
		if t.kind == word && t.upper && !(j > i && s.isPerson(j)) && !(j > i && (roleWords[t.low] && !orgWords[t.low] && keyword && !open)) {
			if saying[t.low] && j > i {
				break
			}
			if j > i && !keyword && rank[t.low] && s.tok(j+1).is("of", "for", "at", "on", "with", "in") {
				return orgMention{}, false // "Labour Specialist of the Department …"
			}
			if orgWords[t.low] {
				keyword = true
			}
			if head == "" || !open {
				head = t.low
			}
			if openHeads[t.low] {
				open = false
			}
			end = j + 1
			j++
			if t.owns && !s.tok(j).upper {
				break
			}
			continue
		}
		if j == i {
			break
		}
		if t.kind == number && s.tok(j+1).upper && s.tok(j+1).kind == word && !r.dateHere(s, j) && len(t.text) < 3 && !saying[s.tok(j+1).low] {
			j++ // Region 8 Labour Court
			continue
		}
		k := j + 1
		switch {
		case t.is("of") && !keyword && s.tok(k).is("the") && (j-i >= 2 && r.namesPerson(s, i, j) || j-i == 1 && s.tok(i-1).upper && s.tok(i-1).kind == word && r.namesPerson(s, i-1, j)):
			k = -1 // "Liberty Thawda of the Women's Organization"
		case t.is("of", "from", "at") && !keyword && j-i >= 3 && (rank[s.tok(i).low] || strings.HasSuffix(s.tok(i).low, "-general")) && r.namesPerson(s, i+1, j):
			return orgMention{}, false // "Director-General Anurak Thossarat of the Department"
		case t.is("of") && keyword && (subUnits[s.tok(i).low] || subUnits[s.tok(j-1).low]) && j > i+1 && r.shortened(s, k+s.article(k)):
			k = -1 // "the Department of Employment of the MOLVT": the part, then the whole
		case t.is("of") && j > i+1 && s.partOf(j-1) && s.tok(k).is("the") && r.beginsOrg(s, k+1):
			k = -1 // "the International Relations Department of the Lao Youth Union"
		case t.is("of", "for", "on", "against", "de", "der", "to", "des"):
			if s.tok(k).is("the") {
				k++
			}
			if !keyword && !t.is("of", "for") {
				k = -1
			}
			open = true
		case t.is("in") && keyword && r.spelledBehind(s, k):
		case t.is("in") && (head == "embassy" || head == "consulate" || head == "mission" || s.tok(k).is("asia")):
		case t.is("&", "/"):
		case t.is("and"):
			if s.tok(k).upper && s.tok(k+1).is("(") && r.langNext(s, k+2) {
				break // "Human Rights Education and Development (Burmese)"
			}
			if r.spelledOn(s, i, k) {
				break // its abbreviation spells what stands behind "and", too
			}
			if keyword && (roleStarts[s.tok(k).low] && roleWords[s.tok(k+1).low] || roleStarts[s.tok(k).low] && roleStarts[s.tok(k+1).low]) {
				k = -1
			} else if (head == "embassy" || head == "consulate") && r.placeEnding(s, j) && !r.placeNext(s, k) {
				k = -1 // "the Embassy of Myanmar and Finnwatch"
			} else if keyword && !open || r.beginsOrg(s, k) && (keyword || !r.looseOrg(s, k)) {
				k = -1
			}
		case t.is(",") && open && keyword && subject[head] && r.listed(s, k):
		default:
			k = -1
		}
		if k >= 0 && s.isPerson(k) {
			break
		}
		if k < 0 || !s.tok(k).upper || s.tok(k).kind != word || functionWords[s.tok(k).low] {
			break
		}
		j = k
		if s.tok(j).is("and") {
			j++
		}
	}
	if end == i {
		return orgMention{}, false
	}
	if s.tok(end-1).is("region", "area", "zone", "division", "branch", "chapter", "ward", "local") && s.tok(end).kind == number && len(s.tok(end).text) < 3 && end-i > 1 {
		end++ // "Labour Court Region 7"
	}
	if q := s.spelled(i); q > end && !things[head] && !eventNouns[head] {
		end, keyword = q, true // "International Collective in Support of Fishworkers (ICSF)"
	}
	m := orgMention{i: i, j: end, name: end, sure: 0.8, sub: subUnits[t.low] || subUnits[head] && end-i <= 3}
	short := s.short(end)
	if short != "" && !spells(s, i, end, short) {
		// The abbreviation may spell a part of the phrase only, or of a list.
		short = ""
		if keyword && len(s.short(end)) <= 8 && !openHeads[strings.ToLower(s.short(end))] {
			short = s.short(end)
		}
	}
	if things[head] || eventNouns[head] && !r.isDefined(short) && head != "forum" {
		return orgMention{}, false
	}
	if end-i == 1 && (short == "" || keyword) || !keyword && short == "" {
		return orgMention{}, false
	}
	if last := s.tok(end - 1).low; things[last] && !open {
		return orgMention{}, false
	}
	if strings.HasSuffix(short, "s") && s.tok(end-1).is("organisations", "organizations", "groups", "agencies", "associations") {
		return orgMention{}, false // "Civil Society Organisations (CSOs)" are a kind
	}
	m.org = Organisation{Name: clean(s.words(i, end)), Short: short}
	m.sub = m.sub || s.tok(end).is("of") && s.partOf(end-1) || subUnits[s.tok(end-1).low] && !s.tok(end-1).is("school")
	if short != "" {
		m.j = end + 3
	}
	r.bracket(s, &m)
	return m, true
}

// partOf reports whether token i ends the name of what is within another
// organisation.
func (s *sentence) partOf(i int) bool {
	return subUnits[s.tok(i).low] && !s.tok(i).is("school") || s.tok(i).is("project", "programme", "program")
}

// rank are roles that one person holds; behind them "of" names the employer.
var rank = set(`director coordinator officer manager president chair chairperson chairman chairwoman secretary minister professor lecturer researcher
	specialist expert analyst adviser advisor consultant head leader assistant associate organiser trainer lawyer attorney counsellor inspector economist chief consul ambassador commissioner governor attaché representative`)

// namesPerson reports whether tokens i to j, all in capitals, hold no word that
// a person's name does not hold.
func (r *reader) namesPerson(s *sentence, i, j int) bool {
	for k := i; k < j; k++ {
		t := s.tok(k)
		if nonName[t.low] || orgWords[t.low] || things[t.low] || eventNouns[t.low] || functionWords[t.low] || roleWords[t.low] || r.gaz.demonyms[t.low] != "" || strings.HasSuffix(t.low, "s") && len(t.low) > 5 || t.caps() {
			return false
		}
	}
	return j-i <= 4 && !r.place(s, i, j)
}

var subject = set("ministry department office committee commission bureau centre center organisation organization institute forum council")

// beginsOrg reports whether a new organisation begins at token k, so that the
// "and" before it parts two names.
func (r *reader) beginsOrg(s *sentence, k int) bool {
	if k >= len(s.toks) || s.tok(k).is("the") {
		return true
	}
	if s.tok(k).caps() {
		return true
	}
	if n, end, ok := find(s, k, r.gaz.orgs); ok && (len(n.words) > 1 || s.tok(k).caps()) && end > k {
		return true
	}
	for j := k; j < len(s.toks) && j < k+6 && s.tok(j).kind == word && s.tok(j).upper; j++ {
		if orgWords[s.tok(j).low] && !s.tok(j).is("rights", "workers", "services", "service", "support", "action", "relief") {
			return true
		}
	}
	return false
}

// looseOrg reports whether what begins at token k is taken for an organisation
// only because a word for one follows: "Building and Wood Workers Federation"
// is one name.
func (r *reader) looseOrg(s *sentence, k int) bool {
	if s.tok(k).is("the") || s.tok(k).caps() {
		return false
	}
	n, end, ok := find(s, k, r.gaz.orgs)
	return !(ok && len(n.words) > 1 && end > k)
}

// listed reports whether from token k on the rest of a name like "Labour,
// Immigration, and Population" follows: short parts, and an "and" before the
// last.
func (r *reader) listed(s *sentence, k int) bool {
	for n := 0; n < 4; n++ {
		j := k
		if s.tok(j).is("and") {
			j++
		}
		if r.beginsOrg(s, j) || functionWords[s.tok(j).low] {
			return false
		}
		if _, _, ok := find(s, j, r.gaz.places); ok {
			return false
		}
		start := j
		for j < len(s.toks) && s.tok(j).kind == word && s.tok(j).upper && !s.isPerson(j) {
			j++
		}
		if j == start || j-start > 3 {
			return false
		}
		if s.tok(k).is("and") {
			return true
		}
		if s.tok(j).is("and") {
			return !r.beginsOrg(s, j+1) && s.tok(j+1).upper
		}
		if !s.tok(j).is(",") {
			return false
		}
		k = j + 1
	}
	return false
}

// clean makes one line of words that a text breaks or spaces in its own way.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
