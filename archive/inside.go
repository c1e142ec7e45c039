package archive

import (
	"context"
	"fmt"

	"sala"
	"sala/internal/db"
)

// A Use is a text, public or not, that has to do with something.
type Use struct {
	Work    sala.ID   `bun:"work"`
	Edition sala.ID   `bun:"edition"`
	Lang    sala.Lang `bun:"lang"`
	Title   string    `bun:"title"`
	Public  bool      `bun:"public"`
}

// Using returns the editions whose newest or public text points at a file, or
// whose work shows it, newest first. Only those who work on the record may
// ask.
func (s *Store) Using(ctx context.Context, by sala.Actor, file sala.ID) ([]Use, error) {
	if by.Role < sala.Contributor {
		return nil, fmt.Errorf("uses of file %s: %w", file, sala.ErrForbidden)
	}
	if _, err := sala.ParseID(string(file)); err != nil {
		return nil, fmt.Errorf("uses of file %s: %w", file, err)
	}
	// An id stands in a text as it is: nothing else looks like one.
	uses, err := db.All[Use](ctx, s.db, `
		SELECT e.work, e.id AS edition, e.lang, e.title, e.public FROM archive_edition e JOIN archive_work w ON w.id = e.work
		WHERE w.picture = ? OR EXISTS (
			SELECT 1 FROM archive_revision r WHERE r.edition = e.id AND r.number IN (e.revision, e.live) AND r.body LIKE ?)
		ORDER BY w.listed_at DESC, w.id DESC, e.lang`, file, "%"+string(file)+"%")
	if err != nil {
		return nil, fmt.Errorf("uses of file %s: %w", file, err)
	}
	return uses, nil
}

// Titled returns, for each of some titles, the editions that bear it. Only
// those who work on the record may ask.
func (s *Store) Titled(ctx context.Context, by sala.Actor, titles []string) (map[string][]Use, error) {
	if by.Role < sala.Contributor {
		return nil, fmt.Errorf("works by title: %w", sala.ErrForbidden)
	}
	found := map[string][]Use{}
	if len(titles) == 0 {
		return found, nil
	}
	uses, err := db.All[Use](ctx, s.db, `
		SELECT e.work, e.id AS edition, e.lang, e.title, e.public FROM archive_edition e
		WHERE e.title <> '' AND e.title IN (?) ORDER BY e.work, e.lang`, db.In(titles))
	if err != nil {
		return nil, fmt.Errorf("works by title: %w", err)
	}
	for _, u := range uses {
		found[u.Title] = append(found[u.Title], u)
	}
	return found, nil
}

// EditionsOf returns every edition of a work, public or not, those in public
// first. It returns [sala.ErrNotFound] for a work that does not exist.
func (s *Store) EditionsOf(ctx context.Context, by sala.Actor, work sala.ID) ([]Use, error) {
	if by.Role < sala.Contributor {
		return nil, fmt.Errorf("editions of work %s: %w", work, sala.ErrForbidden)
	}
	uses, err := db.All[Use](ctx, s.db, `
		SELECT e.work, e.id AS edition, e.lang, e.title, e.public FROM archive_edition e
		WHERE e.work = ? ORDER BY e.public DESC, e.created, e.lang`, work)
	if err != nil {
		return nil, fmt.Errorf("editions of work %s: %w", work, err)
	}
	if len(uses) == 0 {
		return nil, fmt.Errorf("work %s: %w", work, sala.ErrNotFound)
	}
	return uses, nil
}
