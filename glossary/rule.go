package glossary

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

type ruleRow struct {
	ID      string    `bun:"id"`
	Lang    sala.Lang `bun:"lang"`
	Rule    string    `bun:"rule"`
	Retired bool      `bun:"retired"`
	Loaded  string    `bun:"loaded"`
	Edited  bool      `bun:"edited"`
	By      string    `bun:"by_whom"`
	Changed time.Time `bun:"changed"`
}

const ruleColumns = `id, lang, rule, retired, loaded, edited, by_whom, changed`

func (r ruleRow) rule() (Rule, error) {
	var out Rule
	if err := json.Unmarshal([]byte(r.Rule), &out); err != nil {
		return out, fmt.Errorf("rule %s: %w", r.ID, err)
	}
	out.ID, out.Lang, out.Retired, out.Edited, out.By, out.Changed = r.ID, r.Lang, r.Retired, r.Edited, r.By, r.Changed
	return out, nil
}

// Rules returns every rule that is not retired, by language and id; those of
// one language if lang is not "".
func (s *Store) Rules(ctx context.Context, lang sala.Lang) ([]Rule, error) {
	rows, err := db.All[ruleRow](ctx, s.db, `
		SELECT `+ruleColumns+` FROM glossary_rule WHERE NOT retired AND (lang = ? OR ? = '') ORDER BY lang, id`, lang, lang)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	all := make([]Rule, len(rows))
	for i, r := range rows {
		if all[i], err = r.rule(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Rule returns one rule, also if it is retired.
func (s *Store) Rule(ctx context.Context, id string) (Rule, error) {
	r, err := db.One[ruleRow](ctx, s.db, `SELECT `+ruleColumns+` FROM glossary_rule WHERE id = ?`, id)
	if err != nil {
		return Rule{}, fmt.Errorf("rule %q: %w", id, err)
	}
	return r.rule()
}

// SetRule adds or replaces a rule; one that was retired is back. It returns
// [sala.ErrForbidden] unless by is an editor, and [sala.Invalid] for what
// cannot be, such as a pattern that cannot be read.
func (s *Store) SetRule(ctx context.Context, by sala.Actor, r Rule) error {
	r.Retired = false
	return s.writeRule(ctx, by, r, "set")
}

// RetireRule takes a rule out of use. Its history stays, and [Store.SetRule]
// brings it back.
func (s *Store) RetireRule(ctx context.Context, by sala.Actor, id string) error {
	r, err := s.Rule(ctx, id)
	if err != nil {
		return err
	}
	r.Retired = true
	return s.writeRule(ctx, by, r, "retired")
}

func (s *Store) writeRule(ctx context.Context, by sala.Actor, r Rule, what string) error {
	if by.Role < sala.Editor {
		return fmt.Errorf("set rule %q: %w", r.ID, sala.ErrForbidden)
	}
	if err := r.check(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		r.By, r.Edited = by.Name, true
		if err := putRule(ctx, tx, r, ""); err != nil {
			return err
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindRule, ID: sala.ID(r.ID)}, what, by)
	})
}

// putRule writes a rule and its history. An empty hash keeps the one that is
// there.
func putRule(ctx context.Context, tx *db.Tx, r Rule, hash string) error {
	b, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("rule %s: %w", r.ID, err)
	}
	err = tx.ExecOne(ctx, `
		INSERT INTO glossary_rule (`+ruleColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET
			lang = excluded.lang, rule = excluded.rule, retired = excluded.retired,
			loaded = CASE WHEN excluded.loaded = '' THEN glossary_rule.loaded ELSE excluded.loaded END,
			edited = excluded.edited, by_whom = excluded.by_whom, changed = excluded.changed`,
		r.ID, r.Lang, string(b), r.Retired, hash, r.Edited, r.By, db.At(tx.Now))
	if err != nil {
		return fmt.Errorf("rule %s: %w", r.ID, err)
	}
	type state struct {
		Rule
		Retired bool `json:"retired"`
	}
	return remember(ctx, tx, "rule", r.ID, r.By, state{r, r.Retired})
}

// RuleHistory returns every state of a rule, newest first.
func (s *Store) RuleHistory(ctx context.Context, id string) ([]State, error) {
	return s.history(ctx, "rule", id)
}
