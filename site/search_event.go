package site

import (
	"context"
	"slices"

	"sala"
	"sala/event"
	"sala/search"
)

// eventsByID returns those of what was found that are events, as a reader may
// see them.
func (s *Site) eventsByID(ctx context.Context, ids []sala.ID, best map[sala.ID]search.Result) (map[sala.ID]event.Event, error) {
	events := map[sala.ID]event.Event{}
	var ask []sala.ID
	for _, id := range ids {
		if best[id].Ref.Kind == sala.KindEvent {
			ask = append(ask, id)
		}
	}
	if len(ask) == 0 {
		return events, nil
	}
	list, err := s.Events.Events(ctx, event.Filter{IDs: ask, Limit: len(ask)})
	if err != nil {
		return nil, err
	}
	seen, err := s.see(ctx, list.Events...)
	for _, e := range seen.Events {
		events[e.ID] = e
	}
	return events, err
}

// foundEvent is an event that answers a question.
func (s *Site) foundEvent(p *page, marker *search.Marker, e event.Event, a search.Result) found {
	f := found{row: s.eventRow(e, p), Pieces: marker.Snippet(a.Text), PiecesIn: a.Lang}
	if title := e.Title[a.Lang]; title != "" && slices.Contains(p.set.Langs, a.Lang) {
		f.Title, f.Lang, f.Href = title, a.Lang, eventPath(a.Lang, e)
		if a.Lang != p.Want {
			f.Href += "?hl=" + string(p.Want)
		}
	}
	f.Heading = marker.Title(f.Title)
	for _, l := range f.Langs {
		if l != f.Lang {
			f.Others = append(f.Others, item{Href: eventPath(l, e), Label: p.Own(l), Lang: l})
		}
	}
	return f
}
