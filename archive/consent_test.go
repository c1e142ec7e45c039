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

// key is the message key of the first field an error is about.
func key(err error) string {
	if bad, ok := errors.AsType[sala.Invalid](err); ok {
		return bad[0].Key
	}
	return ""
}

func TestConsentOfTestimony(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { return now }
		s, q := archive.NewStore(d), jobs.New(d)
		s.UseJobs(q)
		e := begun(t, s, "<p>My story.</p>")
		x, err := s.Translation(ctx, editor, e)
		if err != nil {
			t.Fatal(err)
		}
		work := x.Edition.Work
		th, err := s.CreateEdition(ctx, editor, work, "th", e)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Revise(ctx, editor, th, 0, archive.Text{Title: "เรื่อง", Body: doc("<p>เรื่องของฉัน</p>")}); err != nil {
			t.Fatal(err)
		}
		agreed := sala.Consent{Person: "Ma A", Given: sala.Day{Year: 2026, Month: 2, Day: 1}, Scope: sala.OnSite}
		for name, c := range map[string]sala.Consent{
			"studio.media.person_missing": {Person: " ", Given: agreed.Given, Scope: agreed.Scope},
			"studio.media.given_missing":  {Person: "Ma A", Given: sala.Day{Year: 2026}, Scope: agreed.Scope},
			"studio.media.scope_unknown":  {Person: "Ma A", Given: agreed.Given, Scope: "everywhere"},
			"studio.media.until_early":    {Person: "Ma A", Given: agreed.Given, Scope: agreed.Scope, Until: sala.Day{Year: 2025, Month: 1, Day: 1}},
			"studio.day_bad":              {Person: "Ma A", Given: agreed.Given, Scope: agreed.Scope, Until: sala.Day{Year: 2027}},
		} {
			if _, err := s.RecordConsent(ctx, editor, work, c); key(err) != name {
				t.Errorf("RecordConsent(%+v) = %v, want %s", c, err, name)
			}
		}
		translator := sala.Actor{ID: "t", Name: "T", Role: sala.Translator}
		if _, err := s.RecordConsent(ctx, translator, work, agreed); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a translator: %v", err)
		}
		if _, err := s.Consents(ctx, translator, work); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a translator reads names: %v", err)
		}
		if _, err := s.RecordConsent(ctx, editor, "no such", agreed); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("for no work: %v", err)
		}
		// Published as an ordinary text; a box alone neither hides it nor counts.
		if err := s.Publish(ctx, editor, e); err != nil {
			t.Fatal(err)
		}
		tell := func(testimony bool) error {
			w, err := s.DeskWork(ctx, editor, work)
			if err != nil {
				t.Fatal(err)
			}
			w.Testimony = testimony
			return s.Describe(ctx, editor, w.Changed, w)
		}
		if err := tell(true); key(err) != "work.testimony_public" {
			t.Errorf("a box on what is public: %v", err)
		}
		hold := func(want sala.Hold, public bool) {
			t.Helper()
			got, err := s.Held(ctx, editor, work)
			if err != nil || got != want {
				t.Errorf("Held = %q, %v, want %q", got, err, want)
			}
			w, err := s.DeskWork(ctx, editor, work)
			if err != nil || w.Public != public {
				t.Errorf("public: %t, %v, want %t", w.Public, err, public)
			}
		}
		agreed.Until = sala.Day{Year: 2026, Month: 3, Day: 10}
		first, err := s.RecordConsent(ctx, editor, work, agreed)
		if err != nil {
			t.Fatal(err)
		}
		hold(sala.NotHeld, true)
		if err := s.Publish(ctx, editor, th); err != nil {
			t.Fatal(err)
		}
		// The last day counts whole; then it ends by itself, in every language.
		now = time.Date(2026, 3, 10, 23, 59, 0, 0, time.UTC)
		if _, err := q.RunDue(ctx); err != nil {
			t.Fatal(err)
		}
		hold(sala.NotHeld, true)
		now = time.Date(2026, 3, 11, 0, 0, 1, 0, time.UTC)
		if _, err := q.RunDue(ctx); err != nil {
			t.Fatal(err)
		}
		hold(sala.ConsentEnded, false)
		if _, err := s.Work(ctx, work); !errors.Is(err, sala.ErrGone) {
			t.Errorf("for readers: %v, want gone", err)
		}
		if err := s.Publish(ctx, editor, th); key(err) != "work.consent_ended" {
			t.Errorf("published after it ended: %v", err)
		}
		if err := tell(false); err != nil {
			t.Fatal(err)
		}
		if err := s.Publish(ctx, editor, e); key(err) != "work.consent_ended" {
			t.Errorf("a box is a way around it: %v", err)
		}
		// The same person agrees again.
		now = now.Add(time.Hour)
		agreed.Until = sala.Day{}
		again, err := s.RecordConsent(ctx, editor, work, agreed)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []sala.ID{e, th} {
			if _, err := s.Revise(ctx, editor, id, 1, archive.Text{Title: "A title", Body: doc("<p>My story.</p>"), Note: "She agreed again."}); err != nil {
				t.Fatal(err)
			}
			if err := s.Publish(ctx, editor, id); err != nil {
				t.Fatal(err)
			}
		}
		hold(sala.NotHeld, true)
		// A correction is scheduled; the consent is taken back; nothing goes out.
		if _, err := s.Revise(ctx, editor, e, 2, archive.Text{Title: "A title", Body: doc("<p>More of it.</p>"), Note: "More."}); err != nil {
			t.Fatal(err)
		}
		if err := s.Schedule(ctx, editor, e, now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := s.WithdrawConsent(ctx, translator, work, again, ""); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a translator takes it back: %v", err)
		}
		if err := s.WithdrawConsent(ctx, editor, work, "no such", ""); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("none: %v", err)
		}
		if err := s.WithdrawConsent(ctx, editor, work, again, "She asked."); err != nil {
			t.Fatal(err)
		}
		if err := s.WithdrawConsent(ctx, editor, work, again, "Twice."); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("twice: %v", err)
		}
		hold(sala.ConsentWithdrawn, false)
		now = now.Add(2 * time.Hour)
		if _, err := q.RunDue(ctx); err != nil {
			t.Fatal(err)
		}
		hold(sala.ConsentWithdrawn, false)
		for _, id := range []sala.ID{e, th} {
			steps, err := s.Steps(ctx, editor, id)
			if err != nil || steps[0].What != archive.StepWithdrawn || steps[0].Note != "Consent withdrawn." {
				t.Errorf("steps: %+v, %v", steps, err)
			}
		}
		all, err := s.Consents(ctx, editor, work)
		if err != nil || len(all) != 2 || all[0].ID != first || all[1].Reason != "She asked." || all[1].Withdrawn.IsZero() {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// What was scheduled before somebody said that it is a testimony stays in.
func TestScheduledTestimony(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { return now }
		s, q := archive.NewStore(d), jobs.New(d)
		s.UseJobs(q)
		e := begun(t, s, "<p>My story.</p>")
		if err := s.Schedule(ctx, editor, e, now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		x, err := s.Translation(ctx, editor, e)
		if err != nil {
			t.Fatal(err)
		}
		w, err := s.DeskWork(ctx, editor, x.Edition.Work)
		if err != nil {
			t.Fatal(err)
		}
		w.Testimony = true
		if err := s.Describe(ctx, editor, w.Changed, w); err != nil {
			t.Fatal(err)
		}
		now = now.Add(2 * time.Hour)
		if n, err := q.RunDue(ctx); err != nil || n == 0 {
			t.Fatal(n, err)
		}
		if x, err = s.Translation(ctx, editor, e); err != nil || x.Edition.Public || x.Edition.Stage != archive.Draft || !x.Edition.Due.IsZero() {
			t.Errorf("%+v, %v", x.Edition, err)
		}
		if left, err := q.Waiting(ctx); err != nil || left != 0 {
			t.Errorf("%d jobs wait, %v", left, err)
		}
	})
}
