package links_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/richtext"
	"sala/links"
)

// A web is some hosts on this machine: one server, whose pages are told apart
// by path.
type web struct {
	*httptest.Server
	pages map[string]int // status by path
	asked []string
}

func newWeb(t *testing.T) *web {
	w := &web{pages: map[string]int{}}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.asked = append(w.asked, r.Method+" "+r.URL.Path)
		switch {
		case r.URL.Path == "/moved":
			http.Redirect(rw, r, "/good", http.StatusMovedPermanently)
		case r.URL.Path == "/for-now":
			http.Redirect(rw, r, "/good", http.StatusFound)
		case r.URL.Path == "/circle":
			http.Redirect(rw, r, "/circle", http.StatusFound)
		case r.URL.Path == "/no-head" && r.Method == http.MethodHead:
			rw.WriteHeader(http.StatusMethodNotAllowed)
		case r.URL.Path == "/wayback":
			fmt.Fprintf(rw, `{"archived_snapshots":{"closest":{"available":true,"status":"200","url":"http://web.archive.org/web/2019/%s"}}}`, r.URL.Query().Get("url"))
		default:
			status, ok := w.pages[r.URL.Path]
			if !ok {
				status = http.StatusOK
			}
			rw.WriteHeader(status)
		}
	}))
	t.Cleanup(w.Close)
	return w
}

func publish(t *testing.T, d *db.DB, s *archive.Store, n int, hrefs ...string) sala.ID {
	t.Helper()
	var b strings.Builder
	for _, h := range hrefs {
		fmt.Fprintf(&b, `<p><a href="%s">there</a></p>`, h)
	}
	body, _ := richtext.FromHTML(b.String(), richtext.HTMLOptions{Seed: "l"})
	at := time.Date(2019, 1, n, 0, 0, 0, 0, time.UTC)
	in := archive.Incoming{
		Work:    archive.Work{ID: sala.DerivedID(at, fmt.Sprint("work", n)), Kind: archive.Statement},
		Edition: archive.Edition{ID: sala.DerivedID(at, fmt.Sprint("edition", n)), Lang: "en", Title: fmt.Sprint("Statement ", n), Body: body, Public: true, Published: at, PubDay: sala.DayOf(at)},
	}
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := s.Import(t.Context(), tx, sala.Machine("test"), in)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return in.Edition.ID
}

func TestWatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { return now }
		ctx := t.Context()
		w := newWeb(t)
		works := archive.NewStore(d)
		c := links.NewChecker(d, works, w.Client())
		c.Pause = 0
		c.Archive = w.URL + "/wayback"
		w.pages["/gone"], w.pages["/secret"] = 410, 403
		silent := "http://127.0.0.1:1/silent"
		edition := publish(t, d, works, 1, w.URL+"/good", w.URL+"/gone", w.URL+"/secret", w.URL+"/moved", w.URL+"/for-now", w.URL+"/no-head", w.URL+"/circle", silent, "/en/pages/about", "mailto:a@example.org")
		publish(t, d, works, 2, w.URL+"/gone")
		look := func() {
			t.Helper()
			if err := c.Collect(ctx); err != nil {
				t.Fatal(err)
			}
			if err := c.Check(ctx, nil); err != nil {
				t.Fatal(err)
			}
		}
		dead := func() (out []string) {
			t.Helper()
			all, err := c.Dead(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range all {
				out = append(out, strings.TrimPrefix(l.Address, w.URL))
			}
			slices.Sort(out)
			return out
		}
		look()
		if got := dead(); got != nil {
			t.Errorf("on the first day these are dead already: %v", got)
		}
		moved, err := c.Moved(ctx)
		if err != nil || len(moved) != 1 || moved[0].Address != w.URL+"/moved" || moved[0].LeadsTo != w.URL+"/good" {
			t.Errorf("Moved = %+v, %v", moved, err)
		}
		asked := len(w.asked)
		look()
		if len(w.asked) != asked {
			t.Errorf("asked again at once: %v", w.asked[asked:])
		}
		now = now.Add(3 * 24 * time.Hour)
		look()
		if got := dead(); !slices.Equal(got, []string{"/gone"}) {
			t.Errorf("after three days these are dead: %v, want what its host says is gone", got)
		}
		version, err := d.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		now = now.Add(5 * 24 * time.Hour)
		look()
		if got := dead(); !slices.Equal(got, []string{"/circle", "/gone", silent}) {
			t.Errorf("after eight days these are dead: %v", got)
		}
		changes, err := d.Changes(ctx, version, 10)
		if err != nil || len(changes) == 0 {
			t.Errorf("the change log says nothing of links that died: %v, %v", changes, err)
		}
		copies, err := c.Copies(ctx, []string{w.URL + "/gone", w.URL + "/good"})
		if err != nil || len(copies) != 1 || copies[w.URL+"/gone"] != "https://web.archive.org/web/2019/"+w.URL+"/gone" {
			t.Errorf("Copies = %v, %v", copies, err)
		}
		w.pages["/gone"] = 200 // it came back
		now = now.Add(2 * 24 * time.Hour)
		look()
		if got := dead(); !slices.Equal(got, []string{"/circle", silent}) {
			t.Errorf("when it came back these are dead: %v", got)
		}
		if err := works.Withdraw(ctx, sala.Actor{Name: "e", Role: sala.Editor}, edition, "a test"); err != nil {
			t.Fatal(err)
		}
		look()
		if got := dead(); got != nil {
			t.Errorf("dead links of what was withdrawn: %v", got)
		}
	})
}

// A month in which nothing answers is our own fault.
func TestOurOwnLine(t *testing.T) {
	d := dbtest.SQLite(t)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	d.Clock = func() time.Time { return now }
	w := newWeb(t)
	works := archive.NewStore(d)
	c := links.NewChecker(d, works, w.Client())
	c.Pause = 0
	publish(t, d, works, 1, w.URL+"/a", w.URL+"/b")
	if err := c.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.Check(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w.Close()
	for range 20 {
		now = now.Add(31 * 24 * time.Hour)
		if err := c.Check(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "may not reach the internet") {
			t.Fatalf("Check without a line = %v", err)
		}
	}
	failing, err := c.Failing(t.Context())
	if err != nil || failing != nil {
		t.Errorf("noted all the same: %v, %v", failing, err)
	}
}
