package contribution_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/contribution"
	"sala/internal/bearer"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

var editor = sala.Actor{ID: "e", Name: "Editor", Role: sala.Editor}

// A desk is a store with a clock.
type desk struct {
	*testing.T
	*contribution.Store
	db  *db.DB
	now time.Time
}

func each(t *testing.T, f func(d *desk)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := &desk{T: t, Store: contribution.NewStore(d), db: d, now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}
		d.Clock = func() time.Time { return k.now }
		f(k)
	})
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// guest makes a link and comes by it.
func (d *desk) guest(most int) (contribution.Guest, string) {
	d.Helper()
	_, token, err := d.Make(d.Context(), editor, contribution.Link{Name: "Lantern House", Kind: "news", Until: d.now.Add(48 * time.Hour), Most: most})
	d.must(err)
	g, err := d.Guest(d.Context(), token)
	d.must(err)
	return g, token
}

var sent = contribution.Sent{Lang: "my", Title: "Fees", Text: "One.\nTwo."}

// draft stands for the archive: it notes in whose name a work is made.
type drafts struct {
	mu    sync.Mutex
	names []string
}

func (m *drafts) make(_ context.Context, _ *db.Tx, by sala.Actor) (sala.ID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.names = append(m.names, by.Name)
	return sala.NewID(), nil
}

func key(err error) string {
	if bad, ok := errors.AsType[sala.Invalid](err); ok {
		return bad[0].Key
	}
	return ""
}

func TestReceive(t *testing.T) {
	each(t, func(d *desk) {
		g, _ := d.guest(2)
		var m drafts
		secret := bearer.New()
		lies := sent
		lies.Who, lies.Contact = "The Ministry", "call Su"
		e, err := d.Receive(d.Context(), g, secret, lies, m.make)
		d.must(err)
		if e.Who != "Lantern House" || e.Text != sent.Text || e.Work == "" || e.Contact != "call Su" {
			d.Errorf("received: %+v", e)
		}
		again, err := d.Receive(d.Context(), g, secret, sent, m.make)
		if err != nil || again.ID != e.ID || len(m.names) != 1 || m.names[0] != "Lantern House" {
			d.Errorf("sent again: %+v, %v, made %v", again, err, m.names)
		}
		_, err = d.Receive(d.Context(), g, bearer.New(), sent, m.make)
		d.must(err)
		if _, err := d.Receive(d.Context(), g, bearer.New(), sent, m.make); key(err) != "contribute.full" {
			d.Errorf("the third of two: %v", err)
		}
		if again, err := d.Receive(d.Context(), g, secret, sent, m.make); err != nil || again.ID != e.ID {
			d.Errorf("sent again by a full link: %v", err)
		}
		links, err := d.Links(d.Context(), editor)
		if err != nil || len(links) != 1 || links[0].Received != 2 {
			d.Errorf("links: %+v, %v", links, err)
		}
		if n, err := d.Waiting(d.Context(), editor); err != nil || n != 2 {
			d.Errorf("%d wait, %v", n, err)
		}
		failing := func(context.Context, *db.Tx, sala.Actor) (sala.ID, error) { return "", errors.New("no") }
		h, _ := d.guest(1)
		if _, err := d.Receive(d.Context(), h, bearer.New(), sent, failing); err == nil {
			d.Error("a contribution without a work is received")
		}
		if _, err := d.Receive(d.Context(), h, bearer.New(), sent, m.make); err != nil {
			d.Errorf("what failed was counted: %v", err)
		}
	})
}

