// Package search finds public texts by their words, in every script Sala
// knows, on either database. It keeps an index of its own in a few tables:
// the engines' own full-text search ranks slowly or knows no word of an
// unspaced script, and with one index both give the same answers.
package search

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"sala"
	"sala/directory"
	"sala/internal/db"
)

// A Source is where documents come from: an area.
type Source interface {
	// Documents walks everything public.
	Documents(ctx context.Context) iter.Seq2[sala.Document, error]
	// Of returns what is public of one thing, nothing if it is not.
	Of(ctx context.Context, ref sala.Ref) ([]sala.Document, error)
}

// A Touched is a source whose documents change with other things as well.
type Touched interface {
	// Touched returns what must be read anew after a change of something else.
	Touched(ctx context.Context, c db.Change) ([]sala.Ref, error)
}

// indexed are the kinds of thing that documents are of.
var indexed = map[sala.Kind]bool{sala.KindWork: true, sala.KindEvent: true, sala.KindRecommendation: true, sala.KindPerson: true, sala.KindOrganisation: true}

// An Index answers questions about what a source holds. It is safe for
// concurrent use.
type Index struct {
	db     *db.DB
	source Source
	names  *directory.Store // nil: everybody may be named

	mu       sync.Mutex // guards what follows
	stamp    int64
	segments []*segment
	cache    cache // of chunks; it guards itself

	lexicon lexicon

	writing sync.Mutex // one update at a time in this program
}

// New returns the index in d of what source holds. [Index.Follow] brings it up
// to date.
func New(d *db.DB, source Source) *Index { return &Index{db: d, source: source} }

// touched returns what must be read anew after a change of something else.
func (x *Index) touched(ctx context.Context, c db.Change) ([]sala.Ref, error) {
	var refs []sala.Ref
	if t, ok := x.source.(Touched); ok {
		var err error
		if refs, err = t.Touched(ctx, c); err != nil {
			return nil, err
		}
	}
	if c.Kind != sala.KindPerson {
		return refs, nil
	}
	naming, err := x.naming(ctx, c.ID)
	return append(refs, naming...), err
}

// batch is how many documents make a segment when many are taken in, and
// batchPostes how many tokens of them, some 50 MB.
const (
	batch       = 4096
	batchPostes = 4 << 20
)

// together is how many documents are prepared at once when many are taken in,
// and togetherBytes how much text of them.
const (
	together      = 64
	togetherBytes = 1 << 20
)

// mergeAt is how many segments of like size become one.
const mergeAt = 8

// Follow brings the index up to date with the change log, from where it
// stands: it takes in what changed and takes out what is gone. An index that
// was never built, or has another form, is built anew.
func (x *Index) Follow(ctx context.Context) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	for {
		version, err := x.db.Version(ctx)
		if err != nil {
			return err
		}
		had, err := x.followed(ctx)
		if err != nil || had >= version {
			return err
		}
		if had == 0 {
			err := x.builder(ctx, func() error {
				if had, err := x.followed(ctx); err != nil || had != 0 { // another copy has built it
					return err
				}
				return x.rebuild(ctx, nil)
			})
			if err != nil {
				return err
			}
			continue
		}
		changes, err := x.db.Changes(ctx, had, 500)
		if err != nil {
			return err
		}
		seen := map[sala.Ref]bool{}
		var refs []sala.Ref
		add := func(ref sala.Ref) {
			if !seen[ref] && ref.ID != "" {
				seen[ref] = true
				refs = append(refs, ref)
			}
		}
		for _, c := range changes {
			version = c.Version
			if indexed[c.Kind] {
				add(sala.Ref{Kind: c.Kind, ID: c.ID})
			}
			others, err := x.touched(ctx, c)
			if err != nil {
				return fmt.Errorf("index what %s %s touches: %w", c.Kind, c.ID, err)
			}
			for _, ref := range others {
				add(ref)
			}
		}
		b := newBuilder()
		var holds []holding
		for _, ref := range refs {
			docs, err := x.source.Of(ctx, ref)
			if err != nil {
				return fmt.Errorf("index %s: %w", ref, err)
			}
			docs, more, err := x.covered(ctx, docs)
			if err != nil {
				return fmt.Errorf("index %s: %w", ref, err)
			}
			holds = append(holds, more...)
			if err := b.add(docs...); err != nil {
				return err
			}
		}
		err = x.db.Tx(ctx, func(tx *db.Tx) error {
			if err := x.alone(ctx, tx); err != nil {
				return err
			}
			// Another copy may have been here since.
			now, err := x.state(ctx, tx, "version")
			if err != nil || now != had {
				return err
			}
			if err := bury(ctx, tx, refs); err != nil {
				return err
			}
			if err := b.store(ctx, tx); err != nil {
				return err
			}
			if err := hold(ctx, tx, holds); err != nil {
				return err
			}
			if err := x.merge(ctx, tx); err != nil {
				return err
			}
			return note(ctx, tx, version)
		})
		if err != nil {
			return fmt.Errorf("follow the change log into the search index: %w", err)
		}
	}
}

