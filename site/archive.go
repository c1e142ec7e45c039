package site

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/event"
	"sala/internal/cover"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/search"
	"sala/tracker"
)

// archivePage is what archiveView shows.
type archivePage struct {
	*page
	Years   []yearRows
	Count   int
	Query   string
	Said    string      // what is to be said of the query, a key; "" if nothing
	Ask     string      // where the query is asked of everything
	Hidden  [][2]string // what the search form keeps
	Chosen  []item      // what narrows the list; each link takes it away
	Clear   string
	Groups  []group
	Below   []item // categories inside this one
	Newest  string // "" on the first stretch
	Older   string
	Action  string
	Feeds   string
	Words   string // description of the category
	WordsIn sala.Lang
}

// A group is the choices of one sort.
type group struct {
	Name  string
	Lang  sala.Lang
	Items []item
	More  []item // folded
}

// A choice is a filter as an address says it.
type choice struct {
	filter   archive.Filter
	category *archive.Term           // whose page it is
	terms    map[string]archive.Term // by vocabulary
	text     string                  // what a reader asks for
	tooLong  bool                    // more was asked for than can be: text is its beginning
	search   bool                    // of everything: a category is a choice like others there
	query    url.Values              // what of the address narrows, in canonical form
}

// archive serves GET /{lang}/archive/, its categories and their feeds.
func (s *Site) archive(r *http.Request, lang sala.Lang, rest []string) (*web.Reply, error) {
	last := rest[len(rest)-1]
	path := strings.Join(rest[:len(rest)-1], "/")
	if isFeed(last) {
		return s.feed(r, lang, path, last)
	}
	if last != "" {
		return web.Redirect(http.StatusMovedPermanently, r.URL.EscapedPath()+"/"), nil
	}
	ch, err := s.choice(r.Context(), path, r.URL.Query(), false)
	if err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	a, err := s.archivePage(r, p, ch)
	if err != nil {
		return nil, err
	}
	reply, err := a.show(r.Context(), archiveView(a))
	if err == nil && ch.tooLong {
		reply.Keep = false // its address alone may be a book
	}
	return reply, err
}

// choice reads a filter out of an address. A value that names nothing is not
// found: a page that ignored it would show what was not asked for.
func (s *Site) choice(ctx context.Context, path string, q url.Values, everything bool) (choice, error) {
	ch := choice{terms: map[string]archive.Term{}, query: url.Values{}, search: everything}
	keep := func(name string) { ch.query.Set(name, q.Get(name)) }
	if path != "" {
		t, err := s.Archive.TermByPath(ctx, archive.Category, path)
		if err != nil {
			return ch, err
		}
		ch.category = &t
		below, err := s.Archive.Below(ctx, t.ID)
		if err != nil {
			return ch, err
		}
		ch.filter.Terms = append(ch.filter.Terms, below)
	}
	if v := q.Get("kind"); v != "" {
		if !slices.Contains(archive.Kinds, archive.Kind(v)) && !(everything && (v == event.DocumentKind || v == tracker.SearchKind)) {
			return ch, sala.ErrNotFound
		}
		ch.filter.Kinds = []archive.Kind{archive.Kind(v)}
		keep("kind")
	}
	if v := q.Get("lang"); v != "" {
		l, err := sala.ParseLang(v)
		if err != nil {
			return ch, sala.ErrNotFound
		}
		ch.filter.Lang = l
		keep("lang")
	}
	for _, part := range []struct {
		name string
		to   *int
		max  int
	}{{"year", &ch.filter.Year, 9999}, {"month", &ch.filter.Month, 12}, {"day", &ch.filter.Day, 31}} {
		if v := q.Get(part.name); v != "" {
			n, err := i18n.ParseNumber(v)
			if part.name == "year" {
				n, err = i18n.ParseYear(v)
			}
			if err != nil || n < 1 || n > part.max {
				return ch, sala.ErrNotFound
			}
			*part.to = n
			ch.query.Set(part.name, strconv.Itoa(n))
		}
	}
	if text := q.Get("q"); len(text) > search.MaxQuestion {
		ch.text, ch.tooLong = beginning(asText(text[:search.MaxQuestion])), true
	} else {
		ch.text = asText(text)
	}
	if ch.text != "" {
		ch.query.Set("q", ch.text)
	}
	vocabularies, err := s.Archive.Vocabularies(ctx)
	if err != nil {
		return ch, err
	}
	for _, v := range vocabularies {
		path := q.Get(v.Slug)
		if path == "" || v.Slug == archive.Category && !ch.search {
			continue
		}
		t, err := s.Archive.TermByPath(ctx, v.Slug, path)
		if err != nil {
			return ch, err
		}
		below, err := s.Archive.Below(ctx, t.ID)
		if err != nil {
			return ch, err
		}
		ch.terms[v.Slug] = t
		ch.filter.Terms = append(ch.filter.Terms, below)
		keep(v.Slug)
	}
	if v := q.Get("before"); v != "" {
		id, err := sala.ParseID(v)
		if err != nil {
			return ch, err
		}
		ch.filter.Before = id
	}
	return ch, nil
}

