package directory_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sala"
	"sala/directory"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

var (
	editor      = sala.Actor{ID: "u1", Name: "Nok", Role: sala.Editor}
	translator  = sala.Actor{ID: "u2", Name: "Sok", Role: sala.Translator}
	contributor = sala.Actor{ID: "u3", Name: "Htet", Role: sala.Contributor}
)

func day(t testing.TB, s string) sala.Day {
	t.Helper()
	d, err := sala.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func addPerson(t testing.TB, s *directory.Store, p directory.Person) sala.ID {
	t.Helper()
	if p.Kind == "" {
		p.Kind = directory.Advocate
	}
	id, err := s.AddPerson(t.Context(), editor, p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func addOrganisation(t testing.TB, s *directory.Store, o directory.Organisation) sala.ID {
	t.Helper()
	if o.Kind == "" {
		o.Kind = directory.NGO
	}
	id, err := s.AddOrganisation(t.Context(), editor, o)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func en(s string) sala.Text { return sala.Text{"en": s} }

// keys are the message keys of what was refused.
func keys(err error) []string {
	bad, ok := errors.AsType[sala.Invalid](err)
	if !ok {
		return nil
	}
	var all []string
	for _, f := range bad {
		all = append(all, f.Field+" "+strings.TrimPrefix(f.Key, "studio.directory."))
	}
	return all
}

func TestPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := directory.NewStore(d)
		kyoto := addOrganisation(t, s, directory.Organisation{Name: en("Kyoto University"), Kind: directory.University, Country: "jp"})
		p := directory.Person{
			Name: sala.Text{"en": " Asato  Wako ", "ja": "安里和晃"}, First: en("Wako"), Aliases: []string{"Wako Asato", ""}, Kind: directory.Academic, Country: "JP",
			Ties:  []directory.Tie{{directory.Partner, day(t, "2018"), sala.Day{}}},
			Posts: []directory.Post{{kyoto, en("Associate Professor"), day(t, "2010-04"), sala.Day{}}}, Note: "met in Yangon",
		}
		id := addPerson(t, s, p)
		got, err := s.Person(t.Context(), editor, id)
		if err != nil {
			t.Fatal(err)
		}
		want := p
		want.ID, want.Name, want.Aliases, want.Slug, want.Changed = id, sala.Text{"en": "Asato Wako", "ja": "安里和晃"}, []string{"Wako Asato"}, "asato-wako", got.Changed
		want.Country = "jp"
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("person (-want +got):\n%s", diff)
		}
		if !got.Posts[0].On(day(t, "2018-10-15")) || got.Posts[0].On(day(t, "2009")) {
			t.Error("the post is held at the wrong time")
		}
		got.First, got.Slug = sala.Text{}, "Prof. Asato"
		if err := s.ChangePerson(t.Context(), editor, got, got.Changed); err != nil {
			t.Fatal(err)
		}
		if err := s.ChangePerson(t.Context(), editor, got, got.Changed); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("a change of what was changed: %v", err)
		}
		states, err := s.History(t.Context(), editor, id)
		if err != nil || len(states) != 2 || !strings.Contains(states[1].JSON, "asato-wako") || states[0].By != "Nok" {
			t.Errorf("history %v, %v", states, err)
		}
	})
}

// TestForbidden gives names to nobody who may not know them.
func TestForbidden(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := directory.NewStore(d)
		id := addPerson(t, s, directory.Person{Name: en("Thiri Tun"), Kind: directory.MigrantWorker})
		for _, by := range []sala.Actor{{}, contributor, translator} {
			_, person := s.Person(t.Context(), by, id)
			_, add := s.AddPerson(t.Context(), by, directory.Person{Name: en("X"), Kind: directory.Official})
			_, list := s.People(t.Context(), by, directory.Filter{})
			_, find := s.Find(t.Context(), by, sala.KindPerson, "thiri", 5)
			_, alike := s.Alike(t.Context(), by, sala.KindPerson, "thiri tun")
			_, history := s.History(t.Context(), by, id)
			_, merged := s.Merged(t.Context(), by, id)
			_, doubles := s.Doubles(t.Context(), by, sala.KindPerson, 5)
			var known error
			for _, err := range s.Known(t.Context(), by, sala.KindPerson) {
				known = err
			}
			for what, err := range map[string]error{
				"person": person, "add": add, "list": list, "find": find, "alike": alike, "history": history, "merged": merged, "doubles": doubles, "known": known,
				"show": s.Show(t.Context(), by, id, directory.InFull), "merge": s.Merge(t.Context(), by, id, id), "split": s.Split(t.Context(), by, id),
			} {
				if !errors.Is(err, sala.ErrForbidden) {
					t.Errorf("%s by a %s: %v", what, by.Role, err)
				}
			}
		}
	})
}

