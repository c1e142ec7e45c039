package importer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/importer"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/internal/richtext"
	"sala/media"
	"sala/network"
)

func areas(t *testing.T, d *db.DB) importer.Areas {
	t.Helper()
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return importer.Areas{DB: d, Archive: archive.NewStore(d), Media: media.NewStore(d, blobs, jobs.New(d)), Network: network.NewStore(d)}
}

func origin(kind, key string) importer.Origin {
	return importer.Origin{Site: "old-site.example", Type: kind, Key: key}
}

func doc(s string) richtext.Doc {
	d, _ := richtext.FromHTML(s, richtext.HTMLOptions{Seed: s})
	return d
}

// feed gives a small site to a sink; it stops with ctx.
func feed(ctx context.Context, sink importer.Sink, n int) error {
	if err := sink.Site(ctx, importer.Site{Host: "old-site.example", Name: "Old", Lang: "en", Langs: []sala.Lang{"en", "my"}}); err != nil {
		return err
	}
	for _, t := range []importer.Term{
		{Origin: origin("category", "statements"), Vocabulary: archive.Category, Group: "g", Lang: "en", Slug: "statements", Label: "Statements", Old: []importer.Old{"/?cat=3"}},
		{Origin: origin("category", "my-statements"), Vocabulary: archive.Category, Group: "g", Lang: "my", Slug: "x", Label: "ထုတ်ပြန်ချက်"},
	} {
		if err := sink.Term(ctx, t); err != nil {
			return err
		}
	}
	for i := range n {
		for _, lang := range []sala.Lang{"en", "my"} {
			e := importer.Edition{
				Work: origin("translations", fmt.Sprint(i)), Origin: origin("post", fmt.Sprint(i, lang)), Kind: archive.Statement, Lang: lang,
				Counted: "post/publish", Title: fmt.Sprint("Statement ", i), Public: true, Published: time.Date(2018, 1, 1, i, 0, 0, 0, time.UTC), PubDay: sala.Day{Year: 2018, Month: 1, Day: 1},
				Body:  doc(`<p>Body <a href="` + importer.LinkTo(sala.KindTerm, origin("category", "my-statements"), "") + `">all</a></p>`),
				Terms: []importer.Origin{origin("category", "statements"), origin("category", "my-statements")},
				Old:   []importer.Old{importer.Old(fmt.Sprintf("/?p=%d%s", i, lang))},
			}
			if err := sink.Edition(ctx, e); err != nil {
				return err
			}
		}
	}
	file := importer.File{Origin: origin("attachment", "9"), Name: "a.txt", Title: "A", Public: true, Counted: "attachment/inherit", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("text")), nil
	}}
	if err := sink.File(ctx, file); err != nil {
		return err
	}
	menu := importer.Menu{Origin: origin("nav_menu", "main"), Name: "Main", Items: []importer.MenuItem{
		{Origin: origin("nav_menu_item", "1"), Counted: "nav_menu_item/publish", Label: "Statements", Target: origin("category", "my-statements")},
		{Origin: origin("nav_menu_item", "2"), Counted: "nav_menu_item/publish", Parent: origin("nav_menu_item", "1"), Label: "First", Target: origin("translations", "0")},
	}}
	if err := sink.Menu(ctx, menu); err != nil {
		return err
	}
	return sink.Flush(ctx)
}

// dump is the state of the archive as far as an import decides it.
func dump(t *testing.T, a importer.Areas) string {
	t.Helper()
	var b bytes.Buffer
	for d, err := range a.Archive.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, d.Ref, d.Edition, d.Lang, d.Title, d.Text, d.Terms, d.Day)
	}
	terms, err := a.Archive.Terms(t.Context(), archive.Category)
	if err != nil {
		t.Fatal(err)
	}
	set, err := a.Network.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "%+v\n%+v\n", terms, set)
	return b.String()
}

func TestImportIsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := areas(t, d)
		report := importer.NewReport()
		if err := feed(t.Context(), importer.NewStore(a, sala.Machine("import"), report), 3); err != nil {
			t.Fatal(err)
		}
		first := dump(t, a)
		version, err := d.Version(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		again := importer.NewReport()
		if err := feed(t.Context(), importer.NewStore(a, sala.Machine("import"), again), 3); err != nil {
			t.Fatal(err)
		}
		if second := dump(t, a); second != first {
			t.Errorf("the second import changed\n%s\ninto\n%s", first, second)
		}
		if now, err := d.Version(t.Context()); now != version || err != nil {
			t.Errorf("the second import made %d changes", now-version)
		}
		if again.Unchanged != 9 || report.Unchanged != 0 {
			t.Errorf("unchanged: %d, then %d, want 0, then 9", report.Unchanged, again.Unchanged)
		}
		terms, err := a.Archive.Terms(t.Context(), archive.Category)
		if err != nil || len(terms) != 1 || len(terms[0].Labels) != 2 || terms[0].Count != 3 {
			t.Errorf("a term in two languages became %+v, %v", terms, err)
		}
		if to, err := a.Archive.Redirect(t.Context(), archive.OldKey("/?cat=3")); err != nil || to.Ref.ID != terms[0].ID {
			t.Errorf("its old address leads to %v, %v", to, err)
		}
		w, e, err := a.Archive.WorkByAddress(t.Context(), "my", 2018, "statement-0")
		if err != nil || len(w.Editions) != 2 || e.Body.Refs()[0].ID != terms[0].ID {
			t.Errorf("work = %+v, refs %v, %v", w, e.Body.Refs(), err)
		}
	})
}

