package event

import (
	"context"

	"sala"
	"sala/internal/db"
)

// lists are the tables that hold what events are found and listed by. The whole
// of an event is its newest version.
var lists = []string{
	"event_party", "event_present", "event_session", "event_appearance", "event_work", "event_term", "event_lang",
}

// writeRows stores the rows of an event in place of those there are: what they
// were is in the version before.
func writeRows(ctx context.Context, tx *db.Tx, e Event) error {
	for _, table := range lists {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE event = ?`, e.ID); err != nil {
			return err
		}
	}
	for i, p := range e.Parties {
		err := tx.ExecOne(ctx, `INSERT INTO event_party (id, event, position, part, organisation, name) VALUES (?, ?, ?, ?, ?, ?)`,
			p.ID, e.ID, i, p.Part, p.Organisation, p.Name.Stored())
		if err != nil {
			return err
		}
	}
	for i, p := range e.Present {
		err := tx.ExecOne(ctx, `
			INSERT INTO event_present (id, event, position, organisation, name, several, sector, country) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			p.ID, e.ID, i, p.Organisation, p.Name.Stored(), p.Several, p.Sector, p.Country)
		if err != nil {
			return err
		}
	}
	for i, s := range e.Sessions {
		err := tx.ExecOne(ctx, `INSERT INTO event_session (id, event, position, title, kind, day, starts, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			s.ID, e.ID, i, s.Title.Stored(), s.Kind, s.Day.String(), s.Start, s.End)
		if err != nil {
			return err
		}
	}
	for i, a := range e.Appearances {
		err := tx.ExecOne(ctx, `
			INSERT INTO event_appearance (id, event, position, session, person, described, role, office, affiliation, organisation)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.ID, e.ID, i, a.Session, a.Person, a.Described.Stored(), a.Role, a.Position.Stored(), a.Affiliation.Stored(), a.Organisation)
		if err != nil {
			return err
		}
	}
	for i, w := range e.Works {
		err := tx.ExecOne(ctx, `INSERT INTO event_work (event, work, position, stage) VALUES (?, ?, ?, ?)`, e.ID, w.Work, i, w.Stage)
		if err != nil {
			return err
		}
	}
	for i, t := range e.Terms {
		if err := tx.ExecOne(ctx, `INSERT INTO event_term (event, term, position) VALUES (?, ?, ?)`, e.ID, t, i); err != nil {
			return err
		}
	}
	for _, list := range []struct {
		langs       []sala.Lang
		interpreted bool
	}{{e.Spoken, false}, {e.Interpreted, true}} {
		for i, l := range list.langs {
			err := tx.ExecOne(ctx, `INSERT INTO event_lang (event, lang, interpreted, position) VALUES (?, ?, ?, ?)`, e.ID, l, list.interpreted, i)
			if err != nil {
				return err
			}
		}
	}
	return nil
}
