package site

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/archive"
	"sala/event"
	"sala/internal/i18n"
	"sala/internal/web"
)

// eventPage is what eventView shows.
type eventPage struct {
	*page
	Event     event.Event
	Type      string
	When      string
	Hours     string
	Zone      string
	Place     string
	About     []string
	AboutIn   sala.Lang
	Missing   []missing
	Counts    []countLine
	Days      []programmeDay
	Others    []appearance // in no session that is stated
	Materials []material
	Works     []telling
	Measures  []measureView // what the works count that tell of it
	// What the page leads with: see life.
	Invitation *invitation // before it is held
	Report     []telling   // when it is over
	Asks       []askRow
	Parties    []group
	Present    []presentGroup
	Spoken     string
	Into       string // interpreted
	Parent     *item
	Children   []row
	Series     *item
	Terms      []group
	Calendar   string // "" where the days are not exact
	Programme  string
	Blank      string // the skeleton of proceedings
	Cite       citation
	Print      string // "programme" or "proceedings", if only that is asked for
}

// A programmeDay is the sessions of one day.
type programmeDay struct {
	Day      string // "" of an event of one day
	Sessions []session
}

type session struct {
	ID          sala.ID
	Title       string
	In          sala.Lang
	Kind        string // key of its name
	Hours       string
	Appearances []appearance
	Materials   []material
}

type material struct {
	Title, Kind, Href    string
	In                   sala.Lang
	Lang                 string // name of its language
	Size, Owner, Licence string
	Outside              bool
}

// A telling is a work that tells of the event.
type telling struct {
	row
	At    event.Stage
	Stage string // key of its name
}

// A presentGroup is the organisations of one sector that were represented.
type presentGroup struct {
	Name    string
	Summary string // how many, in words
	Items   []item
}

// event serves GET /{lang}/events/{slug}.
func (s *Site) event(r *http.Request, lang sala.Lang, slug string) (*web.Reply, error) {
	ctx := r.Context()
	slug, cite := citing(slug)
	e, moved, err := s.Events.BySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	p, err := s.page(r, lang, "")
	if err != nil {
		return nil, err
	}
	if moved {
		return web.Redirect(http.StatusMovedPermanently, eventPath(lang, e)+cite), nil
	}
	if at := eventLang(e, lang, p.set); at != lang { // it stands in another language only: there, for this reader
		return web.Redirect(http.StatusFound, towardsEvent(e, p.Want, p.set)), nil
	}
	seen, err := s.see(ctx, e)
	if err != nil {
		return nil, err
	}
	v := eventPage{page: p, Event: seen.Events[0]}
	switch print := r.URL.Query().Get("print"); print {
	case "", "programme", "proceedings":
		v.Print = print
	default:
		return nil, sala.ErrNotFound
	}
	v.head(lang)
	c := v.cited(seen, lang)
	if cite != "" {
		return p.citationFile(c, cite), nil
	}
	v.Cite = p.recordCitation(c, v.When, eventPath(lang, e))
	v.programme(seen)
	if err := s.handedOut(r, &v); err != nil {
		return nil, err
	}
	v.who(seen)
	if err := s.told(r, &v); err != nil {
		return nil, err
	}
	if err := s.eventAround(r, &v); err != nil {
		return nil, err
	}
	v.structured(seen, lang)
	if v.Print != "" {
		return v.show(ctx, programmeView(v))
	}
	keep, err := s.life(ctx, &v)
	if err != nil {
		return nil, err
	}
	if err := s.counted(ctx, &v); err != nil {
		return nil, err
	}
	reply, err := v.show(ctx, eventView(v))
	if err == nil && !keep {
		reply.Keep = false
	}
	return reply, err
}

