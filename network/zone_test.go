package network_test

import (
	"errors"
	"testing"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/network"
)

func TestMoment(t *testing.T) {
	for _, test := range []struct{ zone, day, hour, want string }{
		{"", "2026-11-24", "09:00", "2026-11-24T09:00:00Z"},
		{"Asia/Bangkok", "2026-11-24", "09:00", "2026-11-24T02:00:00Z"},
		{"Asia/Bangkok", "2026-11-24", "06:59", "2026-11-23T23:59:00Z"},
		{"Asia/Yangon", "2026-11-24", "09:00", "2026-11-24T02:30:00Z"},
		{"Europe/London", "2026-03-29", "00:59", "2026-03-29T00:59:00Z"},
		{"Europe/London", "2026-03-29", "01:00", "gap"}, // clocks go from 1:00 to 2:00
		{"Europe/London", "2026-03-29", "01:59", "gap"},
		{"Europe/London", "2026-03-29", "02:00", "2026-03-29T01:00:00Z"},
		{"Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30:00Z"}, // twice: the first
		{"Europe/London", "2026-10-25", "02:00", "2026-10-25T02:00:00Z"},
		{"Australia/Lord_Howe", "2026-10-04", "02:15", "gap"}, // half an hour
		{"Pacific/Apia", "2011-12-30", "12:00", "gap"},        // a day that there was not
		{"America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z"},
		{"No/Such", "2026-11-24", "09:00", "2026-11-24T09:00:00Z"},
	} {
		got, err := network.Settings{Zone: test.zone}.Moment(test.day, test.hour)
		if test.want == "gap" {
			if !errors.Is(err, network.ErrNoSuchTime) {
				t.Errorf("%s %s %s: %v, %v, want a gap", test.zone, test.day, test.hour, got, err)
			}
			continue
		}
		if err != nil || got.Format(time.RFC3339) != test.want {
			t.Errorf("%s %s %s: %s, %v, want %s", test.zone, test.day, test.hour, got.Format(time.RFC3339), err, test.want)
		}
	}
	for _, bad := range [][2]string{{"", ""}, {"2026-11-24", ""}, {"24.11.2026", "09:00"}, {"2026-02-30", "09:00"}, {"2026-11-24", "25:00"}} {
		if got, err := (network.Settings{}).Moment(bad[0], bad[1]); err == nil || errors.Is(err, network.ErrNoSuchTime) {
			t.Errorf("%q: %v, %v", bad, got, err)
		}
	}
}

func TestSetZone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := network.NewStore(d), t.Context()
		admin := sala.Actor{ID: "a", Name: "Admin", Role: sala.Admin}
		for _, bad := range []string{"Local", "EST", "Asia/Atlantis", "../etc/passwd", "Asia/Bangkok\x00", "/etc/localtime"} {
			var wrong sala.Invalid
			if err := s.SetZone(ctx, admin, sala.Mark(""), bad); !errors.As(err, &wrong) || wrong[0].Field != "zone" {
				t.Errorf("SetZone(%q) = %v", bad, err)
			}
		}
		if err := s.SetZone(ctx, admin, sala.Mark(""), " Asia/Bangkok "); err != nil {
			t.Fatal(err)
		}
		if err := s.SetZone(ctx, admin, sala.Mark(""), "UTC"); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("from an old form: %v", err)
		}
		if err := s.SetZone(ctx, sala.Actor{ID: "e", Role: sala.Editor}, sala.Mark("Asia/Bangkok"), "UTC"); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("an editor: %v", err)
		}
		set, err := s.Settings(ctx)
		if err != nil || set.ZoneName() != "Asia/Bangkok" || set.Location().String() != "Asia/Bangkok" {
			t.Errorf("%q, %v", set.Zone, err)
		}
	})
}
