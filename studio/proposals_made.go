package studio

import (
	"errors"
	"net/url"
	"slices"

	"sala"
	"sala/event"
	"sala/importer/proposals"
	"sala/internal/web"
	"sala/tracker"
)

// A madeRow is an event, a recommendation or a figure that accepted facts became.
type madeRow struct {
	Href, Title string
	Lang        sala.Lang
	State       event.State // of a recommendation, too

	ref     sala.Ref
	version int // of an event
}

// made finds the events, recommendations and figures that the facts of a text became,
// in the order of the text.
func (s *Studio) made(v *visit, all []proposals.Proposal) ([]madeRow, error) {
	var rows []madeRow
	var counted []tracker.Measure
	for _, x := range all {
		if x.State != proposals.Accepted && x.State != proposals.Mended || slices.ContainsFunc(rows, func(r madeRow) bool { return r.ref == x.Made }) {
			continue
		}
		row := madeRow{ref: x.Made, State: event.Draft}
		switch x.Made.Kind {
		case sala.KindEvent:
			e, err := s.Events.DeskEvent(v.ctx(), v.By(), x.Made.ID)
			if err != nil {
				return nil, err
			}
			row.Title, row.Lang = e.Title.In(v.lang, v.set.Default)
			row.Href, row.State, row.version = eventAt(e.ID), e.State, e.Version
		case sala.KindRecommendation:
			r, err := s.Tracker.Open(v.ctx(), v.By(), x.Made.ID)
			if err != nil {
				return nil, err
			}
			if r.Into != "" { // it is another's by now
				continue
			}
			row.Title, row.Lang = r.Name(v.lang, v.set.Default)
			row.Href = recommendationPath(r.ID)
			switch {
			case r.Public:
				row.State = event.Public
			case r.Withdrawn:
				row.State = event.Withdrawn
			}
		case sala.KindFigure:
			f, err := s.Tracker.Figure(v.ctx(), v.By(), x.Made.ID)
			if err != nil {
				return nil, err
			}
			if counted == nil {
				if counted, err = s.Tracker.Measures(v.ctx(), v.By(), true); err != nil {
					return nil, err
				}
			}
			row.Title = v.amount(f)
			for _, m := range counted {
				if m.ID == f.Measure {
					what, _ := m.What.In(v.lang, v.set.Default)
					row.Title += " · " + what
				}
			}
			row.Lang = v.lang
			row.Href = "/studio/figures?" + url.Values{"edit": {string(f.ID)}}.Encode()
			switch {
			case f.Public:
				row.State = event.Public
			case f.Withdrawn:
				row.State = event.Withdrawn
			}
		default:
			continue
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// Drafts counts what of it nobody sees yet.
func (p reviewPage) Drafts() int {
	n := 0
	for _, r := range p.Made {
		if r.State == event.Draft {
			n++
		}
	}
	return n
}

// publishMade serves POST /studio/proposals/{work}/publish: what the accepted
// facts of a public text became is public, too. What was withdrawn stays so.
func (s *Studio) publishMade(v *visit) (*web.Reply, error) {
	work := sala.ID(v.PathValue("work"))
	public, err := s.Archive.WorksByID(v.ctx(), []sala.ID{work})
	if err != nil {
		return nil, err
	}
	if _, is := public[work]; !is { // its words would be public before it is
		return s.showReview(v, proposals.Result{}, "", nil, sala.Invalid{{Field: "work", Key: "studio.proposals_not_public", Text: "the text itself is not public yet"}})
	}
	all, err := s.Proposals.Of(v.ctx(), v.By(), work)
	if err != nil {
		return nil, err
	}
	rows, err := s.made(v, all)
	if err != nil {
		return nil, err
	}
	n, passed := 0, 0
	for _, r := range rows {
		if r.State != event.Draft {
			continue
		}
		switch r.ref.Kind {
		case sala.KindEvent:
			err = s.Events.Publish(v.ctx(), v.By(), r.ref.ID, r.version)
		case sala.KindFigure:
			err = s.Tracker.ShowFigure(v.ctx(), v.By(), r.ref.ID, true, "")
		default:
			err = s.Tracker.Publish(v.ctx(), v.By(), r.ref.ID)
		}
		if errors.Is(err, sala.ErrConflict) { // somebody is at it; it stays in the list
			passed++
			continue
		}
		if err != nil {
			return nil, err
		}
		n++
	}
	if passed > 0 {
		return v.done("/studio/proposals/"+url.PathEscape(string(work)), "studio.proposals_published_but", "n", n, "m", passed)
	}
	return v.done("/studio/proposals/"+url.PathEscape(string(work)), "studio.proposals_published", "n", n)
}
