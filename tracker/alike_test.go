package tracker_test

import (
	"fmt"
	"testing"

	"sala"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/tracker"
)

// TestAgain: the same asked seven times, and two records of one.
func TestAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		var ids []sala.ID
		for i := range 7 {
			ids = append(ids, made(t, s, ask(t, fmt.Sprintf("Ratify Convention 188 on work in fishing, for the sake of crews number %d", 188), fmt.Sprintf("%d", 2011+i))))
		}
		other := made(t, s, ask(t, "Open schools to the children of seasonal workers", "2015"))
		not := made(t, s, ask(t, "Ratify Convention 189 on domestic work, for the sake of crews number 189", "2015"))
		pairs, err := s.Alike(ctx, editor, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(pairs) != 21 {
			t.Errorf("%d pairs, want 21", len(pairs))
		}
		for _, p := range pairs {
			if p.A.ID == other || p.B.ID == other || p.A.ID == not || p.B.ID == not {
				t.Errorf("%q is proposed for %q", p.A.Words, p.B.Words)
			}
		}
		for _, id := range ids[1:] {
			if err := s.Decide(ctx, editor, ids[0], id, tracker.Again); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := s.CountAlike(ctx, editor); err != nil || n != 0 {
			t.Errorf("%d pairs are left, %v", n, err)
		}
		r := public(t, s, ids[3])
		times, err := s.TimesAsked(ctx, []tracker.Recommendation{r, public(t, s, other)})
		if err != nil || times[ids[3]] != (tracker.Times{N: 7, Since: 2011}) || times[other] != (tracker.Times{N: 1, Since: 2015}) {
			t.Errorf("asked %v, %v", times, err)
		}
		if err := s.Decide(ctx, editor, ids[6], ids[0], tracker.Different); err != nil { // the first, after all, is another
			t.Fatal(err)
		}
		if times, err = s.TimesAsked(ctx, []tracker.Recommendation{public(t, s, ids[3])}); err != nil || times[ids[3]] != (tracker.Times{N: 6, Since: 2012}) {
			t.Errorf("asked %v, %v", times, err)
		}
		refused(t, s.Decide(ctx, editor, other, other, tracker.Merged), "into")
	})
}

// TestMerge keeps every source and can be undone.
func TestMerge(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := open(d), t.Context()
		a, b := made(t, s, ask(t, "Stop bans", "2018-05-01")), ask(t, "Stop bans!", "2017-05-01")
		b.Source, b.Codes, b.Addressed = tracker.Source{Name: sala.Text{"en": "A letter"}}, []tracker.Code{{tracker.GCM, "5", ""}}, []tracker.Party{{Organisation: asean}}
		c := made(t, s, b)
		slug := public(t, s, c).Slug
		if _, err := s.AddStep(ctx, editor, c, tracker.Step{State: tracker.Accepted, Day: day(t, "2019"), Evidence: sala.Text{"en": "They wrote"}}); err != nil {
			t.Fatal(err)
		}
		if err := s.Decide(ctx, editor, a, c, tracker.Merged); err != nil {
			t.Fatal(err)
		}
		got, err := s.Recommendation(ctx, slug)
		if err != nil || got.ID != a || got.State != tracker.Accepted {
			t.Errorf("the merged one leads to %s in state %s, %v", got.ID, got.State, err)
		}
		for name, f := range map[string]tracker.Filter{"addressee": {Addressee: []sala.ID{asean}}, "framework": {Framework: tracker.GCM}, "code": {Framework: tracker.GCM, Code: "5"}} {
			if list, err := s.Recommendations(ctx, f); err != nil || list.Total != 1 || list.Recommendations[0].ID != a {
				t.Errorf("by the %s of what was merged: %+v, %v", name, list, err)
			}
		}
		if from, err := s.Merged(ctx, a); err != nil || len(from) != 1 || len(from[0].Source.Name) != 1 {
			t.Errorf("sources %+v, %v", from, err)
		}
		if f, err := s.Facets(ctx, tracker.Filter{}); err != nil || f.Total != 1 || f.States[tracker.Accepted] != 1 || len(f.Addressees) != 2 {
			t.Errorf("facets %+v, %v", f, err)
		}
		if err := s.Part(ctx, editor, c); err != nil {
			t.Fatal(err)
		}
		if got := public(t, s, a); got.State != tracker.Proposed {
			t.Errorf("parted, it is %s", got.State)
		}
		if times, err := s.TimesAsked(ctx, []tracker.Recommendation{public(t, s, c)}); err != nil || times[c].N != 2 {
			t.Errorf("parted, asked %v, %v", times, err)
		}
	})
}
