package tracker_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/richtext"
	"sala/tracker"
)

var (
	reader      = sala.Actor{Name: "reader", Role: sala.Reader}
	contributor = sala.Actor{ID: "c", Name: "contributor", Role: sala.Contributor}
	translator  = sala.Actor{ID: "t", Name: "translator", Role: sala.Translator}
	editor      = sala.Actor{ID: "e", Name: "editor", Role: sala.Editor}
)

var (
	work      = sala.DerivedID(time.Unix(0, 0), "work")
	statement = sala.DerivedID(time.Unix(0, 0), "statement")
	ministry  = sala.DerivedID(time.Unix(0, 0), "ministry")
	asean     = sala.DerivedID(time.Unix(0, 0), "asean")
	theme     = sala.DerivedID(time.Unix(0, 0), "theme")
)

func day(t testing.TB, s string) sala.Day {
	t.Helper()
	d, err := sala.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// open returns a store whose clock stands still.
func open(d *db.DB) *tracker.Store {
	d.Clock = func() time.Time { return time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC) }
	return tracker.NewStore(d)
}

// ask is what a test asks for: on a day, of the ministry.
func ask(t testing.TB, words, on string) tracker.Recommendation {
	return tracker.Recommendation{
		Words: sala.Text{"en": words}, Original: "en", Asked: day(t, on), Source: tracker.Source{Work: work, Block: "b1", Quote: words},
		Addressed: []tracker.Party{{Organisation: ministry}},
	}
}

// made makes a public recommendation.
func made(t testing.TB, s *tracker.Store, r tracker.Recommendation) sala.ID {
	t.Helper()
	id, err := s.New(t.Context(), editor, r)
	if err == nil {
		err = s.Publish(t.Context(), editor, id)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func public(t testing.TB, s *tracker.Store, id sala.ID) tracker.Recommendation {
	t.Helper()
	r, err := s.Public(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// refused fails unless err is an Invalid that names the field.
func refused(t testing.TB, err error, field string) {
	t.Helper()
	bad, ok := errors.AsType[sala.Invalid](err)
	if !ok {
		t.Errorf("got %v, want field %s refused", err, field)
		return
	}
	for _, f := range bad {
		if f.Field == field {
			if f.Key == "" || f.Text == "" {
				t.Errorf("field %s is refused without words", field)
			}
			return
		}
	}
	t.Errorf("refused %v, want field %s", bad, field)
}

// TestChain follows a recommendation of the network's own: number 4 of a
// workshop, adopted in a statement under one of the numbers 2 to 7.
func TestChain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		r := ask(t, "Bans on migration must be evaluated and assessed before being imposed", "2018-11-03")
		r.Number = "4"
		id := made(t, s, r)
		if got := public(t, s, id); got.State != tracker.Proposed || got.StateDay != day(t, "2018-11-03") || got.Slug == "" {
			t.Errorf("made %+v", got)
		}
		steps := []tracker.Step{
			{State: tracker.Submitted, Day: day(t, "2018-11"), Evidence: sala.Text{"en": "The secretariat sent them to the organising committee"}},
			{State: tracker.Adopted, Day: day(t, "2018-11-04"), Number: "2–7", Source: tracker.Source{Work: statement, Block: "p9"}, Words: sala.Text{"en": "Bans on labour migration must be assessed before being imposed"}},
		}
		for _, st := range steps {
			if _, err := s.AddStep(ctx, editor, id, st); err != nil {
				t.Fatal(err)
			}
		}
		chain, err := s.Steps(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		var states []string
		for _, st := range chain {
			states = append(states, string(st.State)+" "+st.Day.String()+" "+st.By)
		}
		// "November 2018" is less exact than the 4th: it counts as its end.
		if diff := cmp.Diff([]string{"proposed 2018-11-03 editor", "adopted 2018-11-04 editor", "submitted 2018-11 editor"}, states); diff != "" {
			t.Error(diff)
		}
		// The day becomes known: the row is corrected by another, and stays.
		if _, err := s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Submitted, Day: day(t, "2018-11-03"), Evidence: steps[0].Evidence, Corrects: chain[2].ID}); err != nil {
			t.Fatal(err)
		}
		if got := public(t, s, id); got.State != tracker.Adopted || got.StateDay != day(t, "2018-11-04") {
			t.Errorf("state %s of %s, want adopted of 2018-11-04", got.State, got.StateDay)
		}
		if chain, err = s.Steps(ctx, id); err != nil || len(chain) != 4 {
			t.Fatalf("%d rows, %v", len(chain), err)
		}
		_, err = s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Submitted, Evidence: steps[0].Evidence, Corrects: chain[3].ID})
		if !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a row was corrected twice: %v", err)
		}
		pieces := richtext.CompareWords(r.Words["en"], chain[2].Words["en"])
		if len(pieces) < 3 {
			t.Errorf("the wording differs by %v", pieces)
		}
		// Both numbers are found from either document.
		numbers, docs, err := s.NumbersOf(ctx, []sala.ID{id})
		if err != nil || len(numbers) != 2 || len(docs) != 2 {
			t.Fatalf("numbers %v in %v, %v", numbers, docs, err)
		}
		for _, n := range numbers {
			if d := docs[n.Document]; d.Source.Work == work && (n.Number != "4" || n.Among) || d.Source.Work == statement && (n.Number != "2–7" || !n.Among || n.Block != "p9") {
				t.Errorf("number %+v in %+v", n, d)
			}
		}
	})
}

