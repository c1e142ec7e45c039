package script_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"sala/script"
)

// cut writes the words of a text with bars between them, without separators.
func cut(s string) string {
	var words []string
	for _, w := range script.AppendWords(nil, s) {
		if w.Kind != script.Separator {
			words = append(words, s[w.From:w.To])
		}
	}
	return strings.Join(words, "|")
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"แรงงานข้ามชาติมีสิทธิเท่ากัน", "แรงงาน|ข้าม|ชาติ|มี|สิทธิ|เท่า|กัน"},
		{"အလုပ်သမားများ၏ အခွင့်အရေး", "အလုပ်သမား|များ|၏|အခွင့်အရေး"},
		{"ສິດທິຂອງແຮງງານ", "ສິດທິ|ຂອງ|ແຮງງານ"},
		{"សិទ្ធិរបស់ពលករចំណាកស្រុក", "សិទ្ធិ|របស់|ពលករ|ចំណាកស្រុក"},
		{"东京タワーのです", "东|京|タワー|のです"},
		{"the workers' fee of 1,200.50 baht isn't legal", "the|workers|fee|of|1,200.50|baht|isn't|legal"},
		{"phí tuyển dụng", "phí|tuyển|dụng"},
		{"MMNแรงงาน2019", "MMN|แรงงาน|2019"},
		{"", ""},
	} {
		if got := cut(c.text); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// TestUnits checks what readers of each script would call one piece.
func TestUnits(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"မြန်မာ", "မြန်|မာ"},
		{"အင်္ဂလိပ်", "အင်္ဂ|လိပ်"},
		{"သတ္တဝါ", "သတ္တ|ဝါ"},
		{"ယောက်ျား", "ယောက်ျား"},
		{"ស្ត្រី", "ស្ត្រី"},
		{"ពលករ", "ព|ល|ក|រ"},
		{"เท่ากัน", "เท่า|กั|น"},
		{"น้ำ", "น้ำ"},
		{"ເມືອງ", "ເມື|ອ|ງ"},
		{"きょうは", "きょ|う|は"},
		{"人権", "人|権"},
		{"a\xffb", "a|\xff|b"},
	} {
		var got []string
		for _, u := range script.AppendUnits(nil, c.text) {
			got = append(got, c.text[u.From:u.To])
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q: %q, want %q", c.text, s, c.want)
		}
	}
}

// TestNormalize gives one form to what readers hold to be the same.
func TestNormalize(t *testing.T) {
	for _, same := range [][]string{
		{"fee", "FEE", "ｆｅｅ", "f\u200bee", "f\u00adee"},
		{"phi\u0301", "phí", "PHÍ"},
		{"2019", "၂၀၁၉", "๒๐๑๙", "២០១៩", "໒໐໑໙", "２０１９"},
		{"น้ำ", "น\u0e49\u0e4d\u0e32", "น\u0e4d\u0e49\u0e32"},
		{"ที่", "ท\u0e48\u0e35"},
		{"แรง", "เเรง"},
		{"ນໍ້າ", "ນ\u0ec9\u0ecd\u0eb2", "ນ\u0ec9\u0eb3"},
		{"ໜ້າ", "ຫນ້າ"},
		{"ကို", "က\u102f\u102d"},
		{"မြို့", "မ\u103c\u102f\u102d\u1037", "မ\u103c\u1037\u102d\u102f"},
		{"ဝန်", "၀န်"},
		{"10 ကျပ်", "၁၀ ကျပ်"},
		{"ស្ត្រី", "ស\u17d2\u179a\u17d2\u178f\u17b8"},
		{"workers'", "workers’"},
		{"カタ", "ｶﾀ"},
	} {
		want := script.Normalize(same[0])
		for _, s := range same {
			if got := script.Normalize(s); got != want {
				t.Errorf("Normalize(%+q) = %+q, want %+q as of %q", s, got, want, same[0])
			}
		}
	}
	if got := script.FoldDiacritics("Điện thoại ทำ"); got != "Dien thoai ทำ" {
		t.Errorf("FoldDiacritics: %q", got)
	}
}

