package studio

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/internal/richtext"
	"sala/search"
)

// withDirectory gives a door the directory.
func withDirectory(o *door, c *Config) {
	c.Directory = directory.NewStore(c.DB)
	c.Search = search.New(c.DB, search.Works{Archive: c.Archive})
	c.Search.Cover(c.Directory)
}

// entryAt is the id in the address that a form led to.
func entryAt(t *testing.T, location string) sala.ID {
	t.Helper()
	id := anID.FindString(location)
	if id == "" {
		t.Fatalf("led to %q", location)
	}
	return sala.ID(id)
}

// fill sends a form as an editor does.
func (o *door) fill(address string, form url.Values) *httptest.ResponseRecorder {
	o.t.Helper()
	return o.send(sala.Editor, "POST", address, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// TestDirectoryForEditors answers others as if it were not there.
func TestDirectoryForEditors(t *testing.T) {
	o := opened(t, withDirectory)
	for _, role := range []sala.Role{sala.Contributor, sala.Translator} {
		for _, address := range []string{"/studio/directory/people", "/studio/directory/organisations", "/studio/directory/people/new", "/studio/directory/find?what=person&q=a"} {
			if w := o.get(role, address); w.Code != http.StatusNotFound {
				t.Errorf("%s as %s: %d", address, role, w.Code)
			}
		}
		if strings.Contains(o.get(role, "/studio/").Body.String(), "/studio/directory/") {
			t.Errorf("%s is led to the directory", role)
		}
	}
	if w := o.get(sala.Editor, "/studio/directory/animals"); w.Code != http.StatusNotFound {
		t.Errorf("another half: %d", w.Code)
	}
}

func TestPersonScreens(t *testing.T) {
	o := opened(t, withDirectory)
	o.sees(o.get(sala.Editor, "/studio/directory/people"), 200, "People", "Add a person")
	w := o.fill("/studio/directory/organisations", url.Values{
		"name-en": {"Kyoto University"}, "short-en": {"KU"}, "kind": {"university"}, "country": {"Japan"}, "listed": {"1"}, "lang": {"en", "th"}, "service": {"learning"},
		"tie": {"partner", ""}, "tie_since": {"2561", ""}, "tie_until": {"", ""}, "reach": {"web"}, "web": {"https://example.org"}, "countries": {"jp, TH"},
	})
	kyoto := entryAt(t, w.Header().Get("Location"))
	u, err := o.Directory.Organisation(t.Context(), sala.Machine("test"), kyoto)
	if err != nil || u.Ties[0].Since.Year != 2018 || u.Unlisted || len(u.Langs) != 2 || u.Countries[1] != "th" || u.Reach != directory.ReachWeb {
		t.Errorf("organisation %+v, %v", u, err)
	}
	o.sees(o.get(sala.Editor, "/studio/directory/organisations/"+string(kyoto)), 200, "Kyoto University", "Readers see the website only")
	o.sees(o.get(sala.Editor, "/studio/directory/people/new?name="+url.QueryEscape("สมชาย ใจดี")), 200, `value="สมชาย ใจดี"`)

	form := url.Values{
		"name-en": {"Asato Wako"}, "kind": {"academic"}, "showing": {""}, "aliases": {"Wako Asato\r\nProf. Asato"}, "country": {"jp"},
		"post": {"KU", "", ""}, "post_role": {"Associate Professor", "", ""}, "post_since": {"2010-04", "", ""}, "post_until": {"", "", ""},
		"tie": {""}, "tie_since": {""}, "tie_until": {""},
	}
	w = o.fill("/studio/directory/people", form)
	wako := entryAt(t, w.Header().Get("Location"))
	p, err := o.Directory.Person(t.Context(), sala.Machine("test"), wako)
	if err != nil || len(p.Posts) != 1 || p.Posts[0].Organisation != kyoto || p.Posts[0].Since.Month != 4 || len(p.Aliases) != 2 {
		t.Fatalf("person %+v, %v", p, err)
	}
	page := o.get(sala.Editor, "/studio/directory/people/"+string(wako)).Body.String()
	_, rest, _ := strings.Cut(page, `name="seen" value="`)
	seen, _, _ := strings.Cut(rest, `"`)

	// What is wrong is said beside its field, with what was typed.
	bad := url.Values{}
	for k, v := range form {
		bad[k] = v
	}
	bad["name-en"], bad["showing"], bad["post"], bad["country"], bad["seen"] = []string{""}, []string{"first"}, []string{"Nowhere College", "", ""}, []string{"jpn!"}, []string{seen}
	o.sees(o.fill("/studio/directory/people/"+string(wako), bad), 422, "Nowhere College", "Nobody in the directory is called that")
	bad["post"] = []string{"", "", ""}
	bad["post_role"], bad["post_since"] = []string{"", "", ""}, []string{"", "", ""}
	o.sees(o.fill("/studio/directory/people/"+string(wako), bad), 422, "A name in one language is needed", "names are never split", "No country is called that", "jpn!")

	form.Set("seen", seen)
	form.Set("note", "met in Yangon")
	if w := o.fill("/studio/directory/people/"+string(wako), form); w.Code != http.StatusSeeOther {
		t.Fatalf("save: %d", w.Code)
	}
	form.Set("note", "typed too late")
	o.sees(o.fill("/studio/directory/people/"+string(wako), form), http.StatusConflict, "typed too late", "Somebody else has changed this entry")

	// The picker finds by any spelling, and adds.
	var found []picked
	if err := json.Unmarshal(o.get(sala.Editor, "/studio/directory/find?what=person&q=wako+asato").Body.Bytes(), &found); err != nil || len(found) != 1 || found[0].ID != wako {
		t.Errorf("picked %+v, %v", found, err)
	}
	w = o.fill("/studio/directory/find", url.Values{"what": {"person"}, "name": {"Wako Asato"}, "kind": {"official"}})
	var made picked
	if err := json.Unmarshal(w.Body.Bytes(), &made); err != nil || made.ID == "" {
		t.Fatalf("added %s, %v", w.Body, err)
	}
	if w := o.fill("/studio/directory/find", url.Values{"what": {"person"}, "name": {" "}, "kind": {"official"}}); w.Code != 422 {
		t.Errorf("nobody added: %d", w.Code)
	}
	o.sees(o.get(sala.Editor, "/studio/directory/people"), 200, "may be one and the same")
	o.sees(o.get(sala.Editor, "/studio/directory/people/"+string(made.ID)), 200, "These may be the same")

	at := "/studio/directory/people/" + string(made.ID)
	o.sees(o.fill(at+"/merge", url.Values{"into": {string(made.ID)}}), 422, "cannot be merged into itself")
	o.sees(o.fill(at+"/merge", url.Values{"into": {""}}), 422, "Nobody in the directory")
	if w := o.fill(at+"/merge", url.Values{"into": {string(wako)}}); w.Code != http.StatusSeeOther {
		t.Fatalf("merge: %d", w.Code)
	}
	if w := o.get(sala.Editor, at); w.Header().Get("Location") != "/studio/directory/people/"+string(wako) {
		t.Errorf("a merged entry leads to %q", w.Header().Get("Location"))
	}
	o.sees(o.get(sala.Editor, "/studio/directory/people/"+string(wako)), 200, "Split off again", "took in another")
	if w := o.fill(at+"/split", nil); w.Code != http.StatusSeeOther {
		t.Errorf("split: %d", w.Code)
	}
	o.sees(o.get(sala.Editor, at), 200, "split off again")
}

// TestNamingAddresses warns of an address that says a protected name.
func TestNamingAddresses(t *testing.T) {
	o := opened(t, withDirectory)
	editor := sala.Machine("test")
	work, edition, err := o.Archive.Begin(t.Context(), editor, archive.Statement, "en", "Tun Lin speaks of the sea")
	if err != nil {
		t.Fatal(err)
	}
	text, _ := richtext.FromMarkdown("Words.", richtext.HTMLOptions{Seed: "s"})
	if _, err := o.Archive.Revise(t.Context(), editor, edition, 0, archive.Text{Title: "Tun Lin speaks of the sea", Body: text}); err != nil {
		t.Fatal(err)
	}
	if err := o.Archive.Publish(t.Context(), editor, edition); err != nil {
		t.Fatal(err)
	}
	id, err := o.Directory.AddPerson(t.Context(), sala.Machine("test"), directory.Person{Name: sala.Text{"en": "Tun Lin"}, Kind: directory.MigrantWorker})
	if err != nil {
		t.Fatal(err)
	}
	o.sees(o.get(sala.Editor, "/studio/directory/people/"+string(id)), 200, "tun-lin-speaks-of-the-sea", "/studio/works/"+string(work))
	if err := o.Directory.Show(t.Context(), sala.Machine("test"), id, directory.InFull); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(o.get(sala.Editor, "/studio/directory/people/"+string(id)).Body.String(), "tun-lin-speaks") {
		t.Error("warns of somebody who may be named")
	}
}

// TestSeenAs holds that an entry leads to its public page only where there is
// one, and says what readers see otherwise.
func TestSeenAs(t *testing.T) {
	o := opened(t, withDirectory)
	for _, test := range []struct {
		showing directory.Showing
		first   string
		says    string
	}{
		{directory.InFull, "", "As readers see it"},
		{directory.FirstName, "Alma", "Readers see “Alma”, and no page."},
		{directory.RoleOnly, "", "Readers see “an advocate”, and no page."},
		{directory.Hidden, "", "Readers are told nothing"},
	} {
		p := directory.Person{Name: sala.Text{"en": "Alma " + string(test.showing)}, Kind: directory.Advocate, Showing: test.showing}
		if test.first != "" {
			p.First = sala.Text{"en": test.first}
		}
		id, err := o.Directory.AddPerson(t.Context(), by(sala.Editor), p)
		if err != nil {
			t.Fatal(err)
		}
		w := o.get(sala.Editor, entryPath(sala.Ref{Kind: sala.KindPerson, ID: id}))
		o.sees(w, 200, test.says)
		if led := strings.Contains(w.Body.String(), `href="/id/`+string(id)); led != (test.showing == directory.InFull) {
			t.Errorf("%s leads to a page: %t", test.showing, led)
		}
	}
}
