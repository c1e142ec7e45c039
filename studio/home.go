package studio

import "sala/internal/web"

// homePage is what homeView shows.
type homePage struct {
	*page
	Todo []link // what waits, with its count
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
