package event_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sala"
	"sala/event"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

var (
	editor      = sala.Actor{ID: sala.NewID(), Name: "Editor", Role: sala.Editor}
	translator  = sala.Actor{ID: sala.NewID(), Name: "Translator", Role: sala.Translator}
	contributor = sala.Actor{ID: sala.NewID(), Name: "Contributor", Role: sala.Contributor}
	reader      = sala.Actor{}
)

func day(s string) sala.Day {
	d, err := sala.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func span(from, to string) sala.Span { return sala.Span{From: day(from), To: day(to)} }

func en(s string) sala.Text { return sala.Text{"en": s} }

// consultation is an event with a row of every sort.
func consultation() event.Event {
	plenary, second := sala.NewID(), sala.NewID()
	return event.Event{
		Title: sala.Text{"en": "Consultation on Labour Migration", "my": "အလုပ်သမား ရွှေ့ပြောင်းရေး ဆွေးနွေးပွဲ"}, About: en("What it was for.\nMore."),
		Type: event.Consultation, Held: span("2018-10-15", "2018-10-15"), Start: "09:00", End: "16:30",
		Venue: en("Sedona Hotel"), City: en("Yangon"), Country: "mm",
		Spoken: []sala.Lang{"en", "my"}, Interpreted: []sala.Lang{"ja"}, Terms: []sala.ID{sala.NewID()},
		Parties: []event.Party{
			{Part: event.Organiser, Organisation: sala.NewID()}, {Part: event.Organiser, Name: en("A body the directory lacks")}, {Part: event.Funder, Organisation: sala.NewID()},
		},
		Present: []event.Present{
			{Organisation: sala.NewID(), Sector: sala.Government, Country: "mm"}, {Name: en("overseas recruitment agencies"), Several: true, Sector: sala.Private},
		},
		Sessions: []event.Session{
			{ID: plenary, Title: en("Policies and trends"), Kind: event.Plenary, Day: day("2018-10-15"), Start: "09:00", End: "10:30"},
			{ID: second, Kind: event.Discussion},
		},
		Appearances: []event.Appearance{
			{Session: plenary, Person: sala.NewID(), Role: event.Speaker, Position: en("Vice Chairperson"), Affiliation: en("A federation")},
			{Session: second, Described: en("migrant returnees from Japan"), Role: event.Speaker},
		},
		Counts: []event.Count{{
			Value: 40, Qualifier: event.Over, Of: event.Participants,
			Source: event.Passage{Work: sala.NewID(), Lang: "en", Block: "b3", Words: "Over 40 participants attended the event"},
		}},
		Materials: []event.Material{{Title: en("Slides"), Kind: event.Slides, Lang: "en", Size: 12, Owner: "The speaker", Licence: "CC-BY-4.0", Session: plenary, Address: "https://example.org/a.pdf"}},
		Works:     []event.Telling{{Work: sala.NewID(), Stage: event.Report}, {Work: sala.NewID(), Stage: event.Invitation}},
	}
}

func created(t *testing.T, s *event.Store, e event.Event) event.Event {
	t.Helper()
	e, err := s.Create(t.Context(), editor, e)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func published(t *testing.T, s *event.Store, e event.Event) event.Event {
	t.Helper()
	e = created(t, s, e)
	if err := s.Publish(t.Context(), editor, e.ID, e.Version); err != nil {
		t.Fatal(err)
	}
	e, err := s.Event(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestKeeps stores an event with a row of every sort and reads it again.
func TestKeeps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := event.NewStore(d)
		want := consultation()
		e := published(t, s, want)
		if e.Slug != "consultation-on-labour-migration" || e.Zone != "Asia/Yangon" || e.State != event.Public || e.Version != 2 {
			t.Errorf("slug %q, zone %q, state %s, version %d", e.Slug, e.Zone, e.State, e.Version)
		}
		ignore := cmp.Options{
			cmpopts.EquateEmpty(), cmpopts.IgnoreFields(event.Event{}, "ID", "Version", "Slug", "Zone", "State", "MadeBy", "Created", "Changed"),
			cmpopts.IgnoreFields(event.Party{}, "ID"), cmpopts.IgnoreFields(event.Present{}, "ID"), cmpopts.IgnoreFields(event.Appearance{}, "ID"),
			cmpopts.IgnoreFields(event.Count{}, "ID"), cmpopts.IgnoreFields(event.Material{}, "ID"),
		}
		if diff := cmp.Diff(want, e, ignore); diff != "" {
			t.Errorf("what was read is not what was stored (-want +got):\n%s", diff)
		}
		// Saved once more it is the same, ids of rows included.
		e.Version = 2
		again, err := s.Save(t.Context(), editor, e)
		if err != nil {
			t.Fatal(err)
		}
		read, err := s.Event(t.Context(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(again, read, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("saved and read differ:\n%s", diff)
		}
		if diff := cmp.Diff(e, read, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(event.Event{}, "Version", "Changed")); diff != "" {
			t.Errorf("saving changed it:\n%s", diff)
		}
	})
}

// TestRefuses names the field that is wrong, and stores nothing.
func TestRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		foreign := published(t, s, consultation())
		for _, test := range []struct {
			name, field string
			change      func(e *event.Event)
		}{
			{"no title", "title", func(e *event.Event) { e.Title = sala.Text{"en": "  "} }},
			{"a title in no language", "title", func(e *event.Event) { e.Title["english"] = "x" }},
			{"a title without end", "title", func(e *event.Event) { e.Title["en"] = strings.Repeat("x", 1001) }},
			{"a NUL in a title", "title", func(e *event.Event) { e.Title["en"] = "a\x00b" }},
			{"bytes that are no text", "about", func(e *event.Event) { e.About = en("a\xff") }},
			{"31 February", "from", func(e *event.Event) { e.Held.From = sala.Day{Year: 2018, Month: 2, Day: 31} }},
			{"a day of no month", "to", func(e *event.Event) { e.Held.To = sala.Day{Year: 2018, Day: 3} }},
			{"month 13", "from", func(e *event.Event) { e.Held.From = sala.Day{Year: 2018, Month: 13} }},
			{"ends before it begins", "to", func(e *event.Event) { e.Held = span("2018-10-15", "2018-10-14") }},
			{"a month before its day", "to", func(e *event.Event) { e.Held = span("2018-10-15", "2018-09") }},
			{"an end alone", "from", func(e *event.Event) { e.Held = sala.Span{To: day("2018")} }},
			{"no such time", "start", func(e *event.Event) { e.Start = "25:00" }},
			{"an end before the start", "end", func(e *event.Event) { e.End = "08:00" }},
			{"a time without a zone", "zone", func(e *event.Event) { e.Country = "us" }},
			{"no such zone", "zone", func(e *event.Event) { e.Zone = "Asia/Atlantis" }},
			{"the zone of this machine", "zone", func(e *event.Event) { e.Zone = "Local" }},
			{"a zone that is a path", "zone", func(e *event.Event) { e.Zone = "../../etc/passwd" }},
			{"no such country", "country", func(e *event.Event) { e.Country = "Burma" }},
			{"no such type", "type", func(e *event.Event) { e.Type = "party" }},
			{"a slug with a slash", "slug", func(e *event.Event) { e.Slug = "a/b" }},
			{"another's slug", "slug", func(e *event.Event) { e.Slug = foreign.Slug }},
			{"no such parent", "parent", func(e *event.Event) { e.Parent = sala.NewID() }},
			{"a parent that is no id", "parent", func(e *event.Event) { e.Parent = "'; DROP" }},
			{"no such series", "series", func(e *event.Event) { e.Series = sala.NewID() }},
			{"a session outside", "sessions.0.day", func(e *event.Event) { e.Sessions[0].Day = day("2018-10-16") }},
			{"a session in a month too wide", "sessions.0.day", func(e *event.Event) { e.Sessions[0].Day = day("2018-10") }},
			{"a session ends early", "sessions.0.end", func(e *event.Event) { e.Sessions[0].End = "08:59" }},
			{"a session of nothing", "sessions.1.title", func(e *event.Event) { e.Sessions[1].Kind = event.OtherSession }},
			{"another event's session", "appearances.0.session", func(e *event.Event) { e.Appearances[0].Session = foreign.Sessions[0].ID }},
			{"nobody appears", "appearances.1.person", func(e *event.Event) { e.Appearances[1].Described = en(" ") }},
			{"named and described", "appearances.1.person", func(e *event.Event) { e.Appearances[1].Person = sala.NewID() }},
			{"a role there is not", "appearances.0.role", func(e *event.Event) { e.Appearances[0].Role = "boss" }},
			{"less than nobody", "counts.0.value", func(e *event.Event) { e.Counts[0].Value = -1 }},
			{"no qualifier", "counts.0.qualifier", func(e *event.Event) { e.Counts[0].Qualifier = "" }},
			{"between, backwards", "counts.0.high", func(e *event.Event) { e.Counts[0].Qualifier, e.Counts[0].High = event.Between, 30 }},
			{"nothing counted", "counts.0.words", func(e *event.Event) { e.Counts[0].Of = event.SomethingElse }},
			{"another event's material", "materials.0.session", func(e *event.Event) { e.Materials[0].Session = foreign.Sessions[0].ID }},
			{"an address that runs", "materials.0.address", func(e *event.Event) { e.Materials[0].Address = "javascript:alert(1)" }},
			{"no organisation", "parties.1.organisation", func(e *event.Event) { e.Parties[1].Name = nil }},
			{"a funder twice", "parties.3.organisation", func(e *event.Event) { e.Parties = append(e.Parties, e.Parties[2]) }},
			{"several that are one", "present.0.organisation", func(e *event.Event) { e.Present[0].Several = true }},
			{"a work twice", "works.1.work", func(e *event.Event) { e.Works[1].Work = e.Works[0].Work }},
			{"a language twice", "spoken", func(e *event.Event) { e.Spoken = []sala.Lang{"en", "en"} }},
			{"a language that is none", "interpreted", func(e *event.Event) { e.Interpreted = []sala.Lang{"burmese language"} }},
			{"a row twice", "sessions.1.id", func(e *event.Event) { e.Sessions[1].ID = e.Sessions[0].ID }},
			{"more sessions than anybody sits through", "sessions", func(e *event.Event) {
				for range 501 {
					e.Sessions = append(e.Sessions, event.Session{Kind: event.Break})
				}
			}},
		} {
			t.Run(test.name, func(t *testing.T) {
				e := consultation()
				test.change(&e)
				_, err := s.Create(ctx, editor, e)
				bad, ok := errors.AsType[sala.Invalid](err)
				if !ok || !slices.ContainsFunc(bad, func(f sala.FieldError) bool { return f.Field == test.field }) {
					t.Errorf("Create = %v, want a fault of %s", err, test.field)
				}
			})
		}
		list, err := s.Desk(ctx, editor, event.Filter{})
		if err != nil || list.Total != 1 {
			t.Errorf("%d events are stored, want 1 (%v)", list.Total, err)
		}
	})
}

