package sala_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// floor is how high a package stands. Imports only go down.
func floor(pkg string) int {
	switch top, _, _ := strings.Cut(strings.TrimPrefix(pkg, "sala/"), "/"); top {
	case "sala":
		return 0
	case "internal", "script":
		return 1
	case "search", "feed", "mirror", "importer", "links", "letters":
		return 3
	case "site", "studio", "intake", "casework":
		return 4
	case "cmd":
		return 5
	}
	return 2 // an area
}

func room(pkg string) string {
	top, _, _ := strings.Cut(strings.TrimPrefix(pkg, "sala/"), "/")
	return top
}

// TestImports keeps the house as docs/house.md draws it.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(out)))
	seen := 0
	for {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		seen++
		for _, to := range pkg.Imports {
			if to != "sala" && !strings.HasPrefix(to, "sala/") {
				continue
			}
			from, at := floor(pkg.ImportPath), floor(to)
			same := room(pkg.ImportPath) == room(to)
			switch {
			case at > from:
				t.Errorf("%s imports %s, which stands above it", pkg.ImportPath, to)
			case at == from && !same && from != 1:
				t.Errorf("%s imports %s, which stands beside it", pkg.ImportPath, to)
			case room(to) == "desk" && room(pkg.ImportPath) != "desk" && room(pkg.ImportPath) != "intake" && room(pkg.ImportPath) != "casework" && from != 5:
				t.Errorf("%s imports %s: only intake, casework and cmd/sala may", pkg.ImportPath, to)
			case room(pkg.ImportPath) == "script" && to != "sala/script" && !same:
				t.Errorf("%s imports %s: script depends on nothing of the house", pkg.ImportPath, to)
			}
		}
	}
	if seen < 15 {
		t.Fatalf("only %d packages were looked at", seen)
	}
}