// TestAskedFirst: having been asked comes first, however little is known of
// the day.
func TestAskedFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		id := made(t, s, ask(t, "Stop", "2018"))
		if _, err := s.AddStep(t.Context(), editor, id, tracker.Step{State: tracker.Refused, Day: day(t, "2018-03-01"), Evidence: sala.Text{"en": "seen"}}); err != nil {
			t.Fatal(err)
		}
		if got := public(t, s, id); got.State != tracker.Refused {
			t.Errorf("state %s, want refused", got.State)
		}
		undated := ask(t, "Go on", "")
		id = made(t, s, undated)
		if _, err := s.AddStep(t.Context(), editor, id, tracker.Step{State: tracker.Accepted, Day: day(t, "2019"), Evidence: sala.Text{"en": "seen"}}); err != nil {
			t.Fatal(err)
		}
		if got := public(t, s, id); got.State != tracker.Accepted {
			t.Errorf("state %s, want accepted", got.State)
		}
	})
}

// TestRetract takes back a step that never was.
func TestRetract(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		id := made(t, s, ask(t, "Ratify the convention", "2018"))
		step, err := s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Implemented, Day: day(t, "2020"), Evidence: sala.Text{"en": "a rumour"}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Retracted, Corrects: step})
		refused(t, err, "note")
		if _, err := s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Retracted, Corrects: step, Note: sala.Text{"en": "It was a rumour"}}); err != nil {
			t.Fatal(err)
		}
		if got := public(t, s, id); got.State != tracker.Proposed {
			t.Errorf("state %s, want proposed", got.State)
		}
		_, err = s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Retracted, Note: sala.Text{"en": "nothing"}})
		refused(t, err, "state")
	})
}

// TestRefused gives every kind of bad input: each is refused by its field and
// nothing is stored.
func TestRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		for field, spoil := range map[string]func(*tracker.Recommendation){
			"words":     func(r *tracker.Recommendation) { r.Words = sala.Text{"en": " \n"} },
			"original":  func(r *tracker.Recommendation) { r.Original = "th" },
			"addressee": func(r *tracker.Recommendation) { r.Addressed = []tracker.Party{{Said: sala.Text{"en": " "}}} },
			"source":    func(r *tracker.Recommendation) { r.Source = tracker.Source{Quote: "words of nothing"} },
			"asked":     func(r *tracker.Recommendation) { r.Asked = sala.Day{Year: 2031} },
			"codes":     func(r *tracker.Recommendation) { r.Codes = []tracker.Code{{tracker.SDG, "8.99", ""}} },
			"title":     func(r *tracker.Recommendation) { r.Title = sala.Text{"en": strings.Repeat("x", 10_000)} },
			"number":    func(r *tracker.Recommendation) { r.Number = "\xff\xfe" },
		} {
			r := ask(t, "Stop", "2018")
			spoil(&r)
			_, err := s.New(ctx, editor, r)
			refused(t, err, field)
		}
		for _, address := range []string{"javascript:alert(1)", "http://", "nowhere", "file:///etc/passwd"} {
			r := ask(t, "Stop", "2018")
			r.Source = tracker.Source{Address: address}
			_, err := s.New(ctx, editor, r)
			refused(t, err, "source")
		}
		id := made(t, s, ask(t, "Stop", "2018"))
		_, err := s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Adopted, Day: day(t, "2020")})
		refused(t, err, "evidence")
		_, err = s.AddStep(ctx, editor, id, tracker.Step{State: "done", Evidence: sala.Text{"en": "seen"}})
		refused(t, err, "state")
		_, err = s.AddStep(ctx, editor, id, tracker.Step{State: tracker.Adopted, Day: day(t, "2026-12"), Evidence: sala.Text{"en": "seen"}})
		refused(t, err, "day")
		if _, err = s.AddStep(ctx, editor, sala.NewID(), tracker.Step{State: tracker.Adopted, Evidence: sala.Text{"en": "seen"}}); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a step of nothing: %v", err)
		}
		list, err := s.Recommendations(ctx, tracker.Filter{})
		if err != nil || list.Total != 1 {
			t.Errorf("%d are stored, %v", list.Total, err)
		}
		if steps, err := s.Steps(ctx, id); err != nil || len(steps) != 1 {
			t.Errorf("%d steps are stored, %v", len(steps), err)
		}
	})
}

