package extract

import (
	"strings"
)

// Country returns the ISO 3166-1 code of a country by its name, in lower case,
// "" if it is not known.
func Country(name string) string {
	s := &sentence{block: &Block{Text: name}, toks: tokens(name)}
	if len(s.toks) == 0 {
		return ""
	}
	start := 0
	if s.tok(0).is("the") && len(s.toks) > 1 {
		start = 1
	}
	n, end, ok := find(s, start, builtIn().places)
	if !ok || n.city || end != len(s.toks) {
		return ""
	}
	return n.country
}

// Place returns where a sentence says that something took place, as it states
// it, and the country's code: "at the Sedona Hotel in Yangon, Myanmar".
func Place(text string) (place, country string) {
	r := &reader{gaz: builtIn(), defined: map[string]Organisation{}, definedName: map[string]Organisation{}}
	b := &Block{Text: text}
	for _, s := range sentences(b, 0) {
		r.annotate(s)
		w := r.where(s, 0, len(s.toks))
		var parts []string
		for _, said := range []Said{w.venue, w.city} {
			if said.Words != "" {
				parts = append(parts, said.Words)
			}
		}
		if w.countryName != "" && (len(parts) == 0 || parts[len(parts)-1] != w.countryName) {
			parts = append(parts, w.countryName)
		}
		if w.country.Code != "" {
			return strings.Join(parts, ", "), w.country.Code
		}
	}
	return "", ""
}

// PlaceOfTitle returns the place with which a title ends, set off by a comma:
// "…, 2-4 November 2018, Singapore", or a town before it.
func PlaceOfTitle(title string) (place, country string) {
	parts := strings.Split(title, ",")
	if len(parts) < 2 {
		return "", ""
	}
	last := strings.TrimSpace(parts[len(parts)-1])
	code := Country(last)
	if code == "" {
		return "", ""
	}
	before := strings.TrimSpace(parts[len(parts)-2])
	if len(parts) > 2 && !strings.ContainsAny(before, "0123456789") && len(strings.Fields(before)) <= 3 {
		return before + ", " + last, code
	}
	return last, code
}

// A spot is where a sentence says that something was.
type spot struct {
	venue, city Said
	country     Land
	countryName string // as stated, "" where only the town is
	online      bool
	end         int
}

func (w spot) isZero() bool { return w.venue.IsZero() && w.city.IsZero() && w.country.Code == "" }