func titles(events []event.Event) []string {
	var all []string
	for _, e := range events {
		all = append(all, e.Title["en"])
	}
	slices.Sort(all)
	return all
}

// TestCircle refuses to make an event part of what is part of it.
func TestCircle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		var chain []event.Event
		for i := range 4 {
			e := consultation()
			if i > 0 {
				e.Parent = chain[i-1].ID
			}
			chain = append(chain, created(t, s, e))
		}
		for i, e := range chain {
			e.Parent = chain[3].ID
			_, err := s.Save(ctx, editor, e)
			bad, ok := errors.AsType[sala.Invalid](err)
			if i < 3 && (!ok || bad[0].Field != "parent") || i == 3 && (!ok || bad[0].Key != "studio.event.parent_circle") {
				t.Errorf("event %d below event 3: %v", i, err)
			}
		}
		top := chain[0]
		other := created(t, s, consultation())
		top.Parent = other.ID
		if _, err := s.Save(ctx, editor, top); err != nil {
			t.Errorf("a straight line: %v", err)
		}
	})
}

// TestConflict keeps both of two changes of one version.
func TestConflict(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		e := created(t, s, consultation())
		mine, theirs := e, e
		theirs.Venue, mine.Venue = en("Theirs"), en("Mine")
		if _, err := s.Save(ctx, editor, theirs); err != nil {
			t.Fatal(err)
		}
		_, err := s.Save(ctx, editor, mine)
		clash, ok := errors.AsType[*event.Conflict](err)
		if !ok || !errors.Is(err, sala.ErrConflict) || clash.Theirs.Venue["en"] != "Theirs" || clash.Mine.Venue["en"] != "Mine" {
			t.Fatalf("Save = %v", err)
		}
		now, err := s.DeskEvent(ctx, editor, e.ID)
		if err != nil || now.Venue["en"] != "Theirs" || now.Version != 2 {
			t.Errorf("%q, version %d, %v", now.Venue["en"], now.Version, err)
		}
		asides, err := s.Asides(ctx, editor, e.ID)
		if err != nil || len(asides) != 1 || asides[0].Event.Venue["en"] != "Mine" || asides[0].Base != 1 || asides[0].ID != clash.Aside {
			t.Fatalf("%+v, %v", asides, err)
		}
		if err := s.Settle(ctx, editor, e.ID, clash.Aside); err != nil {
			t.Fatal(err)
		}
		if asides, err := s.Asides(ctx, editor, e.ID); err != nil || len(asides) != 0 {
			t.Errorf("%+v, %v", asides, err)
		}
		versions, err := s.Versions(ctx, editor, e.ID)
		if err != nil || len(versions) != 2 || versions[1].Event.Venue["en"] != "Sedona Hotel" {
			t.Errorf("%d versions, %v", len(versions), err)
		}
		if err := s.Publish(ctx, editor, e.ID, 1); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("publish an old version: %v", err)
		}
	})
}

