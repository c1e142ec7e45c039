package archive

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// consentJob is the kind of the job that looks at a work whose consent has
// ended. Its payload is the id of the work.
const consentJob = "archive.consent"

// RecordConsent adds the consent of a person whose own story a work tells. The
// work is a testimony from then on.
func (s *Store) RecordConsent(ctx context.Context, by sala.Actor, work sala.ID, c sala.Consent) (sala.ID, error) {
	if err := need(by, sala.Editor, "record a consent for work "+string(work)); err != nil {
		return "", err
	}
	if err := c.Tidy(); err != nil {
		return "", err
	}
	if s.jobs == nil && !c.Until.IsZero() {
		return "", fmt.Errorf("record a consent for work %s: this program runs no jobs, so nothing would end it", work)
	}
	id := sala.NewID()
	return id, s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.ExecOne(ctx, `UPDATE archive_work SET testimony = ?, changed = ? WHERE id = ?`, true, db.At(tx.Now), work); err != nil {
			return fmt.Errorf("record a consent for work %s: %w", work, err)
		}
		err := tx.ExecOne(ctx, `
			INSERT INTO archive_consent (id, work, person, given, scope, until, note, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id, work, c.Person, c.Given.String(), c.Scope, c.Until.String(), c.Note, by.Name, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("record a consent for work %s: %w", work, err)
		}
		if !c.Until.IsZero() {
			if err := s.jobs.EnqueueAt(ctx, tx, consentJob, string(work), c.Until.Time().AddDate(0, 0, 1)); err != nil {
				return err
			}
		}
		// One that has ended already, or another that still stands against it.
		if err := s.heed(ctx, tx, by, work); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: work}, "consent", by)
	})
}

// WithdrawConsent takes a consent back. With the commit every edition of the
// work is withdrawn, whoever else agreed.
func (s *Store) WithdrawConsent(ctx context.Context, by sala.Actor, work, consent sala.ID, reason string) error {
	if err := need(by, sala.Editor, "withdraw a consent for work "+string(work)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `
			INSERT INTO archive_consent_withdrawal (consent, reason, by_whom, at)
			SELECT id, ?, ?, ? FROM archive_consent WHERE id = ? AND work = ?`, strings.TrimSpace(reason), by.Name, db.At(tx.Now), consent, work)
		if err != nil {
			return fmt.Errorf("withdraw a consent for work %s: %w", work, err)
		}
		if err := s.heed(ctx, tx, by, work); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: work}, "consent withdrawn", by)
	})
}

// EndConsents withdraws a work if the last day of a consent is over. It may
// run at any time and as often as it likes.
func (s *Store) EndConsents(ctx context.Context, work sala.ID) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error { return s.heed(ctx, tx, sala.Machine("consent"), work) })
}

// heed withdraws what of a work is public or is to be, if a consent stands
// against it.
func (s *Store) heed(ctx context.Context, tx *db.Tx, by sala.Actor, work sala.ID) error {
	// Held until the transaction ends: see state.
	if err := tx.ExecOne(ctx, `UPDATE archive_work SET changed = changed WHERE id = ?`, work); err != nil {
		return fmt.Errorf("work %s: %w", work, err)
	}
	hold, err := s.hold(ctx, tx, work, tx.Now)
	if err != nil || hold == sala.NotHeld {
		return err
	}
	ids, err := db.All[sala.ID](ctx, tx, `SELECT id FROM archive_edition WHERE work = ? ORDER BY id`, work)
	if err != nil {
		return fmt.Errorf("editions of work %s: %w", work, err)
	}
	why := "Consent " + string(hold) + "." // without a name: more people read a reason than a consent
	for _, id := range ids {
		st, err := s.state(ctx, tx, id)
		if err != nil {
			return err
		}
		if st.Public {
			err = s.withdraw(ctx, tx, by, id, st, why)
		} else {
			err = s.calloff(ctx, tx, by, id, st, why)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// calloff ends the schedule of an edition that may not go out, if it has one.
func (s *Store) calloff(ctx context.Context, tx *db.Tx, by sala.Actor, edition sala.ID, st editionState, why string) error {
	revision, err := s.dropSchedule(ctx, tx, edition)
	if err != nil || revision == 0 {
		return err
	}
	if st.Stage == Scheduled {
		if err := s.setStage(ctx, tx, edition, Draft); err != nil {
			return err
		}
	}
	if err := s.step(ctx, tx, by, edition, revision, Step{What: StepUnscheduled, Note: why}); err != nil {
		return err
	}
	return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "unscheduled", by)
}

// Consents returns the consents for a work, oldest first. Only editors may
// read them: they hold names.
func (s *Store) Consents(ctx context.Context, by sala.Actor, work sala.ID) ([]sala.Consent, error) {
	if err := need(by, sala.Editor, "consents for work "+string(work)); err != nil {
		return nil, err
	}
	return consents(ctx, s.db, work)
}

// Held says why a work may not be public, [sala.NotHeld] if nothing is in the
// way, to those who may read it at their desk.
func (s *Store) Held(ctx context.Context, by sala.Actor, work sala.ID) (sala.Hold, error) {
	if _, err := s.DeskWork(ctx, by, work); err != nil {
		return sala.NotHeld, err
	}
	return s.hold(ctx, s.db, work, s.db.Now())
}

func (s *Store) hold(ctx context.Context, r db.Reader, work sala.ID, now time.Time) (sala.Hold, error) {
	testimony, err := db.One[bool](ctx, r, `SELECT testimony FROM archive_work WHERE id = ?`, work)
	if err != nil {
		return sala.NotHeld, fmt.Errorf("work %s: %w", work, err)
	}
	given, err := consents(ctx, r, work)
	return sala.HoldOn(sala.DayOf(now), testimony, given), err
}

// mayBePublic returns what keeps a work from going out, as [sala.Invalid].
func (s *Store) mayBePublic(ctx context.Context, tx *db.Tx, work sala.ID) error {
	hold, err := s.hold(ctx, tx, work, tx.Now)
	if err != nil || hold == sala.NotHeld {
		return err
	}
	return sala.Invalid{{Field: "publish", Key: "work.consent_" + string(hold), Text: "the consent of somebody whose story it tells is " + string(hold)}}
}

func consents(ctx context.Context, r db.Reader, work sala.ID) ([]sala.Consent, error) {
	type row struct {
		ID        sala.ID    `bun:"id"`
		Person    string     `bun:"person"`
		Given     string     `bun:"given"`
		Scope     sala.Scope `bun:"scope"`
		Until     string     `bun:"until"`
		Note      string     `bun:"note"`
		By        string     `bun:"by_whom"`
		At        time.Time  `bun:"at"`
		Withdrawn db.Null    `bun:"withdrawn"`
		Reason    string     `bun:"reason"`
	}
	rows, err := db.All[row](ctx, r, `
		SELECT c.id, c.person, c.given, c.scope, c.until, c.note, c.by_whom, c.at, w.at AS withdrawn, COALESCE(w.reason, '') AS reason
		FROM archive_consent c LEFT JOIN archive_consent_withdrawal w ON w.consent = c.id
		WHERE c.work = ? ORDER BY c.at, c.id`, work)
	if err != nil {
		return nil, fmt.Errorf("consents for work %s: %w", work, err)
	}
	given := make([]sala.Consent, len(rows))
	for i, r := range rows {
		given[i] = sala.Consent{ID: r.ID, Person: r.Person, Scope: r.Scope, Note: r.Note, By: r.By, At: r.At.UTC(), Withdrawn: db.Moment(r.Withdrawn), Reason: r.Reason}
		if given[i].Given, err = sala.ParseDay(r.Given); err == nil {
			given[i].Until, err = sala.ParseDay(r.Until)
		}
		if err != nil {
			return nil, fmt.Errorf("consent %s: %w", r.ID, err)
		}
	}
	return given, nil
}
