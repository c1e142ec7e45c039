package demo_test

import (
	"strings"
	"testing"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/importer/demo"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/media"
	"sala/network"
)

// areas are an empty house.
func areas(t *testing.T, d *db.DB) importer.Areas {
	t.Helper()
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return importer.Areas{DB: d, Archive: archive.NewStore(d), Media: media.NewStore(d, blobs, jobs.New(d)), Network: network.NewStore(d)}
}

// The demonstration goes into an empty house without a question, with the
// addresses it wishes for, and a second time without a change.
func TestIntoAnEmptyHouse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		to := areas(t, d)
		fill := func() *importer.Report {
			report := importer.NewReport()
			if err := demo.Import(t.Context(), importer.NewStore(to, sala.Machine("serve --demo"), report), report); err != nil {
				t.Fatal(err)
			}
			return report
		}
		first := fill()
		for _, q := range append(first.Doubts, first.Named...) {
			t.Errorf("%s: %s: %s", q.Where, q.What, q.Why)
		}
		again := fill()
		stored := 0
		for _, n := range again.Stored {
			stored += n
		}
		if again.Unchanged != stored {
			t.Errorf("the second time %d of %d were unchanged", again.Unchanged, stored)
		}

		g, _ := imported(t)
		public := 0
		for _, e := range g.Editions {
			if !e.Public {
				continue
			}
			public++
			_, found, err := to.Archive.WorkByAddress(t.Context(), e.Lang, e.PubDay.Year, e.Slug)
			if err != nil || found.Title != e.Title || !found.Public {
				t.Errorf("%s: at %d/%s stands %q, %v", e.At.File, e.PubDay.Year, e.Slug, found.Title, err)
			}
		}
		offered := 0
		for doc, err := range to.Archive.Documents(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			offered++
			if strings.Contains(doc.Title+doc.Summary+doc.Text, "CANARYDRAFT") {
				t.Errorf("%s in %s is offered, and it is not public", doc.Ref, doc.Lang)
			}
		}
		if offered != public {
			t.Errorf("%d texts are offered, want the %d that are public", offered, public)
		}
	})
}