func TestCheck(t *testing.T) {
	each(t, func(d *desk) {
		g, _ := d.guest(2)
		d.must(d.SetOpen(d.Context(), editor, true, "news"))
		open, err := d.Guest(d.Context(), contribution.Open)
		d.must(err)
		var m drafts
		for _, test := range []struct {
			name string
			g    contribution.Guest
			key  string
			sent contribution.Sent
			want string
		}{
			{"no title", g, "", contribution.Sent{Lang: "en", Title: " ", Text: "x"}, "contribute.title_missing"},
			{"no text", g, "", contribution.Sent{Lang: "en", Title: "x", Text: "\n"}, "contribute.text_missing"},
			{"no language", g, "", contribution.Sent{Title: "x", Text: "x"}, "contribute.lang_missing"},
			{"bad language", g, "", contribution.Sent{Lang: "<b>", Title: "x", Text: "x"}, "contribute.lang_missing"},
			{"long text", g, "", contribution.Sent{Lang: "en", Title: "x", Text: strings.Repeat("က", contribution.MostText+1)}, "contribute.too_long"},
			{"nobody", open, "", contribution.Sent{Lang: "en", Title: "x", Text: "x"}, "contribute.who_missing"},
			{"short key", g, "abc", sent, "contribute.form_bad"},
		} {
			secret := test.key
			if secret == "" {
				secret = bearer.New()
			}
			if _, err := d.Receive(d.Context(), test.g, secret, test.sent, m.make); key(err) != test.want {
				d.Errorf("%s: %v, want %s", test.name, err, test.want)
			}
		}
		if len(m.names) != 0 {
			d.Errorf("works were made of what was refused: %v", m.names)
		}
		named := sent
		named.Who = " River Women "
		e, err := d.Receive(d.Context(), open, bearer.New(), named, m.make)
		if err != nil || e.Who != "River Women" || m.names[0] != "River Women" {
			d.Errorf("by the open form: %+v, %v", e, err)
		}
	})
}

// What is pasted from anywhere comes in, without what is no text.
func TestNoText(t *testing.T) {
	each(t, func(d *desk) {
		g, _ := d.guest(1)
		var m drafts
		secret := bearer.New()
		pasted := contribution.Sent{Lang: "en", Title: "Fe\x00es", Text: "One.\r\n\tTwo.\v\ufdd2", Original: "\xff1", Place: "Mae\x07 Sot", Contact: "call\x1b Su"}
		e, err := d.Receive(d.Context(), g, secret, pasted, m.make)
		d.must(err)
		want := contribution.Sent{Who: e.Who, Lang: "en", Title: "Fees", Text: "One.\r\n\tTwo.", Original: "1", Place: "Mae Sot", Contact: "call Su"}
		if diff := cmp.Diff(want, e.Sent); diff != "" {
			d.Error(diff)
		}
		for _, text := range []string{"\x00", "more\x00"} { // the first is nothing
			d.must(d.AddNote(d.Context(), g, secret, text))
		}
		if e, err = d.Receipt(d.Context(), g, secret); err != nil || len(e.Notes) != 1 || e.Notes[0].Text != "more" {
			d.Errorf("notes: %+v, %v", e.Notes, err)
		}
		empty := contribution.Sent{Lang: "en", Title: "\x00", Text: "x"}
		if _, err := d.Receive(d.Context(), g, bearer.New(), empty, m.make); key(err) != "contribute.title_missing" {
			d.Errorf("a title that cannot be seen: %v", err)
		}
	})
}

// Of many who send at once by one link, as many come in as may.
func TestAtOnce(t *testing.T) {
	each(t, func(d *desk) {
		g, _ := d.guest(3)
		var m drafts
		var rest sync.WaitGroup
		results := make(chan error, 12)
		for range 12 {
			rest.Go(func() {
				_, err := d.Receive(d.Context(), g, bearer.New(), sent, m.make)
				results <- err
			})
		}
		rest.Wait()
		close(results)
		in := 0
		for err := range results {
			switch {
			case err == nil:
				in++
			case key(err) != "contribute.full":
				d.Error(err)
			}
		}
		if in != 3 {
			d.Errorf("%d of 12 came in, want 3", in)
		}
	})
}

