package site_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/internal/richtext"
	"sala/tracker"
)

// An asking is some recommendations of a demonstration's work.
type asking struct {
	work     archive.Work
	edition  archive.Edition
	block    string // of the paragraph they stand in
	ministry sala.ID
	first    tracker.Recommendation
	ids      []sala.ID
}

// asks makes three public recommendations, a draft and one that was withdrawn.
func (w *world) asks(t *testing.T) asking {
	t.Helper()
	ctx := t.Context()
	a := asking{work: w.some(t, "en", "th"), ministry: w.organisation(t, "Ministry of Testing", directory.Ministry)}
	for _, e := range a.work.Editions {
		if e.Lang == "en" {
			a.edition = e
		}
	}
	texts, err := w.archive.Texts(ctx, []sala.ID{a.edition.ID})
	if err != nil {
		t.Fatal(err)
	}
	d := texts[a.edition.ID]
	d.Walk(func(n *richtext.Node) bool {
		if a.block == "" && n.Type == richtext.Paragraph && n.Attrs.ID != "" {
			a.block = n.Attrs.ID
		}
		return a.block == ""
	})
	w.person(t, "Canaryperson Htun", "Canaryperson", directory.RoleOnly, directory.MigrantWorker)
	themes, err := w.archive.Terms(ctx, archive.Theme)
	if err != nil {
		t.Fatal(err)
	}
	for i, words := range []string{"Assess bans before imposing them, said Canaryperson Htun", "Ratify Convention 188 on work in fishing", "Let permits run on when offices close", "A draftcanary nobody may see", "A withdrawncanary that was public"} {
		r := tracker.Recommendation{
			Title: sala.Text{"en": []string{"Assess bans", "Ratify Convention 188", "Permits run on", "Draft", "Withdrawn"}[i]}, Words: sala.Text{"en": words}, Original: "en", Number: strconv.Itoa(i + 1), Asked: day(fmt.Sprint(2018 + i)), Source: tracker.Source{Work: a.work.ID, Block: a.block},
			Addressed: []tracker.Party{{Organisation: a.ministry}}, Askers: []tracker.Party{{Said: sala.Text{"en": "=2+2 a network"}}}, Terms: []sala.ID{themes[0].ID},
			Codes: []tracker.Code{{Framework: tracker.ILO, Code: "C188", Country: "th"}},
		}
		id, err := w.tracker.New(ctx, editor, r)
		if err == nil && i != 3 {
			err = w.tracker.Publish(ctx, editor, id)
		}
		if err == nil && i == 4 {
			err = w.tracker.Withdraw(ctx, editor, id, "a mistake")
		}
		if err != nil {
			t.Fatal(err)
		}
		a.ids = append(a.ids, id)
	}
	_, err = w.tracker.AddStep(ctx, editor, a.ids[0], tracker.Step{
		State: tracker.Adopted, Day: day("2018-11-04"), Number: "2–7", Source: tracker.Source{Name: sala.Text{"en": "The statement of the forum"}}, Words: sala.Text{"en": "Evaluate bans before imposing them, said Canaryperson Htun"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if a.first, err = w.tracker.Public(ctx, a.ids[0]); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestRecommendationData holds page, CSV and JSON against each other, for
// every filter.
func TestRecommendationData(t *testing.T) {
	w := open(t)
	w.licence(t, "CC BY 4.0")
	w.asks(t)
	count := regexp.MustCompile(`>([0-9,]+) recommendations?`)
	for _, query := range []string{"", "?state=adopted", "?state=silent", "?framework=ilo", "?framework=ilo&code=C188", "?year=2018", "?addressee=ministry-of-testing", "?state=refused"} {
		page := w.get("/en/recommendations/" + query)
		if page.Code != 200 {
			t.Fatalf("%s: %d", query, page.Code)
		}
		table := w.get("/en/recommendations.csv" + query)
		lines, err := spreadsheet(t, table.Body.String())
		if err != nil {
			t.Fatal(err)
		}
		var data struct {
			Licence         string
			Count           int
			Dictionary      map[string]string
			Recommendations []map[string]any
		}
		if err := json.Unmarshal(w.get("/en/recommendations.json"+query).Body.Bytes(), &data); err != nil {
			t.Fatal(err)
		}
		m := count.FindStringSubmatch(page.Body.String())
		if m == nil || m[1] != strconv.Itoa(len(lines)-1) || data.Count != len(lines)-1 || len(data.Recommendations) != data.Count || data.Licence == "" {
			t.Errorf("%s: the page says %v, CSV has %d, JSON %d", query, m, len(lines)-1, data.Count)
		}
		for i, line := range lines[1:] {
			if rec := data.Recommendations[i]; rec["id"] != line[0] || rec["state"] != line[slices.Index(lines[0], "state")] {
				t.Errorf("%s: row %d is %v in JSON, %q in CSV", query, i, rec["id"], line)
			}
			if !strings.Contains(page.Body.String(), strings.TrimPrefix(line[1], "http://example.com")) {
				t.Errorf("%s: %s is not on the page", query, line[1])
			}
		}
		for _, column := range lines[0] {
			if data.Dictionary[column] == "" {
				t.Errorf("column %s is not in the dictionary", column)
			}
		}
		for _, rec := range data.Recommendations {
			for field := range rec {
				if data.Dictionary[field] == "" {
					t.Errorf("field %s is not in the dictionary", field)
				}
			}
		}
		var described struct {
			URL    string
			Schema struct {
				Columns []struct{ Name, Datatype, Separator string }
			} `json:"tableSchema"`
		}
		if err := json.Unmarshal(w.get("/en/recommendations.csv-metadata.json").Body.Bytes(), &described); err != nil {
			t.Fatal(err)
		}
		for i, c := range described.Schema.Columns {
			if c.Name != lines[0][i] || strings.Contains(c.Datatype, "list") || (c.Name == "asked_of") && c.Separator != "|" {
				t.Errorf("column %d is %q, and described as %+v", i, lines[0][i], c)
			}
		}
		if len(described.Schema.Columns) != len(lines[0]) || !strings.HasSuffix(described.URL, "/en/recommendations.csv") || !strings.Contains(table.Header().Get("Link"), ".csv-metadata.json>; rel=\"describedby\"") {
			t.Errorf("the table is not described: %+v, %q", described, table.Header().Get("Link"))
		}
	}
	if body := w.get("/en/recommendations.csv").Body.String(); strings.Contains(body, ",=2+2") || !strings.Contains(body, "'=2+2") {
		t.Error("a spreadsheet would calculate")
	}
	for _, query := range []string{"?state=done", "?framework=eu", "?framework=ilo&code=C999", "?addressee=nobody", "?theme=nothing", "?year=x", "?before=x"} {
		for _, path := range []string{"/en/recommendations/", "/en/recommendations.csv", "/en/recommendations/feed.atom"} {
			if got := w.get(path + query); got.Code != 404 {
				t.Errorf("%s%s: %d", path, query, got.Code)
			}
		}
	}
}

// TestRecommendationPage leads to the paragraph, shows the difference in the
// words and the number in each document, in every language.
func TestRecommendationPage(t *testing.T) {
	w := open(t)
	a := w.asks(t)
	address := "/en/recommendations/" + url.PathEscape(a.first.Slug)
	body := plain(w.get(address).Body.String())
	passage := fmt.Sprintf(`/en/%d/%s#p-%s`, a.edition.Year, a.edition.Slug, a.block)
	for _, want := range []string{passage, "<del>Assess</del>", "<ins>Evaluate</ins>", "one of 2–7, not stated which", "The statement of the forum", `"creativeWorkStatus"`, "Ministry of Testing"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if first, _, _ := strings.Cut(body, "<blockquote"); !strings.Contains(first, "Ministry of Testing") {
		t.Error("who is asked does not stand above the words")
	}
	work := w.get(fmt.Sprintf("/en/%d/%s", a.edition.Year, a.edition.Slug)).Body.String()
	if !strings.Contains(work, `id="p-`+a.block+`"`) || !strings.Contains(work, address) || !strings.Contains(work, `href="#p-`+a.block+`"`) {
		t.Error("the work does not show what it asks for beside its paragraph")
	}
	for _, lang := range []string{"en", "my", "th", "km", "lo", "vi", "ja"} {
		for _, rest := range []string{"recommendations/", "recommendations/" + a.first.Slug, "recommendations/ratifications", "recommendations/figures", "organisations/ministry-of-testing/asks", "recommendations/pack?framework=ilo", "recommendations/feed.rss"} {
			got := w.get("/" + lang + "/" + rest)
			if got.Code != 200 || strings.Contains(got.Body.String(), "tracker.") {
				t.Errorf("/%s/%s: %d, or a key is shown", lang, rest, got.Code)
			}
		}
		if page := w.get("/" + lang + "/recommendations/" + a.first.Slug).Body.String(); (lang != "en") != strings.Contains(page, `class="notice"`) {
			t.Errorf("%s: the notice of a missing language is wrong", lang)
		}
	}
	bib, ris := w.get(address+".bib"), w.get(address+".ris")
	day := sala.DayOf(a.first.Changed).String()
	for _, want := range []string{"@online{", "  date = {" + a.first.Asked.String() + "},\n", "  version = {" + day + "},\n", "  note = {Asked of: Ministry of Testing", "  url = {http://example.com" + address + "},\n"} {
		if !strings.Contains(bib.Body.String(), want) {
			t.Errorf("BibTeX lacks %q: %s", want, bib.Body)
		}
	}
	if !strings.Contains(ris.Body.String(), "ET  - "+day+"\r\n") || !strings.HasSuffix(ris.Body.String(), "UR  - http://example.com"+address+"\r\nER  - \r\n") {
		t.Errorf("RIS: %s", ris.Body)
	}
	for _, want := range []string{"as recorded on ", address + ".bib", address + ".ris", "http://example.com/id/" + string(a.first.ID)} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say how it is cited: %q", want)
		}
	}
	if got := w.get("/id/" + string(a.first.ID)); got.Code != 303 || got.Header().Get("Location") != address {
		t.Errorf("/id/ leads to %q", got.Header().Get("Location"))
	}
	if docs := regexp.MustCompile(`/en/recommendations/documents/[^"]+`).FindAllString(w.get("/en/recommendations/").Body.String(), -1); len(docs) != 2 {
		t.Errorf("tables of numbers: %q", docs)
	} else {
		for _, d := range docs { // both ways
			if got := plain(w.get(d).Body.String()); !strings.Contains(got, "2–7") || !strings.Contains(got, "no. 1") {
				t.Errorf("%s lacks a number", d)
			}
		}
	}
}

// plain is a page without its places where lines may break.
func plain(s string) string { return strings.ReplaceAll(s, "<wbr>", "") }

// TestRecommendationsHidden: what is not public, and who may not be named, is
// found nowhere; what was withdrawn is gone.
func TestRecommendationsHidden(t *testing.T) {
	w := open(t)
	a := w.asks(t)
	addresses := []string{
		"/en/recommendations/", "/th/recommendations/" + a.first.Slug, "/en/recommendations.csv", "/en/recommendations.json", "/en/recommendations/feed.atom", "/en/recommendations/feed.json",
		"/en/recommendations/pack?framework=ilo", "/en/organisations/ministry-of-testing/asks", "/sitemap.xml", "/en/search?q=canaryperson", "/en/search?q=draftcanary", "/en/search?q=withdrawncanary",
		fmt.Sprintf("/en/%d/%s", a.edition.Year, a.edition.Slug),
	}
	for _, address := range addresses {
		got := w.get(address)
		body := strings.ToLower(got.Body.String())
		if strings.Contains(address, "search") { // the question is shown again
			body = strings.ReplaceAll(body, "q=", "")
			if strings.Contains(body, "/recommendations/draft") || strings.Contains(body, "/recommendations/withdrawn") || strings.Contains(address, "canaryperson") && strings.Contains(body, "/recommendations/assess-bans") {
				t.Errorf("%s finds what is hidden", address)
			}
			continue
		}
		for _, secret := range []string{"canaryperson", "draftcanary", "withdrawncanary"} {
			if got.Code != 200 || strings.Contains(body, secret) {
				t.Errorf("%s: %d, or %s is there", address, got.Code, secret)
			}
		}
	}
	word := w.get("/en/recommendations/pack.docx?framework=ilo").Body.Bytes()
	z, err := zip.NewReader(bytes.NewReader(word), int64(len(word)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "Canaryperson") {
			t.Errorf("%s names somebody", f.Name)
		}
		if f.Name == "word/document.xml" && (!strings.Contains(string(b), "Ratify Convention 188") || !strings.Contains(string(b), "#p-"+a.block)) {
			t.Error("the Word file lacks words or sources")
		}
		for d := xml.NewDecoder(bytes.NewReader(b)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	gone, err := w.tracker.Open(t.Context(), editor, a.ids[4])
	if err != nil {
		t.Fatal(err)
	}
	draft, err := w.tracker.Open(t.Context(), editor, a.ids[3])
	if err != nil {
		t.Fatal(err)
	}
	if got := w.get("/en/recommendations/" + gone.Slug); got.Code != 410 {
		t.Errorf("withdrawn: %d", got.Code)
	}
	if got := w.get("/en/recommendations/" + draft.Slug); got.Code != 404 {
		t.Errorf("draft: %d", got.Code)
	}
	if got := w.get("/en/search?q=ratify+fishing&kind=recommendation"); got.Code != 200 || !strings.Contains(got.Body.String(), "/en/recommendations/ratify-convention-188") {
		t.Errorf("search finds nothing: %d", got.Code)
	}
}

// TestChart: the picture's numbers are those of the table and of the list.
func TestChart(t *testing.T) {
	w := open(t)
	w.asks(t)
	body := w.get("/en/recommendations/?year=2018").Body.String()
	rows := regexp.MustCompile(`<th scope="row">(\d+)</th><td>(\d+)</td><td>1</td>`).FindAllStringSubmatch(body, -1)
	years := time.Now().UTC().Year() - 2018 + 1
	if len(rows) != years || strings.Count(body, `<rect class="s-adopted" x="`) < years {
		t.Errorf("%d rows and %d columns, want %d", len(rows), strings.Count(body, `<rect class="s-adopted" x="`), years)
	}
}

// TestRatifications says once where a whole row was looked up, and at each
// cell where it was not.
func TestRatifications(t *testing.T) {
	w := open(t)
	for _, r := range []struct{ country, code, source, checked string }{
		{"kh", "C189", "Table of the office", "2024-06-20"}, {"th", "C189", "Table of the office", "2024-06-20"}, {"mm", "C189", "Table of the office", "2024-06-20"},
		{"kh", "C188", "Table of the office", "2024-06-20"}, {"th", "C188", "Gazette of Thailand", "2024-06-20"},
	} {
		_, err := w.tracker.Ratify(t.Context(), editor, tracker.Ratification{
			Country: r.country, Code: tracker.Code{Framework: tracker.ILO, Code: r.code}, Status: tracker.NotRatified, Checked: day(r.checked), Source: tracker.Source{Name: sala.Text{"en": r.source}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	page := plain(w.body(t, "/en/recommendations/ratifications"))
	row := func(code string) string {
		_, rest, _ := strings.Cut(page, "ILO "+code)
		row, _, _ := strings.Cut(rest, "</tr>")
		return row
	}
	if got := row("C189"); strings.Count(got, "Table of the office") != 1 || strings.Count(got, "20 June 2024") != 1 || strings.Count(got, "Not ratified") != 3 {
		t.Errorf("a row of one source says it more than once: %s", got)
	}
	if got := row("C188"); strings.Count(got, "Table of the office") != 1 || strings.Count(got, "Gazette of Thailand") != 1 || strings.Count(got, "20 June 2024") != 2 {
		t.Errorf("a row of two sources does not say which is whose: %s", got)
	}
}

// TestPackOnPaper begins with all of it on one sheet, as the Word file does,
// and says of each where it is found.
func TestPackOnPaper(t *testing.T) {
	w := open(t)
	a := w.asks(t)
	page := plain(w.body(t, "/en/recommendations/pack?addressee=ministry-of-testing"))
	overview, rest, _ := strings.Cut(page[strings.Index(page, "<table"):], "</table>")
	for i, id := range a.ids[:3] {
		r, err := w.tracker.Public(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := r.Name("en")
		if !strings.Contains(overview, ">"+name+"<") || !strings.Contains(rest, `translate="no">http://example.com/en/recommendations/`+r.Slug+"<") {
			t.Errorf("%q is not in the overview, or its address not on paper", name)
		}
		if at := fmt.Sprint("ask-", i+1); !strings.Contains(overview, `href="#`+at+`"`) || !strings.Contains(rest, `id="`+at+`"`) {
			t.Errorf("the overview does not lead to %s", at)
		}
	}
	if n := strings.Count(overview, "<tr>"); n != 4 || !strings.Contains(overview, ">Adopted<") {
		t.Errorf("%d rows in the overview, want a head and three", n)
	}
}
