package media_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"sala"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/media"
)

func TestUpload(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s, _ := open(t, d)
		whole := bytes.Repeat([]byte("%PDF-1.7 nothing else\n"), 1000)
		u, err := s.BeginUpload(ctx, contributor, `C:\reports\Report 1.pdf`, int64(len(whole)))
		if err != nil {
			t.Fatal(err)
		}
		add := func(start, end int) error {
			_, err := s.AddPart(ctx, contributor, u.ID, int64(start), bytes.NewReader(whole[start:end]))
			return err
		}
		if err := add(0, 9000); err != nil {
			t.Fatal(err)
		}
		if err := add(12000, 15000); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a part behind a gap = %v, want a conflict", err)
		}
		if err := add(0, 9000); err != nil {
			t.Errorf("a part sent again = %v", err)
		}
		if _, err := s.FinishUpload(ctx, contributor, u.ID); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("finishing half a file = %v, want a conflict", err)
		}
		if _, err := s.Upload(ctx, editor, u.ID); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("somebody else's upload = %v, want not found", err)
		}
		half, err := s.Upload(ctx, contributor, u.ID)
		if err != nil || half.Received != 9000 {
			t.Fatalf("after the line broke: %+v, %v", half, err)
		}
		if err := add(9000, len(whole)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddPart(ctx, contributor, u.ID, int64(len(whole)), bytes.NewReader([]byte("more"))); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("more than was announced = %v, want a conflict", err)
		}
		f, err := s.FinishUpload(ctx, contributor, u.ID)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name != "Report-1.pdf" || f.Size != int64(len(whole)) || f.Type != "application/pdf" || f.Public {
			t.Errorf("the file is %+v", f)
		}
		if err := s.SetPublic(ctx, editor, f.ID, true); err != nil {
			t.Fatal(err)
		}
		served, err := s.Serve(ctx, f.Hash, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(served.Body)
		if err = errors.Join(err, served.Body.Close()); err != nil || !bytes.Equal(got, whole) {
			t.Errorf("%d bytes come back, %v; want the %d that were sent", len(got), err, len(whole))
		}
		if _, err := s.Upload(ctx, contributor, u.ID); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a finished upload is still there: %v", err)
		}
	})
}

func TestUploadIsChecked(t *testing.T) {
	d := dbtest.SQLite(t)
	s, _ := open(t, d)
	s.MaxBytes = 1000
	for _, test := range []struct {
		size int64
		want string
	}{{0, "studio.media.empty"}, {-1, "studio.media.empty"}, {1001, "studio.media.too_big"}} {
		if _, err := s.BeginUpload(t.Context(), contributor, "a", test.size); field(err) != test.want {
			t.Errorf("BeginUpload of %d bytes = %v, want %s", test.size, err, test.want)
		}
	}
	if _, err := s.BeginUpload(t.Context(), reader, "a", 1); !errors.Is(err, sala.ErrForbidden) {
		t.Errorf("a reader begins an upload: %v", err)
	}
}

// What nobody went on with is dropped after a week, its bytes too.
func TestForgetUploads(t *testing.T) {
	d := dbtest.SQLite(t)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	d.Clock = func() time.Time { return now }
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := media.NewStore(d, blobs, jobs.New(d))
	ctx := t.Context()
	u, err := s.BeginUpload(ctx, contributor, "a.txt", 100)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddPart(ctx, contributor, u.ID, 0, bytes.NewReader([]byte("the beginning"))); err != nil {
		t.Fatal(err)
	}
	count := func() (n int) {
		for _, err := range blobs.All(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{6 * 24 * time.Hour, 1}, {2 * 24 * time.Hour, 0}} {
		now = now.Add(step.after)
		if err := s.ForgetUploads(ctx); err != nil {
			t.Fatal(err)
		}
		if got := count(); got != step.want {
			t.Errorf("on %s %d blobs are left, want %d", now.Format(time.DateOnly), got, step.want)
		}
	}
}

func TestLibrary(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := open(t, d)
		ctx := t.Context()
		var ids []sala.ID
		var mark string
		for i, name := range []string{"a_1.txt", "a-2.txt", "b%.txt"} {
			f, err := s.Add(ctx, contributor, name, bytes.NewReader([]byte{'x', byte(i)}))
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, f.ID)
			if i == 1 {
				mark = sala.Mark(f.Wording())
			}
		}
		if err := s.Describe(ctx, translator, ids[1], mark, media.Wording{Name: "a-2.txt", Title: sala.Text{"th": "รายงาน"}}); err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct {
			f    media.Filter
			want []int
		}{
			{media.Filter{Limit: 10}, []int{2, 1, 0}},
			{media.Filter{Limit: 1, Before: ids[2]}, []int{1}},
			{media.Filter{Words: "A_", Limit: 10}, []int{0}},
			{media.Filter{Words: "รายงาน a", Limit: 10}, []int{1}},
			{media.Filter{Words: "%", Limit: 10}, nil},
			{media.Filter{Pictures: true, Limit: 10}, nil},
		} {
			got, err := s.Library(ctx, contributor, test.f)
			if err != nil {
				t.Fatal(err)
			}
			ok := len(got) == len(test.want)
			for i := 0; ok && i < len(got); i++ {
				ok = got[i].ID == ids[test.want[i]]
			}
			if !ok {
				t.Errorf("Library(%+v) = %d files, want %v", test.f, len(got), test.want)
			}
		}
	})
}