// TestWhoMay asks the store about every sort of person.
func TestWhoMay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		own, err := s.Create(ctx, contributor, consultation())
		if err != nil {
			t.Fatal(err)
		}
		others := created(t, s, consultation())
		guest := sala.Actor{ID: sala.NewID(), Role: sala.Reader, Only: own.ID}
		for _, test := range []struct {
			name string
			err  error
			want error
		}{
			{"a reader creates", second(s.Create(ctx, reader, consultation())), sala.ErrForbidden},
			{"a guest creates", second(s.Create(ctx, guest, consultation())), sala.ErrForbidden},
			{"a reader looks at a draft", second(s.DeskEvent(ctx, reader, own.ID)), sala.ErrForbidden},
			{"a contributor looks at another's draft", second(s.DeskEvent(ctx, contributor, others.ID)), sala.ErrForbidden},
			{"a translator looks at it", second(s.DeskEvent(ctx, translator, others.ID)), nil},
			{"a contributor changes another's", second(s.Save(ctx, contributor, others)), sala.ErrForbidden},
			{"a translator changes another's", second(s.Save(ctx, translator, others)), sala.ErrForbidden},
			{"a contributor changes their own", second(s.Save(ctx, contributor, own)), nil},
			{"a contributor publishes", s.Publish(ctx, contributor, own.ID, 2), sala.ErrForbidden},
			{"a translator withdraws", s.Withdraw(ctx, translator, own.ID, 2, "x"), sala.ErrForbidden},
			{"a reader sees the versions", second(s.Versions(ctx, reader, own.ID)), sala.ErrForbidden},
			{"a contributor names a series", second(s.SetSeries(ctx, contributor, event.Series{Name: en("x")})), sala.ErrForbidden},
			{"a draft is not public", second(s.Event(ctx, own.ID)), sala.ErrNotFound},
			{"an editor publishes", s.Publish(ctx, editor, own.ID, 2), nil},
			{"it is public", second(s.Event(ctx, own.ID)), nil},
		} {
			if !errors.Is(test.err, test.want) {
				t.Errorf("%s: %v, want %v", test.name, test.err, test.want)
			}
		}
		own, err = s.DeskEvent(ctx, contributor, own.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Save(ctx, contributor, own); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a contributor changes what is public: %v", err)
		}
		mine, err := s.Desk(ctx, contributor, event.Filter{})
		if err != nil || mine.Total != 1 || mine.Events[0].ID != own.ID {
			t.Errorf("a contributor's desk: %d, %v", mine.Total, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// TestWithdrawn shows a withdrawn event nowhere, and can bring it back.
func TestWithdrawn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		e := published(t, s, consultation())
		person := e.Appearances[0].Person
		bad := sala.Invalid{}
		if err := s.Withdraw(ctx, editor, e.ID, e.Version, " "); !errors.As(err, &bad) || bad[0].Field != "reason" {
			t.Errorf("without a reason: %v", err)
		}
		if err := s.Withdraw(ctx, editor, e.ID, e.Version, "A name had to go"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Event(ctx, e.ID); !errors.Is(err, sala.ErrGone) {
			t.Errorf("Event = %v", err)
		}
		if _, _, err := s.BySlug(ctx, e.Slug); !errors.Is(err, sala.ErrGone) {
			t.Errorf("BySlug = %v", err)
		}
		for _, f := range []event.Filter{{}, {Person: []sala.ID{person}}, {Works: []sala.ID{e.Works[0].Work}}, {Country: "mm"}, {States: []event.State{event.Withdrawn}}} {
			if list, err := s.Events(ctx, f); err != nil || list.Total != 0 || len(list.Events) != 0 {
				t.Errorf("Events(%+v) = %d, %v", f, list.Total, err)
			}
		}
		if f, err := s.Facets(ctx, event.Filter{}); err != nil || len(f.Countries) != 0 {
			t.Errorf("%+v, %v", f, err)
		}
		now, err := s.DeskEvent(ctx, editor, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Publish(ctx, editor, e.ID, now.Version); err != nil {
			t.Fatal(err)
		}
		back, err := s.Event(ctx, e.ID)
		if err != nil || back.Version != e.Version+2 {
			t.Errorf("version %d after %d, %v", back.Version, e.Version, err)
		}
		steps, err := s.Steps(ctx, editor, e.ID)
		if err != nil || len(steps) != 4 || steps[1].Note != "A name had to go" || steps[1].By != "Editor" {
			t.Errorf("%+v, %v", steps, err)
		}
	})
}

// TestAddress follows the title until it is public, and leads on from then.
func TestAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		e := created(t, s, event.Event{Title: en("First words"), Type: event.Forum})
		e.Title = en("Better words")
		e, err := s.Save(ctx, editor, e)
		if err != nil || e.Slug != "better-words" {
			t.Fatalf("%q, %v", e.Slug, err)
		}
		if err := s.Publish(ctx, editor, e.ID, e.Version); err != nil {
			t.Fatal(err)
		}
		e.Version++
		e.Title = en("Best words")
		if e, err = s.Save(ctx, editor, e); err != nil || e.Slug != "better-words" {
			t.Fatalf("a public address moved by itself: %q, %v", e.Slug, err)
		}
		e.Slug = "best-words"
		if e, err = s.Save(ctx, editor, e); err != nil {
			t.Fatal(err)
		}
		got, moved, err := s.BySlug(ctx, "better-words")
		if err != nil || !moved || got.ID != e.ID || got.Slug != "best-words" {
			t.Errorf("%q, %v, %v", got.Slug, moved, err)
		}
		other := created(t, s, event.Event{Title: en("Better words"), Type: event.Forum})
		if other.Slug != "better-words-2" {
			t.Errorf("an address that leads on was given away: %q", other.Slug)
		}
		if _, _, err := s.BySlug(ctx, "nothing"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("BySlug = %v", err)
		}
	})
}