// where finds the venue, the town and the country between tokens i and j. A
// place that is only spoken of ("migration from Cambodia to Japan", "the
// Embassy of Japan in Myanmar") is none.
func (r *reader) where(s *sentence, i, j int) (w spot) {
	quoted := -1
	for k := i; k < j && k < len(s.toks); k++ {
		if c, ok := s.quote[k]; ok {
			quoted = c
		}
		if k <= quoted {
			continue
		}
		t := s.tok(k)
		if t.is("zoom", "online", "virtually") && (w.isZero() || w.city.Sure == 0.6) && (t.is("online", "virtually") || s.tok(k-1).is("via", "on", "over", "through")) && !s.tok(k+1).is("survey", "platform", "application") {
			w = spot{venue: s.said(k, k+1, 0.8), online: true}
			continue
		}
		if m, ok := s.orgs[k]; ok && !s.tok(k-1).is("at", "the") {
			k = m.j - 1
			continue
		}
		if p, ok := s.personAt(k); ok {
			k = p.j - 1
			continue
		}
		if t.is("at") && s.hasOrgBefore(k) && r.orgNext(s, k+1) && s.has(k-4, k, orgWords) && !s.has(0, k, heldAs) && !r.isEventNoun(s, k-1) {
			continue // "the Institute for … at Mahidol University"
		}
		if before := s.venueNext(k); w.venue.IsZero() && (w.city.IsZero() || w.city.Sure == 0.6) && before > k {
			if from, to, ok := r.venue(s, before); ok && (before == k+1 && t.is("at") || s.has(from, to, venueWords) || s.tok(to-1).is("assembly")) {
				from, to = r.largerVenue(s, from, to)
				w.venue, w.end = s.venueSaid(from, to), to
				k = to - 1
				continue
			}
		}
		if w.venue.IsZero() && t.is("before") && s.venueNext(k) > k {
			if from, to, ok := r.venue(s, k+1); ok && s.has(from, to, set("court tribunal")) {
				w = spot{venue: s.venueSaid(from, to), end: to} // where it was heard, not where it happened
				k = to - 1
				continue
			}
		}
		if w.venue.IsZero() && !w.city.IsZero() && t.is("at") && !w.online && s.toks[k].from > w.city.At.To {
			// "marched through Chiang Mai to the rally at Tha Phae Gate"
			if from, to, ok := r.venue(s, k+1); ok && s.has(from, to, openAir) {
				w.venue, w.end = s.venueSaid(from, to), to
				k = to - 1
				continue
			}
		}
		if w.venue.IsZero() && !w.city.IsZero() && t.is("at") {
			// "groups in Songkhla met at the Beach Hotel, Songkhla"
			if from, to, ok := r.venue(s, k+1); ok && s.has(from, to, venueWords) && (s.tok(k-1).is("place", "held", "panel") || eventNouns[s.tok(k-1).low] || s.dayEnds(k)) && s.toks[k].from > w.city.At.To && !s.tok(to).is(",", "in") {
				w.venue, w.end = s.venueSaid(from, to), to // "came to Kuala Lumpur for the forum, which took place at Wisma MCA"
				k = to - 1
				continue
			} else if ok && s.tok(to).is(",", "in") && strings.EqualFold(s.tok(to+1).text, strings.Fields(w.city.Words)[0]) {
				w.venue, w.end = s.venueSaid(from, to), to
				k = to - 1
				continue
			}
		}
		if m, ok := s.orgs[k]; ok {
			k = m.j - 1
			continue
		}
		n, end, ok := find(s, k, r.gaz.places)
		if !ok {
			r.unknownTown(s, k, &w)
			continue
		}
		prev := s.tok(k - 1)
		if k > 0 && prev.is("the") {
			prev = s.tok(k - 2)
		}
		located := prev.is("of") && venueWords[s.tok(k-2).low] && !s.tok(k-2).upper && n.city && !s.tok(k-2).is("ministry", "embassy", "office", "house", "university", "institute", "school", "complex", "field", "prison", "detention", "factory", "ground", "grounds") || prev.is("of") && s.tok(k-2).is("streets", "pier", "jetty", "harbour", "middle", "suburb", "district", "court", "temple", "station", "market", "fields", "plantations", "villages", "camps", "city", "town", "centre", "center", "heart", "outskirts", "port", "village", "capital") || prev.is("capital", "city") && s.has(k-4, k-1, set("in at")) || prev.is("in", "at", "near", "within", "visited", "toured") || prev.is("through") && s.has(0, k, set("march marched walked parade paraded procession")) || prev.is("to") && s.tok(k-2).is("travelled", "traveled", "went", "flew", "journeyed", "visit", "mission", "trip", "tour", "led", "headed", "moved", "came") || prev.is("to") && s.tok(k-2).is("on", "over", "back", "down") && s.tok(k-3).is("moved", "went", "travelled", "traveled", "continued", "crossed", "flew") || prev.is("to") && n.city && s.has(k-9, k-1, set("brought drew attracted gathered led took invited")) || prev.is(",", "(", "–", "-") && k > 0 || prev.is(":") && k < 6 && labels[strings.ToLower(s.words(0, k-1))] != "" || k == 0 && s.tok(end).is(",", ":", "–", "-")
		if owned := s.tok(end - 1).owns; owned && n.city && prev.is("down", "along", "across", "through", "around", "in", "on", "outside") && openSites[s.tok(end).low] {
			located = true // "paraded down Phnom Penh’s riverfront"
		} else if owned {
			located = false
		}
		if !located || s.tok(end).is("-") && s.tok(end+1).is("based") || roleWords[s.tok(end).low] && !n.city {
			k = end - 1
			continue
		}
		switch {
		case n.city && w.city.Sure == 0.6 && k > s.dateline && (prev.is("in", "at") || prev.is(",") && !w.venue.IsZero() && w.end == k-1) && !w.online:
			w.city, w.country, w.end = s.said(k, end, 0.9), Land{s.found(k, end, 0.85), n.country}, end
			if s.tok(end).is(",") && end+1 < len(s.toks) {
				if land, after, ok := find(s, end+1, r.gaz.places); ok && !land.city {
					w.country, w.countryName, w.end = Land{s.found(end+1, after, 0.95), land.country}, s.words(end+1, after), after
				}
			}
			k = w.end - 1
		case n.city && w.city.IsZero() && !(prev.is(",") && w.venue.IsZero() && !r.dated(s, k-1)) || n.city && w.city.IsZero() && prev.is(",") && k >= 2 && s.tok(end).is(","):
			w.city, w.end = s.said(k, end, 0.9), end
			w.country = Land{s.found(k, end, 0.85), n.country}
			if k < s.dateline || k == 1 && s.tok(0).is("(") && s.tok(end).is(")") || k == 0 && s.tok(end).is("–", "—", "-") { // where it was written, perhaps not where it was
				w.city.Sure, w.country.Sure = 0.6, 0.6
			}
			if s.tok(end).is(",", "(") || s.tok(end).is("in") {
				c := end + 1
				if s.tok(c).is("the") {
					c++
				}
				if c < len(s.toks) {
					if land, after, ok := find(s, c, r.gaz.places); ok && (!land.city || land.country == n.country) {
						if land.city { // a province: look once more
							if s.tok(after).is(",") && after+1 < len(s.toks) {
								if land, last, ok := find(s, after+1, r.gaz.places); ok && !land.city {
									w.country, w.countryName, w.end = Land{s.found(after+1, last, 0.95), land.country}, s.words(after+1, last), last
								}
							}
						} else {
							w.country, w.countryName, w.end = Land{s.found(c, after, 0.95), land.country}, s.words(c, after), after
						}
					}
				}
			}
			k = end - 1
		case !n.city && w.country.Code == "" && (prev.is("to", "visited", "toured") || s.tok(k-2).is("place", "held", "convened") || s.tok(k-3).is("place", "held") && prev.is("in") || r.dated(s, k-1) || r.datedFrom(s, end) || !w.venue.IsZero() && k-w.end <= 2 || prev.is("in") && r.isEventNoun(s, k-2)):
			w.country, w.countryName, w.end = Land{s.found(k, end, 0.9), n.country}, s.words(k, end), end
			if citystate[n.country] {
				w.city = s.said(k, end, 0.9)
			}
			k = end - 1
		default:
			k = end - 1
		}
	}
	if w.venue.IsZero() && !w.city.IsZero() && s.tok(w.end).is("(") {
		if from, to, ok := r.venue(s, w.end+1); ok && s.tok(to).is(")") && s.has(from, to, venueWords) {
			w.venue = s.venueSaid(from, to) // "in Nay Pyi Taw (Hotel Max)"
		}
	}
	if !w.venue.IsZero() && !w.online {
		r.venueInFull(s, &w)
	}
	if w.city.IsZero() && !w.venue.IsZero() && !w.online {
		r.townOf(s, 0, len(s.toks), &w)
	} else if rest := s.block.Text[min(w.city.At.To, len(s.block.Text)):]; !w.venue.IsZero() && !w.city.IsZero() && strings.HasPrefix(rest, " Province") {
		province := w.city // "at the Mae Sot Central Hall, Tak Province"
		w.city = Said{}
		if r.townOf(s, i, j, &w); w.city.IsZero() {
			w.city = province
		}
	}
	return w
}

