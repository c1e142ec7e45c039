package event_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sala"
	"sala/event"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// TestOutlineFollows: after each kind of change what lists and counts say is
// what the database says when it is asked for all of it, and what a walk over
// all events counts.
func TestOutlineFollows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		asked := event.NewStore(d) // knows of changes by the change log alone
		s := event.NewStore(d)
		one, two := consultation(), consultation()
		two.Title, two.Held, two.Country, two.Zone = en("A month"), span("2019-11", "2020-02"), "th", ""
		two.Parties[0].Organisation, two.Appearances[0].Person = one.Parties[0].Organisation, one.Appearances[0].Person
		two.Parties = append(two.Parties, event.Party{Part: event.Host, Organisation: one.Parties[0].Organisation})
		two.Appearances = append(two.Appearances, event.Appearance{Person: sala.NewID(), Role: event.Moderator})
		two.Sessions, two.Start, two.End, two.Materials = nil, "", "", nil // they would have to be within its days
		for i := range two.Appearances {
			two.Appearances[i].Session = ""
		}
		now := func(e event.Event) event.Event {
			t.Helper()
			e, err := s.DeskEvent(ctx, editor, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		save := func(e event.Event, change func(*event.Event)) {
			t.Helper()
			e = now(e)
			change(&e)
			if _, err := s.Save(ctx, editor, e); err != nil {
				t.Fatal(err)
			}
		}
		series := event.Series{Name: en("Yearly forum")}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		var kept event.Event // as it was before somebody else saved
		for _, step := range []struct {
			name string
			do   func()
		}{
			{"nothing", func() {}},
			{"create", func() { one = created(t, s, one) }},
			{"publish", func() { must(s.Publish(ctx, editor, one.ID, one.Version)) }},
			{"another", func() { two = published(t, s, two) }},
			{"undated", func() { published(t, s, event.Event{Title: en("Undated"), Parent: one.ID}) }},
			{"series", func() {
				var err error
				series, err = s.SetSeries(ctx, editor, series)
				must(err)
			}},
			{"into the series", func() { save(two, func(e *event.Event) { e.Series, e.Parent = series.ID, one.ID }) }},
			{"rename the series", func() {
				series.Name = en("Forum")
				_, err := s.SetSeries(ctx, editor, series)
				must(err)
			}},
			{"translate the series", func() {
				key := "series/" + string(series.ID) + "/name"
				must(s.TranslateSeries(ctx, translator, "my", nil, map[string]string{key: "ဖိုရမ်"}))
				all, err := asked.AllSeries(ctx)
				must(err)
				if len(all) != 1 || all[0].Name["en"] != "Forum" || all[0].Name["my"] != "ဖိုရမ်" {
					t.Errorf("series: %v", all)
				}
			}},
			{"days", func() { save(two, func(e *event.Event) { e.Held = span("2016", "2018-10") }) }},
			{"place and type", func() { save(one, func(e *event.Event) { e.Country, e.Type = "kh", event.Meeting }) }},
			{"parties", func() { save(one, func(e *event.Event) { e.Parties, e.Present = e.Parties[1:], e.Present[1:] }) }},
			{"languages", func() {
				save(one, func(e *event.Event) { e.Spoken, e.Interpreted = []sala.Lang{"th", "en"}, []sala.Lang{"th"} })
			}},
			{"terms and works", func() {
				save(one, func(e *event.Event) {
					e.Terms, e.Works = append(e.Terms, two.Terms...), append(e.Works[1:], event.Telling{Work: two.Works[0].Work, Stage: event.Report})
				})
			}},
			{"who appeared", func() { save(two, func(e *event.Event) { e.Appearances = e.Appearances[:1] }) }},
			{"address", func() { save(one, func(e *event.Event) { e.Slug = "elsewhere" }) }},
			{"out of the series", func() { save(two, func(e *event.Event) { e.Series, e.Parent = "", "" }) }},
			{"translate", func() {
				must(s.Translate(ctx, translator, one.ID, now(one).Version, "my", map[string]string{"title": "ဆွေးနွေးပွဲ", "about": "အကြောင်း"}))
			}},
			{"a clash", func() {
				kept = now(two)
				save(two, func(e *event.Event) { e.Country = "la" })
				kept.Country = "vn"
				if _, err := s.Save(ctx, editor, kept); err == nil {
					t.Fatal("saved over what somebody else saved")
				}
			}},
			{"settled", func() {
				asides, err := s.Asides(ctx, editor, two.ID)
				must(err)
				must(s.Settle(ctx, editor, two.ID, asides[0].ID))
			}},
			{"withdraw", func() { must(s.Withdraw(ctx, editor, one.ID, now(one).Version, "An error")) }},
			{"change what is withdrawn", func() { save(one, func(e *event.Event) { e.Country = "mm" }) }},
			{"publish again", func() { must(s.Publish(ctx, editor, one.ID, now(one).Version)) }},
			{"refused", func() {
				if err := s.Publish(ctx, editor, one.ID, 1); err == nil {
					t.Fatal("published an old version")
				}
			}},
			{"many", func() {
				for i := range 12 {
					published(t, s, event.Event{Title: en(fmt.Sprint("Forum ", i)), Type: event.Forum, Held: span(fmt.Sprintf("20%02d-03-01", 10+i/3), ""), Series: series.ID, Terms: one.Terms})
				}
			}},
		} {
			step.do()
			t.Run(step.name, func(t *testing.T) { sameAsAsked(t, asked) })
			if t.Failed() {
				t.FailNow()
			}
		}
	})
}

