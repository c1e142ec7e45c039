package event

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/jobs"
)

// forgetJob is the kind of the job that deletes replies whose day has come.
// Its payload is the id of the event.
const forgetJob = "event_forget"

// mendingTime is how long replies are kept at least after a change of dates by
// which their day has passed: a year that was typed wrong can be mended.
const mendingTime = 24 * time.Hour

// UseJobs lets the store delete replies when their day has come. It registers
// its job.
func (s *Store) UseJobs(q *jobs.Queue) {
	s.jobs = q
	q.Register(forgetJob, func(ctx context.Context, id string) error { return s.ForgetReplies(ctx, sala.ID(id)) })
}

// planForgetting says when the replies to an event are deleted, if it takes
// any: it is called with each change of its days or of the rules.
func (s *Store) planForgetting(ctx context.Context, tx *db.Tx, e Event) error {
	r, are, err := rules(ctx, tx, e.ID)
	if err != nil || !are {
		return err
	}
	forget := r.forgets(e)
	if !forget.After(tx.Now) {
		forget = tx.Now.Add(mendingTime)
	}
	if err := tx.ExecOne(ctx, `UPDATE event_reply_rules SET forget = ? WHERE event = ?`, db.At(forget), e.ID); err != nil {
		return fmt.Errorf("plan when replies to event %s are deleted: %w", e.ID, err)
	}
	return s.forgetAt(ctx, tx, e.ID, forget)
}

// forgetAt lets the replies to an event be looked at when a moment has come.
func (s *Store) forgetAt(ctx context.Context, tx *db.Tx, id sala.ID, moment time.Time) error {
	if s.jobs == nil {
		return fmt.Errorf("plan when replies to event %s are deleted: this program runs no jobs", id)
	}
	return s.jobs.EnqueueAt(ctx, tx, forgetJob, string(id), moment)
}

// ForgetReplies deletes the replies to an event if their day has come, and
// keeps how many there were of each sort. It may run at any time and as often
// as it likes.
func (s *Store) ForgetReplies(ctx context.Context, id sala.ID) error {
	forget, err := db.One[time.Time](ctx, s.db, `SELECT forget FROM event_reply_rules WHERE event = ?`, id)
	if errors.Is(err, sala.ErrNotFound) {
		return nil
	} else if err != nil {
		return fmt.Errorf("forget the replies to event %s: %w", id, err)
	}
	if forget.After(s.db.Now()) { // it moved while the job waited: there is another, or this one again
		return s.db.Tx(ctx, func(tx *db.Tx) error { return s.forgetAt(ctx, tx, id, forget) })
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), "deleted the replies to", sala.Machine("forget")); err != nil { // first: see Create
			return err
		}
		// Raised as by whoever replies: nobody does while this counts.
		forget, err := db.One[time.Time](ctx, tx, `UPDATE event_reply_rules SET turns = turns + 1 WHERE event = ? RETURNING forget`, id)
		if err != nil {
			return err
		}
		rows, err := db.All[replyRow](ctx, tx, `SELECT `+replyColumns+` FROM event_reply WHERE event = ?`, id)
		if err != nil {
			return err
		}
		if forget.After(tx.Now) || len(rows) == 0 {
			return errNothing
		}
		replies := make([]Reply, len(rows))
		for i, row := range rows {
			replies[i] = row.reply()
		}
		if err := TallyReplies(replies).keep(ctx, tx, id); err != nil {
			return err
		}
		if _, err := tx.Erase(ctx, `DELETE FROM event_reply WHERE event = ?`, id); err != nil {
			return err
		}
		return tx.ExecOne(ctx, `UPDATE event_reply_rules SET forgotten = ? WHERE event = ?`, db.At(tx.Now), id)
	})
	if err != nil && !errors.Is(err, errNothing) {
		return fmt.Errorf("forget the replies to event %s: %w", id, err)
	}
	return nil
}

// TakeUp plans anew what was to be deleted and was not: a job is given up
// after some days, what was promised is not.
func (s *Store) TakeUp(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		late, err := db.All[sala.ID](ctx, tx, `
			SELECT r.event FROM event_reply_rules r WHERE r.forget <= ? AND EXISTS (SELECT 1 FROM event_reply e WHERE e.event = r.event)`, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("replies whose day has come: %w", err)
		}
		for _, id := range late {
			if err := s.forgetAt(ctx, tx, id, tx.Now); err != nil {
				return err
			}
		}
		return nil
	})
}
