package studio

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sala"
	"sala/directory"
	"sala/event"
)

// eventFields reads the form of an event as a browser would send it.
func eventFields(t *testing.T, page string) url.Values {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{}
	var walk func(n *html.Node, inside bool, sel string)
	attr := func(n *html.Node, key string) (string, bool) {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val, true
			}
		}
		return "", false
	}
	chosen := map[string]bool{}
	walk = func(n *html.Node, inside bool, sel string) {
		if _, ok := attr(n, "data-event"); ok {
			inside = true
		}
		name, _ := attr(n, "name")
		switch {
		case !inside || n.Type != html.ElementNode:
		case n.Data == "input":
			value, _ := attr(n, "value")
			kind, _ := attr(n, "type")
			if _, checked := attr(n, "checked"); kind == "checkbox" && !checked {
				break
			}
			form.Add(name, value)
		case n.Data == "textarea":
			text := ""
			if n.FirstChild != nil {
				text = n.FirstChild.Data
			}
			form.Add(name, text)
		case n.Data == "select":
			sel = name
			form.Add(name, "")
			chosen[name] = false
		case n.Data == "option" && sel != "":
			value, _ := attr(n, "value")
			_, selected := attr(n, "selected")
			if list := form[sel]; selected || list[len(list)-1] == "" && !chosen[sel] {
				list[len(list)-1] = value
				chosen[sel] = true
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inside, sel)
		}
	}
	walk(doc, false, "")
	return form
}

// fill puts values into the last row of a list, which is the blank one, or for
// an appearance into the blank one of a session.
func fill(t *testing.T, form url.Values, list string, at int, pairs ...string) {
	t.Helper()
	if at < 0 {
		at = len(form[list+".key"]) + at
	}
	for i := 0; i < len(pairs); i += 2 {
		if form[list+"."+pairs[i]] == nil {
			t.Fatalf("there is no %s.%s", list, pairs[i])
		}
		form[list+"."+pairs[i]][at] = pairs[i+1]
	}
}

