package sala_test

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sala"
)

func TestParseLang(t *testing.T) {
	for in, want := range map[string]sala.Lang{
		"en": "en", "tl-PH": "fil", "cmn": "zh", "zsm": "ms", "en-US": "en", "EN_gb": "en", "my": "my", "my_MM": "my", "th-TH": "th",
		"zh-TW": "zh-Hant", "zh-CN": "zh", "zh-Hant": "zh-Hant", "zh": "zh", "shn": "shn", "lo": "lo", "vi_VN": "vi",
	} {
		got, err := sala.ParseLang(in)
		if err != nil || got != want {
			t.Errorf("ParseLang(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "und", "not a language", "123", "x"} {
		if got, err := sala.ParseLang(in); err == nil {
			t.Errorf("ParseLang(%q) = %q, want an error", in, got)
		}
	}
}

func TestDerivedID(t *testing.T) {
	at := time.Date(2018, 10, 15, 0, 0, 0, 0, time.UTC)
	a, b := sala.DerivedID(at, "old-site post 1"), sala.DerivedID(at, "old-site post 1")
	if a != b {
		t.Errorf("the same key gave %s and %s", a, b)
	}
	if c := sala.DerivedID(at, "old-site post 2"); c == a {
		t.Errorf("two keys gave %s", c)
	}
	if later := sala.DerivedID(at.Add(time.Hour), "a"); later <= a {
		t.Errorf("the later id %s sorts before %s", later, a)
	}
	if _, err := sala.ParseID(string(a)); err != nil {
		t.Errorf("ParseID(%s): %v", a, err)
	}
	if early := sala.DerivedID(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), "a"); early[:8] != "00000000" {
		t.Errorf("an id before 1970 is %s, want its time to be zero", early)
	}
}

func TestDay(t *testing.T) {
	for _, s := range []string{"", "2018", "2018-11", "2018-11-03"} {
		d, err := sala.ParseDay(s)
		if err != nil || d.String() != s {
			t.Errorf("ParseDay(%q) = %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"18", "2018-13", "2018-02-30", "0000-00-00", "2018-1-1", "0000"} {
		if d, err := sala.ParseDay(s); err == nil {
			t.Errorf("ParseDay(%q) = %v, want an error", s, d)
		}
	}
}

func TestTextTrimmed(t *testing.T) {
	typed := sala.Text{"th": " แรงงาน\r\nข้ามชาติ\u00a0\n", "my": "\r\n", "en": "", "vi": "a\r\n\r\n b"}
	if diff := cmp.Diff([]sala.Lang{"my", "th", "vi"}, typed.Langs()); diff != "" {
		t.Error(diff)
	}
	kept := typed.Trimmed()
	if diff := cmp.Diff(sala.Text{"th": "แรงงาน\nข้ามชาติ", "vi": "a\n\n b"}, kept); diff != "" {
		t.Error(diff)
	}
	if typed["en"] != "" || len(typed) != 4 {
		t.Errorf("what was typed has changed: %q", typed)
	}
	if none := (sala.Text)(nil).Trimmed(); none == nil || len(none.Langs()) != 0 {
		t.Errorf("of nothing: %#v", none)
	}
}

func TestTextIn(t *testing.T) {
	text := sala.Text{"th": "แรงงาน", "my": "အလုပ်သမား"}
	if s, l := text.In("th"); s != "แรงงาน" || l != "th" {
		t.Errorf("In(th) = %q in %s", s, l)
	}
	if s, l := text.In("km"); s != "အလုပ်သမား" || l != "my" {
		t.Errorf("In(km) = %q in %s, want the first there is", s, l)
	}
	if s, l := text.In("km", "th"); s != "แรงงาน" || l != "th" {
		t.Errorf("In(km, th) = %q in %s", s, l)
	}
	back, err := sala.ScanText(text.Stored())
	if err != nil || len(back) != 2 {
		t.Errorf("ScanText(Stored()) = %v, %v", back, err)
	}
}

// FuzzScanText: a text is read as JSON is, alone and within something else.
func FuzzScanText(f *testing.F) {
	for _, s := range []string{"", "{}", `{"en":"a","th":"แรงงาน"}`, `{"en":"a \u003cb\u003e","my":"\"x\""}`, `{"en":"a","en":"b"}`, ` {"en" : "a" } `, `{"en":"a",}`, `{"en":"a"}}`, `{"en":1}`, `{"e`, "null", "{\"en\":\"\xff\"}", "{\"en\":\"\x00\"}", `[]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, stored string) {
		var want map[sala.Lang]string
		err := json.Unmarshal([]byte(stored), &want)
		got, gotErr := sala.ScanText(stored)
		if stored != "" && ((gotErr != nil) != (err != nil) || err == nil && !maps.Equal(got, want)) {
			t.Errorf("ScanText(%q) = %v, %v; as JSON %v, %v", stored, got, gotErr, want, err)
		}
		var within struct{ Title sala.Text }
		gotErr = json.Unmarshal([]byte(`{"Title":`+stored+`}`), &within)
		if err == nil && (gotErr != nil || !maps.Equal(within.Title, want) || (within.Title == nil) != (want == nil)) {
			t.Errorf("%q within something = %v, %v; want %v", stored, within.Title, gotErr, want)
		}
	})
}

// FuzzParseDay: a day is read as time.Parse reads it, and written as it was.
func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2018", "2018-11", "2018-11-03", "2018-02-29", "2020-02-29", "2018-00", "2018-1-01", "+018", "0000", "2018-11-31", "2018/11/03", "0001-01-01", "99999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, ok := sala.Day{}, s == ""
		for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
			if at, err := time.Parse(layout, s); err == nil && at.Year() != 0 {
				ok = true
				want = sala.DayOf(at)
				if len(layout) < len(time.DateOnly) {
					want.Day = 0
				}
				if layout == "2006" {
					want.Month = 0
				}
			}
		}
		got, err := sala.ParseDay(s)
		if ok != (err == nil) || got != want {
			t.Errorf("ParseDay(%q) = %v, %v; want %v, %t", s, got, err, want, ok)
		}
		if ok && got.String() != s {
			t.Errorf("%q is written %q", s, got)
		}
	})
}
