package site

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/archive"
	"sala/event"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/site/parts"
	"sala/tracker"
)

// themesPage is what themesView shows: every theme, or every project, that
// anything public bears. What is said of themes here holds for projects.
type themesPage struct {
	*page
	Rows []themeRow
}

// A themeRow is a theme in a list, with how much of each sort bears it.
type themeRow struct {
	item
	Said []string // "3 events"

	path string
}

// themePage is what themeView shows.
type themePage struct {
	*page
	Words    string // description of the theme
	WordsIn  sala.Lang
	Sorts    []item // what the list can be narrowed to, each with how many there are
	Below    []themeRow
	Asked    item // to the ledger of the theme
	Totals   []total
	Figures  int
	Measures []measureView
	// MoreFigures is how many more things are counted than stand here.
	MoreFigures int
	Years       []gatheredYear
	Newest      string // "" on the first stretch
	Older       string
	Query       string // what the feeds of the archive are narrowed by

	of gathered
}

// Everything of one year that bears a theme, the newest first.
type gatheredYear struct {
	Year string
	Rows []gatheredRow
}

// A gatheredRow is a work, an event or a recommendation in one list.
type gatheredRow struct {
	row
	Ask *askRow // with its state, of a recommendation

	year int
}

// The sorts of things that bear a theme, as addresses name them.
const (
	sortWorks  = "works"
	sortEvents = "events"
	sortAsks   = "asks"
)

// A gathered is a vocabulary whose terms have a page with all that bears them.
type gathered struct {
	vocabulary string
	place      string // in addresses

	title, lead, below, all string // keys of what is said of it
}

var (
	themes   = gathered{archive.Theme, "themes", "theme.title", "theme.lead", "theme.below", "theme.all"}
	projects = gathered{archive.Project, "projects", "project.title", "project.lead", "project.below", "project.all"}
)

// gatherings are in the order in which menus name them.
var gatherings = []gathered{themes, projects}

// path is the address of a term's page, with "" of the list of all.
func (g gathered) path(lang sala.Lang, path string) string {
	steps := strings.Split(path, "/")
	for i, step := range steps {
		steps[i] = url.PathEscape(step)
	}
	return "/" + string(lang) + "/" + g.place + "/" + strings.Join(steps, "/")
}

// gathered serves what stands under /{lang}/themes and /{lang}/projects.
func (s *Site) gathered(r *http.Request, lang sala.Lang, of gathered, rest []string) (*web.Reply, error) {
	path := strings.Join(rest, "/")
	switch {
	case path == "":
		return s.themeList(r, lang, of)
	case strings.HasSuffix(path, "/"):
		return web.Redirect(http.StatusMovedPermanently, withQuery(of.path(lang, strings.TrimRight(path, "/")), r.URL.Query())), nil
	}
	t, err := s.Archive.TermByPath(r.Context(), of.vocabulary, path)
	if errors.Is(err, sala.ErrNotFound) {
		if t, err = s.Archive.MovedTerm(r.Context(), of.vocabulary, path); err != nil {
			return nil, err
		}
		return web.Redirect(http.StatusMovedPermanently, withQuery(of.path(lang, t.Path), r.URL.Query())), nil
	}
	if err != nil {
		return nil, err
	}
	return s.theme(r, lang, of, t)
}

func withQuery(address string, q url.Values) string {
	if len(q) == 0 {
		return address
	}
	return address + "?" + q.Encode()
}

// themeList serves GET /{lang}/themes/.
func (s *Site) themeList(r *http.Request, lang sala.Lang, of gathered) (*web.Reply, error) {
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading, p.About, p.Section = p.T(of.title), p.Lang, p.T(of.lead), of.place
	p.everyLang("/" + of.place + "/")
	v := themesPage{page: p}
	if v.Rows, err = s.themeRows(r.Context(), p, of, func(archive.Term) bool { return true }); err != nil {
		return nil, err
	}
	return v.show(r.Context(), themesView(v))
}

