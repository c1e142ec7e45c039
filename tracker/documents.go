package tracker

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"sala"
	"sala/internal/db"
)

// SearchKind is the kind of the documents of recommendations.
const SearchKind = "recommendation"

// stretch is how many are read at a time when all are walked.
const stretch = 200

// Every walks the public recommendations that pass f, newest first.
func (s *Store) Every(ctx context.Context, f Filter) iter.Seq2[Recommendation, error] {
	return func(yield func(Recommendation, error) bool) {
		for recs, err := range s.Stretches(ctx, f) {
			if err != nil {
				yield(Recommendation{}, err)
				return
			}
			for _, r := range recs {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

// Stretches does the same some hundreds at a time.
func (s *Store) Stretches(ctx context.Context, f Filter) iter.Seq2[[]Recommendation, error] {
	return func(yield func([]Recommendation, error) bool) {
		if f.studio() {
			yield(nil, fmt.Errorf("every recommendation: %w", sala.ErrForbidden))
			return
		}
		all, err := s.outline.Now(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		f.Limit = len(all.Rows) + 1
		rows, _, _, err := s.stretch(ctx, all, f)
		if err != nil {
			yield(nil, err)
			return
		}
		for some := range slices.Chunk(rows, stretch) {
			recs, err := s.told(ctx, all, idsOf(some))
			if !yield(recs, err) || err != nil {
				return
			}
		}
	}
}

// Documents are a recommendation as it is found, one for each language.
func (r Recommendation) Documents() []sala.Document {
	langs := r.Langs()
	var out []sala.Document
	for _, l := range langs {
		title, _ := r.Name(l)
		d := sala.Document{
			Ref: ref(r.ID), Edition: r.Edition(l), Kind: SearchKind, Lang: l, Langs: langs,
			Title: title, Text: r.Words[l], Terms: r.Terms, Day: r.Asked, Changed: r.Changed,
		}
		for _, p := range slices.Concat(r.Addressed, r.Askers) {
			if name := p.Said[l]; name != "" {
				d.Names = append(d.Names, name)
			}
		}
		out = append(out, d)
	}
	return out
}

// Edition is the id of a recommendation's words in a language.
func (r Recommendation) Edition(l sala.Lang) sala.ID {
	return sala.DerivedID(r.Created, strings.Join([]string{"recommendation", string(r.ID), string(l)}, " "))
}

// An Address is where a public recommendation stands.
type Address struct {
	ID      sala.ID   `bun:"id"`
	Slug    string    `bun:"slug"`
	Changed time.Time `bun:"changed"`
}

// Addresses returns those of every public recommendation.
func (s *Store) Addresses(ctx context.Context) ([]Address, error) {
	rows, err := db.All[Address](ctx, s.db, `
		SELECT r.id, r.slug, r.changed FROM tracker_recommendation r WHERE r.public AND r.merged_into IS NULL`+listOrder)
	if err != nil {
		return nil, fmt.Errorf("addresses of recommendations: %w", err)
	}
	return rows, nil
}

// In returns the public recommendations that works make, in the order of their
// numbers, then the oldest first. One that was merged into another counts as
// that.
func (s *Store) In(ctx context.Context, works ...sala.ID) ([]Recommendation, error) {
	all, err := s.outline.Now(ctx)
	if err != nil {
		return nil, err
	}
	of := s.ids.Set(works)
	var ids []sala.ID
	for _, r := range slices.Backward(all.Rows) {
		if r.public && of.HasOne(r.works) {
			ids = append(ids, r.id)
		}
	}
	out, err := s.told(ctx, all, ids)
	slices.SortStableFunc(out, func(a, b Recommendation) int { return CompareNumbers(a.Number, b.Number) })
	return out, err
}
