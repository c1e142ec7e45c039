package demo

import (
	"fmt"
	"strings"

	"sala"
	"sala/tracker"
)

// asks stores asks.txt: each recommendation, then its steps, and then it is
// made public.
func (r record) asks() error {
	return r.each("asks.txt", func(h *head) error {
		err := h.check(append(tags(langs), "from", "words", "number", "event", "asked", "again"), []string{"by", "to", "theme", "project", "code", "step"})
		if err != nil {
			return err
		}
		at := id(sala.KindRecommendation, h.name)
		rec, err := r.to.Tracker.Open(r.ctx, r.by, at)
		is, err := missing(err)
		if err != nil {
			return err
		}
		if is {
			if rec, err = r.ask(h, at); err != nil {
				return err
			}
			if _, err := r.to.Tracker.New(r.ctx, r.by, rec); err != nil {
				return err
			}
		}
		if rec.Public {
			return nil
		}
		if err := r.steps(h, at); err != nil {
			return err
		}
		if was := h.value("again"); was != "" {
			if err := r.to.Tracker.Decide(r.ctx, r.by, id(sala.KindRecommendation, was), at, tracker.Again); err != nil {
				return err
			}
		}
		return r.to.Tracker.Publish(r.ctx, r.by, at)
	})
}

// ask reads one section.
func (r record) ask(h *head, at sala.ID) (tracker.Recommendation, error) {
	words := h.value("words")
	rec := tracker.Recommendation{
		ID: at, Slug: h.name, Title: h.text(""), Words: english(words), Original: sala.English, Number: h.value("number"),
		Askers: parties(h, "by"), Addressed: parties(h, "to"),
	}
	var err error
	if rec.Source.Work, rec.Source.Block, err = r.passage(h.value("from"), words); err != nil {
		return rec, err
	}
	rec.Source.Quote = words
	if e := h.value("event"); e != "" {
		rec.Event = id(sala.KindEvent, e)
	}
	if rec.Asked, err = sala.ParseDay(h.value("asked")); err != nil {
		return rec, err
	}
	if rec.Terms, err = r.terms(h); err != nil {
		return rec, err
	}
	for _, s := range h.values("code") {
		c, err := tracker.ParseCode(s)
		if err != nil {
			return rec, err
		}
		rec.Codes = append(rec.Codes, c)
	}
	return rec, nil
}

// parties reads those who ask or are asked, with what the document calls them
// where that is something else.
func parties(h *head, key string) []tracker.Party {
	var all []tracker.Party
	for _, line := range h.values(key) {
		at := parts(line, 2)
		all = append(all, tracker.Party{Organisation: id(sala.KindOrganisation, at[0]), Said: english(at[1])})
	}
	return all
}

// steps adds the steps that are not there yet; the first of a recommendation
// came with it.
func (r record) steps(h *head, at sala.ID) error {
	had, err := r.to.Tracker.Steps(r.ctx, at)
	if err != nil {
		return err
	}
	for i, line := range h.values("step") {
		if i < len(had)-1 {
			continue
		}
		p := parts(line, 5)
		st := tracker.Step{State: tracker.State(p[0]), Number: p[4], Evidence: english(p[3])}
		if st.Day, err = sala.ParseDay(p[1]); err != nil {
			return err
		}
		if st.Source, err = r.source(p[2]); err != nil {
			return err
		}
		if _, err := r.to.Tracker.AddStep(r.ctx, r.by, at, st); err != nil {
			return err
		}
	}
	return nil
}

// source reads "work:NAME" or "name:what is on paper".
func (r record) source(s string) (tracker.Source, error) {
	if name, ok := strings.CutPrefix(s, "work:"); ok {
		w, err := r.work(name)
		return tracker.Source{Work: w.Work.ID()}, err
	}
	if name, ok := strings.CutPrefix(s, "name:"); ok {
		return tracker.Source{Name: english(name)}, nil
	}
	return tracker.Source{}, fmt.Errorf("want a source that begins with work: or name:, have %q", s)
}