// venueNext returns where the name of a place to meet at may begin, if token k
// announces one: "at", "outside", "in front of", "in the".
func (s *sentence) venueNext(k int) int {
	switch t := s.tok(k); {
	case t.is("at", "outside", "inside"):
		return k + 1
	case t.is("of") && s.tok(k-1).is("floor", "room", "hall", "ballroom", "auditorium", "lobby", "courtyard", "grounds", "garden", "gardens", "premises", "compound", "gates", "lawns", "lawn", "steps", "campus", "yard", "forecourt", "playground", "banks", "library", "canteen", "chapel", "bench", "benches", "foyer", "terrace", "entrance", "doors"):
		return k + 1 // "on the fourth floor of the Barni Building"
	case t.is("to") && s.has(0, k, set("marched rallied walked paraded")) && (s.tok(k+1).is("the") || s.tok(k+1).upper):
		return k + 1
	case t.is("before") && s.has(k+1, k+6, set("court tribunal")) && s.tok(k+1).is("the"):
		return k + 1 // "came before the Central Labour Court"
	case t.is("in") && s.tok(k+1).is("front") && s.tok(k+2).is("of"):
		return k + 3
	case t.is(",") && s.dayEnds(k) && s.dates[0].j == k && s.dates[0].i == s.start+1 && s.tok(s.start).is("on"):
		return k // "On 29 August 2019, Future Light Center …"
	case t.is(",") && (s.dayEnds(k) || s.tok(k-1).is("am", "pm", "hrs", "hours", "noon") || s.tok(k-1).is(".") && s.tok(k-2).is("m") && s.tok(k-4).is("a", "p")) && s.tok(k+1).upper:
		return k + 1 // "Tuesday 11 May 2010, 6 pm, Press Club, Hong Kong"
	case t.is("in", "to", "filled", "packed"), t.is("the") && (k == s.start || s.tok(k-1).kind == mark):
		from := k + 1 + s.article(k+1)
		for j := from; j < from+8 && (s.tok(j).upper && s.tok(j).kind == word || j > from && s.tok(j).is("of", "and", "de", "des", "du", "-")); j++ {
			if indoors[s.tok(j).low] || t.is("in") && s.tok(j+1).is("office", "centre", "center", "hall", "library", "garden", "courtyard", "school", "temple") {
				return k + 1 // "in the Star Hotel", "brought 60 people to the Star Theatre", "in the MMN office"
			}
		}
	}
	return k
}