// A rate is of a link: another one is not slowed down, and it passes.
func TestRate(t *testing.T) {
	each(t, func(d *desk) {
		d.must(d.SetOpen(d.Context(), editor, true, "news"))
		open, err := d.Guest(d.Context(), contribution.Open)
		d.must(err)
		other, _ := d.guest(1)
		var m drafts
		named := sent
		named.Who = "Somebody"
		send := func(g contribution.Guest) error {
			d.now = d.now.Add(time.Second)
			_, err := d.Receive(d.Context(), g, bearer.New(), named, m.make)
			return err
		}
		n := 0
		for err = send(open); err == nil && n < 100; err = send(open) {
			n++
		}
		if key(err) != "contribute.too_many" || n != 20 {
			d.Errorf("after %d: %v", n, err)
		}
		d.must(send(other))
		d.now = d.now.Add(time.Hour)
		d.must(send(open))
	})
}

// Whoever has the key of a receipt adds to it until the link ends; then it
// waits for an editor again.
func TestAdd(t *testing.T) {
	each(t, func(d *desk) {
		g, token := d.guest(2)
		var m drafts
		secret := bearer.New()
		e, err := d.Receive(d.Context(), g, secret, sent, m.make)
		d.must(err)
		if err := d.Settle(d.Context(), editor, e.ID, e.Added.Add(-time.Second), true); !errors.Is(err, sala.ErrConflict) {
			d.Errorf("settle what was not seen: %v", err)
		}
		d.must(d.Settle(d.Context(), editor, e.ID, e.Added, true))
		if n, _ := d.Waiting(d.Context(), editor); n != 0 {
			d.Errorf("%d wait after settling", n)
		}
		d.now = d.now.Add(time.Minute)
		d.must(d.AddNote(d.Context(), g, secret, "And this."))
		d.must(d.AddNote(d.Context(), g, secret, "And this. "))
		add := func(hash string, size int64) error {
			return d.db.Tx(d.Context(), func(tx *db.Tx) error {
				return d.AddFile(d.Context(), tx, g, secret, contribution.File{ID: sala.NewID(), Hash: hash, Size: size, About: "A hall", People: contribution.Agreed, Statement: "Su"})
			})
		}
		d.must(add("a", 1000))
		if err := add("a", 1000); !errors.Is(err, contribution.ErrHave) {
			d.Errorf("the same file again: %v", err)
		}
		if err := add("b", contribution.MostBytes); key(err) != "contribute.files_many" {
			d.Errorf("too many bytes: %v", err)
		}
		for i := 1; i < contribution.MostFiles; i++ {
			d.must(add(strconv.Itoa(i), 1))
		}
		if err := add("z", 1); key(err) != "contribute.files_many" {
			d.Errorf("too many files: %v", err)
		}
		if _, _, err := d.Room(d.Context(), g, secret); key(err) != "contribute.files_many" {
			d.Errorf("room for another: %v", err)
		}
		got, err := d.Receipt(d.Context(), g, secret)
		if err != nil || len(got.Notes) != 1 || len(got.Files) != contribution.MostFiles || got.Files[0].People != contribution.Agreed || !got.Settled.IsZero() {
			d.Errorf("the receipt: %+v, %v", got, err)
		}
		other, _ := d.guest(1)
		if _, err := d.Receipt(d.Context(), other, secret); !errors.Is(err, sala.ErrNotFound) {
			d.Errorf("the receipt by another link: %v", err)
		}
		if _, err := d.Receipt(d.Context(), g, bearer.New()); !errors.Is(err, sala.ErrNotFound) {
			d.Errorf("a receipt by a wrong key: %v", err)
		}
		// The end counts for those who came before it, too.
		d.now = d.now.Add(72 * time.Hour)
		if _, err := d.Guest(d.Context(), token); !errors.Is(err, sala.ErrNotFound) {
			d.Errorf("a link that is over: %v", err)
		}
		if err := d.AddNote(d.Context(), g, secret, "Late."); !errors.Is(err, sala.ErrNotFound) {
			d.Errorf("an addition after the end: %v", err)
		}
		if _, err := d.Receive(d.Context(), g, bearer.New(), sent, m.make); !errors.Is(err, sala.ErrNotFound) {
			d.Errorf("a contribution after the end: %v", err)
		}
	})
}

