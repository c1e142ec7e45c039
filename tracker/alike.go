package tracker

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
	"sala/script"
)

// A Verdict is what an editor decided of two recommendations that look alike.
type Verdict string

// The verdicts.
const (
	Again     Verdict = "again"     // the same was asked once more
	Merged    Verdict = "merged"    // two records of the very same one
	Different Verdict = "different" // they only look alike
)

// A Likeness is two recommendations that may ask the same. A was asked first.
type Likeness struct {
	A, B  Recommendation
	Score float64 // from 0 to 1
}

// alikeAt is how alike two must be to be proposed: with less, editors were
// shown what merely speaks of the same matter.
const alikeAt = .45

// crowd is how many recommendations may share a shingle before it says
// nothing: "migrant workers" is in each. It bounds the work, too.
const crowd = 200

// Alike proposes pairs that nobody has decided on, most alike first, at most
// limit. Words are compared in each language both have: single words and
// pairs of neighbours, the rarer the weightier.
func (s *Store) Alike(ctx context.Context, by sala.Actor, limit int) ([]Likeness, error) {
	if err := may(by, sala.Publish, "find recommendations that are alike"); err != nil {
		return nil, err
	}
	pairs, err := remembered(ctx, &s.memo, "alike", s.alike)
	if err != nil {
		return nil, err
	}
	var ids []sala.ID
	pairs = pairs[:min(limit, len(pairs))]
	for _, p := range pairs {
		ids = append(ids, p.A, p.B)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.All[recommendationRow](ctx, s.db, `SELECT `+columns+` FROM tracker_recommendation r WHERE r.id IN (?)`, db.In(unique(ids)))
	if err != nil {
		return nil, fmt.Errorf("recommendations that are alike: %w", err)
	}
	found, err := s.filled(ctx, s.db, rows)
	if err != nil {
		return nil, err
	}
	byID := map[sala.ID]Recommendation{}
	for _, r := range found {
		byID[r.ID] = r
	}
	out := make([]Likeness, 0, len(pairs))
	for _, p := range pairs {
		out = append(out, Likeness{byID[p.A], byID[p.B], p.Score})
	}
	return out, nil
}

// CountAlike is how many pairs wait for a decision.
func (s *Store) CountAlike(ctx context.Context, by sala.Actor) (int, error) {
	if err := may(by, sala.Publish, "find recommendations that are alike"); err != nil {
		return 0, err
	}
	pairs, err := remembered(ctx, &s.memo, "alike", s.alike)
	return len(pairs), err
}

type pair struct {
	A, B  sala.ID
	Score float64
}

func (s *Store) alike(ctx context.Context) ([]pair, error) {
	type row struct {
		ID    sala.ID `bun:"id"`
		Ask   sala.ID `bun:"ask"`
		Words string  `bun:"words"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT id, ask, words FROM tracker_recommendation WHERE merged_into IS NULL AND NOT withdrawn ORDER BY asked_at, id`)
	if err != nil {
		return nil, fmt.Errorf("words of recommendations: %w", err)
	}
	type decision struct {
		A sala.ID `bun:"a"`
		B sala.ID `bun:"b"`
	}
	decided, err := db.All[decision](ctx, s.db, `SELECT a, b FROM tracker_likeness`)
	if err != nil {
		return nil, fmt.Errorf("decisions on likeness: %w", err)
	}
	known := map[decision]bool{}
	for _, d := range decided {
		known[d] = true
	}
	// Each shingle of a language with those that have it.
	type shingle struct {
		lang sala.Lang
		text string
	}
	having := map[shingle][]int32{}
	sets := make([]map[shingle]bool, len(rows))
	numbers := make([]map[string]bool, len(rows))
	for i, r := range rows {
		words, err := sala.ScanText(r.Words)
		if err != nil {
			return nil, fmt.Errorf("recommendation %s: %w", r.ID, err)
		}
		sets[i], numbers[i] = map[shingle]bool{}, map[string]bool{}
		for lang, text := range words {
			for _, sh := range shingles(text) {
				if sh[0] >= '0' && sh[0] <= '9' && !strings.Contains(sh, " ") {
					numbers[i][sh] = true
				}
				k := shingle{lang, sh}
				if !sets[i][k] {
					sets[i][k] = true
					having[k] = append(having[k], int32(i))
				}
			}
		}
	}
	weight := func(k shingle) float64 { return math.Log(1 + float64(len(rows))/float64(len(having[k]))) }
	var out []pair
	shared := map[int32]float64{}
	for i := range rows {
		clear(shared)
		for k := range sets[i] {
			if len(having[k]) > crowd {
				continue
			}
			w := weight(k)
			for _, j := range having[k] {
				if int(j) > i {
					shared[j] += w
				}
			}
		}
		for j, w := range shared {
			a, b := rows[i], rows[j]
			if a.Ask == b.Ask || known[decision{min(a.ID, b.ID), max(a.ID, b.ID)}] || apart(numbers[i], numbers[j]) {
				continue
			}
			// What both could share is what each says in the languages both have.
			common := map[sala.Lang]bool{}
			for k := range sets[i] {
				common[k.lang] = true
			}
			both := map[sala.Lang]bool{}
			for k := range sets[j] {
				if common[k.lang] {
					both[k.lang] = true
				}
			}
			sum := func(set map[shingle]bool) float64 {
				total := 0.0
				for k := range set {
					if both[k.lang] && len(having[k]) <= crowd {
						total += weight(k)
					}
				}
				return total
			}
			// Of two that differ in length, what counts is the shorter: a demand is
			// often repeated with something added.
			if least := min(sum(sets[i]), sum(sets[j])); least > 0 && w/least >= alikeAt {
				out = append(out, pair{a.ID, b.ID, math.Min(1, w/least)})
			}
		}
	}
	slices.SortFunc(out, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out, nil
}

// apart reports whether two texts speak of other numbers: Convention 188 is
// not Convention 189, however alike the sentences are.
func apart(a, b map[string]bool) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	for n := range a {
		if b[n] {
			return false
		}
	}
	return true
}

// shingles are the words of a text and the pairs of neighbours.
func shingles(text string) []string {
	text = script.Normalize(text)
	var out []string
	last := ""
	for _, w := range script.AppendWords(nil, text) {
		if w.Kind == script.Separator {
			continue
		}
		word := text[w.From:w.To]
		out = append(out, word)
		if last != "" {
			out = append(out, last+" "+word)
		}
		last = word
	}
	return out
}

// Decide says what two recommendations are to each other. If they ask the same
// again, all that ask the same as either ask the same; if they are merged, b
// goes into a: it keeps its source, words and steps, and its address leads to
// a. A decision can be changed, except that what was merged is first parted.
func (s *Store) Decide(ctx context.Context, by sala.Actor, a, b sala.ID, v Verdict) error {
	if err := may(by, sala.Publish, "decide on recommendations "+string(a)+" and "+string(b)); err != nil {
		return err
	}
	if a == b {
		return sala.Invalid{{Field: "into", Key: "studio.tracker.into_itself", Text: "a recommendation cannot be merged into itself"}}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(b), string(v), by); err != nil {
			return err
		}
		if err := tx.Changed(ctx, ref(a), string(v), by); err != nil {
			return err
		}
		x, err := s.one(ctx, tx, a)
		if err != nil {
			return err
		}
		y, err := s.one(ctx, tx, b)
		if err != nil {
			return err
		}
		if x.Into != "" || y.Into != "" {
			return sala.Invalid{{Field: "into", Key: "studio.tracker.merged_already", Text: "one of them was merged into another: part it first"}}
		}
		switch v {
		case Again:
			_, err = tx.Exec(ctx, `UPDATE tracker_recommendation SET ask = ? WHERE ask = ?`, x.Ask, y.Ask)
		case Merged:
			if y.Public && !x.Public {
				return sala.Invalid{{Field: "into", Key: "studio.tracker.merge_public", Text: "a public one cannot go into one that readers do not see: publish that first"}}
			}
			_, err = tx.Exec(ctx, `UPDATE tracker_recommendation SET merged_into = ?, ask = ?, changed = ? WHERE id = ? OR merged_into = ?`, a, x.Ask, db.At(tx.Now), b, b)
			if err == nil {
				_, err = tx.Exec(ctx, `UPDATE tracker_recommendation SET ask = ? WHERE ask = ?`, x.Ask, y.Ask)
			}
			if err == nil {
				err = s.follow(ctx, tx, a)
			}
		case Different:
			if x.Ask == y.Ask {
				_, err = tx.Exec(ctx, `UPDATE tracker_recommendation SET ask = ? WHERE id = ? OR merged_into = ?`, sala.NewID(), b, b)
			}
		default:
			return sala.Invalid{{Field: "verdict", Key: "studio.tracker.verdict_bad", Text: fmt.Sprintf("%q is no verdict", v)}}
		}
		if err != nil {
			return fmt.Errorf("decide on recommendations %s and %s: %w", a, b, err)
		}
		return s.decided(ctx, tx, by, a, b, v)
	})
}

