package archive_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/richtext"
)

var (
	machine = sala.Machine("test")
	editor  = sala.Actor{ID: "e", Name: "Editor", Role: sala.Editor}
	reader  = sala.Actor{Name: "Reader"}
)

func doc(s string) richtext.Doc {
	d, _ := richtext.FromHTML(s, richtext.HTMLOptions{Seed: s})
	return d
}

// an is a small edition; change may alter it.
func an(n int, change func(*archive.Incoming)) archive.Incoming {
	at := time.Date(2019, 1, n, 10, 0, 0, 0, time.UTC)
	in := archive.Incoming{
		Work: archive.Work{ID: id("work", n), Kind: archive.Statement},
		Edition: archive.Edition{
			ID: id("edition", n), Lang: "en", Title: fmt.Sprintf("Statement %d", n), Body: doc("<p>Words.</p>"),
			Stage: archive.Draft, Public: true, Published: at, PubDay: sala.DayOf(at),
		},
	}
	if change != nil {
		change(&in)
	}
	return in
}

func id(what string, n int) sala.ID { return sala.DerivedID(time.Time{}, fmt.Sprint(what, n)) }

func put(t *testing.T, d *db.DB, s *archive.Store, ins ...archive.Incoming) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, in := range ins {
			if _, err := s.Import(t.Context(), tx, machine, in); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func ids(ws []archive.Work) []sala.ID {
	var out []sala.ID
	for _, w := range ws {
		out = append(out, w.ID)
	}
	return out
}

func TestListsPageByKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		for n := 1; n <= 5; n++ {
			put(t, d, s, an(n, nil))
		}
		first, err := s.Works(t.Context(), archive.Filter{Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]sala.ID{id("work", 5), id("work", 4)}, ids(first.Works)); diff != "" || first.Total != 5 {
			t.Errorf("first stretch of %d: %s", first.Total, diff)
		}
		put(t, d, s, an(6, nil)) // something new at the head shifts nothing below
		second, err := s.Works(t.Context(), archive.Filter{Limit: 2, Before: first.Next})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]sala.ID{id("work", 3), id("work", 2)}, ids(second.Works)); diff != "" {
			t.Errorf("second stretch: %s", diff)
		}
		start, err := s.Start(t.Context(), archive.Filter{}, 4)
		if err != nil {
			t.Fatal(err)
		}
		rest, err := s.Works(t.Context(), archive.Filter{Before: start})
		if err != nil || len(rest.Works) != 2 || rest.Next != "" {
			t.Errorf("after skipping 4 of 6: %v, %v", ids(rest.Works), err)
		}
		if _, err := s.Start(t.Context(), archive.Filter{}, 6); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("skip all: %v, want not found", err)
		}
		newer, older, err := s.Neighbours(t.Context(), rest.Works[0])
		if err != nil || newer != id("work", 3) || older != id("work", 1) {
			t.Errorf("neighbours = %s, %s, %v", newer, older, err)
		}
	})
}

