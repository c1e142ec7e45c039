package site_test

import (
	"strings"
	"testing"

	"sala"
	"sala/archive"
)

// TestMovedTerms follows the addresses that a term had before it was renamed
// and before it was merged.
func TestMovedTerms(t *testing.T) {
	w := open(t)
	s, ctx := w.archive, t.Context()
	made := map[string]sala.ID{}
	stored, err := s.Vocabularies(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, vocabulary := range []string{archive.Category, archive.Theme} {
		mark := ""
		for _, v := range stored {
			if v.Slug == vocabulary {
				mark = sala.Mark(v.Labels)
			}
		}
		if err := s.NameVocabulary(ctx, editor, vocabulary, mark, sala.Text{"en": vocabulary}); err != nil {
			t.Fatal(err)
		}
		for _, label := range []string{"Zeroth", "First"} {
			id, err := s.NewTerm(ctx, editor, archive.Term{Vocabulary: vocabulary, Labels: sala.Text{"en": label}})
			if err != nil {
				t.Fatal(err)
			}
			made[vocabulary+label] = id
		}
		x, seen, err := s.OneTerm(ctx, made[vocabulary+"Zeroth"])
		if err != nil {
			t.Fatal(err)
		}
		x.Slug = "second"
		if err := s.ChangeTerm(ctx, editor, x, seen); err != nil {
			t.Fatal(err)
		}
	}
	for old, want := range map[string]string{
		"/en/archive/zeroth/": "/en/archive/second/", "/th/archive/zeroth/feed.atom": "/th/archive/second/feed.atom",
		"/en/archive/?theme=zeroth&year=2019": "/en/archive/?theme=second&year=2019",
		"/en/archive/zeroth/?theme=zeroth":    "/en/archive/second/?theme=second",
	} {
		rec := w.get(old)
		if got := rec.Header().Get("Location"); rec.Code != 301 || got != want {
			t.Errorf("%s: %d %s, want %s", old, rec.Code, got, want)
		}
	}
	for _, path := range []string{"/en/archive/second/", "/en/archive/?theme=second", "/en/archive/first/"} {
		if rec := w.get(path); rec.Code != 200 {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
	if err := s.MergeTerms(ctx, editor, made["categoryZeroth"], made["categoryFirst"]); err != nil {
		t.Fatal(err)
	}
	for _, old := range []string{"/en/archive/zeroth/", "/en/archive/second/"} {
		if got := w.get(old).Header().Get("Location"); got != "/en/archive/first/" {
			t.Errorf("after merging %s leads to %s", old, got)
		}
	}
	if got := w.get("/id/"+string(made["categoryZeroth"]), "Accept-Language", "en").Header().Get("Location"); !strings.HasSuffix(got, "/archive/first/") {
		t.Errorf("the id of a merged term leads to %q", got)
	}
	if rec := w.get("/en/archive/never/"); rec.Code != 404 {
		t.Errorf("what never was: %d", rec.Code)
	}
}
