package savedpage_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sala/archive"
	"sala/importer"
	"sala/importer/savedpage"
)

// A memory is a sink that keeps what it is given.
type memory struct {
	importer.Discard
	terms    []importer.Term
	editions []importer.Edition
	files    []importer.File
}

func (m *memory) Term(_ context.Context, t importer.Term) error {
	m.terms = append(m.terms, t)
	return nil
}

func (m *memory) Edition(_ context.Context, e importer.Edition) error {
	m.editions = append(m.editions, e)
	return e.Body.Check()
}

func (m *memory) File(_ context.Context, f importer.File) error {
	m.files = append(m.files, f)
	return nil
}

func shared(t testing.TB, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	full := filepath.Join(filepath.Dir(dir), "shared", path)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	return full
}

func text(t testing.TB, path string) (*memory, *importer.Report) {
	t.Helper()
	m, report := &memory{}, importer.NewReport()
	if err := savedpage.ImportText(t.Context(), path, importer.Options{}, m, report); err != nil {
		t.Fatal(err)
	}
	return m, report
}

func write(t testing.TB, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestSeed reads the real archive page.
func TestSeed(t *testing.T) {
	path := shared(t, "seeds/mmn-activities.txt")
	m, report := text(t, path)
	want := []struct {
		kind             archive.Kind
		from, to, pub    string
		place, country   string
		contacts, phones int
	}{
		{archive.Statement, "2019-03-08", "2019-03-08", "", "Chiang Mai, Thailand", "th", 0, 0},
		{archive.Report, "2018-10-15", "2018-10-15", "", "Sedona Hotel, Yangon, Myanmar", "mm", 0, 0},
		{archive.PressRelease, "2019-02-18", "2019-02-18", "2019-02-21", "", "", 2, 1},
		{archive.Report, "2018-11-02", "2018-11-04", "", "Singapore", "sg", 0, 0},
		{archive.Report, "2018-08-05", "2018-08-05", "", "Empress Hotel, Chiang Mai, Thailand", "th", 0, 0},
	}
	if len(m.editions) != len(want) {
		t.Fatalf("%d works, want %d", len(m.editions), len(want))
	}
	if len(m.terms) != 1 || m.terms[0].Label != "MMN Activities" {
		t.Errorf("terms = %+v", m.terms)
	}
	for i, w := range want {
		e := m.editions[i]
		if e.Kind != w.kind || e.Held.From.String() != w.from || e.Held.To.String() != w.to || e.PubDay.String() != w.pub ||
			e.Place != w.place || e.Country != w.country || len(e.Contacts) != w.contacts {
			t.Errorf("%s: %s, held %s to %s, published %q, at %q (%s), %d contacts", e.Title, e.Kind, e.Held.From, e.Held.To, e.PubDay, e.Place, e.Country, len(e.Contacts))
		}
		if len(e.Terms) != 1 || e.Terms[0] != m.terms[0].Origin {
			t.Errorf("%s: terms %v", e.Title, e.Terms)
		}
		phones := 0
		for _, c := range e.Contacts {
			if len(c.Langs) != 2 {
				t.Errorf("%s speaks %v", c.Name, c.Langs)
			}
			if c.Phone != "" {
				phones++
			}
		}
		if phones != w.phones {
			t.Errorf("%s: %d telephones", e.Title, phones)
		}
	}
	lost, joined := 0, 0
	for _, d := range report.Doubts {
		if strings.Contains(d.Why, "lost") {
			lost++
		}
		if strings.Contains(d.Why, "ran together") {
			joined++
		}
		if !strings.Contains(d.Where, "byte") {
			t.Errorf("doubt without its place: %+v", d)
		}
	}
	if lost < 5 || joined != 1 {
		t.Errorf("%d lost links and %d run together, want at least 5 and 1", lost, joined)
	}
	whole(t, path, m, report)
}

// whole holds every sentence of the source: each is in exactly one work, once,
// or named in the report.
func whole(t *testing.T, path string, m *memory, report *importer.Report) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, e := range m.editions {
		all.WriteString("\n" + e.Title + "\n" + e.Body.Plain() + "\n")
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	stored := squeeze(strings.ReplaceAll(all.String(), "English, Burmese", "EnglishBurmese"))
	for _, line := range strings.Split(string(b), "\n") {
		line = squeeze(line)
		named := line == "" || line == "Category Archives: MMN Activities" || line == "21 February 2019"
		for _, d := range report.Doubts {
			named = named || strings.HasPrefix(line, strings.TrimSuffix(d.What, "…")) && (strings.Contains(d.Why, "kept once") || strings.Contains(d.Why, "left out"))
		}
		for _, sentence := range strings.SplitAfter(line, ". ") {
			sentence = strings.TrimSpace(sentence)
			n := strings.Count(stored, sentence)
			if len(sentence) > 25 && n != 1 && !named {
				t.Errorf("%d times in the works: %q", n, sentence)
			}
		}
	}
}

// Another network's page, with other habits: to show that the rules are not
// made for one.
const other = `Archive: News and events

Workshop on portable savings, Vientiane, Lao PDR

Posted on 12 May 2017

The Savings Alliance organised a workshop on portable savings for people who work across borders in Vientiane, Lao PDR. It lasted from 3-5 May 2017 and brought together forty people.

What was said

Speakers agreed that a savings book should travel with the worker, and that the fee of two dollars was too high for most of those present in the room.

For the slides, please visit:

Vacancy: bookkeeper

The Alliance looks for a bookkeeper. Applications are taken until 30 June 2017 at the office, and interviews follow in the first week of the month after.

แถลงการณ์วันแรงงานข้ามชาติ

เมื่อวันที่ 18 ธันวาคม 2559 เครือข่ายออกแถลงการณ์เรียกร้องให้รัฐบาลคุ้มครองแรงงานข้ามชาติทุกคน โดยเฉพาะแรงงานทำงานบ้านและแรงงานประมง ซึ่งยังไม่ได้รับความคุ้มครองเท่าเทียม

Older posts
`

func TestAnotherPage(t *testing.T) {
	m, report := text(t, write(t, "alliance.txt", other))
	if len(m.editions) != 3 {
		t.Fatalf("%d works, want 3", len(m.editions))
	}
	for i, want := range []struct {
		kind     archive.Kind
		held     string
		pub      string
		place    string
		contains string
	}{
		{archive.Report, "2017-05-03", "2017-05-12", "Vientiane, Lao PDR", "What was said"},
		{archive.Vacancy, "2017-06-30", "", "", "bookkeeper"},
		{archive.Statement, "2016-12-18", "", "", "แรงงานประมง"},
	} {
		e := m.editions[i]
		if e.Kind != want.kind || e.Held.From.String() != want.held || e.PubDay.String() != want.pub || e.Place != want.place || !strings.Contains(e.Body.Plain(), want.contains) {
			t.Errorf("work %d: %s %q held %s published %s at %q", i, e.Kind, e.Title, e.Held.From, e.PubDay, e.Place)
		}
	}
	if len(report.Doubts) < 3 {
		t.Errorf("doubts = %v", report.Doubts)
	}
	again, _ := text(t, write(t, "alliance.txt", other))
	for i := range again.editions {
		if string(again.editions[i].Body.JSON()) != string(m.editions[i].Body.JSON()) || again.editions[i].Origin != m.editions[i].Origin {
			t.Errorf("work %d differs the second time", i)
		}
	}
}

func TestBadText(t *testing.T) {
	for name, body := range map[string]string{"is empty": " \n\n", "not UTF-8": "Title\xff\n", "no work was found": "just a line", "not plain text": "a\x00b"} {
		err := savedpage.ImportText(t.Context(), write(t, "x.txt", body), importer.Options{}, &memory{}, importer.NewReport())
		if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "x.txt") {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add(other)
	f.Fuzz(func(t *testing.T, body string) {
		path := filepath.Join(t.TempDir(), "f.txt")
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := savedpage.ImportText(t.Context(), path, importer.Options{}, &memory{}, importer.NewReport()); err != nil && !strings.Contains(err.Error(), "f.txt") {
			t.Errorf("an error without the file's name: %v", err)
		}
	})
}
