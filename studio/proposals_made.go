package studio

import (
	"errors"
	"net/url"
	"slices"

	"sala"
	"sala/event"
	"sala/importer/proposals"
	"sala/internal/web"
)

// A madeRow is an event or a recommendation that accepted facts became.
type madeRow struct {
	Href, Title string
	Lang        sala.Lang
	State       event.State // of a recommendation, too

	ref     sala.Ref
	version int // of an event
}

// made finds the events and recommendations that the facts of a text became,
// in the order of the text.
func (s *Studio) made(v *visit, all []proposals.Proposal) ([]madeRow, error) {
	var rows []madeRow
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
		if r.ref.Kind == sala.KindEvent {
			err = s.Events.Publish(v.ctx(), v.By(), r.ref.ID, r.version)
		} else {
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
