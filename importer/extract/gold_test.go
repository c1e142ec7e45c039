package extract_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"sala"
	"sala/importer"
	"sala/importer/extract"
	"sala/importer/savedpage"
	"sala/internal/richtext"
)

// A gold is what somebody read in a text by hand.
type gold struct {
	title  string
	text   extract.Text
	events []facts
	whole  facts // asks, figures, contacts
}

// facts are lines by kind.
type facts map[string][]string

// kinds are the kinds of fact, in the order of the table.
var kinds = []string{"event", "date", "place", "organiser", "co-organiser", "host", "funder", "supporter", "represented", "count", "session", "speaker", "role", "affiliation", "ask", "addressee", "adoption", "figure", "contact", "language"}

// bar are the kinds that the bar is over.
var bar = map[string]bool{"date": true, "place": true, "organiser": true, "count": true, "speaker": true, "role": true, "affiliation": true, "ask": true, "adoption": true}

// readGold reads a file of gold facts: a text begins with "== title", its
// facts follow, each further event after "-- event"; its text, where the file
// holds it, comes first, between "<<" and ">>".
func readGold(t *testing.T, path string) []gold {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []gold
	inText := false
	for n, line := range strings.Split(string(b), "\n") {
		var g *gold
		if len(all) > 0 {
			g = &all[len(all)-1]
		}
		switch {
		case inText && line == ">>":
			inText = false
		case inText:
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			block := extract.Block{ID: fmt.Sprintf("b%d", len(g.text.Blocks)+1), Text: line}
			if rest, ok := strings.CutPrefix(line, "# "); ok {
				block.Text, block.Heading = rest, true
			}
			if rest, ok := strings.CutPrefix(line, "* "); ok {
				block.Text, block.Item = rest, true
			}
			g.text.Blocks = append(g.text.Blocks, block)
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "== "):
			title := strings.TrimPrefix(line, "== ")
			all = append(all, gold{title: title, text: extract.Text{Title: title, Lang: "en"}, whole: facts{}})
		case line == "<<":
			inText = true
		case line == "-- event":
			g.events = append(g.events, facts{})
		default:
			kind, value, ok := strings.Cut(line, ":")
			value = strings.TrimSpace(value)
			switch {
			case !ok:
				t.Fatalf("%s line %d: %q", path, n+1, line)
			case kind == "published":
				g.text.Published, err = sala.ParseDay(value)
			case kind == "lang":
				g.text.Lang = sala.Lang(value)
			case kind == "ask", kind == "adoption", kind == "figure", kind == "contact":
				g.whole.add(kind, value)
			default:
				if len(g.events) == 0 {
					g.events = append(g.events, facts{})
				}
				g.events[len(g.events)-1].add(kind, value)
			}
			if err != nil {
				t.Fatalf("%s line %d: %v", path, n+1, err)
			}
		}
	}
	return all
}

// add adds a line; a speaker's role and organisation are facts of their own.
func (f facts) add(kind, value string) {
	part := strings.Split(value, "|")
	for i := range part {
		part[i] = strings.TrimSpace(part[i])
	}
	switch kind {
	case "speaker":
		f[kind] = append(f[kind], part[0])
		for i, k := range []string{"role", "affiliation"} {
			if len(part) > i+1 && part[i+1] != "" {
				f[k] = append(f[k], part[0]+": "+part[i+1])
			}
		}
	case "ask":
		f[kind] = append(f[kind], part[0]+" | "+part[1])
		if len(part) > 2 && part[2] != "" {
			for _, a := range strings.Split(part[2], ";") {
				f["addressee"] = append(f["addressee"], strings.TrimSpace(a)+" ← "+part[1])
			}
		}
	default:
		f[kind] = append(f[kind], value)
	}
}

func org(o extract.Organisation) string {
	if o.Short != "" {
		return o.Short
	}
	return o.Name
}

func join(sep string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, sep)
}

