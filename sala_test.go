package sala_test

import (
	"testing"
	"time"

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