// Arbitrary numbers that all copies of the program agree on.
const (
	indexLock = 7252102
	buildLock = 7252103
)

// alone waits until no other copy of the program writes the index. SQLite has
// one writer as it is.
func (x *Index) alone(ctx context.Context, tx *db.Tx) error {
	if x.db.Engine != db.Postgres {
		return nil
	}
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(?)`, indexLock)
	return err
}

// bury marks the entries of things as dead.
func bury(ctx context.Context, tx *db.Tx, refs []sala.Ref) error {
	for some := range slices.Chunk(refs, 200) {
		ids := make([]string, len(some))
		for i, r := range some {
			ids[i] = string(r.ID)
		}
		if _, err := tx.Exec(ctx, `
			INSERT INTO search_dead (entry)
			SELECT id FROM search_entry WHERE ref_id IN (?) ON CONFLICT DO NOTHING`, db.In(ids)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM search_held WHERE ref_id IN (?)`, db.In(ids)); err != nil {
			return err
		}
	}
	return nil
}

// dead returns the ids of the entries that are gone.
func dead(ctx context.Context, r db.Reader) (map[int64]bool, error) {
	ids, err := db.All[int64](ctx, r, `SELECT entry FROM search_dead`)
	if err != nil {
		return nil, err
	}
	gone := make(map[int64]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	return gone, nil
}

// Rebuild builds the index anew. It may be interrupted: what was built stays,
// and the next call goes on behind it. progress may be nil.
func (x *Index) Rebuild(ctx context.Context, progress func(done int)) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	return x.builder(ctx, func() error { return x.rebuild(ctx, progress) })
}

