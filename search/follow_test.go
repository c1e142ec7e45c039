package search_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/search"
)

// TestResume interrupts a rebuild after its first segment is stored: that
// segment stays, and the rest comes behind it.
func TestResume(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		for n := range 4300 {
			s.docs = append(s.docs, doc(n, "en", fmt.Sprint(n), fmt.Sprintf("number%d", n)))
		}
		s.log(s.docs[0].Ref)
		x := search.New(d, s)
		s.stop = 4200
		if err := x.Rebuild(t.Context(), nil); !errors.Is(err, errStopped) {
			t.Fatalf("error %v, want that it stopped", err)
		}
		first := func() []int64 {
			ids, err := db.All[int64](t.Context(), d, `SELECT id FROM search_segment ORDER BY id`)
			if err != nil {
				t.Fatal(err)
			}
			return ids
		}
		had := first()
		if len(had) != 1 {
			t.Fatalf("segments %v stored when it stopped, want one", had)
		}
		s.stop = 0
		x = search.New(d, s) // as after a restart
		if err := x.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if now := first(); len(now) != 2 || now[0] != had[0] {
			t.Errorf("segments %v, want %v and one more", now, had)
		}
		entries, err := db.One[int](t.Context(), d, `SELECT COUNT(DISTINCT ref_id) FROM search_entry`)
		if err != nil || entries != len(s.docs) {
			t.Errorf("%d entries of %d texts, %v", entries, len(s.docs), err)
		}
		for _, n := range []int{0, 4095, 4096, 4199, 4200, 4299} {
			if got := ask(t, x, search.Question{Text: fmt.Sprintf(`"number%d"`, n)}); !slices.Equal(got, []string{fmt.Sprint(n)}) {
				t.Errorf("number%d: %q", n, got)
			}
		}
	})
}

// A guarded shelf is for several goroutines: what it holds changes before its
// change is logged, as everyone sees both at once in a database.
type guarded struct {
	mu sync.Mutex
	shelf
}

func (g *guarded) Documents(ctx context.Context) iter.Seq2[sala.Document, error] {
	g.mu.Lock()
	defer g.mu.Unlock()
	still := shelf{docs: slices.Clone(g.docs)}
	return still.Documents(ctx)
}

func (g *guarded) Of(ctx context.Context, ref sala.Ref) ([]sala.Document, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.shelf.Of(ctx, ref)
}

func (g *guarded) change(ctx context.Context, d sala.Document, withdraw bool) error {
	g.mu.Lock()
	g.remove(d.Ref, false)
	if !withdraw {
		g.docs = append(g.docs, d)
	}
	g.mu.Unlock()
	return g.db.Tx(ctx, func(tx *db.Tx) error { return tx.Changed(ctx, d.Ref, "changed", sala.Machine("test")) })
}

// TestTogether writes, withdraws, follows and asks from several goroutines, as
// two copies of the program would. In the end exactly what is there is found.
func TestTogether(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const writers, each = 4, 12
		ctx := t.Context()
		g := &guarded{shelf: shelf{t: t, db: d}}
		copies := []*search.Index{search.New(d, g), search.New(d, g)}
		if d.Engine == db.SQLite { // the data folder's lock lets one program write
			copies[1] = copies[0]
		}
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					n := w*each + i
					err := g.change(ctx, doc(n, "en", fmt.Sprint(n), fmt.Sprintf("shared words and draft%d", n)), false)
					if i%3 == 1 { // the one before is gone
						err = errors.Join(err, g.change(ctx, doc(n-1, "", "", ""), true))
					}
					if i%3 == 2 { // this one is written anew
						err = errors.Join(err, g.change(ctx, doc(n, "en", fmt.Sprint(n), fmt.Sprintf("shared words and final%d", n)), false))
					}
					if i%2 == w%2 {
						err = errors.Join(err, copies[w%2].Follow(ctx))
					}
					if _, asking := copies[i%2].Search(ctx, search.Question{Text: "shared words"}); asking != nil {
						err = errors.Join(err, asking)
					}
					if err != nil {
						t.Errorf("writer %d, text %d: %v", w, n, err)
						return
					}
				}
			})
		}
		wg.Wait()
		follow(t, copies[0])
		var want []string
		for n := range writers * each {
			if n%each%3 != 0 {
				want = append(want, fmt.Sprint(n))
			}
		}
		slices.Sort(want)
		for i, x := range copies {
			got := ask(t, x, search.Question{Text: `"shared words"`, Count: 100})
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("copy %d finds %q, want %q", i, got, want)
			}
			for n := range writers * each {
				for _, word := range []string{"draft", "final"} {
					found, err := x.Search(t.Context(), search.Question{Text: fmt.Sprintf(`"%s%d"`, word, n)})
					if err != nil {
						t.Fatal(err)
					}
					is := n%each%3 == map[string]int{"draft": 1, "final": 2}[word]
					if got := !found.Nearest && len(found.Results) == 1 && found.Results[0].Title == fmt.Sprint(n); got != is {
						t.Errorf("copy %d, %s%d is found: %v, want %v: %+v", i, word, n, got, is, found)
					}
				}
			}
		}
	})
}
