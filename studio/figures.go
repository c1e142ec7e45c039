package studio

import (
	"strconv"
	"strings"

	"sala"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/tracker"
)

// figuresPage is what figuresView shows.
type figuresPage struct {
	*page
	Measures []tracker.Measure
	Figures  []tracker.Figure
	Sources  map[sala.ID]string
	Form     figureForm
	Editing  bool
	Into     sala.Lang // that what they count will be put into, "" where there are none
}

type figureForm struct {
	ID, Measure, What, Unit, Value, UpTo, Qualifier, AsOf, Source, Quote, Note string
	Percent                                                                    bool
	Version                                                                    int
}

// figures serves GET /studio/figures, and with ?edit= the form filled with one.
func (s *Studio) figures(v *visit) (*web.Reply, error) {
	f := figureForm{Measure: v.URL.Query().Get("measure")}
	if id := v.URL.Query().Get("edit"); id != "" {
		fig, err := s.Tracker.Figure(v.ctx(), v.By(), sala.ID(id))
		if err != nil {
			return nil, err
		}
		note, _ := fig.Note.In(v.lang)
		source, err := s.writtenSource(v, fig.Source)
		if err != nil {
			return nil, err
		}
		f = figureForm{string(fig.ID), string(fig.Measure), "", "", fig.Value, fig.UpTo, string(fig.Qualifier), fig.AsOf.String(), source, fig.Source.Quote, note, fig.Percent, fig.Version}
	}
	return s.showFigures(v, f, nil)
}

func (s *Studio) showFigures(v *visit, f figureForm, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if clashed(wrong) {
		wrong = sala.Invalid{{Field: "value", Key: "studio.tracker.clash", Text: "somebody else has changed this meanwhile"}}
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	p.Title = p.T("studio.tracker.figures")
	fp := figuresPage{page: p, Form: f, Editing: f.ID != "", Sources: map[sala.ID]string{}}
	if fp.Measures, err = s.Tracker.Measures(v.ctx(), v.By(), true); err != nil {
		return nil, err
	}
	if fp.Figures, err = s.Tracker.AllFigures(v.ctx(), v.By()); err != nil {
		return nil, err
	}
	var sources []tracker.Source
	for _, fig := range fp.Figures {
		sources = append(sources, fig.Source)
	}
	written, err := s.writtenSources(v, sources...)
	if err != nil {
		return nil, err
	}
	for i, fig := range fp.Figures {
		fp.Sources[fig.ID] = written[i]
	}
	if fp.Into, err = s.measuresInto(v); err != nil {
		return nil, err
	}
	return p.show(figuresView(fp))
}

// of are the figures of a measure.
func (p figuresPage) of(m sala.ID) []tracker.Figure {
	var out []tracker.Figure
	for _, f := range p.Figures {
		if f.Measure == m {
			out = append(out, f)
		}
	}
	return out
}

// amount is a figure in words, with how sure it is.
func (v *visit) amount(f tracker.Figure) string {
	value := v.whole(f.Value)
	if f.UpTo != "" {
		value += "–" + v.whole(f.UpTo)
	}
	if f.Percent {
		value += "%"
	}
	if f.Qualifier == tracker.Exactly {
		return value
	}
	text, _ := v.studio.words.Text(v.lang, "tracker.qualifier."+string(f.Qualifier), "value", value)
	return text
}

// whole is a number as the interface writes it, where it is a whole one.
func (v *visit) whole(s string) string {
	if n, err := strconv.Atoi(s); err == nil {
		return i18n.Number(v.lang, n)
	}
	return s
}

// measureCalled is the measure of that name, "" if there is none: what is
// counted is one, whoever states it and whether or not the rest of a form was
// refused.
func (s *Studio) measureCalled(v *visit, what string) (sala.ID, error) {
	measures, err := s.Tracker.Measures(v.ctx(), v.By(), true)
	if err != nil {
		return "", err
	}
	for _, m := range measures {
		for _, name := range m.What {
			if strings.EqualFold(name, strings.Join(strings.Fields(what), " ")) {
				return m.ID, nil
			}
		}
	}
	return "", nil
}

// setFigure serves POST /studio/figures.
func (s *Studio) setFigure(v *visit) (*web.Reply, error) {
	f := figureForm{
		ID: v.PostFormValue("id"), Measure: v.PostFormValue("measure"), What: v.PostFormValue("what"), Unit: v.PostFormValue("unit"), Value: v.PostFormValue("value"), UpTo: v.PostFormValue("upto"),
		Qualifier: v.PostFormValue("qualifier"), AsOf: v.PostFormValue("as_of"), Source: v.PostFormValue("source"), Quote: v.PostFormValue("quote"), Note: v.PostFormValue("note"), Percent: v.PostFormValue("percent") != "",
	}
	var err error
	if f.ID != "" {
		if f.Version, err = versionTyped(v); err != nil {
			return nil, err
		}
	}
	fig := tracker.Figure{ID: sala.ID(f.ID), Measure: sala.ID(f.Measure), Value: f.Value, UpTo: f.UpTo, Qualifier: tracker.Qualifier(f.Qualifier), Percent: f.Percent, Note: sala.Text{v.lang: f.Note}, Version: f.Version}
	if fig.AsOf, err = dayTyped(v, f.AsOf); err != nil {
		return s.showFigures(v, f, sala.Invalid{{Field: "as_of", Key: "studio.tracker.day_bad", Text: err.Error()}})
	}
	if fig.Source, err = s.readSource(v, f.Source, v.lang, tracker.Source{}); err != nil {
		return s.showFigures(v, f, err)
	}
	fig.Source.Quote = f.Quote
	if f.Measure == "" {
		if fig.Measure, err = s.measureCalled(v, f.What); err != nil {
			return nil, err
		}
		f.Measure = string(fig.Measure)
	}
	if f.Measure == "" {
		if fig.Measure, err = s.Tracker.SetMeasure(v.ctx(), v.By(), tracker.Measure{What: sala.Text{v.lang: f.What}, Unit: sala.Text{v.lang: f.Unit}}); err != nil {
			return s.showFigures(v, f, err)
		}
		f.Measure = string(fig.Measure) // made: it is not made again if the rest is refused
	}
	if _, err := s.Tracker.SetFigure(v.ctx(), v.By(), fig); err != nil {
		return s.showFigures(v, f, err)
	}
	return v.done("/studio/figures", "studio.saved")
}

// showFigure serves POST /studio/figures/{id}/show.
func (s *Studio) showFigure(v *visit) (*web.Reply, error) {
	if err := s.Tracker.ShowFigure(v.ctx(), v.By(), sala.ID(v.PathValue("id")), v.PostFormValue("do") == "show", v.PostFormValue("why")); err != nil {
		return s.showFigures(v, figureForm{}, err)
	}
	return v.done("/studio/figures", "studio.saved")
}
