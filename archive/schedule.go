package archive

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/jobs"
)

// publishJob is the kind of the job that publishes what is due. Its payload is
// the id of the edition.
const publishJob = "archive.publish"

// UseJobs lets the store publish at a later moment, and withdraw when a consent
// ends. It registers its jobs.
func (s *Store) UseJobs(q *jobs.Queue) {
	s.jobs = q
	q.Register(publishJob, func(ctx context.Context, edition string) error { return s.PublishDue(ctx, sala.ID(edition)) })
	q.Register(consentJob, func(ctx context.Context, work string) error { return s.EndConsents(ctx, sala.ID(work)) })
}

// Schedule lets the newest revision of an edition go out at a moment to come,
// to the minute; until then it is nowhere. What is written after this does not
// go out with it. Where two persons are needed it must be approved. A second
// call changes the moment, and the revision to the newest.
func (s *Store) Schedule(ctx context.Context, by sala.Actor, edition sala.ID, due time.Time) error {
	if err := need(by, sala.Editor, "schedule edition "+string(edition)); err != nil {
		return err
	}
	if s.jobs == nil {
		return fmt.Errorf("schedule edition %s: this program runs no jobs", edition)
	}
	due = due.UTC().Truncate(time.Minute)
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		if st.Public && st.Live == st.Revision || st.Revision == 0 {
			return fmt.Errorf("schedule edition %s, which has no text that is not out: %w", edition, sala.ErrConflict)
		}
		if !due.After(tx.Now) {
			return sala.Invalid{{Field: "due", Key: "work.due_past", Text: "the moment " + due.Format(time.RFC3339) + " has passed"}}
		}
		if err := s.mayBePublic(ctx, tx, st.Work); err != nil {
			return err
		}
		if st.Stage != Approved && st.Stage != Scheduled {
			if err := s.mayGoUnapproved(ctx, tx, st); err != nil {
				return err
			}
		}
		frozen, err := s.frozen(ctx, tx, edition)
		if err != nil {
			return err
		}
		if st.Version > 0 && st.Live != st.Revision && frozen == 0 { // it would fail when nobody is looking
			note, err := db.One[string](ctx, tx, `SELECT note FROM archive_revision WHERE edition = ? AND number = ?`, edition, st.Revision)
			if err != nil {
				return fmt.Errorf("note of edition %s: %w", edition, err)
			}
			if strings.TrimSpace(note) == "" {
				return noCorrection()
			}
		}
		err = tx.ExecOne(ctx, `
			INSERT INTO archive_schedule (edition, revision, due, author, by_whom, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (edition) DO UPDATE SET revision = excluded.revision, due = excluded.due, author = excluded.author,
				by_whom = excluded.by_whom, at = excluded.at`,
			edition, st.Revision, db.At(due), by.ID, by.Name, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("schedule edition %s: %w", edition, err)
		}
		if err := tx.ExecOne(ctx, `UPDATE archive_edition SET stage = ?, due = ? WHERE id = ?`, Scheduled, db.At(due), edition); err != nil {
			return fmt.Errorf("schedule edition %s: %w", edition, err)
		}
		if err := s.jobs.EnqueueAt(ctx, tx, publishJob, string(edition), due); err != nil {
			return err
		}
		if err := s.step(ctx, tx, by, edition, st.Revision, Step{What: StepScheduled, Due: due}); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "scheduled", by)
	})
}

// Unschedule takes a schedule back. The text is a draft again, or approved if
// it was.
func (s *Store) Unschedule(ctx context.Context, by sala.Actor, edition sala.ID, note string) error {
	if err := need(by, sala.Editor, "unschedule edition "+string(edition)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		revision, err := s.dropSchedule(ctx, tx, edition)
		if err != nil {
			return err
		}
		if revision == 0 {
			return fmt.Errorf("unschedule edition %s, which is not scheduled: %w", edition, sala.ErrConflict)
		}
		if st.Stage == Scheduled {
			approved, err := db.One[int](ctx, tx, `
				SELECT COUNT(*) FROM archive_step WHERE edition = ? AND revision = ? AND what = ?`, edition, st.Revision, StepApproved)
			if err != nil {
				return fmt.Errorf("approval of edition %s: %w", edition, err)
			}
			stage := Draft
			if approved > 0 {
				stage = Approved
			}
			if err := s.setStage(ctx, tx, edition, stage); err != nil {
				return err
			}
		}
		if err := s.step(ctx, tx, by, edition, revision, Step{What: StepUnscheduled, Note: note}); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "unscheduled", by)
	})
}

// dropSchedule ends a schedule and returns the revision it was of, 0 if there
// was none. Its job will find nothing to do.
func (s *Store) dropSchedule(ctx context.Context, tx *db.Tx, edition sala.ID) (int, error) {
	revision, err := db.One[int](ctx, tx, `DELETE FROM archive_schedule WHERE edition = ? RETURNING revision`, edition)
	found, err := db.Found(err)
	if err != nil {
		return 0, fmt.Errorf("schedule of edition %s: %w", edition, err)
	}
	if !found {
		return 0, nil
	}
	if _, err := tx.Exec(ctx, `UPDATE archive_edition SET due = NULL WHERE id = ?`, edition); err != nil {
		return 0, fmt.Errorf("schedule of edition %s: %w", edition, err)
	}
	return revision, nil
}

// PublishDue publishes the scheduled revision of an edition if its moment has
// come, in the name of whoever scheduled it. It may run at any time and as
// often as it likes: only the row of a schedule that is due lets it act. A
// testimony without a consent that stands does not go out: its schedule ends.
func (s *Store) PublishDue(ctx context.Context, edition sala.ID) error {
	type row struct {
		Revision int     `bun:"revision"`
		Author   sala.ID `bun:"author"`
		By       string  `bun:"by_whom"`
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		due, err := db.One[row](ctx, tx, `
			SELECT revision, author, by_whom FROM archive_schedule WHERE edition = ? AND due <= ?`, edition, db.At(tx.Now))
		if found, err := db.Found(err); err != nil {
			return fmt.Errorf("schedule of edition %s: %w", edition, err)
		} else if !found {
			return nil
		}
		hold, err := s.hold(ctx, tx, st.Work, tx.Now)
		if err != nil {
			return err
		}
		if hold != sala.NotHeld { // it became a testimony after it was scheduled
			return s.calloff(ctx, tx, sala.Machine("consent"), edition, st, "Consent "+string(hold)+".")
		}
		st.Revision = due.Revision
		by := sala.Actor{ID: due.Author, Name: due.By, Role: sala.Editor}
		return s.goOut(ctx, tx, by, edition, st)
	})
}
