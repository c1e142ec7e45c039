package tracker_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/tracker"
)

func TestRatifications(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		r := ask(t, "Ratify ILO Convention 188", "2016")
		r.Codes = []tracker.Code{{tracker.ILO, "C188", "th"}, {tracker.ILO, "C188", "kh"}}
		id := made(t, s, r)
		row := tracker.Ratification{Country: "th", Code: tracker.Code{Framework: tracker.ILO, Code: "C188"}, Status: tracker.NotRatified, Source: tracker.Source{Address: "https://normlex.ilo.org/"}}
		if n, err := s.Ratify(ctx, editor, row); err != nil || n != 0 {
			t.Fatal(n, err)
		}
		row.Status = tracker.Ratified
		_, err := s.Ratify(ctx, editor, row)
		refused(t, err, "day")
		row.Day = day(t, "2019-01-30")
		if n, err := s.Ratify(ctx, editor, row); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		all, err := s.Ratifications(ctx)
		if err != nil || len(all) != 1 || all[0].Status != tracker.Ratified || all[0].Checked != day(t, "2026-11-28") {
			t.Errorf("table %+v, %v", all, err)
		}
		reviews, err := s.Reviews(ctx, editor)
		if err != nil || len(reviews) != 1 || reviews[0].Recommendation.ID != id {
			t.Fatalf("reviews %+v, %v", reviews, err)
		}
		if err := s.Settle(ctx, editor, reviews[0].ID, true); err != nil {
			t.Fatal(err)
		}
		if got := public(t, s, id); got.State != tracker.Implemented || got.StateDay != day(t, "2019-01-30") {
			t.Errorf("state %s of %s", got.State, got.StateDay)
		}
		if err := s.Settle(ctx, editor, reviews[0].ID, true); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("settled twice: %v", err)
		}
		row.Country = "xx"
		_, err = s.Ratify(ctx, editor, row)
		refused(t, err, "country")
		row.Country, row.Code.Code = "th", "C999"
		_, err = s.Ratify(ctx, editor, row)
		refused(t, err, "convention")
	})
}

func TestFigures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		m, err := s.SetMeasure(ctx, editor, tracker.Measure{What: sala.Text{"en": "Cambodian migrants in Japan"}, Unit: sala.Text{"en": "people"}})
		if err != nil {
			t.Fatal(err)
		}
		f := tracker.Figure{Measure: m, Value: "9,000", Qualifier: tracker.About, AsOf: day(t, "2019-02"), Source: tracker.Source{Work: work}}
		id, err := s.SetFigure(ctx, editor, f)
		if err != nil {
			t.Fatal(err)
		}
		if all, err := s.Figures(ctx, []sala.ID{m}); err != nil || len(all) != 0 {
			t.Errorf("a draft is public: %v, %v", all, err)
		}
		if err := s.ShowFigure(ctx, editor, id, true, ""); err != nil {
			t.Fatal(err)
		}
		stated, err := s.StatedIn(ctx)
		if diff := cmp.Diff(map[sala.ID][]sala.ID{work: {m}}, stated); diff != "" || err != nil {
			t.Errorf("stated: %s, %v", diff, err)
		}
		all, err := s.FiguresIn(ctx, work)
		if err != nil || len(all) != 1 || all[0].Value != "9000" {
			t.Fatalf("figures %+v, %v", all, err)
		}
		other := all[0]
		other.Value, other.Qualifier, other.AsOf = "12000", tracker.Exactly, day(t, "2019")
		if !tracker.Conflicts(all[0], other) {
			t.Error("about 9,000 and 12,000 do not conflict")
		}
		other.Value = "9500"
		if tracker.Conflicts(all[0], other) {
			t.Error("about 9,000 and 9,500 conflict")
		}
		for field, spoil := range map[string]func(*tracker.Figure){
			"value": func(f *tracker.Figure) { f.Value = "many" }, "upto": func(f *tracker.Figure) { f.UpTo = "10" },
			"source": func(f *tracker.Figure) { f.Source = tracker.Source{} }, "measure": func(f *tracker.Figure) { f.Measure = sala.NewID() },
		} {
			bad := f
			spoil(&bad)
			_, err := s.SetFigure(ctx, editor, bad)
			refused(t, err, field)
		}
		if _, err := s.SetFigure(ctx, editor, tracker.Figure{ID: id, Measure: m, Value: "1", Source: f.Source, Version: 1}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a stale form: %v", err)
		}
	})
}

func TestCodes(t *testing.T) {
	for in, want := range map[string]string{
		"SDG 8.8": "sdg:8.8", "sdg:10.c": "sdg:10.c", "sdg 17.19": "sdg:17.19", "gcm 23": "gcm:23", "C188 th": "ilo:C188:th", "ilo 87": "ilo:C087", "p29": "ilo:P029",
		"upr 3/52.12 TH": "upr:3/52.12:th", "icrmw mm": "un:ICRMW:mm", "un CEDAW": "un:CEDAW",
	} {
		if c, err := tracker.ParseCode(in); err != nil || c.String() != want {
			t.Errorf("ParseCode(%q) = %s, %v, want %s", in, c, err, want)
		}
	}
	for _, in := range []string{"", "sdg", "sdg 18", "sdg 8.11", "sdg 17.a", "gcm 24", "gcm 0", "c193", "p30", "upr 3/52.12", "upr 5/1.1 th", "icrmw xx", "un NPT", "sdg 8.8 th mm", "eu 1", "C188 uk9", strings.Repeat("9", 1000)} {
		if c, err := tracker.ParseCode(in); err == nil {
			t.Errorf("ParseCode(%q) = %s, want an error", in, c)
		}
	}
	seen := map[string]bool{}
	for _, c := range tracker.Conventions {
		if _, err := tracker.ParseCode(string(c.Framework) + " " + c.Code); err != nil || seen[c.Code] || c.Name == "" {
			t.Errorf("%+v: %v", c, err)
		}
		seen[c.Code] = true
	}
}

func FuzzParseCode(f *testing.F) {
	for _, s := range []string{"sdg 8.8", "C188 th", "upr 3/1 th", "\x00", "ilo p29"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := tracker.ParseCode(s)
		if err != nil {
			return
		}
		if again, err := tracker.ParseCode(c.String()); err != nil || again != c {
			t.Errorf("%q gives %s, which gives %s, %v", s, c, again, err)
		}
	})
}

func TestCompareNumbers(t *testing.T) {
	want := []string{"1", "2", "2 to 7", "2.1", "2.10", "3a", "3b", "10", "iv"}
	for i := range want {
		for j := range want {
			if got := tracker.CompareNumbers(want[i], want[j]); (got < 0) != (i < j) || (got == 0) != (i == j) {
				if want[i] == "2 to 7" || want[j] == "2 to 7" {
					continue // a range stands near its beginning
				}
				t.Errorf("CompareNumbers(%q, %q) = %d", want[i], want[j], got)
			}
		}
	}
}
