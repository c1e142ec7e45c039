package event

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
	"sala/internal/slug"
)

// A Series is a row of events of the same sort: a yearly forum, or one
// workshop held in four cities.
type Series struct {
	ID   sala.ID
	Slug string
	Name sala.Text
}

type seriesRow struct {
	ID      sala.ID   `bun:"id"`
	Slug    string    `bun:"slug"`
	Name    string    `bun:"name"`
	Created time.Time `bun:"created"`
}

// SetSeries adds or renames a series. One without an id is new.
func (s *Store) SetSeries(ctx context.Context, by sala.Actor, x Series) (Series, error) {
	if by.Role < sala.Editor {
		return x, fmt.Errorf("set a series: %w", sala.ErrForbidden)
	}
	x.ID, x.Name = orNew(x.ID), x.Name.Trimmed()
	c := &checker{}
	if len(x.Name) == 0 {
		c.add("name", "title_missing", "a series needs a name in at least one language")
	}
	for _, l := range x.Name.Langs() {
		c.langs("name", []sala.Lang{l})
		c.text("name", x.Name[l], lineLimit)
	}
	if _, err := sala.ParseID(string(x.ID)); err != nil {
		c.add("id", "id_bad", "%q is no id", x.ID)
	}
	if err := c.err(); err != nil {
		return x, err
	}
	return x, s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindSeries, ID: x.ID}, "set", by); err != nil { // first: see Create
			return err
		}
		all, err := allSeries(ctx, tx)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(y Series) bool { return y.ID == x.ID }); i >= 0 {
			x.Slug = all[i].Slug // its address stays
			if err := reworded.Note(ctx, tx, x.ID, keyedSeries(all[i:i+1]), keyedSeries([]Series{x}), ""); err != nil {
				return err
			}
			return tx.ExecOne(ctx, `UPDATE event_series SET name = ?, changed = ? WHERE id = ?`, x.Name.Stored(), db.At(tx.Now), x.ID)
		}
		name, _ := x.Name.In(sala.English)
		x.Slug, err = slug.Free(slug.Of(name), x.ID, func(slug string) (bool, error) {
			n, err := db.One[int](ctx, tx, `SELECT COUNT(*) FROM event_series WHERE slug = ?`, slug)
			return n > 0, err
		})
		if err != nil {
			return err
		}
		return tx.ExecOne(ctx, `INSERT INTO event_series (id, slug, name, created, changed) VALUES (?, ?, ?, ?, ?)`,
			x.ID, x.Slug, x.Name.Stored(), db.At(tx.Now), db.At(tx.Now))
	})
}

// AllSeries returns every series, by name of address. Their names hold nothing
// that is not public. Nobody may change what is returned.
func (s *Store) AllSeries(ctx context.Context) ([]Series, error) { return s.series.Now(ctx) }

func allSeries(ctx context.Context, r db.Reader) ([]Series, error) {
	rows, err := db.All[seriesRow](ctx, r, `SELECT id, slug, name, created FROM event_series ORDER BY slug`)
	if err != nil {
		return nil, fmt.Errorf("series: %w", err)
	}
	all := make([]Series, len(rows))
	for i, r := range rows {
		all[i] = Series{ID: r.ID, Slug: r.Slug}
		if all[i].Name, err = sala.ScanText(r.Name); err != nil {
			return nil, fmt.Errorf("series %s: %w", r.ID, err)
		}
	}
	return all, nil
}