func TestFiltersAndFacets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		top := archive.Term{ID: id("term", 1), Vocabulary: archive.Category, Slug: "Activities", Labels: sala.Text{"en": "Activities"}}
		sub := archive.Term{ID: id("term", 2), Vocabulary: archive.Category, Slug: "workshops", Parent: top.ID, Labels: sala.Text{"en": "Workshops"}}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			for _, term := range []archive.Term{top, sub, sub} {
				if _, err := s.ImportTerm(t.Context(), tx, machine, term); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		put(t, d, s,
			an(1, func(in *archive.Incoming) { in.Work.Terms = []sala.ID{top.ID, sub.ID} }),
			an(2, func(in *archive.Incoming) { in.Work.Terms = []sala.ID{sub.ID}; in.Work.Kind = archive.Report }),
			an(3, func(in *archive.Incoming) {
				in.Edition.Lang = "my"
				in.Edition.Title = "ထုတ်ပြန်ချက် 100%"
			}),
			an(4, func(in *archive.Incoming) { in.Work.Kind = archive.Page }),
			an(5, func(in *archive.Incoming) { in.Edition.Public = false }),
		)
		below, err := s.Below(t.Context(), top.ID)
		if err != nil || len(below) != 2 {
			t.Fatalf("Below = %v, %v", below, err)
		}
		for _, test := range []struct {
			name string
			f    archive.Filter
			want int
		}{
			{"everything but pages", archive.Filter{}, 3},
			{"a kind", archive.Filter{Kinds: []archive.Kind{archive.Report}}, 1},
			{"pages", archive.Filter{Kinds: []archive.Kind{archive.Page}}, 1},
			{"a category and all below", archive.Filter{Terms: [][]sala.ID{below}}, 2},
			{"a category alone", archive.Filter{Terms: [][]sala.ID{{top.ID}}}, 1},
			{"no term at all", archive.Filter{Terms: [][]sala.ID{{}}}, 0},
			{"a language", archive.Filter{Lang: "my"}, 1},
			{"a year", archive.Filter{Year: 2019}, 3},
			{"a month", archive.Filter{Year: 2019, Month: 2}, 0},
			{"a day", archive.Filter{Year: 2019, Month: 1, Day: 2}, 1},
			{"nothing among all", archive.Filter{Among: []sala.ID{}}, 0},
			{"one among all", archive.Filter{Among: []sala.ID{id("work", 1), id("work", 99)}}, 1},
		} {
			list, err := s.Works(t.Context(), test.f)
			if err != nil || len(list.Works) != test.want || list.Total != test.want {
				t.Errorf("%s: %d works of %d, %v, want %d", test.name, len(list.Works), list.Total, err, test.want)
			}
		}
		facets, err := s.Facets(t.Context(), archive.Filter{Kinds: []archive.Kind{archive.Report}})
		if err != nil {
			t.Fatal(err)
		}
		want := archive.Facets{
			Kinds: []archive.Count{{"statement", 2}, {"page", 1}, {"report", 1}},
			Years: []archive.Count{{"2019", 1}}, Langs: []archive.Count{{"en", 1}}, Terms: map[sala.ID]int{sub.ID: 1},
		}
		want.Kinds = want.Kinds[:1:1]
		want.Kinds = append(want.Kinds, archive.Count{Value: "report", N: 1})
		if diff := cmp.Diff(want, facets); diff != "" {
			t.Errorf("facets (-want +got):\n%s", diff)
		}
		terms, err := s.Terms(t.Context(), archive.Category)
		if err != nil || len(terms) != 2 || terms[0].Count != 2 || terms[1].Count != 2 || terms[1].Path != "activities/workshops" {
			t.Errorf("terms = %+v, %v", terms, err)
		}
		put(t, d, s, an(6, func(in *archive.Incoming) { in.Work.Terms = []sala.ID{sub.ID} }))
		if terms, err := s.Terms(t.Context(), archive.Category); err != nil || terms[1].Count != 3 {
			t.Errorf("after one more work: %+v, %v: a count went stale", terms, err)
		}
	})
}