// venueSaid is a venue without the abbreviation in brackets behind its name.
func (s *sentence) venueSaid(from, to int) Said {
	for k := from + 1; k < to-1 && k < from+4; k++ { // "Room XXI of the Palais des Nations"
		if s.tok(k).is("of", "at") && s.has(from, k, set("room hall ballroom floor")) && s.tok(k+1+s.article(k+1)).upper && (s.tok(from).is("room", "ballroom", "floor") || s.tok(k-1).is("room", "floor")) {
			from = k + 1 + s.article(k+1)
		}
	}
	if to-3 > from && s.short(to-3) != "" {
		to -= 3
	}
	if to-3 > from && s.tok(to-2).is("of") && s.tok(to-3).is("hotel", "guesthouse", "restaurant", "resort") {
		to -= 2 // "Jingcheng Hotel of Ruili"
	}
	return s.said(from, to, 0.9)
}

// townOf takes the town that a venue is named after: "Bangkok Art Centre".
func (r *reader) townOf(s *sentence, i, j int, w *spot) {
	for k := i; k < j && k < len(s.toks); k++ {
		if s.toks[k].from < w.venue.At.From || s.toks[k].from >= w.venue.At.To {
			continue
		}
		if n, end, ok := find(s, k, r.gaz.places); ok && (n.city || citystate[n.country]) {
			if w.country.Code != "" && w.country.Code != n.country {
				return // another land is told
			}
			w.city = s.said(k, end, 0.75)
			if w.country.Code == "" {
				w.country = Land{s.found(k, end, 0.75), n.country}
			}
			return
		}
	}
}

// dated reports whether a date ends right before token k.
func (r *reader) dated(s *sentence, k int) bool {
	for _, d := range s.dates {
		if d.j == k || d.j == k-1 && s.tok(k-1).is(",", ")") {
			return true
		}
	}
	return false
}

// datedFrom reports whether a date begins at token k, or behind one small word.
func (r *reader) datedFrom(s *sentence, k int) bool {
	for _, d := range s.dates {
		if d.i == k || d.i == k+1 && s.tok(k).is("on", "from", "between", ",", "(", "in", "during") {
			return true
		}
	}
	return s.tok(k).is("today", "yesterday")
}

