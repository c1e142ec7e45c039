package directory_test

import (
	"strings"
	"testing"

	"sala"
	"sala/directory"
	"sala/internal/db"
	"sala/internal/db/dbtest"
)

func veil(t testing.TB, s *directory.Store) *directory.Veil {
	t.Helper()
	v, err := s.Veil(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// kyawt is a migrant returnee as three scripts write her.
var kyawt = directory.Person{
	Name:    sala.Text{"en": "Kyawt Kyawt Aung", "my": "ကျော့ကျော့အောင်", "th": "จ่อจ่ออ่อง", "ja": "チョーチョーアウン", "vi": "Kiều Ánh", "km": "ចូចូអោង", "lo": "ຈໍຈໍອອງ"},
	Aliases: []string{"Ms. Aung"}, Kind: directory.MigrantWorker,
}

func TestVeil(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := directory.NewStore(d)
		if v := veil(t, s); !v.Empty() || v.Text("Kyawt Kyawt Aung", "en") != "Kyawt Kyawt Aung" {
			t.Error("nobody is protected")
		}
		addPerson(t, s, kyawt)
		addPerson(t, s, directory.Person{Name: en("Thiri Tun"), First: en("Thiri"), Kind: directory.MigrantWorker, Showing: directory.FirstName})
		addPerson(t, s, directory.Person{Name: en("May"), Kind: directory.MigrantWorker, Role: sala.Text{"en": "a domestic worker"}})
		addPerson(t, s, directory.Person{Name: sala.Text{"en": "Saw O'Brien", "th": "สมชาย ใจดี"}, Kind: directory.Advocate, Showing: directory.Hidden})
		addPerson(t, s, directory.Person{Name: en("Win Htun"), Kind: directory.Official})
		v := veil(t, s)
		for _, test := range []struct {
			lang       sala.Lang
			text, want string
		}{
			{"en", "Ms. Kyawt Kyawt Aung and Ms. Thiri Tun, migrant returnees", "[a migrant worker] and Ms. Thiri, migrant returnees"},
			{"en", "Mr. Win Htun outlined the procedures.", "Mr. Win Htun outlined the procedures."},
			{"en", "“Kyawt Kyawt Aung’s words”, KYAWT  KYAWT\u00a0AUNG, kyawt-kyawt-aung", "“[a migrant worker]’s words”, [a migrant worker], [a migrant worker]"},
			{"en", "Aung Kyawt Kyawt; Kyawt Aung Kyawt", "[a migrant worker]; [a migrant worker]"},
			{"en", "Later Ms Aung said so, and Mr. Aung did not.", "Later [a migrant worker] said so, and Mr. Aung did not."},
			{"en", "It may be May, Maya.", "It may be [a domestic worker], Maya."},
			{"en", "MAY spoke", "[a domestic worker] spoke"},
			{"en", "Kyawt Kyawt Aungmin; Akyawt Kyawt Aung", "Kyawt Kyawt Aungmin; Akyawt Kyawt Aung"},
			{"en", "H.E. Dr. Saw O’Brien was there", "[name withheld] was there"},
			{"en", "Kyawt\u200b Kyawt\u00ad Aung", "[a migrant worker]"},
			{"en", "Ｋｙａｗｔ Ｋｙａｗｔ Ａｕｎｇ", "[a migrant worker]"},
			{"th", "นางสาวจ่อจ่ออ่องกล่าวว่า", "[แรงงานข้ามชาติ]กล่าวว่า"},
			{"th", "นายสมชาย ใจดี และสมชายใจดี", "[ไม่เปิดเผยชื่อ] และ[ไม่เปิดเผยชื่อ]"},
			{"my", "ဒေါ်ကျော့ကျော့အောင်က ပြောသည်", "[ရွှေ့ပြောင်းအလုပ်သမား]က ပြောသည်"},
			{"my", "ေဒၚေက်ာ့ေက်ာ့ေအာင္ က ေျပာသည္", "[ရွှေ့ပြောင်းအလုပ်သမား] က ေျပာသည္"},
			{"km", "កញ្ញា ចូចូអោង បាននិយាយ", "[ពលករចំណាកស្រុក] បាននិយាយ"},
			{"lo", "ນາງຈໍຈໍອອງກ່າວ", "[ແຮງງານເຄື່ອນຍ້າຍ]ກ່າວ"},
			{"vi", "Bà Kiều Ánh nói; Kieu Anh", "[một lao động di cư] nói; [một lao động di cư]"},
			{"ja", "チョーチョーアウンさんは話した。", "[移住労働者]は話した。"},
			{"shn", "Kyawt Kyawt Aung", "[a migrant worker]"},
			{"en", "", ""}, {"en", "\xff\xfe Kyawt", "\xff\xfe Kyawt"},
		} {
			if got := v.Text(test.text, test.lang); got != test.want {
				t.Errorf("%s %q\n got %q\nwant %q", test.lang, test.text, got, test.want)
			}
		}
	})
}

