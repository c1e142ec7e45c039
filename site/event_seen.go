package site

import (
	"context"
	"net/url"
	"slices"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/internal/i18n"
	"sala/network"
)

// The events of a page, as a reader may see them: every page, file and feed
// asks here, so that nobody is shown who may not be.
type seenEvents struct {
	Events []event.Event // with what may not be shown covered
	faces  map[sala.ID]directory.Face
}

// see covers in events what may not be shown, and finds the faces of those
// they name.
func (s *Site) see(ctx context.Context, events ...event.Event) (seenEvents, error) {
	seen, err := s.hear(ctx, events...)
	if err != nil || s.Directory == nil {
		return seen, err
	}
	seen.faces, err = s.Directory.Faces(ctx, event.Refs(events...))
	return seen, err
}

// hear covers what may not be shown in the words of events of which nobody
// that they name is shown.
func (s *Site) hear(ctx context.Context, events ...event.Event) (seenEvents, error) {
	seen := seenEvents{Events: events}
	if s.Directory == nil || len(events) == 0 { // without a directory nobody in it is named
		return seen, nil
	}
	veil, err := s.Directory.Veil(ctx)
	if err != nil {
		return seenEvents{}, err
	}
	seen.Events = make([]event.Event, len(events))
	for i, e := range events {
		seen.Events[i] = e
		if !veil.Empty() {
			seen.Events[i] = e.Said(veil.Text)
		}
	}
	return seen, nil
}

// An appearance is somebody in a session, as they may be shown.
type appearance struct {
	Name, Href         string
	In                 sala.Lang
	Position           string
	PositionIn         sala.Lang
	Affiliation, AffAt string
	AffiliationIn      sala.Lang
	Role               string // key of its name
	Full               bool   // Name is the name of a person shown in full
}

// appearance shows somebody who appeared; false if they may not be shown. What
// they were and for whom goes only with a full name: it could tell whose face
// is hidden.
func (seen seenEvents) appearance(p *page, a event.Appearance) (appearance, bool) {
	out := appearance{Role: "event.role_" + string(a.Role)}
	if a.Person == "" {
		out.Name, out.In = a.Described.In(p.Want, p.set.Default)
	} else {
		face, ok := seen.faces[a.Person]
		if !ok {
			return out, false
		}
		out.Name, out.In = face.In(p.Want, p.set.Default)
		if !face.Named || face.Slug == "" {
			return out, out.Name != ""
		}
		out.Href, out.Full = face.Path(p.Want), true
	}
	out.Position, out.PositionIn = a.Position.In(p.Want, p.set.Default)
	out.Affiliation, out.AffiliationIn = a.Affiliation.In(p.Want, p.set.Default)
	if face, ok := seen.faces[a.Organisation]; ok {
		out.AffAt = face.Path(p.Want)
		if out.Affiliation == "" {
			out.Affiliation, out.AffiliationIn = face.In(p.Want, p.set.Default)
		}
	}
	return out, out.Name != ""
}

// parts are name, position and affiliation, as far as they are shown.
func (a appearance) parts() []item {
	all := []item{{Href: a.Href, Label: a.Name, Lang: a.In}, {Label: a.Position, Lang: a.PositionIn}, {Href: a.AffAt, Label: a.Affiliation, Lang: a.AffiliationIn}}
	return slices.DeleteFunc(all, func(it item) bool { return it.Label == "" })
}

// appearances shows those of a list who may be shown.
func (seen seenEvents) appearances(p *page, list []event.Appearance) []appearance {
	var out []appearance
	for _, a := range list {
		if shown, ok := seen.appearance(p, a); ok {
			out = append(out, shown)
		}
	}
	return out
}

// organisation is a link to an organisation, or its name as it was stated;
// false if neither is there.
func (seen seenEvents) organisation(p *page, id sala.ID, stated sala.Text) (item, bool) {
	if face, ok := seen.faces[id]; ok {
		name, in := face.In(p.Want, p.set.Default)
		return item{Href: face.Path(p.Want), Label: name, Lang: in}, name != ""
	}
	name, in := stated.In(p.Want, p.set.Default)
	return item{Label: name, Lang: in}, name != ""
}

// eventLang is the language in which a reader of lang gets an event: their
// own, else the best of the site's that it has.
func eventLang(e event.Event, lang sala.Lang, set network.Settings) sala.Lang {
	for _, l := range append([]sala.Lang{lang, set.Default, sala.English}, set.Langs...) {
		if e.Title[l] != "" && slices.Contains(set.Langs, l) {
			return l
		}
	}
	return lang // in none of the site's: shown as it is
}

// eventPath is the address of an event in a language.
func eventPath(lang sala.Lang, e event.Event) string {
	return "/" + string(lang) + "/events/" + url.PathEscape(e.Slug)
}

// towardsEvent is the address of an event for a reader of lang: one that is
// not in their language is opened with their own interface.
func towardsEvent(e event.Event, lang sala.Lang, set network.Settings) string {
	at := eventLang(e, lang, set)
	if at == lang {
		return eventPath(at, e)
	}
	return eventPath(at, e) + "?hl=" + string(lang)
}

// place writes where an event was, from the hall to the country.
func (p *page) place(e event.Event) string {
	var parts []string
	for _, t := range []sala.Text{e.Venue, e.City} {
		if name, _ := t.In(p.Want, p.set.Default); name != "" {
			parts = append(parts, name)
		}
	}
	if e.Country != "" {
		if name := i18n.Country(p.Lang, e.Country); len(parts) == 0 || parts[len(parts)-1] != name { // Singapore, Singapore
			parts = append(parts, name)
		}
	}
	comma := i18n.Comma(p.Lang)
	out := ""
	for i, part := range parts {
		if i > 0 {
			out += comma
		}
		out += part
	}
	return out
}

// when writes the days of an event, or says that nobody stated them.
func (p *page) when(e event.Event) string {
	if e.Held.IsZero() {
		return p.T("event.undated")
	}
	return p.Span(e.Held)
}

// hours writes the times of day of an event or a session, "" if none.
func hours(start, end event.Clock) string {
	switch {
	case start == "" && end == "":
		return ""
	case end == "":
		return string(start)
	case start == "":
		return "–" + string(end)
	}
	return string(start) + "–" + string(end)
}
