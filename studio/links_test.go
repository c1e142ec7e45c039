package studio

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/richtext"
)

func TestLinksThatFail(t *testing.T) {
	status := http.StatusNotFound
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			w.WriteHeader(status)
		}
	}))
	defer web.Close()
	o := opened(t)
	o.Links.Client, o.Links.Pause = web.Client(), 0
	body, _ := richtext.FromHTML(`<p><a href="`+web.URL+`/gone">there</a></p>`, richtext.HTMLOptions{Seed: "l"})
	at := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
	err := o.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := o.Archive.Import(t.Context(), tx, sala.Machine("test"), archive.Incoming{
			Work:    archive.Work{ID: sala.DerivedID(at, "work"), Kind: archive.Statement},
			Edition: archive.Edition{ID: sala.DerivedID(at, "edition"), Lang: "en", Title: "A statement", Body: body, Public: true, Published: at, PubDay: sala.DayOf(at)},
		})
		return err
	})
	if err == nil {
		err = o.Links.Collect(t.Context())
	}
	if err == nil {
		err = o.Links.Check(t.Context(), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	o.sees(o.get(sala.Translator, "/studio/links"), http.StatusNotFound)
	o.sees(o.get(sala.Editor, "/studio/links"), http.StatusOK, "There are no such links.", "--check-links") // not dead yet
	o.sees(o.get(sala.Editor, "/studio/links?show=failing"), http.StatusOK, web.URL+"/gone", "A statement", "404 Not Found")
	o.sees(o.get(sala.Editor, "/studio/links?show=failing&from=x"), http.StatusNotFound)

	clock := o.DB.Clock
	o.DB.Clock = func() time.Time { return clock().AddDate(0, 0, 3) }
	if _, err := o.Links.CheckNow(t.Context(), by(sala.Editor), web.URL+"/gone"); err != nil {
		t.Fatal(err)
	}
	o.DB.Clock = clock // who is signed in would not be so in three days
	o.sees(o.get(sala.Editor, "/studio/links"), http.StatusOK, web.URL+"/gone")
	o.sees(o.post(sala.Editor, "/studio/links/check", "address", web.URL+"/gone", "show", "failing"), http.StatusSeeOther)
	o.sees(o.get(sala.Editor, "/studio/links?show=failing"), http.StatusOK, "It still fails: 404 Not Found.")
	status = http.StatusOK
	o.sees(o.post(sala.Editor, "/studio/links/check", "address", web.URL+"/gone", "show", "dead"), http.StatusSeeOther)
	w := o.get(sala.Editor, "/studio/links?show=dead")
	o.sees(w, http.StatusOK, "It answers.")
	if strings.Contains(w.Body.String(), "/gone") {
		t.Error("what answers is still said to be dead")
	}
	o.sees(o.post(sala.Editor, "/studio/links/check", "address", "http://nowhere.example/"), http.StatusNotFound)
	web.Close()
	o.sees(o.post(sala.Editor, "/studio/links/check", "address", web.URL+"/gone", "show", "dead"), http.StatusUnprocessableEntity, "Nothing was noted.")
}
