package site

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/internal/i18n"
	"sala/internal/web"
	"sala/site/parts"
	"sala/tracker"
)

// profilePage is what profileView shows: somebody who is shown in full, or an
// organisation that is listed.
type profilePage struct {
	*page
	Profile directory.Profile
	family  []sala.ID // its id, and those of whom were merged into it
	Kind    string
	Short   item
	About   item // of an organisation
	Facts   []fact
	Posts   []dated // of a person
	Staff   []dated // of an organisation
	Below   []item
	Contact []item
	Safely  item
	Years   []deedYear
	With    []item // who appeared at the same events, the most often first
	Asks    item   // everything asked of it, with how many
	Table   string // what is told of them as a table
	Newest  string // first stretch of the timeline, "" on it
	Older   string
}

// A fact is one line of the rail.
type fact struct {
	Name  string
	Items []item
}

// dated is a link with as what, and from when until when.
type dated struct {
	item
	Role item
	When string
}

// A deed is one line of a timeline: an event, and what somebody did there as
// what they were on that day.
type deed struct {
	event event.Event
	Row   row
	As    []string
}

type deedYear struct {
	Year  string
	Deeds []deed
}

// withShown is how many others are named who appeared with somebody.
const withShown = 12

// profile serves GET /{lang}/people/{slug} and /{lang}/organisations/{slug}.
func (s *Site) profile(r *http.Request, lang sala.Lang, what sala.Kind, slug string) (*web.Reply, error) {
	ctx := r.Context()
	one, err := s.profileAt(r, what, slug)
	if err != nil {
		return nil, err
	}
	if one.Face.Slug != slug {
		return web.Redirect(http.StatusMovedPermanently, one.Face.Path(lang)), nil
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	half := "people"
	if what == sala.KindOrganisation {
		half = "organisations"
	}
	p.Title, p.Heading = one.Face.In(p.Want, p.set.Default)
	p.Section, p.Type = half, "profile"
	p.trail = []item{{Href: halfPath(p.Want, what), Label: p.T(halfKey(what)), Lang: p.Lang}}
	p.everyLang("/" + half + "/" + url.PathEscape(slug))
	family, err := s.who.Family(ctx, one.ID)
	if err != nil {
		return nil, err
	}
	v := profilePage{page: p, Profile: one, family: family, Kind: p.kindName(one.Face), Table: one.Face.Path(p.Want) + ".csv"}
	v.Short.Label, v.Short.Lang = one.Face.Short.In(p.Want, p.set.Default)
	v.About.Label, v.About.Lang = one.About.In(p.Want, p.set.Default)
	v.Safely.Label, v.Safely.Lang = one.Safely.In(p.Want, p.set.Default)
	p.About = v.About.Label
	if err := s.profileRail(r, &v); err != nil {
		return nil, err
	}
	deeds, err := s.timeline(r, &v)
	if err != nil {
		return nil, err
	}
	for _, d := range deeds {
		year := p.T("event.no_year")
		if !d.event.Held.IsZero() {
			year = i18n.Year(p.Lang, d.event.Held.From.Year)
		}
		if n := len(v.Years); n == 0 || v.Years[n-1].Year != year {
			v.Years = append(v.Years, deedYear{Year: year})
		}
		last := &v.Years[len(v.Years)-1]
		last.Deeds = append(last.Deeds, d)
	}
	p.Data = v.data()
	return v.show(ctx, profileView(v))
}

func (s *Site) profileAt(r *http.Request, what sala.Kind, slug string) (directory.Profile, error) {
	if what == sala.KindOrganisation {
		return s.who.OrganisationAt(r.Context(), slug)
	}
	return s.who.PersonAt(r.Context(), slug)
}

// profileRail fills what stands beside: what sort, where, since when, with whom.
func (s *Site) profileRail(r *http.Request, v *profilePage) error {
	ctx, p, one := r.Context(), v.page, v.Profile
	add := func(key string, items ...item) {
		if items = slices.DeleteFunc(items, func(it item) bool { return it.Label == "" }); len(items) > 0 {
			v.Facts = append(v.Facts, fact{p.T(key), items})
		}
	}
	plain := func(text string) item { return item{Label: text, Lang: p.Lang} }
	if v.Short.Label != v.Title {
		add("directory.short", v.Short)
	}
	add("directory.by_country", plain(countryName(p, one.Face.Country)))
	var places, langs, services, ties []item
	for _, code := range one.Countries {
		if code != one.Face.Country {
			places = append(places, plain(i18n.Country(p.Lang, code)))
		}
	}
	for _, l := range one.Langs {
		langs = append(langs, plain(p.Named(l)))
	}
	for _, x := range one.Services {
		services = append(services, plain(p.T("directory.service."+string(x))))
	}
	for _, t := range one.Ties {
		said := p.T("directory.tie." + string(t.Relation))
		if when := p.since(t.Since, t.Until); when != "" {
			said += i18n.Comma(p.Lang) + when
		}
		ties = append(ties, plain(said))
	}
	add("directory.countries", places...)
	add("directory.by_tie", ties...)
	faces, err := s.who.Faces(ctx, around(one))
	if err != nil {
		return err
	}
	if face, ok := faces[one.Parent]; ok {
		add("directory.parent", p.faceItem(face))
	}
	add("directory.by_language", langs...)
	add("directory.by_service", services...)
	for _, post := range one.Posts {
		it := p.faceItem(faces[post.Organisation])
		role, in := post.Role.In(p.Want, p.set.Default)
		v.Posts = append(v.Posts, dated{it, item{Label: role, Lang: in}, p.since(post.Since, post.Until)})
	}
	if one.Face.What == sala.KindPerson {
		return s.company(r, v)
	}
	for _, c := range []struct{ href, label string }{
		{one.Contact.Web, strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(one.Contact.Web, "https://"), "http://"), "/")},
		{"mailto:" + one.Contact.Email, one.Contact.Email}, {"", one.Contact.Phone}, {"", one.Contact.Place},
	} {
		if c.label != "" {
			v.Contact = append(v.Contact, item{Href: c.href, Label: c.label, Lang: p.Lang, Outside: strings.HasPrefix(c.href, "http")})
		}
	}
	below, err := s.who.Below(ctx, one.ID)
	if err != nil {
		return err
	}
	for _, child := range below {
		v.Below = append(v.Below, p.faceItem(child))
	}
	holders, err := s.who.Staff(ctx, one.ID)
	if err != nil {
		return err
	}
	ids := make([]sala.ID, len(holders))
	for i, h := range holders {
		ids[i] = h.Person
	}
	people, err := s.who.Faces(ctx, ids)
	if err != nil {
		return err
	}
	for _, h := range holders {
		face, ok := people[h.Person]
		if !ok || face.Slug == "" {
			continue
		}
		role, in := h.Post.Role.In(p.Want, p.set.Default)
		v.Staff = append(v.Staff, dated{p.faceItem(face), item{Label: role, Lang: in}, p.since(h.Post.Since, h.Post.Until)})
	}
	return s.askedOf(r, v)
}

