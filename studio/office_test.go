package studio_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"sala"
	"sala/account"
	"sala/archive"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/richtext"
	"sala/network"
	"sala/studio"
)

// An office is a studio with users of each role, signed in.
type office struct {
	t        *testing.T
	db       *db.DB
	archive  *archive.Store
	accounts *account.Store
	door     http.Handler
	log      *strings.Builder
	cookies  map[sala.Role]string
}

var anEditor = sala.Actor{ID: "e", Name: "Editor", Role: sala.Editor}

func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	c, _ := stores(t, d)
	return newOfficeOf(t, d, c)
}

// newOfficeOf is newOffice with stores of the test's own.
func newOfficeOf(t *testing.T, d *db.DB, c studio.Config) *office {
	t.Helper()
	ctx := t.Context()
	accounts, net, words := c.Account, c.Network, c.Glossary
	h := &office{t: t, db: d, archive: c.Archive, accounts: accounts, log: &strings.Builder{}, cookies: map[sala.Role]string{}}
	admin := sala.Machine("test")
	err := d.Tx(ctx, func(tx *db.Tx) error {
		_, err := net.Change(ctx, tx, admin, func(s *network.Settings) {
			s.Langs, s.Name = []sala.Lang{"en", "th", "my"}, sala.Text{"en": "Network"}
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := words.LoadDefaults(ctx, admin); err != nil {
		t.Fatal(err)
	}
	sessions := accounts.Sessions()
	for _, r := range []sala.Role{sala.Contributor, sala.Translator, sala.Editor, sala.Admin} {
		u, _, err := accounts.Invite(ctx, admin, r.String()+"@example.org", "A "+r.String(), r, "en")
		if err != nil {
			t.Fatal(err)
		}
		in, err := sessions.Load(ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := accounts.Begin(in, sessions, u, "password", "test"); err != nil {
			t.Fatal(err)
		}
		if h.cookies[r], _, err = sessions.Commit(in); err != nil {
			t.Fatal(err)
		}
	}
	c.Log = slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s, err := studio.New(c)
	if err != nil {
		t.Fatal(err)
	}
	h.door = s.Handler()
	return h
}

// send makes a request as somebody of a role; a Reader has not signed in.
func (h *office) send(as sala.Role, method, path, kind string, body io.Reader) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if c := h.cookies[as]; c != "" {
		r.AddCookie(&http.Cookie{Name: "sala_studio", Value: c})
	}
	w := httptest.NewRecorder()
	h.door.ServeHTTP(w, r)
	return w
}

func (h *office) get(as sala.Role, path string) *httptest.ResponseRecorder {
	return h.send(as, http.MethodGet, path, "", nil)
}

func (h *office) post(as sala.Role, path string, form url.Values) *httptest.ResponseRecorder {
	return h.send(as, http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// screen is a page as a test reads it.
type screen struct {
	Status int
	Fields url.Values // of the form of class bench, as a browser would send it
	Text   string     // all words
	Links  []string
}

func (h *office) read(w *httptest.ResponseRecorder) screen {
	h.t.Helper()
	root, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		h.t.Fatal(err)
	}
	s := screen{Status: w.Code, Fields: url.Values{}}
	var words strings.Builder
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		if n.Type == html.TextNode {
			words.WriteString(n.Data)
		}
		at := map[string]string{}
		for _, a := range n.Attr {
			at[a.Key] = a.Val
		}
		switch {
		case n.Data == "form" && n.Type == html.ElementNode:
			in = at["class"] == "bench"
		case n.Data == "a" && at["href"] != "":
			s.Links = append(s.Links, at["href"])
		case in && n.Data == "input" && at["type"] != "checkbox":
			s.Fields.Set(at["name"], at["value"])
		case in && n.Data == "input":
			if _, on := at["checked"]; on {
				s.Fields.Set(at["name"], at["value"])
			}
		case in && n.Data == "textarea":
			text := ""
			if n.FirstChild != nil {
				text = n.FirstChild.Data
			}
			s.Fields.Set(at["name"], text)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(root, false)
	s.Text = strings.Join(strings.Fields(words.String()), " ")
	return s
}

// with returns a form with some fields changed.
func with(form url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, v := range form {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

func doc(markdown string) richtext.Doc {
	d, _ := richtext.FromMarkdown(markdown, richtext.HTMLOptions{Seed: "x"})
	d.AssignIDs("x")
	return d
}

// aText is a work with one edition in English.
func (h *office) aText(title string, body richtext.Doc) (work, edition sala.ID) {
	h.t.Helper()
	ctx := h.t.Context()
	work, err := h.archive.CreateWork(ctx, anEditor, archive.Work{Kind: archive.Statement})
	if err != nil {
		h.t.Fatal(err)
	}
	if edition, err = h.archive.CreateEdition(ctx, anEditor, work, "en", ""); err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.archive.Revise(ctx, anEditor, edition, 0, archive.Text{Title: title, Summary: "In short.", Body: body}); err != nil {
		h.t.Fatal(err)
	}
	return work, edition
}

func each(t *testing.T, f func(h *office)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(newOffice(t, d)) })
}

// clock gives a office a time that tests set.
func (h *office) clock(now *time.Time) { h.db.Clock = func() time.Time { return *now } }

// userID is the user of a role.
func (h *office) userID(r sala.Role) (sala.ID, error) {
	u, err := h.accounts.UserByEmail(h.t.Context(), sala.Machine("test"), r.String()+"@example.org")
	return u.ID, err
}
