package site

import (
	"context"

	"sala"
	"sala/search"
)

// An across is what the glossary's word in another language found.
type across struct {
	Term  string
	Lang  sala.Lang
	Href  string // of the concept in the glossary
	Found []found
}

// across carries a question over to the other languages by the glossary.
// Works that the question itself found, and that are shown, are left out.
func (s *Site) across(ctx context.Context, p *page, ask search.Question, answer search.Results) ([]across, error) {
	words, err := s.Glossary.Lookup(ctx)
	if err != nil {
		return nil, err
	}
	had := map[sala.Ref]bool{}
	for _, a := range answer.Results {
		if a.Near {
			had[a.Ref] = true
		}
	}
	carried, err := s.Search.Across(ctx, ask, words, had)
	if err != nil {
		return nil, err
	}
	var out []across
	for _, c := range carried {
		a := across{Term: c.Term, Lang: c.Lang, Href: glossaryPath(p.Want) + "#" + conceptAnchor(c.Concept.ID)}
		// These texts are there for their language: it stays theirs.
		var ids []sala.ID
		best := map[sala.ID]search.Result{}
		for _, r := range c.Results {
			ids, best[r.Ref.ID] = append(ids, r.Ref.ID), r
		}
		if a.Found, err = s.found(ctx, p, `"`+c.Term+`"`, ids, best); err != nil {
			return nil, err
		}
		if len(a.Found) > 0 {
			out = append(out, a)
		}
	}
	return out, nil
}
