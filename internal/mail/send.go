package mail

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sala"
	"sala/internal/db"
)

// send is the job that hands one letter over.
func (o *Outbox) send(ctx context.Context, id string) error {
	r, err := o.row(ctx, o.db, sala.ID(id))
	if errors.Is(err, sala.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	l := r.letter()
	if l.State() != Waiting {
		return nil
	}
	if o.sender == nil {
		return errors.New("no mail server is configured")
	}
	if !l.Until.After(o.db.Now()) {
		return o.outdate(ctx)
	}
	failure := o.hand(ctx, l, r.Secret)
	refused := errors.Is(failure, ErrRefused)
	err = o.db.Tx(ctx, func(tx *db.Tx) error {
		switch {
		case refused: // its secret stays: it may be sent again while it is worth it
			return tx.ExecOne(ctx, `UPDATE mail_letter SET refused = ?, failure = '' WHERE id = ?`, failure.Error(), id)
		case failure != nil:
			return tx.ExecOne(ctx, `UPDATE mail_letter SET failure = ? WHERE id = ?`, failure.Error(), id)
		}
		return tx.ExecOne(ctx, `UPDATE mail_letter SET sent = ?, failure = '', secret = '' WHERE id = ?`, db.At(tx.Now), id)
	})
	if err != nil {
		return fmt.Errorf("note how letter %s went: %w", id, err)
	}
	if refused {
		return nil
	}
	return failure
}

// hand gives a letter, with its secret, to the sender.
func (o *Outbox) hand(ctx context.Context, l Letter, sealed string) error {
	if sealed != "" {
		secret, err := o.sealer.Open(string(l.ID), sealed)
		if err != nil {
			return fmt.Errorf("%w: its link cannot be read any more (%w); make a new one", ErrRefused, err)
		}
		l.Body = strings.ReplaceAll(l.Body, Mask, secret)
	}
	return o.sender.Send(ctx, l)
}

// outdate gives up the letters that nobody took while they were worth it, and
// forgets their secrets.
func (o *Outbox) outdate(ctx context.Context) error {
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE mail_letter SET refused = ? WHERE until <= ? AND sent IS NULL AND refused = ''`,
			"no server took it while it was worth sending", db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("give up old letters: %w", err)
		}
		if _, err := tx.Exec(ctx, `UPDATE mail_letter SET secret = '' WHERE until <= ? AND secret <> ''`, db.At(tx.Now)); err != nil {
			return fmt.Errorf("forget the links of old letters: %w", err)
		}
		return nil
	})
}

// TakeUp gives up what is too old and sends what waits: letters written while
// there was no server, or while it did not answer for days. It may be called
// as often as one likes.
func (o *Outbox) TakeUp(ctx context.Context) error {
	if err := o.outdate(ctx); err != nil || o.sender == nil {
		return err
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		ids, err := db.All[string](ctx, tx, `SELECT id FROM mail_letter WHERE `+stateWhere[Waiting]+` ORDER BY written, id`)
		if err != nil {
			return fmt.Errorf("letters that wait: %w", err)
		}
		for _, id := range ids {
			if err := o.jobs.Enqueue(ctx, tx, sendJob, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Resend tries a letter anew that was refused or still waits. One that a
// server took is [sala.ErrConflict]; one that is not worth sending any more is
// [sala.Invalid].
func (o *Outbox) Resend(ctx context.Context, by sala.Actor, id sala.ID) error {
	if !by.May(sala.ReadMail) {
		return fmt.Errorf("send letter %s again: %w", id, sala.ErrForbidden)
	}
	return o.db.Tx(ctx, func(tx *db.Tx) error {
		r, err := o.row(ctx, tx, id)
		if err != nil {
			return err
		}
		l := r.letter()
		if l.State() == Sent {
			return fmt.Errorf("send letter %s again, which a server took: %w", id, sala.ErrConflict)
		}
		if !l.Until.After(tx.Now) {
			return sala.Invalid{{Field: "letter", Key: "studio.mail_old", Text: "the letter is too old to be sent: what it is about is over"}}
		}
		if err := tx.ExecOne(ctx, `UPDATE mail_letter SET refused = '', failure = '' WHERE id = ?`, id); err != nil {
			return fmt.Errorf("send letter %s again: %w", id, err)
		}
		if o.sender == nil {
			return nil
		}
		return o.jobs.Enqueue(ctx, tx, sendJob, string(id))
	})
}
