package signature

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sala"
	"sala/internal/db"
)

// A Signatory is what anybody may be told of a signature that stands.
type Signatory struct {
	ID           sala.ID
	Organisation sala.ID // in the directory, "" if none is known
	Name         string
	Country      string
	Person, Role string // "" unless they chose to be shown
	Late         bool
	Signed       time.Time
	Edition      sala.ID // that was signed
	Revision     int
}

// A Statement is what anybody may be told of the signatures of a work. Whoever
// shows it has seen to it that the work is public.
type Statement struct {
	Edition     sala.ID // that was put up for signing
	Signatories []Signatory
	Changes     []Change // of the signed text, oldest first
}

// Signed reports whether anybody has.
func (st Statement) Signed() bool { return len(st.Signatories) > 0 }

// Statement returns the signatures of a work in the order of signing; none if
// nobody has signed it.
func (s *Store) Statement(ctx context.Context, work sala.ID) (Statement, error) {
	c, err := s.of(ctx, work)
	if errors.Is(err, sala.ErrNotFound) {
		return Statement{}, nil
	} else if err != nil {
		return Statement{}, err
	}
	rows, err := db.All[entryRow](ctx, s.db, `
		SELECT id, organisation, name, country, CASE WHEN shown THEN person ELSE '' END AS person, CASE WHEN shown THEN role ELSE '' END AS role,
			late, signed, edition, revision
		FROM signature_entry WHERE call = ? AND state = ? ORDER BY signed, id`, c.ID, Stands)
	if err != nil {
		return Statement{}, fmt.Errorf("signatures of work %s: %w", work, err)
	}
	st := Statement{Edition: c.Edition}
	for _, r := range rows {
		st.Signatories = append(st.Signatories, Signatory{r.ID, r.Organisation, r.Name, r.Country, r.Person, r.Role, r.Late, r.Signed.UTC(), r.Edition, r.Revision})
	}
	st.Changes, err = s.changes(ctx, c.ID)
	return st, err
}
