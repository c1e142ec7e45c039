package site

import (
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"sala"
	"sala/glossary"
	"sala/internal/web"
	"sala/site/parts"
)

// glossaryPage is what glossaryView shows.
type glossaryPage struct {
	*page
	Groups []conceptGroup
	Rules  []glossary.Rule
}

// A conceptGroup is the concepts of one group, in alphabetical order: those
// with a term in the reader's language first.
type conceptGroup struct {
	Key      string // of its name
	Anchor   string
	Concepts []conceptView
}

// A conceptView is a concept as a reader of one language sees it.
type conceptView struct {
	Anchor     string
	Term       string
	Lang       sala.Lang // of the term: another where the reader's has none
	Also       []string  // that mean the same
	Definition string
	Source     string
	Review     bool
	Missing    bool // there is no term in the reader's language
	Others     []otherTerm
}

// An otherTerm is what a concept is called in another language of the site.
type otherTerm struct {
	Lang  sala.Lang
	Terms string
}

func glossaryPath(lang sala.Lang) string { return "/" + string(lang) + "/glossary/" }

// conceptAnchor is the fragment at which a concept stands in the glossary.
func conceptAnchor(id string) string { return "c-" + id }

// glossary serves GET /{lang}/glossary/.
func (s *Site) glossary(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	ctx := r.Context()
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading, p.About, p.Section = p.T("glossary.title"), p.Lang, p.T("glossary.lead"), "glossary"
	p.everyLang("/glossary/")
	concepts, err := s.Glossary.Concepts(ctx)
	if err != nil {
		return nil, err
	}
	v := glossaryPage{page: p}
	if v.Rules, err = s.Glossary.Rules(ctx, p.Want); err != nil {
		return nil, err
	}
	for _, c := range concepts {
		n := len(v.Groups)
		if key := "glossary.group." + c.Group; n == 0 || v.Groups[n-1].Key != key {
			v.Groups = append(v.Groups, conceptGroup{Key: key, Anchor: "g-" + c.Group})
			n++
		}
		g := &v.Groups[n-1]
		g.Concepts = append(g.Concepts, p.concept(c))
	}
	order := collate.New(language.Make(string(p.Want)))
	for _, g := range v.Groups {
		slices.SortStableFunc(g.Concepts, func(a, b conceptView) int {
			switch {
			case a.Missing && !b.Missing:
				return 1
			case b.Missing && !a.Missing:
				return -1
			}
			return order.CompareString(a.Term, b.Term)
		})
	}
	slices.SortStableFunc(v.Rules, func(a, b glossary.Rule) int { return order.CompareString(a.Avoid, b.Avoid) })
	p.Data = p.termSet(v.Groups)
	return p.show(ctx, glossaryView(v))
}

// concept is a concept for the reader of a page.
func (p *page) concept(c glossary.Concept) conceptView {
	t, ok := c.Terms[p.Want]
	v := conceptView{Anchor: conceptAnchor(c.ID), Lang: p.Want, Missing: !ok}
	if !ok {
		words := sala.Text{}
		for l, t := range c.Terms {
			words[l] = t.Use()
		}
		_, v.Lang = words.In(p.Want, p.set.Default)
		t = c.Terms[v.Lang]
	}
	v.Term, v.Definition, v.Source, v.Review = t.Use(), t.Definition, t.Source, t.Review
	if len(t.Terms) > 1 {
		v.Also = t.Terms[1:]
	}
	for _, l := range p.set.Langs {
		if t, ok := c.Terms[l]; ok && l != v.Lang {
			v.Others = append(v.Others, otherTerm{l, strings.Join(t.Terms, ", ")})
		}
	}
	return v
}

// termSet describes the glossary to machines (schema.org DefinedTermSet).
func (p *page) termSet(groups []conceptGroup) string {
	var terms []map[string]any
	for _, g := range groups {
		for _, c := range g.Concepts {
			t := map[string]any{"@type": "DefinedTerm", "@id": "#" + c.Anchor, "name": c.Term, "inLanguage": c.Lang}
			if c.Definition != "" {
				t["description"] = c.Definition
			}
			terms = append(terms, t)
		}
	}
	return parts.JSONLD(map[string]any{
		"@context": "https://schema.org", "@type": "DefinedTermSet", "@id": p.Base + p.Path, "name": p.Title, "inLanguage": p.Want, "hasDefinedTerm": terms,
	})
}
