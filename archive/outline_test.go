package archive_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// A stored is a public work as the database has it.
type stored struct {
	ID     sala.ID      `bun:"id"`
	Kind   archive.Kind `bun:"kind"`
	Sticky bool         `bun:"sticky"`
	Listed string       `bun:"listed"`
	At     time.Time    `bun:"listed_at"`

	langs []string
	terms []sala.ID
}

func all(t testing.TB, d *db.DB) []stored {
	t.Helper()
	works, err := db.All[stored](t.Context(), d, `SELECT id, kind, sticky, listed, listed_at FROM archive_work WHERE public`)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range works {
		if works[i].langs, err = db.All[string](t.Context(), d, `SELECT lang FROM archive_edition WHERE work = ? AND public`, w.ID); err != nil {
			t.Fatal(err)
		}
		if works[i].terms, err = db.All[sala.ID](t.Context(), d, `SELECT term FROM archive_work_term WHERE work = ?`, w.ID); err != nil {
			t.Fatal(err)
		}
	}
	slices.SortFunc(works, func(a, b stored) int { return cmp.Or(b.At.Compare(a.At), strings.Compare(string(b.ID), string(a.ID))) })
	return works
}

func (w stored) passes(f archive.Filter) bool {
	if len(f.Kinds) == 0 && w.Kind == archive.Page || len(f.Kinds) > 0 && !slices.Contains(f.Kinds, w.Kind) {
		return false
	}
	for _, any := range f.Terms {
		if !slices.ContainsFunc(any, func(id sala.ID) bool { return slices.Contains(w.terms, id) }) {
			return false
		}
	}
	day := ""
	if f.Year != 0 {
		day = fmt.Sprintf("%04d", f.Year)
		if f.Month != 0 {
			day += fmt.Sprintf("-%02d", f.Month)
		}
	}
	return strings.HasPrefix(w.Listed, day) && (!f.Sticky || w.Sticky) && (f.Lang == "" || slices.Contains(w.langs, string(f.Lang))) && (f.Among == nil || slices.Contains(f.Among, w.ID))
}

func counted(works []stored, f archive.Filter, values func(w stored) []string) map[string]int {
	counts := map[string]int{}
	for _, w := range works {
		if w.passes(f) {
			for _, v := range values(w) {
				counts[v]++
			}
		}
	}
	return counts
}

func asMap(list []archive.Count) map[string]int {
	counts := map[string]int{}
	for _, c := range list {
		counts[c.Value] = c.N
	}
	return counts
}

