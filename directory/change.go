package directory

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

// AddPerson adds somebody. It returns [sala.ErrForbidden] unless by may know
// people, and [sala.Invalid] for what cannot be.
func (s *Store) AddPerson(ctx context.Context, by sala.Actor, p Person) (sala.ID, error) {
	p.ID = sala.NewID()
	err := s.db.Tx(ctx, func(tx *db.Tx) error { return s.AddPersonIn(ctx, tx, by, p) })
	return p.ID, err
}

// AddPersonIn is [Store.AddPerson] inside a transaction, with an id that the
// caller chose: an import derives it from where it read of somebody. If there
// is one of that id already it returns [sala.ErrConflict].
func (s *Store) AddPersonIn(ctx context.Context, tx *db.Tx, by sala.Actor, p Person) error {
	if err := mayKnow(by, "add a person"); err != nil {
		return err
	}
	bad, err := s.checkPerson(ctx, tx, &p)
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		return bad
	}
	r, err := p.row()
	if err != nil {
		return err
	}
	return s.add(ctx, tx, by, r, p.Posts)
}

// AddOrganisation adds an organisation, as [Store.AddPerson] does a person.
func (s *Store) AddOrganisation(ctx context.Context, by sala.Actor, o Organisation) (sala.ID, error) {
	o.ID = sala.NewID()
	err := s.db.Tx(ctx, func(tx *db.Tx) error { return s.AddOrganisationIn(ctx, tx, by, o) })
	return o.ID, err
}

// AddOrganisationIn is [Store.AddOrganisation] inside a transaction, with an
// id that the caller chose: see [Store.AddPersonIn].
func (s *Store) AddOrganisationIn(ctx context.Context, tx *db.Tx, by sala.Actor, o Organisation) error {
	if err := mayKnow(by, "add an organisation"); err != nil {
		return err
	}
	bad, err := s.checkOrganisation(ctx, tx, &o)
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		return bad
	}
	r, err := o.row()
	if err != nil {
		return err
	}
	return s.add(ctx, tx, by, r, nil)
}

func (s *Store) add(ctx context.Context, tx *db.Tx, by sala.Actor, r row, posts []Post) error {
	// Logged first: with PostgreSQL that is where two who change the directory
	// at once wait for each other.
	if err := tx.Changed(ctx, sala.Ref{Kind: r.What, ID: r.ID}, "added", by); err != nil {
		return err
	}
	there, err := db.Found(second(db.One[sala.ID](ctx, tx, `SELECT id FROM directory_entry WHERE id = ?`, r.ID)))
	if err != nil {
		return fmt.Errorf("add %s %s: %w", r.What, r.ID, err)
	}
	if there {
		return fmt.Errorf("add %s %s: it is there already: %w", r.What, r.ID, sala.ErrConflict)
	}
	return s.write(ctx, tx, by, nil, r, posts, "added")
}

func second[T any](_ T, err error) error { return err }

// ChangePerson changes somebody. seen is when they had been changed last as
// whoever changes them saw it: if somebody else has done so since, it returns
// [sala.ErrConflict]. An empty Slug leaves the address; another one becomes
// it, and the old one leads there.
func (s *Store) ChangePerson(ctx context.Context, by sala.Actor, p Person, seen time.Time) error {
	if err := mayKnow(by, "change person "+string(p.ID)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		was, err := s.begin(ctx, tx, by, sala.KindPerson, p.ID, seen)
		if err != nil {
			return err
		}
		bad, err := s.checkPerson(ctx, tx, &p)
		if err != nil {
			return err
		}
		if len(bad) > 0 {
			return bad
		}
		r, err := p.row()
		if err != nil {
			return err
		}
		return s.write(ctx, tx, by, &was, r, p.Posts, "changed")
	})
}

