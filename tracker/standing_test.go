package tracker_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/phrase"
	"sala/tracker"
)

// lacks is what a recommendation lacks in a language.
func lacks(t *testing.T, s *tracker.Store, id sala.ID, lang sala.Lang) phrase.Lack {
	t.Helper()
	all, err := s.Translated(t.Context(), translator)
	if err != nil {
		t.Fatal(err)
	}
	at, ok := all.Place(id)
	if !ok {
		t.Fatalf("%s is not there", id)
	}
	return all.Rows[at].Lacks(lang, "th", nil) // the original counts, not the language of the network
}

// behind are the keys of the texts that are older than what they were made of.
func behind(t *testing.T, s *tracker.Store, id sala.ID, lang sala.Lang) []string {
	t.Helper()
	r, all := reworded(t, s, id, lang)
	var keys []string
	for key, w := range all {
		if w.Behind(lang, r.Original) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// TestTranslated tells what lacks a language, and what was translated before
// its source changed.
func TestTranslated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), open(d)
		id, step := adopted(t, s)
		if _, err := s.Translated(ctx, contributor); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("for a contributor: %v", err)
		}
		same := func(what string, want, got any) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		same("nothing in Thai", phrase.Lack{Of: 5, Missing: 5}, lacks(t, s, id, "th"))
		evidence := "step/" + string(step) + "/evidence"
		if err := s.Translate(ctx, translator, id, 1, "th", map[string]string{"title": "การห้าม", "words": "หยุดการห้าม", evidence: "อ่านแล้ว"}); err != nil {
			t.Fatal(err)
		}
		same("put into Thai", phrase.Lack{Of: 5, Missing: 2}, lacks(t, s, id, "th"))
		r, _ := reworded(t, s, id, "th")
		r.Words = sala.Text{"en": "Stop every ban", "th": "หยุดการห้าม"}
		if err := s.Change(ctx, editor, r); err != nil {
			t.Fatal(err)
		}
		same("said anew in English", []string{"words"}, behind(t, s, id, "th"))
		same("said anew in English", phrase.Lack{Of: 5, Missing: 2, Behind: 1}, lacks(t, s, id, "th"))
		same("English", phrase.Lack{Of: 5}, lacks(t, s, id, "en"))
		r, _ = reworded(t, s, id, "th")
		if err := s.Translate(ctx, contributor, id, r.Version, "th", nil, "words"); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("by a contributor: %v", err)
		}
		if _, ok := errors.AsType[*phrase.Overtaken](s.Translate(ctx, translator, id, 1, "th", nil, "words")); !ok {
			t.Error("right of what nobody has seen")
		}
		if err := s.Translate(ctx, translator, id, r.Version, "th", nil, "words"); err != nil {
			t.Fatal(err)
		}
		same("right as it is", phrase.Lack{Of: 5, Missing: 2}, lacks(t, s, id, "th"))
		if now, _ := reworded(t, s, id, "th"); now.Version != r.Version {
			t.Errorf("it has version %d, not %d", now.Version, r.Version)
		}
		// One that was merged into another is not there, and comes back.
		into := made(t, s, ask(t, "Stop the bans", "2019"))
		if err := s.Decide(ctx, editor, into, id, tracker.Merged); err != nil {
			t.Fatal(err)
		}
		all, err := s.Translated(ctx, translator)
		if err != nil || len(all.Rows) != 1 || all.Rows[0].ID != into {
			t.Errorf("%+v, %v", all, err)
		}
		if err := s.Part(ctx, editor, id); err != nil {
			t.Fatal(err)
		}
		same("parted", phrase.Lack{Of: 5, Missing: 2}, lacks(t, s, id, "th"))
		if err := s.Withdraw(ctx, editor, id, "wrong"); err != nil {
			t.Fatal(err)
		}
		if all, err = s.Translated(ctx, translator); err != nil || len(all.Rows) != 2 || !all.Rows[1].Off || all.Rows[0].Off {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// TestMeasureBehind is the same of what a measure counts.
func TestMeasureBehind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), open(d)
		id, err := s.SetMeasure(ctx, editor, tracker.Measure{What: sala.Text{"en": "Trainees", "th": "ผู้ฝึกงาน"}, Unit: sala.Text{"en": "people", "th": "คน"}})
		if err != nil {
			t.Fatal(err)
		}
		old := func() []string {
			t.Helper()
			_, all, err := s.MeasureWordings(ctx, translator, "th", "en")
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
		unit := "measure/" + string(id) + "/unit"
		if _, err := s.SetMeasure(ctx, editor, tracker.Measure{ID: id, What: sala.Text{"en": "Trainees", "th": "ผู้ฝึกงาน"}, Unit: sala.Text{"en": "persons", "th": "คน"}}); err != nil {
			t.Fatal(err)
		}
		if got := old(); !slices.Equal(got, []string{unit}) {
			t.Errorf("behind: %q", got)
		}
		if err := s.TranslateMeasures(ctx, translator, "th", map[string]sala.Text{unit: {"th": "คน", "en": "persons"}}, nil, unit); err != nil || len(old()) > 0 {
			t.Errorf("it is right, and behind: %v", err)
		}
	})
}

