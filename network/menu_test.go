package network_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/network"
)

var (
	admin  = sala.Actor{ID: "a", Name: "Admin", Role: sala.Admin}
	editor = sala.Actor{ID: "e", Name: "Editor", Role: sala.Editor}
)

// drawn writes a tree as "a(b c(d)) e".
func drawn(items []network.MenuItem) string {
	parts := make([]string, len(items))
	for i, it := range items {
		parts[i] = it.Label["en"]
		if len(it.Items) > 0 {
			parts[i] += "(" + drawn(it.Items) + ")"
		}
	}
	return strings.Join(parts, " ")
}

func link(label string) network.MenuItem {
	return network.MenuItem{Label: sala.Text{"en": label}, URL: "/en/" + label}
}

func TestMenu(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := network.NewStore(d)
		ctx := t.Context()
		id, err := s.AddMenu(ctx, admin, network.Menu{Name: "Main", Place: "main"})
		if err != nil {
			t.Fatal(err)
		}
		menu := func() network.Menu {
			set, err := s.Settings(ctx)
			if err != nil {
				t.Fatal(err)
			}
			m, err := set.Menu(id)
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		for _, label := range []string{"a", "b", "c", "d"} {
			if err := s.AddItem(ctx, admin, id, sala.Mark(menu()), link(label)); err != nil {
				t.Fatal(err)
			}
		}
		for _, step := range []struct {
			at    network.Spot
			where network.Move
			want  string
		}{
			{network.Spot{0}, network.Up, "a b c d"},
			{network.Spot{3}, network.Down, "a b c d"},
			{network.Spot{0}, network.In, "a b c d"},
			{network.Spot{0}, network.Out, "a b c d"},
			{network.Spot{1}, network.Up, "b a c d"},
			{network.Spot{1}, network.In, "b(a) c d"},
			{network.Spot{1}, network.In, "b(a c) d"},
			{network.Spot{0, 1}, network.Up, "b(c a) d"},
			{network.Spot{0, 1}, network.In, "b(c(a)) d"},
			{network.Spot{0, 0}, network.Out, "b c(a) d"},
			{network.Spot{1}, network.Down, "b d c(a)"},
			{network.Spot{1}, network.In, "b(d) c(a)"},
			{network.Spot{1}, network.In, "b(d c(a))"},
			{network.Spot{0, 1}, network.In, "b(d(c(a)))"},
		} {
			if err := s.MoveItem(ctx, admin, id, sala.Mark(menu()), step.at, step.where); err != nil {
				t.Fatalf("move %s %s: %v", step.at, step.where, err)
			}
			if got := drawn(menu().Items); got != step.want {
				t.Fatalf("after moving %s %s: %s, want %s", step.at, step.where, got, step.want)
			}
		}
		if err := s.AddItem(ctx, admin, id, sala.Mark(menu()), link("e")); err != nil {
			t.Fatal(err)
		}
		if err := s.MoveItem(ctx, admin, id, sala.Mark(menu()), network.Spot{0}, network.Down); err != nil {
			t.Fatal(err)
		}
		var bad sala.Invalid
		if err := s.MoveItem(ctx, admin, id, sala.Mark(menu()), network.Spot{1}, network.In); !errors.As(err, &bad) {
			t.Errorf("a fifth level: %v", err)
		}
		if err := s.RemoveItem(ctx, admin, id, sala.Mark(menu()), network.Spot{1, 0, 0}); err != nil {
			t.Fatal(err)
		}
		if got := drawn(menu().Items); got != "e b(d)" {
			t.Errorf("after removing: %s", got)
		}
		if err := s.SetItem(ctx, admin, id, sala.Mark(menu()), network.Spot{1}, link("B")); err != nil {
			t.Fatal(err)
		}
		if got := drawn(menu().Items); got != "e B(d)" {
			t.Errorf("after renaming: %s", got)
		}
		for _, at := range []network.Spot{{2}, {0, 0}, {1, 0, 0}, {}} {
			if err := s.RemoveItem(ctx, admin, id, sala.Mark(menu()), at); !errors.Is(err, sala.ErrNotFound) {
				t.Errorf("remove %q: %v", at, err)
			}
		}
		old := sala.Mark(menu())
		if err := s.RemoveItem(ctx, admin, id, old, network.Spot{0}); err != nil {
			t.Fatal(err)
		}
		if err := s.AddItem(ctx, admin, id, old, link("late")); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a change of what another has changed: %v", err)
		}
		if got := drawn(menu().Items); got != "B(d)" {
			t.Errorf("after a conflict: %s", got)
		}
		if err := s.AddItem(ctx, editor, id, sala.Mark(menu()), link("x")); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("as an editor: %v", err)
		}
		for url, ok := range map[string]bool{"https://example.org": true, "/en/": true, "mailto:a@example.org": true, "javascript:alert(1)": false, "example.org": false, "//evil.example": false, "sala:work/1": false, "": false, "#x": false} {
			err := s.AddItem(ctx, admin, id, sala.Mark(menu()), network.MenuItem{URL: url, Label: sala.Text{"en": "x"}})
			if (err == nil) != ok {
				t.Errorf("an item that leads to %q: %v", url, err)
			}
		}
		if _, err := s.AddMenu(ctx, admin, network.Menu{Name: "Second", Place: "main"}); !errors.As(err, &bad) || bad[0].Key != "studio.menus_place_taken" {
			t.Errorf("a second menu in a place: %v", err)
		}
		if err := s.RemoveMenu(ctx, admin, id, sala.Mark(menu())); err != nil {
			t.Fatal(err)
		}
		if set, err := s.Settings(ctx); err != nil || len(set.Menus) != 0 {
			t.Errorf("menus after removing: %v %v", set.Menus, err)
		}
	})
}

