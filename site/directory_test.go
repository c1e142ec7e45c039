package site_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sala"
	"sala/directory"
	"sala/event"
)

// people are a small directory: a ministry with an office, a shelter that must
// not be found, an official, an advocate and a returnee.
type people struct {
	ministry, office, shelter, official, advocate, returnee sala.ID
}

func (w *world) directed(t testing.TB) (p people) {
	t.Helper()
	s, ctx := w.people, t.Context()
	organisation := func(o directory.Organisation) sala.ID {
		t.Helper()
		id, err := s.AddOrganisation(ctx, editor, o)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	person := func(one directory.Person) sala.ID {
		t.Helper()
		id, err := s.AddPerson(ctx, editor, one)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	p.ministry = organisation(directory.Organisation{Name: sala.Text{"en": "Ministry of Piers", "th": "กระทรวงท่าเรือ"}, Short: sala.Text{"en": "MOP"}, Kind: directory.Ministry, Country: "th"})
	p.office = organisation(directory.Organisation{Name: sala.Text{"en": "Office of Quays"}, Kind: directory.Department, Country: "th", Parent: p.ministry})
	p.shelter = organisation(directory.Organisation{
		Name: sala.Text{"en": "Harbour House"}, Kind: directory.NGO, Country: "kh", Countries: []string{"th"}, Langs: []sala.Lang{"km", "en"}, Services: []directory.Service{directory.Shelter},
		Ties: []directory.Tie{{Relation: directory.Member, Since: sala.Day{Year: 2003}}}, Reach: directory.ReachWeb, Safely: sala.Text{"en": "Send a message first."},
		Contact: directory.Contact{Web: "https://harbour.example", Phone: "012 999 888", Place: "12 Secret Lane"}, Note: "the door is green",
	})
	organisation(directory.Organisation{Name: sala.Text{"en": "Unlisted Circle"}, Kind: directory.Community, Unlisted: true})
	p.official = person(directory.Person{
		Name: sala.Text{"en": "Somchai Piers", "th": "สมชาย ท่าเรือ"}, Kind: directory.Official, Country: "th", Note: "shy",
		Posts: []directory.Post{{Organisation: p.ministry, Role: sala.Text{"en": "Director"}, Since: sala.Day{Year: 2018}}},
	})
	p.advocate = person(directory.Person{Name: sala.Text{"en": "Dara Quay"}, Kind: directory.Advocate, Country: "kh"})
	p.returnee = person(directory.Person{Name: sala.Text{"en": "Nary Sea"}, Kind: directory.MigrantWorker, Posts: []directory.Post{{Organisation: p.ministry, Role: sala.Text{"en": "Cleaner"}}}})
	e := event.Event{
		Title: sala.Text{"en": "A day at the piers"}, Type: event.Workshop, Held: sala.Span{From: sala.Day{Year: 2018, Month: 3, Day: 4}, To: sala.Day{Year: 2018, Month: 3, Day: 4}},
		Parties: []event.Party{{Part: event.Host, Organisation: p.ministry}},
		Appearances: []event.Appearance{
			{Person: p.official, Role: event.Moderator, Position: sala.Text{"en": "Deputy Director"}, Organisation: p.ministry},
			{Person: p.advocate, Role: event.Speaker}, {Person: p.returnee, Role: event.Speaker},
		},
	}
	e, err := event.NewStore(w.db).Create(ctx, editor, e)
	if err == nil {
		err = event.NewStore(w.db).Publish(ctx, editor, e.ID, e.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestProfiles tells of people who are shown in full and of listed
// organisations, in every language, and of nobody else.
func TestProfiles(t *testing.T) {
	w := open(t)
	p := w.directed(t)
	sees := func(path string, texts ...string) string {
		t.Helper()
		rec := w.get(path)
		body := strings.ReplaceAll(rec.Body.String(), "<wbr>", "")
		if rec.Code != 200 {
			t.Fatalf("%s: %d", path, rec.Code)
		}
		for _, text := range texts {
			if !strings.Contains(body, text) {
				t.Errorf("%s lacks %q", path, text)
			}
		}
		for _, secret := range []string{"Nary", "Cleaner", "Secret Lane", "999 888", "door is green", "shy", "Unlisted Circle"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s tells %q", path, secret)
			}
		}
		return body
	}
	sees("/en/people/", "Somchai Piers", "Dara Quay", "Director, Ministry of Piers")
	sees("/th/people/", "สมชาย ท่าเรือ")
	for _, list := range []string{"/en/people/", "/th/organisations/", "/my/archive/", "/en/events/", "/km/recommendations/"} { // on a telephone
		sees(list, `href="#narrow"`, `id="narrow"`)
	}
	if _, err := w.people.AddPerson(t.Context(), editor, directory.Person{Name: sala.Text{"en": "Zaw Tide"}, Kind: directory.OtherPerson}); err != nil {
		t.Fatal(err)
	}
	if body := sees("/en/people/zaw-tide", "Zaw Tide"); strings.Contains(body, `class="kind"`) {
		t.Error("who is of no kind that has a name is called by one")
	}
	sees("/en/organisations/", "Ministry of Piers", "Harbour House", "Member", "speaks Khmer and English", "Shelter")
	if body := sees("/en/organisations/?country=th&kind=ngo", "Harbour House"); strings.Contains(body, "Ministry of Piers") {
		t.Error("narrowed, and the ministry is there")
	}
	sees("/en/organisations/?country=zz", "Nothing matches")
	sees("/en/people/somchai-piers", "Director", "from 2018", "A day at the piers", "moderator, Deputy Director, Ministry of Piers", "Dara Quay", `"@type":"Person"`, "/id/"+string(p.official))
	sees("/en/organisations/ministry-of-piers", "MOP", "Office of Quays", "hosted it", "Somchai Piers", `"@type":"Organization"`)
	sees("/en/organisations/harbour-house", "harbour.example", "Not all contact details are shown", "Send a message first.", "from 2003")
	for _, l := range []string{"en", "my", "th", "km", "lo", "vi", "ja"} {
		sees("/"+l+"/people/somchai-piers", `hreflang="`+l+`"`)
		sees("/" + l + "/organisations/harbour-house")
	}
	for path, want := range map[string]int{
		"/en/people/nary-sea": 404, "/en/people/nary-sea.csv": 404, "/en/organisations/unlisted-circle": 404, "/en/people/x/y": 404, "/en/people/no-such": 404,
		"/en/people": 301, "/en/organisations": 301, "/id/" + string(p.official): 303, "/id/" + string(p.ministry): 303, "/id/" + string(p.returnee): 404,
	} {
		if rec := w.get(path); rec.Code != want {
			t.Errorf("%s: %d, want %d", path, rec.Code, want)
		}
	}
	// The tables hold what the pages do.
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.get("/en/organisations.csv?service=shelter").Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][2] != "Harbour House" || !slices.Contains(rows[1], "km; en") || slices.Contains(rows[1], "012 999 888") {
		t.Errorf("table %v, %v", rows, err)
	}
	described := w.get("/th/organisations.csv-metadata.json").Body.String()
	for _, column := range rows[0] {
		if column = strings.TrimPrefix(column, "\ufeff"); !strings.Contains(described, `"name": "`+column+`"`) {
			t.Errorf("the column %s is not described in %s", column, described)
		}
	}
	if link := w.get("/th/organisations.csv").Header().Get("Link"); !strings.Contains(link, "<http://example.com/th/organisations.csv-metadata.json>; rel=\"describedby\"") || !strings.Contains(described, `"url": "http://example.com/th/organisations.csv"`) {
		t.Errorf("the table does not lead to what describes it: %q", link)
	}
	rows, err = csv.NewReader(strings.NewReader(strings.TrimPrefix(w.get("/en/people/somchai-piers.csv").Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][4] != "2018-03-04" || !strings.Contains(rows[1][7], "Deputy Director") {
		t.Errorf("timeline %v, %v", rows, err)
	}
	for _, part := range strings.Split(w.get("/en/people/somchai-piers").Body.String(), `<script type="application/ld+json">`)[1:] {
		data, _, _ := strings.Cut(part, "</script>")
		if !json.Valid([]byte(data)) {
			t.Errorf("JSON-LD %s", data)
		}
	}
	if body := w.get("/sitemap.xml").Body.String(); !strings.Contains(body, "/km/people/somchai-piers") || strings.Contains(body, "nary") {
		t.Error("the site map lacks somebody, or tells too much")
	}

	finds := func(q, href string) bool {
		return strings.Contains(w.get("/en/search?q="+url.QueryEscape(q)).Body.String(), href)
	}
	for q, href := range map[string]string{"สมชาย ท่าเรือ": "/people/somchai-piers", "harbour house": "/organisations/harbour-house", "MOP": "/organisations/ministry-of-piers"} {
		if !finds(q, href) {
			t.Errorf("%q does not find %s", q, href)
		}
	}
	if finds("nary sea", "/people/nary-sea") || finds("unlisted circle", "unlisted-circle") {
		t.Error("somebody without a page is found")
	}

	// One change, and the page, the list, the timeline and what others say are
	// another.
	if err := w.people.Show(t.Context(), editor, p.official, directory.Hidden); err != nil {
		t.Fatal(err)
	}
	if rec := w.get("/en/people/somchai-piers"); rec.Code != http.StatusNotFound {
		t.Errorf("hidden: %d", rec.Code)
	}
	if finds("somchai piers", "/people/somchai-piers") || finds("สมชาย ท่าเรือ", "/people/somchai-piers") {
		t.Error("hidden, and found")
	}
	for _, path := range []string{"/en/people/", "/th/people/", "/en/people.csv", "/en/organisations/ministry-of-piers", "/en/people/dara-quay", "/en/events/a-day-at-the-piers", "/sitemap.xml", "/en/events.csv"} {
		if body := w.get(path).Body.String(); strings.Contains(body, "Somchai") || strings.Contains(body, "สมชาย") || strings.Contains(body, "Deputy Director") {
			t.Errorf("hidden, and %s tells of him", path)
		}
	}
	// An old address leads on.
	o, err := w.people.Organisation(t.Context(), editor, p.shelter)
	if err != nil {
		t.Fatal(err)
	}
	o.Slug = "haven"
	if err := w.people.ChangeOrganisation(t.Context(), editor, o, o.Changed); err != nil {
		t.Fatal(err)
	}
	if to := w.get("/km/organisations/harbour-house").Header().Get("Location"); to != "/km/organisations/haven" {
		t.Errorf("an old address leads to %q", to)
	}
	if rec := w.get("/en/organisations/" + url.PathEscape("<script>")); rec.Code != 404 || strings.Contains(rec.Body.String(), "<script>") {
		t.Errorf("an odd address: %d", rec.Code)
	}
}
