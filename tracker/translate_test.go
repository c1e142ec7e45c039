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

// reworded are the texts of a recommendation as a translator gets them.
func reworded(t *testing.T, s *tracker.Store, id sala.ID, lang sala.Lang, also ...sala.Lang) (tracker.Recommendation, map[string]phrase.Wording) {
	t.Helper()
	r, _, list, err := s.Wordings(t.Context(), translator, id, lang, also...)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]phrase.Wording{}
	for _, w := range list {
		if _, twice := all[w.Key]; twice {
			t.Errorf("two texts have the key %s", w.Key)
		}
		all[w.Key] = w
	}
	return r, all
}

// adopted is a titled recommendation with a step that says something.
func adopted(t *testing.T, s *tracker.Store) (id, step sala.ID) {
	t.Helper()
	r := ask(t, "Stop the ban", "2018")
	r.Title = sala.Text{"en": "The ban"}
	id = made(t, s, r)
	step, err := s.AddStep(t.Context(), editor, id, tracker.Step{
		State: tracker.Adopted, Day: day(t, "2020"), Evidence: sala.Text{"en": "Read out"}, Note: sala.Text{"en": "In part"}, Words: sala.Text{"en": "End the ban"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return id, step
}

// chain is a step of a recommendation.
func chain(t *testing.T, s *tracker.Store, id, step sala.ID) tracker.Step {
	t.Helper()
	steps, err := s.Steps(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(steps, func(st tracker.Step) bool { return st.ID == step })
	if i < 0 {
		t.Fatalf("there is no step %s", step)
	}
	return steps[i]
}

// TestTranslate puts a recommendation and its steps into a language, and
// changes nothing else.
func TestTranslate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), open(d)
		id, step := adopted(t, s)
		wrong, err := s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Accepted, Evidence: sala.Text{"en": "Heard"}})
		if err == nil {
			_, err = s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Retracted, Corrects: wrong, Note: sala.Text{"en": "Misheard"}})
		}
		if err != nil {
			t.Fatal(err)
		}
		was, all := reworded(t, s, id, "th")
		evidence, note, words := "step/"+string(step)+"/evidence", "step/"+string(step)+"/note", "step/"+string(step)+"/adopted"
		en := []sala.Lang{"en"}
		want := map[string]phrase.Wording{
			"title":                               {Source: "The ban", From: "en", Langs: en},
			"words":                               {Source: "Stop the ban", From: "en", Langs: en, Prose: true, Kept: en},
			evidence:                              {Source: "Read out", From: "en", Langs: en, Prose: true, Kept: en},
			note:                                  {Source: "In part", From: "en", Langs: en, Prose: true, Kept: en},
			words:                                 {Source: "End the ban", From: "en", Langs: en, Prose: true, Kept: en},
			"step/" + string(wrong) + "/evidence": {Source: "Heard", From: "en", Langs: en, Prose: true, Kept: en},
		}
		for key, w := range want {
			w.Key = key
			want[key] = w
		}
		if diff := cmp.Diff(want, all); diff != "" {
			t.Fatalf("a translator gets (-want +got):\n%s", diff)
		}
		before := chain(t, s, id, step)
		if err := s.Translate(ctx, translator, id, was.Version, "th", map[string]string{"title": " การห้าม\nเดินทาง ", "words": "ยุติการห้าม\r\nเดินทาง", evidence: "อ่านในที่ประชุม", note: ""}); err != nil {
			t.Fatal(err)
		}
		got := public(t, s, id)
		was.Title, was.Words = sala.Text{"en": "The ban", "th": "การห้าม เดินทาง"}, sala.Text{"en": "Stop the ban", "th": "ยุติการห้าม\nเดินทาง"}
		was.Version++
		was.Changed = got.Changed
		if diff := cmp.Diff(was, got); diff != "" {
			t.Errorf("translated (-want +got):\n%s", diff)
		}
		before.Evidence = sala.Text{"en": "Read out", "th": "อ่านในที่ประชุม"}
		if diff := cmp.Diff(before, chain(t, s, id, step)); diff != "" {
			t.Errorf("the step (-want +got):\n%s", diff)
		}
		// Sent once more as it stands, nothing is stored and nothing logged.
		version, err := d.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Translate(ctx, translator, id, got.Version, "th", map[string]string{"title": "การห้าม เดินทาง", words: " "}); err != nil {
			t.Fatal(err)
		}
		if now, err := d.Version(ctx); err != nil || now != version || public(t, s, id).Version != got.Version {
			t.Errorf("something was stored (%v)", err)
		}
		// What a translator put a translator may change or take away, and what
		// an editor states meanwhile does not make it the original.
		stated := got
		stated.Number = "4"
		if err := s.Change(ctx, editor, stated); err != nil {
			t.Fatal(err)
		}
		if err := s.Translate(ctx, translator, id, got.Version+1, "th", map[string]string{evidence: "", "title": "ข้อห้าม"}); err != nil {
			t.Fatal(err)
		}
		if now := public(t, s, id); now.Title["th"] != "ข้อห้าม" || now.Number != "4" || len(chain(t, s, id, step).Evidence) != 1 {
			t.Errorf("%+v", now)
		}
	})
}

