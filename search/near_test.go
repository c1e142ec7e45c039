package search_test

import (
	"slices"
	"strings"
	"testing"

	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/search"
)

// TestNear asks with words that two texts hold, as often and none beside
// another that the question has there: in one they stand near each other.
func TestNear(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &shelf{t: t, db: d}
		filler := strings.Split("ash elm oak fir yew box bay sorb pear plum lime teak alder beech birch cedar hazel holly larch maple", " ")
		with := func(at ...int) string {
			words := slices.Clone(filler)
			for i, n := range at {
				words[n] = []string{"passport", "employer", "embassy"}[i]
			}
			return strings.Join(words, " ")
		}
		s.put(doc(1, "en", "Apart", with(19, 10, 0)+" "+strings.Join(filler[7:9], " ")+" "+filler[5]))
		s.put(doc(2, "en", "Near", with(9, 7, 5)+" "+filler[19]+" "+filler[10]+" "+filler[0]))
		x := search.New(d, s)
		follow(t, x)
		if got := ask(t, x, search.Question{Text: "passport employer embassy"}); !slices.Equal(got, []string{"Near", "Apart"}) {
			t.Errorf("found %q, want the text first that says it in one place", got)
		}
	})
}
