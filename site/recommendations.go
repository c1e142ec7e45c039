package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/site/parts"
	"sala/tracker"
)

// recommendationsPage is what recommendationsView shows.
type recommendationsPage struct {
	*page
	Heading2 string // over a list by one addressee: what it is
	Lead     string
	Count    int
	Totals   []total
	Chart    chart
	Rows     []askRow
	Chosen   []item
	Clear    string
	Groups   []group
	Older    string
	Newest   string
	Dataset  string // address of the data without its ending
	Pack     []item
	More     []item
}

// A total is how many stand in a state.
type total struct {
	State tracker.State
	Said  string
	N     int
	Href  string
}

// An askChoice is a filter of the ledger as an address says it.
type askChoice struct {
	filter tracker.Filter
	query  url.Values
	names  map[string]item // what each choice is called
}

// recommendations serves everything under /{lang}/recommendations/.
func (s *Site) recommendations(r *http.Request, lang sala.Lang, rest []string) (*web.Reply, error) {
	last := rest[len(rest)-1]
	switch {
	case len(rest) == 1 && last == "":
		return s.ledger(r, lang)
	case len(rest) == 1 && isFeed(last):
		return s.recommendationFeed(r, lang, last)
	case len(rest) == 1 && last == "pack.docx", len(rest) == 1 && last == "pack":
		return s.pack(r, lang, last)
	case len(rest) == 1 && last == "ratifications":
		return s.ratifications(r, lang)
	case len(rest) == 1 && last == "figures":
		return s.figures(r, lang)
	case len(rest) == 1 && last == "documents":
		return s.numberings(r, lang)
	case len(rest) == 2 && rest[0] == "documents" && last != "":
		return s.numbering(r, lang, last)
	case len(rest) == 2 && last == responseEnd:
		return s.responseForm(r, lang, rest[0])
	case len(rest) == 1:
		return s.recommendation(r, lang, last)
	}
	return nil, sala.ErrNotFound
}