func TestPublishAndWithdraw(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		ctx := t.Context()
		put(t, d, s, an(1, nil))
		ed := id("edition", 1)
		w, e, err := s.WorkByAddress(ctx, "en", 2019, "statement-1")
		if err != nil || w.ID != id("work", 1) || e.Body.Plain() != "Words." {
			t.Fatalf("WorkByAddress = %v, %v, %v", w.ID, e.Body.Plain(), err)
		}
		if _, e, err := s.WorkByAddress(ctx, "my", 2019, "statement-1"); err != nil || e.Lang != "en" {
			t.Errorf("in a language it lacks: %s, %v, want the English edition", e.Lang, err)
		}
		for name, err := range map[string]error{
			"publish":  s.Publish(ctx, reader, ed),
			"withdraw": s.Withdraw(ctx, reader, ed, "because"),
		} {
			if !errors.Is(err, sala.ErrForbidden) {
				t.Errorf("a reader may %s: %v", name, err)
			}
		}
		if _, err := s.Revise(ctx, editor, ed, 7, archive.Text{Title: "x", Body: doc("<p>y</p>")}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("revise what another has revised: %v, want a conflict", err)
		}
		if _, err := s.Revise(ctx, editor, ed, 1, archive.Text{Title: "Better", Body: doc("<p>Better words.</p>")}); err != nil {
			t.Fatal(err)
		}
		if err := s.Publish(ctx, editor, ed); err == nil {
			t.Error("a public text was replaced without a note")
		}
		if _, err := s.Revise(ctx, editor, ed, 2, archive.Text{Title: "Better", Body: doc("<p>Better words.</p>"), Note: "A name was wrong."}); err != nil {
			t.Fatal(err)
		}
		if _, e, err := s.WorkByAddress(ctx, "en", 2019, "statement-1"); err != nil || e.Body.Plain() != "Words." || e.Title != "Statement 1" {
			t.Errorf("before publishing: %q %q, %v: a revision leaked", e.Title, e.Body.Plain(), err)
		}
		if err := s.Publish(ctx, editor, ed); err != nil {
			t.Fatal(err)
		}
		_, e, err = s.WorkByAddress(ctx, "en", 2019, "statement-1")
		if err != nil || e.Title != "Better" || e.Version != 2 || e.Correction != "A name was wrong." {
			t.Errorf("after publishing: %+v, %v", e, err)
		}
		old, err := s.Version(ctx, ed, 1)
		if err != nil || old.Body.Plain() != "Words." {
			t.Errorf("version 1 = %q, %v", old.Body.Plain(), err)
		}
		if versions, err := s.Versions(ctx, ed); err != nil || len(versions) != 2 || versions[0].Number != 2 {
			t.Errorf("versions = %+v, %v", versions, err)
		}
		if err := s.Withdraw(ctx, editor, ed, "names a minor"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.WorkByAddress(ctx, "en", 2019, "statement-1"); !errors.Is(err, sala.ErrGone) {
			t.Errorf("after the withdrawal: %v, want gone", err)
		}
		if _, err := s.Version(ctx, ed, 1); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("an old version of what is withdrawn: %v", err)
		}
		if list, err := s.Works(ctx, archive.Filter{}); err != nil || len(list.Works) != 0 {
			t.Errorf("a withdrawn work is listed: %v, %v", ids(list.Works), err)
		}
		put(t, d, s, an(1, func(in *archive.Incoming) { in.Edition.Title = "Changed at the source" }))
		if _, _, err := s.WorkByAddress(ctx, "en", 2019, "statement-1"); !errors.Is(err, sala.ErrGone) {
			t.Errorf("importing again brought back what was withdrawn: %v", err)
		}
		if breaks, err := s.CheckChains(ctx); err != nil || len(breaks) != 0 {
			t.Errorf("chains: %v, %v", breaks, err)
		}
		err = d.Tx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE archive_revision SET title = 'Forged' WHERE number = 2`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if breaks, err := s.CheckChains(ctx); err != nil || len(breaks) != 1 || breaks[0].Revision != 2 {
			t.Errorf("chains after a forgery: %v, %v, want revision 2", breaks, err)
		}
	})
}

func TestImportAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		ctx := t.Context()
		put(t, d, s, an(1, nil), an(2, func(in *archive.Incoming) { in.Edition.Title = "Statement 1" }))
		if _, e, err := s.WorkByAddress(ctx, "en", 2019, "statement-1-2"); err != nil || e.ID != id("edition", 2) {
			t.Errorf("a slug that was taken: %v, %v", e.ID, err)
		}
		put(t, d, s, an(1, func(in *archive.Incoming) { in.Edition.Title = "Statement one" }))
		if _, e, err := s.WorkByAddress(ctx, "en", 2019, "statement-1"); err != nil || e.Title != "Statement one" || e.Version != 2 {
			t.Errorf("changed where it came from: %+v, %v", e, err)
		}
		if _, err := s.Revise(ctx, editor, id("edition", 1), 2, archive.Text{Title: "Ours", Body: doc("<p>z</p>"), Note: "n"}); err != nil {
			t.Fatal(err)
		}
		err := d.Tx(ctx, func(tx *db.Tx) error {
			outcome, err := s.Import(ctx, tx, machine, an(1, func(in *archive.Incoming) { in.Edition.Title = "Theirs" }))
			if outcome != archive.Kept {
				t.Errorf("outcome = %v, want Kept: an edit was overwritten", outcome)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestRedirects(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		to := archive.Target{Ref: sala.Ref{Kind: sala.KindWork, ID: id("work", 1)}, Lang: "en"}
		other := archive.Target{Ref: sala.Ref{Kind: sala.KindWork, ID: id("work", 2)}}
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			for _, add := range []struct {
				address string
				to      archive.Target
				want    bool
			}{{"/2018/11/Block-Image/", to, true}, {"/2018//11/block-image", other, false}, {"/?p=17010", to, true}, {"/", to, false}} {
				if new, err := s.AddRedirect(t.Context(), tx, machine, add.address, add.to); err != nil || new != add.want {
					return fmt.Errorf("AddRedirect(%s) = %v, %w", add.address, new, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Redirect(t.Context(), archive.OldKey("/index.php/2018/11/block-image")); err != nil || got != to {
			t.Errorf("Redirect = %v, %v", got, err)
		}
	})
}

func TestOldKey(t *testing.T) {
	for in, want := range map[string]string{
		"/": "", "/?": "", "/?p=": "", "/?p=1": "?p=1", "/index.php?P=1": "?p=1", "/?s=a+b": "?s=a%20b",
		"/About/": "/about", "//about//us": "/about/us", "/%E1%80%99%E1/": "/%e1%80%99%e1", "/က": "/%e1%80%80", "/a%2": "/a%252",
		"https://old.example/About/": "/about", "HTTP://old.example:8080?p=1": "?p=1", "http://old.example": "", "/http://a/b": "/http:/a/b", "ftp://a/b": "/ftp:/a/b",
	} {
		if got := archive.OldKey(in); got != want {
			t.Errorf("OldKey(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDocumentsHoldOnlyWhatIsPublic(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		put(t, d, s, an(1, nil), an(2, func(in *archive.Incoming) { in.Edition.Public = false }), an(3, func(in *archive.Incoming) { in.Work.Kind = archive.Page }))
		n := 0
		for doc, err := range s.Documents(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if doc.Text != "Words." || doc.Ref.ID == id("work", 2) {
				t.Errorf("document %+v", doc)
			}
			n++
		}
		addresses := 0
		for a, err := range s.Addresses(t.Context()) {
			if err != nil || a.Work == id("work", 2) {
				t.Fatal(a, err)
			}
			addresses++
		}
		if n != 2 || addresses != 2 {
			t.Errorf("%d documents and %d addresses, want 2 of each", n, addresses)
		}
	})
}
