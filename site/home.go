package site

import (
	"context"
	"net/http"

	"sala"
	"sala/archive"
	"sala/event"
	"sala/internal/web"
	"sala/site/parts"
	"sala/tracker"
)

// homePage is what homeView shows.
type homePage struct {
	*page
	Opening    string // HTML of the page that opens the home page
	Rows       []row
	Categories []item
	Pages      []item
	Total      int
	Coming     []row    // events that are not over, the nearest first
	Asked      []askRow // what was asked last
	Totals     []total  // how all that was asked stands
}

// home serves GET /{lang}/.
func (s *Site) home(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	p.everyLang("/")
	p.Title, p.Heading = p.Name()
	p.About, _ = p.Tagline()
	h := homePage{page: p}
	list, err := s.Archive.Works(ctx, archive.Filter{Limit: 10})
	if err != nil {
		return nil, err
	}
	sticky, err := s.Archive.Works(ctx, archive.Filter{Sticky: true, Limit: 3})
	if err != nil {
		return nil, err
	}
	shown := map[sala.ID]bool{}
	for i, w := range append(sticky.Works, list.Works...) {
		if !shown[w.ID] {
			shown[w.ID] = true
			line := s.row(w, p)
			line.Pinned = i < len(sticky.Works) && (i >= len(list.Works) || list.Works[i].ID != w.ID)
			h.Rows = append(h.Rows, line)
		}
	}
	h.Total = list.Total
	if h.Categories, err = s.categories(r, p, ""); err != nil {
		return nil, err
	}
	pages, err := s.Archive.Pages(ctx)
	if err != nil {
		return nil, err
	}
	for _, w := range pages {
		e := best(w, p.Want, p.set)
		h.Pages = append(h.Pages, item{Href: towards(e, p.Want), Label: e.Title, Lang: e.Lang})
	}
	if err := h.record(ctx); err != nil {
		return nil, err
	}
	p.Data = parts.JSONLD(map[string]any{
		"@context": "https://schema.org", "@type": "WebSite", "name": p.Title, "url": p.Base + p.Path, "inLanguage": string(p.Want),
		"publisher": map[string]any{"@type": "Organization", "name": p.Title, "url": p.Base + "/"},
	})
	return h.show(ctx, homeView(h))
}

// record fills what is to come and what was asked.
func (h *homePage) record(ctx context.Context) error {
	s, p := h.site, h.page
	const some = 3
	if p.HasEvents {
		list, err := s.Events.Events(ctx, event.Filter{From: sala.DayOf(s.DB.Now()), Oldest: true, Limit: some})
		if err != nil {
			return err
		}
		seen, err := s.see(ctx, list.Events...)
		if err != nil {
			return err
		}
		for _, e := range seen.Events {
			h.Coming = append(h.Coming, s.eventRow(e, p))
		}
	}
	if !p.HasAsks {
		return nil
	}
	facets, err := s.Tracker.Facets(ctx, tracker.Filter{})
	if err != nil {
		return err
	}
	for _, st := range tracker.States {
		if n := facets.States[st]; n > 0 {
			h.Totals = append(h.Totals, total{st, p.T("tracker.state." + string(st)), n, recommendationsPath(p.Want) + "?state=" + string(st)})
		}
	}
	list, err := s.Tracker.Lines(ctx, tracker.Filter{Limit: some})
	if err != nil {
		return err
	}
	h.Asked, err = s.askRows(ctx, p, list.Recommendations)
	return err
}

// categories lists the categories right below a term, "" for the top, that
// have anything in them.
func (s *Site) categories(r *http.Request, p *page, below sala.ID) ([]item, error) {
	terms, err := s.Archive.Terms(r.Context(), archive.Category)
	if err != nil {
		return nil, err
	}
	var items []item
	for _, t := range terms {
		if t.Parent != below || t.Count == 0 {
			continue
		}
		label, in := t.Labels.In(p.Want, p.set.Default)
		items = append(items, item{Href: termPath(p.Want, t), Label: label, Lang: in, Count: t.Count})
	}
	return items, nil
}
