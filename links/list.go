package links

import (
	"context"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

// list returns links with the works that lead there. tail is what follows
// FROM links_address a.
func (c *Checker) list(ctx context.Context, tail string, args ...any) ([]Link, error) {
	type row struct {
		Address  string  `bun:"address"`
		Status   int     `bun:"status"`
		Trouble  string  `bun:"trouble"`
		LeadsTo  string  `bun:"leads_to"`
		Checked  db.Null `bun:"checked"`
		Failing  db.Null `bun:"failing"`
		Failures int     `bun:"failures"`
		Archived string  `bun:"archived"`
	}
	rows, err := db.All[row](ctx, c.db, `
		SELECT a.address, a.status, a.trouble, a.leads_to, a.checked, a.failing, a.failures, a.archived FROM links_address a `+tail, args...)
	if err != nil {
		return nil, fmt.Errorf("links: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	all := make([]Link, len(rows))
	at := map[string]int{}
	addresses := make([]string, len(rows))
	for i, r := range rows {
		all[i] = Link{
			Address: r.Address, Status: r.Status, Trouble: r.Trouble, LeadsTo: r.LeadsTo, Checked: db.Moment(r.Checked), Failing: db.Moment(r.Failing),
			Failures: r.Failures, Archived: r.Archived,
		}
		at[r.Address], addresses[i] = i, r.Address
	}
	type use struct {
		Address string  `bun:"address"`
		Work    sala.ID `bun:"work"`
	}
	uses, err := db.All[use](ctx, c.db, `SELECT DISTINCT address, work FROM links_use WHERE address IN (?) ORDER BY address, work`, db.In(addresses))
	if err != nil {
		return nil, fmt.Errorf("links: %w", err)
	}
	for _, u := range uses {
		l := &all[at[u.Address]]
		l.Works = append(l.Works, u.Work)
	}
	return all, nil
}

// Failing returns the links that do not answer well, those longest so first,
// the dead ones among them.
func (c *Checker) Failing(ctx context.Context) ([]Link, error) {
	return c.list(ctx, `WHERE a.failing IS NOT NULL ORDER BY a.failing, a.address`)
}

// Dead returns the dead links.
func (c *Checker) Dead(ctx context.Context) ([]Link, error) {
	failing, err := c.Failing(ctx)
	if err != nil {
		return nil, err
	}
	var dead []Link
	for _, l := range failing {
		if l.Dead() {
			dead = append(dead, l)
		}
	}
	return dead, nil
}

// Moved returns the links that were moved for good and still answer.
func (c *Checker) Moved(ctx context.Context) ([]Link, error) {
	return c.list(ctx, `WHERE a.leads_to <> '' ORDER BY a.address`)
}

// Copies returns, for those of some addresses that are dead, a copy in a web
// archive.
func (c *Checker) Copies(ctx context.Context, addresses []string) (map[string]string, error) {
	if len(addresses) == 0 {
		return nil, nil
	}
	found, err := c.list(ctx, `WHERE a.archived <> '' AND a.address IN (?)`, db.In(addresses))
	if err != nil {
		return nil, err
	}
	copies := map[string]string{}
	for _, l := range found {
		copies[l.Address] = l.Archived
	}
	return copies, nil
}

// Watch collects and checks at once and then each day, until ctx ends. failed
// is told what went wrong.
func (c *Checker) Watch(ctx context.Context, failed func(error)) {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		err := c.Collect(ctx)
		if err == nil {
			err = c.Check(ctx, nil)
		}
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-day.C:
		}
	}
}