// with returns the address of the same list with one choice more or, with "",
// less.
func (ch choice) with(base, name, value string) string {
	q := url.Values{}
	for k, v := range ch.query {
		q[k] = v
	}
	q.Del(name)
	if name == "year" {
		q.Del("month")
		q.Del("day")
	}
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return base
	}
	return base + "?" + q.Encode()
}

func (s *Site) archivePage(r *http.Request, p *page, ch choice) (archivePage, error) {
	ctx := r.Context()
	a := archivePage{page: p, Query: ch.text}
	rest := "/archive/"
	p.Title, p.Section = p.T("archive.title"), "archive"
	p.Heading = p.Lang
	a.Words, a.WordsIn = p.T("archive.lead"), p.Lang
	p.trail = []item{{Href: "/" + string(p.Want) + "/archive/", Label: p.T("archive.title"), Lang: p.Lang}}
	if ch.category != nil {
		rest = strings.TrimPrefix(termPath(p.Want, *ch.category), "/"+string(p.Want))
		p.Title, p.Heading = ch.category.Labels.In(p.Want, p.set.Default)
		a.Words, a.WordsIn = ch.category.Description.In(p.Want, p.set.Default)
		if err := s.trail(ctx, p, *ch.category); err != nil {
			return a, err
		}
		var err error
		if a.Below, err = s.categories(r, p, ch.category.ID); err != nil {
			return a, err
		}
	}
	p.everyLang(rest)
	base := "/" + string(p.Want) + rest
	a.Action, a.Feeds, p.Feed = base, base, base
	a.Chosen, a.Clear, a.Hidden = s.chosen(p, ch, base, "")
	if len(a.Chosen) > 0 {
		p.Path = "" // one list has one address for search engines
		p.Alternates = nil
		// A list by one thing alone is called by it.
		if ch.category == nil && len(a.Chosen) == 1 {
			p.Title, p.Heading = a.Chosen[0].Label, a.Chosen[0].Lang
		}
	}
	said, err := s.saying(ctx, &ch, listed)
	switch {
	case err != nil:
		return a, err
	case ch.tooLong:
		a.Said = "search.too_long"
	case ch.text != "":
		a.Ask = ch.with("/"+string(p.Want)+"/search", archive.Category, "")
		if ch.category != nil {
			a.Ask = ch.with("/"+string(p.Want)+"/search", archive.Category, ch.category.Path)
		}
	}
	kept := maps.Clone(ch.query)
	for _, name := range []string{"before", "page"} {
		if v := r.URL.Query().Get(name); v != "" && ch.filter.Before != "" {
			kept.Set(name, v)
		}
	}
	p.keep(kept)
	list, err := s.Archive.Works(ctx, ch.filter)
	if err != nil {
		return a, err
	}
	a.Years, a.Count = s.byYear(list.Works, p), list.Total
	if said != nil {
		a.Count = said.Works
	}
	if ch.filter.Before != "" {
		a.Newest = ch.with(base, "before", "")
		p.Path = ""
	}
	number := 1 // of this stretch, for its title alone: what is on it follows from before
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil && n > 1 && ch.filter.Before != "" {
		number = n
		p.Window = p.T("archive.page", "n", n)
	}
	if list.Next != "" {
		a.Older = ch.with(base, "before", string(list.Next)) + "&page=" + strconv.Itoa(number+1)
	}
	p.About = a.Words
	facets, err := s.facets(ctx, ch, said)
	if err != nil {
		return a, err
	}
	if len(ch.text) > pasted {
		return a, nil
	}
	a.Groups, err = s.groups(ctx, p, ch, base, facets)
	return a, err
}

