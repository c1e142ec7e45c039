package archive

import (
	"context"
	"encoding/json"
	"fmt"

	"sala"
	"sala/internal/db"
	"sala/internal/richtext"
)

// Comments returns the approved comments of a public edition, oldest first.
func (s *Store) Comments(ctx context.Context, edition sala.ID) ([]Comment, error) {
	type row struct {
		ID     sala.ID `bun:"id"`
		Parent sala.ID `bun:"parent"`
		Author string  `bun:"author"`
		URL    string  `bun:"url"`
		Body   string  `bun:"body"`
		At     db.Null `bun:"at"`
		Type   string  `bun:"type"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT c.id, c.parent, c.author, c.url, c.body, c.at, c.type
		FROM archive_comment c JOIN archive_edition e ON e.id = c.edition AND e.public
		WHERE c.edition = ? AND c.approved ORDER BY c.at, c.id`, edition)
	if err != nil {
		return nil, fmt.Errorf("comments of edition %s: %w", edition, err)
	}
	comments := make([]Comment, len(rows))
	for i, r := range rows {
		body, err := richtext.Parse([]byte(r.Body))
		if err != nil {
			return nil, fmt.Errorf("comment %s: %w", r.ID, err)
		}
		comments[i] = Comment{
			ID: r.ID, Edition: edition, Parent: r.Parent, Author: r.Author, URL: r.URL, Body: body,
			At: db.Moment(r.At), Type: r.Type, Approved: true,
		}
	}
	return comments, nil
}

// importComments stores the comments of an edition or brings them up to date.
func (s *Store) importComments(ctx context.Context, tx *db.Tx, edition sala.ID, comments []Comment) error {
	for _, c := range comments {
		meta := ""
		if len(c.Meta) > 0 {
			b, err := json.Marshal(c.Meta)
			if err != nil {
				return fmt.Errorf("meta of comment %s: %w", c.ID, err)
			}
			meta = string(b)
		}
		err := tx.ExecOne(ctx, `
			INSERT INTO archive_comment (id, edition, parent, author, url, body, at, type, approved, meta)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET
				parent = excluded.parent, author = excluded.author, url = excluded.url, body = excluded.body,
				at = excluded.at, type = excluded.type, approved = excluded.approved, meta = excluded.meta`,
			c.ID, edition, c.Parent, c.Author, c.URL, string(c.Body.JSON()), db.At(c.At), c.Type, c.Approved, meta)
		if err != nil {
			return fmt.Errorf("comment %s: %w", c.ID, err)
		}
	}
	return nil
}