func TestLinks(t *testing.T) {
	each(t, func(d *desk) {
		for field, l := range map[string]contribution.Link{
			"name":  {Name: " ", Until: d.now.Add(time.Hour), Most: 1},
			"until": {Name: "x", Until: d.now, Most: 1},
			"most":  {Name: "x", Until: d.now.Add(time.Hour)},
			"note":  {Name: "x", Note: strings.Repeat("x", 2001), Until: d.now.Add(time.Hour), Most: 1},
		} {
			_, _, err := d.Make(d.Context(), editor, l)
			if bad, ok := errors.AsType[sala.Invalid](err); !ok || len(bad) != 1 || bad[0].Field != field {
				d.Errorf("%s: %v", field, err)
			}
		}
		g, token := d.guest(1)
		kept, err := db.All[string](d.Context(), d.db, `SELECT hash FROM contribution_link`)
		if err != nil || len(kept) != 1 || strings.Contains(kept[0], token) {
			d.Errorf("kept: %v, %v", kept, err)
		}
		d.must(d.Revoke(d.Context(), editor, g.Link.ID))
		for _, token := range []string{token, "", "nonsense", contribution.Open} {
			if _, err := d.Guest(d.Context(), token); !errors.Is(err, sala.ErrNotFound) {
				d.Errorf("Guest(%q) = %v", token, err)
			}
		}
		for _, on := range []bool{true, false, true} {
			d.must(d.SetOpen(d.Context(), editor, on, "news"))
			if is, err := d.IsOpen(d.Context()); err != nil || is != on {
				d.Errorf("IsOpen = %v, %v; want %v", is, err, on)
			}
		}
	})
}

// Only those who publish see what came, and who sent it.
func TestMay(t *testing.T) {
	each(t, func(d *desk) {
		g, _ := d.guest(1)
		var m drafts
		e, err := d.Receive(d.Context(), g, bearer.New(), contribution.Sent{Lang: "en", Title: "x", Text: "x", Contact: "Su"}, m.make)
		d.must(err)
		for role := sala.Reader; role < sala.Editor; role++ {
			by := sala.Actor{ID: "x", Role: role}
			_, list := d.Entries(d.Context(), by, false, "", 5)
			_, one := d.Entry(d.Context(), by, e.ID)
			_, count := d.Waiting(d.Context(), by)
			_, links := d.Links(d.Context(), by)
			_, _, made := d.Make(d.Context(), by, contribution.Link{Name: "x", Until: d.now.Add(time.Hour), Most: 1})
			for what, err := range map[string]error{
				"Entries": list, "Entry": one, "Waiting": count, "Links": links, "Make": made, "Settle": d.Settle(d.Context(), by, e.ID, e.Added, true),
				"ForgetContact": d.ForgetContact(d.Context(), by, e.ID), "Revoke": d.Revoke(d.Context(), by, g.Link.ID), "SetOpen": d.SetOpen(d.Context(), by, true, "news"),
			} {
				if !errors.Is(err, sala.ErrForbidden) {
					d.Errorf("%s for a %s = %v", what, role, err)
				}
			}
		}
		d.must(d.ForgetContact(d.Context(), editor, e.ID))
		if e, err = d.Entry(d.Context(), editor, e.ID); err != nil || e.Contact != "" {
			d.Errorf("the contact is %q, %v", e.Contact, err)
		}
	})
}

// The list pages by key and loses nothing.
func TestEntries(t *testing.T) {
	each(t, func(d *desk) {
		g, _ := d.guest(10)
		var m drafts
		for i := range 5 {
			d.now = d.now.Add(time.Second)
			s := sent
			s.Title = strconv.Itoa(i)
			_, err := d.Receive(d.Context(), g, bearer.New(), s, m.make)
			d.must(err)
		}
		all := ""
		for before := sala.ID(""); ; {
			page, err := d.Entries(d.Context(), editor, false, before, 2)
			d.must(err)
			if len(page) == 0 {
				break
			}
			for _, e := range page {
				all += e.Title
				before = e.ID
			}
		}
		if all != "01234" {
			d.Errorf("the list is %s", all)
		}
	})
}
