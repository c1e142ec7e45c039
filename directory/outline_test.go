package directory_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sala"
	"sala/directory"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/internal/i18n"
)

// walked answers a question by walking every profile, which the database is
// asked for.
func walked(t testing.TB, s *directory.Store, d *db.DB, q directory.Question) directory.Listing {
	t.Helper()
	all, err := s.Profiles(t.Context(), q.What)
	if err != nil {
		t.Fatal(err)
	}
	today := sala.DayOf(d.Now())
	values := func(p directory.Profile, of directory.Trait) []string {
		var out []string
		switch of {
		case directory.TraitCountry:
			out = append(slices.Clone(p.Countries), p.Face.Country)
		case directory.TraitKind:
			out = []string{p.Face.Kind}
		case directory.TraitSector:
			out = []string{string(p.Face.Sector)}
		case directory.TraitTie:
			for _, tie := range p.Ties {
				if tie.On(today) {
					out = append(out, string(tie.Relation))
				}
			}
		case directory.TraitLanguage:
			for _, l := range p.Langs {
				out = append(out, string(l))
			}
		case directory.TraitService:
			for _, x := range p.Services {
				out = append(out, string(x))
			}
		}
		slices.Sort(out)
		return slices.DeleteFunc(slices.Compact(out), func(v string) bool { return v == "" })
	}
	passes := func(p directory.Profile, but directory.Trait) bool {
		for of, want := range q.Chosen {
			if of != but && !slices.Contains(values(p, of), want) {
				return false
			}
		}
		return true
	}
	list := directory.Listing{Counts: map[directory.Trait]map[string]int{}}
	for _, of := range directory.Traits(q.What) {
		list.Counts[of] = map[string]int{}
		for _, p := range all {
			for _, v := range values(p, of) {
				if passes(p, of) {
					list.Counts[of][v]++
				}
			}
		}
	}
	i18n.Sort(q.Order.Dictionary, all, func(p directory.Profile) string {
		name, _ := p.Face.In(q.Order.Lang, q.Order.Else)
		return name
	})
	for _, p := range all {
		if passes(p, "") {
			list.Total++
			list.Listed = append(list.Listed, directory.Listed{ID: p.ID, Face: p.Face, Ties: p.Ties, Posts: p.Posts, Langs: p.Langs, Services: p.Services})
		}
	}
	return list
}