// ChangeOrganisation changes an organisation, as [Store.ChangePerson] does a
// person.
func (s *Store) ChangeOrganisation(ctx context.Context, by sala.Actor, o Organisation, seen time.Time) error {
	if err := mayKnow(by, "change organisation "+string(o.ID)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		was, err := s.begin(ctx, tx, by, sala.KindOrganisation, o.ID, seen)
		if err != nil {
			return err
		}
		bad, err := s.checkOrganisation(ctx, tx, &o)
		if err != nil {
			return err
		}
		if len(bad) > 0 {
			return bad
		}
		r, err := o.row()
		if err != nil {
			return err
		}
		before, err := was.organisation()
		if err != nil {
			return err
		}
		if err := reworded.Note(ctx, tx, o.ID, before.told(), o.told(), ""); err != nil {
			return err
		}
		return s.write(ctx, tx, by, &was, r, nil, "changed")
	})
}

// Show changes only how somebody may be shown: the one thing that must be
// quick.
func (s *Store) Show(ctx context.Context, by sala.Actor, id sala.ID, showing Showing) error {
	p, err := s.Person(ctx, by, id)
	if err != nil {
		return err
	}
	seen := p.Changed
	p.Showing = showing
	return s.ChangePerson(ctx, by, p, seen)
}

// begin logs a change of an entry and returns it as it stands. One that was
// changed since, or merged into another, is a conflict.
func (s *Store) begin(ctx context.Context, tx *db.Tx, by sala.Actor, what sala.Kind, id sala.ID, seen time.Time) (row, error) {
	if err := tx.Changed(ctx, sala.Ref{Kind: what, ID: id}, "changed", by); err != nil {
		return row{}, err
	}
	was, err := s.entry(ctx, tx, what, id)
	if err != nil {
		return was, err
	}
	if was.Merged != nil || !was.Changed.UTC().Equal(seen) {
		return was, fmt.Errorf("%s %s was changed meanwhile: %w", what, id, sala.ErrConflict)
	}
	return was, nil
}

// A State is one state that an entry was in.
type State struct {
	What string    `bun:"what"` // a verb: "added", "changed", "merged", "split"
	JSON string    `bun:"state"`
	By   string    `bun:"by_whom"`
	At   time.Time `bun:"at"`
}

// History returns every state of an entry, newest first. It holds names.
func (s *Store) History(ctx context.Context, by sala.Actor, id sala.ID) ([]State, error) {
	if err := mayKnow(by, "history of "+string(id)); err != nil {
		return nil, err
	}
	states, err := db.All[State](ctx, s.db, `
		SELECT what, state, by_whom, at FROM directory_history WHERE entry = ? ORDER BY at DESC, id DESC`, id)
	if err != nil {
		return nil, fmt.Errorf("history of %s: %w", id, err)
	}
	return states, nil
}

// kept is a state as it is remembered.
type kept struct {
	Kind    string   `json:"kind"`
	Names   string   `json:"names"`
	Short   string   `json:"short,omitempty"`
	Aliases string   `json:"aliases"`
	Showing Showing  `json:"showing,omitempty"`
	Country string   `json:"country,omitempty"`
	Slug    string   `json:"slug"`
	Parent  *sala.ID `json:"parent,omitempty"`
	Merged  *sala.ID `json:"merged,omitempty"`
	More    string   `json:"more"`
	Posts   []Post   `json:"posts,omitempty"`
}

func (s *Store) remember(ctx context.Context, tx *db.Tx, by sala.Actor, r row, posts []Post, verb string) error {
	state, err := json.Marshal(kept{r.Kind, r.Names, r.Short, r.Aliases, r.Showing, r.Country, r.Slug, r.Parent, r.Merged, r.More, posts})
	if err != nil {
		return fmt.Errorf("history of %s: %w", r.ID, err)
	}
	err = tx.ExecOne(ctx, `INSERT INTO directory_history (id, entry, what, state, by_whom, at) VALUES (?, ?, ?, ?, ?, ?)`,
		sala.NewID(), r.ID, verb, string(state), by.Name, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("history of %s: %w", r.ID, err)
	}
	return nil
}
