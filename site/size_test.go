package site_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sala"
	"sala/archive"
	"sala/directory"
	"sala/event"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/richtext"
	"sala/tracker"
)

// A size says how much a made-up record holds.
type size struct{ Events, Asks, Works, Organisations, People, Figures int }

// The record that one network had after many years, and one that has begun.
var (
	large = size{Events: 5000, Asks: 3000, Works: 4000, Organisations: 400, People: 1500, Figures: 300}
	small = size{Events: 50, Asks: 30, Works: 40, Organisations: 15, People: 15, Figures: 10}
)

// A record is a site with as much in it as its size says. Everything was put
// in through the stores, as editors do.
type record struct {
	*world
	size
	dice          *rand.Rand
	terms         map[string][]archive.Term // by vocabulary
	organisations []sala.ID
	people        []sala.ID
	works         []sala.ID
	questions     []string // that the database was asked for the page that was made last
	once          int      // how many pages were made
}

// recordOf makes a record over an empty database.
func recordOf(tb testing.TB, d *db.DB, n size) *record {
	tb.Helper()
	w, _, err := rooms(d, tb.TempDir())
	if err != nil {
		tb.Fatal(err)
	}
	rec := &record{world: w, size: n, dice: rand.New(rand.NewPCG(5, 5)), terms: map[string][]archive.Term{}}
	for _, fill := range []func(context.Context) error{rec.fillTerms, rec.fillDirectory, rec.fillWorks, rec.fillEvents, rec.fillAsks, rec.fillFigures} {
		if err := fill(tb.Context()); err != nil {
			tb.Fatal(err)
		}
	}
	d.Asked = func(query string) { rec.questions = append(rec.questions, query) }
	w.serve(tb, slog.New(slog.DiscardHandler))
	return rec
}

func openSize(tb testing.TB, n size) *record {
	tb.Helper()
	d, err := db.Open(tb.Context(), filepath.Join(tb.TempDir(), "sala.db"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Error(err)
		}
	})
	if _, _, err := d.Migrate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return recordOf(tb, d, n)
}

// often is a number below n that is small more often than not: in a record,
// too, the same few organise and are asked.
func (r *record) often(n int) int { return int(float64(n) * r.dice.Float64() * r.dice.Float64()) }

// words are n made-up words. No two recommendations say the same.
func (r *record) words(n int) string {
	syllables := strings.Fields("re cru it ment mi gra tion wor ker sta te em ploy er fee con sul ta por ted ness in ter na al ly ing un")
	said := make([]string, n)
	for i := range said {
		for range 1 + r.dice.IntN(3) {
			said[i] += syllables[r.often(len(syllables))]
		}
	}
	return strings.Join(said, " ")
}

// day is one of the last twenty years.
func (r *record) day() sala.Day {
	return sala.DayOf(time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.dice.IntN(20*365)))
}

func (r *record) fillTerms(ctx context.Context) error {
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		for vocabulary, n := range map[string]int{archive.Theme: 25, archive.Country: 7, archive.Category: 8} {
			for i := range n {
				t := archive.Term{
					ID: sala.DerivedID(time.Time{}, fmt.Sprint(vocabulary, i)), Vocabulary: vocabulary, Slug: fmt.Sprint(vocabulary, "-", i),
					Labels: sala.Text{"en": fmt.Sprintf("%s %d", vocabulary, i), "my": fmt.Sprintf("အကြောင်းအရာ %d", i)},
				}
				if _, err := r.archive.ImportTerm(ctx, tx, sala.Machine("test"), t); err != nil {
					return err
				}
				r.terms[vocabulary] = append(r.terms[vocabulary], t)
			}
		}
		return nil
	})
}

func (r *record) term(vocabulary string) sala.ID {
	return r.terms[vocabulary][r.often(len(r.terms[vocabulary]))].ID
}

