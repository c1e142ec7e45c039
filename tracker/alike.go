package tracker

import (
	"cmp"
	"context"
	"fmt"
	"maps"
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
	pairs, err := s.alike.Now(ctx)
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
	pairs, err := s.alike.Now(ctx)
	return len(pairs), err
}

type pair struct {
	A, B  sala.ID
	Score float64
}

type wordsRow struct {
	ID    sala.ID `bun:"id"`
	Ask   sala.ID `bun:"ask"`
	Words string  `bun:"words"`
}

// findAlike compares each recommendation with those that share a shingle with it.
// Each shingle leads to at most a crowd, so the work grows with how much is
// said, not with its square.
func (s *Store) findAlike(ctx context.Context) ([]pair, error) {
	rows, err := db.All[wordsRow](ctx, s.db, `
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
	texts, having, err := readShingles(rows)
	if err != nil {
		return nil, err
	}
	for i := range texts {
		texts[i].weigh(having, len(rows))
	}
	var (
		out    []pair
		shared = make([]float64, len(rows)) // with the one that is looked at
		met    []int32                      // those with which it shares anything
	)
	for i, a := range texts {
		met = met[:0]
		for _, k := range a.shingles {
			if len(having[k]) > crowd {
				continue
			}
			w := weight(len(having[k]), len(rows))
			// Those that come before have met this one already.
			after, _ := slices.BinarySearch(having[k], int32(i+1))
			for _, j := range having[k][after:] {
				if shared[j] == 0 {
					met = append(met, j)
				}
				shared[j] += w
			}
		}
		for _, j := range met {
			w, b := shared[j], texts[j]
			shared[j] = 0
			// What both could share is what each says in the languages both have. Of
			// two that differ in length, what counts is the shorter: a demand is often
			// repeated with something added.
			if least := a.least(b); least <= 0 || w/least < alikeAt {
				continue
			} else if x, y := rows[i], rows[j]; x.Ask != y.Ask && !known[decision{min(x.ID, y.ID), max(x.ID, y.ID)}] && !apart(a.numbers, b.numbers) {
				out = append(out, pair{x.ID, y.ID, math.Min(1, w/least)})
			}
		}
	}
	slices.SortFunc(out, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out, nil
}

// A shingled is what a recommendation says in all its languages.
type shingled struct {
	shingles []int32   // by number, each once
	langs    []langSum // in the order of their names
	numbers  map[string]bool
}

// A langSum is how much its shingles weigh in one language.
type langSum struct {
	lang     sala.Lang
	from, to int // of its shingles
	sum      float64
}

// readShingles numbers the shingles of some texts. having are, for each, the
// texts that have it, in their order.
func readShingles(rows []wordsRow) (texts []shingled, having [][]int32, err error) {
	type shingle struct {
		lang sala.Lang
		text string
	}
	numbered := map[shingle]int32{}
	texts = make([]shingled, len(rows))
	for i, r := range rows {
		words, err := sala.ScanText(r.Words)
		if err != nil {
			return nil, nil, fmt.Errorf("recommendation %s: %w", r.ID, err)
		}
		t := shingled{numbers: map[string]bool{}}
		for _, lang := range slices.Sorted(maps.Keys(words)) {
			from := len(t.shingles)
			for _, sh := range shingles(words[lang]) {
				if sh[0] >= '0' && sh[0] <= '9' && !strings.Contains(sh, " ") {
					t.numbers[sh] = true
				}
				k, known := numbered[shingle{lang, sh}]
				if !known {
					k = int32(len(having))
					numbered[shingle{lang, sh}] = k
					having = append(having, nil)
				}
				if of := having[k]; len(of) == 0 || of[len(of)-1] != int32(i) {
					having[k] = append(of, int32(i))
					t.shingles = append(t.shingles, k)
				}
			}
			t.langs = append(t.langs, langSum{lang: lang, from: from, to: len(t.shingles)})
		}
		texts[i] = t
	}
	return texts, having, nil
}

// weight is that of a shingle which some of all texts have.
func weight(some, all int) float64 { return math.Log(1 + float64(all)/float64(some)) }

// weigh sums up what each language says.
func (t shingled) weigh(having [][]int32, all int) {
	for i, l := range t.langs {
		for _, k := range t.shingles[l.from:l.to] {
			if n := len(having[k]); n <= crowd {
				t.langs[i].sum += weight(n, all)
			}
		}
	}
}

// least is how much the shorter of two says in the languages both have.
func (t shingled) least(u shingled) float64 {
	mine, theirs := 0.0, 0.0
	for _, a := range t.langs {
		for _, b := range u.langs {
			if a.lang == b.lang {
				mine, theirs = mine+a.sum, theirs+b.sum
			}
		}
	}
	return min(mine, theirs)
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
