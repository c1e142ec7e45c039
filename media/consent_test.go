package media_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"testing"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/media"
)

var (
	contributor = sala.Actor{ID: "c", Name: "Contributor", Role: sala.Contributor}
	translator  = sala.Actor{ID: "t", Name: "Translator", Role: sala.Translator}
	editor      = sala.Actor{ID: "e", Name: "Editor", Role: sala.Editor}
	reader      = sala.Actor{Name: "Reader"}
)

// field returns the message key of the first field that an error is about.
func field(err error) string {
	if invalid, ok := errors.AsType[sala.Invalid](err); ok {
		return invalid[0].Key
	}
	return ""
}

func TestConsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { return now }
		ctx := t.Context()
		s, q := open(t, d)
		f, err := s.Add(ctx, contributor, "workers.jpg", bytes.NewReader(photo(t, 700, 400, 1, binary.LittleEndian)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := q.RunDue(ctx); err != nil {
			t.Fatal(err)
		}
		// The same bytes under another name.
		twin, err := s.Add(ctx, contributor, "again.jpg", bytes.NewReader(photo(t, 700, 400, 1, binary.LittleEndian)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SetPublic(ctx, editor, f.ID, true); field(err) != "studio.media.people_missing" {
			t.Fatalf("a picture nobody has looked at: SetPublic = %v", err)
		}
		if err := s.SetPeople(ctx, editor, f.ID, true); err != nil {
			t.Fatal(err)
		}
		if err := s.SetPublic(ctx, editor, f.ID, true); field(err) != "studio.media.consent_missing" {
			t.Fatalf("people without a consent: SetPublic = %v", err)
		}
		until := sala.Day{Year: 2026, Month: 3, Day: 10}
		first, err := s.RecordConsent(ctx, editor, f.ID, sala.Consent{Person: "Ma A", Given: sala.Day{Year: 2026, Month: 2, Day: 1}, Scope: sala.OnSite, Until: until})
		if err != nil {
			t.Fatal(err)
		}
		second, err := s.RecordConsent(ctx, editor, f.ID, sala.Consent{Person: "Ko B", Given: sala.Day{Year: 2026, Month: 2, Day: 1}, Scope: sala.InPrint})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []sala.ID{f.ID, twin.ID} {
			if err := s.SetPublic(ctx, editor, id, true); err != nil {
				t.Fatal(err)
			}
		}
		f, err = s.File(ctx, f.ID)
		if err != nil || !f.Shown() || len(f.Renditions) == 0 {
			t.Fatalf("with both consents the file is %+v, %v", f, err)
		}
		shown := func(want sala.Hold) {
			t.Helper()
			for _, id := range []sala.ID{f.ID, twin.ID} {
				g, err := s.File(ctx, id)
				if err != nil || g.Hold != want {
					t.Errorf("on %s file %s is held %q, %v; want %q", now.Format(time.DateOnly), g.Name, g.Hold, err, want)
				}
			}
			for _, r := range f.Renditions {
				served, err := s.Serve(ctx, r.Hash, "x.jpg")
				if err == nil {
					if err := served.Body.Close(); err != nil {
						t.Error(err)
					}
				}
				if want == sala.NotHeld && err != nil || want != sala.NotHeld && !errors.Is(err, sala.ErrNotFound) {
					t.Errorf("held %q, Serve gives %v", want, err)
				}
			}
			held, err := s.Library(ctx, editor, media.Filter{Held: true, Limit: 10})
			if n := len(held); err != nil || (n == 2) != (want != sala.NotHeld) {
				t.Errorf("held %q, the library counts %d held, %v", want, n, err)
			}
		}
		shown(sala.NotHeld)
		now = time.Date(2026, 3, 10, 23, 0, 0, 0, time.UTC)
		shown(sala.NotHeld)
		now = time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC)
		shown(sala.ConsentEnded)
		// The same person agrees again.
		if _, err := s.RecordConsent(ctx, editor, f.ID, sala.Consent{Person: "Ma A", Given: sala.Day{Year: 2026, Month: 3, Day: 11}, Scope: sala.OnSite}); err != nil {
			t.Fatal(err)
		}
		shown(sala.NotHeld)
		version, err := d.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.WithdrawConsent(ctx, editor, twin.ID, second, "She asked by telephone."); err != nil {
			t.Fatal(err)
		}
		shown(sala.ConsentWithdrawn)
		changes, err := d.Changes(ctx, version, 10)
		if err != nil {
			t.Fatal(err)
		}
		var told []sala.ID
		for _, c := range changes {
			told = append(told, c.ID)
		}
		if !slices.Contains(told, f.ID) || !slices.Contains(told, twin.ID) {
			t.Errorf("the change log tells of %v, want both files: whatever keeps copies follows it", told)
		}
		if err := s.SetPeople(ctx, editor, f.ID, false); err != nil {
			t.Fatal(err)
		}
		shown(sala.ConsentWithdrawn) // whatever else is said
		if err := s.WithdrawConsent(ctx, editor, f.ID, second, "again"); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("withdrawing twice = %v, want a conflict", err)
		}
		all, err := s.Consents(ctx, editor, f.ID)
		if err != nil || len(all) != 3 || all[1].Reason != "She asked by telephone." || all[0].ID != first {
			t.Errorf("Consents = %+v, %v", all, err)
		}
	})
}

func TestConsentIsChecked(t *testing.T) {
	d := dbtest.SQLite(t)
	s, _ := open(t, d)
	ctx := t.Context()
	f, err := s.Add(ctx, contributor, "a.jpg", bytes.NewReader(photo(t, 20, 20, 1, binary.LittleEndian)))
	if err != nil {
		t.Fatal(err)
	}
	day := sala.Day{Year: 2026, Month: 2, Day: 1}
	for _, test := range []struct {
		c    sala.Consent
		want string
	}{
		{sala.Consent{Person: " ", Given: day, Scope: sala.OnSite}, "studio.media.person_missing"},
		{sala.Consent{Person: "A", Scope: sala.OnSite}, "studio.media.given_missing"},
		{sala.Consent{Person: "A", Given: sala.Day{Year: 2026}, Scope: sala.OnSite}, "studio.media.given_missing"},
		{sala.Consent{Person: "A", Given: day}, "studio.media.scope_unknown"},
		{sala.Consent{Person: "A", Given: day, Scope: sala.OnSite, Until: sala.Day{Year: 2025, Month: 1, Day: 1}}, "studio.media.until_early"},
	} {
		if _, err := s.RecordConsent(ctx, editor, f.ID, test.c); field(err) != test.want {
			t.Errorf("RecordConsent(%+v) = %v, want %s", test.c, err, test.want)
		}
	}
	for name, err := range map[string]error{
		"people": s.SetPeople(ctx, translator, f.ID, false),
		"public": s.SetPublic(ctx, translator, f.ID, true),
		"consent": func() error {
			_, err := s.RecordConsent(ctx, translator, f.ID, sala.Consent{Person: "A", Given: day, Scope: sala.OnSite})
			return err
		}(),
		"reading": func() error { _, err := s.Consents(ctx, translator, f.ID); return err }(),
		"words":   s.Describe(ctx, contributor, f.ID, "", media.Wording{}),
		"library": func() error { _, err := s.Library(ctx, reader, media.Filter{Limit: 1}); return err }(),
		"adding":  func() error { _, err := s.Add(ctx, reader, "a", bytes.NewReader([]byte("a"))); return err }(),
	} {
		if !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("%s by somebody who may not = %v", name, err)
		}
	}
}
