package directory

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"sala"
	"sala/internal/db"
)

// A Found is an entry as those who pick one see it.
type Found struct {
	Ref     sala.Ref
	Name    sala.Text
	Short   sala.Text
	Kind    string
	Country string
	Showing Showing // of a person: how they are shown now
	Alike   bool    // it only sounds like what was asked for
}

func foundOf(rows []row) ([]Found, error) {
	all := make([]Found, len(rows))
	for i, r := range rows {
		t, err := r.texts()
		if err != nil {
			return nil, err
		}
		all[i] = Found{Ref: sala.Ref{Kind: r.What, ID: r.ID}, Name: t.names, Short: t.short, Kind: r.Kind, Country: r.Country}
		if r.What == sala.KindPerson {
			p, err := r.person()
			if err != nil {
				return nil, err
			}
			all[i].Showing = p.Shown()
		}
	}
	return all, nil
}

// Find returns those of a sort whose name holds the words of a question, in
// whatever order, the nearest first, and behind them those that sound like it.
// Titles count for nothing.
func (s *Store) Find(ctx context.Context, by sala.Actor, what sala.Kind, words string, limit int) ([]Found, error) {
	if err := mayKnow(by, "find in the directory"); err != nil {
		return nil, err
	}
	asked := Bare(words)
	if asked == "" {
		return nil, nil
	}
	where, args := "", []any{what}
	for _, w := range strings.Fields(asked) {
		where += ` AND n.form LIKE ? ESCAPE '\'`
		args = append(args, "%"+like.Replace(w)+"%")
	}
	type hit struct {
		Entry sala.ID `bun:"entry"`
		Form  string  `bun:"form"`
	}
	hits, err := db.All[hit](ctx, s.db, `
		SELECT n.entry, n.form FROM directory_name n JOIN directory_entry e ON e.id = n.entry AND e.what = ?
		WHERE TRUE`+where+`
		ORDER BY CASE WHEN n.form = ? THEN 0 WHEN n.form LIKE ? ESCAPE '\' THEN 1 ELSE 2 END, LENGTH(n.form), n.form, n.entry LIMIT ?`,
		append(args, asked, like.Replace(asked)+"%", 4*limit)...)
	if err != nil {
		return nil, fmt.Errorf("find %q: %w", words, err)
	}
	ids := make([]sala.ID, len(hits))
	for i, h := range hits {
		ids[i] = h.Entry
	}
	near := len(ids)
	like, err := s.sounding(ctx, what, []string{asked})
	if err != nil {
		return nil, err
	}
	return s.picked(ctx, append(ids, like...), near, limit)
}

// sounding returns the entries that have a name that sounds like one of some.
func (s *Store) sounding(ctx context.Context, what sala.Kind, forms []string) ([]sala.ID, error) {
	sounds := make([]string, len(forms))
	for i, f := range forms {
		sounds[i] = sound(f)
	}
	ids, err := db.All[sala.ID](ctx, s.db, `
		SELECT DISTINCT n.entry FROM directory_name n JOIN directory_entry e ON e.id = n.entry AND e.what = ? WHERE n.sound IN (?) ORDER BY n.entry`,
		what, db.In(sounds))
	if err != nil {
		return nil, fmt.Errorf("find what sounds alike: %w", err)
	}
	return ids, nil
}