// pasted is how many bytes nobody types: with such a question in each of them
// the links that narrow a list would be far longer than the list.
const pasted = 600

// listed is how many works a stretch of a list shows.
const listed = 20

// trail leads from the archive to a category.
func (s *Site) trail(ctx context.Context, p *page, t archive.Term) error {
	parts := strings.Split(t.Path, "/")
	for i := 1; i < len(parts); i++ {
		up, err := s.Archive.TermByPath(ctx, archive.Category, strings.Join(parts[:i], "/"))
		if err != nil {
			return err
		}
		label, in := up.Labels.In(p.Want, p.set.Default)
		p.trail = append(p.trail, item{Href: termPath(p.Want, up), Label: label, Lang: in})
	}
	return nil
}

// chosen lists what narrows a list, each with the address without it; clear is
// the address without any, if there are several, and hidden what a form must
// keep. What always stands is not among them.
func (s *Site) chosen(p *page, ch choice, base, always string) (chosen []item, clear string, hidden [][2]string) {
	add := func(name, label string, in sala.Lang) {
		if name != always {
			chosen = append(chosen, item{Href: ch.with(base, name, ""), Label: label, Lang: in})
		}
	}
	if v := ch.query.Get("kind"); v != "" {
		add("kind", p.T("kind."+v), p.Lang)
	}
	if v := ch.filter.Lang; v != "" {
		add("lang", p.Own(v), v)
	}
	if ch.filter.Year != 0 {
		add("year", p.Date(monthDay(ch.filter)), p.Lang)
	}
	if ch.text != "" {
		add("q", cover.Said(i18n.Quote(p.Lang, beginning(ch.text))), p.Lang)
	}
	for _, slug := range sortedKeys(ch.terms) {
		label, in := ch.terms[slug].Labels.In(p.Want, p.set.Default)
		add(slug, label, in)
	}
	if len(chosen) > 1 {
		clear = base
		if always != "" {
			clear = base + "?" + url.Values{always: {ch.query.Get(always)}}.Encode()
		}
	}
	for name, values := range ch.query {
		if name != "q" {
			hidden = append(hidden, [2]string{name, values[0]})
		}
	}
	slices.SortFunc(hidden, func(x, y [2]string) int { return strings.Compare(x[0], y[0]) })
	return chosen, clear, hidden
}

// offered is how many organisations a list is narrowed by, those with the most
// first. The others have it on their own pages.
const offered = 40

// mostly returns the ids that are counted most, as many as are offered, and how
// many are left.
func mostly(counts map[sala.ID]int) (ids []sala.ID, left int) {
	ids = sortedKeys(counts)
	slices.SortStableFunc(ids, func(a, b sala.ID) int { return counts[b] - counts[a] })
	left = max(0, len(ids)-offered)
	return ids[:len(ids)-left], left
}

// others leads to the organisations that a list is not narrowed by.
func (p *page) others(n int) item {
	return item{Href: halfPath(p.Want, sala.KindOrganisation), Label: p.T("directory.others"), Lang: p.Lang, Count: n}
}

