package site

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/tracker"
)

// figuresPage is what figuresView shows.
type figuresPage struct {
	*page
	Measures []measureView
	Newest   string // first stretch of the list, "" on it
	Older    string
}

// A measureView is what is counted, with every figure of it side by side.
type measureView struct {
	Slug     string
	What     string
	In       sala.Lang
	Unit     string
	UnitIn   sala.Lang
	Figures  []figureView
	Conflict bool // some of them disagree
}

// A figureView is one number as a document states it.
type figureView struct {
	ID       sala.ID
	Value    string
	Width    string // of its bar, in per cent, as a number of an SVG
	AsOf     string
	ISO      string
	Source   item
	Quote    string
	QuoteIn  sala.Lang
	Note     string
	NoteIn   sala.Lang
	Conflict bool
}

// figures serves GET /{lang}/recommendations/figures.
func (s *Site) figures(r *http.Request, lang sala.Lang) (*web.Reply, error) {
	ctx := r.Context()
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	p.Title, p.Heading, p.About, p.Section = p.T("tracker.figures"), p.Lang, p.T("tracker.figures_lead"), "recommendations"
	p.everyLang("/recommendations/figures")
	p.trail = []item{{Href: recommendationsPath(p.Want), Label: p.T("tracker.title"), Lang: p.Lang}}
	v, base := figuresPage{page: p}, p.Path
	measures, err := s.sortedMeasures(ctx, p)
	if err != nil {
		return nil, err
	}
	if after := r.URL.Query().Get("after"); after != "" {
		at := slices.IndexFunc(measures, func(m tracker.Measure) bool { return m.Slug == after })
		if at < 0 {
			return nil, sala.ErrNotFound
		}
		measures = measures[at+1:]
		v.Newest, p.Path, p.Alternates = base, "", nil
	}
	if len(measures) > listed {
		measures = measures[:listed]
		v.Older = base + "?" + url.Values{"after": {measures[listed-1].Slug}}.Encode()
	}
	all, err := s.Tracker.Figures(ctx, measureIDs(measures))
	if err != nil {
		return nil, err
	}
	if v.Measures, err = s.measures(ctx, p, measures, all, func(tracker.Figure) bool { return true }); err != nil {
		return nil, err
	}
	return v.show(ctx, figuresView(v))
}

// sortedMeasures are those of which readers see a figure, in the order of their
// names.
func (s *Site) sortedMeasures(ctx context.Context, p *page) ([]tracker.Measure, error) {
	measures, err := s.Tracker.Measures(ctx, sala.Actor{}, false)
	slices.SortStableFunc(measures, func(a, b tracker.Measure) int {
		x, _ := a.What.In(p.Want, p.set.Default)
		y, _ := b.What.In(p.Want, p.set.Default)
		return i18n.Compare(p.Lang, x, y)
	})
	return measures, err
}

func measureIDs(measures []tracker.Measure) []sala.ID {
	ids := make([]sala.ID, len(measures))
	for i, m := range measures {
		ids[i] = m.ID
	}
	return ids
}

// measures tells what is counted, with those of all figures that are asked for.
// Whether one disagrees with another, and how long its bar is, follows from all.
func (s *Site) measures(ctx context.Context, p *page, measures []tracker.Measure, all []tracker.Figure, which func(tracker.Figure) bool) ([]measureView, error) {
	var n needs
	for _, f := range all {
		if which(f) {
			n.source(f.Source)
		}
	}
	t, err := s.teller(ctx, p, n)
	if err != nil {
		return nil, err
	}
	var out []measureView
	for _, m := range measures {
		if !slices.ContainsFunc(all, func(f tracker.Figure) bool { return f.Measure == m.ID && which(f) }) {
			continue
		}
		view := measureView{Slug: m.Slug}
		view.What, view.In = t.said(m.What)
		view.Unit, view.UnitIn = t.said(m.Unit)
		var of []tracker.Figure
		most := 0.0
		for _, f := range all {
			if f.Measure == m.ID {
				of = append(of, f)
				most = max(most, tracker.Float(f.Value), tracker.Float(f.UpTo))
			}
		}
		for _, f := range of {
			if !which(f) {
				continue
			}
			fv := t.figure(f)
			if most > 0 {
				fv.Width = fmt.Sprintf("%.1f", max(0, 100*max(tracker.Float(f.Value), tracker.Float(f.UpTo))/most))
			}
			fv.Conflict = slices.ContainsFunc(of, func(other tracker.Figure) bool { return tracker.Conflicts(f, other) })
			view.Conflict = view.Conflict || fv.Conflict
			view.Figures = append(view.Figures, fv)
		}
		out = append(out, view)
	}
	return out, nil
}

func (t *teller) figure(f tracker.Figure) figureView {
	p := t.p
	fv := figureView{ID: f.ID, Value: t.value(f), ISO: f.AsOf.String(), Source: t.document(f.Source), Quote: f.Source.Quote, QuoteIn: i18n.Guess(f.Source.Quote, p.Want)}
	if !f.AsOf.IsZero() {
		fv.AsOf = p.T("tracker.as_of", "date", p.Date(f.AsOf))
	}
	fv.Note, fv.NoteIn = t.said(f.Note)
	return fv
}

// value is a number as the document says it: "over 40" never becomes "40".
func (t *teller) value(f tracker.Figure) string {
	said := t.decimal(f.Value)
	if f.UpTo != "" {
		said = t.p.T("tracker.range", "from", said, "to", t.decimal(f.UpTo))
	}
	if f.Percent {
		said += "%"
	}
	if f.Qualifier != tracker.Exactly {
		said = t.p.T("tracker.qualifier."+string(f.Qualifier), "value", said)
	}
	return said
}

func (t *teller) decimal(value string) string {
	places := 0
	if _, fraction, ok := strings.Cut(value, "."); ok {
		places = len(fraction)
	}
	return i18n.Decimal(t.p.Lang, tracker.Float(value), places)
}
