package runs

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sala"
	"sala/importer"
	"sala/internal/db"
)

type runRow struct {
	ID      sala.ID   `bun:"id"`
	Name    string    `bun:"name"`
	Reader  Reader    `bun:"reader"`
	Input   string    `bun:"input"`
	Media   string    `bun:"media"`
	Lang    sala.Lang `bun:"lang"`
	Fetch   bool      `bun:"fetching"`
	Dry     bool      `bun:"dry"`
	ByID    sala.ID   `bun:"by_id"`
	By      string    `bun:"by_whom"`
	Begun   time.Time `bun:"begun"`
	Doing   string    `bun:"doing"`
	Done    int64     `bun:"done"`
	Of      int64     `bun:"of_all"`
	Unit    string    `bun:"unit"`
	Ended   db.Null   `bun:"ended"`
	Failure string    `bun:"failure"`
	Report  string    `bun:"report"`
	Open    int       `bun:"unsettled"`
}

const runColumns = `r.id, r.name, r.reader, r.input, r.media, r.lang, r.fetching, r.dry, r.by_id, r.by_whom, r.begun, r.doing, r.done, r.of_all, r.unit,
	r.ended, r.failure, r.report, (SELECT COUNT(*) FROM importer_remark m WHERE m.run = r.id AND m.settled IS NULL) AS unsettled`

func (s *Store) row(ctx context.Context, id sala.ID) (runRow, error) {
	r, err := db.One[runRow](ctx, s.to.DB, `SELECT `+runColumns+` FROM importer_run r WHERE r.id = ?`, id)
	if err != nil {
		return r, fmt.Errorf("import %s: %w", id, err)
	}
	return r, nil
}

func (r runRow) run() (Run, error) {
	out := Run{
		ID: r.ID, Name: r.Name, Reader: r.Reader, Lang: r.Lang, FetchMedia: r.Fetch, DryRun: r.Dry, By: r.By, Begun: r.Begun.UTC(),
		Status: importer.Status{Doing: r.Doing, Done: r.Done, Of: r.Of, Unit: r.Unit}, Failure: r.Failure, Open: r.Open,
	}
	if !r.Ended.IsZero() {
		out.Ended = r.Ended.UTC()
	}
	if r.Report != "" {
		out.Report = importer.NewReport()
		if err := json.Unmarshal([]byte(r.Report), out.Report); err != nil {
			return out, fmt.Errorf("the report of import %s: %w", r.ID, err)
		}
	}
	return out, nil
}

// Run returns one run. Editors may read it.
func (s *Store) Run(ctx context.Context, by sala.Actor, id sala.ID) (Run, error) {
	if by.Role < sala.Editor {
		return Run{}, fmt.Errorf("import %s: %w", id, sala.ErrForbidden)
	}
	r, err := s.row(ctx, id)
	if err != nil {
		return Run{}, err
	}
	return r.run()
}

// Runs returns every run, newest first.
func (s *Store) Runs(ctx context.Context, by sala.Actor) ([]Run, error) {
	if by.Role < sala.Editor {
		return nil, fmt.Errorf("imports: %w", sala.ErrForbidden)
	}
	rows, err := db.All[runRow](ctx, s.to.DB, `SELECT `+runColumns+` FROM importer_run r ORDER BY r.begun DESC, r.id DESC`)
	if err != nil {
		return nil, fmt.Errorf("imports: %w", err)
	}
	all := make([]Run, len(rows))
	for i, r := range rows {
		if all[i], err = r.run(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Remarks returns at most limit remarks of a run behind a number, unsettled
// ones alone if open.
func (s *Store) Remarks(ctx context.Context, by sala.Actor, run sala.ID, open bool, after, limit int) ([]Remark, error) {
	if by.Role < sala.Editor {
		return nil, fmt.Errorf("remarks of import %s: %w", run, sala.ErrForbidden)
	}
	type row struct {
		Number  int     `bun:"number"`
		Stored  bool    `bun:"stored"`
		Place   string  `bun:"place"`
		What    string  `bun:"what"`
		Why     string  `bun:"why"`
		Settled db.Null `bun:"settled"`
		By      string  `bun:"by_whom"`
	}
	query := `SELECT number, stored, place, what, why, settled, by_whom FROM importer_remark WHERE run = ? AND number > ?`
	if open {
		query += ` AND settled IS NULL`
	}
	rows, err := db.All[row](ctx, s.to.DB, query+` ORDER BY number LIMIT ?`, run, after, limit)
	if err != nil {
		return nil, fmt.Errorf("remarks of import %s: %w", run, err)
	}
	remarks := make([]Remark, len(rows))
	for i, r := range rows {
		remarks[i] = Remark{Number: r.Number, Stored: r.Stored, By: r.By, Remark: importer.Remark{Where: r.Place, What: r.What, Why: r.Why}}
		if !r.Settled.IsZero() {
			remarks[i].Settled = r.Settled.UTC()
		}
	}
	return remarks, nil
}

// Unsettled returns how many remarks of all runs nobody has settled.
func (s *Store) Unsettled(ctx context.Context) (int, error) {
	return db.One[int](ctx, s.to.DB, `
		SELECT COUNT(*) FROM importer_remark m JOIN importer_run r ON r.id = m.run WHERE m.settled IS NULL AND NOT r.dry`)
}

// Settle marks remarks as settled, or as open again.
func (s *Store) Settle(ctx context.Context, by sala.Actor, run sala.ID, numbers []int, settled bool) error {
	if by.Role < sala.Editor {
		return fmt.Errorf("settle remarks of import %s: %w", run, sala.ErrForbidden)
	}
	return s.to.DB.Tx(ctx, func(tx *db.Tx) error {
		at, who := db.At(time.Time{}), ""
		if settled {
			at, who = db.At(tx.Now), by.Name
		}
		for _, n := range numbers {
			if err := tx.ExecOne(ctx, `UPDATE importer_remark SET settled = ?, by_whom = ? WHERE run = ? AND number = ?`, at, who, run, n); err != nil {
				return fmt.Errorf("settle remark %d of import %s: %w", n, run, err)
			}
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindNetwork}, "import remark settled", by)
	})
}
