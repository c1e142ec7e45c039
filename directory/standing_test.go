package directory_test

import (
	"errors"
	"testing"

	"sala"
	"sala/directory"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/phrase"
)

// TestTranslatedOrganisations tells what lacks a language, and what was
// translated before its source changed, of those alone that readers are told of.
func TestTranslatedOrganisations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), directory.NewStore(d)
		o := shelter(t, s, func(o *directory.Organisation) {
			o.Name["th"], o.About["th"] = "บ้านริมน้ำ", "เตียง"
		})
		shelter(t, s, func(o *directory.Organisation) { o.Unlisted = true })
		withheld := shelter(t, s, func(o *directory.Organisation) { o.Reach = directory.ReachNone })
		if _, err := s.Translated(ctx, contributor); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("for a contributor: %v", err)
		}
		lacks := func(id sala.ID) phrase.Lack {
			t.Helper()
			all, err := s.Translated(ctx, translator)
			if err != nil || len(all.Rows) != 2 || all.Rows[0].ID != withheld.ID {
				t.Fatalf("%+v, %v", all, err)
			}
			at, ok := all.Place(id)
			if !ok {
				t.Fatalf("%s is not there", id)
			}
			return all.Rows[at].Lacks("th", "en", nil)
		}
		if got := lacks(o.ID); got != (phrase.Lack{Of: 4, Missing: 2}) {
			t.Errorf("%+v", got)
		}
		if got := lacks(withheld.ID); got != (phrase.Lack{Of: 3, Missing: 3}) {
			t.Errorf("what readers are not told is to be translated: %+v", got)
		}
		o.About["en"] = "Beds, bread and tea"
		if err := s.ChangeOrganisation(ctx, editor, o, o.Changed); err != nil {
			t.Fatal(err)
		}
		if got := lacks(o.ID); got != (phrase.Lack{Of: 4, Missing: 2, Behind: 1}) {
			t.Errorf("%+v", got)
		}
		p, all, err := s.OrganisationWordings(ctx, translator, o.ID, "th", "en")
		if err != nil || !all[2].Behind("th", "en") || all[0].Behind("th", "en") {
			t.Errorf("%+v, %v", all, err)
		}
		if err := s.TranslateOrganisation(ctx, translator, o.ID, p.Changed, "th", nil, "about"); err != nil {
			t.Fatal(err)
		}
		if got := lacks(o.ID); got != (phrase.Lack{Of: 4, Missing: 2}) {
			t.Errorf("%+v", got)
		}
		if now := organisation(t, s, o.ID); !now.Changed.Equal(p.Changed) {
			t.Error("it counts as changed")
		}
	})
}
