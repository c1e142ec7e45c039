package archive_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

// fault is the key of what is wrong, or the kind of error.
func fault(err error) string {
	var bad sala.Invalid
	switch {
	case err == nil:
		return ""
	case errors.As(err, &bad):
		return bad[0].Key
	case errors.Is(err, sala.ErrConflict):
		return "conflict"
	case errors.Is(err, sala.ErrForbidden):
		return "forbidden"
	case errors.Is(err, sala.ErrNotFound):
		return "not found"
	}
	return err.Error()
}

func TestTermsEdited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		ctx := t.Context()
		if got := fault(s.NameVocabulary(ctx, editor, "Two words", "", sala.Text{"en": "x"})); got != "studio.terms_slug_bad" {
			t.Errorf("a slug of two words: %q", got)
		}
		if err := s.NameVocabulary(ctx, editor, "theme", "", sala.Text{"en": "Themes"}); err != nil {
			t.Fatal(err)
		}
		terms := map[string]sala.ID{}
		for _, x := range []struct{ name, parent string }{{"Work", ""}, {"Fees", "Work"}, {"Caps", "Fees"}, {"Wages", "Work"}, {"Labour", ""}, {"Fees too", "Labour"}} {
			id, err := s.NewTerm(ctx, editor, archive.Term{Vocabulary: "theme", Parent: terms[x.parent], Labels: sala.Text{"en": x.name}})
			if err != nil {
				t.Fatal(err)
			}
			terms[x.name] = id
		}
		tree := func() string {
			all, err := s.Terms(ctx, "theme")
			if err != nil {
				t.Fatal(err)
			}
			var paths []string
			for _, x := range all {
				paths = append(paths, x.Path)
			}
			return strings.Join(paths, " ")
		}
		const first = "labour labour/fees-too work work/fees work/fees/caps work/wages"
		if got := tree(); got != first {
			t.Fatalf("made %s, want %s", got, first)
		}
		change := func(name string, by sala.Actor, f func(*archive.Term)) error {
			x, seen, err := s.OneTerm(ctx, terms[name])
			if err != nil {
				t.Fatal(err)
			}
			f(&x)
			return s.ChangeTerm(ctx, by, x, seen)
		}
		for _, test := range []struct {
			what string
			err  error
			want string
		}{
			{"a reader", change("Fees", reader, func(x *archive.Term) { x.Slug = "x" }), "forbidden"},
			{"below itself", change("Work", editor, func(x *archive.Term) { x.Parent = terms["Caps"] }), "studio.terms_cycle"},
			{"its own parent", change("Work", editor, func(x *archive.Term) { x.Parent = terms["Work"] }), "studio.terms_cycle"},
			{"a taken slug", change("Fees", editor, func(x *archive.Term) { x.Slug = "wages" }), "studio.terms_slug_taken"},
			{"no slug", change("Fees", editor, func(x *archive.Term) { x.Slug = " ! " }), "studio.terms_slug_bad"},
			{"no label", change("Fees", editor, func(x *archive.Term) { x.Labels = sala.Text{"en": " "} }), "studio.terms_label_missing"},
			{"no such parent", change("Fees", editor, func(x *archive.Term) { x.Parent = sala.NewID() }), "studio.terms_parent_bad"},
			{"no such term", s.DeleteTerm(ctx, editor, sala.NewID()), "not found"},
			{"terms below", s.DeleteTerm(ctx, editor, terms["Fees"]), "studio.terms_above"},
			{"merge with what is below", s.MergeTerms(ctx, editor, terms["Work"], terms["Caps"]), "studio.terms_into_below"},
			{"merge with itself", s.MergeTerms(ctx, editor, terms["Work"], terms["Work"]), "studio.terms_into_below"},
			{"merge with nothing", s.MergeTerms(ctx, editor, terms["Work"], sala.NewID()), "studio.terms_into_bad"},
			{"merge by a reader", s.MergeTerms(ctx, reader, terms["Work"], terms["Labour"]), "forbidden"},
		} {
			if got := fault(test.err); got != test.want {
				t.Errorf("%s: %q, want %q", test.what, got, test.want)
			}
		}
		if got := tree(); got != first {
			t.Fatalf("what was refused has changed the tree to %s", got)
		}

		// Renamed and moved: what is below goes along, old addresses lead on.
		if err := change("Fees", editor, func(x *archive.Term) { x.Slug, x.Parent = "costs", terms["Labour"] }); err != nil {
			t.Fatal(err)
		}
		if got := tree(); got != "labour labour/costs labour/costs/caps labour/fees-too work work/wages" {
			t.Errorf("moved: %s", got)
		}
		for old, want := range map[string]string{"work/fees": "labour/costs", "work/fees/caps": "labour/costs/caps"} {
			if x, err := s.MovedTerm(ctx, "theme", old); err != nil || x.Path != want {
				t.Errorf("%s leads to %s (%v), want %s", old, x.Path, err, want)
			}
		}
		x, seen, err := s.OneTerm(ctx, terms["Fees"])
		if err != nil {
			t.Fatal(err)
		}
		if err := s.ChangeTerm(ctx, editor, x, seen.Add(-1000)); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("two at once: %v", err)
		}

		// Merged: works, terms below, labels and addresses go over.
		put(t, d, s, an(1, func(in *archive.Incoming) { in.Work.Terms = []sala.ID{terms["Labour"], terms["Work"]} }),
			an(2, func(in *archive.Incoming) { in.Work.Terms = []sala.ID{terms["Labour"]} }))
		if got := fault(s.DeleteTerm(ctx, editor, terms["Labour"])); got != "studio.terms_used" {
			t.Errorf("delete a term with works: %q", got)
		}
		if err := change("Labour", editor, func(x *archive.Term) { x.Labels["th"] = "แรงงาน" }); err != nil {
			t.Fatal(err)
		}
		if err := s.MergeTerms(ctx, editor, terms["Labour"], terms["Work"]); err != nil {
			t.Fatal(err)
		}
		if got := tree(); got != "work work/costs work/costs/caps work/fees-too work/wages" {
			t.Errorf("merged: %s", got)
		}
		for old, want := range map[string]string{"labour": "work", "labour/fees-too": "work/fees-too", "work/fees/caps": "work/costs/caps"} {
			if x, err := s.MovedTerm(ctx, "theme", old); err != nil || x.Path != want {
				t.Errorf("after merging %s leads to %s (%v), want %s", old, x.Path, err, want)
			}
		}
		if n, err := s.WorksOf(ctx, editor, terms["Work"]); err != nil || n != 2 {
			t.Errorf("%d works (%v), want 2", n, err)
		}
		found, err := s.TermsByID(ctx, []sala.ID{terms["Labour"], terms["Wages"]})
		if err != nil || found[terms["Labour"]].ID != terms["Work"] || found[terms["Labour"]].Labels["th"] != "แรงงาน" || len(found) != 2 {
			t.Errorf("by the id of the merged one: %v %v", found, err)
		}
		// An import brings the merged one once more.
		err = d.Tx(ctx, func(tx *db.Tx) error {
			_, err := s.ImportTerm(ctx, tx, machine, archive.Term{ID: terms["Labour"], Vocabulary: "theme", Slug: "labour", Labels: sala.Text{"en": "Labour"}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		put(t, d, s, an(3, func(in *archive.Incoming) { in.Work.Terms = []sala.ID{terms["Labour"]} }))
		if w, err := s.Work(ctx, id("work", 3)); err != nil || fmt.Sprint(w.Terms) != fmt.Sprint([]sala.ID{terms["Work"]}) {
			t.Errorf("a work of a merged term has %v (%v)", w.Terms, err)
		}
		if got := tree(); strings.Contains(got, "labour") {
			t.Errorf("the import undid the merging: %s", got)
		}
		if err := s.DeleteTerm(ctx, editor, terms["Wages"]); err != nil {
			t.Error(err)
		}
	})
}

func TestOldAddressesEdited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		ctx := t.Context()
		put(t, d, s, an(1, nil), an(2, nil))
		one, two := archive.Target{Ref: sala.Ref{Kind: sala.KindWork, ID: id("work", 1)}}, archive.Target{Ref: sala.Ref{Kind: sala.KindWork, ID: id("work", 2)}, Lang: "en"}
		for _, test := range []struct {
			what string
			err  error
			want string
		}{
			{"new", s.LeadOld(ctx, editor, "/2015/03/Statement/", archive.Target{}, one), ""},
			{"there already", s.LeadOld(ctx, editor, "/2015/03/statement", archive.Target{}, two), "conflict"},
			{"changed from another", s.LeadOld(ctx, editor, "/2015/03/statement", two, one), "conflict"},
			{"changed", s.LeadOld(ctx, editor, "/2015/03/statement", one, two), ""},
			{"the front page", s.LeadOld(ctx, editor, "/", archive.Target{}, one), "studio.redirects_address_bad"},
			{"a reader", s.LeadOld(ctx, reader, "/x", archive.Target{}, one), "forbidden"},
			{"Thai", s.LeadOld(ctx, editor, "/แถลงการณ์/", archive.Target{}, one), ""},
			{"a query", s.LeadOld(ctx, editor, "/?p=17", archive.Target{}, one), ""},
		} {
			if got := fault(test.err); got != test.want {
				t.Errorf("%s: %q, want %q", test.what, got, test.want)
			}
		}
		if to, err := s.Redirect(ctx, archive.OldKey("/2015/03/statement/")); err != nil || to != two {
			t.Errorf("leads to %v (%v), want %v", to, err, two)
		}
		list := func(part, after string) string {
			all, err := s.OldAddresses(ctx, editor, part, after, 10)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, o := range all {
				out = append(out, o.Reading())
			}
			return strings.Join(out, " ")
		}
		if got := list("", ""); got != "/แถลงการณ์ /2015/03/statement ?p=17" {
			t.Errorf("all: %s", got)
		}
		if got := list("แถลง", ""); got != "/แถลงการณ์" {
			t.Errorf("by part in Thai: %s", got)
		}
		if got := list("", "/2015/03/statement"); got != "?p=17" {
			t.Errorf("after one: %s", got)
		}
		if got := list("100%", ""); got != "" {
			t.Errorf("a percent sign: %s", got)
		}
		if err := s.ForgetOld(ctx, editor, "/2015/03/statement", one); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("forget what leads elsewhere: %v", err)
		}
		if err := s.ForgetOld(ctx, editor, "/2015/03/statement", two); err != nil {
			t.Error(err)
		}
		if _, err := s.Redirect(ctx, "/2015/03/statement"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("after forgetting: %v", err)
		}
	})
}