// askChoice reads a filter out of an address. A value that names nothing is
// not found.
func (s *Site) askChoice(ctx context.Context, p *page, q url.Values) (askChoice, error) {
	ch := askChoice{query: url.Values{}, names: map[string]item{}}
	keep := func(name, label string, in sala.Lang) {
		ch.query.Set(name, q.Get(name))
		ch.names[name] = item{Label: label, Lang: in}
	}
	if v := q.Get("addressee"); v != "" {
		ids, name, err := s.organisation(ctx, p, v)
		if err != nil {
			return ch, err
		}
		ch.filter.Addressee = ids
		keep("addressee", name.Label, name.Lang)
	}
	switch v := tracker.State(q.Get("state")); {
	case v == "":
	case v == "silent":
		ch.filter.Silent = true
		keep("state", p.T("tracker.silent"), p.Lang)
	case slices.Contains(tracker.States, v):
		ch.filter.States = []tracker.State{v}
		keep("state", p.T("tracker.state."+string(v)), p.Lang)
	default:
		return ch, sala.ErrNotFound
	}
	for _, vocabulary := range []string{archive.Theme, archive.Project, archive.Country} {
		path := q.Get(vocabulary)
		if path == "" {
			continue
		}
		t, err := s.Archive.TermByPath(ctx, vocabulary, path)
		if err != nil {
			return ch, err
		}
		below, err := s.Archive.Reach(ctx, t.ID)
		if err != nil {
			return ch, err
		}
		ch.filter.Terms = append(ch.filter.Terms, below)
		label, in := t.Labels.In(p.Want, p.set.Default)
		keep(vocabulary, label, in)
	}
	if v := q.Get("year"); v != "" {
		year, err := i18n.ParseYear(v)
		if err != nil || year < 1 || year > 9999 {
			return ch, sala.ErrNotFound
		}
		ch.filter.Year = year
		keep("year", i18n.Year(p.Lang, year), p.Lang)
		ch.query.Set("year", strconv.Itoa(year))
	}
	if v := tracker.Framework(q.Get("framework")); v != "" {
		if !slices.Contains(tracker.Frameworks, v) {
			return ch, sala.ErrNotFound
		}
		ch.filter.Framework = v
		keep("framework", p.T("tracker.framework."+string(v)), p.Lang)
		if v := q.Get("code"); v != "" {
			c, err := tracker.ParseCode(string(ch.filter.Framework) + " " + v)
			if ch.filter.Framework == tracker.UPR { // a paragraph alone is no code: the review is of a country
				c, err = tracker.ParseCode("upr " + v + " th")
			}
			if err != nil {
				return ch, sala.ErrNotFound
			}
			ch.filter.Code = c.Code
			keep("code", codeName(p, c), p.Lang)
			ch.query.Set("code", c.Code)
		}
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

// organisation finds an addressee by the last part of the address of its page,
// or by its id, and every id that it ever had.
func (s *Site) organisation(ctx context.Context, p *page, slug string) ([]sala.ID, item, error) {
	var face directory.Face
	id, err := sala.ParseID(slug)
	if err == nil {
		faces, err := s.who.Faces(ctx, []sala.ID{id})
		if err != nil {
			return nil, item{}, err
		}
		face = faces[id]
	} else {
		profile, err := s.who.OrganisationAt(ctx, slug)
		if err != nil {
			return nil, item{}, err
		}
		id, face = profile.ID, profile.Face
	}
	if face.What != sala.KindOrganisation {
		return nil, item{}, sala.ErrNotFound
	}
	ids, err := s.who.Family(ctx, id)
	return ids, p.addressee(face), err
}

// addressee leads to the page of an organisation.
func (p *page) addressee(face directory.Face) item {
	it := item{Href: face.Path(p.Want)}
	it.Label, it.Lang = face.In(p.Want, p.set.Default)
	return it
}

// with is the address of the same list with one choice more or, with "", less.
func (ch askChoice) with(base, name, value string) string {
	q := url.Values{}
	for k, v := range ch.query {
		q[k] = v
	}
	q.Del(name)
	if name == "framework" {
		q.Del("code")
	}
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return base
	}
	return base + "?" + q.Encode()
}

// ledger serves GET /{lang}/recommendations/.
func (s *Site) ledger(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	ctx := r.Context()
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	ch, err := s.askChoice(ctx, p, r.URL.Query())
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading, p.About, p.Section = p.T("tracker.title"), p.Lang, p.T("tracker.lead"), "recommendations"
	p.everyLang("/recommendations/")
	base := recommendationsPath(p.Want)
	p.Feed = base
	v := recommendationsPage{page: p, Lead: p.T("tracker.lead")}
	for _, name := range sortedKeys(ch.names) {
		it := ch.names[name]
		it.Href = ch.with(base, name, "")
		v.Chosen = append(v.Chosen, it)
	}
	if len(v.Chosen) > 1 {
		v.Clear = base
	}
	kept := url.Values{}
	for k, values := range ch.query {
		kept[k] = values
	}
	if len(kept) > 0 || ch.filter.Before != "" {
		p.Path, p.Alternates = "", nil
	}
	p.keep(kept)
	v.Dataset = "/" + string(p.Want) + "/recommendations"
	const some = 5 // the others have a page
	docs, err := s.Tracker.NumberingDocuments(ctx, "", some+1)
	if err != nil {
		return nil, err
	}
	t, err := s.fillLedger(ctx, &v, ch, base, docs[:min(some, len(docs))])
	if err != nil {
		return nil, err
	}
	v.More = []item{{Href: base + "ratifications", Label: p.T("tracker.ratifications")}, {Href: base + "figures", Label: p.T("tracker.figures")}}
	if v.More = append(v.More, t.numberings(docs[:min(some, len(docs))])...); len(docs) > some {
		v.More = append(v.More, item{Href: base + "documents", Label: p.T("tracker.documents")})
	}
	name, _ := p.Name()
	data := map[string]any{
		"@context": "https://schema.org", "@type": "Dataset", "name": p.Title, "description": p.About, "inLanguage": string(p.Lang), "url": p.Base + base,
		"creator": map[string]any{"@type": "Organization", "name": name, "url": p.Base + "/"},
		"distribution": []map[string]any{
			{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": p.Base + v.Dataset + ".csv"},
			{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": p.Base + v.Dataset + ".json"},
		},
	}
	if p.set.Licence != "" {
		data["license"] = p.set.Licence
	}
	p.Data = parts.JSONLD(data)
	return v.show(ctx, recommendationsView(v))
}

// fillLedger puts the list, the totals, the picture and the choices on a page.
// It returns the teller of all that, who knows some documents as well.
func (s *Site) fillLedger(ctx context.Context, v *recommendationsPage, ch askChoice, base string, docs []tracker.Document) (*teller, error) {
	p := v.page
	list, err := s.Tracker.Lines(ctx, ch.filter)
	if err != nil {
		return nil, err
	}
	facets, err := s.Tracker.Facets(ctx, ch.filter)
	if err != nil {
		return nil, err
	}
	years, err := s.Tracker.StatesOverYears(ctx, ch.filter)
	if err != nil {
		return nil, err
	}
	n := needs{terms: sortedKeys(facets.Terms)}
	for _, c := range mostAsked(facets) {
		n.organisations = append(n.organisations, sala.ID(c.Value))
	}
	n.lines(list.Recommendations...)
	for _, d := range docs {
		n.source(d.Source)
	}
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return nil, err
	}
	v.Count = list.Total
	if v.Rows, err = t.rows(ctx, list.Recommendations); err != nil {
		return nil, err
	}
	if list.Next != "" {
		v.Older = ch.with(base, "before", string(list.Next))
	}
	if ch.filter.Before != "" {
		v.Newest = ch.with(base, "before", "")
	}
	for _, st := range tracker.States {
		if n := facets.States[st]; n > 0 {
			v.Totals = append(v.Totals, total{st, p.T("tracker.state." + string(st)), n, ch.with(base, "state", string(st))})
		}
	}
	v.Chart = newChart(p, years)
	if v.Groups, err = t.groups(ch, base, facets); err != nil {
		return nil, err
	}
	if query := ch.query.Encode(); query != "" {
		v.Pack = []item{{Href: base + "pack?" + query, Label: p.T("tracker.pack_page")}, {Href: base + "pack.docx?" + query, Label: p.T("tracker.pack_word")}}
		v.Dataset += ".{end}?" + query
	}
	return t, nil
}

// download is the address of the data of a list with an ending.
func (v recommendationsPage) download(end string) string {
	if address, query, ok := strings.Cut(v.Dataset, ".{end}"); ok {
		return address + "." + end + query
	}
	return v.Dataset + "." + end
}

// mostAsked are the addressees by whom a list can be narrowed.
func mostAsked(facets tracker.Facets) []tracker.Count {
	return facets.Addressees[:min(offered, len(facets.Addressees))]
}

// groups lists the choices a reader can still make.
func (t *teller) groups(ch askChoice, base string, facets tracker.Facets) ([]group, error) {
	p := t.p
	states := group{Name: p.T("tracker.by_state")}
	for _, st := range tracker.States {
		if n := facets.States[st]; n > 0 {
			states.Items = append(states.Items, item{Href: ch.with(base, "state", string(st)), Label: p.T("tracker.state." + string(st)), Lang: p.Lang, Count: n, Here: ch.query.Get("state") == string(st)})
		}
	}
	if facets.Silent > 0 {
		states.Items = append(states.Items, item{Href: ch.with(base, "state", "silent"), Label: p.T("tracker.silent"), Lang: p.Lang, Count: facets.Silent, Here: ch.filter.Silent})
	}
	of := group{Name: p.T("tracker.by_addressee")}
	seen := map[string]int{}
	for _, c := range mostAsked(facets) {
		face, ok := t.faces[sala.ID(c.Value)]
		if !ok {
			continue
		}
		value := face.Slug
		if value == "" {
			value = c.Value
		}
		if at, had := seen[value]; had { // two ids of one organisation
			of.Items[at].Count += c.N
			continue
		}
		seen[value] = len(of.Items)
		label, in := face.In(p.Want, p.set.Default)
		of.Items = append(of.Items, item{Href: ch.with(base, "addressee", value), Label: label, Lang: in, Count: c.N, Here: ch.query.Get("addressee") == value})
	}
	years := group{Name: p.T("archive.by_year")}
	for _, c := range facets.Years {
		n, err := strconv.Atoi(c.Value)
		if err != nil {
			return nil, err
		}
		years.Items = append(years.Items, item{Href: ch.with(base, "year", c.Value), Label: i18n.Year(p.Lang, n), Lang: p.Lang, Count: c.N, Here: ch.filter.Year == n})
	}
	frameworks := group{Name: p.T("tracker.by_framework")}
	if ch.filter.Framework == "" {
		for _, c := range facets.Codes {
			frameworks.Items = append(frameworks.Items, item{Href: ch.with(base, "framework", c.Value), Label: p.T("tracker.framework." + c.Value), Lang: p.Lang, Count: c.N})
		}
	}
	for _, c := range facets.Numbers {
		f, code, _ := strings.Cut(c.Value, ":")
		if f == string(ch.filter.Framework) {
			frameworks.Items = append(frameworks.Items, item{Href: ch.with(base, "code", code), Label: codeName(p, tracker.Code{Framework: ch.filter.Framework, Code: code}), Lang: p.Lang, Count: c.N, Here: ch.filter.Code == code})
		}
	}
	groups := []group{states, of}
	for _, vocabulary := range []string{archive.Theme, archive.Project, archive.Country} {
		g := group{Name: p.T("archive.by_" + vocabulary)}
		for id, n := range facets.Terms {
			term, ok := t.terms[id]
			if !ok || term.Vocabulary != vocabulary {
				continue
			}
			label, in := term.Labels.In(p.Want, p.set.Default)
			g.Items = append(g.Items, item{Href: ch.with(base, vocabulary, term.Path), Label: label, Lang: in, Count: n, Here: ch.query.Get(vocabulary) == term.Path})
		}
		slices.SortFunc(g.Items, func(x, y item) int {
			if x.Count != y.Count {
				return y.Count - x.Count
			}
			return i18n.Compare(p.Lang, x.Label, y.Label)
		})
		groups = append(groups, g)
	}
	groups = append(groups, frameworks, years)
	var open []group
	for _, g := range groups {
		if len(g.Items) > longest+2 {
			g.Items, g.More = g.Items[:longest], g.Items[longest:]
		}
		if left := len(facets.Addressees) - len(mostAsked(facets)); left > 0 && g.Name == of.Name {
			g.More = append(g.More, p.others(left))
		}
		if len(g.Items) > 1 || len(g.Items) == 1 && g.Items[0].Here {
			open = append(open, g)
		}
	}
	return open, nil
}

// codeName is a code as people write it: "SDG 8.8", "ILO C188".
func codeName(p *page, c tracker.Code) string {
	s := strings.ToUpper(string(c.Framework)) + " " + c.Code
	if c.Framework == tracker.UN {
		s = c.Code
	}
	return s
}

// asksPath is the address of everything asked of an organisation.
func asksPath(lang sala.Lang, slug string) string {
	return "/" + string(lang) + "/organisations/" + url.PathEscape(slug) + "/asks"
}

// asksOf serves GET /{lang}/organisations/{slug}/asks: everything asked of one
// addressee, for whoever goes to see it.
func (s *Site) asksOf(r *http.Request, lang sala.Lang, slug string) (*web.Reply, error) {
	ctx := r.Context()
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	profile, err := s.who.OrganisationAt(ctx, slug)
	if err != nil {
		return nil, err
	}
	if profile.Face.Slug != slug {
		return web.Redirect(http.StatusMovedPermanently, asksPath(lang, profile.Face.Slug)), nil
	}
	ids, err := s.who.Family(ctx, profile.ID)
	if err != nil {
		return nil, err
	}
	name := p.addressee(profile.Face)
	p.Title, p.Heading, p.Section = p.T("tracker.all_of", "name", name.Label), p.Lang, "recommendations"
	p.everyLang("/organisations/" + url.PathEscape(slug) + "/asks")
	p.trail = []item{{Href: recommendationsPath(p.Want), Label: p.T("tracker.title"), Lang: p.Lang}, name}
	ch := askChoice{filter: tracker.Filter{Addressee: ids}, query: url.Values{"addressee": {slug}}, names: map[string]item{}}
	if before := r.URL.Query().Get("before"); before != "" {
		if ch.filter.Before, err = sala.ParseID(before); err != nil {
			return nil, err
		}
		p.Path = ""
	}
	v := recommendationsPage{page: p, Lead: p.T("tracker.all_of_lead"), Dataset: "/" + string(p.Want) + "/recommendations"}
	if _, err := s.fillLedger(ctx, &v, ch, recommendationsPath(p.Want), nil); err != nil {
		return nil, err
	}
	p.About = v.Lead
	return v.show(ctx, recommendationsView(v))
}
