package archive_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

func TestWhereAFileIsUsed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		file := id("file", 1)
		put(t, d, s,
			an(1, nil),
			an(2, func(in *archive.Incoming) { in.Work.Picture = file }),
			an(3, func(in *archive.Incoming) {
				in.Edition.Body = doc(`<p><a href="sala:file/` + string(file) + `">Words</a></p>`)
				in.Edition.Public, in.Edition.Title = false, "Draft"
			}),
		)
		uses, err := s.Using(t.Context(), editor, file)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, u := range uses {
			got[u.Title] = u.Public
		}
		if diff := cmp.Diff(map[string]bool{"Statement 2": true, "Draft": false}, got); diff != "" {
			t.Error(diff)
		}
		if uses, err := s.Using(t.Context(), editor, id("file", 2)); len(uses) != 0 || err != nil {
			t.Errorf("%v, %v", uses, err)
		}
		if _, err := s.Using(t.Context(), editor, "%"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("no id: %v", err)
		}
		titled, err := s.Titled(t.Context(), editor, []string{"Draft", "Statement 1", "Nothing"})
		if err != nil || len(titled) != 2 || titled["Draft"][0].Work != id("work", 3) {
			t.Errorf("%v, %v", titled, err)
		}
		if of, err := s.EditionsOf(t.Context(), editor, id("work", 3)); err != nil || len(of) != 1 || of[0].Public {
			t.Errorf("%v, %v", of, err)
		}
		if _, err := s.EditionsOf(t.Context(), editor, id("work", 9)); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("no work: %v", err)
		}
		for _, err := range []error{
			func() error { _, err := s.Using(t.Context(), reader, file); return err }(),
			func() error { _, err := s.Titled(t.Context(), reader, nil); return err }(),
			func() error { _, err := s.EditionsOf(t.Context(), reader, id("work", 1)); return err }(),
		} {
			if !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("a reader: %v", err)
			}
		}
	})
}
