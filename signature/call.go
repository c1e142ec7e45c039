package signature

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sala"
	"sala/internal/db"
)

// A Call puts a text up for signing. A work has at most one.
type Call struct {
	ID       sala.ID
	Work     sala.ID
	Edition  sala.ID
	Revision int    // that is up for signing; 0 while the text is being changed after somebody had signed
	Why      string // the text is being changed
	Note     string // to whoever signs, shown above the text
	Until    time.Time
	Late     bool      // one may sign after Until, which is shown
	Ended    time.Time // by hand; zero of one that is not
	MadeBy   string
	Made     time.Time
	Changed  time.Time
}

// Over reports whether the time to sign has passed, or it was ended.
func (c Call) Over(now time.Time) bool { return !c.Ended.IsZero() || now.After(c.Until) }

// Takes reports whether somebody may sign now, late or not.
func (c Call) Takes(now time.Time) bool {
	return c.Ended.IsZero() && c.Revision > 0 && (!now.After(c.Until) || c.Late && !now.After(c.Until.Add(afterwards)))
}

type callRow struct {
	ID       sala.ID   `bun:"id"`
	Work     sala.ID   `bun:"work"`
	Edition  sala.ID   `bun:"edition"`
	Revision int       `bun:"revision"`
	Why      string    `bun:"why"`
	Note     string    `bun:"note"`
	Until    time.Time `bun:"until"`
	Late     bool      `bun:"late"`
	Ended    db.Null   `bun:"ended"`
	MadeBy   string    `bun:"made_by"`
	Made     time.Time `bun:"made_at"`
	Changed  time.Time `bun:"changed"`
}

const callColumns = `id, work, edition, revision, why, note, until, late, ended, made_by, made_at, changed`

func (r callRow) call() Call {
	return Call{r.ID, r.Work, r.Edition, r.Revision, r.Why, r.Note, r.Until.UTC(), r.Late, db.Moment(r.Ended), r.MadeBy, r.Made.UTC(), r.Changed.UTC()}
}