// TestOutline: whatever is done to the directory, what is answered from memory
// is what the database says.
func TestOutline(t *testing.T) {
	names := []sala.Text{
		{"en": "Aung Min"}, {"en": "Ávila"}, {"en": "aung Myo", "my": "အောင်မျိုး"}, {"my": "ဥမ္မာ"}, {"my": "ကျော်"}, {"th": "เกษม"}, {"th": "กมล", "en": "Kamol"},
		{"ja": "ページ"}, {"km": "ធម៌"}, {"lo": "ແກ້ວ"}, {"vi": "Ánh"}, {"en": "Zaw"}, {"en": "aung min"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx, dice := directory.NewStore(d), t.Context(), rand.New(rand.NewPCG(3, 4))
		var people, organisations []sala.ID
		pick := func(ids []sala.ID) sala.ID { return ids[dice.IntN(len(ids))] }
		tie := func() []directory.Tie {
			if dice.IntN(2) == 0 {
				return nil
			}
			since := sala.DayOf(d.Now().AddDate(0, 0, dice.IntN(3)-1))
			return []directory.Tie{{Relation: directory.Relations[dice.IntN(3)], Since: since}, {Relation: directory.Member, Until: sala.DayOf(d.Now().AddDate(0, 0, -1))}}
		}
		// Whoever was merged, or would belong to itself, cannot be changed: that
		// is no fault here.
		may := func(err error) {
			t.Helper()
			if err != nil && !errors.Is(err, sala.ErrConflict) && !errors.As(err, new(sala.Invalid)) {
				t.Fatal(err)
			}
		}
		steps := []func(){
			func() {
				p := directory.Person{Name: names[dice.IntN(len(names))], First: en("Min"), Kind: directory.PersonKinds[dice.IntN(5)], Country: []string{"", "th", "mm"}[dice.IntN(3)], Ties: tie()}
				if len(organisations) > 0 {
					p.Posts = []directory.Post{{Organisation: pick(organisations), Role: en("Officer")}}
				}
				people = append(people, addPerson(t, s, p))
			},
			func() {
				o := directory.Organisation{
					Name: names[dice.IntN(len(names))], Short: en("X"), Kind: directory.OrganisationKinds[dice.IntN(4)], Country: []string{"", "th", "jp"}[dice.IntN(3)], Countries: []string{"th", "mm"}[:dice.IntN(3)],
					Ties: tie(), Langs: []sala.Lang{"my", "th"}[:dice.IntN(3)], Services: directory.Services[:dice.IntN(3)], Unlisted: dice.IntN(5) == 0,
				}
				if len(organisations) > 0 && dice.IntN(2) == 0 {
					o.Parent = pick(organisations)
				}
				organisations = append(organisations, addOrganisation(t, s, o))
			},
			func() {
				may(s.Show(ctx, editor, pick(people), append(directory.Showings, directory.ByKind)[dice.IntN(5)]))
			},
			func() {
				p, err := s.Person(ctx, editor, pick(people))
				if err != nil {
					t.Fatal(err)
				}
				p.Name, p.Slug, p.Role, p.Ties = names[dice.IntN(len(names))], fmt.Sprint("somebody-", dice.IntN(50)), sala.Text{"en": "A sailor"}, tie()
				may(s.ChangePerson(ctx, editor, p, p.Changed))
			},
			func() {
				o, err := s.Organisation(ctx, editor, pick(organisations))
				if err != nil {
					t.Fatal(err)
				}
				o.Name, o.Unlisted, o.Parent, o.Services = names[dice.IntN(len(names))], dice.IntN(4) == 0, pick(organisations), directory.Services[:dice.IntN(3)]
				may(s.ChangeOrganisation(ctx, editor, o, o.Changed))
			},
			func() { may(s.Merge(ctx, editor, pick(people), pick(people))) },
			func() { may(s.Merge(ctx, editor, pick(organisations), pick(organisations))) },
			func() { may(s.Split(ctx, editor, pick(people))) },
			func() { may(s.Split(ctx, editor, pick(organisations))) },
		}
		for range 4 {
			steps[0]()
			steps[1]()
		}
		compare := func(what string, got, want any) {
			t.Helper()
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s (-asked +kept):\n%s", what, diff)
			}
		}
		for range 80 {
			steps[dice.IntN(len(steps))]()
			fresh := directory.NewStore(d) // it has nothing in memory yet
			kept, asked := veil(t, s), veil(t, fresh)
			for _, name := range names {
				for _, words := range name {
					compare("who is covered", kept.Covers("He said: "+words+".", "th"), asked.Covers("He said: "+words+".", "th"))
				}
			}
			for _, what := range []sala.Kind{sala.KindPerson, sala.KindOrganisation} {
				ids := people
				if what == sala.KindOrganisation {
					ids = organisations
				}
				q := directory.Question{What: what, Order: directory.Order{Lang: "my", Else: "en", Dictionary: []sala.Lang{"en", "my", "th"}[dice.IntN(3)]}, Chosen: map[directory.Trait]string{}}
				if dice.IntN(2) == 0 {
					q.Chosen[directory.TraitCountry] = []string{"th", "mm", "nowhere"}[dice.IntN(3)]
				}
				if dice.IntN(3) == 0 {
					q.Chosen[directory.TraitTie] = string(directory.Partner)
				}
				got, err := s.List(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				want := walked(t, s, d, q)
				compare("list", got, want)
				for len(want.Listed) > 0 { // two at a time
					q.Limit = 2
					part, err := s.List(ctx, q)
					if err != nil {
						t.Fatal(err)
					}
					n := min(2, len(want.Listed))
					compare("stretch", part, directory.Listing{Listed: want.Listed[:n], More: n < len(want.Listed), Total: want.Total, Counts: want.Counts})
					q.After, want.Listed = want.Listed[n-1].ID, want.Listed[n:]
				}
				wantFaces, err := fresh.Faces(ctx, ids)
				if err != nil {
					t.Fatal(err)
				}
				gotFaces, err := s.Faces(ctx, append(slices.Clone(ids), "nobody"))
				if err != nil {
					t.Fatal(err)
				}
				compare("faces", gotFaces, wantFaces)
				for _, id := range ids {
					wantFamily, err := fresh.Family(ctx, id)
					if err != nil {
						t.Fatal(err)
					}
					gotFamily, err := s.Family(ctx, id)
					if err != nil {
						t.Fatal(err)
					}
					compare("family", gotFamily, wantFamily)
					found, err := s.Merged(ctx, editor, wantFamily[0])
					if err != nil || len(found) != len(wantFamily)-1 {
						t.Fatalf("family of %d, but %d were merged: %v", len(wantFamily), len(found), err)
					}
					if what == sala.KindOrganisation {
						wantBelow, err := fresh.Below(ctx, id)
						if err != nil {
							t.Fatal(err)
						}
						gotBelow, err := s.Below(ctx, id)
						if err != nil {
							t.Fatal(err)
						}
						compare("below", gotBelow, wantBelow)
					}
					_, err = s.Profile(ctx, id)
					if shown := gotFaces[id].Slug != ""; shown != (err == nil) || err != nil && !errors.Is(err, sala.ErrNotFound) {
						t.Fatalf("%v has a profile: %v", gotFaces[id], err)
					}
				}
				profiles, err := s.Profiles(ctx, what)
				if err != nil {
					t.Fatal(err)
				}
				var slugs []string
				for _, p := range profiles {
					slugs = append(slugs, p.Face.Slug)
				}
				paths, err := s.Paths(ctx, what)
				if err != nil {
					t.Fatal(err)
				}
				compare("paths", paths, slugs)
				if any, err := s.Any(ctx, what); err != nil || any != (len(profiles) > 0) {
					t.Fatalf("Any(%s) = %v, %v", what, any, err)
				}
			}
		}
		if _, err := s.List(ctx, directory.Question{What: sala.KindPerson, After: "nobody"}); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("a list after nobody: %v", err)
		}
	})
}

