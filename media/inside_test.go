package media_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/media"
)

func TestPicturesAreSeenInsideBeforeTheyArePublic(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := open(t, d)
		ctx := t.Context()
		editor, contributor := sala.Actor{ID: "e", Name: "E", Role: sala.Editor}, sala.Actor{ID: "c", Name: "C", Role: sala.Contributor}
		f, err := s.Add(ctx, contributor, "a.jpg", bytes.NewReader(photo(t, 900, 600, 1, binary.LittleEndian)))
		if err != nil {
			t.Fatal(err)
		}
		body, r, err := s.Picture(ctx, contributor, f.ID, 320)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(body)
		if err := errors.Join(err, body.Close()); err != nil || int64(len(b)) != r.Size || r.Width < 320 {
			t.Fatalf("%d bytes of %+v, %v", len(b), r, err)
		}
		if bytes.Contains(b, []byte("GPS")) {
			t.Error("the rendition says where it was taken")
		}
		if _, _, err := s.Picture(ctx, sala.Actor{}, f.ID, 320); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a reader: %v", err)
		}
		id, err := s.RecordConsent(ctx, editor, f.ID, sala.Consent{Person: "A", Given: sala.Day{Year: 2026, Month: 1, Day: 2}, Scope: sala.OnSite})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.WithdrawConsent(ctx, editor, f.ID, id, "asked"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Picture(ctx, contributor, f.ID, 320); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a contributor sees whose consent was withdrawn: %v", err)
		}
		if body, _, err := s.Picture(ctx, editor, f.ID, 320); err != nil || body.Close() != nil {
			t.Errorf("an editor: %v", err)
		}
		text, err := s.Add(ctx, contributor, "a.txt", bytes.NewReader([]byte("words")))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Picture(ctx, editor, text.ID, 320); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("no picture: %v", err)
		}

		if n, err := s.WithoutAlt(ctx); n != 1 || err != nil {
			t.Errorf("%d without an alternative text, %v", n, err)
		}
		for filter, want := range map[media.Filter]int{{NoAlt: true}: 1, {Plain: true}: 1, {Pictures: true}: 1, {}: 2} {
			filter.Limit = 10
			if got, err := s.Library(ctx, editor, filter); len(got) != want || err != nil {
				t.Errorf("%+v gives %d files, %v", filter, len(got), err)
			}
		}
		if err := s.Describe(ctx, editor, f.ID, sala.Mark(f.Wording()), media.Wording{Name: f.Name, Alt: sala.Text{"th": "สะพาน"}}); err != nil {
			t.Fatal(err)
		}
		if n, err := s.WithoutAlt(ctx); n != 0 || err != nil {
			t.Errorf("%d without an alternative text, %v", n, err)
		}
	})
}