// lines renders what was read as gold has it.
func lines(got extract.Facts) (events []facts, whole facts) {
	for _, e := range got.Events {
		f := facts{}
		if !e.Held.Span.IsZero() {
			d := e.Held.Span.From.String()
			if e.Held.Span.To != e.Held.Span.From {
				d += "/" + e.Held.Span.To.String()
			}
			f.add("date", d)
		}
		if p := join(", ", e.Venue.Words, e.City.Words, e.Country.Code); p != "" {
			f.add("place", p)
		}
		for _, p := range e.Parties {
			f.add(string(p.Part), org(p.Org))
		}
		for _, c := range e.Counts {
			f.add("count", join(" ", c.Qualifier, strconv.Itoa(c.Value), c.What))
		}
		for _, s := range e.Sessions {
			f.add("session", string(s.Kind)+" | "+s.Title)
		}
		for _, s := range e.Speakers {
			f.add("speaker", s.Name+" | "+s.Role+" | "+org(s.Org))
		}
		for _, l := range e.Languages {
			s := string(l.Lang)
			if l.Interpreted {
				s += " interpreted"
			}
			f.add("language", s)
		}
		events = append(events, f)
	}
	whole = facts{}
	for _, a := range got.Asks {
		whole.add("ask", a.Number+" | "+strings.ReplaceAll(a.Words, "|", "/")+" | "+strings.Join(a.Addressees, ";"))
	}
	for _, a := range got.Adoptions {
		whole.add("adoption", join("-", a.From, a.Until)+" | "+a.Document)
	}
	for _, g := range got.Figures {
		between := " to "
		if g.Qualifier == "between" {
			between = " and "
		}
		value := ""
		for i, v := range strings.Split(g.Value, "–") {
			if i > 0 {
				value += between
			}
			value += grouped(v)
		}
		unit := " " + g.Unit
		if strings.HasPrefix(g.Unit, "%") {
			unit = g.Unit
		}
		if g.Of != "" {
			unit = " of the " + g.Of + unit
		}
		whole.add("figure", join(" ", g.Qualifier, value+unit))
	}
	for _, c := range got.Contacts {
		var langs []string
		for _, l := range c.Langs {
			langs = append(langs, string(l))
		}
		whole.add("contact", c.Name+" | "+c.Role+" | "+org(c.Org)+" | "+strings.Join(langs, " "))
	}
	return events, whole
}

// same reports whether what was read says what gold says. Words and numbers
// must be the same; of a long text gold may state the beginning.
func same(kind, want, got string) bool {
	fold := func(s string) string {
		s = strings.NewReplacer("’", "'", "“", "\"", "”", "\"", "‘", "'", "twenty-five percent", "25%").Replace(strings.ToLower(s))
		return strings.Join(strings.Fields(s), " ")
	}
	w, g := fold(want), fold(got)
	switch kind {
	case "ask", "figure", "count":
		return strings.HasPrefix(g, w)
	case "addressee":
		who, words, _ := strings.Cut(w, " ← ")
		gotWho, gotWords, _ := strings.Cut(g, " ← ")
		return who == gotWho && strings.HasPrefix(gotWords, words)
	case "adoption":
		a := strings.Split(w, " | ")
		b := strings.Split(g, " | ")
		return a[0] == b[0] && (len(a) < 2 || len(b) > 1 && strings.HasPrefix(b[1], a[1]))
	}
	return strings.Trim(w, " |") == strings.Trim(g, " |")
}

// A tally counts, by kind, what was read rightly, wrongly and not at all.
type tally map[string]*[3]int

func (c tally) of(kind string) *[3]int {
	if c[kind] == nil {
		c[kind] = &[3]int{}
	}
	return c[kind]
}

// compare counts the facts of one event or text, and returns what differs.
func (c tally) compare(want, got facts) (misses []string) {
	for _, kind := range kinds {
		if kind == "event" {
			continue
		}
		left := append([]string(nil), got[kind]...)
		for _, w := range want[kind] {
			hit := -1
			for i, g := range left {
				if same(kind, w, g) {
					hit = i
					break
				}
			}
			if hit < 0 {
				c.of(kind)[2]++
				misses = append(misses, fmt.Sprintf("%s missing: %s", kind, w))
				continue
			}
			c.of(kind)[0]++
			left = append(left[:hit], left[hit+1:]...)
		}
		for _, g := range left {
			c.of(kind)[1]++
			misses = append(misses, fmt.Sprintf("%s wrong:   %s", kind, g))
		}
	}
	return misses
}