// TestRefused says of each field what is wrong with it, and stores nothing.
func TestRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := directory.NewStore(d)
		long := strings.Repeat("ก", 301)
		for _, test := range []struct {
			name string
			p    directory.Person
			want []string
		}{
			{"no name", directory.Person{Name: en(" \u00a0"), Kind: directory.Official}, []string{"name name_missing"}},
			{"no letters", directory.Person{Name: en("..."), Kind: directory.Official}, []string{"name name_bad"}},
			{"no text", directory.Person{Name: en("a\xffb"), Kind: directory.Official}, []string{"name name_bad"}},
			{"a NUL", directory.Person{Name: en("a\x00b"), Aliases: []string{"\ufdd2c"}, Kind: directory.Official}, []string{"name name_bad", "aliases alias_bad"}},
			{"a NUL in a text", directory.Person{Name: en("X"), Kind: directory.Official, Role: en("a\x00"), Note: "b\x00"}, []string{"role studio.phrases.not_text", "note studio.phrases.not_text"}},
			{"long", directory.Person{Name: sala.Text{"th": long}, Aliases: []string{long}, Kind: directory.Official}, []string{"name name_bad", "aliases alias_bad"}},
			{"language", directory.Person{Name: sala.Text{"EN_us": "X"}, Kind: directory.Official}, []string{"name lang_bad"}},
			{"kind", directory.Person{Name: en("X"), Kind: "king", Showing: "loud"}, []string{"kind kind_bad", "showing showing_bad"}},
			{"first name", directory.Person{Name: en("X"), Kind: directory.Official, Showing: directory.FirstName}, []string{"first first_missing"}},
			{"country", directory.Person{Name: en("X"), Kind: directory.Official, Country: "burma"}, []string{"country country_bad"}},
			{"ties", directory.Person{Name: en("X"), Kind: directory.Official, Ties: []directory.Tie{{"enemy", sala.Day{}, sala.Day{}}, {directory.Member, day(t, "2019"), day(t, "2018-12-31")}}},
				[]string{"ties relation_bad", "ties days_bad"}},
			{"post", directory.Person{Name: en("X"), Kind: directory.Official, Posts: []directory.Post{{Organisation: "nowhere"}}}, []string{"posts post_lost"}},
		} {
			_, err := s.AddPerson(t.Context(), editor, test.p)
			if diff := cmp.Diff(test.want, keys(err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s%v", test.name, diff, err)
			}
		}
		_, err := s.AddOrganisation(t.Context(), editor, directory.Organisation{
			Name: en("X"), Kind: "club", Sector: "hell", Country: "1", Countries: []string{"th", "zz"}, Langs: []sala.Lang{"klingon!"}, Services: []directory.Service{"tea"},
			Reach: "door", Contact: directory.Contact{Web: "javascript:alert(1)", Email: "a b", Phone: "call me"}, Parent: "nothing",
		})
		want := []string{
			"kind kind_bad", "sector sector_bad", "country country_bad", "countries country_bad", "langs lang_bad", "services service_bad", "reach reach_bad", "web web_bad",
			"email email_bad", "phone phone_bad", "parent parent_bad",
		}
		if diff := cmp.Diff(want, keys(err)); diff != "" {
			t.Errorf("organisation (-want +got):\n%s", diff)
		}
		_, err = s.AddOrganisation(t.Context(), editor, directory.Organisation{
			Name: en("X"), Kind: directory.Union, About: en("a\x00b"), Note: strings.Repeat("ก", 5001), Contact: directory.Contact{Place: "b\x00"},
		})
		if diff := cmp.Diff([]string{"about studio.phrases.not_text", "note text_long", "place studio.phrases.not_text"}, keys(err)); diff != "" {
			t.Errorf("texts of an organisation (-want +got):\n%s", diff)
		}
		if all, err := s.People(t.Context(), editor, directory.Filter{}); err != nil || len(all) != 0 {
			t.Errorf("%d people were stored, %v", len(all), err)
		}
	})
}

