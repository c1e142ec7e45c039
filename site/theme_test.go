package site_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/tracker"
)

// A matter is a theme of its own, with what bears it.
type matter struct {
	theme, below, merged sala.ID
	withdrawn            sala.ID  // a work
	works, events, asks  []string // addresses, public
	all                  []string
}

// matter makes a theme with one below it and one merged into it, and more of
// every sort than a stretch holds; also what nobody may find.
func (w *world) matter(t *testing.T) matter {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var m matter
	term := func(label string, parent sala.ID) sala.ID {
		t.Helper()
		id, err := w.archive.NewTerm(ctx, editor, archive.Term{Vocabulary: archive.Theme, Parent: parent, Labels: sala.Text{"en": label}})
		must(err)
		return id
	}
	m.theme = term("Harbour life", "")
	m.below, m.merged = term("Piers", m.theme), term("Quays", "")
	w.person(t, "Canaryrole Htun", "", directory.RoleOnly, directory.MigrantWorker)
	bears := []sala.ID{m.theme, m.below, m.merged}

	list, err := w.archive.Works(ctx, archive.Filter{Limit: 100})
	must(err)
	for i, found := range list.Works[:4] {
		work, err := w.archive.DeskWork(ctx, editor, found.ID)
		must(err)
		work.Terms = []sala.ID{bears[i%3]}
		must(w.archive.Describe(ctx, editor, work.Changed, work))
		if i < 3 {
			e := in(found, "en")
			if e.ID == "" {
				e = found.Editions[0]
			}
			m.works = append(m.works, address(e))
			continue
		}
		m.withdrawn = found.ID
		for _, e := range found.Editions {
			must(w.archive.Withdraw(ctx, editor, e.ID, "test"))
		}
	}
	for i := range 25 {
		held := span(fmt.Sprint(1996+i), "")
		if i == 0 {
			held = sala.Span{} // not stated
		}
		e := w.publish(t, event.Event{Title: sala.Text{"en": fmt.Sprint("Harbour day ", i, " with Canaryrole Htun")}, Type: event.Meeting, Held: held, Terms: []sala.ID{bears[i%3]}})
		m.events = append(m.events, "/en/events/"+e.Slug)
	}
	_, err = w.events.Create(ctx, editor, event.Event{Title: sala.Text{"en": "Canarydraft event"}, Type: event.Meeting, Terms: bears})
	must(err)
	gone := w.publish(t, event.Event{Title: sala.Text{"en": "Canarygone event"}, Type: event.Meeting, Terms: bears})
	must(w.events.Withdraw(ctx, editor, gone.ID, gone.Version, "test"))

	source := tracker.Source{Name: sala.Text{"en": "A paper"}}
	for i := range 24 {
		title := fmt.Sprint("Ask ", i, " of Canaryrole Htun")
		if i >= 22 {
			title = "Canarydraft ask"
		}
		id, err := w.tracker.New(ctx, editor, tracker.Recommendation{
			Title: sala.Text{"en": title}, Words: sala.Text{"en": title}, Original: "en", Asked: day(fmt.Sprint(2000 + i)), Source: source,
			Addressed: []tracker.Party{{Said: sala.Text{"en": "A port"}}}, Terms: []sala.ID{bears[i%3]},
		})
		must(err)
		if i != 22 {
			must(w.tracker.Publish(ctx, editor, id))
		}
		if i == 23 {
			must(w.tracker.Withdraw(ctx, editor, id, "test"))
		}
		if i < 22 {
			r, err := w.tracker.Public(ctx, id)
			must(err)
			m.asks = append(m.asks, "/en/recommendations/"+r.Slug)
		}
	}
	must(w.archive.MergeTerms(ctx, editor, m.merged, m.theme))

	measure, err := w.tracker.SetMeasure(ctx, editor, tracker.Measure{What: sala.Text{"en": "Boats in the harbour"}})
	must(err)
	for i, value := range []string{"4711", "815", "1234567"} {
		f := tracker.Figure{Measure: measure, Value: value, Source: tracker.Source{Work: list.Works[[]int{0, 3, 5}[i]].ID}} // one of the theme, one withdrawn, one of none
		id, err := w.tracker.SetFigure(ctx, editor, f)
		must(err)
		must(w.tracker.ShowFigure(ctx, editor, id, true, ""))
	}
	m.all = slices.Concat(m.works, m.events, m.asks)
	return m
}

