package studio

import (
	"sala"
	"sala/internal/web"
	"sala/tracker"
)

// alikePage is what alikeView shows: pairs to be decided on.
type alikePage struct {
	*page
	Pairs []tracker.Likeness
	Of    map[sala.ID]string // by recommendation: who is asked
	Total int
}

// alikeRows is how many pairs a page shows: the most alike come first.
const alikeRows = 20

// alike serves GET /studio/recommendations/alike.
func (s *Studio) alike(v *visit) (*web.Reply, error) { return s.showAlike(v, nil) }

func (s *Studio) showAlike(v *visit, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.tracker.alike")
	ap := alikePage{page: p}
	if ap.Pairs, err = s.Tracker.Alike(v.ctx(), v.By(), alikeRows); err != nil {
		return nil, err
	}
	if ap.Total, err = s.Tracker.CountAlike(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	var all []tracker.Recommendation
	for _, pair := range ap.Pairs {
		all = append(all, pair.A, pair.B)
	}
	if ap.Of, err = s.askedOf(v, all); err != nil {
		return nil, err
	}
	return p.show(alikeView(ap))
}

// decideAlike serves POST /studio/recommendations/alike.
func (s *Studio) decideAlike(v *visit) (*web.Reply, error) {
	err := s.Tracker.Decide(v.ctx(), v.By(), sala.ID(v.PostFormValue("a")), sala.ID(v.PostFormValue("b")), tracker.Verdict(v.PostFormValue("verdict")))
	if err != nil {
		return s.showAlike(v, err)
	}
	return v.done("/studio/recommendations/alike", "studio.saved")
}
