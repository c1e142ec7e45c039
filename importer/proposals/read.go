package proposals

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sala"
	"sala/archive"
	"sala/importer/extract"
	"sala/internal/db"
)

// Learned is what the directory knows by name.
func (s *Store) Learned(ctx context.Context, by sala.Actor) (extract.Learned, error) {
	var l extract.Learned
	for k, err := range s.to.Directory.Known(ctx, by, sala.KindOrganisation) {
		if err != nil {
			return l, err
		}
		name, _ := k.Name.In(sala.English)
		short, _ := k.Short.In(sala.English)
		l.Organisations = append(l.Organisations, extract.LearnedOrganisation{ID: k.Ref.ID, Name: name, Short: short, Others: k.Names, Kind: k.Kind, Country: k.Country})
	}
	for k, err := range s.to.Directory.Known(ctx, by, sala.KindPerson) {
		if err != nil {
			return l, err
		}
		name, _ := k.Name.In(sala.English)
		l.People = append(l.People, extract.LearnedPerson{ID: k.Ref.ID, Name: name, Others: k.Names})
	}
	return l, nil
}

// Propose reads the text of one work and proposes what it states. It returns
// how many proposals are new.
func (s *Store) Propose(ctx context.Context, by sala.Actor, work sala.ID) (int, error) {
	if err := may(by, "read facts"); err != nil {
		return 0, err
	}
	w, err := s.to.Archive.DeskWork(ctx, by, work)
	if err != nil {
		return 0, err
	}
	learned, err := s.Learned(ctx, by)
	if err != nil {
		return 0, err
	}
	return s.propose(ctx, by, w, learned, true)
}

