package archive_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/richtext"
)

var translator = sala.Actor{ID: "t", Name: "Translator", Role: sala.Translator}

// aWork is a statement in English with translations, each of three passages.
func aWork(t *testing.T, d *db.DB, s *archive.Store, langs ...sala.Lang) (source sala.ID, translations []sala.ID) {
	t.Helper()
	source = id("edition", 1)
	put(t, d, s, an(1, func(in *archive.Incoming) {
		in.Edition.Body = doc("<p>Nobody pays to work.</p><ul><li>Passports are returned.</li></ul><p>We ask the ministry to act.</p>")
	}))
	for i, lang := range langs {
		edition := id("translation", i)
		translations = append(translations, edition)
		put(t, d, s, an(1, func(in *archive.Incoming) {
			in.Edition.ID, in.Edition.Lang, in.Edition.Source = edition, lang, source
			in.Edition.Title = "Title " + string(lang)
			in.Edition.Body = doc(fmt.Sprintf("<p>%s first.</p><ul><li>%[1]s second.</li></ul><p>%[1]s third.</p>", lang))
		}))
	}
	return source, translations
}

// change revises and publishes an edition's newest text.
func change(t *testing.T, s *archive.Store, edition sala.ID, f func(*archive.Text)) {
	t.Helper()
	rev, err := s.NewestRevision(t.Context(), editor, edition)
	if err != nil {
		t.Fatal(err)
	}
	text := archive.Text{Title: rev.Title, Summary: rev.Summary, Body: rev.Body, Note: "because"}
	f(&text)
	if _, err := s.Revise(t.Context(), editor, edition, rev.Number, text); err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(t.Context(), editor, edition); err != nil {
		t.Fatal(err)
	}
}

func TestOneSentenceChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		ctx := t.Context()
		source, translations := aWork(t, d, s, "my", "th", "km")
		for _, e := range translations {
			st, err := s.Staleness(ctx, e)
			if err != nil || st.Count() != 0 {
				t.Fatalf("just imported: %+v, %v", st, err)
			}
			b, err := s.Basis(ctx, e)
			if err != nil || b.Source.ID != source || b.Version != 1 || b.Revision != 1 {
				t.Errorf("made from %+v, %v", b, err)
			}
		}
		if _, err := s.Basis(ctx, source); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("the original was made from something: %v", err)
		}
		var item string // the changed block of the source
		change(t, s, source, func(text *archive.Text) {
			block := &text.Body.Blocks[1].Content[0].Content[0]
			block.Content[0].Text = "Passports are returned at once."
			item = block.Attrs.ID
		})
		for _, e := range translations {
			st, err := s.Staleness(ctx, e)
			if err != nil || len(st.Passages) != 1 || st.Title || st.From != 1 || st.Now != 2 {
				t.Fatalf("%+v, %v, want one passage", st, err)
			}
			p := st.Passages[0]
			edition, err := s.Edition(ctx, e)
			if err != nil {
				t.Fatal(err)
			}
			own := edition.Body.Blocks[1].Content[0].Content[0].Attrs.ID
			if p.Op != richtext.Changed || p.Block != item || p.Target != own || p.Ground != richtext.ByOrder {
				t.Errorf("%s: %+v, want %s changed, said by %s", edition.Lang, p, item, own)
			}
			if edition.Stale != 1 || edition.Behind != 1 {
				t.Errorf("%s: stale %d, behind %d", edition.Lang, edition.Stale, edition.Behind)
			}
		}
		stale, err := s.Stale(ctx)
		if err != nil || len(stale) != 3 || stale[0].Passages != 1 || stale[0].From != "en" {
			t.Errorf("stale = %+v, %v", stale, err)
		}
		if old, err := s.Version(ctx, translations[0], 1); err != nil || !strings.HasPrefix(old.Body.Plain(), "my first") {
			t.Errorf("the version page: %v, %v", old.Body.Plain(), err)
		}
	})
}

func TestWhatMakesStale(t *testing.T) {
	for _, test := range []struct {
		name   string
		f      func(*archive.Text)
		count  int
		target bool
	}{
		{"another order", func(x *archive.Text) {
			x.Body.Blocks[0], x.Body.Blocks[2] = x.Body.Blocks[2], x.Body.Blocks[0]
		}, 0, false},
		{"only emphasis", func(x *archive.Text) {
			x.Body.Blocks[0].Content[0].Marks = []richtext.Mark{{Type: richtext.Strong}}
		}, 0, false},
		{"a block added", func(x *archive.Text) {
			x.Body.Blocks = append(x.Body.Blocks, doc("<p>And soon.</p>").Blocks...)
		}, 1, false},
		{"a block removed", func(x *archive.Text) { x.Body.Blocks = x.Body.Blocks[:2] }, 1, true},
		{"the title", func(x *archive.Text) { x.Title = "Another title" }, 1, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				s := archive.NewStore(d)
				source, translations := aWork(t, d, s, "th")
				change(t, s, source, test.f)
				st, err := s.Staleness(t.Context(), translations[0])
				if err != nil || st.Count() != test.count {
					t.Fatalf("%+v, %v, want %d", st, err, test.count)
				}
				if e, err := s.Edition(t.Context(), translations[0]); err != nil || e.Stale != test.count {
					t.Errorf("stale = %d, %v", e.Stale, err)
				}
				if len(st.Passages) > 0 && (st.Passages[0].Target != "") != test.target {
					t.Errorf("target = %q", st.Passages[0].Target)
				}
			})
		})
	}
}

