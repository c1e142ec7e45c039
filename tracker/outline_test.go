package tracker_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/tracker"
)

var (
	filters = []tracker.Filter{
		{}, {Addressee: []sala.ID{ministry}}, {Addressee: []sala.ID{asean, ministry}}, {Addressee: []sala.ID{}}, {Addressee: []sala.ID{network}}, {Asker: []sala.ID{network}},
		{States: []tracker.State{tracker.Proposed}}, {States: []tracker.State{tracker.Accepted, tracker.Implemented}}, {States: []tracker.State{"none"}}, {Silent: true},
		{Terms: [][]sala.ID{{theme}}}, {Terms: [][]sala.ID{{theme, country}}}, {Terms: [][]sala.ID{{theme}, {country}}}, {Terms: [][]sala.ID{{}}}, {Terms: [][]sala.ID{{work}}},
		{Year: 2018}, {Year: 2019}, {Year: 1950}, {Framework: tracker.ILO}, {Framework: tracker.ILO, Code: "C188"}, {Framework: tracker.SDG, Code: "8.8"}, {Framework: tracker.UN}, {Code: "C188"},
		{Country: "th"}, {Country: "kh"}, {Framework: tracker.ILO, Country: "th", Silent: true}, {Event: meeting}, {Work: work}, {Work: statement}, {Event: theme},
		{Addressee: []sala.ID{ministry}, Terms: [][]sala.ID{{theme}}, Year: 2018},
	}
	studioFilters = []tracker.Filter{
		{Drafts: true}, {OnlyDraft: true}, {Withdrawn: true}, {Drafts: true, Owner: "e"}, {Drafts: true, Owner: "nobody"}, {Due: true}, {Drafts: true, Ownerless: true}, {Drafts: true, Mine: "c"},
	}
	network = sala.DerivedID(day0, "network")
	country = sala.DerivedID(day0, "country")
	meeting = sala.DerivedID(day0, "meeting")
	day0    = sala.Day{Year: 1970}.Time()
)

// agrees fails unless everything that is asked of the outline is as the
// database has it.
func agrees(t *testing.T, s *tracker.Store, d *db.DB, after string) {
	t.Helper()
	ctx, l := t.Context(), ledger{t, d, s.Today()}
	differs := func(what string, f tracker.Filter, want, got any) {
		t.Helper()
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("after %s: %s of %+v:\n%s", after, what, f, diff)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("after %s: %v", after, err)
		}
	}
	list := func(f tracker.Filter, read func(tracker.Filter) (tracker.List, error)) {
		t.Helper()
		want := l.list(f)
		var got []sala.ID
		f.Limit = 2
		for {
			stretch, err := read(f)
			must(err)
			differs("total", f, len(want), stretch.Total)
			got = append(got, idsOf(stretch.Recommendations)...)
			if f.Before = stretch.Next; f.Before == "" {
				break
			}
		}
		differs("list", f, want, got)
	}
	all := append([]tracker.Filter{{Among: l.list(tracker.Filter{})[:1]}, {Among: []sala.ID{}}}, filters...)
	for _, f := range all {
		list(f, func(f tracker.Filter) (tracker.List, error) { return s.Recommendations(ctx, f) })
		list(f, func(f tracker.Filter) (tracker.List, error) { return s.Lines(ctx, f) })
		n, err := s.Count(ctx, f)
		must(err)
		there, err := s.Any(ctx, f)
		must(err)
		differs("count", f, []any{len(l.list(f)), len(l.list(f)) > 0}, []any{n, there})
		facets, err := s.Facets(ctx, f)
		must(err)
		differs("facets", f, l.facets(f), facets)
		years, err := s.StatesOverYears(ctx, f)
		must(err)
		differs("years", f, l.years(s, f), years)
	}
	for _, f := range studioFilters {
		list(f, func(f tracker.Filter) (tracker.List, error) { return s.Ledger(ctx, editor, f) })
	}
	everything, err := s.Recommendations(ctx, tracker.Filter{Limit: 100})
	must(err)
	times, err := s.TimesAsked(ctx, everything.Recommendations)
	must(err)
	lines, err := s.Lines(ctx, tracker.Filter{Limit: 100})
	must(err)
	for i, r := range everything.Recommendations {
		whole, err := s.Open(ctx, editor, r.ID)
		must(err)
		differs("what is stated", tracker.Filter{}, whole, r)
		differs("line", tracker.Filter{}, lineOf(whole), lines.Recommendations[i])
		differs("times of "+string(r.ID), tracker.Filter{}, l.times(r.Ask), times[r.ID])
		again, err := s.Again(ctx, r)
		must(err)
		differs("again of "+string(r.ID), tracker.Filter{}, l.again(r.Ask), idsOf(again))
		list(tracker.Filter{Ask: r.Ask}, func(f tracker.Filter) (tracker.List, error) { return s.Recommendations(ctx, f) })
	}
	for _, w := range []sala.ID{work, statement, theme} {
		in, err := s.In(ctx, w)
		must(err)
		differs("in "+string(w), tracker.Filter{}, l.in(w), idsOf(in))
	}
	var papers []sala.ID
	for before := sala.ID(""); ; before = papers[len(papers)-1] {
		docs, err := s.NumberingDocuments(ctx, before, 2)
		must(err)
		for _, d := range docs {
			papers = append(papers, d.ID)
		}
		if len(docs) == 0 {
			break
		}
	}
	differs("documents", tracker.Filter{}, l.documents(), papers)
	duty, err := s.Duty(ctx)
	must(err)
	differs("duty", tracker.Filter{}, l.duty(), duty)
}

