package search_test

import (
	"strings"
	"testing"

	"sala"
	"sala/directory"
	"sala/internal/db"
	"sala/internal/db/dbtest"
	"sala/search"
)

// TestCovered finds nobody by a name that may not be shown, however a text
// writes it and whatever was in the index before, and finds them again when
// they may be.
func TestCovered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		editor := sala.Actor{Name: "Nok", Role: sala.Editor}
		names := directory.NewStore(d)
		s := &shelf{t: t, db: d}
		x := search.New(d, s)
		x.Cover(names)
		for n, text := range []struct {
			lang sala.Lang
			text string
		}{
			{"en", "Ms. Kyawt Kyawt Aung, a migrant returnee, shared the problems"},
			{"en", "KYAWT KYAWT AUNG’S WORDS were heard"},
			{"en", "Later Aung Kyawt Kyawt, as some write, and kyawt-kyawt-aung"},
			{"en", "the file Kyawt_Kyawt_Aung.pdf and\n\nKyawt\nKyawt\nAung's"},
			{"my", "ဒေါ်ကျော့ကျော့အောင်က ပြောသည်"},
			{"my", "ေဒၚေက်ာ့ေက်ာ့ေအာင္ က ေျပာသည္ ေရႊ႕ေျပာင္းအလုပ္သမား"},
			{"th", "นางสาวจ่อจ่ออ่องกล่าวว่า"},
			{"km", "កញ្ញា ចូចូអោង បាននិយាយ"},
			{"lo", "ນາງຈໍຈໍອອງກ່າວ"},
			{"vi", "Bà Kiều Ánh nói; Kieu Anh"},
			{"ja", "チョーチョーアウンさんは話した。"},
			{"en", "Mr. Win Htun said nothing of her"},
		} {
			s.docs = append(s.docs, doc(n, text.lang, "T", text.text))
		}
		s.docs = append(s.docs, doc(20, "en", "Kyawt Kyawt Aung speaks", "A title"))
		s.log(s.docs[0].Ref)
		follow(t, x)
		asked := []string{
			"Kyawt Kyawt Aung", "kyawt", "aung kyawt", "ကျော့ကျော့အောင်", "จ่อจ่ออ่อง", "ចូចូអោង", "ຈໍຈໍອອງ", "Kiều Ánh", "kieu anh", "チョーチョーアウン",
		}
		found := func(q string) int {
			t.Helper()
			said, err := x.Saying(t.Context(), search.Question{Text: q})
			if err != nil {
				t.Fatal(err)
			}
			return len(said.Works)
		}
		before := map[string]int{}
		for _, q := range asked {
			if before[q] = found(q); before[q] == 0 {
				t.Errorf("%q finds nothing before", q)
			}
		}
		id, err := names.AddPerson(t.Context(), editor, directory.Person{
			Name: sala.Text{"en": "Kyawt Kyawt Aung", "my": "ကျော့ကျော့အောင်", "th": "จ่อจ่ออ่อง", "ja": "チョーチョーアウン", "vi": "Kiều Ánh", "km": "ចូចូអោង", "lo": "ຈໍຈໍອອງ"},
			Kind: directory.MigrantWorker,
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, showing := range []directory.Showing{directory.RoleOnly, directory.Hidden} {
			if err := names.Show(t.Context(), editor, id, showing); err != nil {
				t.Fatal(err)
			}
			follow(t, x)
			for _, q := range asked {
				if n := found(q); n != 0 {
					t.Errorf("%s: %q finds %d", showing, q, n)
				}
				slip := q + "x"
				for _, q := range []string{q, slip} {
					answer, err := x.Search(t.Context(), search.Question{Text: q, Count: 100, Facets: true})
					if err != nil {
						t.Fatal(err)
					}
					for _, r := range answer.Results {
						for _, part := range []string{r.Title, r.Text} {
							if v, err := names.Veil(t.Context()); err != nil || v.Text(part, r.Lang) != part || strings.Contains(strings.ToLower(part), "kyawt") {
								t.Errorf("%s: %q gives %q, %v", showing, q, part, err)
							}
						}
					}
					if meant, err := x.Suggest(t.Context(), search.Question{Text: q}); err != nil || strings.Contains(strings.ToLower(meant), "kyawt") {
						t.Errorf("%s: %q is put right with %q, %v", showing, q, meant, err)
					}
				}
			}
			if n := found("win htun"); n != 1 {
				t.Errorf("%s: the other is found %d times", showing, n)
			}
		}
		if n := found("name withheld"); n != 4+1 { // and the title
			t.Errorf("%d say that a name is withheld", n)
		}
		// A new text, and an index built anew, hold it no more than those did.
		s.docs = append(s.docs, doc(30, "en", "New", "Kyawt Kyawt Aung again"))
		s.log(s.docs[len(s.docs)-1].Ref)
		follow(t, x)
		if err := x.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		for _, q := range asked {
			if n := found(q); n != 0 {
				t.Errorf("built anew: %q finds %d", q, n)
			}
		}
		if err := names.Show(t.Context(), editor, id, directory.InFull); err != nil {
			t.Fatal(err)
		}
		follow(t, x)
		for _, q := range asked {
			want := before[q]
			if strings.Contains(strings.ToLower(q), "kyawt") {
				want++
			}
			if n := found(q); n != want {
				t.Errorf("in full again: %q finds %d, want %d", q, n, want)
			}
		}
	})
}