// propose reads a work. Unless again, one whose text was read before is left
// alone.
func (s *Store) propose(ctx context.Context, by sala.Actor, w archive.Work, learned extract.Learned, again bool) (int, error) {
	text, ok, err := s.text(ctx, by, w)
	if err != nil || !ok {
		return 0, err
	}
	hash := fingerprint(text)
	had, err := db.One[string](ctx, s.to.DB, `SELECT hash FROM importer_proposal_read WHERE work = ?`, w.ID)
	if err != nil && !errors.Is(err, sala.ErrNotFound) {
		return 0, fmt.Errorf("what was read of work %s: %w", w.ID, err)
	}
	if had == hash && !again {
		return 0, nil
	}
	found := flatten(w.ID, text.Lang, extract.Read(text, learned))
	fresh := 0
	err = s.to.DB.Tx(ctx, func(tx *db.Tx) error {
		fresh = 0
		rows, err := db.All[row](ctx, tx, `SELECT `+columns+` FROM importer_proposal WHERE work = ?`, w.ID)
		if err != nil {
			return err
		}
		old := map[sala.ID]State{}
		for _, r := range rows {
			old[r.ID] = r.State
		}
		for i, p := range found {
			state, known := old[p.ID]
			delete(old, p.ID)
			switch {
			case !known:
				fresh++
				err = tx.ExecOne(ctx, `
					INSERT INTO importer_proposal (id, work, lang, kind, event, position, sure, block, from_at, to_at, words, value, was, state, by_id, by_whom, decided, made_kind, made)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 'open', '', '', ?, '', '')`,
					p.ID, p.Work, p.Lang, p.Kind, p.Event, i, p.Sure, p.At.Block, p.At.From, p.At.To, p.At.Words, p.Value.json(), db.At(time.Time{}))
			case state == Open:
				err = tx.ExecOne(ctx, `
					UPDATE importer_proposal SET event = ?, position = ?, sure = ?, block = ?, from_at = ?, to_at = ?, words = ?, value = ? WHERE id = ?`,
					p.Event, i, p.Sure, p.At.Block, p.At.From, p.At.To, p.At.Words, p.Value.json(), p.ID)
			default: // decided: only where it stands may have changed
				err = tx.ExecOne(ctx, `UPDATE importer_proposal SET position = ?, block = ?, from_at = ?, to_at = ?, words = ? WHERE id = ?`,
					i, p.At.Block, p.At.From, p.At.To, p.At.Words, p.ID)
			}
			if err != nil {
				return fmt.Errorf("propose for work %s: %w", w.ID, err)
			}
		}
		// What the text no longer says is no question any more.
		for id, state := range old {
			if state == Open {
				if err := tx.ExecOne(ctx, `DELETE FROM importer_proposal WHERE id = ?`, id); err != nil {
					return fmt.Errorf("propose for work %s: %w", w.ID, err)
				}
			}
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO importer_proposal_read (work, hash, at) VALUES (?, ?, ?)
			ON CONFLICT (work) DO UPDATE SET hash = excluded.hash, at = excluded.at`, w.ID, hash, db.At(tx.Now))
		return err
	})
	return fresh, err
}

// A Sweep is one walk over the whole archive.
type Sweep struct {
	ID    sala.ID
	By    string
	Begun time.Time
	Done  int64 // works
	Of    int64
	Found int64     // proposals that are new
	Ended time.Time // zero while it runs or waits
}

type sweepRow struct {
	ID     sala.ID   `bun:"id"`
	ByID   sala.ID   `bun:"by_id"`
	By     string    `bun:"by_whom"`
	Begun  time.Time `bun:"begun"`
	Cursor sala.ID   `bun:"cursor"`
	Done   int64     `bun:"done"`
	Of     int64     `bun:"of_all"`
	Found  int64     `bun:"found"`
	Ended  db.Null   `bun:"ended"`
}

const sweepColumns = `id, by_id, by_whom, begun, cursor, done, of_all, found, ended`

func (r sweepRow) sweep() Sweep {
	w := Sweep{ID: r.ID, By: r.By, Begun: r.Begun.UTC(), Done: r.Done, Of: r.Of, Found: r.Found}
	if !r.Ended.IsZero() {
		w.Ended = r.Ended.UTC()
	}
	return w
}

// Begin has every work of the archive read, as a job. One that runs already is
// enough.
func (s *Store) Begin(ctx context.Context, by sala.Actor) error {
	if err := may(by, "read facts in the archive"); err != nil {
		return err
	}
	return s.to.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.One[sala.ID](ctx, tx, `SELECT id FROM importer_proposal_sweep WHERE ended IS NULL`)
		if err == nil || !errors.Is(err, sala.ErrNotFound) {
			return err
		}
		id := sala.NewID()
		err = tx.ExecOne(ctx, `
			INSERT INTO importer_proposal_sweep (id, by_id, by_whom, begun, cursor, done, of_all, found, ended) VALUES (?, ?, ?, ?, '', 0, 0, 0, ?)`,
			id, by.ID, by.Name, db.At(tx.Now), db.At(time.Time{}))
		if err != nil {
			return fmt.Errorf("begin to read the archive: %w", err)
		}
		if err := s.jobs.Enqueue(ctx, tx, sweepJob, string(id)); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindNetwork}, "proposals begun", by)
	})
}

// Last returns the newest walk over the archive, false if there was none.
func (s *Store) Last(ctx context.Context) (Sweep, bool, error) {
	r, err := db.One[sweepRow](ctx, s.to.DB, `SELECT `+sweepColumns+` FROM importer_proposal_sweep ORDER BY begun DESC, id DESC LIMIT 1`)
	if errors.Is(err, sala.ErrNotFound) {
		return Sweep{}, false, nil
	}
	return r.sweep(), err == nil, err
}

// stretch is how many works one run of the job reads: it must end before its
// lease does, and goes on where it was in the next.
const stretch = 200

// sweep is the job. It may be interrupted at any work and run again.
func (s *Store) sweep(ctx context.Context, id string) error {
	r, err := db.One[sweepRow](ctx, s.to.DB, `SELECT `+sweepColumns+` FROM importer_proposal_sweep WHERE id = ?`, id)
	if err != nil || !r.Ended.IsZero() {
		return err
	}
	by := sala.Actor{ID: r.ByID, Name: r.By, Role: sala.Editor}
	learned, err := s.Learned(ctx, by)
	if err != nil {
		return err
	}
	for n := 0; n < stretch; {
		list, err := s.to.Archive.Desk(ctx, by, archive.DeskFilter{Before: r.Cursor, Limit: 50})
		if err != nil {
			return err
		}
		r.Of = int64(list.Total)
		for _, w := range list.Works {
			fresh, err := s.propose(ctx, by, w, learned, false)
			if err != nil {
				return err
			}
			r.Cursor, n = w.ID, n+1
			r.Done++
			r.Found += int64(fresh)
		}
		end := list.Next == ""
		err = s.to.DB.Tx(ctx, func(tx *db.Tx) error {
			ended := db.At(time.Time{})
			if end {
				ended = db.At(tx.Now)
			}
			if err := tx.ExecOne(ctx, `UPDATE importer_proposal_sweep SET cursor = ?, done = ?, of_all = ?, found = ?, ended = ? WHERE id = ?`,
				r.Cursor, r.Done, r.Of, r.Found, ended, id); err != nil {
				return fmt.Errorf("note how far the archive is read: %w", err)
			}
			if end {
				return tx.Changed(ctx, sala.Ref{Kind: sala.KindNetwork}, "proposals ended", by)
			}
			if n >= stretch {
				return s.jobs.Enqueue(ctx, tx, sweepJob, id)
			}
			return nil
		})
		if err != nil || end {
			return err
		}
	}
	return nil
}
