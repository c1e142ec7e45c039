package wordpress

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplitLanguages(t *testing.T) {
	for _, test := range []struct {
		in   string
		want map[string]string
	}{
		{"plain", nil},
		{"[:en]Hello[:th]สวัสดี[:]", map[string]string{"en": "Hello", "th": "สวัสดี"}},
		{"<!--:en-->Hello<!--:--><!--:my-->မင်္ဂလာပါ<!--:-->", map[string]string{"en": "Hello", "my": "မင်္ဂလာပါ"}},
		{"{:en}A{:}{:th}B{:}", map[string]string{"en": "A", "th": "B"}},
		{"all [:en]A[:th]B[:] more", map[string]string{"en": "all A more", "th": "all B more"}},
		{"see [:] here", nil},
		{"note [:qq] here", nil},
	} {
		_, split := splitLanguages(test.in)
		var got map[string]string
		for l, text := range split {
			if got == nil {
				got = map[string]string{}
			}
			got[string(l)] = text
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("splitLanguages(%q) (-want +got):\n%s", test.in, diff)
		}
	}
}

func TestTranslationsOfAGroup(t *testing.T) {
	got := translations(`a:3:{s:2:"en";i:7;s:2:"th";s:1:"8";s:4:"sync";a:1:{s:2:"en";s:2:"en";}}`)
	if diff := cmp.Diff(map[string]string{"en": "7", "th": "8"}, got); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
}