// measure reads the texts of gold and counts.
func measure(t *testing.T, all []gold) tally {
	c := tally{}
	for _, g := range all {
		got, whole := lines(extract.Read(g.text, extract.Learned{}))
		var misses []string
		used := make([]bool, len(got))
		for n, want := range g.events {
			// The event of that day, else the one in that place of the list.
			at := -1
			for i, f := range got {
				if !used[i] && len(want["date"]) > 0 && len(f["date"]) > 0 && f["date"][0] == want["date"][0] && (len(want["place"]) == 0 || len(f["place"]) > 0 && same("place", want["place"][0], f["place"][0])) {
					at = i
					break
				}
			}
			if at < 0 && n < len(got) && !used[n] {
				at = n
			}
			if at < 0 {
				c.of("event")[2]++
				misses = append(misses, "event missing")
				misses = append(misses, c.compare(want, facts{})...)
				continue
			}
			used[at] = true
			c.of("event")[0]++
			misses = append(misses, c.compare(want, got[at])...)
		}
		for i, f := range got {
			if !used[i] {
				c.of("event")[1]++
				misses = append(misses, fmt.Sprintf("event wrong: %v", f))
				misses = append(misses, c.compare(facts{}, f)...)
			}
		}
		misses = append(misses, c.compare(g.whole, whole)...)
		if len(misses) > 0 && os.Getenv("SALA_GOLD") != "" {
			t.Logf("%s\n\t%s", g.title, strings.Join(misses, "\n\t"))
		}
	}
	return c
}

func ratio(a, b int) float64 {
	if a+b == 0 {
		return 1
	}
	return float64(a) / float64(a+b)
}

// report prints the table and returns precision and recall over the bar.
func (c tally) report(t *testing.T, name string) (precision, recall float64) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\t%-14s %6s %6s %6s  %9s %6s\n", name, "fact", "right", "wrong", "missed", "precision", "recall")
	var sum, all [3]int
	line := func(kind string, n [3]int) {
		fmt.Fprintf(&b, "\t%-14s %6d %6d %6d  %9.3f %6.3f\n", kind, n[0], n[1], n[2], ratio(n[0], n[1]), ratio(n[0], n[2]))
	}
	for _, kind := range kinds {
		if c[kind] == nil {
			continue
		}
		line(kind, *c[kind])
		for i := range all {
			all[i] += c[kind][i]
			if bar[kind] {
				sum[i] += c[kind][i]
			}
		}
	}
	line("the bar", sum)
	line("all", all)
	t.Log(b.String())
	return ratio(sum[0], sum[1]), ratio(sum[0], sum[2])
}

// seedTexts imports the seed as anybody would, and takes the texts from there.
func seedTexts(t *testing.T) map[string]extract.Text {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "seeds", "mmn-activities.txt")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	sink := &kept{texts: map[string]extract.Text{}}
	if err := savedpage.ImportText(t.Context(), path, importer.Options{}, sink, importer.NewReport()); err != nil {
		t.Fatal(err)
	}
	return sink.texts
}

// kept is a sink that keeps the texts.
type kept struct {
	importer.Discard
	texts map[string]extract.Text
}

func (k *kept) Edition(_ context.Context, e importer.Edition) error {
	text := extract.Text{Title: e.Title, Lang: e.Lang, Published: e.PubDay}
	for _, b := range e.Body.Blocks {
		text.Blocks = append(text.Blocks, extract.Block{ID: b.Attrs.ID, Text: richtext.Doc{Blocks: []richtext.Node{b}}.Plain()})
	}
	k.texts[e.Title] = text
	return nil
}

// TestGoldSeed holds the five works of the seed to the bar.
func TestGoldSeed(t *testing.T) {
	texts := seedTexts(t)
	all := readGold(t, filepath.Join("testdata", "gold", "seed.txt"))
	for i := range all {
		text, ok := texts[all[i].title]
		if !ok {
			t.Fatalf("the seed has no work %q", all[i].title)
		}
		all[i].text = text
	}
	hold(t, "seed", measure(t, all))
}

// hold fails below the bar of the issue.
func hold(t *testing.T, name string, c tally) {
	t.Helper()
	if p, r := c.report(t, name); p < 0.95 || r < 0.85 {
		t.Errorf("%s: precision %.3f, recall %.3f; want at least .95 and .85", name, p, r)
	}
}

func goldFiles(t *testing.T, dir string) []gold {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", dir, "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no gold in %s: %v", dir, err)
	}
	sort.Strings(paths)
	var all []gold
	for _, p := range paths {
		if filepath.Base(p) != "seed.txt" {
			all = append(all, readGold(t, p)...)
		}
	}
	return all
}

// TestGoldReports holds our own reports to the same bar. The rules were mended
// on them.
func TestGoldReports(t *testing.T) {
	hold(t, "our own reports", measure(t, goldFiles(t, "gold")))
}

// TestGoldHeldOut holds the reports that were written after the rules were
// built to the same bar, each round by itself. Each was measured before
// anything was mended on it: docs/importer.md says what it gave then.
func TestGoldHeldOut(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "heldout", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no texts held out: %v", err)
	}
	for _, p := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(p), ".txt"), func(t *testing.T) {
			hold(t, "held out", measure(t, readGold(t, p)))
		})
	}
}
