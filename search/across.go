package search

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"sala"
	"sala/glossary"
	"sala/script"
)

// An Across is what was found in another language by the glossary's word for
// something a question names.
type Across struct {
	Concept glossary.Concept
	Term    string // that was looked for, as it stands
	Lang    sala.Lang
	Results []Result
}

// A question is carried over for its longest few concepts, each answered by
// the best few texts that use the other word: more would bury what was asked.
const (
	acrossConcepts = 3
	acrossResults  = 5
)

// Across carries a question over to other languages: for each concept that it
// names, it asks for what the concept is called elsewhere, word for word. Only
// texts that use the term as whole words are given, each work once, and none
// of had. The limits of q hold; where q names no concept nothing is asked.
func (x *Index) Across(ctx context.Context, q Question, concepts *glossary.Lookup, had map[sala.Ref]bool) ([]Across, error) {
	if len(q.Text) > MaxQuestion {
		return nil, ErrTooLong
	}
	asked := parse(q.Text).words
	var matches []glossary.Match
	for _, m := range concepts.Find(asked) {
		same := func(o glossary.Match) bool { return o.Concept == m.Concept }
		if m.Concept.Group != glossary.Interface && m.Concept.Group != glossary.Casework && !slices.ContainsFunc(matches, same) {
			matches = append(matches, m)
		}
	}
	slices.SortStableFunc(matches, func(a, b glossary.Match) int { return cmp.Compare(b.To-b.From, a.To-a.From) })
	given := map[sala.Ref]bool{}
	var out []Across
	for _, m := range matches[:min(acrossConcepts, len(matches))] {
		said := script.Normalize(asked[m.From:m.To])
		for _, lang := range langsOf(*m.Concept) {
			if slices.Contains(m.Langs, lang) || len(q.Langs) > 0 && !slices.Contains(q.Langs, lang) {
				continue
			}
			for _, term := range m.Concept.Terms[lang].Terms {
				n := script.Normalize(term)
				if n == said || len(n) > MaxQuestion/2 {
					continue
				}
				a := Across{Concept: *m.Concept, Term: term, Lang: lang}
				// Longer limits than are given: some will be among had.
				in := Question{Text: `"` + strings.ReplaceAll(n, `"`, " ") + `"`, Langs: []sala.Lang{lang}, Kinds: q.Kinds, Terms: q.Terms, Year: q.Year, Count: ranked}
				found, err := x.Search(ctx, in)
				if err != nil && !errors.Is(err, ErrTooLong) {
					return nil, err
				}
				if found.Nearest { // nothing says it in these words
					continue
				}
				for _, r := range found.Results {
					if len(a.Results) == acrossResults {
						break
					}
					if !had[r.Ref] && !given[r.Ref] && says(r.Title+"\n"+r.Text, n) {
						given[r.Ref] = true
						a.Results = append(a.Results, r)
					}
				}
				if len(a.Results) > 0 {
					out = append(out, a)
				}
			}
		}
	}
	return out, nil
}

// langsOf are the languages in which a concept has a term, in a fixed order.
func langsOf(c glossary.Concept) []sala.Lang {
	langs := make([]sala.Lang, 0, len(c.Terms))
	for l := range c.Terms {
		langs = append(langs, l)
	}
	slices.Sort(langs)
	return langs
}

// says reports whether a text uses a normalised term as whole words.
func says(text, term string) bool {
	text = script.Normalize(text)
	for from := 0; ; {
		i := strings.Index(text[from:], term)
		if i < 0 {
			return false
		}
		i += from
		if script.Whole(text, i, i+len(term)) {
			return true
		}
		from = i + len(term)
	}
}