// builder calls f as the only one that builds the index. Copies of the program
// on one PostgreSQL would else build it side by side and hold each text twice;
// with SQLite one program writes.
func (x *Index) builder(ctx context.Context, f func() error) error {
	if x.db.Engine != db.Postgres {
		return f()
	}
	return x.db.Tx(ctx, func(tx *db.Tx) error { // it only holds the lock
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(?)`, buildLock); err != nil {
			return fmt.Errorf("wait for the copy that builds the search index: %w", err)
		}
		return f()
	})
}

// rebuild walks everything public, in the source's own order. Where it stopped
// before, it passes over as many documents as are in already; if anything has
// changed since, their places have, and it begins again. What changes while it
// runs is in the log and is followed afterwards, so nothing is missed.
func (x *Index) rebuild(ctx context.Context, progress func(done int)) error {
	began, err := x.state(ctx, x.db, "building")
	if err != nil {
		return err
	}
	done, err := x.state(ctx, x.db, "built")
	if err != nil {
		return err
	}
	version, err := x.db.Version(ctx)
	if err != nil {
		return err
	}
	format, err := x.state(ctx, x.db, "format")
	if err != nil {
		return err
	}
	if began == 0 || began != version || format != Format {
		began, done = version, 0
		err = x.db.Tx(ctx, func(tx *db.Tx) error {
			for _, table := range []string{"search_entry", "search_chunk", "search_segment", "search_dead", "search_held"} {
				if _, err := tx.Exec(ctx, `DELETE FROM `+table); err != nil {
					return err
				}
			}
			return errors.Join(set(ctx, tx, "building", began), set(ctx, tx, "built", 0), set(ctx, tx, "version", 0), set(ctx, tx, "format", Format), stamp(ctx, tx))
		})
		if err != nil {
			return fmt.Errorf("begin the search index: %w", err)
		}
	}
	b := newBuilder()
	n := int64(0)
	var some []sala.Document // not in b yet
	var holds []holding      // of what is in b
	take := func() error {
		docs, more, err := x.covered(ctx, some)
		if err != nil {
			return fmt.Errorf("build the search index: %w", err)
		}
		holds = append(holds, more...)
		return b.add(docs...)
	}
	bytes := 0 // of their texts
	store := func(last bool) error {
		return x.db.Tx(ctx, func(tx *db.Tx) error {
			if err := x.alone(ctx, tx); err != nil {
				return err
			}
			if err := b.store(ctx, tx); err != nil {
				return err
			}
			if err := hold(ctx, tx, holds); err != nil {
				return err
			}
			if err := x.merge(ctx, tx); err != nil {
				return err
			}
			if last {
				return errors.Join(set(ctx, tx, "building", 0), set(ctx, tx, "built", 0), note(ctx, tx, began))
			}
			return errors.Join(set(ctx, tx, "built", n), stamp(ctx, tx))
		})
	}
	for d, err := range x.source.Documents(ctx) {
		if err != nil {
			return fmt.Errorf("build the search index: %w", err)
		}
		if n++; n <= done {
			continue
		}
		some, bytes = append(some, d), bytes+len(d.Text)
		if len(some) < together && bytes < togetherBytes {
			continue
		}
		if err := take(); err != nil {
			return err
		}
		some, bytes = some[:0], 0
		if b.full() {
			if err := store(false); err != nil {
				return err
			}
			b, holds = newBuilder(), nil
			if progress != nil {
				progress(int(n))
			}
		}
	}
	if err := take(); err != nil {
		return err
	}
	return store(true)
}

// followed returns up to which change the index is true, 0 if it must be built.
func (x *Index) followed(ctx context.Context) (int64, error) {
	format, err := x.state(ctx, x.db, "format")
	if err != nil || format != Format {
		return 0, err
	}
	return x.state(ctx, x.db, "version")
}

// state returns a number the index keeps of itself, 0 if there is none.
func (x *Index) state(ctx context.Context, r db.Reader, name string) (int64, error) {
	n, err := db.One[int64](ctx, r, `SELECT value FROM search_state WHERE name = ?`, name)
	if errors.Is(err, sala.ErrNotFound) {
		return 0, nil
	}
	return n, err
}

func set(ctx context.Context, tx *db.Tx, name string, n int64) error {
	return tx.ExecOne(ctx, `INSERT INTO search_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, n)
}

// note says up to which change the index is true, and that it has changed.
func note(ctx context.Context, tx *db.Tx, version int64) error {
	return errors.Join(set(ctx, tx, "version", version), stamp(ctx, tx))
}

// stamp says that the segments are not what they were.
func stamp(ctx context.Context, tx *db.Tx) error {
	return tx.ExecOne(ctx, `
		INSERT INTO search_state (name, value) VALUES ('stamp', 1)
		ON CONFLICT (name) DO UPDATE SET value = search_state.value + 1`)
}

// Behind returns how many changes the index has not followed yet.
func (x *Index) Behind(ctx context.Context) (int64, error) {
	now, err := x.db.Version(ctx)
	if err != nil {
		return 0, err
	}
	at, err := x.followed(ctx)
	return now - at, err
}
