package wordpress_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala/importer"
)

// TestWhatIsCountedIsHandedOver holds the report of every fixture against what
// the sink was given: nothing is counted that was not handed over, and nothing
// handed over can overwrite another thing.
func TestWhatIsCountedIsHandedOver(t *testing.T) {
	folder := shared(t, "fixtures/wordpress")
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".xml" || strings.HasPrefix(name, "golden/") {
			return err
		}
		t.Run(name, func(t *testing.T) {
			m, report, err := read(t, path.Join(folder, name), importer.Options{})
			if err != nil && len(m.editions) == 0 {
				return // refused as a whole: told in the tests of broken files
			}
			counted := map[string]int{}
			origins := map[importer.Origin]string{}
			count := func(key, what string, o importer.Origin) {
				if key != "" {
					counted[key]++
				}
				if had, ok := origins[o]; ok {
					t.Errorf("%q and %q have the same origin %v", had, what, o)
				}
				origins[o] = what
			}
			works := map[string]string{}
			for _, e := range m.editions {
				count(e.Counted, e.Title, e.Origin)
				key := string(e.Work.ID()) + " " + string(e.Lang)
				if had, ok := works[key]; ok {
					t.Errorf("%q and %q are the same edition of %v", had, e.Title, e.Work)
				}
				works[key] = e.Title
				for _, c := range e.Comments {
					count("", "comment by "+c.Author, c.Origin)
				}
			}
			for _, f := range m.files {
				count(f.Counted, f.Name, f.Origin)
			}
			for _, menu := range m.menus {
				for _, i := range menu.Items {
					count(i.Counted, i.Label, i.Origin)
				}
			}
			if diff := cmp.Diff(report.Stored, counted); diff != "" {
				t.Errorf("stored (-report +sink):\n%s", diff)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