// listed walks a list from an address and returns what it leads to, in its
// order, and the years it names.
func (w *world) listed(t *testing.T, next string) (found, years []string) {
	t.Helper()
	link := regexp.MustCompile(`<h3[^>]*><a href="([^"?]+)`)
	year := regexp.MustCompile(`<section class="year"><h2>([^<]+)</h2>`)
	for next != "" {
		body := w.body(t, next)
		for _, m := range link.FindAllStringSubmatch(body, -1) {
			found = append(found, m[1])
		}
		for _, m := range year.FindAllStringSubmatch(body, -1) {
			if len(years) == 0 || years[len(years)-1] != m[1] {
				years = append(years, m[1])
			}
		}
		next = ""
		if m := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(body); m != nil {
			next = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	return found, years
}

// TestTheme gathers everything once, in one line of time, whatever its sort.
func TestTheme(t *testing.T) {
	w := open(t)
	m := w.matter(t)
	const at = "/en/themes/harbour-life"
	for show, want := range map[string][]string{"": m.all, "?show=works": m.works, "?show=events": m.events, "?show=asks": m.asks} {
		got, years := w.listed(t, at+show)
		if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))); diff != "" {
			t.Errorf("%s lists (-want +got):\n%s", at+show, diff)
		}
		if show == "" || show == "?show=events" {
			if last := years[len(years)-1]; last != "No date" {
				t.Errorf("%s ends with %q", at+show, last)
			}
			years = years[:len(years)-1]
		}
		if !slices.IsSortedFunc(years, func(a, b string) int { return strings.Compare(b, a) }) {
			t.Errorf("%s tells of the years in the order %v", at+show, years)
		}
	}
	body := w.body(t, at)
	for _, want := range []string{
		fmt.Sprintf("All</a> <span class=\"n\">%d<", len(m.all)), `href="/en/themes/harbour-life/piers"`, "4,711", "22 Proposed", "/en/recommendations/?theme=harbour-life&amp;state=proposed",
		`href="/en/archive/feed.atom?theme=harbour-life"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	for _, not := range []string{"815<", "1,234,567"} { // of a withdrawn work, of another
		if strings.Contains(body, not) {
			t.Errorf("%q is on the page", not)
		}
	}
	if below, _ := w.listed(t, at+"/piers"); len(below) == 0 || len(below) >= len(m.all) {
		t.Errorf("the theme below has %d of %d", len(below), len(m.all))
	}
	if body := w.body(t, "/en/themes/"); !strings.Contains(body, at+`"`) || !strings.Contains(body, fmt.Sprintf("%d records · %d events · %d recommendations", len(m.works), len(m.events), len(m.asks))) {
		t.Error("the list of themes does not count this one")
	}
	if body := w.body(t, "/en/recommendations/?theme=harbour-life"); !strings.Contains(body, "22 recommendations") {
		t.Error("the ledger does not find those of the merged theme")
	}
	for _, page := range []string{m.events[1], m.asks[1], m.works[0]} {
		if !strings.Contains(w.body(t, page), `href="/en/themes/harbour-life`) {
			t.Errorf("%s does not lead to its theme", page)
		}
	}
	for _, id := range []sala.ID{m.theme, m.merged} {
		if rec := w.get("/id/" + string(id)); rec.Code != 303 || rec.Header().Get("Location") != at {
			t.Errorf("/id/%s leads to %q", id, rec.Header().Get("Location"))
		}
	}
	for from, to := range map[string]string{"/en/themes": "/en/themes/", "/en/themes/quays": at, "/en/themes/harbour-life/": at, "/th/themes/quays?show=asks": "/th/themes/harbour-life?show=asks"} {
		if rec := w.get(from); rec.Code != 301 || rec.Header().Get("Location") != to {
			t.Errorf("%s: %d to %q", from, rec.Code, rec.Header().Get("Location"))
		}
	}
	id := string(sala.NewID())
	for _, bad := range []string{"?show=people", "?before=x", "?before=..", "?before=" + id, "?before=" + id + "..", "?before=." + id + ".", "?before=.." + id, "?before=....", "/nothing", "/nothing/"} {
		rec := w.get(at + bad)
		if to := rec.Header().Get("Location"); rec.Code == 301 { // a stroke at the end is taken off first
			rec = w.get(to)
		}
		if rec.Code != 404 {
			t.Errorf("%s: %d", bad, rec.Code)
		}
	}
}

