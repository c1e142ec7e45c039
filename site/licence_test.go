package site_test

import (
	"strings"
	"testing"

	"sala"
)

// licence says under which licence the network gives its data.
func (w *world) licence(t *testing.T, name string) {
	t.Helper()
	set, err := w.network.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	admin := sala.Actor{ID: "a", Name: "Admin", Role: sala.Admin}
	if err := w.network.SetLicence(t.Context(), admin, sala.Mark(set.Licence), name); err != nil {
		t.Fatal(err)
	}
}

// Nothing is given under a licence that the network has not chosen, and what
// it chose is said on the page, in its data and in both tables.
func TestLicenceIsTheNetworks(t *testing.T) {
	w := open(t)
	w.asks(t)
	says := func(want bool, what string) {
		t.Helper()
		for _, address := range []string{"/en/recommendations/", "/en/recommendations.json", "/en/events.json"} {
			a := w.get(address)
			if got := strings.Contains(a.Body.String()+a.Header().Get("Link"), what); a.Code != 200 || got != want {
				t.Errorf("%s: %d, says %q: %v", address, a.Code, what, got)
			}
		}
	}
	says(false, "creativecommons")
	w.licence(t, "CC BY-SA 4.0")
	says(true, "creativecommons.org/licenses/by-sa/4.0/")
	if link := w.get("/en/recommendations.csv").Header().Get("Link"); !strings.Contains(link, "by-sa") {
		t.Errorf("the table's Link is %q", link)
	}
}
