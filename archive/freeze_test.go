package archive_test

import (
	"errors"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
)

// A frozen text takes no other, by no way that a text can come by, until it is
// taken up again with a reason.
func TestFreeze(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := archive.NewStore(d), t.Context()
		s.UseJobs(jobs.New(d))
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		refused := func(what string, err error) {
			t.Helper()
			bad, ok := errors.AsType[sala.Invalid](err)
			if !ok || bad[0].Key != "work.frozen" {
				t.Errorf("%s: %v", what, err)
			}
		}
		freeze := func(edition sala.ID, revision int) error {
			return d.Tx(ctx, func(tx *db.Tx) error { return s.Freeze(ctx, tx, contributor, edition, revision) })
		}
		text := func(words string) archive.Text {
			return archive.Text{Title: "Joint statement", Body: doc("<p>" + words + "</p>")}
		}
		work, e, err := s.Begin(ctx, editor, archive.Statement, "en", "Joint statement")
		must(err)
		if err := freeze(e, 0); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a text that is not written is frozen: %v", err)
		}
		_, err = s.Revise(ctx, editor, e, 0, text("We ask for a fair wage."))
		must(err)
		must(s.Schedule(ctx, editor, e, d.Now().Add(time.Hour)))
		_, err = s.Revise(ctx, editor, e, 1, text("We ask for a fair wage, paid."))
		must(err)
		if err := freeze(e, 1); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a text with a newer one is frozen: %v", err)
		}
		must(freeze(e, 2))
		must(freeze(e, 2))
		if n, err := s.Frozen(ctx, editor, e); n != 2 || err != nil {
			t.Errorf("Frozen = %d, %v", n, err)
		}

		_, err = s.Revise(ctx, editor, e, 2, text("Something else."))
		refused("revise", err)
		_, err = s.Restore(ctx, editor, e, 2, 1, "")
		refused("restore", err)
		_, err = s.SaveDraft(ctx, editor, e, archive.WorkingCopy{After: 2, Text: text("Mine.")})
		must(err)
		_, err = s.FinishDraft(ctx, editor, e)
		refused("finish a working copy", err)
		if kept, err := s.Draft(ctx, editor, e); err != nil || kept.Body.Plain() != "Mine." {
			t.Errorf("the working copy is lost: %v", err)
		}
		must(d.Tx(ctx, func(tx *db.Tx) error {
			in := archive.Incoming{Work: archive.Work{ID: work, Kind: archive.Statement}, Edition: archive.Edition{ID: e, Lang: "en", Title: "Imported", Body: doc("<p>Imported.</p>")}}
			outcome, err := s.Import(ctx, tx, sala.Actor{Name: editor.Name, Role: sala.Admin}, in)
			if outcome != archive.Kept {
				t.Errorf("an import gives it another text: %v", outcome)
			}
			return err
		}))
		// The older text that was scheduled does not go out under it.
		d.Clock = func() time.Time { return time.Now().Add(2 * time.Hour) }
		must(s.PublishDue(ctx, e))
		if _, err := s.Work(ctx, work); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("what nobody signed went out: %v", err)
		}
		must(s.Publish(ctx, editor, e))
		must(s.Withdraw(ctx, editor, e, "a test"))
		must(s.Publish(ctx, editor, e))

		// A translation has a life of its own.
		th, err := s.CreateEdition(ctx, editor, work, "th", e)
		must(err)
		_, err = s.Revise(ctx, editor, th, 0, text("เราขอ"))
		must(err)
		_, err = s.Revise(ctx, editor, th, 1, text("เราขอค่าจ้าง"))
		must(err)

		lift := func(by sala.Actor, reason string) error {
			return d.Tx(ctx, func(tx *db.Tx) error { return s.Unfreeze(ctx, tx, by, e, reason) })
		}
		if err := lift(contributor, "I want to"); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a contributor takes a signed text up: %v", err)
		}
		if err := lift(editor, " "); !errors.As(err, new(sala.Invalid)) {
			t.Errorf("without a reason: %v", err)
		}
		must(lift(editor, "A figure was wrong."))
		if err := lift(editor, "Again."); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("what is not frozen: %v", err)
		}
		steps, err := s.Steps(ctx, editor, e)
		must(err)
		if steps[0].What != archive.StepUnfrozen || steps[0].Note != "A figure was wrong." || steps[0].Revision != 2 {
			t.Errorf("the reason is not among the steps: %+v", steps[0])
		}
		fixed := text("We ask for a fair wage, paid in time.")
		fixed.Note = "A figure was wrong."
		_, err = s.Revise(ctx, editor, e, 2, fixed)
		must(err)
	})
}
