package site_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/richtext"
	"sala/links"
)

func TestADeadLinkHasItsCopyBesideIt(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wayback" {
			fmt.Fprint(w, `{"archived_snapshots":{"closest":{"available":true,"status":"200","url":"http://web.archive.org/web/2019/page"}}}`)
			return
		}
		w.WriteHeader(http.StatusGone)
	}))
	defer elsewhere.Close()
	w := open(t)
	w.links = links.NewChecker(w.db, w.archive, elsewhere.Client())
	w.links.Archive = elsewhere.URL + "/wayback"
	w.serve(t, slog.New(slog.DiscardHandler))
	at := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
	body, _ := richtext.FromHTML(`<p><a href="`+elsewhere.URL+`/gone">there</a></p>`, richtext.HTMLOptions{Seed: "l"})
	id := sala.DerivedID(at, "a dead link")
	err := w.db.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := w.archive.Import(t.Context(), tx, sala.Machine("test"), archive.Incoming{
			Work:    archive.Work{ID: id, Kind: archive.Statement},
			Edition: archive.Edition{ID: sala.DerivedID(at, "its edition"), Lang: "en", Slug: "a-dead-link", Title: "A dead link", Body: body, Public: true, Published: at, PubDay: sala.DayOf(at)},
		})
		return err
	})
	if err == nil {
		err = w.links.Collect(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	page := func() string {
		rec := w.get("/en/2019/a-dead-link")
		if rec.Code != http.StatusOK {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
		return rec.Body.String()
	}
	if strings.Contains(page(), "archived copy") {
		t.Error("a link that nobody has asked about has a copy")
	}
	clock := w.db.Clock
	for _, days := range []int{0, 3} {
		w.db.Clock = func() time.Time { return clock().AddDate(0, 0, days) }
		if _, err := w.links.CheckNow(t.Context(), editor, elsewhere.URL+"/gone"); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(page(), `(<a href="https://web.archive.org/web/2019/page" rel="noopener external">archived copy</a>)`) {
		t.Errorf("no copy stands beside a dead link: %s", page())
	}
	if _, err := w.links.CheckNow(t.Context(), sala.Actor{Role: sala.Translator}, elsewhere.URL+"/gone"); err == nil {
		t.Error("a translator has a link checked")
	}
}
