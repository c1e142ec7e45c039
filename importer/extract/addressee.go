package extract

import "strings"

// whom are the heads of those who can be asked for something.
var whom = set(`owners owner agents agent committee committees commission council councils consul managers captains buyer bank judges lawyers government governments state states agencies agency employers employer stakeholders stakeholder ministry ministries authorities authority
	embassy embassies countries country parties leaders brokers companies company unions union donors organisations organizations society sectors
	governments’ officials parliament parliaments parliamentarians businesses sector police courts consulates recruiters factories
	asean un ngos csos members organisation organization department departments office community communities media public researchers network networks bodies
	association associations them delegates organisers buyers brands retailers banks officers inspectors attachés hospitals schools
	municipalities municipality politicians lawmakers ministers minister everyone everybody press partners institutions actors vendors landlords
	developers contractors builders traders exporters importers suppliers producers plantations farmers operators firms corporations manufacturers shipowners
	prosecutors lenders insurers platforms airlines universities clinics secretariat taskforce congress assembly senate ombudsman chambers households
	governor governors mayor mayors cabinet premier junta military army navy bureau bureaus division divisions fund funds board boards hospital clinic school
	factory chief chiefs headmen headman manager court judge broker recruiter landlord brand retailer lawyer chamber consulate inspector inspection university monastery monasteries
	temple temples church churches parents airline broadcaster administration administrations ngo cso union organiser secretary-general rapporteur rapporteurs commissioner commissioners
	network foundation federation association alliance confederation platform caucus caucuses donor lender insurer supplier exporter contractor developer farmer teacher
	enterprises enterprise affiliates affiliate branches branch
	offices co-facilitators negotiators drafters delegations signatories prisons canneries mills kilns shipyards headquarters chairs presidents secretaries families federations foundations inspectorate inspectorates funders investors teachers doctors monks journalists consumers customers`)

// addressed reads those who are asked, between tokens i and j.
func (r *reader) addressed(s *sentence, i, j int) []string {
	for i < j && s.tok(i).is("the", "all", "both", "relevant", "its", "their", "upon", "on", "for", "our") && !(s.tok(i).is("all") && !s.tok(i+1).is("the")) && !(s.tok(i).is("both") && !s.has(i, j, set("and the"))) {
		i++
	}
	if i >= j || j-i > 34 {
		return nil
	}
	var out []string
	from := i
	take := func(to int) {
		a, b := from, to
		for a < b && s.tok(a).is("the", "and", ",", "as", "well", "&") {
			a++
		}
		for b > a && s.tok(b-1).is(",", "and", "also") {
			b--
		}
		if a < b && r.isWhom(s, a, b) {
			out = append(out, r.fullName(s, a, b))
		}
	}
	for k := i; k < j; k++ {
		if m, ok := s.orgs[k]; ok && m.j <= j {
			k = m.j - 1
			continue
		}
		t := s.tok(k)
		parted := t.is("and", ",", "&", ";") || t.is("as") && s.tok(k+1).is("well")
		if t.is(",") && s.tok(k+1).is("including", "especially", "particularly") {
			take(k)
			from = j
			break
		}
		if t.is("including") {
			take(k)
			from = j
			break
		}
		if t.is("and") && r.placeIs(s, k+1, j) && s.has(from, k, set("governments authorities embassies ministries")) && r.placeEnding(s, k) {
			continue // "the governments of Thailand and Cambodia"
		}
		if (t.is("and") || t.is(",")) && r.namesPlaces(s, from, k, j) {
			continue // "the embassies of Burma, Cambodia and Lao PDR"
		}
		if a := from + s.article(from); t.is("and") && k == a+1 && r.gaz.demonyms[s.tok(a).low] != "" && r.gaz.demonyms[s.tok(k+1).low] != "" && k+2 < j && canBeAsked(s.tok(k+2).low) {
			continue // "the Lao and Thai governments"
		}
		if parted && r.isWhom(s, from, k) && (r.isWhom(s, k+1, j)) {
			take(k)
			from = k + 1
		}
	}
	if from < j {
		take(j)
	}
	if t := s.tok(j - 1); len(out) == 0 && j-i <= 5 && t.kind == word && !t.upper && !(i > 0 && s.tok(i-1).is("for")) && strings.HasSuffix(t.low, "s") && len(t.low) > 4 && !present[t.low] && !askNouns[t.low] && !t.is("themselves", "others", "workers", "migrants", "ours", "yours", "means", "always", "towards", "perhaps", "changes", "steps", "efforts", "women", "groups", "teams", "questions") && s.allKind(i, j) {
		out = append(out, clean(s.words(i, j))) // "asked editors to"
	}
	return out
}

// namesPlaces reports whether the words from token i on are those of several
// countries, a list of which token k stands in.
func (r *reader) namesPlaces(s *sentence, i, k, j int) bool {
	next := k + 1
	if s.tok(next).is("and") {
		next++
	}
	next += s.article(next)
	if next >= j {
		return false
	}
	_, end, ok := find(s, next, r.gaz.places)
	if !ok || end < j && !s.tok(end).is(",", "and") || !r.placeEnding(s, k) {
		return false
	}
	for h := i; h+1 < k; h++ {
		if s.tok(h+1).is("of", "in", "from", "between") && strings.HasSuffix(s.tok(h).low, "s") && canBeAsked(s.tok(h).low) {
			return true
		}
	}
	return false
}

// isWhom reports whether tokens i to j name somebody who can be asked.
func (r *reader) isWhom(s *sentence, i, j int) bool {
	for k := i; k < j; k++ {
		if _, ok := s.orgs[k]; ok {
			return true
		}
		t := s.tok(k)
		if canBeAsked(t.low) {
			return true
		}
		if s.isPerson(k) {
			return true
		}
		if _, end, ok := find(s, k, r.gaz.places); ok && end >= j {
			return true
		}
		if t.is("to", "of", "in", "for") && k > i+8 {
			return false
		}
	}
	return false
}

// asker returns who asks, as the sentence has it: the person or the group
// before the verb.
func (r *reader) asker(s *sentence, i int) string {
	for n := len(s.persons) - 1; n >= 0; n-- {
		if p := s.persons[n]; p.nj <= i {
			return p.name
		}
	}
	for k := i - 1; k >= 0 && k > i-10; k-- {
		if s.tok(k).is("participants", "members", "migrants", "workers", "women", "organisations", "activists", "advocates", "delegates") {
			return s.tok(k).text
		}
		if m, ok := s.orgEnding(k + 1); ok {
			return m.org.Name
		}
	}
	return ""
}

// addressees parts words like "the Government of Thailand and employers".
func addressees(text string) []string {
	r := &reader{gaz: builtIn(), defined: map[string]Organisation{}, definedName: map[string]Organisation{}}
	s := &sentence{block: &Block{Text: text}, toks: tokens(text)}
	r.annotate(s)
	if out := r.addressed(s, 0, len(s.toks)); len(out) > 0 {
		return out
	}
	return nil
}
