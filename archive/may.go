package archive

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// mayWrite returns [sala.ErrForbidden] unless by may write the text of an
// edition: translators and those above them any; a contributor what they made
// themselves, until it is first published; who came by a link the one edition
// it is for, while the link is good.
func (s *Store) mayWrite(ctx context.Context, r db.Reader, by sala.Actor, edition sala.ID) error {
	no := fmt.Errorf("write edition %s: %w", edition, sala.ErrForbidden)
	switch {
	case by.Only != "":
		if by.Only != edition {
			return no
		}
		good, err := db.One[int](ctx, r, `
			SELECT COUNT(*) FROM archive_link WHERE id = ? AND edition = ? AND revoked IS NULL AND until > ?`,
			by.ID, edition, db.At(s.db.Now()))
		if err != nil {
			return fmt.Errorf("link to edition %s: %w", edition, err)
		}
		if good == 0 {
			return no
		}
		return nil
	case by.Role >= sala.Translator:
		return nil
	case by.Role == sala.Contributor && by.ID != "":
		own, err := db.One[int](ctx, r, `SELECT COUNT(*) FROM archive_edition WHERE id = ? AND made_by = ? AND version = 0`, edition, by.ID)
		if err != nil {
			return fmt.Errorf("edition %s: %w", edition, err)
		}
		if own > 0 {
			return nil
		}
	}
	return no
}
