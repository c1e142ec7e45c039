package signature

import (
	"context"
	"errors"
	"fmt"

	"sala"
	"sala/internal/bearer"
	"sala/internal/db"
)

// Own is the key of the receipt of what was signed by a link for one
// organisation: whoever has the link may act for it.
const Own = "own"

// Sign keeps the signature of a guest under a text. revision is the one they
// had before them: if another is up by now, they are told so and nothing is
// kept. key is the secret of the form and of its receipt: a form that is sent
// again is the same signature, and changes nothing.
func (s *Store) Sign(ctx context.Context, g Guest, key string, revision int, d Details) error {
	d, err := d.tidied()
	if err != nil {
		return err
	}
	if len(key) < 20 || len(key) > 100 {
		return sala.Invalid{fault("form", "contribute.form_bad", "open the form again")}
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.hold(ctx, tx, g)
		if err != nil {
			return err
		}
		sent, err := s.entries(ctx, tx, `link = ? AND key_hash = ?`, g.Link.ID, bearer.Hash(key))
		if err != nil || len(sent) > 0 {
			return err
		}
		switch {
		case c.Revision == 0:
			return mending()
		case !c.Takes(tx.Now):
			return sala.Invalid{fault("form", "sign.closed", "the time to sign is over")}
		case c.Revision != revision:
			return changedText()
		}
		e := Entry{
			ID: sala.NewID(), Link: g.Link.ID, Edition: c.Edition, Revision: c.Revision, Organisation: g.Link.Organisation, Details: d,
			Way: ByLink, State: Stands, Late: tx.Now.After(c.Until), Signed: tx.Now,
		}
		if g.Link.Shared() {
			e.State = Waiting
			same, err := s.same(ctx, tx, c, e, Waiting, Stands)
			if err != nil {
				return err
			}
			for _, had := range same {
				if had.Edition == e.Edition && had.Revision == e.Revision {
					return again()
				}
			}
		} else if had, err := s.own(ctx, tx, g); err == nil && had.Edition == c.Edition && had.Revision == c.Revision {
			return again()
		} else if err != nil && !errors.Is(err, sala.ErrNotFound) {
			return err
		}
		if err := s.take(ctx, tx, g); err != nil {
			return err
		}
		by := g.actor(d.Name)
		if err := s.add(ctx, tx, by, c, e, bearer.Hash(key)); err != nil {
			return err
		}
		return changed(ctx, tx, by, c.Work, "signed")
	})
	if errors.Is(err, sala.ErrConflict) { // a newer text than is up for signing
		return mending()
	}
	if err != nil {
		return fmt.Errorf("sign: %w", err)
	}
	return nil
}

func changedText() error {
	return sala.Invalid{fault("form", "sign.text_changed", "the text changed since you read it; read it again, then sign")}
}

// own returns the newest signature by a link of one organisation that stands.
func (s *Store) own(ctx context.Context, r db.Reader, g Guest) (Entry, error) {
	found, err := s.entries(ctx, r, `link = ? AND state = ? ORDER BY at DESC, id DESC LIMIT 1`, g.Link.ID, Stands)
	if err != nil {
		return Entry{}, err
	}
	if len(found) == 0 {
		return Entry{}, fmt.Errorf("signature by link %s: %w", g.Link.ID, sala.ErrNotFound)
	}
	return found[0], nil
}

// Receipt returns what a guest signed under a key; with [Own], what stands by
// a link for one organisation.
func (s *Store) Receipt(ctx context.Context, g Guest, key string) (Entry, error) {
	return s.receipt(ctx, s.db, g, key)
}

func (s *Store) receipt(ctx context.Context, r db.Reader, g Guest, key string) (Entry, error) {
	if key == Own && !g.Link.Shared() {
		return s.own(ctx, r, g)
	}
	found, err := s.entries(ctx, r, `link = ? AND key_hash = ?`, g.Link.ID, bearer.Hash(key))
	if err != nil {
		return Entry{}, err
	}
	if len(found) == 0 {
		return Entry{}, fmt.Errorf("receipt: %w", sala.ErrNotFound)
	}
	return found[0], nil
}

// MayMend reports whether a guest may mend or withdraw a signature now: until
// the time to sign is over.
func (s *Store) MayMend(g Guest, e Entry) bool {
	return (e.State == Waiting || e.State == Stands) && !g.Call.Over(s.db.Now())
}

// Mend changes what a guest has signed with; the text that was signed stays
// the one it was.
func (s *Store) Mend(ctx context.Context, g Guest, key string, d Details) error {
	d, err := d.tidied()
	if err != nil {
		return err
	}
	return s.mend(ctx, g, key, "mended a signature of", func(tx *db.Tx, c Call, e Entry) error {
		e.Details = d
		states := []State{Stands}
		if g.Link.Shared() {
			states = append(states, Waiting)
			if e.State == Stands && d.Name != e.Name {
				e.State = Waiting // an editor confirmed another name
			}
		}
		same, err := s.same(ctx, tx, c, e, states...)
		if err != nil {
			return err
		}
		if len(same) > 0 {
			return again()
		}
		return tx.ExecOne(ctx, `
			UPDATE signature_entry SET name = ?, form = ?, country = ?, person = ?, role = ?, shown = ?, email = ?, state = ?, changed = ? WHERE id = ?`,
			d.Name, formOf(d.Name), d.Country, d.Person, d.Role, d.Shown, d.Email, e.State, db.At(tx.Now), e.ID)
	})
}

// Withdraw takes a signature back, in the name of whoever gave it.
func (s *Store) Withdraw(ctx context.Context, g Guest, key string) error {
	return s.mend(ctx, g, key, "withdrew a signature from", func(tx *db.Tx, _ Call, e Entry) error {
		return tx.ExecOne(ctx, `UPDATE signature_entry SET state = ?, changed = ? WHERE id = ?`, Withdrawn, db.At(tx.Now), e.ID)
	})
}

func (s *Store) mend(ctx context.Context, g Guest, key, what string, do func(tx *db.Tx, c Call, e Entry) error) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.hold(ctx, tx, g)
		if err != nil {
			return err
		}
		e, err := s.receipt(ctx, tx, g, key)
		if err != nil {
			return err
		}
		if c.Over(tx.Now) {
			return sala.Invalid{fault("form", "sign.mend_closed", "the time to sign is over; ask the secretariat")}
		}
		if e.State != Waiting && e.State != Stands {
			return fmt.Errorf("change a signature that is %s: %w", e.State, sala.ErrConflict)
		}
		if err := do(tx, c, e); err != nil {
			return err
		}
		return changed(ctx, tx, g.actor(e.Name), c.Work, what)
	})
}
