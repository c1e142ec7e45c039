package directory

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// Merge says that from and into are one: the ids and addresses of from, and of
// what was merged into it, lead to into from then on, its names are names of
// into, and of two ways of showing somebody the stricter holds. Nothing else
// of either changes, so [Store.Split] can undo it. Merging an entry into
// itself, directly or by what was merged before, is refused.
func (s *Store) Merge(ctx context.Context, by sala.Actor, from, into sala.ID) error {
	if err := mayKnow(by, "merge "+string(from)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		a, b, err := s.pair(ctx, tx, from, into)
		if err != nil {
			return err
		}
		if err := tx.Changed(ctx, sala.Ref{Kind: a.What, ID: a.ID}, "merged", by); err != nil {
			return err
		}
		posts, err := s.posts(ctx, tx, []sala.ID{a.ID, b.ID})
		if err != nil {
			return err
		}
		if err := s.unbend(ctx, tx, a, &b); err != nil {
			return err
		}
		if a.What == sala.KindPerson {
			if b.Showing, err = strictest(a, b); err != nil {
				return err
			}
			p, err := b.person()
			if err != nil {
				return err
			}
			if p.Shown() == FirstName && len(p.First) == 0 { // it has none to be shown by
				b.Showing = RoleOnly
			}
			b.Protected, b.Public = p.Shown() != InFull, p.Shown() == InFull
		}
		was := a
		a.Merged = &b.ID
		if err := s.write(ctx, tx, by, &was, a, posts[a.ID], "merged"); err != nil {
			return err
		}
		if err := s.write(ctx, tx, by, &b, b, posts[b.ID], "took in"); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: b.What, ID: b.ID}, "changed", by)
	})
}

// pair returns two entries that may be merged.
func (s *Store) pair(ctx context.Context, tx *db.Tx, from, into sala.ID) (a, b row, err error) {
	lost := sala.Invalid{fault("into", "into_lost", "there is no entry %q to merge into", into)}
	at, err := s.survivor(ctx, tx, into)
	if there, err := db.Found(err); err != nil {
		return a, b, err
	} else if !there {
		return a, b, lost
	}
	now, err := s.survivor(ctx, tx, from)
	if err != nil {
		return a, b, err
	}
	if now != from {
		return a, b, fmt.Errorf("%s was merged already: %w", from, sala.ErrConflict)
	}
	if at == now {
		return a, b, sala.Invalid{fault("into", "into_self", "an entry cannot be merged into itself, or into one that was merged into it")}
	}
	for id, to := range map[sala.ID]*row{now: &a, at: &b} {
		if *to, err = db.One[row](ctx, tx, `SELECT `+rowColumns+` FROM directory_entry WHERE id = ?`, id); err != nil {
			return a, b, fmt.Errorf("entry %s: %w", id, err)
		}
	}
	if a.What != b.What {
		return a, b, sala.Invalid{fault("into", "into_other", "a person and an organisation cannot be one")}
	}
	return a, b, nil
}

// strictest is the stricter of the ways in which two people are shown, as it
// is stored with the second.
func strictest(a, b row) (Showing, error) {
	p, err := a.person()
	if err != nil {
		return "", err
	}
	q, err := b.person()
	if err != nil {
		return "", err
	}
	if s := stricter(p.Shown(), q.Shown()); s != q.Shown() {
		return s, nil
	}
	return b.Showing, nil
}

// unbend keeps an organisation that takes in another from belonging to itself:
// where it belonged to the other, it belongs to what that belonged to.
func (s *Store) unbend(ctx context.Context, tx *db.Tx, a row, b *row) error {
	if b.Parent == nil {
		return nil
	}
	at, err := s.survivor(ctx, tx, *b.Parent)
	if err != nil {
		return err
	}
	if at == a.ID {
		b.Parent = a.Parent
		if b.Parent == nil {
			return nil
		}
		if at, err = s.survivor(ctx, tx, *b.Parent); err != nil {
			return err
		}
	}
	for seen := map[sala.ID]bool{}; !seen[at]; {
		if at == a.ID || at == b.ID {
			return sala.Invalid{fault("into", "parent_circle", "an organisation cannot belong to itself, or to one that belongs to it")}
		}
		seen[at] = true
		above, err := s.entry(ctx, tx, sala.KindOrganisation, at)
		if err != nil {
			return err
		}
		if above.Parent == nil {
			return nil
		}
		if at, err = s.survivor(ctx, tx, *above.Parent); err != nil {
			return err
		}
	}
	return nil
}

// Split undoes a merge: id is an entry of its own again, with what was merged
// into it before. The other keeps the way in which it is shown.
func (s *Store) Split(ctx context.Context, by sala.Actor, id sala.ID) error {
	if err := mayKnow(by, "split "+string(id)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		was, err := db.One[row](ctx, tx, `SELECT `+rowColumns+` FROM directory_entry WHERE id = ?`, id)
		if err != nil {
			return fmt.Errorf("entry %s: %w", id, err)
		}
		if was.Merged == nil {
			return fmt.Errorf("%s is merged into nothing: %w", id, sala.ErrConflict)
		}
		for _, ref := range []sala.Ref{{Kind: was.What, ID: id}, {Kind: was.What, ID: *was.Merged}} {
			if err := tx.Changed(ctx, ref, "split", by); err != nil {
				return err
			}
		}
		posts, err := s.posts(ctx, tx, []sala.ID{id})
		if err != nil {
			return err
		}
		r := was
		r.Merged = nil
		return s.write(ctx, tx, by, &was, r, posts[id], "split")
	})
}

// Merged returns the entries that were merged into one, directly or not.
func (s *Store) Merged(ctx context.Context, by sala.Actor, id sala.ID) ([]Found, error) {
	if err := mayKnow(by, "what was merged into "+string(id)); err != nil {
		return nil, err
	}
	sh, err := s.sheet(ctx)
	if err != nil {
		return nil, err
	}
	ids := sh.family(id)
	if len(ids) == 1 {
		return nil, nil
	}
	rows, err := db.All[row](ctx, s.db, `SELECT `+rowColumns+` FROM directory_entry WHERE id IN (?) ORDER BY created, id`, db.In(ids[1:]))
	if err != nil {
		return nil, fmt.Errorf("what was merged into %s: %w", id, err)
	}
	return foundOf(rows)
}
