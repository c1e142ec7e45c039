package site

import (
	"context"

	"sala"
	"sala/tracker"
)

// A passageAsk is a recommendation that a work makes, with its paragraph.
type passageAsk struct {
	askRow
	Here string // "#p-…", "" if no paragraph is known
}

// A passageFigure is a number that a work states.
type passageFigure struct {
	figureView
	What, Unit     string
	WhatIn, UnitIn sala.Lang
	Here           string
}

// passages finds what the tracker has out of a work. A paragraph has the same
// id in each language of it.
func (s *Site) passages(ctx context.Context, v *workPage) error {
	recs, err := s.Tracker.In(ctx, v.Work.ID)
	if err != nil {
		return err
	}
	rows, err := s.askRows(ctx, v.page, recs)
	if err != nil {
		return err
	}
	anchors := v.Edition.Body.Anchors()
	here := func(src tracker.Source) string {
		if anchor := anchors[src.Block]; anchor != "" {
			return "#p-" + anchor
		}
		return ""
	}
	for i, row := range rows {
		ask := passageAsk{askRow: row}
		if recs[i].Source.Work == v.Work.ID { // else one that was merged into it says it here
			ask.Here = here(recs[i].Source)
		}
		v.Asks = append(v.Asks, ask)
	}
	figures, err := s.Tracker.FiguresIn(ctx, v.Work.ID)
	if err != nil || len(figures) == 0 {
		return err
	}
	measures, err := s.Tracker.Measures(ctx, sala.Actor{}, false)
	if err != nil {
		return err
	}
	t, err := s.teller(ctx, v.page, needs{})
	if err != nil {
		return err
	}
	for _, f := range figures {
		view := passageFigure{figureView: t.figure(f), Here: here(f.Source)}
		for _, m := range measures {
			if m.ID == f.Measure {
				view.What, view.WhatIn = t.said(m.What)
				view.Unit, view.UnitIn = t.said(m.Unit)
			}
		}
		v.Figures = append(v.Figures, view)
	}
	return nil
}
