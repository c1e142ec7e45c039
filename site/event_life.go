package site

import (
	"context"
	"net/url"
	"slices"

	"sala"
	"sala/event"
	"sala/tracker"
)

// The page of an event is its invitation before it is held, and its report
// when it is over, at the same address.

// An invitation is what the page leads with before the event.
type invitation struct {
	Works   []telling
	Reply   string // address of the form, "" if there is none for this reader
	Closed  bool   // replies were taken and are no more
	Invited bool   // only those reply who have a link
	Until   string
}

// inviting are the stages of works that come before an event.
var inviting = []event.Stage{event.Invitation, event.Programme}

// life fills what the page leads with at its moment in the life of the event.
// It reports whether the page may be kept: not when that changes within a day.
func (s *Site) life(ctx context.Context, v *eventPage) (bool, error) {
	e, p, now := v.Event, v.page, s.DB.Now()
	if e.Over(now) { // and takes no replies, whatever its rules
		v.Works, v.Report = partTellings(v.Works)
		return true, s.outcome(ctx, v)
	}
	r, err := s.Events.ReplyRules(ctx, e.ID)
	if err != nil {
		return false, err
	}
	soon := now.AddDate(0, 0, 1)
	takes := r.Takes(e, now)
	if !e.Held.IsZero() || takes {
		in := invitation{}
		in.Works, v.Works = partTellings(v.Works)
		if r.Open {
			in.Until, in.Closed, in.Invited = p.closing(r, e), !takes, r.Invited
			if takes && !r.Invited {
				in.Reply = "/" + string(p.Want) + "/events/" + url.PathEscape(e.Slug) + "/reply"
			}
		}
		v.Invitation = &in
	}
	return !e.Over(soon) && takes == r.Takes(e, soon), nil
}

// partTellings parts the works that come before an event from the others.
func partTellings(all []telling) (before, after []telling) {
	for _, t := range all {
		if slices.Contains(inviting, t.At) {
			before = append(before, t)
		} else {
			after = append(after, t)
		}
	}
	return before, after
}

// outcome fills what was recommended there and the figures that were given:
// by the works that tell of the event.
func (s *Site) outcome(ctx context.Context, v *eventPage) error {
	var works []sala.ID
	for _, t := range v.Event.Works {
		works = append(works, t.Work)
	}
	recs, err := s.Tracker.In(ctx, works...)
	if err != nil {
		return err
	}
	for rec, err := range s.Tracker.Every(ctx, tracker.Filter{Event: v.Event.ID}) {
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(recs, func(r tracker.Recommendation) bool { return r.ID == rec.ID }) {
			recs = append(recs, rec)
		}
	}
	v.Asks, err = s.askRows(ctx, v.page, recs)
	return err
}

// counted fills the figures that the works give which tell of the event, with
// what contradicts them.
func (s *Site) counted(ctx context.Context, v *eventPage) error {
	stated, err := s.Tracker.StatedIn(ctx)
	if err != nil {
		return err
	}
	of := map[sala.ID]bool{}
	for _, t := range v.Event.Works {
		for _, m := range stated[t.Work] {
			of[m] = true
		}
	}
	if len(of) == 0 {
		return nil
	}
	measures, err := s.sortedMeasures(ctx, v.page)
	if err != nil {
		return err
	}
	measures = slices.DeleteFunc(measures, func(m tracker.Measure) bool { return !of[m.ID] })
	all, err := s.Tracker.Figures(ctx, measureIDs(measures))
	if err != nil {
		return err
	}
	var own []tracker.Figure
	for _, f := range all {
		if slices.ContainsFunc(v.Event.Works, func(t event.Telling) bool { return t.Work == f.Source.Work }) {
			own = append(own, f)
		}
	}
	v.Measures, err = s.measures(ctx, v.page, measures, all, func(f tracker.Figure) bool {
		return slices.ContainsFunc(own, func(o tracker.Figure) bool { return o.ID == f.ID || tracker.Conflicts(o, f) })
	})
	return err
}