func TestBroughtUpToDate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		ctx := t.Context()
		source, translations := aWork(t, d, s, "th", "my")
		th, my := translations[0], translations[1]
		correct := func(words string) {
			change(t, s, source, func(x *archive.Text) { x.Body.Blocks[0].Content[0].Text = words })
		}
		stale := func(e sala.ID, stale, behind int) {
			t.Helper()
			got, err := s.Edition(ctx, e)
			if err != nil || got.Stale != stale || got.Behind != behind {
				t.Errorf("stale %d, behind %d, %v, want %d and %d", got.Stale, got.Behind, err, stale, behind)
			}
		}
		correct("Nobody pays to work abroad.")
		stale(th, 1, 1)

		// A revision that says the new text clears the editors' list at once, and
		// the readers' notice when it goes out.
		rev, err := s.NewestRevision(ctx, translator, th)
		if err != nil {
			t.Fatal(err)
		}
		rev.Body.Blocks[0].Content[0].Text = "th first, anew."
		text := archive.Text{Title: rev.Title, Body: rev.Body, Note: "brought up to date", SourceRev: 2}
		if _, err := s.Revise(ctx, translator, th, rev.Number, text); err != nil {
			t.Fatal(err)
		}
		stale(th, 1, 0)
		if err := s.Publish(ctx, editor, th); err != nil {
			t.Fatal(err)
		}
		stale(th, 0, 0)
		if b, err := s.Basis(ctx, th); err != nil || b.Version != 2 {
			t.Errorf("made from %+v, %v", b, err)
		}

		// Who has looked may say so without a new text.
		stale(my, 1, 1)
		if err := s.UpToDate(ctx, translator, my, source, 2); err != nil {
			t.Fatal(err)
		}
		stale(my, 0, 0)

		// A revision of the source that is not public is the editors' matter only.
		newest, err := s.NewestRevision(ctx, editor, source)
		if err != nil {
			t.Fatal(err)
		}
		newest.Body.Blocks[2].Content[0].Text = "We ask both ministries to act."
		if _, err := s.Revise(ctx, editor, source, 2, archive.Text{Title: newest.Title, Body: newest.Body, Note: "n"}); err != nil {
			t.Fatal(err)
		}
		stale(my, 0, 1)
		if st, err := s.Staleness(ctx, my); err != nil || st.Count() != 0 {
			t.Errorf("readers learn of a draft: %+v, %v", st, err)
		}
		st, diff, err := s.Behind(ctx, translator, my)
		if err != nil || st.Count() != 1 || len(diff.Changes) != 3 {
			t.Errorf("behind: %+v, %d changes, %v", st, len(diff.Changes), err)
		}
		if err := s.Withdraw(ctx, editor, source, "names a minor"); err != nil {
			t.Fatal(err)
		}
		stale(my, 0, 1)
		for _, e := range translations {
			if _, err := s.Staleness(ctx, e); !errors.Is(err, sala.ErrNotFound) {
				t.Errorf("the source is withdrawn, yet %v", err)
			}
		}
		if all, err := s.Stale(ctx); err != nil || len(all) != 0 {
			t.Errorf("stale = %v, %v", all, err)
		}

		for _, wrong := range []struct {
			by           sala.Actor
			edition, src sala.ID
			rev          int
			want         string
		}{
			{reader, my, source, 2, "forbidden"},
			{translator, my, source, 9, "source_rev"},
			{translator, my, my, 1, "own translation"},
			{translator, source, my, 1, "own translation"},
			{translator, my, id("edition", 99), 1, "not found"},
		} {
			if err := s.UpToDate(ctx, wrong.by, wrong.edition, wrong.src, wrong.rev); err == nil || !strings.Contains(err.Error(), wrong.want) {
				t.Errorf("UpToDate(%s, %s, %d) = %v, want %q", wrong.edition, wrong.src, wrong.rev, err, wrong.want)
			}
		}
	})
}

// An import that brings the translation before its source, and a source that
// was corrected where it came from.
func TestImportedTranslations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		ctx := t.Context()
		translation := an(1, func(in *archive.Incoming) {
			in.Edition.ID, in.Edition.Lang, in.Edition.Source = id("th", 1), "th", id("edition", 1)
		})
		source := an(1, nil)
		corrected := doc("<p>Better words.</p>")
		source.Corrections = []archive.Correction{{
			Text: archive.Text{Title: source.Edition.Title, Body: corrected, Note: "A word was wrong."},
			At:   time.Date(2019, 3, 1, 0, 0, 0, 0, time.UTC),
		}}
		put(t, d, s, translation, source)
		check := func() {
			t.Helper()
			e, err := s.Edition(ctx, id("th", 1))
			if err != nil || e.Stale != 1 {
				t.Errorf("stale = %d, %v, want 1", e.Stale, err)
			}
			src, err := s.Edition(ctx, id("edition", 1))
			if err != nil || src.Version != 2 || src.Correction != "A word was wrong." || src.Changed.Month() != 3 || src.Published.Month() != 1 {
				t.Errorf("the source: %+v, %v", src, err)
			}
		}
		check()
		put(t, d, s, source, translation) // again: nothing changes
		check()
	})
}
