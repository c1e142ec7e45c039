package event

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// Deeds lists events as [Store.Events] does, with what those whom the filter
// asks for did there and nothing else that events hold in lists: the
// appearances of the people and the sessions that they were in, the parts of
// the organisations.
func (s *Store) Deeds(ctx context.Context, f Filter) (List, error) {
	list, err := s.Events(ctx, f)
	if err != nil || len(list.Events) == 0 {
		return list, err
	}
	ids, at := make([]sala.ID, len(list.Events)), make(map[sala.ID]*Event, len(list.Events))
	for i := range list.Events {
		ids[i], at[list.Events[i].ID] = list.Events[i].ID, &list.Events[i]
	}
	if f.Person != nil {
		if err := s.appeared(ctx, f.Person, ids, at); err != nil {
			return list, fmt.Errorf("who appeared: %w", err)
		}
	}
	if f.Organisation != nil {
		if err := s.tookPart(ctx, f.Organisation, ids, at); err != nil {
			return list, fmt.Errorf("who took part: %w", err)
		}
	}
	return list, nil
}

func (s *Store) appeared(ctx context.Context, people, ids []sala.ID, at map[sala.ID]*Event) error {
	type row struct {
		Event        sala.ID     `bun:"event"`
		ID           sala.ID     `bun:"id"`
		Session      sala.ID     `bun:"session"`
		Person       sala.ID     `bun:"person"`
		Role         Role        `bun:"role"`
		Position     string      `bun:"office"`
		Affiliation  string      `bun:"affiliation"`
		Organisation sala.ID     `bun:"organisation"`
		Title        string      `bun:"title"` // what follows is of the session, if one is stated
		Kind         SessionKind `bun:"kind"`
		Day          string      `bun:"day"`
		Start        Clock       `bun:"starts"`
		End          Clock       `bun:"ends"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT a.event, a.id, a.session, a.person, a.role, a.office, a.affiliation, a.organisation,
			COALESCE(s.title, '') AS title, COALESCE(s.kind, '') AS kind, COALESCE(s.day, '') AS day, COALESCE(s.starts, '') AS starts, COALESCE(s.ends, '') AS ends
		FROM event_appearance a LEFT JOIN event_session s ON s.id = a.session
		WHERE a.event IN (?) AND a.person IN (?) ORDER BY a.event, a.position`, db.In(ids), db.In(orNone(people)))
	if err != nil {
		return err
	}
	for _, r := range rows {
		e, a := at[r.Event], Appearance{ID: r.ID, Session: r.Session, Person: r.Person, Role: r.Role, Organisation: r.Organisation}
		if a.Position, err = sala.ScanText(r.Position); err != nil {
			return err
		}
		if a.Affiliation, err = sala.ScanText(r.Affiliation); err != nil {
			return err
		}
		e.Appearances = append(e.Appearances, a)
		if _, there := e.Session(r.Session); there || r.Session == "" {
			continue
		}
		in := Session{ID: r.Session, Kind: r.Kind, Start: r.Start, End: r.End}
		if in.Title, err = sala.ScanText(r.Title); err != nil {
			return err
		}
		if in.Day, err = sala.ParseDay(r.Day); err != nil {
			return err
		}
		e.Sessions = append(e.Sessions, in)
	}
	return nil
}

func (s *Store) tookPart(ctx context.Context, organisations, ids []sala.ID, at map[sala.ID]*Event) error {
	type row struct {
		Event        sala.ID `bun:"event"`
		ID           sala.ID `bun:"id"`
		Part         Part    `bun:"part"`
		Organisation sala.ID `bun:"organisation"`
		Name         string  `bun:"name"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT event, id, part, organisation, name FROM event_party
		WHERE event IN (?) AND organisation IN (?) ORDER BY event, position`, db.In(ids), db.In(orNone(organisations)))
	if err != nil {
		return err
	}
	for _, r := range rows {
		name, err := sala.ScanText(r.Name)
		if err != nil {
			return err
		}
		e := at[r.Event]
		e.Parties = append(e.Parties, Party{r.ID, r.Part, r.Organisation, name})
	}
	return nil
}
