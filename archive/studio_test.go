package archive_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
)

var second = sala.Actor{ID: "e2", Name: "Second", Role: sala.Editor}
var admin = sala.Actor{ID: "a", Name: "Admin", Role: sala.Admin}

func begun(t *testing.T, s *archive.Store, words string) sala.ID {
	t.Helper()
	w, err := s.CreateWork(t.Context(), editor, archive.Work{Kind: archive.Statement})
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.CreateEdition(t.Context(), editor, w, "en", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Revise(t.Context(), editor, e, 0, archive.Text{Title: "A title", Body: doc(words)}); err != nil {
		t.Fatal(err)
	}
	return e
}

// A hundred people write one text at once: each paragraph is in it at the end.
func TestParallelEditorsLoseNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		e := begun(t, s, "<p>Start.</p>")
		const people = 100
		var all sync.WaitGroup
		for n := range people {
			all.Go(func() {
				by := sala.Actor{ID: id("person", n), Name: fmt.Sprint("Person ", n), Role: sala.Translator}
				mine := doc(fmt.Sprintf("<p>Words of %d.</p>", n)).Blocks
				newest, err := s.NewestRevision(t.Context(), by, e)
				for err == nil {
					text := archive.Text{Title: "A title", Body: newest.Body}
					text.Body.Blocks = append(text.Body.Blocks[:len(text.Body.Blocks):len(text.Body.Blocks)], mine...)
					_, err = s.Revise(t.Context(), by, e, newest.Number, text)
					var c *archive.Conflict
					if !errors.As(err, &c) {
						break
					}
					newest, err = c.Theirs, nil
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		newest, err := s.NewestRevision(t.Context(), editor, e)
		if err != nil || newest.Number != people+1 || len(newest.Body.Blocks) != people+1 {
			t.Errorf("revision %d with %d paragraphs, %v", newest.Number, len(newest.Body.Blocks), err)
		}
		if breaks, err := s.CheckChains(t.Context()); err != nil || len(breaks) > 0 {
			t.Errorf("chains: %v, %v", breaks, err)
		}
	})
}

func TestDrafts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := archive.NewStore(d), t.Context()
		e := begun(t, s, "<p>Start.</p>")
		draft := archive.WorkingCopy{After: 1, Text: archive.Text{Title: "Mine", Body: doc("<p>Mine.</p>")}}
		saved, err := s.SaveDraft(ctx, editor, e, draft)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.SaveDraft(ctx, editor, e, draft); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("from a second window: %v", err)
		}
		draft.Saved = saved
		if _, err := s.SaveDraft(ctx, editor, e, draft); err != nil {
			t.Error(err)
		}
		if _, err := s.SaveDraft(ctx, second, e, archive.WorkingCopy{After: 1, Text: archive.Text{Title: "Theirs", Body: doc("<p>Theirs.</p>")}}); err != nil {
			t.Error(err)
		}
		if all, err := s.Drafts(ctx, editor, e); err != nil || len(all) != 2 {
			t.Errorf("%d working copies, %v", len(all), err)
		}
		if n, err := s.FinishDraft(ctx, second, e); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		_, err = s.FinishDraft(ctx, editor, e)
		var c *archive.Conflict
		if !errors.As(err, &c) || c.Mine.Title != "Mine" || c.Theirs.Title != "Theirs" {
			t.Errorf("conflict: %v", err)
		}
		if kept, err := s.Draft(ctx, editor, e); err != nil || kept.Body.Plain() != "Mine." {
			t.Errorf("after the conflict: %+v, %v", kept, err)
		}
		if n, err := s.Restore(ctx, editor, e, 2, 1, ""); n != 3 || err != nil {
			t.Error(n, err)
		}
		if c, err := s.Compare(ctx, editor, e, 1, 3); err != nil || c.Old.Body.Plain() != c.New.Body.Plain() {
			t.Errorf("restored: %v", err)
		}
	})
}

