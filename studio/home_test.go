package studio

import (
	"strings"
	"testing"

	"sala"
)

// TestFirstSteps leads whoever may publish to where a record begins, as long
// as it has nothing in it.
func TestFirstSteps(t *testing.T) {
	o := opened(t)
	const said = "Nothing is in the record yet"
	o.sees(o.get(sala.Admin, "/studio/"), 200, said, `<a href="/studio/import">Bring in the old site`, "/studio/people")
	o.sees(o.get(sala.Editor, "/studio/"), 200, said)
	if strings.Contains(o.get(sala.Translator, "/studio/").Body.String(), said) {
		t.Error("a translator is told to begin the record")
	}
	o.begun("Harbour Workshop")
	if strings.Contains(o.get(sala.Admin, "/studio/").Body.String(), said) {
		t.Error("an event is in the record")
	}
}