// TestOutlineHolds: nothing is asked of the database for what is told, and the
// moment somebody is protected they are told of otherwise.
func TestOutlineHolds(t *testing.T) {
	d := dbtest.SQLite(t)
	var asked []string
	d.Asked = func(query string) { asked = append(asked, query) }
	s, ctx := directory.NewStore(d), t.Context()
	who := addPerson(t, s, directory.Person{Name: en("Tun Lin"), Kind: directory.Advocate})
	order := directory.Order{Lang: "en", Else: "en", Dictionary: "en"}
	face := func() (string, int) {
		faces, err := s.Faces(ctx, []sala.ID{who})
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.List(ctx, directory.Question{What: sala.KindPerson, Order: order})
		if err != nil {
			t.Fatal(err)
		}
		name, _ := faces[who].In("en")
		return name, list.Total
	}
	face()
	asked = nil
	if name, n := face(); name != "Tun Lin" || n != 1 {
		t.Errorf("%q, %d are listed", name, n)
	}
	if len(asked) != 1 || !strings.Contains(asked[0], "directory_post") {
		t.Errorf("asked %q", asked)
	}
	if err := s.Show(ctx, editor, who, directory.RoleOnly); err != nil {
		t.Fatal(err)
	}
	if name, n := face(); strings.Contains(name, "Tun") || n != 0 {
		t.Errorf("protected: %q, %d are listed", name, n)
	}
}