// TestNarrow filters by each thing, and pages without losing any.
func TestNarrow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		one := published(t, s, consultation())
		series, err := s.SetSeries(ctx, editor, event.Series{Name: en("Yearly forum")})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 7 {
			e := event.Event{Title: en(fmt.Sprint("Forum ", i)), Type: event.Forum, Country: "th", Held: span(fmt.Sprint(2010+i/2), ""), Parent: one.ID, Series: series.ID, Spoken: []sala.Lang{"th"}}
			published(t, s, e)
		}
		for _, test := range []struct {
			name string
			f    event.Filter
			want int
		}{
			{"all", event.Filter{}, 8}, {"country", event.Filter{Country: "th"}, 7}, {"type", event.Filter{Type: event.Consultation}, 1},
			{"language", event.Filter{Lang: "ja"}, 1}, {"organiser", event.Filter{Organisation: []sala.ID{one.Parties[0].Organisation}}, 1},
			{"represented", event.Filter{Organisation: []sala.ID{one.Present[0].Organisation}}, 1},
			{"funder as organiser", event.Filter{Organisation: []sala.ID{one.Parties[2].Organisation}, Parts: []event.Part{event.Organiser}}, 0},
			{"funder", event.Filter{Organisation: []sala.ID{one.Parties[2].Organisation}, Parts: []event.Part{event.Funder}}, 1},
			{"person", event.Filter{Person: []sala.ID{one.Appearances[0].Person, sala.NewID()}}, 1}, {"nobody", event.Filter{Person: []sala.ID{}}, 0},
			{"work", event.Filter{Works: []sala.ID{one.Works[1].Work}}, 1}, {"term", event.Filter{Term: one.Terms}, 1},
			{"parent", event.Filter{Parent: one.ID}, 7}, {"series", event.Filter{Series: series.ID}, 7}, {"year", event.Filter{Year: 2011}, 2},
			{"not over", event.Filter{From: day("2013-12-31")}, 2}, {"last day", event.Filter{From: day("2018-10-15")}, 1}, {"over", event.Filter{From: day("2018-10-16")}, 0},
			{"hostile", event.Filter{Country: "' OR 1=1 --"}, 0},
		} {
			list, err := s.Events(ctx, test.f)
			if err != nil || list.Total != test.want || len(list.Events) != test.want {
				t.Errorf("%s: %d of %d, want %d (%v)", test.name, len(list.Events), list.Total, test.want, err)
			}
			if desk, err := s.Desk(ctx, editor, test.f); err != nil || desk.Total != test.want {
				t.Errorf("%s: %d at the desk, want %d (%v)", test.name, desk.Total, test.want, err)
			}
		}
		for _, oldest := range []bool{false, true} {
			seen := map[sala.ID]bool{}
			f := event.Filter{Limit: 3, Oldest: oldest}
			for {
				list, err := s.Events(ctx, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range list.Events {
					if seen[e.ID] {
						t.Errorf("%s comes twice", e.Title["en"])
					}
					seen[e.ID] = true
				}
				if f.Before = list.Next; f.Before == "" {
					break
				}
			}
			if len(seen) != 8 {
				t.Errorf("%d of 8 were seen", len(seen))
			}
		}
		desk, err := s.Desk(ctx, editor, event.Filter{Words: "FORUM 3"})
		if err != nil || desk.Total != 1 {
			t.Errorf("found %d, %v", desk.Total, err)
		}
		if desk, err = s.Desk(ctx, editor, event.Filter{Words: "%"}); err != nil || desk.Total != 0 {
			t.Errorf("%% found %d, %v", desk.Total, err)
		}
	})
}