// TestTranslateFrom translates from the original unless another is asked for.
func TestTranslateFrom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		r := ask(t, "Stop the ban", "2018")
		r.Words, r.Original = sala.Text{"en": "Stop the ban", "km": "បញ្ឈប់", "th": "ยุติ"}, "km"
		id := made(t, s, r)
		if _, all := reworded(t, s, id, "my"); all["words"].From != "km" {
			t.Errorf("from %s", all["words"].From)
		}
		if _, all := reworded(t, s, id, "my", "th"); all["words"].From != "th" {
			t.Errorf("from %s", all["words"].From)
		}
	})
}

// TestTranslateRefused names the text that is wrong and stores nothing.
func TestTranslateRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), open(d)
		id, step := adopted(t, s)
		evidence := "step/" + string(step) + "/evidence"
		for _, who := range []sala.Actor{reader, contributor} {
			if _, _, _, err := s.Wordings(ctx, who, id, "th"); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("Wordings for a %s = %v", who.Name, err)
			}
			if err := s.Translate(ctx, who, id, 1, "th", map[string]string{"title": "ก"}); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("Translate by a %s = %v", who.Name, err)
			}
		}
		if err := s.Translate(ctx, translator, sala.NewID(), 1, "th", map[string]string{"title": "ก"}); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("of nothing: %v", err)
		}
		if err := s.Translate(ctx, translator, id, 77, "th", map[string]string{"title": "ก"}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("of no version: %v", err)
		}
		if err := s.Translate(ctx, translator, id, 1, "th", map[string]string{"words": "ยุติ", evidence: "อ่าน"}); err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct{ name, lang, field, words, why string }{
			{"the exact words", "en", "words", "Stop it!", "kept"},
			{"no exact words", "en", "words", "", "kept"},
			{"what a step was added with", "en", evidence, "Never read", "kept"},
			{"what a step was added with, away", "en", evidence, "", "kept"},
			{"a step's only words", "en", "step/" + string(step) + "/adopted", "x", "kept"},
			{"the only title", "en", "title", "A ban", "only"},
			{"too long", "my", "title", strings.Repeat("က", 300), "too_long"},
			{"bytes that are no text", "my", "words", "a\xff", "not_text"},
			{"a NUL", "my", evidence, "a\x00", "not_text"},
			{"no language", "Burmese", "lang", "x", "no_lang"},
			{"no text of that name", "th", "slug", "other", "gone"},
			{"a step that never was", "th", "step/" + string(sala.NewID()) + "/note", "x", "gone"},
		} {
			key := test.field
			if key == "lang" {
				key = "title"
			}
			sent := map[string]string{"title": "ข้อห้าม", key: test.words}
			err := s.Translate(ctx, translator, id, 2, sala.Lang(test.lang), sent)
			bad, ok := errors.AsType[sala.Invalid](err)
			if !ok || !slices.ContainsFunc(bad, func(f sala.FieldError) bool { return f.Field == test.field && f.Key == "studio.phrases."+test.why }) {
				t.Errorf("%s: %v, want %s of %s", test.name, err, test.why, test.field)
			}
		}
		if r := public(t, s, id); r.Version != 2 || r.Title["th"] != "" || chain(t, s, id, step).Evidence["en"] != "Read out" {
			t.Errorf("something was stored: %+v", r)
		}
	})
}

// TestTranslateOvertaken writes over nothing that was changed meanwhile, of a
// step either.
func TestTranslateOvertaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), open(d)
		id, step := adopted(t, s)
		evidence, note := "step/"+string(step)+"/evidence", "step/"+string(step)+"/note"
		r := public(t, s, id)
		r.Words = sala.Text{"en": "End the travel ban"}
		if err := s.Change(ctx, editor, r); err != nil {
			t.Fatal(err)
		}
		if err := s.Translate(ctx, translator, id, 2, "th", map[string]string{evidence: "อ่าน"}); err != nil {
			t.Fatal(err)
		}
		sent := map[string]string{"title": "ข้อห้าม", "words": "ยุติ", evidence: "อ่านแล้ว", note: "บางส่วน"}
		err := s.Translate(ctx, translator, id, 1, "th", sent)
		over, ok := errors.AsType[*phrase.Overtaken](err)
		if !ok || !errors.Is(err, sala.ErrConflict) {
			t.Fatalf("Translate = %v, want Overtaken", err)
		}
		if diff := cmp.Diff(&phrase.Overtaken{Mine: sent, Keys: []string{"words", evidence}}, over); diff != "" {
			t.Errorf("overtaken (-want +got):\n%s", diff)
		}
		if now := public(t, s, id); now.Version != 3 || now.Title["th"] != "" || chain(t, s, id, step).Note["th"] != "" {
			t.Errorf("something was stored: %+v", now)
		}
		// What nobody has changed since is stored, whatever else was.
		if err := s.Translate(ctx, translator, id, 1, "th", map[string]string{"title": "ข้อห้าม", note: "บางส่วน"}); err != nil {
			t.Fatal(err)
		}
		// Whoever has seen it decides.
		if err := s.Translate(ctx, translator, id, 4, "th", over.Mine); err != nil {
			t.Fatal(err)
		}
		if now, st := public(t, s, id), chain(t, s, id, step); now.Words["th"] != "ยุติ" || now.Words["en"] != "End the travel ban" || st.Evidence["th"] != "อ่านแล้ว" || st.Note["th"] != "บางส่วน" {
			t.Errorf("%+v, %+v", now, st)
		}
	})
}