// head fills what the page's head and its languages need. lang is the
// language of the address.
func (v *eventPage) head(lang sala.Lang) {
	p, e := v.page, v.Event
	p.Title, p.Heading = e.Title.In(lang, p.set.Default)
	p.Section, p.Type = "events", "article"
	p.Path, p.Feed = eventPath(lang, e), "/"+string(p.Want)+"/events/"
	p.trail = []item{{Href: p.Feed, Label: p.T("event.title"), Lang: p.Lang}}
	for _, l := range p.set.Langs {
		if e.Title[l] != "" {
			p.Alternates = append(p.Alternates, alternate{l, eventPath(l, e), l == lang})
			p.Switch = append(p.Switch, alternate{l, eventPath(l, e), l == p.Want})
			continue
		}
		p.Switch = append(p.Switch, alternate{l, eventPath(lang, e) + "?hl=" + string(l), l == p.Want})
	}
	if v.Print != "" {
		p.Path, p.Alternates = "", nil
	}
	if p.Heading != p.Want {
		for _, in := range []sala.Lang{p.Want, p.Heading} {
			_, said := p.In(in, "event.missing")
			text, _ := p.In(said, "event.missing", "lang", i18n.LangName(said, p.Want), "found", i18n.LangName(said, p.Heading))
			if n := len(v.Missing); n == 0 || v.Missing[n-1].Text != text {
				v.Missing = append(v.Missing, missing{text, said})
			}
		}
	}
	about, in := e.About.In(p.Want, p.set.Default)
	v.AboutIn = in
	for line := range strings.SplitSeq(about, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			v.About = append(v.About, line)
		}
	}
	if len(v.About) > 0 {
		p.About = v.About[0]
	}
	v.Type, v.When, v.Place, v.Hours = p.T("event.type_"+string(e.Type)), p.when(e), p.place(e), hours(e.Start, e.End)
	if v.Hours != "" {
		v.Zone = e.Zone
	}
	for _, c := range e.Counts {
		v.Counts = append(v.Counts, p.countLine(c))
	}
	if e.Exact() {
		v.Calendar = eventPath(lang, e) + ".ics"
	}
	if len(e.Sessions) > 0 {
		v.Programme, v.Blank = eventPath(lang, e)+"?print=programme", eventPath(lang, e)+"?print=proceedings"
	}
}

// programme fills the sessions, day by day in their order.
func (v *eventPage) programme(seen seenEvents) {
	p, e := v.page, v.Event
	last := sala.Day{Year: -1}
	for _, one := range e.Sessions {
		day := e.On(one)
		if day != last || len(v.Days) == 0 {
			label := ""
			if e.Held.From != e.Held.To && !day.IsZero() {
				label = p.Date(day)
			}
			v.Days, last = append(v.Days, programmeDay{Day: label}), day
		}
		title, in := one.Title.In(p.Want, p.set.Default)
		at := &v.Days[len(v.Days)-1]
		at.Sessions = append(at.Sessions, session{
			ID: one.ID, Title: title, In: in, Kind: "event.session_" + string(one.Kind), Hours: hours(one.Start, one.End),
			Appearances: seen.appearances(p, e.In(one.ID)),
		})
	}
	v.Others = seen.appearances(p, e.In(""))
}

// handedOut fills the materials: a file only if a reader may see it.
func (s *Site) handedOut(r *http.Request, v *eventPage) error {
	p := v.page
	var ids []sala.ID
	for _, m := range v.Event.Materials {
		ids = append(ids, m.File)
	}
	files, err := s.files(r.Context(), ids)
	if err != nil {
		return err
	}
	bySession := map[sala.ID][]material{}
	for _, m := range v.Event.Materials {
		line := material{Kind: p.T("event.material_" + string(m.Kind)), Owner: m.Owner, Licence: m.Licence}
		line.Title, line.In = m.Title.In(p.Want, p.set.Default)
		if m.Lang != "" {
			line.Lang = p.Named(m.Lang)
		}
		if m.Size > 0 {
			line.Size = fileSize(p.Lang, m.Size)
		}
		switch f, ok := files[m.File]; {
		case ok:
			line.Href = filePath(p.Want, f)
			if f.Hash != "" {
				line.Size = fileSize(p.Lang, f.Size)
			}
		case m.Address != "":
			line.Href, line.Outside = m.Address, true
		}
		bySession[m.Session] = append(bySession[m.Session], line)
	}
	v.Materials = bySession[""]
	for i := range v.Days {
		for k := range v.Days[i].Sessions {
			v.Days[i].Sessions[k].Materials = bySession[v.Days[i].Sessions[k].ID]
		}
	}
	return nil
}

// who fills the organisations, by what they did and by sector.
func (v *eventPage) who(seen seenEvents) {
	p, e := v.page, v.Event
	for _, part := range event.Parts {
		g := group{Name: p.T("event.part_" + string(part))}
		for _, party := range e.By(part) {
			if it, ok := seen.organisation(p, party.Organisation, party.Name); ok {
				g.Items = append(g.Items, it)
			}
		}
		if len(g.Items) > 0 {
			v.Parties = append(v.Parties, g)
		}
	}
	for _, tally := range e.BySector() {
		g := presentGroup{Name: p.T("event.sector_none")}
		if tally.Sector != "" {
			g.Name = p.T("directory.sector." + string(tally.Sector))
		}
		if tally.Named > 0 {
			g.Summary = p.T("event.organisations", "n", tally.Named)
		}
		for _, present := range e.Present {
			if present.Sector != tally.Sector {
				continue
			}
			it, ok := seen.organisation(p, present.Organisation, present.Name)
			if !ok {
				continue
			}
			if present.Country != "" && present.Country != e.Country {
				it.Label = p.T("event.of_country", "name", it.Label, "country", i18n.Country(p.Lang, present.Country))
			}
			g.Items = append(g.Items, it)
		}
		if len(g.Items) > 0 {
			v.Present = append(v.Present, g)
		}
	}
	v.Spoken, v.Into = p.langNames(e.Spoken), p.langNames(e.Interpreted)
}