// lineOf is what a line shows of a recommendation.
func lineOf(r tracker.Recommendation) tracker.Recommendation {
	r.Owner, r.OwnerName, r.Next, r.Version, r.MadeBy, r.Created, r.Changed = "", "", sala.Day{}, 0, "", time.Time{}, time.Time{}
	for _, parties := range [][]tracker.Party{r.Askers, r.Addressed} {
		for i := range parties {
			parties[i].ID = ""
		}
	}
	return r
}

func idsOf(recs []tracker.Recommendation) []sala.ID {
	var ids []sala.ID
	for _, r := range recs {
		ids = append(ids, r.ID)
	}
	return ids
}

// TestOutline: whatever is done to recommendations, lists and counts say at
// once what the database has, from a store that saw each change and from one
// that sees them only now.
func TestOutline(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		var ids []sala.ID
		for i, on := range []string{"2018-11-03", "2018", "2019-02", "2021-05-01", "2024-01-01", "2024-01-01", "2025-12-31", "2026"} {
			r := ask(t, fmt.Sprintf("Ask %d of what is asked", i), on)
			if r.Number = fmt.Sprint(i); i > 4 {
				r.Source = tracker.Source{Name: sala.Text{"en": "Paper " + on}, Day: day(t, on)}
			}
			switch i % 4 {
			case 0:
				r.Terms, r.Codes = []sala.ID{theme, country}, []tracker.Code{{Framework: tracker.ILO, Code: "C188", Country: "th"}, {Framework: tracker.ILO, Code: "C188", Country: "kh"}, {Framework: tracker.SDG, Code: "8.8"}}
			case 1:
				r.Terms, r.Addressed = []sala.ID{theme}, []tracker.Party{{Organisation: asean}, {Organisation: ministry}, {Said: sala.Text{"en": "All employers"}}}
			case 2:
				r.Askers, r.Event, r.Source.Work = []tracker.Party{{Organisation: network}}, meeting, statement
			case 3:
				r.Asked, r.OwnerName, r.Next = sala.Day{}, "Somebody", day(t, "2026-11")
			}
			ids = append(ids, made(t, s, r))
		}
		draft := ask(t, "A draft", "2020-01-01")
		draft.Terms = []sala.ID{theme}
		agrees(t, s, d, "made")
		reread := func(id sala.ID) tracker.Recommendation {
			r, err := s.Open(ctx, editor, id)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		step := func(id sala.ID, st tracker.Step) error {
			st.Source = tracker.Source{Work: statement}
			_, err := s.AddStep(ctx, editor, id, st)
			return err
		}
		reply := func(to sala.ID, on string) error {
			id, err := s.AddReply(ctx, editor, tracker.Reply{Recommendation: to, Organisation: ministry, Words: sala.Text{"en": "We hear it"}, Day: day(t, on)})
			if err == nil {
				agrees(t, s, d, "reply received")
				err = s.Moderate(ctx, editor, id, 1, true, "")
			}
			return err
		}
		for _, change := range []struct {
			what string
			do   func() error
		}{
			{"draft", func() (err error) { draft.ID, err = s.New(ctx, contributor, draft); return err }},
			{"draft changed", func() error {
				r := reread(draft.ID)
				r.Terms, r.Codes, r.Asked = []sala.ID{country}, []tracker.Code{{Framework: tracker.UN, Code: "ICRMW", Country: "th"}}, day(t, "2017-06")
				return s.Change(ctx, contributor, r)
			}},
			{"published", func() error { return s.Publish(ctx, editor, draft.ID) }},
			{"changed", func() error {
				r := reread(ids[1])
				r.Addressed, r.Terms, r.Source.Work, r.Event, r.Asked = []tracker.Party{{Organisation: network}}, nil, statement, meeting, day(t, "2022-03-04")
				return s.Change(ctx, editor, r)
			}},
			{"translated", func() error {
				return s.Translate(ctx, editor, ids[1], reread(ids[1]).Version, "th", map[string]string{"words": "ข้อเสนอ"})
			}},
			{"accepted", func() error { return step(ids[0], tracker.Step{State: tracker.Accepted, Day: day(t, "2020")}) }},
			{"submitted within that year", func() error { return step(ids[0], tracker.Step{State: tracker.Submitted, Day: day(t, "2020-02-01")}) }},
			{"a step without a day", func() error { return step(ids[2], tracker.Step{State: tracker.Refused}) }},
			{"corrected", func() error {
				chain, err := s.Steps(ctx, ids[0])
				if err != nil {
					return err
				}
				return step(ids[0], tracker.Step{State: tracker.Implemented, Day: day(t, "2023-01-01"), Corrects: chain[len(chain)-1].ID})
			}},
			{"retracted", func() error {
				chain, err := s.Steps(ctx, ids[2])
				if err != nil {
					return err
				}
				return step(ids[2], tracker.Step{State: tracker.Retracted, Corrects: chain[len(chain)-1].ID, Note: sala.Text{"en": "It was another"}})
			}},
			{"assigned", func() error { return s.Assign(ctx, editor, ids[4], "e", "", day(t, "2026-11-27")) }},
			{"assigned for a month", func() error { return s.Assign(ctx, editor, ids[5], "", "A colleague", day(t, "2026-12")) }},
			{"reply shown", func() error { return reply(ids[3], "2026-10-10") }},
			{"asks again", func() error { return s.Decide(ctx, editor, ids[0], ids[4], tracker.Again) }},
			{"others ask again", func() error { return s.Decide(ctx, editor, ids[5], ids[6], tracker.Again) }},
			// Of those that asked the same before, two are in no change of the log.
			{"all four are one ask", func() error { return s.Decide(ctx, editor, ids[0], ids[5], tracker.Again) }},
			{"one is different", func() error { return s.Decide(ctx, editor, ids[0], ids[6], tracker.Different) }},
			{"merged", func() error { return s.Decide(ctx, editor, ids[1], ids[2], tracker.Merged) }},
			{"merged with what was merged", func() error { return s.Decide(ctx, editor, ids[0], ids[1], tracker.Merged) }},
			{"step of a merged one", func() error { return step(ids[2], tracker.Step{State: tracker.Unanswered, Day: day(t, "2025-05")}) }},
			{"merged one changed", func() error {
				r := reread(ids[2])
				r.Terms, r.Asked, r.Codes = []sala.ID{country, theme}, day(t, "2001"), []tracker.Code{{Framework: tracker.GCM, Code: "5"}}
				return s.Change(ctx, editor, r)
			}},
			{"reply to a merged one", func() error { return reply(ids[2], "2026-11-01") }},
			{"again with merged ones", func() error { return s.Decide(ctx, editor, ids[7], ids[0], tracker.Again) }},
			{"parted", func() error { return s.Part(ctx, editor, ids[2]) }},
			{"withdrawn", func() error { return s.Withdraw(ctx, editor, ids[0], "an error") }},
			{"parted from a withdrawn one", func() error { return s.Part(ctx, editor, ids[1]) }},
			{"published again", func() error { return s.Publish(ctx, editor, ids[0]) }},
			{"renumbered", func() error {
				_, err := s.Renumber(ctx, editor, tracker.Source{Work: statement}, []tracker.Numbered{{Recommendation: ids[3], Number: "9"}, {Recommendation: ids[1], Number: ""}})
				return err
			}},
			{"only a document", func() error {
				_, err := s.Renumber(ctx, editor, tracker.Source{Name: sala.Text{"en": "A paper"}}, nil)
				return err
			}},
			{"ratified", func() error {
				_, err := s.Ratify(ctx, editor, tracker.Ratification{Country: "th", Code: tracker.Code{Framework: tracker.ILO, Code: "C188"}, Status: tracker.Ratified, Day: day(t, "2026-01-01"), Source: tracker.Source{Work: work}})
				return err
			}},
			{"settled", func() error {
				reviews, err := s.Reviews(ctx, editor)
				if err != nil || len(reviews) == 0 {
					return fmt.Errorf("%d reviews, %w", len(reviews), err)
				}
				return s.Settle(ctx, editor, reviews[0].ID, true)
			}},
			{"readdressed", func() error { return s.Readdress(ctx, editor, ministry, asean, sala.Text{"en": "Ministry"}, "merged") }},
			{"removed", func() error { return s.Readdress(ctx, editor, network, "", sala.Text{"en": "Network"}, "removed") }},
			{"the clock went on", func() error { at(d, day(t, "2027-11-02")); return nil }},
		} {
			if err := change.do(); err != nil {
				t.Fatalf("%s: %v", change.what, err)
			}
			agrees(t, s, d, change.what)
		}
		agrees(t, tracker.NewStore(d), d, "all of it, as one who begins now sees it")
	})
}
