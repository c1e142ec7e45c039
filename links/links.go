// Package links watches where the public texts lead on other sites. It stands
// across the areas, like search: it reads texts and keeps tables of its own.
//
// An address is asked about once a month, one host at a time and no host more
// often than once a second. It is dead when its host says so twice (404, 410),
// or when nothing answered for a week and several tries; an answer that only
// programs get (401, 403, 429) says nothing about what a reader would see. A
// month in which no host at all answers is a fault of our own line, and
// nothing is noted. For what is dead, a copy in a public web archive is looked
// for, which a reader is then offered beside the link.
package links

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/db"
)

// A Link is an address on another site and what is known of it.
type Link struct {
	Address  string
	Status   int       // last HTTP status, 0 if nothing answered
	Trouble  string    // what went wrong, "" if it answered
	LeadsTo  string    // where it was moved for good, "" if it was not
	Checked  time.Time // zero if it never was
	Failing  time.Time // since when it fails, zero if it does not
	Failures int       // times in turn
	Archived string    // a copy in a web archive, "" if none is known
	Works    []sala.ID // public works that lead there
}

const (
	deadAfter  = 7 * 24 * time.Hour  // of silence
	deadTries  = 3                   // at least
	goneTries  = 2                   // of a host that says that there is nothing
	goneAfter  = 2 * 24 * time.Hour  // between the first and the last of them
	every      = 30 * 24 * time.Hour // an address that answers is asked so often
	everyFail  = 24 * time.Hour      // and one that fails
	hostPause  = time.Second
	answerTime = 30 * time.Second
)

// Dead reports whether a reader would find nothing at the address.
func (l Link) Dead() bool {
	since := l.Checked.Sub(l.Failing)
	switch {
	case l.Failing.IsZero():
		return false
	case l.Status == http.StatusNotFound || l.Status == http.StatusGone:
		return l.Failures >= goneTries && since >= goneAfter
	}
	return l.Failures >= deadTries && since >= deadAfter
}

// A Checker keeps watch.
type Checker struct {
	// Client asks. Archive, if set, is the address of an interface like that of
	// the Wayback Machine ("https://archive.org/wayback/available"): "?url=…"
	// answers with the closest copy.
	Client  *http.Client
	Archive string
	// Pause is how long a host is left alone between two questions.
	Pause time.Duration

	db    *db.DB
	works *archive.Store
}

// NewChecker returns what watches the links of the works in d.
func NewChecker(d *db.DB, works *archive.Store, client *http.Client) *Checker {
	return &Checker{Client: client, Pause: hostPause, db: d, works: works}
}

// Collect brings the list of addresses up to date with what is public now. An
// address that no public text leads to any more is forgotten.
func (c *Checker) Collect(ctx context.Context) error {
	type use struct {
		edition, work sala.ID
		links         []string
	}
	var batch []use
	began := c.db.Now()
	store := func() error {
		err := c.db.Tx(ctx, func(tx *db.Tx) error {
			for _, u := range batch {
				if _, err := tx.Exec(ctx, `DELETE FROM links_use WHERE edition = ?`, u.edition); err != nil {
					return err
				}
				for _, address := range u.links {
					_, err := tx.Exec(ctx, `
						INSERT INTO links_address (address, status, trouble, leads_to, checked, failing, failures, archived, found)
						VALUES (?, 0, '', '', ?, ?, 0, '', ?) ON CONFLICT DO NOTHING`, address, db.At(time.Time{}), db.At(time.Time{}), db.At(began))
					if err != nil {
						return err
					}
					if _, err := tx.Exec(ctx, `INSERT INTO links_use (address, edition, work) VALUES (?, ?, ?)`, address, u.edition, u.work); err != nil {
						return err
					}
				}
			}
			return nil
		})
		batch = batch[:0]
		return err
	}
	public := map[sala.ID]bool{}
	for t, err := range c.works.PublicTexts(ctx) {
		if err != nil {
			return fmt.Errorf("collect links: %w", err)
		}
		public[t.Edition] = true
		batch = append(batch, use{t.Edition, t.Work, t.Body.Links()})
		if len(batch) == 200 {
			if err := store(); err != nil {
				return fmt.Errorf("collect links: %w", err)
			}
		}
	}
	if err := store(); err != nil {
		return fmt.Errorf("collect links: %w", err)
	}
	known, err := db.All[sala.ID](ctx, c.db, `SELECT DISTINCT edition FROM links_use`)
	if err != nil {
		return fmt.Errorf("collect links: %w", err)
	}
	return c.db.Tx(ctx, func(tx *db.Tx) error {
		for _, edition := range known {
			if !public[edition] {
				if _, err := tx.Exec(ctx, `DELETE FROM links_use WHERE edition = ?`, edition); err != nil {
					return err
				}
			}
		}
		_, err := tx.Exec(ctx, `DELETE FROM links_address WHERE NOT EXISTS (SELECT 1 FROM links_use u WHERE u.address = links_address.address)`)
		return err
	})
}
