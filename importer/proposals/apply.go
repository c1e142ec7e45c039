package proposals

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sala"
	"sala/archive"
	"sala/event"
)

// An applier writes accepted proposals of one work into the areas.
type applier struct {
	*Store
	by     sala.Actor
	work   sala.ID
	byID   map[sala.ID]Proposal
	failed map[sala.ID]error
	made   map[sala.ID]sala.Ref
	names  *names
	about  archive.Work
}

// apply writes proposals. An error that an editor can mend stands in failed;
// any other ends it.
func (a *applier) apply(ctx context.Context, some []Proposal) error {
	var err error
	if a.about, err = a.to.Archive.DeskWork(ctx, a.by, a.work); err != nil {
		return err
	}
	if a.names, err = a.known(ctx); err != nil {
		return err
	}
	// First the events with all that hangs from them, each saved once.
	var events []sala.ID
	of := map[sala.ID][]Proposal{}
	for _, p := range some {
		if p.State != Open || p.Kind == Ask || p.Kind == Adoption || p.Kind == Figure || p.Kind == Contact {
			continue
		}
		id := p.Event
		if p.Kind == Event {
			id = p.ID
		}
		if !slices.Contains(events, id) {
			events = append(events, id)
		}
		if p.Kind != Event {
			of[id] = append(of[id], p)
		}
	}
	for _, id := range events {
		if err := a.event(ctx, id, of[id]); err != nil {
			return err
		}
	}
	for _, k := range []Kind{Ask, Adoption, Figure, Contact} { // an adoption comes after what was adopted
		for _, p := range some {
			if p.Kind != k || p.State != Open {
				continue
			}
			made, err := map[Kind]func(context.Context, Proposal) (sala.Ref, error){
				Ask: a.ask, Adoption: a.adoption, Figure: a.figure, Contact: a.contact,
			}[k](ctx, p)
			if err := a.settle(p.ID, made, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle notes what a proposal became, or what stands in its way.
func (a *applier) settle(id sala.ID, made sala.Ref, err error) error {
	var bad sala.Invalid
	switch {
	case err == nil:
		a.made[id] = made
	case errors.As(err, &bad), errors.Is(err, sala.ErrConflict), errors.Is(err, sala.ErrNotFound):
		a.failed[id] = err
	default:
		return err
	}
	return nil
}

// title is the title of the work in the language of a proposal.
func (a *applier) title(lang sala.Lang) string {
	for _, e := range a.about.Editions {
		if e.Lang == lang {
			return e.Title
		}
	}
	return ""
}

// derived is an id that always belongs to a part of what a proposal becomes.
func derived(p Proposal, part string) sala.ID {
	return sala.DerivedID(time.Time{}, "made of proposal\x00"+string(p.ID)+"\x00"+part)
}

func invalid(field, key, text string) error {
	return sala.Invalid{{Field: field, Key: key, Text: text}}
}

// event writes an event and some facts of it.
func (a *applier) event(ctx context.Context, id sala.ID, facts []Proposal) error {
	p, ok := a.byID[id]
	if !ok {
		return fmt.Errorf("proposal %s: %w", id, sala.ErrNotFound)
	}
	if p.State == Refused {
		for _, f := range facts {
			a.failed[f.ID] = invalid("event", "studio.proposals_event_refused", "the event it belongs to was refused")
		}
		return nil
	}
	e, fresh, err := a.open(ctx, p, facts)
	if err != nil {
		return a.settle(id, sala.Ref{}, err)
	}
	var done []sala.ID
	try := func(f Proposal) error {
		before := e
		before.Parties, before.Present, before.Sessions, before.Appearances = slices.Clone(e.Parties), slices.Clone(e.Present), slices.Clone(e.Sessions), slices.Clone(e.Appearances)
		err := a.add(ctx, &e, f)
		if err == nil {
			done = append(done, f.ID)
			return nil
		}
		e = before
		return a.settle(f.ID, sala.Ref{}, err)
	}
	slices.SortStableFunc(facts, func(x, y Proposal) int { return slices.Index(Kinds, x.Kind) - slices.Index(Kinds, y.Kind) })
	for _, f := range facts {
		for _, in := range f.Value.list("sessions") { // the session comes with who spoke in it
			if x, ok := a.byID[sala.ID(in)]; ok && x.State == Open && !slices.Contains(done, x.ID) && a.failed[x.ID] == nil {
				if err := try(x); err != nil {
					return err
				}
			}
		}
		if slices.Contains(done, f.ID) {
			continue
		}
		if err := try(f); err != nil {
			return err
		}
	}
	sortSessions(&e, a.byID)
	if fresh {
		e, err = a.to.Events.Create(ctx, a.by, e)
	} else {
		e, err = a.to.Events.Save(ctx, a.by, e)
	}
	if err != nil {
		for _, f := range done {
			if err := a.settle(f, sala.Ref{}, err); err != nil {
				return err
			}
		}
		if p.State != Open && len(done) > 0 { // it is in the record already: only the facts are left
			return nil
		}
		return a.settle(id, sala.Ref{}, err)
	}
	made := sala.Ref{Kind: sala.KindEvent, ID: e.ID}
	for _, f := range done {
		a.made[f] = made
	}
	if p.State == Open {
		a.made[id] = made
	}
	p.Made = made
	a.byID[id] = p
	return nil
}

// sortSessions puts sessions that were read from this text in its order.
func sortSessions(e *event.Event, byID map[sala.ID]Proposal) {
	place := map[sala.ID]int{}
	for i, s := range e.Sessions {
		place[s.ID] = i
	}
	order := positions(byID)
	slices.SortStableFunc(e.Sessions, func(x, y event.Session) int {
		px, okx := order[x.ID]
		py, oky := order[y.ID]
		if okx && oky {
			return px - py
		}
		return place[x.ID] - place[y.ID]
	})
}

// positions are the places of the sessions in the order of the text.
func positions(byID map[sala.ID]Proposal) map[sala.ID]int {
	m := map[sala.ID]int{}
	for _, p := range byID {
		if p.Kind == Session {
			m[derived(p, "session")] = p.position
		}
	}
	return m
}

// open finds the event that a proposal means, or begins one: the one it became
// before, the one that another work tells of, or a new one.
func (a *applier) open(ctx context.Context, p Proposal, facts []Proposal) (e event.Event, fresh bool, err error) {
	id := p.Made.ID
	if id == "" {
		if id, err = a.toldElsewhere(ctx, p); err != nil {
			return e, false, err
		}
	}
	if id == "" {
		id = derived(p, "event")
	}
	e, err = a.to.Events.DeskEvent(ctx, a.by, id)
	switch {
	case err == nil:
	case errors.Is(err, sala.ErrNotFound):
		e, fresh = event.Event{ID: id, Type: typeOf(p.Value["type"])}, true
		title := p.Value["title"]
		if title == "" {
			title = a.title(p.Lang)
		}
		e.Title = sala.Text{p.Lang: capital(title)}
		if outer, ok := a.byID[sala.ID(p.Value["within"])]; ok {
			e.Parent = outer.Made.ID
		}
	default:
		return e, false, err
	}
	if !slices.ContainsFunc(e.Works, func(t event.Telling) bool { return t.Work == a.work }) {
		e.Works = append(e.Works, event.Telling{Work: a.work, Stage: stageOf(a.about.Kind)})
	}
	return e, fresh, nil
}

// toldElsewhere returns an event in the record of the same days and the same
// town, or of the same days and title: an invitation and a report tell of one.
func (a *applier) toldElsewhere(ctx context.Context, p Proposal) (sala.ID, error) {
	var days, where Proposal
	for _, f := range a.byID {
		if f.Event == p.ID && f.Kind == Held && f.State != Refused {
			days = f
		}
		if f.Event == p.ID && f.Kind == Where && f.State != Refused {
			where = f
		}
	}
	span, err := spanOf(days.Value)
	if err != nil || span.From.Day == 0 {
		return "", nil
	}
	list, err := a.to.Events.Desk(ctx, a.by, event.Filter{Year: span.From.Year, Month: int(span.From.Month), Limit: 200, States: []event.State{event.Draft, event.Public}})
	if err != nil {
		return "", err
	}
	for _, e := range list.Events {
		if e.Held != span {
			continue
		}
		same := func(t sala.Text, words string) bool {
			if words == "" {
				return false
			}
			for _, said := range t {
				if strings.EqualFold(said, words) {
					return true
				}
			}
			return false
		}
		if same(e.Title, p.Value["title"]) || same(e.City, where.Value["city"]) && e.Type == typeOf(p.Value["type"]) {
			return e.ID, nil
		}
	}
	return "", nil
}

func spanOf(v Value) (span sala.Span, err error) {
	if span.From, err = sala.ParseDay(v["from"]); err != nil {
		return span, err
	}
	if span.To, err = sala.ParseDay(v["to"]); err != nil {
		return span, err
	}
	if span.To.IsZero() {
		span.To = span.From
	}
	return span, nil
}

// add puts one fact into an event.
func (a *applier) add(ctx context.Context, e *event.Event, p Proposal) (err error) {
	v := p.Value
	text := func(s string) sala.Text {
		if s == "" {
			return nil
		}
		return sala.Text{p.Lang: s}
	}
	switch p.Kind {
	case Held:
		if e.Held, err = spanOf(v); err != nil {
			return invalid("from", "studio.proposals_day_bad", err.Error())
		}
		return e.Held.Check()
	case Where:
		e.Venue, e.City, e.Country = text(v["venue"]), text(v["city"]), v["country"]
	case Party:
		return a.party(ctx, e, p)
	case Count:
		c, err := count(p)
		if err != nil {
			return err
		}
		c.Source = event.Passage{Work: a.work, Lang: p.Lang, Block: block(p), Words: p.At.Words}
		for _, had := range e.Counts {
			if had.Value == c.Value && had.Qualifier == c.Qualifier && had.Of == c.Of {
				return nil
			}
		}
		e.Counts = append(e.Counts, c)
	case Session:
		id := derived(p, "session")
		if _, had := e.Session(id); had {
			return nil
		}
		s := event.Session{ID: id, Title: text(v["title"]), Kind: sessionOf(v["sort"])}
		if s.Kind == event.OtherSession && s.Title == nil {
			return invalid("title", "studio.event.session_title_missing", "it needs a title, or a kind that says what it was")
		}
		e.Sessions = append(e.Sessions, s)
	case Speaker:
		return a.speaker(ctx, e, p)
	case Group:
		if v["spoke"] == "" {
			e.Present = append(e.Present, event.Present{ID: derived(p, "present"), Name: text(v["who"]), Several: true})
			return nil
		}
		e.Appearances = append(e.Appearances, event.Appearance{ID: derived(p, "appearance"), Described: text(v["who"]), Role: event.Speaker, Affiliation: text(v["org"])})
	case Material:
		kind := event.OtherMaterials
		switch v["sort"] {
		case "documentary", "film", "video", "movie", "animation", "short":
			kind = event.Film
		case "presentation":
			kind = event.Slides
		case "booklet", "leaflet":
			kind = event.Handout
		}
		e.Materials = append(e.Materials, event.Material{ID: derived(p, "material"), Title: text(v["title"]), Kind: kind, Owner: v["org"]})
	case Language:
		l, err := sala.ParseLang(v["lang"])
		if err != nil {
			return invalid("lang", "studio.import_lang_bad", err.Error())
		}
		list := &e.Spoken
		if v["interpreted"] != "" {
			list = &e.Interpreted
		}
		if !slices.Contains(*list, l) {
			*list = append(*list, l)
		}
	}
	return nil
}

// capital begins a title that was found within a sentence as titles begin.
func capital(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	if size == 0 {
		return title
	}
	return string(unicode.ToUpper(first)) + title[size:]
}

// block is the block of a passage, "" for the title.
func block(p Proposal) string {
	if p.At.Block == "title" {
		return ""
	}
	return p.At.Block
}

func (a *applier) party(ctx context.Context, e *event.Event, p Proposal) error {
	org, err := a.organisation(ctx, p, "name")
	if err != nil {
		return err
	}
	if p.Value["part"] == "represented" {
		if !slices.ContainsFunc(e.Present, func(x event.Present) bool { return x.Organisation == org }) {
			x := event.Present{ID: derived(p, "present"), Organisation: org}
			faces, err := a.to.Directory.Faces(ctx, []sala.ID{org})
			if err != nil {
				return err
			}
			if face, ok := faces[org]; ok {
				x.Sector, x.Country = face.Sector, face.Country
			}
			e.Present = append(e.Present, x)
		}
		return nil
	}
	part := event.Part(strings.ReplaceAll(p.Value["part"], "-", "_"))
	if !slices.Contains(event.Parts, part) {
		return invalid("part", "studio.event.unknown", fmt.Sprintf("%q is no part in an event", p.Value["part"]))
	}
	if !slices.ContainsFunc(e.Parties, func(x event.Party) bool { return x.Organisation == org && x.Part == part }) {
		e.Parties = append(e.Parties, event.Party{ID: derived(p, "party"), Part: part, Organisation: org})
	}
	return nil
}

func (a *applier) speaker(ctx context.Context, e *event.Event, p Proposal) error {
	v := p.Value
	person, err := a.person(ctx, p)
	if err != nil {
		return err
	}
	ap := event.Appearance{Person: person, Role: roleOf(v["did"])}
	if v["role"] != "" {
		ap.Position = sala.Text{p.Lang: v["role"]}
	}
	if v["org"] != "" {
		if ap.Organisation, err = a.organisation(ctx, p, "org"); err != nil {
			return err
		}
		said := v["org"]
		if v["short"] != "" {
			said = v["short"]
		}
		ap.Affiliation = sala.Text{p.Lang: said}
	}
	in := []sala.ID{}
	for _, id := range v.list("sessions") {
		session := derived(a.byID[sala.ID(id)], "session")
		if _, ok := e.Session(session); ok {
			in = append(in, session)
		}
	}
	if len(in) == 0 {
		in = append(in, "")
	}
	for i, session := range in {
		if slices.ContainsFunc(e.Appearances, func(x event.Appearance) bool { return x.Person == person && x.Session == session }) {
			continue
		}
		one := ap
		one.ID, one.Session = derived(p, "appearance "+strconv.Itoa(i)), session
		e.Appearances = append(e.Appearances, one)
	}
	return nil
}
