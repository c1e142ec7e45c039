package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/glossary"
	"sala/importer"
	"sala/internal/i18n"
)

// wordsToAvoid returns what finds words better avoided: by the rules of the
// house, or by the default ones where nothing is opened.
func wordsToAvoid(p *program, h *house) (*glossary.Checker, error) {
	if h != nil {
		return h.words.Checker(p.ctx)
	}
	d, err := glossary.ReadDefaults()
	if err != nil {
		return nil, err
	}
	return glossary.NewChecker(d.Rules)
}

// wording lists the public texts that hold words better avoided. It is advice,
// so none of it is wrong.
func (h *house) wording(p *program) error {
	words, err := h.words.Checker(p.ctx)
	if err != nil {
		return err
	}
	type place struct{ address, said string }
	places := map[*glossary.Rule][]place{}
	texts, with, count := 0, 0, 0
	show := progress(p.errors)
	f := archive.Filter{Kinds: archive.Kinds, Limit: 200}
	for {
		list, err := h.archive.Works(p.ctx, f)
		if err != nil {
			return err
		}
		var ids []sala.ID
		for _, w := range list.Works {
			for _, e := range w.Editions {
				ids = append(ids, e.ID)
			}
		}
		docs, err := h.archive.Texts(p.ctx, ids)
		if err != nil {
			return err
		}
		for _, w := range list.Works {
			for _, e := range w.Editions {
				texts++
				found := words.Text(e.Title, e.Lang)
				found = append(found, words.Doc(docs[e.ID], e.Lang)...)
				if len(found) > 0 {
					with++
				}
				for _, f := range found {
					count++
					places[f.Rule] = append(places[f.Rule], place{publicPath(e), f.Excerpt()})
				}
			}
		}
		show(importer.Status{Doing: "reading the wording", Done: int64(texts), Unit: "texts"})
		if list.Next == "" {
			break
		}
		f.Before = list.Next
	}
	show(importer.Status{})
	if count == 0 {
		return nil
	}
	fmt.Fprintf(p.out, "Wording: %d places in %d of %d public texts use words better avoided. This is advice; nothing is wrong.\n", count, with, texts)
	rules := make([]*glossary.Rule, 0, len(places))
	for r := range places {
		rules = append(rules, r)
	}
	slices.SortFunc(rules, func(a, b *glossary.Rule) int {
		return cmp.Or(len(places[b])-len(places[a]), strings.Compare(a.ID, b.ID))
	})
	for _, r := range rules {
		instead := "Find other words."
		if len(r.Prefer) > 0 {
			instead = "Say: " + strings.Join(r.Prefer, "; ") + "."
		}
		fmt.Fprintf(p.out, "  %s (%s, %s), %d times. %s. %s\n", r.Avoid, r.Lang, r.Level, len(places[r]), strings.TrimRight(r.Reason, "."), instead)
		for _, at := range places[r] {
			fmt.Fprintf(p.out, "    %s: %s\n", at.address, at.said)
		}
	}
	return nil
}

// gaps counts the concepts of the glossary that lack a term in a language of
// the site.
func (h *house) gaps(p *program) error {
	set, err := h.network.Settings(p.ctx)
	if err != nil {
		return err
	}
	lookup, err := h.words.Lookup(p.ctx)
	if err != nil {
		return err
	}
	gaps := lookup.Gaps(set.Langs)
	var said []string
	for _, l := range set.Langs {
		if n := gaps[l]; n > 0 {
			said = append(said, fmt.Sprintf("%d in %s", n, i18n.LangName(sala.English, l)))
		}
	}
	if len(said) > 0 {
		fmt.Fprintf(p.out, "Of %d concepts in the glossary, some have no term yet: %s.\n", lookup.Len(), strings.Join(said, ", "))
	}
	return nil
}

// publicPath is where readers find an edition.
func publicPath(e archive.Edition) string {
	part := "pages"
	if e.Year != 0 {
		part = strconv.Itoa(e.Year)
	}
	return "/" + string(e.Lang) + "/" + part + "/" + e.Slug
}
