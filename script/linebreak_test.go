package script_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"sala/script"
)

// lines writes a text with bars where a line may end.
func lines(s string) string {
	var parts []string
	from := 0
	for _, at := range script.AppendBreaks(nil, s) {
		parts = append(parts, s[from:at])
		from = at
	}
	return strings.Join(append(parts, s[from:]), "|")
}

func TestBreaks(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Thai words", "แรงงาน|ข้าม|ชาติ|มี|สิทธิ|เท่า|กัน"},
		{"Burmese words", "အလုပ်သမား|များ၏ အခွင့်အရေး"},
		{"Lao words", "ສິດທິ|ຂອງ|ແຮງງານ"},
		{"Khmer words", "សិទ្ធិ|របស់|ពលករ|ចំណាកស្រុក"},
		{"a sign that repeats", "คน|ต่างๆ|มา"},
		{"a sign that repeats", "ໄວໆ|ນີ້"},
		{"a sign that repeats", "ផ្សេងៗ|គ្នា"},
		{"and so on", "ข้าว|น้ำฯลฯ"},
		{"a shortened name", "กรุงเทพฯ|มี"},
		{"number and unit", "จ่าย 500บาท|ต่อ|วัน"},
		{"number and unit", "၁၀ရက်|အတွင်း"},
		{"a digit that is typed for a letter", "၀န်|ထမ်း"},
		{"Latin", "องค์กรMMNและ|คน"},
		{"closing marks", "កម្មករ។ «ពលករ|ចំណាកស្រុក»។"},
		{"silent consonants", "สิทธิ์|ของ|สงฆ์"},
		{"no-break space", "แรงงาน\u00a0ข้าม"},
		{"word joiner", "แรงงาน\u2060ข้าม|ชาติ"},
		{"zero width space", "ពលករ\u200bចំណាកស្រុក"},
		{"zero width spaces of the writer are enough", "แรงงาน\u200bข้ามชาติ\u200bมี"},
		{"a joiner within a cluster", "ក្\u200cរ|ពលករ"},
		{"typed in another order", "ที|น\u0e49\u0e4d\u0e32|เเรงงาน"},
		{"no such script", "the workers, 労働者の権利、phí tuyển dụng"},
		{"", ""},
	} {
		text := strings.ReplaceAll(c.want, "|", "")
		if got := lines(text); got != c.want {
			t.Errorf("%s: %q: %q, want %q", c.name, text, got, c.want)
		}
	}
}

// A segmented is what Node's Intl.Segmenter makes of a text: the beginnings of
// its words and of its grapheme clusters, in bytes.
type segmented struct{ Words, Clusters []int }

// segmenter reads a language and texts as JSON and writes a segmented for each.
const segmenter = `
	const [lang, texts] = JSON.parse(require("fs").readFileSync(0, "utf8"));
	const starts = (text, granularity) => {
		let at = 0, out = [];
		for (const s of new Intl.Segmenter(lang, {granularity}).segment(text)) {
			out.push(at);
			at += Buffer.byteLength(s.segment);
		}
		return out;
	};
	console.log(JSON.stringify(texts.map(t => ({Words: starts(t, "word"), Clusters: starts(t, "grapheme")}))));`

func segment(t *testing.T, lang string, texts []string) []segmented {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not here: it is what the words are compared with")
	}
	in, err := json.Marshal([]any{lang, texts})
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(node, "-e", segmenter)
	c.Stdin, c.Stderr = bytes.NewReader(in), os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []segmented
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// complex reports whether both neighbours of a place are letters or signs of
// the four scripts.
func complexContext(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	for _, r := range []rune{before, after} {
		switch script.Of(r) {
		case script.Thai, script.Lao, script.Khmer, script.Myanmar:
		default:
			return false
		}
	}
	return true
}