// sameAsAsked compares what a store answers from memory with what the desk
// asks the database for, for every filter that anything there gives.
func sameAsAsked(t *testing.T, s *event.Store) {
	ctx := t.Context()
	list, err := s.Desk(ctx, editor, event.Filter{Limit: 1000, States: []event.State{event.Public}})
	if err != nil {
		t.Fatal(err)
	}
	filters := []event.Filter{
		{}, {Country: "xx"}, {Type: event.Other}, {Lang: "de"}, {Organisation: []sala.ID{}}, {Person: []sala.ID{sala.NewID()}}, {Works: []sala.ID{}}, {Parent: sala.NewID()},
		{Series: sala.NewID()}, {Term: []sala.ID{}}, {IDs: []sala.ID{}}, {IDs: []sala.ID{"' OR 1=1 --"}},
	}
	for year := 2009; year <= 2021; year++ {
		filters = append(filters, event.Filter{Year: year}, event.Filter{Year: year, Month: 2}, event.Filter{Year: year, Month: 10, Oldest: true})
	}
	for _, bare := range list.Events {
		e, err := s.DeskEvent(ctx, editor, bare.ID)
		if err != nil {
			t.Fatal(err)
		}
		filters = append(filters, event.Filter{Country: e.Country, Type: e.Type}, event.Filter{Parent: e.ID}, event.Filter{Term: e.Terms, Year: e.Held.From.Year}, event.Filter{IDs: []sala.ID{e.ID, e.ID}})
		if e.Series != "" {
			filters = append(filters, event.Filter{Series: e.Series})
		}
		for _, l := range slices.Concat(e.Spoken, e.Interpreted) {
			filters = append(filters, event.Filter{Lang: l})
		}
		for _, p := range e.Parties {
			filters = append(filters, event.Filter{Organisation: []sala.ID{p.Organisation}}, event.Filter{Organisation: []sala.ID{p.Organisation, sala.NewID()}, Parts: []event.Part{event.Host, event.Funder}})
		}
		for _, p := range e.Present {
			filters = append(filters, event.Filter{Organisation: []sala.ID{p.Organisation}}, event.Filter{Organisation: []sala.ID{p.Organisation}, Parts: []event.Part{event.Organiser}})
		}
		for _, a := range e.Appearances {
			filters = append(filters, event.Filter{Person: []sala.ID{a.Person}}, event.Filter{Organisation: []sala.ID{a.Organisation}})
			withThem(t, s, a.Person)
		}
		for _, w := range e.Works {
			filters = append(filters, event.Filter{Works: []sala.ID{w.Work}})
		}
	}
	for _, f := range filters {
		if slices.Contains(slices.Concat(f.Organisation, f.Person), "") { // who is only described has no id
			continue
		}
		sameList(t, s, f)
		f.Oldest, f.Limit = !f.Oldest, 2
		sameList(t, s, f)
		sameCounts(t, s, f)
	}
}

// withoutLists compares events as a list shows them.
var withoutLists = cmpopts.IgnoreFields(event.Event{}, "Terms", "Spoken", "Interpreted", "Parties", "Present", "Sessions", "Appearances", "Counts", "Materials", "Works")

// sameList reads a list to its end, stretch by stretch.
func sameList(t *testing.T, s *event.Store, f event.Filter) {
	t.Helper()
	ctx, desk := t.Context(), f
	desk.States = []event.State{event.Public}
	var ids []sala.ID
	for {
		want, err := s.Desk(ctx, editor, desk)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Events(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), withoutLists); diff != "" {
			t.Fatalf("%+v: asked and listed differ:\n%s", f, diff)
		}
		n, err := s.Count(ctx, f)
		any, wrong := s.Any(ctx, f)
		if err != nil || wrong != nil || n != want.Total || any != (want.Total > 0) {
			t.Errorf("%+v: %d and %v, want %d; %v, %v", f, n, any, want.Total, err, wrong)
		}
		for _, e := range want.Events {
			ids = append(ids, e.ID)
		}
		if f.Before = want.Next; f.Before == "" {
			break
		}
		desk.Before = want.Next
	}
	f.Before = ""
	found, err := s.IDs(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ids, found, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%+v: listed and all ids differ:\n%s", f, diff)
	}
}

