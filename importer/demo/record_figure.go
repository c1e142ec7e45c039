package demo

import (
	"strings"

	"sala"
	"sala/tracker"
)

// ratifications stores ratifications.txt. What is known of a country and a
// convention already is not said again.
func (r record) ratifications() error {
	return r.each("ratifications.txt", func(h *head) error {
		err := h.check([]string{"source", "checked"}, []string{string(tracker.Ratified), string(tracker.Signed), string(tracker.NotRatified)})
		if err != nil {
			return err
		}
		checked, err := sala.ParseDay(h.value("checked"))
		if err != nil {
			return err
		}
		for _, status := range tracker.RatificationStatuses {
			for _, line := range h.values(string(status)) {
				at := parts(line, 3)
				code, err := tracker.ParseCode(at[0])
				if err != nil {
					return err
				}
				known, err := r.to.Tracker.RatificationHistory(r.ctx, at[1], code)
				if err != nil {
					return err
				}
				if len(known) > 0 {
					continue
				}
				was := tracker.Ratification{
					Country: at[1], Code: code, Status: status, Checked: checked, Source: tracker.Source{Name: english(h.value("source"))},
				}
				if at[2] != "" {
					if was.Day, err = sala.ParseDay(at[2]); err != nil {
						return err
					}
				}
				if _, err := r.to.Tracker.Ratify(r.ctx, r.by, was); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// figures stores figures.txt. A section "measure/name" is one of several
// figures of a measure.
func (r record) figures() error {
	measures, err := r.to.Tracker.Measures(r.ctx, r.by, true)
	if err != nil {
		return err
	}
	made := map[string]sala.ID{} // by what is counted, in English
	for _, m := range measures {
		made[m.What[sala.English]] = m.ID
	}
	stated, err := r.to.Tracker.AllFigures(r.ctx, r.by)
	if err != nil {
		return err
	}
	return r.each("figures.txt", func(h *head) error {
		if err := h.check(append(tags(langs), "unit", "value", "qualifier", "percent", "asof", "from", "words"), nil); err != nil {
			return err
		}
		f := tracker.Figure{
			Measure: made[h.value("en")], Value: h.value("value"), Qualifier: tracker.Qualifier(h.value("qualifier")), Percent: h.value("percent") != "",
		}
		var err error
		if f.AsOf, err = sala.ParseDay(h.value("asof")); err != nil {
			return err
		}
		if f.Measure == "" {
			if f.Measure, err = r.to.Tracker.SetMeasure(r.ctx, r.by, tracker.Measure{What: h.text(""), Unit: english(h.value("unit"))}); err != nil {
				return err
			}
			made[h.value("en")] = f.Measure
		}
		for _, was := range stated {
			if was.Measure == f.Measure && was.Value == f.Value && was.AsOf == f.AsOf {
				if was.Public || was.Withdrawn {
					return nil
				}
				return r.to.Tracker.ShowFigure(r.ctx, r.by, was.ID, true, "")
			}
		}
		f.Source.Quote = strings.TrimSpace(h.value("words"))
		if f.Source.Work, f.Source.Block, err = r.passage(h.value("from"), f.Source.Quote); err != nil {
			return err
		}
		at, err := r.to.Tracker.SetFigure(r.ctx, r.by, f)
		if err != nil {
			return err
		}
		return r.to.Tracker.ShowFigure(r.ctx, r.by, at, true, "")
	})
}
