package studio

import (
	"sala"
	"sala/internal/i18n"
	"sala/internal/web"
)

func namesTranslateAt(lang sala.Lang) string { return "/studio/documents/" + string(lang) }

// namesInto is the language that whoever looks will want to put names of
// documents into, "" where none is cited by its name.
func (s *Studio) namesInto(v *visit) (sala.Lang, error) {
	all, err := s.Tracker.NameWordings(v.ctx(), v.By(), "")
	if err != nil || len(all) == 0 {
		return "", err
	}
	return v.into(v.tallied(all, v.set.Default)), nil
}

// translateNames serves GET /studio/documents/{lang}: the names of documents
// that are cited and not in the archive.
func (s *Studio) translateNames(v *visit) (*web.Reply, error) {
	return s.showNamesTranslation(v, sentPhrases{}, nil)
}

func (s *Studio) nameRows(v *visit, lang sala.Lang) ([]phraseRow, error) {
	all, err := s.Tracker.NameWordings(v.ctx(), v.By(), lang, v.translateFrom()...)
	rows := make([]phraseRow, len(all))
	for i, w := range all {
		rows[i] = phraseRow{Wording: w, Label: "studio.tracker.name", Looked: true}
	}
	return rows, err
}

func (s *Studio) showNamesTranslation(v *visit, sent sentPhrases, wrong error) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	rows, err := s.nameRows(v, lang)
	if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.tracker.names")
	return s.showPhrases(v, phrasesPage{page: p, Base: namesTranslateAt(""), Back: "/studio/recommendations", BackKey: "studio.tracker.title", Lang: lang, Rows: rows}, sent, wrong)
}

// saveNamesTranslation serves POST /studio/documents/{lang}.
func (s *Studio) saveNamesTranslation(v *visit) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	sent, err := sentTranslation(v)
	if err != nil {
		return nil, err
	}
	rows, err := s.nameRows(v, lang)
	if err != nil {
		return nil, err
	}
	if !v.translatable(lang, rows) {
		return nil, sala.ErrNotFound
	}
	if err := s.Tracker.TranslateNames(v.ctx(), v.By(), lang, sent.Looked, sent.Words); err != nil {
		return s.showNamesTranslation(v, sent, err)
	}
	return v.done(v.URL.RequestURI(), "studio.phrases.saved", "lang", i18n.LangName(v.lang, lang))
}