// TestVeilFollows holds after each change at once, also of what was merged.
func TestVeilFollows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := directory.NewStore(d)
		a := addPerson(t, s, directory.Person{Name: en("Sai Hseng"), Kind: directory.Advocate})
		b := addPerson(t, s, directory.Person{Name: en("Hseng Lao"), First: en("Hseng"), Kind: directory.Advocate})
		says := func(what, want string) {
			t.Helper()
			if got := veil(t, s).Text("Sai Hseng met Hseng Lao", "en"); got != want {
				t.Errorf("%s: %q, want %q", what, got, want)
			}
		}
		says("nobody is protected", "Sai Hseng met Hseng Lao")
		if err := s.Show(t.Context(), editor, b, directory.RoleOnly); err != nil {
			t.Fatal(err)
		}
		says("one by role, the given name too", "Sai [an advocate] met [an advocate]")
		if err := s.Merge(t.Context(), editor, a, b); err != nil {
			t.Fatal(err)
		}
		says("merged", "[an advocate] met [an advocate]")
		if err := s.Show(t.Context(), editor, b, directory.InFull); err != nil {
			t.Fatal(err)
		}
		says("in full", "Sai Hseng met Hseng Lao")
		if err := s.Show(t.Context(), editor, a, directory.Hidden); err != nil { // by the id that was merged
			t.Fatal(err)
		}
		says("hidden", "[name withheld] met [name withheld]")
		if err := s.Split(t.Context(), editor, a); err != nil {
			t.Fatal(err)
		}
		says("split", "Sai [name withheld] met [name withheld]")
	})
}

// TestVeilOdd covers in texts made to be slow.
func TestVeilOdd(t *testing.T) {
	s := directory.NewStore(dbtest.SQLite(t))
	addPerson(t, s, directory.Person{Name: en("Ko Ko Ko Ko"), Kind: directory.MigrantWorker})
	v := veil(t, s)
	for _, text := range []string{strings.Repeat("Ko ", 100000), strings.Repeat("ko-", 100000), strings.Repeat("Mr. ", 100000) + "Ko Ko Ko Ko"} {
		got := v.Text(text, "en")
		if strings.Contains(strings.ToLower(got), "ko ko ko ko") {
			t.Errorf("%.40q stays", text)
		}
	}
}

func FuzzVeil(f *testing.F) {
	for _, s := range []string{"Ms. Kyawt Kyawt Aung's", "ေဒၚေက်ာ့ေက်ာ့ေအာင္", "นางสาวจ่อจ่ออ่อง", "May\xff may", "H.E. Kiều Ánh"} {
		f.Add(s)
	}
	s := directory.NewStore(dbtest.SQLite(f))
	addPerson(f, s, kyawt)
	v := veil(f, s)
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, c := range v.Covers(text, "my") {
			if c.From < at || c.To <= c.From || c.To > len(text) {
				t.Fatalf("covers %d to %d of %d, behind %d", c.From, c.To, len(text), at)
			}
			at = c.To
		}
	})
}

// FuzzVeilPlain: a plain text, which is looked at quickly first, is covered as
// one is that is not plain.
func FuzzVeilPlain(f *testing.F) {
	for _, s := range []string{
		"Ms. Kyawt Kyawt Aung's", "kyawt, KYAWT aung", "May may be; May", "Aung Kyawt Kyawt", "O'Neil Tun-Lin; o'neil  tun lin; Lin, O'Neil Tun", "Person N9 of re", "re Person N9 of",
		"of reperson n9", "Kyawt_Kyawt.Aung", "Kyawt แรงงาน Kyawt Aung", "3.5 Tun", "Kyawt Kyawt Kyawt Aung", strings.Repeat("x", 70) + " May", "N9N9 Lin",
	} {
		f.Add(s)
	}
	s := directory.NewStore(dbtest.SQLite(f))
	for _, name := range []string{"Daw Kyawt Kyawt Aung", "May", "O'Neil Tun Lin", "Person N9 of re", "3.5 Tun", "N9-N9 Lin"} {
		addPerson(f, s, directory.Person{Name: en(name), Kind: directory.MigrantWorker})
	}
	v := veil(f, s)
	f.Fuzz(func(t *testing.T, text string) {
		const marked = "\n\n;é" // has a mark, and ends whatever the text holds
		whole := v.Text(text+marked, "en")
		if got, want := v.Text(text, "en"), strings.TrimSuffix(whole, marked); got != want {
			t.Errorf("%q is covered as %q, beside a mark as %q", text, got, want)
		}
	})
}

func BenchmarkVeil(b *testing.B) {
	text := strings.Repeat("Participants explored the opportunities and challenges involved in the migration to Japan, said Mr. Asato Wako from Kyoto University. ", 50)
	other := text + "Kieu Ánh"
	for _, n := range []int{0, 1, 200} {
		s := directory.NewStore(dbtest.SQLite(b))
		for i := range n {
			addPerson(b, s, directory.Person{Name: en("Kyawt " + strings.Repeat("x", i+1) + " Aung"), Kind: directory.MigrantWorker})
		}
		v := veil(b, s)
		b.Run(map[int]string{0: "nobody", 1: "one", 200: "two hundred"}[n], func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				v.Text(text, "en")
			}
		})
		b.Run(map[int]string{0: "nobody", 1: "one", 200: "two hundred"}[n]+", with marks", func(b *testing.B) {
			b.SetBytes(int64(len(other)))
			for b.Loop() {
				v.Text(other, "en")
			}
		})
	}
}
