package tracker_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/phrase"
	"sala/tracker"
)

// TestTranslateMeasures says in a language what is counted, for readers too,
// and writes over nobody.
func TestTranslateMeasures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), open(d)
		id, err := s.SetMeasure(ctx, editor, tracker.Measure{What: sala.Text{"en": "Trainees in Japan"}, Unit: sala.Text{"en": "people"}})
		if err != nil {
			t.Fatal(err)
		}
		bare, err := s.SetMeasure(ctx, editor, tracker.Measure{What: sala.Text{"en": "Wages", "th": "ค่าจ้าง"}})
		if err != nil {
			t.Fatal(err)
		}
		figure, err := s.SetFigure(ctx, editor, tracker.Figure{Measure: id, Value: "9000", Source: tracker.Source{Name: sala.Text{"en": "A report"}}})
		if err == nil {
			err = s.ShowFigure(ctx, editor, figure, true, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		what, unit, wages := "measure/"+string(id)+"/what", "measure/"+string(id)+"/unit", "measure/"+string(bare)+"/what"
		put := func(by sala.Actor, lang sala.Lang, looked map[string]sala.Text, words map[string]string) error {
			return s.TranslateMeasures(ctx, by, lang, looked, words)
		}
		seen := func() tracker.Measure {
			t.Helper()
			all, err := s.Measures(ctx, reader, false)
			if err != nil || len(all) != 1 {
				t.Fatalf("%+v, %v", all, err)
			}
			return all[0]
		}
		was := seen()
		_, all, err := s.MeasureWordings(ctx, translator, "th")
		en := []sala.Lang{"en"}
		want := []phrase.Wording{
			{Key: what, Source: "Trainees in Japan", From: "en", Langs: en}, {Key: unit, Source: "people", From: "en", Langs: en},
			{Key: wages, Words: "ค่าจ้าง", Source: "Wages", From: "en", Langs: []sala.Lang{"en", "th"}},
		}
		if diff := cmp.Diff(want, all); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		if _, _, err := s.MeasureWordings(ctx, contributor, "th"); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("for a contributor: %v", err)
		}
		if err := put(contributor, "th", nil, map[string]string{what: "ก"}); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("by a contributor: %v", err)
		}
		if err := put(translator, "th", map[string]sala.Text{what: {"th": "", "en": "Trainees in Japan"}, unit: {"th": ""}, wages: {"th": "ค่าจ้าง"}}, map[string]string{what: "ผู้ฝึกงาน", unit: "คน", wages: "ค่าจ้าง"}); err != nil {
			t.Fatal(err)
		}
		was.What, was.Unit = sala.Text{"en": "Trainees in Japan", "th": "ผู้ฝึกงาน"}, sala.Text{"en": "people", "th": "คน"}
		if diff := cmp.Diff(was, seen()); diff != "" {
			t.Errorf("readers see (-want +got):\n%s", diff)
		}
		over, ok := errors.AsType[*phrase.Overtaken](put(translator, "th", map[string]sala.Text{what: {"th": ""}, wages: {"th": "ค่าจ้าง"}}, map[string]string{what: "คนงาน", wages: "ค่าแรง"}))
		if !ok || !slices.Equal(over.Keys, []string{what}) || over.Mine[wages] != "ค่าแรง" {
			t.Errorf("of words that were not looked at: %v", over)
		}
		for _, test := range []struct{ lang, key, words, why string }{
			{"th", "measure/" + string(sala.NewID()) + "/what", "ก", "gone"},
			{"th", "measure/" + string(bare) + "/unit", "บาท", "gone"},
			{"th", "measure/../what", "ก", "gone"},
			{"en", unit, strings.Repeat("x", 5000), "too_long"},
			{"th", what, "ก\x00", "not_text"},
		} {
			looked := map[string]sala.Text{unit: {"en": "people"}, what: {"th": "ผู้ฝึกงาน"}}
			bad, ok := errors.AsType[sala.Invalid](put(translator, sala.Lang(test.lang), looked, map[string]string{test.key: test.words}))
			if !ok || bad[0].Field != test.key || bad[0].Key != "studio.phrases."+test.why {
				t.Errorf("%s: %v, want %s", test.key, bad, test.why)
			}
		}
		if diff := cmp.Diff(was, seen()); diff != "" {
			t.Errorf("something was stored (-want +got):\n%s", diff)
		}
		version, err := d.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := put(translator, "th", map[string]sala.Text{what: {"th": "ผู้ฝึกงาน"}}, map[string]string{what: "ผู้ฝึกงาน"}); err != nil {
			t.Fatal(err)
		}
		if now, err := d.Version(ctx); err != nil || now != version {
			t.Errorf("what stays as it is was logged (%v)", err)
		}
		// Whoever translated another source than there is now is told.
		was.Unit = sala.Text{"en": "persons", "th": "คน"}
		if _, err := s.SetMeasure(ctx, editor, was); err != nil {
			t.Fatal(err)
		}
		over, ok = errors.AsType[*phrase.Overtaken](put(translator, "th", map[string]sala.Text{unit: {"th": "คน", "en": "people"}}, map[string]string{unit: "ราย"}))
		if !ok || !slices.Equal(over.Keys, []string{unit}) || over.Mine[unit] != "ราย" {
			t.Errorf("of a source that has changed: %v", over)
		}
		if err := put(translator, "th", map[string]sala.Text{unit: {"th": "คน", "en": "persons"}}, map[string]string{unit: ""}); err != nil {
			t.Fatal(err)
		}
		if m := seen(); len(m.Unit) != 1 || m.What["th"] == "" {
			t.Errorf("%+v", m)
		}
	})
}
