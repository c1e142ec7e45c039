package signature

import (
	"context"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

// A State says what became of a signature.
type State string

// The states.
const (
	Waiting   State = "waiting" // for an editor: it came by a link that is shared
	Stands    State = "stands"
	Refused   State = "refused"   // by an editor, or struck out later
	Withdrawn State = "withdrawn" // by whoever had signed
	Renewed   State = "renewed"   // the same organisation has signed a later text
)

// A Way is how a signature came.
type Way string

// The ways. An editor enters what comes by the last two.
const (
	ByLink  Way = "link"
	OnPaper Way = "paper"
	ByMail  Way = "mail"
)

// Details are what somebody signs with.
type Details struct {
	Name    string // of the organisation, as it is to stand
	Country string // ISO 3166-1 alpha-2, in lower case
	Person  string // who signs for it
	Role    string
	Shown   bool   // readers are told Person and Role
	Email   string // for editors alone; may be empty
}

// An Entry is a signature.
type Entry struct {
	ID           sala.ID
	Call         sala.ID
	Link         sala.ID // "" of one that an editor entered
	Edition      sala.ID // that was signed
	Revision     int
	Organisation sala.ID // in the directory, "" if none is known
	Details
	Way     Way
	State   State
	Late    bool
	Signed  time.Time
	At      time.Time // when it came here
	Changed time.Time
	Reason  string // it was refused
	By      string // who decided, or entered it
}

type entryRow struct {
	ID           sala.ID   `bun:"id"`
	Call         sala.ID   `bun:"call"`
	Link         sala.ID   `bun:"link"`
	Edition      sala.ID   `bun:"edition"`
	Revision     int       `bun:"revision"`
	Organisation sala.ID   `bun:"organisation"`
	Name         string    `bun:"name"`
	Country      string    `bun:"country"`
	Person       string    `bun:"person"`
	Role         string    `bun:"role"`
	Shown        bool      `bun:"shown"`
	Email        string    `bun:"email"`
	Way          Way       `bun:"way"`
	State        State     `bun:"state"`
	Late         bool      `bun:"late"`
	Signed       time.Time `bun:"signed"`
	At           time.Time `bun:"at"`
	Changed      time.Time `bun:"changed"`
	Reason       string    `bun:"reason"`
	By           string    `bun:"decided_by"`
}

const entryColumns = `id, call, link, edition, revision, organisation, name, country, person, role, shown, email, way, state, late, signed, at, changed, reason, decided_by`

func (r entryRow) entry() Entry {
	return Entry{
		r.ID, r.Call, r.Link, r.Edition, r.Revision, r.Organisation, Details{r.Name, r.Country, r.Person, r.Role, r.Shown, r.Email},
		r.Way, r.State, r.Late, r.Signed.UTC(), r.At.UTC(), r.Changed.UTC(), r.Reason, r.By,
	}
}

func (s *Store) entries(ctx context.Context, r db.Reader, where string, args ...any) ([]Entry, error) {
	rows, err := db.All[entryRow](ctx, r, `SELECT `+entryColumns+` FROM signature_entry WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("signatures: %w", err)
	}
	all := make([]Entry, len(rows))
	for i, row := range rows {
		all[i] = row.entry()
	}
	return all, nil
}

// add keeps a signature within tx and freezes the text that was signed.
func (s *Store) add(ctx context.Context, tx *db.Tx, by sala.Actor, c Call, e Entry, keyHash string) error {
	if err := s.text.Freeze(ctx, tx, by, e.Edition, e.Revision); err != nil {
		return err
	}
	if e.State == Stands {
		if err := s.renew(ctx, tx, c, e); err != nil {
			return err
		}
	}
	err := tx.ExecOne(ctx, `
		INSERT INTO signature_entry (`+entryColumns+`, form, key_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.ID, c.ID, e.Link, e.Edition, e.Revision, e.Organisation, e.Name, e.Country, e.Person, e.Role, e.Shown, e.Email, e.Way, e.State, e.Late,
		db.At(e.Signed), db.At(tx.Now), db.At(tx.Now), e.Reason, e.By, formOf(e.Name), keyHash)
	if err != nil {
		return fmt.Errorf("keep a signature: %w", err)
	}
	return nil
}

// renew makes room for a signature that is to stand: one of the same
// organisation to an earlier text is renewed by it. One to the same text keeps
// its place, and the new one is refused.
func (s *Store) renew(ctx context.Context, tx *db.Tx, c Call, e Entry) error {
	same, err := s.same(ctx, tx, c, e, Stands)
	if err != nil {
		return err
	}
	for _, had := range same {
		if had.Edition == e.Edition && had.Revision == e.Revision {
			return again()
		}
		if err := tx.ExecOne(ctx, `UPDATE signature_entry SET state = ?, changed = ? WHERE id = ?`, Renewed, db.At(tx.Now), had.ID); err != nil {
			return fmt.Errorf("renew signature %s: %w", had.ID, err)
		}
	}
	return nil
}

// again says that an organisation has signed already.
func again() error {
	return sala.Invalid{fault("name", "sign.again", "this organisation has signed already; the first signature stands")}
}

// same returns the signatures of a call in some states by the organisation of
// e, other than e itself: the same entry of the directory, or the same name.
func (s *Store) same(ctx context.Context, tx *db.Tx, c Call, e Entry, states ...State) ([]Entry, error) {
	return s.entries(ctx, tx, `call = ? AND id <> ? AND state IN (?) AND (form = ? OR organisation <> '' AND organisation = ?)`,
		c.ID, e.ID, db.In(states), formOf(e.Name), e.Organisation)
}

// Entries returns every signature of a call, in the order of signing.
func (s *Store) Entries(ctx context.Context, by sala.Actor, call sala.ID) ([]Entry, error) {
	if err := may(by, "signatures"); err != nil {
		return nil, err
	}
	return s.entries(ctx, s.db, `call = ? ORDER BY signed, id`, call)
}

// Waiting counts what waits for an editor.
func (s *Store) Waiting(ctx context.Context, by sala.Actor) (int, error) {
	if err := may(by, "count signatures"); err != nil {
		return 0, err
	}
	n, err := db.One[int](ctx, s.db, `SELECT COUNT(*) FROM signature_entry WHERE state = ?`, Waiting)
	if err != nil {
		return 0, fmt.Errorf("count signatures: %w", err)
	}
	return n, nil
}

// Came returns when each signature came that waits to be confirmed, of those
// after a moment, oldest first.
func (s *Store) Came(ctx context.Context, by sala.Actor, after time.Time) ([]time.Time, error) {
	if err := may(by, "signatures"); err != nil {
		return nil, err
	}
	came, err := db.All[time.Time](ctx, s.db, `SELECT at FROM signature_entry WHERE state = ? AND at > ? ORDER BY at`, Waiting, db.At(after))
	if err != nil {
		return nil, fmt.Errorf("signatures that came: %w", err)
	}
	return came, nil
}

// Enter keeps a signature that came on paper or by mail, of e's Details,
// Organisation, Way and Signed. It stands at once, and is late if it was
// signed after the time that was given, whatever is allowed to others.
func (s *Store) Enter(ctx context.Context, by sala.Actor, call sala.ID, e Entry) error {
	if err := may(by, "enter a signature"); err != nil {
		return err
	}
	var err error
	if e.Details, err = e.tidied(); err != nil {
		return err
	}
	var bad sala.Invalid
	if e.Way != OnPaper && e.Way != ByMail {
		bad = append(bad, fault("way", "studio.sign.way_missing", "say how it came"))
	}
	if e.Signed.IsZero() || e.Signed.After(s.db.Now()) {
		bad = append(bad, fault("signed", "studio.sign.signed_bad", "want the day it was signed, which is not to come"))
	}
	if bad != nil {
		return bad
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.held(ctx, tx, `id = ?`, call)
		if err != nil {
			return err
		}
		if c.Revision == 0 {
			return mending()
		}
		e.ID, e.Link, e.Edition, e.Revision, e.State, e.Late = sala.NewID(), "", c.Edition, c.Revision, Stands, e.Signed.After(c.Until)
		e.Reason, e.By = "", by.Name
		if err := s.add(ctx, tx, by, c, e, ""); err != nil {
			return err
		}
		return changed(ctx, tx, by, c.Work, "entered a signature of")
	})
}

func mending() error {
	return sala.Invalid{fault("form", "sign.mending", "the text is being changed just now; sign when it is there again")}
}

// Decide lets a signature of a call stand, or refuses it, with a reason. One
// that stands can be struck out, and one that was refused be taken back in.
// organisation, if it is known, is what the signature is of.
func (s *Store) Decide(ctx context.Context, by sala.Actor, call, entry sala.ID, stands bool, organisation sala.ID, reason string) error {
	if err := may(by, "decide on a signature"); err != nil {
		return err
	}
	reason = tidy(reason)
	bad := check("reason", reason, noteRunes)
	if !stands && reason == "" {
		bad = append(bad, fault("reason", "studio.sign.refusal_missing", "say why it is refused"))
	}
	if bad != nil {
		return bad
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.held(ctx, tx, `id = ?`, call)
		if err != nil {
			return err
		}
		found, err := s.entries(ctx, tx, `id = ? AND call = ?`, entry, call)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("signature %s: %w", entry, sala.ErrNotFound)
		}
		e := found[0]
		state, what := Refused, "refused a signature of"
		from := []State{Waiting, Stands}
		if stands {
			state, what, reason = Stands, "confirmed a signature of", ""
			from = []State{Waiting, Refused}
			if organisation != "" {
				e.Organisation = organisation
			}
			if err := s.renew(ctx, tx, c, e); err != nil {
				return err
			}
		}
		n, err := tx.Exec(ctx, `UPDATE signature_entry SET state = ?, organisation = ?, reason = ?, decided_by = ?, changed = ? WHERE id = ? AND state IN (?)`,
			state, e.Organisation, reason, by.Name, db.At(tx.Now), entry, db.In(from))
		if err != nil {
			return fmt.Errorf("decide on signature %s: %w", entry, err)
		}
		if n == 0 {
			return fmt.Errorf("decide on signature %s, which is %s: %w", entry, e.State, sala.ErrConflict)
		}
		return changed(ctx, tx, by, c.Work, what)
	})
}

// ForgetEmail removes the mail address of a signature.
func (s *Store) ForgetEmail(ctx context.Context, by sala.Actor, call, entry sala.ID) error {
	if err := may(by, "forget a mail address"); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.held(ctx, tx, `id = ?`, call)
		if err != nil {
			return err
		}
		if err := tx.ExecOne(ctx, `UPDATE signature_entry SET email = '', changed = ? WHERE id = ? AND call = ?`, db.At(tx.Now), entry, call); err != nil {
			return fmt.Errorf("forget the mail address of signature %s: %w", entry, err)
		}
		return changed(ctx, tx, by, c.Work, "forgot a mail address of")
	})
}
