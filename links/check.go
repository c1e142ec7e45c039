package links

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// An answer is what a host said of one address.
type answer struct {
	address string
	status  int
	trouble string
	leadsTo string
}

// good reports whether a reader would, as far as a program can tell, see
// something there.
func (a answer) good() bool {
	switch a.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusTooManyRequests, http.StatusUnavailableForLegalReasons:
		return true
	}
	return a.status >= 200 && a.status < 400
}

// Check asks about every address that is due and notes what was said. It may
// be interrupted and run again. progress may be nil.
func (c *Checker) Check(ctx context.Context, progress func(done, all int)) error {
	now := c.db.Now()
	due, err := db.All[string](ctx, c.db, `
		SELECT address FROM links_address
		WHERE checked IS NULL OR failing IS NULL AND checked < ? OR failing IS NOT NULL AND checked < ?
		ORDER BY checked, address`, db.At(now.Add(-every)), db.At(now.Add(-everyFail)))
	if err != nil {
		return fmt.Errorf("check links: %w", err)
	}
	last := map[string]time.Time{}
	reached := false
	var silent []answer // nothing answered: noted only once somebody else did
	for i, address := range due {
		if progress != nil {
			progress(i, len(due))
		}
		host := hostOf(address)
		if wait := c.Pause - time.Since(last[host]); wait > 0 {
			select {
			case <-time.After(wait):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		a := c.ask(ctx, address)
		last[host] = time.Now()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if a.status == 0 && !reached {
			silent = append(silent, a)
			continue
		}
		reached = true
		for _, s := range silent {
			if err := c.note(ctx, s); err != nil {
				return err
			}
		}
		silent = nil
		if err := c.note(ctx, a); err != nil {
			return err
		}
	}
	if len(silent) == 0 {
		return nil
	}
	reached, err = c.somebodyAnswers(ctx)
	if err != nil {
		return err
	}
	if !reached {
		return fmt.Errorf("check links: nothing answered at %d addresses nor elsewhere, so this machine may not reach the internet: nothing was noted", len(silent))
	}
	for _, s := range silent {
		if err := c.note(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// CheckNow asks about one address at once, on the word of somebody who works on
// the record, and returns what is known of it then. It returns
// [sala.ErrNotFound] for an address that no public text leads to. Where this
// machine may be the one that is not reached, nothing is noted.
func (c *Checker) CheckNow(ctx context.Context, by sala.Actor, address string) (Link, error) {
	if by.Role < sala.Editor {
		return Link{}, fmt.Errorf("check a link: %w", sala.ErrForbidden)
	}
	known, err := c.list(ctx, `WHERE a.address = ?`, address)
	if err != nil {
		return Link{}, err
	}
	if len(known) == 0 {
		return Link{}, fmt.Errorf("link %s: %w", address, sala.ErrNotFound)
	}
	a := c.ask(ctx, address)
	if ctx.Err() != nil {
		return Link{}, ctx.Err()
	}
	if a.status == 0 {
		reached, err := c.somebodyAnswers(ctx)
		if err != nil {
			return Link{}, err
		}
		if !reached {
			return Link{}, sala.Invalid{{Field: "address", Key: "studio.links_silent", Text: "nothing answers there nor elsewhere, so this machine may not reach the internet: nothing was noted"}}
		}
	}
	if err := c.note(ctx, a); err != nil {
		return Link{}, err
	}
	if known, err = c.list(ctx, `WHERE a.address = ?`, address); err != nil || len(known) == 0 {
		return Link{}, errors.Join(err, ctx.Err())
	}
	return known[0], nil
}

// somebodyAnswers asks a few addresses that answered the last time, to tell
// silence over there from silence over here.
func (c *Checker) somebodyAnswers(ctx context.Context) (bool, error) {
	known, err := db.All[string](ctx, c.db, `SELECT address FROM links_address WHERE failing IS NULL AND checked IS NOT NULL ORDER BY checked DESC LIMIT 5`)
	if err != nil {
		return false, fmt.Errorf("check links: %w", err)
	}
	for _, address := range known {
		if c.request(ctx, http.MethodHead, address).status != 0 {
			return true, nil
		}
	}
	return false, ctx.Err()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

// ask asks a host about an address: for its head, and for the whole where the
// head is not given.
func (c *Checker) ask(ctx context.Context, address string) answer {
	a := c.request(ctx, http.MethodHead, address)
	if a.status == http.StatusMethodNotAllowed || a.status == http.StatusNotImplemented || a.status == http.StatusForbidden || a.status == http.StatusNotFound || a.status >= 500 {
		if again := c.request(ctx, http.MethodGet, address); again.status != 0 {
			return again
		}
	}
	return a
}

func (c *Checker) request(ctx context.Context, method, address string) answer {
	a := answer{address: address}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		a.trouble = "it is not a web address"
		return a
	}
	req.Header.Set("User-Agent", "Sala link check")
	// Only a move for good is worth telling; where a chain holds another, the
	// address itself still stands.
	forGood := true
	client := *c.Client
	client.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return errors.New("it leads in a circle")
		}
		if s := r.Response.StatusCode; s != http.StatusMovedPermanently && s != http.StatusPermanentRedirect {
			forGood = false
		}
		return nil
	}
	resp, err := client.Do(req)
	if err != nil {
		a.trouble = trouble(err)
		return a
	}
	a.status = resp.StatusCode
	if !a.good() {
		a.trouble = resp.Status
	}
	if moved := resp.Request.URL.String(); forGood && moved != address && a.good() {
		a.leadsTo = moved
	}
	if err := resp.Body.Close(); err != nil {
		a.trouble = trouble(err)
	}
	return a
}

// trouble says what went wrong without the address, which stands beside it.
func trouble(err error) string {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		err = failed.Err
	}
	return strings.TrimSpace(err.Error())
}

// note keeps an answer, and looks for a copy of what has just died.
func (c *Checker) note(ctx context.Context, a answer) error {
	found, err := c.list(ctx, `WHERE a.address = ?`, a.address)
	if err != nil || len(found) == 0 { // nothing public leads there any more
		return err
	}
	l := found[0]
	l.Status, l.Trouble, l.LeadsTo, l.Checked = a.status, a.trouble, a.leadsTo, c.db.Now()
	if a.good() {
		l.Failing, l.Failures, l.Archived = time.Time{}, 0, ""
	} else {
		l.Failures++
		if l.Failing.IsZero() {
			l.Failing = l.Checked
		}
	}
	if l.Dead() && l.Archived == "" {
		if l.Archived, err = c.copyOf(ctx, l); err != nil {
			l.Trouble += "; the web archive: " + trouble(err)
		}
	}
	changed := l.Archived != found[0].Archived || l.Dead() != found[0].Dead()
	return c.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `
			UPDATE links_address SET status = ?, trouble = ?, leads_to = ?, checked = ?, failing = ?, failures = ?, archived = ? WHERE address = ?`,
			l.Status, l.Trouble, l.LeadsTo, db.At(l.Checked), db.At(l.Failing), l.Failures, l.Archived, l.Address)
		if err != nil {
			return fmt.Errorf("note link %s: %w", l.Address, err)
		}
		if !changed {
			return nil
		}
		for _, work := range l.Works { // their pages look different now
			if err := tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: work}, "link checked", sala.Machine("links")); err != nil {
				return err
			}
		}
		return nil
	})
}

// copyOf asks the web archive for a copy of a dead address, "" if it has none
// or none is configured.
func (c *Checker) copyOf(ctx context.Context, l Link) (string, error) {
	if c.Archive == "" {
		return "", nil
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Archive+"?"+url.Values{"url": {l.Address}}.Encode(), nil)
	if err != nil {
		return "", err
	}
	resp, err := c.Client.Do(req)
	if err != nil {
		return "", err
	}
	var said struct {
		Snapshots struct {
			Closest struct {
				Available bool   `json:"available"`
				Status    string `json:"status"`
				URL       string `json:"url"`
			} `json:"closest"`
		} `json:"archived_snapshots"`
	}
	err = json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&said)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		return "", err
	}
	closest := said.Snapshots.Closest
	u, err := url.Parse(closest.URL)
	if !closest.Available || closest.Status != "200" || err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", nil
	}
	u.Scheme = "https"
	return u.String(), nil
}
