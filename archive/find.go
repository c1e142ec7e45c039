package archive

import (
	"context"
	"fmt"
	"strings"

	"sala"
	"sala/internal/db"
)

// Found is a work or a term that somebody looks for by its name, to point at.
type Found struct {
	Ref    sala.Ref
	Name   string    // title or label
	Lang   sala.Lang // of Name
	Kind   Kind      // of a work
	In     string    // vocabulary of a term
	Path   string    // of a term
	Public bool      // terms are
}

// Find returns works whose title, in any language and in any state, says every
// word, those that are public first, and then terms whose label does; at most
// limit of each. words may also be an id. Only those who work on the record
// may ask.
func (s *Store) Find(ctx context.Context, by sala.Actor, words string, limit int) ([]Found, error) {
	if err := need(by, sala.Contributor, "find by name"); err != nil {
		return nil, err
	}
	asked := strings.Fields(strings.ToLower(words))
	if len(asked) == 0 || len(words) > 500 {
		return nil, nil
	}
	var found []Found
	where, args := []string{}, []any{}
	if id, err := sala.ParseID(strings.TrimSpace(words)); err == nil {
		where, args = append(where, `w.id = ?`), append(args, id)
	} else {
		for _, w := range asked {
			where, args = append(where, `LOWER(e.title) LIKE ? ESCAPE '\'`), append(args, "%"+likeEscape.Replace(w)+"%")
		}
	}
	type row struct {
		Work   sala.ID   `bun:"work"`
		Lang   sala.Lang `bun:"lang"`
		Title  string    `bun:"title"`
		Kind   Kind      `bun:"kind"`
		Public bool      `bun:"public"`
	}
	// One title of each work: the one that is public, then the first by language.
	rows, err := db.All[row](ctx, s.db, `
		SELECT work, lang, title, kind, public FROM (
			SELECT e.work, e.lang, e.title, w.kind, e.public, w.listed_at,
				ROW_NUMBER() OVER (PARTITION BY e.work ORDER BY e.public DESC, e.lang) AS n
			FROM archive_edition e JOIN archive_work w ON w.id = e.work WHERE `+strings.Join(where, " AND ")+`
		) f WHERE n = 1 ORDER BY public DESC, listed_at DESC, work DESC LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("find works: %w", err)
	}
	for _, r := range rows {
		found = append(found, Found{Ref: sala.Ref{Kind: sala.KindWork, ID: r.Work}, Name: r.Title, Lang: r.Lang, Kind: r.Kind, Public: r.Public})
	}
	// Labels are JSON that SQL never looks into; there are few terms.
	all, err := db.All[termRow](ctx, s.db, `SELECT `+termColumns+` FROM archive_term t ORDER BY t.vocabulary, t.path`)
	if err != nil {
		return nil, fmt.Errorf("find terms: %w", err)
	}
	n := 0
	for _, r := range all {
		t, err := r.term()
		if err != nil {
			return nil, err
		}
		if n == limit {
			break
		}
		if l, ok := t.says(asked); ok || string(t.ID) == strings.TrimSpace(words) {
			name, in := t.Labels.In(l)
			found = append(found, Found{Ref: sala.Ref{Kind: sala.KindTerm, ID: t.ID}, Name: name, Lang: in, In: t.Vocabulary, Path: t.Path, Public: true})
			n++
		}
	}
	return found, nil
}

// says returns the language in which a label of t says every word.
func (t Term) says(words []string) (sala.Lang, bool) {
	for l, label := range t.Labels {
		label = strings.ToLower(label)
		all := true
		for _, w := range words {
			all = all && strings.Contains(label, w)
		}
		if all {
			return l, true
		}
	}
	return "", false
}

// PublicLangs counts the public editions of each language.
func (s *Store) PublicLangs(ctx context.Context) (map[sala.Lang]int, error) {
	rows, err := db.All[Count](ctx, s.db, `SELECT lang AS value, COUNT(*) AS n FROM archive_edition WHERE public GROUP BY lang`)
	if err != nil {
		return nil, fmt.Errorf("count the editions of each language: %w", err)
	}
	counts := make(map[sala.Lang]int, len(rows))
	for _, r := range rows {
		counts[sala.Lang(r.Value)] = r.N
	}
	return counts, nil
}