// TestAddresses keeps an address for whoever had it first.
func TestAddresses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := directory.NewStore(d)
		a := addOrganisation(t, s, directory.Organisation{Name: en("Labour Rights Foundation")})
		b := addOrganisation(t, s, directory.Organisation{Name: en("Labour Rights Foundation")})
		o, err := s.Organisation(t.Context(), editor, b)
		if err != nil || o.Slug != "labour-rights-foundation-2" {
			t.Fatalf("the second stands at %q, %v", o.Slug, err)
		}
		o.Slug = "labour-rights-foundation"
		if got := keys(s.ChangeOrganisation(t.Context(), editor, o, o.Changed)); !cmp.Equal(got, []string{"slug slug_taken"}) {
			t.Errorf("another's address: %v", got)
		}
		o.Slug = "///"
		if got := keys(s.ChangeOrganisation(t.Context(), editor, o, o.Changed)); !cmp.Equal(got, []string{"slug slug_bad"}) {
			t.Errorf("no address: %v", got)
		}
		first, err := s.Organisation(t.Context(), editor, a)
		if err != nil {
			t.Fatal(err)
		}
		first.Slug = "lpn"
		if err := s.ChangeOrganisation(t.Context(), editor, first, first.Changed); err != nil {
			t.Fatal(err)
		}
		for _, slug := range []string{"lpn", "labour-rights-foundation"} {
			got, err := s.OrganisationAt(t.Context(), slug)
			if err != nil || got.Face.Slug != "lpn" {
				t.Errorf("%s leads to %q, %v", slug, got.Face.Slug, err)
			}
		}
		if _, err := s.OrganisationAt(t.Context(), "no-such"); !errors.Is(err, sala.ErrNotFound) {
			t.Errorf("an address of nothing: %v", err)
		}
	})
}

func TestParents(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := directory.NewStore(d)
		ministry := addOrganisation(t, s, directory.Organisation{Name: en("Ministry of Labour"), Kind: directory.Ministry})
		department := addOrganisation(t, s, directory.Organisation{Name: en("Department of Employment"), Kind: directory.Department, Parent: ministry})
		office := addOrganisation(t, s, directory.Organisation{Name: en("Office of Mae Sot"), Kind: directory.Department, Parent: department})
		o, err := s.Organisation(t.Context(), editor, ministry)
		if err != nil {
			t.Fatal(err)
		}
		for _, parent := range []sala.ID{ministry, department, office} {
			o.Parent = parent
			if got := keys(s.ChangeOrganisation(t.Context(), editor, o, o.Changed)); !cmp.Equal(got, []string{"parent parent_circle"}) {
				t.Errorf("a circle of parents: %v", got)
			}
		}
		// Merging cannot make a circle either, and passes a parent on.
		if err := s.Merge(t.Context(), editor, ministry, department); err != nil {
			t.Fatal(err)
		}
		if o, err = s.Organisation(t.Context(), editor, department); err != nil || o.Parent != "" {
			t.Errorf("belongs to %q, %v", o.Parent, err)
		}
		top := addOrganisation(t, s, directory.Organisation{Name: en("Top")})
		o.Parent = top
		if err := s.ChangeOrganisation(t.Context(), editor, o, o.Changed); err != nil {
			t.Fatal(err)
		}
		if got := keys(s.Merge(t.Context(), editor, top, office)); !cmp.Equal(got, []string{"into parent_circle"}) {
			t.Errorf("merging the top into the bottom: %v", got)
		}
	})
}

