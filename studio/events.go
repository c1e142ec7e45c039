package studio

import (
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/event"
	"sala/internal/i18n"
	"sala/internal/web"
)

// eventsPage is what eventsView shows.
type eventsPage struct {
	*page
	List  event.List
	Q     string
	State event.State
	Next  string
	Typed string              // the title of a new one
	Langs map[sala.ID][]tally // by event: how much of it is there in each language
	Lacks []lackChoice
	Names sala.Lang // that the names of series will be put into, "" where there are none
}

var eventStates = []event.State{event.Draft, event.Public, event.Withdrawn}

// events serves GET /studio/events.
func (s *Studio) events(v *visit) (*web.Reply, error) { return s.showEvents(v, eventsPage{}, nil) }

func (s *Studio) showEvents(v *visit, ep eventsPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	q := v.URL.Query()
	ep.page, p.Title = p, p.T("studio.event.list")
	ep.Q, ep.State = strings.TrimSpace(q.Get("q")), event.State(q.Get("state"))
	f := event.Filter{Words: ep.Q, Before: sala.ID(q.Get("before"))}
	if ep.State != "" {
		if !slices.Contains(eventStates, ep.State) {
			return nil, sala.ErrNotFound
		}
		f.States = []event.State{ep.State}
	}
	if ep.Lacks, f.IDs, err = s.narrowed(v, sala.KindEvent); err != nil {
		return nil, err
	}
	if ep.List, err = s.Events.Desk(v.ctx(), v.By(), f); err != nil {
		return nil, err
	}
	ids := make([]sala.ID, len(ep.List.Events))
	for i, e := range ep.List.Events {
		ids[i] = e.ID
	}
	if ep.Langs, err = s.talliesOf(v, sala.KindEvent, ids); err != nil {
		return nil, err
	}
	series, err := s.Events.SeriesWordings(v.ctx(), v.By(), "")
	if err != nil {
		return nil, err
	}
	if len(series) > 0 {
		ep.Names = v.into(v.tallied(series, v.set.Default))
	}
	if ep.List.Next != "" {
		ep.Next = "/studio/events?" + url.Values{"q": {ep.Q}, "state": {string(ep.State)}, "lacks": {q.Get("lacks")}, "before": {string(ep.List.Next)}}.Encode()
	}
	return p.show(eventsView(ep))
}

// newEvent serves POST /studio/events: an event that has a title and nothing
// else.
func (s *Studio) newEvent(v *visit) (*web.Reply, error) {
	lang, err := sala.ParseLang(v.PostFormValue("in"))
	if err != nil {
		return nil, errBadForm
	}
	title := v.PostFormValue("title")
	e, err := s.Events.Create(v.ctx(), v.By(), event.Event{Title: sala.Text{lang: title}, Type: event.Type(v.PostFormValue("type"))})
	if err != nil {
		return s.showEvents(v, eventsPage{Typed: title}, err)
	}
	return v.done(eventAt(e.ID)+"?in="+string(lang), "studio.event.made")
}

// Called is what an event is called, in the best language there is.
func (p eventsPage) Called(e event.Event) (string, sala.Lang) {
	return e.Title.In(p.lang, p.set.Default)
}

// At is where somebody goes on with an event: editors to all of it, translators
// to its texts.
func (p eventsPage) At(e event.Event) string {
	if p.By().May(sala.Publish) {
		return eventAt(e.ID)
	}
	return eventTranslateAt(e.ID, p.into(p.Langs[e.ID]))
}

// When are its days, as far as they are stated.
func (p eventsPage) When(e event.Event) string { return i18n.Span(p.lang, e.Held) }

// eventCount is how many events the asker may see.
func eventCount(v *visit) (int, error) {
	list, err := v.studio.Events.Desk(v.ctx(), v.By(), event.Filter{Limit: 1})
	return list.Total, err
}