// TestWho holds who may do what.
func TestWho(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		if _, err := s.New(ctx, reader, ask(t, "Stop", "2018")); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a reader made one: %v", err)
		}
		id, err := s.New(ctx, contributor, ask(t, "Stop the ban", "2018"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Public(ctx, id); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a draft is public: %v", err)
		}
		mine := sala.Actor{ID: "c2", Role: sala.Contributor}
		for name, err := range map[string]error{
			"publish": s.Publish(ctx, translator, id), "assign": s.Assign(ctx, translator, id, "t", "t", sala.Day{}),
			"withdraw": s.Withdraw(ctx, translator, id, "why"), "decide": s.Decide(ctx, translator, id, sala.NewID(), tracker.Again),
			"change another's": s.Change(ctx, mine, ask(t, "x", "2018")),
		} {
			if !errors.Is(err, sala.ErrForbidden) && !errors.Is(err, sala.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := s.Open(ctx, mine, id); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("another contributor opened it: %v", err)
		}
		list, err := s.Ledger(ctx, mine, tracker.Filter{Drafts: true})
		if err != nil || list.Total != 0 {
			t.Errorf("another contributor sees %d, %v", list.Total, err)
		}
		if _, err := s.Recommendations(ctx, tracker.Filter{Drafts: true}); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("readers list drafts: %v", err)
		}
		own, err := s.Open(ctx, contributor, id)
		if err != nil {
			t.Fatal(err)
		}
		own.Title = sala.Text{"en": "No ban"}
		if err := s.Change(ctx, contributor, own); err != nil {
			t.Error(err)
		}
		if err := s.Change(ctx, contributor, own); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a stale form: %v", err)
		}
		if err := s.Publish(ctx, editor, id); err != nil {
			t.Fatal(err)
		}
		if own, err = s.Open(ctx, contributor, id); err != nil {
			t.Fatal(err)
		}
		if err := s.Change(ctx, contributor, own); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a contributor changed a public one: %v", err)
		}
	})
}

// TestWithdraw takes a public one back: gone everywhere.
func TestWithdraw(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		id := made(t, s, ask(t, "Stop", "2018"))
		slug := public(t, s, id).Slug
		refused(t, s.Withdraw(ctx, editor, id, " "), "why")
		if err := s.Withdraw(ctx, editor, id, "entered by mistake"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Recommendation(ctx, slug); !errors.Is(err, sala.ErrGone) {
			t.Errorf("a withdrawn one answers %v", err)
		}
		for r, err := range s.Every(ctx, tracker.Filter{}) {
			t.Errorf("found %v, %v", r, err)
		}
		if f, err := s.Facets(ctx, tracker.Filter{}); err != nil || f.Total != 0 || len(f.Addressees) != 0 {
			t.Errorf("facets %+v, %v", f, err)
		}
		if err := s.Publish(ctx, editor, id); err != nil {
			t.Fatal(err)
		}
		log, err := s.Publications(ctx, editor, id)
		if err != nil || len(log) != 3 || log[1].Why != "entered by mistake" {
			t.Errorf("publications %+v, %v", log, err)
		}
	})
}

// TestAddress keeps the addresses that it had.
func TestAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		page := ask(t, "Show the figures, said somebody", "2018")
		page.Title = sala.Text{"en": "Figures"} // the address of a page
		id := made(t, s, page)
		r := public(t, s, id)
		if r.Slug == "figures" {
			t.Errorf("it took the address of a page")
		}
		old := r.Slug
		r.Slug = "stop"
		if err := s.Change(ctx, editor, r); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Recommendation(ctx, old); err != nil || got.Slug != "stop" {
			t.Errorf("the old address leads to %q, %v", got.Slug, err)
		}
		other := ask(t, "Other", "2018")
		if got := public(t, s, made(t, s, other)).Slug; strings.Contains(got, "other") {
			t.Errorf("the words of a document stand in the address %q", got)
		}
		other.Slug = old
		if other = public(t, s, made(t, s, other)); other.Slug == old {
			t.Errorf("an address that was another's was given again")
		}
	})
}

