package search_test

import (
	"strings"
	"testing"

	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/search"
)

// TestNotWhole takes away what the index must have: a question is answered
// whole or not at all. A text that the index loses without a word would also
// be passed over when somebody named in it must be covered.
func TestNotWhole(t *testing.T) {
	for _, lost := range []string{"search_chunk", "search_entry"} {
		t.Run(lost, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				s := &shelf{t: t, db: d}
				s.put(doc(1, "en", "Fees", "Nobody pays."))
				x := search.New(d, s)
				follow(t, x)
				err := d.Tx(t.Context(), func(tx *db.Tx) error {
					_, err := tx.Exec(t.Context(), `DELETE FROM `+lost)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				found, err := x.Search(t.Context(), search.Question{Text: "pays"})
				if err == nil || !strings.Contains(err.Error(), "check --rebuild-search") {
					t.Errorf("found %+v, error %v, want how to mend the index", found, err)
				}
				if err := x.Rebuild(t.Context(), nil); err != nil {
					t.Fatal(err)
				}
				if found := ask(t, x, search.Question{Text: "pays"}); len(found) != 1 {
					t.Errorf("built anew it finds %v", found)
				}
			})
		})
	}
}
