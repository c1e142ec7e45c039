package archive

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sala"
	"sala/internal/db"
)

// workColumns and workRow are a row of archive_work.
const workColumns = `w.id, w.kind, w.sticky, w.held_from, w.held_to, w.place, w.country, w.parent, w.position,
	w.picture, w.contacts, w.testimony, w.public, w.listed, w.listed_at, w.dating, w.created, w.changed`

type workRow struct {
	ID        sala.ID   `bun:"id"`
	Kind      Kind      `bun:"kind"`
	Sticky    bool      `bun:"sticky"`
	HeldFrom  string    `bun:"held_from"`
	HeldTo    string    `bun:"held_to"`
	Place     string    `bun:"place"`
	Country   string    `bun:"country"`
	Parent    sala.ID   `bun:"parent"`
	Position  int       `bun:"position"`
	Picture   sala.ID   `bun:"picture"`
	Contacts  string    `bun:"contacts"`
	Testimony bool      `bun:"testimony"`
	Public    bool      `bun:"public"`
	Listed    string    `bun:"listed"`
	ListedAt  time.Time `bun:"listed_at"`
	Dating    Dating    `bun:"dating"`
	Created   time.Time `bun:"created"`
	Changed   time.Time `bun:"changed"`
}

func (r workRow) work() (Work, error) {
	w := Work{
		ID: r.ID, Kind: r.Kind, Sticky: r.Sticky, Place: r.Place, Country: r.Country, Parent: r.Parent,
		Position: r.Position, Picture: r.Picture, Testimony: r.Testimony, ListedAt: r.ListedAt.UTC(), Dating: r.Dating,
		Public: r.Public, Created: r.Created.UTC(), Changed: r.Changed.UTC(),
	}
	for _, day := range []struct {
		to   *sala.Day
		text string
	}{{&w.Held.From, r.HeldFrom}, {&w.Held.To, r.HeldTo}, {&w.Listed, r.Listed}} {
		d, err := sala.ParseDay(day.text)
		if err != nil {
			return w, fmt.Errorf("work %s: %w", r.ID, err)
		}
		*day.to = d
	}
	var err error
	if w.Contacts, err = uncolumn[Contact](r.Contacts); err != nil {
		return w, fmt.Errorf("contacts of work %s: %w", r.ID, err)
	}
	return w, nil
}

// editionColumns and editionRow are a row of archive_edition, without the text.
const editionColumns = `e.id, e.work, e.lang, e.year, e.slug, e.title, e.summary, e.stage, e.public, e.withdrawn,
	e.revision, e.live, e.version, e.published, e.pub_day, e.due, e.source, e.source_rev, e.bylines, e.meta, e.correction,
	e.changed, e.stale, e.behind`

type editionRow struct {
	ID         sala.ID   `bun:"id"`
	Work       sala.ID   `bun:"work"`
	Lang       sala.Lang `bun:"lang"`
	Year       int       `bun:"year"`
	Slug       string    `bun:"slug"`
	Title      string    `bun:"title"`
	Summary    string    `bun:"summary"`
	Stage      Stage     `bun:"stage"`
	Public     bool      `bun:"public"`
	Withdrawn  bool      `bun:"withdrawn"`
	Revision   int       `bun:"revision"`
	Live       int       `bun:"live"`
	Version    int       `bun:"version"`
	Published  db.Null   `bun:"published"`
	PubDay     string    `bun:"pub_day"`
	Due        db.Null   `bun:"due"`
	Source     sala.ID   `bun:"source"`
	SourceRev  int       `bun:"source_rev"`
	Bylines    string    `bun:"bylines"`
	Meta       string    `bun:"meta"`
	Correction string    `bun:"correction"`
	Changed    time.Time `bun:"changed"`
	Stale      int       `bun:"stale"`
	Behind     int       `bun:"behind"`
}

