package site_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/directory"
	"sala/event"
	"sala/internal/i18n"
)

// day and span read days as tests write them.
func day(s string) sala.Day {
	d, err := sala.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func span(from, to string) sala.Span { return sala.Span{From: day(from), To: day(to)} }

// A gathering is an event with people of every showing in it.
type gathering struct {
	event                     event.Event
	ministry, network         sala.ID
	full, first, role, hidden sala.ID
	report                    sala.ID
}

// secrets are words that no reader may find: names, positions and
// affiliations of those who are not shown in full.
var secrets = []string{"Canaryfamily", "Canaryrole", "Canaryhidden", "Canaryposition", "Canaryaffiliation", "Canarydraft"}

func (w *world) person(t *testing.T, name, first string, showing directory.Showing, kind directory.PersonKind) sala.ID {
	t.Helper()
	id, err := w.people.AddPerson(t.Context(), editor, directory.Person{Name: sala.Text{"en": name}, First: sala.Text{"en": first}, Kind: kind, Showing: showing})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (w *world) organisation(t *testing.T, name string, kind directory.OrganisationKind) sala.ID {
	t.Helper()
	id, err := w.people.AddOrganisation(t.Context(), editor, directory.Organisation{Name: sala.Text{"en": name}, Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// gather makes a public event and returns it.
func (w *world) gather(t *testing.T) gathering {
	t.Helper()
	g := gathering{
		ministry: w.organisation(t, "Ministry of Harbours", directory.Ministry), network: w.organisation(t, "Tern Network", directory.Network),
		full:   w.person(t, "Alma Tern", "", directory.InFull, directory.Official),
		first:  w.person(t, "Bela Canaryfamily", "Bela", directory.FirstName, directory.Advocate),
		role:   w.person(t, "Celi Canaryrole", "", directory.ByKind, directory.MigrantWorker),
		hidden: w.person(t, "Dora Canaryhidden", "", directory.Hidden, directory.Advocate),
		report: w.some(t, "en").ID,
	}
	opening, panel := sala.NewID(), sala.NewID()
	secretly := func(person sala.ID) event.Appearance {
		return event.Appearance{
			Session: panel, Person: person, Role: event.Panellist, Position: sala.Text{"en": "Canaryposition"}, Affiliation: sala.Text{"en": "Canaryaffiliation"},
		}
	}
	e := event.Event{
		Title: sala.Text{"en": "Harbour Workshop, with Dora Canaryhidden", "my": "ဆိပ်ကမ်း အလုပ်ရုံဆွေးနွေးပွဲ၊ ကုန်သည်များ; နှင့် အလုပ်သမားများ ရွှေ့ပြောင်းသွားလာမှုဆိုင်ရာ ညှိနှိုင်းဆွေးနွေးပွဲ"},
		About: sala.Text{"en": "Why it was held.\nAnd more."}, Type: event.Workshop, Held: span("2018-10-15", "2018-10-16"), Start: "09:00", End: "16:30",
		Venue: sala.Text{"en": "Lighthouse; Hall, B"}, City: sala.Text{"en": "Yangon", "my": "ရန်ကုန်"}, Country: "mm", Spoken: []sala.Lang{"en", "my"}, Interpreted: []sala.Lang{"ja"},
		Parties: []event.Party{{Part: event.Organiser, Organisation: g.network}, {Part: event.Funder, Name: sala.Text{"en": "A fund the directory lacks"}}},
		Present: []event.Present{
			{Organisation: g.ministry, Sector: sala.Government, Country: "mm"}, {Name: sala.Text{"en": "overseas agencies"}, Several: true, Sector: sala.Private, Country: "jp"},
		},
		Sessions: []event.Session{
			{ID: opening, Title: sala.Text{"en": "First plenary"}, Kind: event.Plenary, Day: day("2018-10-15"), Start: "09:00", End: "10:30"},
			{ID: panel, Title: sala.Text{"en": "What Celi Canaryrole saw"}, Kind: event.Panel, Day: day("2018-10-16")},
		},
		Appearances: []event.Appearance{
			{Session: opening, Person: g.full, Role: event.Speaker, Position: sala.Text{"en": "Harbour Master"}, Affiliation: sala.Text{"en": "Ministry of Harbours"}, Organisation: g.ministry},
			secretly(g.first), secretly(g.role), secretly(g.hidden),
			{Session: panel, Described: sala.Text{"en": "sailors who came home"}, Role: event.Speaker},
		},
		Counts: []event.Count{
			{Value: 40, Qualifier: event.Over, Of: event.Participants, Source: event.Passage{Work: g.report, Lang: "en", Words: "Over 40 participants attended"}},
			{Value: 11, Qualifier: event.Exactly, Of: event.Countries},
			{Value: 5, Qualifier: event.Exactly, Of: event.Visitors, Source: event.Passage{Work: sala.NewID(), Words: "Canarydraft"}},
		},
		Materials: []event.Material{{Title: sala.Text{"en": "Harbour map"}, Kind: event.Slides, Lang: "en", Owner: "Tern Network", Licence: "CC-BY-4.0", Session: opening, Address: "https://example.org/map"}},
		Works:     []event.Telling{{Work: g.report, Stage: event.Report}},
	}
	g.event = w.publish(t, e)
	return g
}

func (w *world) publish(t *testing.T, e event.Event) event.Event {
	t.Helper()
	e, err := w.events.Create(t.Context(), editor, e)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.events.Publish(t.Context(), editor, e.ID, e.Version); err != nil {
		t.Fatal(err)
	}
	if e, err = w.events.Event(t.Context(), e.ID); err != nil {
		t.Fatal(err)
	}
	return e
}

// body fetches a page that must be there.
func (w *world) body(t *testing.T, path string, headers ...string) string {
	t.Helper()
	rec := w.get(path, headers...)
	if rec.Code != 200 {
		t.Fatalf("GET %s = %d", path, rec.Code)
	}
	return strings.ReplaceAll(rec.Body.String(), "<wbr>", "")
}

// eventAddresses are all places where an event stands.
func (w *world) eventAddresses(t *testing.T, g gathering) []string {
	t.Helper()
	slug := "/en/events/" + g.event.Slug
	return []string{
		slug, slug + "?print=programme", slug + "?print=proceedings", slug + ".ics", "/my/events/" + g.event.Slug, "/en/events/", "/my/events/", "/en/events/?year=2018&month=10",
		"/en/events.ics", "/my/events.ics", "/en/events.csv", "/en/events.json", "/en/events/feed.atom", "/en/events/feed.rss", "/en/events/feed.json",
		address(in(w.some(t, "en"), "en")), "/en/search?q=harbour+workshop",
	}
}

// TestNobodyShowsWhoMayNot looks for those who are not shown in full, at each
// place where the event is.
func TestNobodyShowsWhoMayNot(t *testing.T) {
	w := open(t)
	g := w.gather(t)
	for _, path := range w.eventAddresses(t, g) {
		body := w.body(t, path)
		for _, secret := range secrets {
			if strings.Contains(body, secret) {
				t.Errorf("GET %s shows %s", path, secret)
			}
		}
	}
	page := w.body(t, "/en/events/"+g.event.Slug)
	for _, want := range []string{"Alma Tern", "Harbour Master", "Bela</span>", "a migrant worker", "sailors who came home"} {
		if !strings.Contains(strings.ToLower(page), strings.ToLower(want)) {
			t.Errorf("the page lacks %q", want)
		}
	}
	// One change reaches every place at once.
	if err := w.people.Show(t.Context(), editor, g.full, directory.Hidden); err != nil {
		t.Fatal(err)
	}
	for _, path := range w.eventAddresses(t, g) {
		if body := w.body(t, path); strings.Contains(body, "Alma Tern") || strings.Contains(body, "Harbour Master") {
			t.Errorf("GET %s still shows somebody who was hidden", path)
		}
	}
}

// TestEventPage says everything on record about an event.
func TestEventPage(t *testing.T) {
	w := open(t)
	g := w.gather(t)
	child := w.publish(t, event.Event{Title: sala.Text{"en": "Evening screening"}, Type: event.Screening, Parent: g.event.ID})
	page := w.body(t, "/en/events/"+g.event.Slug)
	report := in(w.some(t, "en"), "en")
	for _, want := range []string{
		"15–16 October 2018", "09:00–16:30", "Asia/Yangon", "Lighthouse; Hall, B, Yangon, Myanmar", "over 40 participants", "11 countries", "Over 40 participants attended",
		"Organised by", "Tern Network", "Funded by", "A fund the directory lacks", "Government", "1 organisation named", "overseas agencies (Japan)", "English and Burmese", "Japanese",
		"First plenary", "Harbour map", "CC-BY-4.0", "https://example.org/map", "Evening screening", report.Title, "/id/" + string(g.event.ID), `<meta property="og:type" content="article"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if first := regexp.MustCompile(`(?s)</h1>.{0,300}`).FindString(page); !strings.Contains(first, "15–16 October 2018") || !strings.Contains(first, "Yangon, Myanmar") {
		t.Errorf("when and where do not stand below the title: %s", first)
	}
	if !strings.Contains(page, `<p class="printed wide small" translate="no">http://example.com/en/events/`+g.event.Slug) {
		t.Error("the page on paper does not say where it is from")
	}
	if sum := regexp.MustCompile(`\b(?:45|51|56|16) (?:participants|countries|visitors|people)`).FindString(page); sum != "" {
		t.Errorf("unlike counts are added up: %s", sum)
	}
	if body := w.body(t, address(report)); !strings.Contains(body, "/en/events/"+g.event.Slug) {
		t.Error("the report does not lead to its event")
	}
	if body := w.body(t, "/en/events/"+child.Slug); !strings.Contains(body, "Part of") || !strings.Contains(body, "/en/events/"+g.event.Slug) || !strings.Contains(body, "Date not stated") {
		t.Error("a part does not lead to the whole, or makes up a date")
	}
	programme := w.body(t, "/en/events/"+g.event.Slug+"?print=programme")
	if !strings.Contains(programme, "09:00–10:30") || !strings.Contains(programme, `<meta name="robots" content="noindex"`) || strings.Contains(programme, "Harbour map") {
		t.Error("the programme is not the programme")
	}
	if body := w.body(t, "/en/events/"+g.event.Slug+"?print=proceedings"); !strings.Contains(body, "Harbour map") || !strings.Contains(body, "Discussion:") {
		t.Error("the proceedings have no outline")
	}
	if rec := w.get("/en/events/" + g.event.Slug + "?print=money"); rec.Code != 404 {
		t.Errorf("?print=money = %d", rec.Code)
	}
	bib := w.get("/en/events/" + g.event.Slug + ".bib").Body.String()
	for _, want := range []string{"author = {{Tern Network}", "date = {2018-10-15}", "version = {" + sala.DayOf(g.event.Changed).String() + "}", "15–16 October 2018", "url = {http://example.com/en/events/" + g.event.Slug + "}"} {
		if !strings.Contains(bib, want) {
			t.Errorf("BibTeX lacks %q: %s", want, bib)
		}
	}
	if bib, ris := w.get("/en/events/"+child.Slug+".bib").Body.String(), w.get("/en/events/"+child.Slug+".ris").Body.String(); strings.Contains(bib, " date = ") || strings.Contains(ris, "PY  -") || !strings.Contains(ris, "Evening screening") {
		t.Errorf("an event without a day is cited with one: %s %s", bib, ris)
	}
	if rec := w.get("/id/" + string(g.event.ID)); rec.Code != 303 || rec.Header().Get("Location") != "/en/events/"+g.event.Slug {
		t.Errorf("/id = %d %s", rec.Code, rec.Header().Get("Location"))
	}
}

// TestEventLanguages answers in the best language there is, at its own
// address, with a notice in both.
func TestEventLanguages(t *testing.T) {
	w := open(t)
	g := w.gather(t)
	rec := w.get("/th/events/" + g.event.Slug)
	if rec.Code != 302 || rec.Header().Get("Location") != "/en/events/"+g.event.Slug+"?hl=th" {
		t.Fatalf("%d %s", rec.Code, rec.Header().Get("Location"))
	}
	body := w.body(t, rec.Header().Get("Location"))
	if !strings.Contains(body, "กิจกรรมนี้ยังไม่มีข้อมูลเป็นภาษาไทย") || !strings.Contains(body, "This event is not described in Thai") || !strings.Contains(body, `<html lang="th">`) {
		t.Error("there is no notice in both languages")
	}
	if body := w.body(t, "/my/events/"+g.event.Slug); !strings.Contains(body, "ဆိပ်ကမ်း") || strings.Contains(body, "This event is not described") || !strings.Contains(body, "၄၀") {
		t.Error("the Burmese page is not Burmese")
	}
	for _, l := range []sala.Lang{"en", "my", "th", "km", "lo", "vi", "ja"} {
		for _, path := range []string{"/events/", "/events/" + g.event.Slug + "?hl=" + string(l)} {
			at := "/" + string(l) + path
			if strings.Contains(path, "hl=") {
				at = "/en" + path
			}
			if body := w.body(t, at); strings.Contains(body, ">event.") {
				t.Errorf("%s is not said in %s whole", at, l)
			}
		}
	}
}

// TestEventList narrows and pages; what names nothing is not found.
func TestEventList(t *testing.T) {
	w := open(t)
	g := w.gather(t)
	for i := range 25 {
		w.publish(t, event.Event{Title: sala.Text{"en": fmt.Sprint("Forum ", i)}, Type: event.Forum, Country: "th", Held: span(fmt.Sprint(2000+i), "")})
	}
	w.publish(t, event.Event{Title: sala.Text{"en": "Some day"}, Type: event.Meeting})
	if _, err := w.events.Create(t.Context(), editor, event.Event{Title: sala.Text{"en": "Canarydraft"}, Type: event.Meeting, Country: "la"}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/en/events/": "27 events", "/en/events/?country=th": "25 events", "/en/events/?type=workshop": "1 event", "/en/events/?year=2018": "2 events",
		"/en/events/?year=2561": "2 events", "/en/events/?year=2018&month=10": "2 events", "/en/events/?year=2018&month=1": "1 event", "/en/events/?language=ja": "1 event",
		"/en/events/?organisation=" + string(g.network): "1 event", "/en/events/?organisation=" + string(sala.NewID()): "0 events", "/en/events/?country=la": "0 events",
	} {
		body := w.body(t, path)
		if !strings.Contains(body, want) || strings.Contains(body, "Canarydraft") {
			t.Errorf("GET %s lacks %q", path, want)
		}
	}
	for _, path := range []string{
		"?country=zz", "?country=TH%27", "?type=party", "?year=0", "?year=x", "?month=3", "?year=2018&month=13", "?organisation=x", "?before=x", "?before=" + string(sala.NewID()), "?language=nolanguageatall",
	} {
		if rec := w.get("/en/events/" + path); rec.Code != 404 {
			t.Errorf("GET /en/events/%s = %d", path, rec.Code)
		}
	}
	seen := map[string]bool{}
	next := "/en/events/"
	for next != "" {
		body := w.body(t, next)
		for _, href := range hrefs(body) {
			if strings.HasPrefix(href, "/en/events/") && !strings.Contains(href, "?") && href != "/en/events/" && !strings.Contains(href, "feed.") {
				seen[href] = true
			}
		}
		next = ""
		if m := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(body); m != nil {
			next = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	if len(seen) != 27 {
		t.Errorf("%d of 27 events were listed", len(seen))
	}
}

// contentLines undoes the folding of a calendar, checking each line as RFC
// 5545 asks.
func contentLines(t *testing.T, body string) []string {
	t.Helper()
	if !strings.HasSuffix(body, "END:VCALENDAR\r\n") || strings.Contains(strings.ReplaceAll(body, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(body, "\r\n", ""), "\r") {
		t.Error("lines do not end in CRLF")
	}
	var lines []string
	for _, line := range strings.Split(strings.TrimSuffix(body, "\r\n"), "\r\n") {
		if len(line) > 75 || line == "" || !utf8.ValidString(line) {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
		if line != "" && (line[0] == ' ' || line[0] == '\t') {
			lines[len(lines)-1] += line[1:]
			continue
		}
		lines = append(lines, line)
	}
	for _, line := range lines {
		if !regexp.MustCompile(`^[A-Z-]+(;[A-Z-]+=("[^"]*"|[^";:,]*))*:`).MatchString(line) {
			t.Errorf("no content line: %q", line)
		}
		given := map[string]bool{}
		for _, p := range regexp.MustCompile(`;([A-Z-]+)=`).FindAllStringSubmatch(line[:strings.IndexByte(line, ':')], -1) {
			if given[p[1]] {
				t.Errorf("%s is said twice in %q", p[1], line)
			}
			given[p[1]] = true
		}
	}
	return lines
}

// TestCalendar writes calendars that hold to the standard and say the same in
// each language.
func TestCalendar(t *testing.T) {
	w := open(t)
	g := w.gather(t)
	allDay := w.publish(t, event.Event{Title: sala.Text{"en": "Two days in Chiang Mai"}, Type: event.Forum, Country: "th", Held: span("2019-03-08", "2019-03-09")})
	for _, days := range []string{"2019-04", "2019", ""} {
		w.publish(t, event.Event{Title: sala.Text{"en": "Uncertain"}, Type: event.Forum, Country: "th", Held: span(days, "")})
	}
	bare := strings.TrimSuffix(w.body(t, "/my/events/"+g.event.Slug+".ics"), "")
	lines := contentLines(t, bare)
	for _, want := range []string{
		"DTSTART;TZID=Asia/Yangon:20181015T090000", "DTEND;TZID=Asia/Yangon:20181016T163000", "TZID:Asia/Yangon", "TZOFFSETTO:+0630", "UID:urn:uuid:" + string(g.event.ID),
		"SEQUENCE:" + fmt.Sprint(g.event.Version), "LAST-MODIFIED:" + g.event.Changed.UTC().Format("20060102T150405Z"), "VERSION:2.0",
		`SUMMARY;LANGUAGE=my:` + strings.NewReplacer(";", `\;`, ",", `\,`).Replace(g.event.Title["my"]),
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("the calendar lacks %q:\n%s", want, strings.Join(lines, "\n"))
		}
	}
	cal, err := ics.ParseCalendar(strings.NewReader(bare))
	if err != nil {
		t.Fatal(err)
	}
	start, err := cal.Events()[0].GetStartAt()
	if want := time.Date(2018, 10, 15, 2, 30, 0, 0, time.UTC); err != nil || !start.Equal(want) {
		t.Errorf("it starts at %v, want %v (%v)", start, want, err)
	}
	if got := ics.FromText(cal.Events()[0].GetProperty(ics.ComponentPropertyLocation).Value); !strings.Contains(got, "ရန်ကုန်") {
		t.Errorf("LOCATION is %q", got)
	}
	body := w.body(t, "/en/events.ics")
	lines = contentLines(t, body)
	if n := strings.Count(body, "BEGIN:VEVENT"); n != 2 {
		t.Errorf("%d events, want the two whose days are exact", n)
	}
	for _, want := range []string{"DTSTART;VALUE=DATE:20190308", "DTEND;VALUE=DATE:20190310", "UID:urn:uuid:" + string(allDay.ID)} {
		if !slices.Contains(lines, want) {
			t.Errorf("the calendar lacks %q", want)
		}
	}
	if body := w.body(t, "/en/events.ics?country=th"); strings.Count(body, "BEGIN:VEVENT") != 1 || strings.Contains(body, "VTIMEZONE") {
		t.Error("it is not narrowed by country")
	}
	if rec := w.get("/en/events/" + w.publish(t, event.Event{Title: sala.Text{"en": "No day"}, Type: event.Forum}).Slug + ".ics"); rec.Code != 404 {
		t.Errorf("an event of no day has a calendar: %d", rec.Code)
	}
	if rec := w.get("/en/events.ics"); rec.Header().Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Error(rec.Header().Get("Content-Type"))
	}
}

// spreadsheet reads a CSV as a spreadsheet does: it takes the letters for what
// they are only after the sign that says so.
func spreadsheet(t *testing.T, body string) ([][]string, error) {
	t.Helper()
	rest, ok := strings.CutPrefix(body, "\ufeff")
	if !ok {
		t.Errorf("a spreadsheet would take Thai for Latin: %.20q", body)
	}
	return csv.NewReader(strings.NewReader(rest)).ReadAll()
}

// TestTables gives the same as CSV and as JSON as the page shows, and can be
// read back.
func TestTables(t *testing.T) {
	w := open(t)
	w.licence(t, "CC BY 4.0")
	g := w.gather(t)
	formula := w.publish(t, event.Event{Title: sala.Text{"en": `=HYPERLINK("x"); "quoted", and more`}, Type: event.Meeting})
	rows, err := spreadsheet(t, w.body(t, "/en/events.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Licence string
		Columns []struct{ Name, About string }
		Events  []map[string]any
	}
	if err := json.Unmarshal([]byte(w.body(t, "/en/events.json")), &table); err != nil {
		t.Fatal(err)
	}
	var dictionary struct {
		Licence string `json:"dc:license"`
		Schema  struct {
			Columns []struct {
				Name, Separator string
				About           string `json:"dc:description"`
			}
		} `json:"tableSchema"`
	}
	if err := json.Unmarshal([]byte(w.body(t, "/en/events.csv-metadata.json")), &dictionary); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || len(table.Events) != 2 || table.Licence == "" || dictionary.Licence == "" {
		t.Fatalf("%d rows, %d events, licences %q and %q", len(rows), len(table.Events), table.Licence, dictionary.Licence)
	}
	for i, name := range rows[0] {
		if table.Columns[i].Name != name || dictionary.Schema.Columns[i].Name != name || dictionary.Schema.Columns[i].About == "" {
			t.Errorf("column %d is %q, %q and %q", i, name, table.Columns[i].Name, dictionary.Schema.Columns[i].Name)
		}
		for k, e := range table.Events {
			want, _ := e[name].(string)
			if list, ok := e[name].([]any); ok {
				var parts []string
				for _, part := range list {
					parts = append(parts, part.(string))
				}
				want = strings.Join(parts, dictionary.Schema.Columns[i].Separator)
			}
			if got := rows[k+1][i]; got != want && got != "'"+want {
				t.Errorf("%s of event %d is %q as CSV and %q as JSON", name, k, got, want)
			}
		}
	}
	at := func(id sala.ID, column string) string {
		for _, r := range rows[1:] {
			if r[0] == string(id) {
				return r[slices.Index(rows[0], column)]
			}
		}
		return ""
	}
	if got := at(formula.ID, "title"); got != `'=HYPERLINK("x"); "quoted", and more` {
		t.Errorf("a formula stands as %q", got)
	}
	page := w.body(t, "/en/events/"+g.event.Slug)
	for _, column := range []string{"counts", "organisers", "funders", "represented"} {
		for _, value := range strings.Split(at(g.event.ID, column), "; ") {
			if value == "" || !strings.Contains(page, value) {
				t.Errorf("%s: %q is in the table and not on the page", column, value)
			}
		}
	}
	if got, want := at(g.event.ID, "counts"), "over 40 participants; 11 countries; 5 visitors"; got != want {
		t.Errorf("counts are %q, want %q", got, want)
	}
	if got, want := at(g.event.ID, "speakers"), "Alma Tern, Harbour Master, Ministry of Harbours; Bela; a migrant worker; sailors who came home"; !strings.EqualFold(got, want) {
		t.Errorf("speakers are %q, want %q", got, want)
	}
	if got := at(g.event.ID, "by_sector"); got != "government: 1" {
		t.Errorf("by_sector is %q", got)
	}
	if rows, err := spreadsheet(t, w.body(t, "/en/events.csv?country=mm")); err != nil || len(rows) != 2 {
		t.Errorf("narrowed: %d rows, %v", len(rows), err)
	}
}

// TestEventData gives structured data as schema.org has it.
func TestEventData(t *testing.T) {
	w := open(t)
	g := w.gather(t)
	m := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindStringSubmatch(w.body(t, "/en/events/"+g.event.Slug))
	if m == nil {
		t.Fatal("no structured data")
	}
	var data map[string]any
	if err := json.Unmarshal([]byte(m[1]), &data); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"@type": "EducationEvent", "startDate": "2018-10-15T09:00:00+06:30", "endDate": "2018-10-16T16:30:00+06:30", "eventStatus": "https://schema.org/EventScheduled",
		"location":   map[string]any{"@type": "Place", "name": "Lighthouse; Hall, B", "address": map[string]any{"@type": "PostalAddress", "addressLocality": "Yangon", "addressCountry": "MM"}},
		"inLanguage": []any{"en", "my"}, "funder": []any{map[string]any{"@type": "Organization", "name": "A fund the directory lacks"}},
	} {
		if diff := cmp.Diff(want, data[key]); diff != "" {
			t.Errorf("%s:\n%s", key, diff)
		}
	}
	if performers, ok := data["performer"].([]any); !ok || len(performers) != 1 {
		t.Errorf("performers are %v, want the one shown in full", data["performer"])
	}
	undated := w.publish(t, event.Event{Title: sala.Text{"en": "</script><b>"}, Type: event.Other})
	if body := w.body(t, "/en/events/"+undated.Slug); strings.Contains(body, "startDate") || strings.Contains(body, "</script><b>") {
		t.Error("a date is made up, or a title is markup")
	}
}

// TestEventWithdrawn is gone at its address and nowhere else.
func TestEventWithdrawn(t *testing.T) {
	w := open(t)
	g := w.gather(t)
	if body := w.body(t, "/en/search?q=harbour+workshop"); !strings.Contains(body, "/en/events/"+g.event.Slug) {
		t.Error("it is not found before")
	}
	if err := w.events.Withdraw(t.Context(), editor, g.event.ID, g.event.Version, "Because"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/en/events/" + g.event.Slug, "/my/events/" + g.event.Slug, "/en/events/" + g.event.Slug + ".ics", "/id/" + string(g.event.ID)} {
		if rec := w.get(path); rec.Code != 410 {
			t.Errorf("GET %s = %d, want 410", path, rec.Code)
		}
	}
	for _, path := range []string{"/en/events/", "/en/events.ics", "/en/events.csv", "/en/events.json", "/en/events/feed.atom", "/sitemap.xml", "/en/search?q=harbour+workshop", address(in(w.some(t, "en"), "en"))} {
		if body := w.body(t, path); strings.Contains(body, g.event.Slug) || strings.Contains(body, "Harbour Workshop") {
			t.Errorf("GET %s still has it", path)
		}
	}
}

// TestEventFeeds are well-formed and in the site map are the addresses.
func TestEventFeeds(t *testing.T) {
	w := open(t)
	g := w.gather(t)
	for _, name := range []string{"feed.atom", "feed.rss"} {
		body := w.body(t, "/en/events/"+name)
		d := xml.NewDecoder(strings.NewReader(body))
		for {
			if _, err := d.Token(); err != nil {
				if err.Error() != "EOF" {
					t.Errorf("%s: %v", name, err)
				}
				break
			}
		}
		if !strings.Contains(body, "Harbour Workshop") || !strings.Contains(body, "/en/events/"+g.event.Slug) {
			t.Errorf("%s lacks the event", name)
		}
	}
	if body := w.body(t, "/en/events/feed.json?country=jp"); strings.Contains(body, "Harbour") {
		t.Error("a feed is not narrowed")
	}
	for _, l := range []string{"en", "my"} {
		if !strings.Contains(w.body(t, "/sitemap.xml"), "/"+l+"/events/"+g.event.Slug+"<") {
			t.Errorf("the site map lacks the event in %s", l)
		}
	}
}

// TestCounted keeps the qualifier with the number, in each language.
func TestCounted(t *testing.T) {
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []sala.Lang{"en", "my", "th", "km", "lo", "vi", "ja"} {
		said := map[string]event.Qualifier{}
		for _, q := range event.Qualifiers {
			text, found := words.Text(l, "event.number_"+string(q), "number", i18n.Number(l, 40), "high", i18n.Number(l, 50))
			if other, twice := said[text]; twice || found != l || !strings.Contains(text, i18n.Number(l, 40)) {
				t.Errorf("%s in %s is %q, as %s", q, l, text, other)
			}
			said[text] = q
		}
		for _, key := range words.Keys(sala.English) {
			if _, found := words.Text(l, key); found != l && strings.HasPrefix(key, "event.") {
				t.Errorf("%s is not said in %s", key, l)
			}
		}
	}
}
