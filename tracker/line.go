package tracker

import (
	"context"
	"fmt"
	"strings"

	"sala"
	"sala/internal/db"
)

// Lines returns the public recommendations that pass f, newest first, each with
// no more than a line of a list shows: not who made it, who follows it up or
// when it was changed, and not which rows its parties are.
func (s *Store) Lines(ctx context.Context, f Filter) (List, error) {
	if f.studio() {
		return List{}, fmt.Errorf("list recommendations: %w", sala.ErrForbidden)
	}
	all, err := s.outline.Now(ctx)
	if err != nil {
		return List{}, err
	}
	rows, next, total, err := s.stretch(ctx, all, f)
	if err != nil {
		return List{}, err
	}
	list := List{Next: next, Total: total}
	list.Recommendations, err = s.lines(ctx, rows)
	return list, err
}

func (s *Store) lines(ctx context.Context, rows []*outlined) ([]Recommendation, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	type row struct {
		ID       sala.ID   `bun:"id"`
		Slug     string    `bun:"slug"`
		Title    string    `bun:"title"`
		Words    string    `bun:"words"`
		Original sala.Lang `bun:"original"`
		Number   string    `bun:"number"`
		Source   string    `bun:"source"`
		State    State     `bun:"state"`
		StateDay string    `bun:"state_day"`
	}
	found, err := db.All[row](ctx, s.db, `
		SELECT r.id, r.slug, r.title, r.words, r.original, r.number, r.source, r.state, r.state_day FROM tracker_recommendation r WHERE r.id IN (?)`, db.In(idsOf(rows)))
	if err != nil {
		return nil, fmt.Errorf("lines of %d recommendations: %w", len(rows), err)
	}
	told := make(map[sala.ID]row, len(found))
	for _, row := range found {
		told[row.ID] = row
	}
	out, ids, words, asks := make([]Recommendation, len(rows)), s.ids.Words(), s.words.Words(), s.asks.Words()
	for i, line := range rows {
		row := told[line.id]
		full := recommendationRow{ID: line.id, Slug: row.Slug, Title: row.Title, Words: row.Words, Original: row.Original, Number: row.Number, Source: row.Source, StateDay: row.StateDay, State: row.State}
		if out[i], err = full.recommendation(); err != nil {
			return nil, fmt.Errorf("recommendation %s: %w", line.id, err)
		}
		r := &out[i]
		r.Event, r.Asked, r.Heard, r.Public = ids[line.event], line.stated.day(), line.heard.day(), line.public
		r.Ask = asks[line.ask]
		line.hang(ids, words, r)
		for _, p := range line.parties {
			said, err := sala.ScanText(words[p.said])
			if err != nil {
				return nil, fmt.Errorf("parties of recommendation %s: %w", line.id, err)
			}
			party := Party{Organisation: ids[p.organisation], Said: said}
			if p.asks {
				r.Askers = append(r.Askers, party)
			} else {
				r.Addressed = append(r.Addressed, party)
			}
		}
	}
	return out, nil
}

// hang gives a recommendation its own terms and codes.
func (r *outlined) hang(ids []sala.ID, words []string, to *Recommendation) {
	for _, n := range r.terms[:r.ownTerms] {
		to.Terms = append(to.Terms, ids[n])
	}
	for _, c := range r.codes[:r.ownCodes] {
		_, code, _ := strings.Cut(words[c.code], ":")
		to.Codes = append(to.Codes, Code{Framework(words[c.framework]), code, words[c.country]})
	}
}
