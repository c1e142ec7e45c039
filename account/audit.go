package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"iter"
	"strconv"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// An Entry is one row of the audit trail. No entry holds a network address or
// what somebody typed; Detail is of this package's own words: the way in that
// was used, a role, the kind of browser and machine.
//
// Hash is the SHA-256, in lower-case hex, of these ten texts in this order,
// each written as its length in bytes in decimal digits, a colon, the text
// and a comma (a netstring): Before; Number; At as RFC 3339 in UTC with six
// digits of a second ("2026-11-24T20:53:46.000000Z"); ByID; ByName; What; the
// kind of Ref; the id of Ref; Detail; Version. Numbers are decimal; Version
// is empty where it is 0. Before is the Hash of the entry with the number
// before; that of entry 1 is empty.
type Entry struct {
	Number  int64 // 1, 2, 3 …
	At      time.Time
	ByID    sala.ID // "" for a command, a follower of the log, and whoever failed to sign in
	ByName  string
	What    string // a verb: "signed_in", "role_set", "published"
	Ref     sala.Ref
	Detail  string
	Version int64 // of the change log's row that it keeps, 0 if it has none
	Before  string
	Hash    string
}

// AuditTime is how the moment of an entry is written.
const AuditTime = "2006-01-02T15:04:05.000000Z"

