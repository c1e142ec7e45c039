package event_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/event"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/phrase"
)

// TestTranslated tells what lacks a language, and what was translated before
// its source changed.
func TestTranslated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		talk := sala.NewID()
		e, err := s.Create(ctx, editor, event.Event{
			Title: sala.Text{"en": "Wages", "th": "ค่าจ้าง"}, Type: event.Workshop, City: sala.Text{"en": "Mae Sot", "th": "แม่สอด"},
			Sessions: []event.Session{{ID: talk, Title: sala.Text{"en": "Fees", "th": "ค่าธรรมเนียม"}, Kind: event.Panel}},
		})
		if err != nil {
			t.Fatal(err)
		}
		other, err := s.Create(ctx, editor, event.Event{Title: en("Fees"), Type: event.Workshop})
		if err != nil {
			t.Fatal(err)
		}
		session := "session/" + string(talk) + "/title"
		lacks := func(id sala.ID, lang sala.Lang) phrase.Lack {
			t.Helper()
			all, err := s.Translated(ctx, translator)
			if err != nil {
				t.Fatal(err)
			}
			at, ok := all.Place(id)
			if !ok {
				t.Fatalf("%s is not there", id)
			}
			return all.Rows[at].Lacks(lang, "en", nil)
		}
		behind := func() []string {
			t.Helper()
			_, all, err := s.Wordings(ctx, translator, e.ID, "th", "en")
			if err != nil {
				t.Fatal(err)
			}
			var keys []string
			for _, w := range all {
				if w.Behind("th", "en") {
					keys = append(keys, w.Key)
				}
			}
			return keys
		}
		save := func(change func(*event.Event)) {
			t.Helper()
			now, err := s.DeskEvent(ctx, editor, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			change(&now)
			if e, err = s.Save(ctx, editor, now); err != nil {
				t.Fatal(err)
			}
		}
		same := func(what string, want, got any) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		if _, err := s.Translated(ctx, contributor); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("for a contributor: %v", err)
		}
		all, err := s.Translated(ctx, translator)
		if err != nil || len(all.Rows) != 2 || all.Rows[0].ID != other.ID {
			t.Errorf("the newest is not the first: %v", err)
		}
		same("as it was made", phrase.Lack{Of: 3}, lacks(e.ID, "th"))
		same("the other", phrase.Lack{Of: 1, Missing: 1}, lacks(other.ID, "th"))
		// A row more is no change of what was said.
		save(func(e *event.Event) { e.Venue = sala.Text{"en": "The hall"} })
		same("with a text more", phrase.Lack{Of: 4, Missing: 1}, lacks(e.ID, "th"))
		save(func(e *event.Event) {
			e.Title = sala.Text{"en": "Wages and fees", "th": "ค่าจ้าง"}
			e.Sessions[0].Title = sala.Text{"en": "All fees", "th": "ค่าธรรมเนียม"}
			e.City = sala.Text{"en": "Mae Sot town", "th": "เมืองแม่สอด"}
		})
		same("changed in English only", []string{"title", session}, behind())
		same("changed in English only", phrase.Lack{Of: 4, Missing: 1, Behind: 2}, lacks(e.ID, "th"))
		same("English itself", phrase.Lack{Of: 4}, lacks(e.ID, "en"))
		// One is said anew, one is right as it is; a language more is as new as
		// what it was made of.
		if err := s.Translate(ctx, translator, e.ID, e.Version, "th", map[string]string{"title": "ค่าจ้างและค่าธรรมเนียม"}); err != nil {
			t.Fatal(err)
		}
		same("one said anew", []string{session}, behind())
		if err := s.Translate(ctx, translator, e.ID, e.Version, "my", map[string]string{session: "အခကြေးငွေ"}); err != nil {
			t.Fatal(err)
		}
		same("in Burmese", phrase.Lack{Of: 4, Missing: 3}, lacks(e.ID, "my"))
		now, err := s.DeskEvent(ctx, editor, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Translate(ctx, contributor, e.ID, now.Version, "th", nil, session); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("by a contributor: %v", err)
		}
		// Whoever ticks what has been changed since they looked is told.
		over, ok := errors.AsType[*phrase.Overtaken](s.Translate(ctx, translator, e.ID, 1, "th", nil, session))
		if !ok || !slices.Equal(over.Keys, []string{session}) {
			t.Errorf("right of what nobody has seen: %v", over)
		}
		same("after that", []string{session}, behind())
		if err := s.Translate(ctx, translator, e.ID, now.Version, "th", nil, session, "nothing/of/it"); err != nil {
			t.Fatal(err)
		}
		same("right as it is", 0, len(behind()))
		same("right as it is", phrase.Lack{Of: 4, Missing: 1}, lacks(e.ID, "th"))
		if after, err := s.DeskEvent(ctx, editor, e.ID); err != nil || after.Version != now.Version {
			t.Errorf("it has version %d, not %d (%v)", after.Version, now.Version, err)
		}
		// What is gone leaves nothing behind, and what was taken back needs no
		// translation.
		save(func(e *event.Event) { e.Title["en"], e.Sessions = "Fees", nil })
		same("without the session", []string{"title"}, behind())
		if err := s.Publish(ctx, editor, e.ID, e.Version); err != nil {
			t.Fatal(err)
		}
		if err := s.Withdraw(ctx, editor, e.ID, e.Version+1, "wrong"); err != nil {
			t.Fatal(err)
		}
		if all, err = s.Translated(ctx, translator); err != nil || !all.Rows[1].Off || all.Rows[0].Off {
			t.Errorf("taken back: %v", err)
		}
	})
}

// TestSeriesBehind is the same of a name of a series.
func TestSeriesBehind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), event.NewStore(d)
		x, err := s.SetSeries(ctx, editor, event.Series{Name: sala.Text{"en": "Forum", "th": "เวที"}})
		if err != nil {
			t.Fatal(err)
		}
		key := "series/" + string(x.ID) + "/name"
		behind := func() bool {
			t.Helper()
			all, err := s.SeriesWordings(ctx, translator, "th", "en")
			if err != nil || len(all) != 1 {
				t.Fatal(all, err)
			}
			return all[0].Behind("th", "en")
		}
		x.Name = sala.Text{"en": "River Forum", "th": "เวที"}
		if _, err := s.SetSeries(ctx, editor, x); err != nil {
			t.Fatal(err)
		}
		if !behind() {
			t.Error("its name was changed, and the translation is not behind")
		}
		if err := s.TranslateSeries(ctx, translator, "th", map[string]sala.Text{key: {"th": "เวที", "en": "River Forum"}}, nil, key); err != nil || behind() {
			t.Errorf("it is right, and behind: %v", err)
		}
		if all, err := s.AllSeries(ctx); err != nil || all[0].Name["th"] != "เวที" {
			t.Error(all, err)
		}
	})
}