// picked loads entries in an order; those behind near only sound alike.
func (s *Store) picked(ctx context.Context, ids []sala.ID, near, limit int) ([]Found, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	now, err := s.survivors(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	var order []sala.ID
	alike := map[sala.ID]bool{}
	for i, id := range ids {
		if at, ok := now[id]; ok && !slices.Contains(order, at) {
			order = append(order, at)
			alike[at] = i >= near
		}
	}
	order = order[:min(limit, len(order))]
	rows, err := db.All[row](ctx, s.db, `SELECT `+rowColumns+` FROM directory_entry WHERE id IN (?)`, db.In(order))
	if err != nil {
		return nil, fmt.Errorf("find in the directory: %w", err)
	}
	slices.SortFunc(rows, func(a, b row) int { return slices.Index(order, a.ID) - slices.Index(order, b.ID) })
	all, err := foundOf(rows)
	for i := range all {
		all[i].Alike = alike[all[i].Ref.ID]
	}
	return all, err
}

// Alike returns those who may be the same as somebody of these names: who has
// one of them, or one that sounds like it.
func (s *Store) Alike(ctx context.Context, by sala.Actor, what sala.Kind, names ...string) ([]Found, error) {
	if err := mayKnow(by, "find in the directory"); err != nil {
		return nil, err
	}
	var asked []string
	for _, n := range names {
		asked = append(asked, forms(n)...)
	}
	if len(asked) == 0 {
		return nil, nil
	}
	exact, err := db.All[sala.ID](ctx, s.db, `
		SELECT DISTINCT n.entry FROM directory_name n JOIN directory_entry e ON e.id = n.entry AND e.what = ? WHERE n.form IN (?) ORDER BY n.entry`,
		what, db.In(asked))
	if err != nil {
		return nil, fmt.Errorf("find by name: %w", err)
	}
	like, err := s.sounding(ctx, what, asked)
	if err != nil {
		return nil, err
	}
	return s.picked(ctx, append(exact, like...), len(exact), 20)
}

// Doubles returns groups of entries that may be one, for a person to decide.
func (s *Store) Doubles(ctx context.Context, by sala.Actor, what sala.Kind, limit int) ([][]Found, error) {
	if err := mayKnow(by, "find doubles in the directory"); err != nil {
		return nil, err
	}
	type pair struct {
		Sound string  `bun:"sound"`
		Entry sala.ID `bun:"entry"`
	}
	pairs, err := db.All[pair](ctx, s.db, `
		SELECT DISTINCT n.sound, n.entry FROM directory_name n JOIN directory_entry e ON e.id = n.entry AND e.what = ? AND e.merged IS NULL
		WHERE n.sound IN (
			SELECT m.sound FROM directory_name m JOIN directory_entry f ON f.id = m.entry AND f.what = ? AND f.merged IS NULL
			GROUP BY m.sound HAVING COUNT(DISTINCT m.entry) > 1)
		ORDER BY n.sound, n.entry`, what, what)
	if err != nil {
		return nil, fmt.Errorf("find doubles: %w", err)
	}
	var groups [][]sala.ID
	last := ""
	for _, p := range pairs {
		if len(groups) == 0 || p.Sound != last {
			groups = append(groups, nil)
		}
		last = p.Sound
		g := &groups[len(groups)-1]
		*g = append(*g, p.Entry)
	}
	var out [][]Found
	seen := map[string]bool{}
	for _, g := range groups {
		key := fmt.Sprint(g)
		if seen[key] {
			continue
		}
		seen[key] = true
		if len(out) == limit {
			break
		}
		found, err := s.picked(ctx, g, len(g), len(g))
		if err != nil {
			return nil, err
		}
		out = append(out, found)
	}
	return out, nil
}

// A Known is an entry with all its names, for whoever reads texts.
type Known struct {
	Found
	Names []string // every name, short form and other name
}

// Known walks every entry of a sort, merged ones under what they are now, for
// whoever looks for them in texts.
func (s *Store) Known(ctx context.Context, by sala.Actor, what sala.Kind) iter.Seq2[Known, error] {
	return func(yield func(Known, error) bool) {
		if err := mayKnow(by, "read the directory"); err != nil {
			yield(Known{}, err)
			return
		}
		rows, err := db.All[row](ctx, s.db, `SELECT `+rowColumns+` FROM directory_entry WHERE what = ? ORDER BY id`, what)
		if err != nil {
			yield(Known{}, fmt.Errorf("read the directory: %w", err))
			return
		}
		byID := map[sala.ID]row{}
		for _, r := range rows {
			byID[r.ID] = r
		}
		names := map[sala.ID][]string{}
		for _, r := range rows {
			t, err := r.texts()
			if err != nil {
				yield(Known{}, err)
				return
			}
			at := r
			for at.Merged != nil {
				at = byID[*at.Merged]
			}
			names[at.ID] = append(names[at.ID], t.all(what)...)
		}
		for _, r := range rows {
			if r.Merged != nil {
				continue
			}
			found, err := foundOf([]row{r})
			if err != nil {
				yield(Known{}, err)
				return
			}
			if !yield(Known{found[0], names[r.ID]}, nil) {
				return
			}
		}
	}
}
