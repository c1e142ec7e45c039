package studio

import (
	"slices"
	"strings"

	"sala"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/tracker"
)

func measuresTranslateAt(lang sala.Lang) string { return "/studio/measures/" + string(lang) }

// measuresInto is the language that whoever looks will want to put measures
// into, "" where there are none.
func (s *Studio) measuresInto(v *visit) (sala.Lang, error) {
	_, all, err := s.Tracker.MeasureWordings(v.ctx(), v.By(), "")
	if err != nil || len(all) == 0 {
		return "", err
	}
	return v.into(v.tallied(all, v.set.Default)), nil
}

// translateMeasures serves GET /studio/measures/{lang}: what figures count.
func (s *Studio) translateMeasures(v *visit) (*web.Reply, error) {
	return s.showMeasuresTranslation(v, sentPhrases{}, nil)
}

func (s *Studio) measureRows(v *visit, lang sala.Lang) ([]phraseRow, error) {
	measures, all, err := s.Tracker.MeasureWordings(v.ctx(), v.By(), lang, v.translateFrom()...)
	rows := make([]phraseRow, len(all))
	for i, w := range all {
		row := phraseRow{Wording: w, Label: "studio.tracker.what", Looked: true}
		if id, ok := strings.CutSuffix(strings.TrimPrefix(w.Key, "measure/"), "/unit"); ok {
			row.Label = "studio.tracker.unit"
			at := slices.IndexFunc(measures, func(m tracker.Measure) bool { return string(m.ID) == id })
			row.Of, row.OfIn = measures[at].What.In(v.lang, v.set.Default)
		}
		rows[i] = row
	}
	return rows, err
}

func (s *Studio) showMeasuresTranslation(v *visit, sent sentPhrases, wrong error) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	rows, err := s.measureRows(v, lang)
	if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.tracker.measures")
	wp := phrasesPage{page: p, Base: measuresTranslateAt(""), Back: "/studio/recommendations", BackKey: "studio.tracker.title", Lang: lang, Rows: rows}
	if v.By().May(sala.Publish) {
		wp.Back, wp.BackKey = "/studio/figures", "studio.tracker.figures"
	}
	return s.showPhrases(v, wp, sent, wrong)
}

// saveMeasuresTranslation serves POST /studio/measures/{lang}.
func (s *Studio) saveMeasuresTranslation(v *visit) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	sent, err := sentTranslation(v)
	if err != nil {
		return nil, err
	}
	rows, err := s.measureRows(v, lang)
	if err != nil {
		return nil, err
	}
	if !v.translatable(lang, rows) {
		return nil, sala.ErrNotFound
	}
	if err := s.Tracker.TranslateMeasures(v.ctx(), v.By(), lang, sent.Looked, sent.Words, sent.Right...); err != nil {
		return s.showMeasuresTranslation(v, sent, err)
	}
	return v.done(v.URL.RequestURI(), "studio.phrases.saved", "lang", i18n.LangName(v.lang, lang))
}
