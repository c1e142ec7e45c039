package event

import (
	"slices"
	"strings"

	"sala"
)

// DocumentKind is the kind under which events are found.
const DocumentKind = "event"

// Documents are the event as it can be found, one for each of its languages.
//
// The words that they hold are those that can hurt nobody: titles, sessions,
// places, the organisations that are stated by name. Who appeared, as what,
// and for whom is not among them, for an index cannot know how somebody may
// be shown tomorrow. People are found by their own pages, which lead here.
func (e Event) Documents() []sala.Document {
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
