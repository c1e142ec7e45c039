package archive_test

import (
	"errors"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

var contributor = sala.Actor{ID: "c", Name: "Contributor", Role: sala.Contributor}

func desk(t *testing.T, s *archive.Store, by sala.Actor, f archive.DeskFilter) []string {
	t.Helper()
	var titles []string
	for {
		list, err := s.Desk(t.Context(), by, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range list.Works {
			titles = append(titles, w.Editions[0].Title)
		}
		if f.Before = list.Next; list.Next == "" {
			if list.Total != len(titles) {
				t.Errorf("%+v: total %d of %d", f, list.Total, len(titles))
			}
			return titles
		}
	}
}

func TestDesk(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := archive.NewStore(d), t.Context()
		begin := func(by sala.Actor, kind archive.Kind, lang sala.Lang, title string) (sala.ID, sala.ID) {
			w, e, err := s.Begin(ctx, by, kind, lang, title)
			if err != nil {
				t.Fatal(err)
			}
			return w, e
		}
		_, own := begin(contributor, archive.News, "th", "Wages in 100% of camps")
		_, out := begin(editor, archive.Statement, "en", "A Statement on wages")
		begin(editor, archive.Page, "en", "About us")
		if err := s.Publish(ctx, editor, out); !errors.As(err, new(sala.Invalid)) {
			t.Errorf("published without a text: %v", err)
		}
		for by, e := range map[*sala.Actor]sala.ID{&contributor: own, &editor: out} {
			if _, err := s.Revise(ctx, *by, e, 0, archive.Text{Title: map[sala.ID]string{own: "Wages in 100% of camps", out: "A Statement on wages"}[e], Body: doc("<p>Words.</p>")}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Publish(ctx, editor, out); err != nil {
			t.Fatal(err)
		}
		if err := s.Submit(ctx, contributor, own, ""); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name string
			by   sala.Actor
			f    archive.DeskFilter
			want []string
		}{
			{"everything", editor, archive.DeskFilter{Limit: 1}, []string{"About us", "A Statement on wages", "Wages in 100% of camps"}},
			{"a contributor's own", contributor, archive.DeskFilter{}, []string{"Wages in 100% of camps"}},
			{"kind", translator, archive.DeskFilter{Kind: archive.Page}, []string{"About us"}},
			{"language", translator, archive.DeskFilter{Lang: "th"}, []string{"Wages in 100% of camps"}},
			{"in review", editor, archive.DeskFilter{State: archive.IsInReview}, []string{"Wages in 100% of camps"}},
			{"in review in English", editor, archive.DeskFilter{State: archive.IsInReview, Lang: "en"}, nil},
			{"published", editor, archive.DeskFilter{State: archive.IsPublished}, []string{"A Statement on wages"}},
			{"drafts", editor, archive.DeskFilter{State: archive.IsDraft}, []string{"About us"}},
			{"title", editor, archive.DeskFilter{Title: "wages STATEMENT"}, []string{"A Statement on wages"}},
			{"no wildcards", editor, archive.DeskFilter{Title: "100%"}, []string{"Wages in 100% of camps"}},
			{"mine", contributor, archive.DeskFilter{Mine: true}, []string{"Wages in 100% of camps"}},
			{"not mine", translator, archive.DeskFilter{Mine: true}, nil},
		} {
			got := desk(t, s, tt.by, tt.f)
			if len(got) != len(tt.want) {
				t.Errorf("%s: %q", tt.name, got)
				continue
			}
			seen := map[string]bool{}
			for _, title := range got {
				seen[title] = true
			}
			for _, title := range tt.want {
				if !seen[title] {
					t.Errorf("%s: %q lacks %q", tt.name, got, title)
				}
			}
		}
		if n, err := s.Waiting(ctx, translator); n.Review != 1 || n.Works != 3 || n.Scheduled != 0 || err != nil {
			t.Errorf("waiting: %+v, %v", n, err)
		}
		if n, err := s.Waiting(ctx, contributor); n != (archive.Waiting{Works: 1}) || err != nil {
			t.Errorf("waiting for a contributor: %+v, %v", n, err)
		}
		second, _ := begin(contributor, archive.News, "en", "Fees")
		translated := contributor
		translated.Role = sala.Translator // once; of two editions it is one work
		if _, err := s.CreateEdition(ctx, translated, second, "th", ""); err != nil {
			t.Fatal(err)
		}
		if err := s.Approve(ctx, editor, own, 1, ""); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Waiting(ctx, translator); n != (archive.Waiting{Works: 4, Approved: 1}) || err != nil {
			t.Errorf("waiting after more was done: %+v, %v", n, err)
		}
		stranger := sala.Actor{ID: sala.NewID(), Name: "Somebody else", Role: sala.Contributor}
		for by, works := range map[*sala.Actor]int{&contributor: 2, &stranger: 0} {
			if n, err := s.Waiting(ctx, *by); n != (archive.Waiting{Works: works}) || err != nil {
				t.Errorf("waiting for %s: %+v, %v; want %d works", by.Name, n, err, works)
			}
		}
		if _, err := s.Desk(ctx, sala.Actor{}, archive.DeskFilter{}); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a reader: %v", err)
		}
		if _, err := s.Desk(ctx, editor, archive.DeskFilter{State: "lost"}); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("no such state: %v", err)
		}
	})
}