// TestBreaksAgree compares our breaks in real prose with the words that ICU
// finds, as browsers do, by another method and partly other rules. No break
// may stand within what ICU calls a grapheme cluster.
func TestBreaksAgree(t *testing.T) {
	for _, c := range []struct {
		lang, tag     string
		right, enough float64 // how many of ours ICU has, how many of ICU's we have
	}{
		{"tha", "th", 0.97, 0.93}, {"lao", "lo", 0.97, 0.93}, {"khm", "km", 0.97, 0.93}, {"mya", "my", 0.97, 0.93},
	} {
		t.Run(c.lang, func(t *testing.T) {
			texts := passages(t, c.lang)
			ours, theirs, both, longest := 0, 0, 0, 0
			for i, seg := range segment(t, c.tag, texts) {
				text := texts[i]
				words := map[int]bool{}
				for _, at := range seg.Words {
					if at > 0 && complexContext(text, at) {
						words[at] = true
						theirs++
					}
				}
				clusters := map[int]bool{}
				for _, at := range seg.Clusters {
					clusters[at] = true
				}
				for _, at := range script.AppendBreaks(nil, text) {
					if !clusters[at] {
						t.Fatalf("a break within a grapheme cluster: %q before %q", text[:at], text[at:])
					}
					ours++
					if words[at] {
						both++
					}
				}
				for _, piece := range strings.FieldsFunc(lines(text), func(r rune) bool { return r == '|' || unicode.IsSpace(r) }) {
					longest = max(longest, utf8.RuneCountInString(piece))
				}
			}
			right, enough := float64(both)/float64(ours), float64(both)/float64(theirs)
			t.Logf("%d breaks, of which ICU has %.1f%%; of ICU's %d we have %.1f%%; the longest piece is of %d characters", ours, right*100, theirs, enough*100, longest)
			if right < c.right || enough < c.enough {
				t.Errorf("too few")
			}
		})
	}
}

// wrong says what is wrong with the breaks of a text, "" if nothing is.
func wrong(s string) string {
	last := 0
	breaks := script.AppendBreaks(nil, s)
	for _, at := range breaks {
		if at <= last || at >= len(s) {
			return fmt.Sprintf("a break at %d after one at %d in %d bytes", at, last, len(s))
		}
		if before := lastRune(s[:at]); !complexContext(s, at) && before != 0x200c && !unicode.Is(unicode.M, before) {
			return fmt.Sprintf("a break at %d, not between two letters", at)
		}
		last = at
	}
	at, state := 0, -1
	for rest := s; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		for len(breaks) > 0 && breaks[0] <= at {
			breaks = breaks[1:]
		}
		if at += len(cluster); len(breaks) > 0 && breaks[0] < at {
			return fmt.Sprintf("a break at %d, within the grapheme cluster %+q", breaks[0], cluster)
		}
	}
	return ""
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func FuzzBreaks(f *testing.F) {
	for _, s := range []string{"แรงงานข้ามชาติ", "မြန်မာ\u1039နိုင်ငံ", "ស្ត\u17d2រីពលករ", "ฯลฯๆ๏ก", "ກ\u0ebdກ", "က\u200dကက\ufe00ကက\u200cက", "\xe0\xb8", "ก\u0308กกก\u034fกก", "က\u200bကကက"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if w := wrong(s); w != "" {
			t.Fatalf("%+q: %s", s, w)
		}
	})
}

func BenchmarkBreaks(b *testing.B) {
	for _, lang := range []string{"tha", "lao", "khm", "mya", "eng", "jpn"} {
		b.Run(lang, func(b *testing.B) {
			text := strings.Join(passages(b, lang), "\n")
			b.SetBytes(int64(len(text)))
			var breaks []int
			for b.Loop() {
				breaks = script.AppendBreaks(breaks[:0], text)
			}
		})
	}
	b.Run("one-word", func(b *testing.B) {
		text := strings.Repeat("ก", 100_000)
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			script.AppendBreaks(nil, text)
		}
	})
}
