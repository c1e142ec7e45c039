package db_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// shelf is a table with an outline of it.
type shelf struct {
	t    *testing.T
	db   *db.DB
	read []string // what was read, each time
	fail error
	out  *db.Outline[book]
}

type book struct {
	ID    sala.ID `bun:"id"`
	Title string  `bun:"title"`
}

func newShelf(t *testing.T, d *db.DB) *shelf {
	s := &shelf{t: t, db: d}
	if err := d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `CREATE TABLE book (id TEXT PRIMARY KEY, title TEXT NOT NULL)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	s.out = db.NewOutline(d, func(ctx context.Context, ids []sala.ID) (map[sala.ID]book, error) {
		if s.fail != nil {
			return nil, s.fail
		}
		query, args := `SELECT id, title FROM book`, []any{}
		if ids != nil {
			query, args = query+` WHERE id IN (?)`, []any{db.In(ids)}
		}
		rows, err := db.All[book](ctx, d, query, args...)
		s.read = append(s.read, fmt.Sprint(ids == nil, len(rows)))
		found := map[sala.ID]book{}
		for _, b := range rows {
			found[b.ID] = b
		}
		return found, err
	}, func(a, b book) int {
		return cmp.Or(strings.Compare(a.Title, b.Title), strings.Compare(string(a.ID), string(b.ID)))
	}, sala.KindFile)
	return s
}

// set gives a book a title, "" takes it away.
func (s *shelf) set(kind sala.Kind, titles map[sala.ID]string) {
	s.t.Helper()
	err := s.db.Tx(s.t.Context(), func(tx *db.Tx) error {
		for id, title := range titles {
			if err := tx.Changed(s.t.Context(), sala.Ref{Kind: kind, ID: id}, "set", sala.Machine("test")); err != nil {
				return err
			}
			if _, err := tx.Exec(s.t.Context(), `DELETE FROM book WHERE id = ?`, id); err != nil {
				return err
			}
			if title == "" {
				continue
			}
			if _, err := tx.Exec(s.t.Context(), `INSERT INTO book VALUES (?, ?)`, id, title); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// want compares the outline with titles, and what was read for it since the
// last time.
func (s *shelf) want(titles, read string) {
	s.t.Helper()
	sheet, err := s.out.Now(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	var got []string
	for i, b := range sheet.Rows {
		got = append(got, b.Title)
		if at, ok := sheet.Place(b.ID); !ok || at != i {
			s.t.Errorf("%s is at %d, %v; want %d", b.ID, at, ok, i)
		}
	}
	if _, ok := sheet.Place("nobody"); ok {
		s.t.Error("somebody is there who was never put in")
	}
	if diff := gocmp.Diff(titles, strings.Join(got, " ")); diff != "" {
		s.t.Error(diff)
	}
	if diff := gocmp.Diff(read, strings.Join(s.read, ", ")); diff != "" {
		s.t.Errorf("read: %s", diff)
	}
	s.read = nil
}

func TestOutline(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShelf(t, d)
		s.want("", "true 0")
		s.set(sala.KindFile, map[sala.ID]string{"1": "m", "2": "d", "3": "x"})
		s.want("d m x", "false 3")
		s.want("d m x", "")
		first, err := s.out.Now(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		s.set(sala.KindFile, map[sala.ID]string{"2": "z", "4": "a", "3": ""})
		s.want("a m z", "false 2")
		if len(first.Rows) != 3 || first.Rows[0].Title != "d" {
			t.Errorf("a sheet that was given out has changed: %v", first.Rows)
		}
		s.set(sala.KindWork, map[sala.ID]string{"9": ""}) // another kind
		s.want("a m z", "")
		s.set(sala.KindFile, map[sala.ID]string{"": ""}) // no one row
		s.want("a m z", "true 3")

		many := map[sala.ID]string{}
		for i := range 300 {
			many[sala.ID(fmt.Sprint("n", i))] = fmt.Sprintf("b%03d", i)
		}
		s.set(sala.KindFile, many)
		sheet, err := s.out.Now(t.Context())
		if err != nil || len(sheet.Rows) != 303 {
			t.Fatal(len(sheet.Rows), err)
		}
		if !slices.IsSortedFunc(sheet.Rows, func(a, b book) int { return strings.Compare(a.Title, b.Title) }) {
			t.Error("not in order")
		}
		if diff := gocmp.Diff([]string{"true 303"}, s.read); diff != "" {
			t.Error(diff)
		}
	})
}

// TestOutlineFails: what could not be read is read the next time.
func TestOutlineFails(t *testing.T) {
	s := newShelf(t, dbtest.SQLite(t))
	s.set(sala.KindFile, map[sala.ID]string{"1": "a"})
	s.want("a", "true 1")
	s.set(sala.KindFile, map[sala.ID]string{"2": "b"})
	s.fail = errors.New("no")
	if _, err := s.out.Now(t.Context()); !errors.Is(err, s.fail) {
		t.Error(err)
	}
	s.fail = nil
	s.want("a b", "false 1")
}

// TestOutlineMany: those who ask at once get what was committed before.
func TestOutlineMany(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShelf(t, d)
		for round := range 10 {
			s.set(sala.KindFile, map[sala.ID]string{sala.ID(fmt.Sprint(round)): "t"})
			failed := make(chan error)
			for range 4 {
				go func() {
					sheet, err := s.out.Now(context.Background())
					if err == nil && len(sheet.Rows) != round+1 {
						err = fmt.Errorf("%d rows after %d changes", len(sheet.Rows), round+1)
					}
					failed <- err
				}()
			}
			for range 4 {
				if err := <-failed; err != nil {
					t.Error(err)
				}
			}
		}
	})
}

func TestKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShelf(t, d)
		asked := 0
		count := func(ctx context.Context) (int, error) {
			asked++
			return db.One[int](ctx, d, `SELECT COUNT(*) FROM book`)
		}
		any, books := db.Keep(d, count), db.Keep(d, count, sala.KindFile)
		want := func(n, questions int, k *db.Kept[int]) {
			t.Helper()
			asked = 0
			for range 2 {
				if got, err := k.Now(t.Context()); err != nil || got != n {
					t.Errorf("got %d, %v; want %d", got, err, n)
				}
			}
			if asked != questions {
				t.Errorf("asked %d times, want %d", asked, questions)
			}
		}
		want(0, 1, any)
		want(0, 1, books)
		s.set(sala.KindFile, map[sala.ID]string{"1": "a"})
		want(1, 1, any)
		want(1, 1, books)
		s.set(sala.KindWork, map[sala.ID]string{"2": ""})
		want(1, 1, any)
		want(1, 0, books)
	})
}

// TestOutlineLate: whoever asks seldom gets what others have asked for
// meanwhile as well, whether the log of it is still in memory or not.
func TestOutlineLate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		often := newShelf(t, d)
		read := ""
		seldom := db.NewOutline(d, func(ctx context.Context, ids []sala.ID) (map[sala.ID]string, error) {
			read += fmt.Sprint(len(ids), " ")
			found := map[sala.ID]string{}
			rows, err := db.All[book](ctx, d, `SELECT id, title FROM book`)
			for _, b := range rows {
				if ids == nil || slices.Contains(ids, b.ID) {
					found[b.ID] = b.Title
				}
			}
			return found, err
		}, strings.Compare, sala.KindFile)
		want := func(titles, reads string) {
			t.Helper()
			read = ""
			sheet, err := seldom.Now(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(sheet.Rows, " "); got != titles || read != reads {
				t.Errorf("got %q, read %q; want %q, %q", got, read, titles, reads)
			}
		}
		want("", "0 ")
		often.set(sala.KindFile, map[sala.ID]string{"1": "a"})
		often.want("a", "true 1")
		often.set(sala.KindFile, map[sala.ID]string{"2": "b"})
		often.want("a b", "false 1")
		often.set(sala.KindFile, map[sala.ID]string{"1": "c"})
		want("b c", "2 ")
		for range 1100 { // more than are held
			often.set(sala.KindWork, map[sala.ID]string{"9": ""})
		}
		often.set(sala.KindFile, map[sala.ID]string{"1": "d"})
		often.want("b d", "true 2")
		want("b d", "0 ")
		often.set(sala.KindFile, map[sala.ID]string{"1": "e"})
		want("b e", "1 ")
		often.want("b e", "false 1")
	})
}
