package studio

import (
	"strings"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/internal/i18n"
)

// pick serves GET /studio/events/pick?what=&q=&in=: people, organisations,
// works and events by the beginning of their names.
func (s *Studio) pick(v *visit) (any, error) {
	q := v.URL.Query()
	words, lang := strings.TrimSpace(q.Get("q")), sala.Lang(q.Get("in"))
	list := []picked{}
	if words == "" {
		return list, nil
	}
	p := &page{visit: v}
	switch what := sala.Kind(q.Get("what")); what {
	case sala.KindPerson, sala.KindOrganisation:
		found, err := s.Directory.Find(v.ctx(), v.By(), what, words, pickRows)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			list = append(list, p.pickedWho(d, lang))
		}
	case sala.KindWork:
		works, err := s.Archive.Desk(v.ctx(), v.By(), archive.DeskFilter{Title: words, Limit: pickRows})
		if err != nil {
			return nil, err
		}
		for _, w := range works.Works {
			list = append(list, picked{ID: w.ID, Name: workTitle(w, lang), About: p.T("kind."+string(w.Kind)) + ", " + i18n.Date(v.lang, w.Listed)})
		}
	case sala.KindEvent:
		events, err := s.Events.Desk(v.ctx(), v.By(), event.Filter{Words: words, Limit: pickRows})
		if err != nil {
			return nil, err
		}
		for _, e := range events.Events {
			title, _ := e.Title.In(lang)
			list = append(list, picked{ID: e.ID, Name: title, About: i18n.Span(v.lang, e.Held)})
		}
	default:
		return nil, sala.ErrNotFound
	}
	return list, nil
}

func (p *page) pickedWho(d directory.Found, lang sala.Lang) picked {
	name, _ := d.Name.In(lang)
	about := p.T("studio.event.kind_" + d.Kind)
	if short, _ := d.Short.In(lang); short != "" {
		about = short + ", " + about
	}
	if d.Country != "" {
		about += ", " + i18n.Country(p.lang, d.Country)
	}
	return picked{ID: d.Ref.ID, Name: name, About: about, Alike: d.Alike}
}

func workTitle(w archive.Work, lang sala.Lang) string {
	title := ""
	for _, e := range w.Editions {
		if title == "" || e.Lang == lang {
			title = e.Title
		}
	}
	return title
}
