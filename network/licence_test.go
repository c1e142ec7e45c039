package network_test

import (
	"errors"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/network"
)

func TestSetLicence(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := network.NewStore(d), t.Context()
		admin := sala.Actor{ID: "a", Role: sala.Admin}
		for _, bad := range []string{"all rights", "javascript:alert(1)", "https://", "//example.org/x"} {
			var wrong sala.Invalid
			if err := s.SetLicence(ctx, admin, sala.Mark(""), bad); !errors.As(err, &wrong) || wrong[0].Field != "licence" {
				t.Errorf("SetLicence(%q) = %v", bad, err)
			}
		}
		if err := s.SetLicence(ctx, sala.Actor{ID: "e", Role: sala.Editor}, sala.Mark(""), "CC0 1.0"); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("an editor: %v", err)
		}
		was := ""
		for _, test := range []struct{ typed, name, address string }{
			{" cc by 4.0 ", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"},
			{"https://example.org/terms", "https://example.org/terms", "https://example.org/terms"},
			{"", "", ""},
		} {
			if err := s.SetLicence(ctx, admin, sala.Mark(was), test.typed); err != nil {
				t.Fatal(err)
			}
			set, err := s.Settings(ctx)
			if err != nil || set.Licence != test.address || set.LicenceName() != test.name {
				t.Errorf("%q became %q, called %q, %v", test.typed, set.Licence, set.LicenceName(), err)
			}
			was = set.Licence
		}
	})
}
