package search_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/search"
)

// TestFields finds a text by each of its fields, and one by its title before
// one by its text.
func TestFields(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		rest := strings.Repeat(" and much that is said elsewhere, too", 3)
		text := doc(1, "en", "One", "Passports are kept by employers"+rest)
		title := doc(2, "en", "Passports", "What is kept by employers"+rest)
		names := doc(3, "en", "Three", "Nothing"+rest)
		names.Names, names.Places = []string{"Khin Thida"}, []string{"Samut Sakhon"}
		summary := doc(4, "en", "Four", "Nothing"+rest)
		summary.Summary = "A survey of fishermen"
		thai := doc(5, "th", "ห้า", "ไม่มีอะไร")
		thai.Places = []string{"สมุทรสาคร"}
		for _, d := range []sala.Document{text, title, names, summary, thai} {
			s.put(d)
		}
		x := search.New(d, s)
		follow(t, x)
		for _, c := range []struct {
			asked string
			want  []string // first, in this order
		}{
			{"passports", []string{"Passports", "One"}},
			{"Khin Thida", []string{"Three"}},
			{"samut sakhon", []string{"Three"}},
			{`"Samut Sakhon"`, []string{"Three"}},
			{"fishermen", []string{"Four"}},
			{`"survey of fishermen"`, []string{"Four"}},
			{"สมุทรสาคร", []string{"ห้า"}},
		} {
			got := ask(t, x, search.Question{Text: c.asked})
			if len(got) < len(c.want) || !slices.Equal(got[:len(c.want)], c.want) {
				t.Errorf("%s: %q, want %q first", c.asked, got, c.want)
			}
		}
		found, err := x.Search(t.Context(), search.Question{Text: "Khin Thida"})
		if err != nil || len(found.Results) == 0 || found.Results[0].Text != names.Text {
			t.Errorf("a text found by a name is given with it: %+v, %v", found, err)
		}
	})
}

// TestMuch indexes a word of ten thousand letters, which is found by its
// beginning and hides nothing beside it, and refuses a question of a megabyte
// whoever asks it.
func TestMuch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		library(s)
		word := strings.Repeat("abcdefghij", 1000)
		s.put(doc(20, "en", "Long", "before "+word+" behind"))
		s.put(doc(21, "km", "វែង", "មុន"+strings.Repeat("ក្រៅ", 10_000/4)+" ក្រោយ"))
		x := search.New(d, s)
		follow(t, x)
		for asked, want := range map[string]string{"before": "Long", "behind": "Long", word[:4000]: "Long", word[:200] + "*": "Long", "ក្រោយ": "វែង", "recruitment fees": "Fees"} {
			if got := ask(t, x, search.Question{Text: asked}); len(got) == 0 || got[0] != want {
				t.Errorf("%.20s: %q, want %q first", asked, got, want)
			}
		}
		for _, much := range []string{strings.Repeat("a", 1<<20), strings.Repeat("fees ", 1<<18), strings.Repeat("ค่า", 1<<17), strings.Repeat(`"`, 1<<20)} {
			q := search.Question{Text: much}
			_, found := x.Search(t.Context(), q)
			_, said := x.Saying(t.Context(), q)
			_, meant := x.Suggest(t.Context(), q)
			_, across := x.Across(t.Context(), q, nil, nil)
			for i, err := range []error{found, said, meant, across} {
				if !errors.Is(err, search.ErrTooLong) {
					t.Errorf("%.6q of a megabyte, call %d: %v", much, i, err)
				}
			}
		}
	})
}
