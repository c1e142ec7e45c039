package demo_test

import (
	"slices"
	"testing"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/importer"
	"sala/importer/demo"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/signature"
	"sala/tracker"
)

// The record of the demonstration goes in after its works, twice without a
// difference, and shows what there is to show: eight events, thirty
// recommendations in every state, fifteen organisations.
func TestRecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		to := areas(t, d)
		by := sala.Machine("serve --demo")
		report := importer.NewReport()
		if err := demo.Import(t.Context(), importer.NewStore(to, by, report), report); err != nil {
			t.Fatal(err)
		}
		rooms := demo.Rooms{DB: d, Archive: to.Archive, Directory: directory.NewStore(d), Events: event.NewStore(d), Tracker: tracker.NewStore(d), Signatures: signature.NewStore(d, to.Archive)}
		var versions []int64
		for range 2 {
			if err := demo.Record(t.Context(), rooms, by); err != nil {
				t.Fatal(err)
			}
			v, err := d.Version(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			versions = append(versions, v)
		}
		series := int64(1) // a series is set each time
		if versions[1] > versions[0]+series {
			t.Errorf("the second run went from version %d to %d", versions[0], versions[1])
		}

		orgs, err := rooms.Directory.Profiles(t.Context(), sala.KindOrganisation)
		if err != nil || len(orgs) < 15 {
			t.Errorf("%d organisations, %v", len(orgs), err)
		}
		people, err := rooms.Directory.Profiles(t.Context(), sala.KindPerson)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range people {
			if p.Face.Kind == string(directory.MigrantWorker) {
				t.Errorf("a migrant worker has a page: %v", p.Face.Text)
			}
		}
		n := 0
		for e, err := range rooms.Events.Every(t.Context(), event.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			for _, l := range []sala.Lang{"en", "my", "th"} {
				if e.Title[l] == "" {
					t.Errorf("%s has no title in %s", e.Slug, l)
				}
			}
		}
		if n < 8 {
			t.Errorf("%d events are public", n)
		}
		states := map[tracker.State]int{}
		for r, err := range rooms.Tracker.Every(t.Context(), tracker.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			states[r.State]++
		}
		total := 0
		for _, s := range tracker.States {
			if total += states[s]; states[s] == 0 {
				t.Errorf("no recommendation is %s", s)
			}
		}
		if total < 30 {
			t.Errorf("%d recommendations are public: %v", total, states)
		}
		calls, err := rooms.Signatures.Calls(t.Context(), by)
		if err != nil || len(calls) != 1 || calls[0].Stand+calls[0].Wait != 0 || !calls[0].Takes(d.Now()) {
			t.Errorf("want one statement that is open and that nobody has signed: %+v, %v", calls, err)
		}
		figures, err := rooms.Tracker.AllFigures(t.Context(), sala.Machine("test"))
		if err != nil || !slices.ContainsFunc(figures, func(f tracker.Figure) bool { return f.Value == "820000" && f.Source.Block != "" }) {
			t.Errorf("figures: %v, %v", figures, err)
		}
	})
}