// TestInterrupted stops an import at every point and runs it again: the end
// is that of an import that was never stopped.
func TestInterrupted(t *testing.T) {
	d := dbtest.SQLite(t)
	a := areas(t, d)
	if err := feed(t.Context(), importer.NewStore(a, sala.Machine("import"), importer.NewReport()), 150); err != nil {
		t.Fatal(err)
	}
	want := dump(t, a)
	for stop := 1; stop < 300; stop += 53 {
		d := dbtest.SQLite(t)
		a := areas(t, d)
		ctx, cancel := context.WithCancel(t.Context())
		sink := &stopper{Sink: importer.NewStore(a, sala.Machine("import"), importer.NewReport()), left: stop, cancel: cancel}
		if err := feed(ctx, sink, 150); !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped after %d items: %v", stop, err)
		}
		if err := feed(t.Context(), importer.NewStore(a, sala.Machine("import"), importer.NewReport()), 150); err != nil {
			t.Fatal(err)
		}
		if got := dump(t, a); got != want {
			t.Errorf("stopped after %d items and run again: not the same", stop)
		}
	}
}

type stopper struct {
	importer.Sink
	left   int
	cancel func()
}

func (s *stopper) Edition(ctx context.Context, e importer.Edition) error {
	if s.left--; s.left <= 0 {
		s.cancel()
		return ctx.Err()
	}
	return s.Sink.Edition(ctx, e)
}

func TestKindOf(t *testing.T) {
	for _, test := range []struct {
		title string
		terms []string
		want  archive.Kind
	}{
		{"Press Release: Networks convene on fees", nil, archive.PressRelease},
		{"Joint Statement on the crackdown", nil, archive.Statement},
		{"Open letter to the Minister of Labour", nil, archive.Statement},
		{"Statement from Domestic Workers' Day 2019", nil, archive.Statement},
		{"Vacancy: Programme Officer, Chiang Mai", nil, archive.Vacancy},
		{"The network is hiring: workshop coordinator", nil, archive.Vacancy},
		{"Call for applications: internship 2018", []string{"Activities"}, archive.Vacancy},
		{"Programme Officer", []string{"Vacancies"}, archive.Vacancy},
		{"Invitation: launch of the report in Bangkok", nil, archive.Invitation},
		{"Media Advisory: hearing on deportations", nil, archive.Invitation},
		{"Save the date, 18 December", nil, archive.Invitation},
		{"Policy brief: portable social security", nil, archive.Publication},
		{"New publication on return and reintegration", nil, archive.Publication},
		{"Annual Report 2017", nil, archive.Publication},
		{"Consultation on migration to Japan", nil, archive.Report},
		{"Members at the ASEAN People's Forum", []string{"MMN Activities"}, archive.Report},
		{"A training for paralegals in Mae Sot", nil, archive.Report},
		{"Fees rise again", nil, archive.News},
		{"แถลงการณ์ร่วมวันแรงงาน", nil, archive.Statement},
		{"รับสมัครเจ้าหน้าที่", nil, archive.Vacancy},
		{"共同声明", nil, archive.Statement},
	} {
		if got := importer.KindOf(test.title, test.terms, ""); got != test.want {
			t.Errorf("KindOf(%q, %q) = %s, want %s", test.title, test.terms, got, test.want)
		}
	}
}

// TestZawgyi stores Unicode of a text in Zawgyi, and says so.
func TestZawgyi(t *testing.T) {
	d := dbtest.SQLite(t)
	a := areas(t, d)
	report := importer.NewReport()
	sink := importer.NewStore(a, sala.Machine("import"), report)
	o := origin("post", "1")
	err := sink.Edition(t.Context(), importer.Edition{
		Work: o, Origin: o, Kind: archive.News, Lang: "my", Title: "ျမန္မာႏိုင္ငံ", Body: doc("<p>အလုပ္သမားမ်ား၏ <b>အခြင့္အေရး</b></p>"), Public: true, Stage: archive.Draft,
	})
	if err == nil {
		err = sink.Flush(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	for stored, err := range a.Archive.Documents(t.Context()) {
		if err != nil || stored.Title != "မြန်မာနိုင်ငံ" || strings.TrimSpace(stored.Text) != "အလုပ်သမားများ၏ အခွင့်အရေး" {
			t.Errorf("stored %q, %q, %v", stored.Title, stored.Text, err)
		}
	}
	if len(report.Doubts) == 0 || !strings.Contains(report.Doubts[0].Why, "Zawgyi") {
		t.Errorf("doubts %v", report.Doubts)
	}
}