func TestEdit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := network.NewStore(d)
		ctx := t.Context()
		set := func() network.Settings {
			set, err := s.Settings(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return set
		}
		if err := s.SetWords(ctx, admin, sala.Mark(set().Words()), network.Words{Name: sala.Text{"en": " River ", "th": " "}}); err != nil {
			t.Fatal(err)
		}
		if got := set().Name; fmt.Sprint(got) != "map[en:River]" {
			t.Errorf("name %v", got)
		}
		stale := sala.Mark(network.Words{})
		for _, test := range []struct {
			name string
			err  error
			want string
		}{
			{"no name", s.SetWords(ctx, admin, sala.Mark(set().Words()), network.Words{}), "studio.setup_name_missing"},
			{"words changed meanwhile", s.SetWords(ctx, admin, stale, network.Words{Name: sala.Text{"en": "Sea"}}), "conflict"},
			{"an editor", s.SetWords(ctx, editor, sala.Mark(set().Words()), network.Words{Name: sala.Text{"en": "Sea"}}), "forbidden"},
			{"bad mail", s.SetContact(ctx, admin, sala.Mark(set().Contact()), network.Contact{Email: "nobody"}), "studio.settings_email_bad"},
			{"bad security contact", s.SetContact(ctx, admin, sala.Mark(set().Contact()), network.Contact{Security: "http://example.org"}), "studio.settings_security_bad"},
			{"a header in it", s.SetContact(ctx, admin, sala.Mark(set().Contact()), network.Contact{Security: "https://example.org/\nExpires: never"}), "studio.settings_security_bad"},
			{"good contact", s.SetContact(ctx, admin, sala.Mark(set().Contact()), network.Contact{Email: "a@example.org", Security: "mailto:a@example.org"}), ""},
			{"pale roof", s.SetColours(ctx, admin, sala.Mark(set().Colours), network.Colours{Roof: "#ffee00"}), "studio.settings_roof_pale"},
			{"dark roof", s.SetColours(ctx, admin, sala.Mark(set().Colours), network.Colours{Roof: "#4A1030", Edge: network.DefaultEdge}), ""},
			{"no languages", s.SetLanguages(ctx, admin, sala.Mark(set().Languages()), network.Languages{}), "studio.settings_langs_missing"},
			{"languages", s.SetLanguages(ctx, admin, sala.Mark(set().Languages()), network.Languages{Langs: []sala.Lang{"my", "en"}, Default: "my"}), ""},
		} {
			got := ""
			var bad sala.Invalid
			switch {
			case errors.As(test.err, &bad):
				got = bad[0].Key
			case errors.Is(test.err, sala.ErrConflict):
				got = "conflict"
			case errors.Is(test.err, sala.ErrForbidden):
				got = "forbidden"
			case test.err != nil:
				got = test.err.Error()
			}
			if got != test.want {
				t.Errorf("%s: %q, want %q", test.name, got, test.want)
			}
		}
		if c := set().Colours; c != (network.Colours{Roof: "#4a1030"}) {
			t.Errorf("colours %+v", c)
		}
		if set().Name["en"] != "River" {
			t.Errorf("name after all that: %v", set().Name)
		}
	})
}
