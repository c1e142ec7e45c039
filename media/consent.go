package media

import (
	"context"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

// People says whether somebody can be recognised in a picture.
type People string

// What is known of the people in a picture. Of what an import brings nobody
// has said anything: it stays shown as it was on the old site.
const (
	PeopleUnknown People = ""
	NoPeople      People = "none"
	Recognisable  People = "recognisable"
)

// Shown reports whether readers may see f as far as media knows: it is public
// and nobody's consent stands against it.
func (f File) Shown() bool { return f.Public && f.Hold == sala.NotHeld }

// SetPeople says whether people can be recognised in a picture. It is needed
// before a picture that was not imported can be made public.
func (s *Store) SetPeople(ctx context.Context, by sala.Actor, file sala.ID, recognisable bool) error {
	return s.consenting(ctx, by, file, peopleSaid, func(tx *db.Tx, hash string) error {
		return tx.ExecOne(ctx, `INSERT INTO media_people (id, hash, recognisable, by_whom, at) VALUES (?, ?, ?, ?, ?)`,
			sala.NewID(), hash, recognisable, by.Name, db.At(tx.Now))
	})
}

// RecordConsent adds a consent for a picture. People are recognisable in it
// from then on.
func (s *Store) RecordConsent(ctx context.Context, by sala.Actor, file sala.ID, c sala.Consent) (sala.ID, error) {
	id := sala.NewID()
	if err := c.Tidy(); err != nil {
		return "", err
	}
	return id, s.consenting(ctx, by, file, consentGiven, func(tx *db.Tx, hash string) error {
		err := tx.ExecOne(ctx, `INSERT INTO media_people (id, hash, recognisable, by_whom, at) VALUES (?, ?, ?, ?, ?)`,
			sala.NewID(), hash, true, by.Name, db.At(tx.Now))
		if err != nil {
			return err
		}
		if !c.Until.IsZero() {
			if err := s.jobs.EnqueueAt(ctx, tx, consentJob, string(id), c.Until.Time().AddDate(0, 0, 1)); err != nil {
				return err
			}
		}
		return tx.ExecOne(ctx, `
			INSERT INTO media_consent (id, hash, person, given, scope, until, note, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id, hash, c.Person, c.Given.String(), c.Scope, c.Until.String(), c.Note, by.Name, db.At(tx.Now))
	})
}

// WithdrawConsent takes a consent back. From the commit on no reader is given
// the picture in any size, whoever else agreed to it.
func (s *Store) WithdrawConsent(ctx context.Context, by sala.Actor, file, consent sala.ID, reason string) error {
	return s.consenting(ctx, by, file, consentTaken, func(tx *db.Tx, hash string) error {
		return tx.ExecOne(ctx, `
			INSERT INTO media_consent_withdrawal (consent, reason, by_whom, at)
			SELECT id, ?, ?, ? FROM media_consent WHERE id = ? AND hash = ?`, reason, by.Name, db.At(tx.Now), consent, hash)
	})
}

// consenting changes what is known of the people in a picture, for every file
// that has its bytes.
func (s *Store) consenting(ctx context.Context, by sala.Actor, file sala.ID, what string, f func(tx *db.Tx, hash string) error) error {
	if by.Role < sala.Editor {
		return fmt.Errorf("%s of file %s: %w", what, file, sala.ErrForbidden)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		hash, err := db.One[string](ctx, tx, `SELECT hash FROM media_file WHERE id = ? AND hash <> ''`, file)
		if err == nil {
			err = f(tx, hash)
		}
		if err != nil {
			return fmt.Errorf("%s of file %s: %w", what, file, err)
		}
		return s.peopleChanged(ctx, tx, hash, what, by)
	})
}

// What happens to what is known of the people in a picture, as the change log
// has it.
var PeopleChanges = []string{peopleSaid, consentGiven, consentTaken, consentOver}

const (
	peopleSaid   = "people"
	consentGiven = "consent"
	consentTaken = "consent withdrawn"
	consentOver  = "consent ended"
)

func (s *Store) peopleChanged(ctx context.Context, tx *db.Tx, hash, what string, by sala.Actor) error {
	ids, err := db.All[sala.ID](ctx, tx, `SELECT id FROM media_file WHERE hash = ? ORDER BY id`, hash)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindFile, ID: id}, what, by); err != nil {
			return err
		}
	}
	return nil
}

const consentJob = "media.consent"

// endConsent lets everybody who keeps something know that a consent has
// ended: the day alone would not tell them.
func (s *Store) endConsent(ctx context.Context, consent string) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		hash, err := db.One[string](ctx, tx, `SELECT hash FROM media_consent WHERE id = ?`, consent)
		if err != nil {
			return fmt.Errorf("end of consent %s: %w", consent, err)
		}
		return s.peopleChanged(ctx, tx, hash, consentOver, sala.Machine("calendar"))
	})
}

// Withheld returns those of some files that nobody may see because of the
// people in them: see [Hold].
func (s *Store) Withheld(ctx context.Context, ids []sala.ID) (map[sala.ID]bool, error) {
	files, err := s.Files(ctx, ids)
	if err != nil {
		return nil, err
	}
	held := map[sala.ID]bool{}
	for id, f := range files {
		if f.Hold != sala.NotHeld {
			held[id] = true
		}
	}
	return held, nil
}

// Consents returns what is recorded of the people in a picture, oldest first.
// Only those who work on the record may read it.
func (s *Store) Consents(ctx context.Context, by sala.Actor, file sala.ID) ([]sala.Consent, error) {
	if by.Role < sala.Editor {
		return nil, fmt.Errorf("consents of file %s: %w", file, sala.ErrForbidden)
	}
	f, err := s.File(ctx, file)
	if err != nil {
		return nil, err
	}
	_, consents, err := s.people(ctx, []string{f.Hash})
	return consents[f.Hash], err
}

// people returns what is known of those in some pictures, by hash.
func (s *Store) people(ctx context.Context, hashes []string) (map[string]bool, map[string][]sala.Consent, error) {
	type said struct {
		Hash         string `bun:"hash"`
		Recognisable bool   `bun:"recognisable"`
	}
	recognisable := map[string]bool{}
	rows, err := db.All[said](ctx, s.db, `SELECT hash, recognisable FROM media_people WHERE hash IN (?) ORDER BY at, id`, db.In(hashes))
	if err != nil {
		return nil, nil, fmt.Errorf("people in pictures: %w", err)
	}
	for _, r := range rows { // the newest comes last
		recognisable[r.Hash] = r.Recognisable
	}
	type row struct {
		ID        sala.ID    `bun:"id"`
		Hash      string     `bun:"hash"`
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
	given, err := db.All[row](ctx, s.db, `
		SELECT c.id, c.hash, c.person, c.given, c.scope, c.until, c.note, c.by_whom, c.at, w.at AS withdrawn, COALESCE(w.reason, '') AS reason
		FROM media_consent c LEFT JOIN media_consent_withdrawal w ON w.consent = c.id
		WHERE c.hash IN (?) ORDER BY c.at, c.id`, db.In(hashes))
	if err != nil {
		return nil, nil, fmt.Errorf("consents: %w", err)
	}
	consents := map[string][]sala.Consent{}
	for _, r := range given {
		c := sala.Consent{ID: r.ID, Person: r.Person, Scope: r.Scope, Note: r.Note, By: r.By, At: r.At.UTC(), Reason: r.Reason}
		if !r.Withdrawn.IsZero() {
			c.Withdrawn = r.Withdrawn.UTC()
		}
		if c.Given, err = sala.ParseDay(r.Given); err == nil {
			c.Until, err = sala.ParseDay(r.Until)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("consent %s: %w", r.ID, err)
		}
		consents[r.Hash] = append(consents[r.Hash], c)
	}
	return recognisable, consents, nil
}
