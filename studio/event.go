package studio

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/internal/i18n"
	"sala/internal/web"
)

// eventPage is what eventView shows: one event, whole.
type eventPage struct {
	*page
	Event    event.Event // as it is stored
	Form     eventForm
	Offers   map[string][]picked // for a row whose name is not clear, by the row's key
	Terms    []vocabulary
	Series   []event.Series
	Steps    []event.Step
	Versions []event.Version
	Asides   []event.Aside
	Aside    sala.ID // whose words the form holds
	Clash    *clash
	Covered  []string // what of the event readers see covered
}

// A clash is what differs between two texts of an event.
type clash struct{ Theirs, Mine []string }

// Has reports whether the form bears a term.
func (p eventPage) Has(t archive.Term) bool { return slices.Contains(p.Form.Terms, t.ID) }

// Label is what a term is called.
func (p eventPage) Label(t archive.Term) string {
	if label, _ := t.Labels.In(p.lang, p.set.Default); label != "" {
		return label
	}
	return t.Path
}

// Langs are the languages that the form can be in.
func (p eventPage) Langs() []sala.Lang {
	langs := slices.Clone(p.set.Langs)
	for _, l := range p.Event.Langs() {
		if !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	return langs
}

// In are those of a session, as the form has them.
func (p eventPage) In(session string) []eventRow {
	var rows []eventRow
	for _, a := range p.Form.Rows["appearances"] {
		if a.V["session"] == session {
			rows = append(rows, a)
		}
	}
	return rows
}

// Begun reports whether a field is where one goes on with an event that has
// only just a title and a type.
func (p eventPage) Begun(field string) bool {
	return field == "from" && p.Event.Version == 1 && p.Event.Held.IsZero() && p.Wrong == nil
}

// Named is what a series is called.
func (p eventPage) SeriesName(x event.Series) string {
	name, _ := x.Name.In(p.lang, p.set.Default)
	return name
}

func eventAt(id sala.ID) string { return "/studio/events/" + string(id) }

// event serves GET /studio/events/{id}. ?in= is the language of its words;
// ?aside= what was set aside of it.
func (s *Studio) event(v *visit) (*web.Reply, error) {
	e, err := s.Events.DeskEvent(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	named, err := s.eventNames(v, e)
	if err != nil {
		return nil, err
	}
	lang := v.eventLang(e)
	ep := eventPage{Form: formOf(e, lang, named)}
	if id := sala.ID(v.URL.Query().Get("aside")); id != "" {
		asides, err := s.Events.Asides(v.ctx(), v.By(), e.ID)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(asides, func(a event.Aside) bool { return a.ID == id })
		if i < 0 {
			return nil, sala.ErrNotFound
		}
		mine := asides[i].Event
		if named, err = s.eventNames(v, mine); err != nil {
			return nil, err
		}
		ep.Form, ep.Aside, ep.Clash = formOf(mine, lang, named), id, v.differ(e, mine, lang)
		ep.Form.Version = e.Version // who saves has seen both
	}
	return s.showEvent(v, e, ep, nil)
}

// eventLang is the language that the words of the form are in: the one asked
// for, else one that the event has.
func (v *visit) eventLang(e event.Event) sala.Lang {
	if l, err := sala.ParseLang(v.URL.Query().Get("in")); err == nil {
		return l
	}
	has := e.Langs()
	for _, l := range append([]sala.Lang{v.set.Default, v.lang}, has...) {
		if slices.Contains(has, l) {
			return l
		}
	}
	return v.set.Default
}

// eventNames tells what the things are called that an event names.
func (s *Studio) eventNames(v *visit, e event.Event) (func(sala.ID) string, error) {
	names := map[sala.ID]string{}
	lang := v.eventLang(e)
	if err := s.whoNames(v, e, lang, names); err != nil {
		return nil, err
	}
	for _, w := range e.Works {
		work, err := s.Archive.DeskWork(v.ctx(), v.By(), w.Work)
		if errors.Is(err, sala.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		names[w.Work] = workTitle(work, lang)
	}
	if e.Parent != "" {
		parent, err := s.Events.DeskEvent(v.ctx(), v.By(), e.Parent)
		if err != nil {
			return nil, err
		}
		names[e.Parent], _ = parent.Title.In(lang, v.set.Default)
	}
	return func(id sala.ID) string {
		if id == "" {
			return ""
		}
		return cmp.Or(names[id], string(id))
	}, nil
}

// whoNames fills the names of people and organisations, as those know them
// who may.
func (s *Studio) whoNames(v *visit, e event.Event, lang sala.Lang, names map[sala.ID]string) error {
	people := map[sala.ID]bool{}
	for _, a := range e.Appearances {
		people[a.Person] = true
	}
	for _, id := range event.Refs(e) {
		var name sala.Text
		var err error
		if people[id] {
			var d directory.Person
			d, err = s.Directory.Person(v.ctx(), v.By(), id)
			name = d.Name
		} else {
			var d directory.Organisation
			d, err = s.Directory.Organisation(v.ctx(), v.By(), id)
			name = d.Name
		}
		if errors.Is(err, sala.ErrNotFound) { // of no entry that is left
			continue
		} else if err != nil {
			return err
		}
		names[id], _ = name.In(lang, v.set.Default)
	}
	return nil
}

func (s *Studio) showEvent(v *visit, e event.Event, ep eventPage, wrong error) (*web.Reply, error) {
	p, err := v.page("")
	if err != nil {
		return nil, err
	}
	if err := p.wrong(wrong); err != nil {
		return nil, err
	}
	ep.page, ep.Event = p, e
	if p.Title, _ = e.Title.In(v.lang, v.set.Default); p.Title == "" {
		p.Title = p.T("studio.event.title")
	}
	if err := s.offer(v, &ep); err != nil {
		return nil, err
	}
	ep.Form.recall(formOf(e, ep.Form.Lang, func(sala.ID) string { return "" }))
	ep.Form.arrange()
	vocabularies, err := s.Archive.Vocabularies(v.ctx())
	if err != nil {
		return nil, err
	}
	for _, voc := range vocabularies {
		if voc.Slug == archive.Author {
			continue
		}
		terms, err := s.Archive.Terms(v.ctx(), voc.Slug)
		if err != nil {
			return nil, err
		}
		if len(terms) > 0 {
			ep.Terms = append(ep.Terms, vocabulary{voc, terms})
		}
	}
	if ep.Series, err = s.Events.AllSeries(v.ctx()); err != nil {
		return nil, err
	}
	if ep.Steps, err = s.Events.Steps(v.ctx(), v.By(), e.ID); err != nil {
		return nil, err
	}
	if ep.Versions, err = s.Events.Versions(v.ctx(), v.By(), e.ID); err != nil {
		return nil, err
	}
	if ep.Asides, err = s.Events.Asides(v.ctx(), v.By(), e.ID); err != nil {
		return nil, err
	}
	if ep.Covered, err = s.covered(v, e); err != nil {
		return nil, err
	}
	reply, err := p.show(eventView(ep))
	if err == nil && ep.Clash != nil && ep.Aside == "" {
		reply.Status = http.StatusConflict
	}
	return reply, err
}

// covered are the titles of an event that hold a name which may not be shown.
// Its words are covered for readers, but an address made of such a title is
// not.
func (s *Studio) covered(v *visit, e event.Event) ([]string, error) {
	veil, err := s.Directory.Veil(v.ctx())
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range e.Langs() {
		if len(veil.Covers(e.Title[l], l)) > 0 {
			out = append(out, e.Title[l])
		}
	}
	return out, nil
}

// offer finds, for rows whose name is not clear, those who may be meant.
func (s *Studio) offer(v *visit, ep *eventPage) error {
	ep.Offers = map[string][]picked{}
	for _, f := range ep.Wrong {
		if f.Key != "studio.event.who_unknown" && f.Key != "studio.event.who_several" {
			continue
		}
		list, rest, _ := strings.Cut(f.Field, ".")
		key, _, _ := strings.Cut(rest, ".")
		what := sala.KindOrganisation
		if list == "appearances" {
			what = sala.KindPerson
		}
		for _, row := range ep.Form.Rows[list] {
			if row.Key != key {
				continue
			}
			found, err := s.Directory.Find(v.ctx(), v.By(), what, row.V["name"], pickRows)
			if err != nil {
				return err
			}
			alike, err := s.Directory.Alike(v.ctx(), v.By(), what, row.V["name"])
			if err != nil {
				return err
			}
			seen := map[sala.ID]bool{}
			for _, d := range append(found, alike...) {
				if !seen[d.Ref.ID] {
					seen[d.Ref.ID] = true
					ep.Offers[key] = append(ep.Offers[key], ep.page.pickedWho(d, ep.Form.Lang))
				}
			}
		}
	}
	return nil
}

// saveEvent serves POST /studio/events/{id}: saves it, or does to the form
// what one of its other buttons says.
func (s *Studio) saveEvent(v *visit) (*web.Reply, error) {
	had, err := s.Events.DeskEvent(v.ctx(), v.By(), sala.ID(v.PathValue("id")))
	if err != nil {
		return nil, err
	}
	f, err := sentEvent(v)
	if err != nil {
		return nil, err
	}
	ep := eventPage{Form: f, Aside: sala.ID(v.PostFormValue("aside"))}
	switch {
	case v.PostFormValue("paste") != "":
		return s.showEvent(v, had, ep, ep.Form.paste())
	case v.PostFormValue("add") != "" || v.PostFormValue("up") != "":
		return s.showEvent(v, had, ep, nil)
	}
	r, err := s.readEvent(v, &ep.Form, had)
	if err != nil {
		return nil, err
	}
	if len(r.bad) > 0 {
		return s.showEvent(v, had, ep, r.bad)
	}
	if name := ep.Form.One["new_series"]; name != "" {
		x, err := s.Events.SetSeries(v.ctx(), v.By(), event.Series{Name: sala.Text{ep.Form.Lang: name}})
		if err != nil {
			return s.showEvent(v, had, ep, err)
		}
		r.event.Series, ep.Form.One["series"], ep.Form.One["new_series"] = x.ID, string(x.ID), ""
	}
	_, err = s.Events.Save(v.ctx(), v.By(), r.event)
	if c, ok := errors.AsType[*event.Conflict](err); ok {
		ep.Clash = v.differ(c.Theirs, c.Mine, ep.Form.Lang)
		ep.Form.Version, ep.Aside = c.Theirs.Version, ""
		return s.showEvent(v, c.Theirs, ep, nil)
	}
	if err != nil {
		return s.showEvent(v, had, ep, r.byKey(err))
	}
	if ep.Aside != "" {
		if err := s.Events.Settle(v.ctx(), v.By(), had.ID, ep.Aside); err != nil && !errors.Is(err, sala.ErrNotFound) {
			return nil, err
		}
	}
	return v.done(eventAt(had.ID)+"?in="+string(ep.Form.Lang), "studio.event.saved")
}

// differ lists what one text of an event says and the other does not.
func (v *visit) differ(theirs, mine event.Event, lang sala.Lang) *clash {
	name := func(id sala.ID) string { return string(id) }
	a, b := formLines(formOf(theirs, lang, name)), formLines(formOf(mine, lang, name))
	only := func(x, y []string) []string {
		var out []string
		for _, line := range x {
			if !slices.Contains(y, line) {
				out = append(out, line)
			}
		}
		return out
	}
	return &clash{only(a, b), only(b, a)}
}

// formLines are the fields of a form, one a line.
func formLines(f eventForm) []string {
	var out []string
	for _, name := range eventOnce {
		if f.One[name] != "" && !strings.HasSuffix(name, "_ref") && !strings.HasSuffix(name, "_was") {
			out = append(out, f.One[name])
		}
	}
	for _, list := range eventListOrder {
		for _, row := range f.Rows[list] {
			var cells []string
			for _, field := range eventLists[list] {
				if row.V[field] != "" && field != "was" && field != "as" && field != "session" {
					cells = append(cells, row.V[field])
				}
			}
			out = append(out, strings.Join(cells, " · "))
		}
	}
	return out
}

// publishEvent serves POST /studio/events/{id}/publish.
func (s *Studio) publishEvent(v *visit) (*web.Reply, error) {
	return s.moveEvent(v, "studio.event.published", func(id sala.ID, version int) error {
		return s.Events.Publish(v.ctx(), v.By(), id, version)
	})
}

// withdrawEvent serves POST /studio/events/{id}/withdraw.
func (s *Studio) withdrawEvent(v *visit) (*web.Reply, error) {
	return s.moveEvent(v, "studio.event.withdrawn", func(id sala.ID, version int) error {
		return s.Events.Withdraw(v.ctx(), v.By(), id, version, v.PostFormValue("reason"))
	})
}

func (s *Studio) moveEvent(v *visit, said string, move func(sala.ID, int) error) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	version, err := strconv.Atoi(v.PostFormValue("version"))
	if err != nil {
		return nil, errBadForm
	}
	err = move(id, version)
	if err == nil {
		return v.done(eventAt(id), said)
	}
	if errors.Is(err, sala.ErrConflict) {
		err = sala.Invalid{{Field: "version", Key: "studio.event.newer", Text: "somebody has changed it since: look at it first"}}
	}
	e, other := s.Events.DeskEvent(v.ctx(), v.By(), id)
	if other != nil {
		return nil, other
	}
	named, other := s.eventNames(v, e)
	if other != nil {
		return nil, other
	}
	return s.showEvent(v, e, eventPage{Form: formOf(e, v.eventLang(e), named)}, err)
}

// settleAside serves POST /studio/events/{id}/settle.
func (s *Studio) settleAside(v *visit) (*web.Reply, error) {
	id := sala.ID(v.PathValue("id"))
	if err := s.Events.Settle(v.ctx(), v.By(), id, sala.ID(v.PostFormValue("aside"))); err != nil {
		return nil, err
	}
	return v.done(eventAt(id), "studio.event.settled")
}

// countryName is a country for the list beside its field.
func (p *page) countryName(code string) string { return i18n.Country(p.lang, code) }

// personKinds and organisationKinds are what somebody new may be.
func newKinds(list string) []string {
	var kinds []string
	if list == "appearances" {
		for _, k := range directory.PersonKinds {
			kinds = append(kinds, string(k))
		}
		return kinds
	}
	for _, k := range directory.OrganisationKinds {
		kinds = append(kinds, string(k))
	}
	return kinds
}