// venue reads the name of a place to meet at from token i on.
func (r *reader) venue(s *sentence, i int) (from, to int, ok bool) {
	if s.tok(i).is("the", "a") {
		i++
	}
	i = s.pastRoom(i)
	j, named := i, false
	for j < len(s.toks) && j-i < 14 {
		t := s.tok(j)
		if t.kind == word && t.upper || t.kind == number && j > i {
			if r.dateHere(s, j) {
				break
			}
			named = named || venueWords[t.low] || t.is("assembly") && s.tok(j-1).is("national")
			j++
			if t.owns && !s.tok(j).upper && !venueWords[s.tok(j).low] {
				break
			}
			continue
		}
		if j > i && named && t.is("for", "and") && s.has(j+1, j+8, eventNouns) && s.tok(j+1).is("the") {
			break // "at the University for the Regional Consultation"
		}
		if j > i && (t.is("of", "de", "du", "des", "and", "for", "&", "/") || t.is("the") && (s.tok(j-1).is("of") || s.tok(j-1).is("for") && s.tok(j-2).is("center", "centre", "institute", "house"))) && (s.tok(j+1).upper && s.tok(j+1).kind == word || s.tok(j+1).is("the") && s.tok(j+2).upper) {
			j++
			continue
		}
		if j > i && !named && t.is("by") && s.tok(j+1).upper && s.tok(j+1).kind == word && !s.isPerson(j+1) && !s.hasOrg(j+1) {
			j++ // "Courtyard by Marriott Hotel"
			continue
		}
		if next := s.tok(j + 1); j > i && t.kind == word && !functionWords[t.low] && venueWords[next.low] && !next.upper {
			named = true // "the LPN learning centre"
			j += 2
			continue
		}
		if t.kind == word && venueWords[t.low] && j > i {
			named = true
			j++
			continue
		}
		break
	}
	if j == i || s.isPerson(i) {
		return 0, 0, false
	}
	if m, ok := s.orgs[j+1]; ok && named && s.tok(j).is(",") && s.has(m.i, m.name, venueWords) && (s.has(i, j, subUnits) || s.has(i, j, innerVenues) && s.has(m.i, m.name, set("university college institute hospital school"))) {
		j = m.j // "Faculty of Engineering, National University of Laos"
	}
	if s.has(i, j, set("summit conference")) && !s.has(i, j, venueWords) {
		return 0, 0, false // "a side event at the Summit for Refugees"
	}
	if last := s.tok(j - 1); eventNouns[last.low] && !last.is("assembly") {
		return 0, 0, false
	}
	if s.tok(j).is("(") && s.tok(j+1).caps() && s.tok(j+2).is(")") {
		j += 3
	}
	next := s.tok(j)
	inTown := false
	if next.is("in", ",") && j+1 < len(s.toks) {
		_, _, inTown = find(s, j+1, r.gaz.places)
	}
	if last := s.tok(j - 1); !named && last.kind == number && len(last.text) == 4 {
		return 0, 0, false // "at the ACSC/APF 2015, Kuala Lumpur"
	}
	if !named && !inTown && !(s.tok(i-1).is("the") && j-i > 1 && r.townWithin(s, i, j)) && !s.has(i, j, chains) {
		return 0, 0, false
	}
	if _, end, ok := find(s, i, r.gaz.places); ok && end >= j {
		return 0, 0, false // "at Bangkok" is the town
	}
	return i, j, true
}

// innerVenues are places to meet at that stand within another.
var innerVenues = set("building library hall auditorium theatre theater room chapel pavilion")

// chains are names that hotels bear without saying that they are one.
var chains = set(`novotel hilton sheraton marriott hyatt ibis sofitel radisson intercontinental pullman mercure dusit anantara centara sedona meliá melia shangri-la
	westin accor amari rembrandt`)

// townWithin reports whether the name of a town stands between tokens i and j.
func (r *reader) townWithin(s *sentence, i, j int) bool {
	for k := i; k < j; k++ {
		if n, end, ok := find(s, k, r.gaz.places); ok && n.city && end <= j {
			return true
		}
	}
	return false
}

func (r *reader) dateHere(s *sentence, k int) bool {
	for _, d := range s.dates {
		if k >= d.i && k < d.j {
			return true
		}
	}
	return false
}

// unknownTown reads "in Xxx, Thailand" where the gazetteer has no Xxx.
func (r *reader) unknownTown(s *sentence, k int, w *spot) {
	if !s.tok(k-1).is("in") && !(s.tok(k-1).is("through") && s.has(0, k, set("march marched walked parade paraded procession"))) || !w.city.IsZero() || !s.tok(k).upper || k == 0 || functionWords[s.tok(k).low] {
		return
	}
	j := k
	for j < len(s.toks) && j-k < 4 && s.tok(j).kind == word && s.tok(j).upper {
		j++
	}
	if s.tok(j).kind == word && s.tok(j).is("district", "township", "province", "village", "town", "state") {
		j++
	}
	if j-k <= 2 && s.tok(j).is("on") && r.dateHere(s, j+1) && !s.hasOrg(k) && !s.allOf(k, j, nonName) && r.gaz.demonyms[s.tok(k).low] == "" && months[s.tok(k).low] == 0 && languages[s.tok(k).text] == "" && !s.has(k, j, eventNouns) {
		w.city, w.end = s.said(k, j, 0.7), j // "in Umphang on 8 March"
		return
	}
	if j > k && s.tok(j).is(",") && j+1 < len(s.toks) {
		if land, after, ok := find(s, j+1, r.gaz.places); ok && !(land.city && r.gaz.demonyms[s.tok(k).low] != "") {
			w.city = s.said(k, j, 0.8)
			w.country, w.end = Land{s.found(j+1, after, 0.9), land.country}, after
			if !land.city {
				w.countryName = s.words(j+1, after)
			}
		}
	}
}