// sum returns the hash of e as [Entry] defines it.
func (e Entry) sum() string {
	h := sha256.New()
	version := ""
	if e.Version > 0 {
		version = strconv.FormatInt(e.Version, 10)
	}
	for _, text := range []string{
		e.Before, strconv.FormatInt(e.Number, 10), e.At.UTC().Format(AuditTime),
		string(e.ByID), e.ByName, e.What, string(e.Ref.Kind), string(e.Ref.ID), e.Detail, version,
	} {
		netstring(h, text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func netstring(h hash.Hash, text string) {
	fmt.Fprintf(h, "%d:%s,", len(text), text) // a hash takes everything
}

// record adds an entry within tx. Where tx also logs a change, that comes
// first: two transactions that took the two locks in different orders would
// wait for each other for ever.
func (s *Store) record(ctx context.Context, tx *db.Tx, by sala.Actor, what string, ref sala.Ref, detail string) error {
	return s.append(ctx, tx, Entry{At: tx.Now, ByID: by.ID, ByName: by.Name, What: what, Ref: ref, Detail: detail})
}

// changed logs a change of a user and adds its entry.
func (s *Store) changed(ctx context.Context, tx *db.Tx, by sala.Actor, id sala.ID, what, detail string) error {
	if err := tx.Changed(ctx, userRef(id), what, by); err != nil {
		return err
	}
	return s.record(ctx, tx, by, what, userRef(id), detail)
}

type auditEnd struct {
	Number  int64  `bun:"number"`
	Hash    string `bun:"hash"`
	Version int64  `bun:"version"`
}

func (s *Store) append(ctx context.Context, tx *db.Tx, entries ...Entry) error {
	// The end of the chain is changed before it is read: from here on, this
	// transaction is the only one that adds.
	end, err := db.One[auditEnd](ctx, tx, `UPDATE account_audit_end SET number = number + ? WHERE name = 'audit' RETURNING number, hash, version`, len(entries))
	if err != nil {
		return fmt.Errorf("audit: take the end of the chain: %w", err)
	}
	number := end.Number - int64(len(entries))
	for _, e := range entries {
		number++
		e.Number, e.Before = number, end.Hash
		e.At = e.At.UTC().Truncate(time.Microsecond)
		e.Hash = e.sum()
		end.Hash, end.Version = e.Hash, max(end.Version, e.Version)
		var version any
		if e.Version > 0 {
			version = e.Version
		}
		err := tx.ExecOne(ctx, `
			INSERT INTO account_audit (number, at, by_id, by_name, what, kind, id, detail, version, before, hash)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			e.Number, db.At(e.At), e.ByID, e.ByName, e.What, e.Ref.Kind, e.Ref.ID, e.Detail, version, e.Before, e.Hash)
		if err != nil {
			return fmt.Errorf("audit: add entry %d: %w", e.Number, err)
		}
	}
	err = tx.ExecOne(ctx, `UPDATE account_audit_end SET hash = ?, version = ? WHERE name = 'audit'`, end.Hash, end.Version)
	if err != nil {
		return fmt.Errorf("audit: move the end of the chain: %w", err)
	}
	return nil
}

// followed is how many changes become entries in one transaction.
const followed = 500

// Follow brings the changes of all areas into the trail. Those of users are
// there already, with more to say, so they are passed over. It may be called
// at any time, by several copies at once.
func (s *Store) Follow(ctx context.Context) error {
	for {
		more := false
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			// As in append: who changes the row first goes on alone.
			end, err := db.One[auditEnd](ctx, tx, `UPDATE account_audit_end SET number = number WHERE name = 'audit' RETURNING number, hash, version`)
			if err != nil {
				return fmt.Errorf("audit: take the end of the chain: %w", err)
			}
			changes, err := s.db.Changes(ctx, end.Version, followed)
			if err != nil || len(changes) == 0 {
				return err
			}
			more = len(changes) == followed
			var entries []Entry
			for _, c := range changes {
				if c.Kind != sala.KindUser {
					entries = append(entries, entryOf(c))
				}
			}
			if entries != nil {
				if err := s.append(ctx, tx, entries...); err != nil {
					return err
				}
			}
			return tx.ExecOne(ctx, `UPDATE account_audit_end SET version = ? WHERE name = 'audit'`, changes[len(changes)-1].Version)
		})
		if err != nil {
			return fmt.Errorf("audit: follow the change log: %w", err)
		}
		if !more {
			return nil
		}
	}
}

func entryOf(c db.Change) Entry {
	return Entry{At: c.At.UTC(), ByID: c.ByID, ByName: c.By, What: c.What, Ref: sala.Ref{Kind: c.Kind, ID: c.ID}, Version: c.Version}
}

// AuditBehind returns how many changes are not in the trail yet.
func (s *Store) AuditBehind(ctx context.Context) (int64, error) {
	n, err := db.One[int64](ctx, s.db, `SELECT version FROM account_audit_end WHERE name = 'audit'`)
	if err != nil {
		return 0, fmt.Errorf("audit: %w", err)
	}
	newest, err := s.db.Version(ctx)
	return max(newest-n, 0), err
}

// CheckAudit reads the whole trail and says in plain words what is wrong with
// it: an entry changed, missing or cut off, or one that tells another story
// than the change log. It cannot find what was rewritten from some entry to
// the end together with everything that depends on it: for that, an export
// kept elsewhere is compared.
func (s *Store) CheckAudit(ctx context.Context) (wrong []string, err error) {
	end, err := db.One[auditEnd](ctx, s.db, `SELECT number, hash, version FROM account_audit_end WHERE name = 'audit'`)
	if errors.Is(err, sala.ErrNotFound) {
		return []string{"the end of the audit trail is missing"}, nil
	} else if err != nil {
		return nil, fmt.Errorf("check the audit: %w", err)
	}
	last := Entry{}
	var version int64
	for e, err := range s.chain(ctx) {
		if err != nil {
			return wrong, fmt.Errorf("check the audit: %w", err)
		}
		if e.Number > end.Number {
			break // added since
		}
		switch {
		case e.Number != last.Number+1:
			wrong = append(wrong, fmt.Sprintf("audit entry %d is missing", last.Number+1))
		case e.Before != last.Hash:
			wrong = append(wrong, fmt.Sprintf("audit entry %d does not follow entry %d", e.Number, last.Number))
		}
		if e.sum() != e.Hash {
			wrong = append(wrong, fmt.Sprintf("audit entry %d was changed after it was written", e.Number))
		}
		if e.Version > 0 {
			said, err := s.compare(ctx, e, version)
			if err != nil {
				return wrong, fmt.Errorf("check the audit: %w", err)
			}
			wrong = append(wrong, said...)
			version = e.Version
		}
		last = e
	}
	if last.Number != end.Number || last.Hash != end.Hash {
		wrong = append(wrong, fmt.Sprintf("the audit trail ends at entry %d, but %d were written", last.Number, end.Number))
	}
	return wrong, nil
}

// compare holds an entry against the rows of the change log after version up
// to its own.
func (s *Store) compare(ctx context.Context, e Entry, after int64) (wrong []string, err error) {
	changes, err := s.db.Changes(ctx, after, int(e.Version-after))
	if err != nil {
		return nil, err
	}
	found := false
	for _, c := range changes {
		if c.Version == e.Version {
			found = true
			kept := e
			kept.Number, kept.Before, kept.Hash = 0, "", ""
			if kept != entryOf(c) {
				wrong = append(wrong, fmt.Sprintf("change %d was altered after audit entry %d kept it", c.Version, e.Number))
			}
		} else if c.Version < e.Version && c.Kind != sala.KindUser {
			wrong = append(wrong, fmt.Sprintf("change %d was put into the log after audit entry %d was written", c.Version, e.Number))
		}
	}
	if !found {
		wrong = append(wrong, fmt.Sprintf("change %d, which audit entry %d kept, is gone from the log", e.Version, e.Number))
	}
	return wrong, nil
}

// chain returns every entry, oldest first.
func (s *Store) chain(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		after := int64(0)
		for {
			list, err := s.entries(ctx, `number > ?`, `number LIMIT 1000`, after)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for _, e := range list {
				if !yield(e, nil) {
					return
				}
			}
			if len(list) == 0 {
				return
			}
			after = list[len(list)-1].Number
		}
	}
}

// An AuditFilter narrows the trail. Zero fields do not narrow it.
type AuditFilter struct {
	By     string // part of a name, or a user's id
	What   string
	Kind   sala.Kind
	ID     sala.ID
	From   time.Time // included
	To     time.Time // excluded
	Before int64     // entries with smaller numbers only
	Limit  int       // 0: all
}

// Audit returns the entries that match, newest first.
func (s *Store) Audit(ctx context.Context, by sala.Actor, f AuditFilter) ([]Entry, error) {
	if !by.May(sala.ReadAudit) {
		return nil, fmt.Errorf("audit: %w", sala.ErrForbidden)
	}
	where, args := []string{`1 = 1`}, []any{}
	narrow := func(on bool, condition string, values ...any) {
		if on {
			where, args = append(where, condition), append(args, values...)
		}
	}
	narrow(f.By != "", `(by_id = ? OR LOWER(by_name) LIKE ? ESCAPE '!')`, f.By, "%"+like.Replace(strings.ToLower(f.By))+"%")
	narrow(f.What != "", `what = ?`, f.What)
	narrow(f.Kind != "", `kind = ?`, f.Kind)
	narrow(f.ID != "", `id = ?`, f.ID)
	narrow(!f.From.IsZero(), `at >= ?`, db.At(f.From))
	narrow(!f.To.IsZero(), `at < ?`, db.At(f.To))
	narrow(f.Before > 0, `number < ?`, f.Before)
	order := `number DESC`
	if f.Limit > 0 {
		order += ` LIMIT ` + strconv.Itoa(f.Limit)
	}
	list, err := s.entries(ctx, strings.Join(where, ` AND `), order, args...)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	return list, nil
}

// EntriesAfter returns the entries with greater numbers than a number, oldest
// first, at most limit: for whoever follows the trail.
func (s *Store) EntriesAfter(ctx context.Context, by sala.Actor, number int64, limit int) ([]Entry, error) {
	if !by.May(sala.ReadAudit) {
		return nil, fmt.Errorf("follow the audit: %w", sala.ErrForbidden)
	}
	list, err := s.entries(ctx, `number > ?`, `number LIMIT `+strconv.Itoa(limit), number)
	if err != nil {
		return nil, fmt.Errorf("follow the audit: %w", err)
	}
	return list, nil
}

// Unfamiliar reports whether a sign-in is the first of its user by this kind
// of browser and machine, and not their first at all.
func (s *Store) Unfamiliar(ctx context.Context, by sala.Actor, e Entry) (bool, error) {
	if !by.May(sala.ReadAudit) {
		return false, fmt.Errorf("earlier sign-ins: %w", sala.ErrForbidden)
	}
	before, err := db.All[string](ctx, s.db, `
		SELECT DISTINCT detail FROM account_audit WHERE kind = ? AND id = ? AND what = 'signed_in' AND number < ?`, e.Ref.Kind, e.Ref.ID, e.Number)
	if err != nil {
		return false, fmt.Errorf("earlier sign-ins of %s: %w", e.Ref.ID, err)
	}
	for _, detail := range before {
		if deviceIn(detail) == deviceIn(e.Detail) {
			return false, nil
		}
	}
	return len(before) > 0, nil
}

// deviceIn is the device that the detail of a sign-in ends with.
func deviceIn(detail string) string { return detail[strings.LastIndex(detail, ", ")+1:] }

var like = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// AuditWords returns the verbs that the trail holds.
func (s *Store) AuditWords(ctx context.Context, by sala.Actor) ([]string, error) {
	if !by.May(sala.ReadAudit) {
		return nil, fmt.Errorf("audit words: %w", sala.ErrForbidden)
	}
	return db.All[string](ctx, s.db, `SELECT DISTINCT what FROM account_audit ORDER BY what`)
}

func (s *Store) entries(ctx context.Context, where, order string, args ...any) ([]Entry, error) {
	type row struct {
		Number  int64     `bun:"number"`
		At      time.Time `bun:"at"`
		ByID    sala.ID   `bun:"by_id"`
		ByName  string    `bun:"by_name"`
		What    string    `bun:"what"`
		Kind    sala.Kind `bun:"kind"`
		ID      sala.ID   `bun:"id"`
		Detail  string    `bun:"detail"`
		Version int64     `bun:"version"`
		Before  string    `bun:"before"`
		Hash    string    `bun:"hash"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT number, at, by_id, by_name, what, kind, id, detail, COALESCE(version, 0) AS version, before, hash
		FROM account_audit WHERE `+where+` ORDER BY `+order, args...)
	if err != nil {
		return nil, err
	}
	list := make([]Entry, len(rows))
	for i, r := range rows {
		list[i] = Entry{r.Number, r.At.UTC(), r.ByID, r.ByName, r.What, sala.Ref{Kind: r.Kind, ID: r.ID}, r.Detail, r.Version, r.Before, r.Hash}
	}
	return list, nil
}