func TestRuns(t *testing.T) {
	s := "MMN (2019) แรงงาน, မြန်မာ"
	var got []string
	for _, r := range script.AppendRuns(nil, s) {
		got = append(got, r.Script.String()+":"+s[r.From:r.To])
	}
	if want := []string{"Latn:MMN (2019) ", "Thai:แรงงาน, ", "Mymr:မြန်မာ"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// passages returns real text in a language, of the shared test data.
func passages(t testing.TB, lang string) []string {
	t.Helper()
	f, err := os.Open(filepath.Join("../../shared/search-eval", "passages."+lang+".jsonl"))
	if err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	defer f.Close()
	var all []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var p struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p.Text)
	}
	return all
}

// TestCoverage bounds how much of real text the dictionaries leave unknown.
func TestCoverage(t *testing.T) {
	for _, lang := range []string{"tha", "lao", "khm", "mya"} {
		known, unknown := 0, 0
		for _, p := range passages(t, lang) {
			for _, w := range script.AppendWords(nil, script.Normalize(p)) {
				if w.Known {
					known++
				} else if w.Kind == script.Syllabic {
					unknown++
				}
			}
		}
		if unknown*20 > known {
			t.Errorf("%s: %d words known, %d unknown", lang, known, unknown)
		}
	}
}

// tiles reports whether pieces follow each other over the whole of a text.
func tiles(t *testing.T, s string, from, to, at int) int {
	t.Helper()
	if from != at || to <= from || to > len(s) {
		t.Fatalf("%q: a piece from %d to %d follows one that ends at %d", s, from, to, at)
	}
	return to
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"แรงงาน", "မြန်မာ\u1039", "ស្ត\u17d2", "ເເໜ", "Điện", "\xff\u0e33\u0e48", "ｶﾞ㌔ﬁ", "၀န်၄င်း", "e\u0301\u200b", "ฺั้ํา"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := script.Normalize(s)
		if !utf8.ValidString(n) {
			t.Fatalf("Normalize(%q) is not UTF-8: %q", s, n)
		}
		if again := script.Normalize(n); again != n {
			t.Fatalf("Normalize twice: %+q is %+q, then %+q", s, n, again)
		}
		for _, text := range []string{s, n} {
			at := 0
			for _, u := range script.AppendUnits(nil, text) {
				at = tiles(t, text, u.From, u.To, at)
			}
			if at != len(text) {
				t.Fatalf("units of %q end at %d", text, at)
			}
			at = 0
			for _, w := range script.AppendWords(nil, text) {
				at = tiles(t, text, w.From, w.To, at)
			}
			if at != len(text) {
				t.Fatalf("words of %q end at %d", text, at)
			}
		}
		script.FoldDiacritics(s)
		script.AppendRuns(nil, s)
	})
}

func BenchmarkWords(b *testing.B) {
	for _, lang := range []string{"tha", "mya", "khm", "lao", "eng", "jpn"} {
		b.Run(lang, func(b *testing.B) {
			text := strings.Join(passages(b, lang), "\n")
			b.SetBytes(int64(len(text)))
			var words []script.Word
			for b.Loop() {
				words = script.AppendWords(words[:0], script.Normalize(text))
			}
		})
	}
}

// BenchmarkLongWord is text without a place to cut: its cost must grow with
// its length only.
func BenchmarkLongWord(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(map[int]string{10_000: "10k", 100_000: "100k"}[n], func(b *testing.B) {
			text := strings.Repeat("ก", n)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				script.AppendWords(nil, text)
			}
		})
	}
}

func BenchmarkNormalizeAndUnits(b *testing.B) {
	text := strings.Join(passages(b, "mya"), "\n")
	normal := script.Normalize(text)
	b.Run("Normalize", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			script.Normalize(text)
		}
	})
	b.Run("AppendUnits", func(b *testing.B) {
		b.SetBytes(int64(len(normal)))
		var units []script.Unit
		for b.Loop() {
			units = script.AppendUnits(units[:0], normal)
		}
	})
}