// TestThemeData is read by machines, and by readers of every language.
func TestThemeData(t *testing.T) {
	w := open(t)
	m := w.matter(t)
	found := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindStringSubmatch(w.body(t, "/en/themes/harbour-life?show=asks"))
	if found == nil {
		t.Fatal("there is no data")
	}
	var data struct {
		Type       string `json:"@type"`
		MainEntity struct {
			NumberOfItems   int
			ItemListElement []struct{ URL string }
		}
	}
	if err := json.Unmarshal([]byte(found[1]), &data); err != nil {
		t.Fatal(err)
	}
	if data.Type != "CollectionPage" || data.MainEntity.NumberOfItems != len(m.asks) || len(data.MainEntity.ItemListElement) != 20 || data.MainEntity.ItemListElement[0].URL != "http://example.com"+m.asks[21] {
		t.Errorf("it says %+v", data)
	}
	sitemap := w.get("/sitemap.xml").Body.String()
	for _, lang := range demoLangs {
		for _, rest := range []string{"/themes/", "/themes/harbour-life", "/themes/harbour-life/piers"} {
			if body := w.body(t, "/"+string(lang)+rest); strings.Contains(body, ">theme.") {
				t.Errorf("/%s%s shows a key", lang, rest)
			}
			if !strings.Contains(sitemap, "/"+string(lang)+rest+"<") {
				t.Errorf("/%s%s is not in the site map", lang, rest)
			}
		}
	}
	if body := w.body(t, "/th/themes/harbour-life"); !strings.Contains(body, `<h1 lang="en">Harbour life</h1>`) || !strings.Contains(body, `href="/en/events/harbour-day-`) || !strings.Contains(body, "?hl=th") {
		t.Error("what is not in Thai does not open in the reader's interface")
	}
	if !strings.Contains(w.body(t, "/en/themes/harbour-life?show=asks"), `content="noindex"`) {
		t.Error("a part of the list has an address of its own for search engines")
	}
}

// TestThemeHidden: what is not public, and who may not be named, is found on
// no page of a theme; a theme that nothing public bears is not listed.
func TestThemeHidden(t *testing.T) {
	w := open(t)
	m := w.matter(t)
	if _, err := w.archive.NewTerm(t.Context(), editor, archive.Term{Vocabulary: archive.Theme, Labels: sala.Text{"en": "Canaryempty"}}); err != nil {
		t.Fatal(err)
	}
	gone, err := w.archive.DeskWork(t.Context(), editor, m.withdrawn)
	if err != nil {
		t.Fatal(err)
	}
	secrets := []string{"Canaryrole", "Canarydraft", "canarydraft", "Canarygone", "canarygone", "Canaryempty", "canaryempty"} // the address of an event is said as it was typed
	for _, e := range gone.Editions {
		secrets = append(secrets, e.Title, "/"+e.Slug)
	}
	for _, lang := range []string{"en", "th", "my"} {
		for _, rest := range []string{"", "harbour-life", "harbour-life?show=works", "harbour-life?show=events", "harbour-life?show=asks", "harbour-life/piers"} {
			body := w.body(t, "/"+lang+"/themes/"+rest)
			if m := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(body); m != nil {
				body += w.body(t, strings.ReplaceAll(m[1], "&amp;", "&"))
			}
			for _, secret := range secrets {
				if strings.Contains(body, secret) {
					t.Errorf("/%s/themes/%s tells of %s", lang, rest, secret)
				}
			}
		}
	}
	if strings.Contains(w.get("/sitemap.xml").Body.String(), "canaryempty") {
		t.Error("the site map names an empty theme")
	}
}

// TestProjects has what bears a project in one line of time, as themes have.
func TestProjects(t *testing.T) {
	w := open(t)
	at := "/en/projects/mekong-to-japan"
	body := w.body(t, at)
	for _, want := range []string{"<h1>From the Mekong to Japan</h1>", "/en/2018/", "/en/2019/", `href="/en/projects/"`, "/en/archive/feed.atom?project=mekong-to-japan"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of a project lacks %q", want)
		}
	}
	if i, j := strings.Index(body, ">2019<"), strings.Index(body, ">2018<"); i < 0 || j < i {
		t.Errorf("its years stand at %d and %d, want the newest first", i, j)
	}
	if home := w.body(t, "/en/"); !strings.Contains(home, `href="/en/projects/"`) {
		t.Error("no menu leads to the projects")
	}
	for _, address := range []string{"/my/projects/", "/th/projects/mekong-to-japan", "/en/recommendations/?project=mekong-to-japan", "/en/archive/?project=mekong-to-japan"} {
		if code := w.get(address).Code; code != 200 {
			t.Errorf("%s: %d", address, code)
		}
	}
	if sitemap := w.get("/sitemap.xml").Body.String(); !strings.Contains(sitemap, "/km/projects/mekong-to-japan<") {
		t.Error("a project is not in the site map")
	}
	if code := w.get("/en/projects/recruitment-fees").Code; code != 404 {
		t.Errorf("a theme as a project: %d", code)
	}
}