// TestReaddress: an organisation that was asked becomes another, then goes.
func TestReaddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		id := made(t, s, ask(t, "Stop", "2018"))
		name := sala.Text{"en": "Ministry of Labour"}
		if err := s.Readdress(ctx, editor, ministry, asean, name, "merged"); err != nil {
			t.Fatal(err)
		}
		if r := public(t, s, id); len(r.Addressed) != 1 || r.Addressed[0].Organisation != asean || r.Addressed[0].Said["en"] != "Ministry of Labour" {
			t.Errorf("asked of %+v", r.Addressed)
		}
		if err := s.Readdress(ctx, editor, asean, "", name, "removed"); err != nil {
			t.Fatal(err)
		}
		if r := public(t, s, id); len(r.Addressed) != 1 || r.Addressed[0].Organisation != "" || r.Addressed[0].Said["en"] != "Ministry of Labour" {
			t.Errorf("asked of %+v", r.Addressed)
		}
		_, past, err := s.PastParties(ctx, id)
		if err != nil || len(past) != 2 || past[0].Organisation != ministry || past[0].Why != "merged" || past[1].Ended.IsZero() {
			t.Errorf("history %+v, %v", past, err)
		}
		refused(t, s.Readdress(ctx, editor, asean, asean, name, "x"), "into")
	})
}

// TestDraftParties: who was asked only in a draft is nobody that readers hear
// of, and whoever is taken out later stays as one who was asked.
func TestDraftParties(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
		d.Clock = func() time.Time { now = now.Add(time.Second); return now }
		r := ask(t, "Stop", "2018")
		r.Addressed = []tracker.Party{{Said: sala.Text{"en": "Minstry of Labour"}}}
		id, err := s.New(ctx, editor, r)
		if err != nil {
			t.Fatal(err)
		}
		readdress := func(name string) {
			t.Helper()
			r, err := s.Open(ctx, editor, id)
			if err == nil {
				r.Addressed = []tracker.Party{{Said: sala.Text{"en": name}}}
				err = s.Change(ctx, editor, r)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		readdress("Ministry of Labour")
		if _, past, err := s.PastParties(ctx, id); err != nil || len(past) != 0 {
			t.Errorf("before it is public: %+v, %v", past, err)
		}
		if err := s.Publish(ctx, editor, id); err != nil {
			t.Fatal(err)
		}
		if _, past, err := s.PastParties(ctx, id); err != nil || len(past) != 0 {
			t.Errorf("readers are told of a draft: %+v, %v", past, err)
		}
		readdress("Ministry of the Sea")
		if _, past, err := s.PastParties(ctx, id); err != nil || len(past) != 1 || past[0].Said["en"] != "Ministry of Labour" {
			t.Errorf("once it was public: %+v, %v", past, err)
		}
	})
}

// TestYears draws how states stood at the end of each year.
func TestYears(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		a, b := made(t, s, ask(t, "One thing", "2023-03")), made(t, s, ask(t, "Another matter", "2024-12-31"))
		for _, st := range []tracker.Step{{State: tracker.Adopted, Day: day(t, "2024-02-01")}, {State: tracker.Implemented, Day: day(t, "2026")}} {
			st.Evidence = sala.Text{"en": "seen"}
			if _, err := s.AddStep(ctx, editor, a, st); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.StatesOverYears(ctx, tracker.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		want := []tracker.YearOfStates{
			{2023, map[tracker.State]int{tracker.Proposed: 1}, 1},
			{2024, map[tracker.State]int{tracker.Adopted: 1, tracker.Proposed: 1}, 2},
			{2025, map[tracker.State]int{tracker.Adopted: 1, tracker.Proposed: 1}, 2},
			{2026, map[tracker.State]int{tracker.Implemented: 1, tracker.Proposed: 1}, 2},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		f, err := s.Facets(ctx, tracker.Filter{})
		if err != nil || f.Silent != 1 {
			t.Errorf("%d silent, %v", f.Silent, err)
		}
		if r := public(t, s, b); !r.Silent(s.Today()) || r.SilentYears(s.Today()) != 1 {
			t.Errorf("silent %v for %d years", r.Silent(s.Today()), r.SilentYears(s.Today()))
		}
		if r := public(t, s, a); r.Silent(s.Today()) {
			t.Error("what is done is silent")
		}
		list, err := s.Recommendations(ctx, tracker.Filter{Silent: true, Year: 2024})
		if err != nil || list.Total != 1 || list.Recommendations[0].ID != b {
			t.Errorf("silent %+v, %v", list, err)
		}
	})
}

// TestPages walks a list by key.
func TestPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		for i := range 7 {
			made(t, s, ask(t, fmt.Sprintf("Thing %d", i), fmt.Sprint(2010+i/2)))
		}
		seen := map[sala.ID]bool{}
		f := tracker.Filter{Limit: 3}
		for range 4 {
			list, err := s.Recommendations(ctx, f)
			if err != nil || list.Total != 7 {
				t.Fatal(list.Total, err)
			}
			for _, r := range list.Recommendations {
				if seen[r.ID] {
					t.Errorf("%s is listed twice", r.ID)
				}
				seen[r.ID] = true
			}
			if f.Before = list.Next; f.Before == "" {
				break
			}
		}
		if len(seen) != 7 || f.Before != "" {
			t.Errorf("%d were listed", len(seen))
		}
	})
}