func (o *door) form(as sala.Role, address string, form url.Values) *httptest.ResponseRecorder {
	o.t.Helper()
	return o.send(as, "POST", address, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// begun makes an event and returns its page and its id.
func (o *door) begun(title string) (address string, id sala.ID) {
	o.t.Helper()
	w := o.post(sala.Editor, "/studio/events", "title", title, "type", "workshop", "in", "en")
	if w.Code != http.StatusSeeOther {
		o.t.Fatalf("begin: %d %s", w.Code, w.Body)
	}
	address, _, _ = strings.Cut(w.Header().Get("Location"), "?")
	return address, sala.ID(strings.TrimPrefix(address, "/studio/events/"))
}

// stored is an event as the store has it.
func (o *door) stored(id sala.ID) event.Event {
	o.t.Helper()
	e, err := o.Events.DeskEvent(o.t.Context(), by(sala.Admin), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return e
}

// TestEventForm fills an event in without script, as a person does: rows by
// their buttons, names found when it is saved or made on the spot.
func TestEventForm(t *testing.T) {
	o := opened(t)
	ministry, err := o.Directory.AddOrganisation(t.Context(), by(sala.Editor), directory.Organisation{Name: sala.Text{"en": "Ministry of Harbours"}, Kind: directory.Ministry, Country: "mm"})
	if err != nil {
		t.Fatal(err)
	}
	address, id := o.begun("Harbour Workshop")
	form := eventFields(t, o.get(sala.Editor, address).Body.String())
	form.Set("from", "15 October 2018")
	form.Set("start", "9.00")
	form.Set("country", "Myanmar")
	form.Set("city", "Yangon")
	form.Set("spoken", "en, my")
	fill(t, form, "sessions", 0, "kind", "plenary", "title", "Policies and trends", "start", "9:00", "end", "10:30")
	fill(t, form, "appearances", 0, "name", "Ms. Alma Tern", "as", "new:official", "position", "Harbour Master", "affiliation", "Ministry of Harbours")
	fill(t, form, "parties", 0, "name", "Tern Network", "as", "new:network")
	fill(t, form, "present", 0, "name", "Ministry of Harbours")
	fill(t, form, "counts", 0, "qualifier", "over", "value", "40", "of", "participants")
	w := o.form(sala.Editor, address, form)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("save: %d %s", w.Code, w.Body)
	}
	e := o.stored(id)
	if e.Held.From.String() != "2018-10-15" || e.Start != "09:00" || e.Zone != "Asia/Yangon" || e.Country != "mm" || len(e.Sessions) != 1 || len(e.Appearances) != 1 || len(e.Spoken) != 2 {
		t.Fatalf("%+v", e)
	}
	a := e.Appearances[0]
	person, err := o.Directory.Person(t.Context(), by(sala.Editor), a.Person)
	if err != nil || person.Name["en"] != "Alma Tern" || person.Kind != directory.Official || a.Session != e.Sessions[0].ID || a.Position["en"] != "Harbour Master" || a.Organisation != ministry {
		t.Errorf("%+v, %+v, %v", a, person, err)
	}
	if p := e.Present[0]; p.Organisation != ministry || p.Sector != sala.Government || p.Country != "mm" {
		t.Errorf("%+v", p)
	}
	if n := e.Counts[0]; n.Value != 40 || n.Qualifier != event.Over {
		t.Errorf("%+v", n)
	}

	// Saved again as it stands, nothing changes, and rows keep their ids.
	form = eventFields(t, o.get(sala.Editor, address).Body.String())
	o.form(sala.Editor, address, form)
	again := o.stored(id)
	if again.Version != e.Version+1 || again.Appearances[0].ID != a.ID || again.Appearances[0].Person != a.Person || len(again.Parties) != 1 || again.Parties[0].Organisation != e.Parties[0].Organisation {
		t.Errorf("%+v", again)
	}

	// In another language the rows are there, with the words of the first
	// beside them, and saving takes none of them away.
	page := o.get(sala.Editor, address+"?in=th").Body.String()
	o.sees(o.get(sala.Editor, address+"?in=th"), 200, `placeholder="Policies and trends"`, `placeholder="Harbour Master"`)
	form = eventFields(t, page)
	form.Set("title", "การประชุมท่าเรือ")
	o.form(sala.Editor, address, form)
	thai := o.stored(id)
	if thai.Title["en"] != "Harbour Workshop" || thai.Title["th"] != "การประชุมท่าเรือ" || len(thai.Sessions) != 1 || thai.Sessions[0].Title["en"] != "Policies and trends" || thai.Appearances[0].Position["en"] != "Harbour Master" {
		t.Errorf("%+v", thai)
	}

	// A file of the library stays one, and a passage stays with its number.
	thai.Materials = []event.Material{{Title: sala.Text{"en": "Slides"}, Kind: event.Slides, File: sala.NewID(), Size: 7}}
	thai.Counts[0].Source = event.Passage{Words: "Over 40"}
	kept, err := o.Events.Save(t.Context(), by(sala.Editor), thai)
	if err != nil {
		t.Fatal(err)
	}
	o.form(sala.Editor, address, eventFields(t, o.get(sala.Editor, address+"?in=en").Body.String()))
	if e := o.stored(id); e.Version != kept.Version+1 || e.Materials[0].File != thai.Materials[0].File || e.Materials[0].Size != 7 || e.Counts[0].Source.Words != "Over 40" {
		t.Errorf("%+v", e)
	}

	// A row that is emptied goes.
	form = eventFields(t, o.get(sala.Editor, address+"?in=en").Body.String())
	fill(t, form, "counts", 0, "value", "", "words", "")
	o.form(sala.Editor, address, form)
	if e := o.stored(id); len(e.Counts) != 0 || len(e.Sessions) != 1 {
		t.Errorf("%d counts, %d sessions", len(e.Counts), len(e.Sessions))
	}
}

// TestEventFaults shows what is wrong beside its field, with all that was
// typed, and stores nothing.
func TestEventFaults(t *testing.T) {
	o := opened(t)
	for range 2 {
		if _, err := o.Directory.AddPerson(t.Context(), by(sala.Editor), directory.Person{Name: sala.Text{"en": "Bela Gull"}, Kind: directory.Official}); err != nil {
			t.Fatal(err)
		}
	}
	address, id := o.begun("Harbour Workshop")
	blank := o.get(sala.Editor, address).Body.String()
	for _, test := range []struct {
		name   string
		change func(form url.Values)
		say    string
	}{
		{"a date that is none", func(f url.Values) { f.Set("from", "Tuesday-ish") }, "This is no date"},
		{"31 February", func(f url.Values) { f.Set("from", "31 February 2018") }, "This is no date"},
		{"a session outside", func(f url.Values) {
			f.Set("from", "2018-10-15")
			fill(t, f, "sessions", 0, "title", "Late", "day", "2018-10-17")
		}, "not among the days"},
		{"nobody of that name", func(f url.Values) { fill(t, f, "appearances", 0, "name", "Nobody Known") }, "Nobody of this name"},
		{"several of that name", func(f url.Values) { fill(t, f, "appearances", 0, "name", "Bela Gull") }, "Several of this name"},
		{"a kind that is none", func(f url.Values) { fill(t, f, "appearances", 0, "name", "Somebody", "as", "new:boss") }, "Somebody"},
		{"no number", func(f url.Values) { fill(t, f, "counts", 0, "value", "many") }, "no whole number"},
		{"no such work", func(f url.Values) { fill(t, f, "works", 0, "name", "A text that nobody wrote") }, "No single text"},
		{"no such parent", func(f url.Values) { f.Set("parent", "An event that never was") }, "No single event"},
		{"a time without a zone", func(f url.Values) { f.Set("start", "09:00") }, "needs a time zone"},
		{"no title", func(f url.Values) { f.Set("title", "") }, "A title is missing"},
		{"no such country", func(f url.Values) { f.Set("country", "Atlantis") }, "No country is called that"},
	} {
		form := eventFields(t, blank)
		form.Set("city", "Typed city")
		test.change(form)
		w := o.form(sala.Editor, address, form)
		o.sees(w, http.StatusUnprocessableEntity, test.say, `value="Typed city"`, `aria-invalid="true"`)
		if e := o.stored(id); e.Version != 1 {
			t.Fatalf("%s: something was stored", test.name)
		}
	}
	form := eventFields(t, blank)
	fill(t, form, "sessions", 0, "title", "A panel")
	fill(t, form, "appearances", 0, "name", "Bela Gull")
	page := o.form(sala.Editor, address, form).Body.String()
	choices := regexp.MustCompile(`value="(id:[0-9a-f-]{36})"`).FindAllStringSubmatch(page, -1)
	if len(choices) != 2 {
		t.Fatalf("%d are offered, want both", len(choices))
	}
	form = eventFields(t, page)
	fill(t, form, "appearances", 0, "as", choices[1][1])
	if w := o.form(sala.Editor, address, form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if e := o.stored(id); "id:"+string(e.Appearances[0].Person) != choices[1][1] {
		t.Errorf("%s was chosen and %s is stored", choices[1][1], e.Appearances[0].Person)
	}
	// Rows that would be mixed up, and no form at all.
	form = eventFields(t, o.get(sala.Editor, address).Body.String())
	form["sessions.title"] = append(form["sessions.title"], "One too many")
	o.sees(o.form(sala.Editor, address, form), http.StatusBadRequest)
	o.sees(o.post(sala.Editor, address, "title", "x"), http.StatusBadRequest)
}

// TestPasteProgramme makes rows of a programme, stores nothing by itself, and
// keeps what was typed before.
func TestPasteProgramme(t *testing.T) {
	o := opened(t)
	address, id := o.begun("Harbour Workshop")
	form := eventFields(t, o.get(sala.Editor, address).Body.String())
	form.Set("from", "2018-11-03")
	fill(t, form, "sessions", 0, "title", "Typed before", "kind", "opening")
	form.Set("programme", "09:00–10:30 Plenary: What is asked\nMs A. Tern, Harbour Master, MOH\nModerator: B. Gull (LPN)\n10:30 Break")
	form.Set("paste", "yes")
	w := o.form(sala.Editor, address, form)
	o.sees(w, 200, `value="Typed before"`, `value="What is asked"`, `value="Ms A. Tern"`, `value="Harbour Master"`, `value="MOH"`, `value="B. Gull"`, `value="LPN"`)
	if e := o.stored(id); e.Version != 1 {
		t.Error("pasting stored something")
	}
	form = eventFields(t, w.Body.String())
	form.Set("country", "mm")
	for i, name := range form["appearances.name"] {
		if name != "" {
			form["appearances.as"][i] = "words"
		}
	}
	if w := o.form(sala.Editor, address, form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	e := o.stored(id)
	if len(e.Sessions) != 3 || e.Sessions[1].Title["en"] != "What is asked" || len(e.In(e.Sessions[1].ID)) != 2 || e.In(e.Sessions[1].ID)[1].Role != event.Moderator || e.Sessions[2].Kind != event.Break {
		t.Errorf("%+v", e)
	}
	// Moved up by its button.
	form = eventFields(t, o.get(sala.Editor, address).Body.String())
	form.Set("up", form["sessions.key"][1])
	w = o.form(sala.Editor, address, form)
	moved := eventFields(t, w.Body.String())
	if got := moved["sessions.title"]; !slices.Equal(got[:2], []string{"What is asked", "Typed before"}) {
		t.Errorf("after moving: %q", got)
	}
	o.sees(o.form(sala.Editor, address, url.Values{"in": {"en"}, "version": {"1"}, "paste": {"yes"}, "programme": {strings.Repeat("09:00 x\n", 201)}}), 422, "more than 200")
}

// TestEventConflict keeps both of two people's words and lets one decide.
func TestEventConflict(t *testing.T) {
	o := opened(t)
	address, id := o.begun("Harbour Workshop")
	mine := eventFields(t, o.get(sala.Editor, address).Body.String())
	theirs := eventFields(t, o.get(sala.Admin, address).Body.String())
	theirs.Set("city", "Their city")
	mine.Set("city", "My city")
	if w := o.form(sala.Admin, address, theirs); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	w := o.form(sala.Editor, address, mine)
	o.sees(w, http.StatusConflict, "Somebody else has saved", "Their city", `value="My city"`)
	if e := o.stored(id); e.City["en"] != "Their city" {
		t.Errorf("the city is %q", e.City["en"])
	}
	asides, err := o.Events.Asides(t.Context(), by(sala.Admin), id)
	if err != nil || len(asides) != 1 {
		t.Fatalf("%d are set aside, %v", len(asides), err)
	}
	o.sees(o.get(sala.Editor, address+"?aside="+string(asides[0].ID)), 200, `value="My city"`, "Their city")
	decided := eventFields(t, o.get(sala.Editor, address+"?aside="+string(asides[0].ID)).Body.String())
	if w := o.form(sala.Editor, address, decided); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	if e := o.stored(id); e.City["en"] != "My city" {
		t.Errorf("the city is %q", e.City["en"])
	}
	if asides, err := o.Events.Asides(t.Context(), by(sala.Admin), id); err != nil || len(asides) != 0 {
		t.Errorf("%d are set aside still, %v", len(asides), err)
	}
}

// TestEventSteps publishes and withdraws, only as the page was seen.
func TestEventSteps(t *testing.T) {
	o := opened(t)
	address, id := o.begun("Harbour Workshop")
	o.sees(o.post(sala.Editor, address+"/publish", "version", "7"), 422, "changed the event since")
	if w := o.post(sala.Editor, address+"/publish", "version", "1"); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	o.sees(o.post(sala.Editor, address+"/withdraw", "version", "2"), 422, "Say why")
	if w := o.post(sala.Editor, address+"/withdraw", "version", "2", "reason", "A name"); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	if e := o.stored(id); e.State != event.Withdrawn {
		t.Errorf("it is %s", e.State)
	}
	o.sees(o.get(sala.Editor, address), 200, "A name", "Withdrawn")
	o.sees(o.get(sala.Editor, "/studio/events?state=withdrawn&q=harbour"), 200, "Harbour Workshop")
	o.sees(o.get(sala.Editor, "/studio/events?state=public"), 200, "0 events")
	for _, as := range []sala.Role{sala.Translator, sala.Contributor} {
		o.sees(o.get(as, address), 404)
		o.sees(o.post(as, address+"/publish", "version", "3"), 404)
	}
	o.sees(o.get(sala.Editor, "/studio/events/"+string(sala.NewID())), 404)
}

// TestPick offers what begins as typed.
func TestPick(t *testing.T) {
	o := opened(t)
	if _, err := o.Directory.AddPerson(t.Context(), by(sala.Editor), directory.Person{Name: sala.Text{"en": "Alma Tern"}, Kind: directory.MigrantWorker}); err != nil {
		t.Fatal(err)
	}
	o.begun("Harbour Workshop")
	for _, test := range []struct{ query, name, about string }{
		{"what=person&q=alma&in=en", "Alma Tern", "Migrant worker"}, {"what=event&q=harb&in=en", "Harbour Workshop", ""},
	} {
		var list []picked
		if err := json.Unmarshal(o.get(sala.Editor, "/studio/events/pick?"+test.query).Body.Bytes(), &list); err != nil || len(list) != 1 {
			t.Errorf("%s: %+v, %v", test.query, list, err)
			continue
		}
		if list[0].Name != test.name || !strings.Contains(list[0].About, test.about) {
			t.Errorf("%s: %+v", test.query, list[0])
		}
	}
	o.sees(o.get(sala.Editor, "/studio/events/pick?what=desk&q=a"), 404)
	o.sees(o.get(sala.Translator, "/studio/events/pick?what=person&q=alma"), 404)
}