// TestDocuments offers an event to be found in each of its languages, without
// anybody who appeared.
func TestDocuments(t *testing.T) {
	e := consultation()
	e.ID = sala.NewID()
	var langs []sala.Lang
	for _, doc := range e.Documents() {
		langs = append(langs, doc.Lang)
		text := fmt.Sprint(doc)
		for _, secret := range []string{"Vice Chairperson", "A federation", "returnees"} {
			if strings.Contains(text, secret) {
				t.Errorf("the document holds %q", secret)
			}
		}
		if !strings.Contains(doc.Text, "Policies and trends") || doc.Title == "" || doc.Edition == "" {
			t.Errorf("%+v", doc)
		}
	}
	if diff := cmp.Diff([]sala.Lang{"en", "my"}, langs); diff != "" {
		t.Error(diff)
	}
}

// TestSaid passes every word of an event through a function.
func TestSaid(t *testing.T) {
	e := consultation()
	before := fmt.Sprint(e)
	covered := fmt.Sprint(e.Said(func(string, sala.Lang) string { return "covered" }))
	for _, word := range []string{
		"Consultation", "What it was for", "Sedona", "Yangon", "directory lacks", "recruitment agencies", "Policies", "Chairperson", "federation", "returnees", "Over 40", "Slides", "The speaker",
	} {
		if strings.Contains(covered, word) {
			t.Errorf("%q is left", word)
		}
	}
	if fmt.Sprint(e) != before {
		t.Error("the event itself was changed")
	}
}

// TestBySector counts organisations, and not what nobody counted.
func TestBySector(t *testing.T) {
	e := event.Event{Present: []event.Present{
		{Sector: sala.Private, Several: true}, {Sector: sala.Government}, {}, {Sector: sala.Government}, {Sector: sala.Private},
	}}
	want := []event.Tally{{sala.Government, 2, 0}, {sala.Private, 1, 1}, {"", 1, 0}}
	if diff := cmp.Diff(want, e.BySector()); diff != "" {
		t.Error(diff)
	}
}
