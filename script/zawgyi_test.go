package script_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"sala/script"
)

func shared(t testing.TB, name string) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../shared", name))
	if err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

// pairs returns lines of real Zawgyi and what the reference converter makes of
// them.
func pairs(t testing.TB) (zawgyi, unicode []string) {
	t.Helper()
	for _, name := range []string{"passages", "queries"} {
		for _, line := range shared(t, "search-eval/"+name+".mya.jsonl") {
			var p struct {
				Text   string `json:"text"`
				Zawgyi string `json:"text_zawgyi"`
			}
			if err := json.NewDecoder(bufio.NewReader(strings.NewReader(line))).Decode(&p); err != nil {
				t.Fatal(err)
			}
			if p.Zawgyi != "" {
				zawgyi = append(zawgyi, strings.Split(p.Zawgyi, "\n")...)
				unicode = append(unicode, strings.Split(p.Text, "\n")...)
			}
		}
	}
	if len(zawgyi) != len(unicode) {
		t.Fatalf("%d lines and %d", len(zawgyi), len(unicode))
	}
	return zawgyi, unicode
}

// TestZawgyi converts every line as the reference does and tells it from
// Unicode.
func TestZawgyi(t *testing.T) {
	zawgyi, unicode := pairs(t)
	wrong, missed, alarms := 0, 0, 0
	for i, z := range zawgyi {
		if got := script.FromZawgyi(z); got != unicode[i] {
			if wrong++; wrong < 5 {
				t.Errorf("%q becomes\n%q, want\n%q", z, got, unicode[i])
			}
		}
		if strings.ContainsFunc(z, func(r rune) bool { return 0x1000 <= r && r <= 0x109f }) && !script.IsZawgyi(z) && z != unicode[i] {
			missed++
		}
		if script.IsZawgyi(unicode[i]) {
			alarms++
		}
	}
	t.Logf("%d lines: %d converted otherwise than by the reference, %d not detected, %d false alarms", len(zawgyi), wrong, missed, alarms)
	if wrong > 0 || missed*100 > len(zawgyi) || alarms > 0 {
		t.Errorf("of %d lines %d are converted otherwise than by the reference, %d are not detected, %d of their conversions are called Zawgyi", len(zawgyi), wrong, missed, alarms)
	}
}

// TestZawgyiFiles converts a public notice line by line.
func TestZawgyiFiles(t *testing.T) {
	from, to := shared(t, "zawgyi/mmgov_zawgyi_src.txt"), shared(t, "zawgyi/mmgov_unicode_out.txt")
	lines := 0
	for i := range min(len(from), len(to)) {
		if strings.TrimSpace(from[i]) == "" {
			continue
		}
		lines++
		if got := script.FromZawgyi(from[i]); strings.TrimSpace(got) != strings.TrimSpace(to[i]) {
			t.Errorf("line %d:\n%q, want\n%q", i+1, got, to[i])
		}
	}
	if lines < 60 {
		t.Errorf("only %d lines", lines)
	}
	for _, line := range shared(t, "zawgyi/udhr_mya_unicode_src.txt") {
		if script.IsZawgyi(line) {
			t.Errorf("a false alarm: %q", line)
		}
	}
}

// TestZawgyiScore compares the detector with that of its authors.
func TestZawgyiScore(t *testing.T) {
	for _, line := range shared(t, "zawgyi/compatibility.tsv") {
		want, text, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		w, err := strconv.ParseFloat(want, 64)
		if err != nil {
			t.Fatal(err)
		}
		got := script.ZawgyiScore(text)
		if got != w && !(math.Abs(got-w) < 1e-4) {
			t.Errorf("%q: %v, want %v", text, got, w)
		}
	}
}

func TestUnzawgyi(t *testing.T) {
	const z, u = "ျမန္မာႏိုင္ငံ၏ အလုပ္သမားမ်ား", "မြန်မာနိုင်ငံ၏ အလုပ်သမားများ"
	for _, c := range []struct {
		text, want string
		converted  bool
	}{
		{z, u, true}, {u, u, false}, {"Thai: แรงงาน", "Thai: แรงงาน", false},
		{"first " + u + "\n" + z + "\n2019", "first " + u + "\n" + u + "\n2019", true},
		{"", "", false},
	} {
		if got, converted := script.Unzawgyi(c.text); got != c.want || converted != c.converted {
			t.Errorf("%q: %q, %v", c.text, got, converted)
		}
	}
}

func FuzzZawgyi(f *testing.F) {
	f.Add("ျမန္မာႏိုင္ငံ၏\n\u1031\u1031 \u1037\u1040")
	f.Add("\u1044\u1000\u200b\xff \u1037")
	f.Fuzz(func(t *testing.T, s string) {
		script.ZawgyiScore(s)
		if got := script.FromZawgyi(strings.ToValidUTF8(s, "")); !utf8.ValidString(got) {
			t.Fatalf("%q", got)
		}
		script.Unzawgyi(s)
	})
}

func BenchmarkFromZawgyi(b *testing.B) {
	zawgyi, _ := pairs(b)
	text := strings.Join(zawgyi, "\n")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		script.FromZawgyi(text)
	}
}

func BenchmarkZawgyiScore(b *testing.B) {
	zawgyi, _ := pairs(b)
	text := strings.Join(zawgyi, "\n")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		script.ZawgyiScore(text)
	}
}
