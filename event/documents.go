package event

import (
	"context"
	"iter"
	"slices"
	"strings"

	"sala"
)

// DocumentKind is the kind under which events are found.
const DocumentKind = "event"

// Documents walks the public events, one document for each language of each.
//
// The words of an event that its document holds are those that can hurt
// nobody: its titles, its sessions, its places, the organisations that are
// stated by name. Who appeared, as what, and for whom is not among them, for
// an index cannot know how somebody may be shown tomorrow. People are found
// by their own pages, which lead here.
func (s *Store) Documents(ctx context.Context) iter.Seq2[sala.Document, error] {
	return func(yield func(sala.Document, error) bool) {
		for e, err := range s.Every(ctx, Filter{}) {
			if err != nil {
				yield(sala.Document{}, err)
				return
			}
			for _, d := range e.documents() {
				if !yield(d, nil) {
					return
				}
			}
		}
	}
}

// Of returns the documents of one event, none if it is not public.
func (s *Store) Of(ctx context.Context, r sala.Ref) ([]sala.Document, error) {
	if r.Kind != sala.KindEvent {
		return nil, nil
	}
	list, err := s.Events(ctx, Filter{IDs: []sala.ID{r.ID}})
	if err != nil || len(list.Events) == 0 {
		return nil, err
	}
	return list.Events[0].documents(), nil
}

func (e Event) documents() []sala.Document {
	langs := e.Langs()
	docs := make([]sala.Document, 0, len(langs))
	for _, l := range langs {
		d := sala.Document{
			Ref: sala.Ref{Kind: sala.KindEvent, ID: e.ID}, Kind: DocumentKind, Lang: l, Langs: langs,
			Edition: sala.DerivedID(e.Created, "event "+string(e.ID)+" "+string(l)),
			Title:   e.Title[l], Terms: e.Terms, Day: e.Held.From, Changed: e.Changed,
		}
		about, in := e.About.In(l)
		if in == l {
			d.Summary, _, _ = strings.Cut(about, "\n")
		}
		text := []string{about}
		for _, s := range e.Sessions {
			title, _ := s.Title.In(l)
			text = append(text, title)
		}
		for _, m := range e.Materials {
			title, _ := m.Title.In(l)
			text = append(text, title)
		}
		d.Text = strings.Join(slices.DeleteFunc(text, func(s string) bool { return s == "" }), "\n")
		for _, t := range []sala.Text{e.Venue, e.City} {
			if place, _ := t.In(l); place != "" {
				d.Places = append(d.Places, place)
			}
		}
		for _, p := range e.Parties {
			if name, _ := p.Name.In(l); name != "" {
				d.Names = append(d.Names, name)
			}
		}
		for _, p := range e.Present {
			if name, _ := p.Name.In(l); name != "" {
				d.Names = append(d.Names, name)
			}
		}
		docs = append(docs, d)
	}
	return docs
}