// around are the organisations that somebody is in, and that one belongs to.
func around(one directory.Profile) []sala.ID {
	var ids []sala.ID
	for _, post := range one.Posts {
		ids = append(ids, post.Organisation)
	}
	if one.Parent != "" {
		ids = append(ids, one.Parent)
	}
	return ids
}

// askedOf counts what was asked of an organisation.
func (s *Site) askedOf(r *http.Request, v *profilePage) error {
	if s.Tracker == nil {
		return nil
	}
	n, err := s.Tracker.Count(r.Context(), tracker.Filter{Addressee: v.family})
	if err != nil || n == 0 {
		return err
	}
	v.Asks = item{Href: asksPath(v.Want, v.Profile.Face.Slug), Label: v.T("tracker.all_of", "name", v.Title), Count: n}
	return nil
}

// company finds who else appeared where somebody did, as far as they are shown
// in full.
func (s *Site) company(r *http.Request, v *profilePage) error {
	with, err := s.Events.AppearedWith(r.Context(), v.family)
	if err != nil {
		return err
	}
	others := sortedKeys(with)
	slices.SortStableFunc(others, func(a, b sala.ID) int { return with[b] - with[a] })
	at := map[string]int{} // of those who were merged, under one address
	for some := range slices.Chunk(others, 4*withShown) {
		if len(v.With) >= withShown && with[some[0]] < v.With[withShown-1].Count {
			break // whoever follows was there less often than those who are named
		}
		faces, err := s.who.Faces(r.Context(), some)
		if err != nil {
			return err
		}
		for _, id := range some {
			face, ok := faces[id]
			if !ok || face.Slug == "" {
				continue
			}
			it := v.faceItem(face)
			if i, ok := at[it.Href]; ok {
				v.With[i].Count = max(v.With[i].Count, with[id])
				continue
			}
			at[it.Href] = len(v.With)
			it.Count = with[id]
			v.With = append(v.With, it)
		}
	}
	slices.SortFunc(v.With, func(a, b item) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return i18n.Compare(v.Lang, a.Label, b.Label)
	})
	v.With = v.With[:min(withShown, len(v.With))]
	return nil
}

// timeline is one stretch of what somebody did; the table has all of it.
func (s *Site) timeline(r *http.Request, v *profilePage) ([]deed, error) {
	f, base := didIn(v.Profile, v.family), v.Path
	f.Limit = listed
	if before := r.URL.Query().Get("before"); before != "" {
		var err error
		if f.Before, err = sala.ParseID(before); err != nil {
			return nil, err
		}
		v.Newest, v.Path, v.Alternates = base, "", nil
	}
	list, err := s.Events.Deeds(r.Context(), f)
	if err != nil {
		return nil, err
	}
	if list.Next != "" {
		v.Older = base + "?before=" + string(list.Next)
	}
	return s.deeds(r, v.page, v.Profile, v.family, list.Events)
}