func (r editionRow) edition() (Edition, error) {
	e := Edition{
		ID: r.ID, Work: r.Work, Lang: r.Lang, Year: r.Year, Slug: r.Slug, Title: r.Title, Summary: r.Summary,
		Stage: r.Stage, Public: r.Public, Withdrawn: r.Withdrawn, Revision: r.Revision, Live: r.Live,
		Version: r.Version, Published: db.Moment(r.Published), Due: db.Moment(r.Due), Changed: r.Changed.UTC(),
		Source: r.Source, SourceRev: r.SourceRev, Correction: r.Correction, Stale: r.Stale, Behind: r.Behind,
	}
	var err error
	if e.PubDay, err = sala.ParseDay(r.PubDay); err != nil {
		return e, fmt.Errorf("edition %s: %w", r.ID, err)
	}
	if e.Bylines, err = uncolumn[string](r.Bylines); err != nil {
		return e, fmt.Errorf("bylines of edition %s: %w", r.ID, err)
	}
	if e.Meta, err = uncolumn[Meta](r.Meta); err != nil {
		return e, fmt.Errorf("meta of edition %s: %w", r.ID, err)
	}
	return e, nil
}

// fill gives public works their public editions and their terms.
func (s *Store) fill(ctx context.Context, works []Work) error {
	if len(works) == 0 {
		return nil
	}
	if err := fillEditions(ctx, s.db, works, `e.public`); err != nil {
		return err
	}
	l, err := s.lexicon.Now(ctx)
	if err != nil {
		return err
	}
	now, err := s.shelf.Now(ctx)
	if err != nil {
		return err
	}
	ids := s.terms.Words()
	for i, w := range works {
		at, ok := now.Place(w.ID)
		if !ok { // it became public just now
			return fillTerms(ctx, s.db, works)
		}
		for _, n := range now.Rows[at].terms {
			if _, ok := l.at[ids[n]]; ok {
				works[i].Terms = append(works[i].Terms, ids[n])
			}
		}
		slices.SortFunc(works[i].Terms, func(a, b sala.ID) int { return l.at[a] - l.at[b] })
	}
	return nil
}

// fillAll gives works all their editions and their terms.
func fillAll(ctx context.Context, r db.Reader, works []Work) error {
	if len(works) == 0 {
		return nil
	}
	if err := fillEditions(ctx, r, works, `TRUE`); err != nil {
		return err
	}
	return fillTerms(ctx, r, works)
}

func places(works []Work) ([]sala.ID, map[sala.ID]*Work) {
	ids, at := make([]sala.ID, len(works)), make(map[sala.ID]*Work, len(works))
	for i := range works {
		ids[i] = works[i].ID
		at[works[i].ID] = &works[i]
	}
	return ids, at
}

func fillEditions(ctx context.Context, r db.Reader, works []Work, which string) error {
	ids, at := places(works)
	editions, err := db.All[editionRow](ctx, r, `
		SELECT `+editionColumns+` FROM archive_edition e
		WHERE e.work IN (?) AND `+which+` ORDER BY e.published, e.id`, db.In(ids))
	if err != nil {
		return fmt.Errorf("editions of %d works: %w", len(ids), err)
	}
	for _, row := range editions {
		e, err := row.edition()
		if err != nil {
			return err
		}
		w := at[e.Work]
		w.Editions = append(w.Editions, e)
	}
	return nil
}

func fillTerms(ctx context.Context, r db.Reader, works []Work) error {
	ids, at := places(works)
	type pair struct {
		Work sala.ID `bun:"work"`
		Term sala.ID `bun:"term"`
	}
	pairs, err := db.All[pair](ctx, r, `
		SELECT wt.work, wt.term FROM archive_work_term wt JOIN archive_term t ON t.id = wt.term
		WHERE wt.work IN (?) ORDER BY t.vocabulary, t.path`, db.In(ids))
	if err != nil {
		return fmt.Errorf("terms of %d works: %w", len(ids), err)
	}
	for i := range works {
		works[i].Terms = nil
	}
	for _, p := range pairs {
		w := at[p.Work]
		w.Terms = append(w.Terms, p.Term)
	}
	return nil
}

func works(rows []workRow) ([]Work, error) {
	ws := make([]Work, len(rows))
	for i, row := range rows {
		w, err := row.work()
		if err != nil {
			return nil, err
		}
		ws[i] = w
	}
	return ws, nil
}
