package studio

import (
	"slices"

	"sala"
	"sala/internal/web"
)

// homePage is what homeView shows.
type homePage struct {
	*page
	Todo  []link // what waits, with its count
	First []link // where a record begins that has nothing in it yet
}

// firstEntries are ways to begin a record.
var firstEntries = []entry{
	{"studio.first_import", "/studio/import", sala.Publish, nil},
	{"studio.first_work", "/studio/works/new", sala.Draft, nil},
	{"studio.first_event", "/studio/events", sala.Publish, nil},
	{"studio.first_people", "/studio/people", sala.ManageUsers, nil},
	{"studio.first_settings", "/studio/settings", sala.Configure, nil},
}

// home serves GET /studio/: what there is to do.
func (s *Studio) home(v *visit) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.home_title")
	links, err := v.links(todoEntries)
	if err != nil {
		return nil, err
	}
	h := homePage{page: p}
	for _, l := range links {
		if l.Count > 0 {
			h.Todo = append(h.Todo, l)
		}
	}
	if v.By().May(sala.Publish) && !slices.ContainsFunc(p.Side[0].Links, func(l link) bool { return l.Count > 0 }) {
		if h.First, err = v.links(firstEntries); err != nil {
			return nil, err
		}
	}
	return p.show(homeView(h))
}

// help serves GET /studio/help: the keys.
func (s *Studio) help(v *visit) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.help_title")
	return p.show(helpView(p))
}