// didIn asks for the events at which somebody appeared, or in which an
// organisation had a part.
func didIn(one directory.Profile, ids []sala.ID) event.Filter {
	if one.Face.What == sala.KindOrganisation {
		return event.Filter{Organisation: ids}
	}
	return event.Filter{Person: ids}
}

// deeds say of events what somebody did there, who is known by some ids.
func (s *Site) deeds(r *http.Request, p *page, one directory.Profile, ids []sala.ID, events []event.Event) ([]deed, error) {
	cover := s.see
	if one.Face.What == sala.KindOrganisation { // nobody else is named
		cover = s.hear
	}
	seen, err := cover(r.Context(), events...)
	if err != nil {
		return nil, err
	}
	var out []deed
	for _, e := range seen.Events {
		d := deed{event: e, Row: s.eventRow(e, p)}
		if one.Face.What == sala.KindPerson {
			d.As = seen.appeared(p, e, ids)
		} else {
			d.As = tookPart(p, e, ids)
		}
		out = append(out, d)
	}
	return out, nil
}

// appeared says as what somebody appeared at an event, once for each session.
func (seen seenEvents) appeared(p *page, e event.Event, ids []sala.ID) []string {
	var said []string
	for _, a := range e.Appearances {
		if !slices.Contains(ids, a.Person) {
			continue
		}
		shown, ok := seen.appearance(p, a)
		if !ok {
			continue
		}
		parts := []string{p.T(shown.Role)}
		for _, s := range e.Sessions {
			if title, _ := s.Title.In(p.Want, p.set.Default); s.ID == a.Session && title != "" {
				parts = append(parts, i18n.Quote(p.Lang, title))
			}
		}
		for _, more := range []string{shown.Position, shown.Affiliation} {
			if more != "" {
				parts = append(parts, more)
			}
		}
		said = append(said, strings.Join(parts, i18n.Comma(p.Lang)))
	}
	return said
}

// tookPart says what an organisation did for an event.
func tookPart(p *page, e event.Event, ids []sala.ID) []string {
	var said []string
	for _, party := range e.Parties {
		if slices.Contains(ids, party.Organisation) {
			said = append(said, p.T("directory.did_"+string(party.Part)))
		}
	}
	if len(said) == 0 {
		said = append(said, p.T("directory.did_present"))
	}
	return said
}

// profileTable serves GET /{lang}/people/{slug}.csv and the same of an
// organisation: its timeline, whole.
func (s *Site) profileTable(r *http.Request, lang sala.Lang, what sala.Kind, slug string) (*web.Reply, error) {
	one, err := s.profileAt(r, what, slug)
	if err != nil {
		return nil, err
	}
	if one.Face.Slug != slug {
		return web.Redirect(http.StatusMovedPermanently, one.Face.Path(lang)+".csv"), nil
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	ids, err := s.who.Family(r.Context(), one.ID)
	if err != nil {
		return nil, err
	}
	events, err := s.everyDeed(r.Context(), didIn(one, ids))
	if err != nil {
		return nil, err
	}
	deeds, err := s.deeds(r, p, one, ids, events)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"event", "url", "title", "title_language", "from", "to", "place", "as"}}
	for _, d := range deeds {
		rows = append(rows, []string{
			string(d.event.ID), p.Base + d.Row.Href, d.Row.Title, string(d.Row.Lang), d.event.Held.From.String(), d.event.Held.To.String(), d.Row.Place,
			strings.Join(d.As, "; "),
		})
	}
	return table(rows)
}

// everyDeed lists all events that pass a filter, stretch by stretch.
func (s *Site) everyDeed(ctx context.Context, f event.Filter) ([]event.Event, error) {
	var all []event.Event
	f.Limit = 500
	for {
		list, err := s.Events.Deeds(ctx, f)
		if err != nil {
			return nil, err
		}
		all = append(all, list.Events...)
		if f.Before = list.Next; f.Before == "" {
			return all, nil
		}
	}
}

// data describes somebody, or an organisation, to machines (schema.org).
func (v *profilePage) data() string {
	kind := "Person"
	if v.Profile.Face.What == sala.KindOrganisation {
		kind = "Organization"
	}
	data := map[string]any{"@context": "https://schema.org", "@type": kind, "@id": v.Base + "/id/" + string(v.Profile.ID), "name": v.Title, "url": v.Base + v.Path}
	var others []string
	for l, name := range v.Profile.Face.Text {
		if l != v.Heading && name != v.Title && !slices.Contains(others, name) {
			others = append(others, name)
		}
	}
	if v.Short.Label != "" && v.Short.Label != v.Title {
		others = append(others, v.Short.Label)
	}
	slices.Sort(others)
	if len(others) > 0 {
		data["alternateName"] = others
	}
	if v.About.Label != "" {
		data["description"] = v.About.Label
	}
	if web := v.Profile.Contact.Web; web != "" {
		data["sameAs"] = web
	}
	var offices []map[string]any
	for _, post := range v.Posts {
		offices = append(offices, map[string]any{"@type": "Organization", "name": post.Label})
	}
	if len(offices) > 0 {
		data["affiliation"] = offices
	}
	return parts.JSONLD(data)
}