func TestMerge(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := directory.NewStore(d)
		a := addPerson(t, s, directory.Person{Name: en("Suthisak R."), Kind: directory.Official, Showing: directory.RoleOnly})
		b := addPerson(t, s, directory.Person{Name: en("Sutthisak Rungrueng"), Kind: directory.Official})
		c := addPerson(t, s, directory.Person{Name: en("Suthisak Rungruang"), Kind: directory.Official})
		if got := keys(s.Merge(t.Context(), editor, a, a)); !cmp.Equal(got, []string{"into into_self"}) {
			t.Errorf("into itself: %v", got)
		}
		if got := keys(s.Merge(t.Context(), editor, a, "nobody")); !cmp.Equal(got, []string{"into into_lost"}) {
			t.Errorf("into nobody: %v", got)
		}
		org := addOrganisation(t, s, directory.Organisation{Name: en("O")})
		if got := keys(s.Merge(t.Context(), editor, a, org)); !cmp.Equal(got, []string{"into into_other"}) {
			t.Errorf("into an organisation: %v", got)
		}
		if err := s.Merge(t.Context(), editor, a, b); err != nil {
			t.Fatal(err)
		}
		if err := s.Merge(t.Context(), editor, b, c); err != nil {
			t.Fatal(err)
		}
		if got := keys(s.Merge(t.Context(), editor, c, a)); !cmp.Equal(got, []string{"into into_self"}) {
			t.Errorf("a circle: %v", got)
		}
		if err := s.Merge(t.Context(), editor, a, c); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("merging what was merged: %v", err)
		}
		p, err := s.Person(t.Context(), editor, a)
		if err != nil || p.ID != c || p.Shown() != directory.RoleOnly {
			t.Errorf("%s is %s, shown %q, %v", a, p.ID, p.Shown(), err)
		}
		family, err := s.Family(t.Context(), a)
		if want := []sala.ID{c, b, a}; err != nil || !cmp.Equal(family, want) {
			t.Errorf("family %v, want %v; %v", family, want, err)
		}
		if merged, err := s.Merged(t.Context(), editor, c); err != nil || len(merged) != 2 {
			t.Errorf("merged %v, %v", merged, err)
		}
		faces, err := s.Faces(t.Context(), []sala.ID{a, b, c, "nobody"})
		if err != nil || len(faces) != 3 || faces[a].Text["en"] != "an official" || faces[a].Named {
			t.Errorf("faces %v, %v", faces, err)
		}
		if all, err := s.People(t.Context(), editor, directory.Filter{Words: "R. suthisak"}); err != nil || len(all) != 1 || all[0].ID != c {
			t.Errorf("found %v by a name it took in, %v", all, err)
		}
		if err := s.Show(t.Context(), editor, c, directory.InFull); err != nil {
			t.Fatal(err)
		}
		for _, slug := range []string{"suthisak-r", "sutthisak-rungrueng", "suthisak-rungruang"} {
			if got, err := s.PersonAt(t.Context(), slug); err != nil || got.ID != c {
				t.Errorf("%s leads to %s, %v", slug, got.ID, err)
			}
		}
		if err := s.Split(t.Context(), editor, b); err != nil {
			t.Fatal(err)
		}
		if err := s.Split(t.Context(), editor, b); !errors.Is(err, sala.ErrConflict) {
			t.Errorf("splitting what is whole: %v", err)
		}
		family, err = s.Family(t.Context(), a)
		if want := []sala.ID{b, a}; err != nil || !cmp.Equal(family, want) {
			t.Errorf("family after the split %v, want %v; %v", family, want, err)
		}
		states, err := s.History(t.Context(), editor, b)
		var verbs []string
		for _, st := range states {
			verbs = append(verbs, st.What)
		}
		if want := []string{"split", "merged", "took in", "added"}; err != nil || !cmp.Equal(verbs, want) {
			t.Errorf("history %v, want %v; %v", verbs, want, err)
		}
	})
}

