package site_test

import (
	"strings"
	"testing"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/network"
)

// TestFrame: what every page shows alike costs no question until something
// changes, and then is as it is now.
func TestFrame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := recordOf(t, d, size{Organisations: 1, People: 1, Works: 1})
		frame := func() string {
			t.Helper()
			r.made(t, "/en/people/")
			var asked []string
			for range 3 { // on PostgreSQL what changed is heard once more
				asked, _ = r.made(t, "/en/people/")
			}
			// How new the record is, with PostgreSQL, and the posts of those listed.
			for _, query := range asked {
				if !strings.Contains(query, "directory_post") && !strings.Contains(query, "MAX(version)") {
					t.Errorf("a frame that is kept asks %s", query)
				}
			}
			_, body, _ := strings.Cut(r.get("/en/people/").Body.String(), "<body>")
			return body
		}
		says := func(body, what string, want bool) {
			t.Helper()
			if strings.Contains(body, what) != want {
				t.Errorf("the page says %s: want %v", what, want)
			}
		}
		says(frame(), `href="/en/events/"`, false)
		e, err := r.events.Create(t.Context(), editor, event.Event{Title: sala.Text{"en": "A meeting"}, Type: event.Types[0], Held: sala.Span{From: r.day()}, City: sala.Text{"en": "Mae Sot"}, Country: "th"})
		if err != nil {
			t.Fatal(err)
		}
		says(frame(), `href="/en/events/"`, false)
		if err := r.events.Publish(t.Context(), editor, e.ID, e.Version); err != nil {
			t.Fatal(err)
		}
		says(frame(), `href="/en/events/"`, true)
		menu := network.Menu{ID: sala.NewID(), Place: "main", Name: "Main", Items: []network.MenuItem{{Ref: sala.Ref{Kind: sala.KindWork, ID: r.works[0]}}, {URL: "https://example.org/", Label: sala.Text{"en": "Elsewhere"}}}}
		r.set(t, func(set *network.Settings) {
			set.Name, set.Menus = sala.Text{"en": "The Network"}, []network.Menu{menu}
		})
		body := frame()
		for _, what := range []string{"The Network", "Elsewhere", "Statement 0"} {
			says(body, what, true)
		}
		w, err := r.archive.Work(t.Context(), r.works[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := r.archive.Withdraw(t.Context(), editor, w.Editions[0].ID, "wrong"); err != nil {
			t.Fatal(err)
		}
		says(frame(), "Statement 0", false)
		says(body, `href="/en/organisations/"`, true)
		o, err := r.world.people.Organisation(t.Context(), editor, r.organisations[0])
		if err != nil {
			t.Fatal(err)
		}
		o.Unlisted = true
		if err := r.world.people.ChangeOrganisation(t.Context(), editor, o, o.Changed); err != nil {
			t.Fatal(err)
		}
		says(frame(), `href="/en/organisations/"`, false)
		if err := r.world.people.Show(t.Context(), editor, r.people[0], directory.Hidden); err != nil {
			t.Fatal(err)
		}
		says(frame(), `<p><a href="/en/people/"`, false)
	})
}
