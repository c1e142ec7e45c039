package studio

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/contribution"
	"sala/directory"
	"sala/event"
	"sala/internal/blob"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/jobs"
	"sala/links"
	"sala/media"
	"sala/network"
	"sala/search"
)

// A door is a studio that a test walks in at.
type door struct {
	*Studio
	t       *testing.T
	handler http.Handler
	jobs    *jobs.Queue
	blobs   *blob.Folder
	cookies map[sala.Role]string
	log     *bytes.Buffer
}

// opened returns a studio with a user of each role, on a new database. more
// may give it further stores.
func opened(t *testing.T, more ...func(*door, *Config)) *door {
	t.Helper()
	d := dbtest.SQLite(t)
	blobs, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	key, err := account.LoadKey(filepath.Join(t.TempDir(), account.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	q := jobs.New(d)
	c := Config{DB: d, Account: account.NewStore(d, key), Archive: archive.NewStore(d), Media: media.NewStore(d, blobs, q), Network: network.NewStore(d)}
	c.Events, c.Directory = event.NewStore(d), directory.NewStore(d)
	c.Events.UseJobs(q)
	c.Links = links.NewChecker(d, c.Archive, http.DefaultClient)
	withLetters(t, &c, q)
	c.Sent = contribution.NewStore(d)
	c.Search = search.New(d, search.Works{Archive: c.Archive})
	o := &door{t: t, jobs: q, blobs: blobs, cookies: map[sala.Role]string{}, log: &bytes.Buffer{}}
	c.Log = slog.New(slog.NewTextHandler(o.log, nil))
	withRuns(o, &c)
	for _, f := range more {
		f(o, &c)
	}
	if o.Studio, err = New(c); err != nil {
		t.Fatal(err)
	}
	o.handler = o.Handler()
	err = d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := c.Network.Change(t.Context(), tx, sala.Machine("test"), func(set *network.Settings) {
			set.Langs, set.Default = []sala.Lang{"en", "th"}, "en"
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range roles {
		u, _, err := c.Account.Invite(t.Context(), sala.Machine("test"), role.String()+"@example.org", role.String(), role, "en")
		if err != nil {
			t.Fatal(err)
		}
		o.cookies[role] = o.begin(u)
	}
	return o
}

// begin signs a user in.
func (o *door) begin(u account.User) string {
	o.t.Helper()
	ctx, err := o.sessions.Load(context.Background(), "")
	if err == nil {
		err = o.Account.Begin(ctx, o.sessions, u, "password", "a test")
	}
	if err != nil {
		o.t.Fatal(err)
	}
	token, _, err := o.sessions.Commit(ctx)
	if err != nil {
		o.t.Fatal(err)
	}
	return token
}

// send makes a request as somebody of a role; sala.Reader is not signed in.
func (o *door) send(as sala.Role, method, address, kind string, body io.Reader) *httptest.ResponseRecorder {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), method, address, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if token := o.cookies[as]; token != "" {
		r.AddCookie(&http.Cookie{Name: cookie, Value: token})
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	if w.Code >= 500 {
		o.t.Errorf("%s %s: %d, %s", method, address, w.Code, o.log)
	}
	return w
}

func (o *door) get(as sala.Role, address string) *httptest.ResponseRecorder {
	o.t.Helper()
	return o.send(as, "GET", address, "", nil)
}

// post sends a form of names and values.
func (o *door) post(as sala.Role, address string, pairs ...string) *httptest.ResponseRecorder {
	o.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return o.send(as, "POST", address, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// sees fails unless an answer has a status and holds every text.
func (o *door) sees(w *httptest.ResponseRecorder, status int, texts ...string) {
	o.t.Helper()
	if w.Code != status {
		o.t.Errorf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			o.t.Errorf("%q is not in %s", text, w.Body)
		}
	}
}

var hiddenValue = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)"`)

// hidden is what a page gives back with its form.
func (o *door) hidden(w *httptest.ResponseRecorder, name string) string {
	o.t.Helper()
	for _, m := range hiddenValue.FindAllStringSubmatch(w.Body.String(), -1) {
		if m[1] == name {
			return m[2]
		}
	}
	o.t.Fatalf("there is no hidden field %s in %s", name, w.Body)
	return ""
}

// by is an actor of a role.
func by(role sala.Role) sala.Actor {
	return sala.Actor{ID: sala.ID(role.String()), Name: role.String(), Role: role}
}
