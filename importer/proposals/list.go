package proposals

import (
	"context"
	"encoding/json"
	"fmt"

	"sala"
	"sala/importer/extract"
	"sala/internal/db"
)

type row struct {
	ID       sala.ID   `bun:"id"`
	Work     sala.ID   `bun:"work"`
	Lang     sala.Lang `bun:"lang"`
	Kind     Kind      `bun:"kind"`
	Event    sala.ID   `bun:"event"`
	Position int       `bun:"position"`
	Sure     int       `bun:"sure"`
	Block    string    `bun:"block"`
	From     int       `bun:"from_at"`
	To       int       `bun:"to_at"`
	Words    string    `bun:"words"`
	Value    string    `bun:"value"`
	Was      string    `bun:"was"`
	State    State     `bun:"state"`
	By       string    `bun:"by_whom"`
	Decided  db.Null   `bun:"decided"`
	MadeKind sala.Kind `bun:"made_kind"`
	Made     sala.ID   `bun:"made"`
}

const columns = `id, work, lang, kind, event, position, sure, block, from_at, to_at, words, value, was, state, by_whom, decided, made_kind, made`

func (r row) proposal() (Proposal, error) {
	p := Proposal{
		ID: r.ID, Work: r.Work, Lang: r.Lang, Kind: r.Kind, Event: r.Event, Sure: r.Sure, State: r.State, By: r.By,
		At: extract.Passage{Block: r.Block, From: r.From, To: r.To, Words: r.Words}, Made: sala.Ref{Kind: r.MadeKind, ID: r.Made}, position: r.Position,
	}
	if !r.Decided.IsZero() {
		p.Decided = r.Decided.UTC()
	}
	if err := json.Unmarshal([]byte(r.Value), &p.Value); err != nil {
		return p, fmt.Errorf("proposal %s: %w", r.ID, err)
	}
	if r.Was != "" {
		if err := json.Unmarshal([]byte(r.Was), &p.Was); err != nil {
			return p, fmt.Errorf("proposal %s: %w", r.ID, err)
		}
	}
	return p, nil
}

func proposalsOf(rows []row) ([]Proposal, error) {
	all := make([]Proposal, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.proposal(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Of returns the proposals for a work, in the order of its text.
func (s *Store) Of(ctx context.Context, by sala.Actor, work sala.ID) ([]Proposal, error) {
	if err := may(by, "see proposals"); err != nil {
		return nil, err
	}
	rows, err := db.All[row](ctx, s.to.DB, `SELECT `+columns+` FROM importer_proposal WHERE work = ? ORDER BY position, id`, work)
	if err != nil {
		return nil, fmt.Errorf("proposals for work %s: %w", work, err)
	}
	return proposalsOf(rows)
}

// A Waiting is a work with proposals that nobody has decided on.
type Waiting struct {
	Work sala.ID `bun:"work"`
	Open int     `bun:"open"`
	Sure int     `bun:"sure"`
	All  int     `bun:"of_all"`
}

// Waiting lists at most limit works with open proposals, behind one of them.
func (s *Store) Waiting(ctx context.Context, by sala.Actor, after sala.ID, limit int) ([]Waiting, error) {
	if err := may(by, "see proposals"); err != nil {
		return nil, err
	}
	list, err := db.All[Waiting](ctx, s.to.DB, `
		SELECT work, COUNT(CASE WHEN state = 'open' THEN 1 END) AS open, COUNT(CASE WHEN state = 'open' AND sure >= ? THEN 1 END) AS sure, COUNT(*) AS of_all
		FROM importer_proposal WHERE work > ? GROUP BY work HAVING COUNT(CASE WHEN state = 'open' THEN 1 END) > 0 ORDER BY work LIMIT ?`,
		int(extract.Sure*100), after, limit)
	if err != nil {
		return nil, fmt.Errorf("works with proposals: %w", err)
	}
	return list, nil
}

// Open returns how many proposals nobody has decided on.
func (s *Store) Open(ctx context.Context) (int, error) {
	return db.One[int](ctx, s.to.DB, `SELECT COUNT(*) FROM importer_proposal WHERE state = 'open'`)
}

// some returns proposals of a work by their ids.
func (s *Store) some(ctx context.Context, work sala.ID, ids []sala.ID) ([]Proposal, map[sala.ID]Proposal, error) {
	rows, err := db.All[row](ctx, s.to.DB, `SELECT `+columns+` FROM importer_proposal WHERE work = ? ORDER BY position, id`, work)
	if err != nil {
		return nil, nil, fmt.Errorf("proposals for work %s: %w", work, err)
	}
	all, err := proposalsOf(rows)
	if err != nil {
		return nil, nil, err
	}
	byID := map[sala.ID]Proposal{}
	for _, p := range all {
		byID[p.ID] = p
	}
	var some []Proposal
	for _, id := range ids {
		p, ok := byID[id]
		if !ok {
			return nil, nil, fmt.Errorf("proposal %s: %w", id, sala.ErrNotFound)
		}
		some = append(some, p)
	}
	return some, byID, nil
}
