package archive_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/richtext"
)

// What a text says of a picture goes with the picture, wherever readers read
// the text; those who write it see it all.
func TestWithheldPictures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := archive.NewStore(d), t.Context()
		hidden := map[sala.ID]bool{}
		s.Withhold(func(context.Context, []sala.ID) (map[sala.ID]bool, error) { return hidden, nil })
		e := begun(t, s, "<p>Start.</p>")
		picture := richtext.Node{Type: richtext.Picture, Attrs: richtext.Attrs{File: id("file", 1), Alt: "Who it is"}, Content: []richtext.Node{{Type: richtext.Text, Text: "Who stands there"}}}
		text := doc("<p>Words.</p>")
		text.Blocks = append(text.Blocks, picture, richtext.Node{Type: richtext.Gallery, Content: []richtext.Node{picture}})
		if _, err := s.Revise(ctx, editor, e, 1, archive.Text{Title: "A title", Body: text}); err != nil {
			t.Fatal(err)
		}
		if err := s.Publish(ctx, editor, e); err != nil {
			t.Fatal(err)
		}
		for _, want := range []bool{true, false} {
			hidden[id("file", 1)] = !want
			out, err := s.Edition(ctx, e)
			if err != nil {
				t.Fatal(err)
			}
			texts, err := s.Texts(ctx, []sala.ID{e})
			if err != nil {
				t.Fatal(err)
			}
			v, err := s.Version(ctx, e, 1)
			if err != nil {
				t.Fatal(err)
			}
			docs, err := s.WorkDocuments(ctx, out.Work)
			if err != nil || len(docs) != 1 {
				t.Fatal(docs, err)
			}
			for name, said := range map[string]string{"edition": string(out.Body.JSON()), "list": string(texts[e].JSON()), "version": string(v.Body.JSON()), "document": docs[0].Text} {
				if strings.Contains(said, "stands there") != want || name != "document" && strings.Contains(said, "Who it is") != want || !strings.Contains(said, "Words.") {
					t.Errorf("%s, withheld %t: %s", name, !want, said)
				}
			}
			if newest, err := s.NewestRevision(ctx, editor, e); err != nil || !strings.Contains(string(newest.Body.JSON()), "stands there") {
				t.Errorf("for those who write: %s, %v", newest.Body.JSON(), err)
			}
		}
	})
}

// A version that was taken back stays away when the text comes out again.
func TestWithdrawnVersionStaysAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := archive.NewStore(d), t.Context()
		e := begun(t, s, "<p>A name.</p>")
		step := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		step(s.Publish(ctx, editor, e))
		step(s.Withdraw(ctx, editor, e, "It names somebody."))
		for n, body := range []string{"<p>No name.</p>", "<p>No name at all.</p>"} {
			_, err := s.Revise(ctx, editor, e, n+1, archive.Text{Title: "A title", Note: "Without it.", Body: doc(body)})
			step(err)
			step(s.Publish(ctx, editor, e))
		}
		if _, err := s.Version(ctx, e, 1); !errors.Is(err, sala.ErrGone) {
			t.Errorf("version 1: %v", err)
		}
		for n := 2; n <= 3; n++ {
			if _, err := s.Version(ctx, e, n); err != nil {
				t.Errorf("version %d: %v", n, err)
			}
		}
		if list, err := s.Versions(ctx, e); err != nil || len(list) != 2 || list[1].Number != 2 {
			t.Errorf("public versions: %+v, %v", list, err)
		}
		if list, err := s.Publications(ctx, editor, e); err != nil || len(list) != 3 {
			t.Errorf("for those who write: %+v, %v", list, err)
		}
	})
}
