package input_test

import (
	"testing"

	"sala/internal/input"
)

func TestText(t *testing.T) {
	for name, test := range map[string]struct {
		in    string
		clean string // "" if it is as it is
	}{
		"nothing":                 {in: ""},
		"a text":                  {in: "First line\r\nsecond\tcolumn\nthird"},
		"Burmese and Khmer":       {in: "အလုပ်သမား ពលករ"},
		"joiners":                 {in: "ක්\u200dර 👩\u200d🌾\u200b"},
		"words from right":        {in: "\u202bالعمال\u202c \u2067x\u2069"},
		"a replacement character": {in: "a\ufffdb"},
		"a private use character": {in: "a\ue000b"},
		"NUL":                     {"a\x00b", "ab"},
		"a bell and an escape":    {"a\x07b\x1b[2J", "ab[2J"},
		"a vertical tab":          {"a\vb\fc", "abc"},
		"C1":                      {"a\u0085b\u009fc\x7f", "abc"},
		"broken UTF-8":            {"a\xff\xfeb\xe0\xb8", "ab"},
		"a surrogate":             {"a\xed\xa0\x80b", "ab"},
		"signs of a program":      {"\ufdd2Su\ufdd3\ufdef", "Su"},
		"no character":            {"a\ufffeb\uffff\U0001fffec\U0010ffff", "abc"},
		"the end of a plane":      {in: "\ufdcf\ufdf0\ufffd\U0001fffd"},
	} {
		want := test.clean
		if want == "" {
			want = test.in
		}
		if got := input.IsText(test.in); got != (want == test.in) {
			t.Errorf("%s: is text: %v", name, got)
		}
		got := input.Clean(test.in)
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if !input.IsText(got) {
			t.Errorf("%s: %q was cleaned and is no text", name, got)
		}
	}
}

func TestStraight(t *testing.T) {
	const turned = "\u202aSu\u202e \u2066Lin\u2069\u202c"
	if got := input.Straight(turned); got != "Su Lin" {
		t.Errorf("%q", got)
	}
	for _, kept := range []string{"", "Su Lin", "\u200eSu\u200f", "\u2029", "\u2065", "\u206a"} { // a mark turns nothing else
		if got := input.Straight(kept); got != kept {
			t.Errorf("%q became %q", kept, got)
		}
	}
}

func TestWebAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.org": true, "http://example.org/a?b=c#d": true, "HTTPS://example.org": true, "https://ตัวอย่าง.ไทย/ก": true,
		"": false, "example.org": false, "//example.org": false, "/a": false, "https://": false, "https:example.org": false, "ftp://example.org": false,
		"javascript:alert(1)": false, "mailto:a@example.org": false, "https://a b": false, "https://example.org/\x00": false, "https://[::1": false,
	} {
		if got := input.IsWebAddress(address); got != want {
			t.Errorf("%q is an address of the web: %v", address, got)
		}
	}
}
