package site

import (
	"net/http"
	"strings"

	"sala"
	"sala/archive"
	"sala/internal/web"
)

// searchPage is what searchView shows.
type searchPage struct {
	*page
	Query string
	Count int
	Years []yearRows
	Older string
}

// search serves GET /{lang}/search.
func (s *Site) search(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading = p.T("search.title"), p.Lang
	p.everyLang("/search")
	p.Section = "search"
	v := searchPage{page: p, Query: strings.TrimSpace(r.URL.Query().Get("q"))}
	if v.Query != "" {
		p.Path = ""
		f := archive.Filter{Text: v.Query, Kinds: archive.Kinds, Before: sala.ID(r.URL.Query().Get("before"))}
		list, err := s.Archive.Works(r.Context(), f)
		if err != nil {
			return nil, err
		}
		v.Years, v.Count = s.byYear(list.Works, p), list.Total
		if list.Next != "" {
			ch := choice{query: map[string][]string{"q": {v.Query}}}
			v.Older = ch.with("/"+string(p.Want)+"/search", "before", string(list.Next))
		}
	}
	return web.Page(r.Context(), searchView(v))
}