func TestFind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := directory.NewStore(d)
		wako := addPerson(t, s, directory.Person{Name: sala.Text{"en": "Asato Wako", "ja": "安里和晃"}})
		sutthisak := addPerson(t, s, directory.Person{Name: sala.Text{"en": "Sutthisak Rungrueng", "th": "สุทธิศักดิ์ รุ่งเรือง"}})
		chou := addPerson(t, s, directory.Person{Name: sala.Text{"en": "Chou Bun Eng", "km": "ជូ ប៊ុនអេង"}})
		mya := addPerson(t, s, directory.Person{Name: sala.Text{"en": "Daw Mya Mya", "my": "ဒေါ်မြမြ"}})
		addPerson(t, s, directory.Person{Name: en("100% Sure_Thing")})
		for _, test := range []struct {
			words string
			want  sala.ID
		}{
			{"Wako Asato", wako}, {"prof. wako", wako}, {"安里", wako}, {"asato", wako}, {"ASATO  WAKO", wako}, {"Assato Vako", wako},
			{"Suthisak Rungrueng", sutthisak}, {"Mr. Sutthisak", sutthisak}, {"นายสุทธิศักดิ์", sutthisak}, {"รุ่งเรือง", sutthisak},
			{"H.E. Chou Bun Eng", chou}, {"លោកជំទាវ ជូ ប៊ុនអេង", chou}, {"Her Excellency Chou", chou},
			{"mya mya", mya}, {"မြမြ", mya}, {"ေဒၚျမျမ", mya}, {"Ms. Mya Mya", mya},
		} {
			got, err := s.Find(t.Context(), editor, sala.KindPerson, test.words, 3)
			if err != nil || len(got) == 0 || got[0].Ref.ID != test.want {
				t.Errorf("%q finds %v, %v", test.words, got, err)
			}
		}
		for _, words := range []string{"", "%", "_", "zzz", `\`, "Mr.", strings.Repeat("a", 10000)} {
			if got, err := s.Find(t.Context(), editor, sala.KindPerson, words, 3); err != nil || len(got) > 1 {
				t.Errorf("%.20q finds %v, %v", words, got, err)
			}
		}
		if got, err := s.Find(t.Context(), editor, sala.KindOrganisation, "Asato", 3); err != nil || len(got) != 0 {
			t.Errorf("organisations %v, %v", got, err)
		}
		twin := addPerson(t, s, directory.Person{Name: en("Suthisak Rungrueng")})
		doubles, err := s.Doubles(t.Context(), editor, sala.KindPerson, 10)
		if err != nil || len(doubles) != 1 || len(doubles[0]) != 2 {
			t.Fatalf("doubles %v, %v", doubles, err)
		}
		if err := s.Merge(t.Context(), editor, twin, sutthisak); err != nil {
			t.Fatal(err)
		}
		if doubles, err = s.Doubles(t.Context(), editor, sala.KindPerson, 10); err != nil || len(doubles) != 0 {
			t.Errorf("doubles after merging %v, %v", doubles, err)
		}
		alike, err := s.Alike(t.Context(), editor, sala.KindPerson, "Mr. Suthisak Rungruang", "Wako Asato")
		if err != nil || len(alike) != 1 || alike[0].Ref.ID != wako || !alike[0].Alike {
			t.Errorf("alike %v, %v", alike, err)
		}
		names := map[sala.ID][]string{}
		for k, err := range s.Known(t.Context(), editor, sala.KindPerson) {
			if err != nil {
				t.Fatal(err)
			}
			names[k.Ref.ID] = k.Names
		}
		if want := []string{"Sutthisak Rungrueng", "สุทธิศักดิ์ รุ่งเรือง", "Suthisak Rungrueng"}; !cmp.Equal(names[sutthisak], want) {
			t.Errorf("known as %q, want %q", names[sutthisak], want)
		}
	})
}

func TestBare(t *testing.T) {
	for name, want := range map[string]string{
		"Mr. Win Htun": "win htun", "Ms Chou Bun Eng": "chou bun eng", "Her Excellency, Ms Chou Bun Eng": "chou bun eng", "Associate Professor Asato Wako": "asato wako",
		"U Thein Sein": "thein sein", "Ko Ko Naing": "ko ko naing", "Ko": "ko", "Hedda": "hedda", "Unni": "unni", "H.E. Dr. Aung": "aung",
		"นางสาวสมใจ": "สมใจ", "ดร. สมชาย": "สมชาย", "นาง": "นาง", "ဒေါ်မြမြ": "မြမြ", "安里さん": "安里", "លោក ម៉ុម សុខចារ": "ម៉ុម សុខចារ", "": "", "Mr.": "mr",
	} {
		if got := directory.Bare(name); got != want {
			t.Errorf("Bare(%q) = %q, want %q", name, got, want)
		}
	}
}