func TestReplies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		id := made(t, s, ask(t, "Stop", "2018"))
		_, err := s.AddReply(ctx, contributor, tracker.Reply{Recommendation: id, Words: sala.Text{"en": "No"}})
		refused(t, err, "said")
		reply, err := s.AddReply(ctx, contributor, tracker.Reply{Recommendation: id, Organisation: ministry, Day: day(t, "2026-05-01"), Words: sala.Text{"en": "We are looking into it"}})
		if err != nil {
			t.Fatal(err)
		}
		shown := func() int {
			t.Helper()
			all, err := s.Replies(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		if shown() != 0 {
			t.Error("a reply is shown before it is approved")
		}
		if err := s.Moderate(ctx, translator, reply, 1, true, ""); !errors.Is(err, sala.ErrForbidden) {
			t.Errorf("a translator approved it: %v", err)
		}
		if duty, err := s.Duty(ctx); err != nil || duty.Replies != 1 || duty.Ownerless != 1 || duty.Silent != 1 {
			t.Errorf("duty %+v, %v", duty, err)
		}
		if err := s.Moderate(ctx, editor, reply, 1, true, ""); err != nil || shown() != 1 {
			t.Error(err)
		}
		if duty, err := s.Duty(ctx); err != nil || duty.Replies != 0 || duty.Silent != 0 { // they spoke
			t.Errorf("duty %+v, %v", duty, err)
		}
		refused(t, s.Moderate(ctx, editor, reply, 1, false, ""), "why")
	})
}

// TestLanguages names and documents it in each language it has, Burmese and
// Khmer among them.
func TestLanguages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open(d)
		r := ask(t, strings.Repeat("Bans on migration must be assessed ", 8), "2018")
		r.Words["my"] = strings.Repeat("ရွှေ့ပြောင်းသွားလာမှုကို ပိတ်ပင်ခြင်း", 6)
		r.Title, r.Terms = sala.Text{"en": "Assess bans"}, []sala.ID{theme}
		id := made(t, s, r)
		docs := map[sala.Lang]sala.Document{}
		for _, d := range public(t, s, id).Documents() {
			docs[d.Lang] = d
		}
		if len(docs) != 2 || docs["en"].Title != "Assess bans" || docs["my"].Text != strings.TrimSpace(r.Words["my"]) || docs["my"].Edition == docs["en"].Edition {
			t.Errorf("documents %+v", docs)
		}
		got := public(t, s, id)
		if name, in := got.Name("my"); in != "my" || !strings.HasSuffix(name, " …") {
			t.Errorf("in Burmese it is called %q in %s", name, in)
		}
		if name, in := got.Name("km"); in != "en" || name != "Assess bans" {
			t.Errorf("in Khmer it is called %q in %s", name, in)
		}
		item := tracker.Recommendation{Words: sala.Text{"en": "écrire to  migrants;"}, Original: "en"}
		if name, _ := item.Name("en"); name != "Écrire to migrants" || item.Words["en"] != "écrire to  migrants;" {
			t.Errorf("an item of a list is called %q, and says %q", name, item.Words["en"])
		}
	})
}

// TestNumber reads what people type, and takes no comma for what it may not be.
func TestNumber(t *testing.T) {
	for typed, want := range map[string]string{
		"9000": "9000", "9,000": "9000", " 1,234,567.5 ": "1234567.5", "4.5": "4.5", "၉၀၀၀": "9000", "๑๒,๐๐๐": "12000", "-3": "-3", "12 000": "12000",
		"4,5": "", "1,2,3": "", "12,00": "", "many": "", "": "", "1e9": "",
	} {
		got, err := tracker.Number(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("Number(%q) = %q, %v, want %q", typed, got, err, want)
		}
	}
}
