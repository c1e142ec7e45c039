package db_test

import (
	"strings"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// TestOneView: how new the record is is asked once, and what is committed
// meanwhile is seen all the same.
func TestOneView(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		asked := 0
		d.Asked = func(query string) {
			if strings.Contains(query, "MAX(version)") && !strings.Contains(query, "INSERT") {
				asked++
			}
		}
		s := newShelf(t, d)
		ctx := d.OneView(t.Context())
		titles := func() (all []string) {
			sheet, err := s.out.Now(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range sheet.Rows {
				all = append(all, b.Title)
			}
			return all
		}
		for range 3 {
			if got := titles(); len(got) != 0 {
				t.Errorf("in an empty shelf: %q", got)
			}
		}
		if asked > 1 {
			t.Errorf("asked %d times how new it is", asked)
		}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := tx.ExecOne(t.Context(), `INSERT INTO book (id, title) VALUES ('1', 'A')`); err != nil {
				return err
			}
			return tx.Changed(t.Context(), sala.Ref{Kind: sala.KindFile, ID: "1"}, "added", sala.Machine("test"))
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := titles(); len(got) != 1 {
			t.Errorf("after it was added: %q", got)
		}
	})
}