// sameCounts counts what passes a filter by walking it.
func sameCounts(t *testing.T, s *event.Store, f event.Filter) {
	t.Helper()
	want := event.Facets{
		Countries: map[string]int{}, Types: map[event.Type]int{}, Years: map[int]int{}, Langs: map[sala.Lang]int{}, Organisations: map[sala.ID]int{}, Series: map[sala.ID]int{}, Terms: map[sala.ID]int{},
	}
	for e, err := range s.Every(t.Context(), f) {
		if err != nil {
			t.Fatal(err)
		}
		full, err := s.Event(t.Context(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(full, e); diff != "" {
			t.Errorf("an event of all and alone:\n%s", diff)
		}
		want.Types[e.Type]++
		if e.Country != "" {
			want.Countries[e.Country]++
		}
		if e.Series != "" {
			want.Series[e.Series]++
		}
		if e.Held.IsZero() {
			want.Undated++
		} else {
			for y := e.Held.From.Year; y <= e.Held.To.Year; y++ {
				want.Years[y]++
			}
		}
		tally(want.Langs, slices.Concat(e.Spoken, e.Interpreted))
		tally(want.Terms, e.Terms)
		var parties []sala.ID
		for _, p := range e.Parties {
			parties = append(parties, p.Organisation)
		}
		tally(want.Organisations, parties)
	}
	got, err := s.Facets(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(event.Facets{}, "Months")); diff != "" {
		t.Errorf("%+v: walked and counted differ:\n%s", f, diff)
	}
	if f.Year != 0 && f.Month == 0 {
		sameMonths(t, s, f, got.Months)
	}
}

// sameMonths: a month has the events that are narrowed to it.
func sameMonths(t *testing.T, s *event.Store, f event.Filter, months map[int]int) {
	t.Helper()
	for m := 1; m <= 12; m++ {
		f.Month = m
		n, err := s.Count(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if got := months[m] + months[0]; got != n {
			t.Errorf("%+v: %d, want %d", f, got, n)
		}
	}
}

// tally counts each of some things once.
func tally[T ~string](into map[T]int, some []T) {
	for _, one := range slices.Compact(slices.Sorted(slices.Values(some))) {
		if one != "" {
			into[one]++
		}
	}
}

// withThem compares who appeared with somebody, and what they did, with a walk.
func withThem(t *testing.T, s *event.Store, person sala.ID) {
	t.Helper()
	if person == "" {
		return
	}
	want := map[sala.ID]int{}
	for e, err := range s.Every(t.Context(), event.Filter{Person: []sala.ID{person}}) {
		if err != nil {
			t.Fatal(err)
		}
		var others []sala.ID
		for _, a := range e.Appearances {
			if a.Person != person {
				others = append(others, a.Person)
			}
		}
		tally(want, others)
	}
	got, err := s.AppearedWith(t.Context(), []sala.ID{person})
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(want, got) {
		t.Errorf("%v appeared with them, want %v", got, want)
	}
}

// TestDeeds lists what somebody did, and nothing of the others.
func TestDeeds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		e := consultation()
		e.Appearances = append(e.Appearances, event.Appearance{Person: sala.NewID(), Role: event.Moderator, Session: e.Sessions[1].ID})
		e = published(t, s, e)
		person, organisation := e.Appearances[0].Person, e.Parties[0].Organisation
		list, err := s.Deeds(ctx, event.Filter{Person: []sala.ID{person, sala.NewID()}})
		if err != nil || list.Total != 1 {
			t.Fatalf("%d, %v", list.Total, err)
		}
		if diff := cmp.Diff(e.Appearances[:1], list.Events[0].Appearances, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(e.Sessions[:1], list.Events[0].Sessions, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
		if list.Events[0].Parties != nil {
			t.Errorf("parties of others: %v", list.Events[0].Parties)
		}
		if list, err = s.Deeds(ctx, event.Filter{Organisation: []sala.ID{organisation}}); err != nil || list.Total != 1 {
			t.Fatalf("%d, %v", list.Total, err)
		}
		if diff := cmp.Diff(e.Parties[:1], list.Events[0].Parties, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
		if list.Events[0].Appearances != nil {
			t.Errorf("appearances of others: %v", list.Events[0].Appearances)
		}
		if list, err = s.Deeds(ctx, event.Filter{Person: []sala.ID{}}); err != nil || list.Total != 0 {
			t.Errorf("nobody did %d things, %v", list.Total, err)
		}
	})
}

// TestReadsOn: who reads a list on from an event that was withdrawn meanwhile
// goes on from where it was.
func TestReadsOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		var all []event.Event
		for i := range 4 {
			all = append(all, published(t, s, event.Event{Title: en(fmt.Sprint("Forum ", i)), Held: span(fmt.Sprintf("2018-03-0%d", 9-i), "")}))
		}
		list, err := s.Events(ctx, event.Filter{Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Withdraw(ctx, editor, all[1].ID, all[1].Version, "An error"); err != nil {
			t.Fatal(err)
		}
		list, err = s.Events(ctx, event.Filter{Limit: 2, Before: list.Next})
		if err != nil || list.Total != 3 || len(list.Events) != 2 || list.Events[0].ID != all[2].ID || list.Next != "" {
			t.Errorf("%+v, %v", list, err)
		}
		if _, err = s.Events(ctx, event.Filter{Before: sala.NewID()}); err == nil {
			t.Error("went on from an event that never was")
		}
	})
}
