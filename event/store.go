package event

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
	"sala/internal/jobs"
	"sala/internal/phrase"
)

// A Store keeps events. It decides who may change what; what it gives without
// an actor is public. It is safe for concurrent use.
type Store struct {
	db   *db.DB
	jobs *jobs.Queue // nil where no replies are taken

	index      index // of the outline
	outline    *db.Outline[*line]
	translated *db.Outline[*phrase.Item]
	series     *db.Kept[[]Series]
}

// NewStore returns the events in d.
func NewStore(d *db.DB) *Store {
	s := &Store{db: d}
	s.outline = db.NewOutline(d, s.lines, latest, sala.KindEvent)
	s.translated = db.NewOutline(d, s.items, phrase.NewestItem, sala.KindEvent)
	s.series = db.Keep(d, func(ctx context.Context) ([]Series, error) { return allSeries(ctx, d) }, sala.KindSeries)
	return s
}

// mayChange returns [sala.ErrForbidden] unless by may change an event: an
// editor any, others what they made themselves until it is first public.
func mayChange(by sala.Actor, e Event, everPublic bool) error {
	if by.Role >= sala.Editor || by.May(sala.Draft) && by.ID != "" && e.MadeBy == by.ID && !everPublic {
		return nil
	}
	return fmt.Errorf("change event %s: %w", e.ID, sala.ErrForbidden)
}

// everPublic reports whether an event was ever public.
func everPublic(ctx context.Context, r db.Reader, id sala.ID) (bool, error) {
	n, err := db.One[int](ctx, r, `SELECT COUNT(*) FROM event_step WHERE event = ? AND state = ?`, id, Public)
	if err != nil {
		return false, fmt.Errorf("steps of event %s: %w", id, err)
	}
	return n > 0, nil
}

func ref(id sala.ID) sala.Ref { return sala.Ref{Kind: sala.KindEvent, ID: id} }