// TestNoText: what a form sends unseen is not stored, and no title is made of it.
func TestNoText(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := archive.NewStore(d), t.Context()
		work, e, err := s.Begin(ctx, contributor, archive.News, "en", "Wa\x00ges")
		if err != nil {
			t.Fatal(err)
		}
		text := archive.Text{Title: "Wa\x00ges\ufdd2", Summary: "\xffof\vboats", Note: "\x1bn", Body: doc("<p>Words.</p>")}
		if _, err := s.SaveDraft(ctx, contributor, e, archive.WorkingCopy{Text: text}); err != nil {
			t.Fatal(err)
		}
		n, err := s.FinishDraft(ctx, contributor, e)
		if err != nil {
			t.Fatal(err)
		}
		if n, err = s.Revise(ctx, contributor, e, n, text); err != nil {
			t.Fatal(err)
		}
		for ; n > 0; n-- {
			r, err := s.Revision(ctx, contributor, e, n)
			if err != nil || r.Title != "Wages" || r.Summary != "ofboats" || r.Note != "n" {
				t.Errorf("revision %d: %q, %q, %q, %v", n, r.Title, r.Summary, r.Note, err)
			}
		}
		w, err := s.DeskWork(ctx, contributor, work)
		if err != nil {
			t.Fatal(err)
		}
		w.Place, w.Contacts = "Mae\x00 Sot", []archive.Contact{{Name: "\x00"}, {Name: "Su\x00"}}
		if err := s.Describe(ctx, contributor, w.Changed, w); err != nil {
			t.Fatal(err)
		}
		if w, err = s.DeskWork(ctx, contributor, work); err != nil || w.Place != "Mae Sot" || len(w.Contacts) != 1 || w.Contacts[0].Name != "Su" {
			t.Errorf("%q, %+v, %v", w.Place, w.Contacts, err)
		}
		if _, err := s.Revise(ctx, contributor, e, 2, archive.Text{Title: "\x00", Body: text.Body}); !errors.As(err, new(sala.Invalid)) {
			t.Errorf("a title that cannot be seen: %v", err)
		}
	})
}