func TestFind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := archive.NewStore(d)
		ctx := t.Context()
		put(t, d, s, an(1, func(in *archive.Incoming) { in.Edition.Title = "About the river" }),
			an(2, func(in *archive.Incoming) { in.Edition.Title, in.Edition.Public = "River 100%", false }))
		if err := s.NameVocabulary(ctx, editor, "theme", "", sala.Text{"en": "Themes"}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.NewTerm(ctx, editor, archive.Term{Vocabulary: "theme", Labels: sala.Text{"en": "River life", "th": "แม่น้ำ"}}); err != nil {
			t.Fatal(err)
		}
		for words, want := range map[string]string{
			"RIVER": "About the river|River 100%|River life", "the about": "About the river", "0%": "River 100%", "แม่": "แม่น้ำ",
			string(id("work", 2)): "River 100%", "": "", "nothing": "",
		} {
			found, err := s.Find(ctx, editor, words, 5)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, f := range found {
				names = append(names, f.Name)
			}
			if got := strings.Join(names, "|"); got != want {
				t.Errorf("Find(%q) = %s, want %s", words, got, want)
			}
		}
		if _, err := s.Find(ctx, reader, "river", 5); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a reader: %v", err)
		}
	})
}

func TestVocabularyConflict(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := archive.NewStore(d), t.Context()
		first := sala.Text{"en": "Themes"}
		if err := s.NameVocabulary(ctx, editor, "theme", "", first); err != nil {
			t.Fatal(err)
		}
		if err := s.NameVocabulary(ctx, editor, "theme", "", sala.Text{"en": "Other"}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("made twice: %v", err)
		}
		if err := s.NameVocabulary(ctx, editor, "theme", sala.Mark(first), sala.Text{"en": "Subjects"}); err != nil {
			t.Fatal(err)
		}
		if err := s.NameVocabulary(ctx, editor, "theme", sala.Mark(first), sala.Text{"en": "Topics"}); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("from an old form: %v", err)
		}
		all, err := s.Vocabularies(ctx)
		if err != nil || len(all) != 5 || all[4].Labels["en"] != "Subjects" { // with those that every archive has
			t.Errorf("%+v, %v", all, err)
		}
	})
}
