package extract

import "strings"

// A namedOrg is an organisation where a text names it.
type namedOrg struct {
	org   Organisation
	block *Block
	from  int
}

// learnName keeps by which shorter names a text may go on to call a body that it
// has named in full: "the National Human Rights Commission", "the Human Rights
// Commission".
func (r *reader) learnName(o Organisation) {
	if r.shorter == nil || o.Short == "" || strings.EqualFold(o.Name, o.Short) {
		return
	}
	words := strings.Fields(strings.ToLower(straight(o.Name)))
	if n := len(words); n > 3 && words[n-2] == "of" && r.isCountry(words[n-1]) {
		words = words[:n-2] // "… of Thailand"
	}
	for i := 0; i < len(words)-2 && i < 4; i++ {
		if i > 0 && (functionWords[words[i]] || functionWords[words[i-1]]) || functionWords[words[len(words)-1]] || i > 0 && !orgWords[words[len(words)-1]] {
			break
		}
		key := strings.Join(words[i:], " ")
		if had, ok := r.shorter[key]; ok && !sameOrg(had, o) {
			o = Organisation{} // it may mean either
		}
		r.shorter[key] = o
	}
}

func (r *reader) isCountry(word string) bool {
	for _, n := range r.gaz.places[word] {
		if !n.city && len(n.words) == 1 {
			return true
		}
	}
	return false
}

// ofCountry reads "the Lao Ministry of Labour and Social Welfare", "Cambodia’s
// Ministry of …": a body of the list behind the country that it is of.
func (r *reader) ofCountry(s *sentence, i int) (orgMention, bool) {
	t := s.tok(i)
	country, k := r.gaz.demonyms[t.low], i+1
	if n, end, ok := find(s, i, r.gaz.places); ok && country == "" && !n.city && s.tok(end-1).owns {
		country, k = n.country, end
	}
	if country == "" {
		return orgMention{}, false
	}
	n, end, ok := find(s, k, r.gaz.orgs)
	if !ok || n.org.Country != country || len(n.words) < 3 || s.tok(end).is("and") && s.tok(end+1).upper {
		return orgMention{}, false
	}
	m := orgMention{i: i, j: end, name: end, org: n.org, sure: 0.95, sub: subUnits[straight(s.tok(k).low)] && len(n.words) < 5}
	r.bracket(s, &m)
	return m, true
}

// fullName gives the whole name of an organisation that is all there is.
func (r *reader) fullName(s *sentence, i, j int) string {
	i += s.article(i)
	if m, ok := s.orgs[i]; ok && m.j <= j {
		name := clean(s.words(i, j))
		if m.j < j && m.sure >= 0.95 && m.org.Short != "" && s.tok(m.j).is("in") && r.placeIs(s, m.j+1, j) {
			j = m.j // "the Ministry of Labour and Social Welfare in Vientiane"
		}
		if m.j == j && m.org.Short != "" {
			if _, ok := r.defined[m.org.Short]; ok || name == m.org.Short || m.listed {
				return m.org.Name
			}
		}
		return name
	}
	if o := r.justNamed(s, i, j); !o.IsZero() {
		return o.Name
	}
	return clean(s.words(i, j))
}

// justNamed returns the body that "the Ministry" or "the same Commission" means:
// the last that was named and is called so.
func (r *reader) justNamed(s *sentence, i, j int) Organisation {
	for i < j && s.tok(i).is("the", "same", "said", "latter", "this") {
		i++
	}
	head := s.tok(i).low
	if j-i != 1 || !bodies[head] {
		return Organisation{}
	}
	for n := len(r.orgsAt) - 1; n >= 0 && n > len(r.orgsAt)-40; n-- {
		o := r.orgsAt[n]
		if o.block == s.block && o.from >= s.toks[i].from {
			continue
		}
		for _, w := range strings.Fields(strings.ToLower(o.org.Name)) {
			if w == head && len(o.org.Name) > len(head)+3 {
				return o.org
			}
		}
	}
	return Organisation{}
}

// bodies are what a text calls a body that it has just named.
var bodies = set(`ministry commission department embassy council committee bureau secretariat confederation`)