// TestOutline: whatever is done to works and terms, what is answered from
// memory is what the database says.
func TestOutline(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx, dice := archive.NewStore(d), t.Context(), rand.New(rand.NewPCG(7, 7))
		var terms []archive.Term // that were ever made
		newTerm := func() {
			x := archive.Term{Vocabulary: []string{archive.Theme, archive.Category}[dice.IntN(2)], Labels: sala.Text{"en": fmt.Sprint("Term ", len(terms))}}
			if len(terms) > 0 && dice.IntN(2) == 0 {
				if above := terms[dice.IntN(len(terms))]; above.Vocabulary == x.Vocabulary {
					x.Parent = above.ID
				}
			}
			var err error
			if x.ID, err = s.NewTerm(ctx, editor, x); err != nil {
				if errors.As(err, new(sala.Invalid)) { // what it was to stand below is gone
					return
				}
				t.Fatal(err)
			}
			terms = append(terms, x)
		}
		some := func() (ids []sala.ID) {
			for range dice.IntN(3) {
				x, _, err := s.OneTerm(ctx, terms[dice.IntN(len(terms))].ID)
				if err == nil && !slices.Contains(ids, x.ID) {
					ids = append(ids, x.ID)
				}
			}
			return ids
		}
		// What may not be done is no fault here.
		may := func(err error) {
			t.Helper()
			if err != nil && !errors.Is(err, sala.ErrConflict) && !errors.Is(err, sala.ErrNotFound) && !errors.As(err, new(sala.Invalid)) {
				t.Fatal(err)
			}
		}
		n := 0
		work := func() sala.ID { return id("work", dice.IntN(n)) }
		steps := []func(){
			func() {
				lang := []sala.Lang{"en", "my", "th"}[dice.IntN(3)]
				day := sala.DayOf(time.Date(2018+dice.IntN(3), time.Month(1+dice.IntN(3)), 1, 0, 0, 0, 0, time.UTC))
				kind, parent := archive.Kinds[dice.IntN(len(archive.Kinds))], sala.ID("")
				if dice.IntN(2) == 0 { // of pages there are some below others
					if kind = archive.Page; n > 0 {
						parent = work()
					}
				}
				put(t, d, s, archive.Incoming{
					Work:    archive.Work{ID: id("work", n), Kind: kind, Sticky: dice.IntN(4) == 0, Terms: some(), Parent: parent, Position: dice.IntN(3)},
					Edition: archive.Edition{ID: id("edition", n), Lang: lang, Slug: fmt.Sprint("s", n), Title: "T", Body: doc("x"), Public: dice.IntN(4) > 0, Published: day.Time(), PubDay: day},
				})
				n++
			},
			newTerm,
			func() { may(s.Withdraw(ctx, editor, id("edition", dice.IntN(n)), "wrong")) },
			func() { may(s.Publish(ctx, editor, id("edition", dice.IntN(n)))) },
			func() {
				w, err := s.DeskWork(ctx, editor, work())
				if err != nil {
					t.Fatal(err)
				}
				w.Terms, w.Sticky = some(), dice.IntN(2) == 0
				may(s.Describe(ctx, editor, w.Changed, w))
			},
			func() {
				may(s.MergeTerms(ctx, editor, terms[dice.IntN(len(terms))].ID, terms[dice.IntN(len(terms))].ID))
			},
			func() { may(s.DeleteTerm(ctx, editor, terms[dice.IntN(len(terms))].ID)) },
			func() {
				x, seen, err := s.OneTerm(ctx, terms[dice.IntN(len(terms))].ID)
				if may(err); err == nil {
					x.Slug, x.Parent = fmt.Sprint("slug", dice.IntN(9)), terms[dice.IntN(len(terms))].ID
					may(s.ChangeTerm(ctx, editor, x, seen))
				}
			},
			func() {
				vocabularies, err := s.Vocabularies(ctx)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range vocabularies {
					if v.Slug == archive.Theme {
						may(s.NameVocabulary(ctx, editor, v.Slug, sala.Mark(v.Labels), sala.Text{"en": fmt.Sprint("Themes ", dice.IntN(2))}))
					}
				}
			},
		}
		for _, v := range []string{archive.Theme, archive.Category} {
			if err := s.NameVocabulary(ctx, editor, v, "", sala.Text{"en": v}); err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			newTerm()
			steps[0]()
			steps[0]()
		}
		compare := func(what string, got, want any) {
			t.Helper()
			if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s (-asked +kept):\n%s", what, diff)
			}
		}
		for range 70 {
			steps[dice.IntN(len(steps))]()
			works, fresh := all(t, d), archive.NewStore(d)
			f := archive.Filter{}
			if dice.IntN(3) == 0 {
				f.Kinds = archive.Kinds[:1+dice.IntN(len(archive.Kinds))]
			}
			if dice.IntN(3) == 0 {
				f.Year, f.Month = 2018+dice.IntN(3), dice.IntN(3)
			}
			if dice.IntN(3) == 0 {
				f.Lang = "en"
			}
			f.Sticky = dice.IntN(5) == 0
			vocabulary := ""
			if ids := some(); len(ids) > 0 {
				below, err := s.Below(ctx, ids[0])
				if err != nil {
					t.Fatal(err)
				}
				f.Terms = [][]sala.ID{below}
				x, err := s.TermsByID(ctx, ids[:1])
				if err != nil {
					t.Fatal(err)
				}
				vocabulary = x[ids[0]].Vocabulary
			}
			if dice.IntN(5) == 0 {
				f.Among = []sala.ID{work(), work(), "nobody"}
			}
			var want []sala.ID
			for _, w := range works {
				if w.passes(f) {
					want = append(want, w.ID)
				}
			}
			f.Limit = 3
			var got []sala.ID
			for {
				list, err := s.Works(ctx, f)
				if err != nil {
					t.Fatal(err)
				}
				if list.Total != len(want) {
					t.Fatalf("%d works of %+v, want %d", list.Total, f, len(want))
				}
				got = append(got, ids(list.Works)...)
				if f.Before = list.Next; f.Before == "" {
					break
				}
			}
			compare("list", got, want)

			facets, err := s.Facets(ctx, f)
			if err != nil {
				t.Fatal(err)
			}
			kinds, years, langs, lifted := f, f, f, f
			kinds.Kinds, years.Year, years.Month, langs.Lang, lifted.Terms = nil, 0, 0, "", nil
			compare("kinds", asMap(facets.Kinds), counted(works, kinds, func(w stored) []string { return []string{string(w.Kind)} }))
			compare("years", asMap(facets.Years), counted(works, years, func(w stored) []string { return []string{w.Listed[:4]} }))
			compare("langs", asMap(facets.Langs), counted(works, langs, func(w stored) []string { return w.langs }))
			own, err := db.All[sala.ID](ctx, d, `SELECT id FROM archive_term WHERE vocabulary = ?`, vocabulary)
			if err != nil {
				t.Fatal(err)
			}
			bears := func(own []sala.ID, is bool) func(w stored) []string {
				return func(w stored) (ids []string) {
					for _, id := range w.terms {
						if slices.Contains(own, id) == is {
							ids = append(ids, string(id))
						}
					}
					return ids
				}
			}
			wantTerms := map[sala.ID]int{}
			for id, n := range counted(works, f, bears(own, false)) {
				wantTerms[sala.ID(id)] = n
			}
			for id, n := range counted(works, lifted, bears(own, true)) {
				wantTerms[sala.ID(id)] = n
			}
			compare("terms", facets.Terms, wantTerms)

			tree := func(above sala.ID) []sala.ID {
				query, args := `NOT EXISTS (SELECT 1 FROM archive_work p WHERE p.id = w.parent AND p.public)`, []any{archive.Page}
				if above != "" {
					query, args = `w.parent = ?`, append(args, above)
				}
				ids, err := db.All[sala.ID](ctx, d, `SELECT w.id FROM archive_work w WHERE w.public AND w.kind = ? AND `+query+` ORDER BY w.position, w.listed_at, w.id`, args...)
				if err != nil {
					t.Fatal(err)
				}
				return ids
			}
			tops, err := s.Pages(ctx)
			if err != nil {
				t.Fatal(err)
			}
			compare("pages", ids(tops), tree(""))
			for i := range n {
				below, err := s.Children(ctx, id("work", i))
				if err != nil {
					t.Fatal(err)
				}
				compare("pages below one", ids(below), tree(id("work", i)))
			}

			vocabularies, err := s.Vocabularies(ctx)
			if err != nil {
				t.Fatal(err)
			}
			wantVocabularies, err := fresh.Vocabularies(ctx)
			if err != nil {
				t.Fatal(err)
			}
			compare("vocabularies", vocabularies, wantVocabularies)
			for _, v := range []string{archive.Theme, archive.Category} {
				kept, err := s.Terms(ctx, v)
				if err != nil {
					t.Fatal(err)
				}
				asked, err := fresh.Terms(ctx, v)
				if err != nil {
					t.Fatal(err)
				}
				compare("terms of "+v, kept, asked)
				some := false
				for _, x := range kept {
					below, err := s.Below(ctx, x.ID)
					if err != nil {
						t.Fatal(err)
					}
					bearing := counted(works, archive.Filter{Kinds: archive.Kinds, Terms: [][]sala.ID{below}}, func(stored) []string { return []string{"n"} })["n"]
					if some = some || bearing > 0; x.Count != bearing {
						t.Fatalf("%d works under %s, want %d", x.Count, x.Path, bearing)
					}
					if at, err := s.TermByPath(ctx, v, x.Path); err != nil || at.ID != x.ID {
						t.Fatalf("at %s stands %v, %v", x.Path, at, err)
					}
				}
				if any, err := s.AnyBears(ctx, v); err != nil || any != some {
					t.Fatalf("AnyBears(%s) = %v, %v", v, any, err)
				}
			}
			var ever []sala.ID
			for _, x := range terms {
				ever = append(ever, x.ID)
				kept, err := s.Reach(ctx, x.ID)
				if err != nil {
					t.Fatal(err)
				}
				asked, err := fresh.Reach(ctx, x.ID)
				if err != nil {
					t.Fatal(err)
				}
				compare("reach", kept, asked)
			}
			kept, err := s.TermsByID(ctx, ever)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range ever {
				x, _, err := s.OneTerm(ctx, id) // asks the database
				if found, ok := kept[id]; ok != (err == nil) || ok && found.ID != x.ID {
					t.Fatalf("term %s is %v, %v; want %v, %v", id, found, ok, x, err)
				}
			}
		}
		if _, err := s.Works(ctx, archive.Filter{Before: "nobody"}); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a list after nothing: %v", err)
		}
	})
}
