package db_test

import (
	"errors"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// TestFound: that a row is not there is an answer, any other error is one.
func TestFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShelf(t, d)
		s.set(sala.KindFile, map[sala.ID]string{"1": "a"})
		for query, want := range map[string]bool{`SELECT title FROM book WHERE id = '1'`: true, `SELECT title FROM book WHERE id = '2'`: false} {
			_, err := db.One[string](t.Context(), d, query)
			if found, err := db.Found(err); found != want || err != nil {
				t.Errorf("%s: %v, %v", query, found, err)
			}
		}
		_, failed := db.One[string](t.Context(), d, `SELECT title FROM nowhere`)
		if found, err := db.Found(failed); found || !errors.Is(err, failed) {
			t.Errorf("of no table: %v, %v", found, err)
		}
	})
}

func TestOrNull(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for id, want := range map[sala.ID]bool{"": true, "1": false} {
			null, err := db.One[bool](t.Context(), d, `SELECT CAST(? AS TEXT) IS NULL`, db.OrNull(id))
			if null != want || err != nil {
				t.Errorf("%q is NULL: %v, %v", id, null, err)
			}
		}
	})
}
