package tracker

import (
	"context"
	"fmt"
	"slices"

	"sala"
	"sala/internal/db"
)

type role string

const (
	addressee role = "addressee"
	asker     role = "asker"
)

type partyRow struct {
	ID             sala.ID  `bun:"id"`
	Recommendation sala.ID  `bun:"recommendation"`
	Role           role     `bun:"role"`
	Organisation   *sala.ID `bun:"organisation"`
	Said           string   `bun:"said"`
	Ended          db.Null  `bun:"ended"`
	Why            string   `bun:"why"`
}

const partyColumns = `id, recommendation, role, organisation, said, ended, why`

func (row partyRow) party() (Party, error) {
	text, err := sala.ScanText(row.Said)
	p := Party{ID: row.ID, Organisation: deref(row.Organisation), Said: text, Why: row.Why}
	if !row.Ended.IsZero() {
		p.Ended = row.Ended.Time.UTC()
	}
	return p, err
}

func deref(id *sala.ID) sala.ID {
	if id == nil {
		return ""
	}
	return *id
}

// setParties makes these the parties of a role: those that are no longer
// among them end.
func (s *Store) setParties(ctx context.Context, tx *db.Tx, by sala.Actor, id sala.ID, r role, parties []Party) error {
	rows, err := db.All[partyRow](ctx, tx, `
		SELECT `+partyColumns+` FROM tracker_party WHERE recommendation = ? AND role = ? AND ended IS NULL ORDER BY position, id`, id, r)
	if err != nil {
		return fmt.Errorf("parties of recommendation %s: %w", id, err)
	}
	var had []Party
	for _, row := range rows {
		p, err := row.party()
		if err != nil {
			return fmt.Errorf("parties of recommendation %s: %w", id, err)
		}
		had = append(had, p)
		if slices.ContainsFunc(parties, p.same) {
			continue
		}
		if err := tx.ExecOne(ctx, `UPDATE tracker_party SET ended = ?, ended_by = ? WHERE id = ?`, db.At(tx.Now), by.Name, p.ID); err != nil {
			return fmt.Errorf("parties of recommendation %s: %w", id, err)
		}
	}
	for i, p := range parties {
		if at := slices.IndexFunc(had, p.same); at >= 0 {
			if err := tx.ExecOne(ctx, `UPDATE tracker_party SET position = ? WHERE id = ?`, i, had[at].ID); err != nil {
				return fmt.Errorf("parties of recommendation %s: %w", id, err)
			}
			continue
		}
		if err := s.addParty(ctx, tx, by, id, r, p, i); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) addParty(ctx context.Context, tx *db.Tx, by sala.Actor, id sala.ID, r role, p Party, position int) error {
	err := tx.ExecOne(ctx, `
		INSERT INTO tracker_party (id, recommendation, role, organisation, said, position, added, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		sala.NewID(), id, r, db.OrNull(p.Organisation), p.Said.Stored(), position, db.At(tx.Now), by.Name)
	if err != nil {
		return fmt.Errorf("parties of recommendation %s: %w", id, err)
	}
	return nil
}

// Readdress follows what happened to an organisation of the directory: it was
// merged into another, or removed, when into is "". What was asked of it, by
// it, and what it answered is that of the other from then on; the rows that
// named it end with the reason why. An organisation that was removed stays by
// the name that it had.
func (s *Store) Readdress(ctx context.Context, by sala.Actor, from, into sala.ID, name sala.Text, why string) error {
	if err := may(by, sala.Publish, "readdress what was asked of "+string(from)); err != nil {
		return err
	}
	if from == into {
		return sala.Invalid{{Field: "into", Key: "studio.tracker.into_itself", Text: "an organisation cannot be merged into itself"}}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		type placed struct {
			partyRow
			Position int `bun:"position"`
		}
		rows, err := db.All[placed](ctx, tx, `SELECT `+partyColumns+`, position FROM tracker_party WHERE organisation = ? AND ended IS NULL ORDER BY id`, from)
		if err != nil {
			return fmt.Errorf("parties of organisation %s: %w", from, err)
		}
		for _, row := range rows {
			p, err := row.party()
			if err != nil {
				return fmt.Errorf("party %s: %w", row.ID, err)
			}
			p.Organisation = into
			if len(p.Said) == 0 {
				p.Said = name.Trimmed()
			}
			if into == "" && len(p.Said) == 0 {
				return sala.Invalid{{Field: "name", Key: "studio.tracker.name_missing", Text: "the name by which it was known is needed"}}
			}
			err = tx.ExecOne(ctx, `UPDATE tracker_party SET ended = ?, ended_by = ?, why = ? WHERE id = ?`, db.At(tx.Now), by.Name, why, row.ID)
			if err != nil {
				return fmt.Errorf("party %s: %w", row.ID, err)
			}
			has, err := db.One[int](ctx, tx, `
				SELECT COUNT(*) FROM tracker_party WHERE recommendation = ? AND role = ? AND organisation = ? AND ended IS NULL`, row.Recommendation, row.Role, into)
			if err != nil {
				return fmt.Errorf("party %s: %w", row.ID, err)
			}
			if has == 0 {
				if err := s.addParty(ctx, tx, by, row.Recommendation, row.Role, p, row.Position); err != nil {
					return err
				}
			}
			if err := tx.Changed(ctx, ref(row.Recommendation), "readdressed", by); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `UPDATE tracker_reply SET organisation = ? WHERE organisation = ?`, db.OrNull(into), from); err != nil {
			return fmt.Errorf("replies of organisation %s: %w", from, err)
		}
		return nil
	})
}

// PastParties returns those who are no longer asked, or no longer ask, by
// recommendation, oldest first. Who was taken out of a draft never was one:
// readers are told of those who stood there since it was first public.
func (s *Store) PastParties(ctx context.Context, id sala.ID) (askers, addressed []Party, err error) {
	rows, err := db.All[partyRow](ctx, s.db, `
		SELECT `+partyColumns+` FROM tracker_party
		WHERE recommendation = ? AND ended >= (SELECT MIN(at) FROM tracker_publication WHERE recommendation = ? AND public) ORDER BY ended, id`, id, id)
	if err != nil {
		return nil, nil, fmt.Errorf("past parties of recommendation %s: %w", id, err)
	}
	for _, row := range rows {
		p, err := row.party()
		if err != nil {
			return nil, nil, fmt.Errorf("past parties of recommendation %s: %w", id, err)
		}
		if row.Role == asker {
			askers = append(askers, p)
		} else {
			addressed = append(addressed, p)
		}
	}
	return askers, addressed, nil
}
