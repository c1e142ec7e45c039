package studio

import (
	"net/url"
	"slices"
	"strconv"

	"sala"
	"sala/archive"
	"sala/internal/web"
	"sala/links"
)

// linksPage is what linksView shows.
type linksPage struct {
	*page
	Show  string // which of linkLists
	Links []links.Link
	Works map[sala.ID]archive.Work
	Next  string // address of the next stretch, "" at the end
}

// linkLists are the lists, in the order they are offered.
var linkLists = []string{"dead", "failing", "moved"}

// linkRows is how many links a page shows.
const linkRows = 100

// links serves GET /studio/links.
func (s *Studio) links(v *visit) (*web.Reply, error) { return s.showLinks(v, v.URL.Query(), nil) }

func (s *Studio) showLinks(v *visit, q url.Values, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.links")
	lp := linksPage{page: p, Show: q.Get("show")}
	if !slices.Contains(linkLists, lp.Show) {
		lp.Show = linkLists[0]
	}
	list := map[string]func() ([]links.Link, error){
		"dead":    func() ([]links.Link, error) { return s.Links.Dead(v.ctx()) },
		"failing": func() ([]links.Link, error) { return s.Links.Failing(v.ctx()) },
		"moved":   func() ([]links.Link, error) { return s.Links.Moved(v.ctx()) },
	}[lp.Show]
	if lp.Links, err = list(); err != nil {
		return nil, err
	}
	from := 0
	if text := q.Get("from"); text != "" {
		if from, err = strconv.Atoi(text); err != nil || from < 0 {
			return nil, sala.ErrNotFound
		}
	}
	lp.Links = lp.Links[min(from, len(lp.Links)):]
	if len(lp.Links) > linkRows {
		lp.Links = lp.Links[:linkRows]
		lp.Next = "/studio/links?" + url.Values{"show": {lp.Show}, "from": {strconv.Itoa(from + linkRows)}}.Encode()
	}
	var ids []sala.ID
	for _, l := range lp.Links {
		ids = append(ids, l.Works...)
	}
	if lp.Works, err = s.Archive.WorksByID(v.ctx(), ids); err != nil {
		return nil, err
	}
	return p.show(linksView(lp))
}

// uses are the texts that lead to a link: a title for each work.
func (p linksPage) uses(l links.Link) []archive.Use {
	var uses []archive.Use
	for _, id := range l.Works {
		if w, ok := p.Works[id]; ok && len(w.Editions) > 0 {
			e := w.Editions[0]
			for _, other := range w.Editions {
				if other.Lang == p.lang {
					e = other
				}
			}
			uses = append(uses, archive.Use{Work: id, Edition: e.ID, Lang: e.Lang, Title: e.Title, Public: true})
		}
	}
	return uses
}

// checkLink serves POST /studio/links/check.
func (s *Studio) checkLink(v *visit) (*web.Reply, error) {
	show := v.PostFormValue("show")
	l, err := s.Links.CheckNow(v.ctx(), v.By(), v.PostFormValue("address"))
	if err != nil {
		return s.showLinks(v, url.Values{"show": {show}}, err)
	}
	place := "/studio/links?" + url.Values{"show": {show}}.Encode()
	if l.Failing.IsZero() {
		return v.done(place, "studio.links_good")
	}
	return v.done(place, "studio.links_bad", "why", l.Trouble)
}

// deadLinks counts what readers would not find.
func deadLinks(v *visit) (int, error) {
	dead, err := v.studio.Links.Dead(v.ctx())
	return len(dead), err
}
