package script

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestDictionaries compares what the program carries with the lists it was
// compiled from.
func TestDictionaries(t *testing.T) {
	for _, name := range []string{"thai", "lao", "khmer", "burmese"} {
		b, err := os.ReadFile("../../shared/icu-dict/" + name + "dict.txt")
		if err != nil {
			t.Skipf("the shared test data is not here: %v", err)
		}
		var want []string
		for line := range strings.Lines(strings.TrimPrefix(string(b), "\ufeff")) {
			line = strings.TrimSpace(line)
			if w := DictionaryForm(line); w != "" && !strings.HasPrefix(line, "#") {
				want = append(want, w)
			}
		}
		slices.Sort(want)
		want = slices.Compact(want)
		var got []string
		if err := eachWord(name, func(w string) { got = append(got, w) }); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d words, want %d; compile the lists again with go generate", name, len(got), len(want))
		}
	}
}