func (s *Store) decided(ctx context.Context, tx *db.Tx, by sala.Actor, a, b sala.ID, v Verdict) error {
	return tx.ExecOne(ctx, `
		INSERT INTO tracker_likeness (a, b, verdict, by_whom, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (a, b) DO UPDATE SET verdict = excluded.verdict, by_whom = excluded.by_whom, at = excluded.at`,
		min(a, b), max(a, b), v, by.Name, db.At(tx.Now))
}

// Part takes a recommendation out of the one it was merged into. It stays
// known as asking the same again.
func (s *Store) Part(ctx context.Context, by sala.Actor, id sala.ID) error {
	if err := may(by, sala.Publish, "part recommendation "+string(id)); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Changed(ctx, ref(id), "parted", by); err != nil {
			return err
		}
		r, err := s.one(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.Into == "" {
			return fmt.Errorf("recommendation %s is merged into none: %w", id, sala.ErrConflict)
		}
		if err := tx.Changed(ctx, ref(r.Into), "parted", by); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE tracker_recommendation SET merged_into = NULL, changed = ? WHERE id = ?`, db.At(tx.Now), id); err != nil {
			return fmt.Errorf("part recommendation %s: %w", id, err)
		}
		if err := s.follow(ctx, tx, id); err != nil {
			return err
		}
		if err := s.follow(ctx, tx, r.Into); err != nil {
			return err
		}
		return s.decided(ctx, tx, by, r.Into, id, Again)
	})
}