// TestTranslateReply says in other languages what was answered. What was sent
// stays, and whether it is shown.
func TestTranslateReply(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), open(d)
		id := made(t, s, ask(t, "Stop", "2018"))
		add := func(words string) (sala.ID, string) {
			t.Helper()
			reply, err := s.AddReply(ctx, editor, tracker.Reply{
				Recommendation: id, Said: sala.Text{"my": "ဝန်ကြီးဌာန"}, Day: day(t, "2026-05-01"), Words: sala.Text{"my": words, "en": "Officially in English"}, Original: "my",
			})
			if err != nil {
				t.Fatal(err)
			}
			return reply, "reply/" + string(reply) + "/words"
		}
		reply, words := add("စဉ်းစားနေသည်")
		refused, not := add("မဟုတ်")
		if err := s.Moderate(ctx, editor, refused, 1, false, "it is not from them"); err != nil {
			t.Fatal(err)
		}
		r, all := reworded(t, s, id, "th")
		if w := all[words]; w.Words != "" || !slices.Equal(w.Kept, []sala.Lang{"en", "my"}) || !w.Prose {
			t.Errorf("%+v", w)
		}
		if _, there := all[not]; there {
			t.Error("a reply that was refused is to be translated")
		}
		put := map[string]string{words: "กำลังพิจารณา", "reply/" + string(reply) + "/said": "กระทรวง"}
		if err := s.Translate(ctx, contributor, id, r.Version, "th", put); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("by a contributor: %v", err)
		}
		// One that waits can be translated, and waits on.
		if err := s.Translate(ctx, translator, id, r.Version, "th", put); err != nil {
			t.Fatal(err)
		}
		if shown, err := s.Replies(ctx, id); err != nil || len(shown) != 0 {
			t.Errorf("it is shown by being translated: %v, %v", shown, err)
		}
		if err := s.Moderate(ctx, editor, reply, 1, true, ""); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("approved what nobody has seen: %v", err)
		}
		if err := s.Moderate(ctx, editor, reply, 2, true, ""); err != nil {
			t.Fatal(err)
		}
		shown := func() tracker.Reply {
			t.Helper()
			all, err := s.Replies(ctx, id)
			if err != nil || len(all) != 1 {
				t.Fatalf("shown %+v, %v", all, err)
			}
			return all[0]
		}
		was := shown()
		if diff := cmp.Diff(sala.Text{"my": "စဉ်းစားနေသည်", "en": "Officially in English", "th": "กำลังพิจารณา"}, was.Words); diff != "" || was.Said["th"] != "กระทรวง" || was.Original != "my" {
			t.Errorf("%+v\n%s", was, diff)
		}
		// What was sent is nobody's to change, whichever language it was in.
		r, _ = reworded(t, s, id, "en")
		for _, lang := range []sala.Lang{"en", "my"} {
			for key, typed := range map[string]string{words: "We agree", not: "We agree"} {
				bad, ok := errors.AsType[sala.Invalid](s.Translate(ctx, editor, id, r.Version, lang, map[string]string{key: typed}))
				if !ok || bad[0].Field != key {
					t.Errorf("%s in %s: %v", key, lang, bad)
				}
			}
		}
		// A shown one stays on the page with a translation more, or less.
		if err := s.Translate(ctx, translator, id, r.Version, "th", map[string]string{words: "เห็นด้วย"}); err != nil {
			t.Fatal(err)
		}
		if got := shown(); got.Words["th"] != "เห็นด้วย" || got.Words["my"] != was.Words["my"] {
			t.Errorf("%+v", got)
		}
		if _, ok := errors.AsType[*phrase.Overtaken](s.Translate(ctx, translator, id, r.Version, "th", map[string]string{words: "รับทราบ"})); !ok {
			t.Error("a translation that nobody has seen was written over")
		}
		r, _ = reworded(t, s, id, "th")
		if err := s.Translate(ctx, translator, id, r.Version, "th", map[string]string{words: ""}); err != nil {
			t.Fatal(err)
		}
		if got := shown(); got.Words["th"] != "" || len(got.Words) != 2 {
			t.Errorf("%+v", got)
		}
		n, err := db.One[int](ctx, d, `SELECT COUNT(*) FROM tracker_reply_history WHERE reply = ?`, reply)
		if err != nil || n != 5 { // sent, translated, approved, said anew, taken away
			t.Errorf("%d states are remembered, %v", n, err)
		}
		if got := lacks(t, s, id, "th"); got != (phrase.Lack{Of: 3, Missing: 2}) {
			t.Errorf("it lacks %+v", got)
		}
	})
}