// Set opens a work for signing, or changes until when, whether late and the
// note. c.Edition and c.Revision say what is signed; once anybody has, they
// are not changed by this: see [Store.Lift] and [Store.PutUp]. A call that was
// ended is opened again.
func (s *Store) Set(ctx context.Context, by sala.Actor, c Call) error {
	if err := may(by, "open a work for signing"); err != nil {
		return err
	}
	c.Note = strings.TrimSpace(c.Note)
	var bad sala.Invalid
	if now := s.db.Now(); !c.Until.After(now) || c.Until.After(now.Add(longest)) {
		bad = append(bad, fault("until", "studio.sign.until_bad", "want a moment to come, at most a year away"))
	}
	if utf8.RuneCountInString(c.Note) > noteRunes {
		bad = append(bad, fault("note", "studio.sign.note_long", "the note has more than %d letters", noteRunes))
	}
	if c.Edition == "" || c.Revision < 1 {
		bad = append(bad, fault("edition", "studio.sign.no_text", "choose a text that is written"))
	}
	if bad != nil {
		return bad
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		had, err := s.held(ctx, tx, `work = ?`, c.Work)
		if errors.Is(err, sala.ErrNotFound) {
			c.ID = sala.NewID()
			err := tx.ExecOne(ctx, `
				INSERT INTO signature_call (id, work, edition, revision, why, note, until, late, made_by, made_at, changed)
				VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?)`,
				c.ID, c.Work, c.Edition, c.Revision, c.Note, db.At(c.Until), c.Late, by.Name, db.At(tx.Now), db.At(tx.Now))
			if err != nil {
				return fmt.Errorf("open work %s for signing: %w", c.Work, err)
			}
			if err := s.wasPutUp(ctx, tx, by, c, ""); err != nil {
				return err
			}
			return changed(ctx, tx, by, c.Work, "opened for signing")
		} else if err != nil {
			return err
		}
		if c.Edition != had.Edition {
			n, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM signature_entry WHERE call = ?`, had.ID)
			if err != nil {
				return fmt.Errorf("signatures of work %s: %w", c.Work, err)
			}
			if n > 0 {
				return sala.Invalid{fault("edition", "studio.sign.edition_signed", "another language was signed already")}
			}
			c.ID = had.ID
			if err := s.wasPutUp(ctx, tx, by, c, ""); err != nil {
				return err
			}
		} else {
			c.Revision = had.Revision
		}
		err = tx.ExecOne(ctx, `UPDATE signature_call SET edition = ?, revision = ?, note = ?, until = ?, late = ?, ended = NULL, changed = ? WHERE id = ?`,
			c.Edition, c.Revision, c.Note, db.At(c.Until), c.Late, db.At(tx.Now), had.ID)
		if err != nil {
			return fmt.Errorf("change the signing of work %s: %w", c.Work, err)
		}
		return changed(ctx, tx, by, c.Work, "changed the signing of")
	})
}

// End closes a call at once: nobody signs any more, late or not, and no link
// leads anywhere. Signatures stay.
func (s *Store) End(ctx context.Context, by sala.Actor, call sala.ID) error {
	if err := may(by, "end a signing"); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.held(ctx, tx, `id = ?`, call)
		if err != nil {
			return err
		}
		if err := tx.ExecOne(ctx, `UPDATE signature_call SET ended = ?, changed = ? WHERE id = ?`, db.At(tx.Now), db.At(tx.Now), call); err != nil {
			return fmt.Errorf("end the signing of work %s: %w", c.Work, err)
		}
		return changed(ctx, tx, by, c.Work, "ended the signing of")
	})
}

// Lift lets a text change that somebody has signed. Until another is put up
// nobody can sign. The reason is told to those who sign, and to whoever has.
func (s *Store) Lift(ctx context.Context, by sala.Actor, call sala.ID, reason string) error {
	if err := may(by, "take a signed text up again"); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if reason == "" || utf8.RuneCountInString(reason) > noteRunes {
		return sala.Invalid{fault("reason", "studio.sign.reason_missing", "say why the text has to change, in at most %d letters", noteRunes)}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.held(ctx, tx, `id = ?`, call)
		if err != nil {
			return err
		}
		if err := s.text.Unfreeze(ctx, tx, by, c.Edition, reason); err != nil {
			return err
		}
		if err := tx.ExecOne(ctx, `UPDATE signature_call SET revision = 0, why = ?, changed = ? WHERE id = ?`, reason, db.At(tx.Now), call); err != nil {
			return fmt.Errorf("take the text of work %s up again: %w", c.Work, err)
		}
		return changed(ctx, tx, by, c.Work, "took up the signed text of")
	})
}

// PutUp puts a revision of the call's edition up for signing: a newer one, or
// after [Store.Lift] the same, which is frozen again if somebody has signed it.
func (s *Store) PutUp(ctx context.Context, by sala.Actor, call sala.ID, revision int) error {
	if err := may(by, "put a text up for signing"); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.held(ctx, tx, `id = ?`, call)
		if err != nil {
			return err
		}
		last, err := db.One[int](ctx, tx, `SELECT COALESCE(MAX(revision), 0) FROM signature_text WHERE call = ? AND edition = ?`, call, c.Edition)
		if err != nil {
			return fmt.Errorf("texts of work %s: %w", c.Work, err)
		}
		if revision < last || revision == c.Revision {
			return fmt.Errorf("put revision %d of edition %s up for signing after %d: %w", revision, c.Edition, last, sala.ErrConflict)
		}
		c.Revision = revision
		if err := s.wasPutUp(ctx, tx, by, c, c.Why); err != nil {
			return err
		}
		n, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM signature_entry WHERE call = ? AND edition = ? AND revision = ? AND state IN (?)`,
			call, c.Edition, revision, db.In([]State{Waiting, Stands}))
		if err != nil {
			return fmt.Errorf("signatures of work %s: %w", c.Work, err)
		}
		if n > 0 {
			if err := s.text.Freeze(ctx, tx, by, c.Edition, revision); err != nil {
				return err
			}
		}
		if err := tx.ExecOne(ctx, `UPDATE signature_call SET revision = ?, why = '', changed = ? WHERE id = ?`, revision, db.At(tx.Now), call); err != nil {
			return fmt.Errorf("put a text of work %s up: %w", c.Work, err)
		}
		return changed(ctx, tx, by, c.Work, "put up for signing")
	})
}

