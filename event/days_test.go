package event_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/event"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// TestUncertainDays takes a month, a year and nothing for what they are.
func TestUncertainDays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		for _, test := range []struct{ name, from, to, session string }{
			{"a day", "2018-11-03", "", "2018-11-03"},
			{"days over the year's end", "2018-12-30", "2019-01-02", "2019-01-01"},
			{"a month", "2018-11", "", "2018-11-30"},
			{"from a month into a day", "2018-11", "2018-12-02", "2018-12-02"},
			{"a year", "2018", "", "2018-02"},
			{"nothing", "", "", "2001-01-01"},
		} {
			e := consultation()
			e.Title = en(test.name)
			e.Held = span(test.from, test.to)
			for i := range e.Sessions {
				e.Sessions[i].Day = sala.Day{}
			}
			e.Sessions[0].Day = day(test.session)
			if _, err := s.Create(ctx, editor, e); err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
		}
		all, err := s.Desk(ctx, editor, event.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range all.Events {
			if err := s.Publish(ctx, editor, e.ID, e.Version); err != nil {
				t.Fatal(err)
			}
		}
		for _, test := range []struct {
			year, month int
			want        []string
		}{
			{2018, 0, []string{"a day", "a month", "a year", "days over the year's end", "from a month into a day"}},
			{2018, 11, []string{"a day", "a month", "a year", "from a month into a day"}},
			{2019, 0, []string{"days over the year's end"}},
			{2019, 2, nil},
		} {
			list, err := s.Events(ctx, event.Filter{Year: test.year, Month: test.month})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, titles(list.Events)); diff != "" {
				t.Errorf("%d-%02d:\n%s", test.year, test.month, diff)
			}
		}
		f, err := s.Facets(ctx, event.Filter{Year: 2018})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[int]int{0: 1, 11: 3, 12: 2}, f.Months); diff != "" {
			t.Errorf("months:\n%s", diff)
		}
		if f, err = s.Facets(ctx, event.Filter{}); err != nil || f.Undated != 1 || f.Years[2018] != 5 || f.Years[2019] != 1 {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

// TestClock reads times as people write them.
func TestClock(t *testing.T) {
	for in, want := range map[string]event.Clock{
		"": "", "9:30": "09:30", "09.30": "09:30", "14h05": "14:05", "2 pm": "14:00", "12 a.m.": "00:00", "12:15 PM": "12:15", "๑๓:๐๐": "13:00", "၀၉:၃၀": "09:30", "13.00 น.": "13:00",
	} {
		if got, err := event.ParseClock(in); err != nil || got != want {
			t.Errorf("ParseClock(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"24:00", "9:60", "noon", "9", "13 pm", "0 am", "-1:00", "9:3", "1:000"} {
		if got, err := event.ParseClock(in); err == nil {
			t.Errorf("ParseClock(%q) = %q, want an error", in, got)
		}
	}
}

// TestZones knows a zone for each country it names, and the seven.
func TestZones(t *testing.T) {
	for country, want := range map[string]string{
		"th": "Asia/Bangkok", "mm": "Asia/Yangon", "kh": "Asia/Phnom_Penh", "la": "Asia/Vientiane", "vn": "Asia/Ho_Chi_Minh", "jp": "Asia/Tokyo", "cn": "Asia/Shanghai", "us": "",
	} {
		if got := event.ZoneOf(country); got != want {
			t.Errorf("ZoneOf(%q) = %q, want %q", country, got, want)
		}
		if want != "" {
			if _, ok := event.Location(want); !ok {
				t.Errorf("there is no zone %s", want)
			}
		}
	}
	for _, bad := range []string{"", "Local", "EST", "../x", "Asia/", "/etc/passwd"} {
		if _, ok := event.Location(bad); ok {
			t.Errorf("Location(%q) is one", bad)
		}
	}
}
