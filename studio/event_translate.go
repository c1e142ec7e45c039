package studio

import (
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/internal/i18n"
	"sala/internal/phrase"
	"sala/internal/web"
)

func eventTranslateAt(id sala.ID, lang sala.Lang) string {
	return eventAt(id) + "/translate/" + string(lang)
}

// TranslateAt is where the texts of the event are put into other languages.
func (p eventPage) TranslateAt() string {
	return eventTranslateAt(p.Event.ID, p.into(p.tallied(p.Event.Wordings(""), p.set.Default)))
}

// translatableTexts are the texts of an event that can be translated: see
// mayTranslate.
func translatableTexts(all []phrase.Wording, faces map[sala.ID]directory.Face) []phrase.Wording {
	return slices.DeleteFunc(slices.Clone(all), func(w phrase.Wording) bool { return !mayTranslate(w.Person, faces) })
}

// appeared are the faces of those who appeared at some events.
func (s *Studio) appeared(v *visit, events ...event.Event) (map[sala.ID]directory.Face, error) {
	return s.Directory.Faces(v.ctx(), event.Refs(events...))
}

// eventPhrases are the texts of an event in a language, with what a row says
// of itself beside its words.
func (s *Studio) eventPhrases(v *visit, lang sala.Lang) (event.Event, []phraseRow, error) {
	e, all, err := s.Events.Wordings(v.ctx(), v.By(), sala.ID(v.PathValue("id")), lang, v.translateFrom()...)
	if err != nil {
		return e, nil, err
	}
	faces, err := s.appeared(v, e)
	if err != nil {
		return e, nil, err
	}
	p := &page{visit: v}
	var rows []phraseRow
	for _, w := range translatableTexts(all, faces) {
		list, rest, _ := strings.Cut(w.Key, "/")
		id, field, _ := strings.Cut(rest, "/")
		row := phraseRow{Wording: w}
		switch list {
		case "session":
			row.Part, row.Label = "event.programme", "studio.event.session_title"
		case "appearance":
			row.Part, row.Label = "event.programme", "studio.event."+field
			i := slices.IndexFunc(e.Appearances, func(a event.Appearance) bool { return string(a.ID) == id })
			a := e.Appearances[i]
			switch {
			case field == "described":
				row.Label, row.Of = "studio.event.translate_described", p.T("event.role_"+string(a.Role))
			case a.Person == "":
				row.Of, row.OfIn = a.Described.In(v.lang, v.set.Default)
			default:
				row.Of, row.OfIn = faces[a.Person].In(v.lang, v.set.Default)
			}
		case "party":
			row.Part, row.Label = "studio.event.parties", "studio.event.organisation"
			i := slices.IndexFunc(e.Parties, func(x event.Party) bool { return string(x.ID) == id })
			row.Of = p.T("event.part_" + string(e.Parties[i].Part))
		case "present":
			row.Part, row.Label = "event.present", "studio.event.organisation"
		case "count":
			row.Part, row.Label = "studio.event.counts", "studio.event.words"
			i := slices.IndexFunc(e.Counts, func(x event.Count) bool { return string(x.ID) == id })
			row.Of = p.stated(e.Counts[i])
		case "material":
			row.Part, row.Label = "event.materials", "studio.event.material_title"
		default:
			row.Label = "studio.event." + w.Key
		}
		rows = append(rows, row)
	}
	return e, rows, nil
}

// stated is a count without its words: "over · 40 · participants".
func (p *page) stated(n event.Count) string {
	parts := []string{p.Number(n.Value), p.T("studio.event.of_" + string(n.Of))}
	if n.High > 0 {
		parts[0] += "–" + p.Number(n.High)
	}
	if n.Qualifier != event.Exactly {
		parts = append([]string{p.T("studio.event.qualifier_" + string(n.Qualifier))}, parts...)
	}
	return strings.Join(parts, " · ")
}

// translateEvent serves GET /studio/events/{id}/translate/{lang}. ?from= is the
// language that one would rather translate from.
func (s *Studio) translateEvent(v *visit) (*web.Reply, error) {
	return s.showEventTranslation(v, sentPhrases{}, nil)
}

