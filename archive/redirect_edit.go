package archive

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"sala"
	"sala/internal/db"
)

// An OldAddress is an address of an old site with what it leads to.
type OldAddress struct {
	Address string // in the form of [OldKey]
	Target
	Since time.Time
}

// Reading is the address as a person reads it: letters of every script
// instead of percent signs, as far as they are letters.
func (o OldAddress) Reading() string {
	if s := unescape(o.Address); utf8.ValidString(s) {
		return s
	}
	return o.Address
}

// OldAddresses returns up to limit addresses that hold part, all if it is "",
// in alphabetical order after the address after.
func (s *Store) OldAddresses(ctx context.Context, by sala.Actor, part, after string, limit int) ([]OldAddress, error) {
	if err := need(by, sala.Editor, "old addresses"); err != nil {
		return nil, err
	}
	type row struct {
		Address string    `bun:"address"`
		Kind    sala.Kind `bun:"kind"`
		ID      sala.ID   `bun:"id"`
		Lang    sala.Lang `bun:"lang"`
		Created time.Time `bun:"created"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT address, kind, id, lang, created FROM archive_redirect
		WHERE address LIKE ? ESCAPE '\' AND address > ? ORDER BY address LIMIT ?`, "%"+likeEscape.Replace(escape(unescape(part)))+"%", after, limit)
	if err != nil {
		return nil, fmt.Errorf("old addresses: %w", err)
	}
	list := make([]OldAddress, len(rows))
	for i, r := range rows {
		list[i] = OldAddress{r.Address, Target{sala.Ref{Kind: r.Kind, ID: r.ID}, r.Lang}, r.Created.UTC()}
	}
	return list, nil
}

// LeadOld makes an old address lead to a target. was is what it leads to as
// whoever changes it saw it, zero if nowhere: if that is no longer so, it
// returns [sala.ErrConflict].
func (s *Store) LeadOld(ctx context.Context, by sala.Actor, address string, was, to Target) error {
	if err := need(by, sala.Editor, "lead the old address "+address); err != nil {
		return err
	}
	key := OldKey(address)
	if key == "" || len(key) > 2000 {
		return sala.Invalid{{Field: "address", Key: "studio.redirects_address_bad", Text: fmt.Sprintf("%q is no path such as /2015/03/statement/", address)}}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		var n int64
		var err error
		if was.Ref.IsZero() {
			n, err = tx.Exec(ctx, `
				INSERT INTO archive_redirect (address, kind, id, lang, created) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (address) DO NOTHING`, key, to.Ref.Kind, to.Ref.ID, to.Lang, db.At(tx.Now))
		} else {
			n, err = tx.Exec(ctx, `UPDATE archive_redirect SET kind = ?, id = ?, lang = ? WHERE address = ? AND kind = ? AND id = ? AND lang = ?`,
				to.Ref.Kind, to.Ref.ID, to.Lang, key, was.Ref.Kind, was.Ref.ID, was.Lang)
		}
		if err != nil {
			return fmt.Errorf("lead the old address %s: %w", key, err)
		}
		if n == 0 {
			return fmt.Errorf("the old address %s leads elsewhere: %w", key, sala.ErrConflict)
		}
		return tx.Changed(ctx, to.Ref, "redirected", by)
	})
}

// ForgetOld makes an old address lead nowhere.
func (s *Store) ForgetOld(ctx context.Context, by sala.Actor, key string, was Target) error {
	if err := need(by, sala.Editor, "forget the old address "+key); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, `DELETE FROM archive_redirect WHERE address = ? AND kind = ? AND id = ?`, key, was.Ref.Kind, was.Ref.ID)
		if err != nil {
			return fmt.Errorf("forget the old address %s: %w", key, err)
		}
		if n == 0 {
			return fmt.Errorf("the old address %s leads elsewhere: %w", key, sala.ErrConflict)
		}
		return tx.Changed(ctx, was.Ref, "redirected", by)
	})
}