// wasPutUp keeps that a text was put up for signing.
func (s *Store) wasPutUp(ctx context.Context, tx *db.Tx, by sala.Actor, c Call, reason string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO signature_text (call, edition, revision, reason, by_whom, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		c.ID, c.Edition, c.Revision, reason, by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("put a text of work %s up: %w", c.Work, err)
	}
	return nil
}

// held reads a call and holds it until the transaction ends, so that two
// changes of its signatures wait for each other.
func (s *Store) held(ctx context.Context, tx *db.Tx, where string, arg any) (Call, error) {
	r, err := db.One[callRow](ctx, tx, `UPDATE signature_call SET changed = changed WHERE `+where+` RETURNING `+callColumns, arg)
	if err != nil {
		return Call{}, fmt.Errorf("signing: %w", err)
	}
	return r.call(), nil
}

// Of returns the call of a work, to those who publish; [sala.ErrNotFound] if
// it was never opened for signing.
func (s *Store) Of(ctx context.Context, by sala.Actor, work sala.ID) (Call, error) {
	if err := may(by, "signing of work "+string(work)); err != nil {
		return Call{}, err
	}
	return s.of(ctx, work)
}

func (s *Store) of(ctx context.Context, work sala.ID) (Call, error) {
	r, err := db.One[callRow](ctx, s.db, `SELECT `+callColumns+` FROM signature_call WHERE work = ?`, work)
	if err != nil {
		return Call{}, fmt.Errorf("signing of work %s: %w", work, err)
	}
	return r.call(), nil
}

// A Tally is a call with the number of its signatures.
type Tally struct {
	Call
	Stand, Wait int
}

// Calls returns every call, the newest first.
func (s *Store) Calls(ctx context.Context, by sala.Actor) ([]Tally, error) {
	if err := may(by, "signings"); err != nil {
		return nil, err
	}
	rows, err := db.All[callRow](ctx, s.db, `SELECT `+callColumns+` FROM signature_call ORDER BY made_at DESC, id DESC`)
	if err != nil {
		return nil, fmt.Errorf("signings: %w", err)
	}
	type count struct {
		Call  sala.ID `bun:"call"`
		State State   `bun:"state"`
		N     int     `bun:"n"`
	}
	counts, err := db.All[count](ctx, s.db, `SELECT call, state, COUNT(*) AS n FROM signature_entry WHERE state IN (?) GROUP BY call, state`, db.In([]State{Waiting, Stands}))
	if err != nil {
		return nil, fmt.Errorf("count signatures: %w", err)
	}
	all := make([]Tally, len(rows))
	for i, r := range rows {
		all[i].Call = r.call()
		for _, c := range counts {
			switch {
			case c.Call != r.ID:
			case c.State == Stands:
				all[i].Stand = c.N
			default:
				all[i].Wait = c.N
			}
		}
	}
	return all, nil
}

// A Change is a text that was put up for signing after another.
type Change struct {
	Edition  sala.ID
	Revision int
	Reason   string // "" if nobody had signed the one before
	At       time.Time
}

// changes returns the texts of a call that came after another, oldest first.
func (s *Store) changes(ctx context.Context, call sala.ID) ([]Change, error) {
	type row struct {
		Edition  sala.ID   `bun:"edition"`
		Revision int       `bun:"revision"`
		Reason   string    `bun:"reason"`
		At       time.Time `bun:"at"`
	}
	rows, err := db.All[row](ctx, s.db, `SELECT edition, revision, reason, at FROM signature_text WHERE call = ? AND reason <> '' ORDER BY at, revision`, call)
	if err != nil {
		return nil, fmt.Errorf("texts that were signed: %w", err)
	}
	all := make([]Change, len(rows))
	for i, r := range rows {
		all[i] = Change{r.Edition, r.Revision, r.Reason, r.At.UTC()}
	}
	return all, nil
}

// Changes returns why and when the signed text of a call changed, oldest
// first, to those who publish.
func (s *Store) Changes(ctx context.Context, by sala.Actor, call sala.ID) ([]Change, error) {
	if err := may(by, "texts that were signed"); err != nil {
		return nil, err
	}
	return s.changes(ctx, call)
}