func (r *record) fillDirectory(ctx context.Context) error {
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		for i := range r.Organisations {
			o := directory.Organisation{
				ID: sala.NewID(), Name: sala.Text{"en": fmt.Sprintf("Organisation %d for %s", i, r.words(2))}, Kind: directory.NGO, Country: r.country(), Services: []directory.Service{directory.Services[i%len(directory.Services)]},
				Slug: fmt.Sprint("organisation-", i),
			}
			r.organisations = append(r.organisations, o.ID)
			if err := r.world.people.AddOrganisationIn(ctx, tx, editor, o); err != nil {
				return err
			}
		}
		for i := range r.People {
			p := directory.Person{ID: sala.NewID(), Name: sala.Text{"en": fmt.Sprintf("Person N%d of %s", i, r.words(1))}, Kind: directory.Advocate, Country: r.country(), Slug: fmt.Sprint("person-", i)}
			if i%10 == 9 {
				p.Kind = directory.MigrantWorker
			}
			r.people = append(r.people, p.ID)
			if err := r.world.people.AddPersonIn(ctx, tx, editor, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *record) country() string {
	countries := []string{"th", "mm", "kh", "la", "vn", "jp", "cn"}
	return countries[r.often(len(countries))]
}

func (r *record) fillWorks(ctx context.Context) error {
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		for i := range r.Works {
			day := r.day()
			body, _ := richtext.FromMarkdown(r.words(60)+"\n\n"+r.words(60), richtext.HTMLOptions{Seed: fmt.Sprint(i)})
			in := archive.Incoming{
				Work: archive.Work{ID: sala.NewID(), Kind: archive.Statement, Terms: []sala.ID{r.term(archive.Theme), r.term(archive.Country)}},
				Edition: archive.Edition{
					ID: sala.NewID(), Lang: "en", Slug: fmt.Sprint("work-", i), Title: fmt.Sprintf("Statement %d on %s", i, r.words(6)), Summary: r.words(20), Body: body, Public: true, Published: day.Time(), PubDay: day,
				},
			}
			r.works = append(r.works, in.Work.ID)
			if _, err := r.archive.Import(ctx, tx, sala.Machine("test"), in); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *record) organisation() sala.ID { return r.organisations[r.often(len(r.organisations))] }

func (r *record) fillEvents(ctx context.Context) error {
	for i := range r.Events {
		first := r.day()
		e := event.Event{
			Title: sala.Text{"en": fmt.Sprintf("Workshop %d on %s", i, r.words(6))}, About: sala.Text{"en": r.words(30)}, Type: event.Types[r.often(len(event.Types))],
			Held: sala.Span{From: first, To: first}, Start: "09:00", End: "17:00", City: sala.Text{"en": "City"}, Country: r.country(), Zone: "Asia/Bangkok",
			Terms: []sala.ID{r.term(archive.Theme)}, Spoken: []sala.Lang{"en"}, Interpreted: []sala.Lang{"my"}, Slug: fmt.Sprint("workshop-", i),
			Parties: []event.Party{{Part: event.Organiser, Organisation: r.organisation()}, {Part: event.Host, Organisation: r.organisation()}},
			Present: []event.Present{{Organisation: r.organisation(), Sector: sala.CivilSociety}, {Name: sala.Text{"en": "overseas recruitment agencies"}, Several: true, Sector: sala.Private}},
			Counts:  []event.Count{{Value: 40, Qualifier: event.Over, Of: event.Participants}},
			Works:   []event.Telling{{Work: r.works[r.dice.IntN(len(r.works))], Stage: event.Report}},
		}
		for n := range 3 {
			s := event.Session{ID: sala.NewID(), Title: sala.Text{"en": r.words(5)}, Kind: event.Panel, Start: event.Clock(fmt.Sprintf("%02d:00", 9+n)), End: event.Clock(fmt.Sprintf("%02d:45", 9+n))}
			e.Sessions = append(e.Sessions, s)
			for range 2 {
				e.Appearances = append(e.Appearances, event.Appearance{Session: s.ID, Person: r.people[r.often(len(r.people))], Role: event.Speaker, Position: sala.Text{"en": "Officer"}, Organisation: r.organisation()})
			}
		}
		e, err := r.events.Create(ctx, editor, e)
		if err != nil {
			return err
		}
		if err := r.events.Publish(ctx, editor, e.ID, e.Version); err != nil {
			return err
		}
	}
	return nil
}

func (r *record) fillAsks(ctx context.Context) error {
	var made tracker.Source
	for i := range r.Asks {
		if i%12 == 0 { // as many as one document makes
			made = tracker.Source{Work: r.works[r.dice.IntN(len(r.works))], Day: r.day()}
		}
		day := made.Day
		ask := tracker.Recommendation{
			Title: sala.Text{"en": fmt.Sprintf("Ask %d", i)}, Words: sala.Text{"en": r.words(30)}, Original: "en", Number: fmt.Sprint(i%12 + 1), Asked: day,
			Source: made, Terms: []sala.ID{r.term(archive.Theme), r.term(archive.Country)},
			Codes:  []tracker.Code{{Framework: tracker.SDG, Code: "8.8"}},
			Askers: []tracker.Party{{Organisation: r.organisations[0]}},
			// A few ministries are asked most.
			Addressed: []tracker.Party{{Organisation: r.organisations[r.often(min(len(r.organisations), 40))]}},
		}
		id, err := r.tracker.New(ctx, editor, ask)
		if err != nil {
			return err
		}
		for _, state := range []tracker.State{tracker.Submitted, tracker.States[i%len(tracker.States)]} {
			if _, err := r.tracker.AddStep(ctx, editor, id, tracker.Step{State: state, Day: sala.DayOf(day.Time().AddDate(0, r.dice.IntN(9), 0)), Source: tracker.Source{Work: r.works[r.dice.IntN(len(r.works))]}}); err != nil {
				return err
			}
		}
		if err := r.tracker.Publish(ctx, editor, id); err != nil {
			return err
		}
	}
	return nil
}

func (r *record) fillFigures(ctx context.Context) error {
	var measures []sala.ID
	for i := range 1 + r.Figures/5 {
		id, err := r.tracker.SetMeasure(ctx, editor, tracker.Measure{What: sala.Text{"en": fmt.Sprintf("Measure %d of %s", i, r.words(4))}, Unit: sala.Text{"en": "people"}})
		if err != nil {
			return err
		}
		measures = append(measures, id)
	}
	for i := range r.Figures {
		id, err := r.tracker.SetFigure(ctx, editor, tracker.Figure{
			Measure: measures[i%len(measures)], Value: fmt.Sprint(1000 + i), Qualifier: tracker.Over, AsOf: r.day(), Source: tracker.Source{Work: r.works[r.dice.IntN(len(r.works))]},
		})
		if err != nil {
			return err
		}
		if err := r.tracker.ShowFigure(ctx, editor, id, true, ""); err != nil {
			return err
		}
	}
	return nil
}

// pages are the addresses that must not grow with the record, by what they
// are.
func (r *record) pages(tb testing.TB) []struct{ Name, Path string } {
	tb.Helper()
	events, err := r.events.Events(tb.Context(), event.Filter{})
	if err != nil {
		tb.Fatal(err)
	}
	asks, err := r.tracker.Recommendations(tb.Context(), tracker.Filter{})
	if err != nil {
		tb.Fatal(err)
	}
	middle, ask := events.Events[len(events.Events)/2], asks.Recommendations[len(asks.Recommendations)/2]
	theme := r.terms[archive.Theme][0].Slug
	country := middle.Country
	whole, err := r.events.Event(tb.Context(), middle.ID)
	if err != nil {
		tb.Fatal(err)
	}
	work, err := r.archive.Work(tb.Context(), whole.Works[0].Work) // of which an event is told
	if err != nil {
		tb.Fatal(err)
	}
	e := work.Editions[0]
	return []struct{ Name, Path string }{
		{"home", "/en/"},
		{"archive", "/en/archive/"},
		{"archive by theme and year", "/en/archive/?theme=" + theme + "&year=" + fmt.Sprint(e.Year)},
		{"archive later", "/en/archive/?before=" + string(r.works[len(r.works)/2])},
		{"work", fmt.Sprintf("/en/%d/%s", e.Year, e.Slug)},
		{"glossary", "/en/glossary/"},
		{"events", "/en/events/"},
		{"events of a country", "/en/events/?country=" + country},
		{"events of a type and year", "/en/events/?type=" + string(middle.Type) + "&year=" + fmt.Sprint(middle.Held.From.Year)},
		{"events of the busiest", "/en/events/?organisation=" + string(r.organisations[0])},
		{"events later", "/en/events/?before=" + string(middle.ID)},
		{"event", "/en/events/" + middle.Slug},
		{"event.ics", "/en/events/" + middle.Slug + ".ics"},
		{"person", "/en/people/person-0"},
		{"organisation", "/en/organisations/organisation-0"},
		{"people", "/en/people/"},
		{"organisations", "/en/organisations/"},
		{"ledger", "/en/recommendations/"},
		{"ledger by state", "/en/recommendations/?state=accepted"},
		{"ledger by theme and year", "/en/recommendations/?theme=" + theme + "&year=" + fmt.Sprint(ask.Asked.Year)},
		{"ledger later", "/en/recommendations/?before=" + string(ask.ID)},
		{"addressee", "/en/organisations/organisation-0/asks"},
		{"recommendation", "/en/recommendations/" + ask.Slug},
		{"figures", "/en/recommendations/figures"},
		{"themes", "/en/themes/"},
		{"theme", "/en/themes/" + theme},
		{"feed of events", "/en/events/feed.atom"},
		{"feed of recommendations", "/en/recommendations/feed.atom"},
	}
}

// exports are the files that hold a whole list, and so grow with it.
var exports = []struct{ Name, Path string }{
	{"events.csv", "/en/events.csv"}, {"events.json", "/en/events.json"}, {"events.ics", "/en/events.ics"},
	{"recommendations.csv", "/en/recommendations.csv"}, {"recommendations.json", "/en/recommendations.json"}, {"sitemap", "/sitemap.xml"},
}

// rows is how many a file holds that holds a whole list, 0 of any other.
func (n size) rows(name string) int {
	list, _, _ := strings.Cut(name, ".")
	switch {
	case !slices.ContainsFunc(exports, func(file struct{ Name, Path string }) bool { return file.Name == name }):
		return 0
	case list == "events":
		return n.Events
	case list == "recommendations":
		return n.Asks
	}
	return 0
}

// made makes a page that is not kept. It returns what the database was asked
// for it, and how many bytes went out.
func (r *record) made(tb testing.TB, path string) (questions []string, size int) {
	tb.Helper()
	return r.madeFor(tb, path, "br")
}

// madeFor is the same for a reader who takes an encoding, "" for none.
func (r *record) madeFor(tb testing.TB, path, encoding string) (questions []string, size int) {
	tb.Helper()
	r.questions = nil
	r.once++
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	rec := r.get(fmt.Sprint(path, sign, "once=", r.once), "Accept-Encoding", encoding)
	if rec.Code != http.StatusOK {
		tb.Fatalf("%s: %d", path, rec.Code)
	}
	return r.questions, rec.Body.Len()
}

// touch says that something of each area has changed: whatever was counted is
// forgotten.
func (r *record) touch(tb testing.TB) {
	tb.Helper()
	err := r.db.Tx(tb.Context(), func(tx *db.Tx) error {
		for _, kind := range []sala.Kind{sala.KindWork, sala.KindEvent, sala.KindRecommendation, sala.KindPerson} {
			if err := tx.Changed(tb.Context(), sala.Ref{Kind: kind, ID: r.works[0]}, "touched", editor); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkRecord makes the pages of a large record and of a small one, none
// of them kept: "first" is the first after a change in each area, when all
// that was counted has been forgotten, "later" every other. A page that costs
// much more in the large record than in the small one reads what it does not
// show. "unpacked" is what the page costs before brotli packs it. Exports hold
// all, and so grow with it: "row" is what one row of them costs. "alike" finds the pairs of recommendations that
// editors are asked about.
func BenchmarkRecord(b *testing.B) {
	for _, n := range []struct {
		name string
		size size
	}{{"small", small}, {"large", large}} {
		b.Run(n.name, func(b *testing.B) {
			r := openSize(b, n.size)
			b.Run("alike", func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					r.touch(b)
					b.StartTimer()
					if _, err := r.tracker.CountAlike(b.Context(), editor); err != nil {
						b.Fatal(err)
					}
				}
			})
			for _, page := range append(r.pages(b), exports...) {
				for _, turn := range []string{"first", "later"} {
					b.Run(page.Name+"/"+turn, func(b *testing.B) {
						var questions []string
						var size int
						var unpacked time.Duration
						r.made(b, page.Path)
						for b.Loop() {
							b.StopTimer()
							if turn == "first" {
								r.touch(b)
							}
							start := time.Now()
							r.madeFor(b, page.Path, "")
							unpacked += time.Since(start)
							if turn == "first" {
								r.touch(b)
							}
							b.StartTimer()
							questions, size = r.made(b, page.Path)
						}
						b.ReportMetric(float64(unpacked.Nanoseconds())/float64(b.N), "unpacked-ns/op")
						if rows := n.size.rows(page.Name); rows > 0 {
							b.ReportMetric(float64(unpacked.Nanoseconds())/float64(b.N*rows), "unpacked-ns/row")
						}
						b.ReportMetric(float64(len(questions)), "questions")
						b.ReportMetric(float64(size), "br-bytes")
					})
				}
			}
		})
	}
}

// TestRecordPages: how many questions a page asks does not depend on how much
// there is, and it goes out in one flight of a connection.
func TestRecordPages(t *testing.T) {
	few, many := size{Events: 24, Asks: 24, Works: 24, Organisations: 12, People: 12, Figures: 12}, size{Events: 120, Asks: 120, Works: 120, Organisations: 60, People: 60, Figures: 120}
	type made struct{ first, later int }
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		count := func(d *db.DB, n size) map[string]made {
			r := recordOf(t, d, n)
			all := map[string]made{}
			for _, page := range r.pages(t) {
				r.touch(t)
				first, _ := r.made(t, page.Path)
				later, size := len(first), 0
				for range 3 { // on PostgreSQL what changed is heard once more
					asked, bytes := r.made(t, page.Path)
					later, size = min(later, len(asked)), bytes
				}
				all[page.Name] = made{len(first), later}
				if size > 14_000 {
					t.Errorf("%s of %+v: %d bytes", page.Name, n, size)
				}
			}
			return all
		}
		small, large := count(dbtest.SQLite(t), few), count(d, many)
		for name, was := range small {
			// A list that goes on, or somebody who has a past, is a question or two more.
			if now := large[name]; now.first > was.first+5 || now.later > was.later+3 {
				t.Errorf("%s asks %d questions, %d after a change; of five times as much %d and %d", name, was.later, was.first, now.later, now.first)
			}
		}
		if len(small) == 0 || len(small) != len(large) {
			t.Errorf("%d pages and %d", len(small), len(large))
		}
	})
}
