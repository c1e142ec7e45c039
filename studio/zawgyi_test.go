package studio

import (
	"strings"
	"testing"

	"sala"
	"sala/script"
)

// TestZawgyiIntoTheRecord pastes Zawgyi where names and words of the record
// are typed: what is kept is Unicode.
func TestZawgyiIntoTheRecord(t *testing.T) {
	const pasted = "ျမန္မာႏိုင္ငံ အလုပ္သမား"
	want, converted := script.Unzawgyi(pasted)
	if !converted {
		t.Fatal("this is no Zawgyi")
	}
	o := opened(t, withDirectory)
	address, id := o.begun("Harbour Workshop")
	form := eventFields(t, o.get(sala.Editor, address).Body.String())
	form.Set("title", pasted)
	o.sees(o.form(sala.Editor, address, form), 303)
	o.sees(o.get(sala.Editor, address), 200, "turned into Unicode")
	o.sees(o.form(sala.Editor, address, eventFields(t, o.get(sala.Editor, address).Body.String())), 303)
	if strings.Contains(o.get(sala.Editor, address).Body.String(), "turned into Unicode") {
		t.Error("Unicode is turned into Unicode")
	}
	if got := o.stored(id).Title["en"]; got != want {
		t.Errorf("the event is called %q, want %q", got, want)
	}
	w := o.post(sala.Editor, "/studio/directory/people", "name-en", "Alma Tern", "name-th", pasted, "kind", "advocate")
	o.sees(w, 303)
	p, err := o.Directory.Person(t.Context(), sala.Machine("test"), entryAt(t, w.Header().Get("Location")))
	if err != nil || p.Name["th"] != want {
		t.Errorf("the person is called %q, %v", p.Name, err)
	}
	w = o.post(sala.Editor, "/studio/recommendations", "original", "en", "words-en", pasted, "addressee", pasted, "source", "A letter", "asked", "2018")
	o.sees(w, 303)
	r, err := o.Tracker.Open(t.Context(), by(sala.Editor), entryAt(t, w.Header().Get("Location")))
	if err != nil || r.Words["en"] != want || r.Addressed[0].Said["en"] != want {
		t.Errorf("asked was %q of %v, %v", r.Words, r.Addressed, err)
	}
}
