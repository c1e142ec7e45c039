package archive

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sala/internal/slug"
	"strconv"

	"sala"
	"sala/internal/db"
)

// addressOf is the address of an edition on the site, from which [OldKey]
// makes the key of one that was given up.
func addressOf(lang sala.Lang, year int, slug string) string {
	if year == 0 {
		return "/" + string(lang) + "/pages/" + url.PathEscape(slug)
	}
	return "/" + string(lang) + "/" + strconv.Itoa(year) + "/" + url.PathEscape(slug)
}

// taken reports whether an address is another edition's, or was another work's
// before: an address once given stays.
func (s *Store) taken(ctx context.Context, r db.Reader, edition, work sala.ID, lang sala.Lang, year int, slug string) (bool, error) {
	n, err := db.One[int](ctx, r, `SELECT COUNT(*) FROM archive_edition WHERE lang = ? AND year = ? AND slug = ? AND id <> ?`,
		lang, year, slug, edition)
	if err != nil || n > 0 {
		return n > 0, err
	}
	n, err = db.One[int](ctx, r, `SELECT COUNT(*) FROM archive_redirect WHERE address = ? AND id <> ?`,
		OldKey(addressOf(lang, year, slug)), work)
	return n > 0, err
}

// ChangeSlug gives an edition that has been public another last part of its
// address. The address it had leads to it from then on. What has not been
// public has no address yet: it gets one from its title.
func (s *Store) ChangeSlug(ctx context.Context, by sala.Actor, edition sala.ID, was, typed string) error {
	if err := need(by, sala.Editor, "change the address of edition "+string(edition)); err != nil {
		return err
	}
	wish := slug.Of(typed)
	if wish == "" {
		return sala.Invalid{{Field: "slug", Key: "work.slug_bad", Text: "an address needs letters or digits"}}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		st, err := s.state(ctx, tx, edition)
		if err != nil {
			return err
		}
		switch {
		case st.Version == 0 || st.Provisional:
			return sala.Invalid{{Field: "slug", Key: "work.slug_early", Text: "it gets its address when it is first published"}}
		case st.Slug != was:
			return fmt.Errorf("change the address of edition %s, which is not %q any more: %w", edition, was, sala.ErrConflict)
		case st.Slug == wish:
			return nil
		}
		used, err := s.taken(ctx, tx, edition, st.Work, st.Lang, st.Year, wish)
		if err != nil {
			return fmt.Errorf("address of edition %s: %w", edition, err)
		}
		if used {
			return slugTaken()
		}
		// The edition stood there, so whatever an import had said of that address was hidden by it.
		_, err = tx.Exec(ctx, `
			INSERT INTO archive_redirect (address, kind, id, lang, created) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (address) DO UPDATE SET kind = excluded.kind, id = excluded.id, lang = excluded.lang`,
			OldKey(addressOf(st.Lang, st.Year, st.Slug)), sala.KindWork, st.Work, st.Lang, db.At(tx.Now))
		if err != nil {
			return fmt.Errorf("old address of edition %s: %w", edition, err)
		}
		err = tx.ExecOne(ctx, `UPDATE archive_edition SET slug = ? WHERE id = ?`, wish, edition)
		if errors.Is(err, sala.ErrConflict) {
			return slugTaken()
		} else if err != nil {
			return fmt.Errorf("address of edition %s: %w", edition, err)
		}
		return tx.Changed(ctx, sala.Ref{Kind: sala.KindWork, ID: st.Work}, "moved", by)
	})
}

func slugTaken() error {
	return sala.Invalid{{Field: "slug", Key: "work.slug_taken", Text: "another work has this address, or had it"}}
}
