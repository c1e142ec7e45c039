package extract

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"sala"
)

//go:embed data
var data embed.FS

// Learned is what the directory already knows by name, for [Read] to match
// against. The zero value is nothing.
type Learned struct {
	Organisations []LearnedOrganisation
	People        []LearnedPerson
}

// A LearnedOrganisation is one of the directory, with every name it bears.
type LearnedOrganisation struct {
	ID      sala.ID
	Name    string // the one to propose
	Short   string
	Others  []string // in other spellings and languages
	Kind    string
	Country string
}

// A LearnedPerson is one of the directory.
type LearnedPerson struct {
	ID     sala.ID
	Name   string
	Others []string
}

// A namesake is what a phrase of the gazetteer stands for.
type namesake struct {
	words   []string // in lower case
	org     Organisation
	country string // code, of a country or of a city
	city    bool
	exact   bool // only in this case: an abbreviation
}

// A gazetteer finds names by their first word.
type gazetteer struct {
	orgs     map[string][]namesake
	places   map[string][]namesake
	demonyms map[string]string
	people   map[string]string // names of the directory in lower case, and the one to propose
	foreign  []foreignPlace    // names in scripts without spaces
}

type foreignPlace struct {
	name, english, country string
	city                   bool
}

var builtIn = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{orgs: map[string][]namesake{}, places: map[string][]namesake{}, demonyms: map[string]string{}}
	for _, f := range lines("data/countries.txt", 3) {
		names := split(f[1])
		for _, name := range names {
			g.addPlace(name, names[0], f[0], false)
		}
		for _, d := range split(f[2]) {
			g.demonyms[strings.ToLower(d)] = f[0]
		}
	}
	for _, f := range lines("data/cities.txt", 2) {
		names := split(f[1])
		for _, name := range names {
			g.addPlace(name, names[0], f[0], true)
		}
	}
	for _, f := range lines("data/ministries.txt", 3) {
		g.addOrg("government", f[0], split(f[1]), split(f[2]), "")
	}
	for _, f := range lines("data/organisations.txt", 4) {
		g.addOrg(f[0], f[1], split(f[2]), split(f[3]), "")
	}
	return g
})

// lines reads a file of the gazetteer. A line that has not as many fields as
// it must is a mistake of ours.
func lines(name string, fields int) [][]string {
	b, err := data.ReadFile(name)
	if err != nil {
		panic(err)
	}
	var out [][]string
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != fields {
			panic(fmt.Sprintf("%s line %d: %d fields, want %d", name, i+1, len(f), fields))
		}
		for j := range f {
			f[j] = strings.TrimSpace(f[j])
		}
		out = append(out, f)
	}
	return out
}

func split(s string) []string {
	var out []string
	for _, f := range strings.Split(s, ";") {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

func phrase(name string) []string {
	var words []string
	for _, t := range tokens(name) {
		words = append(words, straight(t.low))
	}
	return words
}

// straight makes the two ways of writing an apostrophe one.
func straight(s string) string {
	s = strings.ReplaceAll(s, "’", "'")
	return strings.TrimSuffix(strings.ReplaceAll(s, "s' ", "s "), "'")
}

func (g *gazetteer) addPlace(name, english, country string, city bool) {
	if !latin(name) {
		g.foreign = append(g.foreign, foreignPlace{name, english, country, city})
	}
	w := phrase(name)
	g.places[w[0]] = append(g.places[w[0]], namesake{words: w, country: country, city: city, org: Organisation{Name: english}})
}

func latin(s string) bool {
	for _, r := range s {
		if r >= 0x0e00 {
			return false
		}
	}
	return true
}

func (g *gazetteer) addOrg(kind, country string, shorts, names []string, id sala.ID) {
	if len(names) == 0 {
		return
	}
	org := Organisation{Name: names[0], Kind: kind, Country: country, ID: id}
	if len(shorts) > 0 {
		org.Short = shorts[0]
	}
	for _, n := range names {
		if w := phrase(n); len(w) > 0 {
			g.orgs[w[0]] = append(g.orgs[w[0]], namesake{words: w, org: org, exact: len(w) == 1})
		}
	}
	for _, n := range shorts {
		if w := phrase(n); len(w) > 0 {
			g.orgs[w[0]] = append(g.orgs[w[0]], namesake{words: w, org: org, exact: true})
		}
	}
}

// with returns the gazetteer with the directory's names added to it; the
// directory's word counts more than ours.
func (g *gazetteer) with(l Learned) *gazetteer {
	if len(l.Organisations) == 0 && len(l.People) == 0 {
		return g
	}
	more := &gazetteer{orgs: map[string][]namesake{}, places: g.places, demonyms: g.demonyms, foreign: g.foreign, people: map[string]string{}}
	for _, o := range l.Organisations {
		names := append([]string{o.Name}, o.Others...)
		shorts := []string{}
		if o.Short != "" {
			shorts = append(shorts, o.Short)
		}
		more.addOrg(o.Kind, o.Country, shorts, names, o.ID)
	}
	for first, had := range g.orgs {
		more.orgs[first] = append(more.orgs[first], had...)
	}
	for _, p := range l.People {
		for _, n := range append([]string{p.Name}, p.Others...) {
			more.people[strings.ToLower(n)] = p.Name
		}
	}
	return more
}

// find returns the longest name of the list that stands at token i.
func find(s *sentence, i int, in map[string][]namesake) (n namesake, end int, ok bool) {
	if i < 0 || i >= len(s.toks) {
		return n, end, false
	}
	for _, had := range in[straight(s.toks[i].low)] {
		if len(had.words) <= end-i || i+len(had.words) > len(s.toks) {
			continue
		}
		match := true
		for k, w := range had.words {
			if t := &s.toks[i+k]; straight(t.low) != w && !(w == "and" && t.low == "&") || k == 0 && t.kind == word && !t.upper && latin(t.text) {
				match = false
				break
			}
		}
		if match && had.exact && s.toks[i].kind == word && s.toks[i].low == s.toks[i].text {
			match = false
		}
		if match && had.exact && len(had.words) == 1 && !s.toks[i].caps() && len(s.toks[i].text) <= 4 {
			match = false // "Map" is no "MAP"
		}
		if match {
			n, end, ok = had, i+len(had.words), true
		}
	}
	return n, end, ok
}