// themeRows tells of those themes that something public bears, in the order of
// their names.
func (s *Site) themeRows(ctx context.Context, p *page, of gathered, which func(archive.Term) bool) ([]themeRow, error) {
	terms, err := s.Archive.Terms(ctx, of.vocabulary)
	if err != nil {
		return nil, err
	}
	terms = slices.DeleteFunc(slices.Clone(terms), func(t archive.Term) bool { return !which(t) })
	if len(terms) == 0 { // as below most themes
		return nil, nil
	}
	works, err := s.Archive.Facets(ctx, archive.Filter{})
	if err != nil {
		return nil, err
	}
	events, err := s.Events.Facets(ctx, event.Filter{})
	if err != nil {
		return nil, err
	}
	asks, err := s.Tracker.Facets(ctx, tracker.Filter{})
	if err != nil {
		return nil, err
	}
	var out []themeRow
	for _, t := range terms {
		ids, err := s.Archive.Reach(ctx, t.ID)
		if err != nil {
			return nil, err
		}
		n := [3]int{works.Terms[t.ID], events.Terms[t.ID], asks.Terms[t.ID]}
		if len(ids) > 1 { // what bears two of them counts once
			if n, err = s.countTheme(ctx, ids); err != nil {
				return nil, err
			}
		}
		it := themeRow{path: t.Path}
		for i, key := range []string{"archive.count", "event.count", "tracker.count"} {
			if n[i] > 0 {
				it.Said = append(it.Said, p.T(key, "n", n[i]))
				it.Count += n[i]
			}
		}
		if it.Count == 0 {
			continue
		}
		it.Href = of.path(p.Want, t.Path)
		it.Label, it.Lang = t.Labels.In(p.Want, p.set.Default)
		out = append(out, it)
	}
	slices.SortStableFunc(out, func(a, b themeRow) int { return i18n.Compare(p.Lang, a.Label, b.Label) })
	return out, nil
}

// countTheme counts the public works, events and recommendations that bear one
// of these terms.
func (s *Site) countTheme(ctx context.Context, ids []sala.ID) (n [3]int, err error) {
	if n[0], err = s.Archive.Count(ctx, archive.Filter{Terms: [][]sala.ID{ids}}); err != nil {
		return n, err
	}
	if n[1], err = s.Events.Count(ctx, event.Filter{Term: ids}); err != nil {
		return n, err
	}
	n[2], err = s.Tracker.Count(ctx, tracker.Filter{Terms: [][]sala.ID{ids}})
	return n, err
}