func TestDescribe(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := archive.NewStore(d), t.Context()
		id, e, err := s.Begin(ctx, contributor, archive.Invitation, "en", "A meeting")
		if err != nil {
			t.Fatal(err)
		}
		w, err := s.DeskWork(ctx, contributor, id)
		if err != nil {
			t.Fatal(err)
		}
		was := w.Changed
		w.Held = sala.Span{From: sala.Day{Year: 2019, Month: 3}, To: sala.Day{Year: 2019, Month: 4}}
		w.Place, w.Country = " Mae Sot ", "TH"
		w.Contacts = []archive.Contact{{}, {Name: "Ma Hnin", Phone: "+66 1", Langs: []sala.Lang{"my", "en"}, Until: sala.Day{Year: 2019, Month: 12, Day: 31}}}
		if err := s.Describe(ctx, translator, was, w); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("somebody else's: %v", err)
		}
		if err := s.Describe(ctx, contributor, was, w); err != nil {
			t.Fatal(err)
		}
		if err := s.Describe(ctx, editor, was, w); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("from an old form: %v", err)
		}
		w, err = s.DeskWork(ctx, editor, id)
		if err != nil || w.Place != "Mae Sot" || w.Country != "th" || w.Held.From.String() != "2019-03" || w.Listed.String() != "2019-04" || len(w.Contacts) != 1 || len(w.Contacts[0].Langs) != 2 {
			t.Errorf("%+v, %v", w, err)
		}
		bad := w
		bad.Kind, bad.Country, bad.Parent, bad.Terms = "poem", "Thailand", id, []sala.ID{sala.NewID()}
		bad.Held = sala.Span{From: sala.Day{Year: 2020}, To: sala.Day{Year: 2019}}
		bad.Contacts = []archive.Contact{{Phone: "1"}}
		var wrong sala.Invalid
		if err := s.Describe(ctx, editor, w.Changed, bad); !errors.As(err, &wrong) || len(wrong) != 6 {
			t.Errorf("%d faults: %v", len(wrong), err)
		}
		if _, err := s.Revise(ctx, contributor, e, 0, archive.Text{Title: "A meeting", Body: doc("<p>Come.</p>")}); err != nil {
			t.Fatal(err)
		}
		if err := s.Publish(ctx, editor, e); err != nil {
			t.Fatal(err)
		}
		if w, err = s.DeskWork(ctx, editor, id); err != nil {
			t.Fatal(err)
		}
		if err := s.Describe(ctx, contributor, w.Changed, w); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a contributor, once it is out: %v", err)
		}
		w.Kind = archive.Page
		if err := s.Describe(ctx, editor, w.Changed, w); !errors.As(err, &wrong) || wrong[0].Key != "work.kind_page" {
			t.Errorf("made a page: %v", err)
		}
	})
}

func TestChangeSlug(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		d.Clock = func() time.Time { return time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC) }
		s, ctx := archive.NewStore(d), t.Context()
		e := begun(t, s, "<p>One.</p>")
		var wrong sala.Invalid
		if err := s.ChangeSlug(ctx, editor, e, "", "new"); !errors.As(err, &wrong) || wrong[0].Key != "work.slug_early" {
			t.Errorf("before it is out: %v", err)
		}
		if err := s.Publish(ctx, editor, e); err != nil {
			t.Fatal(err)
		}
		if err := s.ChangeSlug(ctx, translator, e, "a-title", "new"); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a translator: %v", err)
		}
		if err := s.ChangeSlug(ctx, editor, e, "a-title", "ค่าจ้าง New!"); err != nil {
			t.Fatal(err)
		}
		if err := s.ChangeSlug(ctx, editor, e, "a-title", "other"); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("from an old form: %v", err)
		}
		if _, _, err := s.WorkByAddress(ctx, "en", 2031, "ค่าจ้าง-new"); err != nil {
			t.Error(err)
		}
		w, err := s.Edition(ctx, e)
		if err != nil {
			t.Fatal(err)
		}
		if to, err := s.Redirect(ctx, archive.OldKey("/en/2031/a-title")); err != nil || to.Ref.ID != w.Work || to.Lang != "en" {
			t.Errorf("the old address: %+v, %v", to, err)
		}
		// What was given up is nobody else's, neither by title nor by hand.
		other := begun(t, s, "<p>Two.</p>")
		if err := s.Publish(ctx, editor, other); err != nil {
			t.Fatal(err)
		}
		o, err := s.Edition(ctx, other)
		if err != nil || o.Slug != "a-title-2" {
			t.Errorf("%q, %v", o.Slug, err)
		}
		for _, slug := range []string{"a-title", "ค่าจ้าง-new"} {
			if err := s.ChangeSlug(ctx, editor, other, "a-title-2", slug); !errors.As(err, &wrong) || wrong[0].Key != "work.slug_taken" {
				t.Errorf("took %s: %v", slug, err)
			}
		}
		if err := s.ChangeSlug(ctx, editor, e, "ค่าจ้าง-new", "a-title"); err != nil {
			t.Errorf("back again: %v", err)
		}
	})
}
