package studio

import (
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/tracker"
)

func recommendationTranslateAt(id sala.ID) string { return recommendationPath(id) + "/translate/" }

// TranslateAt is where what it says is put into other languages.
func (p recommendationPage) TranslateAt() string {
	return recommendationTranslateAt(p.Stored.ID) + string(p.into(p.tallied(p.Stored.Wordings(p.Steps, ""), p.Stored.Original)))
}

// recommendationPhrases are the texts of a recommendation in a language, and
// what readers are told of the steps whose texts they are.
func (s *Studio) recommendationPhrases(v *visit, lang sala.Lang) (tracker.Recommendation, []phraseRow, error) {
	rec, chain, all, err := s.Tracker.Wordings(v.ctx(), v.By(), sala.ID(v.PathValue("id")), lang, v.chosenFrom()...)
	if err != nil {
		return rec, nil, err
	}
	answers, err := s.Tracker.AllReplies(v.ctx(), v.By(), rec.ID)
	if err != nil {
		return rec, nil, err
	}
	p := &page{visit: v}
	rows := make([]phraseRow, len(all))
	for i, w := range all {
		row := phraseRow{Wording: w, Label: "studio.tracker.words"}
		if w.Key == "title" {
			row.Label = "studio.tracker.short"
		}
		if of, ok := strings.CutPrefix(w.Key, "step/"); ok {
			id, field, _ := strings.Cut(of, "/")
			st := chain[slices.IndexFunc(chain, func(st tracker.Step) bool { return string(st.ID) == id })]
			row.Part, row.Label = "tracker.history", "studio.tracker."+field
			row.Of = strings.TrimSpace(p.T("tracker.state."+string(st.State)) + " " + p.date(st.Day))
		}
		if of, ok := strings.CutPrefix(w.Key, "reply/"); ok {
			id, field, _ := strings.Cut(of, "/")
			if row.Part = "tracker.replies"; field == "said" {
				row.Label = "studio.tracker.reply_by"
			}
			row.Of = p.date(answers[slices.IndexFunc(answers, func(r tracker.Reply) bool { return string(r.ID) == id })].Day)
		}
		rows[i] = row
	}
	return rec, rows, nil
}

// translateRecommendation serves GET /studio/recommendations/{id}/translate/{lang}.
// It is translated from the original, or from ?from=.
func (s *Studio) translateRecommendation(v *visit) (*web.Reply, error) {
	return s.showRecommendationTranslation(v, sentPhrases{}, nil)
}

func (s *Studio) showRecommendationTranslation(v *visit, sent sentPhrases, wrong error) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	rec, rows, err := s.recommendationPhrases(v, lang)
	if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	name, _ := rec.Name(v.lang, v.set.Default)
	p.Title = p.T("studio.tr_title", "title", name)
	return s.showPhrases(v, phrasesPage{
		page: p, Base: recommendationTranslateAt(rec.ID), Back: recommendationPath(rec.ID), BackKey: "studio.tracker.translate_back", Lang: lang, Version: rec.Version, Rows: rows,
		Source: rec.Original, Chief: append(v.chosenFrom(), rec.Original)[0],
	}, sent, wrong)
}

// saveRecommendationTranslation serves POST /studio/recommendations/{id}/translate/{lang}.
func (s *Studio) saveRecommendationTranslation(v *visit) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	sent, err := sentTranslation(v)
	if err != nil {
		return nil, err
	}
	if sent.Version, err = strconv.Atoi(v.PostFormValue("version")); err != nil {
		return nil, errBadForm
	}
	rec, rows, err := s.recommendationPhrases(v, lang)
	if err != nil {
		return nil, err
	}
	if !v.translatable(lang, rows) {
		return nil, sala.ErrNotFound
	}
	if err := s.Tracker.Translate(v.ctx(), v.By(), rec.ID, sent.Version, lang, sent.Words, sent.Right...); err != nil {
		return s.showRecommendationTranslation(v, sent, err)
	}
	return v.done(v.URL.RequestURI(), "studio.phrases.saved", "lang", i18n.LangName(v.lang, lang))
}
