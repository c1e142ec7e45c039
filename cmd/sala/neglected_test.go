package main

import (
	"strings"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/tracker"
)

// What nobody follows up is work to be done, not a fault.
func TestCheckNamesNeglectedRecommendations(t *testing.T) {
	data := t.TempDir()
	if out, code := command(t, "migrate", "--data", data); code != 0 {
		t.Fatal(out)
	}
	d, err := db.Open(t.Context(), data+"/sala.db")
	if err != nil {
		t.Fatal(err)
	}
	store, by := tracker.NewStore(d), sala.Machine("test")
	for words, next := range map[string]string{"Fees must end": "2020-01-31", "Papers must be given back": ""} {
		id, err := store.New(t.Context(), by, tracker.Recommendation{
			Words: sala.Text{"en": words}, Original: "en", Source: tracker.Source{Name: sala.Text{"en": "A letter"}}, Addressed: []tracker.Party{{Said: sala.Text{"en": "The Ministry"}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if next != "" {
			day, err := sala.ParseDay(next)
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Assign(t.Context(), by, id, "", "Somebody", day); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	out, code := command(t, "check", "--data", data)
	for _, want := range []string{"1 open recommendations have nobody", `"Papers must be given back"`, "1 open recommendations have a next day", `2020-01-31: "Fees must end"`, "All is well."} {
		if !strings.Contains(out, want) {
			t.Errorf("check lacks %q", want)
		}
	}
	if code != 0 || strings.Count(out, "Fees must end") != 1 {
		t.Errorf("%d:\n%s", code, out)
	}
}
