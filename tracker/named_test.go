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

// TestTranslateNames gives the names of documents in other languages, wherever
// they are cited, and makes no other documents of them.
func TestTranslateNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := t.Context(), open(d)
		paper := tracker.Source{Name: sala.Text{"en": "The Yangon Statement"}}
		r := ask(t, "Stop the ban", "2018")
		r.Source, r.Number = paper, "4"
		id := made(t, s, r)
		if _, err := s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Adopted, Day: day(t, "2020"), Source: tracker.Source{Name: sala.Text{"th": "ประกาศ"}, Address: "https://example.org/"}}); err != nil {
			t.Fatal(err)
		}
		for words, shown := range map[string]bool{"Shown letter": true, "Canaryletter": false} {
			reply, err := s.AddReply(ctx, editor, tracker.Reply{Recommendation: id, Organisation: ministry, Day: day(t, "2026-05-01"), Words: sala.Text{"en": "No"}, Source: tracker.Source{Name: sala.Text{"en": words}}})
			if err == nil && shown {
				err = s.Moderate(ctx, editor, reply, 1, true, "")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		wordings := func(lang sala.Lang) map[string]phrase.Wording {
			t.Helper()
			list, err := s.NameWordings(ctx, translator, lang, "en")
			if err != nil {
				t.Fatal(err)
			}
			all := map[string]phrase.Wording{}
			for _, w := range list {
				name := w.Source
				if name == "" {
					name = w.Words
				}
				all[name] = w
			}
			return all
		}
		all := wordings("th")
		statement := all["The Yangon Statement"]
		if len(all) != 3 || statement.Words != "" || !slices.Equal(statement.Kept, []sala.Lang{"en"}) || !all["ประกาศ"].Fixed("th") || all["Shown letter"].Key == "" {
			t.Fatalf("%+v", all)
		}
		if _, err := s.NameWordings(ctx, contributor, "th"); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("for a contributor: %v", err)
		}
		looked := map[string]sala.Text{statement.Key: {"th": "", "en": "The Yangon Statement"}}
		words := map[string]string{statement.Key: "แถลงการณ์ย่างกุ้ง"}
		if err := s.TranslateNames(ctx, contributor, "th", looked, words); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("by a contributor: %v", err)
		}
		if err := s.TranslateNames(ctx, translator, "th", looked, words); err != nil {
			t.Fatal(err)
		}
		name := func() sala.Text {
			t.Helper()
			names, err := s.DocumentNames(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return names.Of(tracker.Source{Name: sala.Text{"en": "the  yangon STATEMENT"}})
		}
		if diff := cmp.Diff(sala.Text{"en": "the  yangon STATEMENT", "th": "แถลงการณ์ย่างกุ้ง"}, name()); diff != "" {
			t.Error(diff)
		}
		// It is the same document as before, and nothing that cites it has changed.
		docs, err := s.AllDocuments(ctx, editor)
		if err != nil || len(docs) != 1 {
			t.Fatalf("%+v, %v", docs, err)
		}
		if again, err := s.Renumber(ctx, editor, paper, []tracker.Numbered{{Recommendation: id, Number: "5"}}); err != nil || again != docs[0].ID {
			t.Errorf("it is another document now: %v", err)
		}
		if got := public(t, s, id); len(got.Source.Name) != 1 {
			t.Errorf("%+v", got.Source)
		}
		for lang, typed := range map[sala.Lang]string{"en": "Another", "my": "\x00", "x-": "x"} {
			looked := map[string]sala.Text{statement.Key: {"en": "The Yangon Statement"}}
			if _, ok := errors.AsType[sala.Invalid](s.TranslateNames(ctx, translator, lang, looked, map[string]string{statement.Key: typed})); !ok {
				t.Errorf("%q was taken in %s", typed, lang)
			}
		}
		if _, ok := errors.AsType[*phrase.Overtaken](s.TranslateNames(ctx, translator, "th", looked, map[string]string{statement.Key: "แถลงการณ์"})); !ok {
			t.Error("a name that nobody has seen was written over")
		}
		looked[statement.Key]["th"] = "แถลงการณ์ย่างกุ้ง"
		if err := s.TranslateNames(ctx, translator, "th", looked, map[string]string{statement.Key: ""}); err != nil || len(name()) != 1 {
			t.Errorf("taken away: %v, %v", name(), err)
		}
	})
}