func (s *Studio) showEventTranslation(v *visit, sent sentPhrases, wrong error) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	e, rows, err := s.eventPhrases(v, lang)
	if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	title, _ := e.Title.In(v.lang, v.set.Default)
	p.Title = p.T("studio.tr_title", "title", title)
	wp := phrasesPage{page: p, Base: eventAt(e.ID) + "/translate/", Back: "/studio/events", BackKey: "studio.event.list", Lang: lang, Version: e.Version, Rows: rows}
	if v.By().May(sala.Publish) {
		wp.Back, wp.BackKey = eventAt(e.ID)+"?in="+string(lang), "studio.event.translate_back"
	}
	return s.showPhrases(v, wp, sent, wrong)
}

// saveEventTranslation serves POST /studio/events/{id}/translate/{lang}.
func (s *Studio) saveEventTranslation(v *visit) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	sent, err := sentTranslation(v)
	if err != nil {
		return nil, err
	}
	if sent.Version, err = strconv.Atoi(v.PostFormValue("version")); err != nil {
		return nil, errBadForm
	}
	e, rows, err := s.eventPhrases(v, lang)
	if err != nil {
		return nil, err
	}
	if !v.translatable(lang, rows) {
		return nil, sala.ErrNotFound
	}
	if err := unoffered(e, rows, sent); err != nil {
		return s.showEventTranslation(v, sent, err)
	}
	if err := s.Events.Translate(v.ctx(), v.By(), e.ID, sent.Version, lang, sent.Words, sent.Right...); err != nil {
		return s.showEventTranslation(v, sent, err)
	}
	return v.done(v.URL.RequestURI(), "studio.phrases.saved", "lang", i18n.LangName(v.lang, lang))
}

// unoffered refuses words for what somebody was who is no longer shown by
// their name. The store has a place for them, and the screen has none.
func unoffered(e event.Event, rows []phraseRow, sent sentPhrases) error {
	var bad sala.Invalid
	for _, w := range e.Wordings("") {
		if sent.Words[w.Key] != "" && !slices.ContainsFunc(rows, func(r phraseRow) bool { return r.Key == w.Key }) {
			bad = append(bad, sala.FieldError{Field: w.Key, Key: "studio.phrases.gone", Text: "what these words were for is no longer there"})
		}
	}
	if bad != nil {
		return bad
	}
	return nil
}

// seriesTranslation serves GET /studio/series/{lang}: what every series is
// called.
func (s *Studio) seriesTranslation(v *visit) (*web.Reply, error) {
	return s.showSeriesTranslation(v, sentPhrases{}, nil)
}

func (s *Studio) seriesRows(v *visit, lang sala.Lang) ([]phraseRow, error) {
	names, err := s.Events.SeriesWordings(v.ctx(), v.By(), lang, v.translateFrom()...)
	rows := make([]phraseRow, len(names))
	for i, w := range names {
		rows[i] = phraseRow{Wording: w, Label: "studio.event.series_name", Looked: true}
	}
	return rows, err
}

func (s *Studio) showSeriesTranslation(v *visit, sent sentPhrases, wrong error) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	rows, err := s.seriesRows(v, lang)
	if err != nil {
		return nil, err
	}
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	p.Title = p.T("studio.event.series_names")
	return s.showPhrases(v, phrasesPage{page: p, Base: "/studio/series/", Back: "/studio/events", BackKey: "studio.event.list", Lang: lang, Rows: rows}, sent, wrong)
}

// saveSeriesTranslation serves POST /studio/series/{lang}.
func (s *Studio) saveSeriesTranslation(v *visit) (*web.Reply, error) {
	lang := sala.Lang(v.PathValue("lang"))
	sent, err := sentTranslation(v)
	if err != nil {
		return nil, err
	}
	rows, err := s.seriesRows(v, lang)
	if err != nil {
		return nil, err
	}
	if !v.translatable(lang, rows) {
		return nil, sala.ErrNotFound
	}
	if err := s.Events.TranslateSeries(v.ctx(), v.By(), lang, sent.Looked, sent.Words, sent.Right...); err != nil {
		return s.showSeriesTranslation(v, sent, err)
	}
	return v.done(v.URL.RequestURI(), "studio.phrases.saved", "lang", i18n.LangName(v.lang, lang))
}