func (p *page) langNames(langs []sala.Lang) string {
	var names []string
	for _, l := range langs {
		names = append(names, p.Named(l))
	}
	return i18n.List(p.Lang, names)
}

// told fills the works that tell of the event, in the order of its life, and
// the sources of its counts. Only what is public now is among them.
func (s *Site) told(r *http.Request, v *eventPage) error {
	p := v.page
	var ids []sala.ID
	for _, w := range v.Event.Works {
		ids = append(ids, w.Work)
	}
	for _, c := range v.Event.Counts {
		ids = append(ids, c.Source.Work)
	}
	works, err := s.Archive.WorksByID(r.Context(), ids)
	if err != nil {
		return err
	}
	ordered := slices.Clone(v.Event.Works)
	slices.SortStableFunc(ordered, func(a, b event.Telling) int {
		return slices.Index(event.Stages, a.Stage) - slices.Index(event.Stages, b.Stage)
	})
	for _, t := range ordered {
		if w, ok := works[t.Work]; ok {
			v.Works = append(v.Works, telling{s.row(w, p), t.Stage, "event.stage_" + string(t.Stage)})
		}
	}
	for i, c := range v.Event.Counts {
		w, ok := works[c.Source.Work]
		if !ok {
			v.Counts[i].Words = "" // words of a work that is not public are not either
			continue
		}
		v.Counts[i].Source = passageLink(w, c.Source, p)
	}
	return nil
}

// passageLink leads to a passage of a work.
func passageLink(w archive.Work, at event.Passage, p *page) *item {
	e, ok := inLang(w, at.Lang)
	if !ok {
		e = best(w, p.Want, p.set)
	}
	href := towards(e, p.Want)
	if ok && at.Block != "" {
		href += "#p-" + at.Block
	}
	return &item{Href: href, Label: e.Title, Lang: e.Lang}
}

// eventAround fills what the event was part of, what was part of it, and its
// series and themes.
func (s *Site) eventAround(r *http.Request, v *eventPage) error {
	ctx, p, e := r.Context(), v.page, v.Event
	children, err := s.Events.Children(ctx, e.ID)
	if err != nil {
		return err
	}
	var parents []event.Event
	if e.Parent != "" {
		list, err := s.Events.Events(ctx, event.Filter{IDs: []sala.ID{e.Parent}})
		if err != nil {
			return err
		}
		parents = list.Events
	}
	seen, err := s.see(ctx, append(parents, children...)...)
	if err != nil {
		return err
	}
	for i, other := range seen.Events {
		line := s.eventRow(other, p)
		if i < len(parents) {
			v.Parent = &item{Href: line.Href, Label: line.Title, Lang: line.Lang}
			continue
		}
		v.Children = append(v.Children, line)
	}
	if e.Series != "" {
		all, err := s.Events.AllSeries(ctx)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.ID == e.Series {
				name, in := x.Name.In(p.Want, p.set.Default)
				v.Series = &item{Href: "/" + string(p.Want) + "/events/?series=" + string(x.ID), Label: name, Lang: in}
			}
		}
	}
	terms, err := s.termItems(ctx, e.Terms, p.Want, p.set)
	if err != nil {
		return err
	}
	vocabularies, err := s.Archive.Vocabularies(ctx)
	if err != nil {
		return err
	}
	for _, voc := range vocabularies {
		if items := terms[voc.Slug]; len(items) > 0 {
			v.Terms = append(v.Terms, vocabularyGroup(p, voc, items))
		}
	}
	return nil
}

// moment writes a beginning or an end for machines: with the offset of its
// zone where a time is stated, else the day as far as it is.
func moment(d sala.Day, c event.Clock, zone string) string {
	if d.IsZero() || c == "" || d.Day == 0 {
		return d.String()
	}
	at, ok := event.Location(zone)
	if !ok {
		return d.String()
	}
	return time.Date(d.Year, d.Month, d.Day, c.Minutes()/60, c.Minutes()%60, 0, 0, at).Format(time.RFC3339)
}