func TestScheduleAndRule(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2030, 1, 1, 8, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { return now }
		s, ctx, q := archive.NewStore(d), t.Context(), jobs.New(d)
		s.UseJobs(q)
		if err := s.NeedTwoPersons(ctx, admin, archive.Statement, true); err != nil {
			t.Fatal(err)
		}
		e := begun(t, s, "<p>Start.</p>")
		var bad sala.Invalid
		if err := s.Publish(ctx, editor, e); !errors.As(err, &bad) {
			t.Errorf("published unapproved: %v", err)
		}
		if err := s.Approve(ctx, second, e, 1, ""); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("approved a draft: %v", err)
		}
		if err := s.Submit(ctx, editor, e, ""); err != nil {
			t.Fatal(err)
		}
		if err := s.Approve(ctx, editor, e, 1, ""); !errors.As(err, &bad) {
			t.Errorf("approved by its author: %v", err)
		}
		if err := s.Approve(ctx, translator, e, 1, ""); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("approved by a translator: %v", err)
		}
		if err := s.Approve(ctx, second, e, 1, "good"); err != nil {
			t.Fatal(err)
		}
		due := now.Add(time.Hour)
		if err := s.Schedule(ctx, editor, e, due); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Revise(ctx, editor, e, 1, archive.Text{Title: "Slipped", Body: doc("<p>Slipped.</p>"), Note: "n"}); err != nil {
			t.Fatal(err)
		}
		now = due.Add(-time.Second)
		if n, err := q.RunDue(ctx); n != 0 || err != nil {
			t.Errorf("%d jobs ran before the minute, %v", n, err)
		}
		if _, err := s.Edition(ctx, e); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("before the minute: %v", err)
		}
		now = due
		if n, err := q.RunDue(ctx); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		got, err := s.Edition(ctx, e)
		if err != nil || got.Body.Plain() != "Start." || got.Live != 1 || got.Slug != "a-title" || got.Year != 2030 || got.Version != 1 {
			t.Errorf("went out: %+v, %v", got, err)
		}
		if err := s.PublishDue(ctx, e); err != nil {
			t.Error(err)
		}
		if got, err := s.Edition(ctx, e); err != nil || got.Version != 1 {
			t.Errorf("ran twice: version %d, %v", got.Version, err)
		}
	})
}

func TestGuestMayOnlyWriteTheOneEdition(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2030, 1, 1, 8, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { return now }
		s, ctx := archive.NewStore(d), t.Context()
		source, other := begun(t, s, "<p>Start.</p>"), begun(t, s, "<p>Other.</p>")
		w, err := s.NewestRevision(ctx, editor, source)
		if err != nil {
			t.Fatal(err)
		}
		work, err := db.One[sala.ID](ctx, d, `SELECT work FROM archive_edition WHERE id = ?`, source)
		if err != nil {
			t.Fatal(err)
		}
		th, err := s.CreateEdition(ctx, editor, work, "th", source)
		if err != nil {
			t.Fatal(err)
		}
		link, token, err := s.Invite(ctx, editor, th, "Guest", now.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		guest, err := s.Guest(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		if src, err := s.Source(ctx, guest, th); err != nil || src.Hash != w.Hash {
			t.Errorf("the source: %v", err)
		}
		text := archive.Text{Title: "ชื่อ", Body: doc("<p>คำ</p>"), SourceRev: 1}
		if _, err := s.SaveDraft(ctx, guest, th, archive.WorkingCopy{Text: text}); err != nil {
			t.Error(err)
		}
		if n, err := s.FinishDraft(ctx, guest, th); n != 1 || err != nil {
			t.Error(n, err)
		}
		for what, do := range map[string]func() error{
			"revise another":  func() error { _, err := s.Revise(ctx, guest, other, 1, text); return err },
			"revise source":   func() error { _, err := s.Revise(ctx, guest, source, 1, text); return err },
			"read another":    func() error { _, err := s.NewestRevision(ctx, guest, other); return err },
			"submit another":  func() error { return s.Submit(ctx, guest, other, "") },
			"approve":         func() error { return s.Approve(ctx, guest, th, 1, "") },
			"list a work":     func() error { _, err := s.TranslationsOf(ctx, guest, work); return err },
			"read a source":   func() error { _, err := s.SourceRevision(ctx, guest, other, 1); return err },
			"see the matrix":  func() error { _, err := s.Matrix(ctx, guest, archive.MatrixFilter{}); return err },
			"publish":         func() error { return s.Publish(ctx, guest, th) },
			"invite":          func() error { _, _, err := s.Invite(ctx, guest, th, "x", now.Add(time.Minute)); return err },
			"make a work":     func() error { _, err := s.CreateWork(ctx, guest, archive.Work{Kind: archive.News}); return err },
			"say up to date":  func() error { return s.UpToDate(ctx, guest, th, source, 1) },
			"relate, import…": func() error { return s.Revoke(ctx, guest, link.ID) },
		} {
			if err := do(); !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("a guest may %s: %v", what, err)
			}
		}
		if err := s.Submit(ctx, guest, th, "done"); err != nil {
			t.Errorf("a guest hands in: %v", err)
		}
		if err := s.Revoke(ctx, editor, link.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Guest(ctx, token); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("revoked: %v", err)
		}
		if _, err := s.Revise(ctx, guest, th, 1, text); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("an actor kept from before may still write: %v", err)
		}
	})
}