// longest is how many choices of a sort stand open; the others are folded.
const longest = 10

// groups lists the choices a reader can still make.
func (s *Site) groups(ctx context.Context, p *page, ch choice, base string, facets archive.Facets) ([]group, error) {
	kinds := group{Name: p.T("archive.by_kind")}
	for _, c := range facets.Kinds {
		kinds.Items = append(kinds.Items, item{Href: ch.with(base, "kind", c.Value), Label: p.T("kind." + c.Value), Lang: p.Lang, Count: c.N, Here: ch.query.Get("kind") == c.Value})
	}
	years := group{Name: p.T("archive.by_year")}
	for _, c := range facets.Years {
		n, err := strconv.Atoi(c.Value)
		if err != nil {
			continue // a day before the year 0 has no page of its own
		}
		years.Items = append(years.Items, item{Href: ch.with(base, "year", c.Value), Label: i18n.Year(p.Lang, n), Lang: p.Lang, Count: c.N, Here: ch.filter.Year == n})
	}
	langs := group{Name: p.T("archive.by_lang")}
	for _, c := range facets.Langs {
		l := sala.Lang(c.Value)
		langs.Items = append(langs.Items, item{Href: ch.with(base, "lang", c.Value), Label: p.Own(l), Lang: l, Count: c.N, Here: ch.filter.Lang == l})
	}
	groups := []group{kinds}
	vocabularies, err := s.Archive.Vocabularies(ctx)
	if err != nil {
		return nil, err
	}
	byVocabulary := map[string][]item{}
	ids := make([]sala.ID, 0, len(facets.Terms))
	for id := range facets.Terms {
		ids = append(ids, id)
	}
	found, err := s.Archive.TermsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	for id, t := range found {
		if t.Vocabulary == archive.Category && !ch.search {
			continue // each has a page of its own
		}
		label, in := t.Labels.In(p.Want, p.set.Default)
		chosen, is := ch.terms[t.Vocabulary]
		byVocabulary[t.Vocabulary] = append(byVocabulary[t.Vocabulary], item{
			Href: ch.with(base, t.Vocabulary, t.Path), Label: label, Lang: in, Count: facets.Terms[id], Here: is && chosen.ID == id,
		})
	}
	for _, v := range vocabularies {
		items := byVocabulary[v.Slug]
		slices.SortFunc(items, func(x, y item) int {
			if x.Count != y.Count {
				return y.Count - x.Count
			}
			return i18n.Compare(p.Lang, x.Label, y.Label)
		})
		groups = append(groups, vocabularyGroup(p, v, items))
	}
	groups = append(groups, years, langs)
	var open []group
	for _, g := range groups {
		if len(g.Items) > longest+2 {
			g.Items, g.More = g.Items[:longest], g.Items[longest:]
		}
		if len(g.Items) > 1 || len(g.Items) == 1 && g.Items[0].Here {
			open = append(open, g)
		}
	}
	return open, nil
}

// vocabularyGroup is the terms of a vocabulary under its name: that of the
// interface, or its own label.
func vocabularyGroup(p *page, v archive.Vocabulary, items []item) group {
	switch v.Slug {
	case archive.Theme, archive.Project, archive.Country, archive.Author, archive.Category:
		return group{Name: p.T("archive.by_" + v.Slug), Items: items}
	}
	if label, in := v.Labels.In(p.Want, p.set.Default); label != "" {
		return group{Name: label, Lang: in, Items: items}
	}
	return group{Name: strings.ToUpper(v.Slug[:1]) + strings.ReplaceAll(v.Slug[1:], "_", " "), Items: items}
}

// monthDay is the day or month that a filter names.
func monthDay(f archive.Filter) sala.Day {
	return sala.Day{Year: f.Year, Month: time.Month(f.Month), Day: f.Day}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
