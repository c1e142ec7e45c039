package account

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// A Colleague is somebody who works here, as the others may know them: no
// address, no role.
type Colleague struct {
	ID   sala.ID
	Name string
}

// Colleagues lists the editors and admins who have a name and are not shut
// out, for those who publish: what there is to do can be given to them.
func (s *Store) Colleagues(ctx context.Context, by sala.Actor) ([]Colleague, error) {
	if !by.May(sala.Publish) {
		return nil, fmt.Errorf("colleagues: %w", sala.ErrForbidden)
	}
	rows, err := db.All[userRow](ctx, s.db, `SELECT `+userColumns+` FROM account_user u WHERE disabled IS NULL AND name <> '' ORDER BY name, id`)
	if err != nil {
		return nil, fmt.Errorf("colleagues: %w", err)
	}
	var out []Colleague
	for _, r := range rows {
		u, err := r.user()
		if err != nil {
			return nil, err
		}
		if u.Role.May(sala.Publish) {
			out = append(out, Colleague{u.ID, u.Name})
		}
	}
	return out, nil
}
