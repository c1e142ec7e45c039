package archive_test

import (
	"errors"
	"slices"
	"testing"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

func TestMatrix(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := archive.NewStore(d), t.Context()
		langs := []sala.Lang{"en", "my", "th"}
		source, translations := aWork(t, d, s, "my", "th")
		put(t, d, s, an(2, nil))
		change(t, s, source, func(x *archive.Text) { x.Body = doc("<p>Nobody pays to work at all.</p>") })
		draft := begun(t, s, "<p>Draft.</p>")
		works := func(f archive.MatrixFilter) []string {
			t.Helper()
			f.Langs = langs
			var got []string
			for {
				m, err := s.Matrix(ctx, translator, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range m.Rows {
					got = append(got, r.Editions[0].Title)
				}
				if f.Before = m.Next; m.Next == "" {
					return got
				}
			}
		}
		titles := func(f archive.MatrixFilter) int { return len(works(f)) }
		for _, test := range []struct {
			f    archive.MatrixFilter
			want int
		}{
			{archive.MatrixFilter{}, 3},
			{archive.MatrixFilter{Limit: 1}, 3},
			{archive.MatrixFilter{Progress: archive.OutOfDate}, 1},
			{archive.MatrixFilter{Progress: archive.OutOfDate, Lang: "th"}, 1},
			{archive.MatrixFilter{Progress: archive.OutOfDate, Lang: "en"}, 0},
			{archive.MatrixFilter{Progress: archive.Done, Lang: "en"}, 2},
			{archive.MatrixFilter{Progress: archive.Missing}, 2},
			{archive.MatrixFilter{Progress: archive.Missing, Lang: "th", Limit: 1}, 2},
			{archive.MatrixFilter{Progress: archive.InWork}, 1},
			{archive.MatrixFilter{Progress: archive.UnderReview}, 0},
		} {
			if got := titles(test.f); got != test.want {
				t.Errorf("%+v: %d works, want %d", test.f, got, test.want)
			}
		}
		if err := s.Submit(ctx, translator, draft, ""); err != nil {
			t.Fatal(err)
		}
		if got := titles(archive.MatrixFilter{Progress: archive.UnderReview}); got != 1 {
			t.Errorf("under review: %d", got)
		}
		if n, err := s.CountOutOfDate(ctx, translator); n != 2 || err != nil {
			t.Errorf("CountOutOfDate = %d, %v", n, err)
		}
		m, err := s.Matrix(ctx, translator, archive.MatrixFilter{})
		if err != nil {
			t.Fatal(err)
		}
		// What a row says of itself is what the filters find it by.
		for _, r := range m.Rows {
			for _, e := range r.Editions {
				found, err := s.Matrix(ctx, translator, archive.MatrixFilter{Progress: e.Progress(), Lang: e.Lang})
				if err != nil || !slices.ContainsFunc(found.Rows, func(o archive.MatrixRow) bool { return o.Work == r.Work }) {
					t.Errorf("%s in %s is not found as %s", r.Work, e.Lang, e.Progress())
				}
			}
		}
		if _, err := s.Matrix(ctx, translator, archive.MatrixFilter{Progress: "x"}); err == nil {
			t.Error("an unknown state was taken")
		}
		x, err := s.Translation(ctx, translator, translations[1])
		if err != nil || x.Source.ID != source || x.Was.Number != 1 || x.Now.Number != 2 || x.Text.Number != 1 {
			t.Errorf("Translation = %+v, %v", x, err)
		}
		if r, err := s.SourceRevision(ctx, translator, translations[1], 1); err != nil || r.Hash != x.Was.Hash {
			t.Errorf("SourceRevision: %v", err)
		}
		if _, err := s.SourceRevision(ctx, translator, translations[1], 9); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a revision that is not there: %v", err)
		}
		all, err := s.TranslationsOf(ctx, translator, x.Edition.Work)
		if err != nil || len(all) != 3 || all[0].ID != source {
			t.Errorf("TranslationsOf: %d, %v", len(all), err)
		}
		contributor := sala.Actor{ID: "c", Name: "C", Role: sala.Contributor}
		if _, err := s.Matrix(ctx, contributor, archive.MatrixFilter{}); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a contributor: %v", err)
		}
	})
}
