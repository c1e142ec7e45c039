package wordpress_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"sala/archive"
	"sala/importer"
)

// objectClass is how WordPress marks in a page which of its things it shows.
var objectClass = regexp.MustCompile(`^(postid|page-id|attachmentid|category|tag|author)-(\d+)$`)

// otherDoor are addresses that are not of one thing alone, or that WordPress
// guessed: what they lead to is for the reading door to find out.
var otherDoor = regexp.MustCompile(`[,#]|%2C|paged=|/page/|embed|preview|feed|abc$|^/[^/?]+/$|/\d/$`)

// TestOldAddressesLead holds the addresses of every item and term against
// those that the very site answered: each must lead to the same thing.
func TestOldAddressesLead(t *testing.T) {
	for _, test := range []struct{ site, export string }{
		{"pll", "polylang-udhr-plain.xml"},
		{"tut", "theme-unit-2020-reexport.xml"},
	} {
		t.Run(test.site, func(t *testing.T) {
			m, _ := fixture(t, test.export)
			leads := ledBy(m)
			shows, moved := map[string]string{}, map[string]string{}
			each(t, "fixtures/wordpress/golden/"+test.site+"/urls.jsonl.gz", func(line []byte) {
				var r struct {
					URL, Location string
					Status        int
					Kind          []string
				}
				if err := json.Unmarshal(line, &r); err != nil {
					t.Fatal(err)
				}
				if r.Location != "" {
					moved[r.URL] = strings.TrimPrefix(r.Location, "http://old-site.example")
				}
				for _, class := range r.Kind {
					if c := objectClass.FindStringSubmatch(class); c != nil && r.Status == 200 {
						name := map[string]string{"category": "cat ", "tag": "tag_id ", "author": "author "}[c[1]]
						shows[r.URL] = name + c[2]
					}
				}
			})
			for from, to := range moved {
				if thing := shows[to]; thing != "" {
					shows[from] = thing
				}
			}
			all := 0
			for address, thing := range shows {
				if otherDoor.MatchString(address) {
					continue
				}
				all++
				if got := lead(leads, address); got != thing {
					t.Errorf("%s leads to %q, want %q", address, got, thing)
				}
			}
			if all < 200 {
				t.Errorf("%d addresses compared, want all that were recorded", all)
			}
		})
	}
}

// ledBy returns what every old address leads to: an item's id, or "cat 7".
func ledBy(m *memory) map[string]string {
	leads := map[string]string{}
	claim := func(old []importer.Old, thing string) {
		for _, o := range old {
			key := archive.OldKey(string(o))
			if _, taken := leads[key]; key != "" && !taken {
				leads[key] = thing
			}
		}
	}
	for _, e := range m.editions {
		claim(e.Old, e.Origin.Key)
	}
	for _, f := range m.files {
		claim(f.Old, f.Origin.Key)
	}
	for _, term := range m.terms {
		thing := term.Origin.Type
		for _, o := range term.Old { // a term's own number stands only in its plain address
			for _, name := range []string{"cat", "tag_id", "author"} {
				if id, ok := strings.CutPrefix(string(o), "/?"+name+"="); ok {
					thing = name + " " + id
				}
			}
		}
		claim(term.Old, thing)
	}
	return leads
}

// lead looks an address up as the reading door does: its path, or else each
// variable of its query.
func lead(leads map[string]string, address string) string {
	path, query, _ := strings.Cut(address, "?")
	if thing, ok := leads[archive.OldKey(path)]; ok {
		return thing
	}
	for variable := range strings.SplitSeq(query, "&") {
		if thing, ok := leads[archive.OldKey("/?"+variable)]; ok {
			return thing
		}
	}
	return ""
}
