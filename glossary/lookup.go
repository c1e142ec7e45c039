package glossary

import (
	"context"
	"slices"
	"strings"

	"sala"
	"sala/script"
)

// A Lookup finds concepts in texts. It is safe for concurrent use, and takes
// time in proportion to the text.
type Lookup struct {
	concepts []Concept
	byID     map[string]int
	byStart  map[string][]entry // by the first unit of a form, longest forms first
}

// An entry is one form of a term.
type entry struct {
	form    string // normalised
	concept int
	lang    sala.Lang
}

// A Match is a concept that a text names.
type Match struct {
	Concept  *Concept
	Langs    []sala.Lang // the languages in which it is called so
	From, To int         // in the text, in bytes
}

// NewLookup returns a lookup of some concepts.
func NewLookup(concepts []Concept) *Lookup {
	l := &Lookup{concepts: concepts, byID: map[string]int{}, byStart: map[string][]entry{}}
	for i, c := range concepts {
		l.byID[c.ID] = i
		for lang, t := range c.Terms {
			for _, term := range t.Terms {
				for _, f := range forms(script.Normalize(term), lang) {
					if start := firstUnit(f); start != "" {
						l.byStart[start] = append(l.byStart[start], entry{f, i, lang})
					}
				}
			}
		}
	}
	for _, entries := range l.byStart {
		slices.SortFunc(entries, func(a, b entry) int {
			if n := len(b.form) - len(a.form); n != 0 {
				return n
			}
			if n := strings.Compare(a.form, b.form); n != 0 {
				return n
			}
			if n := a.concept - b.concept; n != 0 {
				return n
			}
			return strings.Compare(string(a.lang), string(b.lang))
		})
	}
	return l
}

// Lookup returns a lookup of the concepts in the tables, made once for each
// version of the content.
func (s *Store) Lookup(ctx context.Context) (*Lookup, error) {
	if err := s.refresh(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lookup, nil
}

// refresh makes the lookup and the checker anew if the content has changed.
func (s *Store) refresh(ctx context.Context) error {
	version, err := s.db.Version(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	fresh := s.lookup != nil && s.version == version
	s.mu.Unlock()
	if fresh {
		return nil
	}
	concepts, err := s.Concepts(ctx)
	if err != nil {
		return err
	}
	rules, err := s.Rules(ctx, "")
	if err != nil {
		return err
	}
	checker, err := NewChecker(rules)
	if err != nil {
		return err
	}
	lookup := NewLookup(concepts)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.version, s.lookup, s.checker = version, lookup, checker
	return nil
}

// firstUnit is the unit a form begins with. An alphabetic word counts up to
// its apostrophe.
func firstUnit(s string) string {
	units := script.AppendUnits(nil, s)
	if len(units) == 0 || units[0].Kind == script.Separator {
		return ""
	}
	w, _, _ := strings.Cut(s[:units[0].To], "'")
	return w
}

// spellings are pairs of which either may be written.
var spellings = [][2]string{{"labour", "labor"}, {"organisation", "organization"}, {"programme", "program"}}

// forms returns how a normalised term may stand in a text. In English that is
// singular and plural, British and American, with and without an apostrophe.
func forms(term string, lang sala.Lang) []string {
	all := []string{term}
	if lang != sala.English {
		return all
	}
	for _, pair := range spellings {
		for _, f := range all {
			for i := range pair {
				if other := strings.ReplaceAll(f, pair[i], pair[1-i]); other != f && !slices.Contains(all, other) && !strings.Contains(other, "programmeme") {
					all = append(all, other)
				}
			}
		}
	}
	for _, f := range all {
		if last := f[strings.LastIndexByte(f, ' ')+1:]; len(last) < 3 || last[len(last)-1] > 'z' {
			continue
		}
		switch {
		case strings.HasSuffix(f, "ies"):
			all = append(all, strings.TrimSuffix(f, "ies")+"y")
		case strings.HasSuffix(f, "s") && !strings.HasSuffix(f, "ss"):
			all = append(all, strings.TrimSuffix(f, "s"))
		case strings.HasSuffix(f, "y") && !strings.ContainsAny(f[len(f)-2:len(f)-1], "aeiou"):
			all = append(all, strings.TrimSuffix(f, "y")+"ies")
		case strings.HasSuffix(f, "ss") || strings.HasSuffix(f, "x") || strings.HasSuffix(f, "ch") || strings.HasSuffix(f, "sh"):
			all = append(all, f+"es")
		default:
			all = append(all, f+"s")
		}
	}
	for _, f := range all {
		if strings.Contains(f, "'") {
			all = append(all, strings.ReplaceAll(f, "'", ""), strings.ReplaceAll(strings.ReplaceAll(f, "s' ", " "), "'", ""))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Find returns the concepts that a text names, in its order: at each place the
// longest term, whole words only. Of concepts that are called the same, each
// is found.
func (l *Lookup) Find(text string) []Match {
	n := script.Place(text)
	var out []Match
	done := 0
	for _, u := range script.AppendUnits(nil, n.Text) {
		if u.From < done || u.Kind == script.Separator {
			continue
		}
		start, _, _ := strings.Cut(n.Text[u.From:u.To], "'")
		entries := l.byStart[start]
		for i := 0; i < len(entries); i++ {
			form := entries[i].form
			end := u.From + len(form)
			if !strings.HasPrefix(n.Text[u.From:], form) || !script.Whole(n.Text, u.From, end) {
				continue
			}
			from, to := n.Back(u.From, end)
			for ; i < len(entries) && entries[i].form == form; i++ {
				e := entries[i]
				if last := len(out) - 1; last >= 0 && out[last].From == from && out[last].Concept == &l.concepts[e.concept] {
					if !slices.Contains(out[last].Langs, e.lang) {
						out[last].Langs = append(out[last].Langs, e.lang)
					}
					continue
				}
				out = append(out, Match{&l.concepts[e.concept], []sala.Lang{e.lang}, from, to})
			}
			done = end
			break
		}
	}
	return out
}

// Concept returns a concept by its id.
func (l *Lookup) Concept(id string) (Concept, bool) {
	i, ok := l.byID[id]
	if !ok {
		return Concept{}, false
	}
	return l.concepts[i], true
}

// A Hint tells a translator what a concept in a text is called in another
// language.
type Hint struct {
	Concept  string // id
	From, To int    // where it stands in the text, in bytes
	Word     string // as it stands there
	Term     Term   // in the other language
}

// Hints returns what the concepts that a text in one language names are called
// in another, each at its first place, in the order of the text. Concepts that
// have no term there are left out.
func (l *Lookup) Hints(text string, from, to sala.Lang) []Hint {
	var out []Hint
	seen := map[string]bool{}
	for _, m := range l.Find(text) {
		t, ok := m.Concept.Terms[to]
		if !ok || seen[m.Concept.ID] || !slices.Contains(m.Langs, from) || m.Concept.Group == Interface {
			continue
		}
		seen[m.Concept.ID] = true
		out = append(out, Hint{m.Concept.ID, m.From, m.To, text[m.From:m.To], t})
	}
	return out
}

// Gaps counts, for each of some languages, the concepts that have no term in
// it.
func (l *Lookup) Gaps(langs []sala.Lang) map[sala.Lang]int {
	gaps := map[sala.Lang]int{}
	for _, lang := range langs {
		for _, c := range l.concepts {
			if _, ok := c.Terms[lang]; !ok {
				gaps[lang]++
			}
		}
	}
	return gaps
}

// Len is how many concepts there are.
func (l *Lookup) Len() int { return len(l.concepts) }