// theme serves GET /{lang}/themes/{path}.
func (s *Site) theme(r *http.Request, lang sala.Lang, of gathered, t archive.Term) (*web.Reply, error) {
	ctx, q := r.Context(), r.URL.Query()
	ids, err := s.Archive.Reach(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	g := gathering{ids: ids, sort: q.Get("show")}
	if g.sort != "" && g.sort != sortWorks && g.sort != sortEvents && g.sort != sortAsks {
		return nil, sala.ErrNotFound
	}
	if g.after, err = parsePlace(q.Get("before")); err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	v := themePage{page: p, of: of, Query: "?" + url.Values{of.vocabulary: {t.Path}}.Encode()}
	p.Title, p.Heading = t.Labels.In(p.Want, p.set.Default)
	v.Words, v.WordsIn = t.Description.In(p.Want, p.set.Default)
	p.About, p.Section = v.Words, of.place
	p.Feed, p.FeedQuery = "/"+string(p.Want)+"/archive/", v.Query
	if err := s.themeTrail(ctx, p, of, t); err != nil {
		return nil, err
	}
	base := of.path(p.Want, t.Path)
	p.everyLang(strings.TrimPrefix(base, "/"+string(p.Want)))
	n, err := s.countTheme(ctx, ids)
	if err != nil {
		return nil, err
	}
	all, count := n[0]+n[1]+n[2], n[0]+n[1]+n[2]
	v.Sorts = []item{{Href: base, Label: p.T("theme.everything"), Count: all, Here: g.sort == ""}}
	for i, sort := range []struct{ name, key string }{{sortWorks, "theme.works"}, {sortEvents, "theme.events"}, {sortAsks, "theme.asks"}} {
		if g.sort == sort.name {
			count = n[i]
		}
		if n[i] > 0 || g.sort == sort.name {
			v.Sorts = append(v.Sorts, item{Href: base + "?show=" + sort.name, Label: p.T(sort.key), Count: n[i], Here: g.sort == sort.name})
		}
	}
	kept := url.Values{}
	if g.sort != "" {
		kept.Set("show", g.sort)
	}
	narrowed := withQuery(base, kept)
	rows, next, err := s.gather(ctx, p, g)
	if err != nil {
		return nil, err
	}
	v.Years = gatheredYears(p, rows)
	if next != "" {
		older := url.Values{"before": {next}}
		if g.sort != "" {
			older.Set("show", g.sort)
		}
		v.Older = withQuery(base, older)
	}
	if g.after == (place{}) {
		if err := s.themeHead(ctx, &v, t, g); err != nil {
			return nil, err
		}
	} else {
		v.Newest = narrowed
		kept.Set("before", q.Get("before"))
	}
	if len(kept) > 0 || all == 0 {
		p.Path, p.Alternates = "", nil // one list has one address for search engines
	}
	p.keep(kept)
	p.Data = v.data(base, t, rows, count)
	return v.show(ctx, themeView(v))
}

// themeTrail leads from all themes to one.
func (s *Site) themeTrail(ctx context.Context, p *page, of gathered, t archive.Term) error {
	p.trail = []item{{Href: of.path(p.Want, ""), Label: p.T(of.title), Lang: p.Lang}}
	steps := strings.Split(t.Path, "/")
	for i := 1; i < len(steps); i++ {
		up, err := s.Archive.TermByPath(ctx, of.vocabulary, strings.Join(steps[:i], "/"))
		if err != nil {
			return err
		}
		label, in := up.Labels.In(p.Want, p.set.Default)
		p.trail = append(p.trail, item{Href: of.path(p.Want, up.Path), Label: label, Lang: in})
	}
	return nil
}

// themeHead is what stands above the first stretch of a theme's list: the
// themes below it, how its recommendations stand, and the figures of its works.
func (s *Site) themeHead(ctx context.Context, v *themePage, t archive.Term, g gathering) (err error) {
	p := v.page
	if v.Below, err = s.themeRows(ctx, p, v.of, func(below archive.Term) bool { return below.Parent == t.ID }); err != nil {
		return err
	}
	if g.sort == "" || g.sort == sortAsks {
		facets, err := s.Tracker.Facets(ctx, tracker.Filter{Terms: [][]sala.ID{g.ids}})
		if err != nil {
			return err
		}
		ledger := recommendationsPath(p.Want) + v.Query
		v.Asked = item{Href: ledger, Label: p.T("tracker.title"), Count: facets.Total}
		for _, st := range tracker.States {
			if n := facets.States[st]; n > 0 {
				v.Totals = append(v.Totals, total{st, p.T("tracker.state." + string(st)), n, ledger + "&state=" + string(st)})
			}
		}
	}
	if g.sort == "" || g.sort == sortWorks {
		return s.themeFigures(ctx, v, g.ids)
	}
	return nil
}

// figuresAbove is how many things that are counted stand above a list.
const figuresAbove = 6

// themeFigures finds the figures that works of a theme state.
func (s *Site) themeFigures(ctx context.Context, v *themePage, ids []sala.ID) error {
	stated, err := s.Tracker.StatedIn(ctx)
	if err != nil || len(stated) == 0 {
		return err
	}
	works, err := s.Archive.Bearing(ctx, ids, sortedKeys(stated))
	if err != nil {
		return err
	}
	of, counted := map[sala.ID]bool{}, map[sala.ID]bool{}
	for _, id := range works {
		of[id] = true
		for _, m := range stated[id] {
			counted[m] = true
		}
	}
	measures, err := s.sortedMeasures(ctx, v.page)
	if err != nil {
		return err
	}
	measures = slices.DeleteFunc(measures, func(m tracker.Measure) bool { return !counted[m.ID] })
	if v.MoreFigures = max(0, len(measures)-figuresAbove); v.MoreFigures > 0 {
		measures = measures[:figuresAbove]
	}
	all, err := s.Tracker.Figures(ctx, measureIDs(measures))
	if err != nil {
		return err
	}
	v.Measures, err = s.measures(ctx, v.page, measures, all, func(f tracker.Figure) bool { return of[f.Source.Work] })
	for _, m := range v.Measures {
		v.Figures += len(m.Figures)
	}
	return err
}

// data describes the page to machines (schema.org).
func (v themePage) data(base string, t archive.Term, rows []gatheredRow, count int) string {
	name, _ := v.Name()
	items := make([]map[string]any, len(rows))
	for i, r := range rows {
		items[i] = map[string]any{"@type": "ListItem", "position": i + 1, "name": r.Title, "url": v.Base + r.Href}
	}
	about := map[string]any{"@type": "DefinedTerm", "@id": v.Base + "/id/" + string(t.ID), "name": v.Title}
	page := map[string]any{
		"@context": "https://schema.org", "@type": "CollectionPage", "name": v.Title, "inLanguage": string(v.Lang), "url": v.Base + base, "about": about,
		"isPartOf":   map[string]any{"@type": "WebSite", "name": name, "url": v.Base + "/"},
		"mainEntity": map[string]any{"@type": "ItemList", "numberOfItems": count, "itemListOrder": "https://schema.org/ItemListOrderDescending", "itemListElement": items},
	}
	if v.Words != "" {
		page["description"] = v.Words
	}
	return parts.JSONLD(page)
}

// themeLocations lists the addresses of themes and projects for the site map.
func (s *Site) themeLocations(r *http.Request, every func(rest string)) error {
	p, err := s.page(r, sala.English, "")
	if err != nil {
		return err
	}
	for _, of := range gatherings {
		rows, err := s.themeRows(r.Context(), p, of, func(archive.Term) bool { return true })
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			every(of.path("", "")[1:])
		}
		for _, row := range rows {
			every(of.path("", row.path)[1:])
		}
	}
	return nil
}
