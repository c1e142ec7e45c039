package site

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sala"
	"sala/archive"
	"sala/search"
)

// asText is what somebody typed into a search box, whatever it was: text,
// without what cannot be seen at its ends.
func asText(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	return strings.TrimSpace(s)
}

// beginningLetters is how much of a question is shown again.
const beginningLetters = 300

// beginning is a question as it is shown: of a long one only how it begins.
func beginning(s string) string {
	if len(s) <= beginningLetters {
		return s
	}
	n := 0
	for i, r := range s {
		if n++; n > beginningLetters && !unicode.Is(unicode.M, r) || i >= 4*beginningLetters {
			return s[:i]
		}
	}
	return s
}

// question is what a choice asks of the index. The slugs are the vocabularies
// of its terms.
func (s *Site) question(ctx context.Context, ch choice) (q search.Question, slugs []string, err error) {
	q = search.Question{Text: ch.text, Year: ch.filter.Year}
	if ch.filter.Lang != "" {
		q.Langs = []sala.Lang{ch.filter.Lang}
	}
	for _, k := range ch.filter.Kinds {
		q.Kinds = append(q.Kinds, string(k))
	}
	for _, slug := range sortedKeys(ch.terms) {
		q.Terms = append(q.Terms, ch.terms[slug].ID)
		slugs = append(slugs, slug)
	}
	if ch.category != nil {
		q.Terms = append(q.Terms, ch.category.ID)
		slugs = append(slugs, archive.Category)
	}
	q.Above, err = s.Archive.Above(ctx)
	return q, slugs, err
}

// saying narrows a list to the works one of whose texts says every word that a
// reader asks for, and returns their counts; nil if nothing is asked for. The
// list keeps its order: it is narrowed to the years in which its next stretch
// lies, so that it need not name all that was found.
func (s *Site) saying(ctx context.Context, ch *choice, stretch int) (*archiveSaid, error) {
	if ch.text == "" {
		return nil, nil
	}
	ch.filter.Among = []sala.ID{} // unless found
	if ch.tooLong {
		return nil, nil
	}
	q, slugs, err := s.question(ctx, *ch)
	if err != nil {
		return nil, err
	}
	if len(q.Kinds) == 0 {
		q.Kinds = listedKinds()
	}
	said, err := s.Search.Saying(ctx, q)
	if err != nil {
		return nil, err
	}
	at := 9999
	if ch.filter.Before != "" {
		w, err := s.Archive.Work(ctx, ch.filter.Before)
		if err != nil {
			return nil, err
		}
		at = w.Listed.Year
	}
	behind := 0 // works of later stretches than the year this one begins in
	for i, year := range said.Years {
		if year > at {
			continue
		}
		if year < at {
			if behind > stretch && year != said.Years[i-1] {
				break
			}
			behind++
		}
		ch.filter.Among = append(ch.filter.Among, said.Works[i])
	}
	facets, err := s.archiveFacets(ctx, said.Facets, slugs)
	if err != nil {
		return nil, err
	}
	if ch.filter.Month != 0 { // the index knows no months
		return nil, nil
	}
	return &archiveSaid{Works: said.Facets.Works, facets: facets}, nil
}

// An archiveSaid is how many works say what is asked for.
type archiveSaid struct {
	Works  int
	facets archive.Facets
}

// listedKinds are the kinds that a list shows unless it is asked for others.
func listedKinds() []string {
	var kinds []string
	for _, k := range archive.Kinds {
		if k != archive.Page {
			kinds = append(kinds, string(k))
		}
	}
	return kinds
}

// facets are the counts for a list: of the index if it is narrowed by words.
func (s *Site) facets(ctx context.Context, ch choice, said *archiveSaid) (archive.Facets, error) {
	if said == nil {
		return s.Archive.Facets(ctx, ch.filter)
	}
	facets := said.facets
	if len(ch.filter.Kinds) == 0 {
		facets.Kinds = slices.DeleteFunc(facets.Kinds, func(c archive.Count) bool { return c.Value == string(archive.Page) })
	}
	return facets, nil
}

// archiveFacets puts the counts of the index in the order of a list's. A
// vocabulary that a question narrows by is counted as if it did not.
func (s *Site) archiveFacets(ctx context.Context, f search.Facets, slugs []string) (archive.Facets, error) {
	out := archive.Facets{Terms: map[sala.ID]int{}}
	often := func(a, b archive.Count) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Value, b.Value)
	}
	for kind, n := range f.Kinds {
		out.Kinds = append(out.Kinds, archive.Count{Value: kind, N: n})
	}
	slices.SortFunc(out.Kinds, often)
	for lang, n := range f.Langs {
		out.Langs = append(out.Langs, archive.Count{Value: string(lang), N: n})
	}
	slices.SortFunc(out.Langs, often)
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(f.Years))) {
		if year > 0 {
			out.Years = append(out.Years, archive.Count{Value: strconv.Itoa(year), N: f.Years[year]})
		}
	}
	maps.Copy(out.Terms, f.Terms)
	if len(slugs) == 0 {
		return out, nil
	}
	ids := sortedKeys(f.Terms)
	for _, lifted := range f.Lifted {
		ids = append(ids, sortedKeys(lifted)...)
	}
	slices.Sort(ids)
	terms, err := s.Archive.TermsByID(ctx, slices.Compact(ids))
	if err != nil {
		return out, err
	}
	for i, slug := range slugs {
		for id, n := range f.Lifted[i] {
			if terms[id].Vocabulary == slug {
				out.Terms[id] = n
			}
		}
	}
	return out, nil
}
