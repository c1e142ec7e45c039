package studio

import (
	"sala"
	"sala/internal/web"
	"sala/tracker"
)

// ratificationsPage is what ratificationsView shows.
type ratificationsPage struct {
	*page
	Rows    []tracker.Ratification
	Sources map[sala.ID]string
	Form    ratificationForm
	Today   string
}

type ratificationForm struct{ Country, Code, Status, Day, Source, Checked, Note string }

// ratifications serves GET /studio/ratifications.
func (s *Studio) ratifications(v *visit) (*web.Reply, error) {
	return s.showRatifications(v, ratificationForm{Source: v.URL.Query().Get("source"), Checked: s.Tracker.Today().String()}, nil)
}

func (s *Studio) showRatifications(v *visit, f ratificationForm, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.tracker.ratifications")
	rp := ratificationsPage{page: p, Form: f, Sources: map[sala.ID]string{}, Today: s.Tracker.Today().String()}
	if rp.Rows, err = s.Tracker.Ratifications(v.ctx()); err != nil {
		return nil, err
	}
	var sources []tracker.Source
	for _, r := range rp.Rows {
		sources = append(sources, r.Source)
	}
	written, err := s.writtenSources(v, sources...)
	if err != nil {
		return nil, err
	}
	for i, r := range rp.Rows {
		rp.Sources[r.ID] = written[i]
	}
	return p.show(ratificationsView(rp))
}

// ratify serves POST /studio/ratifications.
func (s *Studio) ratify(v *visit) (*web.Reply, error) {
	f := ratificationForm{v.PostFormValue("country"), v.PostFormValue("convention"), v.PostFormValue("status"), v.PostFormValue("day"), v.PostFormValue("source"), v.PostFormValue("checked"), v.PostFormValue("note")}
	r := tracker.Ratification{Country: countryTyped(v.lang, f.Country), Status: tracker.RatificationStatus(f.Status), Note: sala.Text{v.lang: f.Note}}
	code, err := tracker.ParseCode(f.Code)
	if err != nil {
		return s.showRatifications(v, f, renamed(err, "codes", "convention"))
	}
	r.Code = tracker.Code{Framework: code.Framework, Code: code.Code}
	for _, d := range []struct {
		field string
		typed string
		to    *sala.Day
	}{{"day", f.Day, &r.Day}, {"checked", f.Checked, &r.Checked}} {
		if *d.to, err = dayTyped(v, d.typed); err != nil {
			return s.showRatifications(v, f, sala.Invalid{{Field: d.field, Key: "studio.tracker.day_bad", Text: err.Error()}})
		}
	}
	if r.Source, err = s.readSource(v, f.Source, v.lang, tracker.Source{}); err == nil {
		var reviews int
		if reviews, err = s.Tracker.Ratify(v.ctx(), v.By(), r); err == nil && reviews > 0 {
			return v.done("/studio/replies", "studio.tracker.reviews_made", "n", reviews)
		}
	}
	if err != nil {
		return s.showRatifications(v, f, err)
	}
	return v.done("/studio/ratifications", "studio.saved")
}
