package archive

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
)

// stretch is how many works are read at a time when all are walked.
const stretch = 200

// Documents walks every public edition, newest work first, with its text.
func (s *Store) Documents(ctx context.Context) iter.Seq2[sala.Document, error] {
	return func(yield func(sala.Document, error) bool) {
		for w, err := range s.everyWork(ctx) {
			if err != nil {
				yield(sala.Document{}, err)
				return
			}
			docs, err := s.documents(ctx, w)
			if err != nil {
				yield(sala.Document{}, err)
				return
			}
			for _, d := range docs {
				if !yield(d, nil) {
					return
				}
			}
		}
	}
}

// WorkDocuments returns the documents of one work: one for each public
// edition, none if it is not public.
func (s *Store) WorkDocuments(ctx context.Context, id sala.ID) ([]sala.Document, error) {
	found, err := s.WorksByID(ctx, []sala.ID{id})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return s.documents(ctx, found[id])
}

func (s *Store) documents(ctx context.Context, w Work) ([]sala.Document, error) {
	ids := make([]sala.ID, len(w.Editions))
	langs := make([]sala.Lang, len(w.Editions))
	for i, e := range w.Editions {
		ids[i], langs[i] = e.ID, e.Lang
	}
	texts, err := s.Texts(ctx, ids)
	if err != nil {
		return nil, err
	}
	docs := make([]sala.Document, 0, len(w.Editions))
	for _, e := range w.Editions {
		d := sala.Document{
			Ref: sala.Ref{Kind: sala.KindWork, ID: w.ID}, Edition: e.ID, Kind: string(w.Kind), Lang: e.Lang, Langs: langs,
			Title: e.Title, Summary: e.Summary, Text: texts[e.ID].Plain(), Names: e.Bylines, Terms: w.Terms,
			Day: w.Listed, Changed: e.Changed,
		}
		if w.Place != "" {
			d.Places = []string{w.Place}
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// everyWork walks the public works, pages included, newest first.
func (s *Store) everyWork(ctx context.Context) iter.Seq2[Work, error] {
	return func(yield func(Work, error) bool) {
		v, err := s.sieve(ctx, Filter{Kinds: Kinds})
		if err != nil {
			yield(Work{}, err)
			return
		}
		for ids := range slices.Chunk(idsOf(v.passing()), stretch) {
			list, err := s.inOrder(ctx, ids)
			if err != nil {
				yield(Work{}, err)
				return
			}
			for _, w := range list {
				if !yield(w, nil) {
					return
				}
			}
		}
	}
}

// An Address is where one public edition stands.
type Address struct {
	Work    sala.ID   `bun:"work"`
	Kind    Kind      `bun:"kind"`
	Lang    sala.Lang `bun:"lang"`
	Year    int       `bun:"year"`
	Slug    string    `bun:"slug"`
	Changed time.Time `bun:"changed"`
}

// Addresses walks the addresses of every public edition, those of one work
// together, newest work first.
func (s *Store) Addresses(ctx context.Context) iter.Seq2[Address, error] {
	return func(yield func(Address, error) bool) {
		at, last := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), sala.ID("~")
		type row struct {
			Address
			ListedAt time.Time `bun:"listed_at"`
		}
		for {
			rows, err := db.All[row](ctx, s.db, `
				SELECT e.work, w.kind, e.lang, e.year, e.slug, e.changed, w.listed_at
				FROM (
					SELECT id, kind, listed_at FROM archive_work w
					WHERE w.public AND (w.listed_at, w.id) < (?, ?)`+listOrder+` LIMIT ?
				) w JOIN archive_edition e ON e.work = w.id AND e.public
				ORDER BY w.listed_at DESC, w.id DESC, e.lang`, db.At(at), last, 10*stretch)
			if err != nil {
				yield(Address{}, fmt.Errorf("addresses: %w", err))
				return
			}
			if len(rows) == 0 {
				return
			}
			for _, r := range rows {
				if !yield(r.Address, nil) {
					return
				}
				at, last = r.ListedAt, r.Work
			}
		}
	}
}
